//! Systems that are used while they are down or locked, saved by luck alone, left down, or started while
//! they are up.
//!
//! Each line is looked at by itself, the main one and every way back: nobody knows when a way back is
//! called, or what is up by then. Of a way back is said only what holds whatever that is.

mod bits;
mod doubt;
mod left_down;
mod line;
mod messages;
mod references;
mod safety;
mod shown;
mod started_while_up;
mod teller;
mod used;
mod used_while_locked;

use super::Subject;
use crate::diagnostic::Diagnostic;
pub(super) use doubt::Doubt;
use line::LineOfSystems;
use teller::Known;

/// What is wrong with systems, as far as there is no `doubt` about them.
pub(super) fn check(subject: &Subject<'_>, doubt: &Doubt) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let known = Known::of(subject.plan);
    for line in LineOfSystems::all(subject) {
        used::check(&line, &known, doubt, &mut found);
        used_while_locked::check(&line, &known, &mut found);
        started_while_up::check(&line, &known, doubt, &mut found);
        left_down::check(&line, &known, doubt, &mut found);
    }
    found
}
