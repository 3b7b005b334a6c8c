//! The shape of the source: which stage imports which, where foreign crates are named, how files begin.
//!
//! A plan travels through the stages in one order, so a stage may name only those before it. The test reads
//! the paths in the source (`crate::`, `super::`, `tminus::`), not what the compiler makes of them.
#![expect(clippy::disallowed_methods, reason = "tests read files")]

use std::fs;
use std::path::{Path, PathBuf};

/// The stages in the order in which a plan travels.
const STAGES: [&str; 11] = [
    "source",
    "diagnostic",
    "document",
    "plan",
    "graph",
    "schedule",
    "check",
    "view",
    "output",
    "lsp",
    "cli",
];

/// What every stage may use; the last is no stage, but how work is shared out.
const FOR_ALL: [&str; 3] = ["source", "diagnostic", "cores"];

/// A foreign crate, the stage that names it, and in how many files of it at most.
const FOREIGN: [(&str, &str, usize); 18] = [
    ("pulldown_cmark", "document", 1),
    ("granit_parser", "document", 1),
    ("petgraph", "graph", usize::MAX),
    ("minijinja", "output", 1),
    ("minijinja", "view", 1),
    ("csv", "output", 1),
    ("rust_xlsxwriter", "output", 1),
    ("quick_xml", "output", 1),
    ("annotate_snippets", "diagnostic", 1),
    ("clap", "cli", usize::MAX),
    ("clap_complete", "cli", 2),
    ("clap_mangen", "cli", 1),
    ("terminal_size", "cli", 1),
    ("signal_hook", "cli", 1),
    ("notify", "cli", 1),
    ("httparse", "cli", 1),
    ("rayon", "cores", 1),
    ("nix", "cores", 1),
];

