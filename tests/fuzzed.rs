//! Inputs that once broke a promise of `fuzz/src`, and a few of the seeds, held to every promise again; without a
//! fuzzer, on the stable compiler.
#![expect(clippy::disallowed_methods, reason = "tests read and write files")]

#[path = "../fuzz/src/lib.rs"]
mod promises;

use std::fs;
use std::path::{Path, PathBuf};

use promises::PROMISES;

/// The Markdown files of a folder of `fuzz`, in order.
fn inputs(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz").join(folder);
    let entries = fs::read_dir(folder).expect("the folder can be listed");
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    found.sort();
    assert!(!found.is_empty(), "nothing to try");
    found
}

fn hold_all(folder: &str, is_asked: impl Fn(&str) -> bool) {
    for path in inputs(folder) {
        let bytes = fs::read(&path).expect("the input can be read");
        for (promise, _) in PROMISES.iter().filter(|(promise, _)| is_asked(promise)) {
            println!("{promise}: {}", path.display());
            promises::hold(promise, &bytes);
        }
    }
}

#[test]
fn what_once_broke_a_promise_keeps_all() {
    hold_all("regressions", |promise| promise != "time");
}

/// The promise on time is for the fuzzer's build; here, with nothing optimised, the seeds keep all others.
#[test]
fn the_seeds_keep_all_promises() {
    hold_all("seeds", |promise| promise != "time");
}

#[test]
#[should_panic(expected = "a promise of that name")]
fn a_promise_has_a_name() {
    promises::hold("no such promise", b"");
}

#[test]
fn the_fuzzers_are_the_promises() {
    let manifest = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/Cargo.toml"));
    let manifest = manifest.expect("the manifest can be read");
    let built = manifest.lines().filter_map(|line| line.strip_prefix("path = \"targets/"));
    let built: Vec<&str> = built.map(|name| name.trim_end_matches(".rs\"")).collect();
    assert_eq!(built, PROMISES.map(|(name, _)| name));
    for name in built {
        let target = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("fuzz/targets/{name}.rs"));
        let target = fs::read_to_string(target).expect("the target can be read");
        assert!(target.contains(&format!("hold(\"{name}\", bytes)")), "{target}");
    }
}
