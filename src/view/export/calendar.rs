//! The steps of the main line as events for a diary.
//!
//! An event keeps its name from draft to draft, and says how new it is without a clock: a diary that holds an
//! older one can put the newer in its place. A plan without a date has no events.

use std::collections::HashMap;
use std::path::Path;

use chrono::{Datelike, Timelike};

use super::NoExport;
use super::plain::clean;
use crate::diagnostic::Draft;
use crate::plan::StepKind;
use crate::schedule::{Clock, Moment};
use crate::source::unique_name;
use crate::view::OwnerPage;
use crate::view::digits::{four_digits, two_digits};
use crate::view::presenter::Presenter;

/// So many minutes before a step somebody is reminded of it.
const REMINDED_BEFORE: u32 = 10;
/// What a final plan counts as: more than any draft has reached.
const FINAL: u32 = 1000;
/// 2000-01-01 00:00 UTC, from which the stamps of plans count that name no time of their own.
const COUNTED_FROM: i64 = 946_684_800;

/// How new a plan's events are, as the command line and the environment say it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Revision {
    /// `--revision`
    pub number: Option<u32>,
    /// `SOURCE_DATE_EPOCH`: when the text was last changed, in seconds since 1970.
    pub changed: Option<i64>,
}

impl Revision {
    /// The number that grows from version to version: the one that was given, else the minute of the last
    /// change, else the draft.
    fn sequence(self, draft: Draft) -> u32 {
        let minutes = self.changed.and_then(|changed| u32::try_from(changed / 60).ok());
        let drafts = || match draft {
            Draft::Number(number) => number.min(FINAL - 1),
            Draft::Final => FINAL,
        };
        self.number.or(minutes).unwrap_or_else(drafts)
    }

    /// When the events count as written: at the last change, else later the greater their number is.
    fn stamp(self, draft: Draft) -> Moment {
        Moment(self.changed.unwrap_or(COUNTED_FROM + i64::from(self.sequence(draft))))
    }
}

/// The same as events say it.
struct Newness {
    sequence: u32,
    stamp: String,
}

/// What the events of a plan have in common.
#[derive(Debug)]
pub(in crate::view) struct Events {
    /// Their names, in run order.
    uids: Vec<String>,
    /// The last lines of all their texts.
    foot: String,
    /// Where all take place.
    location: String,
}

/// A calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// Its name.
    pub name: String,
    /// What it is of.
    pub description: String,
    /// The plan's zone, for programs that show times of another one.
    pub zone: String,
    /// Its events in run order.
    pub events: Vec<Event>,
}

/// An event. Its times are in UTC: `20261205T220000Z`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its name, which no other event in the world has.
    pub uid: String,
    /// The greater, the newer.
    pub sequence: u32,
    /// When it counts as written.
    pub stamp: String,
    /// When it starts.
    pub start: String,
    /// When it ends; nothing for a moment.
    pub end: Option<String>,
    /// Its title.
    pub summary: String,
    /// All there is to know.
    pub description: String,
    /// Where it takes place: the call.
    pub location: String,
    /// The phase.
    pub category: String,
    /// Whether it takes the time of those who have it in their diary.
    pub busy: Busy,
    /// Whether nothing may be late.
    pub critical: bool,
    /// So many minutes before its start there is a reminder.
    pub reminder: Option<u32>,
}

/// Whether an event takes somebody's time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Busy {
    /// It does.
    Busy,
    /// It runs by itself, or pauses overnight.
    Free,
}

