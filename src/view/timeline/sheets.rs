//! What stands above and below the lanes on each sheet of paper, where the picture is cut by time.
//!
//! The picture's own words come in, and where each sheet begins and ends; out comes for each sheet what can be
//! read there: a word that the edge would cut moves onto the sheet, or is left out. What has begun on an earlier
//! sheet says its name again. Linear in what is drawn on a sheet, times the number of sheets.

use serde::Serialize;

use super::axis::{Axis, Enlarged, Mark, has_room, mark_half};
use super::measure::{SMALL, heavy_width, round, shortened, text_width};
use super::{Band, LineAcross, SystemLane, SystemSpan};

/// How far a shape that goes on reaches beyond the edge, so that it has no border there.
const BEYOND: f64 = 3.0;

/// What stands above and below the lanes on the sheets of one stretch of time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Strip {
    /// Times on the axis.
    pub axis: Vec<Mark>,
    /// Days above the times.
    pub days: Vec<Mark>,
    /// Dense stretches that are enlarged.
    pub enlarged: Vec<Enlarged>,
    /// Windows and phases above the lanes.
    pub bands: Vec<Band>,
    /// The names of latest back-outs and of changes of the clocks.
    pub across: Vec<LineAcross>,
    /// Systems that are ever down.
    pub systems: Vec<SystemLane>,
}

/// What stands above and below the lanes in the whole picture.
#[derive(Debug, Clone, Copy)]
pub(super) struct Whole<'a> {
    pub axis: &'a Axis,
    pub bands: &'a [Band],
    pub across: &'a [LineAcross],
    pub systems: &'a [SystemLane],
}

/// From where to where a sheet reaches.
#[derive(Debug, Clone, Copy)]
struct Sheet {
    left: f64,
    right: f64,
}

/// The strips of sheets from left to right; `day_at` says the day under way at a place on the axis.
pub(super) fn strips(
    whole: Whole<'_>,
    sheets: impl Iterator<Item = (f64, f64)>,
    day_at: impl Fn(f64) -> Option<String>,
) -> Vec<Strip> {
    let strip = |(left, right): (f64, f64)| {
        let sheet = Sheet { left, right };
        Strip {
            axis: sheet.marks(&whole.axis.marks),
            days: sheet.days(&whole.axis.days, day_at(left)),
            enlarged: sheet.enlarged(&whole.axis.enlarged),
            bands: sheet.bands(whole.bands),
            across: sheet.across(whole.across),
            systems: whole.systems.iter().map(|system| sheet.system(system)).collect(),
        }
    };
    sheets.map(strip).collect()
}

impl Sheet {
    fn holds(self, from: f64, width: f64) -> bool {
        from >= self.left - 0.1 && from + width <= self.right + 0.1
    }

    fn has(self, x: f64) -> bool {
        self.holds(x, 0.0)
    }

    /// A stretch as far as it is on this sheet, and where to draw it.
    fn part(self, x: f64, width: f64) -> Option<(f64, f64)> {
        let (from, to) = (x.max(self.left - BEYOND), (x + width).min(self.right + BEYOND));
        (from < self.right && to > self.left && to > from).then_some((from, to))
    }

    fn marks(self, marks: &[Mark]) -> Vec<Mark> {
        let is_whole = |mark: &&Mark| self.holds(mark.label_x - mark_half(mark), 2.0 * mark_half(mark));
        let mut kept: Vec<Mark> = marks.iter().filter(is_whole).cloned().collect();
        // At the edges a time may stand beside its line.
        for mark in marks.iter().filter(|mark| self.has(mark.x) && !is_whole(mark)) {
            let half = mark_half(mark);
            let label_x = round(mark.x.clamp(self.left + half, (self.right - half).max(self.left + half)));
            let moved = Mark { label_x, ..mark.clone() };
            if has_room(&kept, &moved) {
                kept.push(moved);
            }
        }
        kept.sort_by(|a, b| a.x.total_cmp(&b.x));
        kept
    }

