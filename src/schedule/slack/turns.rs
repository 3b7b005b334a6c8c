//! Who comes after whom: the turns that people and locks give to steps, as more links for the
//! backward pass, and the order in which that pass must go.

use std::collections::HashMap;

use super::Pass;
use crate::graph::{Vertex, VertexId, Waits};
use crate::schedule::busy::Stretch;
use crate::schedule::facts::Length;

/// So many pins that clash with a pin are looked at.
const MOST_CLASHING: usize = 8;

/// How one step waits for another because both need the same person or lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::schedule) enum Turn {
    /// After it.
    After,
    /// In a pause of it: it starts no earlier.
    Inside,
}

impl Pass<'_, '_> {
    // The order of people and locks.

    pub(super) fn take_turns(&mut self) {
        let mut of_people: HashMap<usize, Vec<(Stretch, VertexId)>> = HashMap::new();
        let mut of_locks: HashMap<usize, Vec<(Stretch, VertexId)>> = HashMap::new();
        for vertex in self.board.graph.vertices() {
            let (Some(facts), Some(place)) = (self.board.facts(vertex), &self.board.places[vertex.index()])
            else {
                continue;
            };
            let whole = Stretch { start: place.start, end: place.finish };
            if whole.start >= whole.end || facts.length == Length::Span {
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
            self.sequences.push(taken);
        }
        for mut taken in of_locks.into_values() {
            taken.sort();
            self.turns_of(&taken, false);
            self.sequences.push(taken);
        }
        for turns in &mut self.turns {
            turns.sort_by_key(|(vertex, turn)| (*vertex, *turn == Turn::Inside));
            turns.dedup();
        }
    }

    fn turns_of(&mut self, taken: &[(Stretch, VertexId)], people: bool) {
        let board = self.board;
        let pinned = |vertex: VertexId| board.pin(vertex).is_some();
        let (fixed, others): (Vec<usize>, Vec<usize>) =
            (0..taken.len()).partition(|&index| pinned(taken[index].1));
        for (index, (stretch, vertex)) in taken.iter().enumerate() {
            let next = index + 1 + taken[index + 1..].partition_point(|(other, _)| other.start < stretch.end);
            if let Some((_, other)) = taken.get(next) {
                self.turns[vertex.index()].push((*other, Turn::After));
                // A pin between two steps stays where it is, and still one comes after the other.
                let behind = pinned(*other).then(|| others.get(others.partition_point(|&one| one < next)));
                if let Some(&behind) = behind.flatten() {
                    self.turns[vertex.index()].push((taken[behind].1, Turn::After));
                }
            }
            if !pinned(*vertex) {
                for (inner, other) in &taken[index + 1..next] {
                    self.pause(*vertex, *inner, *other, people);
                }
                continue;
            }
            // Pins slip nowhere, however many of them clash: the nearest will do.
            let near = |among: &[usize]| among.partition_point(|&one| one <= index);
            let clashing = fixed[near(&fixed)..].iter().take(MOST_CLASHING);
            let clashing = clashing.take_while(|one| **one < next);
            let inside = others[near(&others)..].iter().take_while(|one| **one < next);
            for &one in clashing.chain(inside) {
                let (inner, other) = taken[one];
                self.pause(*vertex, inner, other, people);
            }
        }
    }

    /// A step that begins before another of the same person has ended: in a pause of that one's work
    /// (or a clash of pins, which slip nowhere anyway).
    pub(super) fn pause(&mut self, vertex: VertexId, inner: Stretch, other: VertexId, people: bool) {
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
    /// stays where it is. Where a link is missed, what it would hold may stand before it: such a
    /// circle is opened at what starts first.
    pub(super) fn sort(&mut self) {
        let graph = self.board.graph;
        let firsts = self.first_steps();
        let mut waiting = vec![0usize; graph.len() + firsts.starting.len()];
        let holders: Vec<Holder> = graph.vertices().map(Holder::Vertex).chain(firsts.all()).collect();
        for holder in &holders {
            self.each_holder(*holder, &firsts, |next| waiting[next.index(graph.len())] += 1);
        }
        let mut free = holders;
        free.retain(|one| waiting[one.index(graph.len())] == 0);
        let mut by_start: Vec<VertexId> = graph.vertices().collect();
        by_start.sort_by_key(|vertex| (self.board.start[vertex.index()], *vertex));
        let mut by_start = by_start.into_iter();
        let mut taken = vec![false; waiting.len()];
        loop {
            let one = match free.pop() {
                Some(one) => one,
                None => match by_start.find(|vertex| !taken[vertex.index()]) {
                    Some(vertex) => Holder::Vertex(vertex),
                    None => break,
                },
            };
            if std::mem::replace(&mut taken[one.index(graph.len())], true) {
                continue;
            }
            if let Holder::Vertex(vertex) = one {
                self.position[vertex.index()] = self.order.len();
                self.order.push(vertex);
            }
            self.each_holder(one, &firsts, |next| {
                let waiting = &mut waiting[next.index(graph.len())];
                *waiting = waiting.saturating_sub(1);
                if *waiting == 0 {
                    free.push(next);
                }
            });
        }
    }

    /// Calls `act` with all that holds something from slipping, and so must be settled before it.
    fn each_holder(&self, one: Holder, firsts: &FirstSteps, mut act: impl FnMut(Holder)) {
        let mut holds = |next: VertexId| {
            if self.board.pin(next).is_none() {
                act(Holder::Vertex(next));
            }
        };
        let vertex = match one {
            Holder::Vertex(vertex) => vertex,
            Holder::Phase(index) => return firsts.starting[index].iter().copied().for_each(holds),
        };
        let whole = matches!(self.board.graph.vertex(vertex), Vertex::Finish(_));
        for (next, edge) in self.board.graph.after(vertex) {
            if !(whole && edge.waits == Waits::With) {
                holds(next);
            }
        }
        self.turns[vertex.index()].iter().for_each(|(next, _)| holds(*next));
        firsts.of.get(&vertex).into_iter().flatten().for_each(|index| act(Holder::Phase(*index)));
    }

    /// What starts with a phase starts with the first steps inside it: those, with what they hold.
    fn first_steps(&self) -> FirstSteps {
        let mut firsts = FirstSteps::default();
        for vertex in self.board.graph.vertices() {
            let Vertex::Finish(node) = self.board.graph.vertex(vertex) else { continue };
            let starting: Vec<VertexId> = self
                .board
                .graph
                .after(vertex)
                .filter(|(_, edge)| matches!(edge.waits, Waits::With | Waits::During))
                .map(|(next, _)| next)
                .collect();
            if starting.is_empty() {
                continue;
            }
            let first = self.board.first[vertex.index()];
            for step in self.board.steps_inside(node).filter(|step| self.board.start[step.index()] == first) {
                firsts.of.entry(step).or_default().push(firsts.starting.len());
            }
            firsts.starting.push(starting);
        }
        firsts
    }
}

/// What holds others from slipping: a vertex, or a phase, by the first steps of which all is held that starts with it.
#[derive(Debug, Clone, Copy)]
enum Holder {
    Vertex(VertexId),
    /// Its place in [`FirstSteps::starting`].
    Phase(usize),
}

impl Holder {
    /// A number of its own among `count` vertices and all phases.
    fn index(self, count: usize) -> usize {
        match self {
            Self::Vertex(vertex) => vertex.index(),
            Self::Phase(index) => count + index,
        }
    }
}

/// The phases that something starts with.
#[derive(Debug, Default)]
struct FirstSteps {
    /// By phase: what starts with it.
    starting: Vec<Vec<VertexId>>,
    /// By step: the phases of which it is a first one.
    of: HashMap<VertexId, Vec<usize>>,
}

impl FirstSteps {
    fn all(&self) -> impl Iterator<Item = Holder> + use<> {
        (0..self.starting.len()).map(Holder::Phase)
    }
}
