//! What a schedule says of each step and each line: where it stands, who does it, how far it may slip, and
//! why it starts when it does.

use std::borrow::Cow;

use super::{Moment, Outage, Stretch};
use crate::plan::{NodeId, PersonId, TeamId};
use crate::source::Span;

/// Where a step stands.
#[derive(Debug, Clone)]
pub struct Placed {
    /// When it starts.
    pub start: Moment,
    /// When it ends.
    pub finish: Moment,
    /// Everybody who does it.
    pub people: Box<[PersonId]>,
    /// The teams from each of which somebody was chosen.
    pub teams: Box<[TeamId]>,
    /// Whether nobody wrote the estimate that was planned with.
    pub assumed: bool,
    /// Its planned length in seconds; of work in days the working time.
    pub seconds: i64,
    /// When it starts and ends when every range takes its longest.
    pub worst: Stretch,
    /// How far its start can slip, in seconds.
    pub slack: i64,
    /// Its number in run order, from 1; on ways back counted on from one to the next.
    pub number: usize,
    /// Why it starts when it does.
    pub reason: Reason,
    /// What it directly waits for, by number; phases with many last steps at the end.
    pub waits_for: Box<[NodeId]>,
    /// What it starts with, or spans.
    pub starts_with: Box<[NodeId]>,
    /// By when it must be finished.
    pub by: Option<Moment>,
    /// Where that is written.
    pub by_span: Option<Span>,
    /// Of work in days and weeks the stretches in which it is done; nothing for a step done in one go.
    pub worked: Option<Box<[Stretch]>>,
}

impl Placed {
    /// Whether it can't slip at all.
    #[must_use]
    pub fn is_critical(&self) -> bool {
        self.slack == 0
    }

    /// The stretches in which it is done: one, unless it is work that pauses.
    #[must_use]
    pub fn stretches(&self) -> Cow<'_, [Stretch]> {
        match &self.worked {
            Some(worked) => Cow::Borrowed(worked),
            None => Cow::Owned(vec![Stretch { start: self.start, end: self.finish }]),
        }
    }
}

/// Why a step starts when it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// What it waited for last.
    pub kind: ReasonKind,
    /// The steps that this was, in written order.
    pub steps: Vec<NodeId>,
}

/// What a start waited for last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReasonKind {
    /// The plan's start.
    Start,
    /// A step before it.
    Step,
    /// Somebody who was busy.
    Person,
    /// A system that was locked.
    Lock,
    /// Its pin, or that of a phase around it.
    Pin,
    /// `from=`
    From,
    /// The start of its window.
    Window,
    /// `.late`
    Late,
}

impl ReasonKind {
    /// A reason that no step gives.
    pub(super) fn alone(self) -> Reason {
        Reason { kind: self, steps: Vec::new() }
    }

    /// Its name in machine output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Step => "step",
            Self::Person => "person",
            Self::Lock => "lock",
            Self::Pin => "pin",
            Self::From => "from",
            Self::Window => "window",
            Self::Late => "late",
        }
    }
}

/// The steps of the main line, or of a way back, in run order.
#[derive(Debug, Clone)]
pub struct Line {
    /// The `.rollback` phase, or the whole plan.
    pub root: NodeId,
    /// Its steps in run order.
    pub order: Vec<NodeId>,
    /// When it starts.
    pub start: Moment,
    /// When its last step ends.
    pub finish: Moment,
    /// The same when every range takes its longest.
    pub worst_finish: Moment,
    /// When systems are down, by system, and of each in run order; they may overlap.
    pub outages: Vec<Outage>,
}
