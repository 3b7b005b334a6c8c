//! Why a step starts when it does: what it waited for last.

use super::board::Board;
use super::moment::Moment;
use super::resource::Resource;
use super::{Reason, ReasonKind};
use crate::graph::{Vertex, VertexId};
use crate::plan::NodeId;

/// Of more steps than this that end at the same moment the first in the text stand for all.
const MOST_STEPS: usize = 12;

/// Finds the reasons of one line.
pub(super) struct Reasons<'a, 'b> {
    board: &'a Board<'b>,
    /// Which steps of a person or lock end at a moment, sorted.
    ends: Vec<(Resource, Moment, NodeId)>,
    /// By vertex that is no step: what let it pass when it did.
    passed: Vec<Option<Trace>>,
}

/// What let something start: whether a pinned phase, and which steps.
#[derive(Debug, Clone, Default)]
struct Trace {
    pinned: bool,
    steps: Vec<NodeId>,
}

impl<'a, 'b> Reasons<'a, 'b> {
    pub(super) fn new(board: &'a Board<'b>) -> Self {
        let mut ends = Vec::with_capacity(board.graph.len());
        for vertex in board.graph.vertices() {
            let (Some(facts), Some(place)) = (board.facts(vertex), &board.places[vertex.index()]) else {
                continue;
            };
            if place.start >= place.finish {
                continue;
            }
            if facts.occupies {
                for person in &place.people {
                    ends.push((Resource::Person(*person), place.finish, facts.node));
                    // Work that pauses leaves its people free for a while.
                    for part in place.taken.iter().rev().skip(1) {
                        ends.push((Resource::Person(*person), part.end, facts.node));
                    }
                }
            }
            for lock in &facts.locks {
                ends.push((Resource::Lock(*lock), place.finish, facts.node));
            }
        }
        ends.sort_unstable();
        let mut reasons = Self { board, ends, passed: vec![None; board.graph.len()] };
        for vertex in board.graph.in_order() {
            if board.facts(vertex).is_none() {
                reasons.passed[vertex.index()] = Some(reasons.trace(vertex, board.finish[vertex.index()]));
            }
        }
        reasons
    }

    /// The reason of a step's start.
    pub(super) fn reason(&self, vertex: VertexId) -> Reason {
        let board = self.board;
        let (Some(facts), Some(place)) = (board.facts(vertex), &board.places[vertex.index()]) else {
            return ReasonKind::Start.alone();
        };
        if board.pin(vertex).is_some() {
            return ReasonKind::Pin.alone();
        }
        if let Some(target) = board.spanned(vertex) {
            return Reason { kind: ReasonKind::Step, steps: self.first_steps(target) };
        }
        let bound = board.bound(vertex);
        let Trace { pinned, steps } = self.trace(vertex, bound);
        if place.start == bound && (pinned || facts.around == Some(bound)) {
            return ReasonKind::Pin.alone();
        }
        if facts.late {
            return ReasonKind::Late.alone();
        }
        if let Some((resource, free)) = place.held {
            let kind =
                if matches!(resource, Resource::Lock(_)) { ReasonKind::Lock } else { ReasonKind::Person };
            return self.held(vertex, free).unwrap_or(kind.alone());
        }
        if pinned || facts.around == Some(bound) {
            return ReasonKind::Pin.alone();
        }
        if !steps.is_empty() {
            return Reason { kind: ReasonKind::Step, steps };
        }
        if let Some(reason) = self.held(vertex, bound) {
            return reason;
        }
        let kind = if facts.window.is_some_and(|window| window.start == bound) {
            ReasonKind::Window
        } else if facts.from == Some(bound) {
            ReasonKind::From
        } else {
            ReasonKind::Start
        };
        kind.alone()
    }

    /// A person, else a lock, that was free again right at this moment.
    pub(super) fn held(&self, vertex: VertexId, at: Moment) -> Option<Reason> {
        let (facts, place) = (self.board.facts(vertex)?, self.board.places[vertex.index()].as_ref()?);
        let find = |resource: Resource| {
            let first = self.ends.partition_point(|(of, end, _)| (*of, *end) < (resource, at));
            let steps = self.ends[first..].iter().take_while(|(of, end, _)| (*of, *end) == (resource, at));
            let steps = steps.map(|(.., step)| *step);
            let others: Vec<NodeId> = steps.filter(|step| *step != facts.node).collect();
            (!others.is_empty()).then_some(others)
        };
        let people = place.people.iter().filter(|_| facts.occupies).map(|person| Resource::Person(*person));
        let by_person: Vec<NodeId> = people.filter_map(find).flatten().collect();
        if !by_person.is_empty() {
            return Some(Reason { kind: ReasonKind::Person, steps: sorted(by_person) });
        }
        let locks = facts.locks.iter().map(|lock| Resource::Lock(*lock));
        let by_lock: Vec<NodeId> = locks.filter_map(find).flatten().collect();
        (!by_lock.is_empty()).then(|| Reason { kind: ReasonKind::Lock, steps: sorted(by_lock) })
    }

    /// What let a vertex start just at `bound`; ends of phases and joins hand on what let them pass.
    fn trace(&self, vertex: VertexId, bound: Moment) -> Trace {
        let board = self.board;
        let mut trace = Trace::default();
        for (from, edge) in board.graph.before(vertex) {
            if board.allows_from(from, edge) != bound {
                continue;
            }
            let with = matches!(edge.waits, crate::graph::Waits::With | crate::graph::Waits::During);
            match board.graph.vertex(from) {
                Vertex::Step(node) if board.facts(from).is_some() => trace.steps.push(node),
                Vertex::Start(_) if board.pin(from).is_some() => trace.pinned = true,
                Vertex::Finish(_) if with => trace.steps.extend(self.first_steps(from)),
                _ => {
                    if let Some(passed) = &self.passed[from.index()] {
                        trace.pinned |= passed.pinned;
                        trace.steps.extend(&passed.steps);
                    }
                }
            }
        }
        trace.steps = sorted(trace.steps);
        trace
    }

    /// A step, or the steps inside a phase that start first.
    fn first_steps(&self, vertex: VertexId) -> Vec<NodeId> {
        let board = self.board;
        match board.graph.vertex(vertex) {
            Vertex::Step(node) => vec![node],
            Vertex::Finish(node) => {
                let first = board.first[vertex.index()];
                (node.index()..board.plan.node(node).end.index())
                    .map(NodeId::new)
                    .filter(|id| {
                        board.graph.start_of(*id).is_some_and(|vertex| {
                            board.facts(vertex).is_some() && board.start[vertex.index()] == first
                        })
                    })
                    .take(MOST_STEPS)
                    .collect()
            }
            _ => Vec::new(),
        }
    }
}

/// In written order, each once, and no more than anybody reads.
fn sorted(mut steps: Vec<NodeId>) -> Vec<NodeId> {
    steps.sort();
    steps.dedup();
    steps.truncate(MOST_STEPS);
    steps
}
