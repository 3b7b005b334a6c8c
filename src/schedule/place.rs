//! Finds the place of one unit: forward as early as can be, backward as late.
//!
//! A block moves as one: its first step is tried at a moment, the steps that follow go where the ones
//! before them end, and when one of them can't, the whole is moved just far enough for it. What can
//! never hold comes back as the step whose link must give way.

use std::collections::HashMap;

use super::board::{Board, Place, Resource};
use super::facts::Length;
use super::moment::Moment;
use super::units::Units;
use crate::graph::{VertexId, Waits};
use crate::plan::PersonId;

/// People settled before, by vertex.
pub(super) type Chosen = HashMap<VertexId, Vec<PersonId>>;

/// A block is moved at most so often before its link counts as impossible.
const MOST_MOVES: usize = 5_000;

/// How late a vertex may be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    pub(super) start: Moment,
    pub(super) finish: Moment,
}

impl Limits {
    pub(super) const NONE: Self = Self { start: Moment::NEVER, finish: Moment::NEVER };

    pub(super) fn tighten(&mut self, other: Self) {
        self.start = self.start.min(other.start);
        self.finish = self.finish.min(other.finish);
    }
}

fn limit_of(limits: &HashMap<VertexId, Limits>, vertex: VertexId) -> Limits {
    limits.get(&vertex).copied().unwrap_or(Limits::NONE)
}

