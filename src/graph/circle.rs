//! Steps that wait for each other: found, shown by their shortest circle, and cut.
//!
//! The order of the page alone has no circle, so every one has a written link in it; leaving out the
//! written links of such a set makes the graph sound again, and one mistake is reported once.

use std::collections::{HashMap, VecDeque};

use petgraph::algo::kosaraju_scc;
use petgraph::graph::DiGraph;
use petgraph::visit::EdgeRef;

use super::messages::{self, Station};
use super::{Cause, Direction, Graph, Vertex, VertexId};
use crate::diagnostic::Diagnostic;
use crate::plan::{NodeId, Plan};
use crate::source::Span;

/// Circles are looked for from so many written links of a set; a shorter one past these is not worth
/// the time.
const MOST_TRIES: usize = 64;

/// Sets of two or more vertices that reach each other along these links.
#[must_use]
pub fn circles_among(vertices: usize, links: &[(VertexId, VertexId)]) -> Vec<Vec<VertexId>> {
    let mut net: DiGraph<(), ()> = DiGraph::with_capacity(vertices, links.len());
    for _ in 0..vertices {
        net.add_node(());
    }
    net.extend_with_edges(links);
    kosaraju_scc(&net).into_iter().filter(|set| set.len() > 1).collect()
}

/// Reports every set of steps that wait for each other, and cuts its written links.
pub(super) fn report_and_cut(graph: &mut Graph, plan: &Plan, diagnostics: &mut Vec<Diagnostic>) {
    let mut set_of: Vec<u32> = vec![0; graph.len()];
    let mut sets: Vec<Vec<VertexId>> = kosaraju_scc(&graph.net);
    for set in &mut sets {
        set.sort();
    }
    // The order in which they are found is arbitrary; the order of the text is not.
    sets.sort();
    for (index, set) in sets.iter().enumerate() {
        for vertex in set {
            set_of[vertex.index()] = u32::try_from(index).unwrap_or(u32::MAX);
        }
    }
    let waits_for_itself = |vertex: VertexId| graph.net.contains_edge(vertex, vertex);
    let circular: Vec<&Vec<VertexId>> =
        sets.iter().filter(|set| set.len() > 1 || waits_for_itself(set[0])).collect();
    if circular.is_empty() {
        return;
    }
    let mut members: Vec<NodeId> = Vec::new();
    for set in circular {
        diagnostics.push(Finder { graph, plan, set_of: &set_of, set }.report());
        members.extend(set.iter().filter_map(|vertex| node_at(graph, *vertex)));
    }
    members.sort();
    members.dedup();
    graph.circular = members;
    graph.net.retain_edges(|net, edge| {
        let (Some((from, to)), cause) = (net.edge_endpoints(edge), net[edge].cause) else { return true };
        let inside = set_of[from.index()] == set_of[to.index()];
        !(inside && matches!(cause, Cause::Written(..)))
    });
}

fn node_at(graph: &Graph, vertex: VertexId) -> Option<NodeId> {
    match graph.vertex(vertex) {
        Vertex::Step(node) | Vertex::Start(node) | Vertex::Finish(node) => Some(node),
        Vertex::Join => None,
    }
}

struct Finder<'a> {
    graph: &'a Graph,
    plan: &'a Plan,
    set_of: &'a [u32],
    set: &'a [VertexId],
}

