//! Which files decide what the pages say, and so which folders are watched.
//!
//! What a round has read or looked for comes in; what goes out is an answer to each event. Promised: what the
//! build writes is of no interest, nor is what lies in hidden folders, nor what editors put beside a file for
//! a moment.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use crate::source::{real_path, searched_folders};

/// What happened to a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Happened {
    /// It came, went, or has another name.
    CameOrWent,
    /// Its text is another one.
    Written,
}

/// What is of interest.
#[derive(Debug, Default)]
pub struct Interest {
    /// Files that were read or looked for, as the system names them.
    files: HashSet<PathBuf>,
    /// Ways to them that lead through what is not there: what may come.
    awaited: HashSet<PathBuf>,
    /// Folders in which every plan counts.
    searched: HashSet<PathBuf>,
    /// Folders in which every template counts.
    templates: HashSet<PathBuf>,
    /// The same, and those that may come.
    template_places: HashSet<PathBuf>,
    /// The folder of pages.
    output: PathBuf,
    /// All folders that have to be watched.
    pub folders: BTreeSet<PathBuf>,
    /// Git's own folders around them.
    pub git: BTreeSet<PathBuf>,
}

impl Interest {
    /// In the plans at these paths, in all `files`, and in what lies in the folders of `templates`.
    pub fn new<'a>(
        paths: &'a [PathBuf],
        output: &Path,
        files: impl IntoIterator<Item = &'a Path>,
        templates: impl IntoIterator<Item = &'a Path>,
    ) -> Self {
        let mut interest = Self { output: real_place(output), ..Self::default() };
        for folder in searched_folders(paths, output) {
            let folder = real_path(&folder);
            interest.folders.insert(folder.clone());
            interest.searched.insert(folder);
        }
        // A folder that was named may go and come back.
        paths.iter().map(PathBuf::as_path).chain(files).for_each(|file| interest.add(file));
        for folder in templates {
            interest.add(folder);
            interest.template_places.insert(real_place(folder));
            if folder.is_dir() {
                interest.folders.insert(real_path(folder));
                interest.templates.insert(real_path(folder));
            }
        }
        let above = interest.folders.iter().flat_map(|folder| folder.ancestors());
        let git: HashSet<PathBuf> = above.map(|folder| folder.join(".git")).collect();
        interest.git = git.into_iter().filter(|folder| folder.is_dir()).collect();
        interest
    }

    /// A file by its name, and by that of the file it is a link to. One folder has one name here: under two it would be
    /// watched once, and not any more when one of them is no longer of interest.
    fn add(&mut self, file: &Path) {
        let target = file.exists().then(|| real_path(file));
        for place in std::iter::once(real_place(file)).chain(target) {
            let mut missing = place.as_path();
            let mut folder = place.parent();
            while let Some(here) = folder.filter(|folder| !folder.is_dir()) {
                missing = here;
                folder = here.parent();
            }
            if let Some(folder) = folder {
                self.folders.insert(folder.to_path_buf());
                self.awaited.insert(missing.to_path_buf());
                self.files.insert(place);
            }
        }
    }

    /// Whether what happened at a path may change a page.
    pub fn has(&self, path: &Path, happened: Happened) -> bool {
        if path == self.output {
            return false;
        }
        if self.files.contains(path) || self.awaited.contains(path) {
            return true;
        }
        let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { return false };
        let name = name.to_string_lossy();
        let is_hidden = name.starts_with('.');
        if self.templates.contains(folder) {
            return !is_hidden && !name.starts_with('#') && !name.ends_with('~');
        }
        if is_hidden || !self.searched.contains(folder) {
            return false;
        }
        let is_plan = path.extension().is_some_and(|end| end.eq_ignore_ascii_case("md"));
        is_plan || (happened == Happened::CameOrWent && path.is_dir())
    }

    /// Whether it is a file that was read or looked for.
    pub fn is_read(&self, path: &Path) -> bool {
        self.files.contains(path)
    }

    /// Whether one of these is a template, or stands for a folder of them.
    pub fn has_template(&self, paths: &HashSet<PathBuf>) -> bool {
        let is_one = |path: &PathBuf| {
            self.templates.contains(path)
                || path.parent().is_some_and(|folder| self.templates.contains(folder))
                || self.template_places.contains(path)
        };
        paths.iter().any(is_one)
    }
}

/// A path whose folder is named as the system names it; its last part may be a link, or missing.
fn real_place(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    match (path.parent(), path.file_name()) {
        // The nearest folder that is there has the real name, and the rest follows.
        (Some(folder), Some(name)) if folder.exists() => real_path(folder).join(name),
        (Some(folder), Some(name)) => real_place(folder).join(name),
        _ => path,
    }
}
