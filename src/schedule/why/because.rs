//! What each step waited for last, from one step back to the beginning.

use std::cell::RefCell;
use std::collections::HashMap;

use super::{Because, Hold, Wait};
use crate::graph::{Cause, Edge, Vertex, VertexId, Waits};
use crate::plan::{Duration, NodeId, PersonId};
use crate::schedule::board::Board;
use crate::schedule::moment::Moment;
use crate::schedule::reason::Reasons;
use crate::schedule::times::Times;
use crate::schedule::units::Units;
use crate::schedule::{Reason, ReasonKind};

pub(super) struct Chains<'a, 'b> {
    board: &'a Board<'b>,
    units: &'a Units,
    reasons: Reasons<'a, 'b>,
    /// To look up written times.
    times: RefCell<Times>,
}

impl<'a, 'b> Chains<'a, 'b> {
    pub(super) fn new(board: &'a Board<'b>, units: &'a Units, times: Times) -> Self {
        Self { board, units, reasons: Reasons::new(board), times: RefCell::new(times) }
    }

    /// The chain of reasons, the step itself first.
    pub(super) fn back_from(&self, vertex: VertexId) -> Vec<Because> {
        let mut chain = Vec::new();
        let mut seen = vec![false; self.board.graph.len()];
        let mut next = Some(vertex);
        while let Some(vertex) = next.filter(|vertex| !std::mem::replace(&mut seen[vertex.index()], true)) {
            let Some(because) = self.because(vertex) else { break };
            next = because.hold.next().and_then(|step| self.board.graph.start_of(step));
            chain.push(because);
        }
        chain
    }

    /// Why one step starts when it does.
    pub(super) fn because(&self, vertex: VertexId) -> Option<Because> {
        let facts = self.board.facts(vertex)?;
        let place = self.board.places[vertex.index()].as_ref()?;
        let hold = self.hold(vertex);
        let until = match (&hold, place.held) {
            (Hold::Busy { .. } | Hold::Locked { .. }, Some((_, free))) => free,
            (Hold::Waits(_) | Hold::From(_) | Hold::Window | Hold::Start, _) => self.board.bound(vertex),
            _ => place.start,
        };
        Some(Because { step: facts.node, start: place.start, hold, off_duty: until < place.start })
    }

    fn hold(&self, vertex: VertexId) -> Hold {
        let board = self.board;
        let Some(facts) = board.facts(vertex) else { return Hold::Start };
        let reason = self.reasons.reason(vertex);
        match reason.kind {
            ReasonKind::Pin => return Hold::Pin(self.pinned_around(vertex)),
            ReasonKind::Late => return Hold::Late,
            ReasonKind::Person | ReasonKind::Lock => return self.taken(vertex, reason),
            ReasonKind::Step if board.spanned(vertex).is_some() => return Hold::Spans(reason.steps),
            _ => {}
        }
        if let Some(hold) = self.leads(vertex) {
            return hold;
        }
        match reason.kind {
            ReasonKind::Step => self.waits(vertex, &reason.steps),
            ReasonKind::From => {
                let all = board.plan.node(facts.node).from.iter();
                let mut times = self.times.borrow_mut();
                let mut moments = all.map(|from| times.begin(from, &mut Vec::new()));
                Hold::From(moments.position(|moment| moment == facts.from).unwrap_or(0))
            }
            ReasonKind::Window => Hold::Window,
            _ => Hold::Start,
        }
    }

    /// The phase or group whose pin it is; nothing when it is the step's own.
    fn pinned_around(&self, vertex: VertexId) -> Option<NodeId> {
        let board = self.board;
        let node = board.graph.step(vertex).filter(|_| board.pin(vertex).is_none())?;
        let pinned =
            |around: &NodeId| board.graph.start_of(*around).is_some_and(|start| board.pin(start).is_some());
        // One that something before it is in, where none around it is pinned.
        board.plan.around(node).find(pinned).or_else(|| {
            let start = board.start[vertex.index()];
            board
                .plan
                .ids()
                .find(|id| board.graph.start_of(*id).is_some_and(|vertex| board.pin(vertex) == Some(start)))
        })
    }

    /// People who were busy, or systems that were locked.
    fn taken(&self, vertex: VertexId, reason: Reason) -> Hold {
        let board = self.board;
        let (Some(facts), Some(place)) = (board.facts(vertex), &board.places[vertex.index()]) else {
            return Hold::Start;
        };
        let vertices: Vec<VertexId> =
            reason.steps.iter().filter_map(|step| board.graph.start_of(*step)).collect();
        if reason.kind == ReasonKind::Lock {
            let locks = |other: &VertexId| board.facts(*other).map_or(&[][..], |facts| &facts.locks);
            let shared =
                facts.locks.iter().filter(|lock| vertices.iter().any(|one| locks(one).contains(lock)));
            return Hold::Locked { systems: shared.copied().collect(), steps: reason.steps };
        }
        let has = |other: &VertexId, person: &PersonId| {
            board.places[other.index()].as_ref().is_some_and(|place| place.people.contains(person))
        };
        let people = place.people.iter().filter(|person| vertices.iter().any(|other| has(other, person)));
        Hold::Busy { people: people.copied().collect(), steps: reason.steps }
    }

