//! One word that spaces have cut: `30 min`, `1 h 30 m`, `20m - 45m`, `ca. 30m`, `by=2026-11-15 13:00`, `after=a, b`,
//! `after= a`, `by = 13:00`, `after=“Copy it”`.
//!
//! What comes in are the words of a block from some word on; what goes out is what was meant there, so
//! that one mistake is one error and not two.

use super::attributes::{Kind, is_name};
use super::colons::WhoIs;
use super::duration::{self, Estimate};
use super::meant_length::{MOST_WORDS, is_before_length, meant_length};
use super::meant_word::sign_of_other;
use super::messages;
use super::time::{Time, TimeError};
use crate::diagnostic::Diagnostic;
use crate::document::{Word, is_duration_like};

/// Words that belong together.
pub(super) struct Parted {
    /// What they were meant to be.
    pub(super) kind: Kind,
    /// How many words they are.
    pub(super) words: usize,
    /// Whether the first of them is good as it stands.
    pub(super) first: First,
    /// What to say.
    pub(super) diagnostic: Diagnostic,
}

/// The first of several words that belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum First {
    /// It means something without the others.
    Good,
    /// It is only a part.
    Part,
}

/// What the words were meant to be, when the first of them was cut apart.
pub(super) fn parted(words: &[&Word], who_is: WhoIs<'_>) -> Option<Parted> {
    let (first, next) = (words.first()?, words.get(1));
    quotes(words)
        .or_else(|| quoted_owner(first, who_is))
        .or_else(|| {
            let next = next?;
            estimate(words)
                .or_else(|| about(words))
                .or_else(|| time(first, next))
                .or_else(|| key(words))
                .or_else(|| owner(first, next, who_is))
                .or_else(|| owner_by_word(first, next, who_is))
                .or_else(|| value(first, next))
                .or_else(|| list(words))
        })
        .or_else(|| bare_owner(first, who_is))
}

/// `30 min`, `1 h 30 m`, `20m - 45m`: numbers, units and dashes that are one estimate together.
fn estimate(words: &[&Word]) -> Option<Parted> {
    let first = words.first().filter(|first| first.text.starts_with(|c: char| c.is_ascii_digit()))?;
    let parts = words.iter().enumerate().take(MOST_WORDS);
    let count = parts.take_while(|(index, word)| is_part_of_estimate(word, *index == 0)).count();
    let several = is_duration_like(&first.text) && words.get(1).is_some_and(|next| next.after_comma);
    let longest = (2..=count).rev().filter(|_| !several).find_map(|count| {
        let written: String = words[..count].iter().map(|word| without_point(&word.text)).collect();
        let good = Estimate::parse(&written).is_ok().then(|| written.clone());
        Some((count, good.or_else(|| duration::mended(&written))?))
    });
    let (count, fixed) = longest?;
    let diagnostic = messages::parted_estimate(first, &words[1..count], fixed);
    Some(Parted { kind: Kind::Estimate, words: count, first: First::Part, diagnostic })
}

/// `ca. 30m`, `about 2 h`: a word before an estimate that says how exact it is.
fn about(words: &[&Word]) -> Option<Parted> {
    let (first, rest) = words.split_first()?;
    if !is_before_length(&first.text) {
        return None;
    }
    let several = rest.iter().take(MOST_WORDS).take_while(|word| !word.after_comma && word.key().is_none());
    let several: Vec<&str> = several.map(|word| word.text.as_str()).collect();
    let (fixed, count) = meant_length(&several)?;
    let diagnostic = messages::loose_estimate(first, &rest[..count], fixed);
    Some(Parted { kind: Kind::Estimate, words: 1 + count, first: First::Part, diagnostic })
}

/// `Min.`
fn without_point(word: &str) -> &str {
    word.strip_suffix('.').filter(|unit| unit.ends_with(char::is_alphabetic)).unwrap_or(word)
}

