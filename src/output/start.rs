//! The built-in templates are written out, for somebody to start from.
//!
//! Promised: before anything is written it is known that no file of that name is somebody's own.
#![expect(clippy::disallowed_methods, reason = "this stage is where files are written")]

use std::path::Path;

use super::disk::{OutputError, Written};
use super::messages;
use super::render::built_in_templates;
use super::whole::write_whole;

/// Writes the built-in templates of these names into a folder; all of them when none is named.
///
/// # Errors
/// When a file there is not the built-in one, or the disk refuses.
pub fn write_templates(folder: &Path, names: &[String]) -> Result<Written, OutputError> {
    let wanted = |name: &str| names.is_empty() || names.iter().any(|one| one == name);
    let templates: Vec<_> = built_in_templates().into_iter().filter(|(name, _)| wanted(name)).collect();
    for (name, text) in &templates {
        let path = folder.join(name);
        let is_same = || std::fs::read(&path).is_ok_and(|old| old == text.as_bytes());
        if path.symlink_metadata().is_ok() && !is_same() {
            return Err(messages::changed_template(&path));
        }
    }
    if let Some(file) = folder.ancestors().find(|path| path.symlink_metadata().is_ok() && !path.is_dir()) {
        return Err(messages::file_for_templates(folder, file));
    }
    std::fs::create_dir_all(folder).map_err(|error| messages::no_place_for_templates(folder, &error))?;
    let mut done = Written::default();
    for (name, text) in templates {
        match write_whole(&folder.join(name), text)? {
            true => done.written += 1,
            false => done.unchanged += 1,
        }
    }
    Ok(done)
}
