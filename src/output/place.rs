//! Whose is the place where a page shall lie: free, ours, another plan's, or somebody's own.
//!
//! Asked before anything is written. What is not ours is refused with a sentence that names both sides.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use super::disk::OutputError;
use super::manifest::{self, MANIFEST, PlanManifest};
use super::messages;

/// Refuses a plan whose folder would lie where the list of all plans is.
pub(super) fn refuse_reserved(out: &Path, name: &str, plan: &Path) -> Result<(), OutputError> {
    let first = name.split('/').next().unwrap_or(name);
    match ["index.html", MANIFEST].into_iter().find(|reserved| first.eq_ignore_ascii_case(reserved)) {
        Some(reserved) => Err(messages::place_of_the_list(plan, &out.join(reserved))),
        None => Ok(()),
    }
}

/// Refuses to write through links: a folder of pages that is one would be somebody's own. The folder `out` itself was
/// named, and may be.
pub(super) fn refuse_links<'a>(
    out: &Path,
    folder: &Path,
    files: impl IntoIterator<Item = &'a str>,
) -> Result<(), OutputError> {
    let parents = files.into_iter().filter_map(|file| Path::new(file).parent());
    let folders: BTreeSet<PathBuf> =
        parents.map(|parent| folder.join(parent)).chain([folder.into()]).collect();
    let below = |path: &'_ PathBuf| -> Vec<PathBuf> {
        let folders = path.ancestors().take_while(|folder| folder.starts_with(out) && *folder != out);
        folders.map(Path::to_path_buf).collect()
    };
    let all: BTreeSet<PathBuf> = folders.iter().flat_map(below).collect();
    let is_link = |path: &PathBuf| path.symlink_metadata().is_ok_and(|about| about.is_symlink());
    all.into_iter().find(is_link).map_or(Ok(()), |link| Err(messages::link_for_folder(&link)))
}

/// Refuses pages (paths in `folder`) that lie there already and are not among the `known` ones.
pub(super) fn refuse_strangers<'a>(
    out: &Path,
    folder: &Path,
    plan: Option<&Path>,
    known: &BTreeSet<String>,
    pages: impl IntoIterator<Item = &'a str>,
) -> Result<(), OutputError> {
    for page in pages {
        let path = folder.join(page);
        if !known.contains(page) && path.symlink_metadata().is_ok() {
            return Err(in_the_way(out, plan, &path).unwrap_or_else(|| messages::somebody_elses(&path)));
        }
    }
    Ok(())
}

/// When what lies at a path was made for another plan: a sentence that names both.
pub(super) fn in_the_way(out: &Path, plan: Option<&Path>, path: &Path) -> Option<OutputError> {
    let folders = path.ancestors().take_while(|folder| folder.starts_with(out));
    for folder in folders {
        let Ok(Some(list)) = manifest::read::<PlanManifest>(folder) else { continue };
        let inside = path.strip_prefix(folder).map(Path::to_path_buf).unwrap_or_default();
        let is_listed = list.files.iter().any(|file| Path::new(file) == inside);
        if is_listed || inside.as_os_str().is_empty() {
            return Some(messages::same_place(path, plan, &plan_of(folder, &list)));
        }
    }
    None
}

/// The file of the plan whose pages a folder holds, from where the program runs if it is still there.
pub(super) fn plan_of(folder: &Path, list: &PlanManifest) -> String {
    let file = folder.join(&list.plan);
    if file.exists() { relative(Path::new("."), &file) } else { list.plan.clone() }
}

/// Whether a folder of pages is that of `file`: the list says `listed`, and from the folder the file is `plan`. A plan
/// that has become a link is the same one, wherever it leads.
pub(super) fn is_of(folder: &Path, listed: &str, file: &Path, plan: &str) -> bool {
    let leads_there = || Some(folder.join(listed).canonicalize().ok()? == file.canonicalize().ok()?);
    listed.is_empty() || listed == plan || leads_there().unwrap_or(false)
}

/// A file of a list must lie in its folder, whoever wrote the list.
pub(super) fn is_inside(path: &str) -> bool {
    let mut parts = Path::new(path).components().peekable();
    parts.peek().is_some() && parts.all(|part| matches!(part, Component::Normal(_)))
}

/// The way from a folder to a file, with `/`, whatever folder the program runs in, and also to one that is just gone.
pub(super) fn relative(folder: &Path, file: &Path) -> String {
    let around = |path: &Path| {
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
        Some(parent.unwrap_or(Path::new(".")).canonicalize().ok()?.join(path.file_name()?))
    };
    let gone = |path: &Path| around(path).unwrap_or_else(|| path.to_path_buf());
    let absolute = |path: &Path| path.canonicalize().unwrap_or_else(|_| gone(path));
    let (folder, file) = (absolute(folder), absolute(file));
    let from: Vec<Component<'_>> = folder.components().collect();
    let to: Vec<Component<'_>> = file.components().collect();
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let mut way: PathBuf = std::iter::repeat_n("..", from.len() - shared).collect();
    way.extend(&to[shared..]);
    way.to_string_lossy().replace('\\', "/")
}
