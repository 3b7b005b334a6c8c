//! The stretches in which people work, found once for many questions about long work.
//!
//! A year of working days is a thousand conversions of times, and a block of steps may be moved many times. Promised:
//! the answer is the one that looking at every day anew would give.

use std::collections::HashMap;
use std::sync::Mutex;

use super::busy::Stretch;
use super::moment::Moment;
use super::work::{Crew, Worked, do_work};
use crate::cores::locked;
use crate::plan::PersonId;

/// Questions about so many seconds before the first one are expected.
const BEFORE: i64 = 30 * 86_400;

/// So many seconds are filled in that nobody has asked about.
const LONGEST_GAP: i64 = 366 * 86_400;

/// By people.
#[derive(Debug, Default)]
pub(super) struct Calendars(Mutex<HashMap<Vec<PersonId>, Calendar>>);

/// When some people work, from a moment on and as far as somebody has asked.
#[derive(Debug)]
struct Calendar {
    from: Moment,
    stretches: Vec<Stretch>,
    /// Whether nothing follows.
    ended: bool,
}

impl Calendars {
    /// As [`Crew::forward`].
    pub(super) fn forward(
        &self,
        crew: &Crew<'_>,
        people: &[PersonId],
        from: Moment,
        work: i64,
    ) -> Option<Worked> {
        let mut calendars = locked(&self.0);
        let known = calendars.get_mut(people).filter(|known| known.covers(from));
        match known {
            Some(known) => known.forward(crew, from, work),
            None => {
                let mut new = Calendar { from: from - BEFORE, stretches: Vec::new(), ended: false };
                let answer = new.forward(crew, from, work);
                calendars.insert(people.to_vec(), new);
                answer
            }
        }
    }
}

impl Calendar {
    fn end(&self) -> Moment {
        self.stretches.last().map_or(self.from, |last| last.end)
    }

    fn covers(&self, moment: Moment) -> bool {
        self.from <= moment && moment <= self.end() + LONGEST_GAP
    }

    fn forward(&mut self, crew: &Crew<'_>, from: Moment, work: i64) -> Option<Worked> {
        while self.end() <= from && !self.ended {
            self.go_on(crew);
        }
        if self.end() < from {
            // Nobody works for years from the end on, but perhaps from here.
            return crew.forward_anew(from, work);
        }
        let mut index = self.stretches.partition_point(|stretch| stretch.end <= from);
        do_work(work, || {
            if index == self.stretches.len() {
                self.go_on(crew);
            }
            let next = self.stretches.get(index)?;
            index += 1;
            Some(Stretch { start: next.start.max(from), end: next.end })
        })
    }

    /// Adds the next stretch, if there is one.
    fn go_on(&mut self, crew: &Crew<'_>) {
        match crew.next(self.end()).filter(|_| !self.ended) {
            Some(next) => self.stretches.push(next),
            None => self.ended = true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Hours;
    use crate::schedule::Clock;
    use crate::schedule::worker::{Absence, Worker};
    use crate::source::{SourceId, Span};

    const DAY: i64 = 86_400;

    fn worker(hours: &[&str], zone: chrono_tz::Tz, away: &[(i64, i64)]) -> Worker {
        let hours = hours.iter().map(|text| Hours::parse(text).expect("hours")).collect();
        let span = Span::new(SourceId::new(0), 0..0);
        let away = away.iter().map(|(from, to)| Absence {
            stretch: Stretch { start: Moment(from * DAY), end: Moment(to * DAY) },
            span,
        });
        Worker { hours, away: away.collect(), ..Worker::office(Clock::of(zone)) }
    }

    #[test]
    fn what_is_looked_up_is_what_looking_anew_gives() {
        let crews = [
            vec![worker(&[], chrono_tz::UTC, &[])],
            vec![worker(
                &["22:00-06:00", "Mon 09:00-17:00", "Mon 12:00-20:00"],
                chrono_tz::Europe::Berlin,
                &[],
            )],
            vec![worker(&["00:00-24:00"], chrono_tz::UTC, &[(30, 40), (300, 2000)])],
            vec![
                worker(&[], chrono_tz::America::Lima, &[]),
                worker(&["06:00-10:00"], chrono_tz::Asia::Tokyo, &[]),
            ],
            vec![worker(&[], chrono_tz::UTC, &[(100, 9_000)])],
            vec![worker(&[], chrono_tz::UTC, &[(20, 6_000)])],
        ];
        let closed = [Stretch { start: Moment(60 * DAY), end: Moment(64 * DAY) }];
        let mut seen = [0, 0];
        for workers in &crews {
            let calendars = Calendars::default();
            let crew = Crew::new(workers.iter().collect(), &closed);
            for (index, days) in [400, 410, 405, 5, 6, 7_000, 300, 90_000, 401].into_iter().enumerate() {
                for hours in [1, 300, 2_500, 100_000] {
                    let from = Moment(days * DAY + 3_600 * 7 * i64::try_from(index).expect("a small number"));
                    let anew = crew.forward_anew(from, hours * 3600);
                    seen[usize::from(anew.is_some())] += 1;
                    assert_eq!(calendars.forward(&crew, &[], from, hours * 3600), anew, "{days} {hours}");
                }
            }
        }
        assert!(seen.iter().all(|count| *count > 10), "{seen:?}");
    }
}
