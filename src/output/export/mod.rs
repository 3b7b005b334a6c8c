//! Views become the files of other programs: one writer a format.
//!
//! A writer decides how a value is spelled in its format and nothing else. Promised: the same view gives the
//! same bytes, and no text of a plan can end the place where it stands or act there.

mod csv;
mod dot;
mod ics;
mod mermaid;
mod msproject;
mod xlsx;

pub use self::csv::write_csv;
pub use dot::write_dot;
pub use ics::write_ics;
pub use mermaid::{write_gantt, write_graph};
pub use msproject::write_project;
pub use xlsx::write_xlsx;
