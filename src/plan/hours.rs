//! When somebody is on duty: `09:00-17:00`, `Mon-Fri 09:00-17:00`, `Sat 20:00-24:00`.

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// A stretch of hours on some days of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours {
    /// On which days, from Monday.
    pub days: [bool; 7],
    /// First minute of the day.
    pub from: u32,
    /// Minute after the last; up to 1440, or past it where the stretch runs into the next day.
    pub to: u32,
}

impl Hours {
    /// The hours of `d` and `w` work where nobody says otherwise: Mon-Fri 09:00-17:00.
    pub const OFFICE: Self = Self { days: [true, true, true, true, true, false, false], from: 540, to: 1020 };

    /// Reads one stretch; without days it holds every day.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut words = text.split_whitespace();
        let first = words.next()?;
        let (days, clock) = match words.next() {
            Some(clock) => (parse_days(first)?, clock),
            None => ([true; 7], first),
        };
        if words.next().is_some() {
            return None;
        }
        let (from, to) = clock.split_once(['-', '–'])?;
        let (from, to) = (minute(from)?, minute(to)?);
        match to {
            _ if from == to || from >= 1440 => None,
            // A night shift ends on the next day.
            _ if to < from => Some(Self { days, from, to: to + 1440 }),
            _ => Some(Self { days, from, to }),
        }
    }
}

impl std::fmt::Display for Hours {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.days != [true; 7] {
            write!(out, "{} ", shown_days(self.days))?;
        }
        let to = if self.to > 1440 { self.to - 1440 } else { self.to };
        write!(out, "{:02}:{:02}-{:02}:{:02}", self.from / 60, self.from % 60, to / 60, to % 60)
    }
}

/// `Mon-Fri`, `Sat,Sun`, `Mon,Wed-Fri`
fn shown_days(days: [bool; 7]) -> String {
    let mut parts = Vec::new();
    let mut first = 0;
    while first < 7 {
        let length = days[first..].iter().take_while(|day| **day).count();
        match length {
            0 => {}
            1 => parts.push(titled(first)),
            2 => parts.extend([titled(first), titled(first + 1)]),
            _ => parts.push(format!("{}-{}", titled(first), titled(first + length - 1))),
        }
        first += length.max(1);
    }
    parts.join(",")
}

fn titled(day: usize) -> String {
    let name = DAYS[day];
    format!("{}{}", name[..1].to_uppercase(), &name[1..])
}

/// Whether a text is days alone: `Mon`, `Mon-Fri`.
pub(super) fn are_days(text: &str) -> bool {
    parse_days(text).is_some()
}

fn parse_days(text: &str) -> Option<[bool; 7]> {
    let mut days = [false; 7];
    for part in text.split(',') {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let (first, last) = (day(first)?, day(last)?);
        let mut at = first;
        days[at] = true;
        while at != last {
            at = (at + 1) % 7;
            days[at] = true;
        }
    }
    Some(days)
}

fn day(text: &str) -> Option<usize> {
    let lower = text.to_lowercase();
    let short = lower.get(..3)?;
    let index = DAYS.iter().position(|day| *day == short)?;
    let full = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"][index];
    (lower.len() == 3 || full.starts_with(&lower)).then_some(index)
}

fn minute(text: &str) -> Option<u32> {
    let (hour, minute) = text.split_once(':')?;
    let read = |part: &str| -> Option<u32> {
        ((1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| part.parse().ok())?
    };
    let (hour, minute) = (read(hour)?, read(minute)?);
    let good = minute < 60 && (hour < 24 || (hour == 24 && minute == 0));
    good.then_some(hour * 60 + minute)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches() {
        assert_eq!(Hours::parse("Mon-Fri 09:00-17:00"), Some(Hours::OFFICE));
        assert_eq!(Hours::parse("Sat 20:00-24:00").map(|hours| (hours.from, hours.to)), Some((1200, 1440)));
        assert_eq!(Hours::parse("22:00-06:00").map(|hours| hours.to), Some(1800));
        assert_eq!(
            Hours::parse("Sat,Sun 10:00-12:00").map(|hours| hours.days[5] && hours.days[6]),
            Some(true)
        );
        assert_eq!(
            Hours::parse("Fri-Mon 10:00-12:00").map(|hours| hours.days),
            Some([true, false, false, false, true, true, true])
        );
        for text in ["Mon-Fri 09:00-17:00", "22:00-06:00", "Sat,Sun 20:00-24:00", "Mon,Wed-Fri 07:30-08:00"] {
            assert_eq!(Hours::parse(text).map(|hours| hours.to_string()).as_deref(), Some(text));
        }
        for wrong in
            ["", "9-17", "Mon", "Someday 09:00-17:00", "09:00-09:00", "25:00-26:00", "Mon 09:00-17:00 x"]
        {
            assert_eq!(Hours::parse(wrong), None, "{wrong}");
        }
    }
}
