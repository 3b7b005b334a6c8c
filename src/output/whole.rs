//! A file is written whole: as a temporary file beside its place, which is then renamed.
//!
//! Promised: what stands at the path is the old text or the new one at every moment, an unchanged file
//! is left alone, and the next build removes what an interrupted one left half-written.
#![expect(clippy::disallowed_methods, reason = "this stage is where files are written")]

use std::collections::BTreeSet;
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use super::disk::OutputError;
use super::messages;

/// The end of a temporary file's name: `.index.html.4711.part` becomes `index.html`.
const PART: &str = ".part";

/// So much of a long name stands in that of its temporary file: disks take 255 bytes.
const LONGEST_NAME: usize = 200;

/// So many bytes of a file are read at once.
const AT_ONCE: usize = 64 * 1024;

/// Writes a file whole; says whether anything changed.
pub(super) fn write_whole(path: &Path, text: impl AsRef<[u8]>) -> Result<bool, OutputError> {
    let bytes = text.as_ref();
    if holds(path, bytes) {
        return Ok(false);
    }
    let mut result = replace(path, bytes, |_| Ok(()));
    if result.as_ref().is_err_and(|error| error.kind() == ErrorKind::NotFound) {
        // Another build at the same time may take the temporary file for one that was left.
        result = replace(path, bytes, |_| Ok(()));
    }
    result.map(|()| true).map_err(|error| messages::refused(path, &error))
}

/// Whether a file is there that holds these bytes and no others.
fn holds(path: &Path, bytes: &[u8]) -> bool {
    // What is no file may never end when it is read.
    let is_as_long = |about: std::fs::Metadata| about.is_file() && about.len() == bytes.len() as u64;
    if !std::fs::metadata(path).is_ok_and(is_as_long) {
        return false;
    }
    let Ok(mut file) = std::fs::File::open(path) else { return false };
    let mut room = vec![0; bytes.len().min(AT_ONCE)];
    let mut rest = bytes;
    while !rest.is_empty() {
        match file.read(&mut room) {
            Ok(count) if count > 0 && rest.starts_with(&room[..count]) => rest = &rest[count..],
            _ => return false,
        }
    }
    true
}

/// Puts a file in the place of what is there. `finish` has the last word on the temporary file.
pub(super) fn replace(
    path: &Path,
    bytes: &[u8],
    finish: impl Fn(&std::fs::File) -> std::io::Result<()>,
) -> std::io::Result<()> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let temporary = path.with_file_name(format!(".{}.{}{PART}", beginning(&name), std::process::id()));
    // What lies there is of a build that was interrupted, or somebody's link to a place of no concern to us.
    if temporary.symlink_metadata().is_ok() {
        std::fs::remove_file(&temporary)?;
    }
    let result = std::fs::File::create_new(&temporary)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| finish(&file)))
        .and_then(|()| std::fs::rename(&temporary, path));
    if result.is_err() {
        let _ = std::fs::remove_file(&temporary);
    }
    result
}

/// Makes a file that is not there yet. One that finds no room is taken away again, or the next try would be refused.
///
/// # Errors
/// When something is there already, or the disk refuses.
pub fn write_new(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = std::fs::File::create_new(path)?;
    file.write_all(bytes).inspect_err(|_| _ = std::fs::remove_file(path))
}

/// Removes the temporary files that an interrupted build left of these files of a folder.
pub(super) fn remove_leftovers<'a>(folder: &Path, files: impl IntoIterator<Item = &'a str>) {
    let files: BTreeSet<PathBuf> = files.into_iter().map(|file| begun(Path::new(file))).collect();
    let parents: BTreeSet<&Path> = files.iter().filter_map(|file| file.parent()).collect();
    for parent in parents {
        let Ok(entries) = std::fs::read_dir(folder.join(parent)) else { continue };
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if whole_name(&name).is_some_and(|whole| files.contains(&parent.join(whole))) {
                let _ = std::fs::remove_file(entry.path());
            }
        }
    }
}

/// As much of a name as a temporary file has.
fn beginning(name: &str) -> &str {
    let end = (0..=LONGEST_NAME.min(name.len())).rev().find(|end| name.is_char_boundary(*end));
    &name[..end.unwrap_or(0)]
}

fn begun(file: &Path) -> PathBuf {
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    file.with_file_name(beginning(&name))
}

/// The file that a temporary one was to become.
fn whole_name(name: &str) -> Option<&str> {
    let (whole, number) = name.strip_prefix('.')?.strip_suffix(PART)?.rsplit_once('.')?;
    (!number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())).then_some(whole)
}
