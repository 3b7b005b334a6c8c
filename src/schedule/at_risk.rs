//! What is met as planned and missed when every range takes its longest: pins, deadlines and windows.
//!
//! One message a step, at the first of what it misses; what is missed as planned already is said
//! elsewhere, and stays silent here. The message names the ranges that make it so, the widest first.

use std::cmp::Reverse;

use super::beginning::Beginning;
use super::board::Board;
use super::busy::Stretch;
use super::facts::{Facts, Length};
use super::messages::{self, AtRiskOf, Risks, Widened};
use super::missed;
use super::moment::Moment;
use super::times::Times;
use super::worst::Outcome;
use crate::diagnostic::Diagnostic;
use crate::graph::{Vertex, VertexId, Waits};
use crate::plan::{Node, Time};

/// So many ranges are named; the widest tell enough.
const MOST_RANGES: usize = 4;

pub(super) struct AtRisk<'a, 'b> {
    pub(super) board: &'a Board<'b>,
    pub(super) worst: &'a Outcome,
    pub(super) times: &'a mut Times,
    pub(super) diagnostics: &'a mut Vec<Diagnostic>,
}

/// What leads to something that comes later than planned.
#[derive(Debug, Clone, Default)]
struct Trail {
    /// The steps whose length adds most to it, by how much; the widest first.
    wider: Vec<(i64, VertexId)>,
    /// The last step that is waited for.
    last: Option<VertexId>,
    /// The step that it begins with.
    first: Option<VertexId>,
    /// Whether work in days is in it, which an earlier hour of the day does not help.
    pauses: bool,
}

/// What is known of the trail to a start.
#[derive(Debug, Clone)]
enum Known {
    Nothing,
    /// It is being looked for.
    Passing,
    Trail(Trail),
}

impl AtRisk<'_, '_> {
    pub(super) fn report(&mut self) {
        if self.worst.finish == self.board.finish {
            return;
        }
        let mut known = vec![Known::Nothing; self.board.graph.len()];
        for vertex in self.board.graph.vertices() {
            let pin = self.pin(vertex);
            let (deadline, window) = match self.board.facts(vertex) {
                Some(facts) => (self.deadline(vertex, facts), self.window(vertex, facts)),
                None => (None, None),
            };
            let risks = Risks { pin, deadline, window };
            if risks.any() {
                let trail = self.trail(vertex, risks.pin.is_some(), &mut known);
                self.say(vertex, &risks, &trail);
            }
        }
    }

    /// A pin, and the moment until which it would have to wait.
    fn pin(&self, vertex: VertexId) -> Option<(Moment, Moment)> {
        let board = self.board;
        let pin = board.pin(vertex)?;
        let arrival = self.worst.arrival[vertex.index()];
        (arrival > pin && !missed::is_pin_missed(board, vertex)).then_some((pin, arrival))
    }

    /// The deadline that may be missed first: which of the step's, and when it is.
    fn deadline(&mut self, vertex: VertexId, facts: &Facts) -> Option<(usize, Moment)> {
        let worst = self.worst.finish[vertex.index()];
        if facts.by.is_none_or(|by| worst <= by || self.board.finish[vertex.index()] > by) {
            return None;
        }
        let all = self.board.plan.node(facts.node).by.iter().enumerate();
        let (times, diagnostics) = (&mut *self.times, &mut *self.diagnostics);
        let moments = all.filter_map(|(index, by)| Some((times.end(by, diagnostics)?, index)));
        moments.min().map(|(moment, index)| (index, moment))
    }

    fn window(&self, vertex: VertexId, facts: &Facts) -> Option<Stretch> {
        let (start, finish) = (self.board.start[vertex.index()], self.board.finish[vertex.index()]);
        facts
            .window
            .filter(|window| start >= window.start && finish <= window.end)
            .filter(|window| self.worst.finish[vertex.index()] > window.end)
    }

    fn say(&mut self, vertex: VertexId, risks: &Risks, trail: &Trail) {
        let board = self.board;
        let (Vertex::Step(id) | Vertex::Start(id)) = board.graph.vertex(vertex) else { return };
        let ranges = trail.wider.iter().filter_map(|(by, vertex)| {
            let node = board.plan.node(board.graph.step(*vertex)?);
            let estimate = node.step.as_ref().and_then(|step| step.estimate.as_ref());
            let place = estimate.map_or(node.span, |given| given.span);
            Some(Widened { title: node.title.clone(), place, by: *by })
        });
        let first = trail.first.unwrap_or(vertex);
        let from_start = board.start[first.index()] == board.plan_start;
        let node = board.plan.node(id);
        let beginning = match !trail.pauses && from_start {
            true => missed_times(node, risks)
                .fold(Beginning::of(board, first, false), |beginning, time| beginning.against(time, board)),
            false => Beginning::Fixed,
        };
        let of = AtRiskOf {
            plan: board.plan,
            node,
            planned: board.finish[vertex.index()],
            worst: self.worst.finish[vertex.index()],
            last: trail.last.and_then(|last| board.graph.step(last)).map(|last| board.plan.node(last)),
            ranges: ranges.collect(),
            beginning,
            pin_moves_start: from_start && self.times.start.is_none(),
            clock: board.times.clock,
        };
        self.diagnostics.push(messages::at_risk(&of, risks));
    }

