//! Bytes that are no UTF-8 text become a place among readable lines, and a guess at what they are.
//!
//! Promised: the place is that of the first byte that is no text; a letter is named only where the file can hardly be
//! anything but Windows-1252 (or Latin-1, which has the same letters); the bytes are gone through a few times, no more.

use std::ops::Range;

/// What is kept of the line with the byte, or of a text in UTF-16, in bytes.
const KEPT: usize = 200;

/// So many bytes tell whether a file without a mark is UTF-16.
const HEAD: usize = 64;

/// The mark at the beginning of a file that says that it is UTF-8.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// A letter of Windows-1252 stands alone or with one other; more of them together are another alphabet.
const MOST_TOGETHER: usize = 2;

/// The letters of 0x80 to 0x9f in Windows-1252; five bytes have none. From 0xa0 on they are those of Unicode.
const WINDOWS: [char; 32] = [
    '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘', '’', '“',
    '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
];

/// Where a file stops being text, and what it may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotText {
    /// Line of the first byte that is no text, from 1.
    pub line: usize,
    /// Its column, from 1, in characters.
    pub column: usize,
    /// What these bytes may be.
    pub looks: Looks,
    /// The text up to the end of that line, with signs for what is none.
    pub(super) shown: String,
    /// Where in it the byte stands.
    pub(super) place: Range<usize>,
}

/// What bytes that are no UTF-8 look like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Looks {
    /// The whole file is UTF-16.
    Utf16,
    /// The file ends in the middle of a character.
    CutOff,
    /// A letter of Windows-1252 in text that is UTF-8 otherwise.
    Stray {
        /// The byte.
        byte: u8,
        /// The letter that it would be.
        letter: char,
    },
    /// A file in Windows-1252.
    Windows1252 {
        /// The byte.
        byte: u8,
        /// The letter that it is.
        letter: char,
        /// The word around it.
        word: String,
    },
    /// Text in another encoding, of which nobody can tell the letters.
    OtherText(u8),
    /// No text at all.
    NoText(u8),
}

/// The bytes as text, or what they are instead.
pub(super) fn text_of(bytes: Vec<u8>) -> Result<String, NotText> {
    if let Some(utf16) = utf16(&bytes) {
        return Err(utf16);
    }
    String::from_utf8(bytes).map_err(|error| {
        let place = error.utf8_error();
        let ends_inside = place.error_len().is_none();
        told(error.as_bytes(), place.valid_up_to(), ends_inside)
    })
}

fn utf16(bytes: &[u8]) -> Option<NotText> {
    let is_big = match bytes {
        [0xff, 0xfe, ..] => false,
        [0xfe, 0xff, ..] => true,
        _ => has_empty_halves(bytes)?,
    };
    let number = |pair: &[u8]| match is_big {
        true => u16::from_be_bytes([pair[0], pair[1]]),
        false => u16::from_le_bytes([pair[0], pair[1]]),
    };
    let numbers = bytes[..bytes.len().min(KEPT)].chunks_exact(2).map(number);
    let letters = char::decode_utf16(numbers).map(|letter| letter.unwrap_or('\u{fffd}'));
    let shown: String =
        letters.skip_while(|c| *c == '\u{feff}').take_while(|c| !matches!(c, '\n' | '\r')).collect();
    let place = 0..shown.len();
    Some(NotText { line: 1, column: 1, looks: Looks::Utf16, shown, place })
}

/// Of bytes without a mark: whether the first half of each letter is empty, or the second; nothing where neither is.
fn has_empty_halves(bytes: &[u8]) -> Option<bool> {
    let head = &bytes[..bytes.len().min(HEAD) & !1];
    let empty = |from: usize| head.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (first, second, letters) = (empty(0), empty(1), head.len() / 2);
    match (first, second) {
        _ if letters < 2 => None,
        (0, second) if second * 4 >= letters * 3 => Some(false),
        (first, 0) if first * 4 >= letters * 3 => Some(true),
        _ => None,
    }
}

fn told(bytes: &[u8], wrong: usize, ends_inside: bool) -> NotText {
    let (before, after) = bytes.split_at(wrong);
    let mut shown = String::from_utf8_lossy(before.strip_prefix(MARK).unwrap_or(before)).into_owned();
    let from = shown.len();
    let rest = &after[..after.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(after.len())];
    shown.push_str(&String::from_utf8_lossy(&rest[..rest.len().min(KEPT)]));
    let place = from..from + '\u{fffd}'.len_utf8();
    let looks = looks(before, after, ends_inside);
    let super::Position { line, column } = super::lines::LineIndex::new(&shown).position(&shown, from);
    NotText { line, column, looks, shown, place }
}

