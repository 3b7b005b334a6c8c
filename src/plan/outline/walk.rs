//! The walk over a document's blocks in written order: phases open and close with the headings,
//! items become steps and groups, prose is kept for the node that it stands in or before.

use super::inside::detail_word;
use super::make::{arrangement, holder, new_node, step};
use super::{Outline, is_numbered, is_step_item};
use crate::diagnostic::Diagnostic;
use crate::document::{BlockId, BlockKind, Document, Item, Mark};
use crate::plan::attributes::{Attributes, Kind};
use crate::plan::ids::{NodeId, QuestionId};
use crate::plan::node::{ListPlace, Node, NodeKind, Presence};
use crate::plan::places::Holder;
use crate::plan::roster::Roster;
use crate::plan::{messages, places};

/// Inside what the walk is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Inside {
    /// A group: its items are steps.
    Group(NodeId),
    /// A step: its boxes are ticks.
    Step(NodeId),
    Question(QuestionId),
    /// Prose in which only questions matter.
    Prose,
}

pub(super) struct Walk<'a> {
    pub(super) document: &'a Document,
    pub(super) variant: Option<&'a str>,
    pub(super) roster: &'a mut Roster,
    pub(super) diagnostics: &'a mut Vec<Diagnostic>,
    pub(super) inner: Vec<bool>,
    pub(super) sections: Vec<Option<(usize, bool)>>,
    pub(super) out: Outline,
    /// What is open, with the block after its end.
    pub(super) frames: Vec<(usize, Inside)>,
    /// The phases that are open, with their levels.
    pub(super) phases: Vec<(u8, NodeId)>,
    /// For every node: prose that waits for what follows it.
    pub(super) pending: Vec<Vec<BlockId>>,
    /// The end of the section without steps that the walk is in.
    pub(super) prose_until: usize,
}

