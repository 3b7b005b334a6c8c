//! Who could do a step: who is there then, on duty, holds what it needs, and is free.
//!
//! Built once from the plan and its schedule; a question costs by the logarithm of what somebody does.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use super::calendar::Calendar;
use crate::plan::{Given, Node, NodeId, Owner, PersonId, Plan, StepKind};
use crate::schedule::{Absence, Moment, Placed, Schedule, Stretch};
use crate::source::Span;

/// The people of a plan, and when each of them is taken.
pub struct Staff<'a> {
    plan: &'a Plan,
    schedule: &'a Schedule,
    /// Who holds a credential, in the order of the roster.
    holders: HashMap<&'a str, Vec<PersonId>>,
    away: Vec<Calendar<Span>>,
    busy: OnceLock<Vec<Calendar<NodeId>>>,
}

/// What keeps somebody from doing a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Obstacle {
    /// They are away.
    Away(Absence),
    /// They don't hold these credentials.
    Lacks(Vec<String>),
    /// They do another step at that time.
    Busy {
        /// The other step.
        with: NodeId,
        /// When they are free of it again.
        until: Moment,
    },
    /// They are not on duty from this moment on.
    OffDuty(Moment),
}

/// How well somebody could take a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fitness {
    /// As it is planned.
    Ready,
    /// Outside their hours.
    OffDuty,
    /// Later, when they are free.
    Later,
    /// Not at all.
    Never,
}

impl Obstacle {
    /// How well somebody could take a step all the same.
    #[must_use]
    pub fn leaves(&self) -> Fitness {
        match self {
            Self::Away(_) | Self::Lacks(_) => Fitness::Never,
            Self::Busy { .. } => Fitness::Later,
            Self::OffDuty(_) => Fitness::OffDuty,
        }
    }
}

impl<'a> Staff<'a> {
    /// The people of a plan.
    #[must_use]
    pub fn new(plan: &'a Plan, schedule: &'a Schedule) -> Self {
        let mut holders: HashMap<&str, Vec<PersonId>> = HashMap::new();
        for (index, person) in plan.roster.people.iter().enumerate() {
            let id = PersonId::new(index);
            for credential in &person.access {
                let list = holders.entry(credential.value.as_str()).or_default();
                if list.last() != Some(&id) {
                    list.push(id);
                }
            }
        }
        let away = schedule.workers.iter().map(|worker| {
            Calendar::new(worker.away.iter().map(|absence| (absence.stretch, absence.span)).collect())
        });
        Self { plan, schedule, holders, away: away.collect(), busy: OnceLock::new() }
    }

    /// Everybody who holds a credential, in the order of the roster.
    #[must_use]
    pub fn holders(&self, credential: &str) -> &[PersonId] {
        self.holders.get(credential).map_or(&[], Vec::as_slice)
    }

