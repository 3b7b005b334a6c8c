//! Whether something would come earlier if the plan began earlier, and what has to be written for that.
//!
//! A start that is counted back from T-0 does not begin earlier by itself, and `T` without a `t0` moves
//! along with the start: messages offer an earlier beginning only where it helps.

use super::board::Board;
use super::clock::Clock;
use super::moment::Moment;
use super::shown::{shown_length, written_date};
use crate::graph::VertexId;
use crate::plan::Time;

/// What an earlier beginning takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Beginning {
    /// The plan has a start to change, or something else is in the way that is said besides.
    #[default]
    Free,
    /// The plan begins here, counted back from its pins: the start has to be written.
    Counted(Moment),
    /// The same, where work in days leads on from there: nobody knows how much earlier it takes.
    CountedInDays(Moment),
    /// It does not help.
    Fixed,
}

impl Beginning {
    /// Of what begins with a step; `pauses` says whether work in days is on the way.
    pub(super) fn of(board: &Board<'_>, first: VertexId, pauses: bool) -> Self {
        match (board.times.start, board.times.dated) {
            (Some(_), _) => Self::Free,
            (None, true) if board.start[first.index()] != board.plan_start => Self::Fixed,
            (None, true) if pauses => Self::CountedInDays(board.plan_start),
            (None, true) => Self::Counted(board.plan_start),
            (None, false) => Self::Fixed,
        }
    }

    /// The same when what is missed was written as `time`.
    pub(super) fn against(self, time: Time, board: &Board<'_>) -> Self {
        let is_t = matches!(time, Time::T { .. });
        if is_t && board.times.t0_given.is_none() { Self::Fixed } else { self }
    }

    /// How to begin so much earlier.
    pub(super) fn earlier(self, by: i64, clock: Clock) -> Option<String> {
        let earlier = format!("begin {} earlier", shown_length(by));
        match self {
            Self::Free => Some(earlier),
            Self::Counted(start) => Some(format!("{earlier} (`start: {}`)", written_date(start - by, clock))),
            Self::CountedInDays(start) => {
                Some(format!("begin earlier (a `start:` before {})", written_date(start, clock)))
            }
            Self::Fixed => None,
        }
    }
}
