//! What stands inside a step: ticks, questions, expectations and ways to take it back.

use std::borrow::Cow;

use super::Role;
use super::near_detail::near_detail;
use super::walk::{Inside, Walk};
use crate::document::{Block, BlockId, Braces, Item, Mark, Piece, Prose};
use crate::plan::attributes::{Attributes, Kind};
use crate::plan::ids::{NodeId, QuestionId, TickId};
use crate::plan::messages;
use crate::plan::node::{Given, NodeKind, Owner, Presence, Question, Tick, Undo};
use crate::plan::places::{self, Holder};

/// The word before the colon with which a detail begins, in lower case.
pub(super) fn detail_word(item: &Item) -> Option<&'static str> {
    // Mostly the colon stands in the first words, and what follows need not be read.
    let begin = match item.title.pieces.first() {
        Some(Piece::Text(run)) if run.text.contains(':') => {
            Cow::Borrowed(run.text.trim_start_matches([' ', '\t', '\n', '\r']))
        }
        _ => Cow::Owned(item.title.plain()),
    };
    let (word, _) = begin.split_once(':')?;
    ["expect", "undo", "answer"].into_iter().find(|known| known.eq_ignore_ascii_case(word))
}

impl Walk<'_> {
    pub(super) fn in_step(&mut self, id: BlockId, item: &Item, step: NodeId, is_step: bool) {
        if is_step {
            let braces = if self.warn_of_detail_behind_a_box(item) { &[] } else { &*item.braces };
            self.tick(id, item, braces, Some(step));
            return;
        }
        match detail_word(item) {
            Some("expect") => {
                self.warn_of_attributes(item);
                self.out.roles[id.index()] = Some(Role::Expect);
                if let Some(step) = &mut self.out.nodes[step.index()].step {
                    step.expects.push(id);
                }
            }
            Some("undo") => self.undo(id, item, step),
            _ => self.warn_of_near_detail(item, &["expect", "undo"]),
        }
    }

    /// An item that was meant as a detail with one of these words, or else braces that have no effect.
    fn warn_of_near_detail(&mut self, item: &Item, words: &[&'static str]) {
        match near_detail(item, words) {
            Some(said) => self.diagnostics.push(said),
            None => self.warn_of_attributes(item),
        }
    }

    /// Whether a box below a step was meant as a detail of it.
    pub(super) fn warn_of_detail_behind_a_box(&mut self, item: &Item) -> bool {
        let word = detail_word(item).filter(|word| item.mark.is_some() && *word != "answer");
        let Some((word, span)) = word.zip(item.title.first_span()) else { return false };
        self.diagnostics.push(messages::detail_behind_a_box(span.part(0..word.len().min(span.len())), word));
        true
    }

    fn undo(&mut self, id: BlockId, item: &Item, step: NodeId) {
        let mut attributes = self.attributes(id, &item.braces);
        places::check(&mut attributes, Holder::Undo, self.diagnostics);
        let owners = self.owners(&attributes);
        self.out.roles[id.index()] = Some(Role::Undo);
        if let Some(step) = &mut self.out.nodes[step.index()].step {
            step.undos.reserve_exact(1);
            step.undos.push(Undo { block: id, estimate: attributes.estimate.map(Given::written), owners });
        }
    }

    fn tick(&mut self, id: BlockId, item: &Item, braces: &[Braces], step: Option<NodeId>) -> TickId {
        let mut attributes = self.attributes(id, braces);
        places::check(&mut attributes, Holder::Tick, self.diagnostics);
        let owners = self.owners(&attributes);
        let tick = TickId::new(self.out.ticks.len());
        self.out.roles[id.index()] = Some(Role::Tick(tick));
        let mark = item.mark.unwrap_or(Mark::Todo);
        self.out.ticks.push(Tick { step, block: id, title: item.title.plain(), mark, owners });
        if let Some(step) = step.and_then(|step| self.out.nodes[step.index()].step.as_mut()) {
            step.ticks.push(tick);
        }
        tick
    }

    pub(super) fn question(&mut self, id: BlockId, item: &Item, inside: Option<Inside>) {
        let block = self.document.block(id);
        let mut attributes = self.attributes(id, &item.braces);
        places::check(&mut attributes, Holder::Question, self.diagnostics);
        let around = match inside {
            Some(Inside::Step(node)) => node,
            _ => self.container(),
        };
        let presence = self.presence(&attributes, None, self.out.nodes[around.index()].presence);
        let question = QuestionId::new(self.out.questions.len());
        self.level.frames.push((block.end.index(), Inside::Question(question)));
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
            ticks: Vec::new(),
            asked: presence == Presence::Here,
        });
    }

    pub(super) fn in_question(&mut self, id: BlockId, item: &Item, question: QuestionId, is_step: bool) {
        if is_step {
            // A box under a question of a step is one more box of that step.
            let about = self.out.questions[question.index()].about;
            let step = about.filter(|about| self.out.nodes[about.index()].is_step());
            let tick = self.tick(id, item, &item.braces, step);
            if step.is_none() {
                self.out.questions[question.index()].ticks.push(tick);
            }
            return;
        }
        if detail_word(item) != Some("answer") {
            self.warn_of_near_detail(item, &["answer"]);
        } else {
            self.warn_of_attributes(item);
            self.out.roles[id.index()] = Some(Role::Answer);
            // All that stands in the item belongs to the answer, further paragraphs and lists too.
            let inner = &self.document.blocks[id.index()..self.document.block(id).end.index()];
            let texts = inner.iter().flat_map(Block::prose).map(Prose::plain);
            let text = texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ");
            let answer = text.split_once(':').map_or("", |(_, answer)| answer).trim().to_owned();
            self.out.questions[question.index()].answer.get_or_insert(answer);
        }
    }

    pub(super) fn owners(&mut self, attributes: &Attributes) -> Box<[Given<Owner>]> {
        let written = attributes.names.of(Kind::Owner);
        let mut owners: Vec<Given<Owner>> = Vec::with_capacity(written.clone().count());
        for written in written {
            if let Some(owner) = self.roster.look_up(&written.value, written.span, self.diagnostics)
                && (self.roster.remembers_handles() || !owners.iter().any(|known| known.value == owner))
            {
                owners.push(Given::here(owner, written.span));
            }
        }
        owners.into()
    }
}
