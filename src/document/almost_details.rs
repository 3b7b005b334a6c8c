//! Details of a step, or of a question, that are no items of a list: `undo: …` on a line of its paragraph, or in a paragraph
//! below it.
//!
//! Promised: ordinary text stays silent, for the word must begin its line. A mend that is called certain gives the detail
//! that was meant, and takes in no other line.

use super::Mark;
use super::almost::{before, without_box};
use super::boxes::almost_in_line;
use super::braces::Lines;
use super::messages;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// What is said of the lines of a paragraph in an item with this box, or in a detail; of its first paragraph all but the
/// first line.
pub(super) fn in_paragraph(
    paragraph: &Lines<'_>,
    first_in_item: bool,
    mark: Option<Mark>,
) -> Vec<Diagnostic> {
    let Lines { source, text, lines, .. } = paragraph;
    let Some(first) = lines.first() else { return Vec::new() };
    let words: &[&'static str] = if mark == Some(Mark::Question) { &["answer"] } else { &["undo", "expect"] };
    // Beside a detail, not inside it, is where another one belongs.
    let in_detail = mark.is_none();
    if in_detail && !(first_in_item && detail_in_line(&text[first.clone()], words).is_some()) {
        return Vec::new();
    }
    let content = without_box(before(text, first.start));
    let mut found = Vec::new();
    for (index, range) in lines.iter().enumerate().skip(usize::from(first_in_item)) {
        let line = &text[range.clone()];
        let Some((word, length)) = detail_in_line(line, words) else { continue };
        let next = lines.get(index + 1).map(|next| &text[next.clone()]);
        let is_last = next.is_none_or(|next| detail_in_line(next, words).is_some() || almost_in_line(next));
        let mend = mend(before(text, range.start), content).filter(|_| is_last && !in_detail);
        let span = Span::new(*source, range.start..range.start + length);
        found.push(messages::detail_without_dash(span, line, word, mend));
    }
    found
}

/// Whether an item begins as an `undo:` does, which takes braces.
pub(super) fn is_undo(text: &str) -> bool {
    text.get(..5).is_some_and(|begin| begin.eq_ignore_ascii_case("undo:"))
}

/// The word of a detail with which a line begins, maybe in bold letters, and how much of the line it is with its colon.
fn detail_in_line(line: &str, words: &[&'static str]) -> Option<(&'static str, usize)> {
    let marks = |text: &str| text.len() - text.trim_start_matches(['*', '_']).len();
    let start = marks(line);
    let begins = |word: &&&str| {
        line.get(start..start + word.len()).is_some_and(|text| text.eq_ignore_ascii_case(word))
    };
    let word = words.iter().find(begins)?;
    let end = start + word.len();
    let colon = end + marks(&line[end..]);
    let behind = line[colon..].strip_prefix(':')?.trim_start_matches(['*', '_']);
    let is_whole = behind.starts_with([' ', '\t']) && !behind.trim().is_empty();
    is_whole.then_some((*word, colon + 1))
}

/// What makes an item below the words of its step of a line behind `before`, where those words begin behind `content`.
fn mend(before: &str, content: &str) -> Option<String> {
    let is_plain = content.bytes().all(|byte| byte.is_ascii() && !matches!(byte, b'\t' | b'>'));
    let column = before.len();
    let is_near = before.bytes().all(|byte| byte == b' ') && column <= content.len() + 3;
    (is_plain && is_near).then(|| format!("{}- ", " ".repeat(content.len().saturating_sub(column))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn details_are_told_from_text() {
        let found = |line| detail_in_line(line, &["undo", "expect"]);
        assert_eq!(found("undo: start it"), Some(("undo", 5)));
        assert_eq!(found("Expect: a light"), Some(("expect", 7)));
        assert_eq!(found("**undo:** start it"), Some(("undo", 7)));
        for line in ["undo it: now", "undo", "undo:", "undo:start", "undoes: x", "und", "ünd", "answer: x"] {
            assert_eq!(found(line), None, "{line}");
        }
        assert_eq!(mend("", "   ").as_deref(), Some("   - "));
        assert_eq!(mend("    ", "   ").as_deref(), Some("- "));
        assert_eq!(mend("> ", "> - "), None);
    }
}
