//! What stands at the left of a lane: its name, and below it what they do or what it belongs to.

use serde::Serialize;

use super::NAMES;
use super::measure::{SMALL, shortened, text_width};

/// The height of a letter in a lane's name; such letters are heavy.
const HEADING: f64 = 12.0 * 1.08;
/// From the lane's upper end to the first line, from line to line, and below the last.
const FIRST: f64 = 15.0;
const NEXT: f64 = 12.0;
const FOOT: f64 = 6.0;
/// The room for a line.
const ROOM: f64 = NAMES - 8.0;

/// A line at the left of a lane.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HeadLine {
    /// `name` or `role`.
    pub class: &'static str,
    /// What it says.
    pub text: String,
}

/// The name on one line or two, and the role on as many.
pub(super) fn head(name: &str, role: &str) -> Vec<HeadLine> {
    let mut lines = Vec::new();
    for (text, letter, class) in [(name, HEADING, "name"), (role, SMALL, "role")] {
        let (first, rest) = in_two(text, letter);
        let said = [first, rest].into_iter().filter(|text| !text.is_empty());
        lines.extend(said.map(|text| HeadLine { class, text }));
    }
    lines
}

/// How high a lane must be for its head.
pub(super) fn height(lines: &[HeadLine]) -> f64 {
    FIRST + NEXT * lines.len().saturating_sub(1) as f64 + FOOT
}

/// Where a line stands, from the lane's upper end.
pub(super) fn baseline(line: usize) -> f64 {
    FIRST + NEXT * line as f64
}

/// A name on one line.
pub(super) fn on_one_line(name: &str) -> String {
    shortened(name, HEADING, ROOM).unwrap_or_default()
}

/// A text on one line, or on two; what is longer is shortened.
fn in_two(text: &str, letter: f64) -> (String, String) {
    let fitted = |text: &str| shortened(text, letter, ROOM).unwrap_or_default();
    if text_width(text, letter) <= ROOM {
        return (text.to_owned(), String::new());
    }
    let mut first = 0;
    for word in text.split_inclusive(' ') {
        if text_width(text[..first + word.len()].trim_end(), letter) > ROOM {
            break;
        }
        first += word.len();
    }
    if first == 0 {
        return (fitted(text), String::new());
    }
    (text[..first].trim_end().to_owned(), fitted(text[first..].trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(name: &str, role: &str) -> Vec<String> {
        head(name, role).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn a_long_name_goes_on_below() {
        assert_eq!(said("Opal Hendry", "Web"), ["Opal Hendry", "Web"]);
        assert_eq!(said("Before the branches close", ""), ["Before the", "branches close"]);
        let lines = said("Donaudampfschifffahrtsgesellschaft of Vienna", "");
        assert!(lines.len() == 1 && lines[0].ends_with('…'), "{lines:?}");
    }

    #[test]
    fn a_long_role_is_whole_as_well() {
        let lines = head("Raj Jones", "Database administrator, orders");
        let shown: Vec<(&str, &str)> = lines.iter().map(|line| (line.class, line.text.as_str())).collect();
        assert_eq!(shown, [("name", "Raj Jones"), ("role", "Database"), ("role", "administrator, orders")]);
        assert!((height(&lines) - 45.0).abs() < 0.1);
    }
}
