//! Bars and their titles in one lane: on which row each bar stands, and where its title does.
//!
//! Bars that overlap go to rows of their own. A title stands inside its bar if it fits, else beside it
//! if nothing is in the way, else below the row. Titles below hang on thin lines; the last bar's hangs
//! highest, so that no line crosses a title. What still has no room is shortened, and in the end
//! left out: the table has it. Promised: no two shapes and no two titles of a row touch, no title
//! leaves the picture, and none lies on a bar that is not its own.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::hang::{Below, hang};
use super::{COLUMN, OVERLAP};

/// The room between two things that stand side by side.
pub(super) const GAP: f64 = 6.0;
/// The room between a title and the bar right of it, where arrows arrive.
const ARROW: f64 = 15.0;
/// The room between a bar's border and what is written in it.
pub(super) const INSET: f64 = 4.0;

/// What stands in a lane: a shape between two places along the time, with its number and title.
#[derive(Debug, Clone)]
pub(super) struct Item<'a> {
    pub from: f64,
    pub to: f64,
    /// From its beginning, how much of it can be written on.
    pub inside: f64,
    /// How wide the number is.
    pub number_width: f64,
    pub title: &'a str,
    /// How wide the title is.
    pub title_width: f64,
    /// Whether something hangs directly below it.
    pub whisker: bool,
}

impl Item<'_> {
    /// Whether the number stands in the shape.
    pub(super) fn holds_number(&self) -> bool {
        self.number_width + 2.0 * INSET - 2.0 <= self.inside
    }
}

/// The row of each item, so that on no row two touch; and how many rows there are.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Rows {
    of_items: Vec<usize>,
    pub count: usize,
}

/// Where a title stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum At {
    Inside,
    Right,
    Left,
    /// Below the row, on a line counted from 0.
    Below(usize),
}

/// A title with its place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Label {
    pub at: At,
    pub from: f64,
    pub width: f64,
    /// The title as far as there is room; may be empty.
    pub text: String,
    /// Whether the number stands before it.
    pub with_number: bool,
}

/// Where a shape stands, and what is written.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Spot {
    pub row: usize,
    /// Whether the number stands in the shape.
    pub number_inside: bool,
    pub label: Option<Label>,
}

/// How high a row must be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct RowNeeds {
    /// Lines of titles below the bars.
    pub lines: usize,
    /// Whether something hangs directly below the bars.
    pub whiskers: bool,
}

/// A lane that is laid out.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Arranged {
    pub spots: Vec<Spot>,
    pub rows: Vec<RowNeeds>,
    /// How many titles are left out, and how many are shortened.
    pub left_out: usize,
    pub shortened: usize,
}

/// What titles may take.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// The picture's right end.
    pub right: f64,
    /// The widest title beside or below a bar.
    pub widest: f64,
    /// How many sheets of paper stand side by side.
    pub columns: usize,
}

impl Limits {
    /// The sheet on which something is written that begins here.
    fn sheet(self, from: f64) -> f64 {
        ((from / (COLUMN - OVERLAP)).floor().max(0.0)).min(self.columns as f64 - 1.0)
    }

    /// Where what begins here must end, so that it is whole on its sheet.
    pub(super) fn end(self, from: f64) -> f64 {
        let last = self.sheet(from) + 1.0 >= self.columns as f64;
        if last { self.right } else { self.sheet(from) * (COLUMN - OVERLAP) + COLUMN - 2.0 }
    }
}

