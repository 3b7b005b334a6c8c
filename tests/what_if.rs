//! What the program answers to "what if": pages and versions made with `--slip`.
#![expect(clippy::disallowed_methods, reason = "tests read and write files")]

mod command;

use std::fs;

use command::tminus;
use tempfile::TempDir;

const MOVE: &str = "---
title: Move the orders
people: {ana: Ana Reyes, raj: Raj Patel}
---
1. [ ] Copy the orders {#copy @raj 20m}
2. [ ] Approved {#approved .milestone}
3. [ ] Start the API {#start @ana 5m}
";

fn with_plan(text: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("plan.md"), text).expect("the plan is written");
    folder
}

fn run(folder: &TempDir, arguments: &[&str]) -> String {
    let ran = tminus(folder.path(), arguments);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    ran.stdout
}

#[test]
fn every_page_of_a_plan_that_slips_says_so() {
    let folder = with_plan(MOVE);
    let slips = ["--slip", "copy=+1h30m", "--slip", "approved=5m", "--slip", "\"Start the API\"=-2m"];
    let sentences = [
        "As if Copy the orders took 1h30m longer",
        "As if Approved came 5m late",
        "As if Start the API took 2m less",
    ];
    let shown = run(&folder, &[&["show", "plan.md"], &slips[..]].concat());
    run(&folder, &[&["build", "plan.md"], &slips[..]].concat());
    let pages = folder.path().join("pages/plan");
    let names = ["index.html", "run-sheet.html", "timeline.html", "owners/ana.html", "owners/ana.md"];
    let made = names.map(|name| fs::read_to_string(pages.join(name)).expect("a page"));
    for text in made.iter().chain([&shown]) {
        for sentence in sentences {
            assert!(text.contains(sentence), "`{sentence}` is missing in\n{text}");
        }
    }
}

#[test]
fn a_slip_is_part_of_the_version() {
    let folder = with_plan(MOVE);
    let version = |slip: &[&str]| {
        let shown = run(&folder, &[&["show", "plan.md"], slip].concat());
        shown.lines().next().and_then(|line| line.rsplit(' ').next()).map(str::to_owned)
    };
    let plain = version(&[]);
    let longer = version(&["--slip", "copy=+40m"]);
    assert_ne!(plain, longer);
    assert_ne!(longer, version(&["--slip", "copy=+41m"]));
    assert_eq!(longer, version(&["--slip", "copy=40m"]), "the sign may be left out");
}
