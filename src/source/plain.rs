//! What somebody wrote becomes text that a terminal shows and does not obey.
//!
//! Plans, file names and options may hold characters that colour a terminal, rename its window,
//! overwrite a line or turn the order of words round. Each of them is shown as `�`.

use std::borrow::Cow;

/// The text with `�` for every character that acts instead of being shown.
#[must_use]
pub fn plain_text(text: &str) -> Cow<'_, str> {
    if text.contains(acts) { Cow::Owned(text.replace(acts, "\u{fffd}")) } else { Cow::Borrowed(text) }
}

/// The same in one line: a line break is shown as `�` too. What begins a line can be a command to the
/// programs that read logs.
#[must_use]
pub fn plain_line(text: &str) -> Cow<'_, str> {
    let strange = |c: char| acts(c) || matches!(c, '\n' | '\u{2028}' | '\u{2029}');
    if text.contains(strange) { Cow::Owned(text.replace(strange, "\u{fffd}")) } else { Cow::Borrowed(text) }
}

/// Whether a character acts in a terminal: controls, but for line breaks and tabs, and what turns the
/// direction of writing.
#[must_use]
pub fn acts(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
