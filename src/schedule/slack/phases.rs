//! A phase of which something must start in time needs only one of its first steps to be there: which
//! of them that is, and what it asks of what comes before.

use std::collections::{BinaryHeap, HashMap};
use std::rc::Rc;

use super::Pass;
use crate::graph::{Vertex, VertexId, Waits};
use crate::plan::NodeId;
use crate::schedule::board::Board;
use crate::schedule::moment::Moment;

/// What is remembered of phases of which a step must start in time.
#[derive(Default)]
pub(super) struct Firsts {
    /// By phase: the steps inside, by their starts, and how far to walk to come to any of them.
    inside: HashMap<NodeId, (Rc<[VertexId]>, Horizon)>,
    /// By phase: the earliest moment by which any of its steps must start. Whoever asks for later asks for nothing.
    asked: HashMap<NodeId, Moment>,
    /// By vertex: of whom it takes a person or lock over.
    turns_before: Rc<[Vec<VertexId>]>,
    by_time: Line<(Moment, usize)>,
    /// By the order of the graph alone: what starts at one time, thousands of phases perhaps, still has its order.
    by_order: Line<usize>,
    marks: Marks,
}

/// How far to walk, in time and in the order: what lies behind either leads no longer to where one wants to come.
#[derive(Clone, Copy)]
struct Horizon {
    by_time: (Moment, usize),
    by_order: usize,
}

/// All vertices in a line.
#[derive(Default)]
struct Line<Place> {
    /// By vertex: a place that what comes after it has behind it, save where `back` says.
    places: Vec<Place>,
    back: Back<Place>,
}

/// Vertices that are marked; all marks are taken away at once.
#[derive(Default)]
struct Marks {
    of: Vec<u32>,
    now: u32,
    list: Vec<VertexId>,
}

impl Marks {
    fn clear(&mut self, count: usize) {
        if self.now == u32::MAX || self.of.len() != count {
            (self.of, self.now) = (vec![0; count], 0);
        }
        self.now += 1;
        self.list.clear();
    }

    fn has(&self, vertex: VertexId) -> bool {
        self.of[vertex.index()] == self.now
    }

    /// Says whether the mark is new.
    fn set(&mut self, vertex: VertexId) -> bool {
        let is_new = std::mem::replace(&mut self.of[vertex.index()], self.now) != self.now;
        if is_new {
            self.list.push(vertex);
        }
        is_new
    }
}

/// Where the way forward leads to an earlier place. In time: from the end of a phase to what starts with it, along a lag
/// before an end, past a link that is missed. In the order: by the turns of people and locks.
#[derive(Default)]
struct Back<Place> {
    /// Where it leads to, ascending.
    to: Vec<Place>,
    /// The last place from which one comes there or to an earlier one, in any number of such ways.
    from: Vec<Place>,
}

impl<Place: Copy + Ord> Back<Place> {
    fn new(mut ways: Vec<(Place, Place)>) -> Self {
        ways.sort_unstable();
        let to: Vec<Place> = ways.iter().map(|(to, _)| *to).collect();
        let last = ways.iter().scan(None, |last: &mut Option<Place>, (_, from)| {
            *last = (*last).max(Some(*from));
            *last
        });
        let mut from: Vec<Place> = last.collect();
        for index in (0..from.len()).rev() {
            let reached = to.partition_point(|to| *to <= from[index]);
            if reached > index + 1 {
                from[index] = from[index].max(from[reached - 1]);
            }
        }
        Self { to, from }
    }

    /// What lies behind this leads to nothing up to `place`.
    fn horizon(&self, place: Place) -> Place {
        match self.to.partition_point(|to| *to <= place) {
            0 => place,
            index => place.max(self.from[index - 1]),
        }
    }
}

impl<Place: Copy + Ord + Default> Line<Place> {
    fn new(places: Vec<Place>, ways: &[(VertexId, VertexId)]) -> Self {
        let place = |vertex: VertexId| places[vertex.index()];
        let ways = ways.iter().map(|(from, to)| (place(*to), place(*from)));
        let back = Back::new(ways.filter(|(to, from)| to < from).collect());
        Self { places, back }
    }

    /// What lies behind this comes before none of `steps`.
    fn horizon(&self, steps: &[VertexId]) -> Place {
        let last = steps.iter().map(|step| self.places[step.index()]).max();
        self.back.horizon(last.unwrap_or_default())
    }

    fn is_within(&self, vertex: VertexId, horizon: Place) -> bool {
        self.places[vertex.index()] <= horizon
    }
}

impl Pass<'_, '_> {
    // Phases of which the first step must start in time.

