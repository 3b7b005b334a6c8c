//! The clock on the wall of one zone: which instant a local time is, and what a day later means.
//!
//! Clock changes are right to the second. Without a zone (a plan without a date) every day has 24
//! hours.

use std::cell::Cell;

use chrono::{DateTime, Days, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta, TimeZone};
use chrono_tz::Tz;

use super::Moment;
use crate::plan::Duration;

/// The clock of a zone, or of a plan without a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    zone: Option<Tz>,
}

/// Which instant a local time is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Local {
    /// Just one.
    Once(Moment),
    /// The clock was put back: it shows this time twice.
    Twice(Moment, Moment),
    /// The clock was put forward over it; the moment at which that happened.
    Skipped(Moment),
}

impl Clock {
    /// The clock of a zone.
    #[must_use]
    pub fn of(zone: Tz) -> Self {
        Self { zone: Some(zone) }
    }

    /// The clock of a plan without a date.
    #[must_use]
    pub fn undated() -> Self {
        Self { zone: None }
    }

    /// The zone.
    #[must_use]
    pub fn zone(self) -> Option<Tz> {
        self.zone
    }

    /// What the clock shows.
    #[must_use]
    pub fn local(self, moment: Moment) -> NaiveDateTime {
        let utc = utc(moment);
        match self.zone {
            Some(zone) => ahead(zone, moment)
                .and_then(|seconds| utc.checked_add_signed(TimeDelta::seconds(seconds)))
                .unwrap_or_else(|| zone.from_utc_datetime(&utc).naive_local()),
            None => utc,
        }
    }

    /// How far the clock is ahead of UTC, in seconds.
    #[must_use]
    pub fn offset(self, moment: Moment) -> i64 {
        match self.zone.and_then(|zone| ahead(zone, moment)) {
            Some(seconds) => seconds,
            None => (self.local(moment) - utc(moment)).num_seconds(),
        }
    }

    /// Whether the clock shows the time of this moment twice, because it is put back.
    #[must_use]
    pub fn shows_twice(self, moment: Moment) -> bool {
        const DAY: i64 = 86_400;
        let offset = self.offset(moment);
        // Far from any change, which nearly every moment is, this is known without a look at the zone.
        if self.zone.is_none()
            || (self.offset(moment + -DAY) == offset && self.offset(moment + DAY) == offset)
        {
            return false;
        }
        matches!(self.resolve(self.local(moment)), Local::Twice(..))
    }

    /// Which instant a local time is.
    #[must_use]
    pub fn resolve(self, local: NaiveDateTime) -> Local {
        let Some(zone) = self.zone else { return Local::Once(Moment(local.and_utc().timestamp())) };
        match zone.from_local_datetime(&local) {
            LocalResult::Single(one) => Local::Once(Moment(one.timestamp())),
            LocalResult::Ambiguous(first, second) => {
                Local::Twice(Moment(first.timestamp()), Moment(second.timestamp()))
            }
            LocalResult::None => Local::Skipped(self.end_of_gap(local)),
        }
    }

    /// The same, where a skipped time stands for the end of the gap and a double one for the first.
    #[must_use]
    pub fn settle(self, local: NaiveDateTime) -> Moment {
        match self.resolve(local) {
            Local::Once(moment) | Local::Twice(moment, _) | Local::Skipped(moment) => moment,
        }
    }

    /// The first moment at which the clock shows `local` or more.
    fn end_of_gap(self, local: NaiveDateTime) -> Moment {
        let nominal = Moment(local.and_utc().timestamp());
        first(nominal - 2 * 86_400, nominal + 2 * 86_400, |moment| self.local(moment) >= local)
    }

    /// The beginning of a day.
    #[must_use]
    pub fn start_of(self, date: NaiveDate) -> Moment {
        self.settle(date.and_time(NaiveTime::MIN))
    }

    /// The end of a day, which is the beginning of the next.
    #[must_use]
    pub fn end_of(self, date: NaiveDate) -> Moment {
        self.start_of(date.checked_add_days(Days::new(1)).unwrap_or(date))
    }

    /// So many calendar days later (or, negative, earlier), at the same time of day.
    #[must_use]
    pub fn add_days(self, moment: Moment, days: i64) -> Moment {
        if days == 0 {
            return moment;
        }
        if self.zone.is_none() {
            return moment + days.saturating_mul(86_400);
        }
        let local = self.local(moment);
        let count = Days::new(days.unsigned_abs());
        let moved = if days > 0 { local.checked_add_days(count) } else { local.checked_sub_days(count) };
        moved.map_or(moment + days.saturating_mul(86_400), |local| self.settle(local))
    }

    /// A duration later: calendar days first, then seconds.
    #[must_use]
    pub fn add(self, moment: Moment, by: Duration) -> Moment {
        self.add_days(moment, by.calendar_days()) + by.seconds()
    }

    /// The latest moment from which `by` later is no later than `end`.
    #[must_use]
    pub fn latest_before(self, end: Moment, by: Duration) -> Moment {
        let days = by.calendar_days();
        if days == 0 || self.zone.is_none() {
            return end - by.seconds() - days.saturating_mul(86_400);
        }
        let nominal = end - by.seconds() - days.saturating_mul(86_400);
        first(nominal - 3 * 86_400, nominal + 3 * 86_400, |moment| self.add(moment, by) > end) - 1
    }

