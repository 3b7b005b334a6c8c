//! What the axis says: times, days, T-0, how long the folded stretches are, and which are enlarged.
//!
//! As many round times as there is room for, on the clock of the plan; no two of them touch.

use chrono::{Timelike, Weekday};
use serde::Serialize;

use super::measure::{SMALL, heavy_width, round, text_width};
use super::pace::Pace;
use super::scale::{Part, Scale};
use crate::schedule::Moment;
use crate::view::words::{self, Words};

/// Marks stand at least so far apart.
const MARK_GAP: f64 = 62.0;

/// The axis never tries more clock times in one stretch.
const MOST_TICKS: usize = 400;

/// What the axis says, and the stretches that it folds.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Axis {
    pub marks: Vec<Mark>,
    pub days: Vec<Mark>,
    pub folds: Vec<Fold>,
    pub enlarged: Vec<Enlarged>,
    /// Whether any time has its T± beside it.
    pub with_t: bool,
}

/// The height of a row below the times.
const BELOW: f64 = 11.0;

impl Axis {
    /// How far below the times the lanes begin for what stands between: T± of times, and how long folded stretches are.
    pub(super) fn below(&self) -> f64 {
        let rows = [self.with_t, !self.folds.is_empty()];
        BELOW * rows.into_iter().filter(|row| *row).count() as f64
    }
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
    /// T± of it; empty where there is none, or where it says so already.
    pub beside: String,
    /// `time`, `day`, `fold` (how long what is folded is) or `t0`.
    pub class: &'static str,
}

impl Mark {
    /// Whether it says how long a folded stretch is: that stands in a row of its own.
    fn is_fold(&self) -> bool {
        self.class == "fold"
    }
}

/// A quiet stretch that is folded.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fold {
    /// From the left.
    pub x: f64,
    /// How wide.
    pub width: f64,
}

/// A dense stretch that is enlarged.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Enlarged {
    /// From the left.
    pub x: f64,
    /// How wide.
    pub width: f64,
    /// Where its words begin.
    pub label_x: f64,
    /// How many times; with more room from when to when.
    pub label: String,
}

/// Collects the marks of an axis.
struct Writer<'a> {
    scale: &'a Scale,
    words: Words,
    /// Where the picture ends.
    width: f64,
    marks: Vec<Mark>,
}

/// The day under way at a place, where the axis has its days above the times.
pub(super) fn day_at(scale: &Scale, words: Words, x: f64) -> Option<String> {
    let part = scale.parts.iter().find(|part| x < part.x + part.width)?;
    let is_seen = !part.is_folded() && step_for(part) < 86_400;
    words.day(scale.minute(x)).filter(|_| is_seen).map(words::short_day)
}

/// What the axis of a picture says: T-0 first, then days, then as many clock times as there is room for, and in a row of its
/// own how long the folded stretches are.
pub(super) fn axis(scale: &Scale, words: Words, t0: Option<Moment>, width: f64) -> Axis {
    let mut writer = Writer { scale, words, width, marks: Vec::new() };
    let days = writer.days();
    if let Some(t0) = t0.filter(|t0| scale.covers(*t0)) {
        // Where no day stands above the times, the day of T-0 must be said.
        let shown = if days.is_empty() && writer.is_of_days() { words.short(t0) } else { words.time(t0) };
        let label = if words.dated { format!("T-0 · {shown}") } else { "T-0".to_owned() };
        let mark = writer.mark(t0, label, "t0");
        writer.add(Mark { beside: String::new(), ..mark });
    }
    for part in scale.parts.iter().filter(|part| !part.is_folded() && step_for(part) >= 86_400) {
        writer.mark_times(part);
    }
    let mut folds = Vec::new();
    for part in scale.parts.iter().filter(|part| part.is_folded()) {
        let (x, label) = (round(part.x + part.width / 2.0), words::short_length(part.end - part.start));
        writer.add(Mark { x, label_x: x, label, beside: String::new(), class: "fold" });
        folds.push(Fold { x: round(part.x), width: round(part.width) });
    }
    // Where one goes on reading behind a fold, the time is said before round ones.
    let behind_folds = scale.parts.windows(2).filter(|two| two[0].is_folded() && step_for(&two[1]) < 86_400);
    for part in behind_folds.map(|two| &two[1]) {
        writer.mark_time(part.start, step_for(part));
    }
    for part in scale.parts.iter().filter(|part| !part.is_folded() && step_for(part) < 86_400) {
        writer.mark_times(part);
    }
    let enlarged = writer.enlarged();
    let mut marks = writer.marks;
    marks.sort_by(|a, b| a.x.total_cmp(&b.x));
    let with_t = marks.iter().any(|mark| !mark.beside.is_empty());
    Axis { marks, days, folds, enlarged, with_t }
}

