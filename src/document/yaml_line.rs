//! A line of YAML as people see it: its key and its value, and how it was meant where it has a slip.

use super::front_matter::PLAN_KEYS;

/// The key and the value of a line.
pub(super) fn parted(words: &str) -> Option<(&str, &str)> {
    let (key, value) = words.split_once(": ").or_else(|| Some((words.strip_suffix(':')?, "")))?;
    let is_key = !key.contains(" #") && !key.starts_with(['[', '{', '-', '?']);
    is_key.then_some((key, value.trim()))
}

/// `title Shop move`, `title:Shop move`, `title = Shop move`: the line with its colon.
pub(super) fn meant(words: &str, is_inner: bool) -> Option<String> {
    let end = words.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_')))?;
    let (key, rest) = words.split_at(end);
    let value = rest.trim_start().trim_start_matches([':', '=']).trim_start();
    let is_known = PLAN_KEYS.contains(&key) || is_inner;
    let is_glued = rest.starts_with([':', '=']) && !rest.starts_with("://");
    let is_word = key.starts_with(char::is_alphabetic) && !value.is_empty();
    (is_word && (is_known || is_glued)).then(|| format!("{key}: {value}"))
}

/// The line with its value in quotes, when a colon in it is taken for that of a key.
pub(super) fn second_colon(words: &str, value: &str) -> Option<String> {
    let plain = value.split(" #").next().unwrap_or("").trim_end();
    let is_plain = !plain.starts_with(['"', '\'', '[', '{', '|', '>', '&', '*', '!', '#']);
    let has_colon = plain.contains(": ") || plain.ends_with(':');
    let key = &words[..words.len() - value.len()];
    (is_plain && has_colon && !plain.contains(['"', '\\'])).then(|| format!("{key}\"{plain}\""))
}

/// `"Room" 4` and `'Tom O'Hara'` in quotes of the other kind.
pub(super) fn quoted(value: &str) -> Option<String> {
    let value = value.split(" #").next().unwrap_or("").trim_end();
    let quote = value.chars().next()?;
    let text = value[1..].strip_suffix(quote).unwrap_or(value);
    let other = ['"', '\''].into_iter().find(|other| !text.contains(*other))?;
    (other == '\'' || !text.contains('\\')).then(|| format!("{other}{text}{other}"))
}

/// Whether a line that should go on with a value begins another one.
pub(super) fn begins_another(words: &str) -> bool {
    let is_name = |key: &str| key.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    words.starts_with("- ") || parted(words).is_some_and(|(key, _)| is_name(key))
}
