//! A phase of which something must start in time needs only one of its first steps to be there: which
//! of them that is, and what it asks of what comes before.

use std::collections::HashMap;

use super::Pass;
use crate::graph::{Vertex, VertexId, Waits};
use crate::plan::NodeId;
use crate::schedule::moment::Moment;

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
        let after = self.reached_from(starting);
        let mut steps: Vec<VertexId> = self.steps_inside(node).filter(|step| !after[step.index()]).collect();
        steps.sort_by_key(|vertex| (self.board.start[vertex.index()], self.position[vertex.index()]));
        let Some(&earliest) = steps.first() else { return };
        let by = by.max(self.board.start[earliest.index()]);
        let in_time = steps.iter().take_while(|vertex| self.board.start[vertex.index()] <= by).count();
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
                    .filter_map(|(vertex, latest)| {
                        held.get(&vertex).map(|other| (vertex, latest.max(*other)))
                    })
                    .collect(),
            });
        }
        for (vertex, latest) in shared.unwrap_or_default() {
            let cap = &mut self.start_cap[vertex.index()];
            *cap = latest.min(*cap);
        }
    }

    /// By vertex: whether it comes after another, in the order or by its people and locks.
    fn reached_from(&self, vertex: VertexId) -> Vec<bool> {
        let mut reached = vec![false; self.board.graph.len()];
        self.reach(vertex, &mut reached);
        reached
    }

    /// Those of `steps` (in the order of their starts) that don't follow from another of them.
    fn sources(&self, steps: &[VertexId]) -> Vec<VertexId> {
        let mut reached = vec![false; self.board.graph.len()];
        let mut sources = Vec::new();
        for &step in steps {
            if !reached[step.index()] {
                sources.push(step);
                self.reach(step, &mut reached);
            }
        }
        sources
    }

    /// Marks all that comes after a vertex; what is marked already is not walked again.
    fn reach(&self, vertex: VertexId, reached: &mut [bool]) {
        let mut open = vec![vertex];
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
}
