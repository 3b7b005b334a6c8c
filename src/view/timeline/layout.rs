//! The lanes on a scale: how long the picture must be for its titles to have room, and where each lane,
//! row and line stands.
//!
//! Several lengths are tried, in whole sheets of paper; the one that needs the fewest sheets wins, where
//! titles that are left out count against it. A try costs n log n; titles are written in it only if it can win.

use super::heads::{self, HeadLine};
use super::lanes::LaneSteps;
use super::rows::{Arranged, At, Item, Limits, RowNeeds, Rows, arrange, rows_for};
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
/// What a bar costs that is too thin for its number, where a title that is shortened costs 1.
const THIN: f64 = 0.8;

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

/// Less than ever stands there.
const NOTHING: Around = Around { top: 0.0, foot: 0.0 };

/// All lanes on their scale.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    pub scale: Scale,
    /// How many sheets of paper stand side by side.
    pub columns: usize,
    pub width: f64,
    pub lanes: Vec<LaidLane>,
}

/// All lanes on a scale, with bars and without titles.
struct Bare<'a> {
    scale: Scale,
    columns: usize,
    width: f64,
    lanes: Vec<BareLane<'a>>,
}

/// A lane whose bars have their rows.
struct BareLane<'a> {
    /// No lane is lower than its head.
    head: f64,
    extents: Vec<Extent>,
    items: Vec<Item<'a>>,
    rows: Rows,
}

impl Layout {
    /// The best of several lengths; `around` measures what stands above and below the lanes, and says what it is.
    pub(super) fn best<Seen>(
        lanes: &[LaneSteps],
        course: &Course,
        around: impl Fn(&Self) -> (Around, Seen),
    ) -> (Self, Around, Seen) {
        let mut best = Bare::new(1, lanes, course).written();
        let (mut above, mut seen) = around(&best);
        let mut least = best.cost(above);
        let tries: &[usize] = if best.steps() < ROUGH { &TRIES } else { &ROUGH_TRIES };
        let heads = lanes.iter().map(|lane| head_height(&lane.head)).sum();
        let rows = sheets_below(heads, NOTHING);
        for &columns in &tries[1..] {
            // So many sheets cost at least that much, and more of them cost more.
            if least <= burden(columns * rows) {
                break;
            }
            let bare = Bare::new(columns, lanes, course);
            if least <= bare.least_cost() {
                continue;
            }
            let next = bare.written();
            let (next_above, next_seen) = around(&next);
            let cost = next.cost(next_above);
            if cost < least {
                (best, above, seen, least) = (next, next_above, next_seen, cost);
            }
        }
        (best, above, seen)
    }

    fn steps(&self) -> usize {
        self.lanes.iter().map(|lane| lane.extents.len()).sum()
    }

    /// What it costs the reader: more than one sheet, titles that are left out or shortened, bars too thin for their number.
    fn cost(&self, around: Around) -> f64 {
        let steps = self.steps();
        let left_out: usize = self.lanes.iter().map(|lane| lane.arranged.left_out).sum();
        let shortened: usize = self.lanes.iter().map(|lane| lane.arranged.shortened).sum();
        let spots = self.lanes.iter().flat_map(|lane| &lane.arranged.spots);
        let thin = spots.filter(|spot| !spot.number_inside).count();
        if self.is_whole(around) && left_out * 10 <= steps {
            return 1.0;
        }
        let sheets = if self.is_whole(around) { 1 } else { sheets_below(self.height(), around) };
        let lost = (6 * left_out + shortened) as f64 + THIN * thin as f64;
        burden(self.columns * sheets) * (1.0 + lost / steps.max(1) as f64)
    }

    /// How high the lanes are together.
    pub(super) fn height(&self) -> f64 {
        self.lanes.iter().map(|lane| lane.height).sum()
    }

    /// Whether all of it goes on one sheet.
    pub(super) fn is_whole(&self, around: Around) -> bool {
        self.columns == 1 && around.top + self.height() + around.foot <= WHOLE
    }

    /// How high the lanes in a piece may be, by its place from the top.
    pub(super) fn room(place: usize, around: Around) -> f64 {
        (if place == 0 { FIRST } else { FURTHER } - around.top).max(120.0)
    }
}

/// How many pieces stand below each other, where more than one is needed.
fn sheets_below(height: f64, around: Around) -> usize {
    let rest = height + around.foot - Layout::room(0, around);
    if rest <= 0.0 { 1 } else { 1 + (rest / Layout::room(1, around)).ceil() as usize }
}

/// What sheets cost: the tenth is less of a burden than the second.
fn burden(sheets: usize) -> f64 {
    (sheets as f64).powf(0.6)
}

impl<'a> Bare<'a> {
    fn new(columns: usize, lanes: &'a [LaneSteps], course: &Course) -> Self {
        let width = columns as f64 * (COLUMN - OVERLAP) + OVERLAP;
        let scale = course.scale(LEFT, width - RIGHT);
        let lanes = lanes.iter().map(|lane| BareLane::new(lane, &scale)).collect();
        Self { scale, columns, width, lanes }
    }

    fn steps(&self) -> usize {
        self.lanes.iter().map(|lane| lane.items.len()).sum()
    }

    /// No less than it costs with its titles, which make lanes higher and may be lost.
    fn least_cost(&self) -> f64 {
        let height = self.lanes.iter().map(BareLane::least_height).sum();
        let sheets = sheets_below(height, NOTHING);
        let items = self.lanes.iter().flat_map(|lane| &lane.items);
        let thin = items.filter(|item| !item.holds_number()).count();
        burden(self.columns * sheets) * (1.0 + THIN * thin as f64 / self.steps().max(1) as f64)
    }

    fn written(self) -> Layout {
        let widest = if self.steps() <= 60 { 300.0 } else { 200.0 };
        let limits = Limits { right: self.width - 2.0, widest, columns: self.columns };
        let lanes = self.lanes.into_iter().map(|lane| lane.written(limits)).collect();
        Layout { scale: self.scale, columns: self.columns, width: self.width, lanes }
    }
}

impl<'a> BareLane<'a> {
    fn new(lane: &'a LaneSteps, scale: &Scale) -> Self {
        let extents: Vec<Extent> = lane.sketches.iter().map(|sketch| sketch.extent(scale)).collect();
        let items: Vec<Item<'_>> =
            lane.sketches.iter().zip(&extents).map(|(sketch, extent)| sketch.item(*extent)).collect();
        let rows = rows_for(&items);
        Self { head: head_height(&lane.head), extents, items, rows }
    }

    fn least_height(&self) -> f64 {
        (self.rows.count as f64 * row_height(RowNeeds::default())).max(self.head)
    }

    fn written(self, limits: Limits) -> LaidLane {
        let arranged = arrange(&self.items, &self.rows, limits);
        let mut y = 0.0;
        let mut rows = Vec::new();
        for needs in &arranged.rows {
            rows.push(y);
            y += row_height(*needs);
        }
        LaidLane { extents: self.extents, arranged, rows, height: y.max(self.head) }
    }
}

impl LaidLane {
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

/// How high a lane is without any bar.
fn head_height(head: &[HeadLine]) -> f64 {
    heads::height(head).max(LOWEST)
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
