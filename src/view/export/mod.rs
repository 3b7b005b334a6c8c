//! The plan as other programs want it: rows for tables and spreadsheets, events for diaries, bars and arrows
//! for diagrams, tasks for project planners.
//!
//! Plain data, nothing of any file format: each format has one writer in `output`, which decides how a
//! value is spelled there and never what it is. Promised: no text in it holds a character that acts.

mod calendar;
mod gantt;
mod links;
mod network;
mod plain;
mod planner_clock;
mod project;
mod sheets;
mod table;
mod text;
mod workbook;

pub(in crate::view) use calendar::Events;
pub use calendar::{Busy, Calendar, Event, Revision};
pub use gantt::{Gantt, GanttBar, GanttSection};
pub use network::{Arrow, Network, NetworkPart, NetworkStep, Shape, Weight};
pub use project::{Assignment, Constraint, LinkType, Predecessor, Project, ProjectPerson, ProjectTask};
pub use table::Table;
pub use workbook::{Cell, Column, Look, Sheet, SheetRow, Workbook};

/// Why a plan can't have an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoExport {
    /// It has no date.
    Undated,
}
