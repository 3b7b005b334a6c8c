//! What phases and groups hand down to the steps inside them.
//!
//! `@owner`, `backup=`, `access=`, `uses=` and `in=` are defaults for what names none of its own;
//! `from=` and `by=` bind everything inside.

use super::ids::NodeId;
use super::node::{Given, Node};

/// Hands everything down; nodes stand in written order, so that those around come first.
pub(super) fn inherit(nodes: &mut [Node]) {
    for index in 1..nodes.len() {
        let Some(parent) = nodes[index].parent else { continue };
        let (before, after) = nodes.split_at_mut(index);
        let (around, node) = (&before[parent.index()], &mut after[0]);
        default(&mut node.owners, &around.owners, parent);
        default(&mut node.backup, &around.backup, parent);
        default(&mut node.access, &around.access, parent);
        default(&mut node.uses, &around.uses, parent);
        if node.window.is_none() {
            node.window = around.window.as_ref().map(|given| given.from(parent));
        }
        hand_down(&mut node.from, &around.from, parent);
        hand_down(&mut node.by, &around.by, parent);
    }
}

fn default<T: Clone>(own: &mut Box<[Given<T>]>, around: &[Given<T>], parent: NodeId) {
    if own.is_empty() {
        hand_down(own, around, parent);
    }
}

fn hand_down<T: Clone>(own: &mut Box<[Given<T>]>, around: &[Given<T>], parent: NodeId) {
    if around.is_empty() {
        return;
    }
    let mut all = std::mem::take(own).into_vec();
    all.reserve_exact(around.len());
    all.extend(around.iter().map(|given| given.from(parent)));
    *own = all.into();
}
