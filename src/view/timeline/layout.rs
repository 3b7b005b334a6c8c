//! The lanes on a scale: how long the picture must be for its titles to have room, and where each lane,
//! row and line stands.
//!
//! Several lengths are tried, in whole sheets of paper; the one that needs the fewest sheets wins, where
//! titles that are left out count against it. A try costs n log n.

use super::heads;
use super::lanes::LaneSteps;
use super::rows::{Arranged, At, Limits, RowNeeds, arrange};
use super::scale::{Course, Scale};
use super::shapes::{BAR, Extent};
use super::{Axis, COLUMN, LEFT, OVERLAP, RIGHT};
use crate::schedule::Moment;

/// The room above the bars of a row, where lines run.
pub(super) const GUTTER: f64 = 8.0;
/// The room that something hanging directly below bars needs.
const WHISKER: f64 = 5.0;
/// The height of a line of titles.
pub(super) const LINE: f64 = 12.5;
/// The room below a row.
const FOOT: f64 = 3.0;
/// No lane is lower.
const LOWEST: f64 = 33.0;
/// How high a picture may be that is printed whole, with the page's head and the legend on the sheet.
const WHOLE: f64 = 650.0;
/// How high the first of several pieces may be, below the page's head and the legend, and the others.
const FIRST: f64 = 558.0;
const FURTHER: f64 = 650.0;
/// How many sheets side by side are tried.
const TRIES: [usize; 10] = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32];
/// The same for a plan of so many steps that a step more or less makes no difference.
const ROUGH_TRIES: [usize; 4] = [1, 8, 16, 32];
/// From so many steps on.
const ROUGH: usize = 600;

/// A lane that is laid out.
#[derive(Debug, Clone)]
pub(super) struct LaidLane {
    pub extents: Vec<Extent>,
    pub arranged: Arranged,
    /// The upper end of each row, from the lane's own.
    pub rows: Vec<f64>,
    pub height: f64,
}

/// What stands above and below the lanes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Around {
    pub top: f64,
    pub foot: f64,
}

/// All lanes on their scale.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    pub scale: Scale,
    /// How many sheets of paper stand side by side.
    pub columns: usize,
    pub width: f64,
    pub lanes: Vec<LaidLane>,
}

impl Layout {
    /// The best of several lengths; `around` measures what stands above and below the lanes.
    pub(super) fn best(
        lanes: &[LaneSteps],
        course: &Course,
        around: impl Fn(&Self) -> Around,
    ) -> (Self, Around) {
        let mut best = Self::with(1, lanes, course);
        let mut above = around(&best);
        let mut least = best.cost(lanes, above);
        let steps: usize = lanes.iter().map(|lane| lane.sketches.len()).sum();
        let tries: &[usize] = if steps < ROUGH { &TRIES } else { &ROUGH_TRIES };
        for &columns in &tries[1..] {
            // So many sheets cost at least that much.
            if least <= burden(columns) {
                break;
            }
            let next = Self::with(columns, lanes, course);
            let next_above = around(&next);
            let cost = next.cost(lanes, next_above);
            if cost < least {
                (best, above, least) = (next, next_above, cost);
            }
        }
        (best, above)
    }

    fn with(columns: usize, lanes: &[LaneSteps], course: &Course) -> Self {
        let width = columns as f64 * (COLUMN - OVERLAP) + OVERLAP;
        let scale = course.scale(LEFT, width - RIGHT);
        let steps: usize = lanes.iter().map(|lane| lane.sketches.len()).sum();
        let widest = if steps <= 60 { 300.0 } else { 200.0 };
        let limits = Limits { right: width - 2.0, widest, columns };
        let lanes = lanes.iter().map(|lane| LaidLane::new(lane, &scale, limits)).collect();
        Self { scale, columns, width, lanes }
    }

    /// What it costs the reader: more than one sheet, titles that are left out or shortened, bars too thin for their number.
    fn cost(&self, lanes: &[LaneSteps], around: Around) -> f64 {
        let steps: usize = lanes.iter().map(|lane| lane.sketches.len()).sum();
        let left_out: usize = self.lanes.iter().map(|lane| lane.arranged.left_out).sum();
        let shortened: usize = self.lanes.iter().map(|lane| lane.arranged.shortened).sum();
        let spots = self.lanes.iter().flat_map(|lane| &lane.arranged.spots);
        let thin = spots.filter(|spot| !spot.number_inside).count();
        if self.is_whole(around) && left_out * 10 <= steps {
            return 1.0;
        }
        let lost = (6 * left_out + shortened) as f64 + 0.8 * thin as f64;
        burden(self.columns * self.sheets_below(around)) * (1.0 + lost / steps.max(1) as f64)
    }

    /// How high the lanes are together.
    pub(super) fn height(&self) -> f64 {
        self.lanes.iter().map(|lane| lane.height).sum()
    }

    /// Whether all of it goes on one sheet.
    pub(super) fn is_whole(&self, around: Around) -> bool {
        self.columns == 1 && around.top + self.height() + around.foot <= WHOLE
    }

    /// How many pieces stand below each other.
    fn sheets_below(&self, around: Around) -> usize {
        if self.is_whole(around) {
            return 1;
        }
        let rest = self.height() + around.foot - Self::room(0, around);
        if rest <= 0.0 { 1 } else { 1 + (rest / Self::room(1, around)).ceil() as usize }
    }

    /// How high the lanes in a piece may be, by its place from the top.
    pub(super) fn room(place: usize, around: Around) -> f64 {
        (if place == 0 { FIRST } else { FURTHER } - around.top).max(120.0)
    }
}

/// What sheets cost: the tenth is less of a burden than the second.
fn burden(sheets: usize) -> f64 {
    (sheets as f64).powf(0.6)
}

impl LaidLane {
    fn new(lane: &LaneSteps, scale: &Scale, limits: Limits) -> Self {
        let extents: Vec<Extent> = lane.sketches.iter().map(|sketch| sketch.extent(scale)).collect();
        let items: Vec<_> =
            lane.sketches.iter().zip(&extents).map(|(sketch, extent)| sketch.item(*extent)).collect();
        let arranged = arrange(&items, limits);
        let mut y = 0.0;
        let mut rows = Vec::new();
        for needs in &arranged.rows {
            rows.push(y);
            y += row_height(*needs);
        }
        Self { extents, arranged, rows, height: y.max(heads::height(&lane.head)).max(LOWEST) }
    }

    /// The upper edge of the bars of a row.
    pub(super) fn bar_top(&self, row: usize) -> f64 {
        self.rows[row] + GUTTER
    }

    /// The line on which a title is written.
    pub(super) fn baseline(&self, row: usize, at: At) -> f64 {
        let top = self.bar_top(row);
        match at {
            At::Inside | At::Right | At::Left => top + BAR / 2.0 + 3.8,
            At::Below(line) => {
                top + BAR + whisker_room(self.arranged.rows[row]) + LINE * (line + 1) as f64 - 2.2
            }
        }
    }
}

fn row_height(needs: RowNeeds) -> f64 {
    GUTTER + BAR + whisker_room(needs) + LINE * needs.lines as f64 + FOOT
}

fn whisker_room(needs: RowNeeds) -> f64 {
    if needs.whiskers { WHISKER } else { 0.0 }
}

/// What the axis of a layout says.
impl Layout {
    pub(super) fn axis(&self, words: crate::view::words::Words, t0: Option<Moment>) -> Axis {
        super::axis::axis(&self.scale, words, t0, self.width)
    }
}
