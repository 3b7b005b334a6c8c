//! Moments as people write them: dates, clock times, T±.
//!
//! Only what is written: which instant it is, the zone and the plan's T-0 decide, in `schedule`.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime};

use super::Duration;

/// A moment, as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Time {
    /// A day: its beginning where something begins, its end where something ends.
    Date(NaiveDate),
    /// A date and clock time in the plan's zone.
    Local(NaiveDateTime),
    /// With its own offset.
    Fixed {
        /// Seconds since 1970 in UTC.
        seconds: i64,
        /// How far the clock is ahead of UTC by which it is written, in seconds; nothing for `Z`, which is no place's.
        ahead: Option<i32>,
    },
    /// A clock time on a day to be found.
    Clock(NaiveTime),
    /// Before or after T-0.
    T {
        /// Before it.
        before: bool,
        /// By how much.
        by: Duration,
    },
    /// So many seconds since 1970 in UTC, from the computer's clock.
    Now(i64),
}

/// What is wrong with a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TimeError {
    /// It is none.
    NotOne,
    /// It has the form of one, and no calendar or clock has it.
    NotThere,
    /// Before 1970 or after 8999.
    TooFar,
}

impl Time {
    /// Reads a date, a date with a clock time, or one with an offset: `2026-12-05`,
    /// `2026-12-05 22:00`, `2026-12-05T22:00`, `2026-12-05T22:00-05:00`.
    ///
    /// # Errors
    /// When it is none of these, or does not exist.
    pub fn parse_absolute(text: &str) -> Result<Self, TimeError> {
        let text = text.trim();
        let (date, rest) = text.split_at_checked(10).ok_or(TimeError::NotOne)?;
        let date = parse_date(date)?;
        if rest.is_empty() {
            return Ok(Self::Date(date));
        }
        let rest = rest.strip_prefix(['T', ' ']).ok_or(TimeError::NotOne)?.trim_start();
        let split = rest.find(['Z', '+', '-']).unwrap_or(rest.len());
        let clock = parse_clock(rest[..split].trim_end())?;
        let local = date.and_time(clock);
        match &rest[split..] {
            "" => Ok(Self::Local(local)),
            "Z" => Ok(Self::Fixed { seconds: local.and_utc().timestamp(), ahead: None }),
            offset => {
                let text = format!("{}{offset}", local.format("%Y-%m-%dT%H:%M:%S"));
                let fixed = DateTime::parse_from_rfc3339(&text).map_err(|_| TimeError::NotOne)?;
                let ahead = Some(fixed.offset().local_minus_utc());
                Ok(Self::Fixed { seconds: fixed.timestamp(), ahead })
            }
        }
    }

    /// Reads what may stand in braces: the above, `22:30`, `T`, `T-30m`, `T+1h15m`.
    ///
    /// # Errors
    /// When it is none of these, or does not exist.
    pub fn parse(text: &str) -> Result<Self, TimeError> {
        if let Some(offset) = text.strip_prefix('T') {
            if offset.is_empty() {
                return Ok(Self::T { before: false, by: Duration::default() });
            }
            let before = offset.starts_with('-');
            let length = offset.strip_prefix(['-', '+']).ok_or(TimeError::NotOne)?;
            let by = if length == "0" {
                Duration::default()
            } else {
                Duration::parse(length).map_err(|_| TimeError::NotOne)?
            };
            return Ok(Self::T { before, by });
        }
        match text.bytes().take_while(u8::is_ascii_digit).count() {
            1 | 2 => parse_clock(text).map(Self::Clock),
            _ => Self::parse_absolute(text),
        }
    }

    /// Reads `TIME .. TIME`; a lone date is a range of one day.
    ///
    /// # Errors
    /// When a side is wrong, or both: which text it is, and what is wrong with it.
    pub fn parse_range(text: &str) -> Result<(Self, Self), Vec<(&str, TimeError)>> {
        let read = |part| Self::parse_absolute(part).map_err(|error| (part, error));
        match text.split_once("..").map(|(from, to)| (read(from.trim()), read(to.trim()))) {
            Some((Ok(from), Ok(to))) => Ok((from, to)),
            Some((from, to)) => Err([from.err(), to.err()].into_iter().flatten().collect()),
            None => match read(text.trim()) {
                Ok(day @ Self::Date(_)) => Ok((day, day)),
                Ok(_) => Err(vec![(text, TimeError::NotOne)]),
                Err(wrong) => Err(vec![wrong]),
            },
        }
    }

