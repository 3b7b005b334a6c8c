//! Work in days and weeks: how far a piece of work reaches, forward and backward.
//!
//! Several people work together when all of them do.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use super::busy::Stretch;
use super::calendars::Calendars;
use super::moment::Moment;
use super::worker::Worker;
use crate::cores::locked;
use crate::plan::PersonId;

/// How many of their stretches are compared before people are said never to work together.
const MOST_MEETINGS: usize = 2000;

/// Work that is cut into more stretches than this (decades of working days) is never done.
const MOST_STRETCHES: usize = 10_000;

/// For more work, in seconds, days are looked up that were looked at before: some six weeks.
const LONG: i64 = 30 * 8 * 3600;

/// Who never met from a moment on is not looked at again for so many seconds.
const A_YEAR: i64 = 366 * 86_400;

/// A piece of work in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worked {
    /// Its first working moment.
    pub start: Moment,
    /// Its last.
    pub finish: Moment,
    /// The stretches in which it is worked on.
    pub stretches: Vec<Stretch>,
}

/// The moments from which people were found never to work together.
type Never = BTreeMap<Vec<PersonId>, BTreeSet<Moment>>;

/// What was found out about people before.
#[derive(Debug, Default)]
pub struct KnownCrews {
    calendars: Arc<Calendars>,
    /// Who never works together, looking ahead.
    forward: Mutex<Never>,
    /// The same, looking back.
    backward: Mutex<Never>,
}

impl KnownCrews {
    /// Nothing but when people work.
    #[must_use]
    pub(super) fn with(calendars: &Arc<Calendars>) -> Self {
        Self { calendars: Arc::clone(calendars), ..Self::default() }
    }
}

/// People who work together.
#[derive(Debug, Clone)]
pub struct Crew<'a> {
    workers: Vec<&'a Worker>,
    closed: &'a [Stretch],
    /// What was found out about these people before.
    known: Option<(&'a KnownCrews, Vec<PersonId>)>,
}

impl<'a> Crew<'a> {
    /// These people, on days that are not closed.
    #[must_use]
    pub fn new(workers: Vec<&'a Worker>, closed: &'a [Stretch]) -> Self {
        Self { workers, closed, known: None }
    }

    /// The same, with what was found out before about these people.
    #[must_use]
    pub fn knowing(self, known: &'a KnownCrews, people: &[PersonId]) -> Self {
        Self { known: Some((known, people.to_vec())), ..self }
    }

    /// The work done from the first working moment at or after `from`; nothing when it never is.
    #[must_use]
    pub fn forward(&self, from: Moment, work: i64) -> Option<Worked> {
        if let Some((known, people)) = &self.known
            && work > LONG
        {
            return known.calendars.forward(self, people, from, work);
        }
        self.forward_anew(from, work)
    }

    /// The same, whatever was found out before.
    pub(super) fn forward_anew(&self, from: Moment, work: i64) -> Option<Worked> {
        let mut at = from;
        do_work(work, || {
            let shared = self.next(at)?;
            at = shared.end;
            Some(shared)
        })
    }

    /// The work done so late that it is finished by `by`.
    #[must_use]
    pub fn backward(&self, by: Moment, work: i64) -> Option<Worked> {
        let mut stretches: Vec<Stretch> = Vec::new();
        let mut left = work;
        let mut at = by;
        loop {
            let shared = self.previous(at)?;
            let start = shared.start.max(shared.end - left);
            left -= shared.end - start;
            stretches.push(Stretch { start, end: shared.end });
            if stretches.len() > MOST_STRETCHES {
                return None;
            }
            at = shared.start;
            if left == 0 {
                stretches.reverse();
                let finish = stretches.last().map_or(start, |last| last.end);
                return Some(Worked { start, finish, stretches });
            }
        }
    }

    /// The last stretch of work that begins before a moment, up to its own end.
    #[must_use]
    pub fn stretch_before(&self, moment: Moment) -> Option<Stretch> {
        let last = self.previous(moment)?;
        self.next(last.start)
    }

    /// The first stretch of work that ends after a moment.
    #[must_use]
    pub fn stretch_after(&self, moment: Moment) -> Option<Stretch> {
        self.next(moment)
    }

    /// What was found out about several people before.
    fn known_to_meet(&self) -> Option<(&'a KnownCrews, &[PersonId])> {
        let (known, people) = self.known.as_ref()?;
        (people.len() > 1).then_some((*known, people.as_slice()))
    }

    /// The first stretch after `at` in which everybody works.
    pub(super) fn next(&self, at: Moment) -> Option<Stretch> {
        let Some((never, people)) = self.known_to_meet() else { return self.next_meeting(at) };
        if is_known(&never.forward, people, at - A_YEAR, at) {
            return None;
        }
        let found = self.next_meeting(at);
        if found.is_none() {
            locked(&never.forward).entry(people.to_vec()).or_default().insert(at);
        }
        found
    }

