//! The plans of `example-plans/` are built, and their pages are held against those below `pages/`.
//!
//! Of each example stand there: `plan.json`, the index, the run sheet, the timeline and the pages of
//! one owner, without their style sheets and scripts. `TMINUS_BLESS=1` writes the present pages: look at every
//! changed line before keeping it.
#![expect(clippy::disallowed_methods, reason = "tests read and write files, and the environment")]

mod command;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use command::tminus;

/// An example as it is built for this test.
struct Example {
    /// The folder of its pages below `pages/`.
    name: &'static str,
    /// The plan, from `example-plans/`.
    plan: &'static str,
    /// What else stands on the command line.
    options: &'static [&'static str],
    /// Whose pages are kept.
    owner: &'static str,
}

const EXAMPLES: &[Example] = &[
    Example {
        name: "database-migration",
        plan: "database-migration/loans-database.md",
        options: &[],
        owner: "theo",
    },
    Example {
        name: "evening-event",
        plan: "evening-event/midsummer-concert.md",
        options: &[],
        owner: "tess",
    },
    Example { name: "first-draft", plan: "first-draft/plan.md", options: &[], owner: "unassigned" },
    Example { name: "office-move", plan: "office-move/move-to-the-harbor.md", options: &[], owner: "nils" },
    Example {
        name: "outage-playbook",
        plan: "outage-playbook/tracking-down.md",
        options: &[],
        owner: "commander",
    },
    Example {
        name: "outage-at-night",
        plan: "outage-playbook/tracking-down.md",
        options: &["--start", "2027-03-01T02:10"],
        owner: "commander",
    },
    Example { name: "product-launch", plan: "product-launch/fernledger-3.md", options: &[], owner: "dana" },
];

#[test]
fn every_example_is_compiled_here() {
    let mut found = BTreeSet::new();
    for folder in fs::read_dir(examples()).expect("the examples").map(|entry| entry.expect("an entry").path())
    {
        for file in fs::read_dir(&folder).expect("an example").map(|entry| entry.expect("an entry").path()) {
            let path = file.strip_prefix(examples()).expect("it lies below").to_string_lossy().into_owned();
            if path.ends_with(".md") && !path.ends_with("README.md") {
                found.insert(path);
            }
        }
    }
    let known: BTreeSet<String> = EXAMPLES.iter().map(|example| example.plan.to_owned()).collect();
    assert_eq!(found, known);
}

#[test]
fn nothing_is_said_about_any_example() {
    for example in EXAMPLES {
        let check = ["check", "--format", "json", example.plan];
        let arguments: Vec<&str> = check.into_iter().chain(example.options.iter().copied()).collect();
        let ran = tminus(&examples(), &arguments);
        assert_eq!((ran.status, ran.stderr.as_str()), (0, ""), "{}", example.name);
        let report: serde_json::Value = serde_json::from_str(&ran.stdout).expect("JSON");
        assert_eq!(report["diagnostics"], serde_json::json!([]), "{}", example.name);
    }
}

#[test]
fn each_disaster_is_found_and_none_where_it_is_put_right() {
    let wrong: [(&str, &[&str]); 3] = [
        ("copy.md", &["window-missed"]),
        ("holiday.md", &["backup-unfit", "owner-away"]),
        ("maintenance-page.md", &["used-while-down"]),
    ];
    for (plan, rules) in wrong {
        let check = |folder: &str| {
            let path = format!("three-disasters/{folder}/{plan}");
            let ran = tminus(&examples(), &["check", "--format", "json", &path]);
            let report: serde_json::Value = serde_json::from_str(&ran.stdout).expect("JSON");
            let said = report["diagnostics"].as_array().expect("a list").clone();
            let rules = said.iter().map(|one| one["rule"].as_str().expect("a rule").to_owned());
            (ran.status, rules.collect::<Vec<_>>())
        };
        assert_eq!(check("wrong"), (1, rules.iter().map(|rule| (*rule).to_owned()).collect()), "{plan}");
        assert_eq!(check("right"), (0, Vec::new()), "{plan}");
    }
}

#[test]
fn the_pages_of_every_example_are_as_they_were() {
    let bless = std::env::var_os("TMINUS_BLESS").is_some();
    let mut wrong = Vec::new();
    for example in EXAMPLES {
        let made = tempfile::tempdir().expect("a temporary folder");
        let output = made.path().join("out").display().to_string();
        let arguments: Vec<&str> = ["build", example.plan, "-o", &output]
            .into_iter()
            .chain(example.options.iter().copied())
            .collect();
        let ran = tminus(&examples(), &arguments);
        assert_eq!((ran.status, ran.stderr.as_str()), (0, ""), "{}", example.name);
        let stem = Path::new(example.plan).file_stem().expect("a file").to_owned();
        let pages = made.path().join("out").join(stem);
        let expected = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages").join(example.name);
        if bless {
            let _ = fs::remove_dir_all(&expected);
        }
        for file in kept(example) {
            let text = without_styles(&read(&pages.join(&file)));
            let path = expected.join(&file);
            if bless {
                fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is made");
                fs::write(&path, text).expect("the page is written");
            } else if let Some(difference) = difference(&path, &text) {
                wrong.push(difference);
            }
        }
    }
    let hint =
        "after a look at every change, `TMINUS_BLESS=1 cargo test --test examples` keeps the present pages";
    assert!(wrong.is_empty(), "{}\n\n{hint}", wrong.join("\n\n"));
}

#[test]
fn no_page_is_kept_of_what_is_no_example() {
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let known: BTreeSet<PathBuf> = EXAMPLES
        .iter()
        .flat_map(|example| kept(example).into_iter().map(|file| pages.join(example.name).join(file)))
        .collect();
    let mut open = vec![pages];
    while let Some(folder) = open.pop() {
        for path in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            if path.is_dir() {
                open.push(path);
            } else {
                assert!(known.contains(&path), "{} belongs to no example", path.display());
            }
        }
    }
}

/// The files of an example that are kept, from its folder of pages.
fn kept(example: &Example) -> Vec<String> {
    let plain = ["plan.json", "index.html", "run-sheet.html", "timeline.html"].map(str::to_owned);
    let owner = ["html", "md"].map(|ending| format!("owners/{}.{ending}", example.owner));
    plain.into_iter().chain(owner).collect()
}

/// How they look and what a script adds is no matter here, and what they say is.
fn without_styles(page: &str) -> String {
    without(&without(page, "style"), "script")
}

fn without(page: &str, element: &str) -> String {
    let (begin, end) = (format!("<{element}>"), format!("</{element}>"));
    let mut plain = String::new();
    let mut rest = page;
    while let Some((before, after)) = rest.split_once(&begin) {
        plain.push_str(before);
        plain.push_str(&begin);
        plain.push_str(&end);
        rest = after.split_once(&end).expect("the element ends").1;
    }
    plain + rest
}

/// The first line in which a page differs from what is expected of it.
fn difference(expected: &Path, text: &str) -> Option<String> {
    let name = expected.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap_or(expected).display();
    let Ok(old) = fs::read_to_string(expected) else { return Some(format!("{name} is not there")) };
    // A Git client may have ended the lines otherwise.
    let old = old.replace("\r\n", "\n");
    if old == text {
        return None;
    }
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let (old, new) = (lines(&old), lines(text));
    let at = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let line = |lines: &[String]| lines.get(at).cloned().unwrap_or("(the end)".to_owned());
    Some(format!("{name} differs in line {}\n  expected: {}\n  made:     {}", at + 1, line(&old), line(&new)))
}

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("example-plans")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
