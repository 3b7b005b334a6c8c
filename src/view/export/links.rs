//! What each step directly waits for, with what is added and by which word it is written.
//!
//! The steps are those of the schedule (without what another implies); a lag is looked for among the links
//! of the step and of what is around it.

use crate::plan::{LinkKind, NodeId};
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

/// How a step hangs on another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// It starts after that has ended.
    After,
    /// It starts no earlier than that starts.
    With,
}

impl Presenter<'_> {
    /// What a step waits for, by number, and then what it starts with.
    pub(super) fn step_links(&self, id: NodeId) -> Vec<StepLink> {
        let Some(placed) = self.placed(id) else { return Vec::new() };
        let after = placed.waits_for.iter().map(|from| self.step_link(id, *from, How::After));
        let with = placed.starts_with.iter().map(|from| self.step_link(id, *from, How::With));
        after.chain(with).collect()
    }

    fn step_link(&self, id: NodeId, from: NodeId, how: How) -> StepLink {
        let plan = self.plan();
        let mut found = StepLink { from, how, lag: 0, written: None };
        // What is around both does not hold them apart.
        let around = plan.around(id).take_while(|around| !is_inside(from, *around, plan.node(*around).end));
        for node in std::iter::once(id).chain(around) {
            for link in &plan.node(node).links {
                let covers = link.target == from || is_inside(from, link.target, plan.node(link.target).end);
                if !covers || how_of(link.kind) != how {
                    continue;
                }
                found.written = found.written.or(Some(link.kind));
                found.lag = found.lag.max(link.lag.calendar_days() * 86_400 + link.lag.seconds);
            }
        }
        found
    }
}

fn how_of(kind: LinkKind) -> How {
    match kind {
        LinkKind::After | LinkKind::RightAfter => How::After,
        LinkKind::With | LinkKind::During => How::With,
    }
}

fn is_inside(inner: NodeId, outer: NodeId, end: NodeId) -> bool {
    outer < inner && inner < end
}
