//! The documentation, held to the program: its examples compile, its schedules are the program's own, its
//! links lead somewhere, and it names every word there is and none that is not.
//!
//! A ```` ```markdown ```` block with a box must compile without an error; `markdown wrong RULE…` must raise
//! just those rules. A ```` ```text schedule ```` block is the schedule of the plan before it;
//! `TMINUS_BLESS=1` writes the present ones into the page: read every changed line before keeping it.
#![expect(clippy::disallowed_methods, reason = "tests read and write files")]

#[path = "docs/page.rs"]
mod page;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use page::{Block, Page};
use serde_json::Value;
use tminus::Compiled;
use tminus::diagnostic::{Rule, Severity, render_human};
use tminus::document::PLAN_KEYS;
use tminus::source::{Source, Sources};

const LANGUAGE: &str = "docs/language.md";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path} can't be read: {error}"))
}

/// The pages of documentation, from the top of the repository.
fn pages() -> Vec<String> {
    let mut pages = vec!["README.md".to_owned(), "CHANGELOG.md".to_owned()];
    for entry in fs::read_dir(root().join("docs")).expect("docs can be listed") {
        let name = entry.expect("docs can be listed").file_name().to_string_lossy().into_owned();
        if name.ends_with(".md") {
            pages.push(format!("docs/{name}"));
        }
    }
    pages.sort();
    pages
}

/// All files of Rust below a folder, as one text each.
fn rust(folder: &str) -> Vec<(PathBuf, String)> {
    let walk = walkdir::WalkDir::new(root().join(folder)).sort_by_file_name();
    let files = walk.into_iter().map(|entry| entry.expect("the source can be listed").into_path());
    let files = files.filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
    files.map(|path| (path.clone(), fs::read_to_string(path).expect("a file of Rust can be read"))).collect()
}

/// Fails with all complaints at once.
fn settle(complaints: &[String]) {
    assert!(complaints.is_empty(), "{} complaints:\n\n{}", complaints.len(), complaints.join("\n\n"));
}

fn has_box(block: &Block<'_>) -> bool {
    block.text.lines().any(|line| {
        let line = line.trim_start_matches(|c: char| c.is_ascii_digit() || " -*+.)>".contains(c));
        line.starts_with('[') && line.get(2..3) == Some("]")
    })
}

fn compile(name: String, text: &str) -> (Compiled, Sources) {
    let mut sources = Sources::new();
    let source = sources.add(Source::new(name, text));
    let compiled = tminus::compile(&mut sources, source, &tminus::Options::default());
    (compiled, sources)
}

#[test]
fn every_example_does_what_it_says() {
    let text = read(LANGUAGE);
    let page = Page::read(&text);
    let mut complaints = Vec::new();
    let mut examples = 0;
    for block in page.blocks.iter().filter(|block| block.info.first() == Some(&"markdown")) {
        let place = format!("{LANGUAGE}:{}", block.line);
        let (compiled, sources) = compile(place.clone(), block.text);
        if block.info.get(1) == Some(&"wrong") {
            let wanted: BTreeSet<&str> = block.info[2..].iter().copied().collect();
            let raised: BTreeSet<&str> = compiled.diagnostics.iter().map(|one| one.rule.name()).collect();
            if wanted != raised || wanted.is_empty() {
                complaints.push(format!("{place}: this raises {raised:?}, and says {wanted:?}"));
            }
        } else if has_box(block) {
            examples += 1;
            let errors = compiled.diagnostics.iter().filter(|one| one.severity == Severity::Error);
            complaints.extend(errors.map(|one| format!("{place}: {}", render_human(one, &sources, false))));
        }
    }
    assert!(examples > 12, "the examples of {LANGUAGE} were not found");
    settle(&complaints);
}

#[test]
fn every_schedule_is_the_programs_own() {
    let mut text = read(LANGUAGE);
    let mut complaints = Vec::new();
    let mut mended = Vec::new();
    let mut before = "";
    for block in &Page::read(&text).blocks {
        if block.info == ["text", "schedule"] {
            let (compiled, sources) = compile(format!("{LANGUAGE}:{}", block.line), before);
            let shown = schedule(&compiled, &sources);
            if shown != block.text {
                complaints.push(format!("{LANGUAGE}:{}: the schedule is\n{shown}", block.line));
                mended.push((block.range.clone(), shown));
            }
        }
        before = block.text;
    }
    if std::env::var_os("TMINUS_BLESS").is_some() && !mended.is_empty() {
        for (range, shown) in mended.into_iter().rev() {
            text.replace_range(range, &shown);
        }
        fs::write(root().join(LANGUAGE), text).expect("the page can be written");
        return;
    }
    settle(&complaints);
}

/// A schedule as the pages show it: number, times, title and owners in columns.
fn schedule(compiled: &Compiled, sources: &Sources) -> String {
    let json: Value = serde_json::from_str(&tminus::view::json::plan_json(compiled, sources).to_text())
        .expect("the compiled plan is JSON");
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let mut rows: Vec<[String; 4]> = list(&json["steps"]).iter().map(|step| row(step, "")).collect();
    for way_back in list(&json["ways_back"]) {
        rows.extend(list(&way_back["steps"]).iter().map(|step| row(step, "R")));
    }
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
    let (first, second, third) = (width(0), width(1), width(2));
    let line = |row: &[String; 4]| {
        format!("{:>first$}  {:second$}  {:third$}  {}\n", row[0], row[1], row[2], row[3])
    };
    rows.iter().map(line).collect()
}

