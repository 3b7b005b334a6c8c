//! Whom a step is told to: what waits for it, and what begins with it.

use std::collections::HashSet;

use crate::plan::{NodeId, Plan};
use crate::schedule::{Placed, ReasonKind, Schedule};

/// Whoever has more steps than this to tell of tells of their groups instead.
const MOST_TOLD: usize = 12;

/// What follows from every step.
pub(super) struct Told {
    /// By node: the steps that directly wait for it.
    pub(super) next: Vec<Vec<NodeId>>,
    /// By node: the steps that begin with it.
    pub(super) joined: Vec<Vec<NodeId>>,
    /// By node: the steps that it keeps from starting by what it locks.
    pub(super) freed: Vec<Vec<NodeId>>,
}

impl Told {
    pub(super) fn new(plan: &Plan, schedule: &Schedule) -> Self {
        let mut next: Vec<Vec<NodeId>> = vec![Vec::new(); plan.nodes.len()];
        let mut joined: Vec<Vec<NodeId>> = vec![Vec::new(); plan.nodes.len()];
        let mut freed: Vec<Vec<NodeId>> = vec![Vec::new(); plan.nodes.len()];
        let lines = std::iter::once(&schedule.main).chain(&schedule.ways_back);
        for &id in lines.flat_map(|line| &line.order) {
            for before in schedule.step(id).into_iter().flat_map(|placed| &placed.waits_for) {
                next[before.index()].push(id);
            }
            for other in schedule.step(id).into_iter().flat_map(|placed| &placed.starts_with) {
                joined[other.index()].push(id);
            }
            for other in schedule.step(id).into_iter().flat_map(held_by) {
                freed[other.index()].push(id);
            }
        }
        for list in next.iter_mut().filter(|list| list.len() > MOST_TOLD) {
            *list = by_group(plan, list);
        }
        Self { next, joined, freed }
    }
}

/// The steps that keep a step from starting by what they lock, and for which it does not wait otherwise.
pub(super) fn held_by(placed: &Placed) -> impl Iterator<Item = NodeId> {
    let is_lock = placed.reason.kind == ReasonKind::Lock;
    placed.reason.steps.iter().copied().filter(move |other| is_lock && !placed.waits_for.contains(other))
}

/// Many steps to tell of, as the groups and phases they stand in.
fn by_group(plan: &Plan, steps: &[NodeId]) -> Vec<NodeId> {
    let mut seen = HashSet::new();
    let around = |id: NodeId| plan.node(id).parent.filter(|parent| parent.index() != 0).unwrap_or(id);
    steps.iter().map(|id| around(*id)).filter(|id| seen.insert(*id)).collect()
}
