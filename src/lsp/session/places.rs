//! What requests are about: the plan that a text stands in, as it is or as it was a few keys ago, and the plan that reads a
//! file of people.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Fault, Session};
use crate::document::PartId;
use crate::lsp::client::Client;
use crate::lsp::documents::{Documents, Open};
use crate::lsp::keys::front_matter;
use crate::lsp::position::Encoding;
use crate::lsp::project::{Place, Project};
use crate::lsp::protocol::Position;
use crate::lsp::recent::typed_at;
use crate::lsp::wire::code;
use crate::lsp::workspace::Workspace;
use crate::source::{Source, is_yaml};

impl Session {
    pub(in crate::lsp) fn client(&self) -> Client {
        self.client
    }

    pub(in crate::lsp) fn documents(&self) -> &Documents {
        &self.documents
    }

    pub(in crate::lsp) fn encoding(&self) -> Encoding {
        self.client.encoding
    }

    /// The plan that an open text stands in, and its part there; nothing for what is no plan.
    pub(in crate::lsp) fn place(&mut self, uri: &str) -> Result<Option<Place<'_>>, Fault> {
        Ok(self.meant_place(uri)?.filter(|place| place.project.is_plan()))
    }

    /// The same, also of what is no plan as yet and can only be meant as one.
    pub(in crate::lsp) fn meant_place(&mut self, uri: &str) -> Result<Option<Place<'_>>, Fault> {
        let (root, file) = self.files(uri)?;
        // No YAML is a plan, whatever it looks like.
        if is_yaml(&file) {
            return Ok(None);
        }
        let project = self.compiled(&root).filter(|one| one.is_plan() || one.is_meant_as_plan());
        let part = project.and_then(|project| project.part_in(&file));
        let project = self.projects.get(&root).and_then(Option::as_ref);
        Ok(project.zip(part).map(|(project, part)| self.place_in(project, part)))
    }

    /// The same as it was a few keys ago, when only the line at `at` has changed since; with the text as it is
    /// now, and the byte at which it has changed. Nothing where that is not so.
    pub(in crate::lsp) fn recent_place(
        &mut self,
        uri: &str,
        at: Position,
    ) -> Option<(Place<'_>, Source, usize)> {
        let open = self.documents.get(uri)?;
        let root = self.roots.get(&open.file)?;
        if self.projects.contains_key(root) || self.roots.may_be_elsewhere(&open.file) {
            return None;
        }
        let project = self.recent.get(root).filter(|project| project.is_plan())?;
        let part = project.part_in(&open.file)?;
        let now = Source::new("", Arc::clone(&open.text));
        let cursor = self.encoding().offset(&now, at);
        let own = project.part_source(part);
        let changed = typed_at(&project.sources.get(own).text, &now.text, cursor)?;
        // Of a new line it is not known yet where it stands.
        if !project.knows_line(part, changed, &now.text) && front_matter(&now.text, cursor).is_none() {
            return None;
        }
        let others = self.documents.iter().filter(|(_, other)| other.file != open.file);
        let same = |(_, other): (&str, &Open)| {
            let known = project.source_of(&other.file);
            known.is_none_or(|known| {
                project.sources.get(known).text == Source::new("", Arc::clone(&other.text)).text
            })
        };
        if !others.into_iter().all(same) {
            return None;
        }
        Some((self.place_in(project, part), now, changed))
    }

    fn place_in<'a>(&'a self, project: &'a Project, part: PartId) -> Place<'a> {
        let (documents, folders) = (&self.documents, &self.folders);
        Place { project, part, documents, folders, encoding: self.encoding() }
    }

    /// The plan that an open text stands in, and its own file.
    pub(in crate::lsp) fn files(&mut self, uri: &str) -> Result<(PathBuf, PathBuf), Fault> {
        let Some(open) = self.documents.get(uri) else {
            return Err(Fault { code: code::WRONG_PARAMS, message: format!("`{uri}` is not open") });
        };
        let file = open.file.clone();
        self.settle();
        Ok((self.root(&file), file))
    }

    /// A file of people that is open: its text, and the first plan that reads it, which may be that of a few keys ago.
    pub(in crate::lsp) fn roster(&mut self, uri: &str) -> Option<(Place<'_>, Source)> {
        let open = self.documents.get(uri).filter(|open| is_yaml(&open.file))?;
        let (file, now) = (open.file.clone(), Source::new("", Arc::clone(&open.text)));
        let reader = self.reader_of(&file)?;
        let project =
            self.projects.get(&reader).and_then(Option::as_ref).or_else(|| self.recent.get(&reader))?;
        Some((self.place_in(project, PartId::ROOT), now))
    }

    /// Where none of the plans at hand reads it, the workspace is searched, once until files are opened or saved.
    fn reader_of(&mut self, file: &Path) -> Option<PathBuf> {
        let now = self.projects.iter().filter_map(|(root, project)| Some((root, project.as_ref()?)));
        let known = now.chain(&self.recent).filter(|(_, project)| project.source_of(file).is_some());
        if let Some(known) = known.map(|(root, _)| root).min() {
            return Some(known.clone());
        }
        if let Some(known) = self.readers.get(file) {
            return known.clone();
        }
        let workspace = Workspace::search(file, &self.folders, &self.documents);
        let reader = workspace.readers(file).into_iter().find(|plan| *plan != file).map(Path::to_path_buf);
        let read = |project: &Project| project.source_of(file).is_some();
        let reader = reader.filter(|reader| self.compiled(reader).is_some_and(read));
        self.readers.insert(file.to_path_buf(), reader.clone());
        reader
    }
}
