//! A plan with everything that stands in it, compiled from what the editor holds.
//!
//! A file is looked at as a part of the plan that links to it, so that its people and variables are known. Promised:
//! what is asked of a file that is no plan, or stands in none, has no answer, and that is no mistake.

use std::collections::HashMap;
use std::ops::Range as Bytes;
use std::path::{Path, PathBuf};

use super::documents::Documents;
use super::position::Encoding;
use super::protocol::{Location, Position, Range, TextEdit, WorkspaceEdit};
use crate::document::{Earlier, PartId};
use crate::plan::{Node, NodeId};
use crate::source::{Source, SourceId, Sources, Span, real_path};
use crate::{Compiled, Options};

/// So many files of a folder are looked at for one that links to another.
const MOST_NEIGHBOURS: usize = 200;

/// A compiled plan.
pub(super) struct Project {
    pub(super) compiled: Compiled,
    pub(super) sources: Sources,
    pub(super) source: SourceId,
    /// By source: the first one of the same file.
    originals: Vec<SourceId>,
}

impl Project {
    /// Compiles the plan in a file; nothing when it can't be read. `earlier` is how it was parsed before.
    pub(super) fn compile(file: &Path, documents: &Documents, earlier: Option<Earlier>) -> Option<Self> {
        let mut sources = Sources::over(documents.texts());
        let source = sources.read(file).ok()?;
        let compiled = crate::compile_again(&mut sources, source, &Options::default(), earlier);
        let mut first: HashMap<&Path, SourceId> = HashMap::new();
        let originals = sources
            .iter()
            .map(|(id, _)| sources.file(id).map_or(id, |file| *first.entry(file).or_insert(id)));
        let originals = originals.collect();
        Some(Self { compiled, sources, source, originals })
    }

    /// What it takes to parse the same file once more; nobody shall ask for anything else afterwards.
    pub(super) fn take_earlier(&mut self) -> Option<Earlier> {
        self.compiled.plan.document.take_earlier(&self.sources)
    }

    pub(super) fn is_plan(&self) -> bool {
        self.compiled.plan.document.is_plan()
    }

    /// The first source of a file.
    pub(super) fn source_of(&self, file: &Path) -> Option<SourceId> {
        self.sources.iter().map(|(id, _)| id).find(|id| self.sources.file(*id) == Some(file))
    }

    /// The first part of the plan that stands in a file.
    pub(super) fn part_in(&self, file: &Path) -> Option<PartId> {
        let parts = &self.compiled.plan.document.parts;
        let found = parts.iter().position(|part| self.sources.file(part.source) == Some(file));
        found.map(PartId::new)
    }

    pub(super) fn part_source(&self, part: PartId) -> SourceId {
        self.compiled.plan.document.part(part).source
    }

    /// A span in the first source of its file.
    pub(super) fn original(&self, span: Span) -> Span {
        let source = self.originals.get(span.source.index()).copied().unwrap_or(span.source);
        Span::new(source, span.range())
    }

    /// The phases, groups and steps of a part, in written order.
    pub(super) fn nodes(&self, part: PartId) -> impl Iterator<Item = (NodeId, &Node)> {
        let plan = &self.compiled.plan;
        plan.ids()
            .map(|id| (id, plan.node(id)))
            .filter(move |(_, node)| node.part == part && node.block.is_some())
    }

    /// The node on whose line, or in whose braces, a byte of a part stands.
    pub(super) fn node_at(&self, part: PartId, offset: usize) -> Option<NodeId> {
        let document = &self.compiled.plan.document;
        let mut found = None;
        for (id, node) in self.nodes(part) {
            let braces = node.block.map_or(&[][..], |block| document.block(block).braces());
            let spans = std::iter::once(node.span).chain(braces.iter().map(|braces| braces.span));
            if spans.into_iter().any(|span| (span.start()..=span.end()).contains(&offset)) {
                found = Some(id);
            }
        }
        found
    }

