//! `tminus check --fix`, as it writes into files on disk: what is certain is mended, nothing else is touched,
//! and what is left is reported.
#![expect(clippy::disallowed_methods, reason = "tests read and write files")]

mod command;

use std::fs;
use std::path::Path;

use command::{Ran, tminus};
use tempfile::TempDir;

const TEAM: &str = "ana: { nam: Ana Reyes, backup: @raj }\nraj: Raj Patel\n";

const WRONG: &str = "---
start: 2026-11-14 08:00
timezone: Berlin
people: team.yaml
bridge: #launch
caller: @ana
---

# Größe – unverändert  \t

- [] Copy the orders {#copy @anna 20-45m}
- [ ] Wait {#b @raj 5m after=copy, stop, \"Open the shop\"}
-[ ] Stop {#stop @raj 1.5h by=2026-11-15 13:00}
* [ x] Open the shop {.gate @ana,raj 5m
- [ ] Lost {@zoe 5m afetr=nothing}
\ttail without an end";

const MENDED: &str = "---
start: 2026-11-14 08:00
timezone: Europe/Berlin
people: team.yaml
bridge: \"#launch\"
caller: ana
---

# Größe – unverändert  \t

- [ ] Copy the orders {#copy @ana 20m..45m}
- [ ] Wait {#b @raj 5m after=copy,stop,\"Open the shop\"}
- [ ] Stop {#stop @raj 1h30m by=2026-11-15T13:00}
* [x] Open the shop {.gate @ana @raj 5m}
- [ ] Lost {@zoe 5m after=nothing}
\ttail without an end";

fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("team.yaml"), TEAM).expect("the roster");
    fs::write(folder.path().join("plan.md"), WRONG).expect("the plan");
    folder
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).expect("the file can be read")
}

fn fix(folder: &Path, more: &[&str]) -> Ran {
    tminus(folder, &[&["check", "--fix", "plan.md"], more].concat())
}

#[test]
fn what_is_certain_is_mended_and_what_is_left_is_said() {
    let folder = folder();
    let ran = fix(folder.path(), &[]);
    assert_eq!(read(folder.path(), "plan.md"), MENDED);
    assert_eq!(read(folder.path(), "team.yaml"), "ana: { name: Ana Reyes, backup: raj }\nraj: Raj Patel\n");
    assert_eq!(ran.status, 1, "{}", ran.stderr);
    for line in [
        "plan.md:3: `Berlin` → `Europe/Berlin`",
        "plan.md:11: `[]` → `[ ]`",
        "plan.md:11: `20-45m` → `20m..45m`",
        "plan.md:14: `5m` → `5m}`",
        "plan.md:14: `@ana,raj` → `@ana @raj`",
        "team.yaml:1: `nam` → `name`",
        "error[unknown-owner]: `zoe` is nobody in `people`",
    ] {
        assert!(ran.stderr.contains(line), "no «{line}» in\n{}", ran.stderr);
    }
}

#[test]
fn a_second_time_changes_nothing() {
    let folder = folder();
    fix(folder.path(), &[]);
    let before = (read(folder.path(), "plan.md"), read(folder.path(), "team.yaml"));
    let ran = fix(folder.path(), &[]);
    assert_eq!((read(folder.path(), "plan.md"), read(folder.path(), "team.yaml")), before);
    assert!(!ran.stderr.contains(" → "), "{}", ran.stderr);
}

#[test]
fn marks_and_line_ends_stay() {
    let folder = folder();
    let on_windows = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    fs::write(folder.path().join("plan.md"), on_windows(WRONG)).expect("the plan");
    fix(folder.path(), &[]);
    assert_eq!(read(folder.path(), "plan.md"), on_windows(MENDED));
}

#[test]
fn programs_get_their_answer_alone() {
    let folder = folder();
    let ran = fix(folder.path(), &["--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&ran.stdout).expect("JSON and nothing else");
    let list = report["diagnostics"].as_array().expect("a list");
    assert!(list.iter().all(|one| one["fix"].is_null()), "{}", ran.stdout);
    assert!(ran.stderr.contains("plan.md:3: `Berlin` → `Europe/Berlin`"), "{}", ran.stderr);
}

#[test]
fn without_the_option_nothing_is_written() {
    let folder = folder();
    let ran = tminus(folder.path(), &["check", "plan.md"]);
    assert_eq!(ran.status, 1);
    assert!(ran.stderr.contains("; `--fix` mends 1"), "it is offered: {}", ran.stderr);
    assert_eq!(read(folder.path(), "plan.md"), WRONG);
    assert_eq!(read(folder.path(), "team.yaml"), TEAM);
}

#[test]
fn what_is_allowed_is_left_as_it_is() {
    let folder = folder();
    fix(folder.path(), &["--allow", "almost-a-box,attribute"]);
    let text = read(folder.path(), "plan.md");
    assert!(text.starts_with(&MENDED[..60]), "{text}");
    assert!(text.contains("- [] Copy the orders {#copy @anna 20-45m}"), "{text}");
}

#[test]
fn plans_that_share_a_roster_mend_it_once() {
    let folder = folder();
    fs::write(folder.path().join("second.md"), "---\npeople: team.yaml\n---\n- [ ] Copy {@anna 5m}\n")
        .expect("a second plan");
    let ran = tminus(folder.path(), &["check", "--fix", "."]);
    assert_eq!(ran.stderr.matches("team.yaml:1: `nam` → `name`").count(), 1, "{}", ran.stderr);
    assert_eq!(read(folder.path(), "second.md"), "---\npeople: team.yaml\n---\n- [ ] Copy {@ana 5m}\n");
}

#[cfg(unix)]
#[test]
fn a_plan_that_stands_in_another_twice_is_mended_once() {
    let folder = folder();
    let links = "- [ ] [One](inner.md) {#one}\n- [ ] [Two](inner.md) {#two}\n";
    fs::write(folder.path().join("outer.md"), links).expect("the outer plan");
    fs::write(folder.path().join("inner.md"), "- [ ] Copy {20-45m}\n").expect("the inner plan");
    let ran = tminus(folder.path(), &["check", "--fix", "outer.md"]);
    assert_eq!((ran.status, read(folder.path(), "inner.md").as_str()), (0, "- [ ] Copy {20m..45m}\n"));
    assert_eq!(ran.stderr.matches("inner.md:1").count(), 1, "{}", ran.stderr);
    assert_eq!(read(folder.path(), "outer.md"), links);
}

#[test]
fn permissions_stay_and_links_lead_to_their_targets() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = folder();
    let real = folder.path().join("plan.md");
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).expect("the mode can be set");
    symlink("plan.md", folder.path().join("link.md")).expect("a link");
    tminus(folder.path(), &["check", "--fix", "link.md"]);
    assert_eq!(read(folder.path(), "plan.md"), MENDED);
    assert!(fs::symlink_metadata(folder.path().join("link.md")).expect("the link").is_symlink());
    assert_eq!(fs::metadata(&real).expect("the plan").permissions().mode() & 0o777, 0o640);
    assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 3, "nothing is left behind");
}

#[cfg(unix)]
#[test]
fn a_file_that_may_only_be_read_is_left_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let path = folder.path().join("plan.md");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).expect("the mode can be set");
    let ran = fix(folder.path(), &[]);
    assert_eq!(ran.status, 3, "{}", ran.stderr);
    assert!(ran.stderr.contains("`plan.md` can't be mended: it may only be read"), "{}", ran.stderr);
    assert_eq!(read(folder.path(), "plan.md"), WRONG);
}

#[test]
fn front_matter_gets_its_lines() {
    let folder = folder();
    let right = "---\nstart: 2026-11-14 08:00\ntimezone: UTC\n---\n\n- [ ] Go {5m}\n";
    let dashed = right.replace("---", "—");
    for (wrong, line) in [
        (format!("\n{right}"), "plan.md:1: `⏎---` → `---`"),
        (format!("\n\n{dashed}"), "plan.md:1: `⏎⏎—` → `---`"),
        (dashed, "plan.md:4: `—` → `---`"),
    ] {
        fs::write(folder.path().join("plan.md"), &wrong).expect("the plan");
        let ran = fix(folder.path(), &[]);
        assert_eq!(read(folder.path(), "plan.md"), right, "{wrong}");
        assert!(ran.stderr.contains(line), "no «{line}» in\n{}", ran.stderr);
    }
}
