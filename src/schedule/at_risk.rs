//! What is met as planned and missed when every range takes its longest: pins, deadlines and windows.
//!
//! One message a step, at the first of what it misses; what is missed as planned already is said
//! elsewhere, and stays silent here. The message names the ranges that make it so, the widest first.

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
use crate::plan::NodeId;

/// So many ranges are named; the widest tell enough.
const MOST_RANGES: usize = 4;

pub(super) struct AtRisk<'a, 'b> {
    pub(super) board: &'a Board<'b>,
    pub(super) worst: &'a Outcome,
    pub(super) times: &'a mut Times,
    pub(super) diagnostics: &'a mut Vec<Diagnostic>,
}

/// What leads to something that comes later than planned.
#[derive(Debug, Default)]
struct Chain {
    /// The steps whose length adds to it, by how much.
    wider: Vec<(VertexId, i64)>,
    /// The last step whose end is waited for.
    last: Option<NodeId>,
    /// What it begins with.
    first: Option<VertexId>,
    /// Whether work in days is in it, which an earlier hour of the day does not help.
    pauses: bool,
}

impl AtRisk<'_, '_> {
    pub(super) fn report(&mut self) {
        if self.worst.finish == self.board.finish {
            return;
        }
        for vertex in self.board.graph.vertices() {
            let pin = self.pin(vertex);
            let (deadline, window) = match self.board.facts(vertex) {
                Some(facts) => (self.deadline(vertex, facts), self.window(vertex, facts)),
                None => (None, None),
            };
            let risks = Risks { pin, deadline, window };
            if risks.any() {
                self.say(vertex, &risks);
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

    fn say(&mut self, vertex: VertexId, risks: &Risks) {
        let board = self.board;
        let (Vertex::Step(id) | Vertex::Start(id)) = board.graph.vertex(vertex) else { return };
        let chain = self.chain(vertex);
        let mut wider = chain.wider;
        wider.sort_by_key(|(vertex, by)| (std::cmp::Reverse(*by), *vertex));
        wider.truncate(MOST_RANGES);
        let ranges = wider.iter().filter_map(|(vertex, by)| {
            let node = board.plan.node(board.graph.step(*vertex)?);
            let estimate = node.step.as_ref().and_then(|step| step.estimate.as_ref());
            Some(Widened {
                title: node.title.clone(),
                place: estimate.map_or(node.span, |given| given.span),
                by: *by,
            })
        });
        let from_start =
            !chain.pauses && chain.first.is_some_and(|first| board.start[first.index()] == board.plan_start);
        let of = AtRiskOf {
            plan: board.plan,
            node: board.plan.node(id),
            planned: board.finish[vertex.index()],
            worst: self.worst.finish[vertex.index()],
            last: chain.last.map(|last| board.plan.node(last)),
            ranges: ranges.collect(),
            begins: from_start.then_some(board.plan_start),
            counts_backward: self.times.start.is_none(),
            clock: board.times.clock,
        };
        self.diagnostics.push(messages::at_risk(&of, risks));
    }

    /// What makes a step, or the arrival at a pin, later than planned.
    fn chain(&self, vertex: VertexId) -> Chain {
        let board = self.board;
        let mut chain = Chain::default();
        let for_pin = self.pin(vertex).is_some();
        if !for_pin {
            self.note_wider(vertex, &mut chain);
        }
        let mut at = vertex;
        let mut seen = vec![false; board.graph.len()];
        // What comes before a pin moves it no more.
        while let Some(before) =
            self.worst.cause[at.index()].filter(|_| board.pin(at).is_none() || (at == vertex && for_pin))
        {
            if std::mem::replace(&mut seen[before.index()], true) {
                break;
            }
            let begins =
                board.graph.before(at).any(|(from, edge)| from == before && edge.waits == Waits::With);
            at = if begins { self.beginning(before) } else { before };
            if !begins {
                self.note_wider(at, &mut chain);
            }
            if chain.last.is_none() && board.facts(at).is_some() {
                chain.last = board.graph.step(at);
            }
            if let Some(facts) = board.facts(at) {
                chain.first = Some(at);
                chain.pauses |= matches!(facts.length, Length::Work(_));
            }
        }
        chain.first = chain.first.or(Some(vertex));
        chain
    }

    fn note_wider(&self, vertex: VertexId, chain: &mut Chain) {
        let board = self.board;
        let Some(facts) = board.facts(vertex) else { return };
        let index = vertex.index();
        let longer =
            (self.worst.finish[index] - self.worst.start[index]) - (board.finish[index] - board.start[index]);
        if facts.longest != facts.length && longer > 0 {
            chain.wider.push((vertex, longer));
        }
    }

    /// A step, or the step inside a phase that starts first.
    fn beginning(&self, vertex: VertexId) -> VertexId {
        let board = self.board;
        let Vertex::Finish(node) = board.graph.vertex(vertex) else { return vertex };
        let inside = node.index()..board.plan.node(node).end.index();
        let steps = inside.filter_map(|index| board.graph.start_of(NodeId::new(index)));
        let steps = steps.filter(|step| board.facts(*step).is_some());
        steps.min_by_key(|step| self.worst.start[step.index()]).unwrap_or(vertex)
    }
}
