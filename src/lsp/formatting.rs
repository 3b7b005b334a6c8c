//! Braces in one order and spelling, as `tminus fmt` writes them, in the file that is asked about.

use std::path::Path;

use super::documents::Documents;
use super::position::Encoding;
use super::protocol::TextEdit;
use crate::source::Sources;

/// `root` is the plan that the file stands in.
pub(super) fn formatting(
    root: &Path,
    file: &Path,
    documents: &Documents,
    encoding: Encoding,
) -> Vec<TextEdit> {
    let mut sources = Sources::over(documents.texts());
    let Ok(source) = sources.read(root) else { return Vec::new() };
    let edits = crate::canonical(&mut sources, source).edits;
    let own = edits.into_iter().filter(|edit| sources.file(edit.span.source) == Some(file));
    own.map(|edit| {
        let range = encoding.range(sources.get(edit.span.source), edit.span.range());
        TextEdit { range, new_text: edit.text }
    })
    .collect()
}
