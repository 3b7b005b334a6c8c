//! What holds inside each file of a plan: the plan's own, and those that it links to.
//!
//! An inner plan sees what the plans around it declare, and may say otherwise for what is inside it.

use std::collections::HashMap;

use chrono_tz::Tz;

use super::attributes::Written;
use super::duration::Estimate;
use super::messages;
use super::{Header, RosterFile};
use crate::diagnostic::Diagnostic;
use crate::document::{Document, Part, PartId};
use crate::source::{SourceId, Span};

/// What holds inside one file.
#[derive(Debug, Clone)]
pub struct Scope {
    /// The file around it.
    pub around: Option<PartId>,
    /// The zone of every time in it; none for that of the plan.
    pub zone: Option<Tz>,
    /// Whether it or a file around it names a zone, right or wrong.
    pub has_zone: bool,
    /// The estimate of steps that give none.
    pub estimate: Option<Written<Estimate>>,
    /// Whether bulleted lists have no order.
    pub bullets_any_order: bool,
}

/// The scopes of a plan, by file.
#[derive(Debug, Clone, Default)]
pub struct Scopes {
    list: Vec<Scope>,
    /// Files that are no plan's own: linked plans, and the files of people.
    parts: HashMap<SourceId, PartId>,
}

impl Scopes {
    pub(super) fn new(document: &Document, headers: &[Header], rosters: &[Option<RosterFile>]) -> Self {
        let mut scopes = Self::default();
        for (index, (part, header)) in document.parts.iter().zip(headers).enumerate() {
            scopes.list.push(scopes.inside(part, header));
            let roster = rosters.get(index).and_then(Option::as_ref).map(|roster| roster.source);
            for source in [Some(part.source), roster].into_iter().flatten() {
                // People of one file may be those of several plans: the first, which is around the others.
                scopes.parts.entry(source).or_insert(PartId::new(index));
            }
        }
        scopes
    }

    fn inside(&self, part: &Part, header: &Header) -> Scope {
        let around = part.around.map(|around| &self.list[around.index()]);
        let zone = header.timezone.as_ref().map(|zone| zone.value);
        Scope {
            around: part.around,
            // The plan's own zone is its clock.
            zone: around.and_then(|around| zone.or(around.zone)),
            has_zone: header.has_timezone || around.is_some_and(|around| around.has_zone),
            estimate: header.estimate.clone().or_else(|| around?.estimate.clone()),
            bullets_any_order: header
                .bullets_any_order
                .unwrap_or_else(|| around.is_some_and(|around| around.bullets_any_order)),
        }
    }

    /// The file that a place stands in, or whose people it describes.
    #[must_use]
    pub fn part_at(&self, place: Span) -> PartId {
        if self.list.len() < 2 {
            return PartId::ROOT;
        }
        self.parts.get(&place.source).copied().unwrap_or(PartId::ROOT)
    }

    /// What holds at a place.
    #[must_use]
    pub fn at(&self, place: Span) -> &Scope {
        self.of(self.part_at(place))
    }

    /// The zone of the times at a place, where it is not the plan's own.
    #[must_use]
    pub fn zone_at(&self, place: Span) -> Option<Tz> {
        self.list.get(self.part_at(place).index()).and_then(|scope| scope.zone)
    }

    /// What holds inside a file.
    #[must_use]
    pub fn of(&self, part: PartId) -> &Scope {
        &self.list[part.index()]
    }

    /// A file and those around it, from the inside out.
    pub fn outward(&self, part: PartId) -> impl Iterator<Item = PartId> + '_ {
        std::iter::successors(Some(part), |part| self.of(*part).around)
    }
}

/// Notes on what an inner plan says and only the outermost can.
pub(super) fn ignored_keys(headers: &[Header], diagnostics: &mut Vec<Diagnostic>) {
    for header in headers.iter().skip(1) {
        for (key, written) in [("start", &header.start), ("t0", &header.t0)] {
            diagnostics.extend(written.as_ref().map(|time| messages::ignored_key(time.span, key)));
        }
    }
}
