//! Time along the timeline: where each moment stands, which quiet stretches are folded, and which dense
//! ones enlarged.
//!
//! The moments at which something happens come in, and two places; a scale comes out on which the same
//! time has the same length, but for what is folded and for what is enlarged.

use super::measure::{Tenths, path};
use super::pace::{Gap, Pace, enlarge};
use crate::schedule::Moment;

/// The width of a folded stretch.
const FOLDED: f64 = 44.0;
/// At most so many stretches are folded.
const MOST_FOLDS: usize = 16;
/// Work that goes on for a day or longer without anything beginning or ending may be folded too.
const LONG_WORK: i64 = 86_400;

/// A stretch of time with its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    pub start: Moment,
    pub end: Moment,
    pub x: f64,
    pub width: f64,
    pub pace: Pace,
}

impl Part {
    pub(super) fn is_folded(&self) -> bool {
        self.pace == Pace::Folded
    }
}

/// Where each moment stands.
#[derive(Debug, Clone)]
pub(super) struct Scale {
    pub parts: Vec<Part>,
}

/// The time of a plan in stretches: which are folded, which enlarged. It is the same for every length
/// of the picture.
#[derive(Debug, Clone)]
pub(super) struct Course {
    gaps: Vec<Gap>,
    /// Which part of the room dense stretches get.
    share: f64,
}

impl Course {
    /// The course of a plan in which something happens at these moments. `work` is when somebody works:
    /// such a stretch is folded only when it is a day or longer.
    pub(super) fn new(mut events: Vec<Moment>, work: &[(Moment, Moment)]) -> Self {
        events.sort();
        events.dedup();
        if events.len() < 2 {
            let start = events.first().copied().unwrap_or(Moment(0));
            events = vec![start, start + 600];
        }
        let long = |pair: &[Moment]| pair[1] - pair[0] >= LONG_WORK;
        let busy: Vec<bool> = worked(&events, work)
            .into_iter()
            .zip(events.windows(2))
            .map(|(busy, pair)| busy && !long(pair))
            .collect();
        let shortest = folded_from(&events, &busy);
        let mut gaps: Vec<Gap> = events
            .windows(2)
            .zip(&busy)
            .map(|(pair, busy)| {
                let folded = !busy && shortest.is_some_and(|shortest| pair[1] - pair[0] >= shortest);
                Gap { start: pair[0], end: pair[1], pace: if folded { Pace::Folded } else { Pace::Even } }
            })
            .collect();
        let share = enlarge(&mut gaps).unwrap_or(0.0);
        Self { gaps, share }
    }

    /// The scale between two places.
    pub(super) fn scale(&self, left: f64, right: f64) -> Scale {
        let folds = self.gaps.iter().filter(|gap| gap.pace == Pace::Folded).count();
        let room = (right - left - folds as f64 * FOLDED).max(1.0);
        let seconds = |pace: Pace| {
            let own = self.gaps.iter().filter(|gap| gap.pace == pace).map(|gap| gap.end - gap.start);
            own.sum::<i64>().max(1) as f64
        };
        let even = room * (1.0 - self.share) / seconds(Pace::Even);
        let enlarged = room * self.share / seconds(Pace::Enlarged);
        let mut x = left;
        let mut parts: Vec<Part> = Vec::new();
        for &Gap { start, end, pace } in &self.gaps {
            let width = match pace {
                Pace::Folded => FOLDED,
                Pace::Even => (end - start) as f64 * even,
                Pace::Enlarged => (end - start) as f64 * enlarged,
            };
            match parts.last_mut() {
                Some(last) if !last.is_folded() && last.pace == pace => {
                    last.end = end;
                    last.width += width;
                }
                _ => parts.push(Part { start, end, x, width, pace }),
            }
            x += width;
        }
        Scale { parts }
    }
}

impl Scale {
    /// Where a moment stands.
    pub(super) fn x(&self, moment: Moment) -> f64 {
        let index = self.parts.partition_point(|part| part.end < moment);
        let Some(part) = self.parts.get(index).or(self.parts.last()) else { return 0.0 };
        let within = (moment - part.start) as f64 / ((part.end - part.start).max(1) as f64);
        part.x + within.clamp(0.0, 1.0) * part.width
    }

    /// The moment that stands at a place, to the minute.
    pub(super) fn minute(&self, x: f64) -> Moment {
        Moment(self.moment(x).0.div_euclid(60) * 60)
    }

    fn moment(&self, x: f64) -> Moment {
        let index = self.parts.partition_point(|part| part.x + part.width < x);
        let Some(part) = self.parts.get(index).or(self.parts.last()) else { return Moment(0) };
        let within = ((x - part.x) / part.width.max(0.1)).clamp(0.0, 1.0);
        part.start + (within * (part.end - part.start) as f64) as i64
    }

    /// Whether a moment is not before the first nor after the last.
    pub(super) fn covers(&self, moment: Moment) -> bool {
        self.parts.first().is_some_and(|part| part.start <= moment)
            && self.parts.last().is_some_and(|part| moment <= part.end)
    }

    /// How many times larger than all others dense stretches are; none where there are none.
    pub(super) fn enlarged(&self) -> Option<f64> {
        let rate = |pace: Pace| {
            let part = self.parts.iter().filter(|part| part.pace == pace);
            let longest = part.max_by_key(|part| part.end - part.start)?;
            Some(longest.width / (longest.end - longest.start).max(1) as f64)
        };
        Some(rate(Pace::Enlarged)? / rate(Pace::Even)?.max(f64::MIN_POSITIVE))
    }

