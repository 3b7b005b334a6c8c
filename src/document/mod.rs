//! One file's text becomes a [`Document`]: the blocks of its Markdown and the tree of its YAML.
//!
//! Syntax only: where the boxes are, which braces hold attributes, which words they hold. What any
//! of it means is decided in `plan`. Promised: any text gives a document, nothing of the text is
//! lost, and every word keeps its place.

mod almost;
mod block;
mod boxes;
mod braces;
mod buffer;
mod builder;
mod front_matter;
mod html;
mod markdown;
mod messages;
mod prose;
mod yaml;

pub use block::{Block, BlockId, BlockKind, Heading, Item, Mark};
pub use braces::{Braces, Value, Word, is_duration_like};
pub use front_matter::{FrontMatter, PLAN_KEYS};
pub use html::Harmless;
pub use prose::{Align, Piece, Prose, Run, Shape};
pub use yaml::{Entry, Node, NodeValue, parse_yaml};

use crate::diagnostic::Diagnostic;
use crate::source::{SourceId, Sources, Span};

/// A parsed file.
#[derive(Debug, Clone)]
pub struct Document {
    /// The file.
    pub source: SourceId,
    /// What stands between the `---` lines at its top.
    pub front: FrontMatter,
    /// Its blocks in written order, each followed by what is inside it.
    pub blocks: Vec<Block>,
}

impl Document {
    /// Parses a file; every mistake of syntax goes into `diagnostics`.
    #[must_use]
    pub fn parse(source: SourceId, sources: &Sources, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let text = &sources.get(source).text;
        let split = front_matter::split(text);
        let front = front_matter::read(source, text, &split, diagnostics);
        let blocks = markdown::parse_body(source, text, split.body, diagnostics);
        Self { source, front, blocks }
    }

    /// The block with this id.
    #[must_use]
    pub fn block(&self, id: BlockId) -> &Block {
        &self.blocks[id.index()]
    }

    /// The ids of all blocks, in written order.
    pub fn ids(&self) -> impl Iterator<Item = BlockId> + use<> {
        (0..self.blocks.len()).map(BlockId::new)
    }

    /// The blocks directly inside `parent`, or at the top for none, in written order.
    pub fn children(&self, parent: Option<BlockId>) -> impl Iterator<Item = BlockId> + '_ {
        let (first, end) = match parent {
            Some(parent) => (parent.index() + 1, self.block(parent).end.index()),
            None => (0, self.blocks.len()),
        };
        let mut next = first;
        std::iter::from_fn(move || {
            (next < end).then(|| {
                let id = BlockId::new(next);
                next = self.block(id).end.index();
                id
            })
        })
    }

    /// Every image that the text shows, with its place.
    pub fn images(&self) -> impl Iterator<Item = (&str, Span)> {
        self.blocks.iter().flat_map(|block| block.prose()).flat_map(Prose::images)
    }
}
