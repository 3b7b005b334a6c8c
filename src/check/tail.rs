//! What stands at the end of a text and would be attributes in braces: `@ana 10m`, `(@ana, 30 min)`, `, takes 2h`.

use std::collections::HashSet;

use crate::plan::{Roster, is_name, meant_length};

/// More words than these are a sentence.
const MOST_WORDS: usize = 6;
/// So many words a length is looked for in.
const MOST_OF_LENGTH: usize = 7;

/// Signs around the words of a tail, or between them.
const SIGNS: [char; 12] = ['(', ')', '[', ']', ',', ';', '|', '-', '–', '—', '·', '.'];

/// Words before a length that make it a part of what is said: `set it to 2h`, `wait for 10m`.
const BEFORE: [&str; 41] = [
    "to", "of", "for", "by", "in", "after", "within", "at", "than", "from", "with", "last", "every", "per",
    "over", "until", "till", "next", "before", "is", "was", "and", "or", "a", "an", "the", "these", "those",
    "past", "first", "only", "another", "further", "more", "less", "wait", "ttl", "timeout", "interval",
    "delay", "sleep",
];

/// The attributes at the end of a text.
pub(super) struct Tail {
    /// They, as they are written in braces.
    pub(super) meant: Vec<String>,
    /// Whether an owner is among them.
    pub(super) has_owner: bool,
    /// Whether a length is.
    pub(super) has_length: bool,
    /// Whether a sign parts them from the words before, or a word that nothing but a length follows.
    pub(super) is_apart: bool,
    /// The text before them.
    pub(super) before: usize,
}

impl Tail {
    /// That of a text, where it may name these owners.
    pub(super) fn of(text: &str, owners: &Owners<'_>) -> Self {
        let mut words = words(text);
        let mut tail = Self {
            meant: Vec::new(),
            has_owner: false,
            has_length: false,
            is_apart: false,
            before: text.len(),
        };
        while let Some((last, _)) = words.last().copied() {
            let handle = last.trim_matches(SIGNS);
            let length = if tail.has_length { None } else { length_at_end(&words) };
            let count = if handle.is_empty() && !tail.meant.is_empty() {
                1
            } else if owners.has(handle) && tail.meant.len() < MOST_WORDS {
                tail.has_owner = true;
                tail.meant.push(handle.to_owned());
                1
            } else if let Some((length, count)) = length {
                tail.has_length = true;
                tail.meant.push(length);
                count
            } else {
                break;
            };
            let first = words[words.len() - count];
            tail.is_apart = first.0.starts_with(SIGNS) || is_before_length(first.0);
            tail.before = first.1;
            words.truncate(words.len() - count);
        }
        let before = words.last().map_or("", |(word, _)| *word);
        tail.is_apart |= before.ends_with(SIGNS);
        tail.meant.reverse();
        tail
    }

    /// Whether it is an estimate, and no part of the sentence before it.
    pub(super) fn is_estimate(&self, text: &str) -> bool {
        let before = text[..self.before].split_whitespace().next_back().unwrap_or("").to_lowercase();
        let is_free = !BEFORE.contains(&before.as_str()) && before.ends_with(char::is_alphanumeric);
        self.has_length && (self.has_owner || self.is_apart || is_free)
    }

    /// They in braces.
    pub(super) fn in_braces(&self) -> String {
        format!("{{{}}}", self.meant.join(" "))
    }
}

/// The words of a text, each with where it begins.
fn words(text: &str) -> Vec<(&str, usize)> {
    let start = text.as_ptr() as usize;
    text.split_whitespace().map(|word| (word, word.as_ptr() as usize - start)).collect()
}

/// The length that the last words are, and how many.
fn length_at_end(words: &[(&str, usize)]) -> Option<(String, usize)> {
    let most = words.len().min(MOST_OF_LENGTH);
    let outer = |word: &'_ str| -> String {
        word.trim_start_matches(['(', '[']).trim_end_matches([')', ']', ',', ';', '.']).to_owned()
    };
    let last: Vec<String> = words[words.len() - most..].iter().map(|(word, _)| outer(word)).collect();
    let last: Vec<&str> = last.iter().map(String::as_str).collect();
    (0..most).find_map(|from| {
        let (length, count) = meant_length(&last[from..])?;
        // A number in the middle of a word before it would be another length.
        (count == most - from).then_some((length, count))
    })
}

/// `takes`, `about`: what stands before a length alone.
fn is_before_length(word: &str) -> bool {
    let word = word.trim_matches(SIGNS);
    word.starts_with(char::is_alphabetic) && meant_length(&[word, "1h"]).is_some()
}

/// Whom a tail may name.
pub(super) struct Owners<'a> {
    /// The handles of the roster, where there is one.
    handles: Option<HashSet<&'a str>>,
}

impl<'a> Owners<'a> {
    pub(super) fn of(roster: &'a Roster) -> Self {
        Self { handles: roster.declared.then(|| roster.handles().collect()) }
    }

    /// Whether a word is the handle of somebody; without a roster each may be.
    pub(super) fn has(&self, word: &str) -> bool {
        word.strip_prefix('@').is_some_and(|handle| match &self.handles {
            Some(handles) => handles.contains(handle),
            None => is_name(handle),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tail(text: &str) -> (String, bool) {
        let tail = Tail::of(text, &Owners { handles: None });
        (tail.meant.join(" "), tail.is_estimate(text))
    }

    #[test]
    fn estimates_are_told_from_words() {
        for (text, meant) in [
            ("restore it, takes 2h", "2h"),
            ("restore it (2h)", "2h"),
            ("restore it 2h", "2h"),
            ("restore it - 30 min", "30m"),
            ("restore it – 30-45 min.", "30m..45m"),
            ("restore it (takes about 2 hours)", "2h"),
            ("restore it; half an hour", "30m"),
            ("restore it, 1h 30m", "1h30m"),
            ("restore it @ana 10m", "@ana 10m"),
            ("restore it (@ana, 10 min)", "@ana 10m"),
            ("restore it | @ana | 10m", "@ana 10m"),
            ("restore it to the old host, ca. 2h", "2h"),
        ] {
            assert_eq!(tail(text), (meant.to_owned(), true), "{text}");
        }
        for text in [
            "restore it",
            "set it to 2h",
            "wait for 10m",
            "set ttl = 2h",
            "set ttl: 2h",
            "point the name back, TTL 5m",
            "the copy of the last 2h",
            "give it to @ana",
            "2 of 3",
            "",
            "-",
        ] {
            assert!(!tail(text).1, "{text}");
        }
    }
}
