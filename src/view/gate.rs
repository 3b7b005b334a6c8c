//! Until when one can turn back, as the band of a gate says it.

use serde::Serialize;

use super::presenter::{Presenter, Tag};
use super::words;
use crate::plan::{Node, NodeId};
use crate::schedule::{GateWayBack, Limit, LimitSource, Moment, Placed, Through, UndoStep};

/// So many undos are named by the numbers of their steps.
const MOST_NAMED: usize = 6;

/// The way back from a gate, in a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BackOut {
    /// What the line is about.
    pub label: &'static str,
    /// The latest back-out; empty where there is none.
    pub time: String,
    /// How that comes, or why there is none.
    pub text: String,
    /// What to look out for: that the gate is planned to end too late; else empty.
    pub warning: String,
}

impl Presenter<'_> {
    /// The way back from a gate of the main line.
    pub(super) fn back_out(&self, id: NodeId) -> Option<BackOut> {
        let gate = self.ways_back().of_gate(self.plan(), self.schedule(), id)?;
        let placed = self.placed(id)?;
        let point = gate.way.no_return.map(|point| {
            format!("step {} ({}) has begun by then", self.number(point), self.title(self.plan().node(point)))
        });
        Some(match (gate.way.through, point) {
            (Through::Phase(_), point) => {
                let mut back_out = self.by_the_way(&gate, placed);
                back_out.text.extend(point.map(|point| format!("; {point}, and can't be undone")));
                back_out
            }
            (_, Some(point)) => plain("No way back", format!("{point}, and can't be undone")),
            (Through::Undos(_), None) => self.by_the_way(&gate, placed),
            (Through::Nothing, None) => plain("Way back", "none is written".to_owned()),
        })
    }

    /// The signs of a step. Where its latest back-out stands beside them, that says the deadline, which is later.
    pub(super) fn tags_beside(&self, back_out: Option<&BackOut>, node: &Node, placed: &Placed) -> Vec<Tag> {
        let mut tags = self.tags(node, placed);
        if back_out.is_some_and(|back_out| !back_out.time.is_empty()) {
            tags.retain(|tag| tag.class != "kind" || !tag.word.starts_with("by "));
        }
        tags
    }

    fn by_the_way(&self, gate: &GateWayBack<'_>, placed: &Placed) -> BackOut {
        let way = if gate.way.no_return.is_some() { "what follows" } else { "the way back" };
        let takes = format!("{way}{} takes {}", self.by_undos(gate), words::length(gate.way.seconds));
        let (Some(limit), Some(latest)) = (gate.limit, gate.latest) else {
            let text = takes.strip_prefix("the way back ").unwrap_or(&takes).to_owned();
            return plain("Way back", text);
        };
        let limit = self.limit(limit, latest);
        let warning = gate
            .late_by(placed.finish)
            .map(|late| format!("Too late: the gate is planned to end {} after that.", words::length(late)));
        let at_worst = gate.latest_at_worst().map(|worst| {
            let until = self.words.end(placed.start, worst);
            format!("; at its longest, {}, {until}", words::length(gate.way.longest))
        });
        BackOut {
            label: "Latest back-out",
            time: self.words.end(placed.start, latest),
            text: format!("{takes}, and {limit}{}", at_worst.unwrap_or_default()),
            warning: warning.unwrap_or_default(),
        }
    }

    /// By when one has to be back, beside a moment before it.
    pub(super) fn limit(&self, limit: Limit, before: Moment) -> String {
        match limit.source {
            LimitSource::Window(window) => {
                let window = words::window(&self.plan().windows[window.index()].name);
                format!("the {window} ends {}", self.words.end(before, limit.end))
            }
            LimitSource::By(_) => format!("the deadline is {}", self.words.deadline_of(before, limit.end)),
        }
    }

    /// The steps that are undone, in brackets, as they are called out.
    fn by_undos(&self, gate: &GateWayBack<'_>) -> String {
        let Through::Undos(undos) = gate.way.through else { return String::new() };
        let mut numbers: Vec<String> =
            undos.iter().take(MOST_NAMED + 1).map(|undo: &UndoStep| self.number(undo.step)).collect();
        numbers.dedup();
        if numbers.len() > MOST_NAMED || undos.len() > MOST_NAMED {
            return format!(" ({}, the last step first)", words::count(undos.len(), "undo"));
        }
        format!(" (undo {})", words::listed(&numbers))
    }
}

fn plain(label: &'static str, text: String) -> BackOut {
    BackOut { label, time: String::new(), text, warning: String::new() }
}
