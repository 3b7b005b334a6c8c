//! Pages go to disk, with a list beside them of what was made.
//!
//! Promised: nothing is written before it is known that every place is free or ours, and an interrupted
//! build leaves a list of all that it may have made.
#![expect(clippy::disallowed_methods, reason = "this stage is where files are written")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::manifest::{self, MANIFEST, PlanManifest, TopManifest};
use super::messages;
use super::pdf::{PACK, Pdf, page_of, pdfs_of};
use super::place::{
    in_the_way, is_inside, is_of, plan_of, refuse_links, refuse_reserved, refuse_strangers, relative,
};
use super::render::{Page, Renderer};
use super::template_error::TemplateError;
use super::turn::Turn;
use super::whole::{remove_leftovers, write_whole};
use crate::cores::on_all_cores;
use crate::view::{PageLook, PlanLink, PlanPages, TopIndex, page_address};

/// What a build did to a folder.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// Files written.
    pub written: usize,
    /// Files that were the same already.
    pub unchanged: usize,
    /// Files removed.
    pub removed: usize,
    /// PDFs removed because their pages have changed.
    pub outdated: usize,
}

/// Whether the pages are to be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prints {
    /// PDFs will be written beside them.
    Asked,
    /// No.
    Unasked,
}

/// Why pages could not be written: a sentence for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputError {
    /// The sentence.
    pub message: String,
    /// A way out.
    pub help: String,
}

/// The folder of a plan's pages: it is ours, and so is every place in it where a page will lie.
#[derive(Debug)]
pub struct PlanFolder {
    folder: PathBuf,
    /// The file of the plan, from the folder.
    plan: String,
    /// What an earlier build made.
    known: BTreeSet<String>,
    new: BTreeSet<String>,
    _turn: Turn,
}

impl PlanFolder {
    /// Looks whether all `pages` (paths in `out/name`) can be written, and makes the folders they need. Other builds
    /// of the folder wait until it is finished.
    /// `file` is the plan's, by which its folder is known again.
    ///
    /// # Errors
    /// When the folder belongs to another plan, a file there is somebody's own, or the disk refuses.
    pub fn claim(
        out: &Path,
        name: &str,
        file: &Path,
        pages: Vec<String>,
        prints: Prints,
    ) -> Result<Self, OutputError> {
        refuse_reserved(out, name, file)?;
        let folder = out.join(name);
        refuse_links(out, &folder, pages.iter().map(String::as_str))?;
        make_folder(out, &folder, file)?;
        let turn = Turn::wait(&folder);
        let plan = relative(&folder, file);
        let old: PlanManifest = manifest::read(&folder)?.unwrap_or_default();
        if !is_of(&folder, &old.plan, file, &plan) {
            return Err(messages::folder_of_another_plan(&folder, file, &plan_of(&folder, &old)));
        }
        let known: BTreeSet<String> = old.files.into_iter().filter(|file| is_inside(file)).collect();
        refuse_links(out, &folder, known.iter().map(String::as_str))?;
        let pdfs = if prints == Prints::Asked { pdfs_of(&pages) } else { Vec::new() };
        let new: BTreeSet<String> = pages.into_iter().collect();
        refuse_strangers(out, &folder, Some(file), &known, new.iter().chain(&pdfs).map(String::as_str))?;
        remove_leftovers(&folder, known.union(&new).map(String::as_str).chain([MANIFEST]));
        // Until the build is done the list names the old files and the new ones: whatever happens on
        // the way, the next build knows what is ours.
        let both = known.union(&new).cloned().collect();
        write_whole(
            &folder.join(MANIFEST),
            manifest::text(&PlanManifest { plan: plan.clone(), files: both }),
        )?;
        let parents: BTreeSet<&Path> = new.iter().filter_map(|page| Path::new(page).parent()).collect();
        for parent in parents {
            make_folder(out, &folder.join(parent), file)?;
        }
        Ok(Self { folder, plan, known, new, _turn: turn })
    }

    /// Writes one of its pages, by its path; says whether anything changed. Several threads may do that at once.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn write(&self, page: &str, text: &[u8]) -> Result<bool, OutputError> {
        write_whole(&self.folder.join(page), text)
    }

    /// Removes what is no longer made, and writes the list of what is there; `unchanged` are the pages that
    /// were the same already.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn finish(self, unchanged: &BTreeSet<String>) -> Result<Written, OutputError> {
        let Self { folder, plan, known, new, _turn } = self;
        let mut done = Written { unchanged: unchanged.len(), ..Written::default() };
        done.written = new.len() - done.unchanged;
        let is_current = |file: &&String| is_current_pdf(file, &known, &new, unchanged);
        let kept: BTreeSet<String> = known.difference(&new).filter(is_current).cloned().collect();
        for gone in known.difference(&new).filter(|file| !kept.contains(*file)) {
            let is_gone = std::fs::remove_file(folder.join(gone)).is_ok();
            match gone.ends_with(".pdf") {
                true => done.outdated += usize::from(is_gone),
                false => done.removed += usize::from(is_gone),
            }
            remove_empty_parent(&folder, gone);
        }
        // What could not be removed, or another build has made that did not wait for its turn, is still there: the
        // next one has to know that it is ours.
        let now: PlanManifest = manifest::read(&folder)?.unwrap_or_default();
        let listed: BTreeSet<String> = now.files.into_iter().chain(known).collect();
        let is_left = |file: &String| {
            let is_ours = is_inside(file) && !new.contains(file) && !kept.contains(file);
            is_ours && folder.join(file).symlink_metadata().is_ok()
        };
        let left: Vec<String> = listed.into_iter().filter(is_left).collect();
        let files = new.into_iter().chain(kept).chain(left).collect();
        write_whole(&folder.join(MANIFEST), manifest::text(&PlanManifest { plan, files }))?;
        Ok(done)
    }
}

