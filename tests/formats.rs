//! The forms of `tminus check` for other programs, printed by the program itself: a line each for editors,
//! workflow commands, SARIF against its published schema, and JSON with its fixes.
#![expect(clippy::disallowed_methods, reason = "tests read and write files")]

mod command;
#[path = "formats/schema.rs"]
mod schema;

use std::fs;
use std::path::Path;

use command::tminus;
use serde_json::Value;
use tempfile::TempDir;
use tminus::diagnostic::Rule;

const PLAN: &str = "---
start: 2026-12-05 22:00
timezone: Europe/Berlin
windows: { night: 2026-12-05 22:00 .. 2026-12-05 23:00 }
people: { ana: Ana Reyes }
---
- [] Grüße an alle {@ana 5m}
- [ ] Größe {0} prüfen {@anna 20-45m}
- [ ] Copy {@ana 4h in=night}
";

/// A folder with a plan below a folder whose name no address may hold as it is.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("a b")).expect("a folder");
    fs::write(folder.path().join("a b/plan.md"), PLAN).expect("the plan");
    folder
}

fn check(folder: &Path, format: &str, more: &[&str]) -> String {
    let ran = tminus(folder, &[&["check", "--format", format, "a b"], more].concat());
    assert_eq!(ran.status, 1, "{}", ran.stderr);
    ran.stdout
}

#[test]
fn editors_get_a_line_each() {
    let folder = folder();
    let printed = check(folder.path(), "short", &["--deny", "cicle"]);
    let expected = "\
tminus:1:1: error[unknown-rule]: there is no rule `cicle` (from `--deny cicle`)
a b/plan.md:7:3: warning[almost-a-box]: this looks like a box, and is none
a b/plan.md:8:25: error[unknown-owner]: `anna` is nobody in `people`
a b/plan.md:8:31: error[attribute]: `20-45m` is no estimate
a b/plan.md:9:24: error[window-missed]: ";
    assert!(printed.starts_with(expected), "{printed}");
    assert_eq!(printed.lines().count(), 5, "{printed}");
}

#[test]
fn code_hosts_get_a_command_each() {
    let folder = folder();
    let printed = check(folder.path(), "github", &[]);
    let lines: Vec<&str> = printed.lines().collect();
    assert_eq!(lines.len(), 4, "{printed}");
    assert_eq!(
        lines[2],
        "::error file=a b/plan.md,line=8,col=31,endLine=8,endColumn=37,title=tminus%3A attribute\
         ::`20-45m` is no estimate%0Ahelp: write `20m..45m`"
    );
    assert!(lines[0].starts_with("::warning file=a b/plan.md,line=7,col=3,"), "{printed}");
    assert!(lines[3].contains("%0Aa b/plan.md:4: the window: 1 h"), "{printed}");
}

#[test]
fn json_has_the_fix_with_its_place() {
    let folder = folder();
    let report: Value = serde_json::from_str(&check(folder.path(), "json", &[])).expect("JSON");
    let fixes: Vec<&Value> =
        report["diagnostics"].as_array().expect("a list").iter().map(|one| &one["fix"]).collect();
    let change = |line: u64, column: u64, end: u64, text: &str| {
        serde_json::json!([{ "file": "a b/plan.md", "line": line, "column": column, "end_line": line,
            "end_column": end, "text": text }])
    };
    assert_eq!(*fixes[0], change(7, 3, 5, "[ ]"));
    assert_eq!(*fixes[1], change(8, 26, 30, "ana"));
    assert_eq!(*fixes[2], change(8, 31, 37, "20m..45m"));
    assert!(fixes[3].is_null(), "what is not certain has no fix");
}

/// The published schema, which a log must fulfil.
fn complaints(log: &Value) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats/sarif-schema-2.1.0.json");
    let text = fs::read_to_string(path).expect("the schema can be read");
    let schema: Value = serde_json::from_str(&text).expect("the schema is JSON");
    schema::complaints(&schema, log)
}

