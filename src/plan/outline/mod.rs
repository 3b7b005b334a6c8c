//! A document's blocks become phases, groups, steps, ticks, questions and prose.
//!
//! Which item is what depends on its box, on whether boxes stand inside it, and on whether it has an
//! estimate. One walk in written order, without recursion: documents may be ten thousand levels deep,
//! and plans stand in plans.

mod inside;
mod make;
mod near_detail;
mod titles;
mod walk;

use std::collections::HashMap;
use std::ops::Range;

use super::attributes::{Reference, Written, WrittenLink, WrittenNames};
use super::ids::{NodeId, QuestionId, TickId};
use super::node::{Node, NodeKind, Question, Tick};
use super::roster::Roster;
use crate::cores::both;
use crate::diagnostic::Diagnostic;
use crate::document::{BlockId, BlockKind, Document, Item, Mark, PartId};
use crate::source::Span;
use make::new_node;
use titles::Titles;
use walk::{Level, Walk};

/// What a block inside a step or question stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A box done in the step's time.
    Tick(TickId),
    /// A question.
    Question(QuestionId),
    /// What one sees when the step has worked.
    Expect,
    /// How the step is taken back.
    Undo,
    /// The answer to the question around it.
    Answer,
}

/// What the items of a file without boxes are taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Items with a box are steps.
    Boxes,
    /// Numbered items are.
    Numbered,
    /// The bullets at the top level are.
    Bullets,
}

/// So many blocks are worth a thread.
const MANY: usize = 1_000;

/// A plan's outline.
pub(super) struct Outline {
    pub(super) mode: Mode,
    pub(super) nodes: Vec<Node>,
    /// The attributes of each node, names not looked up yet.
    pub(super) named: Vec<Named>,
    /// The headings and items whose braces hold them.
    pub(super) attributed: Vec<BlockId>,
    pub(super) ticks: Vec<Tick>,
    pub(super) questions: Vec<Question>,
    pub(super) roles: Vec<Option<Role>>,
    /// Prose for the index page: what stands before the first step, and headings without steps.
    pub(super) background: Vec<BlockId>,
    pub(super) only_title: Option<BlockId>,
    /// By file: the step that holds it; the plan's own, and one that no step holds, have none.
    pub(super) holders: Vec<Option<NodeId>>,
}

/// What the attributes of a node name, to be looked up.
#[derive(Debug, Default)]
pub(super) struct Named {
    pub(super) names: WrittenNames,
    pub(super) links: Vec<WrittenLink>,
    pub(super) no_go: Option<Written<Reference>>,
}

pub(super) fn outline(
    document: &Document,
    variant: Option<&str>,
    roster: &mut Roster,
    diagnostics: &mut Vec<Diagnostic>,
) -> Outline {
    let files: Vec<File> =
        document.parts.iter().map(|part| File::read(document, part.blocks.clone())).collect();
    let whole = Span::new(document.source, 0..0);
    let root = new_node(NodeKind::Plan, None, whole);
    let inner = has_steps_inside(document, &files);
    // Nodes are large: they are not moved while they become more, and there is room for little else.
    let most = 1 + files.iter().map(|file| file.most_nodes(document, &inner)).sum::<usize>();
    let (mut nodes, mut named) = (Vec::with_capacity(most), Vec::with_capacity(most));
    nodes.push(root);
    named.push(Named::default());
    let out = Outline {
        mode: files[0].mode,
        nodes,
        named,
        attributed: Vec::new(),
        ticks: Vec::new(),
        questions: Vec::new(),
        roles: vec![None; document.blocks.len()],
        background: Vec::new(),
        only_title: files[0].only_title,
        holders: vec![None; files.len()],
    };
    let mut walk = Walk {
        document,
        variant,
        roster,
        diagnostics,
        inner: &inner,
        sections: sections(document, &files),
        level: Level::new(&files[0], PartId::ROOT, NodeId::new(0)),
        around: Vec::new(),
        files: &files,
        out,
        pending: vec![Vec::new()],
    };
    let (mut out, titles) = both(
        document.blocks.len() > MANY,
        || {
            walk.run();
            walk.out
        },
        || Titles::at_the_top(document, &inner),
    );
    titles.give(document, &mut out.nodes);
    out
}

