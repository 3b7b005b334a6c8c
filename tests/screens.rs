//! The pages on a screen, in a real browser: what they show at every width, and that ticked boxes are
//! remembered.
//!
//! Needs a Chromium, as `tests/browser.rs` does, and Node with the packages of `tests/screens`. Without them
//! the tests say so loudly and pass, except where `CI` is set: there the packages are installed, and what is
//! missing fails.
#![expect(clippy::disallowed_methods, reason = "tests read and write files, and the environment")]

mod chromium;
mod command;
#[cfg(unix)]
#[path = "watch/running.rs"]
#[expect(dead_code, reason = "the tests of `watch` itself use all of it")]
mod running;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use chromium::{browser, say};
use command::tminus;
use tempfile::TempDir;

/// A plan that tries to act in every field it has.
const HOSTILE: &str = include_str!("hostile.md");

/// A plan for two people as it was handed out, and as it was corrected at midnight.
const BEFORE: &str = include_str!("screens/before.md");
const AFTER: &str = include_str!("screens/after.md");

fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn scripts() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/screens")
}

/// Runs one of the scripts with Node; what it says is shown where it finds something.
fn node(script: &str, arguments: &[&Path]) {
    let Some(browser) = browser() else { return };
    if !*ready() {
        return;
    }
    let mut command = Command::new("node");
    command.arg(scripts().join(script)).args(arguments).env("TMINUS_BROWSER", browser);
    let output = command.output().expect("Node starts");
    let said =
        [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned()).concat();
    assert!(output.status.success(), "{script}:\n{said}");
    println!("{said}");
}

/// Whether Node is here with the packages that the scripts use.
fn ready() -> &'static bool {
    static READY: OnceLock<bool> = OnceLock::new();
    READY.get_or_init(|| {
        let ci = std::env::var_os("CI").is_some();
        let there = || scripts().join("node_modules/playwright-core/package.json").is_file();
        if ci && !there() {
            let install = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
            let ran = Command::new("npm").args(install).current_dir(scripts()).status();
            assert!(ran.is_ok_and(|status| status.success()), "`npm ci` in tests/screens fails");
        }
        if !there() {
            say("NO NODE PACKAGES HERE: how the pages look and tick on screens is NOT TESTED");
            say("`npm ci` in tests/screens installs them");
        }
        there()
    })
}

#[test]
fn every_page_shows_itself_at_every_width_and_no_more() {
    let made = folder();
    let out = made.path().join("out");
    let shown = out.display().to_string();
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("example-plans");
    // Some of the three disasters are errors; their pages are pages as well.
    assert_eq!(tminus(&examples, &["build", ".", "-o", &shown]).status, 1);
    fs::write(made.path().join("hostile.md"), HOSTILE).expect("the plan is written");
    fs::write(made.path().join("pic.svg"), "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")
        .expect("the image is written");
    assert_eq!(tminus(made.path(), &["build", "hostile.md", "-o", "out"]).status, 1);
    node("pages.mjs", &[&out]);
}

#[test]
fn ticks_stay_on_the_device_through_a_reload_and_a_corrected_plan() {
    let made = folder();
    for (name, text) in [("before", BEFORE), ("after", AFTER)] {
        let folder = made.path().join(name);
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join("launch.md"), text).expect("the plan is written");
        let ran = tminus(&folder, &["build", "launch.md", "-o", "out"]);
        assert_eq!(ran.status, 0, "{}\n{}", ran.stdout, ran.stderr);
    }
    let pages = |name: &str| made.path().join(name).join("out/launch");
    node("ticks.mjs", &[&pages("before"), &pages("after")]);
}

#[cfg(unix)]
#[test]
fn an_open_page_follows_the_plan() {
    let made = folder();
    let plan = made.path().join("launch.md");
    let text = "---\nstart: 2026-12-05 22:00\ntimezone: UTC\n---\n\n- [ ] Stop {10m @ana}\n- [ ] Copy the data {40m @raj}\n";
    fs::write(&plan, text).expect("the plan is written");
    let mut watch = running::Running::start(made.path(), &["launch.md", "--serve"]);
    let address = watch.address();
    node("live.mjs", &[Path::new(&address), &plan, Path::new("@raj"), Path::new("@mia")]);
    assert_eq!(watch.interrupt(), Some(0));
}