    /// The days that begin here, and at the left edge the one that is under way.
    fn days(self, days: &[Mark], under_way: Option<String>) -> Vec<Mark> {
        let width = |label: &str| heavy_width(label, SMALL);
        let mut kept: Vec<Mark> =
            days.iter().filter(|day| self.holds(day.label_x, width(&day.label))).cloned().collect();
        let Some(label) = under_way.filter(|_| !days.is_empty()) else { return kept };
        let free = kept.first().map_or(self.right, |first| first.label_x - 8.0);
        let is_said = kept.first().is_some_and(|first| first.label == label);
        if !is_said && self.left + width(&label) <= free {
            let (x, beside) = (round(self.left), String::new());
            kept.insert(0, Mark { x, label_x: x, label, beside, class: "day" });
        }
        kept
    }

    fn enlarged(self, parts: &[Enlarged]) -> Vec<Enlarged> {
        let mut free = self.left;
        let mut kept = Vec::new();
        for part in parts {
            let Some((from, to)) = self.part(part.x, part.width) else { continue };
            let width = heavy_width(&part.label, SMALL);
            let at = if self.holds(part.label_x, width) { part.label_x } else { from.max(free) };
            let is_free = at >= free && self.holds(at, width);
            let label = if is_free { part.label.clone() } else { String::new() };
            if is_free && !label.is_empty() {
                free = at + width + 8.0;
            }
            kept.push(Enlarged { x: round(from), width: round(to - from), label_x: round(at), label });
        }
        kept
    }

    fn bands(self, bands: &[Band]) -> Vec<Band> {
        let view = |band: &Band| {
            let (from, to) = self.part(band.x, band.width)?;
            let right_of = bands.iter().filter(|other| other.y == band.y && other.x > band.x);
            let next = right_of.map(|other| other.x.min(other.label_x) - 4.0).fold(self.right, f64::min);
            let (label, label_x) = self.name_of(band, (from.max(self.left), to.min(self.right)), next);
            Some(Band {
                x: round(from),
                width: round(to - from),
                label,
                label_x: round(label_x),
                goes_on: band.goes_on && band.x + band.width <= self.right,
                ..band.clone()
            })
        };
        bands.iter().filter_map(view).collect()
    }

    /// The name of a band and where it stands: where it always does, else in what is seen of the band, else
    /// beside it, else shortened.
    fn name_of(self, band: &Band, (from, to): (f64, f64), next: f64) -> (String, f64) {
        let width = text_width(&band.label, SMALL);
        if self.holds(band.label_x, width) {
            (band.label.clone(), band.label_x)
        } else if from + 4.0 + width + 4.0 <= to {
            (band.label.clone(), from + 4.0)
        } else if to + 4.0 + width <= next {
            (band.label.clone(), to + 4.0)
        } else {
            (shortened(&band.label, SMALL, to - from - 8.0).unwrap_or_default(), from + 4.0)
        }
    }

    fn across(self, lines: &[LineAcross]) -> Vec<LineAcross> {
        let width = |line: &LineAcross| text_width(&line.label, SMALL);
        let is_whole = |line: &LineAcross| self.holds(line.label_x, width(line));
        let mut kept: Vec<LineAcross> = lines.iter().filter(|line| is_whole(line)).cloned().collect();
        for line in lines.iter().filter(|line| self.has(line.x) && !is_whole(line)) {
            let is_free = |x: f64, width: f64| {
                let mut beside = kept.iter().filter(|other| other.line == line.line);
                beside.all(|other| {
                    x + width + 8.0 <= other.label_x
                        || other.label_x + text_width(&other.label, SMALL) + 8.0 <= x
                }) && self.holds(x, width)
            };
            let places = [line.x + 4.0, line.x - 4.0 - width(line)];
            if let Some(x) = places.into_iter().find(|x| is_free(*x, width(line))) {
                kept.push(LineAcross { label_x: round(x), ..line.clone() });
            }
        }
        kept
    }

