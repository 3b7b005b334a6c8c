//! Images that a plan shows, so that its pages need no other file.
//!
//! Only what lies in the plan's own folder tree is read, and only known picture formats, told by
//! their bytes and not by their names.

use std::path::{Component, Path, PathBuf};

use super::picture::{is_whole, media};
use super::read::{ReadError, read_bytes};

/// The largest image that is put into a page, in bytes: 2 MB.
const LARGEST: u64 = 2 * 1024 * 1024;

/// The largest logo: it is put into every page, so less than an image may have. 500 KB.
const LARGEST_BRAND: u64 = 500 * 1024;

/// A link in a plan, with the folder it starts from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Link {
    /// The folder of the file in which the link stands.
    pub folder: PathBuf,
    /// The link as written, percent signs and all.
    pub target: String,
}

impl Link {
    pub(super) fn key(&self) -> PathBuf {
        self.folder.join(&self.target)
    }

    /// The path it means inside the folder, or nothing when it leaves it.
    fn inside(&self) -> Option<PathBuf> {
        let target = percent_decoded(&self.target);
        let mut parts: Vec<&std::ffi::OsStr> = Vec::new();
        for part in Path::new(&target).components() {
            match part {
                Component::Normal(name) => parts.push(name),
                Component::CurDir => {}
                Component::ParentDir => {
                    parts.pop()?;
                }
                Component::RootDir | Component::Prefix(_) => return None,
            }
        }
        let folder = if self.folder.as_os_str().is_empty() { Path::new(".") } else { &self.folder };
        let path = folder.join(parts.iter().collect::<PathBuf>());
        // A symbolic link may lead out of the folder: what it resolves to counts.
        match (path.canonicalize(), folder.canonicalize()) {
            (Ok(real), Ok(root)) if !real.starts_with(&root) => None,
            _ => Some(path),
        }
    }
}

/// Whether a link leads to a file beside the plan, and not to another host.
#[must_use]
pub fn is_local(target: &str) -> bool {
    !target.is_empty()
        && !target.contains(':')
        && !target.starts_with(['#', '?'])
        && !target.starts_with("//")
}

/// An image's bytes and what they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// The media type, such as `image/png`.
    pub media: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
}

/// Why an image is not put into the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AttachmentError {
    /// The link leaves the plan's folder.
    Outside,
    /// It can't be read.
    Unreadable(ReadError),
    /// Its bytes are no picture that browsers show.
    NotAnImage,
    /// It is a picture that was cut off, or an SVG whose elements don't close.
    Broken,
}

pub(super) fn load(link: &Link) -> Result<Attachment, AttachmentError> {
    image(&link.inside().ok_or(AttachmentError::Outside)?, LARGEST)
}

/// Reads the logo that was named on the command line; it may lie anywhere.
///
/// # Errors
/// When it can't be read, is larger than 500 KB, is no image, or not all of one.
pub fn read_brand(path: &Path) -> Result<Attachment, AttachmentError> {
    let logo = image(path, LARGEST_BRAND)?;
    if is_whole(logo.media, &logo.bytes) { Ok(logo) } else { Err(AttachmentError::Broken) }
}

fn image(path: &Path, largest: u64) -> Result<Attachment, AttachmentError> {
    let bytes = read_bytes(path, largest).map_err(AttachmentError::Unreadable)?;
    let media = media(&bytes).ok_or(AttachmentError::NotAnImage)?;
    Ok(Attachment { media, bytes })
}

/// `%20` and its kin as the bytes they stand for; what is no such escape stays.
#[must_use]
pub fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escaped = (bytes[at] == b'%')
            .then(|| text.get(at + 1..at + 3).and_then(|digits| u8::from_str_radix(digits, 16).ok()))
            .flatten();
        match escaped {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_that_leave_the_folder_are_refused() {
        for target in ["../x.png", "/etc/x.png", "a/../../x.png", "%2e%2e/x.png"] {
            let link = Link { folder: PathBuf::from("plans"), target: target.to_owned() };
            assert_eq!(load(&link).unwrap_err(), AttachmentError::Outside, "{target}");
        }
    }
}
