//! Moments and lengths in words, for messages.

use super::busy::Stretch;
use super::clock::{Clock, Local};
use super::moment::Moment;
use crate::plan;

/// Of so many days on either side no two have the same name.
const MOST_DAYS_BY_NAME: i64 = 3;

/// A moment with its day: `Sat 2026-12-05 22:00`, with its offset where the clock shows it twice; in a plan
/// without a date `T-0:30`.
#[must_use]
pub fn shown_moment(moment: Moment, clock: Clock) -> String {
    if clock.zone().is_none() {
        return shown_offset(moment.0);
    }
    let local = clock.local(moment);
    let seconds = moment.0.rem_euclid(60) != 0;
    let text = local.format(if seconds { "%a %Y-%m-%d %H:%M:%S" } else { "%a %Y-%m-%d %H:%M" });
    format!("{text}{}", which_of_two(moment, clock))
}

/// What stands behind a time that the clock shows twice: ` (UTC+01:00)`; behind every other nothing.
#[must_use]
pub fn which_of_two(moment: Moment, clock: Clock) -> String {
    if clock.shows_twice(moment) { format!(" ({})", shown_utc(moment, clock)) } else { String::new() }
}

/// How far a clock is ahead of UTC: `UTC+01:00`.
#[must_use]
pub fn shown_utc(moment: Moment, clock: Clock) -> String {
    plan::shown_utc(clock.offset(moment))
}

/// A moment as it is written in braces: `2026-12-05T22:00`, with its offset where the clock shows it twice;
/// in a plan without a date `T-30m`.
#[must_use]
pub fn written_moment(moment: Moment, clock: Clock) -> String {
    if clock.zone().is_none() {
        let all = moment.0.unsigned_abs();
        let units = [(all / 3600, "h"), (all / 60 % 60, "m"), (all % 60, "s")];
        let parts = units.iter().filter(|(number, _)| *number > 0);
        let length: String = parts.map(|(number, unit)| format!("{number}{unit}")).collect();
        let sign = if moment.0 < 0 { "-" } else { "+" };
        return if length.is_empty() { "T".to_owned() } else { format!("T{sign}{length}") };
    }
    let local = clock.local(moment);
    let seconds = moment.0.rem_euclid(60) != 0;
    let text = local.format(if seconds { "%Y-%m-%dT%H:%M:%S" } else { "%Y-%m-%dT%H:%M" }).to_string();
    if matches!(clock.resolve(local), Local::Once(_)) {
        return text;
    }
    let offset = clock.offset(moment);
    let (sign, all) = (if offset < 0 { '-' } else { '+' }, offset.unsigned_abs());
    format!("{text}{sign}{:02}:{:02}", all / 3600, all / 60 % 60)
}

/// A moment as it is written in the front matter, with a space between day and time.
#[must_use]
pub fn written_date(moment: Moment, clock: Clock) -> String {
    let text = written_moment(moment, clock);
    // In a plan without a date the sign of a `T±` stands first.
    if clock.zone().is_none() { text } else { text.replacen('T', " ", 1) }
}

/// A moment beside another that was shown with its day: `23:05`; on another day `Sun 00:30`. The name of a day is read as
/// the nearest one of that name: on days further away the date is said too.
#[must_use]
pub fn shown_beside(moment: Moment, other: Moment, clock: Clock) -> String {
    let (local, known) = (clock.local(moment), clock.local(other));
    let days = (local.date() - known.date()).num_days().abs();
    if clock.zone().is_none() || days > MOST_DAYS_BY_NAME {
        return shown_moment(moment, clock);
    }
    let seconds = if moment.0.rem_euclid(60) == 0 { "" } else { ":%S" };
    let day = if days == 0 { "" } else { "%a " };
    format!("{}{}", local.format(&format!("{day}%H:%M{seconds}")), which_of_two(moment, clock))
}

