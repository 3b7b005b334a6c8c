//! Several values that somebody has written in one text where a list belongs: `db, shop`, `2026-12-24 and 2026-12-26`,
//! `Mon-Fri 09:00-12:00, 13:00-17:00`.
//!
//! Promised: one value stays one. A comma may belong to a date, and a space to a name; what is parted is so only where
//! every part can be a value.

use super::attributes::is_name;
use super::hours::{Hours, are_days};
use super::meant_time::{meant_range, meant_time};
use super::time::Time;

/// What stands between values.
const BETWEEN: [&str; 5] = [",", ";", "&", "\n", " and "];

/// The values in the text behind a key; nothing where it is one.
pub(super) fn several<'a>(key: &str, text: &'a str) -> Option<Vec<&'a str>> {
    let between = |is_value: fn(&str) -> bool| {
        let mut parts = vec![text];
        for sign in BETWEEN {
            parts = parts.into_iter().flat_map(|part| part.split(sign)).collect();
        }
        let parts: Vec<&str> = parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect();
        (parts.len() > 1 && parts.iter().all(|part| is_value(part))).then_some(parts)
    };
    let words = |is_value: fn(&str) -> bool| {
        let words: Vec<&str> = text.split_whitespace().collect();
        (words.len() > 1 && words.iter().all(|word| is_value(word))).then_some(words)
    };
    match key {
        "away" | "closed" => {
            between(is_day).or_else(|| words(|word| matches!(Time::parse_absolute(word), Ok(Time::Date(_)))))
        }
        "access" | "bridge" => between(|_| true),
        // Whoever has two names writes them with capitals.
        _ => {
            between(|_| true).or_else(|| words(|word| is_name(word) && !word.starts_with(char::is_uppercase)))
        }
    }
}

/// A day, a time or a range, also as others write it.
fn is_day(text: &str) -> bool {
    Time::parse_range(text).is_ok() || meant_range(text).or_else(|| meant_time(text, false)).is_some()
}

/// The stretches of hours in one text, at least two. One without days holds those of the one before.
pub(super) fn several_hours(text: &str) -> Option<Vec<Hours>> {
    let mut found: Vec<(Hours, bool)> = Vec::new();
    let (mut from, mut at) = (0, 0);
    for word in text.split_inclusive(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '&')) {
        at += word.len();
        let stretch = text[from..at].trim_matches(|c: char| !c.is_alphanumeric());
        if stretch.eq_ignore_ascii_case("and") {
            from = at;
        } else if let Some(hours) = Hours::parse(&stretch.replace(", ", ",")) {
            let has_days = stretch.starts_with(char::is_alphabetic);
            let days = found.last().filter(|_| !has_days).map_or(hours.days, |(before, _)| before.days);
            found.push((Hours { days, ..hours }, has_days));
            from = at;
        }
    }
    (found.len() > 1 && text[from..].trim().is_empty())
        .then(|| found.into_iter().map(|(hours, _)| hours).collect())
}

/// Of texts in a list the hours that the first ones are together, and how many these are: `[Mon,Wed 07:00-09:00]` is two
/// to YAML.
pub(super) fn hours_in_parts(texts: &[&str]) -> Option<(Hours, usize)> {
    let days = texts.iter().take_while(|text| are_days(text)).count();
    let parts = texts.get(..=days).filter(|_| days > 0)?;
    Some((Hours::parse(&parts.join(","))?, parts.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_parted_where_each_can_be_one() {
        for (key, text, parts) in [
            ("systems", "db, shop", &["db", "shop"][..]),
            ("variants", "staging production", &["staging", "production"]),
            ("web", "ana and raj; kim", &["ana", "raj", "kim"]),
            ("web", "Ana Reyes, Raj Patel", &["Ana Reyes", "Raj Patel"]),
            ("access", "prod db, vault", &["prod db", "vault"]),
            ("away", "2026-12-24, 2026-12-26 .. 2026-12-27", &["2026-12-24", "2026-12-26 .. 2026-12-27"]),
            ("closed", "2026-12-24 2026-12-25", &["2026-12-24", "2026-12-25"]),
            ("closed", "24.12.2026 and 26.12.2026", &["24.12.2026", "26.12.2026"]),
        ] {
            assert_eq!(several(key, text).as_deref(), Some(parts), "{key}: {text}");
        }
        for (key, text) in [
            ("web", "Ana Reyes"),
            ("web", "ana"),
            ("access", "prod db"),
            ("away", "2026-12-24 22:00"),
            ("away", "Dec 24, soon"),
            ("systems", "db,"),
        ] {
            assert_eq!(several(key, text), None, "{key}: {text}");
        }
    }

    #[test]
    fn hours_are_parted_and_keep_their_days() {
        let shown = |text: &str| {
            several_hours(text).map(|all| all.iter().map(Hours::to_string).collect::<Vec<_>>().join("; "))
        };
        for (text, parts) in [
            ("Mon-Fri 09:00-17:00, Sat 10:00-12:00", "Mon-Fri 09:00-17:00; Sat 10:00-12:00"),
            ("Mon-Fri 09:00-12:00, 13:00-17:00", "Mon-Fri 09:00-12:00; Mon-Fri 13:00-17:00"),
            ("Mon-Fri 9:00-12:00 and 13:00-17:00", "Mon-Fri 09:00-12:00; Mon-Fri 13:00-17:00"),
            ("09:00-12:00 13:00-17:00", "09:00-12:00; 13:00-17:00"),
            ("Sat, Sun 10:00-12:00; Mon 08:00-09:00", "Sat,Sun 10:00-12:00; Mon 08:00-09:00"),
        ] {
            assert_eq!(shown(text).as_deref(), Some(parts), "{text}");
        }
        for text in ["", "Mon-Fri 09:00-17:00", "09:00-17:00, later", "9 to 5", "Mon, Tue"] {
            assert_eq!(shown(text), None, "{text}");
        }
        let parts = |texts: &[&str]| hours_in_parts(texts).map(|(hours, count)| (hours.to_string(), count));
        assert_eq!(parts(&["Mon", "Wed 07:00-09:00", "x"]), Some(("Mon,Wed 07:00-09:00".to_owned(), 2)));
        assert_eq!(parts(&["Mon", "later"]), None);
        assert_eq!(parts(&["Mon 07:00-09:00"]), None);
    }
}