impl Writer<'_> {
    fn mark_times(&mut self, part: &Part) {
        let (step, words) = (step_for(part), self.words);
        let mut at = first_tick(part.start, step, words);
        let mut ticks = 0;
        while at <= part.end && ticks < MOST_TICKS {
            self.mark_time(at, step);
            at = next_tick(at, step, words);
            ticks += 1;
        }
        // A stretch too short for a round time is named by its beginning.
        self.mark_time(part.start, step);
    }

    fn mark_time(&mut self, at: Moment, step: i64) {
        let (label, class) = label(at, step, self.words);
        let mark = self.mark(at, label, class);
        self.add(mark);
    }

    fn add(&mut self, mark: Mark) {
        if has_room(&self.marks, &mark) {
            self.marks.push(mark);
        }
    }

    /// A mark whose text stays in the picture.
    fn mark(&self, at: Moment, label: String, class: &'static str) -> Mark {
        let x = round(self.scale.x(at));
        let beside = if class == "time" { self.words.beside(at).unwrap_or_default() } else { String::new() };
        let half = mark_width(&label).max(mark_width(&beside)) / 2.0;
        let last = self.width - half;
        Mark { x, label_x: round(x.clamp(half.min(last), last)), label, beside, class }
    }

    /// Whether the picture shows more than one day.
    fn is_of_days(&self) -> bool {
        let (first, last) = (self.scale.parts.first(), self.scale.parts.last());
        first.map(|part| self.words.day(part.start)) != last.map(|part| self.words.day(part.end))
    }

    /// The enlarged stretches, each with the longest words for which there is room before the next.
    fn enlarged(&self) -> Vec<Enlarged> {
        let times = self.scale.enlarged().map(times).unwrap_or_default();
        let parts: Vec<&Part> = self.scale.parts.iter().filter(|part| part.pace == Pace::Enlarged).collect();
        let mut free = 0.0;
        let view = |(index, part): (usize, &&Part)| {
            let next = parts.get(index + 1).map_or(self.width, |next| next.x - 8.0);
            let span =
                format!("{} to {}", self.words.short(part.start), self.words.end(part.start, part.end));
            let said = [format!("{span}: {times}"), times.clone(), String::new()];
            let place = |text: &String| {
                let width = heavy_width(text, SMALL);
                let x = part.x.min(self.width - width).max(free);
                (x + width <= next).then_some((x, width))
            };
            let (label, (label_x, width)) =
                said.into_iter().find_map(|text| place(&text).map(|at| (text, at))).unwrap_or_default();
            free = label_x + width + 8.0;
            Enlarged { x: round(part.x), width: round(part.width), label_x: round(label_x), label }
        };
        parts.iter().enumerate().map(view).collect()
    }

    /// The day under way where each stretch that is not folded begins, and each day that begins in
    /// one; none for a plan of one day, and none where the marks are days themselves.
    fn days(&self) -> Vec<Mark> {
        let mut days: Vec<Mark> = Vec::new();
        let parts = &self.scale.parts;
        let mut open = parts.iter().filter(|part| !part.is_folded());
        if !self.is_of_days() || open.all(|part| step_for(part) >= 86_400) {
            return days;
        }
        let mut shown = None;
        let mut free = 0.0;
        // Where the marks are days, no day is said above them.
        for part in parts.iter().filter(|part| !part.is_folded() && step_for(part) < 86_400) {
            let mut at = part.start;
            let mut count = 0;
            while at < part.end && count < MOST_TICKS {
                let Some(day) = self.words.day(at) else { break };
                let x = self.scale.x(at);
                if shown != Some(day) && x >= free {
                    let label = words::short_day(day);
                    free = x + heavy_width(&label, SMALL) + 10.0;
                    shown = Some(day);
                    if free <= self.width {
                        days.push(day_mark(x, label));
                    }
                }
                let Some(next) = day.succ_opt() else { break };
                at = self.words.clock.start_of(next).max(at + 1);
                count += 1;
            }
        }
        self.days_of_folds(&mut days);
        days
    }

    /// The days on which folded stretches begin, as far as there is room between the others.
    fn days_of_folds(&self, days: &mut Vec<Mark>) {
        for part in self.scale.parts.iter().filter(|part| part.is_folded()) {
            let (x, Some(day)) = (self.scale.x(part.start), self.words.day(part.start)) else { continue };
            let new = day_mark(x, words::short_day(day));
            let end = |mark: &Mark| mark.label_x + heavy_width(&mark.label, SMALL) + 10.0;
            let is_free = |mark: &Mark| end(mark) <= new.label_x || end(&new) <= mark.label_x;
            let is_new = days.iter().all(|mark| mark.label != new.label && is_free(mark));
            if is_new && end(&new) <= self.width {
                days.push(new);
            }
        }
        days.sort_by(|a, b| a.x.total_cmp(&b.x));
    }
}

