//! What stands below the lanes: until when each gate leads back, and when each system is down.

use std::collections::BTreeMap;

use super::bands::ends;
use super::clocks;
use super::layout::Layout;
use super::measure::{SMALL, round, shortened, text_width};
use super::{LineAcross, NAMES, SystemLane, SystemSpan};
use crate::schedule::{Moment, Stretch};
use crate::view::presenter::Presenter;
use crate::view::words;

/// The height of a line of names.
const LINE: f64 = 13.0;
/// The room above and below the systems.
pub(super) const GAP: f64 = 6.0;
/// The height of a system's lane, and of the bar in it.
pub(super) const SYSTEM: f64 = 20.0;

impl Presenter<'_> {
    /// The latest back-outs within the picture, each with its gate's number, and where the clocks change;
    /// their names on lines on which no two touch, counted from 0.
    pub(super) fn lines_across(&self, layout: &Layout) -> Vec<LineAcross> {
        let back_outs = self.latest_back_outs().into_iter().map(|(latest, gates)| {
            (latest, format!("latest back-out {} ({gates})", self.words.alone(latest)), "back")
        });
        let clocks = clocks::changes(&layout.scale, self.words).into_iter();
        let mut all: Vec<(Moment, String, &'static str)> =
            back_outs.chain(clocks.map(|(moment, change)| (moment, change, "clocks"))).collect();
        all.sort_by_key(|(moment, ..)| *moment);
        let mut lines: Vec<f64> = Vec::new();
        let mut views = Vec::new();
        for (moment, label, class) in all.into_iter().filter(|(moment, ..)| layout.scale.covers(*moment)) {
            let x = layout.scale.x(moment);
            let width = text_width(&label, SMALL);
            let label_x = if x + 4.0 + width <= layout.width { x + 4.0 } else { (x - 4.0 - width).max(0.0) };
            let line = lines.iter().position(|taken| *taken + 8.0 <= label_x).unwrap_or(lines.len());
            if line == lines.len() {
                lines.push(0.0);
            }
            lines[line] = label_x + width;
            views.push(LineAcross { x: round(x), label, label_x: round(label_x), line, class });
        }
        views
    }

    /// The latest back-outs with their gates (`gate 5`, `gates 18 and 24`), from the first to the last.
    pub(super) fn latest_back_outs(&self) -> Vec<(Moment, String)> {
        let (plan, schedule) = (self.plan(), self.schedule());
        let mut found: BTreeMap<Moment, Vec<String>> = BTreeMap::new();
        for id in &schedule.main.order {
            let gate = self.ways_back().of_gate(plan, schedule, *id);
            if let Some(latest) = gate.and_then(|gate| gate.latest) {
                found.entry(latest).or_default().push(self.number(*id));
            }
        }
        let gates = |numbers: Vec<String>| {
            format!("{} {}", if numbers.len() == 1 { "gate" } else { "gates" }, words::listed(&numbers))
        };
        found.into_iter().map(|(latest, numbers)| (latest, gates(numbers))).collect()
    }

    /// A lane for each system that is ever down; `y` is where the first begins.
    pub(super) fn systems(&self, layout: &Layout, y: f64) -> Vec<SystemLane> {
        let outages = self.outages();
        let lane = |(index, (name, down)): (usize, (String, Vec<Stretch>))| SystemLane {
            y: round(y + SYSTEM * index as f64),
            name: shortened(&name, 12.0 * 1.08, NAMES - 8.0).unwrap_or_default(),
            spans: spans(&down, layout),
        };
        outages.into_iter().enumerate().map(lane).collect()
    }

    /// By system that is ever down: its name, and when it is.
    pub(super) fn outages(&self) -> Vec<(String, Vec<Stretch>)> {
        let mut found: Vec<(usize, Vec<Stretch>)> = Vec::new();
        for outage in &self.schedule().main.outages {
            let index = outage.system.index();
            if found.last().is_none_or(|(system, _)| *system != index) {
                found.push((index, Vec::new()));
            }
            if let Some((_, stretches)) = found.last_mut() {
                stretches.push(Stretch { start: outage.from, end: outage.until });
            }
        }
        let named = |(index, stretches): (usize, Vec<Stretch>)| {
            (self.plan().systems[index].name.clone(), united(stretches))
        };
        found.into_iter().map(named).collect()
    }
}

/// How high the names of lines across the lanes are together.
pub(super) fn lines_height(across: &[LineAcross]) -> f64 {
    across.iter().map(|across| (across.line + 1) as f64 * LINE).fold(0.0, f64::max)
}

/// Stretches that overlap or touch are one.
fn united(mut stretches: Vec<Stretch>) -> Vec<Stretch> {
    stretches.sort();
    let mut whole: Vec<Stretch> = Vec::new();
    for stretch in stretches {
        match whole.last_mut() {
            Some(last) if stretch.start <= last.end => last.end = last.end.max(stretch.end),
            _ => whole.push(stretch),
        }
    }
    whole
}

/// Up, down, up: from the picture's first moment to its last.
fn spans(down: &[Stretch], layout: &Layout) -> Vec<SystemSpan> {
    let Some((first, last)) = ends(&layout.scale) else { return Vec::new() };
    let mut spans = Vec::new();
    let mut at = first;
    for stretch in down {
        let (from, to) = (stretch.start.max(first), stretch.end.min(last));
        if from > at {
            spans.push(span(at, from, "up".to_owned(), layout));
        }
        if to > from {
            spans.push(span(from, to, down_for(*stretch), layout));
        }
        at = at.max(to);
    }
    if last > at {
        spans.push(span(at, last, "up".to_owned(), layout));
    }
    spans
}

/// `down 40 min`; of what has no end within the plan just `down`.
pub(super) fn down_for(stretch: Stretch) -> String {
    let whole = stretch.start > Moment::ALWAYS && stretch.end < Moment::NEVER;
    if whole { format!("down {}", words::length(stretch.end - stretch.start)) } else { "down".to_owned() }
}

fn span(from: Moment, to: Moment, label: String, layout: &Layout) -> SystemSpan {
    let (x, end) = (layout.scale.x(from), layout.scale.x(to));
    let state = if label == "up" { "up" } else { "down" };
    let label = shortened(&label, SMALL * 1.08, end - x - 8.0).filter(|short| *short == label);
    // A short outage says at least that it is one.
    let label = label.or_else(|| shortened("down", SMALL * 1.08, end - x - 6.0).filter(|_| state == "down"));
    SystemSpan {
        x: round(x),
        width: round((end - x).max(2.0)),
        label: label.unwrap_or_default(),
        label_x: round(x + 5.0),
        state,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stretch(start: i64, end: i64) -> Stretch {
        Stretch { start: Moment(start), end: Moment(end) }
    }

    #[test]
    fn outages_that_overlap_are_one() {
        let stretches = vec![stretch(50, 60), stretch(0, 20), stretch(10, 30), stretch(30, 40)];
        assert_eq!(united(stretches), [stretch(0, 40), stretch(50, 60)]);
    }

    #[test]
    fn an_outage_without_an_end_has_no_length() {
        assert_eq!(down_for(stretch(0, 2400)), "down 40 min");
        assert_eq!(down_for(Stretch { start: Moment(0), end: Moment::NEVER }), "down");
    }
}