/// What may lie at the top of the repository, besides dot files and licences.
const TOP: [&str; 12] = [
    "Cargo.toml",
    "Cargo.lock",
    "src",
    "templates",
    "example-plans",
    "tests",
    "README.md",
    "docs",
    "benches",
    "fuzz",
    "CHANGELOG.md",
    "target",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A file of Rust.
struct File {
    /// Its path from the top of the repository.
    path: PathBuf,
    /// Its lines without those that are comments.
    code: String,
    /// Its first line.
    head: String,
}

impl File {
    fn read(path: &Path) -> Self {
        let text = fs::read_to_string(path).expect("a file of Rust can be read");
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        Self {
            path: path.strip_prefix(root()).expect("a path inside the repository").to_path_buf(),
            code: code.collect::<Vec<_>>().join("\n"),
            head: text.lines().next().unwrap_or("").to_owned(),
        }
    }

    /// The module's name, part by part; `src/plan/ids.rs` is `plan`, `ids`.
    fn module(&self) -> Vec<String> {
        let path = self.path.strip_prefix("src").unwrap_or(&self.path).with_extension("");
        let parts = path.iter().map(|part| part.to_string_lossy().into_owned());
        parts.filter(|part| part != "mod").collect()
    }

    /// The stage whose folder it lies in; `main.rs` and `lib.rs` lie in none.
    fn stage(&self) -> Option<String> {
        self.module().into_iter().next().filter(|name| STAGES.contains(&name.as_str()))
    }

    /// What it names directly below the crate's root: stages, and what `lib.rs` defines.
    fn roots(&self) -> Vec<String> {
        let depth = self.module().len();
        let mut found: Vec<String> =
            ["crate::", "tminus::"].iter().flat_map(|lead| names_after(&self.code, lead)).collect();
        // `super::` once for each part of the module's name leads to the root as well.
        let lead = "super::".repeat(depth);
        if depth > 0 {
            found.extend(names_after(&self.code, &lead).into_iter().filter(|name| name != "super"));
        }
        found
    }
}

/// The first names after every occurrence of `lead`; with braces each name in them.
fn names_after(code: &str, lead: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices(lead) {
        let is_inner =
            code[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_' || before == ':');
        if is_inner {
            continue;
        }
        let rest = &code[at + lead.len()..];
        match rest.strip_prefix('{') {
            Some(list) => found.extend(names_in_braces(list)),
            None => found.push(first_name(rest)),
        }
    }
    found
}

fn first_name(text: &str) -> String {
    text.trim_start().chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect()
}

/// The first name of each entry, up to the closing brace.
fn names_in_braces(list: &str) -> Vec<String> {
    let mut names = vec![first_name(list)];
    let mut depth = 0;
    for (at, letter) in list.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => names.push(first_name(&list[at + 1..])),
            _ => {}
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

fn rust_files(folder: &str) -> Vec<File> {
    let walk = walkdir::WalkDir::new(root().join(folder)).sort_by_file_name();
    let paths = walk.into_iter().map(|entry| entry.expect("the folder can be listed").into_path());
    let files: Vec<File> = paths
        .filter(|path| path.extension().is_some_and(|end| end == "rs"))
        .map(|path| File::read(&path))
        .collect();
    assert!(!files.is_empty(), "{folder} holds no Rust");
    files
}

/// Whether a stage may name this; what `lib.rs` defines is the finished plan, for pages and the program.
fn may_name(stage: &str, name: &str) -> bool {
    let order = |stage: &str| STAGES.iter().position(|one| *one == stage);
    match order(name) {
        _ if FOR_ALL.contains(&name) => true,
        None => matches!(stage, "view" | "lsp" | "cli"),
        Some(_) if name == stage => true,
        Some(_) if stage == "output" => name == "view",
        Some(other) => Some(other) < order(stage),
    }
}

#[test]
fn a_stage_imports_only_the_stages_before_it() {
    let mut wrong = Vec::new();
    for file in rust_files("src") {
        let Some(stage) = file.stage() else { continue };
        let bad = file.roots().into_iter().filter(|name| !may_name(&stage, name));
        wrong.extend(bad.map(|name| format!("{} names `{name}`", file.path.display())));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_folder_of_the_source_is_a_stage() {
    let entries = fs::read_dir(root().join("src")).expect("the source can be listed");
    let names = entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names
        .filter(|name| !["build.rs", "main.rs", "lib.rs", "cores.rs"].contains(&name.as_str()))
        .collect();
    names.sort();
    let mut stages = STAGES.map(str::to_owned).to_vec();
    stages.sort();
    assert_eq!(names, stages);
}

#[test]
fn a_foreign_crate_is_named_in_few_files() {
    let files = rust_files("src");
    for (name, stage, most) in FOREIGN {
        let lead = format!("{name}::");
        let named: Vec<&File> =
            files.iter().filter(|file| !names_after(&file.code, &lead).is_empty()).collect();
        let paths: Vec<String> = named.iter().map(|file| file.path.display().to_string()).collect();
        // `cores.rs` is no stage, and has a crate all the same.
        let stage_of = |file: &File| file.module().swap_remove(0);
        let here = named.iter().filter(|file| stage_of(file) == stage).count();
        assert!(here > 0, "{stage} does not name {name}: take it off the list");
        assert!(here <= most, "{name} is named in {paths:?}");
        let may = |file: &File| FOREIGN.iter().any(|one| (one.0, one.1) == (name, stage_of(file).as_str()));
        assert!(named.iter().all(|file| may(file)), "{name} is named in {paths:?}");
    }
}

#[test]
fn every_file_says_what_it_is() {
    let files = rust_files("src").into_iter().chain(rust_files("tests"));
    let silent: Vec<String> = files
        .filter(|file| !file.head.starts_with("//! "))
        .map(|file| file.path.display().to_string())
        .collect();
    assert!(silent.is_empty(), "these do not open with `//!`: {silent:?}");
}

#[test]
fn the_top_of_the_repository_is_short() {
    let entries = fs::read_dir(root()).expect("the repository can be listed");
    let names = entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
    // `pages` is what a build in this folder leaves; it is never committed.
    let allowed = |name: &str| {
        TOP.contains(&name) || name == "pages" || name.starts_with('.') || name.starts_with("LICENSE-")
    };
    let others: Vec<String> = names.filter(|name| !allowed(name)).collect();
    assert!(others.is_empty(), "these do not belong at the top: {others:?}");
}

#[test]
fn paths_are_read_in_all_their_forms() {
    let code =
        "use crate::plan::{Node, Span};\nuse crate::{view, graph::{Graph, Edge}, Options};\nother_crate::x;";
    assert_eq!(names_after(code, "crate::"), ["plan", "view", "graph", "Options"]);
    assert!(may_name("graph", "plan") && may_name("source", "diagnostic") && may_name("view", "Compiled"));
    for (stage, name) in [("plan", "graph"), ("output", "plan"), ("view", "cli"), ("check", "Compiled")] {
        assert!(!may_name(stage, name), "{stage} may name {name}");
    }
    let file = File {
        path: PathBuf::from("src/plan/header/people.rs"),
        code: "use super::super::super::graph::Graph;\nuse super::super::names::Names;".to_owned(),
        head: String::new(),
    };
    assert_eq!(file.roots(), ["graph"]);
}
