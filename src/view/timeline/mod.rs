//! The timeline: who does what when, drawn to scale.
//!
//! A lane a person; bars as long as the steps take; names inside the bars where they fit and beside
//! them where not, on as many rows as it takes for no two to touch. Everything is counted here, in
//! the picture's own units; the template only draws. Linear in what is drawn, but for sorting.

mod bands;
mod bars;
mod lanes;
mod links;
mod measure;
mod scale;
mod sheets;

use std::collections::HashMap;

use serde::Serialize;

use super::head::Head;
use super::presenter::Presenter;
use super::words;
use crate::plan::NodeId;
use crate::schedule::Moment;
use lanes::Picture;
use scale::Scale;
pub use scale::{Fold, Mark};

/// The width of the picture.
const WIDTH: f64 = 1108.0;
/// Where the lanes' names end and the time begins.
const LEFT: f64 = 148.0;
/// The room after the last moment.
const RIGHT: f64 = 14.0;
/// The longest name shown, in letters.
const LONGEST: usize = 40;

/// The timeline of a plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Timeline {
    /// The head of all pages.
    pub head: Head,
    /// Width of the picture.
    pub width: f64,
    /// Height of the picture.
    pub height: f64,
    /// Where the time begins, from the left.
    pub left: f64,
    /// Where the lanes begin, from the top.
    pub top: f64,
    /// Where the lanes end.
    pub bottom: f64,
    /// Times on the axis.
    pub axis: Vec<Mark>,
    /// Days above the times.
    pub days: Vec<Mark>,
    /// Quiet stretches that are folded.
    pub folds: Vec<Fold>,
    /// Windows, above the lanes.
    pub bands: Vec<Band>,
    /// The lanes.
    pub lanes: Vec<Lane>,
    /// The bars.
    pub bars: Vec<Bar>,
    /// Lines from step to step, as SVG paths.
    pub links: Vec<String>,
    /// Whether there are so many that they must stand back.
    pub many_links: bool,
    /// The pieces for paper, when the picture is taller than a sheet.
    pub sheets: Vec<Sheet>,
    /// The same facts as a table.
    pub facts: Vec<Fact>,
}

/// A window or phase above the lanes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Band {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
    /// How wide.
    pub width: f64,
    /// Its name.
    pub label: String,
    /// Where the name stands.
    pub label_x: f64,
    /// Its name with its times.
    pub title: String,
    /// `window` or `phase`.
    pub class: &'static str,
}

/// A lane.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Lane {
    /// From the top.
    pub y: f64,
    /// How high.
    pub height: f64,
    /// The name.
    pub name: String,
    /// What they do.
    pub role: String,
}

/// A step.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bar {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
    /// How wide.
    pub width: f64,
    /// How high.
    pub height: f64,
    /// `critical`, and `unattended`, `hold`, `milestone`, `gate`, `assumed`, `done` as they apply.
    pub class: String,
    /// `bar` or `diamond`.
    pub shape: &'static str,
    /// The middle of a diamond.
    pub middle: f64,
    /// The text.
    pub label: String,
    /// Where the text stands.
    pub label_x: f64,
    /// The text's line.
    pub label_y: f64,
    /// `inside`, `right` or `left` of the bar.
    pub label_at: &'static str,
    /// How far the longest estimate reaches past the planned end; nothing is 0.
    pub whisker: f64,
    /// Everything about it in a sentence.
    pub title: String,
}

/// A piece of the picture for one sheet of paper.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sheet {
    /// From the top.
    pub y: f64,
    /// How high.
    pub height: f64,
    /// The lane that began on the sheet before and goes on.
    pub lane: String,
}

/// A row of the table below the picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// The number.
    pub number: String,
    /// The title.
    pub title: String,
    /// Who does it.
    pub who: String,
    /// When it starts.
    pub start: String,
    /// When it ends.
    pub finish: String,
    /// How long it takes.
    pub takes: String,
    /// How far it may slip; «critical» when not at all.
    pub slack: String,
    /// What it waits for.
    pub waits: String,
}

impl Presenter<'_> {
    /// The timeline of this plan.
    #[must_use]
    pub fn timeline(&self) -> Timeline {
        let order = &self.schedule().main.order;
        let scale = self.scale();
        let mut bands = self.bands_above(&scale);
        let rows = bands.iter().map(|band| band.y).fold(0.0, f64::max);
        let t0 = self.schedule().has_t0.then_some(self.schedule().t0);
        let axis = scale.axis(self.words, t0);
        let axis_y = if bands.is_empty() { 16.0 } else { rows + 34.0 };
        let top = axis_y + if axis.days.is_empty() { 8.0 } else { 22.0 };
        let mut picture = Picture { y: top, lanes: Vec::new(), bars: Vec::new(), anchors: HashMap::new() };
        for (who, steps) in self.lanes(order) {
            self.lane(who, &steps, &scale, &mut picture);
        }
        let bottom = picture.y;
        for band in &mut bands {
            band.width = band.width.max(2.0);
        }
        let height = bottom + 46.0;
        Timeline {
            head: self.head(),
            width: WIDTH,
            height,
            left: LEFT,
            top,
            bottom,
            axis: axis.marks,
            days: axis.days,
            folds: axis.folds,
            bands,
            many_links: order.len() > links::MANY,
            links: self.lines(order, &picture),
            sheets: sheets::sheets(&picture, top, bottom, height),
            lanes: picture.lanes,
            bars: picture.bars,
            facts: self.timeline_facts(order),
        }
    }

    fn scale(&self) -> Scale {
        let line = &self.schedule().main;
        let mut events: Vec<Moment> = vec![line.start, line.finish];
        let mut work: Vec<(Moment, Moment)> = Vec::new();
        for (id, placed) in line.order.iter().filter_map(|id| self.placed(*id).map(|placed| (*id, placed))) {
            events.extend([placed.start, placed.finish]);
            if self.plan().node(id).needs_owner() {
                work.push((placed.start, placed.finish));
            }
        }
        if self.schedule().has_t0 {
            // A pin before the given start ends before it.
            let (first, last) = (line.start.min(line.finish), line.finish.max(line.start));
            events.push(self.schedule().t0.clamp(first, last));
        }
        Scale::new(events, &work, LEFT, WIDTH - RIGHT)
    }

    /// How far a step may slip, in words.
    pub(super) fn slack(&self, id: NodeId) -> String {
        match self.placed(id) {
            Some(placed) if placed.is_critical() => "critical".to_owned(),
            Some(placed) => format!("may slip {}", words::length(placed.slack)),
            None => String::new(),
        }
    }

    fn timeline_facts(&self, order: &[NodeId]) -> Vec<Fact> {
        let placed = order.iter().filter_map(|id| self.placed(*id).map(|placed| (*id, placed)));
        placed
            .map(|(id, placed)| {
                let node = self.plan().node(id);
                Fact {
                    number: self.number(id),
                    title: self.title(node),
                    who: self.who(placed),
                    start: self.words.short(placed.start),
                    finish: self.words.end(placed.start, placed.finish),
                    takes: self.takes(node, placed),
                    slack: self.slack(id),
                    waits: self.waits(placed),
                }
            })
            .collect()
    }
}
