//! Advice about the finished model: one rule a file, all of them in one table.
//!
//! What comes in is the plan with its schedule; what goes out are diagnostics. Nothing here changes
//! anything, and no check knows of another.

mod almost_attributes;
mod attributes_in_title;
mod double_booked;
mod early_start;
mod gate_too_late;
mod gate_without_criteria;
mod gate_without_way_back;
mod images;
mod looks_like_gate;
mod looks_like_rollback;
mod messages;
mod missing_estimate;
mod missing_owner;
mod no_return_without_gate;
mod open_question;
mod people;
mod placeholder;
mod slip_of_phase;
mod steps_without_box;
mod struck_out;
mod systems;
mod tail;
pub mod without;

use crate::cores::both;
use crate::diagnostic::{Diagnostic, Rule};
use crate::document::BlockId;
use crate::graph::Graph;
use crate::plan::Plan;
use crate::schedule::{Schedule, WaysBack};
use crate::source::{Sources, Span};

/// What a check looks at.
pub struct Subject<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// What waits for what on its main line.
    pub graph: &'a Graph,
    /// The same of each way back, in the order of [`Plan::ways_back`].
    pub back: &'a [Graph],
    /// Its schedule.
    pub schedule: &'a Schedule,
    /// The ways back from its gates.
    pub ways_back: &'a WaysBack,
    /// The files.
    pub sources: &'a Sources,
    /// The words in it that stand for something still to be written.
    pub placeholders: &'a [Placeholder],
}

impl Subject<'_> {
    /// The place of a block with everything inside it.
    fn whole(&self, block: BlockId) -> Span {
        let document = &self.plan.document;
        let first = document.block(block);
        let inside = &document.blocks[block.index()..first.end.index()];
        let end = inside.iter().map(|inner| inner.span.end()).max().unwrap_or(first.span.end());
        Span::new(first.span.source, first.span.start()..end)
    }
}

/// A check.
type Check = fn(&Subject<'_>, &mut Vec<Diagnostic>);

/// So many nodes are worth a thread.
const MANY: usize = 200;

/// Every check but those of systems and people.
const CHECKS: &[Check] = &[
    almost_attributes::check,
    attributes_in_title::check,
    steps_without_box::check,
    missing_owner::check,
    missing_estimate::check,
    open_question::check,
    placeholder::check,
    struck_out::check,
    looks_like_gate::check,
    looks_like_rollback::check,
    gate_without_criteria::check,
    gate_without_way_back::check,
    gate_too_late::check,
    early_start::check,
    no_return_without_gate::check,
    images::check,
    slip_of_phase::check,
];

/// Runs every check. Systems take as long as all else, and are looked at beside it.
pub fn review(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let doubt = systems::Doubt::after(subject, diagnostics);
    let mut run = |checks: &[Check]| {
        checks.iter().for_each(|check| check(subject, diagnostics));
        diagnostics.len()
    };
    let (others, of_systems) = both(
        subject.plan.nodes.len() > MANY,
        || {
            let others = run(CHECKS);
            run(&people::CHECKS);
            others
        },
        || systems::check(subject, &doubt),
    );
    // In the order of the checks, whichever was ready first.
    diagnostics.splice(others..others, of_systems);
}

pub use double_booked::Bookings;
pub use people::{Fitness, Obstacle, Staff, is_done_by_somebody, is_unattended, members, time_of};
pub use placeholder::{Placeholder, PlaceholderKind, placeholders};

/// Where some rules have spoken already: what follows from it stays silent.
struct Places(Vec<Span>);

impl Places {
    fn of(diagnostics: &[Diagnostic], rules: &[Rule]) -> Self {
        let spoken = diagnostics.iter().filter(|one| rules.contains(&one.rule));
        Self::at(spoken.filter_map(Diagnostic::span))
    }

    fn at(spans: impl Iterator<Item = Span>) -> Self {
        let mut places: Vec<Span> = spans.collect();
        places.sort();
        Self(places)
    }

    fn any_in(&self, span: Span) -> bool {
        let first =
            self.0.partition_point(|place| (place.source, place.start()) < (span.source, span.start()));
        self.0.get(first).is_some_and(|place| place.source == span.source && place.start() < span.end())
    }
}
