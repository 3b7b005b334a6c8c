//! What a script on the page is told of the bars: who does them, in which phase, what they wait for.
//!
//! All of it is numbers, so that nothing of a plan's text can act.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Bar;
use crate::plan::{NodeId, PersonId};
use crate::view::presenter::Presenter;

impl Presenter<'_> {
    /// Bars with what is said of them.
    pub(super) fn told_bars(&self, mut bars: Vec<Bar>) -> Vec<Bar> {
        let people = self.people_in_line();
        let places: HashMap<PersonId, usize> =
            people.iter().enumerate().map(|(place, person)| (*person, place)).collect();
        let (_, phases) = self.phases_of_steps();
        for bar in &mut bars {
            let id = NodeId::new(bar.step);
            let Some(placed) = self.placed(id) else { continue };
            bar.name = self.bar_name(id);
            bar.owners = spaced(placed.people.iter().filter_map(|person| places.get(person)));
            bar.phase = phases.get(&id).map(ToString::to_string).unwrap_or_default();
            let befores = placed.waits_for.iter().chain(&placed.starts_with);
            let named = befores.map(|before| match self.placed(*before) {
                Some(placed) => placed.number.to_string(),
                None => format!("g{}", before.index()),
            });
            bar.waits = spaced(named);
        }
        bars
    }

    /// Everybody who does a step of the main line, in the order of the roster.
    fn people_in_line(&self) -> BTreeSet<PersonId> {
        let order = &self.schedule().main.order;
        order
            .iter()
            .filter_map(|id| self.placed(*id))
            .flat_map(|placed| placed.people.iter().copied())
            .collect()
    }

    /// Their names.
    pub(super) fn people_to_choose(&self) -> Vec<String> {
        let roster = &self.plan().roster;
        self.people_in_line().iter().map(|person| roster.person(*person).name.clone()).collect()
    }

    /// The names of the phases in which steps stand.
    pub(super) fn phases_to_choose(&self) -> Vec<String> {
        let (phases, _) = self.phases_of_steps();
        phases.iter().map(|phase| self.title(self.plan().node(*phase))).collect()
    }

    /// The steps of the phases and groups that something waits for.
    pub(super) fn groups_waited_for(&self) -> String {
        let order = &self.schedule().main.order;
        let befores = order.iter().filter_map(|id| self.placed(*id)).flat_map(|placed| {
            placed.waits_for.iter().chain(&placed.starts_with).filter(|id| self.placed(**id).is_none())
        });
        let groups: BTreeSet<NodeId> = befores.copied().collect();
        let mut steps: BTreeMap<NodeId, Vec<usize>> = BTreeMap::new();
        for group in groups {
            let inside = (group.index() + 1..self.plan().node(group).end.index()).map(NodeId::new);
            let numbers = inside.filter_map(|id| self.placed(id).map(|placed| placed.number));
            steps.insert(group, numbers.collect());
        }
        let named = steps.iter().map(|(group, steps)| format!("g{}={}", group.index(), spaced(steps)));
        named.collect::<Vec<_>>().join(";")
    }
}

fn spaced(numbers: impl IntoIterator<Item = impl ToString>) -> String {
    numbers.into_iter().map(|number| number.to_string()).collect::<Vec<_>>().join(" ")
}
