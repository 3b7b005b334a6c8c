//! How far each step can slip without moving the plan's finish or any pin, or passing a limit that is given.
//!
//! A backward pass over the order, with the order of every person's and lock's steps kept. Exact: a
//! phase of which only the first step must start in time, and blocks that slip as one, are followed
//! through and not approximated.

mod phases;
mod turns;

use phases::Firsts;
pub(super) use turns::Turn;

use super::board::Board;
use super::busy::Stretch;
use super::facts::{Facts, Length};
use super::moment::Moment;
use super::units::Units;
use crate::graph::{Vertex, VertexId, Waits};
use crate::plan::{Duration, NodeId};

/// So many pauses are tried for a step that lies in one.
const MOST_PAUSES: usize = 400;

/// A block's slack settles within a round or two; this many is a fuse.
const MOST_ROUNDS: usize = 50;

/// The steps of one person, or of one lock, by their planned starts.
pub(super) type Sequence = Vec<(Stretch, VertexId)>;

/// The latest starts of a line, and the turns by which they were found.
pub(super) struct Slack {
    pub(super) latest: Vec<Moment>,
    /// By vertex: who comes after it because both need the same person or lock.
    pub(super) turns: Vec<Vec<(VertexId, Turn)>>,
    /// The steps of every person and every lock.
    pub(super) sequences: Vec<Sequence>,
    /// An order in which everything comes after what holds it, pins aside.
    pub(super) order: Vec<VertexId>,
}

struct Pass<'a, 'b> {
    board: &'a Board<'b>,
    finish: Moment,
    turns: Vec<Vec<(VertexId, Turn)>>,
    sequences: Vec<Sequence>,
    /// What nothing of a step may pass, besides what waits for it.
    start_cap: Vec<Moment>,
    finish_cap: Vec<Moment>,
    /// Latest starts; of a `during=` step that of its own limits.
    latest: Vec<Moment>,
    latest_finish: Vec<Moment>,
    /// Latest starts as they would be if it were not for the pause they are in.
    latest_free: Vec<Moment>,
    order: Vec<VertexId>,
    position: Vec<usize>,
    firsts: Firsts,
}

/// The latest start of every vertex.
pub(super) fn slack(board: &Board<'_>, units: &Units) -> Slack {
    slack_within(board, units, &[])
}

/// The same, where some steps must be finished by a moment besides.
pub(super) fn slack_within(board: &Board<'_>, units: &Units, limits: &[(VertexId, Moment)]) -> Slack {
    let count = board.graph.len();
    let mut pass = Pass {
        board,
        finish: board.plan_finish(),
        turns: vec![Vec::new(); count],
        sequences: Vec::new(),
        start_cap: vec![Moment::NEVER; count],
        finish_cap: vec![Moment::NEVER; count],
        latest: vec![Moment::NEVER; count],
        latest_finish: vec![Moment::NEVER; count],
        latest_free: vec![Moment::NEVER; count],
        order: Vec::new(),
        position: vec![0; count],
        firsts: Firsts::default(),
    };
    pass.take_turns();
    pass.sort();
    for (vertex, limit) in limits {
        let cap = &mut pass.finish_cap[vertex.index()];
        *cap = (*cap).min(*limit);
    }
    for _ in 0..MOST_ROUNDS {
        pass.backward();
        if !pass.bind_blocks(units) {
            break;
        }
    }
    pass.follow_spans();
    Slack { latest: pass.latest, turns: pass.turns, sequences: pass.sequences, order: pass.order }
}

impl Pass<'_, '_> {
    // The pass.

