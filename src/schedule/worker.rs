//! When somebody works: in their hours (else Mon-Fri 09:00-17:00), in their own zone, not on closed days and
//! not while away.

use std::sync::OnceLock;

use chrono::{Datelike, Days, NaiveDate};

use super::busy::Stretch;
use super::clock::Clock;
use super::moment::Moment;
use crate::plan::Hours;
use crate::source::Span;

/// How far ahead working time is looked for, in days: ten years and some.
const HORIZON: u64 = 4000;

/// Hours repeat from week to week: so many days show whether somebody is ever off duty.
const A_WEEK_AND_MORE: u64 = 10;

/// When somebody works.
#[derive(Debug, Clone)]
pub struct Worker {
    /// The clock by which they live.
    pub clock: Clock,
    /// Their hours; empty is office hours, on the plan's clock.
    pub hours: Vec<Hours>,
    /// The clock of the plan.
    pub plan: Clock,
    /// When they are away.
    pub away: Vec<Absence>,
    /// The same in order, those that overlap as one; found when first asked for.
    pub(super) gone: OnceLock<Vec<Stretch>>,
}

/// A stretch in which somebody is away, and where it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Absence {
    /// From when to when.
    pub stretch: Stretch,
    /// Its place in the roster.
    pub span: Span,
}

impl Worker {
    /// Somebody who works office hours.
    #[must_use]
    pub fn office(clock: Clock) -> Self {
        Self::new(clock, clock, Vec::new(), Vec::new())
    }

    pub(super) fn new(clock: Clock, plan: Clock, hours: Vec<Hours>, away: Vec<Absence>) -> Self {
        Self { clock, hours, plan, away, gone: OnceLock::new() }
    }

    /// The first moment of a stretch at which they are not on duty by their own hours; whoever has
    /// none is always on duty. Of a stretch without length, that moment itself counts.
    #[must_use]
    pub fn off_duty(&self, stretch: Stretch) -> Option<Moment> {
        if self.hours.is_empty() || self.plan.zone().is_none() {
            return None;
        }
        let end = stretch.end.max(stretch.start + 1);
        let mut covered = stretch.start;
        // A night shift may have begun the day before.
        let mut date = self.clock.local(stretch.start).date().checked_sub_days(Days::new(1))?;
        // Whoever is on duty for more than a week without a break always is.
        for _ in 0..A_WEEK_AND_MORE {
            for shift in self.day(date) {
                if shift.start <= covered {
                    covered = covered.max(shift.end);
                }
            }
            if covered >= end {
                return None;
            }
            date = date.checked_add_days(Days::new(1))?;
            if covered < self.clock.start_of(date) {
                return Some(covered);
            }
        }
        None
    }

    /// The clock by which the hours are read.
    pub(super) fn work_clock(&self) -> Clock {
        if self.hours.is_empty() { self.plan } else { self.clock }
    }

    /// The stretches that begin on a day, in order.
    pub(super) fn day(&self, date: NaiveDate) -> Vec<Stretch> {
        let office = [Hours::OFFICE];
        let hours = if self.hours.is_empty() { &office[..] } else { &self.hours };
        let weekday = date.weekday().num_days_from_monday() as usize;
        let clock = self.work_clock();
        let at = |minute: u32| {
            let day = date.checked_add_days(Days::new(u64::from(minute / 1440))).unwrap_or(date);
            day.and_hms_opt(minute % 1440 / 60, minute % 60, 0)
                .map_or(clock.start_of(day), |local| clock.settle(local))
        };
        let mut stretches: Vec<Stretch> = hours
            .iter()
            .filter(|hours| hours.days[weekday])
            .map(|hours| Stretch { start: at(hours.from), end: at(hours.to) })
            .collect();
        stretches.sort();
        stretches
    }

    /// The first stretch of work that ends after `moment`, absences and closed days (as [`merged`] has them) taken out.
    pub(super) fn next(&self, moment: Moment, closed: &[Stretch]) -> Option<Stretch> {
        let mut moment = moment;
        // A night shift may have begun the day before.
        let mut date = self.work_clock().local(moment).date().checked_sub_days(Days::new(1))?;
        for _ in 0..HORIZON {
            for stretch in self.day(date) {
                if stretch.end <= moment {
                    continue;
                }
                let mut rest = Stretch { start: stretch.start.max(moment), end: stretch.end };
                while let Some(out) = self.out(rest, closed) {
                    if out.start > rest.start {
                        rest.end = out.start;
                        break;
                    }
                    rest.start = out.end;
                    if rest.start >= rest.end {
                        break;
                    }
                }
                if rest.start < rest.end {
                    return Some(rest);
                }
                moment = moment.max(stretch.end);
            }
            date = date.checked_add_days(Days::new(1))?;
        }
        None
    }

    /// The last stretch of work that begins before `moment`.
    pub(super) fn previous(&self, moment: Moment, closed: &[Stretch]) -> Option<Stretch> {
        let mut moment = moment;
        let mut date = self.work_clock().local(moment).date();
        for _ in 0..HORIZON {
            for stretch in self.day(date).into_iter().rev() {
                if stretch.start >= moment {
                    continue;
                }
                let mut rest = Stretch { start: stretch.start, end: stretch.end.min(moment) };
                while let Some(out) = self.last_out(rest, closed) {
                    if out.end < rest.end {
                        rest.start = out.end;
                        break;
                    }
                    rest.end = out.start;
                    if rest.start >= rest.end {
                        break;
                    }
                }
                if rest.start < rest.end {
                    return Some(rest);
                }
                moment = moment.min(stretch.start);
            }
            date = date.checked_sub_days(Days::new(1))?;
        }
        None
    }

    /// The first absence or closed day that overlaps a stretch.
    pub(super) fn out(&self, stretch: Stretch, closed: &[Stretch]) -> Option<Stretch> {
        self.outs(stretch, closed).min_by_key(|out| out.start)
    }

    pub(super) fn last_out(&self, stretch: Stretch, closed: &[Stretch]) -> Option<Stretch> {
        self.outs(stretch, closed).max_by_key(|out| out.end)
    }

    pub(super) fn outs<'a>(
        &'a self,
        stretch: Stretch,
        closed: &'a [Stretch],
    ) -> impl Iterator<Item = Stretch> + 'a {
        let away = self.gone.get_or_init(|| merged(self.away.iter().map(|away| away.stretch).collect()));
        overlapping(away, stretch).chain(overlapping(closed, stretch))
    }
}

/// Stretches in order, those that overlap as one.
pub(super) fn merged(mut stretches: Vec<Stretch>) -> Vec<Stretch> {
    stretches.retain(|stretch| stretch.start < stretch.end);
    stretches.sort_unstable();
    stretches.dedup_by(|next, last| {
        let overlap = next.start < last.end;
        if overlap {
            last.end = last.end.max(next.end);
        }
        overlap
    });
    stretches
}

/// Those of merged stretches that overlap another one.
fn overlapping(all: &[Stretch], stretch: Stretch) -> impl Iterator<Item = Stretch> + '_ {
    let first = all.partition_point(|out| out.end <= stretch.start);
    all[first..].iter().copied().take_while(move |out| out.start < stretch.end)
}
