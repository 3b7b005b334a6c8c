//! Steps that Markdown takes for code, a comment or HTML, and details that stand beside their step instead of under it.
//!
//! Promised: what was meant as text stays silent. A closed comment and a closed block of code may hold any box; such a
//! block is reported only where another one begins in it, behind a box. One pass over the blocks, and one over each
//! piece of code or HTML.

use std::ops::Range;

use super::{Block, BlockId, BlockKind, Piece, Shape, messages};
use crate::diagnostic::Diagnostic;
use crate::source::{SourceId, Span};

/// What holds no blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Raw {
    /// Code between fences.
    Fenced,
    /// Code by its indentation.
    Indented,
    /// HTML, or a comment.
    Html,
}

/// HTML in which everything is meant to be text.
const VERBATIM: [&str; 4] = ["<pre", "<script", "<style", "<textarea"];

/// What is said of a piece of code or HTML with boxes in it.
pub(super) fn in_raw(kind: Raw, source: SourceId, text: &str, range: Range<usize>) -> Option<Diagnostic> {
    let place = |range: &Range<usize>| Span::new(source, range.clone());
    let mut boxes = boxes(text, &range).peekable();
    let Some(first) = boxes.peek().cloned() else {
        let html = &text[range.clone()];
        let is_text = kind != Raw::Html || is_verbatim(html) || html.trim_start().starts_with("<!--");
        if is_text {
            return None;
        }
        let (found, words) = lines(text, range).find_map(|line| behind_tags(text, line))?;
        return Some(messages::box_behind_a_tag(place(&found), words));
    };
    match kind {
        Raw::Fenced => {
            let fence = Fence::of(text, &range)?;
            if fence.closes(text, &range) && !fence.reopens(text, first.end..range.end) {
                return None;
            }
            Some(messages::steps_in_code(place(&fence.opening), place(&first), boxes.count()))
        }
        Raw::Indented => Some(messages::box_as_code(place(&first))),
        Raw::Html => {
            let html = &text[range.clone()];
            let begins = html.trim_start_matches([' ', '\t', '>']);
            if begins.starts_with("<!--") {
                let start = range.start + html.len() - begins.len();
                let is_open = !begins.contains("-->");
                is_open.then(|| {
                    messages::steps_in_comment(place(&(start..start + 4)), place(&first), boxes.count())
                })
            } else {
                (!is_verbatim(html)).then(|| messages::box_in_html(place(&first)))
            }
        }
    }
}

fn is_verbatim(html: &str) -> bool {
    let begins = html.trim_start_matches([' ', '\t', '>']);
    let is = |tag: &&str| begins.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag));
    VERBATIM.iter().any(is)
}

/// The box with which the words of a line of HTML begin, right behind its tags, and the words behind that.
fn behind_tags(text: &str, line: Range<usize>) -> Option<(Range<usize>, &str)> {
    let mut rest = text[line.clone()].trim_start();
    let all = rest.len();
    while let Some(tag) = rest.strip_prefix('<').filter(|tag| !tag.starts_with('!')) {
        rest = tag.split_once('>')?.1.trim_start();
    }
    let words = ["[ ] ", "[x] ", "[X] "].iter().find_map(|one| rest.strip_prefix(one))?;
    let words = words.split('<').next().unwrap_or("").trim();
    let start = line.end - rest.len();
    (rest.len() < all && !words.is_empty()).then(|| (start..start + 3, words))
}

/// The boxes at the beginnings of lines, from their markers on.
fn boxes<'a>(text: &'a str, range: &Range<usize>) -> impl Iterator<Item = Range<usize>> + use<'a> {
    lines(text, range.clone()).filter_map(|line| {
        let words = text[line.clone()].trim_start_matches([' ', '\t', '>']);
        let start = line.end - words.len();
        length_of_box(words).map(|length| start..start + length)
    })
}

/// How long the marker and box are with which a line begins, when words follow.
fn length_of_box(line: &str) -> Option<usize> {
    let digits = line.bytes().take(10).take_while(u8::is_ascii_digit).count();
    let is_marker = |byte: &u8| if digits > 0 { matches!(byte, b'.' | b')') } else { b"-*+".contains(byte) };
    line.as_bytes().get(digits).filter(|byte| is_marker(byte))?;
    let rest = line[digits + 1..].trim_start_matches(' ');
    let is_box = ["[ ] ", "[x] ", "[X] ", "[?] "].iter().any(|one| rest.starts_with(one));
    (is_box && digits < 10 && rest.len() < line.len() - digits - 1 && !rest[4..].trim().is_empty())
        .then(|| line.len() - rest.len() + 3)
}

/// The lines of a part of a text, without their ends.
fn lines(text: &str, part: Range<usize>) -> impl Iterator<Item = Range<usize>> + use<'_> {
    let mut at = part.start;
    text[part].split_inclusive(['\n', '\r']).map(move |line| {
        let start = at;
        at += line.len();
        start..start + line.trim_end().len()
    })
}

/// What a block of code begins with.
struct Fence<'a> {
    opening: Range<usize>,
    marks: &'a str,
}

impl<'a> Fence<'a> {
    fn of(text: &'a str, range: &Range<usize>) -> Option<Self> {
        let line = lines(text, range.clone()).next()?;
        let marks = marks(&text[line.clone()])?;
        let start = line.end - text[line.clone()].trim_start().len();
        Some(Self { opening: start..start + marks.len(), marks })
    }

