//! Numbers in run order: by start; at the same start the first in written order whose predecessors
//! have their numbers.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::board::Board;
use crate::graph::VertexId;
use crate::plan::NodeId;

/// The steps of a line in run order.
pub(super) fn run_order(board: &Board<'_>) -> Vec<NodeId> {
    let mut vertices: Vec<VertexId> = board.graph.vertices().collect();
    vertices.sort_by_key(|vertex| (board.start[vertex.index()], *vertex));
    let mut waiting = vec![0usize; board.graph.len()];
    for vertex in board.graph.vertices() {
        let at = board.start[vertex.index()];
        waiting[vertex.index()] =
            board.graph.before(vertex).filter(|(from, _)| board.start[from.index()] == at).count();
    }
    let mut order = Vec::new();
    for group in vertices.chunk_by(|a, b| board.start[a.index()] == board.start[b.index()]) {
        // Vertices that are no steps let pass at once.
        let key = |vertex: VertexId| Reverse((board.facts(vertex).is_some(), vertex));
        let mut free: BinaryHeap<_> =
            group.iter().filter(|vertex| waiting[vertex.index()] == 0).map(|vertex| key(*vertex)).collect();
        while let Some(Reverse((is_step, vertex))) = free.pop() {
            if is_step {
                order.extend(board.graph.step(vertex));
            }
            for (next, _) in board.graph.after(vertex) {
                if board.start[next.index()] == board.start[vertex.index()] {
                    waiting[next.index()] -= 1;
                    if waiting[next.index()] == 0 {
                        free.push(key(next));
                    }
                }
            }
        }
    }
    order
}
