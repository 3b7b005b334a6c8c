//! The file of people that a plan names becomes text with an id, or a reason why it is not read.
//!
//! Promised: what lies beyond the plan's border, is hidden, or does not say by its name that it is a roster, is never
//! opened, so that none of it stands in a message or on a page.

use std::path::Path;

use super::border::{Border, BorderKind, real};
use super::read::ReadError;
use super::{SourceId, Sources};

/// Why a roster is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RosterError {
    /// It lies beyond the border of the plan.
    Outside(BorderKind),
    /// It is hidden, or lies in a hidden folder.
    Hidden,
    /// Its name, or that of the file that a link leads to, does not end as one of a roster.
    NotYaml,
    /// It can't be read.
    Unreadable(ReadError),
}

impl Sources {
    /// Reads a roster that a plan names, once.
    ///
    /// # Errors
    /// When the plan may not name it, or it can't be read.
    pub fn read_roster(&mut self, path: &Path, border: &Border) -> Result<SourceId, RosterError> {
        if !border.holds(path) {
            return Err(RosterError::Outside(border.kind()));
        }
        if border.is_hidden(path) {
            return Err(RosterError::Hidden);
        }
        let file = real(path);
        if file.is_file() && !is_yaml(&file) {
            return Err(RosterError::NotYaml);
        }
        self.read(path).map_err(RosterError::Unreadable)
    }
}

/// Whether the name of a file says that it is YAML.
#[must_use]
pub fn is_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|end| end.eq_ignore_ascii_case("yaml") || end.eq_ignore_ascii_case("yml"))
}
