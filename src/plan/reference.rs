//! How one step can name another when plans stand in plans.
//!
//! A step of an inner plan calls those beside it by their own ids; what stands outside can only be named
//! on the step that holds the inner plan.

use super::{NodeId, Plan};
use crate::document::PartId;

/// How a step is named in another's braces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reference<'a> {
    /// The step to write it on: the one that asks, or the step that holds the plan it stands in.
    pub on: NodeId,
    /// The id to write there.
    pub word: &'a str,
}

impl Plan {
    /// Where and how `from` can name `to`.
    #[must_use]
    pub fn reference(&self, from: NodeId, to: NodeId) -> Reference<'_> {
        let target = self.node(to);
        let around: Vec<PartId> = self.scopes.outward(target.part).collect();
        let mut on = from;
        while !around.contains(&self.node(on).part) {
            match self.holder(on) {
                Some(holder) => on = holder,
                None => break,
            }
        }
        let prefix = self.holder(on).map_or(0, |holder| self.node(holder).id.len() + 1);
        Reference { on, word: target.id.get(prefix..).unwrap_or(&target.id) }
    }

    /// The step that holds the inner plan in which a step stands.
    fn holder(&self, id: NodeId) -> Option<NodeId> {
        let part = self.node(id).part;
        self.around(id).find(|around| self.node(*around).holds == Some(part))
    }
}
