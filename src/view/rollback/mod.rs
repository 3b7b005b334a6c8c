//! The way back, to be read aloud on the night: from a gate, from any other step, or from every gate.
//!
//! What comes in is the compiled plan; what goes out are plain rows and sentences, and their text for
//! the terminal. A list that would drown the others is cut, and says how to see all of it.

mod missing;
mod page;
mod rows;
mod sentences;
mod text;
mod there;

use super::presenter::Presenter;
use crate::plan::{NodeId, StepKind};
use crate::schedule::{Moment, Stretch, Through, WayBack as Undoing};
use missing::NotTakenBack;
pub use page::{AnyStep, AnyUndo, GateLine, RollbackPage, WayGate, WayRow, WaySheet};

/// Where several ways back are shown, so many rows of each …
const MOST_ROWS: usize = 40;
/// … and of so many of them.
const MOST_WITH_ROWS: usize = 50;

/// One way back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rollback {
    /// From where it leads, or what it is called.
    pub title: String,
    /// What one has to know before calling it.
    pub facts: Vec<String>,
    /// What the rows are; empty without rows.
    pub heading: String,
    /// What is done, in order.
    pub rows: Vec<RollbackRow>,
    /// How many more rows there are.
    pub more: usize,
    /// What is not taken back, and what else there is to know.
    pub remarks: Vec<String>,
}

/// Something to do on a way back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RollbackRow {
    /// The number by which it is called.
    pub number: String,
    /// When, if it is called as planned; empty where nobody knows.
    pub clock: String,
    /// When, from the call on.
    pub from_call: String,
    /// How long it takes.
    pub takes: String,
    /// What it is.
    pub title: String,
    /// Who does it, with the numbers to call.
    pub who: String,
    /// What to do, line by line.
    pub lines: Vec<String>,
}

/// How much is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extent {
    Whole,
    Overview,
    FactsAlone,
}

impl Extent {
    /// Of an overview, by the place in its list.
    fn of(place: usize) -> Self {
        if place < MOST_WITH_ROWS { Self::Overview } else { Self::FactsAlone }
    }
}

