//! Files on disk become [`Sources`]: the text of every plan file and roster, and the bytes of images.
//!
//! What comes in are paths; what goes out is text with an id, and spans that point into it.
//! Promised: this is the only stage that reads plan files, a file is read once, a line and column
//! can be had for every span, and what can't be read is said in one sentence.

mod attachment;
mod border;
mod change;
mod find;
mod fingerprint;
mod id;
mod lines;
mod linked;
mod messages;
mod not_text;
mod picture;
mod plain;
mod portable;
mod read;
mod roster;
mod span;
mod templates;

pub use attachment::{Attachment, AttachmentError, Link, is_local, percent_decoded, read_brand};
pub use border::{Border, BorderKind};
pub use change::same_ends;
pub use find::{Found, find_candidates, searched_folders};
pub use fingerprint::{Version, fingerprint, mark, short_number, unique_name};
pub(crate) use id::id;
pub use lines::Position;
pub use linked::LinkedError;
pub use messages::{brand_sentence, roster_unread, sentence};
pub use plain::{acts, first_marked, has_acting, plain_line, plain_text, without_commands};
pub use portable::portable_name;
pub use read::{LARGEST, ReadError};
pub use roster::{RosterError, is_yaml};
pub use span::{SourceId, Span};
pub use templates::{OwnTemplate, OwnTemplates, TemplateFolder, templates_beside};

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use lines::LineIndex;

use crate::diagnostic::Diagnostic;

/// One file's text and the name under which people know it.
#[derive(Debug, Clone)]
pub struct Source {
    /// The path as it was given or found, for messages.
    pub name: String,
    /// The text, without a byte order mark.
    pub text: Arc<str>,
    /// The link in another file through which it came into the plan.
    pub linked_at: Option<Span>,
    /// The file on disk, however its path was written.
    file: Option<PathBuf>,
    lines: Arc<OnceLock<LineIndex>>,
}

impl Source {
    /// Text that need not lie on disk, under the name that messages shall use.
    #[must_use]
    pub fn new(name: impl Into<String>, text: impl Into<Arc<str>>) -> Self {
        let text = text.into();
        let text = text.strip_prefix('\u{feff}').map(Arc::from).unwrap_or(text);
        Self { name: name.into(), text, linked_at: None, file: None, lines: Arc::default() }
    }

    /// Line and column of a byte offset, both from 1; columns count characters.
    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        self.lines.get_or_init(|| LineIndex::new(&self.text)).position(&self.text, offset)
    }

    /// The line of a byte offset, from 1.
    #[must_use]
    pub fn line_of(&self, offset: usize) -> usize {
        let index = self.lines.get_or_init(|| LineIndex::new(&self.text));
        index.line(&self.text, offset.min(self.text.len())).0 + 1
    }

    /// Where a line begins, counted from 0; nothing past the last one.
    #[must_use]
    pub fn line_start(&self, line: usize) -> Option<usize> {
        self.lines.get_or_init(|| LineIndex::new(&self.text)).start(line)
    }

    /// From the beginning of the line in which a byte offset lies to its end, without what ends it.
    #[must_use]
    pub fn line_range(&self, offset: usize) -> std::ops::Range<usize> {
        let index = self.lines.get_or_init(|| LineIndex::new(&self.text));
        let (_, std::ops::Range { start, end }) = index.line(&self.text, offset.min(self.text.len()));
        start..start + self.text[start..end].trim_end_matches(['\r', '\n']).len()
    }

    /// The line (without its end) in which a byte offset lies.
    #[must_use]
    pub fn line_text(&self, offset: usize) -> &str {
        let offset = offset.min(self.text.len());
        let bytes = self.text.as_bytes();
        let start = bytes[..offset].iter().rposition(|&b| b == b'\n').map_or(0, |at| at + 1);
        let end = bytes[offset..].iter().position(|&b| b == b'\n').map_or(bytes.len(), |at| offset + at);
        self.text[start..end].trim_end_matches('\r')
    }
}

/// The file on disk, whatever way to it is written; the way itself where there is none.
#[must_use]
pub fn real_path(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}

