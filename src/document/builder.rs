//! Puts blocks together from what the parser says, one event at a time.
//!
//! Keeps the open blocks and the paragraph being read; titles, boxes and braces are cut out of an item's first at its end.

use std::ops::Range;

use super::braces::{Braces, Found, Lines};
use super::buffer::Buffer;
use super::{
    Block, BlockId, BlockKind, Heading, Item, Mark, Piece, Prose, Run, Shape, almost, almost_blocks,
    almost_details, boxes, html, messages,
};
use crate::diagnostic::Diagnostic;
use crate::source::{SourceId, Span};

pub(super) struct Builder<'a> {
    source: SourceId,
    text: &'a str,
    diagnostics: &'a mut Vec<Diagnostic>,
    blocks: Vec<Block>,
    /// The blocks that are open, outermost first.
    stack: Vec<BlockId>,
    buffer: Buffer,
    reading: Reading,
    /// The last item whose first paragraph has been read.
    titled: Option<BlockId>,
}

/// Plans have a block in so many bytes.
const A_BLOCK: usize = 40;
/// There is room ahead for no more blocks than this, whatever the text is.
const MOST_AHEAD: usize = 1 << 18;

/// Room for the blocks of so many bytes.
pub(super) fn room_for(bytes: usize) -> Vec<Block> {
    Vec::with_capacity((bytes / A_BLOCK).min(MOST_AHEAD))
}

/// What the buffer is being filled for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reading {
    Nothing,
    Paragraph,
    Heading(u8),
    Leaf,
}

impl<'a> Builder<'a> {
    /// For a part of so many bytes.
    pub(super) fn new(
        source: SourceId,
        text: &'a str,
        bytes: usize,
        diagnostics: &'a mut Vec<Diagnostic>,
    ) -> Self {
        Self {
            source,
            text,
            diagnostics,
            blocks: room_for(bytes),
            stack: Vec::new(),
            buffer: Buffer::default(),
            reading: Reading::Nothing,
            titled: None,
        }
    }

    pub(super) fn source(&self) -> SourceId {
        self.source
    }

    pub(super) fn finish(mut self) -> Vec<Block> {
        self.end_tight_paragraph();
        while !self.stack.is_empty() {
            self.close();
        }
        self.blocks
    }

    // Blocks that hold blocks.

    pub(super) fn open(&mut self, kind: BlockKind, range: Range<usize>) {
        self.end_tight_paragraph();
        let id = BlockId::new(self.blocks.len());
        let parent = self.stack.last().copied();
        let span = Span::new(self.source, range);
        self.blocks.push(Block { kind, span, parent, end: id });
        self.stack.push(id);
    }

    pub(super) fn open_item(&mut self, range: Range<usize>) {
        let item = Item {
            mark: None,
            title: Prose::default(),
            braces: Box::default(),
            texts: Box::default(),
            rest: Prose::default(),
            almost: false,
        };
        self.open(BlockKind::Item(item), self.first_line(range));
    }

    /// Items and headings stand where their first line stands; what is inside has places of its own.
    fn first_line(&self, range: Range<usize>) -> Range<usize> {
        let text = &self.text[range.clone()];
        let line = text.split('\n').next().unwrap_or("").split('\r').next().unwrap_or("").trim_end();
        let indent = line.len() - line.trim_start().len();
        range.start + indent..range.start + line.len()
    }

    pub(super) fn close(&mut self) {
        self.end_tight_paragraph();
        if let Some(id) = self.stack.pop() {
            self.blocks[id.index()].end = BlockId::new(self.blocks.len());
        }
    }

    /// The box of the item that has just begun.
    pub(super) fn mark(&mut self, mark: Mark, range: &Range<usize>) {
        if let Some(BlockKind::Item(item)) = self.innermost() {
            item.mark = Some(mark);
        }
        if self.reading == Reading::Nothing {
            self.reading = Reading::Paragraph;
        }
        debug_assert!(range.end <= self.text.len());
    }

    // Leaves.

    pub(super) fn open_paragraph(&mut self) {
        self.end_tight_paragraph();
        self.reading = Reading::Paragraph;
    }

    pub(super) fn open_heading(&mut self, level: u8) {
        self.end_tight_paragraph();
        self.reading = Reading::Heading(level);
    }

    pub(super) fn open_leaf(&mut self, shape: Shape, range: Range<usize>) {
        self.end_tight_paragraph();
        self.reading = Reading::Leaf;
        self.buffer.push(Piece::Open(shape), range);
    }

    pub(super) fn rule(&mut self, range: Range<usize>) {
        self.end_tight_paragraph();
        self.leaf(Prose { pieces: Box::new([Piece::Rule]) }, range);
    }

    pub(super) fn close_leaf(&mut self, range: Range<usize>) {
        self.buffer.push(Piece::Close, range.clone());
        let buffer = std::mem::take(&mut self.buffer);
        self.reading = Reading::Nothing;
        if self.is_comment_of_item(&range) {
            return;
        }
        let prose = buffer.into_prose();
        self.diagnostics.extend(almost_blocks::in_table(self.text, &prose));
        // A comment leaves nothing to read.
        if prose.pieces.len() > 2 || !matches!(prose.pieces.first(), Some(Piece::Open(Shape::Html))) {
            self.leaf(prose, range);
        }
    }