fn looks(before: &[u8], after: &[u8], ends_inside: bool) -> Looks {
    let byte = after[0];
    let is_control = |byte: &u8| *byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c);
    if before.iter().chain(after).any(is_control) {
        return Looks::NoText(byte);
    }
    let has_letters = !before.strip_prefix(MARK).unwrap_or(before).is_ascii();
    if ends_inside && (has_letters || after.len() > 1) {
        return Looks::CutOff;
    }
    let together = after.iter().take_while(|byte| !byte.is_ascii()).count();
    match letter(byte).filter(|_| together <= MOST_TOGETHER) {
        Some(letter) if has_letters => Looks::Stray { byte, letter },
        Some(letter) => Looks::Windows1252 { byte, letter, word: word(before, after) },
        None => Looks::OtherText(byte),
    }
}

/// The letter that a byte is in Windows-1252, if it is one that shows.
fn letter(byte: u8) -> Option<char> {
    let letter = match byte {
        0x80..0xa0 => WINDOWS[usize::from(byte - 0x80)],
        _ => char::from(byte),
    };
    (!matches!(letter, '\0' | '\u{a0}' | '\u{ad}')).then_some(letter)
}

/// The word in which the first byte of `after` stands, in Windows-1252.
fn word(before: &[u8], after: &[u8]) -> String {
    let is_of_word = |byte: &&u8| letter(**byte).is_some_and(char::is_alphanumeric);
    let head = before.iter().rev().take(KEPT / 2).take_while(is_of_word).count();
    let tail = after.iter().take(KEPT / 2).take_while(is_of_word).count().max(1);
    before[before.len() - head..].iter().chain(&after[..tail]).filter_map(|byte| letter(*byte)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looks(bytes: &[u8]) -> (usize, usize, Looks) {
        let told = text_of(bytes.to_vec()).expect_err("no text");
        assert!(told.shown.is_char_boundary(told.place.start) && told.shown.is_char_boundary(told.place.end));
        (told.line, told.column, told.looks)
    }

    #[test]
    fn what_is_no_text_is_told_apart() {
        let western = |byte, letter, word: &str| Looks::Windows1252 { byte, letter, word: word.to_owned() };
        for (bytes, line, column, expected) in [
            (&b"- [ ] a\n- [ ] Schl\xfcssel, 5\n"[..], 2, 11, western(0xfc, 'ü', "Schlüssel")),
            (b"- [ ] Gr\xf6\xdfe\r- [ ] b", 1, 9, western(0xf6, 'ö', "Größe")),
            (b"- [ ] caf\xe9", 1, 10, western(0xe9, 'é', "café")),
            (b"say \x93yes\x94\n", 1, 5, western(0x93, '“', "“")),
            (b"\xef\xbb\xbfcaf\xe9 \n", 1, 4, western(0xe9, 'é', "café")),
            (b"\xc3\xa9\nb\xe9 c", 2, 2, Looks::Stray { byte: 0xe9, letter: 'é' }),
            (b"- [ ] x\n\xf0\x9f\x98", 2, 1, Looks::CutOff),
            (b"\xcf\xf0\xe8\xe2\xe5\xf2 \n", 1, 1, Looks::OtherText(0xcf)),
            (b"a \x81 b\n", 1, 3, Looks::OtherText(0x81)),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 1, 1, Looks::NoText(0x89)),
            (b"\xff\xfe-\0 \0[\0", 1, 1, Looks::Utf16),
            (b"\xfe\xff\0-\0 \0[", 1, 1, Looks::Utf16),
            (b"-\0 \0[\0 \0]\0", 1, 1, Looks::Utf16),
            (b"\0-\0 \0[\0 \0]", 1, 1, Looks::Utf16),
        ] {
            assert_eq!(looks(bytes), (line, column, expected), "{bytes:?}");
        }
    }

    #[test]
    fn text_stays_text() {
        for text in ["", "\0\0\0\0", "é", "a\0", "- [ ] \0", "\u{feff}a"] {
            assert_eq!(text_of(text.as_bytes().to_vec()).as_deref(), Ok(text));
        }
    }
}
