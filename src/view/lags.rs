//! Pauses between steps: what is added to the end of one, or to its beginning, before another may start; and the locks
//! that hold a step back.
//!
//! A pause is looked for among the links of a step and of what is around it, to a step and to what is around that.

use std::collections::{HashMap, HashSet};

use super::presenter::Presenter;
use super::told::held_by;
use super::words;
use crate::plan::{Duration, LinkKind, NodeId, Plan};

/// How a step hangs on another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum How {
    /// It starts after that has ended.
    After,
    /// It starts no earlier than that starts.
    With,
}

impl How {
    /// What a written link asks for.
    pub(super) fn of(kind: LinkKind) -> Self {
        match kind {
            LinkKind::After | LinkKind::RightAfter => Self::After,
            LinkKind::With | LinkKind::During => Self::With,
        }
    }
}

/// The pauses that a plan writes.
pub(super) struct Lags {
    /// What writes any.
    waiting: HashSet<NodeId>,
    /// By who waits and what is named.
    written: HashMap<(NodeId, NodeId, How), Duration>,
}

impl Lags {
    pub(super) fn new(plan: &Plan) -> Self {
        let links = plan.ids().flat_map(|id| plan.node(id).links.iter().map(move |link| (id, link)));
        let mut lags = Self { waiting: HashSet::new(), written: HashMap::new() };
        for (id, link) in links.filter(|(_, link)| link.lag != Duration::default()) {
            lags.waiting.insert(id);
            let known = lags.written.entry((id, link.target, How::of(link.kind))).or_insert(link.lag);
            if seconds(link.lag) > seconds(*known) {
                *known = link.lag;
            }
        }
        lags
    }
}

/// How long a pause is, in seconds: time passes in it, and a day has 24 hours.
pub(super) fn seconds(lag: Duration) -> i64 {
    lag.calendar_days() * 86_400 + lag.seconds()
}

impl Presenter<'_> {
    /// The longest pause that is written between a step and another; nothing where there is none.
    pub(super) fn lag(&self, from: NodeId, to: NodeId, how: How) -> Option<Duration> {
        let plan = self.plan();
        let lags = self.lags.get_or_init(|| Lags::new(plan));
        if lags.waiting.is_empty() {
            return None;
        }
        let around = |id: NodeId| std::iter::once(id).chain(plan.around(id));
        // However deep both stand, few of those around write a pause.
        let waiting = around(to).filter(|to| lags.waiting.contains(to));
        let between =
            waiting.flat_map(|to| around(from).filter_map(move |from| lags.written.get(&(to, from, how))));
        between.copied().max_by_key(|lag| seconds(*lag))
    }

    /// Whether any pause is written.
    pub(super) fn has_pauses(&self) -> bool {
        !self.lags.get_or_init(|| Lags::new(self.plan())).waiting.is_empty()
    }

    /// Whether any step is held back by what another has locked.
    pub(super) fn has_locks(&self) -> bool {
        let order = &self.schedule().main.order;
        order.iter().filter_map(|id| self.placed(*id)).any(|placed| held_by(placed).next().is_some())
    }

    /// The same in words: `30 min`.
    pub(super) fn lag_in_words(&self, from: NodeId, to: NodeId, how: How) -> Option<String> {
        self.lag(from, to, how).map(|lag| words::length(seconds(lag)))
    }

    /// The systems that both of two steps lock, listed.
    pub(super) fn locked_by_both(&self, id: NodeId, other: NodeId) -> String {
        let plan = self.plan();
        let locks =
            |id: NodeId| plan.node(id).step.iter().flat_map(|step| &step.locks).map(|given| given.value);
        let shared = locks(other).filter(|system| locks(id).any(|own| own == *system));
        let names = shared.map(|system| plan.systems[system.index()].name.clone());
        words::listed(&names.collect::<Vec<_>>())
    }
}
