//! One file's text becomes a [`Document`]: the blocks of its Markdown and the tree of its YAML.
//!
//! Syntax only: where the boxes are, which braces hold attributes, which words they hold. What any
//! of it means is decided in `plan`. Promised: any text gives a document, nothing of the text is
//! lost but the second version of lines that Git could not merge, and every word keeps its place.

mod again;
mod almost;
mod almost_blocks;
mod almost_details;
mod apart;
mod block;
mod boxes;
mod braces;
mod buffer;
mod builder;
mod conflicts;
mod front_matter;
mod html;
mod linked;
mod lost;
mod markdown;
mod mends;
mod messages;
mod misplaced;
mod parts;
mod prose;
mod yaml;
mod yaml_flow;
mod yaml_handles;
mod yaml_line;
mod yaml_list;
mod yaml_slip;

pub use again::Earlier;
pub use block::{Block, BlockId, BlockKind, Heading, Item, Mark};
pub use braces::{Braces, Value, Word, is_duration_like};
pub use front_matter::{FrontMatter, PLAN_KEYS};
pub use html::Harmless;
pub use linked::say_once;
pub use mends::mends;
pub use parts::{Linked, Part, PartId, PlanLink, Refusal};
pub use prose::{Align, Piece, Prose, Run, Shape};
pub use yaml::{Entry, Home, Node, NodeValue, parse_yaml};
pub use yaml_list::as_list;

use std::collections::HashMap;

use crate::diagnostic::Diagnostic;
use crate::source::{SourceId, Sources, Span};

/// A parsed file.
#[derive(Debug, Clone)]
pub struct Document {
    /// The plan's own file.
    pub source: SourceId,
    /// Its blocks in written order, each followed by what is inside it; then those of linked files.
    pub blocks: Vec<Block>,
    /// Its files, each after the one that links to it.
    pub parts: Vec<Part>,
    /// Where items lead that are nothing but a link to a Markdown file.
    pub linked: HashMap<BlockId, Linked>,
    /// For one who will parse it again.
    memory: Option<again::Memory>,
}

impl Document {
    /// Parses a file; every mistake of syntax goes into `diagnostics`.
    #[must_use]
    pub fn parse(source: SourceId, sources: &Sources, diagnostics: &mut Vec<Diagnostic>) -> Self {
        Self::with_body(source, sources, diagnostics, |text, body, said| {
            apart::parse_body(source, text, body, said)
        })
    }

    /// The same with blocks that somebody else finds in the text, from byte `body` on.
    fn with_body(
        source: SourceId,
        sources: &Sources,
        diagnostics: &mut Vec<Diagnostic>,
        blocks: impl FnOnce(&str, usize, &mut Vec<Diagnostic>) -> Vec<Block>,
    ) -> Self {
        let text = &sources.get(source).text;
        let conflicts = conflicts::find(text);
        diagnostics.extend(conflicts.iter().map(|conflict| messages::conflict(source, conflict)));
        let text = &*conflicts::first_versions(text, &conflicts);
        let mut split = front_matter::split(text);
        if !conflicts.is_empty() {
            // Lines that are not read may well stand above it.
            split.misplaced = None;
        }
        let mut front = front_matter::read(source, text, &split, diagnostics);
        front.is_broken |= conflicts.iter().any(|conflict| conflict.first().start < split.body);
        let blocks = blocks(text, split.body, diagnostics);
        let mut after_signs = text[split.body..].split('!').skip(1);
        let may_have_images = after_signs.any(|after| after.starts_with('['));
        let own = Part { source, front, blocks: 0..blocks.len(), around: None, may_have_images };
        Self { source, blocks, parts: vec![own], linked: HashMap::new(), memory: None }
    }

    /// Whether it is a plan: by its front matter, or because it has a box. What stands in files that it links to does
    /// not count.
    #[must_use]
    pub fn is_plan(&self) -> bool {
        self.is_plan_by_itself(PartId::ROOT)
    }

    /// Whether one of its files is a plan.
    #[must_use]
    pub fn is_plan_by_itself(&self, part: PartId) -> bool {
        let part = self.part(part);
        part.front.is_plan() || self.blocks[part.blocks.clone()].iter().any(Block::has_box)
    }

    /// Whether a file is one; no more of it is parsed than it takes to tell.
    #[must_use]
    pub fn would_be_plan(source: SourceId, sources: &Sources) -> bool {
        let text = &sources.get(source).text;
        let text = &*conflicts::first_versions(text, &conflicts::find(text));
        let split = front_matter::split(text);
        let front = front_matter::read(source, text, &split, &mut Vec::new());
        front.is_plan() || apart::has_box(source, text, split.body)
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

    /// The blocks directly inside `parent`, or at the top of the plan's own file for none, in written order.
    pub fn children(&self, parent: Option<BlockId>) -> impl Iterator<Item = BlockId> + '_ {
        let (first, end) = match parent {
            Some(parent) => (parent.index() + 1, self.block(parent).end.index()),
            None => (0, self.parts[0].blocks.end),
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

    /// Every attribute block, in written order.
    pub fn braces(&self) -> impl Iterator<Item = &Braces> {
        self.blocks.iter().flat_map(Block::braces)
    }

    /// Every image that the text shows, with its place.
    pub fn images(&self) -> impl Iterator<Item = (&str, Span)> {
        let parts = self.parts.iter().filter(|part| part.may_have_images);
        let blocks = parts.flat_map(|part| &self.blocks[part.blocks.clone()]);
        blocks.flat_map(Block::prose).flat_map(Prose::images)
    }
}
