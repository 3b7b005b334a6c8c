//! What is made of a node once, however many pages show it.

use std::sync::OnceLock;

use crate::plan::NodeId;

/// A value for each node of a plan, made when it is first asked for.
///
/// As long as none is asked for, there is no room for any: `check` shows no steps.
pub(super) struct ByNode<T> {
    nodes: usize,
    made: OnceLock<Box<[OnceLock<T>]>>,
}

impl<T> ByNode<T> {
    /// For a plan of so many nodes.
    pub(super) fn new(nodes: usize) -> Self {
        Self { nodes, made: OnceLock::new() }
    }

    /// The value of a node.
    pub(super) fn of(&self, id: NodeId, make: impl FnOnce() -> T) -> &T {
        let made = self.made.get_or_init(|| (0..self.nodes).map(|_| OnceLock::new()).collect());
        made[id.index()].get_or_init(make)
    }
}