    /// How far a moment can slip from `from` on with `by` later still no later than `end`: as
    /// [`Self::latest_before`], but when the clock is put back on the way, nothing in between may be
    /// too late either.
    #[must_use]
    pub fn slip_limit(self, from: Moment, end: Moment, by: Duration) -> Moment {
        let last = self.latest_before(end, by);
        if by.calendar_days() == 0 || last <= from || self.offset(last) >= self.offset(from) {
            return last;
        }
        let put_back = |moment: Moment| self.offset(moment) < self.offset(from);
        let change = first(from, last, put_back);
        if self.add(change - 1, by) <= end {
            return last;
        }
        first(from - 1, change, |moment| self.add(moment, by) > end) - 1
    }
}

/// The first moment after `before` for which something holds, when it holds for `after`.
fn first(before: Moment, after: Moment, holds: impl Fn(Moment) -> bool) -> Moment {
    let (mut early, mut late) = (before, after);
    while late - early > 1 {
        let middle = early + (late - early) / 2;
        if holds(middle) {
            late = middle;
        } else {
            early = middle;
        }
    }
    late
}

/// A day (counted from 1970, in UTC) of a zone: how far its clock was ahead of UTC on all of it, in seconds;
/// nothing where it changed.
type KnownDay = (Tz, i64, Option<i64>);

/// So many days are remembered: most times of a plan lie on few.
const DAYS: usize = 16;

thread_local! {
    static KNOWN: [Cell<Option<KnownDay>>; DAYS] = const { [const { Cell::new(None) }; DAYS] };
}

/// How far the clock of a zone is ahead of UTC on the day of a moment, in seconds; nothing when that is not the
/// same all day, and nothing for days far from ours. To look it up in the zone takes longer by far, and
/// every time on every page asks.
fn ahead(zone: Tz, moment: Moment) -> Option<i64> {
    const DAY: i64 = 86_400;
    let day = moment.0 / DAY;
    // From 1970 to 2106.
    if !(1..50_000).contains(&day) {
        return None;
    }
    KNOWN.with(|known| {
        let slot = &known[day.unsigned_abs() as usize % DAYS];
        if let Some((of, on, ahead)) = slot.get()
            && on == day
            && of == zone
        {
            return ahead;
        }
        let at = |second: i64| {
            let utc = utc(Moment(day * DAY + second));
            i64::from(zone.offset_from_utc_datetime(&utc).fix().local_minus_utc())
        };
        let first = at(0);
        let all_day = (first == at(DAY / 2) && first == at(DAY - 1)).then_some(first);
        slot.set(Some((zone, day, all_day)));
        all_day
    })
}

/// The instant as chrono has it; past its calendar, the last it has.
fn utc(moment: Moment) -> NaiveDateTime {
    let within = moment.0.clamp(-62_000_000_000, Moment::LAST.0);
    DateTime::from_timestamp(within, 0).unwrap_or_default().naive_utc()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn berlin() -> Clock {
        Clock::of(chrono_tz::Europe::Berlin)
    }

    fn at(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
    }

    #[test]
    fn clock_changes() {
        let Local::Twice(first, second) = berlin().resolve(at("2026-10-25 02:30")) else { panic!("twice") };
        assert_eq!(second - first, 3600);
        let twice =
            [first, second, first + -31 * 60, second + 30 * 60].map(|moment| berlin().shows_twice(moment));
        assert_eq!(twice, [true, true, false, false]);
        let Local::Skipped(end) = berlin().resolve(at("2026-03-29 02:30")) else { panic!("skipped") };
        assert_eq!(berlin().local(end), at("2026-03-29 03:00"));
    }

    #[test]
    fn what_is_remembered_of_a_day_holds_for_all_of_it() {
        let year = at("2026-01-01 00:00").and_utc().timestamp();
        for zone in chrono_tz::TZ_VARIANTS {
            for hours in 0..365 * 8 {
                let moment = Moment(year + hours * 3 * 3600);
                let local = zone.from_utc_datetime(&utc(moment)).naive_local();
                assert_eq!(Clock::of(zone).local(moment), local, "{zone} {moment:?}");
                assert_eq!(Clock::of(zone).offset(moment), (local - utc(moment)).num_seconds());
            }
        }
    }

    #[test]
    fn a_day_later_is_the_same_time_of_day() {
        let before = berlin().settle(at("2026-10-24 12:30"));
        assert_eq!(berlin().add_days(before, 1) - before, 25 * 3600);
        let day = Duration::new(0, 1, 0);
        let after = berlin().settle(at("2026-10-25 12:30"));
        assert_eq!(berlin().latest_before(after, day), before);
    }

    #[test]
    fn moments_past_the_calendar_do_no_harm() {
        let _ = berlin().local(Moment::NEVER);
        let _ = berlin().local(Moment::ALWAYS);
        let _ = berlin().add_days(Moment::NEVER, 10);
    }
}
