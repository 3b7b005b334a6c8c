//! Lengths in the picture's own units: how wide a text is, and how short it must be.

use std::fmt;

/// The height of a letter in a name.
pub(super) const LETTER: f64 = 10.5;

/// How wide a text is, about, and rather too wide than too narrow.
pub(super) fn text_width(text: &str, letter: f64) -> f64 {
    let wide: f64 = text
        .chars()
        .map(|c| match c {
            'i' | 'l' | 'j' | '.' | ',' | ':' | ';' | '\'' | '|' | 'I' | 't' | 'f' | 'r' | ' ' | '('
            | ')' => 0.36,
            'm' | 'w' | 'M' | 'W' | '@' | '%' => 0.9,
            c if c.is_ascii_uppercase() => 0.72,
            c if unicode_width::UnicodeWidthChar::width(c).unwrap_or(0) > 1 => 1.1,
            _ => 0.58,
        })
        .sum();
    wide * letter
}

/// A text of at most so many letters.
pub(super) fn shortened(text: &str, longest: usize) -> String {
    if text.chars().count() <= longest {
        return text.to_owned();
    }
    let kept: String = text.chars().take(longest - 1).collect();
    format!("{}…", kept.trim_end())
}

/// Tenths are fine enough.
pub(super) fn round(length: f64) -> f64 {
    (length * 10.0).round() / 10.0
}

/// A length in tenths, which is fine enough, and quicker to write than one with a fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Tenths(i64);

impl Tenths {
    pub(super) fn of(length: f64) -> Self {
        Self((length * 10.0).round() as i64)
    }
}

impl fmt::Display for Tenths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, tenths) = (self.0.unsigned_abs() / 10, self.0.unsigned_abs() % 10);
        if tenths == 0 { write!(f, "{sign}{whole}") } else { write!(f, "{sign}{whole}.{tenths}") }
    }
}