/// From a moment to another, the day said once where it can be: `Sat 2026-12-05 22:00–22:30`,
/// `Sat 2026-12-05 22:00 to Sun 2026-12-06 02:00`; the midnight that ends a day is 24:00.
#[must_use]
pub fn shown_stretch(stretch: Stretch, clock: Clock) -> String {
    let Stretch { start, end } = stretch;
    if clock.zone().is_none() {
        return format!("{}–{}", shown_offset(start.0), shown_offset(end.0));
    }
    let (from, to) = (clock.local(start), clock.local(end));
    let ends_day = start < end && to.time() == chrono::NaiveTime::MIN;
    let last = if ends_day { clock.local(end - 1).date() } else { to.date() };
    let seconds = end.0.rem_euclid(60) != 0;
    let time = match ends_day {
        true => "24:00".to_owned(),
        false => {
            let text = to.format(if seconds { "%H:%M:%S" } else { "%H:%M" });
            format!("{text}{}", which_of_two(end, clock))
        }
    };
    let first = shown_moment(start, clock);
    if from.date() == last {
        format!("{first}–{time}")
    } else {
        format!("{first} to {} {time}", last.format("%a %Y-%m-%d"))
    }
}

/// So far before or after T: `T-0:30`, `T+26:00`.
#[must_use]
pub fn shown_offset(seconds: i64) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let all = seconds.unsigned_abs();
    let (hours, minutes, rest) = (all / 3600, all / 60 % 60, all % 60);
    if rest == 0 {
        format!("T{sign}{hours}:{minutes:02}")
    } else {
        format!("T{sign}{hours}:{minutes:02}:{rest:02}")
    }
}

/// A length: `1 h 30 min`, `45 s`, `3 d 4 h`.
#[must_use]
pub fn shown_length(seconds: i64) -> String {
    let all = seconds.unsigned_abs();
    joined(&[(all / 86_400, "d"), (all / 3600 % 24, "h"), (all / 60 % 60, "min"), (all % 60, "s")])
}

/// How long work is, in hours: what it is in days depends on how long somebody works in one.
#[must_use]
pub fn shown_work(seconds: i64) -> String {
    let all = seconds.unsigned_abs();
    joined(&[(all / 3600, "h"), (all / 60 % 60, "min"), (all % 60, "s")])
}

/// Those parts of a length that are there.
fn joined(parts: &[(u64, &str)]) -> String {
    let there = parts.iter().filter(|(number, _)| *number > 0);
    let shown: Vec<String> = there.map(|(number, unit)| format!("{number} {unit}")).collect();
    if shown.is_empty() { "0 min".to_owned() } else { shown.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_that_comes_twice_says_which() {
        let clock = Clock::of(chrono_tz::Europe::Berlin);
        // Sunday 2026-10-25 02:30, in summer time.
        let first = Moment(1_792_888_200);
        let shown = [shown_moment(first, clock), shown_beside(first + 3600, first, clock)];
        assert_eq!(shown, ["Sun 2026-10-25 02:30 (UTC+02:00)", "02:30 (UTC+01:00)"]);
        let stretch = Stretch { start: first + -3600, end: first };
        assert_eq!(shown_stretch(stretch, clock), "Sun 2026-10-25 01:30–02:30 (UTC+02:00)");
    }

    #[test]
    fn a_day_that_is_not_near_has_its_date() {
        let clock = Clock::of(chrono_tz::UTC);
        // Saturday 2026-12-05 22:00.
        let other = Moment(1_796_508_000);
        let beside = |days: i64| shown_beside(other + days * 86_400, other, clock);
        assert_eq!([-3, 0, 1, 3].map(beside), ["Wed 22:00", "22:00", "Sun 22:00", "Tue 22:00"]);
        assert_eq!([-6, 6].map(beside), ["Sun 2026-11-29 22:00", "Fri 2026-12-11 22:00"]);
    }

    #[test]
    fn lengths_and_offsets() {
        assert_eq!(shown_length(5400), "1 h 30 min");
        assert_eq!(shown_length(0), "0 min");
        assert_eq!(shown_length(90_000), "1 d 1 h");
        assert_eq!([0, 5400, 90_000].map(shown_work), ["0 min", "1 h 30 min", "25 h"]);
        assert_eq!(shown_offset(-1800), "T-0:30");
        assert_eq!(shown_offset(93_600), "T+26:00");
    }
}
