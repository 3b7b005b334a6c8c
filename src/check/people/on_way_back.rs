//! Whoever is away or off duty when a way back would need them: at a no-go of the gate that leads to it,
//! which is said at its planned end. A way back that no gate leads to may be called at any time: there only
//! who is away for all of the launch can't be meant.

use std::collections::HashMap;

use super::messages::way_back as messages;
use super::scene::Scene;
use super::staff::{Staff, is_done_by_somebody, time_of};
use crate::check::Subject;
use crate::diagnostic::Diagnostic;
use crate::plan::{NodeId, Owner, PersonId, StepKind};
use crate::schedule::{Absence, Moment, Stretch, Through, UndoStep};

/// When somebody would have to be there for a way back.
#[derive(Debug, Clone, Copy)]
pub(super) struct Call {
    /// The gate whose no-go calls for them; none where nobody knows when they are called.
    pub(super) gate: Option<NodeId>,
    /// When they would be at it; without a gate all of the launch.
    pub(super) time: Stretch,
}

pub(in crate::check) fn check(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let busy_elsewhere =
        |worker: &crate::schedule::Worker| !worker.away.is_empty() || !worker.hours.is_empty();
    if !subject.schedule.dated || !subject.schedule.workers.iter().any(busy_elsewhere) {
        return;
    }
    let (plan, schedule) = (subject.plan, subject.schedule);
    let staff = Staff::new(plan, schedule);
    let ways_back = subject.ways_back;
    let gates = schedule.main.order.iter().filter(|id| plan.node(**id).step_kind() == StepKind::Gate);
    let mut calls: HashMap<NodeId, (NodeId, Moment)> = HashMap::new();
    let mut asked = Moment::ALWAYS;
    for &gate in gates {
        let (Some(placed), Some(found)) = (schedule.step(gate), ways_back.of_gate(plan, schedule, gate))
        else {
            continue;
        };
        match found.way.through {
            Through::Phase(phase) => {
                calls.entry(phase).or_insert((gate, placed.finish));
            }
            // What an earlier gate would have undone was asked about there.
            Through::Undos(undos) => {
                let new = undos.iter().take_while(|undo| undo.begins >= asked);
                of_undos(subject, &staff, gate, placed.finish, new, diagnostics);
                asked = asked.max(placed.finish);
            }
            Through::Nothing => {}
        }
    }
    for line in &schedule.ways_back {
        of_phase(subject, &staff, line, calls.get(&line.root).copied(), diagnostics);
    }
}

fn of_phase(
    subject: &Subject<'_>,
    staff: &Staff<'_>,
    line: &crate::schedule::Line,
    call: Option<(NodeId, Moment)>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let (plan, schedule) = (subject.plan, subject.schedule);
    for &id in &line.order {
        let (node, Some(placed)) = (plan.node(id), schedule.step(id)) else { continue };
        if !is_done_by_somebody(node) {
            continue;
        }
        let call = match call {
            Some((gate, called)) => {
                let end = if super::is_unattended(node) { placed.start } else { placed.finish };
                let time = Stretch { start: called + placed.start.0, end: called + end.0 };
                Call { gate: Some(gate), time }
            }
            None => whole_launch(subject),
        };
        for &person in &placed.people {
            let scene = Scene { subject, staff, node, placed, person };
            if let Some(absence) = away(staff, person, call) {
                diagnostics.push(messages::away(&scene, call, absence));
            } else if call.gate.is_some() && schedule.workers[person.index()].off_duty(call.time).is_some() {
                diagnostics.push(messages::off_duty(&scene, call));
            }
        }
    }
}

fn of_undos<'a>(
    subject: &Subject<'_>,
    staff: &Staff<'_>,
    gate: NodeId,
    called: Moment,
    undos: impl Iterator<Item = &'a UndoStep>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut start = called;
    for undo in undos {
        let time = Stretch { start, end: start + undo.seconds };
        start = time.end;
        let call = Call { gate: Some(gate), time };
        for owner in &undo.owners {
            // Of a team anybody may do it.
            let Owner::Person(person) = *owner else { continue };
            if is_away_at_the_step(subject, staff, undo, person) {
                continue;
            }
            if let Some(absence) = away(staff, person, call) {
                diagnostics.push(messages::away_for_undo(subject, undo, person, call, absence));
            }
        }
    }
}

/// Whether that was said of the step already: whoever takes that takes its undo too.
fn is_away_at_the_step(subject: &Subject<'_>, staff: &Staff<'_>, undo: &UndoStep, person: PersonId) -> bool {
    let node = subject.plan.node(undo.step);
    let placed = subject.schedule.step(undo.step);
    let own = node.step.as_ref().is_some_and(|step| step.undos[undo.place].owners.is_empty());
    own && placed.is_some_and(|placed| staff.away(person, time_of(node, placed)).is_some())
}

fn away(staff: &Staff<'_>, person: PersonId, call: Call) -> Option<Absence> {
    match call.gate {
        Some(_) => staff.away(person, call.time),
        None => staff.away_throughout(person, call.time),
    }
}

fn whole_launch(subject: &Subject<'_>) -> Call {
    let main = &subject.schedule.main;
    Call { gate: None, time: Stretch { start: main.start, end: main.finish } }
}
