//! Changes that somebody asked for are written into their own file: the only writing that touches plans.
//!
//! Promised: the file is the old one or the new one at every moment, keeps its byte order mark and its
//! permissions, and is left alone when it is no longer the text that the changes were made for, or lies outside of
//! the folders that were named. Through a symbolic link its target is written, if that lies inside.
#![expect(clippy::disallowed_methods, reason = "this stage is where files are written")]

use std::path::{Path, PathBuf};

use super::disk::OutputError;
use super::messages;
use super::whole::replace;

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// What may be written: the files that were named on the command line, and what lies in their folders and in those
/// that were named.
#[derive(Debug, Clone, Default)]
pub struct Named {
    files: Vec<PathBuf>,
    folders: Vec<PathBuf>,
}

impl Named {
    /// What these paths of a command line name.
    #[must_use]
    pub fn new(paths: &[PathBuf]) -> Self {
        let mut named = Self::default();
        for path in paths {
            let here =
                |path: &Path| if path.as_os_str().is_empty() { PathBuf::from(".") } else { path.into() };
            if path.is_dir() {
                named.folders.extend(path.canonicalize());
            } else {
                named.files.extend(path.canonicalize());
                named.folders.extend(path.parent().and_then(|folder| here(folder).canonicalize().ok()));
            }
        }
        named
    }

    /// Whether a file may be written, by where its links lead.
    #[must_use]
    pub fn holds(&self, path: &Path) -> bool {
        let Ok(file) = path.canonicalize() else { return false };
        self.files.contains(&file) || self.folders.iter().any(|folder| file.starts_with(folder))
    }
}

/// Writes `new` in the place of `old`, both without a byte order mark.
///
/// # Errors
/// When the file is none of those `named`, has changed since `old` was read, may not be written, or the disk refuses.
pub fn amend(named: &Named, path: &Path, old: &str, new: &str) -> Result<(), OutputError> {
    let refused = |error: std::io::Error| messages::not_mended(path, &error.to_string());
    let file = path.canonicalize().map_err(refused)?;
    if !named.holds(&file) {
        return Err(messages::outside_of_named(path));
    }
    let permissions = std::fs::metadata(&file).map_err(refused)?.permissions();
    if permissions.readonly() {
        return Err(messages::not_mended(path, "it may only be read"));
    }
    let present = std::fs::read(&file).map_err(refused)?;
    let mark = if present.starts_with(BYTE_ORDER_MARK.as_bytes()) { BYTE_ORDER_MARK } else { "" };
    if &present[mark.len()..] != old.as_bytes() {
        return Err(messages::changed_meanwhile(path));
    }
    let bytes = [mark.as_bytes(), new.as_bytes()].concat();
    let finish =
        |made: &std::fs::File| made.set_permissions(permissions.clone()).and_then(|()| made.sync_all());
    replace(&file, &bytes, finish).map_err(refused)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_changed_since_it_was_read_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("plan.md");
        std::fs::write(&path, "- [ ] somebody saved this").expect("a file");
        let named = Named::new(std::slice::from_ref(&path));
        let refused = amend(&named, &path, "- [] x", "- [ ] x").expect_err("it has changed");
        assert!(refused.message.contains("has changed since it was read"), "{}", refused.message);
        assert_eq!(std::fs::read_to_string(&path).expect("a file"), "- [ ] somebody saved this");
        assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 1, "nothing is left behind");
    }

    #[test]
    fn the_byte_order_mark_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("plan.md");
        std::fs::write(&path, "\u{feff}- [] x\r\n").expect("a file");
        let named = Named::new(&[folder.path().to_path_buf()]);
        amend(&named, &path, "- [] x\r\n", "- [ ] x\r\n").expect("it can be written");
        assert_eq!(std::fs::read_to_string(&path).expect("a file"), "\u{feff}- [ ] x\r\n");
    }
}
