//! Pages go to disk: each as a temporary file that is then renamed, so that it is whole or not there.
#![expect(clippy::disallowed_methods, reason = "this stage is where files are written")]

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Component, Path, PathBuf};

use super::manifest::{self, MANIFEST, PlanManifest, TopManifest};
use super::messages;
use super::render::{Page, Renderer, TemplateError};
use crate::view::{PlanLink, TopIndex};

/// What a build did to a folder.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// Files written.
    pub written: usize,
    /// Files that were the same already.
    pub unchanged: usize,
    /// Files removed.
    pub removed: usize,
}

/// Why pages could not be written: a sentence for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputError {
    /// The sentence.
    pub message: String,
    /// A way out.
    pub help: String,
}

impl From<TemplateError> for OutputError {
    fn from(error: TemplateError) -> Self {
        messages::template(&error)
    }
}

/// Writes a plan's pages into `out/name`. `plan` is the plan's file, by which its folder is known
/// again.
///
/// # Errors
/// When the folder belongs to another plan, a file there is somebody's own, or the disk refuses.
pub fn write_plan(out: &Path, name: &str, plan: &Path, pages: &[Page]) -> Result<Written, OutputError> {
    let folder = out.join(name);
    make_folder(&folder)?;
    let plan = relative(&folder, plan);
    let old: PlanManifest = manifest::read(&folder).unwrap_or_default();
    if !old.plan.is_empty() && old.plan != plan {
        return Err(messages::folder_of_another_plan(&folder, &old.plan));
    }
    let known: BTreeSet<String> = old.files.into_iter().filter(|file| is_inside(file)).collect();
    let new: BTreeSet<String> = pages.iter().map(|page| page.path.clone()).collect();
    refuse_strangers(&folder, &known, pages.iter().map(|page| page.path.as_str()))?;
    // Until the build is done the list names the old files and the new ones: whatever happens on
    // the way, the next build knows what is ours.
    let both = known.union(&new).cloned().collect();
    write_whole(&folder.join(MANIFEST), &manifest::text(&PlanManifest { plan: plan.clone(), files: both }))?;
    let mut done = Written::default();
    for page in pages {
        let path = folder.join(&page.path);
        if let Some(parent) = path.parent() {
            make_folder(parent)?;
        }
        match write_whole(&path, &page.text)? {
            true => done.written += 1,
            false => done.unchanged += 1,
        }
    }
    for gone in known.difference(&new) {
        done.removed += usize::from(std::fs::remove_file(folder.join(gone)).is_ok());
        remove_empty_parent(&folder, gone);
    }
    let files = new.into_iter().collect();
    write_whole(&folder.join(MANIFEST), &manifest::text(&PlanManifest { plan, files }))?;
    Ok(done)
}

/// Writes the list of all plans in `out`, those of earlier builds that are still there included.
///
/// # Errors
/// When a file there is somebody's own, or the disk refuses.
pub fn write_index(out: &Path, renderer: &Renderer, built: Vec<PlanLink>) -> Result<Written, OutputError> {
    let old: TopManifest = manifest::read(out).unwrap_or_default();
    let known: BTreeSet<String> = old.files.into_iter().collect();
    refuse_strangers(out, &known, ["index.html"])?;
    let is_new = |link: &PlanLink| built.iter().any(|new| new.name == link.name);
    let still_there = |link: &PlanLink| is_inside(&link.name) && out.join(&link.name).join(MANIFEST).exists();
    let mut plans: Vec<PlanLink> =
        old.plans.iter().filter(|link| !is_new(link) && still_there(link)).cloned().collect();
    plans.extend(built);
    plans.sort_by(|a, b| a.name.cmp(&b.name));
    let manifest = TopManifest { files: vec!["index.html".to_owned()], plans: plans.clone() };
    let page = renderer.top_index(&TopIndex { plans })?;
    write_whole(&out.join(MANIFEST), &manifest::text(&manifest))?;
    let written = write_whole(&out.join("index.html"), &page)?;
    Ok(Written { written: usize::from(written), unchanged: usize::from(!written), removed: 0 })
}

/// A file of a list must lie in its folder, whoever wrote the list.
fn is_inside(path: &str) -> bool {
    let mut parts = Path::new(path).components().peekable();
    parts.peek().is_some() && parts.all(|part| matches!(part, Component::Normal(_)))
}

fn refuse_strangers<'a>(
    folder: &Path,
    known: &BTreeSet<String>,
    pages: impl IntoIterator<Item = &'a str>,
) -> Result<(), OutputError> {
    for page in pages {
        let path = folder.join(page);
        if !known.contains(page) && path.symlink_metadata().is_ok() {
            return Err(messages::somebody_elses(&path));
        }
    }
    Ok(())
}

fn make_folder(folder: &Path) -> Result<(), OutputError> {
    std::fs::create_dir_all(folder).map_err(|error| {
        let taken = folder.ancestors().find(|path| path.exists() && !path.is_dir());
        match taken {
            Some(file) => messages::file_in_the_way(folder, file),
            None => messages::refused(folder, &error),
        }
    })
}

/// Writes a file whole; says whether anything changed.
fn write_whole(path: &Path, text: &str) -> Result<bool, OutputError> {
    if path.is_file() && std::fs::read(path).is_ok_and(|old| old == text.as_bytes()) {
        return Ok(false);
    }
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let temporary = path.with_file_name(format!(".{name}.{}.part", std::process::id()));
    let result = std::fs::File::create(&temporary)
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .and_then(|()| std::fs::rename(&temporary, path));
    if let Err(error) = result {
        let _ = std::fs::remove_file(&temporary);
        return Err(messages::refused(path, &error));
    }
    Ok(true)
}

fn remove_empty_parent(folder: &Path, file: &str) {
    if let Some(parent) = Path::new(file).parent().filter(|parent| !parent.as_os_str().is_empty()) {
        // Only when nothing is left in it.
        let _ = std::fs::remove_dir(folder.join(parent));
    }
}

/// The way from a folder to a file, with `/`, whatever folder the program runs in.
fn relative(folder: &Path, file: &Path) -> String {
    let absolute = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let (folder, file) = (absolute(folder), absolute(file));
    let from: Vec<Component<'_>> = folder.components().collect();
    let to: Vec<Component<'_>> = file.components().collect();
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let mut way: PathBuf = std::iter::repeat_n("..", from.len() - shared).collect();
    way.extend(&to[shared..]);
    way.to_string_lossy().replace('\\', "/")
}