    /// Whether it names a day of the calendar.
    #[must_use]
    pub fn is_dated(self) -> bool {
        matches!(self, Self::Date(_) | Self::Local(_) | Self::Fixed { .. } | Self::Now(_))
    }
}

fn parse_date(text: &str) -> Result<NaiveDate, TimeError> {
    let shape = text.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    if !shape || text.len() != 10 {
        return Err(TimeError::NotOne);
    }
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| TimeError::NotThere)?;
    // Zones and calendars say nothing useful about other years.
    if ("1970".."9000").contains(&&text[..4]) { Ok(date) } else { Err(TimeError::TooFar) }
}

/// `22:30` or `22:30:15`.
pub(super) fn parse_clock(text: &str) -> Result<NaiveTime, TimeError> {
    let numbers = text
        .split(':')
        .map(|part| {
            let good = (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
            if good { part.parse::<u32>().map_err(|_| TimeError::NotOne) } else { Err(TimeError::NotOne) }
        })
        .collect::<Result<Vec<_>, _>>()?;
    let minutes_have_two_digits = text.split(':').skip(1).all(|part| part.len() == 2);
    let (hour, minute, second) = match numbers.as_slice() {
        [hour, minute] => (*hour, *minute, 0),
        [hour, minute, second] => (*hour, *minute, *second),
        _ => return Err(TimeError::NotOne),
    };
    if !minutes_have_two_digits {
        return Err(TimeError::NotOne);
    }
    NaiveTime::from_hms_opt(hour, minute, second).ok_or(TimeError::NotThere)
}

/// A clock that is so many seconds ahead of UTC: `UTC+01:00`.
#[must_use]
pub fn shown_utc(seconds: i64) -> String {
    let sign = if seconds < 0 { '−' } else { '+' };
    let minutes = seconds.unsigned_abs() / 60;
    format!("UTC{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments() {
        assert!(matches!(Time::parse("2026-12-05T22:00"), Ok(Time::Local(_))));
        assert!(matches!(Time::parse("2026-12-05"), Ok(Time::Date(_))));
        assert!(matches!(Time::parse("22:30"), Ok(Time::Clock(_))));
        assert_eq!(
            Time::parse("2026-12-05T22:00-05:00"),
            Ok(Time::Fixed { seconds: 1_796_526_000, ahead: Some(-18_000) })
        );
        assert_eq!(Time::parse("1970-01-01T00:00Z"), Ok(Time::Fixed { seconds: 0, ahead: None }));
        assert!(matches!(Time::parse("T-1h30m"), Ok(Time::T { before: true, .. })));
        assert!(matches!(Time::parse("T"), Ok(Time::T { .. })));
        for wrong in ["soon", "T30m", "T-", "2026-1-5", "22.30", "22:3", "", "2026-12-05X22:00", "12"] {
            assert_eq!(Time::parse(wrong), Err(TimeError::NotOne), "{wrong}");
        }
        for missing in ["2026-02-30", "25:00", "22:60"] {
            assert_eq!(Time::parse(missing), Err(TimeError::NotThere), "{missing}");
        }
        for far in ["0001-01-01", "9999-01-01"] {
            assert_eq!(Time::parse(far), Err(TimeError::TooFar), "{far}");
        }
    }

    #[test]
    fn ranges() {
        assert!(Time::parse_range("2026-12-05 22:30 .. 2026-12-05 23:00").is_ok());
        assert!(Time::parse_range("2026-12-06..2026-12-07").is_ok());
        assert!(Time::parse_range("2026-12-06").is_ok());
        assert!(Time::parse_range("2026-12-06 10:00").is_err());
        assert_eq!(Time::parse_range("soon .. 2026-12-06"), Err(vec![("soon", TimeError::NotOne)]));
        let both = vec![("2026-12-32", TimeError::NotThere), ("later", TimeError::NotOne)];
        assert_eq!(Time::parse_range("2026-12-32 .. later"), Err(both));
    }
}
