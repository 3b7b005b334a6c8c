//! What somebody meant who wrote a time in another way: `27.03.2027`, `3/27/2027`, `22.30`, `10pm`, `T0`.
//!
//! Only what can be read in one way comes back: in `3/4/2027` nobody knows which is the month.

use chrono::{Days, NaiveDate};

use super::Time;
use super::time::parse_clock;
use super::weekday::{is_on, weekday};

/// The same moment as it is written here. In braces it is one word, with a `T` between date and clock time, and may be a
/// clock time or one from T-0 alone.
#[must_use]
pub fn meant_time(text: &str, in_braces: bool) -> Option<String> {
    let text = text.trim();
    if let Some((day, date)) = weekday(text) {
        // A day that is not that of the date leaves open which of the two is wrong.
        return whole_time(date).filter(|meant| is_on(meant, day));
    }
    let meant = if text.starts_with(['T', 't']) && in_braces {
        meant_from_t0(&text[1..])?
    } else {
        let parts = text.split_once([' ', 'T', 't', ',']);
        let (date, clock) = parts.map_or((text, None), |(date, clock)| (date, Some(clock.trim())));
        match (meant_date(date), clock) {
            (Some(date), None) => date,
            // The end of a day is the beginning of the next.
            (Some(date), Some("24:00")) => {
                let next = date.parse::<NaiveDate>().ok()?.checked_add_days(Days::new(1))?;
                format!("{next}{}00:00", if in_braces { 'T' } else { ' ' })
            }
            (None, _) if text == "24:00" => "00:00".to_owned(),
            (Some(date), Some(clock)) => {
                let between = if in_braces { 'T' } else { ' ' };
                format!("{date}{between}{}", meant_clock(clock)?)
            }
            (None, _) => meant_clock(text)?,
        }
    };
    let parsed = if in_braces { Time::parse(&meant) } else { Time::parse_absolute(&meant) };
    parsed.ok().filter(|_| meant != text).map(|_| meant)
}

/// What may stand between the two times of a range instead of `..`.
const BETWEEN: [&str; 8] = [" - ", "–", "—", " to ", " until ", " till ", " bis ", " -> "];

/// Two times as they are written here, `A .. B`, when something else stands between them, or the second is a clock time
/// alone: then it is the first such time after the other.
#[must_use]
pub fn meant_range(text: &str) -> Option<String> {
    let (from, to) = match text.split_once("..") {
        Some((from, to)) => Some((from, to)).filter(|_| is_clock(to.trim())),
        None => BETWEEN.iter().find_map(|between| text.split_once(between)).or_else(|| days_apart(text)),
    }?;
    let (from, to) = (whole_time(from.trim())?, to.trim());
    let to = whole_time(to).or_else(|| after(&from, to))?;
    Some(format!("{from} .. {to}"))
}

/// `05.03.2027-07.03.2027`: a hyphen between two dates that have none themselves.
fn days_apart(text: &str) -> Option<(&str, &str)> {
    text.split_once('-').filter(|(from, to)| !to.contains('-') && from.contains(['.', '/']))
}

fn is_clock(text: &str) -> bool {
    text == "24:00" || parse_clock(text).is_ok()
}

/// A time with its date, as it is written here.
fn whole_time(text: &str) -> Option<String> {
    let is_right = Time::parse_absolute(text).is_ok();
    if is_right { Some(text.to_owned()) } else { meant_time(text, false) }
}

/// The first moment after another at which clocks show a time.
fn after(from: &str, clock: &str) -> Option<String> {
    let Ok(Time::Local(from)) = Time::parse_absolute(from) else { return None };
    let clock = if clock == "24:00" { "00:00" } else { clock };
    let clock = parse_clock(clock).or_else(|_| parse_clock(&meant_clock(clock).unwrap_or_default())).ok()?;
    let date = if clock > from.time() { from.date() } else { from.date().succ_opt()? };
    Some(date.and_time(clock).format("%Y-%m-%d %H:%M").to_string())
}

/// `0`, `-30`, `30m before`: what stands behind the T.
fn meant_from_t0(offset: &str) -> Option<String> {
    let sign = if offset.starts_with('-') { '-' } else { '+' };
    let length = offset.trim_start_matches(['-', '+']);
    let is_number = !length.is_empty() && length.bytes().all(|byte| byte.is_ascii_digit());
    match (is_number, length.trim_start_matches('0')) {
        (true, "") => Some("T".to_owned()),
        (true, minutes) => Some(format!("T{sign}{minutes}m")),
        (false, _) => Some(format!("T{sign}{length}")),
    }
}

/// Year, month and day, in whatever order they can be told apart.
fn meant_date(text: &str) -> Option<String> {
    let text = text.trim_end_matches('.');
    let sign = text.find(['.', '/', '-']).map(|at| &text[at..=at])?;
    let parts: Vec<&str> = text.split(sign).collect();
    let [first, second, third] = parts.as_slice() else { return None };
    let number = |part: &str| part.parse::<u32>().ok().filter(|_| part.len() <= 4);
    let (a, b, c) = (number(first)?, number(second)?, number(third)?);
    let (year, month, day) = match (first.len(), third.len(), sign) {
        (4, 1 | 2, _) => (a, b, c),
        (1 | 2, 4, ".") => (c, b, a),
        (1 | 2, 4, _) if a > 12 => (c, b, a),
        (1 | 2, 4, _) if b > 12 => (c, a, b),
        _ => return None,
    };
    Some(format!("{year:04}-{month:02}-{day:02}"))
}

