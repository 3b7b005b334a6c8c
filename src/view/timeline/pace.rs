//! Which stretches of a long plan are enlarged: those in which so much happens in so little time that
//! nobody could read them on one scale with the rest.
//!
//! The stretches between one event and the next come in; what is dense and how much of the picture it
//! gets comes out. A few lengths are tried, so the work grows with the number of events. Promised: all
//! dense stretches together have one scale, and all others another.

use crate::schedule::Moment;

/// Pauses that end a dense stretch, in seconds; the best is taken.
const PAUSES: [i64; 6] = [300, 900, 1800, 3600, 7200, 14_400];
/// Fewer events do not make a dense stretch.
const FEWEST: usize = 8;
/// More dense stretches would tear the picture to shreds.
const MOST: usize = 6;
/// So much more must happen in the same time, and so many times larger it must be drawn.
const DENSER: f64 = 6.0;
const LARGER: f64 = 3.0;
/// Between these lies the part of the picture that dense stretches get.
const LEAST_SHARE: f64 = 0.35;
const MOST_SHARE: f64 = 0.75;

/// How a stretch of time is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pace {
    /// To scale.
    Even,
    /// To a larger scale.
    Enlarged,
    /// As short as can be.
    Folded,
}

/// The time from one event to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Gap {
    pub start: Moment,
    pub end: Moment,
    pub pace: Pace,
}

impl Gap {
    fn seconds(&self) -> i64 {
        self.end - self.start
    }
}

/// A dense stretch: from its first gap to the one after its last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    from: usize,
    to: usize,
}

/// Marks the dense ones of the gaps that are not folded; says which part of the room they get, where
/// there are any.
pub(super) fn enlarge(gaps: &mut [Gap]) -> Option<f64> {
    let open: Vec<&Gap> = gaps.iter().filter(|gap| gap.pace == Pace::Even).collect();
    let (count, seconds) = (open.len() as f64, open.iter().map(|gap| gap.seconds()).sum::<i64>() as f64);
    let tried = PAUSES.iter().filter_map(|pause| {
        let runs = runs(gaps, *pause);
        let inside = || runs.iter().flat_map(|run| &gaps[run.from..run.to]);
        let events = inside().count() as f64 / count;
        let time = inside().map(Gap::seconds).sum::<i64>() as f64 / seconds;
        let share = events.clamp(LEAST_SHARE, MOST_SHARE);
        let denser = (events / time) / ((1.0 - events) / (1.0 - time)).max(1e-9);
        let larger = (share / time) / ((1.0 - share) / (1.0 - time)).max(1e-9);
        let is_worth_it =
            (1..=MOST).contains(&runs.len()) && time < 1.0 && denser >= DENSER && larger >= LARGER;
        is_worth_it.then_some((events - time - 0.02 * runs.len() as f64, share, runs))
    });
    let (_, share, runs) = tried.max_by(|one, other| one.0.total_cmp(&other.0))?;
    for run in runs {
        for gap in &mut gaps[run.from..run.to] {
            gap.pace = Pace::Enlarged;
        }
    }
    Some(share)
}

/// Stretches of many events with no longer pause in between. Two that are nearer to each other than they
/// are long count as one.
fn runs(gaps: &[Gap], pause: i64) -> Vec<Run> {
    let mut found: Vec<Run> = Vec::new();
    let mut from = 0;
    for index in 0..=gaps.len() {
        let goes_on = gaps.get(index).is_some_and(|gap| gap.pace == Pace::Even && gap.seconds() <= pause);
        if goes_on {
            continue;
        }
        if index - from >= FEWEST {
            join(&mut found, Run { from, to: index }, gaps);
        }
        from = index + 1;
    }
    found
}

fn join(found: &mut Vec<Run>, run: Run, gaps: &[Gap]) {
    let length = |run: Run| gaps[run.to - 1].end - gaps[run.from].start;
    if let Some(last) = found.last_mut() {
        let between = &gaps[last.to..run.from];
        let apart: i64 = between.iter().map(Gap::seconds).sum();
        let is_open = between.iter().all(|gap| gap.pace == Pace::Even);
        if is_open && apart <= length(*last) + length(run) {
            last.to = run.to;
            return;
        }
    }
    found.push(run);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gaps of so many minutes each.
    fn gaps(minutes: &[i64]) -> Vec<Gap> {
        let mut at = 0;
        let gap = |minutes: &i64| {
            let start = at;
            at += minutes * 60;
            Gap { start: Moment(start), end: Moment(at), pace: Pace::Even }
        };
        minutes.iter().map(gap).collect()
    }

    fn enlarged(gaps: &[Gap]) -> Vec<usize> {
        (0..gaps.len()).filter(|index| gaps[*index].pace == Pace::Enlarged).collect()
    }

    #[test]
    fn a_night_after_weeks_is_enlarged() {
        let mut minutes = vec![2880; 12];
        minutes.extend([5; 20]);
        minutes.extend([1440; 3]);
        let mut gaps = gaps(&minutes);
        let share = enlarge(&mut gaps).expect("a dense stretch");
        assert_eq!(enlarged(&gaps), (12..32).collect::<Vec<_>>());
        assert!((0.5..0.6).contains(&share), "{share}");
    }

    #[test]
    fn an_even_plan_has_one_scale() {
        for minutes in [vec![5; 40], vec![1440; 40], vec![20, 5, 60, 30, 10, 15, 5, 40, 20, 10, 30, 5]] {
            let mut gaps = gaps(&minutes);
            assert_eq!((enlarge(&mut gaps), enlarged(&gaps)), (None, Vec::new()));
        }
        assert_eq!(enlarge(&mut []), None);
    }

    #[test]
    fn two_dense_hours_near_each_other_are_one() {
        let mut minutes = vec![2880; 12];
        minutes.extend([5; 12]);
        minutes.push(100);
        minutes.extend([5; 12]);
        let mut near = gaps(&minutes);
        enlarge(&mut near).expect("a dense stretch");
        assert_eq!(enlarged(&near), (12..37).collect::<Vec<_>>());
        minutes[24] = 2880;
        let mut far = gaps(&minutes);
        enlarge(&mut far).expect("dense stretches");
        assert_eq!(enlarged(&far).len(), 24);
    }

    #[test]
    fn what_is_folded_parts_dense_stretches_and_stays_folded() {
        let mut minutes = vec![2880; 12];
        minutes.extend([5; 10]);
        minutes.push(90);
        minutes.extend([5; 10]);
        let mut gaps = gaps(&minutes);
        gaps[22].pace = Pace::Folded;
        enlarge(&mut gaps).expect("dense stretches");
        assert_eq!(gaps[22].pace, Pace::Folded);
        assert_eq!(enlarged(&gaps).len(), 20);
    }
}
