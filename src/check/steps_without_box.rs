//! Steps that came from another program without their box, in a plan that has boxes: items that end with an owner and an
//! estimate, and rows of tables that have both in cells of their own.
//!
//! Promised: ordinary text stays silent. Details of steps and prose are not looked at, nor a table that says once more what
//! is a step or phase already; of each table one row is reported.

use std::collections::HashSet;
use std::ops::Range;

use super::tail::{Owners, Tail};
use super::{Places, Subject, messages};
use crate::diagnostic::{Diagnostic, Rule};
use crate::document::{Block, BlockId, BlockKind, Piece, Prose, Shape};
use crate::plan::meant_length;
use crate::source::Span;

pub(super) fn check(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let document = &subject.plan.document;
    let mut search = Search { subject, owners: None, nodes: None, titles: None, said: None };
    let mut found = Vec::new();
    for part in &document.parts {
        if document.blocks[part.blocks.clone()].iter().any(Block::has_box) {
            search.part(part.blocks.clone(), diagnostics, &mut found);
        }
    }
    diagnostics.append(&mut found);
}

/// What is looked up, as soon as there is something to look up.
struct Search<'s, 'a> {
    subject: &'s Subject<'a>,
    owners: Option<Owners<'a>>,
    /// The blocks that are groups and phases.
    nodes: Option<HashSet<BlockId>>,
    /// What steps, groups and phases are called, in small letters.
    titles: Option<HashSet<String>>,
    /// Where a line was said to be almost a step.
    said: Option<Places>,
}

impl Search<'_, '_> {
    fn part(&mut self, blocks: Range<usize>, diagnostics: &[Diagnostic], found: &mut Vec<Diagnostic>) {
        let document = &self.subject.plan.document;
        let mut next = blocks.start;
        while next < blocks.end {
            let (id, block) = (BlockId::new(next), &document.blocks[next]);
            next += 1;
            match &block.kind {
                BlockKind::Item(item) => {
                    if item.mark.is_none() && self.is_node(id) {
                        continue;
                    }
                    // What stands inside of an item that is text, or of a step, is no step.
                    next = block.end.index();
                    if item.mark.is_none() && item.braces.is_empty() && !item.almost && item.rest.is_empty() {
                        found.extend(self.item(block.span, &item.title));
                    }
                }
                BlockKind::Prose(prose) if is_table(prose) => {
                    let said = self.said.get_or_insert_with(|| Places::of(diagnostics, &[Rule::AlmostABox]));
                    if !said.any_in(block.span) {
                        found.extend(self.table(prose));
                    }
                }
                _ => {}
            }
        }
    }

    fn is_node(&mut self, id: BlockId) -> bool {
        let plan = self.subject.plan;
        let blocks = || plan.nodes.iter().filter_map(|node| node.block).collect();
        self.nodes.get_or_insert_with(blocks).contains(&id)
    }

    fn item(&mut self, place: Span, title: &Prose) -> Option<Diagnostic> {
        if !has_sign(title) {
            return None;
        }
        let text = title.plain();
        let tail = Tail::of(&text, self.owners());
        let words = text[..tail.before].trim_end_matches(|c: char| !c.is_alphanumeric());
        if !(tail.has_owner && tail.has_length) || words.is_empty() {
            return None;
        }
        let line = &self.subject.sources.get(place.source).text[place.range()];
        let marker = line.split_whitespace().next().unwrap_or("-");
        let meant = format!("{marker} [ ] {words} {}", tail.in_braces());
        Some(messages::step_without_box(place, &tail.meant.join(" "), &meant))
    }

    fn table(&mut self, prose: &Prose) -> Option<Diagnostic> {
        if !has_sign(prose) {
            return None;
        }
        let rows = rows(prose);
        let is_known = rows.iter().flatten().any(|cell| self.is_title(&cell.text));
        rows.iter().filter(|_| !is_known).find_map(|row| self.row(row))
    }

    fn row(&mut self, row: &[Cell]) -> Option<Diagnostic> {
        let owners = self.owners();
        let handles = |cell: &Cell| -> Option<String> {
            let words: Vec<&str> =
                cell.text.split_whitespace().map(|word| word.trim_end_matches(',')).collect();
            (!words.is_empty() && words.iter().all(|word| owners.has(word))).then(|| words.join(" "))
        };
        let length = |cell: &Cell| -> Option<String> {
            let words: Vec<&str> = cell.text.split_whitespace().collect();
            meant_length(&words).filter(|(_, count)| *count == words.len()).map(|(length, _)| length)
        };
        let (who, how_long) = (row.iter().find_map(handles)?, row.iter().find_map(length)?);
        let is_words = |cell: &&Cell| {
            cell.text.contains(char::is_alphabetic) && handles(cell).is_none() && length(cell).is_none()
        };
        let title = row.iter().find(is_words)?;
        let meant = format!("- [ ] {} {{{who} {how_long}}}", title.text);
        Some(messages::step_in_a_table(title.place?, &meant))
    }

    fn owners(&mut self) -> &Owners<'_> {
        let roster = &self.subject.plan.roster;
        self.owners.get_or_insert_with(|| Owners::of(roster))
    }

    fn is_title(&mut self, text: &str) -> bool {
        let plan = self.subject.plan;
        let titles = || plan.nodes.iter().map(|node| node.title.to_lowercase()).collect();
        !text.is_empty() && self.titles.get_or_insert_with(titles).contains(&text.to_lowercase())
    }
}

/// Whether it may name somebody.
fn has_sign(prose: &Prose) -> bool {
    prose.pieces.iter().any(|piece| matches!(piece, Piece::Text(run) if run.text.contains('@')))
}

fn is_table(prose: &Prose) -> bool {
    matches!(prose.pieces.first(), Some(Piece::Open(Shape::Table(_))))
}

/// A cell of a table.
struct Cell {
    text: String,
    place: Option<Span>,
}

/// The rows of a table below its head.
fn rows(table: &Prose) -> Vec<Vec<Cell>> {
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut cell: Option<Vec<Piece>> = None;
    let mut depth = 0;
    for piece in &table.pieces {
        match (piece, &mut cell) {
            (Piece::Open(Shape::TableRow), _) => rows.push(Vec::new()),
            (Piece::Open(Shape::TableCell), _) => (cell, depth) = (Some(Vec::new()), 0),
            (Piece::Close, Some(_)) if depth == 0 => {
                let prose = Prose { pieces: cell.take().unwrap_or_default().into() };
                if let Some(row) = rows.last_mut() {
                    row.push(Cell { text: prose.plain().trim().to_owned(), place: prose.first_span() });
                }
            }
            (piece, Some(pieces)) => {
                match piece {
                    Piece::Open(_) => depth += 1,
                    Piece::Close => depth -= 1,
                    _ => {}
                }
                pieces.push(piece.clone());
            }
            _ => {}
        }
    }
    rows
}
