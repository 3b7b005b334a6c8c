//! What comes of it when every range takes its longest, or one step starts later or takes longer.
//!
//! A forward pass over the order, with the order of every person's and lock's steps kept. Nothing starts
//! earlier than planned, and a pin stays where it is: that what it waits for arrives too late is noted.
//! Promised: without ranges and changes, everything is as planned.

mod pass;

use std::collections::HashMap;

use pass::Pass;

use super::board::Board;
use super::facts::{Facts, Length};
use super::moment::Moment;
use super::slack::{Slack, Turn};
use super::units::Units;
use crate::graph::{Edge, Vertex, VertexId, Waits};

/// Phases that begin with another step, and blocks that move as one, settle within a round or two; this
/// many is a fuse.
const MOST_ROUNDS: usize = 50;

/// How long everything takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lengths {
    /// As planned.
    Planned,
    /// Every range at its longest.
    Longest,
}

/// What becomes of one step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    /// It starts no earlier than this.
    HeldBack(VertexId, Moment),
    /// It takes so many seconds more.
    TakesLonger(VertexId, i64),
}

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub(super) struct Question {
    pub(super) lengths: Lengths,
    pub(super) change: Option<Change>,
}

impl Question {
    /// Every range takes its longest.
    pub(super) const WORST: Self = Self { lengths: Lengths::Longest, change: None };

    /// How long a step takes in answer to it.
    fn length(&self, vertex: VertexId, facts: &Facts) -> Length {
        let length = match self.lengths {
            Lengths::Planned => facts.length,
            Lengths::Longest => facts.longest,
        };
        match (self.change, length) {
            (Some(Change::TakesLonger(who, by)), Length::Clock(seconds)) if who == vertex => {
                Length::Clock(seconds + by)
            }
            (Some(Change::TakesLonger(who, by)), Length::Work(seconds)) if who == vertex => {
                Length::Work(seconds + by)
            }
            (Some(Change::TakesLonger(who, by)), Length::Calendar { days, seconds }) if who == vertex => {
                Length::Calendar { days, seconds: seconds + by }
            }
            _ => length,
        }
    }
}

/// What comes of it.
#[derive(Debug, Clone)]
pub(super) struct Outcome {
    /// By vertex.
    pub(super) start: Vec<Moment>,
    pub(super) finish: Vec<Moment>,
    /// By vertex: when what a pin waits for is there, people and locks included.
    pub(super) arrival: Vec<Moment>,
    /// By vertex: what it waited for last, where that made it later than planned.
    pub(super) cause: Vec<Option<VertexId>>,
}

/// How time flows through one line.
pub(super) struct Flow<'a, 'b> {
    board: &'a Board<'b>,
    units: &'a Units,
    slack: &'a Slack,
    /// By vertex: whose turn comes before.
    turns_before: Vec<Vec<(VertexId, Turn)>>,
    /// Phases of which something waits for the beginning.
    begun: Vec<VertexId>,
    /// By what waits for that: their places in `begun`.
    beginning: HashMap<VertexId, Vec<usize>>,
}

impl<'a, 'b> Flow<'a, 'b> {
    pub(super) fn new(board: &'a Board<'b>, units: &'a Units, slack: &'a Slack) -> Self {
        let mut turns_before: Vec<Vec<(VertexId, Turn)>> = vec![Vec::new(); board.graph.len()];
        for vertex in board.graph.vertices() {
            for (next, turn) in &slack.turns[vertex.index()] {
                turns_before[next.index()].push((vertex, *turn));
            }
        }
        let begins = |edge: &Edge| matches!(edge.waits, Waits::With | Waits::During);
        let mut begun = Vec::new();
        let mut beginning: HashMap<VertexId, Vec<usize>> = HashMap::new();
        let is_whole = |vertex: &VertexId| matches!(board.graph.vertex(*vertex), Vertex::Finish(_));
        for vertex in board.graph.vertices().filter(is_whole) {
            let mut with = board.graph.after(vertex).filter(|(_, edge)| begins(edge)).peekable();
            if with.peek().is_some() {
                with.for_each(|(next, _)| beginning.entry(next).or_default().push(begun.len()));
                begun.push(vertex);
            }
        }
        Self { board, units, slack, turns_before, begun, beginning }
    }

    /// What comes of what is asked.
    pub(super) fn answer(&self, question: Question) -> Outcome {
        let count = self.board.graph.len();
        let mut pass = Pass {
            flow: self,
            question,
            outcome: Outcome {
                start: self.board.start.clone(),
                finish: self.board.finish.clone(),
                arrival: vec![Moment::ALWAYS; count],
                cause: vec![None; count],
            },
            first: self.board.first.clone(),
            looked_up: Vec::new(),
            floors: HashMap::new(),
            gaps: HashMap::new(),
            after_pins: vec![(Moment::ALWAYS, None); count],
            worked: HashMap::new(),
        };
        pass.settle_pins();
        for _ in 0..MOST_ROUNDS {
            pass.forward();
            // While it is not settled when phases begin, nobody can tell what keeps the steps of a block apart.
            if !pass.note_firsts() && !pass.push_blocks() {
                break;
            }
        }
        pass.arrivals();
        pass.outcome
    }
}

impl Outcome {
    /// When the last step of all ends.
    pub(super) fn last_finish(&self, board: &Board<'_>) -> Moment {
        let steps = board.graph.vertices().filter(|vertex| board.facts(*vertex).is_some());
        steps.map(|vertex| self.finish[vertex.index()]).max().unwrap_or_else(|| board.plan_finish())
    }
}
