//! Lengths in the picture's own units: how wide a text is, and how short it must be.
//!
//! Widths are those of the fonts that pages ask for, and a little more, so that a text never needs
//! more room than it was given.

use unicode_width::UnicodeWidthChar;

use crate::view::digits::number;

/// The height of a letter in a title.
pub(super) const LETTER: f64 = 11.2;
/// The height of a letter on the axis and beside lanes.
pub(super) const SMALL: f64 = 11.0;

/// Thousandths of a letter's height, from the space to the tilde.
const ASCII: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
    556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278,
    500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469,
    556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500,
    278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

/// How much wider other fonts may be.
const SPARE: f64 = 1.05;
/// How much wider heavy letters are.
const HEAVY: f64 = 1.08;

/// How wide a text is, about, and rather too wide than too narrow.
pub(super) fn text_width(text: &str, letter: f64) -> f64 {
    f64::from(text.chars().map(thousandths).sum::<u32>()) * letter * SPARE / 1000.0
}

/// How wide a text in heavy letters is.
pub(super) fn heavy_width(text: &str, letter: f64) -> f64 {
    text_width(text, letter) * HEAVY
}

fn thousandths(c: char) -> u32 {
    match c {
        ' '..='~' => u32::from(ASCII[c as usize - 32]),
        '\u{a0}' | '·' => 278,
        '…' => 1000,
        c => match c.width().unwrap_or(0) {
            0 => 0,
            1 => 640,
            _ => 1050,
        },
    }
}

/// As much of a text as there is room for, with `…` where something is left out; nothing when not even
/// a few letters fit.
pub(super) fn shortened(text: &str, letter: f64, room: f64) -> Option<String> {
    let all = room / (letter * SPARE / 1000.0);
    let with_dots = all - f64::from(thousandths('…'));
    let (mut taken, mut kept, mut count) = (0, None, 0);
    for (at, c) in text.char_indices() {
        taken += thousandths(c);
        if f64::from(taken) > with_dots && kept.is_none() {
            kept = Some((at, count));
        }
        if f64::from(taken) > all {
            let (end, letters) = kept.unwrap_or((at, count));
            let begin = text[..end].trim_end();
            let few = letters < FEWEST || begin.chars().count() < FEWEST;
            return (!few).then(|| format!("{begin}…"));
        }
        count += 1;
    }
    Some(text.to_owned())
}

/// Fewer letters of a title say nothing.
const FEWEST: usize = 4;

/// Tenths are fine enough.
pub(super) fn round(length: f64) -> f64 {
    (length * 10.0).round() / 10.0
}

/// A length in tenths, which is fine enough, and short to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Tenths(i64);

impl Tenths {
    pub(super) fn of(length: f64) -> Self {
        Self((length * 10.0).round() as i64)
    }

    fn push_to(self, text: &mut String) {
        if self.0 < 0 {
            text.push('-');
        }
        let (whole, tenths) = (self.0.unsigned_abs() / 10, self.0.unsigned_abs() % 10);
        number(text, whole);
        if tenths > 0 {
            text.push('.');
            number(text, tenths);
        }
    }
}

/// Appends to a path: commands, each with the length that follows it, and what comes after the last.
pub(super) fn extend_path(path: &mut String, commands: &[(&str, Tenths)], end: &str) {
    for (command, length) in commands {
        path.push_str(command);
        length.push_to(path);
    }
    path.push_str(end);
}

/// A path of such commands.
pub(super) fn path(commands: &[(&str, Tenths)], end: &str) -> String {
    let mut path = String::with_capacity(8 * commands.len());
    extend_path(&mut path, commands, end);
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_shortened_to_their_room() {
        let title = "Copy the orders database";
        for room in 10..160 {
            if let Some(short) = shortened(title, LETTER, f64::from(room)) {
                assert!(text_width(&short, LETTER) <= f64::from(room), "{short} in {room}");
            }
        }
        assert_eq!(shortened(title, LETTER, 60.0).as_deref(), Some("Copy the…"));
        assert_eq!(shortened("Copy", LETTER, 60.0).as_deref(), Some("Copy"));
        assert_eq!(shortened(title, LETTER, 20.0), None);
    }

    #[test]
    fn wide_letters_are_wide_and_marks_take_no_room() {
        assert!(text_width("日本", LETTER) > text_width("ab", LETTER) * 1.5);
        assert!((text_width("e\u{301}", LETTER) - text_width("e", LETTER)).abs() < 0.01);
        assert!(heavy_width("12", LETTER) > text_width("12", LETTER));
    }

    #[test]
    fn lengths_are_short_to_write() {
        let written = [0.04, 12.0, 12.34, -3.06, 1070.5].map(|length| path(&[("", Tenths::of(length))], ""));
        assert_eq!(written, ["0", "12", "12.3", "-3.1", "1070.5"]);
    }
}
