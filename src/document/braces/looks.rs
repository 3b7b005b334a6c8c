//! What looks like an attribute: by this a block in braces is told from text in braces.

use super::KEYS;

/// Whether a word is a duration, or was meant to be one: `30m`, `1h30m`, `20m..45m`, `20-45m`.
#[must_use]
pub fn is_duration_like(word: &str) -> bool {
    let ends_in_unit = word.ends_with(['h', 'm', 's', 'd', 'w']);
    let mut after_digit = false;
    let mut good = word.starts_with(|c: char| c.is_ascii_digit());
    for c in word.chars() {
        good &= match c {
            '0'..='9' => true,
            'h' | 'm' | 's' | 'd' | 'w' => after_digit,
            '.' | '-' => true,
            _ => false,
        };
        after_digit = c.is_ascii_digit();
    }
    good && ends_in_unit
}

/// Whether a word can hardly be anything but an attribute.
pub(super) fn looks_like_attribute(word: &str) -> bool {
    let second = word.chars().nth(1);
    match word.chars().next() {
        Some('#' | '@') => {
            second.is_some_and(char::is_alphanumeric) || word.starts_with("#{{") || word.starts_with("@{{")
        }
        Some('.') => second.is_some_and(char::is_alphabetic),
        _ => is_duration_like(word) || word.split_once('=').is_some_and(|(key, _)| KEYS.contains(&key)),
    }
}
