//! The picture in pieces for paper, where it does not fit one sheet.
//!
//! Pieces side by side share a strip of time; pieces below each other part between lanes, else between
//! rows, and are about as high as each other. Each repeats the axis and the lanes' names, so that they can
//! be laid together. What is drawn is kept in parcels, so that each piece shows its own and its neighbours'
//! and not the whole picture. What is written stands whole on the sheet on which it begins, and there alone;
//! a bar that is seen on another sheet says its number again.

use std::collections::BTreeMap;

use super::draw::Picture;
use super::heads::on_one_line;
use super::layout::{Around, Layout};
use super::measure::{LETTER, SMALL, heavy_width, round, shortened};
use super::rows::INSET;
use super::{Again, Area, Bar, COLUMN, LanesBy, Link, OVERLAP, Parcel, Piece, Shown};
use crate::view::words;

/// A part of the room for a piece: cuts between lanes may be so far from where pieces would be equal.
const UNEVEN: f64 = 0.35;
/// The widest name in the title of a piece.
const NAME: f64 = 130.0;

/// Where the picture is cut.
#[derive(Debug, Clone)]
pub(super) struct Cuts {
    columns: usize,
    width: f64,
    whole: bool,
    /// The upper ends of the pieces, and the lower end of the last.
    heights: Vec<f64>,
}

/// What every piece is told.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shared<'a> {
    pub layout: &'a Layout,
    pub words: words::Words,
    pub by: LanesBy,
    /// The names of the lanes, whole.
    pub names: &'a [String],
    /// Where the lanes begin.
    pub lanes: &'a [f64],
    /// How high is what stands below the lanes.
    pub foot: f64,
}

/// How far something reaches, by which it is kept in parcels: by row and column; what reaches further than the next
/// piece has parcels of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reach {
    Near(usize, usize),
    Wide(usize, usize),
    /// Over several rows.
    Far,
}

impl Reach {
    /// The name of its parcel in the page.
    fn id(self) -> String {
        match self {
            Self::Near(row, column) => format!("p{row}-{column}"),
            Self::Wide(row, column) => format!("w{row}-{column}"),
            Self::Far => "far".to_owned(),
        }
    }
}

impl Cuts {
    /// Cuts a picture.
    pub(super) fn new(layout: &Layout, picture: &Picture, around: Around) -> Self {
        let bottom = around.top + layout.height();
        let whole = layout.is_whole(around);
        let mut heights = vec![around.top];
        if !whole {
            let lanes: Vec<f64> = picture.lanes.iter().map(|lane| lane.y).collect();
            let mut rows: Vec<f64> = picture.rows.iter().map(|row| row.top).chain(lanes.clone()).collect();
            rows.sort_by(f64::total_cmp);
            let end = bottom + around.foot;
            let room = |place: usize| Layout::room(place, around);
            let mut from = around.top;
            while let Some(cut) = next_cut(from, end, heights.len() - 1, &room, (&lanes, &rows)) {
                heights.push(cut);
                from = cut;
            }
        }
        heights.push(bottom);
        Self { columns: layout.columns, width: layout.width, whole, heights }
    }

    fn rows(&self) -> usize {
        self.heights.len() - 1
    }

    fn column(&self, x: f64) -> usize {
        ((x.max(0.0) / (COLUMN - OVERLAP)) as usize).min(self.columns - 1)
    }

    fn row(&self, y: f64) -> usize {
        (self.heights.partition_point(|height| *height <= y).max(1) - 1).min(self.rows() - 1)
    }

    /// The parcel of what stands here.
    fn parcel(&self, area: Area) -> Reach {
        let (left, right) = (self.column(area.left), self.column(area.right));
        let (top, bottom) = (self.row(area.top + 0.5), self.row(area.bottom - 0.5));
        if top != bottom {
            Reach::Far
        } else if right > left + 1 {
            Reach::Wide(top, left)
        } else {
            Reach::Near(top, left)
        }
    }