#[test]
fn sarif_is_valid_and_says_all() {
    let folder = folder();
    fs::write(folder.path().join("a b/latin.md"), b"- [ ] caf\xe9\n").expect("a file");
    let ran = tminus(folder.path(), &["check", "--format", "sarif", "a b", "--warn", "cicle"]);
    assert_eq!(ran.status, 3, "{}", ran.stderr);
    let log: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    assert_eq!(complaints(&log), Vec::<String>::new());
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    assert_eq!(rules.len(), Rule::ALL.len());
    let results = run["results"].as_array().expect("results");
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("a small one");
        assert_eq!(result["ruleId"], rules[index]["id"]);
    }
    let by_rule = |name: &str| {
        results
            .iter()
            .find(|result| result["ruleId"] == name)
            .unwrap_or_else(|| panic!("no {name}: {results:?}"))
    };
    let owner = by_rule("unknown-owner");
    let place = &owner["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "a%20b/plan.md");
    assert_eq!(place["region"]["startColumn"], 25, "columns count characters");
    let replacement = &owner["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(replacement["insertedContent"]["text"], "ana");
    assert_eq!(replacement["deletedRegion"]["startColumn"], 26);
    assert_eq!(by_rule("almost-a-box")["level"], "warning");
    assert!(by_rule("window-missed")["relatedLocations"][0]["message"]["text"].is_string());
    assert_eq!(by_rule("unreadable")["locations"][0]["physicalLocation"]["region"]["startLine"], 1);
    let invocation = &run["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    assert_eq!(invocation["toolConfigurationNotifications"][0]["descriptor"]["id"], "unknown-rule");
}

#[test]
fn sarif_of_every_explain_page_is_valid() {
    for rule in Rule::ALL {
        let folder = tempfile::tempdir().expect("a folder");
        let page = tminus::diagnostic::explanation(*rule);
        let plan =
            page.split("```markdown\n").nth(1).and_then(|rest| rest.split("```\n").next()).unwrap_or("");
        fs::write(folder.path().join("plan.md"), plan).expect("the plan");
        let ran = tminus(folder.path(), &["check", "--format", "sarif", "plan.md"]);
        let log: Value =
            serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{}: {error}", rule.name()));
        assert_eq!(complaints(&log), Vec::<String>::new(), "{}", rule.name());
    }
}

#[test]
fn a_log_that_breaks_the_schema_is_noticed() {
    let folder = folder();
    let mut log: Value = serde_json::from_str(&check(folder.path(), "sarif", &[])).expect("JSON");
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = Value::from(0);
    assert!(!complaints(&log).is_empty());
}

/// The fields that GitLab's documentation of Code Quality reports demands of each finding, with the values that it
/// allows.
#[test]
fn gitlab_gets_a_report_with_every_field_it_demands() {
    let folder = folder();
    fs::write(folder.path().join("a b/twice.md"), "- [ ] a {@x 20-45m}\n- [ ] a {@x 20-45m}\n")
        .expect("a plan");
    let ran = tminus(folder.path(), &["check", "--format", "gitlab", "./a b", "--warn", "cicle"]);
    assert_eq!(ran.status, 1, "{}", ran.stderr);
    assert!(ran.stderr.contains("unknown-rule"), "what stands in no file is said beside it: {}", ran.stderr);
    let report: Vec<Value> = serde_json::from_str(&ran.stdout).expect("a list, and no mark at its beginning");
    let mut prints = std::collections::BTreeSet::new();
    for issue in &report {
        let text = |key: &str| issue[key].as_str().unwrap_or_else(|| panic!("no {key} in {issue}"));
        assert!(!text("description").is_empty() && !text("check_name").is_empty());
        assert!(["info", "minor", "major", "critical", "blocker"].contains(&text("severity")), "{issue}");
        assert!(prints.insert(text("fingerprint").to_owned()), "a fingerprint twice: {issue}");
        let path = issue["location"]["path"].as_str().expect("a path");
        assert!(folder.path().join(path).is_file() && !path.starts_with("./"), "{path}");
        assert!(issue["location"]["lines"]["begin"].as_u64() >= Some(1), "{issue}");
    }
    let estimate = report.iter().find(|issue| issue["check_name"] == "attribute").expect("the estimate");
    assert_eq!(estimate["location"], serde_json::json!({ "path": "a b/plan.md", "lines": { "begin": 8 } }));
    assert_eq!(estimate["severity"], "major");
    assert_eq!(estimate["description"], "`20-45m` is no estimate; help: write `20m..45m`");
    assert!(report.iter().any(|issue| issue["severity"] == "minor"), "{report:?}");
    let fine = tempfile::tempdir().expect("a folder");
    fs::write(fine.path().join("plan.md"), "- [ ] a {5m @x}\n").expect("a plan");
    let ran = tminus(fine.path(), &["check", "--format", "gitlab", "plan.md"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (0, "[]\n"), "nothing found is a report too");
}

/// Whoever sends the report on sends a whole one.
#[test]
fn a_folder_without_plans_gets_an_empty_report() {
    let folder = tempfile::tempdir().expect("a folder");
    for format in ["json", "sarif", "gitlab"] {
        let ran = tminus(folder.path(), &["check", "--format", format, "."]);
        assert_eq!(ran.status, 2, "{}", ran.stderr);
        let report: Value = serde_json::from_str(&ran.stdout).expect("JSON");
        let found = [&report, &report["diagnostics"], &report["runs"][0]["results"]];
        assert!(found.iter().any(|list| list.as_array().is_some_and(Vec::is_empty)), "{report}");
        assert_eq!(complaints(&report).is_empty(), format == "sarif", "{report}");
    }
}

/// A mistake in a plan that two others hold is one mistake.
#[test]
fn a_file_in_two_plans_is_reported_once() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in [
        ("a.md", "- [ ] [Move](inner/move.md)\n- [ ] First {5m}\n"),
        ("b.md", "- [ ] [Move](inner/move.md)\n- [ ] Second {5m after=nothing}\n"),
        ("inner/move.md", "- [ ] Copy {5m after=nothing}\n- [ ] Look {5m after=nothing}\n"),
    ] {
        fs::create_dir_all(folder.path().join("inner")).expect("a folder");
        fs::write(folder.path().join(name), text).expect("a plan");
    }
    let ran = tminus(folder.path(), &["check", "--format", "short", "."]);
    let places: Vec<&str> = ran.stdout.lines().filter_map(|line| line.split(": error").next()).collect();
    assert_eq!(places, ["./inner/move.md:1:22", "./inner/move.md:2:22", "./b.md:2:24"], "{}", ran.stdout);
}
