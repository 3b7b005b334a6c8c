//! The plan read backward: the last step first, and for each what must be true for it to work.
//!
//! Whoever reads forward nods; whoever reads backward notices what nobody has done. Every step is shown
//! with what it needs: the steps before it, systems, credentials and people, and lines to write on.

use std::collections::HashMap;

use serde::Serialize;

use super::head::Head;
use super::list::List;
use super::presenter::{Presenter, Tag};
use super::words;
use crate::plan::{Given, Node, NodeId, Step, StepKind, SystemId};
use crate::schedule::{Line, Placed};

/// So many of those who hold a credential are named.
const MOST_HOLDERS: usize = 4;

/// The plan, read backward.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Walkthrough {
    /// The head of all pages.
    pub head: Head,
    /// The main line, and then the ways back.
    pub sections: Vec<WalkPart>,
}

/// A line of steps, the last first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WalkPart {
    /// What a way back is called; empty for the main line.
    pub title: String,
    /// Its steps, the last first.
    pub steps: List<WalkStep>,
}

/// A step to be asked about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WalkStep {
    /// Its number.
    pub number: String,
    /// When it is over, or due.
    pub time: String,
    /// Its title as HTML.
    pub title_html: String,
    /// Its signs.
    pub tags: Vec<Tag>,
    /// The phase it stands in.
    pub phase: String,
    /// The question to ask.
    pub question: &'static str,
    /// Whether it is the question that the head of the page asks of every step.
    pub asked_above: bool,
    /// What it needs, by kind.
    pub needs: Vec<Need>,
    /// How one knows that it worked, as HTML.
    pub expects_html: Vec<String>,
}

/// Something that a step needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Need {
    /// What kind of thing: `before it`, `boxes`, `who`, `systems`, `access`.
    pub label: &'static str,
    /// The things, in one line.
    pub things: String,
}