    /// The folded stretches between two places.
    pub(super) fn folds_within(&self, from: f64, to: f64) -> impl Iterator<Item = &Part> {
        let first = self.parts.partition_point(|part| part.x < from);
        self.parts[first..]
            .iter()
            .take_while(move |part| part.x + part.width <= to)
            .filter(|part| part.is_folded())
    }

    /// For the line that shows what time it is: the seconds since 1970 at which each stretch begins, with
    /// its place; at the end those of the last moment.
    pub(super) fn as_text(&self) -> String {
        let point = |moment: Moment, x: f64| path(&[(&format!("{}:", moment.0), Tenths::of(x))], "");
        let mut points: Vec<String> = self.parts.iter().map(|part| point(part.start, part.x)).collect();
        points.extend(self.parts.last().map(|part| point(part.end, part.x + part.width)));
        points.join(" ")
    }
}

/// By stretch between two events: whether somebody works in it.
fn worked(events: &[Moment], work: &[(Moment, Moment)]) -> Vec<bool> {
    let index = |moment: Moment| events.partition_point(|event| *event < moment);
    let mut change = vec![0i64; events.len() + 1];
    for &(start, end) in work {
        change[index(start)] += 1;
        change[index(end)] -= 1;
    }
    let mut at_work = 0;
    let stretches = change.iter().take(events.len().saturating_sub(1));
    stretches
        .map(|change| {
            at_work += change;
            at_work > 0
        })
        .collect()
}

/// The length from which quiet stretches are folded: when a few of them are much longer than all
/// others and take up much of the time.
fn folded_from(events: &[Moment], busy: &[bool]) -> Option<i64> {
    let quiet = events.windows(2).zip(busy).filter(|(_, busy)| !**busy);
    let mut gaps: Vec<i64> = quiet.map(|(pair, _)| pair[1] - pair[0]).collect();
    gaps.sort_by_key(|gap| std::cmp::Reverse(*gap));
    let all = *events.last()? - *events.first()?;
    (1..=MOST_FOLDS.min(gaps.len()))
        .rev()
        .find(|&count| {
            let folded: i64 = gaps[..count].iter().sum();
            let next = gaps.get(count).copied().unwrap_or(0);
            gaps[count - 1] / 3 >= next && gaps[count - 1] >= 1800 && folded / 35 >= all / 100
        })
        .map(|count| gaps[count - 1])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scale_of(events: Vec<Moment>, left: f64, right: f64) -> Scale {
        Course::new(events, &[]).scale(left, right)
    }

    #[test]
    fn a_quiet_stretch_is_folded_and_the_rest_is_to_scale() {
        let minutes = |minutes: i64| Moment(minutes * 60);
        let events = vec![minutes(0), minutes(20), minutes(255), minutes(270), minutes(300), minutes(347)];
        let scale = scale_of(events, 0.0, 1000.0);
        assert_eq!(scale.parts.iter().filter(|part| part.is_folded()).count(), 1);
        let short = scale.x(minutes(20)) - scale.x(minutes(0));
        let later = scale.x(minutes(290)) - scale.x(minutes(270));
        assert!((short - later).abs() < 0.1);
        assert!((scale.x(minutes(347)) - 1000.0).abs() < 0.1);
    }

    #[test]
    fn a_place_leads_back_to_its_moment() {
        let scale = scale_of(vec![Moment(0), Moment(600), Moment(90_000), Moment(90_900)], 10.0, 500.0);
        for moment in [0, 300, 600, 90_000, 90_450, 90_900].map(Moment) {
            assert!((scale.moment(scale.x(moment)) - moment).abs() <= 1);
        }
        assert!(scale.as_text().starts_with("0:10 600:"));
        assert_eq!(scale.folds_within(0.0, 500.0).count(), 1);
    }

    #[test]
    fn an_even_plan_is_not_folded() {
        let events = (0..20).map(|hour| Moment(hour * 3600)).collect();
        assert!(scale_of(events, 0.0, 1000.0).parts.iter().all(|part| !part.is_folded()));
    }

    #[test]
    fn a_night_after_weeks_has_a_scale_of_its_own() {
        let begins = Moment(24 * 28_800);
        let shifts = (0..24).map(|shift| Moment(shift * 28_800));
        let night = (0..30).map(|minute| begins + minute * 300);
        let work = [(Moment(0), begins)];
        let scale = Course::new(shifts.chain(night).collect(), &work).scale(0.0, 1000.0);
        let paces: Vec<Pace> = scale.parts.iter().map(|part| part.pace).collect();
        assert_eq!(paces, [Pace::Even, Pace::Enlarged]);
        assert!(scale.x(begins) < 500.0 && (scale.parts[1].x + scale.parts[1].width - 1000.0).abs() < 0.1);
        assert!(
            scale.enlarged().is_some_and(|times| (50.0..400.0).contains(&times)),
            "{:?}",
            scale.enlarged()
        );
    }

    #[test]
    fn a_plan_of_one_moment_has_a_scale() {
        assert!((scale_of(vec![Moment(5)], 0.0, 10.0).x(Moment(5))).abs() < 0.1);
    }
}
