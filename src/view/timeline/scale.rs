//! Time along the timeline: where each moment stands, which quiet stretches are folded, and which
//! times the axis names.

use chrono::{Timelike, Weekday};
use serde::Serialize;

use super::WIDTH;
use super::measure::{round, text_width};
use crate::schedule::Moment;
use crate::view::words::{self, Words};

/// The width of a folded stretch.
const FOLDED: f64 = 46.0;
/// At most so many stretches are folded.
const MOST_FOLDS: usize = 8;
/// Work that goes on for a day or longer without anything beginning or ending may be folded too.
const LONG_WORK: i64 = 86_400;
/// Marks stand at least so far apart.
const MARK_GAP: f64 = 58.0;

/// The axis never tries more clock times in one stretch.
const MOST_TICKS: usize = 400;

/// What the axis says, and the stretches that it folds.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Axis {
    pub marks: Vec<Mark>,
    pub days: Vec<Mark>,
    pub folds: Vec<Fold>,
}

/// A time on the axis.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mark {
    /// From the left.
    pub x: f64,
    /// Where the middle of the text stands; for a day above the times, where the text begins.
    pub label_x: f64,
    /// The time.
    pub label: String,
    /// `time`, `day`, `fold` (how long what is folded is) or `t0`.
    pub class: &'static str,
}

/// A quiet stretch that is folded.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fold {
    /// From the left.
    pub x: f64,
    /// How wide.
    pub width: f64,
}

/// A stretch of time with its place.
#[derive(Debug, Clone, Copy)]
struct Part {
    start: Moment,
    end: Moment,
    x: f64,
    width: f64,
    folded: bool,
}

/// Where each moment stands.
#[derive(Debug, Clone)]
pub(super) struct Scale {
    parts: Vec<Part>,
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

    /// What the axis says: T-0 first, then how long the folded stretches are, then days and as many
    /// clock times as there is room for.
    pub(super) fn axis(&self, words: Words, t0: Option<Moment>) -> Axis {
        let mut marks: Vec<Mark> = Vec::new();
        if let Some(t0) = t0.filter(|t0| self.covers(*t0)) {
            let label = if words.dated { format!("T-0 · {}", words.short(t0)) } else { "T-0".to_owned() };
            marks.push(self.mark(t0, label, "t0"));
        }
        let mut folds = Vec::new();
        for part in self.parts.iter().filter(|part| part.folded) {
            let (x, label) = (round(part.x + part.width / 2.0), words::length(part.end - part.start));
            let mark = Mark { x, label_x: x, label, class: "fold" };
            if has_room(&marks, &mark) {
                marks.push(mark);
            }
            folds.push(Fold { x: round(part.x), width: round(part.width) });
        }
        for part in self.parts.iter().filter(|part| !part.folded) {
            self.mark_times(part, words, &mut marks);
        }
        marks.sort_by(|a, b| a.x.total_cmp(&b.x));
        Axis { marks, days: self.days(words), folds }
    }

    fn covers(&self, moment: Moment) -> bool {
        self.parts.first().is_some_and(|part| part.start <= moment)
            && self.parts.last().is_some_and(|part| moment <= part.end)
    }

    fn mark_times(&self, part: &Part, words: Words, marks: &mut Vec<Mark>) {
        let step = step_for(part);
        let mut at = first_tick(part.start, step, words);
        let mut ticks = 0;
        while at <= part.end && ticks < MOST_TICKS {
            let (label, class) = label(at, step, words);
            let mark = self.mark(at, label, class);
            if has_room(marks, &mark) {
                marks.push(mark);
            }
            at = next_tick(at, step, words);
            ticks += 1;
        }
        // A stretch too short for a round time is named by its beginning.
        let (label, class) = label(part.start, step, words);
        let mark = self.mark(part.start, label, class);
        if has_room(marks, &mark) {
            marks.push(mark);
        }
    }

    /// A mark whose text stays in the picture.
    fn mark(&self, at: Moment, label: String, class: &'static str) -> Mark {
        let x = round(self.x(at));
        let half = text_width(&label, 9.5) / 2.0;
        let last = WIDTH - half;
        Mark { x, label_x: round(x.clamp(half.min(last), last)), label, class }
    }