    /// What starts with a phase, or spans it, needs only its first step.
    pub(super) fn first_of_phases(&mut self, vertex: VertexId) {
        let graph = self.board.graph;
        for (from, edge) in graph.before(vertex) {
            let Vertex::Finish(node) = graph.vertex(from) else { continue };
            if matches!(edge.waits, Waits::With | Waits::During) {
                let latest = self.asks(vertex, edge.waits);
                if latest < Moment::NEVER {
                    self.first_by(node, self.board.times.clock.latest_before(latest, edge.lag), vertex);
                }
            }
        }
    }

    /// One step inside a phase must start by a moment; those that come after `starting` can't be it.
    fn first_by(&mut self, node: NodeId, by: Moment, starting: VertexId) {
        self.prepare_firsts();
        let (could_be, all) = self.could_begin(node, starting);
        let Some(&first) = could_be.first() else { return };
        let by = by.max(self.board.start[first.index()]);
        if all {
            let asked = self.firsts.asked.entry(node).or_insert(Moment::NEVER);
            if *asked <= by {
                return;
            }
            *asked = by;
        }
        let sources = self.sources(&could_be, by);
        if let [one] = sources.as_slice() {
            let cap = &mut self.start_cap[one.index()];
            *cap = by.min(*cap);
            return;
        }
        // Any of several may be late as long as one is not: only what holds all of them back counts.
        for (vertex, latest) in self.held_by_all(&sources, by, starting) {
            let cap = &mut self.start_cap[vertex.index()];
            *cap = latest.min(*cap);
        }
    }

    /// The steps of a phase, by their starts, that don't come after what starts with it, and whether that is all.
    fn could_begin(&mut self, node: NodeId, starting: VertexId) -> (Rc<[VertexId]>, bool) {
        let (inside, horizon) = self.steps_by_start(node);
        let mut marks = std::mem::take(&mut self.firsts.marks);
        marks.clear(self.board.graph.len());
        self.reach(starting, horizon, &mut marks);
        let nodes = node.index()..self.board.plan.node(node).end.index();
        let is_inside = |step: &VertexId| {
            self.board.facts(*step).is_some_and(|facts| nodes.contains(&facts.node.index()))
        };
        let could_be = match marks.list.iter().any(is_inside) {
            true => (inside.iter().copied().filter(|step| !marks.has(*step)).collect(), false),
            false => (inside, true),
        };
        self.firsts.marks = marks;
        could_be
    }

    fn prepare_firsts(&mut self) {
        let count = self.board.graph.len();
        if self.firsts.turns_before.len() == count {
            return;
        }
        let mut before: Vec<Vec<VertexId>> = vec![Vec::new(); count];
        let mut ways = Vec::new();
        let mut by_time = vec![(Moment::ALWAYS, 0); count];
        let mut by_order = vec![0; count];
        for (at, vertex) in self.board.graph.in_order().enumerate() {
            by_time[vertex.index()] = (self.board.start[vertex.index()], at);
            by_order[vertex.index()] = at;
        }
        for vertex in self.board.graph.vertices() {
            for (next, _) in &self.turns[vertex.index()] {
                before[next.index()].push(vertex);
            }
            ways.extend(self.comes_after(vertex).map(|next| (vertex, next)));
        }
        self.firsts.turns_before = before.into();
        self.firsts.by_time = Line::new(by_time, &ways);
        self.firsts.by_order = Line::new(by_order, &ways);
    }

    fn steps_by_start(&mut self, node: NodeId) -> (Rc<[VertexId]>, Horizon) {
        if let Some((steps, horizon)) = self.firsts.inside.get(&node) {
            return (Rc::clone(steps), *horizon);
        }
        let mut steps: Vec<VertexId> = self.board.steps_inside(node).collect();
        steps.sort_by_key(|vertex| (self.board.start[vertex.index()], self.position[vertex.index()]));
        let known = (Rc::from(steps.as_slice()), self.horizon(&steps));
        self.firsts.inside.insert(node, known.clone());
        known
    }

    /// What comes after a vertex, in the order or by its people and locks.
    fn comes_after(&self, vertex: VertexId) -> impl Iterator<Item = VertexId> {
        let board: &Board<'_> = self.board;
        let after = board.graph.after(vertex).map(|(next, _)| next);
        let turns = self.turns[vertex.index()].iter().map(|(next, _)| *next);
        after.chain(turns).filter(|next| board.pin(*next).is_none())
    }

    /// Those of `steps` (in the order of their starts) that begin by a moment, or first of all, and don't follow from
    /// another of them.
    fn sources(&mut self, steps: &[VertexId], by: Moment) -> Vec<VertexId> {
        let in_time = steps.partition_point(|vertex| self.board.start[vertex.index()] <= by);
        let steps = &steps[..in_time.max(1).min(steps.len())];
        let mut marks = std::mem::take(&mut self.firsts.marks);
        marks.clear(self.board.graph.len());
        let horizon = self.horizon(steps);
        let mut sources = Vec::new();
        for &step in steps {
            if !marks.has(step) {
                sources.push(step);
                self.reach(step, horizon, &mut marks);
            }
        }
        self.firsts.marks = marks;
        sources
    }

