//! The same as the picture, in words: what is on when, and a row for every step.

use super::axis::times;
use super::below::down_for;
use super::clocks;
use super::pace::Pace;
use super::scale::Scale;
use super::{Fact, FactPart, LanesBy};
use crate::plan::NodeId;
use crate::schedule::{Moment, Placed};
use crate::view::list::{List, Shared};
use crate::view::presenter::Presenter;
use crate::view::words;

impl Presenter<'_> {
    /// How far a step of the main line may slip before anything breaks, in words; nothing as long as all lengths are
    /// assumed. What is not critical can have no room all the same, before a deadline.
    pub(in crate::view) fn slack(&self, id: NodeId) -> String {
        match self.placed(id).filter(|_| self.is_estimated) {
            Some(placed) if placed.is_critical() => "critical".to_owned(),
            Some(placed) => match self.room(id, placed) {
                0 => "may not slip".to_owned(),
                room => format!("may slip {}", words::length(room)),
            },
            None => String::new(),
        }
    }

    /// Windows, outages and latest back-outs, a sentence each.
    pub(super) fn timeline_notes(&self) -> Vec<String> {
        let mut notes: Vec<String> = self
            .windows()
            .into_iter()
            .map(|window| format!("Window “{}”: {}", window.name, window.span))
            .collect();
        for (name, down) in self.outages() {
            for stretch in down {
                let from = if stretch.start > Moment::ALWAYS {
                    format!("from {}", self.words.short(stretch.start))
                } else {
                    "from the beginning".to_owned()
                };
                let to = if stretch.end < Moment::NEVER {
                    format!(" to {}", self.words.short(stretch.end))
                } else {
                    ", and nothing starts it again".to_owned()
                };
                notes.push(format!("System {name}: {} {from}{to}", down_for(stretch)));
            }
        }
        for (latest, gates) in self.latest_back_outs() {
            notes.push(format!("Latest back-out of {gates}: {}", self.words.short(latest)));
        }
        notes
    }

    /// What in the picture has not the same scale as the rest, and where the clocks change.
    pub(super) fn notes_of_scale(&self, scale: &Scale) -> Vec<String> {
        let times = scale.enlarged().map(times).unwrap_or_default();
        let parts = scale.parts.iter().filter(|part| part.pace == Pace::Enlarged);
        let enlarged = parts.map(|part| {
            let (from, to) = (self.words.short(part.start), self.words.end(part.start, part.end));
            format!("The picture shows {from} to {to} {times}")
        });
        let clocks = clocks::changes(scale, self.words).into_iter().map(|(_, change)| change);
        enlarged.chain(clocks).collect()
    }

    /// The table: in run order, or phase by phase.
    pub(super) fn timeline_facts(&self, by: LanesBy) -> Vec<FactPart> {
        let mut order = self.schedule().main.order.clone();
        order.retain(|id| self.placed(*id).is_some());
        if by == LanesBy::People {
            return vec![FactPart { phase: String::new(), rows: self.facts_of(&order) }];
        }
        order.sort_by_cached_key(|id| self.phase_of(*id));
        let title = |phase: NodeId| self.title(self.plan().node(phase));
        let part = |steps: &[NodeId]| FactPart {
            phase: self.phase_of(steps[0]).map_or("No phase".to_owned(), title),
            rows: self.facts_of(steps),
        };
        order.chunk_by(|one, next| self.phase_of(*one) == self.phase_of(*next)).map(part).collect()
    }

    /// A row of each step, the same for both timelines.
    fn facts_of(&self, steps: &[NodeId]) -> List<Shared<Fact>> {
        let placed = steps.iter().filter_map(|id| self.placed(*id).map(|placed| (*id, placed)));
        placed.map(|(id, placed)| self.facts.of(id, || self.fact(id, placed).into()).clone()).collect()
    }

    fn fact(&self, id: NodeId, placed: &Placed) -> Fact {
        let node = self.plan().node(id);
        let said = self.step_words(id);
        Fact {
            number: self.number(id),
            title: self.title(node),
            // The column of slack says it.
            tags: self.tags(node, placed).into_iter().filter(|tag| tag.class != "critical").collect(),
            who: said.who.clone(),
            start: said.start.clone(),
            finish: said.finish.clone(),
            takes: said.takes.clone(),
            slack: said.slack.clone(),
            waits: said.waits.clone(),
        }
    }
}
