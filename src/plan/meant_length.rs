//! What somebody meant who wrote a length in words: `30 minutes`, `1,5 h`, `ca. 30m`, `30 to 45 min`, `half an hour`,
//! `1:30`.
//!
//! Only what is a length beyond doubt comes back: a number with a unit, or words that mean nothing else.

use super::duration::{Estimate, mended};
use super::time::parse_clock;

/// The most words that a length is looked for in: `1 h 30 m - 2 h 15 m`.
pub(super) const MOST_WORDS: usize = 9;

/// What lies after noon as a time of day is hardly meant as a length.
const LONGEST_HOURS: u8 = 12;

/// What may stand before a length without being a part of it. (`max` is somebody's name.)
const BEFORE: [&str; 20] = [
    "~",
    "≈",
    "ca",
    "ca.",
    "circa",
    "approx",
    "approx.",
    "approximately",
    "about",
    "around",
    "roughly",
    "est",
    "est.",
    "est:",
    "estimate",
    "estimate:",
    "duration",
    "length",
    "max.",
    "takes",
];

/// What may stand between the ends of a range.
const BETWEEN: [&str; 6] = ["-", "–", "—", "..", "…", "to"];

/// Lengths without a number.
const IN_WORDS: [(&str, &str); 6] = [
    ("half an hour", "30m"),
    ("half hour", "30m"),
    ("an hour", "1h"),
    ("one hour", "1h"),
    ("a quarter of an hour", "15m"),
    ("an hour and a half", "1h30m"),
];

/// Whether a word says of a length behind it only how exact it is.
#[must_use]
pub(super) fn is_before_length(word: &str) -> bool {
    BEFORE.contains(&word.to_lowercase().as_str())
}

/// The length with which some words begin, as it is written here, and how many words that is: as many as make one.
#[must_use]
pub fn meant_length(words: &[&str]) -> Option<(String, usize)> {
    let before = usize::from(words.first().is_some_and(|word| is_before_length(word)));
    let words = &words[before..];
    let in_words = IN_WORDS.iter().filter_map(|(written, length)| {
        let count = written.split(' ').count();
        let is_it = words.len() >= count && words[..count].join(" ").to_lowercase() == *written;
        is_it.then(|| ((*length).to_owned(), before + count))
    });
    in_words.max_by_key(|(_, count)| *count).or_else(|| {
        let most = words.len().min(MOST_WORDS);
        (1..=most).rev().find_map(|count| Some((in_numbers(&words[..count])?, before + count)))
    })
}

/// The length that these words are together.
fn in_numbers(words: &[&str]) -> Option<String> {
    let mut joined = String::new();
    for word in words {
        let word = word.trim_start_matches(['~', '≈']).trim_end_matches('.').replace('½', ".5");
        let ends_in_digit = joined.ends_with(|c: char| c.is_ascii_digit());
        if ends_in_digit && word.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
            return None;
        }
        joined.push_str(if BETWEEN.contains(&word.as_str()) { "-" } else { &word });
    }
    let is_number = joined.starts_with(|c: char| c.is_ascii_digit()) || joined.starts_with(".5");
    let is_right = is_number && Estimate::parse(&joined).is_ok();
    if is_right { Some(joined) } else { mended(&joined).filter(|_| is_number) }
}

/// What `1:30` may be: a length, a time of day, or both, each as it is written here.
#[must_use]
pub fn length_or_time(text: &str) -> Option<(Option<String>, Option<String>)> {
    let (hour, minute) = text.split_once(':')?;
    let time = parse_clock(text).is_ok().then(|| format!("{hour:0>2}:{minute}"));
    let (hour, minute) = (hour.parse::<u8>().ok()?, minute.parse::<u8>().ok().filter(|minute| *minute < 60));
    let length: String = [(hour, 'h'), (minute.unwrap_or(0), 'm')]
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, unit)| format!("{number}{unit}"))
        .collect();
    let is_length = minute.is_some() && !length.is_empty() && (hour <= LONGEST_HOURS || time.is_none());
    (is_length || time.is_some()).then(|| (is_length.then_some(length), time))
}

#[cfg(test)]
mod tests {
    use super::{length_or_time, meant_length};

    fn meant(text: &str) -> Option<(String, usize)> {
        meant_length(&text.split_whitespace().collect::<Vec<_>>())
    }

    #[test]
    fn lengths_in_words_are_known() {
        for (text, length) in [
            ("10min", "10m"),
            ("30 Min.", "30m"),
            ("2 h", "2h"),
            ("~ 2 hours", "2h"),
            ("~2h", "2h"),
            ("ca. 30m", "30m"),
            ("About 30 min", "30m"),
            ("1,5 h", "1h30m"),
            ("1.5 hours", "1h30m"),
            ("1½ h", "1h30m"),
            ("½ hour", "30m"),
            ("1h30", "1h30m"),
            ("1 h 30", "1h30m"),
            ("1 hour 30 min", "1h30m"),
            ("10-20 minutes", "10m..20m"),
            ("30 - 45 min", "30m..45m"),
            ("30 to 45 minutes", "30m..45m"),
            ("30 min to 1 hour", "30m..1h"),
            ("half an hour", "30m"),
            ("An hour and a half", "1h30m"),
        ] {
            let words = text.split(' ').count();
            assert_eq!(meant(text), Some((length.to_owned(), words)), "{text}");
        }
        assert_eq!(meant("10 min ana"), Some(("10m".to_owned(), 2)));
        assert_eq!(meant("10 min 20 min"), Some(("10m".to_owned(), 2)));
    }

    #[test]
    fn other_words_are_none() {
        for text in [
            "",
            "90",
            "0",
            "about",
            "about 30",
            "5 apples",
            "1 5 m",
            "1.5 s",
            "an hourglass",
            "half",
            "10:30",
            "v1.5h",
            "a,b",
            "-5m",
            "30 to",
            "min",
            "1/2",
            "soon",
            "2 of 3",
            ".5",
            "1.2.3",
        ] {
            assert_eq!(meant(text), None, "{text}");
        }
    }

    #[test]
    fn a_colon_parts_hours_from_minutes() {
        let both = |length: &str, time: &str| {
            let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            Some((given(length), given(time)))
        };
        assert_eq!(length_or_time("1:30"), both("1h30m", "01:30"));
        assert_eq!(length_or_time("0:30"), both("30m", "00:30"));
        assert_eq!(length_or_time("22:00"), both("", "22:00"));
        assert_eq!(length_or_time("36:00"), both("36h", ""));
        assert_eq!(length_or_time("1:30:00"), both("", "01:30:00"));
        for text in ["9:99", "1:", ":30", "a:b", "\"a\":1", "host:80"] {
            assert_eq!(length_or_time(text), None, "{text}");
        }
    }
}
