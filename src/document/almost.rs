//! Lines that were meant as steps and are none, and what would make steps of them.
//!
//! Promised: a mend that is called certain gives the item that was meant. Nothing else changes but that
//! what is indented below belongs to the item then.

use super::boxes::{almost_in_item, almost_in_line, escaped, length_of_almost, meant_mark};
use super::braces::Lines;
use super::messages;
use crate::diagnostic::Diagnostic;
use crate::source::{SourceId, Span};

/// What is said of the lines that were meant as items: all of an ordinary paragraph, and of an item all
/// but the first. `has_words` says whether plain words stand at a byte.
pub(super) fn items(
    paragraph: &Lines<'_>,
    in_item: bool,
    mut has_words: impl FnMut(usize) -> bool,
) -> Vec<Diagnostic> {
    let Lines { source, text, lines, .. } = paragraph;
    let Some(first) = lines.first() else { return Vec::new() };
    let mut found = Vec::new();
    let mut numbered_before = None;
    for (index, range) in lines.iter().enumerate().skip(usize::from(in_item)) {
        let line = &text[range.clone()];
        // In a paragraph of text `[?]` may be a word.
        let is_question = in_item && line.starts_with("[?] ");
        if !((is_question || almost_in_line(line)) && has_words(range.start)) {
            numbered_before = None;
            continue;
        }
        let meant = MeantItem {
            before: before(text, range.start),
            before_first: without_box(before(text, first.start)),
            line,
            next: lines.get(index + 1).map(|next| &text[next.clone()]),
            in_item,
            numbered_before,
        };
        let certain = meant.is_certain();
        let is_numbered = line.starts_with(|c: char| c.is_ascii_digit() || c == '(');
        numbered_before = (certain && is_numbered).then_some(meant.before.len());
        let length = line.find(']').map_or(1, |at| at + 1);
        let span = Span::new(*source, range.start..range.start + length);
        found.push(messages::almost_an_item(span, line, certain));
    }
    found
}

/// What is said of an item whose words, from this byte on, were meant to begin with a box.
pub(super) fn in_item(source: SourceId, text: &str, start: usize) -> Option<Diagnostic> {
    let here = &text[start..];
    let beside_marker = is_beside_marker(text, start);
    if almost_in_item(here) {
        let span = Span::new(source, start..start + length_of_almost(here));
        return Some(messages::almost_a_box(span, here, beside_marker));
    }
    let start = start.checked_sub(1).filter(|before| text[*before..].starts_with('\\'))?;
    let (length, mended) = escaped(&text[start..])?;
    let span = Span::new(source, start..start + length);
    Some(messages::escaped_box(span, &text[start..start + length], mended))
}

/// The box that an item's text was meant to begin with: how many bytes go, and what comes. Nothing when
/// no words follow.
pub(super) fn mended_in_item(text: &str) -> Option<(usize, String)> {
    let length = length_of_almost(text);
    let rest = text[length..].lines().next().unwrap_or("");
    let space = if rest.starts_with(char::is_whitespace) { "" } else { " " };
    (!rest.trim().is_empty()).then(|| (length, format!("[{}]{space}", mark_in(text))))
}

/// The marker and box that a line was meant to begin with: how many bytes go, and what comes.
pub(super) fn mended_in_line(line: &str) -> Option<(usize, String)> {
    let open = line.find('[')?;
    let close = line.find(']')?;
    let marker = line[..open].trim();
    let in_brackets = marker.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let is_markdown = marker.ends_with(['-', '*', '+', '.', ')']);
    let marker = match in_brackets {
        Some(number) => format!("{number}."),
        None if is_markdown => marker.to_owned(),
        None => "-".to_owned(),
    };
    let is_in_order = line.starts_with(&format!("{marker} [{}]", mark_in(&line[open..])));
    let has_words = !line[close + 1..].trim().is_empty() && !is_in_order;
    has_words.then(|| (close + 1, format!("{marker} [{}]", mark_in(&line[open..]))))
}

/// The mark between the brackets with which a text begins.
fn mark_in(text: &str) -> &str {
    meant_mark(inside(text)).map_or(" ", |(mark, _)| mark)
}

