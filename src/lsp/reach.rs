//! A name in all plans of the workspace in which it is the same: those that read a file in which it stands.
//!
//! What comes in is a name in one plan. Where it stands in a file that another plan reads, it has a meaning there, and
//! everything of that meaning belongs to it, in whatever files; and so on from plan to plan. Each place is looked up
//! once in each plan, and each plan is compiled once.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::names::{Name, Names, Occurrence};
use super::project::{Place, Project, location};
use super::protocol::Location;
use super::workspace::Workspace;
use crate::source::{SourceId, Span};

/// A name in each plan that has it.
pub(super) struct Reach<'a> {
    place: &'a Place<'a>,
    /// The plan at hand, then the others.
    readers: Vec<Reader<'a>>,
}

/// A plan that reads one of the files, and the names in it that are meant.
pub(super) struct Reader<'a> {
    project: Held<'a>,
    names: Names,
    meant: Vec<Name>,
    /// By file: the source in which its names stand.
    sources: HashMap<PathBuf, SourceId>,
}

enum Held<'a> {
    /// The plan at hand.
    Own(&'a Project),
    Other(Box<Project>),
}

/// Bytes of a file, which is a number in a list.
type Spot = (usize, usize, usize);

/// What has been found so far.
struct Search<'a> {
    reach: Reach<'a>,
    workspace: Workspace,
    files: Vec<PathBuf>,
    numbers: HashMap<PathBuf, usize>,
    spots: BTreeSet<Spot>,
    /// Those that no plan has been asked about.
    open: Vec<Spot>,
    /// By file: whether the plans that read it are there.
    read: HashSet<usize>,
}

impl<'a> Reach<'a> {
    /// Follows a name of the plan at hand.
    pub(super) fn of(place: &'a Place<'a>, name: &Name) -> Self {
        let own = place.project;
        let file = own.sources.file(own.part_source(place.part)).unwrap_or(Path::new(""));
        let mut search = Search {
            reach: Self { place, readers: vec![Reader::new(Held::Own(own))] },
            workspace: Workspace::search(file, place.folders, place.documents),
            files: Vec::new(),
            numbers: HashMap::new(),
            spots: BTreeSet::new(),
            open: Vec::new(),
            read: HashSet::new(),
        };
        search.mean(0, name.clone());
        while let Some(spot) = search.open.pop() {
            search.load_readers(spot.0);
            (0..search.reach.readers.len()).for_each(|reader| search.look_up(reader, spot));
        }
        search.reach.readers.retain(|reader| !reader.meant.is_empty());
        search.reach
    }

    /// The plans that have the name, that at hand before the others.
    pub(super) fn readers(&self) -> &[Reader<'a>] {
        &self.readers
    }

    /// All places that are `wanted`, each once.
    pub(super) fn locations(&self, wanted: impl Fn(&Occurrence) -> bool) -> Vec<Location> {
        let mut seen = HashSet::new();
        let mut found = Vec::new();
        for reader in &self.readers {
            for one in reader.places().filter(|one| wanted(one)) {
                let file = reader.project().sources.file(one.span.source);
                if seen.insert((file, one.span.range())) {
                    let (documents, encoding) = (self.place.documents, self.place.encoding);
                    found.extend(location(reader.project(), documents, encoding, one.span));
                }
            }
        }
        found
    }
}

impl<'a> Reader<'a> {
    fn new(project: Held<'a>) -> Self {
        let held = match &project {
            Held::Own(project) => project,
            Held::Other(project) => &**project,
        };
        let names = Names::of(held);
        let mut sources = HashMap::new();
        for (id, _) in held.sources.iter() {
            if let Some(file) = held.sources.file(id) {
                sources.entry(file.to_path_buf()).or_insert(id);
            }
        }
        Self { project, names, meant: Vec::new(), sources }
    }

    pub(super) fn project(&self) -> &Project {
        match &self.project {
            Held::Own(project) => project,
            Held::Other(project) => project,
        }
    }

    /// What the name is called here.
    pub(super) fn meant(&self) -> &[Name] {
        &self.meant
    }

    /// Where it stands here.
    pub(super) fn places(&self) -> impl Iterator<Item = &Occurrence> {
        self.meant.iter().flat_map(|name| self.names.places(name))
    }
}

impl Search<'_> {
    /// A name of a plan belongs to it, with all places at which it stands there.
    fn mean(&mut self, reader: usize, name: Name) {
        let reader = &mut self.reach.readers[reader];
        if reader.meant.contains(&name) {
            return;
        }
        for one in reader.names.places(&name) {
            let Some(file) = reader.project().sources.file(one.span.source) else { continue };
            let number = self.numbers.get(file).copied().unwrap_or_else(|| {
                self.files.push(file.to_path_buf());
                self.numbers.insert(file.to_path_buf(), self.files.len() - 1);
                self.files.len() - 1
            });
            let spot = (number, one.span.start(), one.span.end());
            if self.spots.insert(spot) {
                self.open.push(spot);
            }
        }
        reader.meant.push(name);
    }

    /// What stands at a place means the name in this plan too.
    fn look_up(&mut self, reader: usize, (file, start, end): Spot) {
        let there = &self.reach.readers[reader];
        let source = there.sources.get(&self.files[file]);
        let here = source.and_then(|source| there.names.exactly(Span::new(*source, start..end)));
        if let Some(name) = here.map(|here| here.name.clone()) {
            self.mean(reader, name);
        }
    }

    /// Compiles the plans that read a file, but for those that stand in one that is there. They are asked about what
    /// was found before.
    fn load_readers(&mut self, file: usize) {
        if !self.read.insert(file) {
            return;
        }
        let first = self.reach.readers.len();
        for root in self.workspace.readers(&self.files[file]) {
            if self.reach.readers.iter().any(|reader| reader.project().part_in(root).is_some()) {
                continue;
            }
            let compiled = Project::compile(root, self.reach.place.documents, None);
            let other = compiled.filter(Project::is_plan).map(Box::new).map(Held::Other);
            self.reach.readers.extend(other.map(Reader::new));
        }
        if first < self.reach.readers.len() {
            let known: Vec<Spot> = self.spots.iter().copied().collect();
            let new = first..self.reach.readers.len();
            new.for_each(|reader| known.iter().for_each(|spot| self.look_up(reader, *spot)));
        }
    }
}
