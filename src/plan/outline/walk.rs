//! The walk over a document's blocks in written order: phases open and close with the headings,
//! items become steps and groups, prose is kept for the node that it stands in or before.

use std::collections::HashMap;

use super::inside::detail_word;
use super::make::{arrangement, holder, new_node, step};
use super::titles;
use super::{File, Mode, Named, Outline, Section, is_numbered, is_step_item};
use crate::diagnostic::Diagnostic;
use crate::document::{BlockId, BlockKind, Braces, Document, Heading, Item, Linked, Mark, PartId};
use crate::plan::attributes::{Attributes, Kind};
use crate::plan::ids::{NodeId, QuestionId};
use crate::plan::node::{Arrangement, Given, ListPlace, Node, NodeKind, Presence};
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
    pub(super) inner: &'a [bool],
    pub(super) sections: HashMap<BlockId, Section>,
    pub(super) files: &'a [File],
    pub(super) out: Outline,
    /// The file that the walk is in.
    pub(super) level: Level,
    /// The files around it, which go on when it ends.
    pub(super) around: Vec<Level>,
    /// For every node: prose that waits for what follows it.
    pub(super) pending: Vec<Vec<BlockId>>,
}

/// How far the walk has come in one file.
pub(super) struct Level {
    pub(super) part: PartId,
    pub(super) mode: Mode,
    only_title: Option<BlockId>,
    /// The whole plan, or the step that holds this one.
    base: NodeId,
    /// The next block, and the one after the last.
    next: usize,
    end: usize,
    /// What is open, with the block after its end.
    pub(super) frames: Vec<(usize, Inside)>,
    /// The phases that are open, with their levels.
    phases: Vec<(u8, NodeId)>,
    /// The end of the section without steps that the walk is in.
    prose_until: usize,
}

impl Level {
    pub(super) fn new(file: &File, part: PartId, base: NodeId) -> Self {
        Self {
            part,
            mode: file.mode,
            only_title: file.only_title,
            base,
            next: file.blocks.start,
            end: file.blocks.end,
            frames: Vec::new(),
            phases: Vec::new(),
            prose_until: 0,
        }
    }
}

