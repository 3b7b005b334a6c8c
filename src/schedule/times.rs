//! Written times become moments: dates and clock times by the zone, T± by T-0.
//!
//! Each written time is read once and reported once, however many steps inherit it. A time that is
//! wrong counts as not there; one that the clock skips or shows twice is reported and then taken as
//! the end of the gap, or the first.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{Days, TimeDelta};
use chrono_tz::Tz;

use super::ScheduleOptions;
use super::busy::Stretch;
use super::clock::{Clock, Local};
use super::messages;
use super::moment::Moment;
use super::season::out_of_season;
use super::worker::{Absence, Worker, merged};
use crate::diagnostic::Diagnostic;
use crate::plan::{Given, Person, Plan, Scopes, Time};
use crate::source::Span;

/// The seconds of a day of the clock.
const DAY: i64 = 86_400;

/// Whether a date stands for its beginning or its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Edge {
    Begin,
    End,
}

/// A clock time without a date, and the moment it was taken for.
#[derive(Debug, Clone, Copy)]
pub(super) struct BareClock {
    pub(super) span: Span,
    pub(super) time: chrono::NaiveTime,
    pub(super) moment: Moment,
}

/// What clock times without a date count from.
#[derive(Debug, Clone, Copy)]
struct BareAnchor {
    /// The start, or else T-0, as the plan has it.
    moment: Moment,
    /// Whether it is the start: then the first such time from there on is meant, else the nearest.
    is_start: bool,
    /// The whole days by which the command line moves it. A start that is a few hours later moves no deadline.
    days: i64,
}

/// The moments of a plan.
#[derive(Debug, Clone)]
pub(super) struct Times {
    pub(super) clock: Clock,
    /// Whether the plan has a date.
    pub(super) dated: bool,
    pub(super) start: Option<Moment>,
    /// Where T is; in a plan without a date, 0.
    pub(super) t0: Moment,
    /// Whether T-0 is given, and not just the start.
    pub(super) t0_given: Option<Span>,
    /// Whether a T-0 was given on the command line.
    pub(super) t0_from_options: bool,
    pub(super) windows: Vec<Option<Stretch>>,
    pub(super) closed: Vec<Stretch>,
    pub(super) workers: Arc<[Worker]>,
    /// Who works where nobody is named.
    pub(super) office: Worker,
    pub(super) bare_clocks: Vec<BareClock>,
    bare_anchor: BareAnchor,
    /// The zones of the plan's files.
    scopes: Arc<Scopes>,
    read: HashMap<(Span, Edge), Option<Moment>>,
    suppress_undated: bool,
}

impl Times {
    pub(super) fn read(plan: &Plan, options: &ScheduleOptions, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let header = &plan.header;
        let given_start = options.start.or(header.start.as_ref().map(|start| start.value));
        let given_t0 = options.t0.or(header.t0.as_ref().map(|t0| t0.value));
        let dated = given_start.is_some() || given_t0.is_some();
        let zone = header.timezone.as_ref().map_or(Tz::UTC, |zone| zone.value);
        let clock = if dated { Clock::of(zone) } else { Clock::undated() };
        let mut times = Self {
            clock,
            dated,
            start: None,
            t0: Moment(0),
            t0_given: None,
            t0_from_options: options.t0.is_some(),
            windows: vec![None; plan.windows.len()],
            closed: Vec::new(),
            workers: Arc::default(),
            office: Worker::office(clock),
            bare_clocks: Vec::new(),
            bare_anchor: BareAnchor { moment: Moment(0), is_start: false, days: 0 },
            scopes: Arc::new(plan.scopes.clone()),
            read: HashMap::new(),
            suppress_undated: header.has_anchor,
        };
        times.anchors(plan, options, diagnostics);
        if dated {
            times.ranges(plan, diagnostics);
        } else {
            times.review_ranges(plan, zone, diagnostics);
        }
        times.workers = plan.roster.people.iter().map(|person| times.worker(person, diagnostics)).collect();
        times.warn_of_missing_zone(plan, options, diagnostics);
        times
    }

    fn anchors(&mut self, plan: &Plan, options: &ScheduleOptions, diagnostics: &mut Vec<Diagnostic>) {
        let header = &plan.header;
        let whole = plan.nodes[0].span;
        let mut anchor = |option: Option<Time>, written: Option<(Time, Span)>| match (option, written) {
            (Some(time), _) => self.absolute(time, whole, Edge::Begin, true, diagnostics),
            (None, Some((time, span))) => self.absolute(time, span, Edge::Begin, false, diagnostics),
            (None, None) => None,
        };
        let start = anchor(options.start, header.start.as_ref().map(|start| (start.value, start.span)));
        let t0 = anchor(options.t0, header.t0.as_ref().map(|t0| (t0.value, t0.span)));
        self.start = start;
        self.t0_given = t0.and(header.t0.as_ref().map(|t0| t0.span).or(Some(whole)));
        self.t0 = t0.or(start).unwrap_or(Moment(0));
        self.bare_anchor = self.bare_anchor(plan);
    }

