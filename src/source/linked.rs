//! A link to another plan becomes a path: inside the folder tree of the plan around it, or none.

use std::path::{Component, Path, PathBuf};

use walkdir::WalkDir;

use super::Link;
use super::attachment::percent_decoded;
use super::border::has_hidden;
use super::read::ReadError;

/// Why a plan that a step links to is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkedError {
    /// The link leaves the folder tree of the plan.
    Outside,
    /// This file can't be read.
    Unreadable(PathBuf, ReadError),
}

/// The path that a link means, or nothing when it leaves the folder `within`. What it leads through is
/// counted by name, and symbolic links by where they lead.
pub(super) fn path(link: &Link, within: &Path) -> Option<PathBuf> {
    let target = percent_decoded(&link.target);
    let from_root = link.folder.strip_prefix(within).ok()?;
    let mut parts: Vec<&std::ffi::OsStr> = Vec::new();
    for part in from_root.components().chain(Path::new(&target).components()) {
        match part {
            Component::Normal(name) => parts.push(name),
            Component::CurDir => {}
            Component::ParentDir => {
                parts.pop()?;
            }
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    let path = within.join(parts.iter().collect::<PathBuf>());
    let root = if within.as_os_str().is_empty() { Path::new(".") } else { within };
    match (path.canonicalize(), root.canonicalize()) {
        (Ok(real), Ok(root)) if !real.starts_with(&root) => None,
        // A link to what is hidden would show what nobody has named.
        (Ok(real), Ok(root)) if real != root.join(parts.iter().collect::<PathBuf>()) => {
            (!has_hidden(real.strip_prefix(&root).unwrap_or(&real))).then_some(path)
        }
        _ => Some(path),
    }
}

/// At most so many names of a folder are looked at.
const MOST_NAMES: usize = 1000;

/// The names of the Markdown files in a folder, in order.
pub(super) fn plan_files_beside(path: &Path) -> Vec<String> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let found = WalkDir::new(folder).min_depth(1).max_depth(1).into_iter().take(MOST_NAMES);
    let names = found.filter_map(|entry| entry.ok()?.file_name().to_str().map(str::to_owned));
    let mut names: Vec<String> = names.filter(|name| name.ends_with(".md")).collect();
    names.sort();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_stays_in_the_tree_of_the_plan() {
        let path = |folder: &str, target: &str| {
            let link = Link { folder: PathBuf::from(folder), target: target.to_owned() };
            path(&link, Path::new("plans"))
        };
        assert_eq!(path("plans", "db.md"), Some(PathBuf::from("plans/db.md")));
        assert_eq!(path("plans/db", "../web/my%20plan.md"), Some(PathBuf::from("plans/web/my plan.md")));
        for outside in ["../../x.md", "/etc/x.md", "../%2e%2e/x.md"] {
            assert_eq!(path("plans/db", outside), None, "{outside}");
        }
    }
}
