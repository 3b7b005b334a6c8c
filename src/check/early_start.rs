//! A start that lies so far before the first step that another year or month must be meant.

use super::{Subject, messages};
use crate::diagnostic::Diagnostic;

/// Nobody plans a pause of so many seconds, 30 days, before anything has begun.
const LONGEST: i64 = 30 * 86_400;

pub(super) fn check(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let (plan, schedule) = (subject.plan, subject.schedule);
    let Some(written) = &plan.header.start else { return };
    // One from the command line is somebody's question.
    if !schedule.dated || schedule.asked.start.is_some() {
        return;
    }
    let placed = schedule.main.order.iter().filter_map(|id| Some((*id, schedule.step(*id)?)));
    let first = placed.min_by_key(|(id, placed)| (placed.start, *id));
    if let Some((id, placed)) = first
        && placed.start - schedule.main.start > LONGEST
    {
        let node = plan.node(id);
        diagnostics.push(messages::early_start(
            written.span,
            schedule.main.start,
            node,
            placed.start,
            schedule.clock,
        ));
    }
}
