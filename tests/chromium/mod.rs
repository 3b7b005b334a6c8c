//! Finds the browser for tests, and says it where there is none.

use std::io::Write;
use std::path::PathBuf;

const NAMES: [&str; 5] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome-headless-shell"];

/// A Chromium, by its usual names or by `TMINUS_BROWSER`. Where `CI` is set there must be one.
#[expect(clippy::disallowed_methods, reason = "tests read the environment")]
pub fn browser() -> Option<PathBuf> {
    let named = std::env::var_os("TMINUS_BROWSER").map(PathBuf::from);
    let on_path = std::env::var_os("PATH").unwrap_or_default();
    let found = named.or_else(|| {
        let folders = std::env::split_paths(&on_path).collect::<Vec<_>>();
        NAMES
            .iter()
            .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
            .find(|path| path.is_file())
    });
    if found.is_none() {
        say("NO CHROMIUM HERE: how the pages print and look, and that they run nothing, is NOT TESTED");
        assert!(std::env::var_os("CI").is_none(), "install Chromium, or name one in TMINUS_BROWSER");
    }
    found
}

/// Says it past the test runner, which keeps back what a test that passes prints.
pub fn say(sentence: &str) {
    let _ = writeln!(std::io::stderr(), "{sentence}");
}
