//! The model becomes plain data for pages, terminal and programs.
//!
//! Every number, name and sentence that people read is decided here, so that each output shows the
//! same. Templates see these structs and nothing else.

mod brand;
mod editor;
mod gate;
mod head;
mod html;
mod index;
pub mod json;
mod markdown;
mod owner;
mod page;
mod people;
mod presenter;
mod readiness;
mod rollback;
mod run_sheet;
mod show;
mod timeline;
mod why;
mod without;
mod words;

use crate::Compiled;
use crate::source::Sources;

pub use brand::Brand;
pub use gate::BackOut;
pub use head::{Head, LinkView, WindowView};
pub use index::{Finding, Index, OwnerLink, PhaseView, PlanLink, QuestionView, TopIndex};
pub use markdown::escaped as markdown_escaped;
pub use owner::{BackupStep, Hand, OwnerPage, OwnerQuestion, OwnerStep, OwnerTick};
pub use page::{Letters, PageLook, PageOptions, Paper};
pub use people::{Contact, PersonView};
pub use presenter::{Presenter, Tag};
pub use readiness::{Readiness, WindowMargin};
pub use rollback::{Rollback, RollbackRow};
pub use run_sheet::{Row, RunSheet, StepRow, WayBack};
pub use show::ShowOptions;
pub use timeline::{Band, Bar, Fact, Fold, Lane, Mark, Sheet, Timeline};
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
    /// Who does what when, drawn.
    pub timeline: Timeline,
    /// The compiled plan for other programs, as JSON.
    pub json: String,
    /// Its place in the list of plans.
    pub link: PlanLink,
    /// What all pages are called when they are in one file.
    pub pack_title: String,
}

impl PlanPages {
    /// The pages of a compiled plan, which will lie in the folder `name`. The long ones are made side
    /// by side.
    #[must_use]
    pub fn present(compiled: &Compiled, sources: &Sources, name: &str, options: PageOptions) -> Self {
        let presenter = Presenter::new(compiled, sources).on_pages(options);
        let (owners, run_sheet, json, timeline) = std::thread::scope(|scope| {
            let owners = scope.spawn(|| presenter.owner_pages());
            let run_sheet = scope.spawn(|| presenter.run_sheet());
            let json = scope.spawn(|| json::plan_json(compiled, sources).to_text());
            let timeline = presenter.timeline();
            (joined(owners), joined(run_sheet), joined(json), timeline)
        });
        Self {
            index: presenter.index(&owners),
            run_sheet,
            timeline,
            json,
            link: presenter.plan_link(name),
            pack_title: presenter.pack_title(),
            owners,
        }
    }
}

/// What a thread made; a panic in it goes on here.
fn joined<T>(thread: std::thread::ScopedJoinHandle<'_, T>) -> T {
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}
