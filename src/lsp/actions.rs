//! Mends that are certain, offered beside the mistake; and all of them at once.

use serde_json::{Value, json};

use super::project::Place;
use super::protocol::Range;
use crate::diagnostic::{Diagnostic, Edit};
use crate::document::mends;

pub(super) fn code_actions(place: &Place<'_>, range: Range) -> Vec<Value> {
    let project = place.project;
    let (from, to) = (place.offset(range.start), place.offset(range.end));
    let touches = |one: &&Diagnostic| {
        let span = one.span().filter(|span| place.is_here(*span));
        span.is_some_and(|span| span.start() <= to && from <= span.end())
    };
    let mended = || project.compiled.diagnostics.iter().filter(|one| !one.edits.is_empty());
    let mut actions: Vec<Value> = mended()
        .filter(touches)
        .map(|one| {
            let edits: Vec<&Edit> = one.edits.iter().collect();
            json!({
                "title": title(&edits),
                "kind": "quickfix",
                "isPreferred": true,
                "edit": changes(place, &edits),
            })
        })
        .collect();
    let all = mends(&project.compiled.diagnostics, &project.sources);
    if mended().nth(1).is_some() && !all.is_empty() {
        actions.push(json!({
            "title": "Mend all that is certain in this plan",
            "kind": "source.fixAll.tminus",
            "edit": changes(place, &all),
        }));
    }
    actions
}

fn changes(place: &Place<'_>, edits: &[&Edit]) -> super::protocol::WorkspaceEdit {
    let moved = |edit: &&Edit| (place.project.original(edit.span), edit.text.clone());
    place.changes(edits.iter().map(moved))
}

fn title(edits: &[&Edit]) -> String {
    match edits {
        [one] if one.old.is_empty() => format!("Add `{}`", one.text),
        [one] if one.text.is_empty() => format!("Delete `{}`", one.old),
        [one] => format!("Write `{}`", one.text.trim()),
        _ => {
            let texts: Vec<String> = edits.iter().map(|edit| format!("`{}`", edit.text.trim())).collect();
            format!("Write {}", texts.join(", "))
        }
    }
}