    /// An HTML comment on a line of its own right under an item's first paragraph may hold its
    /// attributes: the parser takes it for a block, people for the end of the paragraph.
    fn is_comment_of_item(&mut self, range: &Range<usize>) -> bool {
        let raw = self.text[range.clone()].trim_end();
        if !raw.starts_with("<!--") || !raw.ends_with("-->") {
            return false;
        }
        let first_child = self.stack.last().is_some_and(|id| id.index() + 1 == self.blocks.len());
        let range = range.start..range.start + raw.len();
        let lines = Lines {
            source: self.source,
            text: self.text,
            lines: vec![range.clone()],
            opaque: vec![range],
            heading: false,
        };
        let found = lines.find().at_ends;
        if !first_child || found.is_empty() {
            return false;
        }
        let braces = self.report(found);
        match self.innermost() {
            Some(BlockKind::Item(item)) => {
                item.braces = std::mem::take(&mut item.braces).into_iter().chain(braces).collect();
                true
            }
            _ => false,
        }
    }

    pub(super) fn close_paragraph(&mut self, range: Range<usize>) {
        let buffer = std::mem::take(&mut self.buffer);
        self.reading = Reading::Nothing;
        self.paragraph(buffer, range);
    }

    pub(super) fn close_heading(&mut self, range: Range<usize>) {
        let buffer = std::mem::take(&mut self.buffer);
        let Reading::Heading(level) = std::mem::replace(&mut self.reading, Reading::Nothing) else { return };
        if !self.stack.is_empty() {
            // A heading inside an item or a quote is part of what it says.
            self.leaf(buffer.into_shaped(Shape::Heading(level)), range);
            return;
        }
        let lines = buffer.lines(self.source, self.text, true);
        let found = self.at_ends(&lines);
        let to = found.first().map_or(usize::MAX, |one| one.hole.start);
        let title = buffer.cut(0, to, &[]);
        let braces = self.report(found);
        let id = BlockId::new(self.blocks.len());
        let span = Span::new(self.source, self.first_line(range));
        let (texts, braces) = (lines.texts(&braces).into(), braces.into());
        let kind = BlockKind::Heading(Heading { level, title, texts, braces });
        self.blocks.push(Block { kind, span, parent: None, end: BlockId::new(id.index() + 1) });
    }

    fn leaf(&mut self, prose: Prose, range: Range<usize>) {
        let id = BlockId::new(self.blocks.len());
        let parent = self.stack.last().copied();
        let span = Span::new(self.source, range);
        self.blocks.push(Block {
            kind: BlockKind::Prose(prose),
            span,
            parent,
            end: BlockId::new(id.index() + 1),
        });
    }

    // Inside a paragraph.

    pub(super) fn text(&mut self, words: &str, range: Range<usize>) {
        self.begin_tight_paragraph();
        let escaped = words.starts_with('{') && self.text[..range.start].ends_with('\\');
        let run = Run { text: words.to_owned(), span: Span::new(self.source, range.clone()) };
        if escaped && self.reading != Reading::Leaf {
            // The first brace alone: what follows it may hold variables of its own.
            let (brace, rest) = (run.span.part(0..1), run.span.part(1..run.span.len()));
            let exact = run.is_exact();
            self.buffer.push(Piece::Literal(Run { text: "{".to_owned(), span: brace }), brace.range());
            let span = if exact { rest } else { run.span };
            self.buffer.push_text(Run { text: words[1..].to_owned(), span });
        } else {
            self.buffer.push_text(run);
        }
    }

    pub(super) fn code(&mut self, code: &str, range: Range<usize>) {
        self.begin_tight_paragraph();
        let run = Run { text: code.to_owned(), span: Span::new(self.source, range.clone()) };
        self.buffer.push(Piece::Code(run), range);
    }

    pub(super) fn html(&mut self, raw: &str, range: Range<usize>) {
        self.begin_tight_paragraph();
        if raw.starts_with("<!--") && raw.trim_end().ends_with("-->") && self.reading != Reading::Leaf {
            self.buffer.comment(range);
        } else {
            html::push_html(&mut self.buffer, raw, Span::new(self.source, range));
        }
    }

    pub(super) fn line_break(&mut self, piece: Piece, range: Range<usize>) {
        self.inline(piece, range);
    }

    pub(super) fn inline(&mut self, piece: Piece, range: Range<usize>) {
        self.begin_tight_paragraph();
        self.buffer.push(piece, range);
    }

    /// In a tight list the parser gives an item's words without a paragraph around them.
    fn begin_tight_paragraph(&mut self) {
        if self.reading == Reading::Nothing {
            self.reading = Reading::Paragraph;
        }
    }

    fn end_tight_paragraph(&mut self) {
        if self.reading == Reading::Paragraph {
            let buffer = std::mem::take(&mut self.buffer);
            self.reading = Reading::Nothing;
            let range = buffer.range();
            self.paragraph(buffer, range);
        }
    }