impl Presenter<'_> {
    /// The calendar of the whole plan.
    ///
    /// # Errors
    /// When the plan has no date.
    pub fn calendar(&self, revision: Revision) -> Result<Calendar, NoExport> {
        let events = self.events().ok_or(NoExport::Undated)?;
        let newness = self.newness(revision);
        let all = (1..=self.schedule().main.order.len()).filter_map(|at| self.event(at, &events, &newness));
        Ok(self.calendar_of(&self.plan().title, &events.foot, all.collect()))
    }

    /// What the events of a plan have in common; nothing without a date.
    pub(in crate::view) fn events(&self) -> Option<Events> {
        let location = || clean(&self.plan().header.bridge.join(", "));
        let events = || Events { uids: self.uids(), foot: self.text_foot(), location: location() };
        self.words.dated.then(events)
    }

    /// The calendar of somebody's steps on the main line.
    pub(in crate::view) fn owner_calendar(
        &self,
        page: &OwnerPage,
        events: &Events,
        revision: Revision,
    ) -> Calendar {
        let newness = self.newness(revision);
        let numbers = page.steps.iter().filter_map(|step| step.number.parse().ok());
        let own = numbers.filter_map(|number| self.event(number, events, &newness)).collect();
        self.calendar_of(&format!("{}: {}", page.name, self.plan().title), &events.foot, own)
    }

    fn calendar_of(&self, name: &str, description: &str, events: Vec<Event>) -> Calendar {
        let zone = self.words.clock.zone().map(|zone| zone.name().to_owned());
        let (name, description) = (clean(name), description.to_owned());
        Calendar { name, description, zone: zone.unwrap_or_default(), events }
    }

    /// The names of the events of the main line. The plan is known by its file's name, its title and its
    /// variant, the step by its id: where the file lies and what else changes is no matter.
    fn uids(&self) -> Vec<String> {
        let plan = self.plan();
        let path = Path::new(&self.sources.get(plan.document.source).name);
        let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let variant = plan.variant.clone().unwrap_or_default();
        let mut seen: HashMap<&str, u32> = HashMap::new();
        let order = self.schedule().main.order.iter();
        order
            .map(|id| {
                let id = plan.node(*id).id.as_str();
                // An id that is written twice is a mistake, and still makes two events.
                let again = seen.entry(id).and_modify(|times| *times += 1).or_insert(0);
                unique_name([&file, &plan.title, &variant, id, &again.to_string()])
            })
            .collect()
    }

    fn newness(&self, revision: Revision) -> Newness {
        let draft = self.plan().header.draft;
        Newness { sequence: revision.sequence(draft), stamp: utc(revision.stamp(draft)) }
    }

    /// The event of the step that has a number in the main line.
    fn event(&self, number: usize, events: &Events, newness: &Newness) -> Option<Event> {
        let at = number.checked_sub(1)?;
        let id = *self.schedule().main.order.get(at)?;
        let node = self.plan().node(id);
        let placed = self.placed(id)?;
        let pauses = placed.worked.as_ref().is_some_and(|stretches| stretches.len() > 1);
        let done = node.mark == Some(crate::document::Mark::Done);
        let waits = node.step_kind() == StepKind::Hold || done;
        Some(Event {
            uid: events.uids.get(at)?.clone(),
            sequence: newness.sequence,
            stamp: newness.stamp.clone(),
            start: utc(placed.start),
            end: (placed.finish > placed.start).then(|| utc(placed.finish)),
            summary: self.called_title(id),
            description: self.step_text(id, &events.foot),
            location: events.location.clone(),
            category: self.phase_titles(id),
            busy: if node.occupies() && !pauses && !done { Busy::Busy } else { Busy::Free },
            critical: placed.is_critical(),
            reminder: (!waits).then_some(REMINDED_BEFORE),
        })
    }
}

/// `20261205T220000Z`
fn utc(moment: Moment) -> String {
    // A clock without a zone shows UTC.
    let utc = Clock::undated().local(moment);
    let mut text = String::with_capacity(16);
    four_digits(&mut text, utc.year().unsigned_abs());
    two_digits(&mut text, utc.month());
    two_digits(&mut text, utc.day());
    text.push('T');
    two_digits(&mut text, utc.hour());
    two_digits(&mut text, utc.minute());
    two_digits(&mut text, utc.second());
    text.push('Z');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_newer_revision_has_a_greater_number_and_a_later_stamp() {
        let given = |number, changed| Revision { number, changed };
        let versions = [
            (given(None, None), Draft::Number(1)),
            (given(None, None), Draft::Number(3)),
            (given(None, None), Draft::Final),
            (given(Some(1001), None), Draft::Final),
            (given(None, Some(1_790_000_000)), Draft::Number(2)),
            (given(None, Some(1_790_000_060)), Draft::Number(1)),
        ];
        let found = versions.map(|(revision, draft)| (revision.sequence(draft), revision.stamp(draft)));
        assert!(found.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 < pair[1].1), "{found:?}");
        assert_eq!(found[0], (1, Moment(COUNTED_FROM + 1)));
        assert_eq!(given(Some(7), Some(120)).sequence(Draft::Final), 7);
        assert_eq!(given(Some(7), Some(120)).stamp(Draft::Final), Moment(120));
        assert_eq!(utc(Moment(COUNTED_FROM)), "20000101T000000Z");
    }
}
