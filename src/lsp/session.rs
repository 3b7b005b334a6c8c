//! One editor from `initialize` to `exit`: which texts it holds, and the plans they stand in.
//!
//! A plan is compiled when somebody asks about it or its mistakes are to be shown, once for each state of the texts that
//! it reads.

mod places;

use std::collections::{BTreeSet, HashMap};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::beside::Compare;
use super::client::Client;
use super::diagnostics::Files;
use super::documents::Documents;
use super::editor::Editor;
use super::project::{Project, root_of};
use super::protocol::{Changed, InDocument, Initialize, Opened};
use super::roots::{Leads, Roots};
use super::shown::Shown;
use super::wire::code;
use super::{Goodbye, beside, client, clock, diagnostics, requests};
use crate::source::is_yaml;

/// A plan that is compiled in so short a time is compiled after each key; others when nothing has come in for as
/// long as they take, or for the longest pause.
const AT_ONCE: Duration = Duration::from_millis(50);
const SHORTEST_QUIET: Duration = Duration::from_millis(1);
const LONGEST_QUIET: Duration = Duration::from_millis(500);

/// What comes of a message.
pub(super) enum Then {
    Reply(Value),
    Nothing,
    End(Goodbye),
}

/// Why a request has no answer.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) code: i64,
    pub(super) message: String,
}

/// How far it has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Stage {
    #[default]
    Before,
    Open,
    ShutDown,
}

#[derive(Default)]
pub(super) struct Session {
    stage: Stage,
    client: Client,
    pub(super) editor: Editor,
    folders: Vec<PathBuf>,
    documents: Documents,
    roots: Roots,
    /// By file: the plans that are compiled from the present texts.
    projects: HashMap<PathBuf, Option<Project>>,
    /// By file of people: a plan that reads it, where one was looked for.
    readers: HashMap<PathBuf, Option<PathBuf>>,
    /// By file: the plans as they were before the last keys.
    recent: HashMap<PathBuf, Project>,
    /// A plan that nobody asks about any more.
    past: Option<Project>,
    /// How long the last plan took to compile.
    took: Duration,
    /// What is said of several plans together.
    beside: Files,
    compare: Compare,
    /// Whether mistakes may have changed since they were shown.
    has_news: bool,
    shown: Shown,
}

impl Session {
    /// With an editor of which the number of its process may be known already.
    pub(super) fn new(process: Option<u32>) -> Self {
        let editor = process.map(|process| Editor::of(process.into())).unwrap_or_default();
        Self { editor, ..Self::default() }
    }

    pub(super) fn has_news(&self) -> bool {
        self.has_news
    }

    /// How long to wait for more keys before mistakes are shown. A small plan is compiled between two keys; a large
    /// one waits until somebody pauses, so that no key waits for it.
    pub(super) fn quiet(&self) -> Duration {
        if self.took <= AT_ONCE { SHORTEST_QUIET } else { self.took.min(LONGEST_QUIET) }
    }

    pub(super) fn request(&mut self, method: &str, params: Value) -> Result<Value, Fault> {
        match (self.stage, method) {
            (Stage::Before, "initialize") => Ok(self.initialize(understood(params)?)),
            (Stage::Before, _) => Err(Fault {
                code: code::NOT_INITIALIZED,
                message: format!("`{method}` came before `initialize`"),
            }),
            (Stage::ShutDown, _) => {
                Err(Fault { code: code::NO_REQUEST, message: format!("`{method}` came after `shutdown`") })
            }
            (Stage::Open, "initialize") => {
                Err(Fault { code: code::NO_REQUEST, message: "`initialize` came twice".to_owned() })
            }
            (Stage::Open, "shutdown") => {
                self.stage = Stage::ShutDown;
                Ok(Value::Null)
            }
            (Stage::Open, _) => requests::answer(self, method, params),
        }
    }

    pub(super) fn notification(&mut self, method: &str, params: Value) -> Then {
        match (self.stage, method) {
            (Stage::ShutDown, "exit") => return Then::End(Goodbye::Said),
            (_, "exit") => return Then::End(Goodbye::Missing),
            (Stage::Open, _) => {}
            _ => return Then::Nothing,
        }
        match method {
            "initialized" => return self.client.watch().map_or(Then::Nothing, Then::Reply),
            "textDocument/didOpen" => {
                if let Ok(Opened { text_document }) = serde_json::from_value(params) {
                    self.shown.touch(&text_document.uri);
                    self.documents.open(text_document);
                    self.forget_roots();
                }
            }
            "textDocument/didChange" => {
                if let Ok(Changed { text_document, content_changes }) = serde_json::from_value(params) {
                    let file = self.documents.change(&text_document, content_changes, self.encoding());
                    if let Some(file) = file {
                        self.shown.touch(&text_document.uri);
                        self.outdate(file);
                    }
                }
            }
            "textDocument/didClose" => {
                let closed = serde_json::from_value(params);
                if closed.is_ok_and(|closed: InDocument| self.documents.close(&closed.text_document.uri)) {
                    self.forget_roots();
                }
            }
            "textDocument/didSave" => {
                if let Ok(InDocument { text_document }) = serde_json::from_value(params) {
                    self.shown.touch(&text_document.uri);
                }
                self.forget_roots();
            }
            "workspace/didChangeWatchedFiles" => self.forget_roots(),
            _ => {}
        }
        Then::Nothing
    }