    fn system(self, system: &SystemLane) -> SystemLane {
        let span = |span: &SystemSpan| {
            let (from, to) = self.part(span.x, span.width)?;
            let room = to.min(self.right) - from.max(self.left) - 8.0;
            let fits = |label: &&str| heavy_width(label, SMALL) <= room;
            let label = [span.label.as_str(), span.state].into_iter().find(fits).unwrap_or_default();
            Some(SystemSpan {
                x: round(from),
                width: round(to - from),
                label: label.to_owned(),
                label_x: round(from.max(self.left) + 5.0),
                state: span.state,
            })
        };
        SystemLane { spans: system.spans.iter().filter_map(span).collect(), ..system.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHEET: Sheet = Sheet { left: 764.0, right: 1648.0 };

    fn band(x: f64, width: f64, label: &str) -> Band {
        Band {
            x,
            y: 2.0,
            width,
            label: label.to_owned(),
            label_x: x + 4.0,
            title: String::new(),
            class: "phase",
            goes_on: false,
        }
    }

    fn mark(x: f64, label: &str) -> Mark {
        Mark { x, label_x: x, label: label.to_owned(), beside: String::new(), class: "time" }
    }

    #[test]
    fn a_band_that_began_on_an_earlier_sheet_says_its_name_again() {
        let shown = SHEET.bands(&[band(100.0, 900.0, "The day before"), band(1640.0, 300.0, "Doors open")]);
        assert_eq!(shown.len(), 2);
        assert_eq!((shown[0].label.as_str(), shown[0].label_x), ("The day before", 768.0));
        // What is only begun here is named on the next sheet.
        assert_eq!(shown[1].label, "");
        assert!(SHEET.bands(&[band(100.0, 200.0, "Two weeks before")]).is_empty());
    }

    #[test]
    fn times_at_the_edge_stand_whole_beside_their_line() {
        let shown = SHEET.marks(&[mark(700.0, "09:00"), mark(770.0, "10:00"), mark(1647.0, "15:00")]);
        let at: Vec<f64> = shown.iter().map(|mark| mark.label_x).collect();
        assert!(at.len() == 2 && at[0] > 775.0 && at[1] < 1640.0, "{at:?}");
    }

    #[test]
    fn the_day_under_way_is_said_where_there_is_room() {
        let day = |x: f64, label: &str| Mark { class: "day", ..mark(x, label) };
        let days = [day(16.0, "Mon 03-08"), day(900.0, "Tue 03-09"), day(1640.0, "Wed 03-10")];
        let shown = SHEET.days(&days, Some("Mon 03-08".to_owned()));
        let said: Vec<(&str, f64)> = shown.iter().map(|day| (day.label.as_str(), day.label_x)).collect();
        assert_eq!(said, [("Mon 03-08", 764.0), ("Tue 03-09", 900.0)]);
    }

    #[test]
    fn the_name_of_a_line_across_stands_where_it_can_be_read() {
        let line = |x: f64| LineAcross {
            x,
            label: "latest back-out 18:20 (gate 21)".to_owned(),
            label_x: x + 4.0,
            line: 0,
            class: "back",
        };
        let shown = SHEET.across(&[line(500.0), line(1640.0)]);
        assert!(shown.len() == 1 && shown[0].label_x < 1500.0, "{shown:?}");
    }

    #[test]
    fn what_is_down_says_so_on_each_sheet() {
        let span =
            SystemSpan { x: 16.0, width: 900.0, label: "down 9 h".to_owned(), label_x: 21.0, state: "down" };
        let lane = SystemLane { y: 0.0, name: "api".to_owned(), spans: vec![span] };
        let shown = SHEET.system(&lane);
        assert_eq!((shown.spans[0].label.as_str(), shown.spans[0].label_x), ("down 9 h", 769.0));
    }
}
