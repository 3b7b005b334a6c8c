//! The titles of what becomes a node, and their slugs, which the walk can do without.

use super::{Mode, is_step_item};
use crate::document::{Block, BlockId, BlockKind, Document};
use crate::plan::names::slug;
use crate::plan::node::Node;

/// Of one block.
#[derive(Default)]
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

/// Those that were found out before it was known what becomes a node, in the order of their blocks.
pub(super) struct Titles(Vec<(BlockId, Title)>);

impl Titles {
    /// Those of headings and of steps and groups that stand in nothing: what stands in an item may be no node.
    pub(super) fn at_the_top(document: &Document, inner: &[bool]) -> Self {
        let in_nothing =
            |block: &Block| block.parent.is_none_or(|list| document.block(list).parent.is_none());
        let titles = document.ids().filter_map(|id| {
            let block = document.block(id);
            let wanted = match &block.kind {
                BlockKind::Heading(_) => true,
                BlockKind::Item(_) => is_step_item(document, Mode::Boxes, id) || inner[id.index()],
                _ => false,
            };
            (wanted && in_nothing(block)).then(|| (id, Title::of(block)))
        });
        Self(titles.collect())
    }

    /// Gives every node its title and its slug.
    pub(super) fn give(mut self, document: &Document, nodes: &mut [Node]) {
        // The next node is that of the next title, but where a linked plan begins or ends.
        let mut next = 0;
        for node in nodes {
            let Some(block) = node.block else { continue };
            if self.0.get(next).is_none_or(|(known, _)| *known != block) {
                next = self.0.partition_point(|(known, _)| *known < block);
            }
            let known = self.0.get_mut(next).filter(|(known, _)| *known == block);
            let title =
                known.map_or_else(|| Title::of(document.block(block)), |(_, title)| std::mem::take(title));
            next += 1;
            (node.title, node.slug) = (title.plain, title.slug);
        }
    }
}
