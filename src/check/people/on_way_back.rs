//! Whoever is away or off duty when a way back would need them: at a no-go of the gate that leads to it,
//! which is said at its planned end. A way back that no gate leads to may be called at any time: there only
//! who is away for all of the launch can't be meant.

use std::collections::{HashMap, HashSet};

use super::messages::way_back as messages;
use super::scene::Scene;
use super::staff::{Staff, is_done_by_somebody, time_of};
use crate::check::Subject;
use crate::diagnostic::Diagnostic;
use crate::plan::{NodeId, Owner, PersonId, StepKind};
use crate::schedule::{Absence, Moment, Stretch, Through, UndoStep};

/// At so many gates a way back is asked about.
const MOST_GATES: usize = 24;

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
    let mut calls: HashMap<NodeId, Vec<(NodeId, Moment)>> = HashMap::new();
    let mut undone = Undone { gates: Vec::new(), said: HashSet::new() };
    for &gate in gates {
        let (Some(placed), Some(found)) = (schedule.step(gate), ways_back.of_gate(plan, schedule, gate))
        else {
            continue;
        };
        match found.way.through {
            Through::Phase(phase) => {
                let calls = calls.entry(phase).or_default();
                if calls.len() < MOST_GATES {
                    calls.push((gate, placed.finish));
                }
            }
            Through::Undos(undos) => {
                undone.at_gate(subject, &staff, (gate, placed.finish), undos, diagnostics)
            }
            Through::Nothing => {}
        }
    }
    for line in &schedule.ways_back {
        let calls = calls.get(&line.root).map_or(&[][..], Vec::as_slice);
        of_phase(subject, &staff, line, calls, diagnostics);
    }
}

fn of_phase(
    subject: &Subject<'_>,
    staff: &Staff<'_>,
    line: &crate::schedule::Line,
    calls: &[(NodeId, Moment)],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let (plan, schedule) = (subject.plan, subject.schedule);
    for &id in &line.order {
        let (node, Some(placed)) = (plan.node(id), schedule.step(id)) else { continue };
        if !is_done_by_somebody(node) {
            continue;
        }
        let end = if super::is_unattended(node) { placed.start } else { placed.finish };
        let at_gate = |(gate, called): &(NodeId, Moment)| {
            let time = Stretch { start: *called + placed.start.0, end: *called + end.0 };
            Call { gate: Some(*gate), time }
        };
        let calls: Vec<Call> = calls.iter().map(at_gate).collect();
        for &person in &placed.people {
            let scene = Scene { subject, staff, node, placed, person };
            let worker = &schedule.workers[person.index()];
            let absence = |call: &Call| Some((*call, away(staff, person, *call)?));
            let off_duty = |call: &&Call| worker.off_duty(call.time).is_some();
            // Of the first gate at which they are missed; they are missed more where they are away.
            if calls.is_empty() {
                let missed = absence(&whole_launch(subject));
                diagnostics.extend(missed.map(|(call, absence)| messages::away(&scene, call, absence)));
            } else if let Some((call, absence)) = calls.iter().find_map(absence) {
                diagnostics.push(messages::away(&scene, call, absence));
            } else if let Some(call) = calls.iter().find(off_duty) {
                diagnostics.push(messages::off_duty(&scene, *call));
            }
        }
    }
}

/// What would be undone from the gates so far.
struct Undone {
    /// When they end.
    gates: Vec<Moment>,
    /// Who is missed at which undo of which step; that is said of one gate.
    said: HashSet<(NodeId, usize, PersonId)>,
}

impl Undone {
    fn at_gate(
        &mut self,
        subject: &Subject<'_>,
        staff: &Staff<'_>,
        (gate, called): (NodeId, Moment),
        undos: &[UndoStep],
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        // What begins before that was asked about at gates enough.
        let since =
            self.gates.len().checked_sub(MOST_GATES).map_or(Moment::ALWAYS, |index| self.gates[index]);
        self.gates.push(called);
        let mut start = called;
        for undo in undos.iter().take_while(|undo| undo.begins >= since) {
            let time = Stretch { start, end: start + undo.seconds };
            start = time.end;
            let call = Call { gate: Some(gate), time };
            for owner in &undo.owners {
                // Of a team anybody may do it.
                let Owner::Person(person) = *owner else { continue };
                if is_away_at_the_step(subject, staff, undo, person) {
                    continue;
                }
                if let Some(absence) = away(staff, person, call)
                    && self.said.insert((undo.step, undo.place, person))
                {
                    diagnostics.push(messages::away_for_undo(subject, undo, person, call, absence));
                }
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
