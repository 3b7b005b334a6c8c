//! The clock for programs whose times have no zone and whose clocks never change.
//!
//! They get what the clock on the wall shows, as long as that runs on between any two times of the plan.
//! When a clock is put back in the middle of it, all times keep the offset of the plan's start, and
//! the title says so. A plan without a date counts from its beginning.

use chrono::NaiveDateTime;

use crate::schedule::{Clock, Moment};
use crate::view::presenter::Presenter;

/// How moments become times without a zone.
#[derive(Debug, Clone, Copy)]
pub(super) enum PlannerClock {
    /// The clock on the wall.
    Wall(Clock),
    /// So many seconds ahead of UTC, always.
    Steady(i64),
}

impl PlannerClock {
    /// What it shows.
    pub(super) fn shows(self, moment: Moment) -> NaiveDateTime {
        match self {
            Self::Wall(clock) => clock.local(moment),
            Self::Steady(ahead) => Clock::undated().local(moment + ahead),
        }
    }

    /// How far two moments are apart on it, in seconds.
    pub(super) fn between(self, from: Moment, to: Moment) -> i64 {
        (self.shows(to) - self.shows(from)).num_seconds()
    }
}

impl Presenter<'_> {
    /// The clock that fits this plan.
    pub(super) fn planner_clock(&self) -> PlannerClock {
        let main = &self.schedule().main;
        if !self.words.dated {
            return PlannerClock::Steady(-main.start.0);
        }
        let wall = self.words.clock;
        let placed = main.order.iter().filter_map(|id| self.placed(*id));
        let mut moments: Vec<Moment> = placed.flat_map(|placed| [placed.start, placed.finish]).collect();
        moments.sort_unstable();
        moments.dedup();
        let runs_on = moments.windows(2).all(|pair| wall.local(pair[0]) < wall.local(pair[1]));
        if runs_on { PlannerClock::Wall(wall) } else { PlannerClock::Steady(wall.offset(main.start)) }
    }
}