    /// Shares out bars and lines.
    pub(super) fn parcels(&self, bars: Vec<Bar>, links: Vec<Link>) -> Vec<Parcel> {
        let mut parcels: BTreeMap<Reach, (Vec<Bar>, Vec<Link>)> = BTreeMap::new();
        for link in links {
            parcels.entry(self.parcel(link.area)).or_default().1.push(link);
        }
        for bar in bars {
            // A title below its bar belongs to the same row.
            let area = Area { top: bar.area.top, bottom: bar.area.bottom, ..written(&bar) };
            parcels.entry(self.parcel(area)).or_default().0.push(bar);
        }
        let parcel = |(reach, (bars, links)): (Reach, (Vec<Bar>, Vec<Link>))| Parcel {
            id: reach.id(),
            bars: bars.into(),
            links: links.into(),
        };
        let mut parcels: Vec<Parcel> = parcels.into_iter().map(parcel).collect();
        parcels.sort_by(|a, b| a.id.cmp(&b.id));
        parcels
    }

    /// The pieces, from left to right and then downward; none where one sheet is enough.
    pub(super) fn pieces(&self, parcels: &[Parcel], shared: Shared<'_>) -> Vec<Piece> {
        if self.whole {
            return Vec::new();
        }
        let known: BTreeMap<&str, &Parcel> =
            parcels.iter().map(|parcel| (parcel.id.as_str(), parcel)).collect();
        let mut again = self.again(parcels);
        let mut pieces = Vec::new();
        for row in 0..self.rows() {
            for column in 0..self.columns {
                let (x, to) = self.ends(column);
                let last = row + 1 == self.rows();
                let height = self.heights[row + 1] - self.heights[row] + if last { shared.foot } else { 0.0 };
                let seen: Vec<(String, &Parcel)> = self
                    .seen(row, column)
                    .into_iter()
                    .filter_map(|id| known.get(id.as_str()).map(|parcel| (id, *parcel)))
                    .collect();
                let own = [Reach::Near(row, column).id(), Reach::Wide(row, column).id()];
                let class = |id: &String| if own.contains(id) { "" } else { "beside" };
                let with_bars = seen.iter().filter(|(_, parcel)| !parcel.bars.is_empty());
                let with_lines = seen.iter().filter(|(_, parcel)| !parcel.links.is_empty());
                pieces.push(Piece {
                    x: round(x),
                    width: round(to - x),
                    y: round(self.heights[row]),
                    height: round(height),
                    strip: column,
                    title: self.title(row, column, shared),
                    goes_on: self.goes_on(row, column, shared.by),
                    lane: self.lane_from_above(row, shared).map_or_else(String::new, |(lane, _)| {
                        shared.names.get(lane).map_or(String::new(), |name| on_one_line(name))
                    }),
                    lanes: self.lanes_of(row, shared),
                    foot: last,
                    lines: with_lines.map(|(id, _)| id.clone()).collect(),
                    bars: with_bars.map(|(id, _)| Shown { id: id.clone(), class: class(id) }).collect(),
                    again: again.remove(&(row, column)).unwrap_or_default(),
                });
            }
        }
        pieces
    }

    /// Where the columns begin and end; none where one sheet is enough.
    pub(super) fn columns(&self) -> impl Iterator<Item = (f64, f64)> {
        (0..if self.whole { 0 } else { self.columns }).map(|column| self.ends(column))
    }

    /// Where a column begins and ends.
    fn ends(&self, column: usize) -> (f64, f64) {
        let x = column as f64 * (COLUMN - OVERLAP);
        (x, (x + COLUMN).min(self.width))
    }

    /// The parcels of which a piece may show something.
    fn seen(&self, row: usize, column: usize) -> Vec<String> {
        let next = (column + 1).min(self.columns - 1);
        let near = (column.saturating_sub(1)..=next).map(|column| Reach::Near(row, column));
        let wide = (0..=next).map(|column| Reach::Wide(row, column));
        near.chain(wide).chain([Reach::Far]).map(Reach::id).collect()
    }

