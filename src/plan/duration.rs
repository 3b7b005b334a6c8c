//! Durations and estimates, as people write them.
//!
//! Two kinds that don't mix: h, m and s go by the clock; d and w are working days and weeks where
//! somebody works, and calendar days where time just passes.

/// A length of time, in the units in which it was written.
///
/// Plans have many thousands of lengths, so they are kept small: of each unit at most 2³¹ − 1, which is 68 years of seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Duration {
    weeks: i32,
    days: i32,
    seconds: i32,
}

/// The longest duration, in days: ten years.
const LONGEST_DAYS: i64 = 3660;

/// So many parts an estimate has at most.
const USUAL_PARTS: usize = 3;

/// Seconds of a working day.
pub const WORKING_DAY: i64 = 8 * 3600;

/// What is wrong with a duration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DurationError {
    /// It is none.
    NotOne,
    /// Days or weeks beside hours, minutes or seconds.
    Mixed,
    /// Longer than ten years.
    TooLong,
    /// The parts of a range do not grow.
    Shrinks,
}

impl Duration {
    /// So many weeks, days and seconds; what is more than it can hold is the most that it can.
    #[must_use]
    pub fn new(weeks: i64, days: i64, seconds: i64) -> Self {
        let held = |number: i64| i32::try_from(number).unwrap_or(i32::MAX);
        Self { weeks: held(weeks), days: held(days), seconds: held(seconds) }
    }

    /// So many seconds by the clock.
    #[must_use]
    pub fn of_seconds(seconds: i64) -> Self {
        Self::new(0, 0, seconds)
    }

    /// Weeks, as written.
    #[must_use]
    pub fn weeks(self) -> i64 {
        self.weeks.into()
    }

    /// Days, as written beside the weeks.
    #[must_use]
    pub fn days(self) -> i64 {
        self.days.into()
    }

    /// Hours, minutes and seconds, in seconds.
    #[must_use]
    pub fn seconds(self) -> i64 {
        self.seconds.into()
    }

    /// Reads `1h30m`, `90s`, `3d`, `1w2d`: units from large to small, each once.
    ///
    /// # Errors
    /// When it is no duration, or longer than ten years.
    pub fn parse(text: &str) -> Result<Self, DurationError> {
        let (mut weeks, mut days, mut seconds) = (0, 0, 0);
        let mut rest = text;
        let mut smallest = 0;
        while !rest.is_empty() {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let letter = rest.as_bytes().get(digits);
            let unit = letter.and_then(|letter| b"wdhms".iter().position(|unit| unit == letter));
            let (Some(unit), true) = (unit, digits > 0) else { return Err(DurationError::NotOne) };
            if unit < smallest {
                return Err(DurationError::NotOne);
            }
            smallest = unit + 1;
            let number: i64 = rest[..digits].parse().map_err(|_| DurationError::TooLong)?;
            if number > LONGEST_DAYS * 86_400 {
                return Err(DurationError::TooLong);
            }
            match unit {
                0 => weeks = number,
                1 => days = number,
                2 => seconds += number * 3600,
                3 => seconds += number * 60,
                _ => seconds += number,
            }
            rest = &rest[digits + 1..];
        }
        if text.is_empty() {
            return Err(DurationError::NotOne);
        }
        if weeks * 7 + days + seconds / 86_400 > LONGEST_DAYS {
            return Err(DurationError::TooLong);
        }
        Ok(Self::new(weeks, days, seconds))
    }

    /// Whether it is written in days or weeks.
    #[must_use]
    pub fn has_days(self) -> bool {
        self.weeks != 0 || self.days != 0
    }

    /// Calendar days; a week has seven.
    #[must_use]
    pub fn calendar_days(self) -> i64 {
        self.weeks() * 7 + self.days()
    }

    /// Seconds of work; a day has eight hours, a week five days.
    #[must_use]
    pub fn working_seconds(self) -> i64 {
        (self.weeks() * 5 + self.days()) * WORKING_DAY + self.seconds()
    }
}

impl std::ops::Add for Duration {
    type Output = Self;

    /// Unit by unit.
    fn add(self, other: Self) -> Self {
        let days = self.days() + other.days();
        Self::new(self.weeks() + other.weeks(), days, self.seconds() + other.seconds())
    }
}

impl std::fmt::Display for Duration {
    /// As it is written in a plan: `1h30m`, `2d`.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let parts = [
            (self.weeks, "w"),
            (self.days, "d"),
            (self.seconds / 3600, "h"),
            (self.seconds / 60 % 60, "m"),
            (self.seconds % 60, "s"),
        ];
        if parts.iter().all(|(number, _)| *number == 0) {
            return formatter.write_str("0m");
        }
        let shown = parts.iter().filter(|(number, _)| *number > 0);
        shown.into_iter().try_for_each(|(number, unit)| write!(formatter, "{number}{unit}"))
    }
}

