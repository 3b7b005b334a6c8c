//! The earliest and the latest place of one step with certain people, among what is taken already.
//!
//! From a place that is not free the search goes to the end (or start) of what is in the way. Where
//! just one person or lock can be in the way, what earlier searches found out is not looked at again;
//! the answers are the same.

use super::blocked::Search;
use crate::plan::PersonId;
use crate::schedule::board::{Board, Place};
use crate::schedule::busy::Stretch;
use crate::schedule::facts::{Facts, Length};
use crate::schedule::moment::Moment;
use crate::schedule::resource::Resource;

impl Board<'_> {
    /// The earliest place at or after `bound` with these people.
    pub(in crate::schedule) fn earliest_with(
        &self,
        facts: &Facts,
        people: &[PersonId],
        bound: Moment,
    ) -> Place {
        let mut from = bound;
        let mut held = None;
        let mut search = self.search(facts, people, false);
        loop {
            let mut place = self.lay(facts, people, from);
            match self.conflict(facts, &place) {
                Some((resource, taken)) => {
                    from = taken.end;
                    if let Some(last) = search.as_mut().and_then(|one| self.blocked.pass(one, from.0)) {
                        from = self.free_again(resource, Moment(last));
                    }
                    held = Some((resource, from));
                }
                None => {
                    search.into_iter().for_each(|one| self.blocked.keep(one));
                    place.held = held;
                    return place;
                }
            }
        }
    }

    /// The latest place that ends by `by` and starts by `start_by`, with these people.
    pub(in crate::schedule) fn latest_with(
        &self,
        facts: &Facts,
        people: &[PersonId],
        by: Moment,
        start_by: Moment,
    ) -> Place {
        let mut by = by;
        let mut search = self.search(facts, people, true);
        loop {
            let place = self.lay_back(facts, people, by, start_by);
            match self.conflict(facts, &place) {
                Some((_, taken)) => {
                    by = taken.start.min(place.finish - 1);
                    if let Some(last) = search.as_mut().and_then(|one| self.blocked.pass(one, -by.0)) {
                        by = Moment(-last);
                    }
                }
                None => {
                    search.into_iter().for_each(|one| self.blocked.keep(one));
                    return place;
                }
            }
        }
    }

    /// Where something ends that may have grown longer since its end was noted.
    fn free_again(&self, resource: Resource, noted: Moment) -> Moment {
        let inside = Stretch { start: noted, end: noted };
        self.busy(resource).conflict(inside).map_or(noted, |taken| taken.end)
    }

    /// A search that others can learn from: only one person or one lock can be in the way.
    fn search(&self, facts: &Facts, people: &[PersonId], back: bool) -> Option<Search> {
        let people = if facts.occupies { people } else { &[] };
        let resource = match (facts.length, people, &facts.locks[..]) {
            (Length::Clock(1..) | Length::Work(1..), [person], []) => Resource::Person(*person),
            (Length::Clock(1..), [], [lock]) => Resource::Lock(*lock),
            _ => return None,
        };
        self.blocked.search(resource, facts.length, back)
    }

    /// Forgets what searches found out that could rest on a stretch that is free again.
    pub(in crate::schedule) fn forget_blocked(&self, resource: Resource, freed: Stretch) {
        if freed.start >= freed.end {
            return;
        }
        self.blocked.forget(resource, |length, back| {
            let people = match resource {
                Resource::Person(person) => vec![person],
                Resource::Lock(_) => Vec::new(),
            };
            let crew = self.crew(&people);
            match (length, back) {
                (Length::Work(work), false) => {
                    crew.backward(freed.start, work).map_or(freed.start - work, |one| one.start).0
                }
                (Length::Work(work), true) => {
                    -crew.forward(freed.end, work).map_or(freed.end + work, |one| one.finish).0
                }
                (Length::Clock(seconds), false) => (freed.start - seconds).0,
                (Length::Clock(seconds), true) => -(freed.end + seconds).0,
                (Length::Calendar { .. } | Length::Span, _) => i64::MIN,
            }
        });
    }
}
