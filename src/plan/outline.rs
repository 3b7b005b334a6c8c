//! A document's blocks become phases, groups, steps, ticks, questions and prose.
//!
//! Which item is what depends on its box, on whether boxes stand inside it, and on whether it has an
//! estimate. One walk in written order, without recursion: documents may be ten thousand levels deep.

use super::attributes::{Attributes, Kind};
use super::ids::{NodeId, QuestionId, TickId};
use super::messages;
use super::node::{
    Arrangement, Given, ListPlace, Node, NodeKind, Owner, Presence, Question, Step, StepKind, Tick, Undo,
};
use super::places::{self, Holder};
use super::roster::Roster;
use crate::diagnostic::Diagnostic;
use crate::document::{BlockId, BlockKind, Document, Item, Mark};
use crate::source::Span;

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

/// A plan's outline.
pub(super) struct Outline {
    pub(super) mode: Mode,
    pub(super) nodes: Vec<Node>,
    /// The attributes of each node, names not looked up yet.
    pub(super) attributes: Vec<Attributes>,
    pub(super) ticks: Vec<Tick>,
    pub(super) questions: Vec<Question>,
    pub(super) roles: Vec<Option<Role>>,
    /// Prose for the index page: what stands before the first step, and headings without steps.
    pub(super) background: Vec<BlockId>,
    pub(super) only_title: Option<BlockId>,
}

pub(super) fn outline(
    document: &Document,
    variant: Option<&str>,
    roster: &mut Roster,
    diagnostics: &mut Vec<Diagnostic>,
) -> Outline {
    let mode = mode(document);
    let whole = Span::new(document.source, 0..0);
    let root = new_node(NodeKind::Plan, None, String::new(), whole);
    let mut walk = Walk {
        document,
        variant,
        roster,
        diagnostics,
        inner: has_steps_inside(document, mode),
        sections: sections(document, mode),
        out: Outline {
            mode,
            nodes: vec![root],
            attributes: vec![Attributes::default()],
            ticks: Vec::new(),
            questions: Vec::new(),
            roles: vec![None; document.blocks.len()],
            background: Vec::new(),
            only_title: only_title(document),
        },
        frames: Vec::new(),
        phases: Vec::new(),
        pending: vec![Vec::new()],
        prose_until: 0,
    };
    walk.run();
    walk.out
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

fn mode(document: &Document) -> Mode {
    let marks = |item: &Item| item.mark.is_some_and(|mark| mark != Mark::Question);
    if document.blocks.iter().filter_map(|block| block.item()).any(marks) {
        return Mode::Boxes;
    }
    let numbered = document.ids().any(|id| is_step_item(document, Mode::Numbered, id));
    if numbered { Mode::Numbered } else { Mode::Bullets }
}

/// For every block: whether an item that is a step stands strictly inside it. What stands inside a
/// question belongs to the question.
fn has_steps_inside(document: &Document, mode: Mode) -> Vec<bool> {
    let mut inner = vec![false; document.blocks.len()];
    for id in (0..document.blocks.len()).rev().map(BlockId::new) {
        let block = document.block(id);
        let question = block.item().is_some_and(|item| item.mark == Some(Mark::Question));
        if let Some(parent) = block.parent
            && !question
            && (inner[id.index()] || is_step_item(document, mode, id))
        {
            inner[parent.index()] = true;
        }
    }
    inner
}

/// For every heading: where its section ends, and whether a step stands in it.
fn sections(document: &Document, mode: Mode) -> Vec<Option<(usize, bool)>> {
    let count = document.blocks.len();
    let mut steps_before = vec![0usize; count + 1];
    for (index, id) in document.ids().enumerate() {
        steps_before[index + 1] = steps_before[index] + usize::from(is_step_item(document, mode, id));
    }
    let mut sections = vec![None; count];
    // For each level from 1 to 6: where the next heading of that level or above it begins.
    let mut next = [count; 7];
    for index in (0..count).rev() {
        if let BlockKind::Heading(heading) = &document.blocks[index].kind {
            let level = usize::from(heading.level).clamp(1, 6);
            let end = next[level];
            sections[index] = Some((end, steps_before[end] > steps_before[index]));
            for slot in &mut next[level..] {
                *slot = index;
            }
        }
    }
    sections
}

/// The heading of the first level, when there is just one.
fn only_title(document: &Document) -> Option<BlockId> {
    let mut titles = document
        .ids()
        .filter(|id| matches!(&document.block(*id).kind, BlockKind::Heading(heading) if heading.level == 1));
    let first = titles.next()?;
    titles.next().is_none().then_some(first)
}

fn new_node(kind: NodeKind, parent: Option<NodeId>, title: String, span: Span) -> Node {
    Node {
        kind,
        parent,
        end: NodeId::new(0),
        title,
        id: String::new(),
        written_id: None,
        slug: String::new(),
        span,
        block: None,
        list: None,
        mark: None,
        presence: Presence::Here,
        way_back: None,
        arrangement: Arrangement::AsWritten,
        parallel: None,
        links: Vec::new(),
        at: None,
        from: Vec::new(),
        by: Vec::new(),
        window: None,
        owners: Vec::new(),
        backup: Vec::new(),
        access: Vec::new(),
        uses: Vec::new(),
        step: None,
        notes_before: Vec::new(),
        notes_end: Vec::new(),
    }
}

/// Inside what the walk is.
#[derive(Debug, Clone, Copy)]
enum Inside {
    /// A group: its items are steps.
    Group(NodeId),
    /// A step: its boxes are ticks.
    Step(NodeId),
    Question(QuestionId),
    /// Prose in which only questions matter.
    Prose,
}

struct Walk<'a> {
    document: &'a Document,
    variant: Option<&'a str>,
    roster: &'a mut Roster,
    diagnostics: &'a mut Vec<Diagnostic>,
    inner: Vec<bool>,
    sections: Vec<Option<(usize, bool)>>,
    out: Outline,
    /// What is open, with the block after its end.
    frames: Vec<(usize, Inside)>,
    /// The phases that are open, with their levels.
    phases: Vec<(u8, NodeId)>,
    /// For every node: prose that waits for what follows it.
    pending: Vec<Vec<BlockId>>,
    /// The end of the section without steps that the walk is in.
    prose_until: usize,
}

