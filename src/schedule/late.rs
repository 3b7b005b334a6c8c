//! `.late` steps move as late as they can, the last to start first, without moving any other step or
//! passing their deadline or window.

use std::collections::HashMap;

use super::board::Board;
use super::facts::{Facts, Length};
use super::moment::Moment;
use super::place::{Chosen, Limits};
use super::units::Units;
use crate::graph::{Vertex, VertexId, Waits};

/// What was found out about vertices that take no time.
struct Passages {
    kept: Vec<Option<Limits>>,
    broken: Vec<Option<Limits>>,
}

/// What moves as one.
#[derive(Debug, Clone, Copy)]
enum Mover {
    Unit(usize),
    /// A step that stands between the steps of a block and is none of them.
    Between(VertexId),
}

impl Board<'_> {
    /// Moves every late unit.
    pub(super) fn move_late(&mut self, units: &Units) {
        let finish = self.plan_finish();
        let all = (0..units.list.len()).filter(|&unit| self.is_late(units, unit)).map(Mover::Unit);
        let blocks = units.list.iter().filter(|unit| unit.members.len() > 1);
        let between = blocks.flat_map(|unit| &unit.members).copied();
        let between = between.filter(|vertex| self.is_late_between(units, *vertex)).map(Mover::Between);
        let mut late: Vec<Mover> = all.chain(between).collect();
        if late.is_empty() {
            return;
        }
        let order = self.positions();
        let key = |mover: &Mover| {
            let members = match mover {
                Mover::Unit(unit) => units.list[*unit].members.as_slice(),
                Mover::Between(vertex) => std::slice::from_ref(vertex),
            };
            let start = members.iter().map(|vertex| self.start[vertex.index()]).max();
            (start, members.iter().map(|vertex| order[vertex.index()]).max())
        };
        late.sort_by_cached_key(|mover| std::cmp::Reverse(key(mover)));
        let mut known = Passages { kept: vec![None; self.graph.len()], broken: vec![None; self.graph.len()] };
        for mover in late {
            match mover {
                Mover::Unit(unit) => self.move_unit(units, unit, finish, &mut known),
                Mover::Between(vertex) => self.move_between(units, vertex, finish, &mut known),
            }
        }
        // Ends of phases go with what moved inside them.
        for vertex in self.graph.in_order() {
            if self.facts(vertex).is_none() {
                self.pass(vertex);
            }
        }
    }

    /// The moment at which the last step ends.
    pub(super) fn plan_finish(&self) -> Moment {
        let steps = self.graph.vertices().filter(|vertex| self.facts(*vertex).is_some());
        steps.map(|vertex| self.finish[vertex.index()]).max().unwrap_or(self.plan_start)
    }

    /// By vertex: its place in an order in which everything comes after what it waits for.
    pub(super) fn positions(&self) -> Vec<usize> {
        let mut positions = vec![0; self.graph.len()];
        for (position, vertex) in self.graph.in_order().enumerate() {
            positions[vertex.index()] = position;
        }
        positions
    }

    /// Whether every step of a unit is late, and none is pinned or spans another.
    fn is_late(&self, units: &Units, unit: usize) -> bool {
        let members = &units.list[unit].members;
        let mut steps =
            members.iter().filter_map(|vertex| self.facts(*vertex).map(|facts| (vertex, facts))).peekable();
        steps.peek().is_some()
            && steps.all(|(vertex, facts)| {
                facts.late && facts.length != Length::Span && !units.fixed[vertex.index()]
            })
    }

    /// Whether a step of a block is late, follows none of the others and leads none.
    fn is_late_between(&self, units: &Units, vertex: VertexId) -> bool {
        let chained = units.follows[vertex.index()].is_some() || units.leads[vertex.index()];
        let late = |facts: &Facts| facts.late && facts.length != Length::Span;
        !chained && self.pin(vertex).is_none() && self.facts(vertex).is_some_and(late)
    }

    /// How late a step may be, if it is one: for all others to stay, by its deadline and window, and before the plan ends.
    fn limit_of_late(
        &self,
        units: &Units,
        unit: Option<usize>,
        vertex: VertexId,
        finish: Moment,
        known: &mut Passages,
    ) -> Option<Limits> {
        let facts = self.facts(vertex)?;
        let mut limit = self.limits_of_others(units, unit, vertex, known);
        limit.finish = limit.finish.min(finish);
        limit.finish = limit.finish.min(facts.by.unwrap_or(finish));
        limit.finish = limit.finish.min(facts.window.map_or(finish, |window| window.end));
        Some(limit)
    }

    fn move_between(&mut self, units: &Units, vertex: VertexId, finish: Moment, known: &mut Passages) {
        let Some(limit) = self.limit_of_late(units, None, vertex, finish, known) else { return };
        let start = self.start[vertex.index()];
        let Some(place) = self.lift(vertex) else { return };
        self.place_one_backward(vertex, limit, Some(&place.people));
        if self.start[vertex.index()] < start {
            self.lift(vertex);
            self.put(vertex, place);
        }
    }

    fn move_unit(&mut self, units: &Units, unit: usize, finish: Moment, known: &mut Passages) {
        let members = units.list[unit].members.clone();
        let mut limits: HashMap<VertexId, Limits> = HashMap::new();
        for &vertex in &members {
            let limit = self.limit_of_late(units, Some(unit), vertex, finish, known);
            limits.extend(limit.map(|limit| (vertex, limit)));
        }
        let before: Vec<_> = members.iter().map(|vertex| (*vertex, self.start[vertex.index()])).collect();
        let saved: Vec<_> =
            members.iter().map(|vertex| (*vertex, self.places[vertex.index()].clone())).collect();
        let people =
            |vertex: &VertexId| self.places[vertex.index()].as_ref().map(|place| place.people.clone());
        let chosen: Chosen = members.iter().filter_map(|vertex| Some((*vertex, people(vertex)?))).collect();
        self.lift_all(&members);
        let moved = self.place_backward(units, unit, &limits, &chosen).is_ok()
            && before.iter().all(|(vertex, start)| self.start[vertex.index()] >= *start);
        if !moved {
            self.lift_all(&members);
            for (vertex, place) in saved {
                match place {
                    Some(place) => self.put(vertex, place),
                    None => self.pass(vertex),
                }
            }
        }
    }

    /// How late a vertex may be for all outside its unit, or all but itself, to stay where they are.
    fn limits_of_others(
        &self,
        units: &Units,
        unit: Option<usize>,
        vertex: VertexId,
        known: &mut Passages,
    ) -> Limits {
        let mut limits = Limits::NONE;
        let finish = self.finish[vertex.index()];
        for (next, edge) in self.graph.after(vertex) {
            if Some(units.of[next.index()]) == unit && self.facts(next).is_some() {
                continue;
            }
            // Through the end of a phase or a join, to the steps that really wait.
            let next_limits = match self.facts(next) {
                Some(_) => {
                    let start = self.start[next.index()];
                    let broken = self.is_forced(next) && self.allows_from(vertex, edge) > start;
                    Limits {
                        start: if broken { Moment::NEVER } else { start },
                        finish: self.finish[next.index()],
                    }
                }
                None if self.pin(next).is_some() => {
                    Limits { start: self.start[next.index()], finish: Moment::NEVER }
                }
                None => {
                    let kept = self.limit_of_passage(next, &mut known.kept, true);
                    if kept.start >= finish {
                        kept
                    } else {
                        self.limit_of_passage(next, &mut known.broken, false)
                    }
                }
            };
            let before = |moment: Moment| {
                if moment >= Moment::NEVER {
                    moment
                } else {
                    self.times.clock.latest_before(moment, edge.lag)
                }
            };
            match edge.waits {
                Waits::After | Waits::Within | Waits::RightAfter => {
                    limits.finish = limits.finish.min(before(next_limits.start));
                }
                Waits::With => limits.start = limits.start.min(before(next_limits.start)),
                Waits::During => limits.tighten(next_limits),
            }
        }
        self.hold_as_first(vertex, &mut limits, known);
        limits
    }

    /// Whether a step stays where it is in any case, because it spans something.
    fn is_forced(&self, vertex: VertexId) -> bool {
        self.spanned(vertex).is_some()
    }

    /// The latest time of a vertex that takes none, for all after it to stay; found once. Whether what
    /// stays in any case counts although it is too early already, `all` says.
    fn limit_of_passage(&self, vertex: VertexId, known: &mut [Option<Limits>], all: bool) -> Limits {
        let mut open = vec![vertex];
        while let Some(&top) = open.last() {
            if known[top.index()].is_some() {
                open.pop();
                continue;
            }
            let passes = |next: VertexId| self.facts(next).is_none() && self.pin(next).is_none();
            let missing: Vec<VertexId> = self
                .graph
                .after(top)
                .map(|(next, _)| next)
                .filter(|next| passes(*next) && known[next.index()].is_none())
                .collect();
            if !missing.is_empty() {
                open.extend(missing);
                continue;
            }
            let mut latest = Moment::NEVER;
            for (next, edge) in self.graph.after(top) {
                let start = if passes(next) {
                    known[next.index()].map_or(Moment::NEVER, |limits| limits.start)
                } else if !all && self.is_forced(next) && self.arrival(next) > self.start[next.index()] {
                    Moment::NEVER
                } else {
                    self.start[next.index()]
                };
                // What starts with a phase, or spans it, is held by the phase's own steps.
                let by_finish = matches!(edge.waits, Waits::After | Waits::Within | Waits::RightAfter);
                let end = if edge.waits == Waits::During { self.finish[next.index()] } else { start };
                if (by_finish || edge.waits == Waits::During) && end < Moment::NEVER {
                    let lag = if by_finish { edge.lag } else { crate::plan::Duration::default() };
                    latest = latest.min(self.times.clock.latest_before(end, lag));
                }
            }
            known[top.index()] = Some(Limits { start: latest, finish: latest });
            open.pop();
        }
        known[vertex.index()].unwrap_or(Limits::NONE)
    }

    /// How late something that starts with a phase may: a step not at all, and what takes no time as late as all after
    /// it stays.
    fn stays_until(&self, vertex: VertexId, known: &mut Passages) -> Moment {
        let start = self.start[vertex.index()];
        if self.facts(vertex).is_some() || self.pin(vertex).is_some() {
            return start;
        }
        let kept = self.limit_of_passage(vertex, &mut known.kept, true).start;
        if kept >= start { kept } else { self.limit_of_passage(vertex, &mut known.broken, false).start }
    }

    /// What starts with a phase stays only if a step inside still starts in time; what spans it stays
    /// only if the first step inside does not move.
    fn hold_as_first(&self, vertex: VertexId, limits: &mut Limits, known: &mut Passages) {
        let Vertex::Step(node) = self.graph.vertex(vertex) else { return };
        for around in self.plan.around(node).chain(std::iter::once(crate::plan::NodeId::new(0))) {
            let Some(end) = self.graph.finish_of(around) else { continue };
            for (next, edge) in self.graph.after(end) {
                let by = match edge.waits {
                    Waits::With => match self.stays_until(next, known) {
                        Moment::NEVER => continue,
                        start => self.times.clock.latest_before(start, edge.lag),
                    },
                    Waits::During => self.start[next.index()],
                    _ => continue,
                };
                let mut others = self.steps_inside(around).filter(|step| *step != vertex);
                if !others.any(|step| self.start[step.index()] <= by) {
                    limits.start = limits.start.min(by);
                }
            }
        }
    }
}