    fn paragraph(&mut self, mut buffer: Buffer, range: Range<usize>) {
        if buffer.is_empty() {
            return;
        }
        let first_in_item = self.stack.last().is_some_and(|id| {
            id.index() + 1 == self.blocks.len()
                && self.titled != Some(*id)
                && matches!(self.blocks[id.index()].kind, BlockKind::Item(_))
        });
        let mut lines = buffer.lines(self.source, self.text, false);
        let said = self.diagnostics.len();
        self.diagnostics.extend(almost::items(&lines, first_in_item, buffer.words_at()));
        self.diagnostics.extend(almost_blocks::in_paragraph(&lines, first_in_item, buffer.words_at()));
        let mark = self.mark_around(&buffer, first_in_item);
        self.diagnostics.extend(almost_details::in_paragraph(&lines, first_in_item, mark));
        if first_in_item {
            self.titled = self.stack.last().copied();
            let end = self.end_of_own_lines(&mut lines, said);
            self.first_paragraph(&buffer, &lines, end);
            buffer.clear();
            self.buffer = buffer;
        } else {
            if self.stack.is_empty() && self.diagnostics.len() == said {
                self.diagnostics.extend(almost_blocks::attributes_of_paragraph(&lines));
            }
            self.leaf(buffer.into_shaped(Shape::Paragraph), range);
        }
    }

    /// The box of the item that a paragraph stands right in.
    fn mark_around(&self, buffer: &Buffer, first_in_item: bool) -> Option<Mark> {
        let item = self.blocks[self.stack.last()?.index()].item()?;
        let begins_with = || boxes::extra_mark(&self.text[buffer.range().start..]);
        item.mark.or_else(|| if first_in_item { begins_with() } else { None })
    }

    /// Leaves an item the lines before the first one that was meant as something of its own, as was `said` of it: what
    /// stands from there on is neither its title nor its attributes. Where that is.
    fn end_of_own_lines(&self, lines: &mut Lines<'a>, said: usize) -> usize {
        let places = self.diagnostics[said..].iter().filter_map(Diagnostic::span).map(Span::start);
        let Some(first) = places.min() else { return usize::MAX };
        let own = lines.lines.partition_point(|line| line.start <= first).saturating_sub(1).max(1);
        let end = lines.lines.get(own).map_or(usize::MAX, |line| line.start);
        lines.lines.truncate(own);
        end
    }

    /// `end` is where the lines are no longer its own.
    fn first_paragraph(&mut self, buffer: &Buffer, lines: &Lines<'a>, end: usize) {
        let start = buffer.range().start;
        let known = matches!(self.innermost(), Some(BlockKind::Item(item)) if item.mark.is_some());
        let begins_with_text = matches!(buffer.pieces().next(), Some((Piece::Text(_), _)));
        let here = &self.text[start..];
        let mark = if known || !begins_with_text { None } else { boxes::extra_mark(here) };
        let is_bare = !known && mark.is_none() && begins_with_text;
        let almost = is_bare.then(|| almost::in_item(self.source, self.text, start)).flatten();
        let takes_braces = known || mark.is_some() || almost_details::is_undo(here);
        let found = if takes_braces { self.at_ends(lines) } else { lines.find().at_ends };
        let from = if mark.is_some() { start + 3 } else { start };
        let hard_break = buffer
            .pieces()
            .find(|(piece, range)| matches!(piece, Piece::HardBreak) && range.start >= from)
            .map_or(usize::MAX, |(_, range)| range.start);
        let to = found.first().map_or(usize::MAX, |one| one.hole.start).min(hard_break).min(end);
        let holes: Vec<Range<usize>> = found.iter().map(|one| one.hole.clone()).collect();
        let title = buffer.cut(from, to, &[]);
        let rest = if to == usize::MAX { Prose::default() } else { buffer.cut(to, usize::MAX, &holes) };
        let braces = self.report(found);
        if let Some(BlockKind::Item(item)) = self.innermost() {
            item.mark = item.mark.or(mark);
            item.title = title;
            item.rest = rest;
            item.texts = if takes_braces { lines.texts(&braces).into() } else { Box::default() };
            item.braces = braces.into();
            item.almost = almost.is_some();
        }
        self.diagnostics.extend(almost);
    }

    /// The blocks at the ends of lines; what is meant as one and stands before more text is reported.
    fn at_ends(&mut self, lines: &Lines<'a>) -> Vec<Found> {
        let blocks = lines.find();
        let before_text = blocks.before_text.into_iter().chain(lines.before_full_stop());
        self.diagnostics.extend(before_text.map(messages::attributes_before_text));
        blocks.at_ends
    }

    fn report(&mut self, found: Vec<Found>) -> Vec<Braces> {
        let mut braces = Vec::with_capacity(found.len());
        for one in found {
            if let Some((broken, at)) = one.broken {
                self.diagnostics.push(messages::broken_block(broken, one.braces.span, at));
            }
            braces.push(one.braces);
        }
        braces
    }

    fn innermost(&mut self) -> Option<&mut BlockKind> {
        let id = *self.stack.last()?;
        Some(&mut self.blocks[id.index()].kind)
    }
}
