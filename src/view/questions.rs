//! Open questions, one list for each who has to find something out, and what else is still missing.
//!
//! Answered questions stay below, as a record. Whether a question is late depends on the hour, so the
//! page leaves that out; what must be answered first stands first.

use serde::Serialize;

use super::head::Head;
use super::presenter::Presenter;
use super::words;
use crate::check;
use crate::plan::{NodeId, NodeKind, Owner, Question};
use crate::schedule::Moment;
use crate::source::Span;

/// The questions of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuestionsPage {
    /// The head of all pages.
    pub head: Head,
    /// How many are open and answered.
    pub facts: String,
    /// Open ones, a list for each who finds out; those of nobody last.
    pub lists: Vec<QuestionList>,
    /// Answered ones.
    pub answered: Vec<AskedQuestion>,
    /// Steps without an owner or an estimate.
    pub incomplete: Vec<IncompleteStep>,
    /// What is still to be written: placeholders, and steps without a title.
    pub to_be_written: Vec<Unwritten>,
}

/// Somebody's open questions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuestionList {
    /// Who finds out; empty where nobody is named.
    pub name: String,
    /// Where a call reaches them.
    pub phone: String,
    /// The questions, the most urgent first.
    pub questions: Vec<AskedQuestion>,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AskedQuestion {
    /// What is asked, as HTML.
    pub text_html: String,
    /// What else it says, as HTML.
    pub details_html: String,
    /// Who finds out, or found out.
    pub who: String,
    /// By when; empty when it does not say.
    pub by: String,
    /// The step or group that it is about; empty where it is about none.
    pub about: String,
    /// When that begins.
    pub needed: String,
    /// The answer; empty while it is open.
    pub answer: String,
}

/// A step of which something is not known yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IncompleteStep {
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Who does it; empty where nobody does yet.
    pub who: String,
    /// How long it takes; empty where nobody has said.
    pub takes: String,
}

/// A line in which something is still to be written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unwritten {
    /// The step, group or phase that it is in; empty where it is in none.
    pub about: String,
    /// The line of the text it stands in.
    pub line: String,
    /// Where that is.
    pub place: String,
}

