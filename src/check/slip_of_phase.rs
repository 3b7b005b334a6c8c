//! `--slip` names a phase or group: it has no length of its own, and the answer names the steps in it
//! that decide when it ends.

use super::{Subject, messages};
use crate::diagnostic::Diagnostic;
use crate::plan::NodeId;
use crate::schedule::Placed;

pub(super) fn check(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for asked in &subject.plan.slips {
        let node = subject.plan.node(asked.node);
        if !node.is_step() {
            let last = last_steps(subject, asked.node);
            let ids: Vec<&str> = last.iter().map(|id| subject.plan.node(*id).id.as_str()).collect();
            diagnostics.push(messages::slip_of_phase(asked, node, &ids));
        }
    }
}

/// The steps inside that end last, of those that can slip; of several the critical ones, where there are any.
fn last_steps(subject: &Subject<'_>, around: NodeId) -> Vec<NodeId> {
    let inside = around.index() + 1..subject.plan.node(around).end.index();
    let steps = inside.map(NodeId::new).filter(|id| subject.plan.node(*id).during().is_none());
    let mut steps: Vec<(NodeId, &Placed)> =
        steps.filter_map(|id| Some((id, subject.schedule.step(id)?))).collect();
    let end = steps.iter().map(|(_, placed)| placed.finish).max();
    steps.retain(|(_, placed)| Some(placed.finish) == end);
    if steps.iter().any(|(_, placed)| placed.is_critical()) {
        steps.retain(|(_, placed)| placed.is_critical());
    }
    steps.into_iter().map(|(id, _)| id).collect()
}
