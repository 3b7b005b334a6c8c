//! `--timings`: a table of the stages on the error stream, beside everything else and changing none of it.
#![expect(clippy::disallowed_methods, reason = "tests start programs")]

mod command;

use command::{Ran, tminus};
use tempfile::TempDir;

const BUILD: [&str; 10] =
    ["read", "document", "plan", "graph", "schedule", "check", "pages", "write", "report", "all"];

fn folder() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    let ran = tminus(folder.path(), &["new", "x", "--sample", "30"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    folder
}

/// What was said beside the table, and the table's rows.
fn parted(ran: &Ran) -> (String, Vec<Vec<String>>) {
    let Some((before, table)) = ran.stderr.split_once("stage  ") else {
        return (ran.stderr.clone(), Vec::new());
    };
    let rows = table.lines().skip(1).map(|line| line.split_whitespace().map(str::to_owned).collect());
    (before.to_owned(), rows.collect())
}

fn names(rows: &[Vec<String>]) -> Vec<&str> {
    rows.iter().map(|row| row[0].as_str()).collect()
}

#[test]
fn every_stage_has_a_row_and_the_rows_add_up() {
    let folder = folder();
    let (_, rows) = parted(&tminus(folder.path(), &["build", "--timings", "x.md"]));
    assert_eq!(names(&rows), BUILD);
    let numbers: Vec<f64> = rows.iter().map(|row| row[1].parse().expect("milliseconds")).collect();
    let (all, stages) = numbers.split_last().expect("the last row");
    assert!((stages.iter().sum::<f64>() - all).abs() < 0.1, "{numbers:?}");
    assert!(stages.iter().all(|stage| *stage >= 0.0) && *all > 0.0);
    assert!(rows.iter().all(|row| row.len() == 4 && row[3] == "%"), "{rows:?}");
    assert_eq!(rows.last().map(|row| row[2].as_str()), Some("100.0"));

    let (_, rows) = parted(&tminus(folder.path(), &["check", "--timings", "x.md"]));
    assert_eq!(names(&rows), ["read", "document", "plan", "graph", "schedule", "check", "report", "all"]);
    let (_, rows) = parted(&tminus(folder.path(), &["check", "--fix", "--timings", "x.md"]));
    assert_eq!(names(&rows)[0], "fix");
}

#[test]
fn nothing_else_changes_and_without_it_there_is_no_table() {
    let folder = folder();
    for line in
        [&["check", "--format", "json", "x.md"][..], &["check", "x.md"], &["build", "x.md", "-o", "out"]]
    {
        // The first build writes, and the others find their pages there.
        tminus(folder.path(), line);
        let plain = tminus(folder.path(), line);
        let timed = tminus(folder.path(), &[line, &["--timings"]].concat());
        let ((before, rows), (same, none)) = (parted(&timed), parted(&plain));
        assert_eq!((timed.status, &timed.stdout, before), (plain.status, &plain.stdout, same), "{line:?}");
        assert!(!rows.is_empty() && none.is_empty(), "{line:?}");
    }
}

#[test]
fn where_nothing_was_read_there_is_no_table() {
    let folder = folder();
    let ran = tminus(folder.path(), &["build", "--timings", "--start", "soon", "x.md"]);
    assert_eq!(ran.status, 2);
    assert!(parted(&ran).1.is_empty(), "{}", ran.stderr);
}

#[test]
fn several_plans_have_one_table() {
    let folder = folder();
    tminus(folder.path(), &["new", "y", "--sample", "10", "--no-people"]);
    let ran = tminus(folder.path(), &["build", "--timings", "."]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert_eq!(names(&parted(&ran).1), BUILD);
}
