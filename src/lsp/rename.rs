//! An id or a handle gets another name, in all files of the plan.
//!
//! Promised: all places are changed or none; what can't be renamed is refused with the reason.

use serde_json::{Value, json};

use super::names::{Form, Name, Names, Occurrence};
use super::project::Place;
use super::protocol::{Position, WorkspaceEdit};
use super::references::at;
use crate::plan::is_name;

/// The range of the name that can be renamed, and how it is written now.
pub(super) fn prepare(place: &Place<'_>, position: Position) -> Result<Value, String> {
    let names = Names::of(place.project);
    let here = renamable(&names, place, position)?;
    let text = place.project.sources.text(here.span);
    Ok(json!({ "range": place.range(here.span.range()), "placeholder": text }))
}

pub(super) fn rename(place: &Place<'_>, position: Position, new: &str) -> Result<WorkspaceEdit, String> {
    let names = Names::of(place.project);
    let here = renamable(&names, place, position)?;
    let sign = if matches!(here.name, Name::Handle(_)) { '@' } else { '#' };
    let new = new.strip_prefix(sign).unwrap_or(new);
    if !is_name(new) {
        return Err(format!("`{new}` can't be a name: write letters, digits, `-` and `_`"));
    }
    if is_taken(place, &here.name, new) && place.project.sources.text(here.span) != new {
        return Err(format!("`{new}` is the name of something else in this plan"));
    }
    // Titles name a step whatever its id is.
    let all = names.places(&here.name).filter(|one| one.form == Form::Plain);
    Ok(place.changes(all.map(|one| (one.span, new.to_owned()))))
}

/// The name under the cursor, when it can be written otherwise everywhere.
fn renamable<'a>(names: &'a Names, place: &Place<'_>, position: Position) -> Result<&'a Occurrence, String> {
    let here = names.at(at(place, position)).ok_or("there is no name here")?;
    if !matches!(here.name, Name::Step(_) | Name::Handle(_)) {
        return Err("only ids and handles can be renamed".to_owned());
    }
    if here.form == Form::Title {
        return Err(
            "this is named by its title: give it an id, `{#…}`, to have one that can be renamed".to_owned()
        );
    }
    match names.places(&here.name).find(|one| one.form == Form::Variable) {
        Some(one) => {
            let line = place.project.sources.position(one.span).line;
            Err(format!("this name can't be changed: a variable stands in it on line {line}"))
        }
        None => Ok(here),
    }
}

fn is_taken(place: &Place<'_>, name: &Name, new: &str) -> bool {
    let plan = &place.project.compiled.plan;
    match name {
        Name::Handle(_) => plan.roster.knows(new),
        _ => {
            let is_declared = |part| {
                let mut nodes = place.project.nodes(part).map(|(_, node)| node);
                nodes.any(|node| node.id.rsplit('/').next() == Some(new))
            };
            (0..plan.document.parts.len()).map(crate::document::PartId::new).any(is_declared)
        }
    }
}