    fn backward(&mut self) {
        // Pins ask the same whatever slips.
        for vertex in self.board.graph.vertices().filter(|vertex| self.board.pin(*vertex).is_some()) {
            self.latest[vertex.index()] = self.board.start[vertex.index()];
            self.first_of_phases(vertex);
        }
        for index in (0..self.order.len()).rev() {
            let vertex = self.order[index];
            // Only steps make the plan end; a phase's vertex or a join does not.
            let end = if self.board.facts(vertex).is_some() { self.finish } else { Moment::NEVER };
            let (mut start, mut finish) = (self.start_cap[vertex.index()], end);
            for (next, edge) in self.board.graph.after(vertex) {
                self.hold(vertex, next, edge, &mut start, &mut finish);
            }
            let mut free_finish = finish;
            for (next, turn) in &self.turns[vertex.index()] {
                let pinned = self.board.pin(*next).is_some();
                let at = |latest: &[Moment]| {
                    if pinned { self.board.start[next.index()] } else { latest[next.index()] }
                };
                match turn {
                    Turn::After => {
                        finish = finish.min(at(&self.latest));
                        free_finish = free_finish.min(at(&self.latest_free));
                    }
                    Turn::Inside => start = start.min(self.latest_for_pause(vertex, *next)),
                }
            }
            let cap = self.finish_cap[vertex.index()];
            self.settle(vertex, start, finish.min(cap));
            self.latest_free[vertex.index()] = if free_finish == finish.min(cap) {
                self.latest[vertex.index()]
            } else {
                self.latest_start(vertex, start, free_finish)
            };
            self.first_of_phases(vertex);
        }
    }

    /// The latest start of work for a step to fit into one of its pauses, or after it, and still be
    /// in time itself.
    fn latest_for_pause(&self, work: VertexId, inner: VertexId) -> Moment {
        let (Some(place), Some(own)) = (&self.board.places[work.index()], &self.board.places[inner.index()])
        else {
            return Moment::NEVER;
        };
        let length = own.finish - own.start;
        let crew = self.board.crew(&place.people);
        let mut by = self.latest_free[inner.index()].max(own.start);
        for _ in 0..MOST_PAUSES {
            let Some(last) = crew.stretch_before(by + 1) else { return Moment::NEVER };
            // The pause before `by`: after that stretch, or, if `by` lies in it, before it.
            let (start, end) = if by >= last.end {
                (last.end, crew.stretch_after(last.end).map_or(Moment::NEVER, |next| next.start))
            } else {
                let Some(earlier) = crew.stretch_before(last.start) else { return Moment::NEVER };
                (earlier.end, last.start)
            };
            if by.min(end - length) >= start {
                return start - 1;
            }
            by = start - 1;
            if by < place.start {
                break;
            }
        }
        place.start
    }

    /// What `next` asks of `vertex`.
    fn hold(
        &self,
        vertex: VertexId,
        next: VertexId,
        edge: &crate::graph::Edge,
        start: &mut Moment,
        finish: &mut Moment,
    ) {
        let clock = self.board.times.clock;
        let latest = self.asks(next, edge.waits);
        let own_start = self.board.start[vertex.index()];
        let own_finish = self.board.finish[vertex.index()];
        let own = if edge.waits == Waits::With { own_start } else { own_finish };
        let before = |moment: Moment| {
            if moment >= Moment::NEVER { moment } else { clock.slip_limit(own, moment, edge.lag) }
        };
        let of_phase = matches!(self.board.graph.vertex(vertex), Vertex::Finish(_));
        match edge.waits {
            Waits::After | Waits::Within | Waits::RightAfter => *finish = before(latest).min(*finish),
            Waits::With if !of_phase => *start = before(latest).min(*start),
            Waits::During => {
                *finish = self.latest_finish[next.index()].min(*finish);
                if !of_phase {
                    *start = latest.min(*start);
                }
            }
            Waits::With => {}
        }
    }

    /// The latest start of `next` as those see it that it waits for. A pin that is missed, or a
    /// `during=` that can't hold, asks no more than that nothing comes later than it does already.
    fn asks(&self, next: VertexId, waits: Waits) -> Moment {
        let index = next.index();
        let arrival = || self.board.arrival(next);
        if self.board.pin(next).is_some() {
            self.board.start[index].max(arrival())
        } else if waits != Waits::During && self.spans(next) {
            self.latest[index].max(arrival())
        } else {
            self.latest[index]
        }
    }

