//! Writes what fuzzers begin with into `fuzz/corpus`, or into the folder that is named: a folder for each promise
//! with the example plans, the plans of all cases, the seeds that lie here, and inputs that once broke a promise.

use std::fs;
use std::path::{Path, PathBuf};

fn main() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let corpus = std::env::args_os().nth(1).map_or_else(|| here.join("corpus"), PathBuf::from);
    let root = here.join("..");
    let mut plans: Vec<(String, String)> = files(&root.join("example-plans"))
        .into_iter()
        .chain(files(&here.join("regressions")))
        .map(|path| (name(&path), read(&path)))
        .collect();
    plans
        .extend(files(&root.join("tests/cases")).iter().map(|path| (name(path), plans_of_case(&read(path)))));
    let repeated: Vec<_> = files(&here.join("seeds")).iter().map(|path| (name(path), read(path))).collect();
    for (promise, _) in tminus_fuzz::PROMISES {
        let folder = corpus.join(promise);
        fs::create_dir_all(&folder).expect("the folder can be made");
        let seeds = if promise == "time" { &repeated } else { &plans };
        for (name, text) in seeds.iter().filter(|(_, text)| !text.trim().is_empty()) {
            fs::write(folder.join(name), text).expect("the seed can be written");
        }
        println!("{}: {} seeds", folder.display(), seeds.len());
    }
}

/// The files of a case, as one input.
fn plans_of_case(text: &str) -> String {
    let mut out = String::new();
    let mut fence: Option<&str> = None;
    let mut files = 0;
    for line in text.lines() {
        let ticks = &line[..line.len() - line.trim_start_matches('`').len()];
        match fence {
            Some(open) if line == open => fence = None,
            Some(_) => out.push_str(&format!("{line}\n")),
            None if ticks.len() >= 4 => {
                let words: Vec<&str> = line[ticks.len()..].split_whitespace().collect();
                match words[..] {
                    ["plan" | "file", _, ..] if files == 0 => {}
                    ["plan" | "file", name, ..] => out.push_str(&format!("==> {name}\n")),
                    ["options"] => out.push_str("==> options\n"),
                    _ => continue,
                }
                files += 1;
                fence = Some(ticks);
            }
            None => {}
        }
    }
    out
}

/// All Markdown files below a folder, in order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut found = Vec::new();
    for path in entries.map(|entry| entry.expect("an entry").path()) {
        match path.is_dir() {
            true => found.extend(files(&path)),
            false if path.extension().is_some_and(|end| end == "md") => found.push(path),
            false => {}
        }
    }
    found.sort();
    found
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("a file of Markdown can be read")
}

/// Its folder and name, as one.
fn name(path: &Path) -> String {
    let parts: Vec<_> = path.iter().rev().take(2).map(|part| part.to_string_lossy().into_owned()).collect();
    format!("{}-{}", parts[1], parts[0])
}