/// Whether nothing else can be meant by what stands between the brackets with which a text begins.
pub(super) fn is_certain_mark(text: &str) -> bool {
    meant_mark(inside(text)).is_some_and(|(_, certain)| certain)
}

fn inside(text: &str) -> &str {
    text.trim_start_matches('[').split(']').next().unwrap_or("")
}

/// Whether the words of an item begin on the line of its marker.
fn is_beside_marker(text: &str, start: usize) -> bool {
    before(text, start).trim_end().ends_with(['-', '*', '+', '.', ')'])
}

/// What stands before the words of an item without its box.
pub(super) fn without_box(before: &str) -> &str {
    before.find('[').map_or(before, |open| &before[..open])
}

/// What stands on its line before a byte.
pub(super) fn before(text: &str, at: usize) -> &str {
    let start = text[..at].rfind(['\n', '\r']).map_or(0, |end| end + 1);
    &text[start..at]
}

/// A line of a paragraph that was meant as an item.
struct MeantItem<'a> {
    /// What stands before it on its line: white space, or the marks of quotes.
    before: &'a str,
    /// What stands before the first line of its paragraph.
    before_first: &'a str,
    /// The line from there on.
    line: &'a str,
    /// The next line of the paragraph.
    next: Option<&'a str>,
    /// Whether the paragraph is the first one of an item.
    in_item: bool,
    /// Where the line before it begins, when it becomes an item of a numbered list.
    numbered_before: Option<usize>,
}

impl MeantItem<'_> {
    /// Whether it becomes an item, and nothing else changes, when its marker and box are mended.
    fn is_certain(&self) -> bool {
        let is_first = self.before.as_ptr() == self.before_first.as_ptr();
        let begins_one = is_first || (self.can_stand_here() && self.can_interrupt());
        // Without a marker, the words of the next line would become words of its title.
        let has_marker = !self.line.starts_with('[');
        begins_one && (has_marker || self.next.is_none_or(almost_in_line))
    }

    /// Whether an item may begin at its column, and leaves what follows where it is: at the margin, beside
    /// the paragraph or item around it, or inside that.
    fn can_stand_here(&self) -> bool {
        let column = self.before.len();
        let blank = self.before.bytes().all(|byte| byte == b' ');
        let spaces = self.before_first.len() - self.before_first.trim_start_matches(' ').len();
        let content = self.before_first.len();
        let inside = self.in_item && (content..=content + 3).contains(&column);
        let quoted = self.before_first.contains('>');
        self.before == self.before_first
            || (blank && (column == 0 || (!quoted && (column == spaces || inside))))
    }

    /// In the middle of a paragraph a numbered list begins with 1 only.
    fn can_interrupt(&self) -> bool {
        let line = self.line.strip_prefix('(').unwrap_or(self.line);
        let number: String = line.chars().take_while(char::is_ascii_digit).collect();
        let beside = self.in_item && self.before.len() < self.before_first.len();
        number.is_empty() || number == "1" || beside || self.numbered_before == Some(self.before.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_and_lines_are_mended() {
        let item = |text| mended_in_item(text).map(|(_, mended)| mended);
        assert_eq!(item("[] x").as_deref(), Some("[ ]"));
        assert_eq!(item("[ x] y").as_deref(), Some("[x]"));
        assert_eq!(item("[x]y").as_deref(), Some("[x] "));
        assert_eq!(item("[]"), None);
        let line = |text| mended_in_line(text);
        assert_eq!(line("-[ ] x"), Some((4, "- [ ]".to_owned())));
        assert_eq!(line("(2) [ ] x"), Some((7, "2. [ ]".to_owned())));
        assert_eq!(line("2.\u{a0}[ ] x"), Some((7, "2. [ ]".to_owned())));
        assert_eq!(line("12.[X] y"), Some((6, "12. [X]".to_owned())));
        assert_eq!(line("• [ ] x"), Some((7, "- [ ]".to_owned())));
        assert_eq!(line("[] x"), Some((2, "- [ ]".to_owned())));
    }
}
