//! A plan becomes a [`Graph`]: what waits for what, and why each edge is there.
//!
//! One graph for the main line, and one for each way back. Phases and groups are a start vertex and
//! a finish vertex, so that «this phase waits for that one» is one edge. Knows no time. Promised: the
//! graph has no circle; what made one is reported and left out.

mod build;
mod circle;
mod messages;
mod order;
mod sequence;

pub use circle::circles_among;
pub use order::{Event, Order};
pub use petgraph::Direction;
pub use petgraph::graph::NodeIndex as VertexId;
use petgraph::visit::EdgeRef;

use petgraph::graph::DiGraph;
use std::collections::BinaryHeap;

use crate::diagnostic::Diagnostic;
use crate::plan::{Duration, LinkKind, NodeId, Plan};
use crate::source::Span;

/// A point of the graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vertex {
    /// A step; a dropped or left out one lets pass what it waited for.
    Step(NodeId),
    /// Where a phase or group begins.
    Start(NodeId),
    /// Where it ends.
    Finish(NodeId),
    /// Where several steps come together.
    Join,
}

/// How the vertex at the head of an edge depends on the one at its tail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waits {
    /// It starts when that is finished.
    After,
    /// The same, where something later says it already; it matters when a pin is missed.
    Within,
    /// It starts the moment that is finished.
    RightAfter,
    /// It starts no earlier than that starts; at a finish vertex, than the first step inside starts.
    With,
    /// It spans that.
    During,
}

/// An edge with its reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge {
    /// How.
    pub waits: Waits,
    /// What is added.
    pub lag: Duration,
    /// Why.
    pub cause: Cause,
}

impl Edge {
    /// What is added to the end of what comes before, in seconds; nothing where something else than the end counts, or
    /// where what is added depends on the calendar.
    #[must_use]
    pub fn lag_by_clock(&self) -> Option<i64> {
        let is_after = matches!(self.waits, Waits::After | Waits::Within | Waits::RightAfter);
        (is_after && !self.lag.has_days()).then_some(self.lag.seconds())
    }
}

/// Why an edge is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// One comes before the other in a numbered list.
    NumberedList,
    /// One comes before the other in a bulleted list.
    BulletedList,
    /// One stands before the other on the page.
    PageOrder,
    /// One is inside the other.
    Inside,
    /// It is written.
    Written(LinkKind, Span),
}

/// What waits for what, on the main line or on one way back.
#[derive(Debug, Clone)]
pub struct Graph {
    net: DiGraph<Vertex, Edge>,
    /// By place inside the root, the root first.
    starts: Vec<Option<VertexId>>,
    finishes: Vec<Option<VertexId>>,
    /// What was in a circle that was cut, sorted.
    circular: Vec<NodeId>,
    root: NodeId,
    /// All vertices, each after everything that it waits for.
    order: Vec<VertexId>,
}

impl Graph {
    /// The graph of the main line.
    #[must_use]
    pub fn link(plan: &Plan, diagnostics: &mut Vec<Diagnostic>) -> Self {
        Self::link_from(plan, NodeId::new(0), diagnostics)
    }

    /// The graph of one way back.
    #[must_use]
    pub fn link_way_back(plan: &Plan, phase: NodeId, diagnostics: &mut Vec<Diagnostic>) -> Self {
        Self::link_from(plan, phase, diagnostics)
    }

    fn link_from(plan: &Plan, root: NodeId, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut graph = build::build(plan, root);
        graph.order = graph.sorted(|index| usize::MAX - index);
        // What is in a circle, or waits for one, never comes free.
        if graph.order.len() < graph.len() {
            circle::report_and_cut(&mut graph, plan, diagnostics);
            graph.order = graph.sorted(|index| usize::MAX - index);
        }
        graph
    }

    /// The phase that this is the graph of, or the whole plan.
    #[must_use]
    pub fn root(&self) -> NodeId {
        self.root
    }

    /// How many vertices there are; ids count from 0.
    #[must_use]
    pub fn len(&self) -> usize {
        self.net.node_count()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.net.node_count() == 0
    }

    /// All vertices.
    pub fn vertices(&self) -> impl DoubleEndedIterator<Item = VertexId> + use<> {
        (0..self.net.node_count()).map(VertexId::new)
    }

    /// What a vertex is.
    #[must_use]
    pub fn vertex(&self, id: VertexId) -> Vertex {
        self.net[id]
    }

    /// The step at a vertex, if it is one.
    #[must_use]
    pub fn step(&self, id: VertexId) -> Option<NodeId> {
        match self.net[id] {
            Vertex::Step(node) => Some(node),
            _ => None,
        }
    }

    /// Where a step, phase or group begins.
    #[must_use]
    pub fn start_of(&self, node: NodeId) -> Option<VertexId> {
        *self.starts.get(node.index().checked_sub(self.root.index())?)?
    }

    /// Where it ends; for a step the same vertex.
    #[must_use]
    pub fn finish_of(&self, node: NodeId) -> Option<VertexId> {
        *self.finishes.get(node.index().checked_sub(self.root.index())?)?
    }

    /// The steps, phases and groups that were in a circle, so that written links of theirs are left out.
    #[must_use]
    pub fn circular(&self) -> &[NodeId] {
        &self.circular
    }

    /// What a vertex waits for.
    pub fn before(&self, id: VertexId) -> impl Iterator<Item = (VertexId, &Edge)> {
        self.net.edges_directed(id, Direction::Incoming).map(|edge| (edge.source(), edge.weight()))
    }

    /// What waits for a vertex.
    pub fn after(&self, id: VertexId) -> impl Iterator<Item = (VertexId, &Edge)> {
        self.net.edges_directed(id, Direction::Outgoing).map(|edge| (edge.target(), edge.weight()))
    }

    /// All vertices, each after everything that it waits for; among those that are free the one
    /// that was made first, which is written order.
    pub fn in_order(&self) -> impl ExactSizeIterator<Item = VertexId> + '_ {
        self.order.iter().copied()
    }

    /// The same, where of two that do not wait for one another the later on the page comes first.
    ///
    /// Whoever comes later in both orders is likely to wait; who does not in one of them never does.
    #[must_use]
    pub fn in_order_from_the_end(&self) -> Vec<VertexId> {
        self.sorted(|index| index)
    }

    /// The vertices that can be put into an order; of those that are free the one with the highest rank comes
    /// first, and a join at once: what is beside each other on the page stays apart.
    fn sorted(&self, rank: impl Fn(usize) -> usize) -> Vec<VertexId> {
        let ranked = |index: usize| {
            let joins = self.net[VertexId::new(index)] == Vertex::Join;
            (joins, rank(index), index)
        };
        let mut waiting: Vec<usize> = self.vertices().map(|id| self.before(id).count()).collect();
        let mut free: BinaryHeap<(bool, usize, usize)> =
            (0..waiting.len()).filter(|&index| waiting[index] == 0).map(ranked).collect();
        let mut order = Vec::with_capacity(waiting.len());
        while let Some((_, _, index)) = free.pop() {
            let id = VertexId::new(index);
            order.push(id);
            for (next, _) in self.after(id) {
                waiting[next.index()] -= 1;
                if waiting[next.index()] == 0 {
                    free.push(ranked(next.index()));
                }
            }
        }
        order
    }
}
