//! Steps as they are called out: by their numbers, and phases by those of their steps.

use super::lags::How;
use super::presenter::Presenter;
use super::told::held_by;
use crate::plan::NodeId;
use crate::schedule::Placed;

impl Presenter<'_> {
    /// What a step waits for, as it is called out: numbers, and names of phases.
    pub(super) fn waits(&self, id: NodeId, placed: &Placed) -> String {
        let mut after = self.called_out(id, &placed.waits_for, How::After);
        let held = held_by(placed);
        after.extend(held.map(|other| aside(&self.number(other), &self.locked_by_both(id, other))));
        let with = self.called_out(id, &placed.starts_with, How::With).join(" ");
        match (after.join(" "), with) {
            (after, with) if with.is_empty() => after,
            (after, with) if after.is_empty() => format!("with {with}"),
            (after, with) => format!("{after}, with {with}"),
        }
    }

    /// The steps on which a step hangs by their numbers, three or more in a row as `3–6`, and with a pause as `3 (+30m)`;
    /// phases by their titles.
    fn called_out(&self, id: NodeId, ids: &[NodeId], how: How) -> Vec<String> {
        let place = |id: NodeId| self.placed(id).map(|placed| (placed.number, self.plan().node(id).way_back));
        let lag = |from: NodeId| self.lag(from, id, how);
        let follows = |one: &NodeId, next: &NodeId| match (place(*one), place(*next)) {
            (Some((one_number, here)), Some((next_number, there))) => {
                one_number + 1 == next_number && here == there && lag(*one).is_none() && lag(*next).is_none()
            }
            _ => false,
        };
        let named = |id: NodeId| match self.placed(id) {
            Some(_) => self.number(id),
            None => self.numbers_inside(id),
        };
        let with_lag = |id: NodeId| match lag(id) {
            Some(lag) => aside(&named(id), &format!("+{lag}")),
            None => named(id),
        };
        let mut out = Vec::new();
        for run in ids.chunk_by(follows) {
            match run {
                [first, _, .., last] => out.push(range(&self.number(*first), &self.number(*last))),
                few => out.extend(few.iter().map(|id| with_lag(*id))),
            }
        }
        out
    }

    /// The steps of a phase: their numbers where they follow one another, else by the phase's title.
    fn numbers_inside(&self, id: NodeId) -> String {
        let all = self.numbers.get_or_init(|| self.all_numbers());
        let Numbers { first, last, count } = all[id.index()];
        let lead = if self.plan().node(id).way_back.is_some() { "R" } else { "" };
        match (last + 1).checked_sub(first) {
            Some(1) => format!("{lead}{first}"),
            Some(span) if span == count => range(&format!("{lead}{first}"), &format!("{lead}{last}")),
            _ => format!("all of “{}”", self.title(self.plan().node(id))),
        }
    }

    /// From the inside out, because what stands in something comes after it.
    fn all_numbers(&self) -> Vec<Numbers> {
        let nodes = &self.plan().nodes;
        let mut all = vec![Numbers { first: usize::MAX, last: 0, count: 0 }; nodes.len()];
        for index in (1..nodes.len()).rev() {
            if let Some(placed) = self.placed(NodeId::new(index)) {
                all[index] = Numbers { first: placed.number, last: placed.number, count: 1 };
            }
            let Numbers { first, last, count } = all[index];
            if let Some(parent) = nodes[index].parent.filter(|_| count > 0) {
                let around = &mut all[parent.index()];
                around.first = around.first.min(first);
                around.last = around.last.max(last);
                around.count += count;
            }
        }
        all
    }
}

/// `3 (+30m)`, which narrow columns may break.
fn aside(number: &str, more: &str) -> String {
    format!("{number} ({more})")
}

/// `3–6`, which no end of a line parts.
fn range(first: &str, last: &str) -> String {
    format!("{first}\u{2060}–\u{2060}{last}")
}

/// The numbers of some steps.
#[derive(Debug, Clone, Copy)]
pub(super) struct Numbers {
    first: usize,
    last: usize,
    count: usize,
}
