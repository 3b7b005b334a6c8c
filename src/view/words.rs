//! Times, lengths and counts as pages print them.
//!
//! 24-hour times to the minute (seconds only where a plan has them), ISO dates with weekday, T± with a
//! real minus sign.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike, Weekday};

use super::digits::{self, number, two_digits};
use crate::plan::Estimate;
use crate::schedule::{Clock, Moment, shown_utc, which_of_two};

/// What takes longer than this is not counted in hours.
const NIGHT: i64 = 2 * 86_400;

/// How a plan's times are written.
#[derive(Debug, Clone, Copy)]
pub struct Words {
    /// The clock they are read on.
    pub clock: Clock,
    /// Whether there is a date.
    pub dated: bool,
    /// T-0.
    pub t0: Moment,
    /// Whether T± stand beside the clock.
    pub with_t: bool,
}

impl Words {
    /// The time in a row: `22:00`; in a plan without a date `T−0:30`.
    #[must_use]
    pub fn time(self, moment: Moment) -> String {
        if !self.dated {
            return signed(moment - self.t0, 'T');
        }
        let local = self.clock.local(moment);
        time_of_day(local.time())
    }

    /// The time of a moment that stands alone: `22:00`, and `02:30 (UTC+01:00)` where the clock shows it twice.
    #[must_use]
    pub fn alone(self, moment: Moment) -> String {
        let time = self.time(moment);
        if self.is_told_twice(moment) { time + &which_of_two(moment, self.clock) } else { time }
    }

    fn is_told_twice(self, moment: Moment) -> bool {
        self.dated && self.clock.shows_twice(moment)
    }

    /// T± of a moment, where the plan has a T-0 and times of its own. Days are counted as `at=T-21d` counts them, to the
    /// same time of day, also where the clocks change on the way.
    #[must_use]
    pub fn beside(self, moment: Moment) -> Option<String> {
        if !self.dated || !self.with_t {
            return None;
        }
        let passed = moment - self.t0;
        let by_the_clock = |passed: i64| passed + self.clock.offset(moment) - self.clock.offset(self.t0);
        let has_days = |passed: i64| passed.abs() >= NIGHT;
        let shown = Some(passed).filter(|passed| has_days(*passed)).map(by_the_clock);
        Some(signed(shown.filter(|shown| has_days(*shown)).unwrap_or(passed), 'T'))
    }

    /// The day of a moment; none in a plan without a date.
    #[must_use]
    pub fn day(self, moment: Moment) -> Option<NaiveDate> {
        self.dated.then(|| self.clock.local(moment).date())
    }

    /// A moment with its short day: `Sat 12-05 22:00`.
    #[must_use]
    pub fn short(self, moment: Moment) -> String {
        self.on_a_day(moment, short_day)
    }

    /// A moment by which something must be done; the midnight that ends a day belongs to that day.
    #[must_use]
    pub fn deadline(self, moment: Moment) -> String {
        let last = moment - 1;
        match self.day(last) {
            Some(day) if self.day(moment) != Some(day) => format!("{} 24:00", short_day(day)),
            _ => self.short(moment),
        }
    }

    /// The deadline of something that begins at `start`, with its day where that is another one.
    #[must_use]
    pub fn deadline_of(self, start: Moment, by: Moment) -> String {
        match (self.day(start), self.day(by - 1)) {
            (Some(day), Some(last)) if day == last && self.day(by) != Some(day) => "24:00".to_owned(),
            (Some(day), Some(last)) if day == last => self.alone(by),
            _ => self.deadline(by),
        }
    }

    /// A moment with its full day: `Sat 2026-12-05 22:00`.
    #[must_use]
    pub fn full(self, moment: Moment) -> String {
        self.on_a_day(moment, full_day)
    }

    /// A moment after its day, where there are days.
    fn on_a_day(self, moment: Moment, said: fn(NaiveDate) -> String) -> String {
        if !self.dated {
            return self.time(moment);
        }
        let local = self.clock.local(moment);
        let mut text = said(local.date());
        text.push(' ');
        push_time(&mut text, local.time());
        if self.is_told_twice(moment) {
            text.push_str(&which_of_two(moment, self.clock));
        }
        text
    }

    /// The end of something that begins at `start`, with its day where that is another one.
    #[must_use]
    pub fn end(self, start: Moment, finish: Moment) -> String {
        let end = match (self.day(start), self.day(finish)) {
            (Some(a), Some(b)) if a != b => [&short_day(b), " ", &self.time(finish)].concat(),
            _ => self.time(finish),
        };
        // Where the clocks change in between, 02:30 to 02:30 can be an hour.
        let changed = finish - start < NIGHT && self.clock_change(start, finish).is_some();
        // What begins when the clock shows it twice is told apart by its beginning.
        if changed || (self.is_told_twice(finish) && !self.is_told_twice(start)) {
            return format!("{end} ({})", shown_utc(finish, self.clock));
        }
        end
    }

