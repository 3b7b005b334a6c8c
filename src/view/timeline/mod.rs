//! The timeline: who does what when, drawn to scale.
//!
//! A lane a person, or a lane a phase; bars as long as the steps take; titles inside, beside or below
//! them, so that no two touch. Everything is counted here, in the picture's own units; the template only
//! draws. Linear in what is drawn, but for sorting.

mod axis;
mod bands;
mod below;
mod clocks;
mod draw;
mod facts;
mod hang;
mod heads;
mod lanes;
mod layout;
mod legend;
mod links;
mod measure;
mod pace;
mod pieces;
mod rows;
mod scale;
mod script;
mod shapes;
mod sheets;
mod views;

use super::presenter::Presenter;
use crate::schedule::Moment;
pub use axis::{Enlarged, Fold, Mark};
pub use lanes::LanesBy;
pub use sheets::Strip;
pub use views::{
    Again, Area, Band, Bar, Fact, FactPart, Lane, LaneSpan, LegendItem, LineAcross, Link, NameLine, Parcel,
    Piece, Shown, SystemLane, SystemSpan, Timeline,
};

use axis::Axis;
pub(super) use axis::round_times;
use draw::Picture;
use layout::{Around, Layout};
use measure::round;
use pieces::{Cuts, Shared};
use scale::Course;
use script::Choices;

/// The width of the lanes' names, and of what stands beside them on one sheet of paper.
const NAMES: f64 = 116.0;
const COLUMN: f64 = 884.0;
/// What two sheets that lie side by side share: room for a title, so that it is whole on one of them.
const OVERLAP: f64 = 120.0;
/// The room before the first moment and after the last.
const LEFT: f64 = 16.0;
const RIGHT: f64 = 60.0;
/// The height of the row that says what is enlarged.
const ENLARGED: f64 = 18.0;
/// A table of more steps is long.
const LONG: usize = 300;
/// CSS pixels a unit, where the picture is wider than the page.
const ZOOM: f64 = 1.15;

/// What both timelines of a plan have in common, found out once.
pub(super) struct Common {
    course: Course,
    choices: Choices,
    groups: String,
    notes: Vec<String>,
}

/// What stands above the lanes, and which lines go across them.
struct Seen {
    axis: Axis,
    bands: Vec<Band>,
    across: Vec<LineAcross>,
}

