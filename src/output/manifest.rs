//! The hidden list in each folder of pages: which plan they are of, and which files were made.
//!
//! What it names may be overwritten and removed by the next build of the same plan; all else in the
//! folder is somebody's own.

use std::path::Path;

use serde::{Deserialize, Serialize};

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

/// Reads a list; one that is missing or broken counts as not there.
#[expect(clippy::disallowed_methods, reason = "this stage reads back what it wrote")]
pub(super) fn read<T: for<'de> Deserialize<'de>>(folder: &Path) -> Option<T> {
    let path = folder.join(MANIFEST);
    let text = path.is_file().then(|| std::fs::read_to_string(&path).ok())??;
    serde_json::from_str(&text).ok()
}

/// The text of a list.
pub(super) fn text(manifest: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(manifest).unwrap_or_default();
    text.push('\n');
    text
}
