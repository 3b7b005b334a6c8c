//! Where the clocks change while a plan runs, so that nobody wonders why two hours have the same name.

use super::bands::ends;
use super::scale::Scale;
use crate::schedule::Moment;
use crate::view::words::{self, Words};

/// No more days than these are looked through.
const MOST_DAYS: i64 = 4000;

/// The moments from which on the clocks are changed, from the first to the last, with the day and the words
/// for it.
pub(super) fn changes(scale: &Scale, words: Words) -> Vec<(Moment, String)> {
    let Some((first, last)) = ends(scale).filter(|_| words.dated) else { return Vec::new() };
    let mut found = Vec::new();
    let mut from = first;
    for _ in 0..MOST_DAYS {
        let to = (from + 86_400).min(last);
        if words.clock.offset(from) != words.clock.offset(to) {
            let moment = between(from, to, words);
            let change = words.clock_change(moment + -1, moment).unwrap_or_default();
            let day = words.day(moment).map(words::short_day).unwrap_or_default();
            found.push((moment, format!("{day} {}: {change}", words.time(moment))));
        }
        if to >= last {
            break;
        }
        from = to;
    }
    found
}

/// The first moment with the offset of `to`.
fn between(mut from: Moment, mut to: Moment, words: Words) -> Moment {
    let new = words.clock.offset(to);
    while to - from > 1 {
        let middle = from + (to - from) / 2;
        if words.clock.offset(middle) == new {
            to = middle;
        } else {
            from = middle;
        }
    }
    to
}

#[cfg(test)]
mod tests {
    use super::super::scale::Course;
    use super::*;
    use crate::schedule::Clock;

    fn changes_from(start: i64, days: i64) -> Vec<(Moment, String)> {
        let clock = Clock::of(chrono_tz::Europe::Berlin);
        let words = Words { clock, dated: true, t0: Moment(0), with_t: false };
        let events = vec![Moment(start), Moment(start + days * 86_400)];
        changes(&Course::new(events, &[]).scale(0.0, 100.0), words)
    }

    #[test]
    fn a_change_is_found_to_the_second() {
        // Saturday 2026-10-24 20:00 in Berlin; at 03:00 on Sunday it is 02:00 again.
        let found = changes_from(1_792_864_800, 1);
        let said = "Sun 10-25 02:00: Clocks go back 1 h: from here on UTC+01:00".to_owned();
        assert_eq!(found, [(Moment(1_792_890_000), said)]);
        assert_eq!(changes_from(1_792_864_800, 365).len(), 2);
        assert_eq!(changes_from(1_792_950_000, 3), []);
    }
}
