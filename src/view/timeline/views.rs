//! What the template of the timeline receives. All lengths are in the picture's own units, from the upper
//! left; the lanes' names stand left of it, at places below zero.

use serde::Serialize;

use super::axis::{Enlarged, Fold, Mark};
use super::sheets::Strip;
use crate::view::head::Head;
use crate::view::list::{List, Shared};
use crate::view::presenter::Tag;

/// The timeline of a plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Timeline {
    /// The head of all pages.
    pub head: Head,
    /// `people` or `phases`: what the lanes are.
    pub by: &'static str,
    /// The page with the other lanes; empty where there is none.
    pub other: &'static str,
    /// Width of the picture.
    pub width: f64,
    /// Width of the lanes' names.
    pub names: f64,
    /// Width of both on a screen, in CSS pixels, before anybody zooms; 0 for the width of the page.
    pub screen: f64,
    /// Width of both on paper, in percent of the sheet.
    pub paper: f64,
    /// Height of the picture.
    pub height: f64,
    /// Where the lanes begin, from the top.
    pub top: f64,
    /// Where the lanes end.
    pub bottom: f64,
    /// Where the lines across all lanes end.
    pub foot: f64,
    /// The zigzag at both sides of a folded stretch, as a path.
    pub zigzag: String,
    /// Times on the axis.
    pub axis: Vec<Mark>,
    /// Days above the times.
    pub days: Vec<Mark>,
    /// How much stands between the times and the lanes: T± of times, and how long folded stretches are.
    pub below: f64,
    /// Quiet stretches that are folded.
    pub folds: Vec<Fold>,
    /// Dense stretches that are enlarged.
    pub enlarged: Vec<Enlarged>,
    /// The line on which it is said what is enlarged.
    pub enlarged_y: f64,
    /// Windows and phases above the lanes.
    pub bands: Vec<Band>,
    /// The lanes.
    pub lanes: Vec<Lane>,
    /// Bars and lines, in parcels of what stands together.
    pub parcels: List<Parcel>,
    /// Whether there are so many lines that they must be thin.
    pub dense: bool,
    /// Which lines are drawn, in words.
    pub links_mean: &'static str,
    /// Whether any bar shows how long it may take.
    pub ranges: bool,
    /// Latest back-outs and changes of the clocks, as lines across the lanes.
    pub across: Vec<LineAcross>,
    /// Systems that are ever down.
    pub systems: Vec<SystemLane>,
    /// What the signs mean.
    pub legend: Vec<LegendItem>,
    /// The pieces for paper, where the picture does not fit a sheet.
    pub pieces: List<Piece>,
    /// What stands above and below the lanes of pieces, from left to right.
    pub strips: Vec<Strip>,
    /// For a script: seconds since 1970 and places, of a plan with a date; else empty.
    pub clock: String,
    /// For a script: the steps of each phase or group that something waits for, `g12=3 4 5;…`.
    pub groups: String,
    /// Those who can be chosen, in the order of the numbers that bars name.
    pub people: Vec<String>,
    /// Phases that can be chosen, likewise.
    pub phases: Vec<String>,
    /// Whether the table is so long that a browser does well to lay it out late.
    pub long: bool,
    /// Windows, outages and latest back-outs in words.
    pub notes: Vec<String>,
    /// The same facts as a table.
    pub facts: Vec<FactPart>,
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
    /// Whether it goes on after the picture's end.
    pub goes_on: bool,
}

/// A lane.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Lane {
    /// From the top.
    pub y: f64,
    /// How high.
    pub height: f64,
    /// In which of the pieces below each other it begins, from 0.
    pub sheet: usize,
    /// Its name, and what they do or what it belongs to.
    pub lines: Vec<NameLine>,
    /// Of a phase: from its beginning to its end, with the phases inside it.
    pub span: Option<LaneSpan>,
}

/// A line at the left of a lane.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NameLine {
    /// `name` or `role`.
    pub class: &'static str,
    /// What it says.
    pub text: String,
    /// The line it stands on.
    pub y: f64,
}

/// How long a phase is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct LaneSpan {
    /// From the left.
    pub x: f64,
    /// How wide.
    pub width: f64,
}

/// Bars and lines that stand near each other.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Parcel {
    /// Its name in the page.
    pub id: String,
    /// The bars.
    pub bars: List<Bar>,
    /// The lines to steps.
    pub links: List<Link>,
}

