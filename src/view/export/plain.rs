//! Prose as plain text of several lines, for cells, diaries and notes.
//!
//! What is emphasis on a page is nothing here; lists keep their marks, code its lines, links their targets.

use crate::document::{BlockId, BlockKind, Harmless, Mark, Piece, Prose, Shape};
use crate::plan::{Role, Step};
use crate::source::{acts, has_acting};
use crate::view::html::is_safe_link;
use crate::view::presenter::Presenter;

/// Lists inside lists are indented no further than this.
const DEEPEST: usize = 20;

/// Text without what acts in a terminal and without what no XML can hold.
pub(super) fn clean(text: &str) -> String {
    let no_xml = ['\u{fffe}', '\u{ffff}'];
    let bad = |c: char| acts(c) || no_xml.contains(&c);
    // Most texts are letters of ASCII, which can be looked at many at once.
    let odd = |byte: u8| u8::from(byte.wrapping_sub(0x20) >= 0x5f) & u8::from(byte != b'\n');
    let plain = text.bytes().fold(0, |found, byte| found | odd(byte)) == 0;
    // What no XML can hold begins with this byte, and little else does.
    let may_be_no_xml = || text.bytes().fold(0, |found, byte| found | u8::from(byte == 0xef)) != 0;
    if !plain && (has_acting(text) || (may_be_no_xml() && text.contains(no_xml))) {
        text.replace(bad, "\u{fffd}")
    } else {
        text.to_owned()
    }
}

impl Presenter<'_> {
    /// All that an item says besides its title; what has a place of its own (`expect:`, `undo:`) is left out.
    pub(super) fn details_text(&self, block: BlockId) -> String {
        let document = &self.plan().document;
        let mut lines = Lines::default();
        if let BlockKind::Item(item) = &document.block(block).kind {
            lines.text(&line(&item.rest), 0);
        }
        let end = document.block(block).end.index();
        let mut index = block.index() + 1;
        // The items that are open: where each ends.
        let mut open: Vec<usize> = Vec::new();
        while index < end {
            while open.pop_if(|end| *end <= index).is_some() {}
            let depth = open.len().min(DEEPEST);
            let inner = &document.blocks[index];
            if matches!(self.plan().roles[index], Some(Role::Expect | Role::Undo)) {
                index = inner.end.index();
                continue;
            }
            match &inner.kind {
                BlockKind::Item(item) => {
                    lines.text(&format!("{}{}", self.mark_of(index), line(&item.title)), depth);
                    lines.text(&line(&item.rest), depth + 1);
                    open.push(inner.end.index());
                }
                BlockKind::Prose(prose) => lines.prose(prose, depth),
                BlockKind::Heading(heading) => lines.text(&line(&heading.title), depth),
                BlockKind::List { .. } | BlockKind::Quote { .. } | BlockKind::Footnote { .. } => {}
            }
            index += 1;
        }
        clean(lines.0.trim_end())
    }

    /// What stands before an item: no sign with which a formula could begin.
    fn mark_of(&self, block: usize) -> &'static str {
        match self.plan().roles[block] {
            Some(Role::Tick(tick)) => match self.plan().ticks[tick.index()].mark {
                Mark::Done => "[x] ",
                Mark::Dropped => "[dropped] ",
                _ => "[ ] ",
            },
            Some(Role::Question(_)) => "? ",
            _ => "• ",
        }
    }

    /// What `expect:` and `undo:` items say, a line each.
    pub(super) fn plain_items<'b>(&self, blocks: impl Iterator<Item = &'b BlockId>) -> String {
        let lines: Vec<String> = blocks.map(|block| clean(&self.plain_after_word(*block))).collect();
        lines.join("\n")
    }

    /// How a step is taken back, a line each, with how long that takes and who does it.
    pub(super) fn plain_undos(&self, step: &Step) -> String {
        let lines: Vec<String> = step.undos.iter().map(|undo| clean(&self.undo_plain(undo))).collect();
        lines.join("\n")
    }
}

/// Lines that are put together.
#[derive(Default)]
struct Lines(String);

impl Lines {
    fn text(&mut self, text: &str, depth: usize) {
        if !text.is_empty() {
            text.lines().for_each(|line| self.line(line, depth));
        }
    }

    fn line(&mut self, line: &str, depth: usize) {
        self.0.extend(std::iter::repeat_n("  ", depth));
        self.0.push_str(line);
        self.0.push('\n');
    }

    fn prose(&mut self, prose: &Prose, depth: usize) {
        match prose.pieces.first() {
            Some(Piece::Open(Shape::CodeBlock { .. })) => {
                let code: String = prose.pieces.iter().filter_map(word).collect();
                code.lines().for_each(|line| self.line(line, depth));
            }
            Some(Piece::Open(Shape::Table(_))) => self.table(prose, depth),
            _ => self.text(&line(prose), depth),
        }
    }

    fn table(&mut self, prose: &Prose, depth: usize) {
        let mut row = String::new();
        for piece in &prose.pieces {
            match piece {
                Piece::Open(Shape::TableCell) if !row.is_empty() => row.push_str(" | "),
                Piece::Open(Shape::TableRow) => self.text(&std::mem::take(&mut row), depth),
                piece => row.extend(word(piece)),
            }
        }
        self.text(&row, depth);
    }
}

fn word(piece: &Piece) -> Option<&str> {
    match piece {
        Piece::Text(run) | Piece::Literal(run) | Piece::Code(run) => Some(&run.text),
        _ => None,
    }
}

/// A paragraph; a line that ends for readers ends here too, and a link is followed by where it leads.
fn line(prose: &Prose) -> String {
    let mut out = String::new();
    let mut open: Vec<Option<(&str, usize)>> = Vec::new();
    for piece in &prose.pieces {
        match piece {
            Piece::Text(_) | Piece::Literal(_) | Piece::Code(_) => out.extend(word(piece)),
            Piece::SoftBreak | Piece::Rule => out.push(' '),
            Piece::HardBreak | Piece::Tag { element: Harmless::Br, .. } => out.push('\n'),
            Piece::Open(Shape::Link { target }) => open.push(Some((target, out.len()))),
            Piece::Open(_) => open.push(None),
            Piece::Close => {
                if let Some((target, from)) = open.pop().flatten()
                    && is_safe_link(target)
                    && &out[from..] != target
                {
                    out.push_str(&format!(" ({target})"));
                }
            }
            Piece::Tag { .. } | Piece::FootnoteMark(_) => {}
        }
    }
    out.trim().to_owned()
}
