//! The pages of the manual are written into a folder, over those of another version.
//!
//! Promised: before anything is written it is known that no file of those names is somebody's own.
#![expect(clippy::disallowed_methods, reason = "this stage is where files are written")]

use std::path::Path;

use super::disk::{OutputError, Written};
use super::messages;
use super::whole::write_whole;

/// How every page of the program's manual names itself, whatever its version.
const OURS: &str = ".TH tminus";

/// Writes pages, each with its name, into a folder.
///
/// # Errors
/// When a file there is no page of the program's manual, or the disk refuses.
pub fn write_manual(folder: &Path, pages: &[(String, Vec<u8>)]) -> Result<Written, OutputError> {
    for (name, _) in pages {
        let path = folder.join(name);
        let is_ours = || std::fs::read_to_string(&path).is_ok_and(|old| old.lines().any(is_title));
        if path.symlink_metadata().is_ok() && !is_ours() {
            return Err(messages::no_page_of_the_manual(&path));
        }
    }
    std::fs::create_dir_all(folder).map_err(|error| messages::no_place_for_the_manual(folder, &error))?;
    let mut done = Written::default();
    for (name, text) in pages {
        match write_whole(&folder.join(name), text)? {
            true => done.written += 1,
            false => done.unchanged += 1,
        }
    }
    Ok(done)
}

fn is_title(line: &str) -> bool {
    line.starts_with(OURS)
}
