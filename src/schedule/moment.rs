//! An instant, and how far it is to another.

use std::ops::{Add, Sub};

/// Seconds since 1970 in UTC; in a plan without a date, seconds since T.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub i64);

impl Moment {
    /// Later than every moment of a plan.
    pub const NEVER: Self = Self(i64::MAX / 4);
    /// Earlier than every moment of a plan.
    pub const ALWAYS: Self = Self(i64::MIN / 4);
    /// The end of the last year that pages can print: 9999.
    pub const LAST: Self = Self(253_402_300_800);
}

impl Add<i64> for Moment {
    type Output = Self;

    fn add(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds))
    }
}

impl Sub<i64> for Moment {
    type Output = Self;

    fn sub(self, seconds: i64) -> Self {
        Self(self.0.saturating_sub(seconds))
    }
}

impl Sub for Moment {
    type Output = i64;

    fn sub(self, other: Self) -> i64 {
        self.0.saturating_sub(other.0)
    }
}
