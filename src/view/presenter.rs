//! What every page is made with: the compiled plan, its words, its names, its prose.

use std::collections::HashSet;
use std::sync::{Arc, OnceLock};

use super::by_node::ByNode;
use super::called_out::Numbers;
use super::head::Head;
use super::html::Html;
use super::lags::Lags;
use super::list::Shared;
use super::owner::Hand;
use super::page::PageOptions;
use super::people::{Contact, Names};
use super::run_sheet::StepRow;
use super::step_words::StepWords;
use super::timeline::{self, Fact};
use super::told::Told;
use super::words::{self, Words};
use crate::Compiled;
use crate::check::Staff;
use crate::diagnostic::{Diagnostic, Rule};
use crate::plan::{Duration, Node, NodeId, Owner, PersonId, Plan, StepKind};
use crate::schedule::{Moment, Placed, Schedule, WaysBack};
use crate::source::{Sources, Span};

/// The tools of all views.
pub struct Presenter<'a> {
    pub(super) compiled: &'a Compiled,
    pub(super) sources: &'a Sources,
    pub(super) words: Words,
    pub(super) names: Arc<Names>,
    /// Everybody as somebody to call; made when first asked for.
    numbers_to_call: OnceLock<Vec<(Contact, String)>>,
    pub(super) html: Html<'a>,
    /// The head of all pages; made when first asked for.
    pub(super) head: OnceLock<Head>,
    /// By person: whether they have anything to do; found out when first asked for.
    pub(super) involved: OnceLock<Vec<bool>>,
    /// What follows from every step; made when first asked for.
    told: OnceLock<Told>,
    /// By node: what each waits for, as those who do it hear of it.
    pub(super) heard: ByNode<Vec<NodeId>>,
    /// The pauses between steps; found when first asked for.
    pub(super) lags: OnceLock<Lags>,
    /// By node: how far each may slip before anything breaks; worked out when first asked for.
    rooms: OnceLock<Option<Vec<i64>>>,
    /// The titles of phases with those of the phases around them.
    phase_titles: ByNode<String>,
    /// Details as HTML.
    details: ByNode<String>,
    /// The rows of steps.
    pub(super) rows: ByNode<Option<StepRow>>,
    /// What several pages say of a step.
    pub(super) step_words: ByNode<StepWords>,
    /// What both timelines have in common; found out when first asked for.
    pub(super) timelines: OnceLock<timeline::Common>,
    /// The rows of steps in the tables of both timelines.
    pub(super) facts: ByNode<Shared<Fact>>,
    /// Who steps in for those who do a step.
    pub(super) stand_ins: ByNode<String>,
    /// Who could do what.
    pub(super) staff: Staff<'a>,
    /// How a node is named where somebody waits for it or is told.
    pub(super) hands: ByNode<Shared<Hand>>,
    /// By node: the numbers of the steps inside; made when first asked for.
    pub(super) numbers: OnceLock<Vec<Numbers>>,
    /// What leads back from where; made when first asked for.
    ways_back: OnceLock<WaysBack>,
    /// Phases that sound like ways back and are none.
    pub(super) suspicious: HashSet<Span>,
    /// Whether any step of the main line has an estimate: as long as none has, critical says nothing.
    pub(super) is_estimated: bool,
    /// What was asked of the pages.
    pub(super) page: PageOptions,
}

impl<'a> Presenter<'a> {
    /// Gets ready to show a compiled plan.
    #[must_use]
    pub fn new(compiled: &'a Compiled, sources: &'a Sources) -> Self {
        let schedule = &compiled.schedule;
        let words =
            Words { clock: schedule.clock, dated: schedule.dated, t0: schedule.t0, with_t: schedule.has_t0 };
        let plan = &compiled.plan;
        let names = Arc::new(Names::new(plan));
        let nodes = plan.nodes.len();
        let suspicious = compiled.diagnostics.iter().filter(|one| one.rule == Rule::LooksLikeRollback);
        let suspicious = suspicious.filter_map(Diagnostic::span).collect();
        Self {
            compiled,
            sources,
            words,
            names: names.clone(),
            numbers_to_call: OnceLock::new(),
            html: Html::new(plan, sources, names),
            head: OnceLock::new(),
            involved: OnceLock::new(),
            told: OnceLock::new(),
            heard: ByNode::new(nodes),
            lags: OnceLock::new(),
            rooms: OnceLock::new(),
            phase_titles: ByNode::new(nodes),
            details: ByNode::new(nodes),
            rows: ByNode::new(nodes),
            step_words: ByNode::new(nodes),
            timelines: OnceLock::new(),
            facts: ByNode::new(nodes),
            stand_ins: ByNode::new(nodes),
            staff: Staff::new(plan, schedule),
            hands: ByNode::new(nodes),
            numbers: OnceLock::new(),
            ways_back: OnceLock::new(),
            suspicious,
            is_estimated: schedule
                .main
                .order
                .iter()
                .any(|id| plan.node(*id).step.as_ref().is_some_and(|step| step.estimate.is_some())),
            page: PageOptions::default(),
        }
    }

