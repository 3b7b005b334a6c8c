//! Makes the vertices of a plan and the edges of its order and its links.

use petgraph::graph::DiGraph;

use super::sequence::Sequence;
use super::{Cause, Edge, Graph, Vertex, VertexId, Waits};
use crate::plan::{Duration, LinkKind, NodeId, NodeKind, Plan};

/// Builds the graph of everything inside `root` that is on the same line.
pub(super) fn build(plan: &Plan, root: NodeId) -> Graph {
    // As long as what is inside the root: a plan may have thousands of ways back.
    let count = plan.node(root).end.index() - root.index();
    let graph = Graph {
        net: DiGraph::with_capacity(count + count / 8, 2 * count),
        starts: vec![None; count],
        finishes: vec![None; count],
        circular: Vec::new(),
        root,
        order: Vec::new(),
    };
    let mut builder = Builder { plan, graph, live: live(plan, root) };
    builder.vertices();
    for container in builder.containers() {
        Sequence::new(&mut builder, container).build();
    }
    for id in builder.members() {
        builder.links(id);
    }
    builder.graph
}

/// For the root and every node inside it: whether a step that counts is inside, itself included.
fn live(plan: &Plan, root: NodeId) -> Vec<bool> {
    let nodes = &plan.nodes[root.index()..plan.node(root).end.index()];
    let mut live = vec![false; nodes.len()];
    for (index, node) in nodes.iter().enumerate().rev() {
        live[index] |= node.is_step() && node.is_here();
        let parent = node.parent.and_then(|parent| parent.index().checked_sub(root.index()));
        if let (true, Some(parent)) = (live[index], parent) {
            live[parent] = true;
        }
    }
    live
}

pub(super) struct Builder<'a> {
    pub(super) plan: &'a Plan,
    pub(super) graph: Graph,
    /// By place inside the root.
    live: Vec<bool>,
}

impl Builder<'_> {
    /// The nodes of this line, the root first.
    pub(super) fn members(&self) -> Vec<NodeId> {
        let root = self.graph.root;
        let line = self.plan.node(root).way_back;
        (root.index()..self.plan.node(root).end.index())
            .map(NodeId::new)
            .filter(|id| self.plan.node(*id).way_back == line)
            .collect()
    }

    fn containers(&self) -> Vec<NodeId> {
        self.members().into_iter().filter(|id| !self.plan.node(*id).is_step()).collect()
    }

    /// Vertices in written order: a start, what is inside, a finish.
    fn vertices(&mut self) {
        let mut open: Vec<NodeId> = Vec::new();
        for id in self.members() {
            while let Some(last) = open.pop_if(|last| self.plan.node(*last).end <= id) {
                self.finish_vertex(last);
            }
            if self.plan.node(id).kind == NodeKind::Step {
                let vertex = self.graph.net.add_node(Vertex::Step(id));
                self.set_start(id, vertex);
                self.set_finish(id, vertex);
            } else {
                let vertex = self.graph.net.add_node(Vertex::Start(id));
                self.set_start(id, vertex);
                open.push(id);
            }
        }
        while let Some(last) = open.pop() {
            self.finish_vertex(last);
        }
    }

    fn finish_vertex(&mut self, id: NodeId) {
        let vertex = self.graph.net.add_node(Vertex::Finish(id));
        self.set_finish(id, vertex);
    }

    fn set_start(&mut self, id: NodeId, vertex: VertexId) {
        self.graph.starts[id.index() - self.graph.root.index()] = Some(vertex);
    }

    fn set_finish(&mut self, id: NodeId, vertex: VertexId) {
        self.graph.finishes[id.index() - self.graph.root.index()] = Some(vertex);
    }

    pub(super) fn start(&self, id: NodeId) -> VertexId {
        self.graph.start_of(id).expect("every member of the line has vertices")
    }

    pub(super) fn finish(&self, id: NodeId) -> VertexId {
        self.graph.finish_of(id).expect("every member of the line has vertices")
    }

    pub(super) fn join(&mut self) -> VertexId {
        self.graph.net.add_node(Vertex::Join)
    }

    pub(super) fn edge(&mut self, from: VertexId, to: VertexId, waits: Waits, cause: Cause) {
        self.graph.net.add_edge(from, to, Edge { waits, lag: Duration::default(), cause });
    }

    /// Whether a step that counts is inside a node, itself included.
    pub(super) fn is_live(&self, id: NodeId) -> bool {
        self.live[id.index() - self.graph.root.index()]
    }

    /// How a link acts: to what is dropped or left out every link is as `after=`.
    fn effect(&self, kind: LinkKind, target: NodeId) -> LinkKind {
        if self.is_live(target) { kind } else { LinkKind::After }
    }

    /// Whether a node starts by another, and so does not wait for the siblings before it.
    pub(super) fn starts_by_link(&self, id: NodeId) -> bool {
        self.plan
            .node(id)
            .links
            .iter()
            .any(|link| matches!(self.effect(link.kind, link.target), LinkKind::With | LinkKind::During))
    }

    /// The edges of `after=` and its kin.
    fn links(&mut self, id: NodeId) {
        let node = self.plan.node(id);
        let to = self.start(id);
        for link in &node.links {
            let effect = self.effect(link.kind, link.target);
            let passes = self.is_live(id);
            let waits = match effect {
                LinkKind::After => Waits::After,
                LinkKind::RightAfter if passes => Waits::RightAfter,
                LinkKind::RightAfter => Waits::After,
                // What is dropped does not start with anything.
                LinkKind::With | LinkKind::During if !passes => continue,
                LinkKind::With => Waits::With,
                LinkKind::During => Waits::During,
            };
            let from = self.finish(link.target);
            let edge = Edge { waits, lag: link.lag, cause: Cause::Written(link.kind, link.span) };
            self.graph.net.add_edge(from, to, edge);
        }
    }
}