impl Presenter<'_> {
    /// The timeline of this plan.
    #[must_use]
    pub fn timeline(&self, by: LanesBy) -> Timeline {
        let order = &self.schedule().main.order;
        let Common { course, choices, groups, notes } = self.common();
        let lanes = self.lanes(by);
        let (layout, around, seen) = Layout::best(&lanes, course, |layout| self.around(layout, by));
        let Seen { axis, bands, across } = seen;
        let top = around.top;
        let mut picture = Picture::draw(&lanes, &layout, top);
        let enlarged_y = enlarged_line(top, &axis);
        let bottom = top + layout.height();
        let foot = bottom + below::lines_height(&across);
        let systems = self.systems(&layout, foot + below::GAP);
        let height = bottom + around.foot;
        let drawn = self.lines_drawn();
        let links = self.links(order, drawn, &picture);
        let cut_off = links.len() > links::MOST;
        let cuts = Cuts::new(&layout, &picture, around);
        picture.lanes.iter_mut().for_each(|lane| lane.sheet = cuts.row_of_lane(lane.y));
        let ranges = lanes.iter().flat_map(|lane| &lane.sketches).any(|sketch| sketch.range.is_some());
        let parcels = cuts.parcels(self.told_bars(picture.bars, choices), links);
        let names: Vec<String> = lanes.into_iter().map(|lane| lane.name).collect();
        let begins: Vec<f64> = picture.lanes.iter().map(|lane| lane.y).collect();
        let shared = Shared {
            layout: &layout,
            words: self.words,
            by,
            names: &names,
            lanes: &begins,
            foot: around.foot,
        };
        let pieces = cuts.pieces(&parcels, shared);
        let above = sheets::Whole { axis: &axis, bands: &bands, across: &across, systems: &systems };
        let strips = sheets::strips(above, cuts.columns(), |x| axis::day_at(&layout.scale, self.words, x));
        let mut notes = notes.clone();
        notes.extend(self.notes_of_scale(&layout.scale));
        if self.lacks_estimates() {
            notes.push("No step has an estimate yet, so slack is not known".to_owned());
        }
        let mut timeline = Timeline {
            head: self.head(),
            by: if by == LanesBy::People { "people" } else { "phases" },
            other: match by {
                LanesBy::Phases => "timeline.html",
                LanesBy::People if self.has_phases() => "timeline-phases.html",
                LanesBy::People => "",
            },
            width: round(layout.width),
            names: NAMES,
            screen: if layout.columns == 1 { 0.0 } else { ((layout.width + NAMES) * ZOOM).round() },
            paper: paper_width(height),
            height: round(height),
            top: round(top),
            bottom: round(bottom),
            foot: round(foot),
            zigzag: zigzag(bottom - top),
            below: axis.below(),
            axis: axis.marks,
            days: axis.days,
            folds: axis.folds,
            enlarged_y: round(enlarged_y),
            enlarged: axis.enlarged,
            bands,
            lanes: picture.lanes,
            parcels: parcels.into(),
            dense: order.len() > links::ALL,
            links_mean: links_mean(drawn, self.lacks_estimates(), cut_off),
            ranges,
            across,
            systems,
            legend: Vec::new(),
            pieces: pieces.into(),
            strips,
            clock: if self.schedule().dated { layout.scale.as_text() } else { String::new() },
            groups: groups.clone(),
            people: self.people_to_choose(choices),
            phases: self.phases_to_choose(choices),
            long: order.len() > LONG,
            notes,
            facts: self.timeline_facts(by),
        };
        timeline.legend = legend::legend(&timeline);
        timeline
    }

    fn common(&self) -> &Common {
        self.timelines.get_or_init(|| Common {
            course: self.course(),
            choices: self.choices(),
            groups: self.groups_waited_for(),
            notes: self.timeline_notes(),
        })
    }

    /// What stands above and below the lanes of a layout, and how much it is.
    fn around(&self, layout: &Layout, by: LanesBy) -> (Around, Seen) {
        let t0 = self.schedule().has_t0.then_some(self.schedule().t0);
        let seen = Seen {
            axis: layout.axis(self.words, t0),
            bands: self.bands_above(layout, by),
            across: self.lines_across(layout),
        };
        let systems = self.systems(layout, 0.0).len() as f64 * below::SYSTEM;
        let around = Around {
            top: top_of(&seen.bands, &seen.axis),
            foot: below::lines_height(&seen.across)
                + systems
                + if systems > 0.0 { 2.0 * below::GAP } else { 4.0 },
        };
        (around, seen)
    }

    /// The timeline with lanes by phase, where the plan has phases.
    #[must_use]
    pub fn timeline_of_phases(&self) -> Option<Timeline> {
        self.has_phases().then(|| self.timeline(LanesBy::Phases))
    }

    /// What happens when: what begins and ends, T-0, and back-outs soon after the end.
    fn course(&self) -> Course {
        let line = &self.schedule().main;
        let (first, last) = (line.start.min(line.finish), line.finish.max(line.start));
        let mut events: Vec<Moment> = vec![first, last];
        let mut work: Vec<(Moment, Moment)> = Vec::new();
        for (id, placed) in line.order.iter().filter_map(|id| self.placed(*id).map(|placed| (*id, placed))) {
            events.extend([placed.start, placed.finish]);
            if self.plan().node(id).needs_owner() {
                work.push((placed.start, placed.finish));
            }
        }
        if self.schedule().has_t0 {
            // A pin before the given start ends before it.
            events.push(self.schedule().t0.clamp(first, last));
        }
        let soon = (last - first) / 5;
        let back_outs = self.latest_back_outs().into_iter().map(|(latest, _)| latest);
        events.extend(back_outs.filter(|latest| *latest > first && *latest <= last + soon));
        Course::new(events, &work)
    }
}

/// Where the lanes begin, below bands, days and times.
fn top_of(bands: &[Band], axis: &Axis) -> f64 {
    let bands = bands.iter().map(|band| band.y + bands::BAND).fold(0.0, f64::max);
    let days = if axis.days.is_empty() { 0.0 } else { 14.0 };
    let enlarged = if axis.enlarged.is_empty() { 0.0 } else { ENLARGED };
    bands + days + enlarged + 14.0 + axis.below() + 8.0
}

/// The line on which it is said what is enlarged: above days and times.
fn enlarged_line(top: f64, axis: &Axis) -> f64 {
    let days = if axis.days.is_empty() { 0.0 } else { 14.0 };
    top - 8.0 - axis.below() - days - ENLARGED
}

/// A picture that is a little too high for a sheet is made a little smaller.
fn paper_width(height: f64) -> f64 {
    const FITS: f64 = 572.0;
    (100.0 * FITS / height).clamp(87.0, 100.0).floor()
}

fn links_mean(drawn: links::Drawn, lacks_estimates: bool, cut_off: bool) -> &'static str {
    match drawn {
        links::Drawn::All if lacks_estimates => "waits for",
        links::Drawn::Driving if lacks_estimates && cut_off => {
            "what a start waited for last, of the first steps; the table names all"
        }
        links::Drawn::Driving if lacks_estimates => "what a start waited for last; the table names all",
        links::Drawn::All => "waits for; heavy: critical",
        links::Drawn::Critical if cut_off => "critical lines of the first steps; the table names all",
        links::Drawn::Driving => "what a start waited for last; dark: critical",
        links::Drawn::Critical => "critical lines only; the table names all",
    }
}

/// A zigzag from the top of the lanes to their end.
fn zigzag(height: f64) -> String {
    let mut path = "M0 0".to_owned();
    for half in 0..(height / 8.0).ceil() as usize {
        path.push_str(if half % 2 == 0 { "l4 8" } else { "l-4 8" });
    }
    path
}