/// A day above the times, where its text begins.
fn day_mark(x: f64, label: String) -> Mark {
    Mark { x: round(x), label_x: round(x), label, beside: String::new(), class: "day" }
}

/// `enlarged 60 times`, with no more digits than say anything.
pub(super) fn times(factor: f64) -> String {
    let digit = 10_f64.powf((factor.log10().floor() - 1.0).max(0.0));
    format!("enlarged {} times", (factor / digit).round() * digit)
}

fn mark_width(label: &str) -> f64 {
    heavy_width(label, SMALL)
}

/// Whether a mark touches no other of its row.
pub(super) fn has_room(marks: &[Mark], new: &Mark) -> bool {
    let own = if new.is_fold() { mark_half(new) } else { mark_half(new).max(MARK_GAP / 2.0 - 8.0) };
    let mut beside = marks.iter().filter(|mark| mark.is_fold() == new.is_fold());
    beside.all(|mark| (mark.label_x - new.label_x).abs() >= own + mark_half(mark) + 4.0)
}

/// Half the width of what a mark says.
pub(super) fn mark_half(mark: &Mark) -> f64 {
    let width = if mark.is_fold() { text_width(&mark.label, SMALL) } else { mark_width(&mark.label) };
    width.max(mark_width(&mark.beside)) / 2.0
}

/// The distances that marks may have, in seconds.
const STEPS: [i64; 17] = [
    60, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800, 1_209_600,
    2_419_200, 7_257_600, 31_536_000,
];

/// The distance of marks in a part, in seconds.
fn step_for(part: &Part) -> i64 {
    let seconds = (part.end - part.start).max(1) as f64;
    let wanted = STEPS.iter().find(|step| **step as f64 / seconds * part.width >= MARK_GAP + 10.0);
    wanted.copied().unwrap_or(31_536_000)
}

/// Round times between two moments, with the day where one begins: about so many, or fewer.
pub(in crate::view) fn round_times(
    start: Moment,
    end: Moment,
    most: usize,
    words: Words,
) -> Vec<(Moment, String)> {
    if most == 0 {
        return Vec::new();
    }
    let least = (end - start) / i64::try_from(most).unwrap_or(i64::MAX);
    let step = STEPS.into_iter().find(|step| *step >= least).unwrap_or(31_536_000);
    let ticks =
        std::iter::successors(Some(first_tick(start, step, words)), |at| Some(next_tick(*at, step, words)));
    let between = ticks.take(MOST_TICKS).take_while(|at| *at < end).filter(|at| *at > start);
    let said = |at| match (label(at, step, words), words.day(at)) {
        ((_, "day"), Some(day)) => words::short_day(day),
        ((said, _), _) => said,
    };
    between.map(|at| (at, said(at))).collect()
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
    let class = if midnight || (words.dated && step >= 86_400) { "day" } else { "time" };
    match words.day(at) {
        Some(day) if step >= 86_400 => (words::short_day(day), class),
        _ => (words.time(at), class),
    }
}
