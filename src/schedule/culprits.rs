//! What made something late: the steps that lead up to it, the last one first, and what the first of them
//! waited for, where that is a window, a `from=` or a pin that holds everything up.

use std::cell::{OnceCell, RefCell};

use super::beginning::Beginning;
use super::board::Board;
use super::facts::Length;
use super::moment::Moment;
use super::reason::Reasons;
use super::resource::Resource;
use super::{Reason, ReasonKind};
use crate::graph::{Vertex, VertexId, Waits};
use crate::plan::NodeId;
use crate::source::Span;

/// A chain of reasons longer than this is cut.
const LONGEST_CHAIN: usize = 5;

/// What made something late.
#[derive(Debug, Clone, Default)]
pub(super) struct Culprits {
    /// The last ones, the last of all first.
    pub(super) steps: Vec<Culprit>,
    /// What holds up the first step of all.
    pub(super) root: Option<Root>,
    /// Whether all of it comes earlier when the plan begins earlier.
    pub(super) beginning: Beginning,
}

/// A step that made another late.
#[derive(Debug, Clone)]
pub(super) struct Culprit {
    pub(super) title: String,
    pub(super) span: Span,
    pub(super) finish: Moment,
    /// How the one after it waited for it.
    pub(super) kept: Kept,
}

/// How a step keeps the next one waiting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kept {
    /// By the order of the plan.
    Order,
    /// By somebody who has to do both.
    Person(String),
    /// By a system that it locks.
    Lock(String),
}

/// A moment that no step is the reason for.
#[derive(Debug, Clone)]
pub(super) struct Root {
    pub(super) kind: RootKind,
    /// The step that waits for it; nothing when it is the one that is late.
    pub(super) title: Option<String>,
    pub(super) moment: Moment,
    /// Where it is written.
    pub(super) span: Span,
    /// Before this nothing begins, where that is written too.
    pub(super) plan_start: Option<Moment>,
}

/// What such a moment is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum RootKind {
    /// The start of this window.
    Window(String),
    /// `from=`
    From,
    /// A pin.
    Pin,
}

pub(super) struct Blame<'a, 'b> {
    board: &'a Board<'b>,
    /// Asked for where something is missed; mostly nothing is.
    reasons: OnceCell<Reasons<'a, 'b>>,
    /// By vertex: the step with which its chain begins.
    firsts: RefCell<Vec<First>>,
}

/// What is known of the beginning of a chain.
#[derive(Debug, Clone, Copy)]
enum First {
    Unknown,
    /// It is being looked for.
    Passing,
    /// The step, and whether work in days leads on from there; none where the chain goes in a circle.
    Known(Option<(VertexId, bool)>),
}

impl<'a, 'b> Blame<'a, 'b> {
    pub(super) fn new(board: &'a Board<'b>) -> Self {
        let firsts = RefCell::new(vec![First::Unknown; board.graph.len()]);
        Self { board, reasons: OnceCell::new(), firsts }
    }

    fn reason(&self, vertex: VertexId) -> Reason {
        self.reasons.get_or_init(|| Reasons::new(self.board)).reason(vertex)
    }

    /// What keeps something from starting before `arrival`.
    pub(super) fn before(&self, vertex: VertexId, arrival: Moment) -> Culprits {
        let Some(last) = self.last_before(vertex, arrival) else { return Culprits::default() };
        let mut culprits = self.chain(last, Kept::Order);
        // A pin that takes its people first may be what holds up those that it waits for.
        let own = match self.board.graph.vertex(vertex) {
            Vertex::Step(node) | Vertex::Start(node) => self.board.plan.node(node).at.as_ref(),
            Vertex::Finish(_) | Vertex::Join => None,
        };
        culprits.root = culprits.root.filter(|root| own.is_none_or(|own| own.span != root.span));
        culprits
    }

    /// What keeps a step from starting earlier than it does.
    pub(super) fn of(&self, vertex: VertexId) -> Culprits {
        match self.next(vertex) {
            Some((next, kept)) => self.chain(next, kept),
            None => Culprits {
                steps: Vec::new(),
                root: self.root(vertex, None),
                beginning: Beginning::of(self.board, vertex, false),
            },
        }
    }

    /// When the first step starts of the chain that leads to a step.
    pub(super) fn chain_start(&self, vertex: VertexId) -> Option<Moment> {
        self.first_of_chain(vertex).map(|(first, _)| self.board.start[first.index()])
    }

