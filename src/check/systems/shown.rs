//! Times of one line in words: of a night the clock alone, of longer plans with the day, of a way back
//! from the moment at which it is called.

use super::line::LineOfSystems;
use crate::schedule::{Clock, Moment, shown_beside, shown_moment, shown_offset, which_of_two};

/// A plan as long as this, or shorter, has every clock time once (or says which of the two it is).
const A_DAY: i64 = 86_400;

/// How times of a line are said.
#[derive(Clone, Copy)]
pub(super) enum Shown {
    /// The clock alone.
    Night(Clock),
    /// With its day.
    Days(Clock),
    /// So long after it is called.
    WayBack,
}

impl Shown {
    pub(super) fn of(line: &LineOfSystems<'_>) -> Self {
        let clock = line.schedule.clock;
        match line.line.finish - line.line.start {
            _ if line.is_way_back() => Self::WayBack,
            length if length <= A_DAY && clock.zone().is_some() => Self::Night(clock),
            _ => Self::Days(clock),
        }
    }

    pub(super) fn at(self, moment: Moment) -> String {
        match self {
            Self::WayBack => shown_offset(moment.0).replace('T', "R"),
            Self::Days(clock) => shown_moment(moment, clock),
            Self::Night(clock) => {
                let seconds = moment.0.rem_euclid(60) != 0;
                let text = clock.local(moment).format(if seconds { "%H:%M:%S" } else { "%H:%M" });
                format!("{text}{}", which_of_two(moment, clock))
            }
        }
    }

    /// A moment after another was said: its day is said again where it is another one.
    pub(super) fn beside(self, moment: Moment, other: Moment) -> String {
        match self {
            Self::Days(clock) => shown_beside(moment, other, clock),
            _ => self.at(moment),
        }
    }

    /// `23:20–23:25`, and for what takes no time `23:20`.
    pub(super) fn between(self, start: Moment, finish: Moment) -> String {
        let from = self.at(start);
        if start == finish { from } else { format!("{from}–{}", self.beside(finish, start)) }
    }
}
