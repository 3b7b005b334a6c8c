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

use crate::diagnostic::Diagnostic;
use crate::plan::Plan;
use crate::schedule::Schedule;
use crate::source::Sources;

/// What a check looks at.
pub struct Subject<'a> {
    /// The plan.
    pub plan: &'a Plan,
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
];

/// Runs every check.
pub fn review(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for check in CHECKS {
        check(subject, diagnostics);
    }
}

pub use placeholder::{Placeholder, placeholders};