/// All files of one compilation.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
    /// By file on disk: texts that stand for what is written there.
    open: HashMap<PathBuf, Arc<str>>,
    /// Folders that were named to be searched, as [`real_path`] has them.
    searched: Vec<PathBuf>,
    known: HashMap<PathBuf, Result<SourceId, ReadError>>,
    /// By path: where a file stops being text.
    wrong: HashMap<PathBuf, Span>,
    attachments: HashMap<PathBuf, Result<Attachment, AttachmentError>>,
}

impl Sources {
    /// No files yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// No files yet. Where one of these texts has the place of a file, as [`real_path`] names it, it is read
    /// instead: an editor holds it, and it need not be saved.
    #[must_use]
    pub fn over(open: HashMap<PathBuf, Arc<str>>) -> Self {
        Self { open, ..Self::default() }
    }

    /// A folder that was named to be searched: plans below it may share what lies in it.
    pub fn searched(&mut self, folder: &Path) {
        self.searched.push(real_path(folder));
    }

    /// The border around the plan in a file: what it names may not lie beyond.
    #[must_use]
    pub fn border(&self, plan: SourceId) -> Border {
        Border::around(&self.folder(plan), &self.searched)
    }

    /// Adds text that need not lie on disk.
    pub fn add(&mut self, source: Source) -> SourceId {
        let id = SourceId::new(self.files.len());
        self.files.push(source);
        id
    }

    /// Reads a file, once; asked again, the same id (or the same error) comes back.
    ///
    /// # Errors
    /// When the file is missing, may not be read, is a folder, is larger than 512 MB or is not UTF-8.
    pub fn read(&mut self, path: &Path) -> Result<SourceId, ReadError> {
        if let Some(known) = self.known.get(path) {
            return known.clone();
        }
        let file = real_path(path);
        let open = self.open.get(&file).map(Arc::clone);
        let source = |text| Source { file: Some(file), ..Source::new(path.to_string_lossy(), text) };
        let read = open.map_or_else(|| read::read_text(path).map(Arc::from), Ok);
        let read = match read {
            Ok(text) => Ok(self.add(source(text))),
            Err(error) => {
                if let ReadError::NotText(wrong) = &error {
                    let shown = self.add(source(Arc::from(wrong.shown.as_str())));
                    self.wrong.insert(path.to_path_buf(), Span::new(shown, wrong.place.clone()));
                }
                Err(error)
            }
        };
        self.known.insert(path.to_path_buf(), read.clone());
        read
    }

    /// Of a file that could not be read because it is no text: where it stops being one.
    #[must_use]
    pub fn wrong_bytes(&self, path: &Path) -> Option<Span> {
        self.wrong.get(path).copied()
    }

    /// Reads a file that was named on the command line, or says why it can't be.
    ///
    /// # Errors
    /// The diagnostic `unreadable`, as [`Sources::read`] has it.
    pub fn read_named(&mut self, path: &Path) -> Result<SourceId, Diagnostic> {
        self.read(path).map_err(|error| messages::unreadable(path, &error, self.wrong_bytes(path)))
    }

    /// Reads the one plan that was named on the command line, or says why it can't be.
    ///
    /// # Errors
    /// The diagnostic `unreadable`, also for a link that leads out of the repository in which it lies.
    pub fn read_plan(&mut self, path: &Path) -> Result<SourceId, Diagnostic> {
        match border::beyond_repository(path) {
            Some(beyond) => Err(messages::not_followed(path, beyond)),
            None => self.read_named(path),
        }
    }

    /// The file that a link in a plan names, as a source of its own: a file that is linked several
    /// times stands in the plan several times, and what is said about it names the link.
    ///
    /// # Errors
    /// When the link leaves the folder `within`, or the file can't be read.
    pub fn follow(&mut self, link: &Link, within: &Path, linked_at: Span) -> Result<SourceId, LinkedError> {
        let path = linked::path(link, within).ok_or(LinkedError::Outside)?;
        let read = self.read(&path).map_err(|error| LinkedError::Unreadable(path, error))?;
        let again = Source { linked_at: Some(linked_at), ..self.get(read).clone() };
        Ok(self.add(again))
    }

