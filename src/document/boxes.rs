//! What is a box at the start of an item, and what only looks like one.

use super::Mark;

/// The box with which the text of an item begins, besides those that every Markdown parser knows.
pub(super) fn extra_mark(text: &str) -> Option<Mark> {
    let mark = match text.as_bytes().get(..3)? {
        b"[?]" => Mark::Question,
        b"[/]" => Mark::Active,
        b"[-]" | b"[~]" => Mark::Dropped,
        _ => return None,
    };
    text[3..].chars().next().is_none_or(char::is_whitespace).then_some(mark)
}

/// What people put between the brackets for «done», and no Markdown program knows.
const DONE: [&str; 6] = ["✅", "✓", "✔", "✔\u{fe0f}", "☑", "☑\u{fe0f}"];
/// The same for much else.
const OTHER: [&str; 9] = ["❌", "✗", "✘", "❎", "!", ">", "<", "N/A", "n/a"];

/// The mark that was meant by what stands between brackets, and whether that is certain.
pub(super) fn meant_mark(inside: &str) -> Option<(&str, bool)> {
    match inside.trim() {
        marks if marks.len() > 1 && marks.bytes().all(|byte| byte == b'?') => Some(("?", true)),
        "" => Some((" ", true)),
        mark @ ("x" | "X" | "?" | "/" | "-" | "~") => Some((mark, true)),
        sign if DONE.contains(&sign) => Some(("x", true)),
        "N/A" | "n/a" => Some(("-", false)),
        sign if OTHER.contains(&sign) => Some((" ", false)),
        _ => None,
    }
}

/// Whether the text of an item begins with something that was meant as a box: `[]`, `[  ]`, `[ x]`,
/// `[ ]x`, `[✓]`, `[?]x`, `[?]:`.
pub(super) fn almost_in_item(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('[') else { return false };
    // A box is a few bytes long; a bracket that closes later is a link or a word.
    let Some(close) = rest.bytes().take(8).position(|byte| byte == b']') else { return false };
    let inside = &rest[..close];
    let after = rest[close + 1..].chars().next();
    let stands_alone = after.is_none_or(char::is_whitespace);
    let valid = matches!(inside, " " | "x" | "X" | "?" | "/" | "-" | "~");
    let meant = meant_mark(inside).is_some();
    if valid {
        let glued = after.is_some_and(|c| c.is_alphanumeric() || c == '*' || c == '`');
        let has_colon = inside == "?" && rest[close + 1..].starts_with(": ");
        let other_space = after.is_some_and(is_other_space);
        has_colon
            || (glued && matches!(inside, " " | "x" | "X" | "?"))
            || (other_space && matches!(inside, " " | "x" | "X"))
    } else {
        meant && stands_alone
    }
}

/// How long that is with which such a text begins.
pub(super) fn length_of_almost(text: &str) -> usize {
    let line = text.lines().next().unwrap_or("");
    let Some(close) = line.find(']') else { return 1 };
    let behind = line[close + 1..].chars().next().filter(|c| *c == ':' || is_other_space(*c));
    close + 1 + behind.map_or(0, char::len_utf8)
}

/// A box whose brackets are both escaped, as programs write it that turn a page into Markdown: its length, and the box.
pub(super) fn escaped(text: &str) -> Option<(usize, &'static str)> {
    let (mark, rest) =
        [(" ", "[ ]"), ("x", "[x]"), ("X", "[x]"), ("", "[ ]")].iter().find_map(|(mark, mended)| {
            let rest = text.strip_prefix("\\[")?.strip_prefix(mark)?.strip_prefix("\\]")?;
            Some((*mended, rest))
        })?;
    let words = rest.lines().next().unwrap_or("");
    (words.starts_with([' ', '\t']) && !words.trim().is_empty()).then(|| (text.len() - rest.len(), mark))
}

/// White space that parts no words for Markdown, such as one at which no line may end.
pub(super) fn is_other_space(c: char) -> bool {
    (c.is_whitespace() && !c.is_ascii()) || matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// The signs of lists in other programs.
const BULLETS: [char; 13] = ['•', '–', '—', '·', '‣', '◦', '▪', '●', '○', '■', '□', '►', '∙'];

/// What stands behind the marker with which a line begins: one of Markdown, or of another program.
fn behind_marker(line: &str) -> Option<&str> {
    let first = line.chars().next()?;
    if BULLETS.contains(&first) {
        return Some(&line[first.len_utf8()..]);
    }
    match first {
        '-' | '*' | '+' => Some(&line[1..]),
        '(' => behind_number(&line[1..])?.strip_prefix(')'),
        '0'..='9' => behind_number(line)?.strip_prefix(['.', ')']),
        '[' => Some(line),
        _ => None,
    }
}

/// What stands behind a number that a list may have.
fn behind_number(line: &str) -> Option<&str> {
    let digits = line.bytes().take(10).take_while(u8::is_ascii_digit).count();
    (1..10).contains(&digits).then(|| &line[digits..])
}

/// Whether a line of a paragraph was meant as an item with a box: `-[ ] x`, `1.[ ] x`, `[ ] x`,
/// `• [ ] x`, `(2) [ ] x`.
pub(super) fn almost_in_line(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '\t']);
    let Some(after_marker) = behind_marker(line) else { return false };
    // Beside a marker in order: too far to the right for an item, or behind text where none may begin.
    let after_marker = after_marker.trim_start_matches(|c: char| c.is_whitespace());
    let inside = after_marker.get(..3);
    let boxed = matches!(inside, Some("[ ]" | "[x]" | "[X]" | "[?]"))
        && after_marker[3..].starts_with(char::is_whitespace);
    boxed && !(line.starts_with('[') && inside == Some("[?]"))
        || (!line.starts_with('[') && after_marker.starts_with("[] "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_of_ours() {
        assert_eq!(extra_mark("[?] who"), Some(Mark::Question));
        assert_eq!(extra_mark("[~]"), Some(Mark::Dropped));
        assert_eq!(extra_mark("[-]x"), None);
        assert_eq!(extra_mark("[ä"), None);
    }

    #[test]
    fn what_was_meant_as_a_box() {
        for text in ["[] x", "[  ] x", "[ x] y", "[x ] y", "[ ]x", "[x]y", "[✓] x", "[N/A] x", "[!] x"] {
            assert!(almost_in_item(text), "{text}");
        }
        for text in ["[ ]\u{a0}x", "[?]who", "[?]: who", "[??] who"] {
            assert!(almost_in_item(text), "{text}");
        }
        for text in [
            "[?] x",
            "[?](url)",
            "[?]:x",
            "[ ] x",
            "[x](url)",
            "[x][ref]",
            "[RC] x",
            "[1] x",
            "[link](x)",
            "[x]: y",
        ] {
            assert!(!almost_in_item(text), "{text}");
        }
        for line in ["(2) [ ] x", "2)[ ] x", "2.\u{a0}[ ] x", "-\u{a0}[x] y", "▪ [ ] x"] {
            assert!(almost_in_line(line), "{line}");
        }
        for line in ["-[ ] x", "*[x] y", "1.[ ] z", "[ ] x", "• [ ] x", "-[] x", "1. [ ] x"] {
            assert!(almost_in_line(line), "{line}");
        }
        for line in [
            "(2) x",
            "() [ ] x",
            "(a) [ ] x",
            "- x",
            "[x](y)",
            "Type: [ ] Patch",
            "-5",
            "*[x]*",
            "2026",
            "[] x",
        ] {
            assert!(!almost_in_line(line), "{line}");
        }
    }
}
