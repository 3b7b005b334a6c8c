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
    let pages_of_the_plan = ["index", "run-sheet", "timeline", "cards", "contacts", "walkthrough"];
    let names = pages_of_the_plan.map(|name| format!("{name}.html"));
    let names: Vec<&str> =
        names.iter().map(String::as_str).chain(["owners/ana.html", "owners/ana.md"]).collect();
    let made: Vec<String> =
        names.iter().map(|name| fs::read_to_string(pages.join(name)).expect("a page")).collect();
    for text in made.iter().chain([&shown]) {
        for sentence in sentences {
            assert!(text.contains(sentence), "`{sentence}` is missing in\n{text}");
        }
    }
}

#[test]
fn a_line_says_what_the_options_change() {
    let folder = with_plan(
        "---\nt0: 2027-03-30 09:00\ntimezone: Europe/Berlin\n\
         people: { ann: { name: Ann }, bob: { name: Bob, backup: ann }, cy: { name: Cy } }\n---\n\n\
         - [ ] Build {#build @ann 2d}\n- [ ] Test {#test @bob 2d}\n- [ ] Launch {@cy 5m at=T}\n",
    );
    let said = |arguments: &[&str]| tminus(folder.path(), arguments).stderr;
    // Counted backward, the finish stays, and so nothing else says it.
    let slipped = "what `--slip` changes: start Wed 03-24 09:00 → Fri 03-19 09:00; “Test” takes 5d, and took 2d; \
                   2 steps begin later\n";
    assert!(said(&["check", "plan.md", "--slip", "test=+3d"]).contains(slipped));
    assert!(said(&["build", "plan.md", "--slip", "test=+3d"]).contains(slipped));
    let both = said(&["check", "plan.md", "--sub", "bob=cy", "--slip", "build=+0m"]);
    assert!(
        both.contains("what `--sub` and `--slip` change: Bob is no longer critical; Cy gains “Test”"),
        "{both}"
    );
    assert!(!said(&["check", "plan.md"]).contains("what `"));
}

#[test]
fn an_option_that_is_wrong_itself_changes_nothing() {
    let folder = with_plan(MOVE);
    let said = |arguments: &[&str]| tminus(folder.path(), arguments).stderr;
    let wrong = said(&["check", "plan.md", "--slip", "cpoy=+5m"]);
    assert!(wrong.contains("no step called `cpoy`") && !wrong.contains("what `--slip`"), "{wrong}");
    let one_of_two = said(&["check", "plan.md", "--slip", "cpoy=+5m", "--slip", "start=+5m"]);
    assert!(one_of_two.contains("what `--slip` changes: finish T+0:25 → T+0:30"), "{one_of_two}");
    assert!(!one_of_two.contains("new error"), "{one_of_two}");
}

#[test]
fn a_check_says_which_variants_it_has_not_looked_at() {
    let folder = with_plan("---\nvariants: [trial, real, late]\n---\n\n- [ ] Stop {5m}\n");
    let said = |arguments: &[&str]| tminus(folder.path(), arguments).stderr;
    let line = "this is the variant `trial`; check `--variant real` and `--variant late` as well\n";
    assert!(said(&["check", "plan.md"]).contains(line));
    assert!(said(&["check", "plan.md", "--variant", "late"]).contains("`late`; check `--variant trial` and"));
    assert!(!said(&["check", "plan.md", "--format", "short"]).contains("variant"));
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

// Answers, written out: `what-if/*.md` hold plans, commands and what these print.

/// A fenced block: what stands after its fence, and its text.
struct Block {
    word: String,
    text: String,
    /// Where the text stands in the page.
    range: std::ops::Range<usize>,
}

/// The blocks of a page that are fenced with four backticks, so that plans may hold fences themselves.
fn blocks(page: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<(String, usize)> = None;
    let mut at = 0;
    for line in page.split_inclusive('\n') {
        if let Some(word) = line.trim_end().strip_prefix("````") {
            match open.take() {
                Some((word, start)) => {
                    blocks.push(Block { word, text: page[start..at].to_owned(), range: start..at });
                }
                None => open = Some((word.to_owned(), at + line.len())),
            }
        }
        at += line.len();
    }
    assert!(open.is_none(), "a fence is never closed");
    blocks
}

/// The words of a command; what stands in quotes is one.
fn words(command: &str) -> Vec<String> {
    let parts = command.trim().split('\'').enumerate();
    parts
        .flat_map(|(index, part)| {
            let whole = index % 2 == 1;
            if whole { vec![part.to_owned()] } else { part.split_whitespace().map(str::to_owned).collect() }
        })
        .collect()
}

/// The page with the present answers, and how many there are.
fn answered(page: &str) -> (String, usize) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut command = None;
    let mut answers: Vec<(std::ops::Range<usize>, String)> = Vec::new();
    for block in blocks(page) {
        match block.word.as_str() {
            "sh" => command = Some(block.text),
            "text" => {
                let command = command.take().expect("an answer follows a command");
                let words = words(&command);
                assert_eq!(words[0], "tminus", "{command}");
                let arguments: Vec<&str> = words[1..].iter().map(String::as_str).collect();
                let ran = tminus(folder.path(), &arguments);
                answers.push((block.range, format!("{}{}", ran.stdout, ran.stderr)));
            }
            name => fs::write(folder.path().join(name), block.text).expect("the plan is written"),
        }
    }
    let count = answers.len();
    let mut text = page.to_owned();
    for (range, answer) in answers.into_iter().rev() {
        text.replace_range(range, &answer);
    }
    (text, count)
}

#[test]
fn every_answer_is_as_it_was_read() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/what-if");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .expect("the pages can be listed")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    let bless = std::env::var_os("TMINUS_BLESS").is_some_and(|value| value == "1");
    let mut count = 0;
    for path in paths {
        let page = fs::read_to_string(&path).expect("a page");
        let (text, answers) = answered(&page);
        count += answers;
        if bless {
            fs::write(&path, text).expect("the page is written");
        } else {
            assert_eq!(page, text, "{}", path.display());
        }
    }
    assert!(count > 15, "the answers were not found: {count}");
}
