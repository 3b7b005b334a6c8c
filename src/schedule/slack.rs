//! How far each step can slip without moving the plan's finish or any pin.
//!
//! A backward pass over the order, with the order of every person's and lock's steps kept. Exact: a
//! phase of which only the first step must start in time, and blocks that slip as one, are followed
//! through and not approximated.

use std::collections::HashMap;

use super::board::Board;
use super::busy::Stretch;
use super::facts::Length;
use super::moment::Moment;
use super::units::Units;
use crate::graph::{Vertex, VertexId, Waits};
use crate::plan::NodeId;

/// A block's slack settles within a round or two; this many is a fuse.
const MOST_ROUNDS: usize = 50;

/// How one step waits for another because both need the same person or lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    /// After it.
    After,
    /// In a pause of it: it starts no earlier.
    Inside,
}

/// The latest starts of a line.
pub(super) struct Slack {
    pub(super) latest: Vec<Moment>,
}

struct Pass<'a, 'b> {
    board: &'a Board<'b>,
    finish: Moment,
    turns: Vec<Vec<(VertexId, Turn)>>,
    /// What nothing of a step may pass, besides what waits for it.
    start_cap: Vec<Moment>,
    finish_cap: Vec<Moment>,
    /// Latest starts; of a `during=` step that of its own limits.
    latest: Vec<Moment>,
    latest_finish: Vec<Moment>,
    order: Vec<VertexId>,
    position: Vec<usize>,
}

/// The latest start of every vertex.
pub(super) fn slack(board: &Board<'_>, units: &Units) -> Slack {
    let count = board.graph.len();
    let mut pass = Pass {
        board,
        finish: board.plan_finish(),
        turns: vec![Vec::new(); count],
        start_cap: vec![Moment::NEVER; count],
        finish_cap: vec![Moment::NEVER; count],
        latest: vec![Moment::NEVER; count],
        latest_finish: vec![Moment::NEVER; count],
        order: Vec::new(),
        position: vec![0; count],
    };
    pass.take_turns();
    pass.sort();
    for _ in 0..MOST_ROUNDS {
        pass.backward();
        if !pass.bind_blocks(units) {
            break;
        }
    }
    pass.follow_spans();
    Slack { latest: pass.latest }
}

impl Pass<'_, '_> {
    // The order of people and locks.

    fn take_turns(&mut self) {
        let mut of_people: HashMap<usize, Vec<(Stretch, VertexId)>> = HashMap::new();
        let mut of_locks: HashMap<usize, Vec<(Stretch, VertexId)>> = HashMap::new();
        for vertex in self.board.graph.vertices() {
            let (Some(facts), Some(place)) = (self.board.facts(vertex), &self.board.places[vertex.index()]) else {
                continue;
            };
            let whole = Stretch { start: place.start, end: place.finish };
            if whole.start >= whole.end {
                continue;
            }
            if facts.occupies {
                for person in &place.people {
                    of_people.entry(person.index()).or_default().push((whole, vertex));
                }
            }
            for lock in &facts.locks {
                of_locks.entry(lock.index()).or_default().push((whole, vertex));
            }
        }
        for mut taken in of_people.into_values() {
            taken.sort();
            self.turns_of(&taken, true);
        }
        for mut taken in of_locks.into_values() {
            taken.sort();
            self.turns_of(&taken, false);
        }
        for turns in &mut self.turns {
            turns.sort_by_key(|(vertex, turn)| (*vertex, *turn == Turn::Inside));
            turns.dedup();
        }
    }

    fn turns_of(&mut self, taken: &[(Stretch, VertexId)], people: bool) {
        for (index, (stretch, vertex)) in taken.iter().enumerate() {
            let next = index + 1 + taken[index + 1..].partition_point(|(other, _)| other.start < stretch.end);
            if let Some((_, other)) = taken.get(next) {
                self.turns[vertex.index()].push((*other, Turn::After));
            }
            for (inner, other) in &taken[index + 1..next] {
                self.pause(*vertex, *inner, *other, people);
            }
        }
    }

    /// A step that begins before another of the same person has ended: in a pause of that one's work
    /// (or a clash of pins, which slip nowhere anyway).
    fn pause(&mut self, vertex: VertexId, inner: Stretch, other: VertexId, people: bool) {
        let Some(place) = &self.board.places[vertex.index()] else { return };
        self.turns[vertex.index()].push((other, Turn::Inside));
        let next = place.taken.partition_point(|part| part.start < inner.start);
        let goes_on = place.taken.get(next).map_or(place.finish, |part| part.start);
        let cap = &mut self.finish_cap[other.index()];
        if people && inner.end <= goes_on {
            *cap = goes_on.min(*cap);
        } else {
            *cap = inner.end.min(*cap);
        }
    }

