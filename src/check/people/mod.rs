//! People: who is away or off duty, who lacks a credential, who has no fit backup, who carries too much.
//!
//! One rule a file. What all of them ask is answered by [`Staff`], which knows everybody's absences,
//! hours, credentials and steps. Milestones, holds and what spans another step are not asked about.

mod backup_unfit;
mod calendar;
mod messages;
mod no_backup;
mod nobody_has_access;
mod on_way_back;
mod outside_hours;
mod overloaded;
mod owner_away;
mod owner_lacks_access;
mod scene;
mod single_access;
mod staff;

pub use staff::{Fitness, Obstacle, Staff, is_done_by_somebody, is_unattended, members, time_of};

use super::{Check, Subject};
use crate::plan::{Node, NodeId};
use crate::schedule::Placed;

/// The rules about people.
pub(super) const CHECKS: [Check; 9] = [
    owner_away::check,
    outside_hours::check,
    on_way_back::check,
    owner_lacks_access::check,
    nobody_has_access::check,
    single_access::check,
    no_backup::check,
    backup_unfit::check,
    overloaded::check,
];

/// For so many diagnostics of a rule somebody is looked for who could help.
const MOST_SUGGESTIONS: usize = 100;

/// So many steps, people or hours are named before the others are counted, or left out.
const MOST_NAMED: usize = 5;

/// The steps of the main line that somebody has to do, in run order.
fn steps<'a>(subject: &Subject<'a>) -> impl Iterator<Item = (NodeId, &'a Node, &'a Placed)> {
    let (plan, schedule) = (subject.plan, subject.schedule);
    let placed = |id: NodeId| Some((id, plan.node(id), schedule.step(id)?));
    let steps = schedule.main.order.iter().copied().filter_map(placed);
    steps.filter(|(_, node, _)| is_done_by_somebody(node))
}

/// The same, with those of the ways back after them, for what does not depend on the calendar.
fn all_steps<'a>(subject: &Subject<'a>) -> impl Iterator<Item = (NodeId, &'a Node, &'a Placed)> {
    let (plan, schedule) = (subject.plan, subject.schedule);
    let lines = std::iter::once(&schedule.main).chain(&schedule.ways_back);
    let placed = |id: NodeId| Some((id, plan.node(id), schedule.step(id)?));
    let steps = lines.flat_map(|line| line.order.iter().copied()).filter_map(placed);
    steps.filter(|(_, node, _)| is_done_by_somebody(node))
}

/// Steps on whose failure the launch waits: critical ones and gates.
fn is_decisive(node: &Node, placed: &Placed) -> bool {
    placed.is_critical() || node.step_kind() == crate::plan::StepKind::Gate
}