/// Makes a plan's pages and writes them into `out/name`, each as soon as it is made. `file` is the plan's, by which
/// its folder is known again. Templates of somebody's own have to make all pages before one is written.
///
/// # Errors
/// Of templates, in the inner answer, or of the folder.
pub fn write_made(
    out: &Path,
    name: &str,
    file: &Path,
    (renderer, pages): (&Renderer, &PlanPages<'_>),
    prints: Prints,
) -> Result<Result<Written, OutputError>, Vec<TemplateError>> {
    let claimed = OnceLock::new();
    let claim = || PlanFolder::claim(out, name, file, Renderer::paths(pages), prints);
    let written = renderer.each(pages, |_| false, || (), &|page: &str, text: &[u8]| {
        let folder = claimed.get_or_init(claim).as_ref().map_err(OutputError::clone)?;
        Ok((folder.write(page, text)?, page.to_owned()))
    })?;
    Ok(all_written(claimed.into_inner().unwrap_or_else(claim), written))
}

/// Writes a plan's pages that are made already.
///
/// # Errors
/// When the folder belongs to another plan, a file there is somebody's own, or the disk refuses.
pub fn write_plan(
    out: &Path,
    name: &str,
    file: &Path,
    pages: &[Page],
    prints: Prints,
) -> Result<Written, OutputError> {
    let paths = pages.iter().map(|page| page.path.clone()).collect();
    let folder = PlanFolder::claim(out, name, file, paths, prints)?;
    let written =
        on_all_cores(pages, |page| Ok((folder.write(&page.path, page.text.as_bytes())?, page.path.clone())));
    all_written(Ok(folder), written)
}

/// The end of it; of what the disk refused the first counts.
fn all_written(
    folder: Result<PlanFolder, OutputError>,
    written: Vec<Result<(bool, String), OutputError>>,
) -> Result<Written, OutputError> {
    let folder = folder?;
    let written: Vec<(bool, String)> = written.into_iter().collect::<Result<_, _>>()?;
    folder.finish(&written.into_iter().filter(|(is_new, _)| !is_new).map(|(_, path)| path).collect())
}

/// Whether a file of an earlier build is a PDF of what the pages still say.
fn is_current_pdf(
    file: &str,
    known: &BTreeSet<String>,
    new: &BTreeSet<String>,
    unchanged: &BTreeSet<String>,
) -> bool {
    let is_page = |path: &&String| path.ends_with(".html");
    match page_of(file) {
        Some(page) => unchanged.contains(&page),
        // The pack is of all pages, and of no others.
        None if file == PACK => {
            let pages = known.iter().filter(is_page);
            pages.eq(new.iter().filter(is_page))
                && new.iter().filter(is_page).all(|page| unchanged.contains(page))
        }
        None => false,
    }
}

/// Writes the PDFs of a plan beside its pages.
///
/// # Errors
/// When a file there is somebody's own, or the disk refuses.
pub fn write_pdfs(out: &Path, name: &str, pdfs: &[Pdf]) -> Result<Written, OutputError> {
    let folder = out.join(name);
    let _turn = Turn::wait(&folder);
    let old: PlanManifest = manifest::read(&folder)?.unwrap_or_default();
    let known: BTreeSet<String> = old.files.into_iter().filter(|file| is_inside(file)).collect();
    let new: BTreeSet<String> = pdfs.iter().map(|pdf| pdf.path.clone()).collect();
    refuse_links(out, &folder, new.iter().map(String::as_str))?;
    refuse_strangers(out, &folder, None, &known, new.iter().map(String::as_str))?;
    remove_leftovers(&folder, new.iter().map(String::as_str));
    let files = known.union(&new).cloned().collect();
    write_whole(&folder.join(MANIFEST), manifest::text(&PlanManifest { plan: old.plan, files }))?;
    let mut done = Written::default();
    for pdf in pdfs {
        match write_whole(&folder.join(&pdf.path), &pdf.bytes)? {
            true => done.written += 1,
            false => done.unchanged += 1,
        }
    }
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

/// The plans that the list in `out` has to name: those that were built, and those of earlier builds that
/// are still there.
///
/// # Errors
/// When a file there is somebody's own, or the list of what was made there is broken.
pub fn listed(out: &Path, built: Vec<PlanLink>, page: PageLook) -> Result<TopIndex, OutputError> {
    let old = list_of_plans(out)?;
    let is_new = |link: &PlanLink| built.iter().any(|new| new.name == link.name);
    let still_there = |link: &PlanLink| is_inside(&link.name) && out.join(&link.name).join(MANIFEST).exists();
    let kept = old.plans.iter().filter(|link| !is_new(link) && still_there(link));
    // Whoever wrote the list: it leads to the folders of pages and nowhere else.
    let mut plans: Vec<PlanLink> =
        kept.map(|link| PlanLink { link: page_address(&link.name), ..link.clone() }).collect();
    plans.extend(built);
    plans.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(TopIndex { plans, page })
}

/// Writes the list of all plans in `out`, and the page that shows it.
///
/// # Errors
/// When the disk refuses.
pub fn write_index(out: &Path, index: TopIndex, page: &str) -> Result<Written, OutputError> {
    remove_leftovers(out, ["index.html", MANIFEST]);
    let manifest = TopManifest { files: vec!["index.html".to_owned()], plans: index.plans };
    write_whole(&out.join(MANIFEST), manifest::text(&manifest))?;
    let written = write_whole(&out.join("index.html"), page)?;
    Ok(Written { written: usize::from(written), unchanged: usize::from(!written), ..Written::default() })
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
