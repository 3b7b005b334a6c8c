//! Prose becomes HTML: our own elements only, every word escaped, every link checked.
//!
//! Nothing of a plan's text can end an element or begin one that was not meant here; elements that
//! the text leaves open are closed at the end of their piece, and ends without a beginning are
//! dropped.

mod measure;
mod safe;
mod writer;

use std::collections::HashMap;
use std::sync::Arc;

use base64::Engine;
use unicode_width::UnicodeWidthStr;

use super::people::Names;
use crate::document::{BlockId, BlockKind, Document, Harmless, Piece, Prose, Shape};
use crate::plan::{Plan, Role};
use crate::source::{AttachmentError, Link, ReadError, Sources, Span};
pub use safe::{escape, is_safe_link};
use writer::Writer;

/// Writes a plan's prose.
#[derive(Clone)]
pub struct Html<'a> {
    plan: &'a Plan,
    sources: &'a Sources,
    names: Arc<Names>,
}

impl<'a> Html<'a> {
    /// Writes the prose of this plan, in which people have these names.
    #[must_use]
    pub fn new(plan: &'a Plan, sources: &'a Sources, names: Arc<Names>) -> Self {
        Self { plan, sources, names }
    }

    fn document(&self) -> &'a Document {
        &self.plan.document
    }

    /// The title of a heading or item, as a line.
    #[must_use]
    pub fn title(&self, block: BlockId) -> String {
        match &self.document().block(block).kind {
            BlockKind::Heading(heading) => self.line(&heading.title),
            BlockKind::Item(item) => self.line(&item.title),
            _ => String::new(),
        }
    }

    /// A line of prose.
    #[must_use]
    pub fn line(&self, prose: &Prose) -> String {
        let mut out = String::new();
        self.prose(prose, &mut out);
        out
    }

    /// All that an item says besides its title: the rest of its first paragraph and what is inside
    /// it. What has a place of its own (`expect:`, `undo:`) is left out.
    #[must_use]
    pub fn details(&self, block: BlockId) -> String {
        let mut out = String::new();
        self.rest(block, &mut out);
        let end = self.document().block(block).end;
        self.blocks(block.index() + 1, end.index(), true, &mut out);
        out
    }

    /// What an `expect:` or `undo:` item says, without that word.
    #[must_use]
    pub fn after_word(&self, block: BlockId) -> String {
        let BlockKind::Item(item) = &self.document().block(block).kind else { return String::new() };
        let mut out = self.line(&without_word(&item.title));
        self.rest(block, &mut out);
        let end = self.document().block(block).end;
        self.blocks(block.index() + 1, end.index(), false, &mut out);
        out
    }

    /// Notes that stand between steps; items that follow one another in a list are one list.
    #[must_use]
    pub fn notes(&self, blocks: &[BlockId]) -> String {
        let mut out = String::new();
        let mut list = None;
        for &id in blocks {
            let block = self.document().block(id);
            let is_item = matches!(block.kind, BlockKind::Item(_));
            if is_item && list != block.parent {
                close_list(&mut list, &mut out);
                list = block.parent;
                out.push_str("<ul>");
            } else if !is_item {
                close_list(&mut list, &mut out);
            }
            self.blocks(id.index(), block.end.index(), false, &mut out);
        }
        close_list(&mut list, &mut out);
        out
    }

    /// The lines that the title of an item leaves over.
    fn rest(&self, block: BlockId, out: &mut String) {
        if let BlockKind::Item(item) = &self.document().block(block).kind
            && !item.rest.is_empty()
        {
            out.push_str("<p>");
            self.prose(&item.rest, out);
            out.push_str("</p>");
        }
    }

    /// Whether a block is shown beside the details, and not among them.
    fn has_own_place(&self, block: BlockId) -> bool {
        matches!(self.plan.roles[block.index()], Some(Role::Expect | Role::Undo))
    }

    /// Whether all items of a list are shown beside the details.
    fn is_emptied(&self, block: BlockId) -> bool {
        let document = self.document();
        matches!(document.block(block).kind, BlockKind::List { .. })
            && document.children(Some(block)).all(|item| self.has_own_place(item))
    }

    /// The blocks from one index up to another. `own_places` leaves out what is shown elsewhere.
    fn blocks(&self, from: usize, to: usize, own_places: bool, out: &mut String) {
        let document = self.document();
        let across = self.folds_across(from, to);
        // What is open: the block after its end, and how it is closed.
        let mut open: Vec<(usize, &'static str)> = Vec::new();
        let mut index = from;
        while index < to {
            while let Some((_, close)) = open.pop_if(|(end, _)| *end <= index) {
                out.push_str(close);
            }
            let id = BlockId::new(index);
            let block = document.block(id);
            if own_places && (self.has_own_place(id) || self.is_emptied(id)) {
                index = block.end.index();
                continue;
            }
            match &block.kind {
                BlockKind::List { first: None } => {
                    let items = || document.children(Some(id));
                    if items().any(|item| self.is_box(item)) {
                        let here = items().filter(|item| !own_places || !self.has_own_place(*item));
                        let longest = here.map(|item| self.width(item)).max().unwrap_or(0);
                        out.push_str(&format!("<ul class=\"{}\">", measure::ticks_class(longest)));
                    } else {
                        out.push_str("<ul>");
                    }
                    open.push((block.end.index(), "</ul>"));
                }
                BlockKind::List { first: Some(number) } => {
                    out.push_str(&if *number == 1 {
                        "<ol>".to_owned()
                    } else {
                        format!("<ol start=\"{number}\">")
                    });
                    open.push((block.end.index(), "</ol>"));
                }
                BlockKind::Item(item) => {
                    self.item(id, item, out);
                    open.push((block.end.index(), "</li>"));
                }
                BlockKind::Quote { alert } => {
                    out.push_str("<blockquote>");
                    if let Some(alert) = alert {
                        out.push_str("<p><strong>");
                        out.push_str(alert);
                        out.push_str("</strong></p>");
                    }
                    open.push((block.end.index(), "</blockquote>"));
                }
                BlockKind::Footnote { label } => {
                    out.push_str("<div class=\"footnote\"><sup>");
                    escape(label, out);
                    out.push_str("</sup> ");
                    open.push((block.end.index(), "</div>"));
                }
                BlockKind::Heading(heading) => {
                    out.push_str("<p class=\"heading\">");
                    self.prose(&heading.title, out);
                    out.push_str("</p>");
                }
                BlockKind::Prose(prose) => {
                    let fold = across.get(&index).copied().unwrap_or(Fold::Within);
                    Writer::new(self, out, fold).write(prose);
                }
            }
            index += 1;
        }
        while let Some((_, close)) = open.pop() {
            out.push_str(close);
        }
    }

    /// The letters of an item; one that holds more than a text is as wide as can be.
    fn width(&self, item: BlockId) -> usize {
        let block = self.document().block(item);
        match &block.kind {
            BlockKind::Item(inner) if block.end.index() == item.index() + 1 && inner.rest.is_empty() => {
                inner.title.plain().width()
            }
            _ => usize::MAX,
        }
    }

    fn is_box(&self, item: BlockId) -> bool {
        matches!(self.plan.roles[item.index()], Some(Role::Tick(_) | Role::Question(_)))
    }

    fn item(&self, id: BlockId, item: &crate::document::Item, out: &mut String) {
        match self.plan.roles[id.index()] {
            Some(Role::Tick(tick)) => {
                let tick = &self.plan.ticks[tick.index()];
                let (class, word) = match tick.mark {
                    crate::document::Mark::Done => (" class=\"tick done\"", "done: "),
                    crate::document::Mark::Active => (" class=\"tick active\"", "under way: "),
                    crate::document::Mark::Dropped => (" class=\"tick dropped\"", "dropped: "),
                    _ => (" class=\"tick\"", ""),
                };
                out.push_str("<li");
                out.push_str(class);
                if word.is_empty() {
                    self.open_box(tick, out);
                } else {
                    out.push_str("><span class=\"box\"></span>");
                }
                if !word.is_empty() {
                    out.push_str("<span class=\"word\">");
                    out.push_str(word);
                    out.push_str("</span>");
                }
                self.prose(&item.title, out);
                self.names(&tick.owners, out);
            }
            Some(Role::Question(question)) => {
                let question = &self.plan.questions[question.index()];
                let word = if question.answer.is_some() { "answered: " } else { "open question: " };
                out.push_str("<li class=\"question\"><span class=\"word\">");
                out.push_str(word);
                out.push_str("</span>");
                self.prose(&item.title, out);
                let who: Vec<_> = question.who.iter().cloned().collect();
                self.names(&who, out);
            }
            _ => {
                out.push_str("<li>");
                self.prose(&item.title, out);
                for braces in &item.braces {
                    out.push(' ');
                    escape(self.sources.text(braces.span), out);
                }
            }
        }
        if !item.rest.is_empty() {
            out.push_str("<br>");
            self.prose(&item.rest, out);
        }
    }

    /// A box that nobody has ticked yet, with what a script must know of it.
    fn open_box(&self, tick: &crate::plan::Tick, out: &mut String) {
        out.push_str(" data-tick=\"");
        out.push_str(&crate::source::mark([tick.title.as_str()]));
        out.push_str("\" data-name=\"");
        escape(&tick.title, out);
        out.push_str("\"><span class=\"box\" data-box=\"\"></span>");
    }

    fn names(&self, owners: &[crate::plan::Given<crate::plan::Owner>], out: &mut String) {
        let names = self.names.in_brackets(self.plan, owners);
        if !names.is_empty() {
            out.push_str(" <span class=\"by\">");
            escape(names.trim_start(), out);
            out.push_str("</span>");
        }
    }

    fn prose(&self, prose: &Prose, out: &mut String) {
        Writer::new(self, out, Fold::Within).write(prose);
    }

    /// Pieces of HTML between which the text folds: `<details>` in one, `</details>` in another
    /// beside it.
    fn folds_across(&self, from: usize, to: usize) -> HashMap<usize, Fold> {
        let mut across = HashMap::new();
        let mut open: Vec<(Option<BlockId>, usize)> = Vec::new();
        for index in from..to {
            let block = &self.document().blocks[index];
            let BlockKind::Prose(prose) = &block.kind else { continue };
            match details_left_open(prose) {
                1.. => open.push((block.parent, index)),
                0 => {}
                _ => {
                    if let Some(at) = open.iter().rposition(|(parent, _)| *parent == block.parent) {
                        across.insert(open[at].1, Fold::Begins);
                        across.insert(index, Fold::Ends);
                        open.truncate(at);
                    }
                }
            }
        }
        across
    }

    /// An image as data in the page; none when it can't be had.
    fn image(&self, target: &str, span: Span) -> Image {
        if !crate::source::is_local(target) {
            return Image::Missing;
        }
        let link = Link { folder: self.sources.folder(span.source), target: target.to_owned() };
        match self.sources.attachment(&link) {
            Some(Ok(attachment)) => {
                let data = base64::engine::general_purpose::STANDARD.encode(&attachment.bytes);
                Image::Data(format!("data:{};base64,{data}", attachment.media))
            }
            Some(Err(AttachmentError::Unreadable(ReadError::TooLarge))) => Image::TooLarge,
            _ => Image::Missing,
        }
    }
}

