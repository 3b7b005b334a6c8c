//! The Markdown parser's events become our blocks and pieces.
//!
//! The one file that names the parser. Structure is CommonMark's own, with tables, task lists,
//! strikethrough and footnotes; a box in code, in a comment or in a link definition is text.

use std::ops::Range;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::again::start_of;
use super::builder::{Builder, room_for};
use super::lost::{self, Raw};
use super::{Align, Block, BlockKind, Mark, Piece, Shape};
use crate::diagnostic::Diagnostic;
use crate::source::{SourceId, Span};

/// What stands in a text.
pub(super) struct Parsed {
    pub(super) blocks: Vec<Block>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Whether the last that stands there, inside nothing, is code or HTML, which may not be closed.
    pub(super) ends_raw: bool,
}

impl Parsed {
    /// Nothing yet, with room for what stands in so many bytes.
    pub(super) fn with_room_for(bytes: usize) -> Self {
        Self { blocks: room_for(bytes), diagnostics: Vec::new(), ends_raw: false }
    }
}

/// Parses a part of a file's text.
pub(super) fn parse(source: SourceId, text: &str, part: Range<usize>) -> Parsed {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_GFM;
    let mut diagnostics = Vec::new();
    let mut builder = Builder::new(source, text, part.len(), &mut diagnostics);
    let mut ends_raw = false;
    let mut raw: Vec<(Raw, Range<usize>)> = Vec::new();
    for (event, range) in Parser::new_ext(&text[part.clone()], options).into_offset_iter() {
        let range = range.start + part.start..range.end + part.start;
        ends_raw = matches!(event, Event::End(TagEnd::CodeBlock | TagEnd::HtmlBlock));
        match &event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => raw.push((Raw::Fenced, range.clone())),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => raw.push((Raw::Indented, range.clone())),
            Event::Start(Tag::HtmlBlock) => raw.push((Raw::Html, range.clone())),
            _ => {}
        }
        match event {
            Event::Start(tag) => start(&mut builder, tag, range),
            Event::End(tag) => end(&mut builder, tag, range),
            Event::Text(words) => builder.text(&words, range),
            Event::Code(code) => builder.code(&code, range),
            Event::Html(raw) | Event::InlineHtml(raw) => builder.html(&raw, range),
            Event::SoftBreak => builder.line_break(Piece::SoftBreak, range),
            Event::HardBreak => builder.line_break(Piece::HardBreak, range),
            Event::Rule => builder.rule(range),
            Event::FootnoteReference(label) => builder.inline(Piece::FootnoteMark(label.to_string()), range),
            Event::TaskListMarker(done) => builder.mark(if done { Mark::Done } else { Mark::Todo }, &range),
            Event::InlineMath(words) | Event::DisplayMath(words) => builder.text(&words, range),
        }
    }
    let mut blocks = builder.finish();
    diagnostics.extend(raw.into_iter().filter_map(|(kind, range)| lost::in_raw(kind, source, text, range)));
    diagnostics.extend(lost::beside_steps(source, text, &mut blocks));
    diagnostics.sort_by_key(start_of);
    Parsed { blocks, diagnostics, ends_raw }
}

fn start(builder: &mut Builder<'_>, tag: Tag<'_>, range: Range<usize>) {
    match tag {
        Tag::Paragraph => builder.open_paragraph(),
        Tag::Heading { level, .. } => builder.open_heading(level as u8),
        Tag::BlockQuote(kind) => builder.open(BlockKind::Quote { alert: kind.map(alert) }, range),
        Tag::FootnoteDefinition(label) => {
            builder.open(BlockKind::Footnote { label: label.to_string() }, range);
        }
        Tag::List(first) => builder.open(BlockKind::List { first }, range),
        Tag::Item => builder.open_item(range),
        Tag::CodeBlock(kind) => {
            let language = match kind {
                CodeBlockKind::Fenced(info) => info.split_whitespace().next().unwrap_or("").to_owned(),
                CodeBlockKind::Indented => String::new(),
            };
            builder.open_leaf(Shape::CodeBlock { language }, range);
        }
        Tag::HtmlBlock => builder.open_leaf(Shape::Html, range),
        Tag::Table(columns) => {
            builder.open_leaf(Shape::Table(columns.iter().copied().map(align).collect()), range);
        }
        Tag::TableHead => builder.inline(Piece::Open(Shape::TableHead), range),
        Tag::TableRow => builder.inline(Piece::Open(Shape::TableRow), range),
        Tag::TableCell => builder.inline(Piece::Open(Shape::TableCell), range),
        Tag::Emphasis => builder.inline(Piece::Open(Shape::Emphasis), range),
        Tag::Strong => builder.inline(Piece::Open(Shape::Strong), range),
        Tag::Strikethrough => builder.inline(Piece::Open(Shape::Strike), range),
        Tag::Link { dest_url, .. } => {
            builder.inline(Piece::Open(Shape::Link { target: dest_url.to_string() }), range);
        }
        Tag::Image { dest_url, .. } => {
            let span = Span::new(builder.source(), range.clone());
            builder.inline(Piece::Open(Shape::Image { target: dest_url.to_string(), span }), range);
        }
        // Not switched on above.
        Tag::MetadataBlock(_)
        | Tag::DefinitionList
        | Tag::DefinitionListTitle
        | Tag::DefinitionListDefinition
        | Tag::Superscript
        | Tag::Subscript => {}
    }
}

fn end(builder: &mut Builder<'_>, tag: TagEnd, range: Range<usize>) {
    match tag {
        TagEnd::Paragraph => builder.close_paragraph(range),
        TagEnd::Heading(_) => builder.close_heading(range),
        TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition | TagEnd::List(_) | TagEnd::Item => {
            builder.close()
        }
        TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::Table => builder.close_leaf(range),
        TagEnd::TableHead
        | TagEnd::TableRow
        | TagEnd::TableCell
        | TagEnd::Emphasis
        | TagEnd::Strong
        | TagEnd::Strikethrough
        | TagEnd::Link
        | TagEnd::Image => builder.inline(Piece::Close, range),
        TagEnd::MetadataBlock(_)
        | TagEnd::DefinitionList
        | TagEnd::DefinitionListTitle
        | TagEnd::DefinitionListDefinition
        | TagEnd::Superscript
        | TagEnd::Subscript => {}
    }
}

fn alert(kind: BlockQuoteKind) -> &'static str {
    match kind {
        BlockQuoteKind::Note => "Note",
        BlockQuoteKind::Tip => "Tip",
        BlockQuoteKind::Important => "Important",
        BlockQuoteKind::Warning => "Warning",
        BlockQuoteKind::Caution => "Caution",
    }
}

fn align(column: Alignment) -> Align {
    match column {
        Alignment::None => Align::None,
        Alignment::Left => Align::Left,
        Alignment::Center => Align::Center,
        Alignment::Right => Align::Right,
    }
}
