//! One person in two plans of the same folder at once.
//!
//! The plans come in one by one, in the order of their paths; what comes out stands at the steps of the
//! later plan. Two plans mean the same person by the same mail address, or by the same handle where their
//! names don't differ.

use std::collections::HashMap;

use super::messages;
use crate::diagnostic::Diagnostic;
use crate::plan::{Person, PersonId, Plan};
use crate::schedule::{Moment, Schedule, Stretch};
use crate::source::Span;

/// Who is where in the plans of one folder that were looked at so far.
#[derive(Debug, Default)]
pub struct Bookings {
    people: Vec<Booked>,
    by_email: HashMap<String, usize>,
    by_handle: HashMap<String, Vec<usize>>,
}

/// Somebody in all plans so far.
#[derive(Debug, Default)]
struct Booked {
    /// The name, as soon as a plan gives one.
    name: Option<String>,
    /// By start.
    bookings: Vec<Booking>,
    /// For each booking: which of it and those before it ends last.
    last_to_end: Vec<usize>,
}

/// A stretch in which somebody does a step of a plan.
#[derive(Debug, Clone)]
pub(super) struct Booking {
    pub(super) stretch: Stretch,
    pub(super) step: String,
    pub(super) place: Span,
}

impl Bookings {
    /// Says who is needed here and in an earlier plan at once, and keeps in mind who is needed here. The sources of all
    /// plans are counted through.
    pub fn add(&mut self, plan: &Plan, schedule: &Schedule, diagnostics: &mut Vec<Diagnostic>) {
        self.add_at(plan, schedule, |span| span, diagnostics);
    }

    /// The same of a plan with sources of its own; `place` says where something of it stands among those of all.
    pub fn add_at(
        &mut self,
        plan: &Plan,
        schedule: &Schedule,
        place: impl Fn(Span) -> Span,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        if !schedule.dated {
            return;
        }
        let known: Vec<usize> = plan.roster.people.iter().map(|person| self.identify(person)).collect();
        let mut own: HashMap<PersonId, Vec<Booking>> = HashMap::new();
        for &id in &schedule.main.order {
            let node = plan.node(id);
            let Some(placed) = schedule.step(id).filter(|_| node.occupies()) else { continue };
            for person in &placed.people {
                let mut said = false;
                for stretch in placed.stretches().iter().filter(|stretch| stretch.start < stretch.end) {
                    let place = place(node.span);
                    let booking = Booking { stretch: *stretch, step: node.title.clone(), place };
                    let other = self.people[known[person.index()]].at(*stretch);
                    if let Some(other) = other.filter(|_| !std::mem::replace(&mut said, true)) {
                        let name = &plan.roster.person(*person).name;
                        diagnostics.push(messages::double_booked(name, &booking, other, schedule.clock));
                    }
                    own.entry(*person).or_default().push(booking);
                }
            }
        }
        for (person, bookings) in own {
            self.people[known[person.index()]].take(bookings);
        }
    }

    /// Whom the plans so far know by this mail address, or by this handle and name.
    fn identify(&mut self, person: &Person) -> usize {
        let handle = &person.handle.value;
        let name = Some(&person.name).filter(|name| *name != handle);
        let email = person.email.as_ref().map(|email| email.trim().to_lowercase());
        let by_email = email.as_ref().and_then(|email| self.by_email.get(email)).copied();
        let same = |index: &&usize| {
            let known = self.people[**index].name.as_ref();
            known.is_none() || name.is_none() || known == name
        };
        let by_handle = || self.by_handle.get(handle).and_then(|known| known.iter().find(same)).copied();
        let index = by_email.or_else(by_handle).unwrap_or_else(|| {
            self.people.push(Booked::default());
            self.people.len() - 1
        });
        if self.people[index].name.is_none() {
            self.people[index].name = name.cloned();
        }
        if let Some(email) = email {
            self.by_email.entry(email).or_insert(index);
        }
        let handles = self.by_handle.entry(handle.clone()).or_default();
        if !handles.contains(&index) {
            handles.push(index);
        }
        index
    }
}

impl Booked {
    /// A booking during this stretch.
    fn at(&self, stretch: Stretch) -> Option<&Booking> {
        let begun = self.bookings.partition_point(|booking| booking.stretch.start <= stretch.start);
        let before = begun.checked_sub(1).map(|last| &self.bookings[self.last_to_end[last]]);
        before
            .filter(|booking| booking.stretch.end > stretch.start)
            .or_else(|| self.bookings.get(begun).filter(|booking| booking.stretch.start < stretch.end))
    }

    fn take(&mut self, bookings: Vec<Booking>) {
        self.bookings.extend(bookings);
        self.bookings.sort_by_key(|booking| (booking.stretch, booking.place));
        self.last_to_end.clear();
        let mut last = (Moment::ALWAYS, 0);
        for (index, booking) in self.bookings.iter().enumerate() {
            if booking.stretch.end > last.0 {
                last = (booking.stretch.end, index);
            }
            self.last_to_end.push(last.1);
        }
    }
}