/// `22.30`, `22h30`, `22h`, `10pm`, `10:30 p.m.`.
fn meant_clock(text: &str) -> Option<String> {
    let small = text.to_ascii_lowercase().replace("a.m.", "am").replace("p.m.", "pm");
    let (clock, half) = match (small.strip_suffix("am"), small.strip_suffix("pm")) {
        (Some(clock), _) => (clock, Some(0)),
        (_, Some(clock)) => (clock, Some(12)),
        _ => (small.trim_end_matches("uhr"), None),
    };
    let clock = clock.trim();
    let (hour, minute) = clock.split_once([':', '.', 'h']).unwrap_or((clock, ""));
    if minute.is_empty() && half.is_none() && clock == hour {
        return None;
    }
    let number = |part: &str| part.parse::<u32>().ok().filter(|_| part.len() <= 2);
    let minute = if minute.is_empty() { 0 } else { number(minute)? };
    let hour = match (number(hour)?, half) {
        (hour @ 1..=12, Some(half)) => hour % 12 + half,
        (_, Some(_)) => return None,
        (hour, None) => hour,
    };
    Some(format!("{hour:02}:{minute:02}"))
}

#[cfg(test)]
mod tests {
    use super::{meant_range, meant_time};

    #[test]
    fn what_can_be_read_in_one_way_is_known() {
        for (text, in_braces, meant) in [
            ("27.03.2027", false, "2027-03-27"),
            ("27.3.2027 22:00", false, "2027-03-27 22:00"),
            ("27.3.2027 22.00 Uhr", false, "2027-03-27 22:00"),
            ("2027/03/27", false, "2027-03-27"),
            ("2027-3-7", true, "2027-03-07"),
            ("3/27/2027", false, "2027-03-27"),
            ("27/3/2027", false, "2027-03-27"),
            ("3/27/2027 10pm", false, "2027-03-27 22:00"),
            ("Sat 30.10.2027 22:00", false, "2027-10-30 22:00"),
            ("Saturday, 2027-10-30 22:00", false, "2027-10-30 22:00"),
            ("Sa. 30.10.2027", false, "2027-10-30"),
            ("2027-03-05 24:00", false, "2027-03-06 00:00"),
            ("2027-12-31T24:00", true, "2028-01-01T00:00"),
            ("24:00", true, "00:00"),
            ("2027-03-27T22h", true, "2027-03-27T22:00"),
            ("2027-03-27 10:30 p.m.", false, "2027-03-27 22:30"),
            ("22.30", true, "22:30"),
            ("12am", true, "00:00"),
            ("T0", true, "T"),
            ("T-0000", true, "T"),
            ("t-30m", true, "T-30m"),
            ("T-30", true, "T-30m"),
            ("T30m", true, "T+30m"),
        ] {
            assert_eq!(meant_time(text, in_braces).as_deref(), Some(meant), "{text}");
        }
    }

    #[test]
    fn ranges_of_other_habits_are_known() {
        let meant = "2027-02-13 22:00 .. 2027-02-14 04:00";
        for text in [
            "2027-02-13 22:00 - 2027-02-14 04:00",
            "2027-02-13 22:00–2027-02-14 04:00",
            "2027-02-13 22:00 to 2027-02-14 04:00",
            "13.2.2027 22:00 until 14.2.2027 04:00",
            "2027-02-13 22:00 – 04:00",
            "2027-02-13 22:00 .. 04:00",
        ] {
            assert_eq!(meant_range(text).as_deref(), Some(meant), "{text}");
        }
        let evening = meant_range("2027-03-05 22:00 .. 24:00");
        assert_eq!(evening.as_deref(), Some("2027-03-05 22:00 .. 2027-03-06 00:00"));
        assert_eq!(meant_range("05.03.2027-07.03.2027").as_deref(), Some("2027-03-05 .. 2027-03-07"));
        assert_eq!(meant_range("24.12.2027 - 26.12.2027").as_deref(), Some("2027-12-24 .. 2027-12-26"));
        for text in
            ["22:00 - 04:00", "2027-02-13 - 04:00", "2027-02-13 22:00 - soon", "soon", "3/4/2027 to 3/5/2027"]
        {
            assert_eq!(meant_range(text), None, "{text}");
        }
    }

    #[test]
    fn nothing_is_guessed() {
        for text in [
            "3/4/2027",
            "soon",
            "22",
            "27.03.27",
            "32.13.2027",
            "T",
            "T-",
            "22:00",
            "13pm",
            "2027-03-27",
            "Sun 30.10.2027 22:00",
            "Sat",
            "24:30",
            "",
        ] {
            assert_eq!(meant_time(text, true), None, "{text}");
        }
        assert_eq!(meant_time("22.30", false), None);
        assert_eq!(meant_time("2027-02-30", false), None);
        assert_eq!(meant_time("tomorrow", false), None);
    }
}
