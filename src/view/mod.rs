//! The model becomes plain data for pages, terminal and programs.
//!
//! Every number, name and sentence that people read is decided here, so that each output shows the
//! same. Templates see these structs and nothing else.

mod brand;
mod by_node;
mod called_out;
mod cards;
mod change;
mod contacts;
mod diagnosed;
mod digits;
mod editor;
pub mod export;
mod gate;
mod head;
mod heard;
mod html;
mod index;
mod inert;
pub mod json;
mod lags;
mod list;
mod markdown;
mod owner;
mod page;
mod pages;
mod people;
mod plan_list;
mod presenter;
mod questions;
mod readiness;
mod rollback;
mod run_sheet;
mod show;
mod stand_ins;
mod step_words;
mod ticking;
mod timeline;
mod told;
mod unassigned;
mod walkthrough;
mod why;
mod without;
mod words;

use crate::Compiled;
use crate::cores::both;
use crate::source::Sources;
use export::{Calendar, Events, Revision};

pub use brand::Brand;
pub use cards::{Card, CardSheet, Cards};
pub use change::Change;
pub use contacts::{ContactEntry, ContactGroup, ContactsPage, Credential, Held};
pub use gate::BackOut;
pub use head::{Head, LinkView, WindowView};
pub use html::escape;
pub use index::{Finding, HandOut, Index, OwnerLink, PhaseView, QuestionView};
pub use inert::link as page_address;
pub use list::{List, Shared};
pub use markdown::escaped as markdown_escaped;
pub use owner::{BackupStep, Hand, OwnerPage, OwnerQuestion, OwnerStep, OwnerTick};
pub use page::{Letters, PageLook, PageOptions, Paper};
pub use pages::{HANDED_OUT, PageLink};
pub use people::{Contact, PersonView};
pub use plan_list::{PlanLink, TopIndex};
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
    Again, Area, Band, Bar, Enlarged, Fact, FactPart, Fold, Lane, LaneSpan, LanesBy, LegendItem, LineAcross,
    Link, Mark, NameLine, Parcel, Piece, Shown, Strip, SystemLane, SystemSpan, Timeline,
};
pub use unassigned::{UnassignedPage, UnassignedPhase, UnassignedStep};
pub use walkthrough::{Need, WalkPart, WalkStep, Walkthrough};
pub use without::{LossRow, LossView, ProposalView, WithoutStep, WithoutView, quoted};

/// Everything that the pages of a plan show.
///
/// What several pages need is made at once; the view of a long page is made when the page is, and nobody
/// keeps it longer.
pub struct PlanPages<'a> {
    presenter: Presenter<'a>,
    revision: Revision,
    owners: Vec<OwnerPage>,
    rollback: Option<RollbackPage>,
    events: Option<Events>,
    /// Its place in the list of plans.
    pub link: PlanLink,
    /// What all pages are called when they are in one file.
    pub pack_title: String,
}

impl<'a> PlanPages<'a> {
    /// The pages of a compiled plan, which will lie in the folder `name`.
    #[must_use]
    pub fn present(
        compiled: &'a Compiled,
        sources: &'a Sources,
        name: &str,
        options: PageOptions,
        revision: Revision,
    ) -> Self {
        let presenter = Presenter::new(compiled, sources).on_pages(options);
        let others = || (presenter.rollback_page(), presenter.events());
        let (owners, (rollback, events)) = both(true, || presenter.owner_pages(), others);
        let (link, pack_title) = (presenter.plan_link(name), presenter.pack_title());
        Self { presenter, revision, owners, rollback, events, link, pack_title }
    }

    /// The pages that lead to one another, the overview first.
    #[must_use]
    pub fn linked(&self) -> Vec<PageLink> {
        self.presenter.page_links()
    }

    /// How many steps the plan has.
    #[must_use]
    pub fn steps(&self) -> usize {
        self.presenter.schedule().steps.iter().flatten().count()
    }

    /// The plan at a glance.
    #[must_use]
    pub fn index(&self) -> Index {
        self.presenter.index(&self.owners, self.rollback.as_ref())
    }

    /// The script of the caller.
    #[must_use]
    pub fn run_sheet(&self) -> RunSheet {
        self.presenter.run_sheet()
    }

    /// Everybody's own page.
    #[must_use]
    pub fn owners(&self) -> &[OwnerPage] {
        &self.owners
    }

    /// The steps that nobody does yet, where there are any.
    #[must_use]
    pub fn unassigned(&self) -> Option<UnassignedPage> {
        self.presenter.unassigned(&self.owners)
    }

    /// Who does what when, drawn.
    #[must_use]
    pub fn timeline(&self) -> Timeline {
        self.presenter.timeline(LanesBy::People)
    }

    /// Whether there are lanes by phase.
    #[must_use]
    pub fn has_phases(&self) -> bool {
        self.presenter.has_phases()
    }

    /// The same with lanes by phase, where there are phases.
    #[must_use]
    pub fn timeline_of_phases(&self) -> Option<Timeline> {
        self.presenter.timeline_of_phases()
    }

    /// The way back, where there is one.
    #[must_use]
    pub fn rollback(&self) -> Option<&RollbackPage> {
        self.rollback.as_ref()
    }

    /// How to reach everybody, where somebody is named.
    #[must_use]
    pub fn contacts(&self) -> Option<ContactsPage> {
        self.presenter.contacts_page(&self.owners)
    }

    /// What is still to be found out, where something is asked.
    #[must_use]
    pub fn questions(&self) -> Option<QuestionsPage> {
        self.presenter.questions_page()
    }

    /// Every step a card, where there are steps.
    #[must_use]
    pub fn cards(&self) -> Option<Cards> {
        self.presenter.cards()
    }

    /// The last step first, where there are steps.
    #[must_use]
    pub fn walkthrough(&self) -> Option<Walkthrough> {
        self.presenter.walkthrough()
    }

    /// Appends the compiled plan for other programs, as JSON.
    pub fn write_json(&self, to: &mut Vec<u8>) {
        json::plan_json(self.presenter.compiled, self.presenter.sources).write(to);
    }

    /// Whether somebody has a calendar: steps on the main line, and dates.
    #[must_use]
    pub fn has_calendar(&self, owner: &OwnerPage) -> bool {
        self.events.is_some() && !owner.steps.is_empty()
    }

    /// The calendar of somebody who has one.
    #[must_use]
    pub fn calendar(&self, owner: &OwnerPage) -> Option<Calendar> {
        let events = self.events.as_ref().filter(|_| self.has_calendar(owner))?;
        Some(self.presenter.owner_calendar(owner, events, self.revision))
    }
}
