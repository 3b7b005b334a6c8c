//! The order of what stands directly inside a phase, a group or the plan.
//!
//! Walks the children in written order and keeps two things: what the sibling before waited for by
//! its place (the base), and what the next one will wait for (the open ends). Where several ends
//! come together, one join vertex stands for all of them, so that edges stay few.

use super::build::Builder;
use super::{Cause, VertexId, Waits};
use crate::document::BlockId;
use crate::plan::{Arrangement, NodeId, NodeKind, Presence};

pub(super) struct Sequence<'a, 'b> {
    builder: &'a mut Builder<'b>,
    container: NodeId,
    /// What the sibling before waits for by its place.
    base: Option<VertexId>,
    /// The ends that what comes next waits for.
    open: Vec<VertexId>,
    /// Ends that something later has waited for, since the last list or phase began.
    passed: Vec<VertexId>,
    /// Whether what comes next begins a list or a phase, and so waits for everything before it.
    fresh: bool,
    list: Option<BlockId>,
    /// What the items of the list at hand wait for, when it has no order.
    unordered: Option<VertexId>,
    /// Whether that may still be among the open ends.
    unordered_is_open: bool,
    /// What the lists before wait for, all of them as one: a phase in parallel starts alongside them.
    lists: Option<Option<VertexId>>,
}

impl<'a, 'b> Sequence<'a, 'b> {
    pub(super) fn new(builder: &'a mut Builder<'b>, container: NodeId) -> Self {
        Self {
            builder,
            container,
            base: None,
            open: Vec::new(),
            passed: Vec::new(),
            fresh: true,
            list: None,
            unordered: None,
            unordered_is_open: false,
            lists: None,
        }
    }

    pub(super) fn build(mut self) {
        let plan = self.builder.plan;
        let line = plan.node(self.container).way_back;
        let children: Vec<NodeId> =
            plan.children(self.container).filter(|id| plan.node(*id).way_back == line).collect();
        let any_order = plan.node(self.container).arrangement == Arrangement::AnyOrder;
        for child in children {
            if any_order {
                self.without_order(child);
            } else {
                self.in_order(child);
            }
        }
        self.finish();
    }

    fn without_order(&mut self, child: NodeId) {
        self.inside(child);
        if self.builder.plan.node(child).presence != Presence::LeftOut {
            self.open.push(self.builder.finish(child));
        }
    }

    /// Everything inside waits for the beginning of what it is inside of.
    fn inside(&mut self, child: NodeId) {
        let (from, to) = (self.builder.start(self.container), self.builder.start(child));
        self.builder.edge(from, to, Waits::After, Cause::Inside);
    }

    fn in_order(&mut self, child: NodeId) {
        let node = self.builder.plan.node(child);
        let list = node.list.map(|place| place.list);
        if list.is_none() || list != self.list {
            self.fresh = true;
            self.list = list;
            self.unordered = None;
            if self.is_unordered(child) {
                self.unordered = Some(self.everything_before());
                self.unordered_is_open = true;
            }
        }
        let end = self.builder.finish(child);
        let is_there = node.presence != Presence::LeftOut;
        let parallel = node.parallel.is_some();
        if self.builder.starts_by_link(child) {
            // Begins by its link: only the beginning of the phase holds it back.
            self.inside(child);
        } else if let Some(base) = self.unordered {
            let first_in_parallel = parallel && self.fresh;
            let waits_for = if first_in_parallel { self.base } else { Some(base) };
            self.wait(child, waits_for);
            if is_there && !first_in_parallel {
                self.base = Some(base);
                self.fresh = false;
                // Whoever waits for this item waits for what it waits for.
                if std::mem::take(&mut self.unordered_is_open)
                    && let Some(at) = self.open.iter().position(|end| *end == base)
                {
                    self.passed.push(self.open.remove(at));
                }
            }
        } else if parallel {
            if list.is_none()
                && let Some(alongside) = self.lists.take()
            {
                self.base = alongside;
            }
            self.wait(child, self.base);
        } else {
            let before = if self.fresh { self.everything_before() } else { self.what_is_open() };
            self.wait(child, Some(before));
            self.base = Some(before);
            if is_there {
                self.passed.append(&mut self.open);
                self.fresh = false;
            } else if !self.open.contains(&before) {
                // It is not there: what comes next goes by what stood before it.
                self.open.push(before);
            }
        }
        if list.is_some() && self.lists.is_none() {
            self.lists = Some(self.base);
        } else if list.is_none() && !parallel {
            self.lists = None;
        }
        if is_there {
            self.open.push(end);
        }
    }

    /// Whether a child's list has no order among its items.
    fn is_unordered(&self, child: NodeId) -> bool {
        let plan = self.builder.plan;
        let bulleted = plan.node(child).list.is_some_and(|place| !place.numbered);
        let as_written = plan.node(self.container).arrangement == Arrangement::AsWritten;
        bulleted && as_written && plan.scopes.of(plan.node(child).part).bullets_any_order
    }

    fn wait(&mut self, child: NodeId, before: Option<VertexId>) {
        let start = self.builder.start(self.container);
        let before = before.unwrap_or(start);
        if before == start {
            self.inside(child);
            return;
        }
        let node = self.builder.plan.node(child);
        let cause = match (node.kind, node.list) {
            (NodeKind::Phase, _) | (_, None) => Cause::PageOrder,
            _ if self.fresh => Cause::PageOrder,
            (_, Some(place)) if place.numbered => Cause::NumberedList,
            _ => Cause::BulletedList,
        };
        let to = self.builder.start(child);
        self.builder.edge(before, to, Waits::After, cause);
    }

    /// One vertex for the open ends.
    fn what_is_open(&mut self) -> VertexId {
        match self.open.as_slice() {
            [] => self.base.unwrap_or_else(|| self.builder.start(self.container)),
            [one] => *one,
            _ => {
                let join = self.builder.join();
                for end in std::mem::take(&mut self.open) {
                    self.builder.edge(end, join, Waits::After, Cause::PageOrder);
                }
                self.open.push(join);
                join
            }
        }
    }

    /// One vertex for all that stands before: the open ends, and those that were waited for already
    /// (which matter when a pin among what followed them is missed).
    fn everything_before(&mut self) -> VertexId {
        if self.open.is_empty() {
            return self.builder.start(self.container);
        }
        if self.passed.is_empty() && self.open.len() == 1 {
            return self.open[0];
        }
        let join = self.builder.join();
        self.close_into(join);
        self.open.push(join);
        join
    }

    fn close_into(&mut self, vertex: VertexId) {
        for end in std::mem::take(&mut self.open) {
            self.builder.edge(end, vertex, Waits::After, Cause::PageOrder);
        }
        for end in std::mem::take(&mut self.passed) {
            if end != vertex {
                self.builder.edge(end, vertex, Waits::Within, Cause::PageOrder);
            }
        }
    }

    fn finish(mut self) {
        let (start, finish) = (self.builder.start(self.container), self.builder.finish(self.container));
        if !self.builder.is_live(self.container) {
            // Nothing inside counts: whoever waits for it waits for what it waited for.
            self.builder.edge(start, finish, Waits::Within, Cause::Inside);
        }
        let ends = std::mem::take(&mut self.open);
        for end in ends {
            self.builder.edge(end, finish, Waits::After, Cause::Inside);
        }
        for end in std::mem::take(&mut self.passed) {
            self.builder.edge(end, finish, Waits::Within, Cause::Inside);
        }
    }
}
