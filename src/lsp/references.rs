//! Where the name under the cursor is declared, and where it stands.

use super::names::{Names, Role};
use super::project::Place;
use super::protocol::{Location, Position};
use super::reach::Reach;
use crate::source::Span;

/// Where the name is declared; of what nobody declares, where it stands first.
pub(super) fn definition(place: &Place<'_>, position: Position) -> Vec<Location> {
    let names = Names::of(place.project);
    let Some(here) = names.at(at(place, position)) else { return Vec::new() };
    let declared = names.places(&here.name).filter(|one| one.role == Role::Declared);
    let mut found: Vec<Location> = declared.filter_map(|one| place.location(one.span)).collect();
    if found.is_empty() {
        found.extend(names.places(&here.name).next().and_then(|one| place.location(one.span)));
    }
    found
}

/// Every place at which the name stands, in all plans of the workspace that have it.
pub(super) fn references(place: &Place<'_>, position: Position, declarations: bool) -> Vec<Location> {
    let names = Names::of(place.project);
    let Some(here) = names.at(at(place, position)) else { return Vec::new() };
    Reach::of(place, &here.name).locations(|one| declarations || one.role == Role::Named)
}

/// The byte under the cursor; on the sign before a name that of the name.
pub(super) fn at(place: &Place<'_>, position: Position) -> Span {
    let offset = place.offset(position);
    let is_sign = place.source().text[offset..].starts_with(['@', '#']);
    let offset = offset + usize::from(is_sign);
    place.project.original(Span::new(place.project.part_source(place.part), offset..offset))
}
