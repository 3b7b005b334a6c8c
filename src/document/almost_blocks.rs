//! Headings without a space behind their `#`, and steps in the rows of a table: text to every Markdown program, and
//! meant as phases and steps.
//!
//! Promised: ordinary text stays silent. `#hashtag` and `#42` are words; a row counts when its first cell is a box with
//! words behind it, or a box alone and another cell names an owner or a length. Of the rows that stand together the
//! first is reported.

use std::ops::Range;

use super::braces::{Braces, Lines, is_duration_like};
use super::messages;
use super::{Piece, Prose, Shape};
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// The deepest heading that there is.
const MOST_SIGNS: usize = 6;

/// What is said of the lines of a paragraph; of an item all but the first. `has_words` says whether plain words stand at
/// a byte.
pub(super) fn in_paragraph(
    paragraph: &Lines<'_>,
    in_item: bool,
    mut has_words: impl FnMut(usize) -> bool,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut row_before = false;
    for range in paragraph.lines.iter().skip(usize::from(in_item)) {
        let line = &paragraph.text[range.clone()];
        let escaped = paragraph.text[..range.start].ends_with('\\');
        let is_candidate = line.starts_with(['#', '|']) && !escaped && has_words(range.start);
        if !is_candidate {
            row_before = false;
            continue;
        }
        let row = if row_before { None } else { step_in_row(line) };
        row_before |= row.is_some();
        if let Some((at, length, item)) = row {
            let start = range.start + at;
            found.push(messages::box_in_a_table(Span::new(paragraph.source, start..start + length), &item));
        } else if let Some(signs) = signs_of_heading(line)
            && (signs > 1 || ends_with_attributes(paragraph, range))
        {
            let span = Span::new(paragraph.source, range.start..range.start + signs);
            found.push(messages::almost_a_heading(span, line, signs));
        }
    }
    found
}

/// What is said of attributes at the end of a paragraph that stands in nothing: below a heading, or in bold letters as
/// one. An id alone may be another program's.
pub(super) fn attributes_of_paragraph(paragraph: &Lines<'_>) -> Option<Diagnostic> {
    let is_strong =
        |braces: &Braces| braces.words.iter().any(|word| word.text.starts_with('@') || word.key().is_some());
    let found = paragraph.find().at_ends.into_iter().map(|found| found.braces).find(is_strong)?;
    Some(messages::attributes_on_text(found.span))
}

/// What is said of a table, when a row of it is a step.
pub(super) fn in_table(text: &str, leaf: &Prose) -> Option<Diagnostic> {
    if !matches!(leaf.pieces.first(), Some(Piece::Open(Shape::Table(_)))) {
        return None;
    }
    let is_row = |piece: &Piece| matches!(piece, Piece::Open(Shape::TableRow | Shape::TableHead));
    leaf.pieces.windows(3).find_map(|pieces| {
        let [row, Piece::Open(Shape::TableCell), Piece::Text(words)] = pieces else { return None };
        let start = words.span.start();
        if !is_row(row) || !words.text.starts_with('[') || text[..start].ends_with('\\') {
            return None;
        }
        let rest = text[start..].lines().next().unwrap_or("");
        let (_, length, item) = step_in_row(&format!("|{rest}"))?;
        Some(messages::box_in_a_table(words.span.part(0..length), &item))
    })
}

/// How many `#` a line begins with, when a title follows without a space.
fn signs_of_heading(line: &str) -> Option<usize> {
    let signs = line.bytes().take_while(|&byte| byte == b'#').count();
    let is_glued = line[signs..].starts_with(char::is_alphanumeric);
    ((1..=MOST_SIGNS).contains(&signs) && is_glued).then_some(signs)
}

/// Whether a line of a paragraph has attributes at its end.
fn ends_with_attributes(paragraph: &Lines<'_>, range: &Range<usize>) -> bool {
    let first = paragraph.opaque.partition_point(|one| one.end <= range.start);
    let opaque = paragraph.opaque[first..].iter().take_while(|one| one.start < range.end);
    let line = Lines {
        source: paragraph.source,
        text: paragraph.text,
        lines: vec![range.clone()],
        opaque: opaque.cloned().collect(),
        heading: true,
    };
    !line.find().at_ends.is_empty()
}

/// Of a row whose first cell is a box with words behind it: where the box stands, how long it is, and the item that was
/// meant, with those of the other cells that are attributes.
fn step_in_row(line: &str) -> Option<(usize, usize, String)> {
    let mut cells = line.strip_prefix('|')?.split('|');
    let first = cells.next()?;
    let at = 1 + first.len() - first.trim_start().len();
    let first = first.trim();
    let mark = first.get(..3).filter(|mark| matches!(*mark, "[ ]" | "[x]" | "[X]"))?;
    let cells: Vec<&str> = cells.map(str::trim).collect();
    let attributes: Vec<&str> = cells.iter().flat_map(|cell| words_of(cell)).filter(is_attribute).collect();
    let words = match first[3..].trim() {
        // A box in a column of its own stands for a step where somebody does it, or where it takes a time.
        "" if !attributes.is_empty() => {
            cells.iter().find(|cell| words_of(cell).any(|word| !is_attribute(&word)))?
        }
        words if !words.is_empty() && first[3..].starts_with([' ', '\t']) => words,
        _ => return None,
    };
    let braces = if attributes.is_empty() { String::new() } else { format!(" {{{}}}", attributes.join(" ")) };
    Some((at, mark.len(), format!("- {mark} {words}{braces}")))
}

fn words_of(cell: &str) -> impl Iterator<Item = &str> {
    cell.split_whitespace().map(|word| word.trim_end_matches(','))
}

fn is_attribute(word: &&str) -> bool {
    is_handle(word) || is_duration_like(word)
}

fn is_handle(word: &str) -> bool {
    word.strip_prefix('@').is_some_and(|name| name.starts_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_headings_are_told_from_text() {
        let item = |line| step_in_row(line).map(|(_, _, item)| item);
        assert_eq!(item("| [ ] Go | @ana, @raj | 5m |").as_deref(), Some("- [ ] Go {@ana @raj 5m}"));
        assert_eq!(item("|[x] Go|today|").as_deref(), Some("- [x] Go"));
        assert_eq!(item("| [ ] | 5m | Go on | @ana |").as_deref(), Some("- [ ] Go on {5m @ana}"));
        for line in [
            "| [ ] | to do |",
            "| [ ] | @ana |",
            "| Go | [ ] |",
            "[ ] Go | 5m",
            "| [x](y) |",
            "| [ ]x |",
            "|",
        ] {
            assert_eq!(item(line), None, "{line}");
        }
        assert_eq!(signs_of_heading("##Open"), Some(2));
        for line in ["## Open", "##", "#!", "#######Open", "##-", "Open"] {
            assert_eq!(signs_of_heading(line), None, "{line}");
        }
    }
}
