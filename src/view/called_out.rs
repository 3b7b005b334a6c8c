//! Steps as they are called out: by their numbers, and phases by those of their steps.

use super::presenter::Presenter;
use crate::plan::NodeId;
use crate::schedule::Placed;

impl Presenter<'_> {
    /// What a step waits for, as it is called out: numbers, and names of phases.
    pub(super) fn waits(&self, placed: &Placed) -> String {
        let mut waits = Vec::new();
        // What it begins with comes last on the clock, and so first here.
        if !placed.starts_with.is_empty() {
            let comma = if placed.waits_for.is_empty() { "" } else { "," };
            waits.push(format!("with {}{comma}", self.called_out(&placed.starts_with).join(" ")));
        }
        waits.extend(self.called_out(&placed.waits_for));
        waits.join(" ")
    }

    /// Steps by their numbers, three or more in a row as `3–6`; phases by their titles.
    fn called_out(&self, ids: &[NodeId]) -> Vec<String> {
        let place = |id: NodeId| self.placed(id).map(|placed| (placed.number, self.plan().node(id).way_back));
        let follows = |one: &NodeId, next: &NodeId| match (place(*one), place(*next)) {
            (Some((one, here)), Some((next, there))) => one + 1 == next && here == there,
            _ => false,
        };
        let mut out = Vec::new();
        for run in ids.chunk_by(follows) {
            match run {
                [first, _, .., last] => out.push(range(&self.number(*first), &self.number(*last))),
                few => out.extend(few.iter().map(|id| match self.placed(*id) {
                    Some(_) => self.number(*id),
                    None => self.numbers_inside(*id),
                })),
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
