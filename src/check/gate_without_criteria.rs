//! Gates that do not say what has to be true for a go. A line inside that is almost a box was meant
//! for a criterion, and is reported as such.

use super::{Places, Subject, messages};
use crate::diagnostic::{Diagnostic, Rule};
use crate::document::Mark;
use crate::plan::StepKind;

pub(super) fn check(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let plan = subject.plan;
    let nearly = Places::of(diagnostics, &[Rule::AlmostABox]);
    for id in plan.steps() {
        let node = plan.node(id);
        let Some(step) = node.step.as_ref().filter(|step| step.kind == StepKind::Gate) else { continue };
        let counts = |mark: Mark| mark != Mark::Dropped;
        let has_criteria = step.ticks.iter().any(|tick| counts(plan.ticks[tick.index()].mark));
        if !has_criteria && !node.block.is_some_and(|block| nearly.any_in(subject.whole(block))) {
            diagnostics.push(messages::gates::without_criteria(node));
        }
    }
}
