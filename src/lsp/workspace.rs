//! Which plans of the workspace read a file.
//!
//! Looked through is what `tminus check` looks through in the folders of the workspace, each text as the editor holds
//! it. Every file is parsed once, and none is compiled: a link that a plan may not follow counts here all the same.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::documents::Documents;
use crate::document::{Document, PartId};
use crate::plan::Header;
use crate::source::{SourceId, Sources, find_candidates, real_path};

/// The plans, each of which is a file.
pub(super) struct Workspace {
    /// In order of their paths, with the files to which each leads by itself.
    plans: Vec<(PathBuf, Vec<PathBuf>)>,
}

impl Workspace {
    /// Looks for plans in the folders, among the texts that are open, and beside `file` where that lies in no folder.
    pub(super) fn search(file: &Path, folders: &[PathBuf], documents: &Documents) -> Self {
        let mut sources = Sources::over(documents.texts());
        let (found, _) = find_candidates(&outermost(folders), Path::new(""));
        let mut paths: Vec<PathBuf> = found.into_iter().map(|one| one.path).collect();
        if !folders.iter().any(|folder| file.starts_with(folder)) {
            let names = Sources::plan_files_beside(file);
            paths.extend(names.into_iter().map(|name| file.with_file_name(name)));
        }
        paths.extend(documents.iter().map(|(_, open)| open.file.clone()));
        paths.sort();
        let mut known = HashSet::new();
        let mut plans = Vec::new();
        for path in paths {
            let Ok(source) = sources.read(&path) else { continue };
            let file = sources.file(source).map(Path::to_path_buf);
            let Some(file) = file.filter(|file| known.insert(file.clone())) else { continue };
            let folder = folders.iter().find(|folder| path.starts_with(folder));
            let within = folder.map(PathBuf::as_path).or(path.parent()).unwrap_or(Path::new(""));
            plans.extend(read_by(source, within, &mut sources).map(|files| (file, files)));
        }
        Self { plans }
    }

    /// The plans that read a file, and the file itself where it is one: those in which others stand come before them.
    pub(super) fn readers(&self, file: &Path) -> Vec<&Path> {
        let mut around: HashMap<&Path, Vec<usize>> = HashMap::new();
        for (index, (_, files)) in self.plans.iter().enumerate() {
            files.iter().for_each(|file| around.entry(file).or_default().push(index));
        }
        let own = self.plans.iter().position(|(plan, _)| plan == file);
        let mut found: Vec<usize> = own.into_iter().collect();
        let mut seen: HashSet<usize> = found.iter().copied().collect();
        let mut open = vec![file];
        while let Some(file) = open.pop() {
            for &plan in around.get(file).into_iter().flatten() {
                if seen.insert(plan) {
                    found.push(plan);
                    open.push(&self.plans[plan].0);
                }
            }
        }
        found.sort_by_key(|plan| (around.contains_key(self.plans[*plan].0.as_path()), *plan));
        found.into_iter().map(|plan| self.plans[plan].0.as_path()).collect()
    }
}

/// The folders without those that lie in another.
fn outermost(folders: &[PathBuf]) -> Vec<PathBuf> {
    let mut folders = folders.to_vec();
    folders.sort();
    folders.dedup_by(|inner, outer| inner.starts_with(outer));
    folders
}

/// The files below `within` that a plan links to, and that of its people; nothing for what is no plan.
fn read_by(source: SourceId, within: &Path, sources: &mut Sources) -> Option<Vec<PathBuf>> {
    let document = Document::parse(source, sources, &mut Vec::new());
    if !document.is_plan() {
        return None;
    }
    let folder = sources.folder(source);
    let people = Header::roster_file(&document.part(PartId::ROOT).front).map(|(path, _)| folder.join(path));
    let mut files: Vec<PathBuf> = people.iter().map(|path| real_path(path)).collect();
    files.extend(crate::files_of(&document, within, sources));
    Some(files)
}
