//! The picture in pieces for paper, where it does not fit one sheet.
//!
//! Pieces side by side share a strip of time; pieces below each other part between lanes, else between
//! rows. Each repeats the axis and the lanes' names, so that they can be laid together. What is drawn is
//! kept in parcels, so that each piece shows its own and its neighbours' and not the whole picture.

use std::collections::BTreeMap;

use super::draw::Picture;
use super::layout::{Around, Layout};
use super::measure::round;
use super::{Area, Bar, COLUMN, Link, OVERLAP, Parcel, Piece};
use crate::view::words::Words;

/// Where the picture is cut.
#[derive(Debug, Clone)]
pub(super) struct Cuts {
    columns: usize,
    width: f64,
    whole: bool,
    /// The upper ends of the pieces, and the lower end of the last.
    heights: Vec<f64>,
}

impl Cuts {
    /// Cuts a picture.
    pub(super) fn new(layout: &Layout, picture: &Picture, around: Around) -> Self {
        let bottom = around.top + layout.height();
        let mut heights = vec![around.top];
        if !layout.is_whole(around) {
            let lanes: Vec<f64> = picture.lanes.iter().map(|lane| lane.y).collect();
            let mut from = around.top;
            for (index, row) in picture.rows.iter().enumerate() {
                let room = Layout::room(heights.len() - 1, around);
                let next = picture.rows.get(index + 1).map_or(bottom + around.foot, |next| next.top);
                if next - from <= room || row.top <= from {
                    continue;
                }
                // At the last lane that begins on this sheet, unless much of the sheet stayed empty.
                let begun = lanes.partition_point(|lane| *lane <= row.top + 0.1);
                let lane = begun.checked_sub(1).map(|last| lanes[last]);
                from = lane.filter(|lane| *lane - from > room * 0.6).unwrap_or(row.top);
                heights.push(from);
            }
        }
        heights.push(bottom);
        Self { columns: layout.columns, width: layout.width, whole: layout.is_whole(around), heights }
    }

    fn rows(&self) -> usize {
        self.heights.len() - 1
    }

    /// The parcel of what stands here: by row and column; what reaches further than the next piece has
    /// parcels of its own.
    fn parcel(&self, area: Area) -> String {
        let column = |x: f64| ((x.max(0.0) / (COLUMN - OVERLAP)) as usize).min(self.columns - 1);
        let row =
            |y: f64| (self.heights.partition_point(|height| *height <= y).max(1) - 1).min(self.rows() - 1);
        let (left, right) = (column(area.left), column(area.right));
        let (top, bottom) = (row(area.top + 0.5), row(area.bottom - 0.5));
        if top != bottom {
            "far".to_owned()
        } else if right > left + 1 {
            format!("wide{top}")
        } else {
            format!("p{top}-{left}")
        }
    }

    /// Shares out bars and lines.
    pub(super) fn parcels(&self, bars: Vec<Bar>, links: Vec<Link>) -> Vec<Parcel> {
        let mut parcels: BTreeMap<String, Parcel> = BTreeMap::new();
        for link in links {
            let id = self.parcel(link.area);
            parcels.entry(id.clone()).or_insert_with(|| Parcel::new(id)).links.push(link);
        }
        for bar in bars {
            let area = bar.label_area.map_or(bar.area, |label| bar.area.with(label));
            // A title below its bar belongs to the same row.
            let id = self.parcel(Area { top: bar.area.top, bottom: bar.area.bottom, ..area });
            parcels.entry(id.clone()).or_insert_with(|| Parcel::new(id)).bars.push(bar);
        }
        parcels.into_values().collect()
    }

    /// The pieces, from left to right and then downward; none where one sheet is enough.
    pub(super) fn pieces(&self, layout: &Layout, parcels: &[Parcel], words: Words, foot: f64) -> Vec<Piece> {
        if self.whole {
            return Vec::new();
        }
        let count = self.columns * self.rows();
        let known = |id: &String| parcels.iter().any(|parcel| parcel.id == *id);
        let mut pieces = Vec::new();
        for row in 0..self.rows() {
            for column in 0..self.columns {
                let x = column as f64 * (COLUMN - OVERLAP);
                let to = (x + COLUMN).min(self.width);
                let (from, end) = (layout.scale.minute(x), layout.scale.minute(to));
                let near = column.saturating_sub(1)..=(column + 1).min(self.columns - 1);
                let mut shown: Vec<String> = near.map(|column| format!("p{row}-{column}")).collect();
                shown.extend([format!("wide{row}"), "far".to_owned()]);
                shown.retain(&known);
                let last = row + 1 == self.rows();
                let height = self.heights[row + 1] - self.heights[row] + if last { foot } else { 0.0 };
                pieces.push(Piece {
                    x: round(x),
                    width: round(to - x),
                    y: round(self.heights[row]),
                    height: round(height),
                    title: format!(
                        "Sheet {} of {count}: {} to {}",
                        pieces.len() + 1,
                        words.short(from),
                        words.end(from, end)
                    ),
                    parcels: shown,
                });
            }
        }
        pieces
    }
}