/// A step in a lane.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bar {
    /// Its number.
    pub number: String,
    /// `b`, and `c` critical, `u` runs by itself, `h` pause, `g` gate, `m` milestone, `a` assumed, `d` done.
    pub class: String,
    /// Everything about it in a sentence.
    pub name: String,
    /// For a script: those who do it, by their places in the list of people.
    pub owners: String,
    /// For a script: its phase, by its place in the list of phases; empty where it has none.
    pub phase: String,
    /// For a script: numbers of what it waits for; `g12` is a phase or group.
    pub waits: String,
    /// The shape, as a path.
    pub shape: String,
    /// Thin lines that belong to it, as a path: a range, and what its title hangs on.
    pub detail: String,
    /// Where folded stretches tear it, as a path.
    pub tear: String,
    /// Whether the number stands in the shape.
    pub number_inside: bool,
    /// Where it begins there.
    pub number_x: i64,
    /// The line it stands on.
    pub number_y: i64,
    /// As much of the title as there is room for; may be empty.
    pub label: String,
    /// Whether the number stands before it.
    pub label_number: bool,
    /// Where it begins, with the number.
    pub label_x: i64,
    /// The line it stands on.
    pub label_y: i64,
    /// `in` for a title inside the shape.
    pub label_at: &'static str,
    /// Its lane.
    #[serde(skip)]
    pub lane: usize,
    /// Which step of the plan it is.
    #[serde(skip)]
    pub step: usize,
    /// What the shape covers.
    #[serde(skip)]
    pub area: Area,
    /// What the title covers.
    #[serde(skip)]
    pub label_area: Option<Area>,
}

/// A part of the picture.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Area {
    /// Where it begins along the time.
    pub left: f64,
    /// Its upper end.
    pub top: f64,
    /// Where it ends along the time.
    pub right: f64,
    /// Its lower end.
    pub bottom: f64,
}

impl Area {
    /// What covers both.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }
}

/// All lines of one kind to a step.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Link {
    /// The path.
    pub path: String,
    /// `k`, and `c` where it is critical.
    pub class: &'static str,
    /// What it covers.
    #[serde(skip)]
    pub area: Area,
}

/// A line across all lanes: the last moment at which a gate can still lead back, or where the clocks change.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LineAcross {
    /// From the left.
    pub x: f64,
    /// Its name.
    pub label: String,
    /// Where the name begins.
    pub label_x: f64,
    /// On which line below the lanes the name stands, from 0.
    pub line: usize,
    /// `back` or `clocks`.
    pub class: &'static str,
}

/// When a system is up and when it is down.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SystemLane {
    /// From the top.
    pub y: f64,
    /// Its name.
    pub name: String,
    /// Stretches, from left to right.
    pub spans: Vec<SystemSpan>,
}

/// A stretch of a system.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SystemSpan {
    /// From the left.
    pub x: f64,
    /// How wide.
    pub width: f64,
    /// What is written in it; may be empty.
    pub label: String,
    /// Where that begins.
    pub label_x: f64,
    /// `up` or `down`.
    pub state: &'static str,
}

/// A line of the legend.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LegendItem {
    /// What is drawn: `bar`, `range`, `fold`, `enlarged`, `phase`, a latest back-out or `link`.
    pub sign: &'static str,
    /// The class of a bar.
    pub class: &'static str,
    /// What it means.
    pub text: String,
}

/// A piece of the picture for one sheet of paper.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Piece {
    /// From the left.
    pub x: f64,
    /// How wide.
    pub width: f64,
    /// From the top.
    pub y: f64,
    /// How high, without the axis that is repeated.
    pub height: f64,
    /// Which of the strips stands above and below it, from 0.
    pub strip: usize,
    /// Which it is, of what time, and whose lanes are on it.
    pub title: String,
    /// On which parts it goes on.
    pub goes_on: String,
    /// The lane that goes on here from the sheet above; empty where one begins.
    pub lane: String,
    /// By where they begin: the lanes of which something is seen in it.
    pub lanes: Vec<usize>,
    /// Whether what stands below the lanes is seen in it.
    pub foot: bool,
    /// The parcels whose lines are seen in it.
    pub lines: Vec<String>,
    /// The parcels whose bars are seen in it.
    pub bars: Vec<Shown>,
    /// Numbers and titles of bars that are written on the sheet beside it.
    pub again: Vec<Again>,
}

/// A parcel of bars in a piece.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Shown {
    /// The parcel.
    pub id: String,
    /// `beside` where the sheet beside it has the words; else empty.
    pub class: &'static str,
}

/// The number that is said again of a bar that began on an earlier sheet, or goes on on the next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Again {
    /// The classes of the bar.
    pub class: String,
    /// Its number.
    pub number: String,
    /// Where it begins.
    pub x: i64,
    /// The line it stands on.
    pub y: i64,
}

/// A part of the table below the picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FactPart {
    /// The phase that it is; empty where the table is one part.
    pub phase: String,
    /// Its rows.
    pub rows: List<Shared<Fact>>,
}

/// A row of the table below the picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// The number.
    pub number: String,
    /// The title.
    pub title: String,
    /// Its signs.
    pub tags: Vec<Tag>,
    /// Who does it.
    pub who: String,
    /// When it starts.
    pub start: String,
    /// When it ends.
    pub finish: String,
    /// How long it takes.
    pub takes: String,
    /// How far it may slip before anything breaks; “critical” when it has no slack, “may not slip” when only a deadline,
    /// a window or a latest back-out leaves none.
    pub slack: String,
    /// What it waits for.
    pub waits: String,
}