    /// The chain that ends in a step.
    fn chain(&self, last: NodeId, kept: Kept) -> Culprits {
        let board = self.board;
        let mut culprits = Culprits::default();
        let mut next = Some((last, kept));
        while let Some((id, kept)) = next.take() {
            let Some(at) = board.graph.start_of(id) else { break };
            let node = board.plan.node(id);
            if culprits.steps.iter().any(|known| known.span == node.span) {
                break;
            }
            let finish = board.finish[at.index()];
            culprits.steps.push(Culprit { title: node.title.clone(), span: node.span, finish, kept });
            if culprits.steps.len() < LONGEST_CHAIN {
                next = self.next(at);
            }
        }
        let first = board.graph.start_of(last).and_then(|last| self.first_of_chain(last));
        culprits.beginning =
            first.map_or_else(Beginning::default, |(first, pauses)| Beginning::of(board, first, pauses));
        culprits.root = first.and_then(|(first, _)| {
            self.root(first, board.graph.step(first).map(|node| board.plan.node(node).title.clone()))
        });
        culprits
    }

    /// The step with which the chain to a step begins: found once for all that lie on the same chain.
    fn first_of_chain(&self, last: VertexId) -> Option<(VertexId, bool)> {
        let mut firsts = self.firsts.borrow_mut();
        let mut passed = Vec::new();
        let mut at = last;
        let mut first = loop {
            match firsts[at.index()] {
                First::Known(first) => break first,
                // Where pins are missed, steps may wait for each other.
                First::Passing => break None,
                First::Unknown => {}
            }
            firsts[at.index()] = First::Passing;
            passed.push(at);
            match self.next(at).and_then(|(next, _)| self.board.graph.start_of(next)) {
                Some(next) => at = next,
                None => break Some((at, false)),
            }
        };
        for vertex in passed.into_iter().rev() {
            let in_days =
                self.board.facts(vertex).is_some_and(|facts| matches!(facts.length, Length::Work(_)));
            first = first.map(|(first, pauses)| (first, pauses || in_days));
            firsts[vertex.index()] = First::Known(first);
        }
        first
    }

    /// The step that a step waited for last, and how.
    fn next(&self, vertex: VertexId) -> Option<(NodeId, Kept)> {
        let board = self.board;
        let reason = self.reason(vertex);
        let first = *reason.steps.first()?;
        match reason.kind {
            ReasonKind::Step => Some((first, Kept::Order)),
            ReasonKind::Person | ReasonKind::Lock => {
                let shared = self.shared(vertex, board.graph.start_of(first)?)?;
                let kept = match shared {
                    Resource::Person(person) => Kept::Person(board.plan.roster.person(person).name.clone()),
                    Resource::Lock(lock) => Kept::Lock(board.plan.systems[lock.index()].name.clone()),
                };
                Some((first, kept))
            }
            _ => None,
        }
    }

    /// The person, else the lock, that two steps need.
    fn shared(&self, vertex: VertexId, other: VertexId) -> Option<Resource> {
        let board = self.board;
        let (facts, others) = (board.facts(vertex)?, board.facts(other)?);
        let (place, taken) = (board.places[vertex.index()].as_ref()?, board.places[other.index()].as_ref()?);
        let both = place.people.iter().find(|person| taken.people.contains(person));
        let both = both.filter(|_| facts.occupies && others.occupies);
        let lock = || facts.locks.iter().find(|lock| others.locks.contains(lock));
        both.map(|person| Resource::Person(*person)).or_else(|| lock().map(|lock| Resource::Lock(*lock)))
    }

    /// The window, `from=` or pin by which a step starts.
    fn root(&self, vertex: VertexId, title: Option<String>) -> Option<Root> {
        let board = self.board;
        let node = board.plan.node(board.graph.step(vertex)?);
        let moment = board.start[vertex.index()];
        let (kind, span) = match self.reason(vertex).kind {
            ReasonKind::Window => {
                let window = &board.plan.windows[node.window.as_ref()?.value.index()];
                (RootKind::Window(window.name.clone()), window.span)
            }
            // The latest of several is hard to tell from the others here: the first will do where there is
            // one alone.
            ReasonKind::From => match &*node.from {
                [from] => (RootKind::From, from.span),
                _ => return None,
            },
            ReasonKind::Pin => {
                let around = board.plan.around(board.graph.step(vertex)?).map(|id| board.plan.node(id));
                let mut pinned = std::iter::once(node).chain(around);
                (RootKind::Pin, pinned.find_map(|node| node.at.as_ref())?.span)
            }
            _ => return None,
        };
        // Where the start is counted back, a pin that moves takes it along.
        let counted = Some(board.plan_start).filter(|_| board.times.dated && kind != RootKind::Pin);
        Some(Root { kind, title, moment, span, plan_start: board.times.start.or(counted) })
    }

    /// The step whose end lets a vertex start no earlier than `arrival`.
    fn last_before(&self, vertex: VertexId, arrival: Moment) -> Option<NodeId> {
        let board = self.board;
        let mut open = vec![(vertex, arrival)];
        while let Some((at, wanted)) = open.pop() {
            for (from, edge) in board.graph.before(at) {
                if edge.waits != Waits::During && board.allows_from(from, edge) == wanted {
                    match board.graph.vertex(from) {
                        Vertex::Step(node) if board.facts(from).is_some() => return Some(node),
                        _ => open.push((from, board.finish[from.index()])),
                    }
                }
            }
        }
        None
    }
}
