//! Gates at which a no-go leads nowhere: no `else=`, and nothing begun by then has an `undo:`, or something has
//! begun that can't be taken back.
//! A gate of a way back needs none, and one whose `else=` is not understood is reported already.

use super::{Places, Subject, messages};
use crate::diagnostic::{Diagnostic, Rule};
use crate::plan::{Node, StepKind};
use crate::schedule::Through;

pub(super) fn check(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let (plan, schedule) = (subject.plan, subject.schedule);
    let misspelt =
        Places::of(diagnostics, &[Rule::Attribute, Rule::UnknownReference, Rule::AmbiguousReference]);
    let ways_back = subject.ways_back;
    let phase = only_way_back(subject);
    for &id in &schedule.main.order {
        let node = plan.node(id);
        let (StepKind::Gate, Some(placed)) = (node.step_kind(), schedule.step(id)) else { continue };
        let Some(gate) = ways_back.of_gate(plan, schedule, id) else { continue };
        let by_phase = matches!(gate.way.through, Through::Phase(_));
        if by_phase || misspelt.any_in(node.span) {
            continue;
        }
        if !ways_back.written_before(placed.finish).is_empty() {
            if let Some(passed) = gate.way.no_return {
                diagnostics.push(messages::gates::after_no_return(node, plan.node(passed)));
            }
            continue;
        }
        let no_go = node.step.as_ref().and_then(|step| step.no_go.as_ref());
        let diagnostic = match (no_go, ways_back.first_written_from(placed.finish)) {
            (Some(no_go), _) => messages::gates::way_back_left_out(node, no_go, plan.node(no_go.value)),
            (None, Some(undo)) => messages::gates::undo_comes_later(node, plan.node(undo.step), phase),
            (None, None) => messages::gates::without_way_back(node, phase),
        };
        diagnostics.push(diagnostic);
    }
}

/// The `.rollback` phase that must be meant, when there is just one.
fn only_way_back<'a>(subject: &Subject<'a>) -> Option<&'a Node> {
    let mut all = subject.plan.ways_back();
    let first = all.next()?;
    all.next().is_none().then(|| subject.plan.node(first))
}
