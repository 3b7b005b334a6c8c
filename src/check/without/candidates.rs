//! The steps of whoever drops out, and for each of them who could take it and who could not.

use std::collections::HashSet;

use super::{Absentee, AbsenteeKind};
use crate::check::people::{Fitness, Obstacle, Staff, is_done_by_somebody, members};
use crate::plan::{Given, Node, NodeId, Owner, PersonId, Plan};
use crate::schedule::{Placed, Schedule};
use crate::source::Sources;

/// So many of those who could take a step are kept, and so many of those who could not.
const MOST_KEPT: usize = 12;

/// What somebody who drops out had to do at a step.
#[derive(Debug, Clone)]
pub struct Share {
    /// The step.
    pub step: NodeId,
    /// How the plan calls for them there: the handle of a person, a role or a team.
    pub handle: String,
    /// Whether somebody has to be there: not for milestones, holds and what spans another step.
    pub needs_somebody: bool,
    /// The first who could take it, the best first.
    pub could: Vec<Candidate>,
    /// How many could.
    pub could_count: usize,
    /// The first who could not.
    pub could_not: Vec<Candidate>,
    /// How many could not.
    pub could_not_count: usize,
}

/// Somebody who is asked about a step.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Who.
    pub person: PersonId,
    /// Why they are asked.
    pub standing: Standing,
    /// What keeps them from it.
    pub obstacles: Vec<Obstacle>,
}

/// Why somebody is asked whether they could take a step, those first who are asked first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// They belong to the team whose step it is.
    Team,
    /// They are the backup.
    Backup,
    /// They are on the roster.
    Other,
}

impl Candidate {
    /// How well they could take it.
    #[must_use]
    pub fn fitness(&self) -> Fitness {
        self.obstacles.iter().map(Obstacle::leaves).max().unwrap_or(Fitness::Ready)
    }
}

impl Share {
    /// How well the best of the candidates could take it.
    #[must_use]
    pub fn best(&self) -> Fitness {
        if !self.needs_somebody {
            return Fitness::Ready;
        }
        self.could.first().map_or(Fitness::Never, Candidate::fitness)
    }
}

/// Everything that whoever drops out had to do, in run order, that on ways back last.
#[must_use]
pub fn shares(
    plan: &Plan,
    schedule: &Schedule,
    sources: &Sources,
    staff: &Staff<'_>,
    absentee: &Absentee,
) -> Vec<Share> {
    let lines = std::iter::once(&schedule.main).chain(&schedule.ways_back);
    let steps = lines.flat_map(|line| line.order.iter().copied());
    let mut shares = Vec::new();
    for id in steps {
        let (node, Some(placed)) = (plan.node(id), schedule.step(id)) else { continue };
        for handle in handles(plan, sources, node, placed, absentee) {
            shares.push(share(plan, staff, absentee, id, placed, handle));
        }
    }
    shares
}

/// How the plan calls for whoever drops out at a step; empty where they have no part in it.
fn handles(plan: &Plan, sources: &Sources, node: &Node, placed: &Placed, absentee: &Absentee) -> Vec<String> {
    let written = |given: &Given<Owner>| sources.text(given.span).trim_start_matches('@').to_owned();
    let is_theirs = |given: &&Given<Owner>| match (absentee.kind, given.value) {
        (AbsenteeKind::Role, _) => written(given) == absentee.handle,
        (_, Owner::Person(person)) => absentee.people.contains(&person),
        (_, Owner::Team(team)) => {
            let chosen = |person: &PersonId| placed.people.contains(person);
            let members = &plan.roster.team(team).members;
            members.iter().any(|member| absentee.people.contains(member) && chosen(member))
        }
    };
    node.owners.iter().filter(is_theirs).map(written).collect()
}

fn share(
    plan: &Plan,
    staff: &Staff<'_>,
    absentee: &Absentee,
    id: NodeId,
    placed: &Placed,
    handle: String,
) -> Share {
    let node = plan.node(id);
    let needs_somebody = is_done_by_somebody(node);
    let (mut could, mut could_not) = (Vec::new(), Vec::new());
    if needs_somebody {
        for (person, standing) in asked(plan, staff, absentee, node, placed) {
            let candidate = Candidate { person, standing, obstacles: staff.obstacles(person, id, placed) };
            let list = if candidate.fitness() == Fitness::Never { &mut could_not } else { &mut could };
            list.push(candidate);
        }
    }
    could.sort_by_key(Candidate::fitness);
    let (could_count, could_not_count) = (could.len(), could_not.len());
    could.truncate(MOST_KEPT);
    could_not.truncate(MOST_KEPT);
    Share { step: id, handle, needs_somebody, could, could_count, could_not, could_not_count }
}

/// Everybody who may be asked: the others of the team and the backups first, then the roster's order.
fn asked(
    plan: &Plan,
    staff: &Staff<'_>,
    absentee: &Absentee,
    node: &Node,
    placed: &Placed,
) -> Vec<(PersonId, Standing)> {
    let teams = node.owners.iter().map(|given| given.value).filter(|owner| matches!(owner, Owner::Team(_)));
    let teams = teams.map(|team| (team, Standing::Team));
    let backups = plan.backups(node, &placed.people).into_iter().map(|backup| (backup, Standing::Backup));
    let mut asked: Vec<(PersonId, Standing)> = Vec::new();
    let mut seen = HashSet::new();
    for (owner, standing) in teams.chain(backups) {
        let members = members(plan, &owner).iter().filter(|member| seen.insert(**member));
        asked.extend(members.map(|member| (*member, standing)));
    }
    asked.extend(staff.people().filter(|person| !seen.contains(person)).map(|one| (one, Standing::Other)));
    asked.retain(|(person, _)| !absentee.people.contains(person) && staff.may_take(*person, placed));
    asked
}
