//! A unit's earliest place: each step as soon as its links, people and locks allow.

use super::{Chosen, MOST_MOVES};
use crate::graph::{Edge, VertexId};
use crate::plan::PersonId;
use crate::schedule::board::Board;
use crate::schedule::facts::{Facts, Length};
use crate::schedule::moment::Moment;
use crate::schedule::resource::Resource;
use crate::schedule::units::Units;

impl Board<'_> {
    /// Puts a unit at its earliest place. `chosen` are people settled before, by vertex; past
    /// `no_later` a block is not moved for the sake of what follows in it.
    ///
    /// The error is the step whose `right-after=` can't hold.
    pub(in crate::schedule) fn place_forward(
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

    /// Puts each step of a block at its earliest place, as if none had to follow another directly.
    pub(in crate::schedule) fn place_apart(&mut self, members: &[VertexId], chosen: &Chosen) {
        for vertex in members {
            self.place_one(*vertex, self.bound(*vertex), chosen.get(vertex).map(Vec::as_slice));
        }
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

    /// The people of a step that takes nobody's time: of a team its first member.
    pub(super) fn anybody(&self, facts: &Facts) -> Vec<PersonId> {
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

    pub(super) fn last_follower(&self, units: &Units, unit: usize) -> VertexId {
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
    pub(super) fn chain(&self, units: &Units, vertex: VertexId) -> Vec<VertexId> {
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
                    self.places[vertex.index()].as_ref().map_or(&facts.people[..], |place| &place.people);
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
        let mut before = members.iter().take_while(|member| **member != vertex);
        by_insides(vertex) == Some(needed)
            && (before.all(moves_along) || self.is_kept_away(units, unit, vertex, needed))
    }

    /// Whether something lies between a step by the clock and the end of the one that it follows, and takes the same time
    /// whenever that is.
    fn is_kept_away(&self, units: &Units, unit: usize, vertex: VertexId, needed: Moment) -> bool {
        let by_clock = |vertex: VertexId| {
            self.facts(vertex).is_none_or(|facts| matches!(facts.length, Length::Clock(_)))
        };
        let Some(leader) = units.follows[vertex.index()].filter(|_| by_clock(vertex)) else { return false };
        let (mut at, mut begins) = (vertex, needed);
        loop {
            let leads_here = |(before, edge): &(VertexId, &Edge)| {
                units.of[before.index()] == unit
                    && edge.lag_by_clock().is_some()
                    && self.allows_from(*before, edge) == begins
            };
            match self.graph.before(at).find(leads_here) {
                Some((before, _)) if before == leader => return true,
                Some((before, _)) if by_clock(before) => (at, begins) = (before, self.start[before.index()]),
                _ => return false,
            }
        }
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
}
