//! What `tminus export` writes: held against files that somebody looked at, and read back by programs that are
//! not ours.
//!
//! The files of one small plan stand in `exports/`; `TMINUS_BLESS=1` writes the present ones. Graphviz is asked
//! whether it takes our graphs; where it is missing that is said loudly and passes, except where `CI` is set.
#![expect(clippy::disallowed_methods, reason = "tests read and write files, and the environment")]

#[path = "exports/calendars.rs"]
mod calendars;
mod command;
#[path = "exports/made.rs"]
mod made;
#[path = "exports/planners.rs"]
mod planners;
#[path = "exports/tables.rs"]
mod tables;

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use command::{prepared, tminus};
use made::{export, root, sheets, with_plan};

/// How the files are made, and what each is called.
const GOLDEN: [(&str, &[&str]); 6] = [
    ("plan.csv", &["csv"]),
    ("plan.ics", &["ics"]),
    ("gantt.mermaid", &["mermaid"]),
    ("graph.mermaid", &["mermaid", "--graph"]),
    ("plan.dot", &["dot"]),
    ("plan.xml", &["msproject"]),
];

#[test]
fn the_files_of_a_small_plan_are_as_they_were() {
    let plan = root().join("tests/exports/plan.md").display().to_string();
    let mut found: Vec<(String, String)> = Vec::new();
    for (name, arguments) in GOLDEN {
        let arguments: Vec<&str> = ["export"].into_iter().chain(arguments.iter().copied()).collect();
        let ran = tminus(root(), &[arguments.as_slice(), &[&plan]].concat());
        assert_eq!(ran.status, 0, "{name}: {}", ran.stderr);
        found.push((name.to_owned(), ran.stdout));
    }
    found.push(("plan.xlsx.txt".to_owned(), sheets(&export(&plan, &["xlsx"]))));
    let mut wrong = Vec::new();
    for (name, text) in found {
        let path = root().join("tests/exports").join(&name);
        // A Git client may have ended the lines otherwise.
        let text = text.replace("\r\n", "\n");
        if std::env::var_os("TMINUS_BLESS").is_some() {
            fs::write(&path, &text).expect("the file is written");
        }
        let known = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        let differs = known.lines().zip(text.lines()).position(|(known, made)| known != made);
        if known != text {
            wrong.push(format!("{name} differs, first in line {:?}", differs.map(|line| line + 1)));
        }
    }
    assert!(wrong.is_empty(), "{}\nlook, then `TMINUS_BLESS=1 cargo test --test exports`", wrong.join("\n"));
}

#[test]
fn the_same_plan_makes_the_same_bytes() {
    let plan = root().join("example-plans/product-launch/fernledger-3.md").display().to_string();
    for format in ["csv", "xlsx", "ics", "mermaid", "dot", "msproject"] {
        assert_eq!(export(&plan, &[format]), export(&plan, &[format]), "{format}");
    }
}

#[test]
fn graphviz_takes_every_graph() {
    let mut graphs: Vec<(String, Vec<u8>)> = Vec::new();
    for plan in made::all_plans() {
        graphs.push((plan.clone(), export(&plan, &["dot"])));
    }
    for (plan, graph) in graphs {
        let mut dot = Command::new("dot");
        dot.arg("-Tsvg").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let Ok(mut child) = dot.spawn() else {
            let _ =
                writeln!(std::io::stderr(), "NO GRAPHVIZ HERE: whether it takes our graphs is NOT TESTED");
            assert!(std::env::var_os("CI").is_none(), "install Graphviz");
            return;
        };
        child.stdin.take().expect("a pipe").write_all(&graph).expect("it reads");
        let ended = child.wait_with_output().expect("it ends");
        let said = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert!(ended.status.success() && said.is_empty(), "{plan}: {said}");
        let picture = String::from_utf8_lossy(&ended.stdout).into_owned();
        let steps = made::json(&plan)["steps"].as_array().expect("steps").len();
        assert_eq!(picture.matches("class=\"node\"").count(), steps, "{plan}");
    }
}

#[test]
fn no_title_says_anything_in_a_diagram() {
    // What may stand in a label: nothing with which Mermaid ends one, or begins a comment or directive.
    let harmless = |c: char| c.is_alphanumeric() || " .,?!-/()'·–−›#;".contains(c);
    for plan in made::all_plans() {
        let gantt = String::from_utf8(export(&plan, &["mermaid"])).expect("UTF-8");
        for line in gantt.lines().skip(1).map(str::trim) {
            let label = match line.split_once(' ').expect("a word and more") {
                ("title" | "section", label) => label,
                ("dateFormat" | "axisFormat", _) => continue,
                _ => line.rsplit_once(" :").expect("a bar").0,
            };
            assert!(label.chars().all(harmless), "{plan}: {line}");
            assert!(is_only_numbers_of_signs(label), "{plan}: {line}");
        }
        let graph = String::from_utf8(export(&plan, &["mermaid", "--graph"])).expect("UTF-8");
        for line in graph.lines() {
            let quoted: Vec<&str> = line.split('"').collect();
            assert!(matches!(quoted.len(), 1 | 3), "{plan}: {line}");
            if let Some(label) = quoted.get(1) {
                let label = label.replace("<br/>", " ");
                assert!(label.chars().all(harmless) && is_only_numbers_of_signs(&label), "{plan}: {line}");
            }
        }
    }
}

