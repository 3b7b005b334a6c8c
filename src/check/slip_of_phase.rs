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

/// The steps inside that end last: the critical ones, where there are any.
fn last_steps(subject: &Subject<'_>, around: NodeId) -> Vec<NodeId> {
    let inside = around.index() + 1..subject.plan.node(around).end.index();
    let steps: Vec<(NodeId, &Placed)> =
        inside.map(NodeId::new).filter_map(|id| Some((id, subject.schedule.step(id)?))).collect();
    let any_critical = steps.iter().any(|(_, placed)| placed.is_critical());
    let decides = |placed: &Placed| placed.is_critical() || !any_critical;
    let end = steps.iter().filter(|(_, placed)| decides(placed)).map(|(_, placed)| placed.finish).max();
    let last = steps.iter().filter(|(_, placed)| decides(placed) && Some(placed.finish) == end);
    last.map(|(id, _)| *id).collect()
}
