//! What the first meeting works through: the steps that nobody does yet, and those of which nobody knows how
//! long they take, with room for names and numbers.

use serde::Serialize;

use super::head::Head;
use super::owner::OwnerPage;
use super::presenter::Presenter;
use crate::plan::{NodeId, PersonId};

/// The page of the steps that nobody does yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnassignedPage {
    /// The head of all pages.
    pub head: Head,
    /// Its file without the ending, as a link.
    pub file_link: String,
    /// How many there are.
    pub facts: String,
    /// Steps without an owner, phase by phase.
    pub phases: Vec<UnassignedPhase>,
    /// Steps with an owner and without an estimate.
    pub no_estimate: Vec<UnassignedStep>,
    /// Everybody on the roster, with what they do; empty without one.
    pub people: Vec<String>,
}

/// A phase with steps that nobody does yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnassignedPhase {
    /// Its title; empty for steps outside of any.
    pub title: String,
    /// Whether it belongs to a way back.
    pub way_back: bool,
    /// Its steps, in run order.
    pub steps: Vec<UnassignedStep>,
}

/// A step to be filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnassignedStep {
    /// Its number.
    pub number: String,
    /// When it begins; empty in a plan without a date, where hardly anything has an estimate yet.
    pub begins: String,
    /// Its title as HTML.
    pub title_html: String,
    /// Its details as HTML.
    pub details_html: String,
    /// The credentials it needs.
    pub access: String,
    /// Who does it; empty where nobody does yet.
    pub who: String,
    /// How long it takes; empty where nobody has said.
    pub takes: String,
    /// What it waits for.
    pub after: String,
}

impl Presenter<'_> {
    /// The steps that nobody does yet; none where each has its owner. `owners` are the pages that there are.
    #[must_use]
    pub fn unassigned(&self, owners: &[OwnerPage]) -> Option<UnassignedPage> {
        let plan = self.plan();
        let has_no_owner = |id: NodeId| plan.node(id).needs_owner() && plan.node(id).owners.is_empty();
        let is_assumed = |id: NodeId| self.placed(id).is_some_and(|placed| placed.assumed);
        let (open, owned): (Vec<NodeId>, Vec<NodeId>) = self.all_steps().partition(|id| has_no_owner(*id));
        let page = owners.iter().find(|page| page.kind == "unassigned")?;
        let steps =
            |ids: &[NodeId]| ids.iter().filter_map(|id| self.unassigned_step(*id)).collect::<Vec<_>>();
        let no_estimate: Vec<NodeId> = owned.into_iter().filter(|id| is_assumed(*id)).collect();
        let facts = [
            (open.len(), "without an owner"),
            (open.iter().filter(|id| is_assumed(**id)).count(), "of them without an estimate"),
            (no_estimate.len(), "more without an estimate"),
        ];
        let facts = facts.iter().filter(|(number, _)| *number > 0);
        let facts: Vec<String> = facts.map(|(number, what)| format!("{number} {what}")).collect();
        let phases = open.chunk_by(|a, b| self.phase_of(*a) == self.phase_of(*b)).map(|ids| {
            let phase = self.phase_of(ids[0]);
            UnassignedPhase {
                title: phase.map(|phase| self.phase_title(phase, NodeId::new(0))).unwrap_or_default(),
                way_back: plan.node(ids[0]).way_back.is_some(),
                steps: steps(ids),
            }
        });
        let people = plan.roster.people.iter().enumerate().filter(|_| plan.roster.declared);
        let people = people.map(|(index, person)| {
            let name = self.names.full(PersonId::new(index));
            person.role.as_ref().map_or_else(|| name.to_owned(), |role| format!("{name} ({role})"))
        });
        Some(UnassignedPage {
            head: self.head(),
            file_link: page.file_link.clone(),
            facts: facts.join(" · "),
            phases: phases.collect(),
            no_estimate: steps(&no_estimate),
            people: people.collect(),
        })
    }

    fn unassigned_step(&self, id: NodeId) -> Option<UnassignedStep> {
        let node = self.plan().node(id);
        let placed = self.placed(id)?;
        Some(UnassignedStep {
            number: self.number(id),
            begins: match node.way_back {
                _ if !self.words.dated => String::new(),
                Some(_) => self.time(node, placed.start),
                None => self.words.short(placed.start),
            },
            title_html: self.title_html(node),
            details_html: self.details_html(id).to_owned(),
            access: Self::access(node),
            who: self.who(placed),
            takes: if placed.assumed { String::new() } else { self.takes(node, placed) },
            after: self.waits(id, placed),
        })
    }
}