    /// By piece the numbers of bars that are seen in it and written on another.
    fn again(&self, parcels: &[Parcel]) -> BTreeMap<(usize, usize), Vec<Again>> {
        let mut found: BTreeMap<(usize, usize), Vec<Again>> = BTreeMap::new();
        if self.columns == 1 {
            return found;
        }
        for bar in parcels.iter().flat_map(|parcel| &parcel.bars) {
            let own = self.column(written(bar).left);
            let first = self.column(bar.area.left).saturating_sub(1);
            let row = self.row(bar.area.top + 0.5);
            for column in (first..=self.column(bar.area.right)).filter(|column| *column != own) {
                found.entry((row, column)).or_default().extend(said_again(bar, self.ends(column)));
            }
        }
        found
    }

    fn title(&self, row: usize, column: usize, shared: Shared<'_>) -> String {
        let count = self.columns * self.rows();
        let (x, to) = self.ends(column);
        let scale = &shared.layout.scale;
        let (from, end) = (scale.minute(x), scale.minute(to));
        let lanes = if self.rows() > 1 { self.lanes_between(row, shared) } else { String::new() };
        format!(
            "Part {} of {count}: {} to {}{lanes}",
            row * self.columns + column + 1,
            shared.words.short(from),
            shared.words.end(from, end)
        )
    }

    /// Whose lanes are on the sheets of a row.
    fn lanes_between(&self, row: usize, shared: Shared<'_>) -> String {
        let (top, bottom) = (self.heights[row] + 0.1, self.heights[row + 1] - 0.1);
        let at = |y: f64| shared.lanes.partition_point(|lane| *lane <= y).saturating_sub(1);
        let name = |index: usize| {
            let name = shared.names.get(index).map_or("", String::as_str);
            shortened(name, SMALL, NAME).unwrap_or_default()
        };
        match (at(top), at(bottom)) {
            (first, last) if first == last => format!(" · {}", name(first)),
            (first, last) => format!(" · {} to {}", name(first), name(last)),
        }
    }

    fn goes_on(&self, row: usize, column: usize, by: LanesBy) -> String {
        let part = |row: usize, column: usize| row * self.columns + column + 1;
        let more = match by {
            LanesBy::People => "more people",
            LanesBy::Phases => "more phases",
        };
        let later = (column + 1 < self.columns).then(|| format!("later: part {}", part(row, column + 1)));
        let below = (row + 1 < self.rows()).then(|| format!("{more}: part {}", part(row + 1, column)));
        let said: Vec<String> = later.into_iter().chain(below).collect();
        said.join(" · ")
    }

    /// The lane that is cut at the upper end of a row, and where it begins.
    fn lane_from_above(&self, row: usize, shared: Shared<'_>) -> Option<(usize, f64)> {
        let top = self.heights[row];
        let begun = shared.lanes.partition_point(|lane| *lane <= top + 0.1);
        let cut = begun.checked_sub(1).map(|lane| (lane, shared.lanes[lane]));
        cut.filter(|(_, y)| *y < top - 0.1)
    }

    /// The row in which a lane begins.
    pub(super) fn row_of_lane(&self, y: f64) -> usize {
        self.row(y + 0.5)
    }

    /// The rows in which the lanes begin that are seen in a row: in itself, that of one that is cut above it, and the
    /// next, of whose first lane the upper edge is seen.
    fn lanes_of(&self, row: usize, shared: Shared<'_>) -> Vec<usize> {
        let above = self.lane_from_above(row, shared).map(|(_, y)| self.row_of_lane(y));
        let begins_here = |y: &f64| self.row_of_lane(*y) == row;
        let first = shared.lanes.partition_point(|y| self.row_of_lane(*y) < row);
        let own = shared.lanes.get(first).is_some_and(begins_here).then_some(row);
        let end = self.heights[row + 1];
        let next =
            shared.lanes.get(shared.lanes.partition_point(|y| *y <= end - 0.1)).filter(|y| **y < end + 0.1);
        let next = next.map(|y| self.row_of_lane(*y)).filter(|next| *next > row);
        above.filter(|above| *above != row).into_iter().chain(own).chain(next).collect()
    }
}

