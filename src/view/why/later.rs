//! What breaks when a step slips, in words.

use super::Telling;
use crate::plan::{NodeId, WindowId};
use crate::schedule::{Break, Moment, Slips, WaysBack, What, shown_length};

/// On which night it is that something breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Night {
    /// As planned.
    Planned,
    /// When every range takes its longest.
    Worst,
}

impl Telling<'_, '_> {
    pub(super) fn later(&self) -> Vec<String> {
        let later = &self.why.later;
        let mut lines = Vec::new();
        match later.slips {
            Slips::AsLongAs(target) => {
                let target = self.name(target);
                return vec![format!("It lasts exactly as long as {target}: what delays that delays it.")];
            }
            Slips::StartsWith(leader) => {
                lines.push(format!("It follows {} directly, and slips together with it.", self.name(leader)));
            }
            Slips::TakesLonger => {
                lines.push("Its time is fixed, so it can't start later; it can only take longer.".to_owned());
            }
            Slips::Starts => {}
        }
        lines.extend(later.breaks.iter().map(|one| self.broken(*one, Night::Planned)));
        if later.breaks.is_empty() {
            lines.push("Nothing breaks: no end, fixed time, deadline or window depends on it.".to_owned());
        }
        // At worst what is missed already counts, else what breaks first; what is no different is said.
        let worst = later.at_worst.as_deref().unwrap_or_default();
        let first = worst.iter().enumerate().filter(|(index, one)| *index == 0 || one.room < 0);
        for (_, one) in first.filter(|(_, one)| !later.breaks.contains(one)) {
            lines.push(format!(
                "When every range takes its longest: {}",
                lower(&self.broken(*one, Night::Worst))
            ));
        }
        lines
    }

    fn broken(&self, one: Break, night: Night) -> String {
        let what = self.what(one.what, night);
        match one.room {
            room if room < 0 => format!("{what}, {} too late already.", shown_length(room)),
            0 => format!("Any delay, and {what}."),
            room => format!("More than {}, and {what}.", shown_length(room)),
        }
    }

    fn what(&self, what: What, night: Night) -> String {
        match what {
            What::Finish => {
                let line = match self.node(self.why.step).way_back {
                    Some(root) => self.presenter.schedule().ways_back.iter().find(|line| line.root == root),
                    None => Some(&self.presenter.schedule().main),
                };
                let end = line.map(|line| match night {
                    Night::Planned => line.finish,
                    Night::Worst => line.worst_finish,
                });
                let end = end.map(|end| self.at(end)).unwrap_or_default();
                let whole = if self.node(self.why.step).way_back.is_some() { "way back" } else { "plan" };
                format!("the {whole} ends later than {end}")
            }
            What::Pin(node) => {
                let pin = self.pinned_at(node).map(|pin| self.at(pin)).unwrap_or_default();
                format!("{} can't begin at its fixed time, {pin}", self.subject(node))
            }
            What::MissedPin(node) => {
                format!("{}, which is late for its fixed time already, is later still", self.subject(node))
            }
            What::Deadline(node) => {
                let by = self.placed(node).and_then(|placed| placed.by);
                let by_text = by.map(|by| self.by(by)).unwrap_or_default();
                let span = self.placed(node).and_then(|placed| placed.by_span);
                let given = self.node(node).by.iter().find(|given| Some(given.span) == span);
                let written = given.map(|given| format!(" ({})", self.written(given))).unwrap_or_default();
                format!("{} ends after its deadline, {by_text}{written}", self.subject(node))
            }
            What::Window(node) => {
                let window = self.node(node).window.as_ref().map(|given| given.value);
                let name = window.map(|id: WindowId| self.presenter.plan().windows[id.index()].name.clone());
                let end = window.and_then(|id| self.presenter.schedule().windows[id.index()]);
                let end = end.map(|stretch| self.at(stretch.end)).unwrap_or_default();
                format!(
                    "{} ends after its window `{}` closes, {end}",
                    self.subject(node),
                    name.unwrap_or_default()
                )
            }
            What::BackOut(gate) => {
                let (plan, schedule) = (self.presenter.plan(), self.presenter.schedule());
                let ways_back = WaysBack::new(plan, schedule);
                let latest = ways_back.of_gate(plan, schedule, gate).and_then(|way| way.latest);
                let latest = latest.map(|latest| self.at(latest)).unwrap_or_default();
                format!("{} decides after its latest back-out, {latest}", self.subject(gate))
            }
        }
    }

    /// The step itself is "it".
    fn subject(&self, node: NodeId) -> String {
        if node == self.why.step { "it".to_owned() } else { self.name(node) }
    }

    fn pinned_at(&self, node: NodeId) -> Option<Moment> {
        let pinned = self.placed(node).map(|placed| placed.start);
        pinned.or_else(|| self.presenter.schedule().groups[node.index()].map(|stretch| stretch.start))
    }
}

/// Without a capital at the beginning.
fn lower(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}
