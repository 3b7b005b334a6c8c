//! Plans for these tests, what is exported of them, and how a workbook reads.

use std::fs;
use std::path::Path;

use calamine::{Data, ExcelDateTime, Reader, Xlsx};
use serde_json::Value;
use tempfile::TempDir;

use crate::command::tminus;

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub fn with_plan(text: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("plan.md"), text).expect("the plan is written");
    folder
}

/// Plans with a date: the small one, the one that tries to act, and examples.
pub fn all_plans() -> Vec<String> {
    let plans = [
        "tests/exports/plan.md",
        "tests/hostile.md",
        "example-plans/product-launch/fernledger-3.md",
        "example-plans/database-migration/loans-database.md",
        "example-plans/office-move/move-to-the-harbor.md",
    ];
    plans.map(|plan| root().join(plan).display().to_string()).to_vec()
}

/// What an export writes into a file.
pub fn export(plan: &str, arguments: &[&str]) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("made").display().to_string();
    let ran = tminus(root(), &[&["export"], arguments, &[plan, "-o", &file]].concat());
    assert!(ran.status <= 1, "{arguments:?}: {}", ran.stderr);
    fs::read(&file).expect("the export")
}

/// The compiled plan.
pub fn json(plan: &str) -> Value {
    serde_json::from_slice(&export(plan, &["json"])).expect("JSON")
}

/// A workbook as another program reads it.
pub fn book(bytes: &[u8]) -> Xlsx<std::io::Cursor<Vec<u8>>> {
    Xlsx::new(std::io::Cursor::new(bytes.to_vec())).expect("a workbook")
}

/// All cells of a workbook as text, a line each.
pub fn sheets(bytes: &[u8]) -> String {
    let mut book = book(bytes);
    let mut text = String::new();
    for name in book.sheet_names() {
        text.push_str(&format!("== {name}\n"));
        let range = book.worksheet_range(&name).expect("a sheet");
        for (row, column, cell) in range.used_cells() {
            let shown = match cell {
                Data::Empty => continue,
                Data::DateTime(time) => local_time(time),
                other => other.to_string(),
            };
            let place =
                format!("{}{}", char::from(b'A' + u8::try_from(column).expect("few columns")), row + 1);
            text.push_str(&format!("{place}: {}\n", shown.replace('\n', "\\n")));
        }
    }
    text
}

/// A date of a workbook: `2026-12-05T22:00:00`.
pub fn local_time(time: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
    format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
}
