//! The model becomes plain data for pages, terminal and programs.
//!
//! Every number, name and sentence that people read is decided here, so that each output shows the
//! same. Templates see these structs and nothing else.

mod head;
mod html;
mod index;
pub mod json;
mod markdown;
mod owner;
mod people;
mod presenter;
mod run_sheet;
mod scale;
mod timeline;
mod words;

pub use head::{Head, LinkView, WindowView};
pub use index::{Finding, Index, OwnerLink, PhaseView, PlanLink, QuestionView, TopIndex};
pub use markdown::escaped as markdown_escaped;
pub use owner::{BackupStep, Hand, OwnerPage, OwnerQuestion, OwnerStep, OwnerTick};
pub use people::PersonView;
pub use presenter::{Presenter, Tag};
pub use run_sheet::{Row, RunSheet, StepRow, WayBack};
pub use scale::{Fold, Mark};
pub use timeline::{Band, Bar, Fact, Lane, Sheet, Timeline};
