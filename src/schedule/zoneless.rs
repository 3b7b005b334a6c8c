//! A plan with dates and without a time zone: its times are those of UTC, which hardly anybody means.

use super::ScheduleOptions;
use super::messages;
use super::times::Times;
use crate::diagnostic::Diagnostic;
use crate::plan::{Plan, Time};
use crate::source::Span;

impl Times {
    /// A date without a zone is a date in UTC, and hardly ever meant so.
    pub(super) fn warn_of_missing_zone(
        &self,
        plan: &Plan,
        options: &ScheduleOptions,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        if plan.header.has_timezone {
            return;
        }
        let header = &plan.header;
        let mut dates: Vec<Span> = Vec::new();
        let mut note = |time: Time, span: Span| {
            let is_dated = matches!(time, Time::Date(_) | Time::Local(_) | Time::Fixed { .. });
            if is_dated && !plan.scopes.at(span).has_zone {
                dates.push(span);
            }
        };
        for anchor in header.start.iter().chain(&header.t0) {
            note(anchor.value, anchor.span);
        }
        for window in &plan.windows {
            note(window.from, window.span);
        }
        for closed in &header.closed {
            note(closed.value.0, closed.span);
        }
        for away in plan.roster.people.iter().flat_map(|person| &person.away) {
            note(away.value.0, away.span);
        }
        for node in &plan.nodes {
            for given in node.at.as_deref().into_iter().chain(&node.from).chain(&node.by) {
                note(given.value, given.span);
            }
        }
        for by in plan.questions.iter().filter_map(|question| question.by.as_ref()) {
            note(by.value, by.span);
        }
        let from_options = options.start.is_some() || options.t0.is_some();
        match dates.into_iter().min() {
            Some(first) => diagnostics.push(messages::no_timezone(Some(first))),
            None if from_options => diagnostics.push(messages::no_timezone(None)),
            None => {}
        }
    }
}