fn is_part_of_estimate(word: &Word, first: bool) -> bool {
    let is_dash = matches!(word.text.as_str(), "-" | "–" | "—" | "..");
    word.key().is_none()
        && (first || !word.after_comma)
        && (is_dash || word.text.starts_with(char::is_alphanumeric))
}

/// `by=2026-11-15 13:00`: a date and its time as two words.
fn time(date: &Word, clock: &Word) -> Option<Parted> {
    let kind = kind_of(date).filter(|kind| matches!(kind, Kind::At | Kind::From | Kind::By))?;
    let [day] = &*date.values else { return None };
    let is_day = matches!(Time::parse_absolute(&day.name), Ok(Time::Date(_)));
    let begins_like_one = clock.key().is_none() && clock.text.starts_with(|c: char| c.is_ascii_digit());
    if !is_day || !begins_like_one || Time::parse(&clock.text) == Err(TimeError::NotOne) {
        return None;
    }
    let diagnostic = messages::parted_time(date, clock);
    Some(Parted { kind, words: 2, first: First::Part, diagnostic })
}

/// `by = 13:00`, `after =copy`, `by 13:00`: a space before the equals sign, or in its place.
fn key(words: &[&Word]) -> Option<Parted> {
    let (name, equals) = (words.first()?, words.get(1)?);
    let kind = if name.key().is_none() { Kind::keyed(&name.text)? } else { return None };
    let is_time = matches!(kind, Kind::At | Kind::From | Kind::By);
    let is_value = if is_time { Time::parse(&equals.text).is_ok() } else { is_loose_name(equals) };
    if is_value && !equals.after_comma && equals.key().is_none() {
        let diagnostic = messages::parted_key(name, &[equals], &format!("{}={}", name.text, equals.text));
        return Some(Parted { kind, words: 2, first: First::Part, diagnostic });
    }
    let rest = equals.text.strip_prefix('=').filter(|_| !equals.after_comma)?;
    let value = if rest.is_empty() { words.get(2).filter(|value| !value.after_comma) } else { None };
    if rest.is_empty() && value.is_none_or(|value| value.key().is_some()) {
        return None;
    }
    let count = if value.is_some() { 3 } else { 2 };
    let fixed: String = words[..count].iter().map(|word| word.text.as_str()).collect();
    let diagnostic = messages::parted_key(name, &words[1..count], &fixed);
    Some(Parted { kind, words: count, first: First::Part, diagnostic })
}

/// `@ raj`: a space behind the sign. `@Raj Patel`: a name where a handle should stand.
fn owner(handle: &Word, name: &Word, who_is: WhoIs<'_>) -> Option<Parted> {
    let is_free = !name.after_comma && name.key().is_none();
    if handle.text == "@" && is_free && is_name(&name.text) && !is_duration_like(&name.text) {
        let known = who_is(&name.text).unwrap_or_else(|| name.text.clone());
        let diagnostic = messages::parted_owner(handle, name, &known);
        return Some(Parted { kind: Kind::Owner, words: 2, first: First::Part, diagnostic });
    }
    let is_name = name.text.starts_with(char::is_uppercase) && name.text.chars().all(char::is_alphabetic);
    (handle.text.starts_with('@') && is_name && is_free).then(|| {
        let known = who_is(&format!("{} {}", &handle.text[1..], name.text));
        let diagnostic = messages::name_as_handle(handle, &[name], known.as_deref());
        Parted { kind: Kind::Owner, words: 2, first: First::Part, diagnostic }
    })
}

/// `owner Raj`: a word in the place of the sign.
fn owner_by_word(word: &Word, name: &Word, who_is: WhoIs<'_>) -> Option<Parted> {
    let begins_like_one = word.text.starts_with(char::is_alphabetic) && word.key().is_none();
    if !begins_like_one || name.key().is_some() || sign_of_other(&word.text.to_lowercase()) != Some("@") {
        return None;
    }
    let handle = who_is(&name.text)?;
    let diagnostic = messages::word_for_owner(word, name, &handle);
    Some(Parted { kind: Kind::Owner, words: 2, first: First::Part, diagnostic })
}

