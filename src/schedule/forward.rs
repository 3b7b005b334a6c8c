//! Rule 3: again and again, among the units whose predecessors are placed, the first in written
//! order goes to its earliest place.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::board::Board;
use super::moment::Moment;
use super::place::Chosen;
use super::units::Units;
use crate::graph::VertexId;

/// What a round of placing works on, and in which order.
pub(super) struct Round<'a> {
    pub(super) units: &'a Units,
    /// By unit: whether it takes part.
    pub(super) takes_part: Vec<bool>,
    /// By unit: of several that are free, the least comes first; then the first in the text.
    pub(super) rank: Vec<Moment>,
    /// By unit: past this moment a block gives up a link and not its place.
    pub(super) no_later: Vec<Moment>,
    /// By vertex: people settled before.
    pub(super) chosen: Chosen,
}

impl Board<'_> {
    /// Places every unit of a round; what does not take part counts as placed.
    ///
    /// The error is steps whose `right-after=` can't hold.
    pub(super) fn run(&mut self, round: &Round<'_>) -> Result<(), Vec<VertexId>> {
        let units = round.units;
        let mut waiting = vec![0usize; units.list.len()];
        for vertex in self.graph.vertices() {
            let unit = units.of[vertex.index()];
            let waits = self.graph.before(vertex).filter(|(from, _)| self.waits_for(round, *from, unit));
            waiting[unit] += waits.count();
        }
        let mut free: BinaryHeap<Reverse<(Moment, VertexId, usize)>> = BinaryHeap::new();
        let mut passing: Vec<usize> = Vec::new();
        let release = |board: &Self, unit: usize, free: &mut BinaryHeap<_>, passing: &mut Vec<usize>| {
            let members = &units.list[unit].members;
            let first = members.iter().find(|vertex| units.leads[vertex.index()]).unwrap_or(&members[0]);
            if members.len() == 1 && board.facts(members[0]).is_none() {
                passing.push(unit);
            } else {
                free.push(Reverse((round.rank[unit], *first, unit)));
            }
        };
        for (unit, waits) in waiting.iter().enumerate() {
            if round.takes_part[unit] && *waits == 0 {
                release(self, unit, &mut free, &mut passing);
            }
        }
        loop {
            let unit = match passing.pop() {
                Some(unit) => unit,
                None => match free.pop() {
                    Some(Reverse((_, _, unit))) => unit,
                    None => break,
                },
            };
            let members = &units.list[unit].members;
            if !members.iter().all(|vertex| units.fixed[vertex.index()] && self.facts(*vertex).is_some()) {
                self.lift_all(members);
                if let Err(link) = self.place_forward(units, unit, &round.chosen, round.no_later[unit]) {
                    self.give_up(link)?;
                    self.place_apart(members, &round.chosen);
                }
            }
            for &vertex in members {
                if self.is_settled(round, vertex) {
                    continue;
                }
                for (next, _) in self.graph.after(vertex) {
                    let next = units.of[next.index()];
                    if next != unit && round.takes_part[next] {
                        waiting[next] -= 1;
                        if waiting[next] == 0 {
                            release(self, next, &mut free, &mut passing);
                        }
                    }
                }
            }
        }
        Ok(())
    }

    /// Whether a unit must wait for a vertex to be placed in this round.
    fn waits_for(&self, round: &Round<'_>, from: VertexId, unit: usize) -> bool {
        round.units.of[from.index()] != unit && !self.is_settled(round, from)
    }

    /// Whether a vertex has its place before the round begins: pins, and what takes no part.
    fn is_settled(&self, round: &Round<'_>, vertex: VertexId) -> bool {
        round.units.fixed[vertex.index()] || !round.takes_part[round.units.of[vertex.index()]]
    }

    /// Puts everything that is pinned, and what follows it directly, before anything else.
    ///
    /// The error is all steps that can't follow a pinned one. Each would be found as well if those before it had
    /// given way already: what follows them would not be fixed then, and all others are put where they are now.
    pub(super) fn place_fixed(&mut self, units: &Units) -> Result<(), Vec<VertexId>> {
        let pinned = self.graph.vertices().filter(|vertex| self.pin(*vertex).is_some());
        for vertex in pinned.collect::<Vec<_>>() {
            let Some(pin) = self.pin(vertex) else { continue };
            match self.facts(vertex) {
                Some(facts) => {
                    let place = self.exactly(facts, pin);
                    self.put(vertex, place);
                }
                None => {
                    self.start[vertex.index()] = pin;
                    self.finish[vertex.index()] = pin;
                    self.placed[vertex.index()] = true;
                }
            }
        }
        let mut links = Vec::new();
        for vertex in self.graph.in_order() {
            let (Some(before), true) = (units.follows[vertex.index()], units.fixed[vertex.index()]) else {
                continue;
            };
            let Some(facts) = self.facts(vertex).filter(|_| self.placed[before.index()]) else { continue };
            let start = self.finish[before.index()];
            let place = self.exactly(facts, start);
            let own = [facts.from, facts.window.map(|window| window.start)];
            let place = self.lay(facts, &place.people, start);
            let too_early = own.into_iter().flatten().any(|bound| bound > place.start);
            if too_early || self.conflict(facts, &place).is_some() {
                links.push(vertex);
            } else {
                self.put(vertex, place);
            }
        }
        if links.is_empty() { Ok(()) } else { Err(links) }
    }

    /// A step whose `right-after=` can't hold: an error at once, or after all others have been found.
    pub(super) fn give_up(&mut self, link: VertexId) -> Result<(), Vec<VertexId>> {
        self.given_up.push(link);
        if self.one_by_one { Err(std::mem::take(&mut self.given_up)) } else { Ok(()) }
    }

    /// Steps that follow a pinned one, and that something else keeps from it.
    pub(super) fn give_up_late_followers(&mut self, units: &Units) -> Result<(), Vec<VertexId>> {
        for vertex in self.graph.vertices() {
            let index = vertex.index();
            let is_late = units.follows[index].is_some()
                && self.facts(vertex).is_some_and(|facts| facts.length != super::facts::Length::Span)
                && self.arrival(vertex) > self.start[index];
            if is_late {
                self.give_up(vertex)?;
            }
        }
        Ok(())
    }
}
