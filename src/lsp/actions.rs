//! Mends that are certain, offered beside the mistake; and all of them at once.

use serde_json::{Value, json};

use super::project::Place;
use super::protocol::Range;
use crate::diagnostic::{Diagnostic, Edit, indented_by};
use crate::document::mends;

const ONE: &str = "quickfix";
const ALL: &str = "source.fixAll.tminus";

/// What can be mended in a range, and everywhere; where `only` some kinds are wanted, nothing else.
pub(super) fn code_actions(place: &Place<'_>, range: Range, only: Option<&[String]>) -> Vec<Value> {
    let project = place.project;
    let (from, to) = (place.offset(range.start), place.offset(range.end));
    let touches = |one: &&Diagnostic| {
        let span = one.span().filter(|span| place.is_here(*span));
        span.is_some_and(|span| span.start() <= to && from <= span.end())
    };
    let is_wanted = |kind: &str| {
        let is_above = |wanted: &String| {
            kind.strip_prefix(wanted.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        only.is_none_or(|only| only.iter().any(is_above))
    };
    let mended = || project.compiled.diagnostics.iter().filter(|one| !one.edits.is_empty());
    let mut actions: Vec<Value> = mended()
        .filter(|one| is_wanted(ONE) && touches(one))
        .map(|one| {
            let edits: Vec<&Edit> = one.edits.iter().collect();
            json!({
                "title": title(&edits),
                "kind": ONE,
                "isPreferred": true,
                "edit": changes(place, &edits),
            })
        })
        .collect();
    let all = mends(&project.compiled.diagnostics, &project.sources);
    // Beside the mend of the only mistake it would be the same again, unless an editor asks for it as it saves.
    let is_more = mended().nth(1).is_some() || !is_wanted(ONE);
    if is_wanted(ALL) && is_more && !all.is_empty() {
        actions.push(json!({
            "title": "Mend all that is certain in this plan",
            "kind": ALL,
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
    if let Some(spaces) = edits.first().and_then(|first| indented_by(&first.old, &first.text)) {
        return format!("Put {spaces} in front");
    }
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
