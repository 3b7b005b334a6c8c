//! The blocks of a Markdown file, flat and in written order.
//!
//! A block knows where what is inside it ends, so that a tree of any depth is walked without
//! recursion. Prose (paragraphs, code, tables) is a leaf; lists, items and quotes hold blocks.

use super::{Braces, Prose};
use crate::source::{Span, id};

id! {
    /// Names one block of a document.
    BlockId;
}

/// A block and where it stands. Texts have thousands, and of most lists in them nothing: boxes are smaller than vectors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its place in the text: of an item or heading the first line, else all of it.
    pub span: Span,
    /// The block it stands in.
    pub parent: Option<BlockId>,
    /// The first block after everything inside it.
    pub end: BlockId,
}

impl Block {
    /// Whether it is an item with a box.
    #[must_use]
    pub fn has_box(&self) -> bool {
        matches!(&self.kind, BlockKind::Item(item) if item.mark.is_some())
    }

    /// The pieces of prose that it holds itself.
    pub fn prose(&self) -> impl Iterator<Item = &Prose> {
        let (first, second) = match &self.kind {
            BlockKind::Heading(heading) => (Some(&heading.title), None),
            BlockKind::Item(item) => (Some(&item.title), Some(&item.rest)),
            BlockKind::Prose(prose) => (Some(prose), None),
            BlockKind::List { .. } | BlockKind::Quote { .. } | BlockKind::Footnote { .. } => (None, None),
        };
        first.into_iter().chain(second)
    }

    /// Makes it a block of a document in which so many others stand before those of its own.
    pub(super) fn move_by(&mut self, others: usize) {
        self.renumber(|id| BlockId::new(id.index() + others));
    }

    /// Gives other ids to the blocks that it names.
    pub(super) fn renumber(&mut self, other: impl Fn(BlockId) -> BlockId) {
        self.parent = self.parent.map(&other);
        self.end = other(self.end);
    }

    /// Gives another place to all that stands in it, and to itself.
    pub(super) fn change_spans(&mut self, change: &impl Fn(Span) -> Span) {
        self.span = change(self.span);
        self.prose_mut().for_each(|prose| prose.change_spans(change));
        let (braces, texts): (&mut [Braces], &mut [Braces]) = match &mut self.kind {
            BlockKind::Item(item) => (&mut item.braces, &mut item.texts),
            BlockKind::Heading(heading) => (&mut heading.braces, &mut heading.texts),
            _ => return,
        };
        braces.iter_mut().chain(texts).for_each(|braces| braces.change_spans(change));
    }

    /// The same, to be changed.
    pub fn prose_mut(&mut self) -> impl Iterator<Item = &mut Prose> {
        let (first, second) = match &mut self.kind {
            BlockKind::Heading(heading) => (Some(&mut heading.title), None),
            BlockKind::Item(item) => (Some(&mut item.title), Some(&mut item.rest)),
            BlockKind::Prose(prose) => (Some(prose), None),
            BlockKind::List { .. } | BlockKind::Quote { .. } | BlockKind::Footnote { .. } => (None, None),
        };
        first.into_iter().chain(second)
    }

    /// The attribute blocks that it carries.
    #[must_use]
    pub fn braces(&self) -> &[Braces] {
        match &self.kind {
            BlockKind::Item(item) => &item.braces,
            BlockKind::Heading(heading) => &heading.braces,
            _ => &[],
        }
    }

    /// What stands in braces at the end of its lines, and is text to the language.
    pub fn texts_in_braces(&self) -> impl Iterator<Item = &Braces> {
        let texts: &[Braces] = match &self.kind {
            BlockKind::Item(item) => &item.texts,
            BlockKind::Heading(heading) => &heading.texts,
            _ => &[],
        };
        texts.iter()
    }

    /// The list item, if it is one.
    #[must_use]
    pub fn item(&self) -> Option<&Item> {
        match &self.kind {
            BlockKind::Item(item) => Some(item),
            _ => None,
        }
    }
}

/// What a block is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading at the top level of the file.
    Heading(Heading),
    /// A list.
    List {
        /// Its first number, for a numbered one.
        first: Option<u64>,
    },
    /// An item of a list.
    Item(Item),
    /// A block quote, with the word of a Git host's alert.
    Quote {
        /// `Note`, `Warning` and so on.
        alert: Option<&'static str>,
    },
    /// The text of a footnote.
    Footnote {
        /// Its name.
        label: String,
    },
    /// A paragraph, code block, table, rule, piece of HTML, or a heading inside an item.
    Prose(Prose),
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// From 1 to 6.
    pub level: u8,
    /// Its text without the braces.
    pub title: Prose,
    /// The attribute blocks at its end.
    pub braces: Box<[Braces]>,
    /// Braces at its end that are text.
    pub texts: Box<[Braces]>,
}

/// A list item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The box it begins with.
    pub mark: Option<Mark>,
    /// Its first paragraph up to the braces, or to a hard line break.
    pub title: Prose,
    /// The attribute blocks of its first paragraph.
    pub braces: Box<[Braces]>,
    /// Braces at the ends of its lines that are text; only of one with a box, or of an `undo:`.
    pub texts: Box<[Braces]>,
    /// The lines of the first paragraph that the title leaves over.
    pub rest: Prose,
    /// Whether it was said of it already why it has no effect: its box is none, or it stands beside its step.
    pub almost: bool,
}

/// What stands in a box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mark {
    /// `[ ]`
    Todo,
    /// `[x]` or `[X]`
    Done,
    /// `[/]`
    Active,
    /// `[-]` or `[~]`
    Dropped,
    /// `[?]`
    Question,
}
