//! Systems that a step stops and no later step starts. Of a way back that says nothing: what is new is
//! taken down by it for good.

use super::doubt::Doubt;
use super::line::LineOfSystems;
use super::messages;
use super::teller::{Known, Teller};
use crate::diagnostic::Diagnostic;
use crate::plan::{NodeId, SystemId};
use crate::schedule::Outage;

pub(super) fn check<'a>(
    line: &LineOfSystems<'a>,
    known: &Known<'a>,
    doubt: &Doubt,
    diagnostics: &mut Vec<Diagnostic>,
) {
    if line.is_way_back() {
        return;
    }
    let mut left: Vec<(NodeId, SystemId)> = Vec::new();
    for outages in line.outages.chunk_by(|one, other| one.system == other.system) {
        if let Some(Outage { system, stopper: Some(stopper), starter: None, .. }) = outages.last()
            && !doubt.of_system(*system)
        {
            left.push((*stopper, *system));
        }
    }
    if left.is_empty() {
        return;
    }
    left.sort();
    let teller = Teller::new(line, known);
    for step in left.chunk_by(|(one, _), (other, _)| one == other) {
        let systems: Vec<SystemId> = step.iter().map(|(_, system)| *system).collect();
        diagnostics.push(messages::left_down(&teller, step[0].0, &systems));
    }
}