/// What is known of one file before the walk.
pub(super) struct File {
    pub(super) blocks: Range<usize>,
    pub(super) mode: Mode,
    pub(super) only_title: Option<BlockId>,
}

impl File {
    fn read(document: &Document, blocks: Range<usize>) -> Self {
        Self {
            mode: mode(document, blocks.clone()),
            only_title: only_title(document, blocks.clone()),
            blocks,
        }
    }

    /// How many phases, groups and steps there may be in it; what is in one step may be boxes.
    fn most_nodes(&self, document: &Document, inner: &[bool]) -> usize {
        let is_node = |id: &BlockId| {
            matches!(document.block(*id).kind, BlockKind::Heading(_))
                || inner[id.index()]
                || is_step_item(document, self.mode, *id)
        };
        self.blocks.clone().map(BlockId::new).filter(is_node).count()
    }
}

/// What one item of a list is, in a mode.
fn is_step_item(document: &Document, mode: Mode, id: BlockId) -> bool {
    let block = document.block(id);
    let BlockKind::Item(item) = &block.kind else { return false };
    match (item.mark, mode) {
        (Some(Mark::Question), _) => false,
        (Some(_), _) => true,
        (None, Mode::Boxes) => false,
        (None, Mode::Numbered) => is_numbered(document, block.parent),
        (None, Mode::Bullets) => block.parent.is_some_and(|list| document.block(list).parent.is_none()),
    }
}

fn is_numbered(document: &Document, list: Option<BlockId>) -> bool {
    list.is_some_and(|list| matches!(document.block(list).kind, BlockKind::List { first: Some(_) }))
}

fn mode(document: &Document, blocks: Range<usize>) -> Mode {
    let marks = |item: &Item| item.mark.is_some_and(|mark| mark != Mark::Question);
    if document.blocks[blocks.clone()].iter().filter_map(|block| block.item()).any(marks) {
        return Mode::Boxes;
    }
    let numbered = blocks.map(BlockId::new).any(|id| is_step_item(document, Mode::Numbered, id));
    if numbered { Mode::Numbered } else { Mode::Bullets }
}

/// For every block: whether an item that is a step stands strictly inside it. What stands inside a
/// question belongs to the question.
fn has_steps_inside(document: &Document, files: &[File]) -> Vec<bool> {
    let mut inner = vec![false; document.blocks.len()];
    for file in files {
        for id in file.blocks.clone().rev().map(BlockId::new) {
            let block = document.block(id);
            let question = block.item().is_some_and(|item| item.mark == Some(Mark::Question));
            if let Some(parent) = block.parent
                && !question
                && (inner[id.index()] || is_step_item(document, file.mode, id))
            {
                inner[parent.index()] = true;
            }
        }
    }
    inner
}

/// What stands below a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Section {
    /// The place of the first block that is not in it.
    pub(super) end: usize,
    /// Whether a step is.
    pub(super) has_steps: bool,
}

/// Those of all headings.
fn sections(document: &Document, files: &[File]) -> HashMap<BlockId, Section> {
    let mut sections = HashMap::new();
    for file in files {
        let mut steps_behind = 0;
        // For each level from 1 to 6: where the next heading of that level or above it begins, and how many steps are
        // behind that.
        let mut next = [(file.blocks.end, 0); 7];
        for id in file.blocks.clone().rev().map(BlockId::new) {
            if let BlockKind::Heading(heading) = &document.block(id).kind {
                let level = usize::from(heading.level).clamp(1, 6);
                let (end, behind) = next[level];
                sections.insert(id, Section { end, has_steps: steps_behind > behind });
                next[level..].fill((id.index(), steps_behind));
            } else if is_step_item(document, file.mode, id) {
                steps_behind += 1;
            }
        }
    }
    sections
}

/// The heading of the first level, when there is just one.
fn only_title(document: &Document, blocks: Range<usize>) -> Option<BlockId> {
    let mut titles = blocks
        .map(BlockId::new)
        .filter(|id| matches!(&document.block(*id).kind, BlockKind::Heading(heading) if heading.level == 1));
    let first = titles.next()?;
    titles.next().is_none().then_some(first)
}
