//! Places of editors become bytes, and bytes places.
//!
//! Editors count columns in units of UTF-16, unless both sides agree on others. Promised: every place leads to
//! a byte on a border between characters; one past the end of a line or text leads to that end.

use serde_json::Value;

use super::protocol::{Position, Range};
use crate::source::Source;

/// In what columns are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    Utf16,
    Utf32,
}

impl Encoding {
    /// The first that an editor offers and we know.
    pub(super) fn agreed(capabilities: &Value) -> Self {
        let offered = capabilities["general"]["positionEncodings"].as_array();
        let known = |name: &Value| match name.as_str()? {
            "utf-8" => Some(Self::Utf8),
            "utf-16" => Some(Self::Utf16),
            "utf-32" => Some(Self::Utf32),
            _ => None,
        };
        offered.into_iter().flatten().find_map(known).unwrap_or(Self::Utf16)
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16 => "utf-16",
            Self::Utf32 => "utf-32",
        }
    }

    fn width(self, c: char) -> usize {
        match self {
            Self::Utf8 => c.len_utf8(),
            Self::Utf16 => c.len_utf16(),
            Self::Utf32 => 1,
        }
    }

    /// The byte at a place.
    pub(super) fn offset(self, source: &Source, place: Position) -> usize {
        let line = usize::try_from(place.line).unwrap_or(usize::MAX);
        let Some(start) = source.line_start(line) else { return source.text.len() };
        let mut left = place.character as usize;
        let mut at = start;
        for c in source.text[start..].chars() {
            let width = self.width(c);
            if matches!(c, '\n' | '\r') || left < width {
                break;
            }
            left -= width;
            at += c.len_utf8();
        }
        at
    }

    /// The place of a byte.
    pub(super) fn position(self, source: &Source, offset: usize) -> Position {
        let line = source.position(offset).line - 1;
        let start = source.line_start(line).unwrap_or(0);
        let before = source.text.get(start..offset.min(source.text.len())).unwrap_or_default();
        let column: usize = before.chars().map(|c| self.width(c)).sum();
        Position {
            line: u32::try_from(line).unwrap_or(u32::MAX),
            character: u32::try_from(column).unwrap_or(u32::MAX),
        }
    }

    pub(super) fn range(self, source: &Source, bytes: std::ops::Range<usize>) -> Range {
        Range { start: self.position(source, bytes.start), end: self.position(source, bytes.end) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_in_what_was_agreed_on() {
        let source = Source::new("plan.md", "aé🚀b\r\nc\rd");
        for (encoding, column) in [(Encoding::Utf8, 7), (Encoding::Utf16, 4), (Encoding::Utf32, 3)] {
            let place = Position { line: 0, character: column };
            assert_eq!(encoding.offset(&source, place), 7, "{encoding:?}");
            assert_eq!(encoding.position(&source, 7), place, "{encoding:?}");
        }
        let offset = |line, character| Encoding::Utf16.offset(&source, Position { line, character });
        assert_eq!(
            (offset(0, 3), offset(0, 99), offset(1, 1), offset(2, 9), offset(9, 0)),
            (3, 8, 11, 13, 13)
        );
    }

    #[test]
    fn the_first_offer_that_is_known_is_taken() {
        let agreed = |list: &str| {
            Encoding::agreed(
                &serde_json::json!({ "general": { "positionEncodings": serde_json::from_str::<Value>(list).expect("JSON") } }),
            )
        };
        assert_eq!(agreed(r#"["utf-7", "utf-32", "utf-16"]"#), Encoding::Utf32);
        assert_eq!(agreed("[]"), Encoding::Utf16);
        assert_eq!(Encoding::agreed(&Value::Null), Encoding::Utf16);
    }
}
