//! Who is there on a way back: owners and stand-ins who are away then are named with that, and stand-ins with the
//! credentials that they lack.
//!
//! Nobody knows when a way back is called that no gate or several gates lead to: there only whoever is away for all of
//! the launch is.

use crate::plan::{NodeId, Owner, PersonId, Undo};
use crate::schedule::{Moment, Placed, Stretch};
use crate::view::people::Contact;
use crate::view::presenter::Presenter;

/// When something is done that begins and ends so many seconds after the call, if it is known when that comes.
pub(super) fn time_on_way(called: Option<Moment>, from: i64, to: i64) -> Option<Stretch> {
    called.map(|called| Stretch { start: called + from, end: called + to })
}

impl Presenter<'_> {
    /// Owners with the numbers to call.
    pub(super) fn owners_on_way(&self, owners: &[Owner], time: Option<Stretch>) -> Vec<Contact> {
        owners.iter().map(|owner| self.on_way(*owner, |person| self.away_on_way(person, time))).collect()
    }

    /// Who steps in at a step of a way back, each with the number to call.
    pub(super) fn stand_ins_on_way(
        &self,
        id: NodeId,
        placed: &Placed,
        time: Option<Stretch>,
    ) -> Vec<Contact> {
        self.stand_ins_with(id, placed, &|person| self.unfit_on_way(person, Some(id), time))
    }

    /// The same as one says it, without numbers.
    pub(super) fn stands_in_on_way(&self, id: NodeId, placed: &Placed, time: Option<Stretch>) -> String {
        self.stands_in_with(id, placed, &|person| self.unfit_on_way(person, Some(id), time))
    }

    /// Who steps in at an undo, each with the number to call.
    pub(super) fn instead_on_way(
        &self,
        step: NodeId,
        undo: &Undo,
        owners: &[Owner],
        time: Option<Stretch>,
    ) -> Vec<Contact> {
        // What a step needs is asked of its own people only.
        let needs = undo.owners.is_empty().then_some(step);
        let instead = self.instead(step, undo, owners).into_iter();
        instead.map(|owner| self.on_way(owner, |person| self.unfit_on_way(person, needs, time))).collect()
    }

    fn on_way(&self, owner: Owner, unfit: impl Fn(PersonId) -> &'static str) -> Contact {
        match owner {
            Owner::Person(person) => {
                let contact = self.contact(person);
                Contact { name: contact.name + unfit(person), ..contact }
            }
            Owner::Team(_) => Contact { name: self.reached(owner), phone: String::new(), tel: String::new() },
        }
    }

    /// What keeps somebody from it, in brackets behind the name.
    fn unfit_on_way(&self, person: PersonId, needs: Option<NodeId>, time: Option<Stretch>) -> &'static str {
        let lacks = || needs.is_some_and(|id| !self.staff.lacks(person, self.plan().node(id)).is_empty());
        match self.away_on_way(person, time) {
            "" if lacks() => " (lacks access)",
            away => away,
        }
    }

    fn away_on_way(&self, person: PersonId, time: Option<Stretch>) -> &'static str {
        let main = &self.schedule().main;
        let absence = match time {
            Some(time) => self.staff.away(person, time),
            None => self.staff.away_throughout(person, Stretch { start: main.start, end: main.finish }),
        };
        if absence.is_some() { " (away)" } else { "" }
    }
}