    /// The same, with what is asked of the pages.
    #[must_use]
    pub fn on_pages(self, page: PageOptions) -> Self {
        Self { page, head: OnceLock::new(), ..self }
    }

    pub(super) fn plan(&self) -> &'a Plan {
        &self.compiled.plan
    }

    pub(super) fn schedule(&self) -> &'a Schedule {
        &self.compiled.schedule
    }

    pub(super) fn placed(&self, id: NodeId) -> Option<&'a Placed> {
        self.compiled.schedule.step(id)
    }

    /// What follows from every step.
    pub(super) fn told(&self) -> &Told {
        self.told.get_or_init(|| Told::new(self.plan(), self.schedule()))
    }

    /// What leads back from where.
    pub(super) fn ways_back(&self) -> &WaysBack {
        self.ways_back.get_or_init(|| WaysBack::new(self.plan(), self.schedule()))
    }

    /// How far a step may slip before anything breaks, in seconds; at most its slack.
    pub(super) fn room(&self, id: NodeId, placed: &Placed) -> i64 {
        let rooms = self.rooms.get_or_init(|| self.schedule().rooms(self.plan(), &self.compiled.graph));
        rooms.as_ref().map_or(placed.slack, |rooms| rooms[id.index()])
    }

    /// A title to show; a step without one still needs a name to call.
    pub(super) fn title(&self, node: &Node) -> String {
        if node.title.is_empty() { "(no title)".to_owned() } else { node.title.clone() }
    }

    pub(super) fn title_html(&self, node: &Node) -> String {
        let html = node.block.map(|block| self.html.title(block)).unwrap_or_default();
        if html.is_empty() { "(no title)".to_owned() } else { html }
    }

    /// The phase a step stands in, and its title with those around it; on a way back without the way back itself.
    pub(super) fn phase_around(&self, id: NodeId) -> Option<(NodeId, &str)> {
        let plan = self.plan();
        let phase = plan.around(id).find(|around| plan.node(*around).is_phase())?;
        let root = plan.node(id).way_back.unwrap_or(NodeId::new(0));
        Some((phase, self.phase_titles.of(phase, || self.phase_title(phase, root))))
    }

    /// All that a step says besides its title, as HTML.
    pub(super) fn details_html(&self, id: NodeId) -> &str {
        let write = || self.plan().node(id).block.map(|block| self.html.details(block)).unwrap_or_default();
        self.details.of(id, write)
    }

    /// The time of a step in a line; a way back counts from the moment at which it is called.
    pub(super) fn time(&self, node: &Node, moment: Moment) -> String {
        if node.way_back.is_some() { words::signed(moment.0, 'R') } else { self.words.time(moment) }
    }

    /// The end of a step, with its day where that is not the one on which it starts.
    pub(super) fn end(&self, node: &Node, placed: &Placed) -> String {
        if node.way_back.is_some() {
            self.time(node, placed.finish)
        } else {
            self.words.end(placed.start, placed.finish)
        }
    }

    pub(super) fn beside(&self, node: &Node, moment: Moment) -> String {
        if node.way_back.is_some() { String::new() } else { self.words.beside(moment).unwrap_or_default() }
    }

    /// A step's number as it is called out: `12`, on a way back `R3`.
    pub(super) fn number(&self, id: NodeId) -> String {
        let node = self.plan().node(id);
        match self.placed(id) {
            Some(placed) if node.way_back.is_some() => format!("R{}", placed.number),
            Some(placed) => placed.number.to_string(),
            None => String::new(),
        }
    }

    /// How long a step takes, in the plan's own way of writing.
    pub(super) fn takes(&self, node: &Node, placed: &Placed) -> String {
        if node.step_kind() == StepKind::Milestone && placed.start == placed.finish {
            "–".to_owned()
        } else if node.during().is_some()
            && !placed.assumed
            && node.step.as_ref().is_some_and(|step| step.estimate.is_none())
        {
            Duration::of_seconds(placed.finish - placed.start).to_string()
        } else {
            words::estimate(self.plan().estimate(node), placed.assumed)
        }
    }

    /// Who does a step.
    pub(super) fn who(&self, placed: &Placed) -> String {
        self.names.list(&placed.people)
    }

    /// The credentials that a step needs.
    pub(super) fn access(node: &Node) -> String {
        let names: Vec<String> = node.access.iter().map(|given| given.value.clone()).collect();
        words::listed(&names)
    }

    /// What a no-go leads to: a phase by its title, a step by its number too.
    pub(super) fn no_go(&self, id: NodeId) -> String {
        let node = self.plan().node(id);
        if node.is_step() { format!("{} {}", self.number(id), self.title(node)) } else { self.title(node) }
    }

    /// Signs of a step besides its times: each a word and a class for its look.
    pub(super) fn tags(&self, node: &Node, placed: &Placed) -> Vec<Tag> {
        let mut tags = Vec::new();
        let Some(step) = &node.step else { return tags };
        let mut tag = |word: &str, class: &'static str| tags.push(Tag { word: word.to_owned(), class });
        match node.mark {
            Some(crate::document::Mark::Done) => tag("done", "done"),
            Some(crate::document::Mark::Active) => tag("under way", "active"),
            _ => {}
        }
        match step.kind {
            StepKind::Milestone => tag("milestone", "kind"),
            StepKind::Hold => tag("pause", "kind"),
            StepKind::Gate => tag("gate", "kind"),
            StepKind::Ordinary => {}
        }
        if step.unattended.is_some() {
            tag("runs by itself", "kind");
        }
        if node.at.is_some() {
            tag("fixed time", "kind");
        }
        for team in &placed.teams {
            tag(&super::people::team_name(self.plan(), *team), "kind");
        }
        if let Some(by) = placed.by {
            let by = if node.way_back.is_some() {
                words::signed(by.0, 'R')
            } else {
                self.words.deadline_of(placed.start, by)
            };
            tag(
                &format!("by {by}"),
                if placed.by.is_some_and(|by| by < placed.finish) { "missed" } else { "kind" },
            );
        }
        if self.marks_critical(node, placed) {
            tag("critical", "critical");
        }
        tags
    }

    /// Whether a page marks a step as critical.
    pub(super) fn marks_critical(&self, node: &Node, placed: &Placed) -> bool {
        self.draws_critical(placed) && node.way_back.is_none()
    }

    /// Whether pictures draw a step as critical.
    pub(super) fn draws_critical(&self, placed: &Placed) -> bool {
        self.is_estimated && placed.is_critical()
    }

    /// Whether there are steps, and none has an estimate.
    pub(super) fn lacks_estimates(&self) -> bool {
        !self.is_estimated && !self.schedule().main.order.is_empty()
    }

    /// Somebody as rows call them, with the number to call.
    pub(super) fn contact(&self, person: PersonId) -> Contact {
        self.numbers_to_call()[person.index()].0.clone()
    }

    /// The same, as one says it.
    pub(super) fn with_phone(&self, person: PersonId) -> &str {
        &self.numbers_to_call()[person.index()].1
    }

    /// By person: as rows call them, and as one says it.
    fn numbers_to_call(&self) -> &[(Contact, String)] {
        self.numbers_to_call.get_or_init(|| {
            let person = |index| {
                let person = PersonId::new(index);
                let contact = Contact::new(self.plan(), person, self.names.person(person));
                let said = contact.said();
                (contact, said)
            };
            (0..self.plan().roster.people.len()).map(person).collect()
        })
    }

    /// A person or team with the number to call.
    pub(super) fn reached(&self, owner: Owner) -> String {
        match owner {
            Owner::Person(person) => self.with_phone(person).to_owned(),
            Owner::Team(_) => self.names.owner(self.plan(), owner),
        }
    }

    /// The same, with a number that no end of a line parts.
    pub(super) fn reached_whole(&self, owner: Owner) -> String {
        match owner {
            Owner::Person(person) => self.contact(person).said_whole(),
            Owner::Team(_) => self.reached(owner),
        }
    }

    /// The steps of the main line and then of the ways back, each in run order.
    pub(super) fn all_steps(&self) -> impl Iterator<Item = NodeId> + 'a {
        let schedule = self.schedule();
        std::iter::once(&schedule.main).chain(&schedule.ways_back).flat_map(|line| line.order.iter().copied())
    }

    /// Whether a step is for a team or role, by the handle in its text.
    pub(super) fn is_for(&self, id: NodeId, handle: &str) -> bool {
        let node = self.plan().node(id);
        node.owners.iter().any(|given| self.sources.text(given.span).trim_start_matches('@') == handle)
    }
}

/// A sign of a step.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Tag {
    /// The word.
    pub word: String,
    /// `critical`, `done`, `active`, `missed` or `kind`.
    pub class: &'static str,
}