impl Presenter<'_> {
    /// The plan, read backward; none for a plan without steps.
    #[must_use]
    pub fn walkthrough(&self) -> Option<Walkthrough> {
        if !self.has_steps() {
            return None;
        }
        let schedule = self.schedule();
        let holders = self.holders_by_credential();
        let part = |line: &Line, title: String| {
            let steps = line.order.iter().rev().filter_map(|id| self.walk_step(*id, &holders));
            WalkPart { title, steps: steps.collect() }
        };
        let ways_back =
            schedule.ways_back.iter().map(|line| part(line, self.title(self.plan().node(line.root))));
        let parts = std::iter::once(part(&schedule.main, String::new())).chain(ways_back);
        let sections = parts.filter(|part| !part.steps.is_empty()).collect();
        Some(Walkthrough { head: self.head(), sections })
    }

    fn walk_step(&self, id: NodeId, holders: &HashMap<&str, Vec<&str>>) -> Option<WalkStep> {
        let plan = self.plan();
        let node = plan.node(id);
        let step = node.step.as_ref()?;
        let placed = self.placed(id)?;
        let time = if node.way_back.is_some() {
            self.time(node, placed.finish)
        } else {
            self.words.short(placed.finish)
        };
        let phase = plan.around(id).next().map(|around| self.title(plan.node(around)));
        let needs = [
            ("before it", self.things_before(id, placed)),
            ("boxes", self.criteria(step)),
            ("who", self.who_is_needed(id, placed)),
            ("systems", self.systems_needed(node, step)),
            ("access", access_needed(node, holders)),
        ];
        let needs = needs.into_iter().filter(|(_, things)| !things.is_empty());
        let no_return =
            step.no_return.map(|_| Tag { word: super::cards::NO_RETURN.to_owned(), class: "missed" });
        Some(WalkStep {
            number: self.number(id),
            time,
            title_html: self.title_html(node),
            tags: self.tags(node, placed).into_iter().chain(no_return).collect(),
            phase: phase.unwrap_or_default(),
            question: question(step.kind),
            asked_above: step.kind == StepKind::Ordinary,
            needs: needs.map(|(label, things)| Need { label, things: things.join(" · ") }).collect(),
            expects_html: step.expects.iter().map(|block| self.html.after_word(*block)).collect(),
        })
    }

    /// What is ticked before a gate is passed.
    fn criteria(&self, step: &Step) -> Vec<String> {
        let ticks = step.ticks.iter().filter(|_| step.kind == StepKind::Gate);
        ticks.map(|tick| self.plan().ticks[tick.index()].title.clone()).collect()
    }

    fn things_before(&self, id: NodeId, placed: &Placed) -> Vec<String> {
        let before = self.steps_before(id, placed, None).into_iter();
        let mut things: Vec<String> = before.map(|hand| hand.step.clone()).collect();
        let beside = self.hands_beside(id, placed, None).into_iter();
        things.extend(beside.map(|hand| {
            let how = hand.how.strip_prefix("Begin ").unwrap_or(&hand.how);
            format!("{} {}", how.to_lowercase(), hand.step)
        }));
        if things.is_empty() {
            let nothing = match self.plan().node(id).way_back {
                None => "nothing: it begins the plan, or waits for the clock alone",
                Some(_) => "nothing: it begins the way back",
            };
            things.push(nothing.to_owned());
        }
        things
    }

    fn who_is_needed(&self, id: NodeId, placed: &Placed) -> Vec<String> {
        let mut things: Vec<String> =
            placed.people.iter().map(|person| self.with_phone(*person).to_owned()).collect();
        if things.is_empty() && self.plan().node(id).needs_owner() {
            things.push("nobody yet".to_owned());
        }
        let stands_in = self.stands_in(id, placed);
        if !stands_in.is_empty() {
            things.push(format!("or {stands_in}"));
        }
        things
    }

    fn systems_needed(&self, node: &Node, step: &Step) -> Vec<String> {
        let said = [
            self.named_systems("uses", &node.uses),
            self.named_systems("stops", &step.stops),
            self.named_systems("starts", &step.starts),
            self.named_systems("has for itself:", &step.locks),
        ];
        said.into_iter().flatten().collect()
    }

    /// Systems behind what a step does with them; nothing without any.
    pub(super) fn named_systems(&self, word: &str, list: &[Given<SystemId>]) -> Option<String> {
        let names = list.iter().map(|given| self.plan().systems[given.value.index()].name.clone());
        let listed = || words::listed(&names.collect::<Vec<_>>());
        (!list.is_empty()).then(|| format!("{word} {}", listed()))
    }

    /// Who holds each credential, by the names they are called by.
    fn holders_by_credential(&self) -> HashMap<&str, Vec<&str>> {
        let mut holders: HashMap<&str, Vec<&str>> = HashMap::new();
        for (index, person) in self.plan().roster.people.iter().enumerate() {
            for access in &person.access {
                let name = self.names.person(crate::plan::PersonId::new(index));
                holders.entry(access.value.as_str()).or_default().push(name);
            }
        }
        holders
    }
}

fn access_needed(node: &Node, holders: &HashMap<&str, Vec<&str>>) -> Vec<String> {
    let said = node.access.iter().map(|given| {
        let held = holders.get(given.value.as_str()).map(Vec::as_slice).unwrap_or_default();
        let who = match held {
            [] => "no holder is written".to_owned(),
            [only] => format!("only {only} holds it"),
            _ if held.len() > MOST_HOLDERS => format!("{} people hold it", held.len()),
            _ => {
                let names: Vec<String> = held.iter().map(|name| (*name).to_owned()).collect();
                format!("{} hold it", words::listed(&names))
            }
        };
        format!("{} ({who})", given.value)
    });
    said.collect()
}

fn question(kind: StepKind) -> &'static str {
    match kind {
        StepKind::Ordinary => "What must be true for this to have just worked?",
        StepKind::Gate => "What must be true for a GO here, and who has seen it?",
        StepKind::Milestone => "What must be true to say that we are here?",
        StepKind::Hold => "What must be true for this pause to be over?",
    }
}
