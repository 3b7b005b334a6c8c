//! Ways back as text for the terminal: facts first, then what is done, then what is not taken back.

use unicode_width::UnicodeWidthStr;

use super::{Rollback, RollbackRow};
use crate::plan::NodeId;
use crate::view::presenter::Presenter;

const NO_GATES: &str = "
This plan has no gate and no way back. `tminus rollback PLAN STEP` lists the undos from any step.
";
const NOTHING_PLANNED: &str = "\nNothing in it is planned, so there is nothing to take back.\n";

/// However narrow the terminal is, sentences get so many columns.
const LEAST_WIDTH: usize = 30;

impl Presenter<'_> {
    /// The way back from a step, phase or group, or from every gate, as text.
    #[must_use]
    pub fn rollback_text(&self, from: Option<NodeId>, width: usize) -> String {
        let ways = match from {
            Some(id) => self.rollback_from(id),
            None => self.rollback_from_gates(),
        };
        let head = self.head();
        let mut out = format!("{}  {}  {}\n", head.title, head.draft, head.hash);
        if !head.variant.is_empty() {
            out.push_str(&format!("variant {}\n", head.variant));
        }
        out.push_str(&format!("times: {}; R counts from the call\n", head.zone));
        for line in head.stand_ins.iter().chain(&head.as_if) {
            out.push_str(&format!("{line}\n"));
        }
        if !head.trouble.is_empty() {
            out.push_str(&format!("! {}\n", head.trouble));
        }
        if ways.is_empty() {
            out.push_str(if from.is_some() { NOTHING_PLANNED } else { NO_GATES });
        }
        for way in &ways {
            push_way(way, width, &mut out);
        }
        out
    }
}

fn push_way(way: &Rollback, width: usize, out: &mut String) {
    out.push_str(&format!("\n{}\n", way.title));
    for fact in &way.facts {
        push_wrapped(fact, 2, 2, width, out);
    }
    if !way.rows.is_empty() {
        out.push_str(&format!("\n  {}\n", way.heading));
        push_rows(&way.rows, width, out);
    }
    if way.more > 0 {
        out.push_str(&format!("  … and {} more: name the gate to see all\n", way.more));
    }
    if !way.remarks.is_empty() {
        out.push('\n');
    }
    for remark in &way.remarks {
        push_wrapped(remark, 2, 2, width, out);
    }
}

fn push_rows(rows: &[RollbackRow], width: usize, out: &mut String) {
    let widest = |cell: fn(&RollbackRow) -> &str| rows.iter().map(|row| cell(row).width()).max().unwrap_or(0);
    let number = widest(|row| &row.number);
    let widths = [widest(|row| &row.clock), widest(|row| &row.from_call), widest(|row| &row.takes)];
    for row in rows {
        let mut line = format!("  {:>number$}", row.number);
        let cells = [&row.clock, &row.from_call, &row.takes].into_iter().zip(widths);
        for (text, width) in cells.filter(|(_, width)| *width > 0) {
            line.push_str(&format!("  {text}{}", " ".repeat(width - text.width())));
        }
        let indent = number + 4;
        push_wrapped(&format!("{line}  {}", row.title), 0, line.width() + 2, width, out);
        push_wrapped(&row.who, indent, indent, width, out);
        for text in &row.lines {
            if text.starts_with(' ') {
                // A command stands as it is, however long.
                out.push_str(&format!("{}{text}\n", " ".repeat(indent)));
            } else {
                push_wrapped(text, indent, indent, width, out);
            }
        }
    }
}

/// A text broken between words; what it begins with is kept.
fn push_wrapped(text: &str, first: usize, others: usize, width: usize, out: &mut String) {
    let room = width.max(others + LEAST_WIDTH);
    let lead: String = text.chars().take_while(|c| *c == ' ').collect();
    let mut line = format!("{}{lead}", " ".repeat(first));
    let mut is_empty = true;
    for word in text.trim_start_matches(' ').split_inclusive(' ') {
        if !is_empty && line.width() + word.trim_end().width() > room {
            out.push_str(line.trim_end());
            out.push('\n');
            line = " ".repeat(others);
        }
        line.push_str(word);
        is_empty = false;
    }
    out.push_str(line.trim_end());
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_broken_between_words() {
        let mut out = String::new();
        push_wrapped("Turn back by 22:35 at the latest, says Ana", 2, 4, 36, &mut out);
        assert_eq!(out, "  Turn back by 22:35 at the latest,\n    says Ana\n");
    }
}
