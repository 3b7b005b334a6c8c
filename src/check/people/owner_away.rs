//! Steps that fall into an absence of those who do them, or of whoever calls them, and ticks whose owner is away for the
//! whole of their step. Work in days pauses instead, and of what runs by itself only the beginning counts.

use super::scene::Scene;
use super::staff::{Staff, members, time_of};
use super::{MOST_SUGGESTIONS, is_decisive, messages, steps};
use crate::check::Subject;
use crate::diagnostic::Diagnostic;
use crate::document::Mark;
use crate::plan::{NodeId, Owner, Tick};
use crate::schedule::{Placed, Stretch};

pub(in crate::check) fn check(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if subject.schedule.workers.iter().all(|worker| worker.away.is_empty()) {
        return;
    }
    let staff = Staff::new(subject.plan, subject.schedule);
    let mut found = 0;
    for (id, node, placed) in steps(subject).filter(|(.., placed)| placed.worked.is_none()) {
        for &person in &placed.people {
            let Some(absence) = staff.away(person, time_of(node, placed)) else { continue };
            found += 1;
            let other = (found <= MOST_SUGGESTIONS).then(|| staff.somebody_else(id, placed)).flatten();
            let scene = Scene { subject, staff: &staff, node, placed, person };
            diagnostics.push(messages::owner_away(&scene, absence, other));
        }
        ticks(subject, &staff, id, placed, diagnostics);
    }
    diagnostics.extend(caller(subject, &staff));
}

/// Whoever calls the steps has to be there when one begins on which the launch waits. Work in days begins without a call.
fn caller(subject: &Subject<'_>, staff: &Staff<'_>) -> Option<Diagnostic> {
    let (plan, schedule) = (subject.plan, subject.schedule);
    let caller = plan.caller.as_ref()?;
    let people = members(plan, &caller.value);
    let mut missed = schedule.main.order.iter().filter_map(|id| {
        let (node, placed) = (plan.node(*id), schedule.step(*id)?);
        let is_called = placed.worked.is_none() && is_decisive(node, placed);
        let begins = Stretch { start: placed.start, end: placed.start };
        let mut absences = people.iter().map(|person| staff.away(*person, begins));
        // Of a team one is enough.
        let first = absences.next().flatten().filter(|_| is_called)?;
        absences.all(|absence| absence.is_some()).then_some((node, placed, first))
    });
    let (node, placed, absence) = missed.next()?;
    Some(messages::caller_away(subject, caller, (node, placed), absence, missed.count()))
}

/// A tick may be done at any time of its step: only who is away for all of it can't do it.
fn ticks(
    subject: &Subject<'_>,
    staff: &Staff<'_>,
    id: NodeId,
    placed: &Placed,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let plan = subject.plan;
    let node = plan.node(id);
    let whole = Stretch { start: placed.start, end: placed.finish };
    for tick in node.step.iter().flat_map(|step| &step.ticks).map(|tick| &plan.ticks[tick.index()]) {
        for owner in owners(tick).filter(|owner| !does_the_step(plan, owner, placed)) {
            let away = |person| staff.away_throughout(person, whole);
            let absences: Option<Vec<_>> =
                members(plan, &owner.value).iter().map(|person| away(*person)).collect();
            let Some(&[absence, ..]) = absences.as_deref() else { continue };
            diagnostics.push(messages::tick_owner_away(subject, tick, owner, node, whole, absence));
        }
    }
}

fn owners(tick: &Tick) -> impl Iterator<Item = &crate::plan::Given<Owner>> {
    tick.owners.iter().filter(|_| tick.mark != Mark::Dropped)
}

/// Whoever does the step has been asked about already.
fn does_the_step(plan: &crate::plan::Plan, owner: &crate::plan::Given<Owner>, placed: &Placed) -> bool {
    members(plan, &owner.value).iter().any(|person| placed.people.contains(person))
}
