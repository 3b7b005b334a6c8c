//! Views become pages, and pages become files.
//!
//! Sees views only, and is the only stage that writes: pages, PDFs of them that a browser printed, and into
//! plans what somebody asked for. Promised: a file is whole or not there at all, an unchanged one is left alone, and nothing is removed or overwritten that an earlier build of the
//! same plan did not make.

mod amend;
mod disk;
mod export;
mod fields;
mod file;
mod jobs;
mod letters;
mod live;
mod made;
mod manifest;
mod manual;
mod messages;
mod pdf;
mod place;
mod policy;
mod render;
mod start;
mod template_error;
mod turn;
mod whole;

pub use amend::{Named, amend};
pub use disk::{
    OutputError, Prints, Written, check_index, listed, write_index, write_made, write_pdfs, write_plan,
};
pub use export::{write_csv, write_dot, write_gantt, write_graph, write_ics, write_project, write_xlsx};
pub use file::write_file;
pub use live::{live, live_sentence};
pub use made::read_made;
pub use manifest::MANIFEST;
pub use manual::write_manual;
pub use pdf::{PACK, Pdf, Printed, file_address, pdfs, printable};
pub use render::{Page, Renderer, built_in_templates};
pub use start::write_templates;
pub use template_error::TemplateError;
pub use turn::Turn;
pub use whole::write_new;
