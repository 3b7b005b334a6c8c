//! Case files: a plan and what tminus has to say about it, in one Markdown file each, below `cases/`.
//!
//! Every case is compiled by the program itself and its answer is compared, block by block, with what the
//! file expects. All differences are shown before the test fails. `TMINUS_BLESS=1` writes the present
//! answers into the files: read every changed line against the language before keeping it.
#![expect(clippy::disallowed_methods, reason = "tests read and write files")]

#[path = "cases/answer.rs"]
mod answer;
#[path = "cases/case_file.rs"]
mod case_file;
#[path = "cases/difference.rs"]
mod difference;
#[path = "cases/said.rs"]
mod said;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use answer::Answer;
use case_file::{BlockKind, CaseFile};
use difference::difference;
use tminus::diagnostic::Rule;

/// Rules without a case: they are about several plans, the disk or the pages. A rule that gets a case has to
/// leave this list.
const RULES_WITHOUT_A_CASE: [&str; 1] = ["template"];

/// All case files, in the order of their paths.
fn case_paths() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let walk = walkdir::WalkDir::new(root).sort_by_file_name();
    let files = walk.into_iter().map(|entry| entry.expect("the cases can be listed").into_path());
    files.filter(|path| path.extension().is_some_and(|extension| extension == "md")).collect()
}

/// The path as it is shown: from the top of the repository.
fn shown(path: &Path) -> String {
    path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap_or(path).display().to_string()
}

fn read(path: &Path) -> Result<CaseFile, String> {
    let text = fs::read_to_string(path).map_err(|error| error.to_string())?;
    CaseFile::parse(&text)
}

/// What is wrong with one case; nothing when all its answers are as expected.
fn complaints(case: &CaseFile) -> Vec<String> {
    let answer = match Answer::of(case) {
        Ok(answer) => answer,
        Err(reason) => return vec![reason],
    };
    let expected = case.blocks.iter().filter_map(|block| match block.kind {
        BlockKind::Expected(part) => Some((part, &block.text)),
        _ => None,
    });
    expected.filter_map(|(part, text)| difference(part.name(), text, answer.part(part))).collect()
}

/// The case's text with the present answers in its expected blocks.
fn blessed(case: &CaseFile) -> Result<String, String> {
    let answer = Answer::of(case)?;
    Ok(case.with_answers(|part| answer.part(part).to_owned()))
}

#[test]
fn every_case_is_answered_as_expected() {
    let bless = std::env::var_os("TMINUS_BLESS").is_some_and(|value| value == "1");
    let mut report = Vec::new();
    for path in case_paths() {
        let found = match read(&path) {
            Err(reason) => vec![reason],
            Ok(case) if bless => match blessed(&case) {
                Ok(text) => {
                    // Only what has changed is written, so that a case is not read half-written meanwhile.
                    if text != case.text() {
                        fs::write(&path, text).expect("the case can be written");
                    }
                    Vec::new()
                }
                Err(reason) => vec![reason],
            },
            Ok(case) => complaints(&case),
        };
        report.extend(found.into_iter().map(|one| format!("{}\n{one}", shown(&path))));
    }
    assert!(report.is_empty(), "\n\n{}\n{} differences", report.join("\n"), report.len());
}

#[test]
fn every_rule_has_a_case() {
    let mut raised: BTreeSet<Rule> = BTreeSet::new();
    for path in case_paths() {
        let case = read(&path).unwrap_or_else(|reason| panic!("{}: {reason}", shown(&path)));
        let said = |block: &&case_file::Block| block.is_called("diagnostics") || block.is_called("folder");
        for block in case.blocks.iter().filter(said) {
            raised.extend(Rule::ALL.iter().filter(|rule| said::names_rule(&block.text, rule.name())));
        }
    }
    let without: Vec<&str> =
        Rule::ALL.iter().filter(|rule| !raised.contains(rule)).map(|rule| rule.name()).collect();
    assert_eq!(without, RULES_WITHOUT_A_CASE, "the rules without a case are not those on the list");
}

const SMALL: &str = "# Two steps\n\nThe second waits for the first.\n\n\
    ````plan plan.md\n1. [ ] First {#a 5m}\n2. [ ] Second {#b 5m after=c}\n````\n\n\
    ````diagnostics\n````\n\n````steps\n````\n";

#[test]
fn a_blessed_case_has_no_difference() {
    let case = CaseFile::parse(SMALL).expect("a case");
    let text = blessed(&case).expect("an answer");
    assert!(text.contains("unknown-reference error: no step or phase is called `c`"), "{text}");
    assert!(complaints(&CaseFile::parse(&text).expect("a case")).is_empty());
}

#[test]
fn a_doctored_answer_is_noticed() {
    let text = blessed(&CaseFile::parse(SMALL).expect("a case")).expect("an answer");
    for (old, new) in
        [("T+0:05", "T+0:06"), ("`c`", "`d`"), ("2:28 ", "2:29 "), ("````steps\n", "````steps\n\n")]
    {
        let doctored = text.replacen(old, new, 1);
        assert_ne!(doctored, text, "{old} stands in {text}");
        let found = complaints(&CaseFile::parse(&doctored).expect("a case"));
        assert_eq!(found.len(), 1, "{old} became {new}: {found:?}");
    }
}

#[test]
fn a_case_that_proves_nothing_is_refused() {
    let refused = |text: &str| CaseFile::parse(text).expect_err("this is no case");
    let plan = "````plan plan.md\n- [ ] a\n````\n";
    assert!(refused(&format!("# A\n\nWhy.\n\n{plan}")).contains("expects nothing"));
    assert!(refused("# A\n\nWhy.\n\n````steps\n````\n").contains("no plan"));
    assert!(refused(&format!("Why.\n\n{plan}\n````steps\n````\n")).contains("title"));
    assert!(refused(&format!("# A\n\n{plan}\n````steps\n````\n")).contains("what it proves"));
    assert!(refused(&format!("# A\n\nWhy.\n\n{plan}\n````stepz\n````\n")).contains("stepz"));
    assert!(refused(&format!("# A\n\nWhy.\n\n{plan}\n````steps\n")).contains("never closed"));
}
