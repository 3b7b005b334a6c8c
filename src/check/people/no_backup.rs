//! Owners of critical steps and gates whom nobody could replace: said once a person, at their first such
//! step in run order. A backup on the step stands for all who do it, else each needs their own; of a team
//! every other member can step in.

use std::collections::HashMap;

use super::staff::Staff;
use super::{is_decisive, messages, steps};
use crate::check::{Places, Subject};
use crate::diagnostic::{Diagnostic, Rule};
use crate::plan::{Node, NodeId, Owner, PersonId};
use crate::schedule::Placed;

/// Somebody without a backup.
pub(super) struct Alone {
    pub(super) person: PersonId,
    /// The steps in question, in run order.
    pub(super) steps: Vec<NodeId>,
}

pub(in crate::check) fn check(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    // A handle that is not understood was the backup, perhaps.
    let misspelt = Places::of(diagnostics, &[Rule::UnknownOwner, Rule::Attribute]);
    let mut place: HashMap<PersonId, usize> = HashMap::new();
    let mut alone: Vec<Alone> = Vec::new();
    for (id, node, placed) in steps(subject).filter(|(_, node, placed)| is_decisive(node, placed)) {
        if misspelt.any_in(node.span) {
            continue;
        }
        for person in placed.people.iter().copied().filter(|person| is_alone(subject, node, placed, *person))
        {
            let index = *place.entry(person).or_insert(alone.len());
            if index == alone.len() {
                alone.push(Alone { person, steps: Vec::new() });
            }
            alone[index].steps.push(id);
        }
    }
    let staff = Staff::new(subject.plan, subject.schedule);
    for (index, one) in alone.iter().enumerate() {
        let first = one.steps[0];
        let other = subject.schedule.step(first).filter(|_| index < super::MOST_SUGGESTIONS);
        let other = other.and_then(|placed| staff.somebody_alike(first, placed, one.person));
        diagnostics.push(messages::no_backup(subject, &staff, one, other));
    }
}

fn is_alone(subject: &Subject<'_>, node: &Node, placed: &Placed, person: PersonId) -> bool {
    let roster = &subject.plan.roster;
    if roster.person(person).misread {
        return false;
    }
    // Of a team another member can take the step.
    let of_team = node.owners.iter().any(|given| match given.value {
        Owner::Team(team) => {
            let members = &roster.team(team).members;
            members.contains(&person) && members.iter().any(|member| !placed.people.contains(member))
        }
        Owner::Person(_) => false,
    });
    let owners: &[PersonId] = if node.backup.is_empty() { &[person] } else { &placed.people };
    // One who does the step too is unfit, and `backup-unfit` says so.
    !of_team && subject.plan.named_backups(node, owners).is_empty()
}
