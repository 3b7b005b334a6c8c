//! Who has a lane, and which steps are in it: a lane a person, or a lane a phase.
//!
//! People come in the order of the roster, phases in the order of the text. A step that several people do
//! together stands in the lane of each.

use std::collections::BTreeMap;

use super::heads::{self, HeadLine};
use super::shapes::Sketch;
use crate::plan::{NodeId, PersonId};
use crate::schedule::Stretch;
use crate::view::presenter::Presenter;

/// What the lanes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LanesBy {
    /// Those who do the steps.
    People,
    /// The phases in which the steps stand.
    Phases,
}

/// A lane before it is laid out.
#[derive(Debug, Clone)]
pub(super) struct LaneSteps {
    pub name: String,
    pub head: Vec<HeadLine>,
    /// Of a phase: from its beginning to its end.
    pub span: Option<Stretch>,
    pub sketches: Vec<Sketch>,
}

/// Whose lane it is, in the order of the lanes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Who {
    Person(PersonId),
    /// Nothing in it needs an owner.
    Nobody,
    NobodyYet,
}

impl Presenter<'_> {
    /// The lanes of the main line.
    pub(super) fn lanes(&self, by: LanesBy) -> Vec<LaneSteps> {
        match by {
            LanesBy::People => self.lanes_of_people(),
            LanesBy::Phases => self.lanes_of_phases(),
        }
    }

    fn lanes_of_people(&self) -> Vec<LaneSteps> {
        let mut lanes: BTreeMap<Who, Vec<Sketch>> = BTreeMap::new();
        for &id in &self.schedule().main.order {
            let Some(placed) = self.placed(id) else { continue };
            if placed.people.is_empty() {
                let who = if self.plan().node(id).needs_owner() { Who::NobodyYet } else { Who::Nobody };
                lanes.entry(who).or_default().extend(self.sketch(id, ""));
            }
            for person in &placed.people {
                let with = self.others(placed, Some(*person));
                lanes.entry(Who::Person(*person)).or_default().extend(self.sketch(id, &with));
            }
        }
        lanes.into_iter().map(|(who, sketches)| self.lane_of(who, sketches)).collect()
    }

    fn lane_of(&self, who: Who, sketches: Vec<Sketch>) -> LaneSteps {
        let (name, role) = match who {
            Who::Person(person) => {
                let role = self.plan().roster.person(person).role.clone();
                (self.names.full(person).to_owned(), role.unwrap_or_default())
            }
            Who::Nobody => ("No one".to_owned(), "runs or comes by itself".to_owned()),
            Who::NobodyYet => ("Nobody yet".to_owned(), "an owner is missing".to_owned()),
        };
        LaneSteps { head: heads::head(&name, &role), name, span: None, sketches }
    }

    fn lanes_of_phases(&self) -> Vec<LaneSteps> {
        let mut lanes: BTreeMap<Option<NodeId>, Vec<Sketch>> = BTreeMap::new();
        for &id in &self.schedule().main.order {
            let Some(placed) = self.placed(id) else { continue };
            let who = self.others(placed, None);
            let own = self.phase_of(id);
            if !lanes.contains_key(&own) {
                self.with_outer_phases(own, &mut lanes);
            }
            lanes.entry(own).or_default().extend(self.sketch(id, &who));
        }
        lanes.into_iter().map(|(phase, sketches)| self.lane_of_phase(phase, sketches)).collect()
    }

    /// A phase whose phases alone hold steps has a lane above theirs all the same: it says how long it is.
    fn with_outer_phases(&self, phase: Option<NodeId>, lanes: &mut BTreeMap<Option<NodeId>, Vec<Sketch>>) {
        let mut outer = phase;
        while let Some(phase) = outer {
            lanes.entry(Some(phase)).or_default();
            outer = self.phase_of(phase);
        }
    }

    fn lane_of_phase(&self, phase: Option<NodeId>, sketches: Vec<Sketch>) -> LaneSteps {
        let plan = self.plan();
        let title = |phase: NodeId| self.title(plan.node(phase));
        let span = phase.and_then(|phase| self.schedule().groups[phase.index()]);
        let around = phase.and_then(|phase| self.phase_of(phase));
        let role = match (around, span) {
            (Some(around), _) => format!("in {}", title(around)),
            (None, Some(span)) if sketches.is_empty() => {
                format!("{} to {}", self.words.alone(span.start), self.words.end(span.start, span.end))
            }
            _ => String::new(),
        };
        let name = phase.map_or("No phase".to_owned(), title);
        LaneSteps { head: heads::head(&name, &role), name, span, sketches }
    }

    /// Whether lanes by phase say anything.
    pub(in crate::view) fn has_phases(&self) -> bool {
        let mut phases = self.schedule().main.order.iter().map(|id| self.phase_of(*id));
        let first = phases.next();
        phases.any(|phase| Some(phase) != first)
    }
}
