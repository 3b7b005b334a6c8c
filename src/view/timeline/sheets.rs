//! A tall picture in pieces, each as high as a sheet of paper, cut between rows.

use super::Sheet;
use super::lanes::{PAD, Picture, ROW};
use super::measure::round;

/// The height of a piece of the picture on one sheet of paper.
const SHEET: f64 = 600.0;

/// Cuts a tall picture between rows, so that each piece fits a sheet.
pub(super) fn sheets(picture: &Picture, top: f64, bottom: f64, height: f64) -> Vec<Sheet> {
    if bottom - top <= SHEET {
        return vec![Sheet { y: 0.0, height: round(height) }];
    }
    let mut cuts: Vec<f64> = Vec::new();
    for lane in &picture.lanes {
        cuts.push(lane.y);
        let rows = ((lane.height - 2.0 * PAD) / ROW).floor() as usize;
        cuts.extend((1..rows).map(|row| lane.y + PAD + row as f64 * ROW));
    }
    cuts.push(bottom);
    let mut sheets = Vec::new();
    let mut from = top;
    let mut last = top;
    for cut in cuts {
        if cut - from > SHEET && last > from {
            sheets.push(Sheet { y: round(from), height: round(last - from) });
            from = last;
        }
        last = cut;
    }
    sheets.push(Sheet { y: round(from), height: round(height - from) });
    sheets
}
