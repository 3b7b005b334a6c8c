//! The pass itself: every step is settled after what it waits for, then blocks, phases that begin late and
//! pins are asked again until nothing moves.

use std::collections::HashMap;

use super::{Change, Flow, Outcome, Question};
use crate::graph::{Edge, Vertex, VertexId, Waits};
use crate::schedule::busy::Stretch;
use crate::schedule::facts::Length;
use crate::schedule::moment::Moment;
use crate::schedule::slack::{Sequence, Turn};

/// How often a step looks for the next pause of the work that it lies in.
const MOST_PAUSES: usize = 400;

pub(super) struct Pass<'a, 'b> {
    pub(super) flow: &'a Flow<'a, 'b>,
    pub(super) question: Question,
    pub(super) outcome: Outcome,
    /// By finish vertex: when the first step inside starts, as far as this round and the one before found out.
    pub(super) first: Vec<Moment>,
    /// By phase that something begins with: whether this round has looked that up.
    pub(super) looked_up: Vec<bool>,
    /// By vertex: a moment before which a block must not begin, and the step in it that asks for that.
    pub(super) floors: HashMap<VertexId, (Moment, VertexId)>,
    /// By follower: how far it was from the step before it; nothing when that can't be helped.
    pub(super) gaps: HashMap<VertexId, Option<i64>>,
    /// By vertex: when the pins before it of the same people and locks end, and the last of them.
    pub(super) after_pins: Vec<(Moment, Option<VertexId>)>,
    /// When work is done that somebody else's turn lies in.
    pub(super) worked: HashMap<VertexId, Vec<Stretch>>,
}

impl Pass<'_, '_> {
    pub(super) fn forward(&mut self) {
        let flow = self.flow;
        self.looked_up = vec![false; flow.begun.len()];
        for &vertex in &flow.slack.order {
            for &phase in flow.beginning.get(&vertex).into_iter().flatten() {
                // The steps that begin it as planned are settled; another that does so now, in the next round.
                if !std::mem::replace(&mut self.looked_up[phase], true) {
                    self.note_first(flow.begun[phase]);
                }
            }
            self.settle(vertex);
        }
    }

    fn settle(&mut self, vertex: VertexId) {
        let board = self.flow.board;
        let index = vertex.index();
        let Some(facts) = board.facts(vertex) else { return self.pass_on(vertex) };
        if facts.length == Length::Span
            && let Some(target) = board.spanned(vertex)
        {
            self.outcome.start[index] = self.begins(target);
            self.outcome.finish[index] = self.outcome.finish[target.index()];
            self.outcome.cause[index] = Some(target);
            return;
        }
        let people = board.places[index].as_ref().map_or(&facts.people[..], |place| &place.people);
        let length = self.question.length(vertex, facts);
        if let Some(pin) = board.pin(vertex) {
            let place = board.lay_length(length, people, pin);
            self.outcome.start[index] = pin;
            self.outcome.finish[index] = place.finish;
            self.note_worked(vertex, place.taken);
            return;
        }
        let (bound, cause) = self.bound(vertex);
        let mut place = board.lay_length(length, people, bound);
        for (outer, turn) in &self.flow.turns_before[index] {
            if *turn == Turn::Inside {
                for _ in 0..MOST_PAUSES {
                    let Some(later) = self.in_the_way(*outer, &place.taken) else { break };
                    place = board.lay_length(length, people, later);
                }
            }
        }
        self.outcome.start[index] = place.start;
        self.outcome.finish[index] = place.finish;
        self.outcome.cause[index] = cause;
        self.note_worked(vertex, place.taken);
    }

    /// The earliest start of a step, and what asks for it when that is later than planned.
    fn bound(&self, vertex: VertexId) -> (Moment, Option<VertexId>) {
        let mut latest = (self.flow.board.start[vertex.index()], None);
        let leader = self.flow.units.follows[vertex.index()];
        let mut note = |moment: Moment, from: VertexId| {
            // The step that this one follows is no news where something else asks for the same.
            if moment > latest.0 || (moment == latest.0 && latest.1.is_some() && latest.1 == leader) {
                latest = (moment, Some(from));
            }
        };
        for (from, moment) in self.asked_before(vertex) {
            note(moment, from);
        }
        if let (moment, Some(from)) = self.after_pins[vertex.index()] {
            note(moment, from);
        }
        if let Some((floor, asks)) = self.floors.get(&vertex) {
            note(*floor, *asks);
        }
        match self.question.change {
            Some(Change::HeldBack(held, moment)) if held == vertex && moment > latest.0 => (moment, None),
            _ => latest,
        }
    }