    /// What happens to the clocks between two moments, for whoever reads times before and after it.
    #[must_use]
    pub fn clock_change(self, before: Moment, after: Moment) -> Option<String> {
        let by = self.clock.offset(after) - self.clock.offset(before);
        if !self.dated || by == 0 {
            return None;
        }
        let way = if by < 0 { "back" } else { "forward" };
        Some(format!("Clocks go {way} {}: from here on {}", length(by), shown_utc(after, self.clock)))
    }

    /// The zone with its offset from UTC at the plan's start, and at its end where that differs.
    #[must_use]
    pub fn zone(self, start: Moment, finish: Moment) -> String {
        let Some(zone) = self.clock.zone().filter(|_| self.dated) else {
            return "counted from T".to_owned();
        };
        let (first, last) = (shown_utc(start, self.clock), shown_utc(finish, self.clock));
        if first == last {
            format!("{} ({first})", zone.name())
        } else {
            format!("{} ({first}, at the end {last})", zone.name())
        }
    }
}

/// `22:00`, `22:00:30`
fn time_of_day(time: NaiveTime) -> String {
    let mut text = String::with_capacity(8);
    push_time(&mut text, time);
    text
}

fn push_time(text: &mut String, time: NaiveTime) {
    two_digits(text, time.hour());
    text.push(':');
    two_digits(text, time.minute());
    if time.second() != 0 {
        text.push(':');
        two_digits(text, time.second());
    }
}

/// There is room in a text of a day for a time behind it.
const ROOM_FOR_TIME: usize = 6;

/// `Sat 12-05`
#[must_use]
pub fn short_day(day: NaiveDate) -> String {
    let mut text = String::with_capacity(9 + ROOM_FOR_TIME);
    text.push_str(weekday(day));
    text.push(' ');
    two_digits(&mut text, day.month());
    text.push('-');
    two_digits(&mut text, day.day());
    text
}

/// `Sat 2026-12-05`
#[must_use]
pub fn full_day(day: NaiveDate) -> String {
    let mut text = String::with_capacity(14 + ROOM_FOR_TIME);
    text.push_str(weekday(day));
    text.push(' ');
    digits::date(&mut text, day);
    text
}

fn weekday(day: NaiveDate) -> &'static str {
    match day.weekday() {
        Weekday::Mon => "Mon",
        Weekday::Tue => "Tue",
        Weekday::Wed => "Wed",
        Weekday::Thu => "Thu",
        Weekday::Fri => "Fri",
        Weekday::Sat => "Sat",
        Weekday::Sun => "Sun",
    }
}

/// `Saturday 2026-12-05`
#[must_use]
pub fn long_day(day: NaiveDate) -> String {
    day.format("%A %Y-%m-%d").to_string()
}

/// `T−1:30`, `T+0:00`, `R+0:05`
#[must_use]
pub fn signed(seconds: i64, letter: char) -> String {
    let sign = if seconds < 0 { '−' } else { '+' };
    let all = seconds.unsigned_abs();
    let days = if all < 2 * 86_400 { 0 } else { all / 86_400 };
    let (hours, minutes, rest) = ((all - days * 86_400) / 3600, all / 60 % 60, all % 60);
    let mut text = String::with_capacity(16);
    text.extend([letter, sign]);
    if days > 0 {
        number(&mut text, days);
        text.push_str("d\u{a0}");
    }
    number(&mut text, hours);
    text.push(':');
    two_digits(&mut text, minutes as u32);
    if rest > 0 {
        text.push(':');
        two_digits(&mut text, rest as u32);
    }
    text
}

/// A length by the clock: `1 h 30 min`, `45 s`, `1 d 4 h 10 min`; in two units where it is less than a day, or two weeks and more.
#[must_use]
pub fn length(seconds: i64) -> String {
    let all = seconds.unsigned_abs();
    let units = [(all / 86_400, "d"), (all / 3600 % 24, "h"), (all / 60 % 60, "min"), (all % 60, "s")];
    let first = units.iter().position(|(number, _)| *number > 0).unwrap_or(2);
    let mut text = String::with_capacity(12);
    let most = if (1..14).contains(&units[0].0) { 3 } else { 2 };
    for (count, unit) in units[first..].iter().take(most).filter(|(count, _)| *count > 0) {
        if !text.is_empty() {
            text.push(' ');
        }
        number(&mut text, *count);
        text.extend([" ", unit]);
    }
    if text.is_empty() { "0 min".to_owned() } else { text }
}