    /// An order in which everything comes after what holds it. Edges into pins hold nothing: a pin
    /// stays where it is.
    fn sort(&mut self) {
        let graph = self.board.graph;
        let mut waiting = vec![0usize; graph.len()];
        let counts = |pass: &Self, next: VertexId| pass.board.pin(next).is_none();
        for vertex in graph.vertices() {
            for (next, _) in graph.after(vertex).filter(|(next, _)| counts(self, *next)) {
                waiting[next.index()] += 1;
            }
            for (next, _) in &self.turns[vertex.index()] {
                waiting[next.index()] += usize::from(counts(self, *next));
            }
        }
        let mut free: Vec<VertexId> = graph.vertices().filter(|vertex| waiting[vertex.index()] == 0).collect();
        while let Some(vertex) = free.pop() {
            self.position[vertex.index()] = self.order.len();
            self.order.push(vertex);
            let after = graph.after(vertex).map(|(next, _)| next);
            let turns = self.turns[vertex.index()].iter().map(|(next, _)| *next);
            for next in after.chain(turns).filter(|next| counts(self, *next)) {
                waiting[next.index()] -= 1;
                if waiting[next.index()] == 0 {
                    free.push(next);
                }
            }
        }
    }

    // The pass.

    fn backward(&mut self) {
        for index in (0..self.order.len()).rev() {
            let vertex = self.order[index];
            let (mut start, mut finish) = (self.start_cap[vertex.index()], self.finish_cap[vertex.index()].min(self.finish));
            for (next, edge) in self.board.graph.after(vertex) {
                self.hold(vertex, next, edge, &mut start, &mut finish);
            }
            for (next, turn) in &self.turns[vertex.index()] {
                let latest = if self.board.pin(*next).is_some() { self.board.start[next.index()] } else { self.latest[next.index()] };
                match turn {
                    Turn::After => finish = finish.min(latest),
                    Turn::Inside => start = start.min(latest),
                }
            }
            self.settle(vertex, start, finish);
            self.first_of_phase(vertex);
        }
    }