impl Walk<'_> {
    fn run(&mut self) {
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

    fn heading(&mut self, id: BlockId) {
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
    fn container(&self) -> NodeId {
        let group = self.frames.iter().rev().find_map(|(_, inside)| match inside {
            Inside::Group(node) => Some(*node),
            _ => None,
        });
        group.or(self.phases.last().map(|(_, node)| *node)).unwrap_or(NodeId::new(0))
    }

    // Items.

    /// What one item is; says whether what is inside it matters.
    fn item(&mut self, id: BlockId, item: &Item) -> bool {
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

    fn add(&mut self, mut node: Node, attributes: Attributes) -> NodeId {
        let id = NodeId::new(self.out.nodes.len());
        let parent = node.parent.unwrap_or(NodeId::new(0));
        let around = &self.out.nodes[parent.index()];
        node.way_back = around.way_back.or(node.way_back);
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

    fn presence(&self, attributes: &Attributes, mark: Option<Mark>, around: Presence) -> Presence {
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

    fn in_step(&mut self, id: BlockId, item: &Item, step: NodeId, is_step: bool) {
        if is_step {
            self.tick(id, item, Some(step));
            return;
        }
        match detail_word(item).as_deref() {
            Some("expect") => {
                self.warn_of_attributes(item);
                self.out.roles[id.index()] = Some(Role::Expect);
                if let Some(step) = &mut self.out.nodes[step.index()].step {
                    step.expects.push(id);
                }
            }
            Some("undo") => self.undo(id, item, step),
            _ => self.warn_of_attributes(item),
        }
    }

    fn undo(&mut self, id: BlockId, item: &Item, step: NodeId) {
        let mut attributes = Attributes::read(&item.braces, self.diagnostics);
        places::check(&mut attributes, Holder::Undo, self.diagnostics);
        let owners = self.owners(&attributes);
        self.out.roles[id.index()] = Some(Role::Undo);
        if let Some(step) = &mut self.out.nodes[step.index()].step {
            step.undos.push(Undo { block: id, estimate: attributes.estimate.map(Given::written), owners });
        }
    }

    fn tick(&mut self, id: BlockId, item: &Item, step: Option<NodeId>) {
        let mut attributes = Attributes::read(&item.braces, self.diagnostics);
        places::check(&mut attributes, Holder::Tick, self.diagnostics);
        let owners = self.owners(&attributes);
        let tick = TickId::new(self.out.ticks.len());
        self.out.roles[id.index()] = Some(Role::Tick(tick));
        let mark = item.mark.unwrap_or(Mark::Todo);
        self.out.ticks.push(Tick { step, block: id, title: item.title.plain(), mark, owners });
        if let Some(step) = step.and_then(|step| self.out.nodes[step.index()].step.as_mut()) {
            step.ticks.push(tick);
        }
    }

    fn question(&mut self, id: BlockId, item: &Item, inside: Option<Inside>) {
        let block = self.document.block(id);
        let mut attributes = Attributes::read(&item.braces, self.diagnostics);
        places::check(&mut attributes, Holder::Question, self.diagnostics);
        let around = match inside {
            Some(Inside::Step(node)) => node,
            _ => self.container(),
        };
        let presence = self.presence(&attributes, None, self.out.nodes[around.index()].presence);
        let question = QuestionId::new(self.out.questions.len());
        self.frames.push((block.end.index(), Inside::Question(question)));
        self.out.roles[id.index()] = Some(Role::Question(question));
        let about_kind = self.out.nodes[around.index()].kind;
        let owners = self.owners(&attributes);
        self.out.questions.push(Question {
            block: id,
            span: block.span,
            text: item.title.plain(),
            who: owners.into_iter().next(),
            by: attributes.by.map(Given::written),
            about: matches!(about_kind, NodeKind::Step | NodeKind::Group).then_some(around),
            answer: None,
            asked: presence == Presence::Here,
        });
    }

    fn in_question(&mut self, id: BlockId, item: &Item, question: QuestionId, is_step: bool) {
        if is_step {
            self.tick(id, item, None);
            return;
        }
        self.warn_of_attributes(item);
        if detail_word(item).as_deref() == Some("answer") {
            self.out.roles[id.index()] = Some(Role::Answer);
            let mut text = item.title.plain();
            let rest = item.rest.plain();
            if !rest.is_empty() {
                text = format!("{text} {rest}");
            }
            let answer = text.split_once(':').map_or("", |(_, answer)| answer).trim().to_owned();
            self.out.questions[question.index()].answer.get_or_insert(answer);
        }
    }

    fn owners(&mut self, attributes: &Attributes) -> Vec<Given<Owner>> {
        let mut owners: Vec<Given<Owner>> = Vec::new();
        for written in &attributes.owners {
            if let Some(owner) = self.roster.look_up(&written.value, written.span, self.diagnostics)
                && !owners.iter().any(|known| known.value == owner)
            {
                owners.push(Given::here(owner, written.span));
            }
        }
        owners
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

    fn warn_of_attributes(&mut self, item: &Item) {
        if let Some(block) = item.braces.first().filter(|_| !item.almost) {
            self.diagnostics.push(messages::attributes_without_box(block.span));
        }
    }
}

fn holder(attributes: &Attributes) -> Holder {
    let kinds =
        [(Kind::Gate, Holder::Gate), (Kind::Milestone, Holder::Milestone), (Kind::Hold, Holder::Hold)];
    let first = attributes.words.iter().find_map(|word| kinds.iter().find(|(kind, _)| *kind == word.value));
    first.map_or(Holder::Step, |(_, holder)| *holder)
}

fn step(attributes: &Attributes) -> Step {
    let kind = match holder(attributes) {
        Holder::Gate => StepKind::Gate,
        Holder::Milestone => StepKind::Milestone,
        Holder::Hold => StepKind::Hold,
        _ => StepKind::Ordinary,
    };
    Step {
        kind,
        estimate: attributes.estimate.clone().map(Given::written),
        unattended: attributes.flag(Kind::Unattended),
        late: attributes.flag(Kind::Late),
        no_return: attributes.flag(Kind::NoReturn),
        stops: Vec::new(),
        starts: Vec::new(),
        locks: Vec::new(),
        no_go: None,
        ticks: Vec::new(),
        expects: Vec::new(),
        undos: Vec::new(),
    }
}

fn arrangement(attributes: &Attributes) -> Arrangement {
    if attributes.flag(Kind::AnyOrder).is_some() {
        Arrangement::AnyOrder
    } else if attributes.flag(Kind::InOrder).is_some() {
        Arrangement::InOrder
    } else {
        Arrangement::AsWritten
    }
}

/// The word before the colon with which a detail begins, in lower case.
fn detail_word(item: &Item) -> Option<String> {
    let title = item.title.plain();
    let (word, _) = title.split_once(':')?;
    let word = word.to_lowercase();
    matches!(word.as_str(), "expect" | "undo" | "answer").then_some(word)
}