/// Whether `#` and `;` stand in a text only as in `#58;`.
fn is_only_numbers_of_signs(text: &str) -> bool {
    let mut parts = text.split('#');
    let first = parts.next().unwrap_or("");
    let is_number = |part: &str| {
        part.split_once(';').is_some_and(|(number, rest)| {
            !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) && !rest.contains(';')
        })
    };
    !first.contains(';') && parts.all(is_number)
}

#[test]
fn what_can_not_be_had_gets_a_sentence() {
    let folder = with_plan("- [ ] Stop {@ana 5m}\n");
    let undated = [["export", "ics", "plan.md"], ["export", "msproject", "plan.md"]];
    for arguments in undated {
        let ran = tminus(folder.path(), &arguments);
        assert_eq!((ran.status, ran.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(ran.stderr.contains("the plan has no date"), "{}", ran.stderr);
        assert!(ran.stderr.contains("--start"), "{}", ran.stderr);
        let dated = [&arguments[..], &["--start", "2026-12-05 22:00"]].concat();
        assert_eq!(tminus(folder.path(), &dated).status, 0, "{arguments:?}");
    }
    for (arguments, status, said) in [
        (vec!["csv", "plan.md", "--graph"], 2, "`--graph` is for `export mermaid`"),
        (vec!["csv", "plan.md", "--revision", "3"], 2, "`--revision` is for `export ics`"),
        (vec!["csv", "plan.md", "-o", "plan.md"], 3, "is part of the plan"),
        (vec!["csv", "plan.md", "-o", "."], 3, "is a folder"),
        (vec!["csv", "plan.md", "-o", "no/plan.csv"], 3, "there is no folder `no`"),
        (vec!["csv", "missing.md"], 3, "missing.md"),
        (vec!["csv", "."], 2, "is a folder: name one plan in it"),
    ] {
        let ran = tminus(folder.path(), &[&["export"], arguments.as_slice()].concat());
        assert_eq!(ran.status, status, "{arguments:?}: {}", ran.stderr);
        assert!(ran.stderr.contains(said), "{arguments:?}: {}", ran.stderr);
    }
    assert_eq!(fs::read_dir(folder.path()).expect("it lists").count(), 1, "nothing was written");
    let ran = prepared(folder.path(), &["export", "ics", "plan.md", "--start", "2026-12-05 22:00"])
        .env("SOURCE_DATE_EPOCH", "yesterday")
        .output()
        .expect("the program starts");
    assert_eq!(ran.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&ran.stderr).contains("`SOURCE_DATE_EPOCH=yesterday` is no time"));
}

#[test]
fn a_plan_with_errors_is_exported_all_the_same() {
    let folder = with_plan(
        "---\nstart: 2026-12-05 22:00\ntimezone: Europe/Berlin\n---\n\n- [ ] Stop {@ana 5m after=no}\n",
    );
    for format in ["json", "csv", "xlsx", "ics", "mermaid", "dot", "msproject"] {
        let file = format!("plan.{format}");
        let ran = tminus(folder.path(), &["export", format, "plan.md", "-o", &file]);
        assert_eq!((ran.status, ran.stdout.as_str()), (1, ""), "{format}: {}", ran.stderr);
        assert_eq!(ran.stderr.contains("unknown-reference"), format != "json", "{format}");
        assert!(fs::metadata(folder.path().join(&file)).expect("a file").len() > 0, "{format}");
    }
    let events = fs::read_to_string(folder.path().join("plan.ics")).expect("a calendar");
    assert!(events.replace("\r\n ", "").contains("HAS ERRORS"), "{events}");
}

#[test]
fn a_workbook_is_not_printed_to_a_terminal() {
    // `script` of util-linux gives a program a terminal of its own.
    let folder = with_plan("- [ ] Stop {@ana 5m}\n");
    let program = env!("CARGO_BIN_EXE_tminus");
    let line = format!("{program} export xlsx plan.md");
    let mut script = Command::new("script");
    script.args(["-qec", &line, "/dev/null"]).current_dir(folder.path()).stdin(Stdio::null());
    let Ok(ran) = script.output() else {
        let _ = writeln!(std::io::stderr(), "NO `script` HERE: what a terminal gets is NOT TESTED");
        return;
    };
    let said = String::from_utf8_lossy(&ran.stdout).into_owned();
    assert!(said.contains("is no text for a terminal"), "{said}");
    assert!(!said.contains("PK\u{3}"), "{said}");
    assert_eq!(ran.status.code(), Some(2), "{said}");
}
