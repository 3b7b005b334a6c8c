//! The explain pages: every rule has one, `tminus explain` prints it, and its example does what it says.
//!
//! An example shows a wrong and a right half of a plan. Each half is compiled with what stands around both:
//! the wrong one raises the rule and nothing else, the right one nothing at all, in the first draft in
//! which the rule speaks.
#![expect(clippy::disallowed_methods, reason = "tests read and write files")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tminus::diagnostic::{Level, Rule};
use tminus::source::Sources;

/// What these are about is no plan: a template, a file that is not there, an option, a second plan.
const WITHOUT_AN_EXAMPLE: [&str; 6] =
    ["one-for-two", "double-booked", "ignored-key", "substitute", "template", "unreadable"];

/// What opens the wrong and the right half of an example, at the beginning of a line.
const HALVES: [(&str, &str); 5] = [
    ("Wrong:", "Right:"),
    ("# wrong", "# right"),
    ("Taken as steps:", "Written as steps:"),
    ("The plan starts at T-0:", "The shop opens at T-0:"),
    ("# ignored", "# read as part of the plan"),
];

/// What opens what stands in both halves again.
const BOTH: &str = "Either way:";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/diagnostic/explain")
}

/// The page of a rule.
fn page(rule: Rule) -> String {
    let path = folder().join(format!("{}.md", rule.name()));
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("the page of {}: {error}", rule.name()))
}

#[test]
fn pages_and_rules_belong_together() {
    let files = fs::read_dir(folder()).expect("the pages can be listed");
    let names = files.map(|file| file.expect("a page").file_name().to_string_lossy().into_owned());
    let pages: BTreeSet<String> = names.collect();
    let rules: BTreeSet<String> = Rule::ALL.iter().map(|rule| format!("{}.md", rule.name())).collect();
    assert_eq!(pages, rules);
}

#[test]
fn explain_prints_the_page_under_its_headline() {
    for rule in Rule::ALL {
        let page = page(*rule);
        let headline =
            page.lines().next().and_then(|line| line.strip_prefix(&format!("# {}: ", rule.name())));
        assert!(headline.is_some_and(|text| !text.trim().is_empty()), "the headline of {}", rule.name());
        let output = Command::new(env!("CARGO_BIN_EXE_tminus")).args(["explain", rule.name()]).output();
        let output = output.expect("tminus runs");
        assert!(output.status.success(), "{}", rule.name());
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(said, page, "{}", rule.name());
    }
}

#[test]
fn every_example_does_what_it_says() {
    let mut wrong = Vec::new();
    let mut without = Vec::new();
    for rule in Rule::ALL {
        let examples = examples(&page(*rule));
        for example in &examples {
            match halves(example) {
                None => wrong.push(format!("{}: the example has no two halves", rule.name())),
                Some(halves) => wrong.extend(complaints(*rule, &halves)),
            }
        }
        if examples.is_empty() {
            without.push(rule.name());
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert_eq!(without, WITHOUT_AN_EXAMPLE, "the rules without an example are not those on the list");
}

/// What a half raises against its label: the wrong one its rule and nothing else, the right one nothing.
fn complaints(rule: Rule, (wrong, right): &(String, String)) -> Vec<String> {
    let wanted = [(wrong, "wrong", vec![rule]), (right, "right", vec![])];
    let differ = wanted.into_iter().filter_map(|(half, which, wanted)| {
        let plan = in_its_draft(rule, half);
        let raised: Vec<Rule> = raised(&plan).into_iter().collect();
        let said = || format!("{}: the {which} half raises {raised:?}:\n{plan}", rule.name());
        (raised != wanted).then(said)
    });
    differ.collect()
}

/// The Markdown examples of a page.
fn examples(page: &str) -> Vec<String> {
    let parts = page.split("\n```markdown\n").skip(1);
    parts.map(|part| part.split("```\n").next().unwrap_or("").to_owned()).collect()
}

/// The example as it is with its wrong half alone, and with its right half alone. In front matter the right
/// half ends where the front matter does.
fn halves(example: &str) -> Option<(String, String)> {
    let opens = |line: &str, mark: &str| line.trim_start().starts_with(mark);
    let (wrong, right) = HALVES.iter().find(|(wrong, right)| {
        example.lines().any(|line| opens(line, wrong)) && example.lines().any(|line| opens(line, right))
    })?;
    let mut texts = (String::new(), String::new());
    let (mut in_wrong, mut in_right) = (true, true);
    for line in example.lines() {
        if opens(line, wrong) {
            (in_wrong, in_right) = (true, false);
        } else if opens(line, right) {
            (in_wrong, in_right) = (false, true);
        } else {
            if line == "---" || line == BOTH {
                (in_wrong, in_right) = (true, true);
            }
            if line == BOTH {
                continue;
            }
            if in_wrong {
                texts.0.push_str(&format!("{line}\n"));
            }
            if in_right {
                texts.1.push_str(&format!("{line}\n"));
            }
        }
    }
    Some(texts)
}

/// The plan in the first draft in which its rule speaks.
fn in_its_draft(rule: Rule, plan: &str) -> String {
    let draft = match rule.level() {
        Level::Error | Level::Warning | Level::Note => return plan.to_owned(),
        Level::ByDraft => 2,
        Level::FromDraft3 => 3,
    };
    match plan.strip_prefix("---\n") {
        Some(rest) => format!("---\ndraft: {draft}\n{rest}"),
        None => format!("---\ndraft: {draft}\n---\n\n{plan}"),
    }
}

/// The rules that a plan raises, in a folder with the other files that the examples speak of.
fn raised(plan: &str) -> BTreeSet<Rule> {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("rack-4.png"), b"\x89PNG\r\n\x1a\n").expect("the image");
    fs::write(folder.path().join("ledger.md"), "- [ ] Copy the ledger {20m}\n").expect("the linked plan");
    let path = folder.path().join("plan.md");
    fs::write(&path, plan).expect("the plan");
    let mut sources = Sources::new();
    let source = sources.read_named(&path).expect("the plan can be read");
    let compiled = tminus::compile(&mut sources, source, &tminus::Options::default());
    compiled.diagnostics.iter().map(|one| one.rule).collect()
}
