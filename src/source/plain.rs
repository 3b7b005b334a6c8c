//! What somebody wrote becomes text that a terminal shows and does not obey.
//!
//! Plans, file names and options may hold characters that colour a terminal, rename its window,
//! overwrite a line or turn the order of words round. Each of them is shown as `�`.

use std::borrow::Cow;

/// The text with `�` for every character that acts instead of being shown.
#[must_use]
pub fn plain_text(text: &str) -> Cow<'_, str> {
    if has_acting(text) { Cow::Owned(text.replace(acts, "\u{fffd}")) } else { Cow::Borrowed(text) }
}

/// The same in one line: a line break is shown as `�` too. What begins a line can be a command to the
/// programs that read logs.
#[must_use]
pub fn plain_line(text: &str) -> Cow<'_, str> {
    let strange = |c: char| acts(c) || matches!(c, '\n' | '\u{2028}' | '\u{2029}');
    if text.contains(strange) { Cow::Owned(text.replace(strange, "\u{fffd}")) } else { Cow::Borrowed(text) }
}

/// Whether a character acts in a terminal, or hides there: controls, but for line breaks and tabs; what turns the
/// direction of writing; and what takes no room and is seen by nobody. The joiners stay: emoji, numbers and
/// scripts are made with them.
#[must_use]
pub fn acts(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c, '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2061}'..='\u{206f}')
}

/// Whether any character of a text acts.
#[must_use]
pub fn has_acting(text: &str) -> bool {
    // Nearly every text is looked at, and nearly none has one: only those are read that begin with a byte that one of
    // them begins with.
    let mut at = 0;
    while let Some(found) = first_marked(&text.as_bytes()[at..], &LEADS) {
        let c = text[at + found..].chars().next().unwrap_or_default();
        if acts(c) {
            return true;
        }
        at += found + c.len_utf8();
    }
    false
}

/// Where the first byte is that a table marks. They are looked at eight at a time, without a branch for each.
#[must_use]
pub fn first_marked(bytes: &[u8], marked: &[bool; 256]) -> Option<usize> {
    let is_marked = |byte: &u8| marked[usize::from(*byte)];
    let (eights, _) = bytes.as_chunks::<8>();
    let has_none = |eight: &&[u8; 8]| !eight.iter().fold(false, |any, byte| any | is_marked(byte));
    let plain = 8 * eights.iter().take_while(has_none).count();
    bytes[plain..].iter().position(is_marked).map(|found| plain + found)
}

/// By byte: whether a character that acts may begin with it.
const LEADS: [bool; 256] = {
    let mut leads = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        leads[byte] = match byte as u8 {
            b'\n' | b'\t' => false,
            0..0x20 | 0x7f | 0xc2 | 0xd8 | 0xe1 | 0xe2 | 0xef => true,
            _ => false,
        };
        byte += 1;
    }
    leads
};

/// Lines that GitHub's runner would take for commands, taken apart: `::` at the beginning of one, behind blanks too,
/// and `##[` anywhere.
#[must_use]
pub fn without_commands(text: &str) -> Cow<'_, str> {
    let is_command = |line: &str| line.trim_start().starts_with("::");
    if !text.contains("##[") && !text.lines().any(is_command) {
        return Cow::Borrowed(text);
    }
    let lines = text.split_inclusive('\n').map(|line| {
        let line = line.replace("##[", "## [");
        if is_command(&line) { line.replacen("::", ": :", 1) } else { line }
    });
    Cow::Owned(lines.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_character_that_acts_is_found() {
        for c in (0..=u32::from(char::MAX)).filter_map(char::from_u32) {
            assert_eq!(has_acting(&format!("Møn – {c}·")), acts(c), "{c:?}");
        }
    }

    #[test]
    fn the_first_marked_byte_is_found_wherever_it_stands() {
        for at in 0..20 {
            let text = format!("{}\u{7f}{}", "a".repeat(at), "\u{1}".repeat(20 - at));
            assert_eq!(first_marked(text.as_bytes(), &LEADS), Some(at));
        }
        assert_eq!(first_marked(b"nothing is marked here", &LEADS), None);
    }

    #[test]
    fn what_hides_is_shown_and_what_joins_stays() {
        assert_eq!(
            plain_text("a\u{202e}b\u{200b}c\u{feff}d\u{2066}e"),
            "a\u{fffd}b\u{fffd}c\u{fffd}d\u{fffd}e"
        );
        assert_eq!(plain_text("👩\u{200d}💻"), "👩\u{200d}💻");
    }

    #[test]
    fn commands_are_taken_apart() {
        for (text, safe) in [
            ("::error::x\n  ::add-mask::y", ": :error::x\n  : :add-mask::y"),
            ("1  ::a\n", "1  ::a\n"),
            ("a ##[set-env]b", "a ## [set-env]b"),
        ] {
            assert_eq!(without_commands(text), safe);
        }
    }
}