impl Finder<'_> {
    fn report(&self) -> Diagnostic {
        let mut written = self.written_links();
        written.sort_by_key(|(span, ..)| *span);
        let mut shortest: Option<Vec<(VertexId, VertexId, Cause)>> = None;
        for &(_, from, to, cause) in written.iter().take(MOST_TRIES) {
            let limit = shortest.as_ref().map_or(usize::MAX, Vec::len);
            if let Some(mut path) = self.path(to, from, limit) {
                path.push((from, to, cause));
                if path.len() < limit {
                    shortest = Some(path);
                }
            }
        }
        let stations = self.stations(&shortest.unwrap_or_default());
        let first = written.first().map(|(span, ..)| *span);
        messages::cycle(first, &stations, self.plan)
    }

    /// The written links between members of the set: place, ends, cause.
    fn written_links(&self) -> Vec<(Span, VertexId, VertexId, Cause)> {
        let edges =
            self.set.iter().flat_map(|vertex| self.graph.net.edges_directed(*vertex, Direction::Outgoing));
        edges
            .filter(|edge| self.same_set(edge.source(), edge.target()))
            .filter_map(|edge| match edge.weight().cause {
                Cause::Written(_, span) => Some((span, edge.source(), edge.target(), edge.weight().cause)),
                _ => None,
            })
            .collect()
    }

    fn same_set(&self, a: VertexId, b: VertexId) -> bool {
        self.set_of[a.index()] == self.set_of[b.index()]
    }

    /// The shortest way between two members, as edges; nothing when it is not shorter than `limit`.
    fn path(&self, from: VertexId, to: VertexId, limit: usize) -> Option<Vec<(VertexId, VertexId, Cause)>> {
        let mut came: HashMap<VertexId, (VertexId, Cause)> = HashMap::new();
        let mut queue = VecDeque::from([(from, 0)]);
        while let Some((vertex, length)) = queue.pop_front() {
            if vertex == to {
                let mut path = Vec::new();
                let mut at = to;
                while at != from || path.is_empty() && from != to {
                    let (before, cause) = came[&at];
                    path.push((before, at, cause));
                    at = before;
                }
                path.reverse();
                return Some(path);
            }
            if length + 1 >= limit {
                continue;
            }
            let mut next: Vec<(VertexId, Cause)> = self
                .graph
                .after(vertex)
                .filter(|(next, _)| self.same_set(vertex, *next))
                .map(|(next, edge)| (next, edge.cause))
                .collect();
            next.sort_by_key(|(vertex, _)| *vertex);
            for (next, cause) in next {
                if next != from && !came.contains_key(&next) {
                    came.insert(next, (vertex, cause));
                    queue.push_back((next, length + 1));
                }
            }
        }
        None
    }

    /// The circle as people see it: steps, each with why it waits for the one before; phases only
    /// where no step of theirs is on it.
    fn stations(&self, circle: &[(VertexId, VertexId, Cause)]) -> Vec<Station> {
        let node_at = |vertex| node_at(self.graph, vertex);
        let steps = circle.iter().any(|(_, to, _)| self.graph.step(*to).is_some());
        let shown = |node: NodeId| !steps || self.plan.node(node).is_step();
        let mut stations: Vec<Station> = Vec::new();
        let mut because: Option<(Cause, NodeId)> = None;
        // Twice around: the causes before the first station belong to the link that closes the circle.
        for &(_, to, cause) in circle.iter().chain(circle) {
            let holder = node_at(to).unwrap_or(NodeId::new(0));
            because = Some(stronger(because, (cause, holder)));
            let Some(node) = node_at(to).filter(|node| shown(*node)) else { continue };
            if stations.last().is_some_and(|last| last.node == node) {
                continue;
            }
            let (cause, holder) = because.take().unwrap_or((cause, node));
            stations.push(Station { node, cause, holder });
        }
        // Of the two rounds the second is whole.
        let half = stations.len() / 2;
        let mut round: Vec<Station> = match stations.len() {
            0 | 1 => stations,
            _ => stations.split_off(half),
        };
        if let (Some(first), Some(last)) = (round.first().map(|s| s.node), round.last().map(|s| s.node))
            && first == last
            && round.len() > 1
        {
            round.remove(0);
        }
        let first = (0..round.len()).min_by_key(|&index| round[index].node).unwrap_or(0);
        round.rotate_left(first);
        round
    }
}

/// Of two causes on the way from one station to the next, the one that says more.
fn stronger(before: Option<(Cause, NodeId)>, new: (Cause, NodeId)) -> (Cause, NodeId) {
    let rank = |cause: Cause| match cause {
        Cause::Written(..) => 0,
        Cause::NumberedList | Cause::BulletedList => 1,
        Cause::PageOrder => 2,
        Cause::Inside => 3,
    };
    match before {
        Some(before) if rank(before.0) <= rank(new.0) => before,
        _ => new,
    }
}
