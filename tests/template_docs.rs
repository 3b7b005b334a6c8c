//! `docs/templates.md` against the program: it lists every template, the view that each gets and every field
//! of every view, in the words of the source; and the views that real plans make have just those fields.
//!
//! `TMINUS_BLESS=1` writes the list again, between its two marks.
#![expect(clippy::disallowed_methods, reason = "tests read and write files, and the environment")]

mod command;
#[path = "template_docs/types.rs"]
mod types;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use command::tminus;
use serde_json::Value;
use tminus::output::built_in_templates;
use tminus::source::Sources;
use tminus::view::export::Revision;
use tminus::view::{PageOptions, PlanPages, TopIndex};
use types::{Field, Shape, Type};

const PAGE: &str = "docs/templates.md";
const BEGIN: &str = "<!-- from the source: begin -->\n";
const END: &str = "<!-- from the source: end -->";

/// Templates with the file that comes of them, and the type of the view that they get.
const VIEWS: &[(&str, &str, &str)] = &[
    ("index.html.j2", "`index.html` of a plan", "Index"),
    ("run-sheet.html.j2", "`run-sheet.html`", "RunSheet"),
    ("timeline.html.j2", "`timeline.html`", "Timeline"),
    ("owner.html.j2", "`owners/HANDLE.html`", "OwnerPage"),
    ("owner.md.j2", "`owners/HANDLE.md`", "OwnerPage"),
    ("unassigned.html.j2", "`owners/unassigned.html`", "UnassignedPage"),
    ("rollback.html.j2", "`rollback.html`", "RollbackPage"),
    ("contacts.html.j2", "`contacts.html`", "ContactsPage"),
    ("questions.html.j2", "`questions.html`", "QuestionsPage"),
    ("cards.html.j2", "`cards.html`", "Cards"),
    ("walkthrough.html.j2", "`walkthrough.html`", "Walkthrough"),
    ("plans.html.j2", "`index.html` above all plans", "TopIndex"),
];

/// Templates that others use, which see what those get.
const SHARED: &[(&str, &str)] = &[
    ("layout.html.j2", "what every page has around it: head, styles, logo"),
    ("parts.html.j2", "macros for what several pages show: stamp, times, warnings"),
    ("style.css", "the style of every page"),
    ("ticks.css", "the style of boxes that can be ticked"),
    ("ticks.js", "the script of boxes that can be ticked"),
    ("timeline.js", "the script of the timeline"),
];