/// Whether prose needs the full width of a table: code, tables, images.
#[must_use]
pub fn is_wide(html: &str) -> bool {
    ["<pre", "<table", "<img"].iter().any(|tag| html.contains(tag))
}

/// How many `<details>` a piece of HTML leaves open; less than none when it closes more.
fn details_left_open(prose: &Prose) -> i32 {
    if !matches!(prose.pieces.first(), Some(Piece::Open(Shape::Html))) {
        return 0;
    }
    let count = |piece: &Piece| match piece {
        Piece::Tag { element: Harmless::Details, closing } => 1 - 2 * i32::from(*closing),
        _ => 0,
    };
    prose.pieces.iter().map(count).sum()
}

/// Whether a piece of HTML folds what comes after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fold {
    Within,
    Begins,
    Ends,
}

enum Image {
    Data(String),
    TooLarge,
    Missing,
}

fn close_list(list: &mut Option<BlockId>, out: &mut String) {
    if list.take().is_some() {
        out.push_str("</ul>");
    }
}

/// The prose after `expect:` or `undo:`.
fn without_word(prose: &Prose) -> Prose {
    let mut pieces = prose.pieces.clone();
    let mut seen_colon = false;
    for piece in &mut pieces {
        if let Piece::Text(run) | Piece::Literal(run) = piece
            && !seen_colon
        {
            match run.text.split_once(':') {
                Some((_, after)) => {
                    run.text = after.trim_start().to_owned();
                    seen_colon = true;
                }
                None => run.text.clear(),
            }
        }
    }
    Prose { pieces }
}
