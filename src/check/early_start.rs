//! A start that lies so far before the first step that another year or month must be meant, or a window that opens so much
//! later than the start that it may be that of another night.

use super::{Subject, messages};
use crate::diagnostic::Diagnostic;
use crate::plan::{Time, WindowId};

/// Nobody plans a pause of so many seconds, 30 days, before anything has begun.
const LONGEST: i64 = 30 * 86_400;
/// A clock time is written as the start where something begins then; so many seconds later, 12 hours, is another night.
const ANOTHER_NIGHT: i64 = 12 * 3600;

pub(super) fn check(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let (plan, schedule) = (subject.plan, subject.schedule);
    let Some(written) = &plan.header.start else { return };
    // One from the command line is somebody's question.
    if !schedule.dated || schedule.asked.start.is_some() {
        return;
    }
    let placed = schedule.main.order.iter().filter_map(|id| Some((*id, schedule.step(*id)?)));
    let first = placed.min_by_key(|(id, placed)| (placed.start, *id));
    let Some((id, placed)) = first else { return };
    let (node, pause) = (plan.node(id), placed.start - schedule.main.start);
    // Work may have to wait for somebody's day besides.
    let opens =
        |window: WindowId| schedule.windows[window.index()].is_some_and(|open| open.start == placed.start);
    let window = node.window.as_ref().filter(|window| opens(window.value));
    if pause > LONGEST {
        diagnostics.push(messages::early_start(
            written.span,
            schedule.main.start,
            node,
            placed.start,
            schedule.clock,
        ));
    } else if let Some(window) = window
        && pause >= ANOTHER_NIGHT
        && !matches!(written.value, Time::Date(_))
    {
        let window = &plan.windows[window.value.index()];
        diagnostics.push(messages::window_of_another_night(
            written.span,
            schedule.main.start,
            window,
            placed.start,
            schedule.clock,
        ));
    }
}