impl Walk<'_> {
    pub(super) fn run(&mut self) {
        let mut index = 0;
        while index < self.document.blocks.len() {
            while let Some(&(_, inside)) = self.frames.last().filter(|(end, _)| *end <= index) {
                self.frames.pop();
                if let Inside::Group(node) = inside {
                    self.close(node);
                }
            }
            let id = BlockId::new(index);
            let deeper = match &self.document.block(id).kind {
                BlockKind::Heading(_) => {
                    self.heading(id);
                    true
                }
                BlockKind::Item(item) => self.item(id, item),
                BlockKind::List { .. } => true,
                BlockKind::Quote { .. } | BlockKind::Footnote { .. } if self.inner[index] => true,
                BlockKind::Quote { .. } | BlockKind::Footnote { .. } | BlockKind::Prose(_) => {
                    self.prose(id);
                    true
                }
            };
            index = if deeper { index + 1 } else { self.document.block(id).end.index() };
        }
        while let Some((_, inside)) = self.frames.pop() {
            if let Inside::Group(node) = inside {
                self.close(node);
            }
        }
        self.close_phases(0);
        self.close(NodeId::new(0));
    }

    // Phases.

    pub(super) fn heading(&mut self, id: BlockId) {
        let block = self.document.block(id);
        let BlockKind::Heading(heading) = &block.kind else { return };
        let (end, has_steps) = self.sections[id.index()].unwrap_or((id.index() + 1, false));
        if self.out.only_title == Some(id) {
            self.close_phases(0);
            let mut attributes = Attributes::read(&heading.braces, self.diagnostics);
            places::check(&mut attributes, Holder::Title, self.diagnostics);
            self.out.nodes[0].arrangement = arrangement(&attributes);
            self.out.attributes[0] = attributes;
            return;
        }
        self.close_phases(heading.level);
        if !has_steps {
            if id.index() >= self.prose_until {
                self.prose_until = end;
            }
            self.prose(id);
            return;
        }
        let parent = self.container();
        let mut attributes = Attributes::read(&heading.braces, self.diagnostics);
        places::check(&mut attributes, Holder::Phase, self.diagnostics);
        let mut node = new_node(NodeKind::Phase, Some(parent), heading.title.plain(), block.span);
        node.block = Some(id);
        if attributes.flag(Kind::Rollback).is_some() {
            node.way_back = Some(NodeId::new(self.out.nodes.len()));
        }
        let node = self.add(node, attributes);
        self.phases.push((heading.level, node));
    }

    fn close_phases(&mut self, level: u8) {
        while let Some(&(open, node)) = self.phases.last() {
            if open < level {
                break;
            }
            self.phases.pop();
            self.close(node);
        }
    }

    fn close(&mut self, node: NodeId) {
        self.out.nodes[node.index()].end = NodeId::new(self.out.nodes.len());
        let notes = std::mem::take(&mut self.pending[node.index()]);
        self.out.nodes[node.index()].notes_end = notes;
    }

    /// The phase or group around the block at hand.
    pub(super) fn container(&self) -> NodeId {
        let group = self.frames.iter().rev().find_map(|(_, inside)| match inside {
            Inside::Group(node) => Some(*node),
            _ => None,
        });
        group.or(self.phases.last().map(|(_, node)| *node)).unwrap_or(NodeId::new(0))
    }

    // Items.

    /// What one item is; says whether what is inside it matters.
    pub(super) fn item(&mut self, id: BlockId, item: &Item) -> bool {
        let inside = self.frames.last().map(|(_, inside)| *inside);
        let is_step = is_step_item(self.document, self.out.mode, id);
        if item.mark == Some(Mark::Question) {
            self.question(id, item, inside);
            return true;
        }
        match inside {
            Some(Inside::Step(step)) => self.in_step(id, item, step, is_step),
            Some(Inside::Question(question)) => self.in_question(id, item, question, is_step),
            Some(Inside::Prose) => {
                self.warn_of_attributes(item);
            }
            Some(Inside::Group(_)) | None => {
                if is_step || self.inner[id.index()] {
                    self.step_or_group(id, item);
                } else {
                    self.warn_of_attributes(item);
                    self.prose(id);
                }
            }
        }
        true
    }

    fn step_or_group(&mut self, id: BlockId, item: &Item) {
        let block = self.document.block(id);
        let parent = self.container();
        let is_step = is_step_item(self.document, self.out.mode, id);
        let mut attributes = Attributes::read(&item.braces, self.diagnostics);
        let kinds = [Kind::Gate, Kind::Milestone, Kind::Hold, Kind::During];
        let solid = attributes.has_estimate || kinds.iter().any(|kind| attributes.has(*kind));
        let is_group = self.inner[id.index()] && (!solid || !is_step);
        let holder = if is_group { Holder::Group } else { holder(&attributes) };
        places::check(&mut attributes, holder, self.diagnostics);
        let kind = if is_group { NodeKind::Group } else { NodeKind::Step };
        let mut node = new_node(kind, Some(parent), item.title.plain(), block.span);
        node.block = Some(id);
        node.mark = item.mark;
        node.list =
            block.parent.map(|list| ListPlace { list, numbered: is_numbered(self.document, Some(list)) });
        if !is_group {
            node.step = Some(step(&attributes));
        }
        let node = self.add(node, attributes);
        let end = block.end.index();
        if is_group {
            self.frames.push((end, Inside::Group(node)));
        } else {
            self.out.nodes[node.index()].end = NodeId::new(node.index() + 1);
            self.frames.push((end, Inside::Step(node)));
        }
    }

    fn add(&mut self, mut node: Node, mut attributes: Attributes) -> NodeId {
        let id = NodeId::new(self.out.nodes.len());
        let parent = node.parent.unwrap_or(NodeId::new(0));
        let around = &self.out.nodes[parent.index()];
        node.way_back = around.way_back.or(node.way_back);
        if node.way_back.is_some() {
            places::check_way_back(&mut attributes, self.diagnostics);
        }
        node.presence = self.presence(&attributes, node.mark, around.presence);
        node.arrangement = arrangement(&attributes);
        node.parallel = attributes.flag(Kind::Parallel);
        if let Some(written) = &attributes.id {
            node.id.clone_from(&written.value);
            node.written_id = Some(written.span);
        }
        node.notes_before = self.take_notes(parent);
        self.out.nodes.push(node);
        self.out.attributes.push(attributes);
        self.pending.push(Vec::new());
        id
    }

    /// Prose before the first step of the whole plan is printed on the index page.
    fn take_notes(&mut self, parent: NodeId) -> Vec<BlockId> {
        let notes = std::mem::take(&mut self.pending[parent.index()]);
        if self.out.nodes.len() == 1 {
            self.out.background.extend(notes);
            return Vec::new();
        }
        notes
    }

    pub(super) fn presence(&self, attributes: &Attributes, mark: Option<Mark>, around: Presence) -> Presence {
        let chosen = attributes.only.is_empty()
            || self.variant.is_none()
            || attributes.only.iter().any(|name| Some(name.value.as_str()) == self.variant);
        if !chosen || around == Presence::LeftOut {
            Presence::LeftOut
        } else if mark == Some(Mark::Dropped) || around == Presence::Dropped {
            Presence::Dropped
        } else {
            Presence::Here
        }
    }

    // Prose.

    fn prose(&mut self, id: BlockId) {
        if self.frames.iter().any(|(_, inside)| !matches!(inside, Inside::Group(_))) {
            return;
        }
        let container = self.container();
        let in_section = id.index() < self.prose_until;
        if in_section {
            self.out.background.push(id);
        }
        if !in_section || container.index() != 0 {
            self.pending[container.index()].push(id);
        }
        let end = self.document.block(id).end.index();
        if end > id.index() + 1 {
            self.frames.push((end, Inside::Prose));
        }
    }

    pub(super) fn warn_of_attributes(&mut self, item: &Item) {
        if let Some(block) = item.braces.first().filter(|_| !item.almost) {
            self.diagnostics.push(match detail_word(item) {
                Some(word) => messages::detail_outside_step(block.span, &word),
                None => messages::attributes_without_box(block.span),
            });
        }
    }
}
