//! Moments whose offset is that of the clocks of their zone at another time of the year: somebody forgot that these change.
//!
//! Promised: an offset that these clocks never have is meant as it is written, and so is `Z`; a moment is looked at with
//! some fifty looks at its zone, and only where its offset is not that of the zone then.

use super::clock::Clock;
use super::messages;
use super::moment::Moment;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

const WEEK: i64 = 7 * 86_400;

/// What is to be said of a moment that was written with an offset, `ahead` seconds before UTC.
pub(super) fn out_of_season(
    place: Option<Span>,
    moment: Moment,
    ahead: i64,
    clock: Clock,
) -> Option<Diagnostic> {
    // Half a year before and after, and so all of a year.
    let is_theirs = || (-26..=26).any(|weeks| clock.offset(moment + weeks * WEEK) == ahead);
    let is_other = clock.zone().is_some() && clock.offset(moment) != ahead;
    (is_other && is_theirs()).then(|| messages::out_of_season(place, moment, ahead, clock))
}