    /// Every credential that somebody holds, in the order of the alphabet.
    #[must_use]
    pub fn credentials(&self) -> Vec<&'a str> {
        let mut all: Vec<&str> = self.holders.keys().copied().collect();
        all.sort_unstable();
        all
    }

    /// The credentials of a step that somebody does not hold. Without a roster nobody can say who holds
    /// what, and of an entry that could not be read whole neither.
    #[must_use]
    pub fn lacks(&self, person: PersonId, node: &'a Node) -> Vec<&'a Given<String>> {
        if !self.plan.roster.declared || self.plan.roster.person(person).misread {
            return Vec::new();
        }
        once(&node.access).filter(|given| !self.holds(person, &given.value)).collect()
    }

    /// An absence that falls into a time.
    #[must_use]
    pub fn away(&self, person: PersonId, time: Stretch) -> Option<Absence> {
        let (stretch, span) = self.away[person.index()].within(time)?;
        Some(Absence { stretch, span })
    }

    /// An absence that takes all of a time.
    #[must_use]
    pub fn away_throughout(&self, person: PersonId, time: Stretch) -> Option<Absence> {
        let (stretch, span) = self.away[person.index()].around(time)?;
        Some(Absence { stretch, span })
    }

    /// A step that occupies somebody in a time, and when they are free of it again.
    #[must_use]
    pub fn busy(&self, person: PersonId, time: Stretch) -> Option<(NodeId, Moment)> {
        let busy = self.busy.get_or_init(|| self.read_busy());
        busy[person.index()].within(time).map(|(stretch, step)| (step, stretch.end))
    }

    fn read_busy(&self) -> Vec<Calendar<NodeId>> {
        let mut taken = vec![Vec::new(); self.plan.roster.people.len()];
        for &id in &self.schedule.main.order {
            let Some(placed) = self.schedule.step(id).filter(|_| self.plan.node(id).occupies()) else {
                continue;
            };
            for person in &placed.people {
                taken[person.index()].extend(placed.stretches().iter().map(|stretch| (*stretch, id)));
            }
        }
        taken.into_iter().map(Calendar::new).collect()
    }

    /// How well somebody could take a step: what [`Self::obstacles`] leaves, found without the reasons.
    #[must_use]
    pub fn fitness(&self, person: PersonId, id: NodeId, placed: &Placed) -> Fitness {
        let node = self.plan.node(id);
        let time = time_of(node, placed);
        let (pauses, is_dated) = (placed.worked.is_some(), node.way_back.is_none());
        let is_away = || {
            let away = if pauses { self.away_throughout(person, time) } else { self.away(person, time) };
            away.is_some()
        };
        let is_busy = || node.occupies() && self.busy(person, time).is_some();
        if (is_dated && is_away()) || self.lacks_any(person, node) {
            Fitness::Never
        } else if pauses || !is_dated {
            Fitness::Ready
        } else if is_busy() {
            Fitness::Later
        } else if self.schedule.workers[person.index()].off_duty(time).is_some() {
            Fitness::OffDuty
        } else {
            Fitness::Ready
        }
    }

    fn lacks_any(&self, person: PersonId, node: &Node) -> bool {
        let known = self.plan.roster.declared && !self.plan.roster.person(person).misread;
        known && node.access.iter().any(|given| !self.holds(person, &given.value))
    }

    fn holds(&self, person: PersonId, credential: &str) -> bool {
        self.holders(credential).binary_search(&person).is_ok()
    }

    /// What keeps somebody from doing a step as it is planned, the hardest first.
    #[must_use]
    pub fn obstacles(&self, person: PersonId, id: NodeId, placed: &Placed) -> Vec<Obstacle> {
        let node = self.plan.node(id);
        let time = time_of(node, placed);
        let mut found = Vec::new();
        // Nobody knows when a way back is called.
        let is_dated = node.way_back.is_none();
        // Work in days pauses for absences and other steps; only who is never there can't do it.
        let pauses = placed.worked.is_some();
        let away = if pauses { self.away_throughout(person, time) } else { self.away(person, time) };
        found.extend(away.filter(|_| is_dated).map(Obstacle::Away));
        let lacking: Vec<String> = self.lacks(person, node).iter().map(|given| given.value.clone()).collect();
        if !lacking.is_empty() {
            found.push(Obstacle::Lacks(lacking));
        }
        if !pauses && is_dated {
            let busy = self.busy(person, time).filter(|_| node.occupies());
            found.extend(busy.map(|(with, until)| Obstacle::Busy { with, until }));
            found.extend(self.schedule.workers[person.index()].off_duty(time).map(Obstacle::OffDuty));
        }
        found
    }

    /// The first who could do a step instead of those who do it, the backups first, then their team, then everybody in
    /// the order of the roster.
    #[must_use]
    pub fn somebody_else(&self, id: NodeId, placed: &Placed) -> Option<PersonId> {
        self.first_fit(id, placed, &|_| true)
    }

    /// The first who could do it and may well know how: of the same role, else of a team of theirs, else with a credential
    /// of theirs. Who else decides at a gate no credential tells.
    #[must_use]
    pub fn somebody_alike(&self, id: NodeId, placed: &Placed, person: PersonId) -> Option<PersonId> {
        let (node, roster) = (self.plan.node(id), &self.plan.roster);
        let own = roster.person(person);
        let teams = roster.teams.iter().filter(|team| team.members.contains(&person));
        let colleagues: HashSet<PersonId> = teams.flat_map(|team| team.members.iter().copied()).collect();
        let role = own.role.as_ref().map(|role| role.to_lowercase());
        let held: HashSet<&str> = own.access.iter().map(|held| held.value.as_str()).collect();
        let is_gate = node.step_kind() == StepKind::Gate;
        let same_role = |other: PersonId| {
            role.is_some() && roster.person(other).role.as_ref().map(|role| role.to_lowercase()) == role
        };
        let same_access = |other: PersonId| {
            !is_gate && roster.person(other).access.iter().any(|one| held.contains(one.value.as_str()))
        };
        self.first_fit(id, placed, &same_role)
            .or_else(|| self.first_fit(id, placed, &|other| colleagues.contains(&other)))
            .or_else(|| self.first_fit(id, placed, &same_access))
    }

    /// The first who could do a step and is wanted.
    fn first_fit(
        &self,
        id: NodeId,
        placed: &Placed,
        is_wanted: &dyn Fn(PersonId) -> bool,
    ) -> Option<PersonId> {
        let node = self.plan.node(id);
        let fit = |person: &PersonId| {
            // Of an entry that could not be read whole nobody knows what it leaves out.
            let known = !self.plan.roster.person(*person).misread;
            known
                && is_wanted(*person)
                && self.may_take(*person, placed)
                && self.fitness(*person, id, placed) == Fitness::Ready
        };
        let backups = self.plan.backups(node, &placed.people);
        let named = backups.iter().flat_map(|backup| members(self.plan, backup));
        let team = placed.teams.iter().flat_map(|team| &self.plan.roster.team(*team).members);
        named.chain(team).copied().find(fit).or_else(|| self.people().find(fit))
    }

    /// Whether somebody is neither among those who do a step nor one of those who drop out.
    #[must_use]
    pub fn may_take(&self, person: PersonId, placed: &Placed) -> bool {
        !placed.people.contains(&person) && !self.plan.roster.drops_out(person)
    }

    /// Everybody, in the order of the roster.
    pub fn people(&self) -> impl Iterator<Item = PersonId> + use<> {
        (0..self.plan.roster.people.len()).map(PersonId::new)
    }
}