    /// Whether it ends with such a line.
    fn closes(&self, text: &str, range: &Range<usize>) -> bool {
        let last = lines(text, range.clone()).filter(|line| !line.is_empty()).last();
        last.filter(|line| line.start > self.opening.start).is_some_and(|line| {
            let line = text[line].trim_start_matches([' ', '\t', '>']);
            marks(line) == Some(line) && line.starts_with(self.marks)
        })
    }

    /// Whether another block of code begins in a part of it, by a line that can't close one.
    fn reopens(&self, text: &str, part: Range<usize>) -> bool {
        lines(text, part).any(|line| {
            let line = text[line].trim_start_matches([' ', '\t', '>']);
            marks(line).is_some_and(|marks| marks == self.marks && marks.len() < line.len())
        })
    }
}

/// The backticks or tildes of a fence with which a line begins.
pub(super) fn marks(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let mark = line.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
    let length = line.len() - line.trim_start_matches(mark).len();
    let is_fence = length >= 3 && (mark == '~' || !line[length..].contains('`'));
    is_fence.then(|| &line[..length])
}

/// What is said of details that are indented, and stand beside the step above them.
pub(super) fn beside_steps(source: SourceId, text: &str, blocks: &mut [Block]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for index in 0..blocks.len() {
        let Block { kind: BlockKind::List { .. }, parent, end, .. } = blocks[index] else { continue };
        let is_beside = |block: &Block| block.parent == parent;
        if !blocks.get(end.index()).is_some_and(is_beside) {
            continue;
        }
        let Some(step) = last_item(blocks, index).filter(|item| item.has_box()) else { continue };
        let Some(columns) = between(text, step.span) else { continue };
        let step = step.span;
        let mut next = end;
        let mut region: Option<Range<usize>> = None;
        while let Some(block) = blocks.get(next.index()).filter(|block| is_beside(block)) {
            let is_prose = matches!(block.kind, BlockKind::Prose(_));
            let line = whole_lines(text, block.span);
            let first = text[line.clone()].lines().next().unwrap_or("");
            let is_indented = is_code(block) && marks(first).is_none();
            let column = text[line.clone()].len() - text[line.clone()].trim_start_matches(' ').len();
            // A paragraph that is one space further right is hardly meant to be under anything.
            if matches!(block.kind, BlockKind::Heading(_))
                || is_indented
                || !columns.contains(&column)
                || (is_prose && column == columns.start)
            {
                break;
            }
            region = Some(region.map_or(line.start, |region| region.start)..line.end);
            next = block.end.max(BlockId::new(next.index() + 1));
        }
        if let Some(region) = region {
            let first = text[region.clone()].split(['\n', '\r']).next().unwrap_or("").trim_end();
            let column = first.len() - first.trim_start_matches(' ').len();
            let place = Span::new(source, region.start + column..region.start + first.len());
            let said = messages::beside_its_step(place, step, column, columns.end);
            for block in &mut blocks[end.index()..next.index()] {
                if let BlockKind::Item(item) = &mut block.kind {
                    item.almost = true;
                }
            }
            found.push(indented(said, source, text, region, columns.end - column));
        }
    }
    found
}

fn is_code(block: &Block) -> bool {
    let BlockKind::Prose(prose) = &block.kind else { return false };
    matches!(prose.pieces.first(), Some(Piece::Open(Shape::CodeBlock { .. })))
}

/// The last of the items right inside a list.
fn last_item(blocks: &[Block], list: usize) -> Option<&Block> {
    let end = blocks[list].end.index();
    let mut at = list + 1;
    loop {
        let item = blocks.get(at).filter(|_| at < end)?;
        if item.end.index() >= end {
            return Some(item);
        }
        at = item.end.index().max(at + 1);
    }
}

/// The columns that are right of an item's marker and left of its words; nothing where something else than spaces
/// stands before it.
fn between(text: &str, item: Span) -> Option<Range<usize>> {
    let line = whole_lines(text, item).start;
    let before = &text[line..item.start()];
    let words = &text[item.range()];
    let marker = words.find(|c: char| !c.is_ascii_digit()).unwrap_or(0) + 1;
    let spaces = words.get(marker..)?.bytes().take_while(|byte| *byte == b' ').count();
    let spaces = if (1..=4).contains(&spaces) { spaces } else { 1 };
    let column = before.len();
    before.bytes().all(|byte| byte == b' ').then(|| column + 1..column + marker + spaces)
}

/// From the beginning of the line on which a place begins to its end.
fn whole_lines(text: &str, span: Span) -> Range<usize> {
    let start = text[..span.start()].rfind(['\n', '\r']).map_or(0, |end| end + 1);
    start..span.end()
}

/// With as many spaces more in front of each line.
fn indented(
    said: Diagnostic,
    source: SourceId,
    text: &str,
    region: Range<usize>,
    spaces: usize,
) -> Diagnostic {
    let places: Vec<Range<usize>> = lines(text, region).filter(|line| !line.is_empty()).collect();
    if places.iter().any(|line| text[line.clone()].starts_with(['\t', '>'])) {
        return said;
    }
    places
        .into_iter()
        .fold(said, |said, line| said.edit(Span::new(source, line.start..line.start), "", " ".repeat(spaces)))
}
