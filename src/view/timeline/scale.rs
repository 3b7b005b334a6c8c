//! Time along the timeline: where each moment stands, and which quiet stretches are folded.
//!
//! The moments at which something happens come in, and two places; a scale comes out on which every
//! stretch that is not folded has the same length for the same time.

use super::measure::Tenths;
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
    pub folded: bool,
}

/// Where each moment stands.
#[derive(Debug, Clone)]
pub(super) struct Scale {
    pub parts: Vec<Part>,
}

impl Scale {
    /// A scale between two places for a plan in which something happens at these moments.
    /// `work` is when somebody works: such a stretch is folded only when it is a day or longer.
    pub(super) fn new(mut events: Vec<Moment>, work: &[(Moment, Moment)], left: f64, right: f64) -> Self {
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
        let gaps: Vec<(Moment, Moment, bool)> = events
            .windows(2)
            .zip(&busy)
            .map(|(pair, busy)| {
                let folded = !busy && shortest.is_some_and(|shortest| pair[1] - pair[0] >= shortest);
                (pair[0], pair[1], folded)
            })
            .collect();
        let open: i64 = gaps.iter().filter(|(.., folded)| !folded).map(|(start, end, _)| *end - *start).sum();
        let folds = gaps.iter().filter(|(.., folded)| *folded).count();
        let room = (right - left - folds as f64 * FOLDED).max(1.0);
        let per_second = room / (open.max(1) as f64);
        let mut x = left;
        let mut parts: Vec<Part> = Vec::new();
        for (start, end, folded) in gaps {
            let width = if folded { FOLDED } else { (end - start) as f64 * per_second };
            match parts.last_mut() {
                Some(last) if !last.folded && !folded => {
                    last.end = end;
                    last.width += width;
                }
                _ => parts.push(Part { start, end, x, width, folded }),
            }
            x += width;
        }
        Self { parts }
    }

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

    /// The folded stretches between two places.
    pub(super) fn folds_within(&self, from: f64, to: f64) -> impl Iterator<Item = &Part> {
        let first = self.parts.partition_point(|part| part.x < from);
        self.parts[first..]
            .iter()
            .take_while(move |part| part.x + part.width <= to)
            .filter(|part| part.folded)
    }

    /// For the line that shows what time it is: the seconds since 1970 at which each stretch begins, with
    /// its place; at the end those of the last moment.
    pub(super) fn as_text(&self) -> String {
        let mut points: Vec<String> =
            self.parts.iter().map(|part| format!("{}:{}", part.start.0, Tenths::of(part.x))).collect();
        points.extend(
            self.parts.last().map(|part| format!("{}:{}", part.end.0, Tenths::of(part.x + part.width))),
        );
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

    #[test]
    fn a_quiet_stretch_is_folded_and_the_rest_is_to_scale() {
        let minutes = |minutes: i64| Moment(minutes * 60);
        let events = vec![minutes(0), minutes(20), minutes(255), minutes(270), minutes(300), minutes(347)];
        let scale = Scale::new(events, &[], 0.0, 1000.0);
        assert_eq!(scale.parts.iter().filter(|part| part.folded).count(), 1);
        let short = scale.x(minutes(20)) - scale.x(minutes(0));
        let later = scale.x(minutes(290)) - scale.x(minutes(270));
        assert!((short - later).abs() < 0.1);
        assert!((scale.x(minutes(347)) - 1000.0).abs() < 0.1);
    }

    #[test]
    fn a_place_leads_back_to_its_moment() {
        let scale =
            Scale::new(vec![Moment(0), Moment(600), Moment(90_000), Moment(90_900)], &[], 10.0, 500.0);
        for moment in [0, 300, 600, 90_000, 90_450, 90_900].map(Moment) {
            assert!((scale.moment(scale.x(moment)) - moment).abs() <= 1);
        }
        assert!(scale.as_text().starts_with("0:10 600:"));
        assert_eq!(scale.folds_within(0.0, 500.0).count(), 1);
    }

    #[test]
    fn an_even_plan_is_not_folded() {
        let events = (0..20).map(|hour| Moment(hour * 3600)).collect();
        assert!(Scale::new(events, &[], 0.0, 1000.0).parts.iter().all(|part| !part.folded));
    }

    #[test]
    fn a_plan_of_one_moment_has_a_scale() {
        assert!((Scale::new(vec![Moment(5)], &[], 0.0, 10.0).x(Moment(5))).abs() < 0.1);
    }
}
