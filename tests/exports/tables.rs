//! Tables and workbooks, read back.

use std::fs;

use calamine::{Data, Reader};
use serde_json::Value;

use crate::command::tminus;
use crate::made::{all_plans, book, export, json, local_time, root, with_plan};

fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field].as_str().unwrap_or_default()
}

fn joined(value: &Value, field: &str) -> String {
    let list = value[field].as_array().expect("a list");
    list.iter().map(|one| one.as_str().expect("a text")).collect::<Vec<_>>().join(" ")
}

/// A cell without what keeps it from being a formula.
fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').unwrap_or(cell)
}

#[test]
fn a_table_says_what_the_plan_says() {
    for plan in all_plans() {
        let plan_json = json(&plan);
        let back = plan_json["ways_back"].as_array().expect("a list");
        let back = back.iter().flat_map(|way| way["steps"].as_array().expect("a list"));
        let steps: Vec<&Value> = plan_json["steps"].as_array().expect("a list").iter().chain(back).collect();
        let bytes = export(&plan, &["csv"]);
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        let heads: Vec<String> = reader.headers().expect("heads").iter().map(str::to_owned).collect();
        let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
        assert_eq!(rows.len(), steps.len(), "{plan}");
        for (row, step) in rows.iter().zip(steps) {
            let cell = |name: &str| {
                row.get(heads.iter().position(|head| head == name).expect("it is there")).expect("a cell")
            };
            let number = cell("number").trim_start_matches('R');
            assert_eq!(number, step["number"].to_string(), "{plan}");
            assert_eq!(unguarded(cell("id")), text(step, "id"), "{plan}");
            assert_eq!(unguarded(cell("start")), text(step, "start"), "{plan}");
            assert_eq!(unguarded(cell("finish")), text(step, "finish"), "{plan}");
            assert_eq!(cell("kind"), text(step, "kind"), "{plan}");
            assert_eq!(cell("owners"), joined(step, "owners"), "{plan}");
            assert_eq!(cell("waits for"), joined(step, "waits_for"), "{plan}");
            assert_eq!(cell("critical") == "yes", step["critical"].as_bool().expect("yes or no"), "{plan}");
            let minutes: f64 = cell("minutes").parse().expect("a number");
            assert!((minutes * 60.0 - step["seconds"].as_f64().expect("a number")).abs() < 0.5, "{plan}");
        }
    }
}

#[test]
fn no_cell_of_a_table_is_a_formula() {
    let folder = with_plan(
        "---\ntitle: =1\npeople: { ana: { name: \"=cmd|' /C calc'!A0\" }, raj: \"-1+1\" }\n---\n\n## +1\n\n\
         - [ ] =1+1 {@ana 5m}\n- [ ] @SUM(A1) {@raj 5m}\n  - expect: -1\n  - undo: ＝1\n\n  =2\n",
    );
    let ran = tminus(folder.path(), &["export", "csv", "plan.md"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let mut reader = csv::Reader::from_reader(ran.stdout.as_bytes());
    let mut guarded = 0;
    for row in reader.records().map(|row| row.expect("a row")) {
        for cell in &row {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝']), "{cell}");
            guarded += usize::from(cell.starts_with('\''));
        }
    }
    assert!(guarded >= 8, "{guarded} cells are guarded:\n{}", ran.stdout);
}

#[test]
fn a_workbook_has_real_dates_and_no_formula() {
    for plan in all_plans() {
        let bytes = export(&plan, &["xlsx"]);
        let mut book = book(&bytes);
        let steps = json(&plan)["steps"].as_array().expect("a list").clone();
        let names = book.sheet_names();
        assert_eq!(names[0], "Plan", "{plan}");
        assert!(names.iter().all(|name| name.encode_utf16().count() <= 31), "{names:?}");
        for name in &names {
            let formulas = book.worksheet_formula(name).expect("a sheet");
            assert!(formulas.used_cells().all(|(_, _, formula)| formula.is_empty()), "{plan}: {name}");
        }
        let range = book.worksheet_range("Plan").expect("a sheet");
        let rows: Vec<&[Data]> = range.rows().collect();
        let head = rows.iter().position(|row| row[0] == Data::String("No.".to_owned())).expect("a head");
        for (row, step) in rows[head + 1..].iter().zip(&steps) {
            assert_eq!(row[0], Data::Float(step["number"].as_f64().expect("a number")), "{plan}");
            for (cell, field) in [(&row[1], "start"), (&row[2], "finish")] {
                let Data::DateTime(time) = cell else { panic!("{plan}: {cell:?} is no date") };
                assert_eq!(local_time(time), text(step, field)[..19], "{plan}");
            }
        }
    }
}

#[test]
fn everybody_has_a_sheet_of_their_own() {
    let folder = with_plan(
        "---\npeople: { ana: Ana Reyes, raj: \"Raj [x]:*?/\\\\\", mia: Ana Reyes }\n---\n\n\
         - [ ] One {@ana 5m}\n- [ ] Two {@raj 5m}\n- [ ] Three {@mia 5m}\n- [ ] Four {5m}\n- [?] Why? {@ana}\n",
    );
    let ran = tminus(folder.path(), &["export", "xlsx", "plan.md", "-o", "plan.xlsx"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let bytes = fs::read(folder.path().join("plan.xlsx")).expect("a workbook");
    let names = book(&bytes).sheet_names();
    let expected =
        ["Plan", "Ana Reyes (ana)", "Raj", "Ana Reyes (mia)", "No owner", "Questions", "Contacts", "About"];
    assert_eq!(names, expected);
}

#[test]
fn every_column_is_described() {
    let page = fs::read_to_string(root().join("docs/exports.md")).expect("the page");
    let bytes = export(&all_plans()[0], &["csv"]);
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    for head in reader.headers().expect("heads") {
        assert!(page.contains(&format!("`{head}`")), "docs/exports.md does not say what `{head}` is");
    }
}