/// A margin: `+38 min`, `−22 min`.
#[must_use]
pub fn margin(seconds: i64) -> String {
    let sign = if seconds < 0 { '−' } else { '+' };
    format!("{sign}{}", length(seconds))
}

/// A margin in a line of many facts: `+38m`, `-1h30m`.
#[must_use]
pub fn short_margin(seconds: i64) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    format!("{sign}{}", short_length(seconds))
}

/// A length where there is little room: `1h30m`.
#[must_use]
pub fn short_length(seconds: i64) -> String {
    length(seconds).replace("min", "m").replace(' ', "")
}

/// An estimate: `30m`, `20m–45m`, and `~10m` where it is assumed.
#[must_use]
pub fn estimate(estimate: Estimate, assumed: bool) -> String {
    let mark = if assumed { "~" } else { "" };
    if estimate.is_range() {
        format!("{mark}{}–{}", estimate.least, estimate.most)
    } else {
        format!("{mark}{}", estimate.most)
    }
}

/// So much of a text as there is room for.
#[must_use]
pub fn cut(text: &str, room: usize) -> String {
    // A text has no more characters than bytes.
    if text.len() <= room {
        return text.to_owned();
    }
    match text.char_indices().nth(room) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
    }
}

/// A window by its name, which may be any word: `window “night”`.
#[must_use]
pub fn window(name: &str) -> String {
    format!("window “{name}”")
}

/// `1 step`, `2 steps`
#[must_use]
pub fn count(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {}", plural(one)) }
}

fn plural(word: &str) -> String {
    match word {
        "person" => "people".to_owned(),
        _ => format!("{word}s"),
    }
}

/// `a`, `a and b`, `a, b and c`
#[must_use]
pub fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// Words as people list what one of is enough: `a, b or c`.
#[must_use]
pub fn either(words: &[String]) -> String {
    match words {
        [most @ .., last] if !most.is_empty() => format!("{} or {last}", most.join(", ")),
        _ => words.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_short() {
        assert_eq!(length(5400), "1 h 30 min");
        assert_eq!(length(3600), "1 h");
        assert_eq!(length(20), "20 s");
        assert_eq!(length(100_000), "1 d 3 h 46 min");
        assert_eq!(length(3 * 86_400 + 5400), "3 d 1 h 30 min");
        assert_eq!(length(14 * 86_400 + 5400), "14 d 1 h");
        assert_eq!(length(0), "0 min");
        assert_eq!(margin(-1320), "−22 min");
        assert_eq!(short_margin(-1320), "-22m");
        assert_eq!(short_margin(5400), "+1h30m");
        assert_eq!(short_margin(0), "+0m");
        assert_eq!(signed(-18_900, 'T'), "T−5:15");
    }

    #[test]
    fn a_clock_change_is_told() {
        let clock = Clock::of(chrono_tz::Europe::Berlin);
        let words = Words { clock, dated: true, t0: Moment(0), with_t: false };
        // Sunday 2026-10-25: 02:30 in summer time, and 02:30 again an hour later.
        let first = Moment(1_792_888_200);
        let second = first + 3600;
        assert_eq!(words.end(first, second), "02:30 (UTC+01:00)");
        assert_eq!(words.end(second, second + 3600), "03:30");
        assert_eq!(words.end(first, first + 7 * 86_400), "Sun 11-01 01:30");
        assert_eq!(
            words.clock_change(first, second).as_deref(),
            Some("Clocks go back 1 h: from here on UTC+01:00")
        );
        assert_eq!(words.clock_change(second, second + 60), None);
        assert_eq!(words.end(first + -4 * 3600, first), "Sun 10-25 02:30 (UTC+02:00)");
        assert_eq!(words.end(first + -3600, first), "02:30 (UTC+02:00)");
        assert_eq!(words.end(second, second + 60), "02:31");
        assert_eq!(
            (words.alone(first), words.time(first)),
            ("02:30 (UTC+02:00)".to_owned(), "02:30".to_owned())
        );
        assert_eq!(words.short(second), "Sun 10-25 02:30 (UTC+01:00)");
        assert_eq!(words.full(second + 3600), "Sun 2026-10-25 03:30");
        assert_eq!(words.deadline(second), "Sun 10-25 02:30 (UTC+01:00)");
    }

    #[test]
    fn lists() {
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(listed(&words("a b c")), "a, b and c");
        assert_eq!(listed(&words("a")), "a");
        assert_eq!(either(&words("a b c")), "a, b or c");
        assert_eq!(either(&words("a")), "a");
        assert_eq!(count(1, "person"), "1 person");
        assert_eq!(count(3, "person"), "3 people");
        assert_eq!((cut("Stop", 4), cut("Stöp the API", 5)), ("Stop".to_owned(), "Stöp…".to_owned()));
    }
}