/// `raj`: a handle without its sign.
fn bare_owner(word: &Word, who_is: WhoIs<'_>) -> Option<Parted> {
    let begins_like_one = word.text.starts_with(char::is_alphanumeric) && word.key().is_none();
    if !begins_like_one || is_duration_like(&word.text) || !is_name(&word.text) {
        return None;
    }
    let is_flag = Kind::words().any(|flag| flag.strip_prefix('.') == Some(&word.text));
    let handle = if is_flag { None } else { who_is(&word.text) }?;
    let diagnostic = messages::bare_owner(word, &handle);
    Some(Parted { kind: Kind::Owner, words: 1, first: First::Part, diagnostic })
}

/// `@"Raj Patel"`: one word that is no handle.
fn quoted_owner(word: &Word, who_is: WhoIs<'_>) -> Option<Parted> {
    let name = word.text.strip_prefix("@\"")?.strip_suffix('"')?;
    let diagnostic = messages::name_as_handle(word, &[], who_is(name).as_deref());
    Some(Parted { kind: Kind::Owner, words: 1, first: First::Part, diagnostic })
}

/// `after= copy`: a space before the value.
fn value(key: &Word, value: &Word) -> Option<Parted> {
    let kind = kind_of(key).filter(|_| key.values.is_empty())?;
    let means_something = value.text.starts_with(['#', '@', '.']) || is_duration_like(&value.text);
    if value.key().is_some() || value.after_comma || means_something {
        return None;
    }
    let diagnostic = messages::parted_value(key, value);
    Some(Parted { kind, words: 2, first: First::Part, diagnostic })
}

/// `after=a, b`: a space behind the comma.
fn list(words: &[&Word]) -> Option<Parted> {
    let (first, rest) = words.split_first()?;
    let kind = kind_of(first).filter(|kind| takes_several(*kind) && !first.values.is_empty())?;
    let loose = rest.iter().take_while(|word| word.after_comma && is_loose_name(word)).count();
    if loose == 0 {
        return None;
    }
    let diagnostic = messages::parted_list(first, &rest[..loose]);
    Some(Parted { kind, words: loose + 1, first: First::Good, diagnostic })
}

/// `after=“Copy it”`: quotes as books have them.
fn quotes(words: &[&Word]) -> Option<Parted> {
    let first = words.first()?;
    let kind = kind_of(first)?;
    let open =
        first.values.first()?.name.chars().next().filter(|c| matches!(c, '“' | '”' | '„' | '«' | '»'))?;
    let begin = first.text.find(open)? + open.len_utf8();
    let closes = |c: &char| matches!(c, '“' | '”' | '«' | '»' | '"');
    let close = |word: &Word, from: usize| word.text[from..].chars().next_back().filter(closes);
    let end = words.iter().take(20).enumerate().find_map(|(index, word)| {
        close(word, if index == 0 { begin } else { 0 }).map(|close| (index, close))
    });
    let (last, close) = end?;
    let diagnostic = messages::book_quotes(first, words[last], [open, close]);
    Some(Parted { kind, words: last + 1, first: First::Part, diagnostic })
}

fn kind_of(word: &Word) -> Option<Kind> {
    Kind::keyed(word.key()?)
}

fn takes_several(kind: Kind) -> bool {
    !matches!(
        kind,
        Kind::At
            | Kind::From
            | Kind::By
            | Kind::In
            | Kind::Else
            | Kind::RightAfter
            | Kind::During
            | Kind::Vars
    )
}

/// A name that means nothing where it stands.
fn is_loose_name(word: &Word) -> bool {
    let name = word.text.split('+').next().unwrap_or("");
    let is_number = word.text.chars().all(|c| c.is_ascii_digit());
    word.key().is_none() && is_name(name) && !is_number && !is_duration_like(&word.text)
        || word.text.starts_with('"')
}