    /// The day under way where each stretch that is not folded begins, and each day that begins in
    /// one; none for a plan of one day, and none where the marks are days themselves.
    fn days(&self, words: Words) -> Vec<Mark> {
        let mut days: Vec<Mark> = Vec::new();
        let (Some(first), Some(last)) = (self.parts.first(), self.parts.last()) else { return days };
        let mut open = self.parts.iter().filter(|part| !part.folded);
        if words.day(first.start) == words.day(last.end) || open.all(|part| step_for(part) >= 86_400) {
            return days;
        }
        let mut shown = None;
        let mut free = 0.0;
        for part in self.parts.iter().filter(|part| !part.folded) {
            let mut at = part.start;
            let mut count = 0;
            while at < part.end && count < MOST_TICKS {
                let Some(day) = words.day(at) else { break };
                let x = self.x(at);
                if shown != Some(day) && x >= free {
                    let label = words::short_day(day);
                    free = x + text_width(&label, 9.5) + 10.0;
                    shown = Some(day);
                    if free <= WIDTH {
                        days.push(Mark { x: round(x), label_x: round(x), label, class: "day" });
                    }
                }
                let Some(next) = day.succ_opt() else { break };
                at = words.clock.start_of(next).max(at + 1);
                count += 1;
            }
        }
        days
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

fn has_room(marks: &[Mark], new: &Mark) -> bool {
    let half = (text_width(&new.label, 9.5) / 2.0).max(MARK_GAP / 2.0 - 8.0);
    marks.iter().all(|mark| {
        let other = text_width(&mark.label, 9.5) / 2.0;
        (mark.label_x - new.label_x).abs() >= half + other + 4.0
    })
}

/// The distance of marks in a part, in seconds.
fn step_for(part: &Part) -> i64 {
    const STEPS: [i64; 17] = [
        60, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800, 1_209_600,
        2_419_200, 7_257_600, 31_536_000,
    ];
    let seconds = (part.end - part.start).max(1) as f64;
    let wanted = STEPS.iter().find(|step| **step as f64 / seconds * part.width >= MARK_GAP + 10.0);
    wanted.copied().unwrap_or(31_536_000)
}

/// The first round time at or after a moment, on the clock of the plan.
fn first_tick(start: Moment, step: i64, words: Words) -> Moment {
    if !words.dated {
        return Moment(
            start.0.div_euclid(step) * step + if start.0.rem_euclid(step) == 0 { 0 } else { step },
        );
    }
    let local = words.clock.local(start);
    if step < 86_400 {
        let into = i64::from(local.num_seconds_from_midnight());
        return start + (step - into % step) % step;
    }
    let mut day = local.date();
    if local.num_seconds_from_midnight() > 0 {
        day = day.succ_opt().unwrap_or(day);
    }
    if step >= 604_800 {
        while chrono::Datelike::weekday(&day) != Weekday::Mon {
            day = day.succ_opt().unwrap_or(day);
        }
    }
    words.clock.start_of(day)
}

fn next_tick(at: Moment, step: i64, words: Words) -> Moment {
    if step >= 86_400 && words.dated { words.clock.add_days(at, step / 86_400) } else { at + step }
}

fn label(at: Moment, step: i64, words: Words) -> (String, &'static str) {
    let midnight = words.dated && words.clock.local(at).num_seconds_from_midnight() == 0;
    match words.day(at) {
        Some(day) if midnight || step >= 86_400 => (words::short_day(day), "day"),
        _ => (words.time(at), "time"),
    }
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
    fn an_even_plan_is_not_folded() {
        let events = (0..20).map(|hour| Moment(hour * 3600)).collect();
        assert!(Scale::new(events, &[], 0.0, 1000.0).parts.iter().all(|part| !part.folded));
    }

    #[test]
    fn a_plan_of_one_moment_has_a_scale() {
        assert!((Scale::new(vec![Moment(5)], &[], 0.0, 10.0).x(Moment(5))).abs() < 0.1);
    }
}
