//! The hidden list in each folder of pages: which plan they are of, and which files were made.
//!
//! What it names may be overwritten and removed by the next build of the same plan; all else in the
//! folder is somebody's own.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::disk::OutputError;
use super::messages;
use crate::view::PlanLink;

/// Its name.
pub const MANIFEST: &str = ".tminus-pages";

/// The list in a plan's folder.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct PlanManifest {
    /// The plan's file, from the folder of pages.
    pub(super) plan: String,
    /// The files that were made, from the folder.
    pub(super) files: Vec<String>,
}

/// The list in the folder above the plans.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct TopManifest {
    /// The files that were made.
    pub(super) files: Vec<String>,
    /// The plans that were built here.
    pub(super) plans: Vec<PlanLink>,
}

/// Reads a folder's list, if there is one.
///
/// # Errors
/// When it is broken, or of the other kind: what lies beside it may be ours or not.
#[expect(clippy::disallowed_methods, reason = "this stage reads back what it wrote")]
pub(super) fn read<T: for<'de> Deserialize<'de>>(folder: &Path) -> Result<Option<T>, OutputError> {
    let path = folder.join(MANIFEST);
    if path.symlink_metadata().is_err() {
        return Ok(None);
    }
    let text = if path.is_file() { std::fs::read_to_string(&path).ok() } else { None };
    let list = text.and_then(|text| serde_json::from_str(&text).ok());
    list.map(Some).ok_or_else(|| messages::broken_list(&path))
}

/// The text of a list.
pub(super) fn text(manifest: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(manifest).unwrap_or_default();
    text.push('\n');
    text
}
