//! A tall picture in pieces, each as high as a sheet of paper, cut between rows.

use super::Sheet;
use super::lanes::{PAD, Picture, ROW};
use super::measure::round;

/// The height of a piece of the picture on one sheet of paper.
const SHEET: f64 = 600.0;

/// Cuts a tall picture between rows, so that each piece fits a sheet.
pub(super) fn sheets(picture: &Picture, top: f64, bottom: f64, height: f64) -> Vec<Sheet> {
    if bottom - top <= SHEET {
        return vec![Sheet { y: 0.0, height: round(height), lane: String::new() }];
    }
    // Where it may be cut, with the name of the lane that is cut through there.
    let mut cuts: Vec<(f64, &str)> = Vec::new();
    for lane in &picture.lanes {
        cuts.push((lane.y, ""));
        let rows = ((lane.height - 2.0 * PAD) / ROW).floor() as usize;
        cuts.extend((1..rows).map(|row| (lane.y + PAD + row as f64 * ROW, lane.name.as_str())));
    }
    cuts.push((bottom, ""));
    let mut sheets = Vec::new();
    let (mut from, mut last) = ((top, ""), (top, ""));
    let sheet = |(from, lane): (f64, &str), to: f64| Sheet {
        y: round(from),
        height: round(to - from),
        lane: lane.to_owned(),
    };
    for cut in cuts {
        if cut.0 - from.0 > SHEET && last.0 > from.0 {
            sheets.push(sheet(from, last.0));
            from = last;
        }
        last = cut;
    }
    sheets.push(sheet(from, height));
    sheets
}