/// A person, or the members of a team.
#[must_use]
pub fn members<'a>(plan: &'a Plan, owner: &'a Owner) -> &'a [PersonId] {
    match owner {
        Owner::Person(person) => std::slice::from_ref(person),
        Owner::Team(team) => &plan.roster.team(*team).members,
    }
}

/// Whether those who do a step are asked about: not of milestones, holds and what spans another step.
#[must_use]
pub fn is_done_by_somebody(node: &Node) -> bool {
    node.is_step()
        && matches!(node.step_kind(), StepKind::Ordinary | StepKind::Gate)
        && node.during().is_none()
}

/// The time in which those who do a step must be there: of what runs by itself only its beginning.
#[must_use]
pub fn time_of(node: &Node, placed: &Placed) -> Stretch {
    let end = if is_unattended(node) { placed.start } else { placed.finish };
    Stretch { start: placed.start, end }
}

/// Whether a step runs by itself.
#[must_use]
pub fn is_unattended(node: &Node) -> bool {
    node.step.as_ref().is_some_and(|step| step.unattended.is_some())
}

/// Credentials, each once.
pub(super) fn once(access: &[Given<String>]) -> impl Iterator<Item = &Given<String>> {
    let mut seen = HashSet::new();
    // Most steps need just one.
    let is_only = access.len() == 1;
    access.iter().filter(move |given| is_only || seen.insert(given.value.as_str()))
}
