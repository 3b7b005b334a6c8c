//! Advice about the finished model: one rule a file, all of them in one table.
//!
//! What comes in is the plan with its schedule; what goes out are diagnostics. Nothing here changes
//! anything, and no check knows of another.

mod images;
mod looks_like_rollback;
mod messages;
mod missing_estimate;
mod missing_owner;
mod open_question;
mod placeholder;
mod slip_of_phase;

use crate::diagnostic::{Diagnostic, Rule};
use crate::graph::Graph;
use crate::plan::Plan;
use crate::schedule::Schedule;
use crate::source::{Sources, Span};

/// What a check looks at.
pub struct Subject<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// What waits for what on its main line.
    pub graph: &'a Graph,
    /// Its schedule.
    pub schedule: &'a Schedule,
    /// The files.
    pub sources: &'a Sources,
}

/// A check.
type Check = fn(&Subject<'_>, &mut Vec<Diagnostic>);

/// Every check.
const CHECKS: &[Check] = &[
    missing_owner::check,
    missing_estimate::check,
    open_question::check,
    placeholder::check,
    looks_like_rollback::check,
    images::check,
    slip_of_phase::check,
];

/// Runs every check.
pub fn review(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for check in CHECKS {
        check(subject, diagnostics);
    }
}

pub use placeholder::{Placeholder, placeholders};

/// Where some rules have spoken already: what follows from it stays silent.
struct Places(Vec<Span>);

impl Places {
    fn of(diagnostics: &[Diagnostic], rules: &[Rule]) -> Self {
        let spoken = diagnostics.iter().filter(|one| rules.contains(&one.rule));
        let mut places: Vec<Span> = spoken.filter_map(Diagnostic::span).collect();
        places.sort_by_key(|place| place.start());
        Self(places)
    }

    fn any_in(&self, span: Span) -> bool {
        let first = self.0.partition_point(|place| place.start() < span.start());
        self.0.get(first).is_some_and(|place| place.start() < span.end())
    }
}