/// Where the piece ends that begins at `from`: between lanes and so that the pieces become equally high, as
/// far as that can be; nothing where the rest goes on one sheet.
fn next_cut(
    from: f64,
    end: f64,
    place: usize,
    room: &impl Fn(usize) -> f64,
    (lanes, rows): (&[f64], &[f64]),
) -> Option<f64> {
    let own = room(place);
    if end - from <= own {
        return None;
    }
    let further = ((end - from - own) / room(place + 1)).ceil().max(1.0);
    let target = from + ((end - from) / (further + 1.0)).min(own);
    // What is left must go on the sheets that follow.
    let least = (end - further * room(place + 1)).min(from + own);
    let nearest = |places: &[f64], least: f64| {
        let below = places.partition_point(|y| *y <= target);
        let around = places[below.saturating_sub(1)..].iter().take(2).copied();
        let possible = around.filter(|y| *y > from + 1.0 && *y >= least - 0.1 && *y <= from + own);
        possible.min_by(|one, other| (one - target).abs().total_cmp(&(other - target).abs()))
    };
    let largest = || rows[..rows.partition_point(|y| *y <= from + own)].last().copied();
    let next = || rows[rows.partition_point(|y| *y <= from + 1.0)..].first().copied();
    nearest(lanes, least)
        .filter(|y| (y - target).abs() <= own * UNEVEN)
        .or_else(|| nearest(rows, least))
        .or_else(|| largest().filter(|y| *y > from + 1.0))
        .or_else(next)
        .filter(|y| *y < end)
}

/// What a bar covers with its title.
fn written(bar: &Bar) -> Area {
    bar.label_area.map_or(bar.area, |label| bar.area.with(label))
}

/// The number of a bar in a piece on which it does not begin, where there is room.
fn said_again(bar: &Bar, (left, right): (f64, f64)) -> Option<Again> {
    let width = heavy_width(&bar.number, LETTER);
    let begins_here = bar.number_x as f64 >= left;
    let x = if begins_here { bar.number_x as f64 } else { (left + INSET).ceil() };
    let to = bar.area.right.min(right) - INSET;
    // Gates are written on in their middle alone.
    let is_possible = bar.number_inside && (begins_here || !bar.class.contains(" g"));
    (is_possible && x + width <= to).then(|| Again {
        class: bar.class.clone(),
        number: bar.number.clone(),
        x: x as i64,
        y: bar.number_y,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cuts(lanes: &[f64], end: f64) -> Vec<f64> {
        let mut found = Vec::new();
        let mut from = 0.0;
        while let Some(cut) = next_cut(from, end, found.len(), &|_| 100.0, (lanes, lanes)) {
            found.push(cut);
            from = cut;
        }
        found
    }

    #[test]
    fn pieces_are_about_as_high_as_each_other() {
        let lanes: Vec<f64> = (0..12).map(|lane| f64::from(lane) * 10.0).collect();
        assert_eq!(cuts(&lanes, 120.0), [60.0]);
        let lanes: Vec<f64> = (0..25).map(|lane| f64::from(lane) * 10.0).collect();
        assert_eq!(cuts(&lanes, 250.0), [80.0, 160.0]);
        assert!(cuts(&lanes, 95.0).is_empty());
    }

    #[test]
    fn what_is_higher_than_a_sheet_is_cut_where_it_can_be() {
        assert_eq!(cuts(&[0.0, 150.0, 180.0], 220.0), [150.0]);
        assert!(cuts(&[0.0], 300.0).is_empty());
    }
}