impl Presenter<'_> {
    /// The questions of this plan; none when it asks none.
    #[must_use]
    pub fn questions_page(&self) -> Option<QuestionsPage> {
        let plan = self.plan();
        let asked = plan.questions.iter().zip(&self.schedule().questions_by);
        let asked = asked.filter(|(question, _)| question.asked);
        let (open, answered): (Vec<_>, Vec<_>) = asked.partition(|(question, _)| question.answer.is_none());
        if open.is_empty() && answered.is_empty() {
            return None;
        }
        let counts = [(open.len(), "open"), (answered.len(), "answered")];
        let counts = counts.iter().filter(|(number, _)| *number > 0);
        let facts: Vec<String> = counts.map(|(number, word)| format!("{number} {word}")).collect();
        Some(QuestionsPage {
            head: self.head(),
            facts: facts.join(" · "),
            lists: self.question_lists(open),
            answered: answered.iter().map(|(question, by)| self.asked(question, **by)).collect(),
            incomplete: self.all_steps().filter_map(|id| self.incomplete(id)).collect(),
            to_be_written: self.unwritten(),
        })
    }

    /// A list for each who is asked, in the order in which their first answer is due.
    fn question_lists(&self, mut open: Vec<(&Question, &Option<Moment>)>) -> Vec<QuestionList> {
        // What has no deadline comes after what has one; the rest stays in written order.
        open.sort_by_key(|(_, by)| by.unwrap_or(Moment::NEVER));
        let who = |question: &Question| question.who.as_ref().map(|given| given.value);
        let mut order: Vec<Option<Owner>> = Vec::new();
        let mut place = std::collections::HashMap::new();
        let mut lists: Vec<Vec<AskedQuestion>> = Vec::new();
        for (question, by) in open {
            let index = *place.entry(who(question)).or_insert_with(|| {
                order.push(who(question));
                lists.push(Vec::new());
                lists.len() - 1
            });
            lists[index].push(self.asked(question, *by));
        }
        let mut lists: Vec<QuestionList> = order
            .into_iter()
            .zip(lists)
            .map(|(owner, questions)| QuestionList {
                name: owner.map(|owner| self.names.full_owner(self.plan(), owner)).unwrap_or_default(),
                phone: match owner {
                    Some(Owner::Person(person)) => {
                        self.plan().roster.person(person).phone.clone().unwrap_or_default()
                    }
                    _ => String::new(),
                },
                questions,
            })
            .collect();
        lists.sort_by_key(|list| list.name.is_empty());
        lists
    }

    fn asked(&self, question: &Question, by: Option<Moment>) -> AskedQuestion {
        let plan = self.plan();
        let about = question.about.filter(|about| about.index() != 0);
        let start = about.and_then(|about| {
            let node = plan.node(about);
            let start = self.schedule().groups[about.index()]?.start;
            Some(if node.way_back.is_some() { self.time(node, start) } else { self.words.short(start) })
        });
        let open = question.answer.is_none();
        AskedQuestion {
            text_html: self.html.title(question.block),
            details_html: if open { self.html.details(question.block) } else { String::new() },
            who: question.who.as_ref().map(|who| self.names.owner(plan, who.value)).unwrap_or_default(),
            by: by.map(|by| self.words.deadline(by)).unwrap_or_default(),
            about: about.map(|about| self.called_by(about)).unwrap_or_default(),
            needed: start.unwrap_or_default(),
            answer: question.answer.clone().unwrap_or_default(),
        }
    }

    fn incomplete(&self, id: NodeId) -> Option<IncompleteStep> {
        let node = self.plan().node(id);
        let placed = self.placed(id)?;
        let no_owner = node.needs_owner() && node.owners.is_empty();
        (no_owner || placed.assumed).then(|| IncompleteStep {
            number: self.number(id),
            title: self.title(node),
            who: match self.who(placed) {
                nobody if nobody.is_empty() && !no_owner => "–".to_owned(),
                who => who,
            },
            takes: if placed.assumed {
                String::new()
            } else {
                words::estimate(self.plan().estimate(node), false)
            },
        })
    }

    fn unwritten(&self) -> Vec<Unwritten> {
        let starts = self.starts_of_nodes();
        let line = |one: &check::Placeholder| Unwritten {
            about: self.node_around(one.span, &starts).map(|id| self.called_by(id)).unwrap_or_default(),
            line: self.sources.get(one.span.source).line_text(one.span.start()).trim().to_owned(),
            place: self.file_and_line(one.span),
        };
        self.compiled.placeholders.iter().map(line).collect()
    }

    /// Where each step, group and phase begins, by file and place.
    fn starts_of_nodes(&self) -> Vec<(Span, NodeId)> {
        let plan = self.plan();
        let nodes = plan.ids().filter(|id| plan.node(*id).block.is_some());
        let mut starts: Vec<(Span, NodeId)> = nodes.map(|id| (plan.node(id).span, id)).collect();
        starts.sort_by_key(|(span, _)| (span.source, span.start()));
        starts
    }

    /// What a place is in: the innermost step, group or phase.
    fn node_around(&self, place: Span, starts: &[(Span, NodeId)]) -> Option<NodeId> {
        let plan = self.plan();
        let at = |span: Span| (span.source, span.start());
        let is_behind = |span: Span| span.source != place.source || at(span) > at(place);
        let is_in = |id: &NodeId| {
            let node = plan.node(*id);
            if node.kind == NodeKind::Phase {
                return plan.nodes.get(node.end.index()).is_none_or(|next| is_behind(next.span));
            }
            let end = node.block.map(|block| plan.document.block(block).end.index());
            end.and_then(|end| plan.document.blocks.get(end)).is_none_or(|next| is_behind(next.span))
        };
        let before = starts.partition_point(|(span, _)| at(*span) <= at(place));
        let (span, last) = *starts[..before].last()?;
        let around = std::iter::successors(Some(last), |id| plan.node(*id).parent);
        let mut around = around.take_while(|id| plan.node(*id).block.is_some());
        around.find(|id| is_in(id)).filter(|_| span.source == place.source)
    }
}
