//! A plan may stand in another: the documents of all its files become one.
//!
//! The blocks of a linked file follow those of the files before it, so that a block's id names it
//! wherever it stands. Which items are steps, and so hold the plan they link to, is decided in `plan`.

use std::num::NonZeroU32;
use std::ops::Range;

use super::{BlockId, Document, FrontMatter, Mark};
use crate::source::{SourceId, Span, id, is_local};

id! {
    /// Names one file of a document: the plan's own is the first.
    PartId;
}

impl PartId {
    /// The plan's own file.
    pub const ROOT: Self = Self(NonZeroU32::MIN);
}

impl Default for PartId {
    fn default() -> Self {
        Self::ROOT
    }
}

/// A file of a plan.
#[derive(Debug, Clone)]
pub struct Part {
    /// The file.
    pub source: SourceId,
    /// What stands between the `---` lines at its top.
    pub front: FrontMatter,
    /// Its blocks.
    pub blocks: Range<usize>,
    /// The part that links to it; the plan's own file has none.
    pub around: Option<PartId>,
    /// Whether an image may stand in it.
    pub(super) may_have_images: bool,
}

/// What an item that is nothing but a link leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Linked {
    /// A plan.
    Plan(PartId),
    /// A file that is no plan.
    NoPlan,
    /// Nothing that can be taken in; why.
    Refused(Refusal),
}

/// Why a link to a plan can't be followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such file; the name of one in its folder that may be meant.
    Missing(Option<String>),
    /// It leads out of the folder tree of the plan.
    Outside,
    /// It leads back to a plan around it.
    Circle,
    /// There are too many plans in this one.
    TooMany,
    /// The plans together are too large.
    TooLarge,
    /// Those that stand in this one several times are, a few lines of which could ask for any number.
    TooOften,
    /// The file can't be read.
    Unreadable {
        /// Why, as a sentence.
        why: String,
        /// The way out.
        help: String,
        /// Where it stops being text, if that is why.
        at: Option<Span>,
    },
}

/// An item whose title is nothing but a link to a Markdown file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanLink {
    /// The item.
    pub item: BlockId,
    /// The link as written.
    pub target: String,
    /// Where its words stand.
    pub span: Span,
}

impl Document {
    /// The file of a block.
    #[must_use]
    pub fn part_of(&self, block: BlockId) -> PartId {
        let after = self.parts.partition_point(|part| part.blocks.start <= block.index());
        // Files without blocks begin where the next one does.
        let holds = |part: &usize| self.parts[*part].blocks.contains(&block.index());
        PartId::new((0..after).rev().find(holds).unwrap_or(0))
    }

    /// A part.
    #[must_use]
    pub fn part(&self, id: PartId) -> &Part {
        &self.parts[id.index()]
    }

    /// The items of a file that may hold another plan: boxes (or, in a file without any, items) that
    /// are nothing but a link to a Markdown file, and no boxes of a step that is estimated.
    #[must_use]
    pub fn plan_links(&self, part: PartId) -> Vec<PlanLink> {
        let blocks = self.part(part).blocks.clone();
        let has_boxes = self.blocks[blocks.clone()]
            .iter()
            .filter_map(|block| block.item())
            .any(|item| item.mark.is_some_and(|mark| mark != Mark::Question));
        let links = blocks.map(BlockId::new).filter_map(|id| {
            let item = self.block(id).item()?;
            let may_be_step = item.mark.map_or(!has_boxes, |mark| mark != Mark::Question);
            let (target, span) = item.title.only_link().filter(|_| may_be_step)?;
            let file = target.to_lowercase();
            (is_local(target) && file.ends_with(".md") && !self.is_inside_step(id)).then(|| PlanLink {
                item: id,
                target: target.to_owned(),
                span,
            })
        });
        links.collect()
    }

    /// Whether an item stands inside a question, or inside a box with an estimate of its own.
    fn is_inside_step(&self, id: BlockId) -> bool {
        let around = std::iter::successors(self.block(id).parent, |parent| self.block(*parent).parent);
        around.filter_map(|id| self.block(id).item()).any(|item| {
            let solid = item.braces.iter().flat_map(|block| &block.words).any(|word| {
                super::is_duration_like(&word.text)
                    || matches!(word.text.as_str(), ".gate" | ".milestone" | ".hold")
                    || word.key() == Some("during")
            });
            item.mark == Some(Mark::Question)
                || (item.mark.is_some() && solid && item.title.only_link().is_none())
        })
    }

    /// Adds the blocks of a linked file.
    pub fn append(&mut self, other: Self, around: PartId) -> PartId {
        let first = self.blocks.len();
        let blocks = other.blocks.into_iter().map(|mut block| {
            block.move_by(first);
            block
        });
        self.blocks.extend(blocks);
        let id = PartId::new(self.parts.len());
        let blocks = first..self.blocks.len();
        let own = other.parts.into_iter().next();
        self.parts.extend(own.map(|own| Part { blocks, around: Some(around), ..own }));
        id
    }
}
