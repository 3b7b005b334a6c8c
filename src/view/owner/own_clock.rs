//! Times on the clock of whoever the page is for, where that is another one than the plan's.

use crate::plan::PersonId;
use crate::schedule::{Clock, Moment};
use crate::view::presenter::Presenter;
use crate::view::words::Words;

impl Presenter<'_> {
    fn own_clock(&self, person: Option<PersonId>) -> Option<Clock> {
        let zone = self.plan().roster.person(person?).timezone.as_ref()?.value;
        (self.words.dated && self.words.clock.zone() != Some(zone)).then(|| Clock::of(zone))
    }

    /// A moment on somebody's own clock, with its day where that is another one; empty where their clock is
    /// the plan's.
    pub(super) fn own_time(&self, moment: Moment, person: Option<PersonId>) -> String {
        let Some(clock) = self.own_clock(person) else { return String::new() };
        let own = Words { clock, ..self.words };
        if own.day(moment) == self.words.day(moment) { own.alone(moment) } else { own.short(moment) }
    }

    /// ` (09:00 for you)`, where somebody's clock is another one.
    pub(super) fn for_you(&self, moment: Moment, person: Option<PersonId>) -> String {
        let own = self.own_time(moment, person);
        if own.is_empty() { own } else { format!(" ({own} for you)") }
    }

    pub(super) fn own_zone(&self, person: Option<PersonId>) -> String {
        let main = &self.schedule().main;
        let own = self.own_clock(person).map(|clock| Words { clock, ..self.words });
        own.map(|words| words.zone(main.start, main.finish)).unwrap_or_default()
    }
}