/// Writes numbers and titles of a lane whose bars have their rows.
pub(super) fn arrange(items: &[Item<'_>], rows: &Rows, limits: Limits) -> Arranged {
    let spot = |(row, item): (&usize, &Item<'_>)| Spot {
        row: *row,
        number_inside: item.holds_number(),
        label: None,
    };
    let mut arranged = Arranged {
        spots: rows.of_items.iter().zip(items).map(spot).collect(),
        rows: vec![RowNeeds::default(); rows.count],
        left_out: 0,
        shortened: 0,
    };
    let mut by_row: Vec<Vec<usize>> = vec![Vec::new(); rows.count];
    for (index, row) in rows.of_items.iter().enumerate() {
        by_row[*row].push(index);
    }
    for (row, mut members) in by_row.into_iter().enumerate() {
        members.sort_by(|a, b| items[*a].from.total_cmp(&items[*b].from));
        arranged.rows[row] = label_row(items, &members, limits, &mut arranged.spots);
    }
    for (spot, item) in arranged.spots.iter().zip(items) {
        match &spot.label {
            None => arranged.left_out += 1,
            Some(label) if label.text.is_empty() => arranged.left_out += 1,
            Some(label) if label.text != item.title => arranged.shortened += 1,
            Some(_) => {}
        }
    }
    arranged
}

/// Puts bars on rows.
pub(super) fn rows_for(items: &[Item<'_>]) -> Rows {
    let mut by_left: Vec<usize> = (0..items.len()).collect();
    by_left.sort_by(|a, b| items[*a].from.total_cmp(&items[*b].from));
    let mut rows = vec![0; items.len()];
    let mut free: BinaryHeap<Reverse<usize>> = BinaryHeap::new();
    let mut taken: BinaryHeap<Reverse<(Ordered, usize)>> = BinaryHeap::new();
    let mut count = 0;
    for index in by_left {
        let item = &items[index];
        // What ends where this begins has made room; the rounding of places must not matter.
        while let Some(Reverse((_, row))) =
            taken.peek().filter(|Reverse((end, _))| end.0 <= item.from + 0.05).copied()
        {
            taken.pop();
            free.push(Reverse(row));
        }
        let row = free.pop().map_or(count, |Reverse(row)| row);
        count = count.max(row + 1);
        taken.push(Reverse((Ordered(item.to), row)));
        rows[index] = row;
    }
    Rows { of_items: rows, count }
}

/// Writes numbers and titles of one row, whose members come from left to right.
fn label_row(items: &[Item<'_>], members: &[usize], limits: Limits, spots: &mut [Spot]) -> RowNeeds {
    let mut below: Vec<Below> = Vec::new();
    // Up to where the row is taken, titles included.
    let mut taken = 0.0;
    for (place, &index) in members.iter().enumerate() {
        let item = &items[index];
        let (number, number_inside) = (item.number_width, spots[index].number_inside);
        let next = members.get(place + 1).map_or(limits.right, |next| items[*next].from - GAP);
        let label = inside(item, number, number_inside, limits)
            .or_else(|| beside(item, number, number_inside, (taken, next), limits));
        taken = item.to + GAP;
        if let Some(label) = &label {
            taken = taken.max(label.from + label.width + GAP);
        } else {
            let after = place.checked_sub(1).map_or(0.0, |before| items[members[before]].to);
            below.push(Below { index, after });
        }
        spots[index].label = label;
    }
    let lines = hang(items, &below, limits, spots);
    RowNeeds { lines, whiskers: members.iter().any(|index| items[*index].whisker) }
}

/// At the bar's beginning, when the whole title fits there on its sheet.
fn inside(item: &Item<'_>, number: f64, number_inside: bool, limits: Limits) -> Option<Label> {
    let from = item.from + INSET + number + GAP;
    let end = (item.from + item.inside - INSET).min(limits.end(item.from));
    let fits = number_inside && from + item.title_width <= end;
    fits.then(|| Label {
        at: At::Inside,
        from,
        width: item.title_width,
        text: item.title.to_owned(),
        with_number: false,
    })
}

/// Right of its bar, else left of it, when the whole title fits between its neighbours.
fn beside(
    item: &Item<'_>,
    number: f64,
    number_inside: bool,
    (taken, next): (f64, f64),
    limits: Limits,
) -> Option<Label> {
    let lead = if number_inside { 0.0 } else { number + GAP / 2.0 };
    let width = lead + item.title_width;
    let label =
        |at, from| Label { at, from, width, text: item.title.to_owned(), with_number: !number_inside };
    let (right, left) = (item.to + GAP, item.from - ARROW - width);
    if item.title_width > limits.widest {
        None
    } else if right + width <= next && right + width <= limits.end(item.from) {
        Some(label(At::Right, right))
    } else if taken + GAP <= left && item.to <= limits.end(left) {
        Some(label(At::Left, left))
    } else {
        None
    }
}

/// A length that can be ordered.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Ordered(f64);

impl Eq for Ordered {}

impl PartialOrd for Ordered {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ordered {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::super::measure::{LETTER, heavy_width, text_width};
    use super::*;

    const LIMITS: Limits = Limits { right: 1000.0, widest: 200.0, columns: 1 };

    fn item(from: f64, to: f64, title: &'static str) -> Item<'static> {
        let (number_width, title_width) = (heavy_width("7", LETTER), text_width(title, LETTER));
        let inside = to - from;
        Item { from, to, inside, number_width, title, title_width, whisker: false }
    }

    fn arrange(items: &[Item<'_>], limits: Limits) -> Arranged {
        super::arrange(items, &rows_for(items), limits)
    }

    fn places(items: &[Item<'_>]) -> Vec<(usize, At)> {
        let arranged = arrange(items, LIMITS);
        arranged.spots.into_iter().map(|spot| (spot.row, spot.label.expect("a title").at)).collect()
    }

    #[test]
    fn bars_that_overlap_go_to_rows_of_their_own() {
        let items =
            [item(0.0, 50.0, "a"), item(10.0, 60.0, "b"), item(50.0, 90.0, "c"), item(55.0, 70.0, "d")];
        assert_eq!(rows_for(&items), Rows { of_items: vec![0, 1, 0, 2], count: 3 });
    }

    #[test]
    fn a_title_stands_inside_else_beside_else_below() {
        assert_eq!(places(&[item(0.0, 100.0, "Stop the API")]), [(0, At::Inside)]);
        assert_eq!(places(&[item(0.0, 30.0, "Stop the API")]), [(0, At::Right)]);
        assert_eq!(places(&[item(960.0, 990.0, "Stop the API")]), [(0, At::Left)]);
        let close =
            [item(0.0, 30.0, "Stop the API"), item(30.0, 60.0, "Start it"), item(60.0, 160.0, "Check it")];
        assert_eq!(places(&close), [(0, At::Below(1)), (0, At::Below(0)), (0, At::Inside)]);
    }

    #[test]
    fn no_title_is_cut_where_a_sheet_ends() {
        let limits = Limits { columns: 3, ..LIMITS };
        let title = "A title of some length";
        for from in (700..900).map(f64::from) {
            for length in [5.0, 40.0, 300.0] {
                let arranged =
                    arrange(&[item(from, from + length, title)], Limits { right: 2400.0, ..limits });
                let label = arranged.spots[0].label.clone().expect("a title");
                let left = label.from.min(from);
                let (begins, ends) =
                    if left < COLUMN - OVERLAP { (0.0, COLUMN) } else { (COLUMN - OVERLAP, 1700.0) };
                assert!(begins <= left && label.from + label.width <= ends, "{from} {length} {label:?}");
            }
        }
    }

    #[test]
    fn the_last_of_a_crowd_hangs_highest() {
        let crowd: Vec<Item<'_>> = (0..4)
            .map(|at| item(f64::from(at) * 20.0, f64::from(at) * 20.0 + 20.0, "A title of some length"))
            .collect();
        assert_eq!(places(&crowd), [(0, At::Below(2)), (0, At::Below(1)), (0, At::Below(0)), (0, At::Right)]);
    }

    #[test]
    fn a_title_without_room_is_shortened_and_then_left_out() {
        let crowd: Vec<Item<'_>> = (0..60)
            .map(|at| item(f64::from(at) * 15.0, f64::from(at) * 15.0 + 15.0, "A title of some length"))
            .collect();
        let arranged = arrange(&crowd, LIMITS);
        assert!(arranged.shortened > 5 && arranged.left_out < 55, "{arranged:?}");
        assert!(arranged.spots.iter().all(|spot| spot.number_inside));
    }
}
