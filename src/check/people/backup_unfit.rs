//! Backups of critical steps and gates who could not step in: away, without a credential, or busy
//! then, with that very step too.
//!
//! Asked of everybody named by `backup=` on the step or around it, else of the own backup of everybody
//! who does it. A team is fit when one of its members is.

use super::scene::Scene;
use super::staff::{Fitness, Obstacle, Staff, members};
use super::{MOST_NAMED, MOST_SUGGESTIONS, is_decisive, messages, steps};
use crate::check::Subject;
use crate::diagnostic::Diagnostic;
use crate::plan::{NodeId, Owner, PersonId, Plan};
use crate::schedule::Placed;
use crate::source::Span;

/// A backup who can't step in.
pub(super) struct Unfit {
    pub(super) backup: Owner,
    pub(super) named: Named,
    /// What keeps each of them from it.
    pub(super) reasons: Vec<(PersonId, Vec<Obstacle>)>,
}

/// Where a backup is named.
#[derive(Debug, Clone, Copy)]
pub(super) enum Named {
    /// On the step itself.
    OnStep(Span),
    /// On a phase around it, or in the roster.
    Elsewhere(Span),
}

pub(in crate::check) fn check(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let plan = subject.plan;
    let staff = Staff::new(plan, subject.schedule);
    let mut found = 0;
    for (id, node, placed) in steps(subject).filter(|(_, node, placed)| is_decisive(node, placed)) {
        // Nobody does it, so nobody can be replaced.
        let Some(&person) = placed.people.first() else { continue };
        for backup in plan.named_backups(node, &placed.people) {
            let Some(reasons) = reasons(plan, &staff, backup, id, placed) else { continue };
            let written = node.backup.iter().find(|given| given.value == backup);
            let of_owner = || {
                let entries = placed.people.iter().filter_map(|owner| plan.roster.person(*owner).backup);
                entries.filter(|(named, _)| *named == backup).map(|(_, span)| span).next()
            };
            let named = match written {
                Some(given) if given.inherited.is_none() => Named::OnStep(given.span),
                Some(given) => Named::Elsewhere(given.span),
                None => of_owner().map_or(Named::OnStep(node.span), Named::Elsewhere),
            };
            let unfit = Unfit { backup, named, reasons };
            let scene = Scene { subject, staff: &staff, node, placed, person };
            found += 1;
            let fit = (found <= MOST_SUGGESTIONS).then(|| staff.somebody_else(id, placed)).flatten();
            diagnostics.push(messages::backup_unfit(&scene, &unfit, fit));
        }
    }
}

/// What keeps every one of those who could be called from a step; nothing when somebody could come, or
/// nobody is there to be called.
fn reasons(
    plan: &Plan,
    staff: &Staff<'_>,
    backup: Owner,
    id: NodeId,
    placed: &Placed,
) -> Option<Vec<(PersonId, Vec<Obstacle>)>> {
    if let Owner::Person(person) = backup
        && placed.people.contains(&person)
    {
        return Some(vec![(person, vec![Obstacle::Busy { with: id, until: placed.finish }])]);
    }
    let mut reasons = Vec::new();
    for &member in members(plan, &backup).iter().filter(|member| staff.may_take(**member, placed)) {
        // Whoever steps in may be called outside their hours.
        if staff.fitness(member, id, placed) <= Fitness::OffDuty {
            return None;
        }
        let obstacles = reasons_of(staff, member, id, placed);
        if obstacles.is_empty() {
            return None;
        }
        if reasons.len() < MOST_NAMED {
            reasons.push((member, obstacles));
        }
    }
    (!reasons.is_empty()).then_some(reasons)
}

/// What keeps one of them from it. What nobody holds was said of the step itself.
fn reasons_of(staff: &Staff<'_>, member: PersonId, id: NodeId, placed: &Placed) -> Vec<Obstacle> {
    let mut obstacles = staff.obstacles(member, id, placed);
    obstacles.retain_mut(|obstacle| match obstacle {
        Obstacle::OffDuty(_) => false,
        Obstacle::Lacks(names) => {
            names.retain(|name| !staff.holders(name).is_empty());
            !names.is_empty()
        }
        Obstacle::Away(_) | Obstacle::Busy { .. } => true,
    });
    obstacles
}
