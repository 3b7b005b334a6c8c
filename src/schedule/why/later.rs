//! How far a step may slip before what breaks: the end of the plan, pins, deadlines, windows, and the
//! last moment to turn back at a gate.
//!
//! Tried out and not estimated: the line is answered for one delay after the other, everybody's order
//! kept, and the first delay that breaks something is found by halving.

use std::collections::BTreeMap;

use super::{Break, Later, Slips, What};
use crate::graph::{Vertex, VertexId};
use crate::plan::NodeId;
use crate::schedule::board::Board;
use crate::schedule::facts::Length;
use crate::schedule::missed;
use crate::schedule::moment::Moment;
use crate::schedule::units::Units;
use crate::schedule::worst::{Change, Flow, Lengths, Outcome, Question};
use crate::schedule::{Schedule, WaysBack};

/// What holds for so long a delay is not worth a word: 400 days.
const LONGEST_DELAY: i64 = 400 * 86_400;

pub(super) struct Delays<'a, 'b> {
    board: &'a Board<'b>,
    units: &'a Units,
    flow: &'a Flow<'a, 'b>,
    /// The last moments to turn back.
    back_outs: Vec<(VertexId, Moment)>,
}

/// How late each thing is that can break; below nothing, so much room is left.
type Lateness = BTreeMap<What, i64>;

/// By gate: the last moment to turn back there.
pub(super) fn back_outs(board: &Board<'_>, schedule: &Schedule) -> Vec<(VertexId, Moment)> {
    let ways_back = WaysBack::new(board.plan, schedule);
    let latest = |vertex: VertexId| {
        let gate = board.graph.step(vertex).filter(|_| board.facts(vertex).is_some())?;
        Some((vertex, ways_back.of_gate(board.plan, schedule, gate)?.latest?))
    };
    board.graph.vertices().filter_map(latest).collect()
}

impl<'a, 'b> Delays<'a, 'b> {
    pub(super) fn new(
        board: &'a Board<'b>,
        units: &'a Units,
        flow: &'a Flow<'a, 'b>,
        schedule: &Schedule,
    ) -> Self {
        Self { board, units, flow, back_outs: back_outs(board, schedule) }
    }

    /// What breaks when a step slips; in short what breaks first, as planned.
    pub(super) fn of(&self, vertex: VertexId, in_short: bool) -> Later {
        let (slips, moved) = self.slips(vertex);
        let breaks = self.breaks(Lengths::Planned, slips, moved, in_short);
        if in_short {
            return Later { slips, breaks, at_worst: None };
        }
        let ranges = self.board.graph.vertices().filter_map(|vertex| self.board.facts(vertex));
        let mut ranges = ranges.filter(|facts| facts.length != facts.longest);
        let at_worst = ranges.next().map(|_| self.breaks(Lengths::Longest, slips, moved, false));
        Later { slips, breaks, at_worst }
    }

    /// How a step can be late, and which one it is that then moves.
    fn slips(&self, vertex: VertexId) -> (Slips, VertexId) {
        let board = self.board;
        let spanned = board.facts(vertex).filter(|facts| facts.length == Length::Span);
        if let Some(target) = spanned.and_then(|_| board.spanned(vertex)) {
            let (Vertex::Step(node) | Vertex::Finish(node) | Vertex::Start(node)) =
                board.graph.vertex(target)
            else {
                return (Slips::TakesLonger, vertex);
            };
            return (Slips::AsLongAs(node), vertex);
        }
        if self.units.fixed[vertex.index()] {
            return (Slips::TakesLonger, vertex);
        }
        let head = self.units.head[vertex.index()];
        match board.graph.step(head).filter(|_| head != vertex) {
            Some(node) => (Slips::StartsWith(node), head),
            None => (Slips::Starts, vertex),
        }
    }