    /// The mistakes of every file that they may have changed in, as messages.
    pub(super) fn news(&mut self) -> Vec<Value> {
        self.has_news = false;
        self.settle();
        let roots = self.open_roots();
        roots.iter().for_each(|root| self.compile(root));
        if self.compare == Compare::AtOnce {
            self.compare_plans(&roots);
        }
        let compiled = roots.iter().filter_map(|root| self.projects.get(root)?.as_ref());
        let mut files = diagnostics::of_all(compiled, &self.documents, self.encoding());
        for (uri, said) in &self.beside {
            files.entry(uri.clone()).or_default().extend_from_slice(said);
        }
        if !self.client.related {
            files.values_mut().flatten().for_each(|one| one.related_information.clear());
        }
        let version = |uri: &str| self.documents.get(uri)?.version.filter(|_| self.client.versions);
        self.shown.news(files, version)
    }

    /// Whether nothing is left to [`tidy`](Self::tidy).
    pub(super) fn is_tidy(&self) -> bool {
        self.past.is_none() && self.compare == Compare::Done
    }

    /// What nobody shall wait for: gives back the room of a plan that nobody asks about any more, which takes a tenth of
    /// the time of making one, and compares open plans.
    pub(super) fn tidy(&mut self) {
        self.past = None;
        if self.compare == Compare::InPause {
            let roots = self.open_roots();
            self.has_news |= self.compare_plans(&roots);
        }
    }

    /// Looks for what is to be said of these plans together, and says whether that is something else than before.
    fn compare_plans(&mut self, roots: &BTreeSet<PathBuf>) -> bool {
        self.compare = Compare::Done;
        let beside = beside::by_file(&self.plans(roots), &self.folders, &self.documents, self.encoding());
        let is_other = beside != self.beside;
        self.beside = beside;
        is_other
    }

    /// Those that are plans, compiled.
    fn plans<'a>(&'a self, roots: &'a BTreeSet<PathBuf>) -> Vec<(&'a Path, &'a Project)> {
        let compiled = |root: &'a PathBuf| Some((root.as_path(), self.projects.get(root)?.as_ref()?));
        roots.iter().filter_map(compiled).filter(|(_, project)| project.is_plan()).collect()
    }

    /// After something has gone wrong inside nothing is taken for known.
    pub(super) fn forget_projects(&mut self) {
        self.projects.clear();
        self.recent.clear();
        self.compare = Compare::AtOnce;
        self.has_news = true;
    }

    /// A text has changed: what was compiled from it is no longer true, but good enough to choose names from.
    fn outdate(&mut self, file: PathBuf) {
        for (root, project) in std::mem::take(&mut self.projects) {
            match project {
                Some(project) if project.source_of(&file).is_some() => {
                    self.recent.insert(root, project);
                }
                Some(project) => {
                    self.projects.insert(root, Some(project));
                }
                None => {}
            }
        }
        self.roots.has_changed(file);
        if self.compare == Compare::Done {
            self.compare = Compare::InPause;
        }
        self.has_news = true;
    }

    fn forget_roots(&mut self) {
        self.roots.clear();
        self.readers.clear();
        self.forget_projects();
    }

    fn root(&mut self, file: &Path) -> PathBuf {
        if let Some(known) = self.roots.get(file) {
            return known.clone();
        }
        let mut root = root_of(file, &self.folders, &self.documents);
        // Links may be followed on the way to a plan that in the end does not hold the file.
        if self.compiled(&root).is_none_or(|project| project.part_in(file).is_none()) {
            root = file.to_path_buf();
        }
        let leads = Leads::of(self.compiled(&root), file);
        self.roots.insert(file, root.clone(), leads);
        root
    }

    /// The plans that the open texts stand in.
    fn open_roots(&mut self) -> BTreeSet<PathBuf> {
        let texts = self.documents.iter().map(|(_, open)| &open.file).filter(|file| !is_yaml(file));
        let open: Vec<PathBuf> = texts.cloned().collect();
        open.iter().map(|file| self.root(file)).collect()
    }

    /// Finds out anew which plan each file stands in, where a text that has changed leads elsewhere than before.
    fn settle(&mut self) {
        let mut leads_elsewhere = false;
        for (file, before) in self.roots.take_changed() {
            let root = self.root(&file);
            let leads = Leads::of(self.compiled(&root), &file);
            leads_elsewhere |= before.as_ref() != Some(&leads);
            self.roots.now_leads(file, leads);
        }
        if leads_elsewhere {
            self.roots.clear();
            let roots = self.open_roots();
            self.projects.retain(|root, _| roots.contains(root));
            self.recent.retain(|root, _| roots.contains(root));
        }
    }

    fn compiled(&mut self, root: &Path) -> Option<&Project> {
        self.compile(root);
        self.projects.get(root).and_then(Option::as_ref)
    }

    fn compile(&mut self, root: &Path) {
        if !self.projects.contains_key(root) {
            // Should we make a mistake, the plan is lost and not the session.
            let began = clock();
            self.past = self.recent.remove(root);
            let earlier = self.past.as_mut().and_then(Project::take_earlier);
            let compiled =
                catch_unwind(AssertUnwindSafe(|| Project::compile(root, &self.documents, earlier)));
            self.took = clock().duration_since(began);
            let project = compiled.unwrap_or_default();
            self.projects.insert(root.to_path_buf(), project);
        }
    }

    // The beginning.

    fn initialize(&mut self, params: Initialize) -> Value {
        self.stage = Stage::Open;
        self.client = Client::of(&params.capabilities);
        self.folders = client::folders(&params);
        if let Some(process) = params.process_id.as_u64() {
            self.editor = Editor::of(process);
        }
        self.client.offer()
    }
}

/// The parameters of a request, or what is wrong with them.
pub(super) fn understood<T: DeserializeOwned>(params: Value) -> Result<T, Fault> {
    serde_json::from_value(params)
        .map_err(|error| Fault { code: code::WRONG_PARAMS, message: format!("wrong parameters: {error}") })
}
