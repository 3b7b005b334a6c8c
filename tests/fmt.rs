//! `tminus fmt`, as it writes into files on disk: braces in one order and spelling, nothing else touched, and
//! mistakes said.
#![expect(clippy::disallowed_methods, reason = "tests read and write files")]

mod command;

use std::fs;
use std::path::Path;

use command::tminus;
use tempfile::TempDir;

const LOOSE: &str = "---
start: 2026-11-14 08:00
timezone: UTC
people: { ana: Ana, raj: Raj }
systems: [ shop,   db ]
vars: { n: one }
---

# Größe – unverändert  \t{ @ana }

##   Phase   {.any-order  #phase }

-   [ ] Copy *the* orders  {4h..5h, @raj #copy .unattended}
* [ ] Stop {stops=shop after=copy @ana,  5m stops=db}
  - undo: start it again { @raj 5m }
  - a text in {5m of=braces}
- [?] Who? <!-- {by=2026-11-15 @ana } -->
- [ ] [Inner](inner.md)  { #inner }
- [ ] Wrong { 5m @zoe #w 3m }
- [ ] Many { 5m @raj,
        #many-{{ n }} after=copy
        access=key backup=ana}
\ttail without an end";

const CANONICAL: &str = "---
start: 2026-11-14 08:00
timezone: UTC
people: { ana: Ana, raj: Raj }
systems: [ shop,   db ]
vars: { n: one }
---

# Größe – unverändert  \t{@ana}

##   Phase   {#phase .any-order}

-   [ ] Copy *the* orders  {#copy @raj 4h..5h .unattended}
* [ ] Stop {@ana 5m after=copy stops=shop,db}
  - undo: start it again {@raj 5m}
  - a text in {5m of=braces}
- [?] Who? <!-- {@ana by=2026-11-15} -->
- [ ] [Inner](inner.md)  {#inner}
- [ ] Wrong { 5m @zoe #w 3m }
- [ ] Many {@raj 5m
        #many-{{ n }} after=copy
        backup=@ana access=key}
\ttail without an end";

const INNER: &str = "- [ ] Inside {5m @ana}\n";

fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("plan.md"), LOOSE).expect("the plan");
    fs::write(folder.path().join("inner.md"), INNER).expect("the inner plan");
    folder
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).expect("the file can be read")
}

#[test]
fn braces_are_written_anew_and_what_is_wrong_is_said() {
    let folder = folder();
    let ran = tminus(folder.path(), &["fmt", "plan.md"]);
    assert_eq!(read(folder.path(), "plan.md"), CANONICAL);
    assert_eq!(read(folder.path(), "inner.md"), "- [ ] Inside {@ana 5m}\n");
    assert_eq!(ran.status, 1, "{}", ran.stderr);
    for line in [
        "plan.md: 9 lines of braces written anew",
        "inner.md: 1 line of braces written anew",
        "error[attribute]",
        "plan.md:19:26",
    ] {
        assert!(ran.stderr.contains(line), "no «{line}» in\n{}", ran.stderr);
    }
    assert!(
        !ran.stderr.contains("unknown-owner"),
        "an unknown owner is the business of `check`: {}",
        ran.stderr
    );
    let again = tminus(folder.path(), &["fmt", "plan.md"]);
    assert_eq!(read(folder.path(), "plan.md"), CANONICAL);
    assert!(!again.stderr.contains("anew"), "{}", again.stderr);
}

#[test]
fn marks_and_line_ends_stay() {
    let folder = folder();
    let on_windows = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    fs::write(folder.path().join("plan.md"), on_windows(LOOSE)).expect("the plan");
    tminus(folder.path(), &["fmt", "."]);
    assert_eq!(read(folder.path(), "plan.md"), on_windows(CANONICAL));
}

/// Whoever begins with them, and lets `fmt --check` look at what is proposed, finds nothing to write anew.
#[test]
fn plans_that_come_with_it_are_as_they_are_written() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().expect("a folder");
    for arguments in [&["new", "first.md"][..], &["new", "--sample", "300", "sample.md"]] {
        assert_eq!(tminus(folder.path(), arguments).status, 0);
    }
    let readme = read(root, "README.md");
    let (_, plan) = readme.split_once("````markdown move.md\n").expect("the plan of the README");
    let (plan, _) = plan.split_once("````").expect("its end");
    fs::write(folder.path().join("move.md"), plan).expect("the plan");
    for place in [folder.path(), &root.join("example-plans")] {
        let ran = tminus(place, &["fmt", "--check", "."]);
        assert_eq!((ran.status, ran.stdout.as_str()), (0, ""), "{}", ran.stderr);
    }
}

#[test]
fn to_check_writes_nothing() {
    let folder = folder();
    let ran = tminus(folder.path(), &["fmt", "--check", "."]);
    assert_eq!(
        (ran.status, ran.stdout.replace("./", "").as_str()),
        (1, "inner.md\nplan.md\n"),
        "{}",
        ran.stderr
    );
    assert_eq!(
        (read(folder.path(), "plan.md").as_str(), read(folder.path(), "inner.md").as_str()),
        (LOOSE, INNER)
    );
    fs::write(folder.path().join("plan.md"), "- [ ] Stop {@ana 5m}\n").expect("the plan");
    let ran = tminus(folder.path(), &["fmt", "--check", "plan.md"]);
    assert_eq!(
        (ran.status, ran.stdout.as_str(), ran.stderr.as_str()),
        (0, "", "1 plan, nothing to write anew\n")
    );
}

#[test]
fn a_checklist_without_braces_stays_as_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let list = "#Release\n\n* [ ]  bump  `{version}` , {{ cookiecutter.x }}\n 1) [x] tag {v1.0}\n- see {#12, @team}\n- [] z {: .note}";
    fs::write(folder.path().join("list.md"), list).expect("the list");
    let ran = tminus(folder.path(), &["fmt", "list.md"]);
    assert_eq!((ran.status, read(folder.path(), "list.md").as_str()), (0, list), "{}", ran.stderr);
}

#[test]
fn what_can_not_be_done_is_said() {
    let folder = folder();
    for (arguments, status, said) in [(["fmt", "no.md"], 3, "no.md"), (["fmt", "--check"], 2, "PATH")] {
        let ran = tminus(folder.path(), &arguments);
        assert_eq!(ran.status, status, "{}", ran.stderr);
        assert!(ran.stderr.contains(said), "{}", ran.stderr);
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let path = folder.path().join("plan.md");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).expect("permissions");
        let ran = tminus(folder.path(), &["fmt", "plan.md"]);
        assert_eq!(ran.status, 3, "{}", ran.stderr);
        assert!(ran.stderr.contains("it may only be read"), "{}", ran.stderr);
        assert_eq!(read(folder.path(), "plan.md"), LOOSE);
    }
}

#[test]
fn a_file_with_a_merge_that_is_not_resolved_is_left_alone() {
    let folder = folder();
    let text = "- [ ] Copy { 5m @ana }\n<<<<<<< HEAD\n- [ ] Stop { 5m @raj }\n=======\n- [ ] Stop { 6m @raj }\n\
        >>>>>>> later\n- [ ] [Inner](inner.md)  { #inner }\n";
    fs::write(folder.path().join("plan.md"), text).expect("the plan");
    let ran = tminus(folder.path(), &["fmt", "plan.md"]);
    assert_eq!(ran.status, 1, "{}", ran.stderr);
    assert!(ran.stderr.contains("error[merge-conflict]"), "{}", ran.stderr);
    assert_eq!(read(folder.path(), "plan.md"), text);
    assert_eq!(read(folder.path(), "inner.md"), "- [ ] Inside {@ana 5m}\n");
}