    /// What breaks first of each kind; in short the first of them.
    fn breaks(&self, lengths: Lengths, slips: Slips, moved: VertexId, in_short: bool) -> Vec<Break> {
        if matches!(slips, Slips::AsLongAs(_)) {
            return Vec::new();
        }
        let base = self.flow.answer(Question { lengths, change: None });
        let planned = self.flow.answer(Question { lengths: Lengths::Planned, change: None });
        let planned = self.lateness(&planned, &planned);
        let delayed = |delay: i64| {
            let change = match slips {
                Slips::TakesLonger => Change::TakesLonger(moved, delay),
                _ => Change::HeldBack(moved, base.start[moved.index()] + delay),
            };
            self.lateness(&self.flow.answer(Question { lengths, change: Some(change) }), &base)
        };
        let (now, last) = (self.lateness(&base, &base), delayed(LONGEST_DELAY));
        // What is missed as planned is said by the diagnostics; what is missed at worst is news.
        let known = |what: &What| planned.get(what).is_some_and(|late| *late > 0);
        let moves = |what: &What| match (now.get(what), last.get(what)) {
            (Some(now), Some(last)) => last > now && *last > 0 && !known(what),
            _ => false,
        };
        let open: Vec<What> = now.keys().copied().filter(moves).collect();
        let mut tried: BTreeMap<i64, Lateness> = BTreeMap::new();
        let mut breaks: Vec<Break> = Vec::new();
        let latest = |things: &[What], lateness: &Lateness| {
            let late = things.iter().filter_map(|what| Some((*lateness.get(what)?, *what)));
            late.max_by_key(|(late, what)| (*late, std::cmp::Reverse(*what)))
        };
        let kinds = || open.chunk_by(|a, b| std::mem::discriminant(a) == std::mem::discriminant(b));
        let is_missed = |kind: &[What]| latest(kind, &now).filter(|(late, _)| *late > 0);
        breaks.extend(kinds().filter_map(is_missed).map(|(late, what)| Break { room: -late, what }));
        let sought: Vec<&[What]> = match in_short {
            // What is missed already is the first; of the rest all is looked for at once.
            true => Some(open.as_slice())
                .filter(|open| breaks.is_empty() && !open.is_empty())
                .into_iter()
                .collect(),
            false => kinds().filter(|kind| is_missed(kind).is_none()).collect(),
        };
        for things in sought {
            let (mut holds, mut broken) = (0, LONGEST_DELAY);
            // Once all room is used up, what comes later is late by as much: mostly two looks are enough.
            let guess = |broken: i64, late: i64| [broken - late, broken - late + 1].into_iter();
            let mut guesses = guess(broken, latest(things, &last).map_or(0, |(late, _)| late));
            while broken - holds > 1 {
                let middle = guesses.find(|guess| (holds + 1..broken).contains(guess));
                let middle = middle.unwrap_or(holds + (broken - holds) / 2);
                let lateness = tried.entry(middle).or_insert_with(|| delayed(middle));
                match latest(things, lateness).filter(|(late, _)| *late > 0) {
                    Some((late, _)) => {
                        broken = middle;
                        guesses = guess(broken, late);
                    }
                    None => holds = middle,
                }
            }
            let lateness = tried.entry(broken).or_insert_with(|| delayed(broken));
            let is_late = |kind: &[What]| latest(kind, lateness).filter(|(late, _)| *late > 0);
            let first = kinds().filter(|kind| things.contains(&kind[0])).find_map(is_late);
            breaks.extend(first.map(|(_, what)| Break { room: holds, what }));
        }
        breaks.sort_by_key(|one| (one.room, one.what));
        breaks.truncate(if in_short { 1 } else { breaks.len() });
        breaks
    }

    /// How late everything is that can break.
    fn lateness(&self, outcome: &Outcome, base: &Outcome) -> Lateness {
        let board = self.board;
        let mut lateness = Lateness::new();
        let finish = outcome.last_finish(board) - base.last_finish(board);
        lateness.insert(What::Finish, finish);
        for vertex in board.graph.vertices() {
            let finish = outcome.finish[vertex.index()];
            if let (Some(pin), Some(node)) = (board.pin(vertex), self.node(vertex)) {
                let missed = missed::is_pin_missed(board, vertex);
                let limit = if missed { base.arrival[vertex.index()].max(pin) } else { pin };
                let what = if missed { What::MissedPin(node) } else { What::Pin(node) };
                let arrival = outcome.arrival[vertex.index()].max(limit - LONGEST_DELAY);
                lateness.insert(what, arrival - limit);
            }
            let Some(facts) = board.facts(vertex) else { continue };
            if let Some(by) = facts.by {
                lateness.insert(What::Deadline(facts.node), finish - by);
            }
            if let Some(window) = facts.window {
                lateness.insert(What::Window(facts.node), finish - window.end);
            }
        }
        for (gate, latest) in &self.back_outs {
            if let Some(node) = self.node(*gate) {
                lateness.insert(What::BackOut(node), outcome.finish[gate.index()] - *latest);
            }
        }
        lateness
    }

    fn node(&self, vertex: VertexId) -> Option<NodeId> {
        match self.board.graph.vertex(vertex) {
            Vertex::Step(node) | Vertex::Start(node) => Some(node),
            Vertex::Finish(_) | Vertex::Join => None,
        }
    }
}
