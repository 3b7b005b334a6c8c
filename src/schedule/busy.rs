//! When a person or a lock is taken.
//!
//! Stretches that touch are kept as one run, so that looking for a gap costs by the gaps there are,
//! not by the steps. Stretches of length zero take nothing.

use std::collections::BTreeMap;

use super::Moment;

/// A stretch of time, from its start up to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stretch {
    /// First moment.
    pub start: Moment,
    /// Moment after the last.
    pub end: Moment,
}

/// The stretches at which something is taken.
#[derive(Debug, Clone, Default)]
pub struct Busy {
    runs: BTreeMap<Moment, Moment>,
    /// Where single stretches in the runs begin or end, and how many do.
    borders: BTreeMap<Moment, u32>,
    /// Stretches taken although they were not free: pins that clash.
    double: Vec<Stretch>,
}

impl Busy {
    /// Nothing is taken.
    pub(super) const FREE: Self =
        Self { runs: BTreeMap::new(), borders: BTreeMap::new(), double: Vec::new() };

    /// Takes a stretch.
    pub fn take(&mut self, stretch: Stretch) {
        if stretch.start >= stretch.end {
            return;
        }
        if self.run_conflict(stretch).is_some() {
            self.double.push(stretch);
            return;
        }
        for border in [stretch.start, stretch.end] {
            *self.borders.entry(border).or_default() += 1;
        }
        let mut start = stretch.start;
        let mut end = stretch.end;
        if let Some((&before, &before_end)) = self.runs.range(..=start).next_back()
            && before_end == start
        {
            start = before;
        }
        if let Some(after_end) = self.runs.remove(&end) {
            end = after_end;
        }
        self.runs.insert(start, end);
    }

    /// Frees a stretch that was taken.
    pub fn free(&mut self, stretch: Stretch) {
        if stretch.start >= stretch.end {
            return;
        }
        if let Some(index) = self.double.iter().position(|one| *one == stretch) {
            self.double.swap_remove(index);
            return;
        }
        let Some((&start, &end)) = self.runs.range(..=stretch.start).next_back() else { return };
        if end < stretch.end {
            return;
        }
        for border in [stretch.start, stretch.end] {
            if let Some(count) = self.borders.get_mut(&border) {
                *count -= 1;
                if *count == 0 {
                    self.borders.remove(&border);
                }
            }
        }
        self.runs.remove(&start);
        if start < stretch.start {
            self.runs.insert(start, stretch.start);
        }
        if stretch.end < end {
            self.runs.insert(stretch.end, end);
        }
    }

    /// A taken stretch that overlaps this one, the latest; one of length zero overlaps what it lies
    /// strictly inside of.
    #[must_use]
    pub fn conflict(&self, stretch: Stretch) -> Option<Stretch> {
        let double = self.double.iter().copied().filter(|one| overlaps(*one, stretch)).max();
        self.run_conflict(stretch).max(double)
    }

    fn run_conflict(&self, stretch: Stretch) -> Option<Stretch> {
        let before = if stretch.start == stretch.end { stretch.start } else { stretch.end };
        let (&start, &end) = self.runs.range(..before).next_back()?;
        let mut found = Stretch { start, end };
        if !overlaps(found, stretch) {
            return None;
        }
        if stretch.start == stretch.end {
            // Between two that touch there is room for a moment.
            if self.borders.contains_key(&stretch.start) {
                return None;
            }
            let border = |at: Option<(&Moment, &u32)>, else_at| at.map_or(else_at, |(border, _)| *border);
            found = Stretch {
                start: border(self.borders.range(..stretch.start).next_back(), start),
                end: border(self.borders.range(stretch.start..).next(), end),
            };
        }
        Some(found)
    }

    /// The end of the last stretch.
    #[must_use]
    pub fn last_end(&self) -> Option<Moment> {
        let double = self.double.iter().map(|one| one.end).max();
        self.runs.values().next_back().copied().max(double)
    }

    /// The start of the first stretch.
    #[must_use]
    pub fn first_start(&self) -> Option<Moment> {
        let double = self.double.iter().map(|one| one.start).min();
        let run = self.runs.keys().next().copied();
        match (run, double) {
            (Some(run), Some(double)) => Some(run.min(double)),
            (run, double) => run.or(double),
        }
    }
}

fn overlaps(taken: Stretch, wanted: Stretch) -> bool {
    if wanted.start == wanted.end {
        taken.start < wanted.start && wanted.start < taken.end
    } else {
        taken.start < wanted.end && wanted.start < taken.end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stretch(start: i64, end: i64) -> Stretch {
        Stretch { start: Moment(start), end: Moment(end) }
    }

    #[test]
    fn runs_grow_together_and_part_again() {
        let mut busy = Busy::default();
        busy.take(stretch(0, 10));
        busy.take(stretch(20, 30));
        busy.take(stretch(10, 20));
        assert_eq!(busy.conflict(stretch(5, 6)), Some(stretch(0, 30)));
        busy.free(stretch(10, 20));
        assert_eq!(busy.conflict(stretch(10, 20)), None);
        assert_eq!(busy.conflict(stretch(9, 12)), Some(stretch(0, 10)));
        assert_eq!(busy.last_end(), Some(Moment(30)));
    }

    #[test]
    fn a_clash_is_kept_apart() {
        let mut busy = Busy::default();
        busy.take(stretch(0, 10));
        busy.take(stretch(5, 15));
        assert_eq!(busy.conflict(stretch(12, 13)), Some(stretch(5, 15)));
        busy.free(stretch(5, 15));
        assert_eq!(busy.conflict(stretch(12, 13)), None);
    }

    #[test]
    fn a_moment_fits_between_two_that_touch() {
        let mut busy = Busy::default();
        busy.take(stretch(0, 10));
        busy.take(stretch(10, 20));
        assert_eq!(busy.conflict(stretch(10, 10)), None);
        assert_eq!(busy.conflict(stretch(5, 5)), Some(stretch(0, 10)));
        busy.take(stretch(40, 50));
        assert_eq!(busy.conflict(stretch(30, 30)), None);
        busy.free(stretch(40, 50));
        busy.free(stretch(10, 20));
        busy.free(stretch(0, 10));
        busy.take(stretch(0, 20));
        assert_eq!(busy.conflict(stretch(10, 10)), Some(stretch(0, 20)));
    }

    #[test]
    fn a_moment_overlaps_only_what_it_lies_inside_of() {
        let mut busy = Busy::default();
        busy.take(stretch(0, 10));
        assert_eq!(busy.conflict(stretch(0, 0)), None);
        assert_eq!(busy.conflict(stretch(10, 10)), None);
        assert!(busy.conflict(stretch(5, 5)).is_some());
    }
}
