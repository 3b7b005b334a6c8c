//! Which member of each team does a step.
//!
//! Members are tried in their listed order, each with the place that the step would have; the first of the best is
//! kept. Promised: somebody who is away is chosen only when everybody is.

use crate::plan::{Owner, PersonId};
use crate::schedule::board::{Board, Place};
use crate::schedule::busy::Stretch;
use crate::schedule::facts::{Facts, Length};
use crate::schedule::moment::Moment;

/// So many choices of people are looked at for a step.
const MOST_CHOICES: usize = 1000;

impl Board<'_> {
    /// The earliest place, of every team the member who is present and can begin first.
    pub(in crate::schedule) fn earliest(
        &self,
        facts: &Facts,
        chosen: Option<&[PersonId]>,
        bound: Moment,
    ) -> Place {
        if let Some(people) = chosen {
            return self.earliest_with(facts, people, bound);
        }
        let try_with = |people: &[PersonId]| self.earliest_with(facts, people, bound);
        self.best(facts, try_with, |place| place.start.0, bound.0)
    }

    /// The latest place, of every team the member who is present and can begin last.
    pub(in crate::schedule) fn latest(
        &self,
        facts: &Facts,
        chosen: Option<&[PersonId]>,
        by: Moment,
        start_by: Moment,
    ) -> Place {
        if let Some(people) = chosen {
            return self.latest_with(facts, people, by, start_by);
        }
        let try_with = |people: &[PersonId]| self.latest_with(facts, people, by, start_by);
        self.best(facts, try_with, |place| -place.start.0, -start_by.0)
    }

    /// The place at exactly this moment, whether free or not; of every team the member who is
    /// present and free, else present, else the first.
    pub(in crate::schedule) fn exactly(&self, facts: &Facts, start: Moment) -> Place {
        self.best(
            facts,
            |people| {
                let mut place = self.lay(facts, people, start);
                // A pin holds also where its people would not begin to work.
                place.start = start;
                place
            },
            |place| i64::from(self.conflict(facts, place).is_some()),
            0,
        )
    }

    /// Tries the members of teams in their listed order and keeps the first of the best, those away
    /// only when everybody is. No place costs less than `least`: who is there for so little is the best.
    fn best(
        &self,
        facts: &Facts,
        try_with: impl Fn(&[PersonId]) -> Place,
        cost: impl Fn(&Place) -> i64,
        least: i64,
    ) -> Place {
        if facts.teams.is_empty() {
            return try_with(&facts.people);
        }
        let mut best: Option<((bool, i64), Place)> = None;
        let mut is_best = |people: &[PersonId]| {
            let place = try_with(people);
            let rank = (self.somebody_away(facts, &place), cost(&place));
            if best.as_ref().is_none_or(|(known, _)| rank < *known) {
                best = Some((rank, place));
            }
            rank <= (false, least)
        };
        // Of one team alone nobody need be put together with others.
        match (&facts.teams[..], self.plan.node(facts.node).owners.len()) {
            ([team], 1) => {
                let mut members = self.plan.roster.team(*team).members.chunks(1).take(MOST_CHOICES);
                members.any(&mut is_best);
            }
            _ => {
                self.choices(facts).iter().any(|people| is_best(people));
            }
        }
        best.map_or_else(|| try_with(&facts.people), |(_, place)| place)
    }

    /// Everybody who could do a step: its people, with one member of each team, nobody twice where
    /// that can be.
    fn choices(&self, facts: &Facts) -> Vec<Vec<PersonId>> {
        let mut choices: Vec<Vec<PersonId>> = vec![Vec::new()];
        for owner in &self.plan.node(facts.node).owners {
            let members: &[PersonId] = match &owner.value {
                Owner::Person(person) => std::slice::from_ref(person),
                Owner::Team(team) => &self.plan.roster.team(*team).members,
            };
            let mut longer = Vec::new();
            for choice in &choices {
                let taken = |member: &PersonId| {
                    choice.contains(member) || (members.len() > 1 && facts.people.contains(member))
                };
                let free: Vec<_> = members.iter().filter(|member| !taken(member)).collect();
                for member in if free.is_empty() { members.iter().collect() } else { free } {
                    let mut people = choice.clone();
                    if !people.contains(member) {
                        people.push(*member);
                    }
                    longer.push(people);
                }
            }
            longer.truncate(MOST_CHOICES);
            if !longer.is_empty() {
                choices = longer;
            }
        }
        choices
    }

    /// Whether a team's member is away during a place; for work in days only the hours count.
    fn somebody_away(&self, facts: &Facts, place: &Place) -> bool {
        if matches!(facts.length, Length::Work(_)) {
            return false;
        }
        let whole = Stretch { start: place.start, end: place.finish };
        let away = |person: &PersonId| {
            self.times.workers[person.index()].away.iter().any(|absence| {
                let away = absence.stretch;
                let instant = whole.start == whole.end && away.start <= whole.start && whole.start < away.end;
                instant || (away.start < whole.end && whole.start < away.end)
            })
        };
        place.people.iter().filter(|person| !facts.people.contains(person)).any(away)
    }
}
