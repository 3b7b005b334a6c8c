//! The way back from every gate: how long it takes, and until when one can still turn back.
//!
//! Read off the finished schedule. The way back of a gate is its `else=` phase, else the undos of all
//! steps that begin before its end, the last step first, one undo after another by the clock. Every
//! undo is written down once, with running totals, so that a gate costs a search and no walk.

use std::collections::HashMap;

use super::facts::{Length, length_of};
use super::{Moment, Schedule};
use crate::plan::{Estimate, NodeId, Owner, Plan, StepKind, WindowId};
use crate::source::Span;

/// All that the steps of the main line say about being taken back.
#[derive(Debug, Clone)]
pub struct WaysBack {
    /// The undos in the order in which they are done: the last step first.
    undos: Vec<UndoStep>,
    /// How long the undos from each on take together, as planned and at their longest; one more than there are undos.
    totals: Vec<Lengths>,
    /// By `.rollback` phase: how long it takes when every range takes its longest, in seconds.
    phases: HashMap<NodeId, i64>,
    /// The steps after which there is no way back, by when they begin.
    no_returns: Vec<(Moment, NodeId)>,
}

/// How long something takes, in seconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Lengths {
    /// As planned.
    pub planned: i64,
    /// When every range takes its longest.
    pub longest: i64,
}

/// One `undo:`, as it is done on a way back.
#[derive(Debug, Clone)]
pub struct UndoStep {
    /// The step that it takes back.
    pub step: NodeId,
    /// Which of that step's undos it is, from 0.
    pub place: usize,
    /// When that step begins.
    pub begins: Moment,
    /// Who does it: as written on it, else those who do the step.
    pub owners: Vec<Owner>,
    /// The estimate that it is planned with.
    pub estimate: Estimate,
    /// Its planned length in seconds.
    pub seconds: i64,
    /// Its longest, in seconds.
    pub longest: i64,
    /// Whether nobody wrote how long it takes.
    pub assumed: bool,
}

/// Where a way back leads through.
#[derive(Debug, Clone, Copy)]
pub enum Through<'a> {
    /// The phase that `else=` names.
    Phase(NodeId),
    /// Undos, in the order in which they are done.
    Undos(&'a [UndoStep]),
    /// Nothing is written.
    Nothing,
}

/// The way back from one moment of the main line.
#[derive(Debug, Clone, Copy)]
pub struct WayBack<'a> {
    /// Where it leads through.
    pub through: Through<'a>,
    /// How long it takes, in seconds.
    pub seconds: i64,
    /// The same when every range in it takes its longest.
    pub longest: i64,
    /// The step that has begun by then and can't be taken back; undos lead no further than to it.
    pub no_return: Option<NodeId>,
}

/// The way back from a gate, with the latest moment to take it.
#[derive(Debug, Clone, Copy)]
pub struct GateWayBack<'a> {
    /// The way back from the gate's end.
    pub way: WayBack<'a>,
    /// By when one has to be back.
    pub limit: Option<Limit>,
    /// The last moment at which one can still turn back; none without a way back, or without a limit.
    pub latest: Option<Moment>,
}

/// By when one has to be back.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    /// The moment.
    pub end: Moment,
    /// What ends then.
    pub source: LimitSource,
}

/// What limits a way back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LimitSource {
    /// The gate's window closes.
    Window(WindowId),
    /// A deadline of the gate, and where it is written.
    By(Span),
}

impl WaysBack {
    /// Collects the undos of a plan.
    #[must_use]
    pub fn new(plan: &Plan, schedule: &Schedule) -> Self {
        let order = &schedule.main.order;
        let undos: Vec<UndoStep> = order.iter().rev().flat_map(|id| undos_of(plan, schedule, *id)).collect();
        let mut totals = vec![Lengths::default(); undos.len() + 1];
        for (index, undo) in undos.iter().enumerate().rev() {
            let Lengths { planned, longest } = totals[index + 1];
            totals[index] = Lengths { planned: planned + undo.seconds, longest: longest + undo.longest };
        }
        let begins = |id: &NodeId| schedule.step(*id).map(|placed| (placed.start, *id));
        let no_returns = order
            .iter()
            .filter(|id| plan.node(**id).step.as_ref().is_some_and(|step| step.no_return.is_some()));
        let phases = schedule.ways_back.iter().map(|line| (line.root, line.worst_finish - line.start));
        Self { undos, totals, phases: phases.collect(), no_returns: no_returns.filter_map(begins).collect() }
    }

    /// How long a `.rollback` phase takes when every range takes its longest, in seconds; nothing for other phases.
    #[must_use]
    pub fn longest_of(&self, phase: NodeId) -> Option<i64> {
        self.phases.get(&phase).copied()
    }