    fn spans(&self, vertex: VertexId) -> bool {
        self.board.facts(vertex).is_some_and(|facts| facts.length == Length::Span)
    }

    fn settle(&mut self, vertex: VertexId, start: Moment, finish: Moment) {
        let index = vertex.index();
        self.latest_finish[index] = finish;
        self.latest[index] = if self.board.pin(vertex).is_some() {
            self.board.start[index]
        } else if self.spans(vertex) {
            start
        } else {
            self.latest_start(vertex, start, finish)
        };
    }

    /// The latest start of a step that must start by `start` and be finished by `finish`.
    fn latest_start(&self, vertex: VertexId, start: Moment, finish: Moment) -> Moment {
        match (self.board.facts(vertex), &self.board.places[vertex.index()]) {
            (Some(Facts { length: Length::Calendar { days, seconds }, .. }), Some(place))
                if finish < Moment::NEVER =>
            {
                let by = Duration::new(0, *days, *seconds);
                self.board.times.clock.slip_limit(place.start, finish, by).min(start)
            }
            // By the clock its start is all that there is to its place.
            (Some(Facts { length: Length::Clock(seconds), .. }), Some(_)) => (finish - *seconds).min(start),
            (Some(facts), Some(place)) => self.board.lay_back(facts, &place.people, finish, start).start,
            _ => start.min(finish),
        }
    }

    // What slips as one.

    /// A step that follows directly slips only with the one before it; says whether that changed
    /// anything.
    fn bind_blocks(&mut self, units: &Units) -> bool {
        let mut changed = false;
        for index in 0..self.order.len() {
            let vertex = self.order[index];
            let Some(limit) = self.limit_by_leader(vertex, units) else { continue };
            if self.latest[vertex.index()] > limit {
                self.latest[vertex.index()] = limit;
                self.start_cap[vertex.index()] = limit;
                changed = true;
            }
        }
        changed
    }

    fn limit_by_leader(&self, vertex: VertexId, units: &Units) -> Option<Moment> {
        if let Some(before) = units.follows[vertex.index()] {
            return Some(self.right_after(vertex, self.finish_at_latest(before)?));
        }
        let mut leaders = self.board.graph.before(vertex).filter(|(from, edge)| {
            edge.waits == Waits::RightAfter
                && self.right_after(vertex, self.board.finish[from.index()])
                    == self.board.start[vertex.index()]
        });
        leaders.next().map(|(from, _)| {
            let finish = self.latest_finish[from.index()];
            let finish = self.finish_at_latest(from).map_or(finish, |own| own.min(finish));
            self.right_after(vertex, finish)
        })
    }

    /// When a step ends that starts as late as it may.
    fn finish_at_latest(&self, vertex: VertexId) -> Option<Moment> {
        let (facts, place) = (self.board.facts(vertex)?, self.board.places[vertex.index()].as_ref()?);
        Some(self.board.lay(facts, &place.people, self.latest[vertex.index()]).finish)
    }

    /// When a step starts that follows something ending at `finish`: work at its first working moment.
    fn right_after(&self, vertex: VertexId, finish: Moment) -> Moment {
        match (self.board.facts(vertex), &self.board.places[vertex.index()]) {
            (Some(facts), Some(place)) if finish < Moment::NEVER => {
                self.board.lay(facts, &place.people, finish).start
            }
            _ => finish,
        }
    }

    /// A `during=` step slips with what it spans, and no further.
    fn follow_spans(&mut self) {
        for vertex in self.board.graph.in_order() {
            let Some(target) = self.board.spanned(vertex).filter(|_| self.spans(vertex)) else { continue };
            self.latest[vertex.index()] = match self.board.graph.vertex(target) {
                Vertex::Finish(node) => self.earliest_latest(node),
                _ => self.latest[target.index()],
            };
        }
    }

    fn earliest_latest(&self, node: NodeId) -> Moment {
        let steps = self.board.steps_inside(node);
        steps.map(|vertex| self.latest[vertex.index()]).min().unwrap_or(Moment::NEVER)
    }
}
