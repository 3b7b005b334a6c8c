//! The texts that an editor holds, saved or not.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::position::Encoding;
use super::protocol::{Change, OpenedText, TextDocument};
use super::uri;
use crate::source::{Source, real_path};

/// A text that an editor holds.
#[derive(Debug)]
pub(super) struct Open {
    /// The file whose place it has.
    pub(super) file: PathBuf,
    pub(super) text: Arc<str>,
    /// How often it has changed, as the editor counts.
    pub(super) version: Option<i64>,
}

/// All of them, by address.
#[derive(Debug, Default)]
pub(super) struct Documents {
    open: BTreeMap<String, Open>,
}

impl Documents {
    pub(super) fn open(&mut self, opened: OpenedText) {
        let OpenedText { uri, version, text } = opened;
        let file = real_path(&uri::path(&uri));
        self.open.insert(uri, Open { file, text: text.into(), version });
    }

    pub(super) fn close(&mut self, uri: &str) -> bool {
        self.open.remove(uri).is_some()
    }

    /// Makes changes one after the other, and names the file. Nothing of a text that is not open.
    pub(super) fn change(
        &mut self,
        changed: &TextDocument,
        changes: Vec<Change>,
        encoding: Encoding,
    ) -> Option<PathBuf> {
        let open = self.open.get_mut(&changed.uri)?;
        open.version = changed.version.or(open.version);
        for change in changes {
            let Some(range) = change.range else {
                open.text = change.text.into();
                continue;
            };
            let source = Source::new("", Arc::clone(&open.text));
            let start = encoding.offset(&source, range.start);
            let end = encoding.offset(&source, range.end).max(start);
            let (before, after) = (&source.text[..start], &source.text[end..]);
            open.text = [before, &change.text, after].concat().into();
        }
        Some(open.file.clone())
    }

    pub(super) fn get(&self, uri: &str) -> Option<&Open> {
        self.open.get(uri)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &Open)> {
        self.open.iter().map(|(uri, open)| (uri.as_str(), open))
    }

    /// The address of a file: the one under which it is open, if it is.
    pub(super) fn uri_of(&self, file: &Path) -> String {
        let open = self.open.iter().find(|(_, open)| open.file == file);
        open.map_or_else(|| uri::of(file), |(uri, _)| uri.clone())
    }

    /// The texts by file.
    pub(super) fn texts(&self) -> HashMap<PathBuf, Arc<str>> {
        self.open.values().map(|open| (open.file.clone(), Arc::clone(&open.text))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lsp::protocol::{Position, Range};

    #[test]
    fn changes_are_made_one_after_the_other() {
        let mut documents = Documents::default();
        let named = |uri: &str| TextDocument { uri: uri.to_owned(), version: None };
        let text = "aé\r\nb".to_owned();
        documents.open(OpenedText { uri: "untitled:1".to_owned(), version: Some(1), text });
        let change = |from: (u32, u32), to: (u32, u32), text: &str| Change {
            range: Some(Range {
                start: Position { line: from.0, character: from.1 },
                end: Position { line: to.0, character: to.1 },
            }),
            text: text.to_owned(),
        };
        let list =
            vec![change((0, 1), (0, 2), "🚀x"), change((0, 3), (1, 0), ""), change((9, 9), (0, 0), "!")];
        documents.change(&named("untitled:1"), list, Encoding::Utf16);
        assert_eq!(&*documents.get("untitled:1").expect("it is open").text, "a🚀b!");
        documents.change(&named("untitled:2"), vec![change((0, 0), (0, 0), "x")], Encoding::Utf16);
        assert!(documents.get("untitled:2").is_none());
    }
}
