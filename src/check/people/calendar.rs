//! Stretches in order, to be asked which of them a time falls into.
//!
//! Promised: a question costs by the logarithm of the stretches, however they overlap.

use crate::schedule::{Moment, Stretch};

/// Stretches with what each stands for.
#[derive(Debug, Clone)]
pub(super) struct Calendar<T> {
    entries: Vec<(Stretch, T)>,
    /// By place in the list: which of the entries up to there ends last.
    longest: Vec<usize>,
}

impl<T: Copy + Ord> Calendar<T> {
    pub(super) fn new(mut entries: Vec<(Stretch, T)>) -> Self {
        entries.retain(|(stretch, _)| stretch.start < stretch.end);
        entries.sort();
        let mut longest: Vec<usize> = Vec::with_capacity(entries.len());
        for (index, (stretch, _)) in entries.iter().enumerate() {
            let before = longest.last().copied().filter(|&last| entries[last].0.end >= stretch.end);
            longest.push(before.unwrap_or(index));
        }
        Self { entries, longest }
    }

    /// Of the stretches that overlap a time, the one that ends last. A time without length is a moment.
    pub(super) fn within(&self, time: Stretch) -> Option<(Stretch, T)> {
        let begun = |start: Moment| start < time.end || (time.start == time.end && start == time.start);
        let before = self.entries.partition_point(|(stretch, _)| begun(stretch.start));
        let last = self.entries[*self.longest.get(before.checked_sub(1)?)?];
        (last.0.end > time.start).then_some(last)
    }

    /// The stretch that contains a time from its start to its end.
    pub(super) fn around(&self, time: Stretch) -> Option<(Stretch, T)> {
        let before = self.entries.partition_point(|(stretch, _)| stretch.start <= time.start);
        let last = self.entries[*self.longest.get(before.checked_sub(1)?)?];
        (last.0.end >= time.end && last.0.end > time.start).then_some(last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stretch(start: i64, end: i64) -> Stretch {
        Stretch { start: Moment(start), end: Moment(end) }
    }

    #[test]
    fn what_ends_last_is_found_behind_shorter_ones() {
        let calendar =
            Calendar::new(vec![(stretch(30, 40), 'c'), (stretch(0, 100), 'a'), (stretch(10, 20), 'b')]);
        assert_eq!(calendar.within(stretch(50, 60)), Some((stretch(0, 100), 'a')));
        assert_eq!(calendar.within(stretch(100, 110)), None);
        assert_eq!(calendar.within(stretch(-5, 0)), None);
        assert_eq!(calendar.around(stretch(90, 101)), None);
        assert_eq!(calendar.around(stretch(15, 100)).map(|found| found.1), Some('a'));
    }

    #[test]
    fn a_moment_falls_into_what_begins_then_and_not_into_what_ends_then() {
        let calendar =
            Calendar::new(vec![(stretch(0, 10), 'a'), (stretch(20, 30), 'b'), (stretch(40, 40), 'c')]);
        assert_eq!(calendar.within(stretch(10, 10)), None);
        assert_eq!(calendar.within(stretch(20, 20)).map(|found| found.1), Some('b'));
        assert_eq!(calendar.within(stretch(40, 40)), None);
    }
}
