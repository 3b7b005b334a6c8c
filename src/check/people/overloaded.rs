//! Somebody who carries more than half of the critical time: the sum of the critical steps that occupy
//! somebody. Asked from three people on: of the roster, else of those who do steps. One step alone can't be shared out.

use std::collections::HashMap;

use super::{all_steps, messages, steps};
use crate::check::Subject;
use crate::diagnostic::Diagnostic;
use crate::plan::{NodeId, PersonId};

/// What somebody carries.
#[derive(Default)]
pub(super) struct Load {
    pub(super) seconds: i64,
    /// Their critical steps with their lengths.
    pub(super) steps: Vec<(NodeId, i64)>,
}

pub(in crate::check) fn check(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if people(subject) < 3 {
        return;
    }
    let mut loads: HashMap<PersonId, Load> = HashMap::new();
    let (mut all, mut count) = (0i64, 0);
    for (id, node, placed) in steps(subject) {
        if !placed.is_critical() || !node.occupies() || placed.people.is_empty() {
            continue;
        }
        let seconds: i64 = placed.stretches().iter().map(|stretch| stretch.end - stretch.start).sum();
        all = all.saturating_add(seconds);
        count += 1;
        for person in &placed.people {
            let load = loads.entry(*person).or_default();
            load.seconds = load.seconds.saturating_add(seconds);
            load.steps.push((id, seconds));
        }
    }
    if count < 2 {
        return;
    }
    let mut loads: Vec<(PersonId, Load)> = loads.into_iter().collect();
    loads.retain(|(_, load)| load.seconds > all - load.seconds);
    loads.sort_by_key(|(person, _)| *person);
    for (person, load) in loads {
        let first = steps(subject).find(|(.., placed)| placed.people.contains(&person));
        diagnostics.push(messages::overloaded(subject, person, &load, all, first.map(|(id, ..)| id)));
    }
}

fn people(subject: &Subject<'_>) -> usize {
    let roster = &subject.plan.roster;
    if roster.declared {
        return roster.people.len();
    }
    let mut owners: Vec<PersonId> =
        all_steps(subject).flat_map(|(.., placed)| placed.people.clone()).collect();
    owners.sort();
    owners.dedup();
    owners.len()
}
