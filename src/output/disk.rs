//! Pages go to disk, with a list beside them of what was made.
//!
//! Promised: nothing is written before it is known that every place is free or ours, and an interrupted
//! build leaves a list of all that it may have made.
#![expect(clippy::disallowed_methods, reason = "this stage is where files are written")]

use std::collections::BTreeSet;
use std::path::Path;

use super::manifest::{self, MANIFEST, PlanManifest, TopManifest};
use super::messages;
use super::place::{in_the_way, is_inside, plan_of, refuse_reserved, refuse_strangers, relative};
use super::render::{Page, Renderer, TemplateError};
use super::whole::{remove_leftovers, write_whole};
use crate::view::{PageLook, PlanLink, TopIndex};

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

/// Writes a plan's pages into `out/name`. `file` is the plan's, by which its folder is known again.
///
/// # Errors
/// When the folder belongs to another plan, a file there is somebody's own, or the disk refuses.
pub fn write_plan(out: &Path, name: &str, file: &Path, pages: &[Page]) -> Result<Written, OutputError> {
    refuse_reserved(out, name, file)?;
    let folder = out.join(name);
    make_folder(out, &folder, file)?;
    let plan = relative(&folder, file);
    let old: PlanManifest = manifest::read(&folder)?.unwrap_or_default();
    if !old.plan.is_empty() && old.plan != plan {
        return Err(messages::folder_of_another_plan(&folder, file, &plan_of(&folder, &old)));
    }
    let known: BTreeSet<String> = old.files.into_iter().filter(|file| is_inside(file)).collect();
    let new: BTreeSet<String> = pages.iter().map(|page| page.path.clone()).collect();
    refuse_strangers(out, &folder, Some(file), &known, pages.iter().map(|page| page.path.as_str()))?;
    remove_leftovers(&folder, known.union(&new).map(String::as_str).chain([MANIFEST]));
    // Until the build is done the list names the old files and the new ones: whatever happens on
    // the way, the next build knows what is ours.
    let both = known.union(&new).cloned().collect();
    write_whole(&folder.join(MANIFEST), &manifest::text(&PlanManifest { plan: plan.clone(), files: both }))?;
    let mut done = Written::default();
    for page in pages {
        let path = folder.join(&page.path);
        if let Some(parent) = path.parent() {
            make_folder(out, parent, file)?;
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

/// Whether the list of all plans can be written, asked before anything else is.
///
/// # Errors
/// When a file there is somebody's own, or the list of what was made there is broken.
pub fn check_index(out: &Path) -> Result<(), OutputError> {
    list_of_plans(out).map(|_| ())
}

fn list_of_plans(out: &Path) -> Result<TopManifest, OutputError> {
    let old: TopManifest = manifest::read(out)?.unwrap_or_default();
    let known = old.files.iter().cloned().collect();
    refuse_strangers(out, out, None, &known, ["index.html"])?;
    Ok(old)
}

/// Writes the list of all plans in `out`, those of earlier builds that are still there included.
///
/// # Errors
/// When a file there is somebody's own, or the disk refuses.
pub fn write_index(
    out: &Path,
    renderer: &Renderer,
    built: Vec<PlanLink>,
    page: PageLook,
) -> Result<Written, OutputError> {
    let old = list_of_plans(out)?;
    remove_leftovers(out, ["index.html", MANIFEST]);
    let is_new = |link: &PlanLink| built.iter().any(|new| new.name == link.name);
    let still_there = |link: &PlanLink| is_inside(&link.name) && out.join(&link.name).join(MANIFEST).exists();
    let mut plans: Vec<PlanLink> =
        old.plans.iter().filter(|link| !is_new(link) && still_there(link)).cloned().collect();
    plans.extend(built);
    plans.sort_by(|a, b| a.name.cmp(&b.name));
    let manifest = TopManifest { files: vec!["index.html".to_owned()], plans: plans.clone() };
    let text = renderer.top_index(&TopIndex { plans, page })?;
    write_whole(&out.join(MANIFEST), &manifest::text(&manifest))?;
    let written = write_whole(&out.join("index.html"), &text)?;
    Ok(Written { written: usize::from(written), unchanged: usize::from(!written), removed: 0 })
}

fn make_folder(out: &Path, folder: &Path, plan: &Path) -> Result<(), OutputError> {
    std::fs::create_dir_all(folder).map_err(|error| {
        let taken = folder.ancestors().find(|path| path.exists() && !path.is_dir());
        match taken {
            Some(file) => {
                in_the_way(out, Some(plan), file).unwrap_or_else(|| messages::file_in_the_way(folder, file))
            }
            None => messages::refused(folder, &error),
        }
    })
}

fn remove_empty_parent(folder: &Path, file: &str) {
    if let Some(parent) = Path::new(file).parent().filter(|parent| !parent.as_os_str().is_empty()) {
        // Only when nothing is left in it.
        let _ = std::fs::remove_dir(folder.join(parent));
    }
}
