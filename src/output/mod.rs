//! Views become pages, and pages become files.
//!
//! Sees views only, and is the only stage that writes: pages, and into plans what somebody asked for. Promised: a file is whole or not there at all,
//! an unchanged one is left alone, and nothing is removed or overwritten that an earlier build of the
//! same plan did not make.

mod amend;
mod disk;
mod manifest;
mod messages;
mod place;
mod policy;
mod render;
mod whole;

pub use amend::amend;
pub use disk::{OutputError, Written, check_index, write_index, write_plan};
pub use manifest::MANIFEST;
pub use render::{Page, Renderer, TemplateError};