    /// What makes a step end later than planned, or what a pin waits for.
    fn trail(&self, vertex: VertexId, for_pin: bool, known: &mut [Known]) -> Trail {
        if for_pin {
            // What follows a pin does not move, and so it has no trail of its own.
            return self.worst.cause[vertex.index()].map_or_else(Trail::default, |before| {
                let begins = self.begins_with(before, vertex);
                let before = if begins { self.beginning(before) } else { before };
                self.through(before, begins, &self.to_start(before, known))
            });
        }
        let mut trail = self.to_start(vertex, known);
        self.note_wider(vertex, &mut trail);
        trail
    }

    /// What makes a vertex start later than planned: found once for all that wait for it.
    fn to_start(&self, vertex: VertexId, known: &mut [Known]) -> Trail {
        let mut passed: Vec<(VertexId, VertexId, bool)> = Vec::new();
        let mut at = vertex;
        let mut trail = loop {
            match &known[at.index()] {
                Known::Trail(trail) => break trail.clone(),
                // Where links are missed, steps may wait for each other.
                Known::Passing => break Trail::default(),
                Known::Nothing => {}
            }
            known[at.index()] = Known::Passing;
            let cause = self.worst.cause[at.index()].filter(|_| self.board.pin(at).is_none());
            let Some(before) = cause else {
                known[at.index()] = Known::Trail(Trail::default());
                break Trail::default();
            };
            let begins = self.begins_with(before, at);
            let before = if begins { self.beginning(before) } else { before };
            passed.push((at, before, begins));
            at = before;
        };
        for (at, before, begins) in passed.into_iter().rev() {
            trail = self.through(before, begins, &trail);
            known[at.index()] = Known::Trail(trail.clone());
        }
        trail
    }

    /// The trail of what waits for the start or the end of `before`, whose own start has this one.
    fn through(&self, before: VertexId, begins: bool, to_start: &Trail) -> Trail {
        let mut trail = to_start.clone();
        if let Some(facts) = self.board.facts(before) {
            trail.last = Some(before);
            trail.first = trail.first.or(Some(before));
            trail.pauses |= matches!(facts.length, Length::Work(_));
            if !begins {
                self.note_wider(before, &mut trail);
            }
        }
        trail
    }

    /// Whether what is waited for is a beginning, and not an end.
    fn begins_with(&self, before: VertexId, vertex: VertexId) -> bool {
        let mut edges = self.board.graph.before(vertex);
        edges.any(|(from, edge)| from == before && edge.waits == Waits::With)
    }

    fn note_wider(&self, vertex: VertexId, trail: &mut Trail) {
        let board = self.board;
        let Some(facts) = board.facts(vertex) else { return };
        let index = vertex.index();
        let longer =
            (self.worst.finish[index] - self.worst.start[index]) - (board.finish[index] - board.start[index]);
        if facts.longest != facts.length && longer > 0 && !trail.wider.contains(&(longer, vertex)) {
            trail.wider.push((longer, vertex));
            trail.wider.sort_by_key(|(by, vertex)| (Reverse(*by), *vertex));
            trail.wider.truncate(MOST_RANGES);
        }
    }

    /// A step, or the step inside a phase that starts first.
    fn beginning(&self, vertex: VertexId) -> VertexId {
        let board = self.board;
        let Vertex::Finish(node) = board.graph.vertex(vertex) else { return vertex };
        board.steps_inside(node).min_by_key(|step| self.worst.start[step.index()]).unwrap_or(vertex)
    }
}

/// The times that may be missed, as they are written.
fn missed_times(node: &Node, risks: &Risks) -> impl Iterator<Item = Time> {
    let pin = node.at.as_ref().filter(|_| risks.pin.is_some()).map(|at| at.value);
    let deadline = risks.deadline.and_then(|(index, _)| node.by.get(index)).map(|by| by.value);
    pin.into_iter().chain(deadline)
}
