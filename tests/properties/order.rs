//! What waits for what in a made-up plan, worked out from the language's words on order.

use crate::model::{Id, Link};
use crate::timed::Case;

/// Something that keeps a step from starting earlier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// After all inside a node is finished, and so many seconds more.
    After(Id, i64),
    /// After the first step inside a node has started, and so many seconds more.
    With(Id, i64),
}

impl Case {
    /// What a node waits for by its place among its siblings, and by its links.
    pub fn bounds(&self, id: Id) -> Vec<Bound> {
        let mut bounds: Vec<Bound> = self.by_place(id).into_iter().map(|id| Bound::After(id, 0)).collect();
        for (link, target, lag) in &self.model.nodes[id].links {
            match link {
                Link::With | Link::During if self.is_live(*target) && !self.is_live(id) => {}
                Link::With if self.is_live(*target) => bounds.push(Bound::With(*target, *lag)),
                Link::During if self.is_live(*target) => {}
                _ => bounds.push(Bound::After(*target, *lag)),
            }
        }
        bounds
    }

    /// The siblings that a node directly waits for.
    fn by_place(&self, id: Id) -> Vec<Id> {
        let Some(parent) = self.model.nodes[id].parent else { return Vec::new() };
        if self.model.nodes[parent].any_order || self.starts_by_link(id) {
            return Vec::new();
        }
        let siblings = self.model.children(parent);
        let unordered = |id: Id| {
            !self.model.nodes[id].is_phase()
                && !self.model.nodes[parent].numbered
                && self.model.any_order_bullets
        };
        let node = &self.model.nodes[id];
        let before: Vec<Id> = siblings.iter().copied().take_while(|sibling| *sibling != id).collect();
        if unordered(id) || before.is_empty() {
            return Vec::new();
        }
        if node.parallel {
            return self.alongside(id, &before);
        }
        if node.is_phase() { before } else { self.open(&before) }
    }

    /// What the sibling before waits for by its place; one that starts by a link is passed over.
    fn alongside(&self, id: Id, before: &[Id]) -> Vec<Id> {
        let Some(sibling) = before.iter().rev().find(|sibling| !self.starts_by_link(**sibling)) else {
            return Vec::new();
        };
        if self.model.nodes[id].is_phase() && !self.model.nodes[*sibling].is_phase() {
            // The list as a whole is the sibling, and it is the first thing in its phase.
            return Vec::new();
        }
        self.by_place(*sibling)
    }

    /// The siblings in a list that the next one waits for: the last that does not run alongside
    /// another, and everything after it.
    fn open(&self, before: &[Id]) -> Vec<Id> {
        let alone = |id: &Id| !self.model.nodes[*id].parallel && !self.starts_by_link(*id);
        let from = before.iter().rposition(alone).unwrap_or(0);
        before[from..].to_vec()
    }

    fn starts_by_link(&self, id: Id) -> bool {
        let links = &self.model.nodes[id].links;
        links
            .iter()
            .any(|(link, target, _)| matches!(link, Link::With | Link::During) && self.is_live(*target))
    }

    /// The moment before which the order lets a node start, pins of its own left aside; nothing when
    /// it waits for no step. Only what has no sibling to wait for asks what its phase waits for: what
    /// follows a pinned step starts from there.
    pub fn arrival(&self, id: Id) -> Option<i64> {
        let own = self.bounds(id).into_iter().filter_map(|bound| self.allows(bound));
        let first = self.by_place(id).is_empty();
        let parent = self.model.nodes[id].parent.filter(|_| first);
        let around = parent.and_then(|parent| match self.model.nodes[parent].at {
            Some(pin) if self.is_live(parent) => Some(pin),
            _ => self.arrival(parent),
        });
        own.chain(around).max()
    }

    fn allows(&self, bound: Bound) -> Option<i64> {
        match bound {
            Bound::With(id, lag) => Some(self.start_of(id) + lag),
            Bound::After(id, lag) => self.over(id).map(|over| over + lag),
        }
    }

    /// When all inside a node is over; what is dropped stands for what it waited for.
    fn over(&self, id: Id) -> Option<i64> {
        let own = match self.steps.get(&id) {
            Some(step) => Some(step.finish),
            None if self.is_live(id) => None,
            None => self.arrival(id),
        };
        own.max(self.model.children(id).into_iter().filter_map(|child| self.over(child)).max())
    }

    /// The last pin of the phases and groups around a node.
    pub fn pin_around(&self, id: Id) -> Option<i64> {
        self.model.around(id).iter().filter_map(|around| self.model.nodes[*around].at).max()
    }
}
