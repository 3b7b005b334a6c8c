//! The model becomes plain data for pages, terminal and programs.
//!
//! Every number, name and sentence that people read is decided here, so that each output shows the
//! same. Templates see these structs and nothing else.

mod brand;
mod cards;
mod contacts;
mod editor;
pub mod export;
mod gate;
mod head;
mod html;
mod index;
pub mod json;
mod markdown;
mod owner;
mod page;
mod pages;
mod people;
mod presenter;
mod questions;
mod readiness;
mod rollback;
mod run_sheet;
mod show;
mod ticking;
mod timeline;
mod unassigned;
mod walkthrough;
mod why;
mod without;
mod words;

use crate::Compiled;
use crate::source::Sources;
use export::{Calendar, Revision};

pub use brand::Brand;
pub use cards::{Card, CardSheet, Cards};
pub use contacts::{ContactEntry, ContactGroup, ContactsPage, Credential, Held};
pub use gate::BackOut;
pub use head::{Head, LinkView, WindowView};
pub use index::{Finding, Index, OwnerLink, PhaseView, PlanLink, QuestionView, TopIndex};
pub use markdown::escaped as markdown_escaped;
pub use owner::{BackupStep, Hand, OwnerPage, OwnerQuestion, OwnerStep, OwnerTick};
pub use page::{Letters, PageLook, PageOptions, Paper};
pub use pages::PageLink;
pub use people::{Contact, PersonView};
pub use presenter::{Presenter, Tag};
pub use questions::{AskedQuestion, IncompleteStep, QuestionList, QuestionsPage, Unwritten};
pub use readiness::{Readiness, WindowMargin};
pub use rollback::{
    AnyStep, AnyUndo, GateLine, Rollback, RollbackPage, RollbackRow, WayGate, WayRow, WaySheet,
};
pub use run_sheet::{Row, RunSheet, StepRow, WayBack};
pub use show::ShowOptions;
pub use ticking::Ticking;
pub use timeline::{
    Again, Area, Band, Bar, Enlarged, Fact, Fold, Lane, LaneSpan, LanesBy, LegendItem, LineAcross, Link,
    Mark, NameLine, Parcel, Piece, Shown, SystemLane, SystemSpan, Timeline, Words,
};
pub use unassigned::{UnassignedPage, UnassignedPhase, UnassignedStep};
pub use walkthrough::{Need, WalkPart, WalkStep, Walkthrough};
pub use without::{LossRow, LossView, ProposalView, WithoutStep, WithoutView, quoted};

/// Everything that the pages of a plan show.
#[derive(Debug, Clone)]
pub struct PlanPages {
    /// The plan at a glance.
    pub index: Index,
    /// The script of the caller.
    pub run_sheet: RunSheet,
    /// Everybody's own page.
    pub owners: Vec<OwnerPage>,
    /// The steps that nobody does yet, where there are any.
    pub unassigned: Option<UnassignedPage>,
    /// Who does what when, drawn.
    pub timeline: Timeline,
    /// The way back, where there is one.
    pub rollback: Option<RollbackPage>,
    /// How to reach everybody, where somebody is named.
    pub contacts: Option<ContactsPage>,
    /// What is still to be found out, where something is asked.
    pub questions: Option<QuestionsPage>,
    /// Every step a card, where there are steps.
    pub cards: Option<Cards>,
    /// The last step first, where there are steps.
    pub walkthrough: Option<Walkthrough>,
    /// The same with lanes by phase, where there are phases.
    pub timeline_of_phases: Option<Timeline>,
    /// The compiled plan for other programs, as JSON.
    pub json: String,
    /// The calendars of those who have steps, each with the name of its file; none without a date.
    pub calendars: Vec<(String, Calendar)>,
    /// Its place in the list of plans.
    pub link: PlanLink,
    /// What all pages are called when they are in one file.
    pub pack_title: String,
}

impl PlanPages {
    /// The pages of a compiled plan, which will lie in the folder `name`. The long ones are made side
    /// by side.
    #[must_use]
    pub fn present(
        compiled: &Compiled,
        sources: &Sources,
        name: &str,
        options: PageOptions,
        revision: Revision,
    ) -> Self {
        let presenter = Presenter::new(compiled, sources).on_pages(options);
        let shared = &presenter;
        std::thread::scope(|scope| {
            let owners = scope.spawn(|| presenter.owner_pages());
            let run_sheet = scope.spawn(|| presenter.run_sheet());
            let json = scope.spawn(|| json::plan_json(compiled, sources).to_text());
            let others =
                scope.spawn(|| (presenter.rollback_page(), presenter.cards(), presenter.walkthrough()));
            let phases = scope.spawn(|| presenter.timeline_of_phases());
            let calendar = scope.spawn(move || shared.calendar(revision).ok());
            let timeline = presenter.timeline(LanesBy::People);
            let owners = joined(owners);
            let (rollback, cards, walkthrough) = joined(others);
            let calendar = joined(calendar);
            Self {
                index: presenter.index(&owners, rollback.as_ref()),
                run_sheet: joined(run_sheet),
                unassigned: presenter.unassigned(&owners),
                timeline,
                timeline_of_phases: joined(phases),
                rollback,
                contacts: presenter.contacts_page(&owners),
                questions: presenter.questions_page(),
                cards,
                walkthrough,
                json: joined(json),
                calendars: calendar.map_or_else(Vec::new, |all| presenter.owner_calendars(&owners, &all)),
                link: presenter.plan_link(name),
                pack_title: presenter.pack_title(),
                owners,
            }
        })
    }
}

/// What a thread made; a panic in it goes on here.
fn joined<T>(thread: std::thread::ScopedJoinHandle<'_, T>) -> T {
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}
