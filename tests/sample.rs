//! The plans that `tminus new --sample` makes up: as long as asked for, clean, and the same every time.
#![expect(clippy::disallowed_methods, reason = "tests read files")]

mod command;

use std::num::NonZeroU32;

use command::tminus;
use tempfile::TempDir;
use tminus::cli::sample::{MOST_STEPS, Sample, Staffing};
use tminus::diagnostic::render_short;
use tminus::source::{Source, SourceId, Sources};
use tminus::{Compiled, Options};

const STAFFINGS: [Staffing; 2] = [Staffing::Named, Staffing::Nobody];

fn text(steps: u32, staffing: Staffing) -> String {
    let steps = NonZeroU32::new(steps).expect("at least one step");
    Sample { title: "\"Sample\"".to_owned(), steps, staffing }.text()
}

fn source(text: String) -> (Sources, SourceId) {
    let mut sources = Sources::new();
    let source = sources.add(Source::new("sample.md", text));
    (sources, source)
}

fn compiled(steps: u32, staffing: Staffing) -> Compiled {
    let (mut sources, source) = source(text(steps, staffing));
    let compiled = tminus::compile(&mut sources, source, &Options::default());
    let said = render_short(&compiled.diagnostics, &sources);
    assert_eq!(said, "", "{steps} steps, {staffing:?}");
    assert_eq!(compiled.schedule.main.order.len(), steps as usize, "{staffing:?}");
    compiled
}

#[test]
fn a_sample_of_any_length_has_so_many_steps_and_nothing_is_wrong_with_it() {
    // Every length of one site, and those at which sites, weekends, crews and regions begin.
    let edges = [79, 80, 81, 120, 121, 199, 200, 201, 400, 401, 601, 1000, 1601, 3001];
    for steps in (1..=48).chain(edges) {
        for staffing in STAFFINGS {
            compiled(steps, staffing);
        }
    }
}

#[test]
#[cfg_attr(debug_assertions, ignore = "takes minutes when it is not optimized")]
fn so_has_the_longest_one() {
    for staffing in STAFFINGS {
        compiled(10_000, staffing);
        compiled(MOST_STEPS, staffing);
    }
}

#[test]
fn a_sample_has_something_of_everything() {
    let text = text(400, Staffing::Named);
    for word in [
        "1d",
        "..",
        ".gate",
        ".hold",
        ".unattended",
        ".parallel",
        ".any-order",
        ".milestone",
        ".no-return",
        ".rollback",
        "after=",
        "during=",
        "at=",
        "from=",
        "by=",
        "in=",
        "else=",
        "access=",
        "uses=",
        "stops=",
        "starts=",
        "locks=",
        "away:",
        "phone:",
        "backup:",
        "closed:",
        "- expect:",
        "- undo:",
        "- note:",
        "answer:",
        "```sh",
        "```sql",
        "|---|",
        "{{ release }}",
        "{@store-systems",
    ] {
        assert!(text.contains(word), "no `{word}`");
    }
}

#[test]
fn nobody_is_named_where_nobody_is_to_be() {
    let compiled = compiled(400, Staffing::Nobody);
    assert!(compiled.plan.roster.people.is_empty());
    let text = text(400, Staffing::Nobody);
    assert!(!text.contains("{@") && !text.contains("people:") && !text.contains("backup="));
}

#[test]
fn a_short_sample_says_nothing_twice() {
    let compiled = compiled(20, Staffing::Named);
    let order = compiled.schedule.main.order.iter();
    let mut titles: Vec<&str> = order.map(|id| compiled.plan.node(*id).title.as_str()).collect();
    titles.sort();
    titles.dedup();
    assert_eq!(titles.len(), 20);
}

#[test]
fn the_braces_of_a_sample_are_as_fmt_writes_them() {
    for staffing in STAFFINGS {
        let (mut sources, source) = source(text(1000, staffing));
        assert!(tminus::canonical(&mut sources, source).edits.is_empty(), "{staffing:?}");
    }
}

#[test]
fn a_sample_grows_with_its_steps() {
    for staffing in STAFFINGS {
        let (short, long) = (text(1000, staffing).len(), text(10_000, staffing).len());
        assert!(long > 9 * short && long < 11 * short, "{short} bytes and {long}");
    }
}

#[test]
fn the_program_writes_the_same_bytes_every_time() {
    let (one, other) = (TempDir::new().expect("a folder"), TempDir::new().expect("a folder"));
    for (arguments, file) in [
        (&["new", "--sample", "30"][..], "sample-of-30-steps.md"),
        (&["new", "--sample", "1"], "sample-of-1-step.md"),
        (&["new", "Big move: \"east\"", "--sample", "100", "--no-people"], "big-move-east.md"),
    ] {
        for folder in [&one, &other] {
            let ran = tminus(folder.path(), arguments);
            assert_eq!(ran.status, 0, "{}", ran.stderr);
            assert!(ran.stdout.starts_with(&format!("{file}: a sample of ")), "{}", ran.stdout);
        }
        let written = |folder: &TempDir| std::fs::read(folder.path().join(file)).expect("the plan");
        assert_eq!(written(&one), written(&other));
        let checked = tminus(one.path(), &["check", "--strict", file]);
        assert_eq!(checked.status, 0, "{}", checked.stderr);
    }
}

#[test]
fn a_sample_that_can_not_be_is_refused_with_a_sentence() {
    let folder = TempDir::new().expect("a folder");
    for number in ["0", "-1", "100001", "1e3", "many", "", "1.000"] {
        let ran = tminus(folder.path(), &["new", &format!("--sample={number}")]);
        assert_eq!(ran.status, 2, "{number}");
        assert!(ran.stderr.contains("a sample has 1 to 100000 steps"), "{number}: {}", ran.stderr);
    }
    let ran = tminus(folder.path(), &["new", "--no-people"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("--sample <N>"), "{}", ran.stderr);
    assert_eq!(std::fs::read_dir(folder.path()).expect("the folder").count(), 0, "nothing is written");
}

/// A browser makes what `<use>` names anew each time: on a picture of hundreds of pieces all of it, it would never end.
#[test]
fn a_long_timeline_draws_nothing_many_times() {
    let folder = TempDir::new().expect("a folder");
    let made = tminus(folder.path(), &["new", "--sample", "3000", "long.md"]);
    assert_eq!(made.status, 0, "{}", made.stderr);
    let built = tminus(folder.path(), &["build", "long.md", "-o", "out"]);
    assert_eq!(built.status, 0, "{}", built.stderr);
    for page in ["timeline.html", "timeline-phases.html"] {
        let text = std::fs::read_to_string(folder.path().join("out/long").join(page)).expect("a page");
        let used: Vec<&str> =
            text.split("<use href=\"#").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert!(used.len() > 100, "{page} is in pieces");
        let mut sizes = std::collections::HashMap::new();
        let size = |id: &str| {
            let at = text.find(&format!(" id=\"{id}\"")).unwrap_or_else(|| panic!("{page} has no `{id}`"));
            text[at..].find("</g>").unwrap_or_default()
        };
        let drawn: usize = used.iter().map(|id| *sizes.entry(*id).or_insert_with(|| size(id))).sum();
        assert!(drawn < 2 * text.len(), "{page}: {drawn} bytes are drawn of {}", text.len());
    }
}