    /// A bare clock time is one day's, and stays that day's when the command line lets the plan begin later.
    fn bare_anchor(&self, plan: &Plan) -> BareAnchor {
        let header = &plan.header;
        let moment = |time: Time, span| self.absolute(time, span, Edge::Begin, false, &mut Vec::new());
        let written_start = header.start.as_ref().and_then(|start| moment(start.value, start.span));
        let written_t0 = header.t0.as_ref().and_then(|t0| moment(t0.value, t0.span));
        let (is_start, written, now) = match (written_start, self.start) {
            (Some(written), Some(now)) => (true, written, now),
            (None, Some(now)) if written_t0.is_none() => (true, now, now),
            _ => (false, written_t0.unwrap_or(self.t0), self.t0),
        };
        let days = (now - written + DAY / 2).div_euclid(DAY);
        BareAnchor { moment: written, is_start, days }
    }

    /// The clock by which a time is read that stands at a place.
    pub(super) fn clock_at(&self, place: Span) -> Clock {
        let zone = self.scopes.zone_at(place).filter(|_| self.dated);
        zone.map_or(self.clock, Clock::of)
    }

    /// A time with a date. One from the command line has no place in the text.
    fn absolute(
        &self,
        time: Time,
        span: Span,
        edge: Edge,
        from_options: bool,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Moment> {
        let clock = self.clock_at(span);
        let place = (!from_options).then_some(span);
        let local = match time {
            Time::Now(seconds) | Time::Fixed { seconds, ahead: None } => return Some(Moment(seconds)),
            Time::Fixed { seconds, ahead: Some(ahead) } => {
                let moment = Moment(seconds);
                diagnostics.extend(out_of_season(place, moment, ahead.into(), clock));
                return Some(moment);
            }
            Time::Date(date) if edge == Edge::Begin => return Some(clock.start_of(date)),
            Time::Date(date) => return Some(clock.end_of(date)),
            Time::Local(local) => local,
            Time::Clock(_) | Time::T { .. } => return None,
        };
        match clock.resolve(local) {
            Local::Once(moment) => Some(moment),
            Local::Twice(first, second) => {
                diagnostics.push(messages::ambiguous_time(place, local, [first, second], clock));
                Some(first)
            }
            Local::Skipped(end) => {
                diagnostics.push(messages::skipped_time(place, local, end, clock));
                Some(end)
            }
        }
    }

    fn ranges(&mut self, plan: &Plan, diagnostics: &mut Vec<Diagnostic>) {
        for (index, window) in plan.windows.iter().enumerate() {
            self.windows[index] = self.range(window.from, window.to, window.span, diagnostics);
        }
        for closed in &plan.header.closed {
            let range = self.range(closed.value.0, closed.value.1, closed.span, diagnostics);
            self.closed.extend(range);
        }
        self.closed = merged(std::mem::take(&mut self.closed));
    }

    /// What is wrong with the ranges of a plan without a date, which has no use for them.
    fn review_ranges(&self, plan: &Plan, zone: Tz, diagnostics: &mut Vec<Diagnostic>) {
        let mut dated = Self { clock: Clock::of(zone), dated: true, ..self.clone() };
        dated.ranges(plan, diagnostics);
        plan.roster.people.iter().for_each(|person| drop(dated.worker(person, diagnostics)));
    }

    fn range(&self, from: Time, to: Time, span: Span, diagnostics: &mut Vec<Diagnostic>) -> Option<Stretch> {
        let start = self.absolute(from, span, Edge::Begin, false, diagnostics)?;
        let end = self.absolute(to, span, Edge::End, false, diagnostics)?;
        if start >= end {
            diagnostics.push(messages::empty_range(span, from, to));
            return None;
        }
        Some(Stretch { start, end })
    }

    fn worker(&self, person: &Person, diagnostics: &mut Vec<Diagnostic>) -> Worker {
        let clock = match (&person.timezone, self.dated) {
            (Some(zone), true) => Clock::of(zone.value),
            _ => self.clock_at(person.handle.span),
        };
        let own = Self { clock, ..self.light() };
        let away = person.away.iter().filter(|_| self.dated).filter_map(|away| {
            let (from, to) = away.value;
            let stretch = own.range(from, to, away.span, diagnostics)?;
            Some(Absence { stretch, span: away.span })
        });
        let away = away.collect();
        Worker::new(clock, self.clock_at(person.handle.span), person.hours.clone(), away)
    }

    /// The same clock and anchors, without what was read.
    fn light(&self) -> Self {
        Self {
            windows: Vec::new(),
            closed: Vec::new(),
            workers: Arc::default(),
            office: Worker::office(self.clock),
            bare_clocks: Vec::new(),
            scopes: Arc::default(),
            read: HashMap::new(),
            ..*self
        }
    }

    /// What stands fast when all times of a line were read; what else is read goes into the original.
    pub(super) fn settled(&self) -> Self {
        Self {
            windows: self.windows.clone(),
            closed: self.closed.clone(),
            workers: self.workers.clone(),
            office: self.office.clone(),
            bare_clocks: self.bare_clocks.clone(),
            scopes: self.scopes.clone(),
            read: HashMap::new(),
            ..*self
        }
    }

    /// The clock of a way back: it counts from the moment at which it is called, whenever that is.
    pub(super) fn for_way_back(self) -> Self {
        let clock = Clock::undated();
        let away_never = |worker: &Worker| Worker::new(clock, clock, worker.hours.clone(), Vec::new());
        let workers = self.workers.iter().map(away_never);
        Self {
            clock,
            dated: false,
            start: Some(Moment(0)),
            t0: Moment(0),
            t0_given: None,
            windows: vec![None; self.windows.len()],
            closed: Vec::new(),
            workers: workers.collect(),
            office: Worker::office(clock),
            scopes: self.scopes,
            read: HashMap::new(),
            bare_clocks: Vec::new(),
            bare_anchor: self.bare_anchor,
            suppress_undated: true,
            t0_from_options: false,
        }
    }

    /// When something begins.
    pub(super) fn begin(&mut self, given: &Given<Time>, diagnostics: &mut Vec<Diagnostic>) -> Option<Moment> {
        self.moment(given.value, given.span, Edge::Begin, diagnostics)
    }

    /// By when something ends.
    pub(super) fn end(&mut self, given: &Given<Time>, diagnostics: &mut Vec<Diagnostic>) -> Option<Moment> {
        self.moment(given.value, given.span, Edge::End, diagnostics)
    }

    fn moment(
        &mut self,
        time: Time,
        span: Span,
        edge: Edge,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Moment> {
        if let Some(known) = self.read.get(&(span, edge)) {
            return *known;
        }
        let moment = match time {
            Time::T { before, by } => {
                let days = by.calendar_days();
                let (days, seconds) = if before { (-days, -by.seconds()) } else { (days, by.seconds()) };
                Some(self.clock.add_days(self.t0, days) + seconds)
            }
            _ if !self.dated => {
                if !self.suppress_undated {
                    diagnostics.push(messages::plan_without_date(span));
                }
                None
            }
            Time::Clock(clock) => {
                let moment = self.bare_clock(clock, span, diagnostics);
                if let Some(moment) = moment {
                    self.bare_clocks.push(BareClock { span, time: clock, moment });
                }
                moment
            }
            _ => self.absolute(time, span, edge, false, diagnostics),
        };
        self.read.insert((span, edge), moment);
        moment
    }

    /// The first such clock time at or after the start; where only T-0 is given, the one nearest to it.
    fn bare_clock(
        &self,
        time: chrono::NaiveTime,
        span: Span,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Moment> {
        let (BareAnchor { moment: anchor, is_start, days }, clock) = (self.bare_anchor, self.clock_at(span));
        let today = clock.local(anchor).date();
        let near = [today.checked_sub_days(Days::new(1)), Some(today), today.checked_add_days(Days::new(1))];
        let candidates = near.into_iter().flatten().map(|day| day.and_time(time));
        let best = if is_start {
            candidates.filter(|local| clock.settle(*local) >= anchor).min()
        } else {
            candidates.min_by_key(|local| (clock.settle(*local) - anchor).abs())
        };
        let moved = |days| best?.checked_add_signed(TimeDelta::try_days(days)?);
        // Whoever begins on another day at another hour has the time on the day from which it is still to come.
        let passed =
            |local| days != 0 && is_start && self.start.is_some_and(|start| clock.settle(local) < start);
        let best = moved(days).filter(|local| !passed(*local)).or_else(|| moved(days + 1))?;
        self.absolute(Time::Local(best), span, Edge::Begin, false, diagnostics)
    }

    /// Reports `in=` in a plan without a date; says whether windows count.
    pub(super) fn windows_count(&mut self, span: Span, diagnostics: &mut Vec<Diagnostic>) -> bool {
        if !self.dated && !self.suppress_undated && self.read.insert((span, Edge::Begin), None).is_none() {
            diagnostics.push(messages::window_without_date(span));
        }
        self.dated
    }
}
