//! What braces at a place of the text stand on, and so which words may stand in them.
//!
//! A byte of a compiled text comes in, with the words that are in the braces now. Promised: nothing is said of code, and of
//! text whose braces have no effect.

use std::collections::HashMap;

use super::project::Place;
use crate::document::{Block, BlockId, BlockKind, Document, PartId, is_duration_like};
use crate::plan::{Holder, NodeId, NodeKind, Role, words_on};

/// What braces stand on.
pub(super) struct Spot {
    holder: Holder,
    /// Whether it has a box and others inside it, so that these words decide whether it is one step.
    may_be_step: bool,
    /// The phase, group or step.
    pub(super) node: Option<NodeId>,
    on_way_back: bool,
}

/// The words that make one step of an item with boxes inside.
const OF_ONE_STEP: [&str; 4] = [".gate", ".milestone", ".hold", "during="];

impl Spot {
    /// What a byte stands on.
    pub(super) fn at(place: &Place<'_>, offset: usize) -> Option<Self> {
        let plan = &place.project.compiled.plan;
        let document = &plan.document;
        let blocks = document.part(place.part).blocks.clone();
        let before =
            document.blocks[blocks.clone()].iter().rposition(|block| block.span.start() <= offset)?;
        let id = BlockId::new(blocks.start + before);
        let block = document.block(id);
        let nodes: HashMap<BlockId, NodeId> =
            place.project.nodes(place.part).filter_map(|(id, node)| Some((node.block?, id))).collect();
        let node = nodes.get(&id).copied();
        let role = plan.roles.get(id.index()).copied().flatten();
        let is_step = |id: NodeId| plan.node(id).is_step();
        let holder = match (&block.kind, node) {
            (_, Some(node)) if plan.node(node).holds.is_some() => Holder::PlanLink,
            (_, Some(node)) => match plan.node(node).kind {
                NodeKind::Plan => Holder::Title,
                NodeKind::Phase => Holder::Phase,
                NodeKind::Group => Holder::Group,
                NodeKind::Step => Holder::Step,
            },
            (BlockKind::Heading(heading), None) => {
                let is_only = heading.level == 1 && only_one(document, place.part);
                if is_only { Holder::Title } else { Holder::Phase }
            }
            (BlockKind::Item(_), None) => match role {
                Some(Role::Tick(_)) => Holder::Tick,
                Some(Role::Question(_)) => Holder::Question,
                Some(Role::Undo) => Holder::Undo,
                Some(Role::Expect | Role::Answer) => return None,
                // With boxes inside it is a group; inside a step it is text.
                None => {
                    let mut around = around(document, block);
                    let inside = around.find_map(|id| {
                        let role = plan.roles.get(id.index()).copied().flatten();
                        nodes.get(&id).map(|node| is_step(*node)).or(role.map(|_| true))
                    });
                    if inside == Some(true) {
                        return None;
                    }
                    Holder::Group
                }
            },
            _ => return None,
        };
        let may_be_step = holder == Holder::Group && block.has_box();
        let on_way_back = node.is_some_and(|node| plan.node(node).way_back.is_some());
        Some(Self { holder, may_be_step, node, on_way_back })
    }

    /// The words that may be written beside those that are there.
    pub(super) fn words(&self, beside: &[&str]) -> Vec<&'static str> {
        let makes_step =
            |word: &&str| OF_ONE_STEP.iter().any(|one| word.starts_with(one)) || is_duration_like(word);
        let is_step = self.holder == Holder::Step || (self.may_be_step && beside.iter().any(makes_step));
        let own = [(".gate", Holder::Gate), (".milestone", Holder::Milestone), (".hold", Holder::Hold)];
        let special = own.iter().find(|(word, _)| beside.contains(word)).map(|(_, holder)| *holder);
        let holder = if is_step { special.unwrap_or(Holder::Step) } else { self.holder };
        let may_become = self.may_be_step && !is_step;
        let others = words_on(Holder::Step, beside).filter(|word| may_become && OF_ONE_STEP.contains(word));
        let on_way_back = self.on_way_back || beside.contains(&".rollback");
        words_on(holder, beside)
            .chain(others)
            // It begins when it is called.
            .filter(|word| !on_way_back || !matches!(*word, "at=" | "from="))
            .collect()
    }

    /// Whether a word with `=` may stand here at all.
    pub(super) fn takes(&self, key: &str) -> bool {
        // Of a step nobody knows yet whether it will be a gate.
        let becomes =
            if self.holder == Holder::Step || self.may_be_step { Holder::Gate } else { self.holder };
        words_on(becomes, &[]).any(|word| word.strip_suffix('=') == Some(key))
    }
}

/// Whether a file has one heading of the first level.
fn only_one(document: &Document, part: PartId) -> bool {
    let blocks = document.blocks[document.part(part).blocks.clone()].iter();
    blocks
        .filter(|block| matches!(&block.kind, BlockKind::Heading(heading) if heading.level == 1))
        .nth(1)
        .is_none()
}

/// The blocks around one, from the inside.
fn around<'a>(document: &'a Document, block: &'a Block) -> impl Iterator<Item = BlockId> + 'a {
    std::iter::successors(block.parent, |id| document.block(*id).parent)
}
