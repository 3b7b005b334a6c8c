//! What each step directly waits for, with what is added and by which word it is written.
//!
//! The steps are those of the schedule (without what another implies).

use std::collections::HashMap;

use crate::plan::{LinkKind, NodeId};
use crate::view::lags::{self, How};
use crate::view::presenter::Presenter;

/// Something that a step waits for or starts with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct StepLink {
    /// The step, or a phase or group with many last steps.
    pub(super) from: NodeId,
    /// Whether it is waited for, or started with.
    pub(super) how: How,
    /// What is added, in seconds; a day has 24 hours.
    pub(super) lag: i64,
    /// The word by which it is written; nothing where the order of the page says it.
    pub(super) written: Option<LinkKind>,
}

/// Every written link of a plan: by who waits and what is named.
pub(super) struct Links<'a> {
    presenter: &'a Presenter<'a>,
    written: HashMap<(NodeId, NodeId, How), LinkKind>,
}

impl<'a> Links<'a> {
    pub(super) fn new(presenter: &'a Presenter<'a>) -> Self {
        let plan = presenter.plan();
        let mut written = HashMap::new();
        for id in plan.ids() {
            for link in &plan.node(id).links {
                written.entry((id, link.target, How::of(link.kind))).or_insert(link.kind);
            }
        }
        Self { presenter, written }
    }

    /// What a step waits for, by number, and then what it starts with.
    pub(super) fn of(&self, id: NodeId) -> Vec<StepLink> {
        let Some(placed) = self.presenter.placed(id) else { return Vec::new() };
        let plan = self.presenter.plan();
        let around = std::iter::once(id).chain(plan.around(id));
        let waiting: Vec<NodeId> = around.filter(|node| !plan.node(*node).links.is_empty()).collect();
        let after = placed.waits_for.iter().map(|from| self.link(id, &waiting, *from, How::After));
        let with = placed.starts_with.iter().map(|from| self.link(id, &waiting, *from, How::With));
        after.chain(with).collect()
    }

    /// `waiting` are the step and those around it that have links.
    fn link(&self, id: NodeId, waiting: &[NodeId], from: NodeId, how: How) -> StepLink {
        let lag = self.presenter.lag(from, id, how).map_or(0, lags::seconds);
        let mut found = StepLink { from, how, lag, written: None };
        for node in waiting {
            for named in std::iter::once(from).chain(self.presenter.plan().around(from)) {
                found.written = found.written.or(self.written.get(&(*node, named, how)).copied());
            }
        }
        found
    }
}
