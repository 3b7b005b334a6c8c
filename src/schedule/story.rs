//! What is told of each step of a line beside its place: its number, what it waits for, why it starts when it does.

use super::board::Board;
use super::busy::Stretch;
use super::facts::Length;
use super::number;
use super::placed::{Placed, Reason};
use super::reason::Reasons;
use super::slack::Slack;
use super::waits::Waited;
use super::worst::Outcome;
use crate::plan::{NodeId, StepKind};

/// What is told of the steps of a line besides their slack.
pub(super) struct Story {
    /// The steps in run order.
    order: Vec<NodeId>,
    /// In that order.
    told: Vec<Option<Told>>,
}

/// What is told of one step.
struct Told {
    number: usize,
    waited: Waited,
    reason: Reason,
}

impl Story {
    /// `waited` is by vertex.
    pub(super) fn of(board: &Board<'_>, mut waited: Vec<Option<Waited>>, numbered: usize) -> Self {
        let order = number::run_order(board);
        let reasons = Reasons::new(board);
        // As long as what is inside the root: a plan may have thousands of ways back.
        let root = board.graph.root();
        let mut numbers = vec![usize::MAX; board.plan.node(root).end.index() - root.index()];
        for (index, id) in order.iter().enumerate() {
            numbers[id.index() - root.index()] = numbered + index + 1;
        }
        let number = |id: NodeId| {
            let inside = id.index().checked_sub(root.index());
            inside.and_then(|inside| numbers.get(inside)).copied().unwrap_or(usize::MAX)
        };
        let mut tell = |id: NodeId| {
            let vertex = board.graph.start_of(id)?;
            let mut waited = waited[vertex.index()].take()?;
            waited.waits_for.sort_by_key(|node| (number(*node), *node));
            waited.waits_for.dedup();
            waited.starts_with.sort_by_key(|node| (number(*node), *node));
            Some(Told { number: number(id), waited, reason: reasons.reason(vertex) })
        };
        let told = order.iter().map(|id| tell(*id)).collect();
        Self { order, told }
    }
}

/// Writes down what was found out about every step of a line; they come out in run order.
pub(super) fn collect(
    board: &Board<'_>,
    slack: &Slack,
    worst: &Outcome,
    story: Story,
    put: &mut dyn FnMut(NodeId, Placed),
) -> Vec<NodeId> {
    let Story { order, told } = story;
    for (&id, told) in order.iter().zip(told) {
        let (Some(vertex), Some(Told { number, waited, reason })) = (board.graph.start_of(id), told) else {
            continue;
        };
        let (Some(facts), Some(place)) = (board.facts(vertex), &board.places[vertex.index()]) else {
            continue;
        };
        let node = board.plan.node(id);
        let seconds = match facts.length {
            Length::Clock(seconds) | Length::Work(seconds) => seconds,
            Length::Calendar { .. } | Length::Span => place.finish - place.start,
        };
        let written = node.step.as_ref().is_some_and(|step| step.estimate.is_some());
        let needs_none = node.step_kind() == StepKind::Milestone || facts.length == Length::Span;
        let placed = Placed {
            start: place.start,
            finish: place.finish,
            people: place.people.as_slice().into(),
            teams: facts.teams.clone(),
            assumed: !written && !needs_none,
            seconds,
            worst: Stretch { start: worst.start[vertex.index()], end: worst.finish[vertex.index()] },
            slack: (slack.latest[vertex.index()] - place.start).max(0),
            number,
            reason,
            waits_for: waited.waits_for.into(),
            starts_with: waited.starts_with.into(),
            by: facts.by,
            by_span: facts.by_span,
            worked: matches!(facts.length, Length::Work(_)).then(|| place.taken.as_slice().into()),
        };
        put(id, placed);
    }
    order
}
