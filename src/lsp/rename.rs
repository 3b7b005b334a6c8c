//! An id or a handle gets another name, in all plans of the workspace that have it.
//!
//! Promised: all places are changed or none; what can't be renamed is refused with the reason.

use serde_json::{Value, json};

use super::names::{Form, Name, Names, Occurrence};
use super::project::{Place, Project};
use super::protocol::{Location, Position, TextEdit, WorkspaceEdit};
use super::reach::{Reach, Reader};
use super::references::at;
use crate::document::PartId;
use crate::plan::is_name;
use crate::source::{Span, plain_line};

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
    let is_other = place.project.sources.text(here.span) != new;
    if is_other && is_taken(place.project, &here.name, new) {
        return Err(format!("`{new}` is the name of something else in this plan"));
    }
    let reach = Reach::of(place, &here.name);
    for reader in &reach.readers()[1..] {
        may_be_renamed(reader, place)?;
        if is_other && reader.meant().iter().any(|name| is_taken(reader.project(), name, new)) {
            let plan = Span::new(reader.project().source, 0..0);
            let file = shown_file(reader.project(), plan, place);
            return Err(format!(
                "`{new}` is the name of something else in the plan `{file}`, which would have to change too"
            ));
        }
    }
    // Titles name a step whatever its id is.
    let mut changes = WorkspaceEdit::default();
    for Location { uri, range } in reach.locations(|one| one.form == Form::Plain) {
        changes.changes.entry(uri).or_default().push(TextEdit { range, new_text: new.to_owned() });
    }
    changes.changes.values_mut().for_each(|edits| edits.sort_by_key(|edit| edit.range.start));
    Ok(changes)
}

/// The name under the cursor, when it can be written otherwise everywhere in the plan.
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
            let file = if place.is_here(one.span) {
                String::new()
            } else {
                format!(" of `{}`", shown_file(place.project, one.span, place))
            };
            Err(format!("this name can't be changed: a variable stands in it on line {line}{file}"))
        }
        None => Ok(here),
    }
}

/// Whether a name can be written otherwise everywhere in another plan that has it.
fn may_be_renamed(reader: &Reader<'_>, place: &Place<'_>) -> Result<(), String> {
    let Some(one) = reader.places().find(|one| one.form == Form::Variable) else { return Ok(()) };
    let line = reader.project().sources.position(one.span).line;
    let file = shown_file(reader.project(), one.span, place);
    Err(format!(
        "this name can't be changed in all plans: a variable stands in it on line {line} of `{file}`"
    ))
}

fn is_taken(project: &Project, name: &Name, new: &str) -> bool {
    let plan = &project.compiled.plan;
    match name {
        // What is called so in another file is something else there too.
        Name::Step(declared) => {
            let in_file = |part: &PartId| {
                let source = project.part_source(*part);
                project.original(Span::new(source, 0..0)).source == declared.source
            };
            let is_declared = |part| {
                let mut nodes = project.nodes(part).map(|(_, node)| node);
                nodes.any(|node| node.id.rsplit('/').next() == Some(new))
            };
            let parts = (0..plan.document.parts.len()).map(PartId::new);
            parts.filter(in_file).any(is_declared)
        }
        _ => plan.roster.knows(new),
    }
}

/// The file in which something of a plan stands, by its path below the folder of the workspace.
fn shown_file(project: &Project, span: Span, place: &Place<'_>) -> String {
    let Some(file) = project.sources.file(span.source) else { return String::new() };
    let inside = place.folders.iter().find_map(|folder| file.strip_prefix(folder).ok());
    plain_line(&inside.unwrap_or(file).to_string_lossy()).into_owned()
}