fn row(step: &Value, lead: &str) -> [String; 4] {
    let text = |key: &str| step[key].as_str().unwrap_or_default();
    let owners = step["owners"].as_array().cloned().unwrap_or_default();
    let owners: Vec<&str> = owners.iter().filter_map(Value::as_str).collect();
    let owners = if owners.is_empty() { "–".to_owned() } else { owners.join(" and ") };
    let (start, finish) = (moment(text("start")), moment(text("finish")));
    let finish = match (start.split_once(' '), finish.split_once(' ')) {
        (Some((day, _)), Some((same, clock))) if day == same => clock.to_owned(),
        _ => finish,
    };
    let number = step["number"].as_u64().unwrap_or_default();
    [format!("{lead}{number}"), format!("{start}–{finish}"), text("title").to_owned(), owners]
}

/// `Sat 22:00`, or `T+1:30`.
fn moment(text: &str) -> String {
    match chrono::DateTime::parse_from_rfc3339(text) {
        Ok(moment) => moment.format("%a %H:%M").to_string(),
        Err(_) => {
            let (sign, clock) = text.split_at(2);
            let clock = clock.strip_suffix(":00").unwrap_or(clock);
            format!("{sign}{}", clock.strip_prefix('0').unwrap_or(clock))
        }
    }
}

/// The texts in quotes between two places of a file of source.
fn quoted_in(file: &str, from: &str, to: &str) -> Vec<String> {
    let text = read(file);
    let (_, after) = text.split_once(from).unwrap_or_else(|| panic!("{file} has no `{from}`"));
    let (part, _) = after.split_once(to).unwrap_or_else(|| panic!("{file} has no `{to}` after `{from}`"));
    part.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

fn attributes() -> Vec<String> {
    quoted_in("src/plan/attributes/kind.rs", "const NAMED", "];")
}

fn person_keys() -> Vec<String> {
    quoted_in("src/plan/person.rs", "const FIELDS", "];")
}

#[test]
fn the_language_names_every_word() {
    let text = read(LANGUAGE);
    let page = Page::read(&text);
    let written: BTreeSet<&str> = page.words_in_ticks().into_iter().map(|(_, word)| word).collect();
    let (attributes, person_keys) = (attributes(), person_keys());
    assert!(attributes.len() > 20 && person_keys.len() > 5, "the words of the language were not found");
    let keys = PLAN_KEYS.iter().copied();
    let words = attributes.iter().chain(&person_keys).map(String::as_str).chain(keys);
    let missing = words.filter(|word| !written.contains(word));
    settle(&missing.map(|word| format!("{LANGUAGE} does not name `{word}`")).collect::<Vec<_>>());
}

#[test]
fn every_rule_is_raised_somewhere() {
    let code: String = rust("src")
        .into_iter()
        .filter(|(path, _)| !path.starts_with(root().join("src/diagnostic")))
        .map(|(_, text)| text)
        .collect();
    let raises = |rule: Rule| {
        let name = format!("Rule::{rule:?}");
        code.match_indices(&name)
            .any(|(at, _)| !code[at + name.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_'))
    };
    let silent = Rule::ALL.iter().filter(|rule| !raises(**rule));
    settle(&silent.map(|rule| format!("`{}` is never raised", rule.name())).collect::<Vec<_>>());
}

/// Words with a hyphen in ticks are rules, words of the language, crates and lints of Cargo.toml, or stand
/// in an example of the page.
#[test]
fn every_rule_that_is_named_exists() {
    let manifest = read("Cargo.toml");
    let mut known: BTreeSet<String> = Rule::ALL.iter().map(|rule| rule.name().to_owned()).collect();
    known.extend(attributes().iter().map(|word| word.trim_matches(['.', '=']).to_owned()));
    let mut complaints = Vec::new();
    for path in pages() {
        let text = read(&path);
        let page = Page::read(&text);
        for (line, word) in page.words_in_ticks() {
            let plain = word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
            let named = plain && word.contains('-') && word.trim_matches('-') == word;
            let elsewhere =
                page.blocks.iter().any(|block| block.text.contains(word)) || manifest.contains(word);
            if named && !known.contains(word) && !elsewhere {
                complaints.push(format!("{path}:{line}: there is no rule or word `{word}`"));
            }
        }
        for (at, lead) in text.match_indices("tminus explain ") {
            let rest = &text[at + lead.len()..];
            let name = rest.split(|c: char| !(c.is_ascii_lowercase() || c == '-')).next().unwrap_or("");
            if !name.is_empty() && name.contains('-') && Rule::named(name).is_none() {
                complaints.push(format!("{path}: there is no rule `{name}` to explain"));
            }
        }
    }
    settle(&complaints);
}

#[test]
fn every_link_leads_somewhere() {
    let mut complaints = Vec::new();
    let mut links = 0;
    for path in pages() {
        let text = read(&path);
        let folder = Path::new(&path).parent().unwrap_or(Path::new("")).to_path_buf();
        for (line, target) in Page::read(&text).links() {
            if target.contains("://") || target.starts_with("mailto:") {
                continue;
            }
            links += 1;
            let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
            let place = if file.is_empty() { PathBuf::from(&path) } else { folder.join(file) };
            if !root().join(&place).exists() {
                complaints.push(format!("{path}:{line}: `{target}` leads nowhere"));
                continue;
            }
            let there = || Page::read(&read(&place.to_string_lossy())).anchors();
            if !anchor.is_empty() && !there().iter().any(|known| known == anchor) {
                complaints.push(format!("{path}:{line}: `{target}` names no heading"));
            }
        }
    }
    assert!(links > 10, "the links were not found");
    settle(&complaints);
}
