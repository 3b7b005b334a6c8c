//! Keys as other lists have them, with a colon: `who:kim`, `owner: Kim, duration: 20m`, `after: Import`.
//!
//! What comes in are the words of a block from some word on; what goes out is how all of them in a row are
//! written here, so that one habit is one error.

use super::attributes::{Kind, Written, is_name};
use super::duration::{Estimate, mended};
use super::meant_time::meant_time;
use super::meant_word::sign_of_other;
use super::messages;
use super::time::Time;
use crate::diagnostic::Diagnostic;
use crate::document::{Word, is_duration_like};

/// Who is called so, by the roster.
pub(super) type WhoIs<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Keys with a colon, one after the other.
pub(super) struct Colons {
    /// How many words they are.
    pub(super) words: usize,
    /// What they were meant to be.
    pub(super) kinds: Vec<Written<Kind>>,
    /// What to say.
    pub(super) diagnostic: Diagnostic,
}

/// The pairs of key and value that begin with the first of these words.
pub(super) fn colons(words: &[&Word], who_is: WhoIs<'_>) -> Option<Colons> {
    let mut at = 0;
    let (mut kinds, mut meant, mut is_certain) = (Vec::new(), Vec::new(), true);
    while let Some((count, sign, value)) = pair(&words[at..]) {
        kinds.push(Written::new(kind_of(sign)?, words[at].span));
        let fixed = written(sign, &value, who_is);
        is_certain &= fixed.is_some();
        meant.push(
            fixed.unwrap_or_else(|| if sign.is_empty() { "30m".to_owned() } else { format!("{sign}…") }),
        );
        at += count;
    }
    let (first, rest) = words[..at].split_first()?;
    let diagnostic = messages::keys_with_colons(first, rest, &meant.join(" "), is_certain);
    Some(Colons { words: at, kinds, diagnostic })
}

/// A key and its value: how many words they are, with which sign or key it is written here, and the value.
fn pair(words: &[&Word]) -> Option<(usize, &'static str, String)> {
    let first = words.first()?;
    let (sign, begin) = key_of(first)?;
    let goes_on = |word: &&&Word| key_of(word).is_none() && !means_something(word);
    // A value behind the colon itself has no spaces; one behind a space may.
    let loose = if begin.is_empty() { words[1..].iter().take_while(goes_on).count() } else { 0 };
    // Of a length it is the first word alone that means something.
    let length = words.get(1).filter(|next| begin.is_empty() && loose == 0 && !next.after_comma);
    let count = 1 + length.map_or(loose, |_| 1);
    let value = match begin {
        "" => in_one(&words[1..count]),
        begin => begin.to_owned(),
    };
    Some((count, sign, value))
}

/// How the values of a key with a colon are written here, with a sign before each or behind a key of ours; and what
/// stands behind the colon.
fn key_of(word: &Word) -> Option<(&'static str, &str)> {
    let (key, value) = word.text.split_once(':').filter(|_| word.key().is_none())?;
    let key = key.to_lowercase();
    let sign = Kind::keyed(&key).map(Kind::word).or_else(|| sign_of_other(&key))?;
    Some((sign, value))
}

/// Words as they stand, with the commas between them.
fn in_one(words: &[&Word]) -> String {
    let mut value = String::new();
    for word in words {
        value.push_str(if value.is_empty() {
            ""
        } else if word.after_comma {
            ", "
        } else {
            " "
        });
        value.push_str(&word.text);
    }
    value
}

fn kind_of(sign: &str) -> Option<Kind> {
    match sign {
        "@" => Some(Kind::Owner),
        "#" => Some(Kind::Id),
        "" => Some(Kind::Estimate),
        sign => Kind::named(sign),
    }
}

fn means_something(word: &Word) -> bool {
    word.key().is_some() || word.text.starts_with(['#', '@', '.']) || is_duration_like(&word.text)
}

/// A value as it is written here, with its sign or key.
fn written(sign: &str, value: &str, who_is: WhoIs<'_>) -> Option<String> {
    let (quoted, value) = (value, value.trim_matches('"'));
    let parts = || value.split(',').map(str::trim);
    let handles = || parts().map(|name| handle(name, who_is)).collect::<Option<Vec<_>>>();
    let values = match kind_of(sign)? {
        Kind::Owner => return Some(handles()?.join(" ")),
        Kind::Id => Some(value.trim_start_matches('#')).filter(|id| is_name(id))?.to_owned(),
        Kind::Estimate if Estimate::parse(value).is_ok() => value.to_owned(),
        Kind::Estimate => mended(value)?,
        Kind::At | Kind::From | Kind::By => time(value)?,
        Kind::After | Kind::RightAfter | Kind::With | Kind::During | Kind::Else => references(quoted)?,
        Kind::Backup => handles()?.join(","),
        _ => parts().all(is_name).then(|| parts().collect::<Vec<_>>().join(","))?,
    };
    Some(format!("{sign}{values}"))
}

fn handle(name: &str, who_is: WhoIs<'_>) -> Option<String> {
    let name = name.trim_start_matches('@');
    let known = who_is(name).or_else(|| is_name(name).then(|| name.to_owned()));
    known.map(|handle| format!("@{handle}"))
}

fn time(value: &str) -> Option<String> {
    let joined = value.replacen(' ', "T", 1);
    if Time::parse(&joined).is_ok() { Some(joined) } else { meant_time(value, true) }
}

/// Ids as they stand, each with what is added; else one title, which has a space or a capital letter.
fn references(value: &str) -> Option<String> {
    let title = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    if title.is_some_and(|title| !title.is_empty() && !title.contains('"')) {
        return Some(value.to_owned());
    }
    let is_id = |part: &str| part.trim().trim_start_matches('#').split('+').next().is_some_and(is_name);
    if value.split(',').all(is_id) && !value.contains(char::is_uppercase) {
        return Some(value.replace([' ', '#'], ""));
    }
    (!value.is_empty() && !value.contains(['"', ',', '+'])).then(|| format!("\"{value}\""))
}