/// How long a step takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Estimate {
    /// At least.
    pub least: Duration,
    /// Most likely, where three values are given.
    pub likely: Option<Duration>,
    /// At most.
    pub most: Duration,
}

impl Estimate {
    /// Always the same.
    #[must_use]
    pub fn exactly(duration: Duration) -> Self {
        Self { least: duration, likely: None, most: duration }
    }

    /// Reads `30m`, `20m..45m` or `20m..30m..1h`.
    ///
    /// # Errors
    /// When a part is no duration, kinds mix, or the parts do not grow.
    pub fn parse(text: &str) -> Result<Self, DurationError> {
        let mut parts = Vec::with_capacity(USUAL_PARTS);
        let mut rest = text;
        while let Some(dots) = rest.as_bytes().windows(2).position(|pair| pair == b"..") {
            parts.push(Duration::parse(&rest[..dots])?);
            rest = &rest[dots + 2..];
        }
        parts.push(Duration::parse(rest)?);
        let (least, likely, most) = match parts.as_slice() {
            [one] => (*one, None, *one),
            [least, most] => (*least, None, *most),
            [least, likely, most] => (*least, Some(*likely), *most),
            _ => return Err(DurationError::NotOne),
        };
        let days = parts.iter().any(|part| part.has_days());
        if days && parts.iter().any(|part| part.seconds != 0 || !part.has_days()) {
            return Err(DurationError::Mixed);
        }
        let nominal = |part: Duration| if days { part.calendar_days() } else { part.seconds() };
        let middle = likely.unwrap_or(least);
        if nominal(least) > nominal(middle) || nominal(middle) > nominal(most) {
            return Err(DurationError::Shrinks);
        }
        Ok(Self { least, likely, most })
    }

    /// Whether it is written in days or weeks.
    #[must_use]
    pub fn has_days(self) -> bool {
        self.most.has_days()
    }

    /// Whether it is a range.
    #[must_use]
    pub fn is_range(self) -> bool {
        self.least != self.most
    }

    /// The planned length in seconds, where `measure` says how many seconds a duration has: the
    /// likely one, else the middle, rounded up to a whole minute when both ends are.
    #[must_use]
    pub fn planned(self, measure: impl Fn(Duration) -> i64) -> i64 {
        if let Some(likely) = self.likely {
            return measure(likely);
        }
        let (least, most) = (measure(self.least), measure(self.most));
        let middle = (least + most + 1) / 2;
        if least % 60 == 0 && most % 60 == 0 { (middle + 59) / 60 * 60 } else { middle }
    }
}

/// What somebody probably meant: `20-45m` becomes `20m..45m`, `5min` becomes `5m`, `1.5h`, `1,5h` and
/// `1h30` become `1h30m`.
#[must_use]
pub fn mended(text: &str) -> Option<String> {
    let lower = text.to_lowercase().replace(['–', '—', '…'], "-").replace('~', "");
    let lower = with_points(&lower);
    let ranged = if lower.contains("..") { lower.replace("..", "-") } else { lower };
    let parts: Vec<&str> = ranged.split('-').filter(|part| !part.is_empty()).collect();
    let last_unit = parts.last()?.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ',');
    let fixed = parts
        .iter()
        .map(|part| {
            let bare = part.chars().all(|c| c.is_ascii_digit() || c == '.');
            mended_part(&if bare { format!("{part}{last_unit}") } else { (*part).to_owned() })
        })
        .collect::<Option<Vec<_>>>()?;
    let fixed = fixed.join("..");
    (fixed != text && Estimate::parse(&fixed).is_ok()).then_some(fixed)
}

/// Whether it was meant as a length, and has a unit of another language or a sign of doubt: `2Std`, `30m?`.
pub(super) fn has_other_unit(text: &str) -> bool {
    let unit = text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-'));
    let unit = unit.trim_end_matches(['.', '?', '!']);
    text.starts_with(|c: char| c.is_ascii_digit())
        && !unit.is_empty()
        && unit.chars().all(char::is_alphabetic)
}

/// The same with a point where a comma stands between two digits.
fn with_points(text: &str) -> String {
    let parts: Vec<&str> = text.split(',').collect();
    let ends_in_digit = |part: &str| part.ends_with(|c: char| c.is_ascii_digit());
    let begins_with_digit = |part: &str| part.starts_with(|c: char| c.is_ascii_digit());
    let between_digits = parts.windows(2).all(|pair| ends_in_digit(pair[0]) && begins_with_digit(pair[1]));
    if between_digits { parts.join(".") } else { text.to_owned() }
}

