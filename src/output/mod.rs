//! Views become pages, and pages become files.
//!
//! Sees views only, and is the only stage that writes: pages, and into plans what somebody asked for. Promised: a file is whole or not there at all,
//! an unchanged one is left alone, and nothing is removed or overwritten that an earlier build of the
//! same plan did not make.

mod amend;
mod disk;
mod export;
mod file;
mod manifest;
mod messages;
mod place;
mod render;
mod whole;

pub use amend::amend;
pub use disk::{OutputError, Written, check_index, write_index, write_plan};
pub use export::{write_csv, write_dot, write_gantt, write_graph, write_ics, write_project, write_xlsx};
pub use file::write_file;
pub use manifest::MANIFEST;
pub use render::{Page, Renderer, TemplateError};
