//! One file's bytes become text, or a reason why not.
#![expect(clippy::disallowed_methods, reason = "this stage is where files are read")]

use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use super::not_text::{NotText, text_of};
use crate::cores::get_ready;

/// The largest plan that is read, in bytes: 512 MB. That is some three million steps, and to check it takes some
/// fifty times as much memory.
pub const LARGEST: u64 = 512 * 1024 * 1024;

/// What is longer, in bytes, is worth several threads, which begin while it is read.
const LONG: u64 = 32 * 1024;

/// The system's numbers for "too many links", which the standard library has no stable name for: of
/// Linux, of macOS and the BSDs, of Windows.
const CIRCLE: [i32; 3] = [40, 62, 1921];

/// Why a file can't be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// Nothing lies at that path.
    Missing,
    /// The path is a symbolic link to this, and nothing lies there.
    DeadLink(PathBuf),
    /// The path is a symbolic link that leads back to itself.
    CircularLink,
    /// The path is a folder.
    Folder,
    /// A pipe or a device: to read it might never end.
    NoFile,
    /// The path, or a name in it, is longer than the system lets any be.
    TooLong,
    /// The system refuses, in its own words.
    Refused(String),
    /// Larger than it may be: a plan than 512 MB.
    TooLarge,
    /// Bytes that are no UTF-8 text.
    NotText(Box<NotText>),
}

impl ReadError {
    /// What the system's error about a path means.
    pub(super) fn told(path: &Path, error: &std::io::Error) -> Self {
        match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => {
                std::fs::read_link(path).map_or(Self::Missing, Self::DeadLink)
            }
            ErrorKind::IsADirectory => Self::Folder,
            ErrorKind::InvalidFilename => Self::TooLong,
            _ if error.raw_os_error().is_some_and(|number| CIRCLE.contains(&number)) => Self::CircularLink,
            _ => Self::Refused(error.to_string()),
        }
    }
}

pub(super) fn read_text(path: &Path) -> Result<String, ReadError> {
    text_of(read_bytes(path, LARGEST)?).map_err(|wrong| ReadError::NotText(Box::new(wrong)))
}

/// The bytes of a regular file of at most `largest` bytes.
pub(super) fn read_bytes(path: &Path, largest: u64) -> Result<Vec<u8>, ReadError> {
    let refuse = |error: std::io::Error| ReadError::told(path, &error);
    let about = std::fs::metadata(path).map_err(refuse)?;
    if about.is_dir() {
        return Err(ReadError::Folder);
    }
    if !about.is_file() {
        return Err(ReadError::NoFile);
    }
    if about.len() > largest {
        return Err(ReadError::TooLarge);
    }
    if about.len() > LONG {
        get_ready();
    }
    let mut bytes = Vec::with_capacity(usize::try_from(about.len()).unwrap_or(0));
    // A file may grow while it is read, and some name no length: the limit holds for what arrives.
    std::fs::File::open(path).map_err(refuse)?.take(largest + 1).read_to_end(&mut bytes).map_err(refuse)?;
    if bytes.len() as u64 > largest {
        return Err(ReadError::TooLarge);
    }
    Ok(bytes)
}
