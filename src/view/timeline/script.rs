//! What a script on the page is told of the bars: who does them, in which phase, what they wait for.
//!
//! All of it is numbers, so that nothing of a plan's text can act.

use std::collections::BTreeSet;

use super::Bar;
use crate::plan::{NodeId, PersonId};
use crate::view::digits;
use crate::view::presenter::Presenter;

/// Who and what can be chosen: bars name them by their places here.
pub(super) struct Choices {
    /// Everybody who does a step of the main line, in the order of the roster.
    people: Vec<PersonId>,
    /// The phases in which steps of the main line stand, in the order of the text.
    phases: Vec<NodeId>,
}

impl Presenter<'_> {
    /// Who and what can be chosen.
    pub(super) fn choices(&self) -> Choices {
        let order = &self.schedule().main.order;
        let mut people: Vec<PersonId> = Vec::new();
        let mut phases: Vec<NodeId> = Vec::new();
        for id in order {
            people.extend(self.placed(*id).into_iter().flat_map(|placed| &placed.people));
            // Most steps stand in the phase of the step before.
            phases.extend(self.phase_of(*id).filter(|phase| phases.last() != Some(phase)));
        }
        people.sort_unstable();
        people.dedup();
        phases.sort_unstable();
        phases.dedup();
        Choices { people, phases }
    }

    /// Bars with what is said of them.
    pub(super) fn told_bars(&self, mut bars: Vec<Bar>, choices: &Choices) -> Vec<Bar> {
        for bar in &mut bars {
            let id = NodeId::new(bar.step);
            let Some(placed) = self.placed(id) else { continue };
            bar.name = self.bar_name(id).to_owned();
            for place in placed.people.iter().filter_map(|person| choices.people.binary_search(person).ok()) {
                add(&mut bar.owners, "", place);
            }
            let phase = self.phase_of(id).and_then(|phase| choices.phases.binary_search(&phase).ok());
            phase.into_iter().for_each(|place| add(&mut bar.phase, "", place));
            for before in placed.waits_for.iter().chain(&placed.starts_with) {
                match self.placed(*before) {
                    Some(placed) => add(&mut bar.waits, "", placed.number),
                    None => add(&mut bar.waits, "g", before.index()),
                }
            }
        }
        bars
    }

    /// The names of those who can be chosen.
    pub(super) fn people_to_choose(&self, choices: &Choices) -> Vec<String> {
        choices.people.iter().map(|person| self.names.full(*person).to_owned()).collect()
    }

    /// The names of the phases that can be chosen.
    pub(super) fn phases_to_choose(&self, choices: &Choices) -> Vec<String> {
        choices.phases.iter().map(|phase| self.title(self.plan().node(*phase))).collect()
    }

    /// The steps of the phases and groups that something waits for.
    pub(super) fn groups_waited_for(&self) -> String {
        let order = &self.schedule().main.order;
        let befores = order.iter().filter_map(|id| self.placed(*id)).flat_map(|placed| {
            placed.waits_for.iter().chain(&placed.starts_with).filter(|id| self.placed(**id).is_none())
        });
        let groups: BTreeSet<NodeId> = befores.copied().collect();
        let named = groups.into_iter().map(|group| {
            let inside = (group.index() + 1..self.plan().node(group).end.index()).map(NodeId::new);
            let mut steps = String::new();
            for placed in inside.filter_map(|id| self.placed(id)) {
                add(&mut steps, "", placed.number);
            }
            format!("g{}={steps}", group.index())
        });
        named.collect::<Vec<_>>().join(";")
    }
}

/// Appends a number to others, with a space before it.
fn add(numbers: &mut String, lead: &str, number: usize) {
    if !numbers.is_empty() {
        numbers.push(' ');
    }
    numbers.push_str(lead);
    digits::number(numbers, number as u64);
}
