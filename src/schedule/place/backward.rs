//! A unit's latest place, seen from the end: for plans with a T-0, and for steps that come late.

use std::collections::HashMap;

use super::{Chosen, Late, Limits, MOST_MOVES, limit_of};
use crate::graph::{VertexId, Waits};
use crate::plan::PersonId;
use crate::schedule::board::{Board, Place};
use crate::schedule::facts::{Facts, Length};
use crate::schedule::moment::Moment;
use crate::schedule::resource::Resource;
use crate::schedule::units::Units;

impl Board<'_> {
    /// Puts a unit at its latest place within `limits` (by vertex). The error is the step whose
    /// `right-after=` can't hold.
    pub(in crate::schedule) fn place_backward(
        &mut self,
        units: &Units,
        unit: usize,
        limits: &HashMap<VertexId, Limits>,
        chosen: &Chosen,
    ) -> Result<(), VertexId> {
        let members = &units.list[unit].members;
        if let [vertex] = members.as_slice() {
            self.place_one_backward(
                *vertex,
                limit_of(limits, *vertex),
                chosen.get(vertex).map(Vec::as_slice),
            );
            return Ok(());
        }
        let leads =
            |vertex: &&VertexId| units.leads[vertex.index()] && units.follows[vertex.index()].is_none();
        let Some(&head) = members.iter().find(leads) else { return Ok(()) };
        let mut by = Limits::NONE;
        for _ in 0..MOST_MOVES {
            match self.try_backward(units, unit, head, by, limits, chosen) {
                Ok(()) => return Ok(()),
                Err(Late { vertex, by_how_much }) => {
                    let start = self.start[head.index()];
                    self.lift_all(members);
                    let next = start - by_how_much.max(1);
                    if next < self.far_past(units, unit, limits) {
                        return Err(vertex);
                    }
                    by = Limits { start: next, finish: Moment::NEVER };
                }
            }
        }
        Err(self.last_follower(units, unit))
    }

    /// Puts each step of a block at its latest place, as if none had to follow another directly.
    pub(in crate::schedule) fn place_apart_backward(
        &mut self,
        members: &[VertexId],
        limits: &HashMap<VertexId, Limits>,
    ) {
        for vertex in members.iter().rev() {
            self.place_one_backward(*vertex, limit_of(limits, *vertex), None);
        }
    }

    /// Puts a vertex as late as its limits allow.
    pub(in crate::schedule) fn place_one_backward(
        &mut self,
        vertex: VertexId,
        limits: Limits,
        chosen: Option<&[PersonId]>,
    ) {
        let Some(facts) = self.facts(vertex) else {
            let at = limits.start.min(limits.finish);
            self.start[vertex.index()] = at;
            self.finish[vertex.index()] = at;
            self.placed[vertex.index()] = true;
            return;
        };
        if facts.length == Length::Span {
            // Its place follows from what it spans, which is not placed yet.
            self.placed[vertex.index()] = true;
            return;
        }
        let place = self.latest(facts, chosen, limits.finish, limits.start);
        self.put(vertex, place);
    }

    fn try_backward(
        &mut self,
        units: &Units,
        unit: usize,
        head: VertexId,
        by: Limits,
        limits: &HashMap<VertexId, Limits>,
        chosen: &Chosen,
    ) -> Result<(), Late> {
        let members = units.list[unit].members.clone();
        let mut own = limit_of(limits, head);
        own.tighten(by);
        own.finish = own.finish.min(self.latest_head_finish(units, &members, head, limits));
        self.place_one_backward(head, own, chosen.get(&head).map(Vec::as_slice));
        // The steps that follow, each right where the one before it ends.
        for &vertex in &members {
            let (Some(before), Some(facts)) = (units.follows[vertex.index()], self.facts(vertex)) else {
                continue;
            };
            let start = self.finish[before.index()];
            if facts.length == Length::Span {
                self.span(vertex);
                continue;
            }
            let place = self.earliest(facts, chosen.get(&vertex).map(Vec::as_slice), start);
            let limit = limit_of(limits, vertex);
            let too_late = (place.finish - limit.finish).max(place.start - limit.start);
            let moved = place.start > self.lay(facts, &place.people, start).start;
            let needed = if moved {
                self.lay(facts, &place.people, start).finish - self.blocked_from(facts, &place, start)
            } else {
                0
            };
            self.put(vertex, place);
            if moved || too_late > 0 {
                let by_how_much = if moved { needed.max(1) } else { too_late };
                return Err(Late { vertex, by_how_much });
            }
        }
        self.insides_backward(units, unit, limits, chosen)
    }

    /// The start of what keeps a step from following at `start`.
    fn blocked_from(&self, facts: &Facts, place: &Place, start: Moment) -> Moment {
        let wanted = self.lay(facts, &place.people, start);
        self.conflict(facts, &wanted).map_or(wanted.finish, |(_, taken)| taken.start)
    }

    /// What stands between the steps of a block, latest first.
    fn insides_backward(
        &mut self,
        units: &Units,
        unit: usize,
        limits: &HashMap<VertexId, Limits>,
        chosen: &Chosen,
    ) -> Result<(), Late> {
        let members = &units.list[unit].members;
        for &vertex in members.iter().rev() {
            if self.placed[vertex.index()] {
                continue;
            }
            let mut limit = limit_of(limits, vertex);
            limit.tighten(
                self.limits_within(vertex, |next| {
                    self.placed[next.index()] && units.of[next.index()] == unit
                }),
            );
            self.place_one_backward(vertex, limit, chosen.get(&vertex).map(Vec::as_slice));
        }
        for &vertex in members {
            let Some(facts) = self.facts(vertex) else { continue };
            if units.follows[vertex.index()].is_some() || facts.length == Length::Span {
                continue;
            }
            let inside = self.graph.before(vertex).filter(|(from, _)| units.of[from.index()] == unit);
            let arrival = inside.map(|(from, edge)| self.allows_from(from, edge)).max();
            let late = arrival.map_or(0, |arrival| arrival - self.start[vertex.index()]);
            if late > 0 && arrival != Some(Moment::ALWAYS) {
                return Err(Late { vertex: self.last_follower(units, unit), by_how_much: late });
            }
        }
        Ok(())
    }

    /// The latest finish of a block's first step by the limits of what follows it by the clock.
    fn latest_head_finish(
        &self,
        units: &Units,
        members: &[VertexId],
        head: VertexId,
        limits: &HashMap<VertexId, Limits>,
    ) -> Moment {
        let mut finish_by: HashMap<VertexId, Moment> = HashMap::new();
        for &vertex in members.iter().rev() {
            let Some(before) = units.follows[vertex.index()] else { continue };
            let own = limit_of(limits, vertex);
            let finish = own.finish.min(finish_by.get(&vertex).copied().unwrap_or(Moment::NEVER));
            let start = match self.facts(vertex).map(|facts| facts.length) {
                Some(Length::Clock(seconds)) => own.start.min(finish - seconds),
                _ => own.start.min(finish),
            };
            let known = finish_by.entry(before).or_insert(Moment::NEVER);
            *known = start.min(*known);
        }
        finish_by.get(&head).copied().unwrap_or(Moment::NEVER)
    }

    /// How late a vertex may be for those after it (of which `counts` is asked) to keep their places.
    pub(super) fn limits_within(&self, vertex: VertexId, counts: impl Fn(VertexId) -> bool) -> Limits {
        let mut limits = Limits::NONE;
        for (next, edge) in self.graph.after(vertex).filter(|(next, _)| counts(*next)) {
            let start = self.start[next.index()];
            match edge.waits {
                Waits::After | Waits::Within | Waits::RightAfter => {
                    limits.finish = limits.finish.min(self.times.clock.latest_before(start, edge.lag));
                }
                Waits::With => {
                    limits.start = limits.start.min(self.times.clock.latest_before(start, edge.lag));
                }
                Waits::During => {
                    limits.start = limits.start.min(start);
                    limits.finish = limits.finish.min(self.finish[next.index()]);
                }
            }
        }
        limits
    }

    /// Before this moment everybody is free.
    fn far_past(&self, units: &Units, unit: usize, limits: &HashMap<VertexId, Limits>) -> Moment {
        let mut first = Moment::NEVER;
        for vertex in &units.list[unit].members {
            let limit = limit_of(limits, *vertex);
            first = first.min(limit.start).min(limit.finish);
            let Some(facts) = self.facts(*vertex) else { continue };
            let teams = facts.teams.iter().flat_map(|team| &self.plan.roster.team(*team).members);
            let people = facts.people.iter().chain(teams).map(|person| Resource::Person(*person));
            for resource in people.chain(facts.locks.iter().map(|lock| Resource::Lock(*lock))) {
                first = first.min(self.busy(resource).first_start().unwrap_or(first));
            }
        }
        first - 400 * 86_400
    }
}