    /// The way back from a gate of the main line.
    #[must_use]
    pub fn of_gate(&self, plan: &Plan, schedule: &Schedule, gate: NodeId) -> Option<GateWayBack<'_>> {
        let node = plan.node(gate);
        if node.step_kind() != StepKind::Gate || node.way_back.is_some() {
            return None;
        }
        let placed = schedule.step(gate)?;
        let by_undos = self.undoing(placed.finish, Some(gate));
        let phase = node.step.as_ref().and_then(|step| step.no_go.as_ref()).map(|given| given.value);
        let way = match phase.and_then(|phase| Some((phase, schedule.groups[phase.index()]?))) {
            Some((phase, stretch)) => {
                let seconds = stretch.end - stretch.start;
                let longest = self.longest_of(phase).unwrap_or(seconds);
                WayBack { through: Through::Phase(phase), seconds, longest, ..by_undos }
            }
            None => by_undos,
        };
        let limit = limit(plan, schedule, gate);
        let latest = limit.filter(|_| way.leads_back()).map(|limit| limit.end - way.seconds);
        Some(GateWayBack { way, limit, latest })
    }

    /// The undos of all steps that begin before a moment. A step of no return that is `but` itself
    /// does not count as one that has begun.
    #[must_use]
    pub fn undoing(&self, moment: Moment, but: Option<NodeId>) -> WayBack<'_> {
        let first = self.undos.partition_point(|undo| undo.begins >= moment);
        let begun = self.no_returns.partition_point(|(begins, _)| *begins < moment);
        let stop = self.no_returns[..begun].iter().rev().find(|(_, id)| Some(*id) != but);
        let last = stop.map_or(self.undos.len(), |(stop, _)| {
            self.undos.partition_point(|undo| undo.begins >= *stop).max(first)
        });
        let undos = &self.undos[first..last];
        WayBack {
            through: if undos.is_empty() { Through::Nothing } else { Through::Undos(undos) },
            seconds: self.totals[first].planned - self.totals[last].planned,
            longest: self.totals[first].longest - self.totals[last].longest,
            no_return: stop.map(|(_, id)| *id),
        }
    }

    /// The undos of steps that begin before a moment, whether or not they lead all the way back.
    #[must_use]
    pub fn written_before(&self, moment: Moment) -> &[UndoStep] {
        &self.undos[self.undos.partition_point(|undo| undo.begins >= moment)..]
    }

    /// The undo that is the first to become possible from a moment on.
    #[must_use]
    pub fn first_written_from(&self, moment: Moment) -> Option<&UndoStep> {
        self.undos[..self.undos.partition_point(|undo| undo.begins >= moment)].last()
    }
}

impl WayBack<'_> {
    /// Whether it leads back to where everything began: a phase that somebody named for it does, and
    /// so do undos while nothing has begun that can't be taken back.
    #[must_use]
    pub fn leads_back(&self) -> bool {
        match self.through {
            Through::Phase(_) => true,
            Through::Undos(_) => self.no_return.is_none(),
            Through::Nothing => false,
        }
    }
}

impl GateWayBack<'_> {
    /// The last moment at which one can still turn back when every range of the way back takes its longest; nothing
    /// where that is the same as planned.
    #[must_use]
    pub fn latest_at_worst(&self) -> Option<Moment> {
        let longer = self.way.longest - self.way.seconds;
        self.latest.filter(|_| longer > 0).map(|latest| latest - longer)
    }

    /// How far the gate ends after its latest back-out, in seconds.
    #[must_use]
    pub fn late_by(&self, finish: Moment) -> Option<i64> {
        self.latest.filter(|latest| finish > *latest).map(|latest| finish - latest)
    }
}

/// The undos of one step, in written order.
pub fn undos_of<'a>(
    plan: &'a Plan,
    schedule: &'a Schedule,
    id: NodeId,
) -> impl Iterator<Item = UndoStep> + 'a {
    let placed = schedule.step(id);
    let step = plan.node(id).step.as_ref();
    step.into_iter().zip(placed).flat_map(move |(step, placed)| {
        step.undos.iter().enumerate().map(move |(place, undo)| {
            let estimate = undo.estimate.as_ref().map(|given| given.value);
            let planned = estimate.unwrap_or_else(|| plan.default_estimate(plan.node(id)));
            let owners: Vec<Owner> = if undo.owners.is_empty() {
                placed.people.iter().map(|person| Owner::Person(*person)).collect()
            } else {
                undo.owners.iter().map(|given| given.value).collect()
            };
            UndoStep {
                step: id,
                place,
                begins: placed.start,
                owners,
                estimate: planned,
                seconds: seconds(planned),
                longest: seconds(Estimate::exactly(planned.most)),
                assumed: estimate.is_none(),
            }
        })
    })
}

/// As on every way back, whose moment nobody knows, a day of work is eight hours in one go.
fn seconds(estimate: Estimate) -> i64 {
    match length_of(estimate, false, false) {
        Length::Clock(seconds) | Length::Work(seconds) | Length::Calendar { seconds, .. } => seconds,
        Length::Span => 0,
    }
}

/// The end of a gate's window or its deadline, whichever is earlier.
fn limit(plan: &Plan, schedule: &Schedule, gate: NodeId) -> Option<Limit> {
    let placed = schedule.step(gate)?;
    let window = plan.node(gate).window.as_ref().and_then(|given| {
        let window = schedule.windows[given.value.index()]?;
        Some(Limit { end: window.end, source: LimitSource::Window(given.value) })
    });
    let by = placed.by.zip(placed.by_span);
    let by = by.map(|(end, span)| Limit { end, source: LimitSource::By(span) });
    window.into_iter().chain(by).min_by_key(|limit| limit.end)
}
