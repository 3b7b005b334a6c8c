//! Which mends are made at once: all that don't meet, as long as boxes come of them as they should.
//!
//! An item that appears above other lines may take them in, so that what was mended below it is text again.
//! Promised: every line that is mended to be a box is one afterwards, and no other box is lost.

use super::Document;
use crate::diagnostic::{Diagnostic, Edit, Rule, edited, together};
use crate::source::{Source, SourceId, Sources};

/// The edits to make now; what can't be made together comes another time.
#[must_use]
pub fn mends<'a>(diagnostics: &'a [Diagnostic], sources: &Sources) -> Vec<&'a Edit> {
    let boxes = diagnostics.iter().filter(|one| touches_boxes(one)).count();
    // One box alone meets no other; when even that goes wrong, people look at it.
    for most in [boxes, boxes.min(1), 0] {
        let mut left = most;
        let chosen = together(diagnostics.iter().filter(|one| {
            let stays = !touches_boxes(one) || left > 0;
            left -= usize::from(touches_boxes(one) && left > 0);
            stays
        }));
        let places = chosen.diagnostics.iter().filter(|one| touches_boxes(one));
        let files: Vec<(SourceId, bool)> =
            places.map(|one| (one.edits[0].span.source, becomes_box(one))).collect();
        let mut by_file = chosen.edits.chunk_by(|a, b| a.span.source == b.span.source);
        if by_file.all(|edits| makes_boxes(edits, &files, sources)) {
            return chosen.edits;
        }
    }
    Vec::new()
}

fn touches_boxes(one: &Diagnostic) -> bool {
    one.rule == Rule::AlmostABox && !one.edits.is_empty()
}

/// What is only indented has its box already.
fn becomes_box(one: &Diagnostic) -> bool {
    touches_boxes(one) && one.edits.iter().any(|edit| edit.text.contains('['))
}

/// Whether a file has the boxes that it had, and one more for each time that it is among `files` as one that gets one.
fn makes_boxes(edits: &[&Edit], files: &[(SourceId, bool)], sources: &Sources) -> bool {
    let source = edits[0].span.source;
    let own = files.iter().filter(|(file, _)| *file == source);
    let more = own.clone().filter(|(_, becomes_box)| *becomes_box).count();
    let text = &sources.get(source).text;
    own.count() == 0 || count_boxes(&edited(text, edits.iter().copied())) >= count_boxes(text) + more
}

fn count_boxes(text: &str) -> usize {
    let mut sources = Sources::new();
    let source = sources.add(Source::new("", text));
    let document = Document::parse(source, &sources, &mut Vec::new());
    document.blocks.iter().filter(|block| block.item().is_some_and(|item| item.mark.is_some())).count()
}
