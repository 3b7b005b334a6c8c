//! Who steps in for those who do a step, and what keeps them from it.

use super::people::{Contact, team_name};
use super::presenter::Presenter;
use super::words;
use crate::check::{Fitness, Obstacle, members};
use crate::plan::{NodeId, Owner, PersonId};
use crate::schedule::Placed;

/// Why somebody can't take a step at all.
enum Hindrance {
    /// They are away then.
    Away,
    /// They don't hold a credential that it needs.
    LacksAccess,
}

impl Presenter<'_> {
    /// Who steps in.
    ///
    /// Nobody must call at night for somebody who can't come: who is away then, or lacks a credential, is
    /// named with that.
    pub(super) fn stands_in(&self, id: NodeId, placed: &Placed) -> String {
        let found = || self.stands_in_with(id, placed, &|person| self.unfit(person, id, placed));
        self.stand_ins.of(id, found).clone()
    }

    /// The same, with what keeps each of them from it.
    pub(super) fn stands_in_with(
        &self,
        id: NodeId,
        placed: &Placed,
        unfit: &dyn Fn(PersonId) -> &'static str,
    ) -> String {
        let plan = self.plan();
        let backups = plan.stand_ins(plan.node(id), &placed.people);
        let names = backups.iter().map(|owner| {
            let name = self.names.owner(plan, *owner) + &self.instead_of(*owner, id, placed);
            match owner {
                Owner::Person(person) => format!("{name}{}", unfit(*person)),
                Owner::Team(_) => name,
            }
        });
        let names: Vec<String> = names.collect();
        let is_for_all = placed.people.len() < 2 || !plan.node(id).backup.is_empty();
        // One of them is enough for whoever drops out; of several who drop out each has their own.
        if is_for_all { words::either(&names) } else { words::listed(&names) }
    }

    /// The same, each with the number to call.
    pub(super) fn stand_ins_of(&self, id: NodeId, placed: &Placed) -> Vec<Contact> {
        self.stand_ins_with(id, placed, &|person| self.unfit(person, id, placed))
    }

    /// The same, with what keeps each of them from it.
    pub(super) fn stand_ins_with(
        &self,
        id: NodeId,
        placed: &Placed,
        unfit: &dyn Fn(PersonId) -> &'static str,
    ) -> Vec<Contact> {
        let plan = self.plan();
        let contact = |owner| match owner {
            Owner::Person(person) => {
                let contact = self.contact(person);
                Contact { name: contact.name + unfit(person), ..contact }
            }
            Owner::Team(team) => {
                Contact { name: team_name(plan, team), phone: String::new(), tel: String::new() }
            }
        };
        plan.stand_ins(plan.node(id), &placed.people).into_iter().map(contact).collect()
    }

    /// For whom somebody steps in, where that is not for all who do a step.
    fn instead_of(&self, backup: Owner, id: NodeId, placed: &Placed) -> String {
        let plan = self.plan();
        if placed.people.len() < 2 || !plan.node(id).backup.is_empty() {
            return String::new();
        }
        let written = plan.node(id).owners.iter().any(|given| given.value == backup);
        let is_theirs = |person: &PersonId| {
            plan.roster.stand_in_of(*person) == Some(backup)
                || (written && members(plan, &backup).contains(person))
        };
        let theirs: Vec<PersonId> = placed.people.iter().copied().filter(is_theirs).collect();
        if theirs.len() == placed.people.len() {
            String::new()
        } else {
            format!(" for {}", self.names.list(&theirs))
        }
    }

    /// What keeps somebody from a step, in brackets behind the name.
    fn unfit(&self, person: PersonId, id: NodeId, placed: &Placed) -> &'static str {
        match self.hindrance(person, id, placed) {
            None => "",
            Some(Hindrance::Away) => " (away)",
            Some(Hindrance::LacksAccess) => " (lacks access)",
        }
    }

    /// The same, said to the one whom it keeps from stepping in; empty where nothing does.
    pub(super) fn own_hindrance(&self, person: PersonId, id: NodeId, placed: &Placed) -> &'static str {
        match self.hindrance(person, id, placed) {
            None => "",
            Some(Hindrance::Away) => "you are away then",
            Some(Hindrance::LacksAccess) => "you lack access",
        }
    }

    fn hindrance(&self, person: PersonId, id: NodeId, placed: &Placed) -> Option<Hindrance> {
        if self.staff.fitness(person, id, placed) != Fitness::Never {
            return None;
        }
        let away = |obstacle: &Obstacle| matches!(obstacle, Obstacle::Away(_));
        let is_away = self.staff.obstacles(person, id, placed).iter().any(away);
        Some(if is_away { Hindrance::Away } else { Hindrance::LacksAccess })
    }
}
