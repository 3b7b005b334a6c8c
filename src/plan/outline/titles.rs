//! The titles of what becomes a node, and their slugs, which the walk can do without.

use super::{Mode, is_step_item};
use crate::document::{Block, BlockKind, Document};
use crate::plan::names::slug;
use crate::plan::node::Node;

/// Of one block.
struct Title {
    plain: String,
    slug: String,
}

impl Title {
    fn of(block: &Block) -> Self {
        let plain = plain(block);
        Self { slug: slug(&plain), plain }
    }
}

/// The title of a heading or item as plain text.
pub(super) fn plain(block: &Block) -> String {
    match &block.kind {
        BlockKind::Heading(heading) => heading.title.plain(),
        BlockKind::Item(item) => item.title.plain(),
        _ => String::new(),
    }
}

/// By block, as far as they were found out before it was known what becomes a node.
pub(super) struct Titles(Vec<Option<Title>>);

impl Titles {
    /// Those of headings and of steps and groups that stand in nothing: what stands in an item may be no node.
    pub(super) fn at_the_top(document: &Document, inner: &[bool]) -> Self {
        let in_nothing =
            |block: &Block| block.parent.is_none_or(|list| document.block(list).parent.is_none());
        let titles = document.ids().map(|id| {
            let block = document.block(id);
            let wanted = match &block.kind {
                BlockKind::Heading(_) => true,
                BlockKind::Item(_) => is_step_item(document, Mode::Boxes, id) || inner[id.index()],
                _ => false,
            };
            (wanted && in_nothing(block)).then(|| Title::of(block))
        });
        Self(titles.collect())
    }

    /// Gives every node its title and its slug.
    pub(super) fn give(mut self, document: &Document, nodes: &mut [Node]) {
        for node in nodes {
            let Some(block) = node.block else { continue };
            let known = self.0[block.index()].take();
            let title = known.unwrap_or_else(|| Title::of(document.block(block)));
            (node.title, node.slug) = (title.plain, title.slug);
        }
    }
}