    /// The names of Markdown files in the folder of a file that is not there, for «did you mean».
    #[must_use]
    pub fn plan_files_beside(path: &Path) -> Vec<String> {
        linked::plan_files_beside(path)
    }

    /// The file on disk, whatever way to it was written; none for text that lies on no disk.
    #[must_use]
    pub fn file(&self, id: SourceId) -> Option<&Path> {
        self.get(id).file.as_deref()
    }

    /// Every file on disk that was read, images included, in no order.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        let images = self.attachments.keys().map(PathBuf::as_path);
        self.files.iter().filter_map(|source| source.file.as_deref()).chain(images)
    }

    /// Every path at which a file was looked for, whether there was one or not, in no order.
    pub fn asked(&self) -> impl Iterator<Item = PathBuf> {
        let images =
            self.attachments.keys().map(|link| PathBuf::from(percent_decoded(&link.to_string_lossy())));
        self.known.keys().cloned().chain(images)
    }

    /// Those of them at which something was found that is not empty.
    pub fn filled(&self) -> impl Iterator<Item = &Path> {
        let has_text =
            |read: &Result<SourceId, _>| read.as_ref().is_ok_and(|id| !self.get(*id).text.is_empty());
        let texts = self.known.iter().filter(move |(_, read)| has_text(read)).map(|(path, _)| path.as_path());
        let images = self.attachments.iter().filter(|(_, read)| read.is_ok()).map(|(path, _)| path.as_path());
        texts.chain(images)
    }

    /// Whether two sources are the same file on disk.
    #[must_use]
    pub fn is_same_file(&self, one: SourceId, other: SourceId) -> bool {
        let file = |id| self.get(id).file.as_ref();
        one == other || (file(one).is_some() && file(one) == file(other))
    }

    /// The first source of the same file on disk: what is written there is written once.
    #[must_use]
    pub fn original(&self, id: SourceId) -> SourceId {
        self.iter().map(|(first, _)| first).find(|first| self.is_same_file(*first, id)).unwrap_or(id)
    }

    /// The links through which a file came into the plan, the nearest first.
    pub fn links_to(&self, id: SourceId) -> impl Iterator<Item = Span> + '_ {
        std::iter::successors(self.get(id).linked_at, |link| self.get(link.source).linked_at)
    }

    /// Reads an image that a plan names, once. The link is relative to the plan's folder.
    pub fn attach(&mut self, link: &Link) -> &Result<Attachment, AttachmentError> {
        self.attachments.entry(link.key()).or_insert_with(|| attachment::load(link))
    }

    /// What [`Sources::attach`] found for this link before, if it was asked.
    #[must_use]
    pub fn attachment(&self, link: &Link) -> Option<&Result<Attachment, AttachmentError>> {
        self.attachments.get(&link.key())
    }

    /// The file behind an id.
    #[must_use]
    pub fn get(&self, id: SourceId) -> &Source {
        &self.files[id.index()]
    }

    /// The path that a file was read from; none for text that never lay on disk.
    #[must_use]
    pub fn path(&self, id: SourceId) -> Option<&Path> {
        self.known.iter().find(|(_, known)| **known == Ok(id)).map(|(path, _)| path.as_path())
    }

    /// The folder that relative links in this file start from.
    #[must_use]
    pub fn folder(&self, id: SourceId) -> PathBuf {
        Path::new(&self.get(id).name).parent().map(Path::to_path_buf).unwrap_or_default()
    }

    /// The text a span covers.
    #[must_use]
    pub fn text(&self, span: Span) -> &str {
        &self.get(span.source).text[span.range()]
    }

    /// Line and column where a span begins.
    #[must_use]
    pub fn position(&self, span: Span) -> Position {
        self.get(span.source).position(span.start())
    }

    /// The line on which a span begins, from 1.
    #[must_use]
    pub fn line(&self, span: Span) -> usize {
        self.get(span.source).line_of(span.start())
    }

    /// Every file, in the order in which they were read.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        self.files.iter().enumerate().map(|(index, source)| (SourceId::new(index), source))
    }
}