    /// What a step or phase waits for, in the order and for its people and locks, and until when.
    fn asked_before(&self, vertex: VertexId) -> impl Iterator<Item = (VertexId, Moment)> + '_ {
        let edges = self.flow.board.graph.before(vertex).filter(|(_, edge)| edge.waits != Waits::During);
        let edges = edges.map(|(from, edge)| (from, self.allows_from(from, edge)));
        let turns = self.flow.turns_before[vertex.index()].iter().map(|(from, turn)| {
            let moment = match turn {
                Turn::After => self.outcome.finish[from.index()],
                Turn::Inside => self.outcome.start[from.index()],
            };
            (*from, moment)
        });
        edges.chain(turns)
    }

    fn allows_from(&self, from: VertexId, edge: &Edge) -> Moment {
        let base = match edge.waits {
            Waits::After | Waits::Within | Waits::RightAfter => self.outcome.finish[from.index()],
            Waits::With | Waits::During => self.begins(from),
        };
        if base == Moment::ALWAYS { base } else { self.flow.board.times.clock.add(base, edge.lag) }
    }

    fn begins(&self, vertex: VertexId) -> Moment {
        match self.flow.board.graph.vertex(vertex) {
            Vertex::Finish(_) => self.first[vertex.index()],
            _ => self.outcome.start[vertex.index()],
        }
    }

    /// Passes on the time at a phase's vertex, a join, or a step that does not count.
    fn pass_on(&mut self, vertex: VertexId) {
        let board = self.flow.board;
        let edges = board.graph.before(vertex).filter(|(_, edge)| edge.waits != Waits::During);
        let last = edges.map(|(from, edge)| (self.allows_from(from, edge), from)).max();
        let (at, cause) = last.map_or((Moment::ALWAYS, None), |(moment, from)| (moment, Some(from)));
        let (at, cause) = board.pin(vertex).map_or((at, cause), |pin| (pin, None));
        self.outcome.start[vertex.index()] = at;
        self.outcome.finish[vertex.index()] = at;
        self.outcome.cause[vertex.index()] = cause;
    }

    // Pauses of work.

    fn note_worked(&mut self, vertex: VertexId, taken: Vec<Stretch>) {
        if self.flow.slack.turns[vertex.index()].iter().any(|(_, turn)| *turn == Turn::Inside) {
            self.worked.insert(vertex, taken);
        }
    }

    /// The end of the stretch of work that overlaps one of these.
    fn in_the_way(&self, outer: VertexId, taken: &[Stretch]) -> Option<Moment> {
        let worked = self.worked.get(&outer)?;
        taken.iter().find_map(|own| {
            let next = worked.partition_point(|part| part.end <= own.start);
            worked.get(next).filter(|part| part.start < own.end).map(|part| part.end)
        })
    }

    // What settles in rounds.

    /// Looks up when the first step inside each phase starts; says whether that is news.
    pub(super) fn note_firsts(&mut self) -> bool {
        let mut news = false;
        for phase in &self.flow.begun {
            news |= self.note_first(*phase);
        }
        news
    }

    fn note_first(&mut self, phase: VertexId) -> bool {
        let board = self.flow.board;
        let Vertex::Finish(node) = board.graph.vertex(phase) else { return false };
        let steps = board.steps_inside(node);
        let first = steps.map(|step| self.outcome.start[step.index()]).min().unwrap_or(Moment::NEVER);
        let known = &mut self.first[phase.index()];
        let news = first > *known;
        *known = first.max(*known);
        news
    }

    /// A step that can't begin right when the one before it ends makes the whole block begin later; says
    /// whether one does.
    pub(super) fn push_blocks(&mut self) -> bool {
        let mut pushed = false;
        for vertex in self.flow.board.graph.vertices() {
            let Some(before) = self.flow.units.follows[vertex.index()] else { continue };
            let gap = self.gap(before, vertex);
            let head = self.flow.units.head[vertex.index()];
            if gap <= 0 || self.flow.units.fixed[head.index()] {
                continue;
            }
            match self.gaps.get(&vertex) {
                Some(None) => continue,
                // Moving the block moves what keeps the step as well: it will not do.
                Some(Some(known)) if gap >= *known => {
                    self.gaps.insert(vertex, None);
                    self.floors.remove(&head);
                }
                _ => {
                    self.gaps.insert(vertex, Some(gap));
                    self.floors.insert(head, (self.outcome.start[head.index()] + gap, vertex));
                }
            }
            pushed = true;
        }
        pushed
    }

    /// How much later a step starts than right after the one that it follows.
    fn gap(&self, before: VertexId, vertex: VertexId) -> i64 {
        let board = self.flow.board;
        let (Some(facts), Some(place)) = (board.facts(vertex), &board.places[vertex.index()]) else {
            return 0;
        };
        if facts.length == Length::Span {
            return 0;
        }
        let right_after = board.lay(facts, &place.people, self.outcome.finish[before.index()]).start;
        self.outcome.start[vertex.index()] - right_after
    }

    // Pins.

    /// Pins stay where they are, so that their ends are known from the beginning, and what they keep of
    /// the people and locks that others need after them.
    pub(super) fn settle_pins(&mut self) {
        let board = self.flow.board;
        for vertex in board.graph.vertices().filter(|vertex| board.pin(*vertex).is_some()) {
            self.settle(vertex);
        }
        let pinned = |vertex: VertexId| board.pin(vertex).is_some();
        for sequence in &self.flow.slack.sequences {
            for (vertex, last) in self.ends_before(sequence, pinned, |_| true) {
                let known = &mut self.after_pins[vertex.index()];
                *known = last.max(*known);
            }
        }
    }

    /// By step of a sequence that is asked for: when the last of some that come before it ends.
    fn ends_before(
        &self,
        sequence: &Sequence,
        counts: impl Fn(VertexId) -> bool,
        asked: impl Fn(VertexId) -> bool,
    ) -> Vec<(VertexId, (Moment, Option<VertexId>))> {
        let mut by_end: Vec<(Stretch, VertexId)> =
            sequence.iter().copied().filter(|(_, vertex)| counts(*vertex)).collect();
        by_end.sort_by_key(|(planned, vertex)| (planned.end, *vertex));
        let mut ended = by_end.into_iter().peekable();
        let mut last = (Moment::ALWAYS, None);
        let mut ends = Vec::new();
        for (planned, vertex) in sequence {
            while let Some((_, before)) = ended.next_if(|(before, _)| before.end <= planned.start) {
                last = last.max((self.outcome.finish[before.index()], Some(before)));
            }
            if last.1.is_some() && asked(*vertex) {
                ends.push((*vertex, last));
            }
        }
        ends
    }

    /// When everything that a pin waits for is there.
    pub(super) fn arrivals(&mut self) {
        let board = self.flow.board;
        let pinned = |vertex: VertexId| board.pin(vertex).is_some();
        let mut arrivals: HashMap<VertexId, (Moment, VertexId)> = HashMap::new();
        let mut note = |vertex: VertexId, moment: Moment, from: VertexId| {
            let known = arrivals.entry(vertex).or_insert((moment, from));
            *known = (moment, from).max(*known);
        };
        for vertex in board.graph.vertices().filter(|vertex| pinned(*vertex)) {
            for (from, moment) in self.asked_before(vertex) {
                note(vertex, moment, from);
            }
        }
        for sequence in &self.flow.slack.sequences {
            for (vertex, last) in self.ends_before(sequence, |_| true, pinned) {
                if let (moment, Some(from)) = last {
                    note(vertex, moment, from);
                }
            }
        }
        for (vertex, (moment, from)) in arrivals {
            let planned = board.start[vertex.index()];
            self.outcome.arrival[vertex.index()] = moment;
            self.outcome.cause[vertex.index()] = (moment > planned).then_some(from);
        }
    }
}
