//! The name of a day before its date, `Sat 30.10.2027`, as calendars and letters have it.

use chrono::{Datelike, Weekday};

use super::Time;

/// Names of days in small letters.
const DAYS: [(&[&str], Weekday); 7] = [
    (&["monday", "mon", "montag", "mo"], Weekday::Mon),
    (&["tuesday", "tues", "tue", "dienstag", "di"], Weekday::Tue),
    (&["wednesday", "wed", "mittwoch", "mi"], Weekday::Wed),
    (&["thursday", "thurs", "thur", "thu", "donnerstag", "do"], Weekday::Thu),
    (&["friday", "fri", "freitag", "fr"], Weekday::Fri),
    (&["saturday", "sat", "samstag", "sonnabend", "sa"], Weekday::Sat),
    (&["sunday", "sun", "sonntag", "so"], Weekday::Sun),
];

/// The day with which a text begins, and what stands behind it.
pub(super) fn weekday(text: &str) -> Option<(Weekday, &str)> {
    let end = text.find(|c: char| !c.is_alphabetic())?;
    let (name, rest) = text.split_at(end);
    let name = name.to_lowercase();
    let (_, day) = DAYS.iter().find(|(names, _)| names.contains(&name.as_str()))?;
    Some((*day, rest.trim_start_matches(['.', ',']).trim_start()))
}

/// Whether a time as it is written here lies on that day.
pub(super) fn is_on(written: &str, day: Weekday) -> bool {
    match Time::parse_absolute(written) {
        Ok(Time::Date(date)) => date.weekday() == day,
        Ok(Time::Local(local)) => local.weekday() == day,
        _ => false,
    }
}
