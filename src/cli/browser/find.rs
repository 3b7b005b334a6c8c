//! Where a browser lies on this machine: by its usual names and places.
#![expect(clippy::disallowed_methods, reason = "the program alone reads the environment")]

use std::path::{Path, PathBuf};

use super::super::messages;

/// What the browsers are called that print as we need it.
const NAMES: [&str; 9] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
    "chrome-headless-shell",
];

/// Below the folders of programs of macOS.
const ON_MACOS: [&str; 3] = [
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Chromium.app/Contents/MacOS/Chromium",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
];

/// Below the folders of programs of Windows.
const ON_WINDOWS: [&str; 3] = [
    r"Google\Chrome\Application\chrome.exe",
    r"Chromium\Application\chrome.exe",
    r"Microsoft\Edge\Application\msedge.exe",
];

/// The browser that is named, or one that is there.
pub(super) fn find(named: Option<&Path>) -> Result<PathBuf, (String, String)> {
    match named {
        Some(named) => by_name(named).ok_or_else(|| messages::no_such_browser(named)),
        None => usual().ok_or_else(messages::no_browser),
    }
}

/// A path, or a name as it is typed in a terminal.
fn by_name(named: &Path) -> Option<PathBuf> {
    if named.is_file() {
        return Some(std::path::absolute(named).unwrap_or_else(|_| named.to_path_buf()));
    }
    let is_bare = named.components().count() == 1;
    is_bare.then(|| on_the_path(&named.to_string_lossy())).flatten()
}

fn usual() -> Option<PathBuf> {
    NAMES.iter().find_map(|name| on_the_path(name)).or_else(at_its_place)
}

fn on_the_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    let files: Vec<PathBuf> = std::env::split_paths(&path).map(|folder| folder.join(&file)).collect();
    files.into_iter().find(|file| file.is_file())
}

fn at_its_place() -> Option<PathBuf> {
    let below = |folders: Vec<PathBuf>, places: &[&str]| {
        folders
            .iter()
            .flat_map(|folder| places.iter().map(|place| folder.join(place)).collect::<Vec<_>>())
            .find(|file| file.is_file())
    };
    let folder = |name: &str| std::env::var_os(name).map(PathBuf::from);
    if cfg!(target_os = "macos") {
        let own = folder("HOME").map(|home| home.join("Applications"));
        below([PathBuf::from("/Applications")].into_iter().chain(own).collect(), &ON_MACOS)
    } else if cfg!(windows) {
        let names = ["ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"];
        below(names.into_iter().filter_map(folder).collect(), &ON_WINDOWS)
    } else {
        below(vec![PathBuf::from("/snap/bin")], &["chromium"])
    }
}

/// Whether it is a snap, or the script that starts one.
pub(super) fn is_confined(program: &Path) -> bool {
    let real = program.canonicalize().unwrap_or_else(|_| program.to_path_buf());
    let is_script = program.ends_with("usr/bin/chromium-browser") && Path::new("/snap/bin/chromium").exists();
    program.starts_with("/snap") || real.starts_with("/snap") || real.ends_with("bin/snap") || is_script
}