/// The views of a plan, by the name of their type.
fn views(pages: &PlanPages<'_>) -> Vec<(&'static str, Value)> {
    let value = |view: serde_json::Result<Value>| view.expect("a view is data");
    let mut views = vec![
        ("Index", value(serde_json::to_value(pages.index()))),
        ("RunSheet", value(serde_json::to_value(pages.run_sheet()))),
        ("Timeline", value(serde_json::to_value(pages.timeline()))),
        (
            "TopIndex",
            value(serde_json::to_value(TopIndex {
                plans: vec![pages.link.clone()],
                page: PageOptions::default().look(),
            })),
        ),
    ];
    views.extend(
        pages.timeline_of_phases().iter().map(|page| ("Timeline", value(serde_json::to_value(page)))),
    );
    views.extend(pages.unassigned().iter().map(|page| ("UnassignedPage", value(serde_json::to_value(page)))));
    views.extend(pages.rollback().iter().map(|page| ("RollbackPage", value(serde_json::to_value(page)))));
    views.extend(pages.contacts().iter().map(|page| ("ContactsPage", value(serde_json::to_value(page)))));
    views.extend(pages.questions().iter().map(|page| ("QuestionsPage", value(serde_json::to_value(page)))));
    views.extend(pages.cards().iter().map(|page| ("Cards", value(serde_json::to_value(page)))));
    views.extend(pages.walkthrough().iter().map(|page| ("Walkthrough", value(serde_json::to_value(page)))));
    views.extend(pages.owners().iter().map(|owner| ("OwnerPage", value(serde_json::to_value(owner)))));
    views
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn found(folder: &str, ending: &str) -> Vec<PathBuf> {
    let walk = walkdir::WalkDir::new(root().join(folder)).sort_by_file_name();
    let paths = walk.into_iter().map(|entry| entry.expect("it can be listed").into_path());
    paths.filter(|path| path.extension().is_some_and(|one| one == ending)).collect()
}

fn all_types() -> BTreeMap<String, Type> {
    // The compiled plan as JSON is no view for templates.
    let files =
        found("src/view", "rs").into_iter().filter(|path| !path.starts_with(root().join("src/view/json")));
    let texts: Vec<String> = files.map(|path| fs::read_to_string(path).expect("source")).collect();
    types::read(&texts)
}

/// The types that a field's type is made of.
fn named(rust: &str) -> Option<&str> {
    let inner = rust
        .strip_prefix("Vec<")
        .or(rust.strip_prefix("List<"))
        .or(rust.strip_prefix("Option<"))
        .or(rust.strip_prefix("Shared<"))
        .or(rust.strip_prefix("Box<"));
    match inner {
        Some(inner) => named(inner.strip_suffix('>').expect("a type ends")),
        None => {
            Some(rust).filter(|rust| !matches!(*rust, "String" | "bool" | "f64" | "usize" | "i64" | "u32"))
        }
    }
}

/// All types that the templates meet, in the order in which one meets them.
fn reached(types: &BTreeMap<String, Type>) -> Vec<String> {
    let mut order: Vec<String> = Vec::new();
    let mut open: Vec<String> = VIEWS.iter().rev().map(|(.., name)| (*name).to_owned()).collect();
    while let Some(name) = open.pop() {
        if order.contains(&name) {
            continue;
        }
        let one = types.get(&name).unwrap_or_else(|| panic!("the type {name} was not found in src/view"));
        let mut inner: Vec<String> = Vec::new();
        let add = |fields: &[Field], inner: &mut Vec<String>| {
            inner.extend(fields.iter().filter_map(|field| named(&field.rust)).map(str::to_owned));
        };
        match &one.shape {
            Shape::Fields(fields) => add(fields, &mut inner),
            Shape::Kinds(kinds) => kinds.iter().for_each(|kind| match &kind.inner {
                Ok(fields) => add(fields, &mut inner),
                Err(name) => inner.push(name.clone()),
            }),
            Shape::Words(_) => {}
        }
        open.extend(inner.into_iter().rev());
        order.push(name);
    }
    order
}

/// A type in words.
fn in_words(field: &Field) -> String {
    fn of(rust: &str, name: &str) -> String {
        let inside = |lead: &str| rust.strip_prefix(lead).and_then(|rest| rest.strip_suffix('>'));
        if let Some(inner) = inside("Vec<").or(inside("List<")) {
            return format!("list: {}", of(inner, name));
        }
        if let Some(inner) = inside("Option<") {
            return format!("{}, or nothing", of(inner, name));
        }
        if let Some(inner) = inside("Shared<") {
            return of(inner, name);
        }
        match rust {
            "String" if name.ends_with("html") => "HTML".to_owned(),
            "String" if name.ends_with("css") => "CSS".to_owned(),
            "String" => "text".to_owned(),
            "bool" => "yes or no".to_owned(),
            "f64" | "usize" | "i64" | "u32" => "number".to_owned(),
            other => format!("[{other}](#{})", other.to_lowercase()),
        }
    }
    of(&field.rust, &field.name)
}

fn table(fields: &[Field], text: &mut String) {
    text.push_str("\n| field | is | what |\n|---|---|---|\n");
    for field in fields {
        assert!(!field.about.is_empty(), "`{}` has no comment", field.name);
        text.push_str(&format!(
            "| `{}` | {} | {} |\n",
            field.name,
            in_words(field),
            field.about.replace('|', "\\|")
        ));
    }
}

/// What stands between the marks.
fn generated() -> String {
    let types = all_types();
    let mut text = "\n| template | makes | receives |\n|---|---|---|\n".to_owned();
    for (name, makes, view) in VIEWS {
        text.push_str(&format!("| `{name}` | {makes} | [{view}](#{}) |\n", view.to_lowercase()));
    }
    for (name, what) in SHARED {
        text.push_str(&format!("| `{name}` | {what} | what the page receives that uses it |\n"));
    }
    let listed = |name: &str| VIEWS.iter().any(|one| one.0 == name) || SHARED.iter().any(|one| one.0 == name);
    for (name, _) in built_in_templates().into_iter().filter(|(name, _)| !listed(name)) {
        let page =
            name.strip_suffix(".css").expect("a page's template stands in VIEWS, what pages share in SHARED");
        text.push_str(&format!("| `{name}` | the style of `{page}.html.j2` | the same |\n"));
    }
    for name in reached(&types) {
        let one = &types[&name];
        text.push_str(&format!("\n### {name}\n\n{}\n", one.about));
        match &one.shape {
            Shape::Fields(fields) => table(fields, &mut text),
            Shape::Words(words) => {
                text.push('\n');
                words.iter().for_each(|(word, about)| text.push_str(&format!("- `{word}`: {about}\n")));
            }
            Shape::Kinds(kinds) => {
                text.push_str("\nIts field `kind` says which one it is:\n");
                for kind in kinds {
                    match &kind.inner {
                        Ok(fields) => {
                            text.push_str(&format!("\n**`{}`**: {}\n", kind.name, kind.about));
                            table(fields, &mut text);
                        }
                        Err(inner) => text.push_str(&format!(
                            "\n**`{}`**: {} It has the fields of [{inner}](#{}).\n",
                            kind.name,
                            kind.about,
                            inner.to_lowercase()
                        )),
                    }
                }
            }
        }
    }
    text.push('\n');
    text
}

#[test]
fn the_list_of_fields_is_that_of_the_source() {
    let path = root().join(PAGE);
    let page = fs::read_to_string(&path).expect("the page of templates");
    let (before, rest) = page.split_once(BEGIN).expect("the first mark");
    let (old, after) = rest.split_once(END).expect("the second mark");
    let new = generated();
    if std::env::var_os("TMINUS_BLESS").is_some() && new != old {
        fs::write(&path, format!("{before}{BEGIN}{new}{END}{after}")).expect("the page is written");
        return;
    }
    let differ = old.lines().zip(new.lines()).find(|(old, new)| old != new);
    assert!(
        new == old,
        "{PAGE} is not what the source says, first here: {differ:?}\n`TMINUS_BLESS=1 cargo test --test template_docs` writes it"
    );
}

/// A plan with what no example has.
const MORE: &str = "---
title: More
start: 2026-12-05 22:00
timezone: Europe/Berlin
people: {ana: {name: Ana, backup: raj}, raj: Raj}
---

Background.

## One

Prose between.

- [ ] Copy {#copy @ana 1h}
  - [ ] look {@raj}
- [-] Dropped {@ana}
- [ ] Go on? {.gate @ana 5m else=back}
- [ ] Delete {@raj 5m .no-return}
- [ ] Wait {.hold 3d}
- [ ] Look again {@ana 5m}
- [ ] Write to TBD

- [?] Who signs? {@ana}

## Back {.rollback #back}

- [ ] Copy back {@ana 5m}
";

#[test]
fn the_views_of_real_plans_have_just_these_fields() {
    let types = all_types();
    let mut sources = Sources::new();
    let mut plans = vec![
        sources.add(tminus::source::Source::new("more.md", MORE)),
        sources.add(tminus::source::Source::new("wide.md", wide())),
    ];
    for path in found("example-plans", "md").iter().filter(|path| !path.ends_with("README.md")) {
        plans.push(sources.read_named(path).expect("an example"));
    }
    let mut seen = BTreeSet::new();
    for source in plans {
        let compiled = tminus::compile(&mut sources, source, &tminus::Options::default());
        let pages =
            PlanPages::present(&compiled, &sources, "plan", PageOptions::default(), Revision::default());
        for (name, view) in views(&pages) {
            hold(&types, name, &view, &mut seen);
        }
    }
    let missing: Vec<String> = reached(&types).into_iter().filter(|name| !seen.contains(name)).collect();
    assert!(missing.is_empty(), "no plan here makes these: {missing:?}");
}

/// A plan whose timeline is cut by time, with a bar that goes on from sheet to sheet.
fn wide() -> String {
    let short = (1..=90).map(|step| format!("- [ ] Do what is written about number {step} {{@ana 5m}}\n"));
    format!("- [ ] Watch all of it {{@raj 7h .parallel}}\n{}", short.collect::<String>())
}

/// Holds a value against a type, and all values in it against theirs.
fn hold(types: &BTreeMap<String, Type>, name: &str, value: &Value, seen: &mut BTreeSet<String>) {
    seen.insert(name.to_owned());
    match &types[name].shape {
        Shape::Fields(fields) => hold_fields(types, name, fields, &[], value, seen),
        Shape::Words(words) => {
            let word = value.as_str().unwrap_or_else(|| panic!("{name} is a word: {value}"));
            assert!(words.iter().any(|(known, _)| known == word), "{name} has no word {word}");
        }
        Shape::Kinds(kinds) => {
            let kind = value["kind"].as_str().unwrap_or_else(|| panic!("{name} has a kind: {value}"));
            let known = kinds.iter().find(|one| one.name == kind);
            match &known.unwrap_or_else(|| panic!("{name} has no kind {kind}")).inner {
                Ok(fields) => hold_fields(types, name, fields, &["kind"], value, seen),
                Err(inner) => {
                    seen.insert(inner.clone());
                    let Shape::Fields(fields) = &types[inner].shape else { panic!("{inner} has fields") };
                    hold_fields(types, inner, fields, &["kind"], value, seen);
                }
            }
        }
    }
}

fn hold_fields(
    types: &BTreeMap<String, Type>,
    name: &str,
    fields: &[Field],
    more: &[&str],
    value: &Value,
    seen: &mut BTreeSet<String>,
) {
    let object = value.as_object().unwrap_or_else(|| panic!("{name} has fields: {value}"));
    let made: BTreeSet<&str> = object.keys().map(String::as_str).collect();
    let documented: BTreeSet<&str> =
        fields.iter().map(|field| field.name.as_str()).chain(more.iter().copied()).collect();
    assert_eq!(made, documented, "the fields of {name}");
    for field in fields {
        let Some(inner) = named(&field.rust) else { continue };
        match &object[&field.name] {
            Value::Array(items) => items.iter().for_each(|item| hold(types, inner, item, seen)),
            Value::Null => {}
            one => hold(types, inner, one, seen),
        }
    }
}

#[test]
fn the_examples_work() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("more.md"), MORE).expect("the plan is written");
    let text = fs::read_to_string(root().join(PAGE)).expect("the page of templates");
    let built_in: BTreeMap<&str, &str> = built_in_templates().into_iter().collect();
    // A fence of an example names its file: ```css templates/style.css
    let fences = text.split("\n```").skip(1).step_by(2).filter_map(|fence| fence.split_once('\n'));
    let examples: BTreeMap<&str, &str> =
        fences.filter_map(|(info, text)| Some((info.split_once(' ')?.1, text))).collect();
    assert_eq!(
        examples.keys().copied().collect::<Vec<_>>(),
        ["templates/plans.html.j2", "templates/style.css"]
    );
    let colours = examples["templates/style.css"];
    for name in colours.split("--").skip(1).map(|after| after.split(':').next().expect("a name")) {
        assert!(built_in["style.css"].contains(&format!("--{name}:")), "the style has no colour {name}");
    }
    fs::create_dir(folder.path().join("templates")).expect("a folder");
    let style = [built_in["style.css"], colours].concat();
    fs::write(folder.path().join("templates/style.css"), style).expect("a template");
    fs::write(folder.path().join("templates/plans.html.j2"), examples["templates/plans.html.j2"])
        .expect("a template");
    let ran = tminus(folder.path(), &["build", "more.md", "-o", "out"]);
    assert!(ran.status == 0 && ran.stdout.contains("More"), "{}{}", ran.stdout, ran.stderr);
    let top = fs::read_to_string(folder.path().join("out/index.html")).expect("the list of plans");
    assert!(top.contains("<a href=\"more/run-sheet.html\">run sheet</a>") && top.contains(colours), "{top}");
}
