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
use safety::unsafe_outages;
use teller::Known;

/// What is wrong with systems, as far as there is no `doubt` about them.
pub(super) fn check(subject: &Subject<'_>, doubt: &Doubt) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let known = Known::of(subject.plan);
    for line in LineOfSystems::all(subject) {
        let (users, starters) = (used::asked(&line, doubt), started_while_up::asked(&line, doubt));
        let [of_users, of_starters] = if line.is_way_back() {
            let [of_users] = unsafe_outages(&line, line.outages, [&users]);
            let outages = started_while_up::with_unknown_beginning(&line);
            let [of_starters] = unsafe_outages(&line, &outages, [&starters]);
            [of_users, of_starters]
        } else {
            unsafe_outages(&line, line.outages, [&users, &starters])
        };
        used::check(&line, &known, &users, &of_users, &mut found);
        used_while_locked::check(&line, &known, &mut found);
        started_while_up::check(&line, &known, &starters, &of_starters, &mut found);
        left_down::check(&line, &known, doubt, &mut found);
    }
    found
}