    fn horizon(&self, steps: &[VertexId]) -> Horizon {
        let Firsts { by_time, by_order, .. } = &self.firsts;
        Horizon { by_time: by_time.horizon(steps), by_order: by_order.horizon(steps) }
    }

    /// Marks all that comes after a vertex up to a horizon; what is marked already is not walked again.
    fn reach(&self, vertex: VertexId, horizon: Horizon, marks: &mut Marks) {
        let Firsts { by_time, by_order, .. } = &self.firsts;
        let mut open = vec![vertex];
        while let Some(vertex) = open.pop() {
            for next in self.comes_after(vertex) {
                let is_within =
                    by_time.is_within(next, horizon.by_time) && by_order.is_within(next, horizon.by_order);
                if is_within && marks.set(next) {
                    open.push(next);
                }
            }
        }
    }

    /// How late what lies before all of `sources` may start for the last of them to start by `by`. Past a vertex that
    /// all ways lead through the pass itself goes on, if it comes there after `starting`.
    fn held_by_all(
        &mut self,
        sources: &[VertexId],
        by: Moment,
        starting: VertexId,
    ) -> Vec<(VertexId, Moment)> {
        let mut held =
            LatestStarts { latest: HashMap::new(), open: BinaryHeap::new(), sources: sources.len() };
        for (index, source) in sources.iter().enumerate() {
            held.note(*source, self.position[source.index()], index, by);
        }
        let mut shared = Vec::new();
        while let Some((at, vertex)) = held.open.pop() {
            let own = held.take(vertex);
            let by_all: Option<Vec<Moment>> = own.iter().copied().collect();
            let by_all = by_all.and_then(|by_all| by_all.into_iter().max());
            shared.extend(by_all.map(|latest| (vertex, latest)));
            let goes_on = at < self.position[starting.index()] || self.board.pin(starting).is_some();
            if held.open.is_empty() && (by_all.is_none() || goes_on) {
                break;
            }
            if self.board.pin(vertex).is_some() {
                continue;
            }
            for (source, own) in own.iter().enumerate() {
                let Some(own) = *own else { continue };
                for (from, start) in self.asked_before(vertex, own) {
                    held.note(from, self.position[from.index()], source, start);
                }
            }
        }
        shared
    }

    /// What lies right before a vertex, and the latest start of each for the vertex to start by `own`.
    fn asked_before(&mut self, vertex: VertexId, own: Moment) -> Vec<(VertexId, Moment)> {
        let board = self.board;
        let mut asked = Vec::new();
        for (from, edge) in board.graph.before(vertex) {
            let limit = board.times.clock.latest_before(own, edge.lag);
            match (edge.waits, board.graph.vertex(from)) {
                (Waits::With | Waits::During, Vertex::Finish(node)) => {
                    // Of a phase one step is asked, if it is known which.
                    let (could_be, _) = self.could_begin(node, vertex);
                    let first = could_be.first().map_or(limit, |first| board.start[first.index()]);
                    let limit = limit.max(first);
                    if let [one] = self.sources(&could_be, limit).as_slice() {
                        asked.push((*one, limit));
                    }
                }
                (Waits::With | Waits::During, _) => asked.push((from, limit)),
                _ => asked.push((from, self.latest_start(from, Moment::NEVER, limit))),
            }
        }
        let turns = Rc::clone(&self.firsts.turns_before);
        let turns = turns[vertex.index()].iter();
        asked.extend(turns.map(|from| (*from, self.latest_start(*from, Moment::NEVER, own))));
        asked
    }
}

/// How late what lies before several steps may start for each of them, found from the last to the first.
struct LatestStarts {
    /// By vertex: for each of the steps the latest start, where it lies before it; and whether it is open.
    latest: HashMap<VertexId, (Vec<Option<Moment>>, bool)>,
    open: BinaryHeap<(usize, VertexId)>,
    sources: usize,
}

impl LatestStarts {
    fn note(&mut self, vertex: VertexId, position: usize, source: usize, start: Moment) {
        let (latest, is_open) =
            self.latest.entry(vertex).or_insert_with(|| (vec![None; self.sources], false));
        let is_new = latest[source].is_none();
        latest[source] = Some(latest[source].map_or(start, |known| known.min(start)));
        if is_new && !std::mem::replace(is_open, true) {
            self.open.push((position, vertex));
        }
    }

    fn take(&mut self, vertex: VertexId) -> Vec<Option<Moment>> {
        self.latest.get_mut(&vertex).map_or_else(Vec::new, |(latest, is_open)| {
            *is_open = false;
            latest.clone()
        })
    }
}