impl Board<'_> {
    /// Puts a unit at its earliest place. `chosen` are people settled before, by vertex; past
    /// `no_later` a block is not moved for the sake of what follows in it.
    ///
    /// The error is the step whose `right-after=` can't hold.
    pub(super) fn place_forward(
        &mut self,
        units: &Units,
        unit: usize,
        chosen: &Chosen,
        no_later: Moment,
    ) -> Result<(), VertexId> {
        let members = &units.list[unit].members;
        if let [vertex] = members.as_slice() {
            self.place_one(*vertex, self.bound(*vertex), chosen.get(vertex).map(Vec::as_slice));
            return Ok(());
        }
        let mut head_from = Moment::ALWAYS;
        let horizon = self.horizon(units, unit);
        for _ in 0..MOST_MOVES {
            match self.try_forward(units, unit, head_from, chosen) {
                Ok(()) => return Ok(()),
                Err((vertex, needed)) => {
                    let head = units.head[vertex.index()];
                    let head_start = self.start[head.index()];
                    let next = self.head_start_for(units, vertex, needed);
                    let hopeless = self.is_hopeless(units, unit, vertex, needed);
                    self.lift_all(members);
                    if hopeless
                        || units.fixed[head.index()]
                        || next <= head_start
                        || next > no_later.max(head_start)
                        || next > horizon
                    {
                        return Err(vertex);
                    }
                    head_from = next;
                }
            }
        }
        Err(self.last_follower(units, unit))
    }

    /// A single step, phase vertex or join.
    fn place_one(&mut self, vertex: VertexId, bound: Moment, chosen: Option<&[PersonId]>) {
        let Some(facts) = self.facts(vertex) else { return self.pass(vertex) };
        if facts.length == Length::Span {
            return self.span(vertex);
        }
        if let Some(pin) = self.pin(vertex) {
            if !self.placed[vertex.index()] {
                let place = self.exactly(facts, pin);
                self.put(vertex, place);
            }
            return;
        }
        let place = self.earliest(facts, chosen, bound);
        self.put(vertex, place);
    }

    /// Lays a `during=` step over what it spans.
    pub(super) fn span(&mut self, vertex: VertexId) {
        let (Some(target), Some(facts)) = (self.spanned(vertex), self.facts(vertex)) else { return };
        let start = self.begins(target);
        let finish = self.finish[target.index()];
        let place = Place { start, finish, people: self.anybody(facts), taken: Vec::new(), held: None };
        self.put(vertex, place);
    }

    /// The people of a step that takes nobody's time: of a team its first member.
    fn anybody(&self, facts: &super::facts::Facts) -> Vec<PersonId> {
        self.exactly(facts, Moment(0)).people
    }

    /// Tries a block with its first step no earlier than `head_from`. The error is a step that can't
    /// follow, and the moment at which it could begin.
    fn try_forward(
        &mut self,
        units: &Units,
        unit: usize,
        head_from: Moment,
        chosen: &Chosen,
    ) -> Result<(), (VertexId, Moment)> {
        for &vertex in &units.list[unit].members {
            let bound = self.bound(vertex);
            match units.follows[vertex.index()] {
                Some(before) => {
                    let start = self.finish[before.index()];
                    let Some(facts) = self.facts(vertex) else { continue };
                    if facts.length == Length::Span {
                        self.span(vertex);
                        continue;
                    }
                    let place = self.earliest(facts, chosen.get(&vertex).map(Vec::as_slice), start);
                    let right_after = self.lay(facts, &place.people, start).start;
                    let needed = if bound > right_after { bound } else { place.start };
                    self.put(vertex, place);
                    if needed > right_after {
                        return Err((vertex, needed));
                    }
                }
                None => {
                    let head = units.follows[vertex.index()].is_none() && units.leads[vertex.index()];
                    let bound = if head { bound.max(head_from) } else { bound };
                    self.place_one(vertex, bound, chosen.get(&vertex).map(Vec::as_slice));
                }
            }
        }
        Ok(())
    }

    fn last_follower(&self, units: &Units, unit: usize) -> VertexId {
        let members = &units.list[unit].members;
        let followers = members.iter().filter(|vertex| units.follows[vertex.index()].is_some());
        *followers.max().unwrap_or(&members[0])
    }

    /// When the first step of a chain must start for a later one to start no earlier than `needed`.
    fn head_start_for(&self, units: &Units, vertex: VertexId, needed: Moment) -> Moment {
        let chain = self.chain(units, vertex);
        let head = chain[0];
        let from = self.start[head.index()];
        let reaches = |start: Moment| self.start_in_chain(&chain, start) >= needed;
        let by_clock = |vertex: &VertexId| {
            matches!(self.facts(*vertex).map(|facts| facts.length), Some(Length::Clock(_)))
        };
        if chain[..chain.len() - 1].iter().all(by_clock) {
            return from + (needed - self.start_in_chain(&chain, from));
        }
        let mut step = 3600;
        while !reaches(from + step) {
            step *= 2;
            if step > 400 * 86_400 * 10 {
                return Moment::NEVER;
            }
        }
        let (mut short, mut enough) = (0, step);
        while enough - short > 1 {
            let middle = short + (enough - short) / 2;
            if reaches(from + middle) {
                enough = middle;
            } else {
                short = middle;
            }
        }
        from + enough
    }

    /// A step and those it follows, the first one first.
    fn chain(&self, units: &Units, vertex: VertexId) -> Vec<VertexId> {
        let mut chain = vec![vertex];
        while let Some(before) = units.follows[chain[chain.len() - 1].index()] {
            chain.push(before);
        }
        chain.reverse();
        chain
    }

    /// When the last of a chain starts, if the first does at `start`.
    fn start_in_chain(&self, chain: &[VertexId], start: Moment) -> Moment {
        let mut at = start;
        for vertex in &chain[..chain.len() - 1] {
            if let Some(facts) = self.facts(*vertex) {
                let people =
                    self.places[vertex.index()].as_ref().map_or(&facts.people, |place| &place.people);
                at = self.lay(facts, people, at).finish;
            }
        }
        at
    }

    /// Whether a step of a block is late because of the block's own insides, which move along with
    /// it however late it is.
    fn is_hopeless(&self, units: &Units, unit: usize, vertex: VertexId, needed: Moment) -> bool {
        let by_insides = |vertex: VertexId| {
            let inside = self.graph.before(vertex).filter(|(from, _)| units.of[from.index()] == unit);
            inside.map(|(from, edge)| self.allows_from(from, edge)).max()
        };
        let moves_along = |member: &VertexId| {
            let by_clock = self
                .facts(*member)
                .is_none_or(|facts| matches!(facts.length, Length::Clock(_) | Length::Span));
            let is_chain = units.follows[member.index()].is_some() || units.leads[member.index()];
            by_clock && (is_chain || by_insides(*member) == Some(self.start[member.index()]))
        };
        let members = &units.list[unit].members;
        let before = members.iter().take_while(|member| **member != vertex);
        by_insides(vertex) == Some(needed) && before.clone().all(moves_along)
    }

    /// Past this moment everybody is free, and what does not hold there never does.
    fn horizon(&self, units: &Units, unit: usize) -> Moment {
        let mut horizon = self.plan_start;
        for vertex in &units.list[unit].members {
            let outside = self.graph.before(*vertex).filter(|(from, _)| units.of[from.index()] != unit);
            horizon = outside.map(|(from, edge)| self.allows_from(from, edge)).fold(horizon, Moment::max);
            let Some(facts) = self.facts(*vertex) else { continue };
            let teams = facts.teams.iter().flat_map(|team| &self.plan.roster.team(*team).members);
            let people = facts.people.iter().chain(teams).map(|person| Resource::Person(*person));
            let locks = facts.locks.iter().map(|lock| Resource::Lock(*lock));
            for resource in people.chain(locks) {
                horizon = horizon.max(self.busy(resource).last_end().unwrap_or(horizon));
            }
            let moments = [facts.from, facts.window.map(|window| window.start)];
            horizon = moments.into_iter().flatten().fold(horizon, Moment::max);
        }
        // Long enough for any working week to come round.
        horizon + 60 * 86_400
    }

    pub(super) fn lift_all(&mut self, members: &[VertexId]) {
        for vertex in members {
            self.lift(*vertex);
            self.placed[vertex.index()] = false;
        }
    }

    /// Puts a unit at its latest place within `limits` (by vertex). The error is the step whose
    /// `right-after=` can't hold.
    pub(super) fn place_backward(
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

    fn place_one_backward(&mut self, vertex: VertexId, limits: Limits, chosen: Option<&[PersonId]>) {
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
    fn blocked_from(&self, facts: &super::facts::Facts, place: &Place, start: Moment) -> Moment {
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

/// A step of a block that is too late, and by how much the whole must move.
struct Late {
    vertex: VertexId,
    by_how_much: i64,
}
