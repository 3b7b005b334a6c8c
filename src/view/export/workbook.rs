//! A workbook: the whole plan on a sheet, a sheet for everybody, questions, people, and what the plan is.
//!
//! Says what stands in each cell and what it is; how a spreadsheet stores that is the writer's. Times are
//! those of the plan's own clock. Promised: names of sheets are valid and differ.

use std::collections::HashSet;

use unicode_width::UnicodeWidthStr;

use super::plain::clean;
use crate::schedule::Moment;
use crate::view::presenter::Presenter;
use crate::view::words::Words;

/// A name of a sheet has no more characters.
const LONGEST_NAME: usize = 31;

/// A workbook.
#[derive(Debug, Clone, PartialEq)]
pub struct Workbook {
    /// What it is called in its properties.
    pub title: String,
    /// When it counts as made: when the plan begins, in seconds since 1970.
    pub made: i64,
    /// Its sheets.
    pub sheets: Vec<Sheet>,
}

/// A sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// What stands above the table: which plan and version, and whose times.
    pub stamp: String,
    /// What is wrong with the plan; empty when nothing is.
    pub trouble: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<SheetRow>,
}

/// A column.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// What stands at its head.
    pub head: &'static str,
    /// How wide it is, in characters.
    pub width: f64,
}

/// A row.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetRow {
    /// Its cells, one a column.
    pub cells: Vec<Cell>,
    /// How it looks.
    pub look: Look,
    /// How many lines its longest cell has in its column's width.
    pub lines: u32,
}

/// How a row looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Like most.
    Plain,
    /// It can't slip.
    Critical,
    /// It is a decision.
    Gate,
    /// It is done.
    Done,
    /// It is part of a way back.
    WayBack,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// What somebody wrote, or a sentence: never a formula.
    Text(String),
    /// A word or time of our own for programs.
    Exact(String),
    /// A number.
    Number(f64),
    /// A time of the plan's clock: the seconds since 1970 that the clock shows.
    Time {
        /// The time.
        local: i64,
        /// Whether it has seconds that are to be seen.
        seconds: bool,
    },
}

impl Cell {
    /// A text; an empty one is nothing.
    pub(super) fn text(text: &str) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(clean(text)) }
    }

    /// A word of our own.
    pub(super) fn exact(text: impl Into<String>) -> Self {
        Self::Exact(text.into())
    }

    /// A length in minutes.
    pub(super) fn minutes(seconds: i64) -> Self {
        // To the hundredth: a second is more than that.
        #[expect(clippy::cast_precision_loss, reason = "a plan is shorter than millions of years")]
        Self::Number((seconds as f64 / 0.6).round() / 100.0)
    }

    /// `yes`, or `no`.
    pub(super) fn yes(is: bool) -> Self {
        Self::exact(if is { "yes" } else { "no" })
    }

    /// How many lines it has where a line has so many characters.
    pub(super) fn lines(&self, width: f64) -> u32 {
        let Self::Text(text) = self else { return 1 };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "columns are 5 to 80 wide"
        )]
        let width = (width as usize).max(1);
        // Words that do not fit leave a little of each line empty.
        let lines = text.lines().map(|line| (line.width() + line.width() / 10).div_ceil(width).max(1));
        u32::try_from(lines.sum::<usize>().max(1)).unwrap_or(u32::MAX)
    }

    /// A moment as the plan's clock shows it; without a date as words.
    pub(super) fn time(words: Words, moment: Moment) -> Self {
        if !words.dated {
            return Self::exact(words.time(moment));
        }
        let local = moment.0 + words.clock.offset(moment);
        Self::Time { local, seconds: local % 60 != 0 }
    }
}

impl Presenter<'_> {
    /// The workbook of this plan.
    #[must_use]
    pub fn workbook(&self) -> Workbook {
        let above = self.above();
        let mut sheets = vec![self.plan_sheet(&above)];
        sheets.extend(self.owner_sheets(&above));
        sheets.extend(self.question_sheet(&above));
        sheets.extend(self.contact_sheet(&above));
        sheets.push(self.about_sheet(&above));
        name_sheets(&mut sheets);
        let start = self.schedule().main.start;
        // A plan without a date still needs a day on which it was made: the same on every machine.
        let made = if self.words.dated { start.0 } else { 946_684_800 };
        Workbook { title: clean(&self.plan().title), made, sheets }
    }
}

/// Gives every sheet a name that spreadsheets take and that no other has.
fn name_sheets(sheets: &mut [Sheet]) {
    let mut taken = HashSet::new();
    // `History` is a name that spreadsheets keep for themselves.
    taken.insert("history".to_owned());
    for sheet in sheets {
        let base = valid_name(&sheet.name);
        let mut name = base.clone();
        let mut number = 2;
        while !taken.insert(name.to_lowercase()) {
            let end = format!(" ({number})");
            name = shortened(&base, LONGEST_NAME - end.len()) + &end;
            number += 1;
        }
        sheet.name = name;
    }
}

fn valid_name(name: &str) -> String {
    let plain: String =
        clean(name).chars().map(|c| if c.is_control() || "[]:*?/\\".contains(c) { ' ' } else { c }).collect();
    let words = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = shortened(words.trim_matches('\''), LONGEST_NAME);
    let name = name.trim_matches(|c: char| c == '\'' || c == ' ');
    if name.is_empty() { "sheet".to_owned() } else { name.to_owned() }
}

/// The first characters of a name, counted as spreadsheets do: in UTF-16.
fn shortened(name: &str, most: usize) -> String {
    let mut length = 0;
    name.chars()
        .take_while(|c| {
            length += c.len_utf16();
            length <= most
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(names: &[&str]) -> Vec<String> {
        let sheet = |name: &&str| Sheet {
            name: (*name).to_owned(),
            stamp: String::new(),
            trouble: String::new(),
            columns: Vec::new(),
            rows: Vec::new(),
        };
        let mut sheets: Vec<Sheet> = names.iter().map(sheet).collect();
        name_sheets(&mut sheets);
        sheets.into_iter().map(|sheet| sheet.name).collect()
    }

    #[test]
    fn names_of_sheets_are_valid_and_differ() {
        assert_eq!(named(&["Ana", "ana", "ANA (2)"]), ["Ana", "ana (2)", "ANA (2) (2)"]);
        assert_eq!(named(&["'[a]:*?/\\b'", "", "History"]), ["a b", "sheet", "History (2)"]);
        let long = "x".repeat(40);
        assert_eq!(named(&[&long, &long]), ["x".repeat(31), format!("{} (2)", "x".repeat(27))]);
        assert_eq!(named(&["😀".repeat(20).as_str()]), ["😀".repeat(15)]);
        let names = named(&vec![long.as_str(); 300]);
        assert!(names.iter().all(|name| name.chars().count() <= 31));
    }

    #[test]
    fn long_texts_have_several_lines() {
        let lines = |text: &str, width| Cell::text(text).lines(width);
        assert_eq!((lines("", 10.0), lines("short", 10.0), lines("a\nb", 10.0)), (1, 1, 2));
        assert_eq!((lines(&"x".repeat(25), 10.0), lines(&"数".repeat(10), 10.0)), (3, 3));
    }

    #[test]
    fn minutes_are_short_numbers() {
        assert_eq!(Cell::minutes(300), Cell::Number(5.0));
        assert_eq!(Cell::minutes(20), Cell::Number(0.33));
        assert_eq!(Cell::minutes(5430), Cell::Number(90.5));
    }
}