impl Presenter<'_> {
    /// The way back from a step, phase or group.
    #[must_use]
    pub fn rollback_from(&self, id: NodeId) -> Vec<Rollback> {
        let node = self.plan().node(id);
        match node.way_back {
            Some(_) if !node.is_step() => {
                vec![self.way_back_itself(id, self.leads_into(id), Extent::Whole)]
            }
            Some(root) => {
                let facts = format!("{} {}", self.is_part_of_it(id), self.leads_into(root));
                vec![self.way_back_itself(root, facts, Extent::Whole)]
            }
            None if node.step_kind() == StepKind::Gate => {
                self.back_from_gate(id, &self.not_taken_back(), Extent::Whole).into_iter().collect()
            }
            None => self.back_from_step(id).into_iter().collect(),
        }
    }

    /// The way back from every gate, in run order, and those to which no gate leads.
    #[must_use]
    pub fn rollback_from_gates(&self) -> Vec<Rollback> {
        let missing = self.not_taken_back();
        let is_gate = |id: &&NodeId| self.plan().node(**id).step_kind() == StepKind::Gate;
        let gates = self.schedule().main.order.iter().filter(is_gate).enumerate();
        let gates = gates.filter_map(|(place, id)| self.back_from_gate(*id, &missing, Extent::of(place)));
        let led_to = self.led_to_by();
        let roots = self.schedule().ways_back.iter().map(|line| line.root);
        let others = roots.filter(|root| led_to[root.index()].is_empty()).enumerate();
        let others =
            others.map(|(place, root)| self.way_back_itself(root, self.leads_here(&[]), Extent::of(place)));
        gates.chain(others).collect()
    }

    /// By node: the gates whose `else=` leads into this way back, in run order.
    pub(super) fn led_to_by(&self) -> Vec<Vec<NodeId>> {
        let plan = self.plan();
        let mut led_to = vec![Vec::new(); plan.nodes.len()];
        for &id in &self.schedule().main.order {
            let no_go = plan.node(id).step.as_ref().and_then(|step| step.no_go.as_ref());
            if let Some(root) = no_go.and_then(|given| plan.node(given.value).way_back) {
                led_to[root.index()].push(id);
            }
        }
        led_to
    }

    /// Which gates lead to a way back, or to a phase or group in it.
    fn leads_into(&self, part: NodeId) -> String {
        let plan = self.plan();
        let node = plan.node(part);
        let root = node.way_back.unwrap_or(part);
        let mut gates = std::mem::take(&mut self.led_to_by()[root.index()]);
        gates.retain(|id| {
            let no_go = plan.node(*id).step.as_ref().and_then(|step| step.no_go.as_ref());
            no_go.is_some_and(|given| (part..node.end).contains(&given.value))
        });
        self.leads_here(&gates)
    }

    fn back_from_gate(&self, id: NodeId, missing: &NotTakenBack, extent: Extent) -> Option<Rollback> {
        let gate = self.ways_back().of_gate(self.plan(), self.schedule(), id)?;
        let placed = self.placed(id)?;
        let mut facts = vec![self.gate_is_planned(id, placed)];
        facts.extend(self.no_return_has_begun(id, &gate.way));
        facts.extend(self.turn_back_by(&gate, placed));
        let (heading, rows, more) = self.way(&gate.way, Some(placed.finish), extent);
        if !matches!(gate.way.through, Through::Nothing) {
            facts.push(self.called_at(placed.finish, gate.way.seconds));
            if extent == Extent::FactsAlone {
                facts.push("Name the gate to see what is done.".to_owned());
            }
        }
        let by_undos = !matches!(gate.way.through, Through::Phase(_));
        let most = if extent == Extent::Whole { None } else { NotTakenBack::OVERVIEW };
        let remarks = if by_undos {
            self.say_not_taken_back(missing, placed.finish, &gate.way, most)
        } else {
            Vec::new()
        };
        Some(Rollback { title: self.title_of(id), facts, heading, rows, more, remarks })
    }

    fn back_from_step(&self, id: NodeId) -> Option<Rollback> {
        let stretch = self.schedule().groups[id.index()]?;
        let mut way = self.ways_back().undoing(stretch.end, None);
        let is_point = self.plan().node(id).step.as_ref().is_some_and(|step| step.no_return.is_some());
        if is_point && way.no_return != Some(id) {
            // It takes no time: nothing has begun since.
            way = Undoing { through: Through::Nothing, seconds: 0, longest: 0, no_return: Some(id) };
        }
        let mut facts = vec![self.is_planned(stretch)];
        facts.extend(self.no_return_has_begun(id, &way));
        let (heading, rows, more) = self.way(&way, Some(stretch.end), Extent::Whole);
        facts.push(match (rows.is_empty(), way.no_return) {
            (false, _) => self.called_at(stretch.end, way.seconds),
            (true, None) => "Nothing that has begun by then has an `undo:`.".to_owned(),
            (true, Some(_)) => "Nothing that has begun since has an `undo:`.".to_owned(),
        });
        let mut remarks = self.say_not_taken_back(&self.not_taken_back(), stretch.end, &way, None);
        remarks.extend(self.phases_to_call());
        Some(Rollback { title: self.title_of(id), facts, heading, rows, more, remarks })
    }

    /// A `.rollback` phase for itself.
    fn way_back_itself(&self, phase: NodeId, fact: String, extent: Extent) -> Rollback {
        let stretch = self.stretch_of(phase);
        let seconds = stretch.end - stretch.start;
        let longest = self.ways_back().longest_of(phase).unwrap_or(seconds);
        let way = Undoing { through: Through::Phase(phase), seconds, longest, no_return: None };
        let (heading, rows, more) = self.way(&way, None, extent);
        let title = format!("Way back: {}", self.title(self.plan().node(phase)));
        Rollback { title, facts: vec![fact], heading, rows, more, remarks: Vec::new() }
    }

    /// What is done on a way that is called at a moment, if that is known.
    fn way(
        &self,
        way: &Undoing<'_>,
        called: Option<Moment>,
        extent: Extent,
    ) -> (String, Vec<RollbackRow>, usize) {
        let most = match extent {
            Extent::Whole => usize::MAX,
            Extent::Overview => MOST_ROWS,
            Extent::FactsAlone => return (String::new(), Vec::new(), 0),
        };
        let (count, rows) = match way.through {
            Through::Phase(phase) => self.phase_rows(phase, called, most),
            Through::Undos(undos) => (undos.len(), self.undo_rows(undos, called, most)),
            Through::Nothing => (0, Vec::new()),
        };
        let heading = if rows.is_empty() { String::new() } else { self.heading(way, called, count) };
        let more = count - rows.len();
        (heading, rows, more)
    }

    pub(super) fn stretch_of(&self, phase: NodeId) -> Stretch {
        let none = Stretch { start: Moment(0), end: Moment(0) };
        self.schedule().groups[phase.index()].unwrap_or(none)
    }
}
