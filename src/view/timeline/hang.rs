//! Titles that hang below a row of bars, on lines of their own.
//!
//! From right to left: the last bar's title hangs highest, so that no line crosses a title. One that does not
//! stand right below its bar repeats the bar's number. What has no room is shortened, then only the number
//! stands there, and in the end nothing: the table has it.

use super::measure::{LETTER, shortened, text_width};
use super::rows::{At, GAP, Item, Label, Limits, Spot};

/// The most lines of titles below a row: in a lane of few steps, and in one of many.
const MOST_LINES: usize = 12;
const FEWER_LINES: usize = 8;
/// More steps than these are many.
const FEW: usize = 20;
/// A title is shortened to no less than this.
const LEAST: f64 = 44.0;
/// How near what hangs may come to the line on which something else hangs.
const NEAR: f64 = 2.5;

/// A bar whose title hangs below it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Below {
    /// Its place in the lane.
    pub index: usize,
    /// Where the bar before it in the row ends.
    pub after: f64,
}

/// A bar with the room that its words want.
#[derive(Debug, Clone, Copy)]
struct Wish {
    from: f64,
    after: f64,
    title: f64,
    /// The room for the number before the title.
    number: f64,
    number_inside: bool,
}

impl Wish {
    /// The room before a title that stands on this line.
    fn lead(self, line: usize) -> f64 {
        if self.number_inside && line == 0 { 0.0 } else { self.number }
    }
}

/// Where words may stand.
#[derive(Debug, Clone, Copy)]
struct Room {
    line: usize,
    from: f64,
    width: f64,
    /// The room for the number; 0 where it is not repeated.
    lead: f64,
}

/// Hangs titles below a row, from right to left; says how many lines they take.
pub(super) fn hang(items: &[Item<'_>], below: &[Below], limits: Limits, spots: &mut [Spot]) -> usize {
    // By line: where the leftmost thing on it begins.
    let mut begins = [limits.right; MOST_LINES];
    let most = if items.len() <= FEW { MOST_LINES } else { FEWER_LINES };
    let mut lines = 0;
    for &Below { index, after } in below.iter().rev() {
        let (item, spot) = (&items[index], &mut spots[index]);
        let wish = Wish {
            from: item.from,
            after,
            title: item.title_width.min(limits.widest),
            number: item.number_width + GAP / 2.0,
            number_inside: spot.number_inside,
        };
        let Some(room) = room_below(wish, &begins[..most], limits) else { continue };
        let Some((text, width)) = written(item, room, spot.number_inside) else { continue };
        begins[room.line] = room.from - GAP;
        // No title further up may cross the line that this one hangs on.
        for above in &mut begins[..room.line] {
            *above = above.min(item.from - GAP / 2.0);
        }
        lines = lines.max(room.line + 1);
        let with_number = room.lead > 0.0;
        spot.label = Some(Label { at: At::Below(room.line), from: room.from, width, text, with_number });
    }
    lines
}

/// As much of the title as there is room for, else the number alone; with its width.
fn written(item: &Item<'_>, room: Room, number_inside: bool) -> Option<(String, f64)> {
    match shortened(item.title, LETTER, room.width - room.lead) {
        Some(text) if text == item.title => Some((text, room.lead + item.title_width)),
        Some(text) => {
            let width = room.lead + text_width(&text, LETTER);
            Some((text, width))
        }
        None => (!number_inside).then(|| (String::new(), room.lead - GAP / 2.0)),
    }
}

/// The highest line with room for all of it, else the one with most room; none when there is nearly none.
fn room_below(wish: Wish, begins: &[f64], limits: Limits) -> Option<Room> {
    let end = limits.end(wish.from);
    let mut best: Option<Room> = None;
    for (line, begin) in begins.iter().copied().enumerate() {
        let lead = wish.lead(line);
        // On a further line the text stands right of the line that it hangs on.
        let from = wish.from + if line == 0 { 0.0 } else { 3.0 };
        let room = Room { line, from, width: begin.min(end) - from, lead };
        if room.width >= lead + wish.title {
            return Some(room);
        }
        let moved = if line == 0 && begin >= end { moved(wish, end) } else { room };
        if moved.width >= moved.lead + wish.title {
            return Some(moved);
        }
        let wider = if moved.width > room.width { moved } else { room };
        if best.is_none_or(|best| wider.width > best.width) {
            best = Some(wider);
        }
        if begin + GAP < wish.from + NEAR {
            // Its line would cross the title that stands here.
            break;
        }
    }
    let least = if wish.number_inside { LEAST } else { wish.number - GAP / 2.0 };
    best.filter(|room| room.width >= least)
}

/// At the right end of a sheet a title may begin left of its bar, but not below the one before.
fn moved(wish: Wish, end: f64) -> Room {
    let wanted = wish.number + wish.title;
    let from = (end - wanted).max(wish.after + GAP / 2.0).min(wish.from);
    Room { line: 0, from, width: end - from, lead: wish.number }
}

#[cfg(test)]
mod tests {
    use super::super::measure::heavy_width;
    use super::super::rows::{arrange, rows_for};
    use super::*;

    const LIMITS: Limits = Limits { right: 1000.0, widest: 200.0, columns: 1 };

    fn crowd(count: usize, width: f64, first: f64) -> Vec<Label> {
        let title = "A title of some length";
        let item = |at: usize| {
            let from = first + at as f64 * width;
            let (number_width, title_width) = (heavy_width("17", LETTER), text_width(title, LETTER));
            let (to, inside, whisker) = (from + width, width, false);
            Item { from, to, inside, number_width, title, title_width, whisker }
        };
        let items: Vec<Item<'_>> = (0..count).map(item).collect();
        let spots = arrange(&items, &rows_for(&items), LIMITS).spots;
        spots.into_iter().map(|spot| spot.label.expect("words")).collect()
    }

    #[test]
    fn every_thin_bar_of_a_small_crowd_has_its_number() {
        let labels = crowd(7, 4.0, 300.0);
        assert!(labels.iter().all(|label| label.with_number && label.text == "A title of some length"));
    }

    #[test]
    fn at_the_right_end_a_title_moves_but_not_below_another_bar() {
        let labels = crowd(2, 24.0, 900.0);
        let last = &labels[1];
        assert!(last.from >= 924.0 && last.from + last.width <= 1000.0, "{last:?}");
        assert!(crowd(1, 4.0, 990.0)[0].from < 990.0);
    }
}