impl Walk<'_> {
    pub(super) fn run(&mut self) {
        loop {
            while self.level.next < self.level.end {
                self.block();
            }
            self.close_frames(usize::MAX);
            self.close_phases(0);
            match self.around.pop() {
                Some(around) => self.level = around,
                None => break,
            }
        }
        self.close(NodeId::new(0));
    }

    fn block(&mut self) {
        let index = self.level.next;
        self.close_frames(index);
        let id = BlockId::new(index);
        let document = self.document;
        let block = document.block(id);
        // Set first: an item that holds another plan goes on there.
        self.level.next = index + 1;
        match &block.kind {
            BlockKind::Heading(_) => self.heading(id),
            BlockKind::Item(item) => self.item(id, item),
            BlockKind::List { .. } => {}
            BlockKind::Quote { .. } | BlockKind::Footnote { .. } if self.inner[index] => {}
            BlockKind::Quote { .. } | BlockKind::Footnote { .. } | BlockKind::Prose(_) => self.prose(id),
        }
    }

    fn close_frames(&mut self, index: usize) {
        while let Some((_, inside)) = self.level.frames.pop_if(|(end, _)| *end <= index) {
            if let Inside::Group(node) = inside {
                self.close(node);
            }
        }
    }

    /// Goes on inside the plan that a step holds.
    fn enter(&mut self, part: PartId, holder: NodeId) {
        self.out.holders[part.index()] = Some(holder);
        let inner = Level::new(&self.files[part.index()], part, holder);
        self.around.push(std::mem::replace(&mut self.level, inner));
    }

    // Phases.

    pub(super) fn heading(&mut self, id: BlockId) {
        let block = self.document.block(id);
        let BlockKind::Heading(heading) = &block.kind else { return };
        let Section { end, has_steps } = self.sections[&id];
        if self.level.only_title == Some(id) {
            self.close_phases(0);
            self.title(id, heading);
            return;
        }
        self.close_phases(heading.level);
        if !has_steps {
            if id.index() >= self.level.prose_until {
                self.level.prose_until = end;
            }
            self.prose(id);
            return;
        }
        let parent = self.container();
        let mut attributes = self.attributes(id, &heading.braces);
        places::check(&mut attributes, Holder::Phase, self.diagnostics);
        let mut node = new_node(NodeKind::Phase, Some(parent), block.span);
        node.block = Some(id);
        if attributes.flag(Kind::Rollback).is_some() {
            node.way_back = Some(NodeId::new(self.out.nodes.len()));
        }
        let node = self.add(node, attributes);
        self.level.phases.push((heading.level, node));
    }

    /// The title of a file. What stands in its braces holds for the whole plan, unless the link to it
    /// says otherwise; one that the link does not have is printed inside.
    fn title(&mut self, id: BlockId, heading: &Heading) {
        let base = self.level.base;
        let mut attributes = self.attributes(id, &heading.braces);
        places::check(&mut attributes, Holder::Title, self.diagnostics);
        let node = &mut self.out.nodes[base.index()];
        if node.arrangement == Arrangement::AsWritten {
            node.arrangement = arrangement(&attributes);
        }
        let link = node.block.map(|link| titles::plain(self.document.block(link)));
        if link.is_some_and(|link| link != heading.title.plain()) {
            self.pending[base.index()].push(id);
        }
        let node = &mut self.out.nodes[base.index()];
        for (own, whole) in [(&mut node.from, attributes.from), (&mut node.by, attributes.by)] {
            if own.is_empty() {
                *own = whole.into_iter().map(Given::written).collect();
            }
        }
        self.out.named[base.index()].names.defaults(attributes.names);
    }

    fn close_phases(&mut self, level: u8) {
        while let Some((_, node)) = self.level.phases.pop_if(|(open, _)| *open >= level) {
            self.close(node);
        }
    }

    fn close(&mut self, node: NodeId) {
        self.out.nodes[node.index()].end = NodeId::new(self.out.nodes.len());
        let notes = std::mem::take(&mut self.pending[node.index()]);
        self.out.nodes[node.index()].notes_end = notes.into();
    }

    /// The phase or group around the block at hand.
    pub(super) fn container(&self) -> NodeId {
        let group = self.level.frames.iter().rev().find_map(|(_, inside)| match inside {
            Inside::Group(node) => Some(*node),
            _ => None,
        });
        group.or(self.level.phases.last().map(|(_, node)| *node)).unwrap_or(self.level.base)
    }

    // Items.

    /// What one item is.
    fn item(&mut self, id: BlockId, item: &Item) {
        let inside = self.level.frames.last().map(|(_, inside)| *inside);
        let is_step = is_step_item(self.document, self.level.mode, id);
        if item.mark == Some(Mark::Question) {
            self.question(id, item, inside);
            return;
        }
        match inside {
            Some(Inside::Step(step)) => self.in_step(id, item, step, is_step),
            Some(Inside::Question(question)) => self.in_question(id, item, question, is_step),
            Some(Inside::Prose) => self.warn_of_attributes(item),
            Some(Inside::Group(_)) | None => {
                if is_step || self.inner[id.index()] {
                    self.step_or_group(id, item);
                } else {
                    self.warn_of_attributes(item);
                    self.prose(id);
                }
            }
        }
    }

    fn step_or_group(&mut self, id: BlockId, item: &Item) {
        let block = self.document.block(id);
        let parent = self.container();
        let is_step = is_step_item(self.document, self.level.mode, id);
        if is_step && self.out.nodes[parent.index()].mark.is_some() {
            self.warn_of_detail_behind_a_box(item);
        }
        let mut attributes = self.attributes(id, &item.braces);
        let kinds = [Kind::Gate, Kind::Milestone, Kind::Hold, Kind::During];
        let holds = if is_step { self.holds(id, item, &mut attributes) } else { None };
        let solid = attributes.has_estimate || kinds.iter().any(|kind| attributes.has(*kind));
        let is_group = holds.is_some() || (self.inner[id.index()] && (!solid || !is_step));
        let holder = match holds {
            Some(_) => Holder::PlanLink,
            None if is_group => Holder::Group,
            None => holder(&attributes),
        };
        places::check(&mut attributes, holder, self.diagnostics);
        let kind = if is_group { NodeKind::Group } else { NodeKind::Step };
        let mut node = new_node(kind, Some(parent), block.span);
        node.block = Some(id);
        node.mark = item.mark;
        node.holds = holds;
        node.list =
            block.parent.map(|list| ListPlace { list, numbered: is_numbered(self.document, Some(list)) });
        if !is_group {
            node.step = Some(step(&attributes));
        }
        let node = self.add(node, attributes);
        let end = block.end.index();
        if is_group {
            self.level.frames.push((end, Inside::Group(node)));
        } else {
            self.out.nodes[node.index()].end = NodeId::new(node.index() + 1);
            self.level.frames.push((end, Inside::Step(node)));
        }
        if let Some(part) = holds {
            self.enter(part, node);
        }
    }

    /// The plan that a step is a link to. One that can't be had is an error at a link with braces, and
    /// such a step stands without contents.
    fn holds(&mut self, id: BlockId, item: &Item, attributes: &mut Attributes) -> Option<PartId> {
        match self.document.linked.get(&id)? {
            Linked::Plan(part) => Some(*part),
            Linked::Refused(refusal) if !item.braces.is_empty() => {
                let (target, span) = item.title.only_link()?;
                self.diagnostics.push(messages::refused_plan(span, target, refusal));
                attributes.remove(Kind::Vars);
                None
            }
            Linked::Refused(_) | Linked::NoPlan => None,
        }
    }

    /// The attributes of a heading or item.
    pub(super) fn attributes(&mut self, id: BlockId, braces: &[Braces]) -> Attributes {
        if !braces.is_empty() {
            self.out.attributed.push(id);
        }
        Attributes::read(braces, &|name| self.roster.handle_of(name), self.diagnostics)
    }

    fn add(&mut self, mut node: Node, mut attributes: Attributes) -> NodeId {
        let id = NodeId::new(self.out.nodes.len());
        node.part = self.level.part;
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
        node.notes_before = self.take_notes(parent).into();
        node.at = attributes.at.map(|at| Box::new(Given::written(at)));
        node.from = attributes.from.into_iter().map(Given::written).collect();
        node.by = attributes.by.into_iter().map(Given::written).collect();
        self.out.nodes.push(node);
        let Attributes { names, links, no_go, .. } = attributes;
        self.out.named.push(Named { names, links, no_go });
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
        let mut only = attributes.names.of(Kind::Only).peekable();
        let chosen = only.peek().is_none()
            || self.variant.is_none()
            || only.any(|name| Some(name.value.as_str()) == self.variant);
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
        if self.level.frames.iter().any(|(_, inside)| !matches!(inside, Inside::Group(_))) {
            return;
        }
        let container = self.container();
        let in_section = id.index() < self.level.prose_until;
        if in_section {
            self.out.background.push(id);
        }
        if !in_section || container.index() != 0 {
            self.pending[container.index()].push(id);
        }
        let end = self.document.block(id).end.index();
        if end > id.index() + 1 {
            self.level.frames.push((end, Inside::Prose));
        }
    }

    pub(super) fn warn_of_attributes(&mut self, item: &Item) {
        if let Some(block) = item.braces.first().filter(|_| !item.almost) {
            self.diagnostics.push(match detail_word(item) {
                Some(word) => messages::detail_outside_step(block.span, word),
                None => messages::attributes_without_box(block.span),
            });
        }
    }
}
