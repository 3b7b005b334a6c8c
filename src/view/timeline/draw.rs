//! The lanes become bars with their words, each at its place in the picture.

use std::collections::HashMap;

use super::heads::{self, HeadLine};
use super::lanes::LaneSteps;
use super::layout::{LaidLane, Layout};
use super::measure::{self, LETTER, Tenths, heavy_width, round};
use super::rows::{At, INSET, Label};
use super::shapes::{BAR, Sketch};
use super::{Area, Bar, Lane, LaneSpan, NameLine};
use crate::plan::NodeId;

/// What has been drawn.
#[derive(Debug, Default)]
pub(super) struct Picture {
    pub lanes: Vec<Lane>,
    pub bars: Vec<Bar>,
    /// By step: where its shapes stand; several for a step in several lanes.
    pub places: HashMap<NodeId, Vec<Place>>,
    /// The rows of all lanes from top to bottom.
    pub rows: Vec<RowPlace>,
}

/// Where a shape stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub from: f64,
    pub to: f64,
    /// The row, counted through all lanes.
    pub row: usize,
    pub lane: usize,
}

/// A row of bars.
#[derive(Debug, Clone)]
pub(super) struct RowPlace {
    /// Its upper end.
    pub top: f64,
    /// Where lines meet its bars.
    pub middle: f64,
    /// Its lower end.
    pub bottom: f64,
    /// What stands beside each other in it, titles included, from left to right.
    pub taken: Vec<(f64, f64)>,
}

impl Picture {
    /// Draws all lanes, the first one at `top`.
    pub(super) fn draw(lanes: &[LaneSteps], layout: &Layout, top: f64) -> Self {
        let mut picture = Self::default();
        let mut y = top;
        for (index, (lane, laid)) in lanes.iter().zip(&layout.lanes).enumerate() {
            picture.draw_lane(index, lane, laid, layout, y);
            y += laid.height;
        }
        picture
    }

    fn draw_lane(&mut self, index: usize, lane: &LaneSteps, laid: &LaidLane, layout: &Layout, y: f64) {
        let line = |(line, head): (usize, &HeadLine)| NameLine {
            class: head.class,
            text: head.text.clone(),
            y: round(y + heads::baseline(line)),
        };
        let span = lane.span.map(|stretch| (layout.scale.x(stretch.start), layout.scale.x(stretch.end)));
        self.lanes.push(Lane {
            y: round(y),
            height: round(laid.height),
            sheet: 0,
            lines: lane.head.iter().enumerate().map(line).collect(),
            span: span.map(|(from, to)| LaneSpan { x: round(from), width: round((to - from).max(2.0)) }),
        });
        let first = self.rows.len();
        for row in 0..laid.rows.len() {
            let top = y + laid.rows[row];
            let bottom = y + laid.rows.get(row + 1).copied().unwrap_or(laid.height);
            let middle = y + laid.bar_top(row) + BAR / 2.0;
            self.rows.push(RowPlace { top, middle, bottom, taken: Vec::new() });
        }
        for (step, sketch) in lane.sketches.iter().enumerate() {
            let (extent, spot) = (laid.extents[step], &laid.arranged.spots[step]);
            let row = &mut self.rows[first + spot.row];
            row.taken.push((extent.from, extent.to));
            let beside = spot.label.as_ref().filter(|label| matches!(label.at, At::Left | At::Right));
            row.taken.extend(beside.map(|label| (label.from, label.from + label.width)));
            let place = Place { from: extent.from, to: extent.to, row: first + spot.row, lane: index };
            self.places.entry(sketch.id).or_default().push(place);
            self.bars.push(bar(index, sketch, step, laid, layout, y));
        }
        for row in &mut self.rows[first..] {
            row.taken.sort_by(|a, b| a.0.total_cmp(&b.0));
        }
    }
}

fn bar(lane: usize, sketch: &Sketch, step: usize, laid: &LaidLane, layout: &Layout, y: f64) -> Bar {
    let (extent, spot) = (laid.extents[step], &laid.arranged.spots[step]);
    let top = y + laid.bar_top(spot.row);
    let mut detail = sketch.whisker(&layout.scale, top);
    let label = spot.label.as_ref().map(|label| {
        let baseline = y + laid.baseline(spot.row, label.at);
        if matches!(label.at, At::Below(line) if line > 0) {
            let x = Tenths::of(extent.from + 0.5);
            let line = [("M", x), (" ", Tenths::of(top + BAR)), ("V", Tenths::of(baseline))];
            measure::extend_path(&mut detail, &line, "");
        }
        (label, baseline)
    });
    let number_x = if extent.to - extent.from < 25.0 && sketch.class.contains(" g") {
        // In the middle of a diamond.
        (extent.from + extent.to - heavy_width(&sketch.number, LETTER) / 1.05) / 2.0
    } else if sketch.class.contains(" g") {
        extent.from + 2.0 * INSET + 1.0
    } else {
        extent.from + INSET
    };
    Bar {
        lane,
        step: sketch.id.index(),
        number: sketch.number.clone(),
        class: sketch.class.clone(),
        name: String::new(),
        owners: String::new(),
        phase: String::new(),
        waits: String::new(),
        shape: sketch.shape(extent, &layout.scale, top),
        detail,
        tear: sketch.tears(extent, &layout.scale, top),
        number_inside: spot.number_inside,
        number_x: number_x.round() as i64,
        number_y: (top + BAR / 2.0 + 3.8).round() as i64,
        label_at: label.as_ref().map_or("", |(label, _)| class_of(label.at)),
        label_area: label.as_ref().map(|(label, baseline)| area_of(label, *baseline)),
        label_x: label.as_ref().map_or(0, |(label, _)| label.from.round() as i64),
        label_y: label.as_ref().map_or(0, |(_, baseline)| baseline.round() as i64),
        label_number: label.as_ref().is_some_and(|(label, _)| label.with_number),
        label: label.map(|(label, _)| label.text.clone()).unwrap_or_default(),
        area: Area { left: extent.from, top, right: extent.to, bottom: top + BAR },
    }
}

fn class_of(at: At) -> &'static str {
    match at {
        At::Inside => "in",
        At::Right | At::Left | At::Below(_) => "",
    }
}

fn area_of(label: &Label, baseline: f64) -> Area {
    Area { left: label.from, top: baseline - 9.0, right: label.from + label.width, bottom: baseline + 2.5 }
}
