//! Whom a change concerns: who is critical now, and who gains or loses work.
//!
//! People are known by their handles, so that somebody whose name was mended is still the same.

use std::collections::{BTreeMap, BTreeSet};

use super::named;
use super::steps::Pairs;
use crate::plan::{NodeId, PersonId};
use crate::view::presenter::Presenter;
use crate::view::words;

impl Presenter<'_> {
    /// Who is critical now and was not, and the other way round; where that is nobody, which steps.
    pub(super) fn critical_since(&self, before: &Presenter<'_>, pairs: &Pairs) -> Vec<String> {
        let (then, now) = (before.critical_people(), self.critical_people());
        let only =
            |here: &BTreeMap<&str, PersonId>, there: &BTreeMap<&str, PersonId>, whose: &Presenter<'_>| {
                let only = here.iter().filter(|(handle, _)| !there.contains_key(*handle));
                let mut people: Vec<PersonId> = only.map(|(_, person)| *person).collect();
                people.sort_unstable();
                people.into_iter().map(|person| whose.names.person(person).to_owned()).collect::<Vec<_>>()
            };
        let (come, go) = (only(&now, &then, self), only(&then, &now, before));
        let mut facts = Vec::new();
        facts.extend(fact(&come, "person", "is now critical", "are now critical"));
        facts.extend(fact(&go, "person", "is no longer critical", "are no longer critical"));
        if !facts.is_empty() {
            return facts;
        }
        let turned = |is_now: bool| -> Vec<String> {
            let turned = pairs
                .both
                .iter()
                .filter(|(old, new)| self.is_critical(*new) == is_now && before.is_critical(*old) != is_now);
            turned.map(|(_, new)| self.quoted_title(*new)).collect()
        };
        facts.extend(fact(&turned(true), "step", "is now critical", "are now critical"));
        facts.extend(fact(&turned(false), "step", "is no longer critical", "are no longer critical"));
        facts
    }

    fn critical_people(&self) -> BTreeMap<&str, PersonId> {
        let steps = self.schedule().main.order.iter().filter_map(|id| self.placed(*id));
        let people = steps.filter(|placed| placed.is_critical()).flat_map(|placed| &placed.people);
        people.map(|person| (self.handle(*person), *person)).collect()
    }

    /// Who has steps now that they had not, and the other way round.
    pub(super) fn work_since(&self, before: &Presenter<'_>, pairs: &Pairs) -> Vec<String> {
        let mut gains: BTreeMap<PersonId, Vec<NodeId>> = BTreeMap::new();
        let mut losses: BTreeMap<PersonId, Vec<NodeId>> = BTreeMap::new();
        let people = |whose: &Presenter<'_>, id: NodeId| {
            whose.placed(id).map(|placed| placed.people.clone()).unwrap_or_default()
        };
        for (old, new) in &pairs.both {
            let (then, now) = (people(before, *old), people(self, *new));
            let had: BTreeSet<&str> = then.iter().map(|person| before.handle(*person)).collect();
            let has: BTreeSet<&str> = now.iter().map(|person| self.handle(*person)).collect();
            for person in now.iter().filter(|person| !had.contains(self.handle(**person))) {
                gains.entry(*person).or_default().push(*new);
            }
            for person in then.iter().filter(|person| !has.contains(before.handle(**person))) {
                losses.entry(*person).or_default().push(*old);
            }
        }
        for id in &pairs.new {
            people(self, *id).into_iter().for_each(|person| gains.entry(person).or_default().push(*id));
        }
        for id in &pairs.gone {
            people(before, *id).into_iter().for_each(|person| losses.entry(person).or_default().push(*id));
        }
        let mut facts = work(self, &gains, ["gains", "gain"]);
        facts.extend(work(before, &losses, ["loses", "lose"]));
        facts
    }

    fn handle(&self, person: PersonId) -> &str {
        &self.plan().roster.person(person).handle.value
    }
}

/// `Ana gains “Copy”`, `Raj loses 2 steps`; of many people only how many they are.
fn work(
    whose: &Presenter<'_>,
    steps: &BTreeMap<PersonId, Vec<NodeId>>,
    [verb, of_many]: [&str; 2],
) -> Vec<String> {
    if steps.len() > 3 {
        return vec![format!("{} {of_many} steps", words::count(steps.len(), "person"))];
    }
    let each = steps.iter().map(|(person, steps)| {
        let what = match steps.as_slice() {
            [one] => whose.quoted_title(*one),
            many => words::count(many.len(), "step"),
        };
        format!("{} {verb} {what}", whose.names.person(*person))
    });
    each.collect()
}

fn fact(names: &[String], what: &str, one: &str, many: &str) -> Option<String> {
    let verb = if names.len() == 1 { one } else { many };
    (!names.is_empty()).then(|| format!("{} {verb}", named(names, what)))
}
