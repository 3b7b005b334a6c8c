//! Somebody at a step: the words that all messages about people share.

use super::staff::{Staff, is_unattended, time_of};
use crate::check::Subject;
use crate::plan::{Given, Node, Owner, PersonId};
use crate::schedule::{Clock, Placed, Stretch, shown_moment, shown_stretch};
use crate::source::Span;

/// Somebody who does a step, or is to.
pub(super) struct Scene<'a> {
    pub(super) subject: &'a Subject<'a>,
    pub(super) staff: &'a Staff<'a>,
    pub(super) node: &'a Node,
    pub(super) placed: &'a Placed,
    pub(super) person: PersonId,
}

impl Scene<'_> {
    /// The name, with the word of the plan where that is another one: a role, a team, or who drops out.
    pub(super) fn who(&self) -> String {
        let name = self.subject.plan.roster.told_apart(self.person);
        match self.written() {
            Some(written) if written != self.handle() => format!("{name} (`@{written}`)"),
            _ => name.into_owned(),
        }
    }

    /// When the step runs, in words that follow its title, in the person's own zone too.
    pub(super) fn runs(&self) -> String {
        if self.node.way_back.is_some() {
            return "is part of a way back".to_owned();
        }
        let there = match self.own_clock() {
            Some((clock, zone)) => format!(", which is {} in {zone}", self.time(clock)),
            None => String::new(),
        };
        let verb = if is_unattended(self.node) { "starts" } else { "runs" };
        format!("{verb} {}{there}", self.time(self.subject.schedule.clock))
    }

    /// When the step runs, by a clock.
    pub(super) fn time(&self, clock: Clock) -> String {
        let time = time_of(self.node, self.placed);
        if time.start == time.end { shown_moment(time.start, clock) } else { shown_stretch(time, clock) }
    }

    /// A stretch of the person's own life, by their own clock.
    pub(super) fn own_time(&self, stretch: Stretch) -> String {
        match self.own_clock() {
            Some((clock, zone)) => format!("{} in {zone}", shown_stretch(stretch, clock)),
            None => shown_stretch(stretch, self.subject.schedule.clock),
        }
    }

    /// The person's clock with the name of its zone, where it shows something else than the plan's.
    pub(super) fn own_clock(&self) -> Option<(Clock, &'static str)> {
        let own = self.subject.schedule.workers[self.person.index()].clock;
        let plan = self.subject.schedule.clock;
        let start = self.placed.start;
        let differs = own.offset(start) != plan.offset(start);
        own.zone().filter(|_| differs).map(|zone| (own, zone.name()))
    }

    /// The word that gives the step to them, when it stands on the step itself; else the step.
    pub(super) fn place(&self) -> Span {
        let own = self.owner().filter(|given| given.inherited.is_none());
        own.map_or(self.node.span, |given| given.span)
    }

    fn owner(&self) -> Option<&Given<Owner>> {
        let plan = self.subject.plan;
        let is_theirs = |owner: Owner| match owner {
            Owner::Person(person) => person == self.person,
            Owner::Team(team) => plan.roster.team(team).members.contains(&self.person),
        };
        self.node.owners.iter().find(|given| is_theirs(given.value))
    }

    /// The handle by which the plan calls for them, where it stands there and is not made of variables.
    pub(super) fn written(&self) -> Option<&str> {
        let text = self.subject.sources.text(self.owner()?.span);
        Some(text.trim_start_matches('@')).filter(|handle| !handle.contains("{{"))
    }

    /// Their own handle.
    pub(super) fn handle(&self) -> &str {
        &self.subject.plan.roster.person(self.person).handle.value
    }
}
