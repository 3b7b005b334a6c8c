//! Rule 4: a plan with a T-0 and no start begins late. What leads to a pin is placed backward from
//! it; then, in the order of those places, each moves as early as it can.

use std::collections::{BinaryHeap, HashMap};

use super::board::Board;
use super::forward::Round;
use super::moment::Moment;
use super::place::{Chosen, Limits};
use super::units::Units;
use crate::graph::{Vertex, VertexId, Waits};
use crate::plan::NodeId;

/// A phase of which one step must have started by a moment, because something starts with it.
struct FirstBy {
    by: Moment,
    /// Steps inside that have no place yet.
    left: usize,
    earliest: Moment,
}

impl Board<'_> {
    /// Places everything by rule 4. The error is steps whose `right-after=` can't hold.
    pub(super) fn run_from_pins(&mut self, units: &Units) -> Result<(), Vec<VertexId>> {
        self.place_fixed(units)?;
        let leading = self.leading(units);
        self.place_leading(units, &leading)?;
        for vertex in self.graph.in_order() {
            if leading[units.of[vertex.index()]] && self.spanned(vertex).is_some() {
                self.span(vertex);
            }
        }
        let people =
            |vertex: VertexId| self.places[vertex.index()].as_ref().map(|place| place.people.clone());
        let chosen: Chosen =
            self.graph.vertices().filter_map(|vertex| Some((vertex, people(vertex)?))).collect();
        let mut rank = vec![Moment::NEVER; units.list.len()];
        let mut plan_start = Moment::NEVER;
        for vertex in self.graph.vertices() {
            let index = vertex.index();
            let counts = leading[units.of[index]] && self.facts(vertex).is_some();
            if counts || self.pin(vertex).is_some() {
                rank[units.of[index]] = rank[units.of[index]].min(self.start[index]);
                plan_start = plan_start.min(self.start[index]);
            }
        }
        self.plan_start = if plan_start == Moment::NEVER { self.times.t0 } else { plan_start };
        let round = Round { units, takes_part: leading.clone(), no_later: rank.clone(), rank, chosen };
        self.run(&round)?;
        let rest = Round {
            units,
            takes_part: leading.iter().map(|leads| !leads).collect(),
            rank: vec![Moment::ALWAYS; units.list.len()],
            no_later: vec![Moment::NEVER; units.list.len()],
            chosen: Chosen::new(),
        };
        self.run(&rest)
    }

    /// By unit: whether it leads to something pinned and is not pinned itself.
    fn leading(&self, units: &Units) -> Vec<bool> {
        let mut leading = vec![false; units.list.len()];
        let mut visited = vec![false; units.list.len()];
        let mut reached = vec![false; self.graph.len()];
        let mut open: Vec<VertexId> =
            self.graph.vertices().filter(|vertex| units.fixed[vertex.index()]).collect();
        while let Some(vertex) = open.pop() {
            for (before, _) in self.graph.before(vertex) {
                let unit = units.of[before.index()];
                // All members of a unit are reached with the first.
                if std::mem::replace(&mut visited[unit], true) {
                    continue;
                }
                for member in &units.list[unit].members {
                    if !reached[member.index()] && !units.fixed[member.index()] {
                        reached[member.index()] = true;
                        leading[unit] = true;
                        open.push(*member);
                    }
                }
            }
        }
        leading
    }

    /// Among the units whose successors are placed, the last in written order goes as late as it can.
    fn place_leading(&mut self, units: &Units, leading: &[bool]) -> Result<(), Vec<VertexId>> {
        let takes_part = |vertex: VertexId| leading[units.of[vertex.index()]];
        let mut limits: HashMap<VertexId, Limits> = HashMap::new();
        let mut waiting = vec![0usize; units.list.len()];
        for vertex in self.graph.vertices().filter(|vertex| takes_part(*vertex)) {
            let unit = units.of[vertex.index()];
            let after = self
                .graph
                .after(vertex)
                .filter(|(next, _)| takes_part(*next) && units.of[next.index()] != unit);
            waiting[unit] += after.count();
        }
        let chosen = Chosen::new();
        let mut firsts: HashMap<NodeId, FirstBy> = HashMap::new();
        let mut free: BinaryHeap<(bool, VertexId, usize)> = BinaryHeap::new();
        let key = |board: &Self, unit: usize| {
            let members = &units.list[unit].members;
            let passes = members.iter().all(|vertex| board.facts(*vertex).is_none());
            let steps = members.iter().filter(|vertex| board.facts(**vertex).is_some());
            (passes, *steps.max().unwrap_or(&members[0]), unit)
        };
        for unit in 0..units.list.len() {
            if leading[unit] && waiting[unit] == 0 {
                free.push(key(self, unit));
            }
        }
        while let Some((_, _, unit)) = free.pop() {
            let members = units.list[unit].members.clone();
            for &vertex in &members {
                let outside = |next: VertexId| {
                    units.of[next.index()] != unit && (takes_part(next) || units.fixed[next.index()])
                };
                let limit = self.limits_backward(vertex, &limits, outside, &mut firsts);
                limits.insert(vertex, limit);
            }
            for &vertex in &members {
                self.hold_first(vertex, limits.entry(vertex).or_insert(Limits::NONE), &firsts);
            }
            if let Err(link) = self.place_backward(units, unit, &limits, &chosen) {
                self.give_up(link)?;
                self.place_apart_backward(&members, &limits);
            }
            for &vertex in &members {
                self.note_first(vertex, &mut firsts);
                for (before, _) in self.graph.before(vertex) {
                    let other = units.of[before.index()];
                    if other != unit && leading[other] {
                        waiting[other] -= 1;
                        if waiting[other] == 0 {
                            free.push(key(self, other));
                        }
                    }
                }
            }
        }
        Ok(())
    }

    /// How late a vertex may be for what comes after it.
    fn limits_backward(
        &self,
        vertex: VertexId,
        known: &HashMap<VertexId, Limits>,
        counts: impl Fn(VertexId) -> bool,
        firsts: &mut HashMap<NodeId, FirstBy>,
    ) -> Limits {
        let mut limits = Limits::NONE;
        for (next, edge) in self.graph.after(vertex).filter(|(next, _)| counts(*next)) {
            let spans = self.facts(next).is_some_and(|facts| facts.length == super::facts::Length::Span);
            // What spans something is not placed yet: it hands its own limits on.
            let next_limits = known.get(&next).copied().unwrap_or(Limits::NONE);
            let start = if spans { next_limits.start } else { self.start[next.index()] };
            let before = |moment: Moment| {
                if moment == Moment::NEVER {
                    moment
                } else {
                    self.times.clock.latest_before(moment, edge.lag)
                }
            };
            match edge.waits {
                Waits::After | Waits::Within | Waits::RightAfter => {
                    let start = if spans { start.min(next_limits.finish) } else { start };
                    limits.finish = limits.finish.min(before(start));
                }
                Waits::During => limits.tighten(Limits { finish: next_limits.finish, start: Moment::NEVER }),
                Waits::With => {}
            }
            if matches!(edge.waits, Waits::With | Waits::During) {
                let by = before(start);
                match self.graph.vertex(vertex) {
                    Vertex::Finish(node) if by != Moment::NEVER => {
                        let first = firsts.entry(node).or_insert_with(|| self.first_by(node));
                        first.by = first.by.min(by);
                    }
                    Vertex::Finish(_) => {}
                    _ => limits.start = limits.start.min(by),
                }
            }
        }
        limits
    }

    fn first_by(&self, node: NodeId) -> FirstBy {
        let left = self.steps_inside(node).filter(|vertex| self.pin(*vertex).is_none()).count();
        let pinned = self.steps_inside(node).filter_map(|vertex| self.pin(vertex));
        FirstBy { by: Moment::NEVER, left, earliest: pinned.min().unwrap_or(Moment::NEVER) }
    }

    /// The last step of a phase that gets its place must start in time, if no other does.
    fn hold_first(&self, vertex: VertexId, limits: &mut Limits, firsts: &HashMap<NodeId, FirstBy>) {
        for first in self.phases_of(vertex).filter_map(|node| firsts.get(&node)) {
            if first.left == 1 && first.earliest > first.by {
                limits.start = limits.start.min(first.by);
            }
        }
    }

    /// A step and all around it, the whole plan last.
    fn phases_of(&self, vertex: VertexId) -> impl Iterator<Item = NodeId> {
        let step = self.facts(vertex).map(|facts| facts.node);
        std::iter::successors(step, |node| self.plan.node(*node).parent)
    }

    fn note_first(&self, vertex: VertexId, firsts: &mut HashMap<NodeId, FirstBy>) {
        for node in self.phases_of(vertex) {
            let Some(first) = firsts.get_mut(&node) else { continue };
            first.left = first.left.saturating_sub(1);
            first.earliest = first.earliest.min(self.start[vertex.index()]);
        }
    }
}