    /// A block begins no earlier than the steps allow that follow in it.
    fn leads(&self, vertex: VertexId) -> Option<Hold> {
        let board = self.board;
        let (facts, place) = (board.facts(vertex)?, board.places[vertex.index()].as_ref()?);
        if place.held.is_some() || board.lay(facts, &place.people, board.bound(vertex)).start >= place.start {
            return None;
        }
        let mut leader = vertex;
        loop {
            let follows = |other: &VertexId| self.units.follows[other.index()] == Some(leader);
            let follower = board.graph.after(leader).map(|(next, _)| next).find(follows)?;
            if let Some(hold) = self.hold_besides(follower, leader) {
                return Some(Hold::Leads { follower: board.graph.step(follower)?, hold: Box::new(hold) });
            }
            leader = follower;
        }
    }

    /// What keeps a step from starting earlier besides the one that it follows.
    fn hold_besides(&self, follower: VertexId, leader: VertexId) -> Option<Hold> {
        let board = self.board;
        let start = board.start[follower.index()];
        let reason = self.reasons.reason(follower);
        let leader = board.graph.step(leader)?;
        let others: Vec<NodeId> = reason.steps.iter().copied().filter(|step| *step != leader).collect();
        match reason.kind {
            ReasonKind::Step if !others.is_empty() => return Some(self.waits(follower, &others)),
            ReasonKind::Person | ReasonKind::Lock if !others.is_empty() => {
                return Some(self.taken(follower, Reason { kind: reason.kind, steps: others }));
            }
            _ => {}
        }
        if let Some(mut held) = self.reasons.held(follower, start) {
            held.steps.retain(|step| *step != leader);
            if !held.steps.is_empty() {
                return Some(self.taken(follower, held));
            }
        }
        let facts = board.facts(follower)?;
        if facts.window.is_some_and(|window| window.start == start) {
            return Some(Hold::Window);
        }
        (facts.from == Some(start)).then_some(Hold::From(0))
    }

    fn waits(&self, vertex: VertexId, steps: &[NodeId]) -> Hold {
        let bound = self.board.bound(vertex);
        Hold::Waits(steps.iter().filter_map(|step| self.wait(vertex, bound, *step)).collect())
    }

    /// How a vertex waits for a step: the way there through the ends of phases.
    fn wait(&self, vertex: VertexId, bound: Moment, step: NodeId) -> Option<Wait> {
        let board = self.board;
        let target = board.graph.start_of(step)?;
        // By vertex that was come by: the one nearer to the step that waits, and the edge to it.
        let mut came: HashMap<VertexId, (VertexId, Edge)> = HashMap::new();
        let mut open = vec![(vertex, bound)];
        let last = loop {
            let (at, wanted) = open.pop()?;
            let binding = board
                .graph
                .before(at)
                .filter(|(from, edge)| {
                    edge.waits != Waits::During && board.allows_from(*from, edge) == wanted
                })
                .map(|(from, edge)| (from, *edge));
            let mut found = None;
            for (from, edge) in binding {
                if board.facts(from).is_some() && from != target || came.contains_key(&from) {
                    continue;
                }
                came.insert(from, (at, edge));
                if from == target || (edge.waits == Waits::With && self.is_inside(step, from)) {
                    found = Some(from);
                    break;
                }
                open.push((from, board.finish[from.index()]));
            }
            if let Some(found) = found {
                break found;
            }
        };
        let mut way = Vec::new();
        let mut at = last;
        while let Some((next, edge)) = came.get(&at) {
            way.push((at, *edge, *next));
            at = *next;
        }
        // Written on the way is the best reason; being inside of something is none, nor is what one does
        // not wait for any more.
        let counts = |from: &VertexId| board.facts(*from).is_some() || board.graph.step(*from).is_none();
        let is_written = |edge: &Edge| matches!(edge.cause, Cause::Written(..));
        let written = way.iter().find(|(from, edge, _)| counts(from) && is_written(edge));
        let (from, edge, to) = written
            .or_else(|| way.iter().rev().find(|(from, edge, _)| counts(from) && edge.cause != Cause::Inside))
            .or_else(|| way.iter().rev().find(|(_, edge, _)| edge.cause != Cause::Inside))
            .or(way.first())?;
        let before = way.iter().rev().skip_while(|(one, ..)| one != from).map(|(one, ..)| *one);
        let all_of = before.filter_map(|one| match board.graph.vertex(one) {
            Vertex::Finish(node) if node != board.graph.root() => Some(node),
            _ => None,
        });
        let into = match board.graph.vertex(*to) {
            Vertex::Start(node) => Some(node),
            _ => None,
        };
        let begins = matches!(edge.waits, Waits::With | Waits::During);
        let until = if begins { board.start[target.index()] } else { board.finish[target.index()] };
        let lag = way.iter().fold(Duration::default(), |all, (_, edge, _)| all + edge.lag);
        Some(Wait { step, waits: edge.waits, until, lag, cause: edge.cause, all_of: { all_of }.next(), into })
    }

    fn is_inside(&self, step: NodeId, vertex: VertexId) -> bool {
        match self.board.graph.vertex(vertex) {
            Vertex::Finish(node) => node < step && step < self.board.plan.node(node).end,
            _ => false,
        }
    }
}

impl Hold {
    /// The step that is asked about next.
    fn next(&self) -> Option<NodeId> {
        match self {
            Self::Waits(waits) => waits.first().map(|wait| wait.step),
            Self::Spans(steps) | Self::Busy { steps, .. } | Self::Locked { steps, .. } => {
                steps.first().copied()
            }
            Self::Leads { hold, .. } => hold.next(),
            Self::Start | Self::Pin(_) | Self::From(_) | Self::Window | Self::Late => None,
        }
    }
}