    /// Whether it is known what stands on a line that has changed from a byte on into a `text`: a phase, group or step, or
    /// what else has braces, if the change lies in them.
    pub(super) fn knows_line(&self, part: PartId, changed: usize, text: &str) -> bool {
        let is_in_braces = || {
            let before = text.get(..changed).unwrap_or_default();
            before.rsplit(['\n', '\r']).next().is_some_and(|line| line.contains('{'))
        };
        let is_item = || {
            let document = &self.compiled.plan.document;
            let mut blocks = document.blocks[document.part(part).blocks.clone()].iter();
            blocks.any(|block| {
                block.item().is_some() && (block.span.start()..=block.span.end()).contains(&changed)
            })
        };
        self.node_at(part, changed).is_some() || (is_in_braces() && is_item())
    }
}

/// What a request is about: the plan, and which file of it.
pub(super) struct Place<'a> {
    pub(super) project: &'a Project,
    pub(super) part: PartId,
    pub(super) documents: &'a Documents,
    /// The folders of the workspace.
    pub(super) folders: &'a [PathBuf],
    pub(super) encoding: Encoding,
}

impl Place<'_> {
    pub(super) fn source(&self) -> &Source {
        self.project.sources.get(self.project.part_source(self.part))
    }

    pub(super) fn offset(&self, position: Position) -> usize {
        self.encoding.offset(self.source(), position)
    }

    pub(super) fn range(&self, bytes: Bytes<usize>) -> Range {
        self.encoding.range(self.source(), bytes)
    }

    /// Whether a span lies in the file that is asked about.
    pub(super) fn is_here(&self, span: Span) -> bool {
        let own = self.project.part_source(self.part);
        self.project.original(span).source == self.project.original(Span::new(own, 0..0)).source
    }

    pub(super) fn location(&self, span: Span) -> Option<Location> {
        location(self.project, self.documents, self.encoding, span)
    }

    /// Changes of files as the protocol has them; each place is changed once.
    pub(super) fn changes(&self, edits: impl IntoIterator<Item = (Span, String)>) -> WorkspaceEdit {
        let mut out = WorkspaceEdit::default();
        for (span, new_text) in edits {
            if let Some(Location { uri, range }) = self.location(span) {
                let list = out.changes.entry(uri).or_default();
                let edit = TextEdit { range, new_text };
                if !list.contains(&edit) {
                    list.push(edit);
                }
            }
        }
        out
    }
}

/// Where a span stands, for an editor; nothing for what lies in no file.
pub(super) fn location(
    project: &Project,
    documents: &Documents,
    encoding: Encoding,
    span: Span,
) -> Option<Location> {
    let file = project.sources.file(span.source)?;
    let range = encoding.range(project.sources.get(span.source), span.range());
    Some(Location { uri: documents.uri_of(file), range })
}

/// The plan that a file stands in: the outermost one in its folder, or in the folders around it inside the
/// workspace, whose links lead to it; else itself.
pub(super) fn root_of(file: &Path, folders: &[PathBuf], documents: &Documents) -> PathBuf {
    let mut sources = Sources::over(documents.texts());
    let mut root = file.to_path_buf();
    let mut seen = vec![root.clone()];
    while let Some(around) = around(&root, folders, &mut sources) {
        // Of plans that stand in each other the one whose path sorts first is the outermost.
        if let Some(first) = seen.iter().position(|one| *one == around) {
            return seen[first..].iter().min().cloned().unwrap_or(root);
        }
        seen.push(around.clone());
        root = around;
    }
    root
}

/// A plan that links to a file; of several the first, near ones before those further away.
fn around(file: &Path, folders: &[PathBuf], sources: &mut Sources) -> Option<PathBuf> {
    let name = file.file_name()?.to_str()?;
    let encoded = name.replace(' ', "%20");
    let inside = |folder: &&Path| folders.iter().any(|top| folder.starts_with(top));
    let own = file.parent()?;
    let above = own.ancestors().skip(1).take_while(inside);
    for folder in std::iter::once(own).chain(above) {
        let names = Sources::plan_files_beside(&folder.join(name));
        for other in names.iter().take(MOST_NEIGHBOURS).map(|name| real_path(&folder.join(name))) {
            if other == file {
                continue;
            }
            let Ok(source) = sources.read(&other) else { continue };
            let text = &sources.get(source).text;
            // A page that lists plans is none, and none stands in it.
            let may_link = text.contains(name) || text.contains(&encoded);
            let may_link = may_link && crate::is_plan(source, sources);
            if may_link && crate::linked_files(source, folder, sources).iter().any(|linked| linked == file) {
                return Some(other);
            }
        }
    }
    None
}