    fn previous(&self, at: Moment) -> Option<Stretch> {
        let Some((never, people)) = self.known_to_meet() else { return self.previous_meeting(at) };
        if is_known(&never.backward, people, at, at + A_YEAR) {
            return None;
        }
        let found = self.previous_meeting(at);
        if found.is_none() {
            locked(&never.backward).entry(people.to_vec()).or_default().insert(at);
        }
        found
    }

    fn next_meeting(&self, at: Moment) -> Option<Stretch> {
        let mut at = at;
        for _ in 0..MOST_MEETINGS {
            let mut shared = Stretch { start: at, end: Moment::NEVER };
            for worker in &self.workers {
                let next = worker.next(at, self.closed)?;
                shared = Stretch { start: shared.start.max(next.start), end: shared.end.min(next.end) };
            }
            if shared.start < shared.end {
                return Some(shared);
            }
            at = shared.start;
        }
        None
    }

    fn previous_meeting(&self, at: Moment) -> Option<Stretch> {
        let mut at = at;
        for _ in 0..MOST_MEETINGS {
            let mut shared = Stretch { start: Moment::ALWAYS, end: at };
            for worker in &self.workers {
                let previous = worker.previous(at, self.closed)?;
                shared =
                    Stretch { start: shared.start.max(previous.start), end: shared.end.min(previous.end) };
            }
            if shared.start < shared.end {
                return Some(shared);
            }
            at = shared.end;
        }
        None
    }
}

/// Does so much work in one stretch after the other; nothing when there are not enough of them.
pub(super) fn do_work(work: i64, mut next: impl FnMut() -> Option<Stretch>) -> Option<Worked> {
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut left = work;
    loop {
        let shared = next()?;
        let end = shared.end.min(shared.start + left);
        left -= end - shared.start;
        push(&mut stretches, Stretch { start: shared.start, end });
        if stretches.len() > MOST_STRETCHES {
            return None;
        }
        if left == 0 {
            let start = stretches.first().map_or(shared.start, |first| first.start);
            return Some(Worked { start, finish: end, stretches });
        }
    }
}

/// Whether people were found never to meet, looking from a moment between these two.
fn is_known(never: &Mutex<Never>, people: &[PersonId], from: Moment, to: Moment) -> bool {
    locked(never).get(people).is_some_and(|moments| moments.range(from..=to).next().is_some())
}

/// Stretches that touch are one: midnight does not interrupt anybody.
fn push(stretches: &mut Vec<Stretch>, stretch: Stretch) {
    match stretches.last_mut() {
        Some(last) if last.end == stretch.start => last.end = stretch.end,
        _ => stretches.push(stretch),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Hours;
    use crate::schedule::Clock;

    fn at(text: &str) -> Moment {
        let local = chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
        Moment(local.and_utc().timestamp())
    }

    #[test]
    fn work_pauses_overnight_and_on_closed_days() {
        let worker = Worker::office(Clock::of(chrono_tz::UTC));
        let closed = [Stretch { start: at("2026-12-10 00:00"), end: at("2026-12-12 00:00") }];
        let crew = Crew::new(vec![&worker], &closed);
        let worked = crew.forward(at("2026-12-09 07:00"), 16 * 3600).unwrap();
        assert_eq!((worked.start, worked.finish), (at("2026-12-09 09:00"), at("2026-12-14 17:00")));
        assert_eq!(crew.backward(at("2026-12-15 03:00"), 16 * 3600).unwrap(), worked);
    }

    #[test]
    fn shifts_that_touch_are_one() {
        let hours = ["Fri 20:00-24:00", "Sat 00:00-02:00", "22:00-23:00"];
        let hours = hours.iter().map(|text| Hours::parse(text).unwrap()).collect();
        let worker = Worker { hours, ..Worker::office(Clock::of(chrono_tz::UTC)) };
        let off = |from: &str, to: &str| worker.off_duty(Stretch { start: at(from), end: at(to) });
        // 2026-12-04 is a Friday.
        assert_eq!(off("2026-12-04 20:00", "2026-12-05 02:00"), None);
        assert_eq!(off("2026-12-04 23:00", "2026-12-05 03:00"), Some(at("2026-12-05 02:00")));
        assert_eq!(off("2026-12-04 19:00", "2026-12-04 21:00"), Some(at("2026-12-04 19:00")));
        assert_eq!(off("2026-12-05 02:00", "2026-12-05 02:00"), Some(at("2026-12-05 02:00")));
        assert_eq!(off("2026-12-06 22:00", "2026-12-06 22:00"), None);
        let always = Worker { hours: vec![Hours::parse("00:00-24:00").unwrap()], ..worker.clone() };
        assert_eq!(
            always.off_duty(Stretch { start: at("2026-12-04 23:00"), end: at("2027-12-05 03:00") }),
            None
        );
    }

    #[test]
    fn people_who_never_meet_never_work_together() {
        let early = Worker {
            hours: vec![Hours::parse("06:00-09:00").unwrap()],
            ..Worker::office(Clock::of(chrono_tz::UTC))
        };
        let late = Worker::office(Clock::of(chrono_tz::UTC));
        let crew = Crew::new(vec![&early, &late], &[]);
        assert_eq!(crew.forward(at("2026-12-09 07:00"), 3600), None);
    }
}