fn mended_part(part: &str) -> Option<String> {
    let mut fixed = String::new();
    let mut rest = part;
    while !rest.is_empty() {
        let number = rest.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(rest.len());
        let word = rest[number..].find(|c: char| c.is_ascii_digit()).map_or(rest.len(), |at| number + at);
        let unit = match &rest[number..word] {
            "w" | "wk" | "wks" | "week" | "weeks" => 'w',
            "d" | "day" | "days" => 'd',
            "h" | "hr" | "hrs" | "hour" | "hours" => 'h',
            // `30'` is how schedules print minutes.
            "m" | "min" | "mins" | "minute" | "minutes" | "'" | "’" | "′" => 'm',
            "s" | "sec" | "secs" | "second" | "seconds" => 's',
            // What stands behind hours is minutes.
            "" if number == 2 && fixed.ends_with('h') => 'm',
            _ => return None,
        };
        match rest[..number].split_once('.') {
            None => fixed.push_str(&rest[..number]),
            // A fraction of an hour is minutes; other fractions nobody writes.
            Some((whole, fraction)) if unit == 'h' && fraction.len() == 1 => {
                let minutes = fraction.parse::<u32>().ok()? * 6;
                if whole != "0" && !whole.is_empty() {
                    fixed.push_str(whole);
                    fixed.push('h');
                }
                fixed.push_str(&format!("{minutes}m"));
                rest = &rest[word..];
                continue;
            }
            Some(_) => return None,
        }
        fixed.push(unit);
        rest = &rest[word..];
    }
    Some(fixed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        assert_eq!(Duration::parse("1h30m"), Ok(Duration::of_seconds(5400)));
        assert_eq!(Duration::parse("90s"), Ok(Duration::of_seconds(90)));
        assert_eq!(Duration::parse("1w2d").map(Duration::calendar_days), Ok(9));
        assert_eq!(Duration::parse("1w2d").map(Duration::working_seconds), Ok(7 * 8 * 3600));
        for wrong in ["", "5", "m", "30m1h", "1h1h", "-5m", "5 m", "1.5h"] {
            assert_eq!(Duration::parse(wrong), Err(DurationError::NotOne), "{wrong}");
        }
        assert_eq!(Duration::parse("99999999999999999999w"), Err(DurationError::TooLong));
        assert_eq!(Duration::parse("600w"), Err(DurationError::TooLong));
    }

    #[test]
    fn estimates_are_planned_at_the_middle() {
        let planned = |text| Estimate::parse(text).unwrap().planned(Duration::working_seconds);
        assert_eq!(planned("20m..40m"), 30 * 60);
        assert_eq!(planned("10m..15m"), 13 * 60);
        assert_eq!(planned("10s..15s"), 13);
        assert_eq!(planned("10m..20m..1h"), 20 * 60);
        assert_eq!(planned("1d..2d"), 12 * 3600);
        assert_eq!(Estimate::parse("4h..1d"), Err(DurationError::Mixed));
        assert_eq!(Estimate::parse("1d4h"), Err(DurationError::Mixed));
        assert_eq!(Estimate::parse("4h..1h"), Err(DurationError::Shrinks));
    }

    #[test]
    fn what_was_meant() {
        assert_eq!(mended("20-45m").as_deref(), Some("20m..45m"));
        assert_eq!(mended("20..45m").as_deref(), Some("20m..45m"));
        assert_eq!(mended("5min").as_deref(), Some("5m"));
        assert_eq!(mended("2h…3h").as_deref(), Some("2h..3h"));
        assert_eq!(mended("20…45m").as_deref(), Some("20m..45m"));
        assert_eq!(mended("1.5h").as_deref(), Some("1h30m"));
        assert_eq!(mended("1,5h").as_deref(), Some("1h30m"));
        assert_eq!(mended("1,5-2h").as_deref(), Some("1h30m..2h"));
        assert_eq!(mended("5m,10m"), None);
        assert_eq!(mended("5m,,10m"), None);
        assert_eq!(mended("1h30").as_deref(), Some("1h30m"));
        assert_eq!(mended("1h30-2h").as_deref(), Some("1h30m..2h"));
        assert_eq!(mended("1h3"), None);
        assert_eq!(mended("2Hours").as_deref(), Some("2h"));
        assert_eq!(mended("soon"), None);
        assert!(has_other_unit("2Std"));
        assert!(has_other_unit("30mn"));
        assert!(has_other_unit("1,5Std."));
        assert!(has_other_unit("30m?"));
        for other in ["30", "soon", "2026-12-05", "10:30pm", "5m,10m", "1_a", "?"] {
            assert!(!has_other_unit(other), "{other}");
        }
        assert_eq!(mended("5m"), None);
    }
}
