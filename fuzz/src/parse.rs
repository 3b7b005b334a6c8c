//! Any text is a document: its blocks make a tree, every place lies in the text, and no box is lost.

use pulldown_cmark::{Event, Options as Markdown, Parser};
use tminus::diagnostic::{Diagnostic, Rule};
use tminus::document::{Document, parse_yaml};
use tminus::source::{Sources, Span};

use super::input::Input;

pub fn hold(text: &str) {
    let input = Input::read(text);
    let (sources, plan) = input.sources();
    let mut diagnostics = Vec::new();
    let document = Document::parse(plan, &sources, &mut diagnostics);
    is_tree(&document);
    for block in &document.blocks {
        is_inside(block.span, &sources);
        for braces in block.braces() {
            is_inside(braces.span, &sources);
        }
    }
    for (_, place) in document.images() {
        is_inside(place, &sources);
    }
    all_inside(&diagnostics, &sources);
    keeps_boxes(&document, input.plan(), &diagnostics);
    // The same text as a roster.
    let mut diagnostics = Vec::new();
    let _ = parse_yaml(plan, &sources, &mut diagnostics);
    all_inside(&diagnostics, &sources);
}

/// Each block ends after it begins and not after what it stands in, which comes before it.
fn is_tree(document: &Document) {
    for id in document.ids() {
        let block = document.block(id);
        assert!(
            block.end > id && block.end.index() <= document.blocks.len(),
            "{id:?} ends at {:?}",
            block.end
        );
        if let Some(parent) = block.parent {
            assert!(
                parent < id && block.end <= document.block(parent).end,
                "{id:?} is not inside {parent:?}"
            );
        }
    }
}

/// The boxes that every Markdown parser knows, unless some are hidden: by front matter, which may stand further down with
/// a mistake of its own, or by a merge that is not resolved.
fn keeps_boxes(document: &Document, text: &str, diagnostics: &[Diagnostic]) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let hides = |one: &Diagnostic| matches!(one.rule, Rule::FrontMatter | Rule::MergeConflict);
    if text.starts_with("---") || diagnostics.iter().any(hides) {
        return;
    }
    let extensions = Markdown::ENABLE_TABLES
        | Markdown::ENABLE_TASKLISTS
        | Markdown::ENABLE_STRIKETHROUGH
        | Markdown::ENABLE_FOOTNOTES
        | Markdown::ENABLE_GFM;
    let boxes = Parser::new_ext(text, extensions).filter(|event| matches!(event, Event::TaskListMarker(_)));
    let boxes = boxes.count();
    let marks = document.blocks.iter().filter(|block| block.item().is_some_and(|item| item.mark.is_some()));
    let marks = marks.count();
    assert!(marks >= boxes, "{boxes} boxes in the text, {marks} in the document");
}

pub fn all_inside(diagnostics: &[Diagnostic], sources: &Sources) {
    for one in diagnostics {
        for place in one.span().into_iter().chain(one.related.iter().map(|(place, _)| *place)) {
            is_inside(place, sources);
        }
        for edit in &one.edits {
            is_inside(edit.span, sources);
        }
    }
}

pub fn is_inside(place: Span, sources: &Sources) {
    let text = &sources.get(place.source).text;
    let sides = [place.start(), place.end()];
    let is_good = place.start() <= place.end() && sides.into_iter().all(|side| text.is_char_boundary(side));
    assert!(is_good, "{place:?} is no place in a text of {} bytes", text.len());
}