    /// What `next` asks of `vertex`.
    fn hold(&self, vertex: VertexId, next: VertexId, edge: &crate::graph::Edge, start: &mut Moment, finish: &mut Moment) {
        let clock = self.board.times.clock;
        let latest = self.asks(next, edge.waits);
        let before = |moment: Moment| if moment >= Moment::NEVER { moment } else { clock.latest_before(moment, edge.lag) };
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
            (Some(facts), Some(place)) => self.board.lay_back(facts, &place.people, finish, start).start,
            _ => start.min(finish),
        }
    }

    // Phases of which the first step must start in time.

    /// What starts with a phase, or spans it, needs only its first step.
    fn first_of_phase(&mut self, vertex: VertexId) {
        let Vertex::Finish(node) = self.board.graph.vertex(vertex) else { return };
        let mut by = Moment::NEVER;
        for (next, edge) in self.board.graph.after(vertex) {
            if matches!(edge.waits, Waits::With | Waits::During) {
                let latest = self.asks(next, edge.waits);
                if latest < Moment::NEVER {
                    by = by.min(self.board.times.clock.latest_before(latest, edge.lag));
                }
            }
        }
        if by < Moment::NEVER {
            self.first_by(node, by);
        }
    }

    fn first_by(&mut self, node: NodeId, by: Moment) {
        let steps = (node.index()..self.board.plan.node(node).end.index())
            .filter_map(|index| self.board.graph.start_of(NodeId::new(index)))
            .filter(|vertex| self.board.facts(*vertex).is_some());
        let mut steps: Vec<VertexId> = steps.collect();
        steps.sort_by_key(|vertex| (self.board.start[vertex.index()], self.position[vertex.index()]));
        let in_time = steps.iter().take_while(|vertex| self.board.start[vertex.index()] <= by).count();
        let Some(&earliest) = steps.first() else { return };
        let by = by.max(self.board.start[earliest.index()]);
        let sources = self.sources(&steps[..in_time.max(1)]);
        if let [one] = sources.as_slice() {
            let cap = &mut self.start_cap[one.index()];
            *cap = by.min(*cap);
            return;
        }
        // Any of several may be late as long as one is not: only what holds all of them back counts.
        let mut shared: Option<HashMap<VertexId, Moment>> = None;
        for source in sources {
            let held = self.held_by(source, by);
            shared = Some(match shared {
                None => held,
                Some(known) => known
                    .into_iter()
                    .filter_map(|(vertex, latest)| held.get(&vertex).map(|other| (vertex, latest.max(*other))))
                    .collect(),
            });
        }
        for (vertex, latest) in shared.unwrap_or_default() {
            let cap = &mut self.start_cap[vertex.index()];
            *cap = latest.min(*cap);
        }
    }

    /// Those of `steps` (in the order of their starts) that don't follow from another of them.
    fn sources(&self, steps: &[VertexId]) -> Vec<VertexId> {
        let mut reached = vec![false; self.board.graph.len()];
        let mut sources = Vec::new();
        for &step in steps {
            if reached[step.index()] {
                continue;
            }
            sources.push(step);
            let mut open = vec![step];
            while let Some(vertex) = open.pop() {
                let after = self.board.graph.after(vertex).map(|(next, _)| next);
                let turns = self.turns[vertex.index()].iter().map(|(next, _)| *next);
                for next in after.chain(turns) {
                    if self.board.pin(next).is_none() && !reached[next.index()] {
                        reached[next.index()] = true;
                        open.push(next);
                    }
                }
            }
        }
        sources
    }

    /// How late everything before `source` may start for it to start by `by`.
    fn held_by(&self, source: VertexId, by: Moment) -> HashMap<VertexId, Moment> {
        let mut before: Vec<Vec<VertexId>> = vec![Vec::new(); self.board.graph.len()];
        for (index, turns) in self.turns.iter().enumerate() {
            for (next, _) in turns {
                before[next.index()].push(VertexId::new(index));
            }
        }
        let mut latest: HashMap<VertexId, Moment> = HashMap::from([(source, by)]);
        let mut open = std::collections::BinaryHeap::from([(self.position[source.index()], source)]);
        while let Some((_, vertex)) = open.pop() {
            let own = latest[&vertex];
            if self.board.pin(vertex).is_some() {
                continue;
            }
            for (from, edge) in self.board.graph.before(vertex) {
                let limit = self.board.times.clock.latest_before(own, edge.lag);
                let start = match edge.waits {
                    Waits::With | Waits::During => limit,
                    _ => self.latest_start(from, Moment::NEVER, limit),
                };
                self.note(from, start, &mut latest, &mut open);
            }
            for &from in &before[vertex.index()] {
                let start = self.latest_start(from, Moment::NEVER, own);
                self.note(from, start, &mut latest, &mut open);
            }
        }
        latest.remove(&source);
        latest
    }

    fn note(
        &self,
        vertex: VertexId,
        start: Moment,
        latest: &mut HashMap<VertexId, Moment>,
        open: &mut std::collections::BinaryHeap<(usize, VertexId)>,
    ) {
        let known = latest.entry(vertex).or_insert_with(|| {
            open.push((self.position[vertex.index()], vertex));
            start
        });
        *known = start.min(*known);
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
            let (facts, place) = (self.board.facts(before)?, self.board.places[before.index()].as_ref()?);
            return Some(self.board.lay(facts, &place.people, self.latest[before.index()]).finish);
        }
        let mut leaders = self.board.graph.before(vertex).filter(|(from, edge)| {
            let whole = matches!(self.board.graph.vertex(*from), Vertex::Finish(_));
            whole && edge.waits == Waits::RightAfter && self.board.finish[from.index()] == self.board.start[vertex.index()]
        });
        leaders.next().map(|(from, _)| self.latest[from.index()])
    }

    /// A `during=` step slips with what it spans, and no further.
    fn follow_spans(&mut self) {
        for vertex in self.board.graph.vertices() {
            let Some(target) = self.board.spanned(vertex).filter(|_| self.spans(vertex)) else { continue };
            self.latest[vertex.index()] = match self.board.graph.vertex(target) {
                Vertex::Finish(node) => self.earliest_latest(node),
                _ => self.latest[target.index()],
            };
        }
    }

    fn earliest_latest(&self, node: NodeId) -> Moment {
        (node.index()..self.board.plan.node(node).end.index())
            .filter_map(|index| self.board.graph.start_of(NodeId::new(index)))
            .filter(|vertex| self.board.facts(*vertex).is_some())
            .map(|vertex| self.latest[vertex.index()])
            .min()
            .unwrap_or(Moment::NEVER)
    }
}
