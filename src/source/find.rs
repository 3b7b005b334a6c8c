//! The paths of a command line become the files that may be plans.
//!
//! A file named outright is always taken. Below a folder every `.md` file is a candidate, in the
//! order of their paths; hidden folders, `node_modules`, `target` and folders that hold built pages
//! are passed over. Whether a candidate is a plan, its document decides.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::border::{Border, beyond_repository, real};
use super::messages;
use super::plain::acts;
use super::read::ReadError;
use crate::diagnostic::Diagnostic;

/// The file that marks a folder as built pages.
pub const MANIFEST: &str = ".tminus-pages";

/// A file that may be a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where it lies.
    pub path: PathBuf,
    /// The folder that was given, when it was found by searching one.
    pub below: Option<PathBuf>,
}

/// The candidates below `paths`, each once, in order; a path that is no folder is taken as it is.
/// `output` is a folder that is never searched. What can't be listed comes back too.
#[must_use]
pub fn find_candidates(paths: &[PathBuf], output: &Path) -> (Vec<Found>, Vec<Diagnostic>) {
    let mut found: Vec<Found> = Vec::new();
    let mut refused = Vec::new();
    let output = output.canonicalize().ok();
    for path in paths {
        if let Some(beyond) = beyond_repository(path) {
            refused.push(messages::not_followed(path, beyond));
            continue;
        }
        if !path.is_dir() {
            found.push(Found { path: path.clone(), below: None });
            continue;
        }
        let mut links = Links::below(path);
        for entry in walk(path, output.as_deref(), &mut links) {
            match entry {
                Ok(entry) if entry.file_type().is_file() && is_markdown(entry.path()) => {
                    if has_controls(entry.path().strip_prefix(path).unwrap_or(entry.path())) {
                        refused.push(messages::strange_name(entry.path()));
                        continue;
                    }
                    found.push(Found { path: entry.into_path(), below: Some(path.clone()) });
                }
                Ok(_) => {}
                // A link that leads back to a folder above it holds nothing new.
                Err(error) if error.loop_ancestor().is_some() => {}
                Err(error) => refused.extend(unsearched(&error)),
            }
        }
        refused.append(&mut links.refused);
    }
    let mut seen = HashSet::new();
    found.retain(|one| seen.insert(one.path.canonicalize().unwrap_or_else(|_| one.path.clone())));
    (found, refused)
}

/// The folders in which plans are looked for, below those of `paths` that are folders.
#[must_use]
pub fn searched_folders(paths: &[PathBuf], output: &Path) -> Vec<PathBuf> {
    let output = output.canonicalize().ok();
    let mut found = Vec::new();
    for path in paths.iter().filter(|path| path.is_dir()) {
        let mut links = Links::below(path);
        let entries = walk(path, output.as_deref(), &mut links).flatten();
        let folders = entries.filter(|entry| entry.file_type().is_dir());
        found.extend(folders.map(DirEntry::into_path));
    }
    found
}

/// What is met while a folder is searched, in the order of the paths.
fn walk<'a>(
    path: &Path,
    output: Option<&'a Path>,
    links: &'a mut Links,
) -> impl Iterator<Item = walkdir::Result<DirEntry>> + use<'a> {
    let walk = WalkDir::new(path).follow_links(true).sort_by_file_name().into_iter();
    walk.filter_entry(move |entry| entry.depth() == 0 || (searched(entry, output) && links.may_follow(entry)))
}

/// The symbolic links that are met while a folder is searched.
struct Links {
    border: Border,
    /// Folders that a link has led to: once is enough, and several links each might lead to all of them.
    followed: HashSet<PathBuf>,
    /// Links that lead beyond the border.
    refused: Vec<Diagnostic>,
}

impl Links {
    fn below(path: &Path) -> Self {
        let border = Border::around(path, &[real(path)]);
        Self { border, followed: HashSet::new(), refused: Vec::new() }
    }

    /// Whether what a link leads to is looked at; what is no link is.
    fn may_follow(&mut self, entry: &DirEntry) -> bool {
        if !entry.path_is_symlink() {
            return true;
        }
        let (path, is_folder) = (entry.path(), entry.file_type().is_dir());
        if !is_folder && !is_markdown(path) {
            return false;
        }
        if let Some(beyond) = self.border.beyond(path) {
            self.refused.push(messages::not_followed(path, beyond));
            return false;
        }
        !is_folder || self.followed.insert(real(path))
    }
}

/// Why a folder or file was not searched; nothing when it could be neither a folder of plans nor a plan.
fn unsearched(error: &walkdir::Error) -> Option<Diagnostic> {
    let (path, reason) = (error.path()?, error.io_error()?);
    let why = ReadError::told(path, reason);
    let dead = matches!(why, ReadError::DeadLink(_) | ReadError::CircularLink);
    let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    let of_interest = !hidden && (is_markdown(path) || path.extension().is_none());
    (!dead || of_interest).then(|| messages::unlistable(path, &why))
}

fn searched(entry: &DirEntry, output: Option<&Path>) -> bool {
    if !entry.file_type().is_dir() {
        return true;
    }
    let name = entry.file_name().to_string_lossy();
    let skipped = name.starts_with('.')
        || name == "node_modules"
        || name == "target"
        || entry.path().join(MANIFEST).exists()
        || output.is_some_and(|output| entry.path().canonicalize().is_ok_and(|path| path == output));
    !skipped
}

/// Whether a name holds a line break or another character that acts where it is printed.
fn has_controls(path: &Path) -> bool {
    path.to_string_lossy().chars().any(|c| c.is_control() || acts(c))
}

fn is_markdown(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("md"))
        && !path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}
