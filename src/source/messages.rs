//! What this stage says to people.

use std::path::Path;

use super::read::ReadError;
use super::span::Span;
use crate::diagnostic::{Diagnostic, Rule};

/// A file that a plan names and that can't be read.
#[must_use]
pub fn unreadable_at(span: Span, path: &Path, error: &ReadError) -> Diagnostic {
    let (message, help) = sentence(path, error);
    Diagnostic::new(Rule::Unreadable, span, message).label("named here").help(help)
}

pub(super) fn unreadable(path: &Path, error: &ReadError) -> Diagnostic {
    let (message, help) = sentence(path, error);
    Diagnostic::about_file(Rule::Unreadable, path.display().to_string(), message).help(help)
}

/// A folder, or what lies in one, that can't be searched.
pub(super) fn unlistable(path: &Path, error: &ReadError) -> Diagnostic {
    match error {
        ReadError::Refused(reason) => {
            let message = format!("the folder `{}` can't be searched: {reason}", path.display());
            Diagnostic::about_file(Rule::Unreadable, path.display().to_string(), message)
                .help("check who may read it")
        }
        _ => unreadable(path, error),
    }
}

/// What keeps a file from being read, and the way out.
#[must_use]
pub fn sentence(path: &Path, error: &ReadError) -> (String, String) {
    let name = path.display();
    match error {
        ReadError::Missing => (
            format!("there is no file or folder `{name}`"),
            "check the spelling, and the folder you are in".to_owned(),
        ),
        ReadError::DeadLink(target) => (
            format!("the link `{name}` leads nowhere: there is no `{}`", target.display()),
            "let the link lead to what is there, or delete it".to_owned(),
        ),
        ReadError::CircularLink => (
            format!("the link `{name}` leads in a circle"),
            "let the link lead to what is there, or delete it".to_owned(),
        ),
        ReadError::Folder => {
            (format!("`{name}` is a folder, and a file is needed here"), "name a file in it".to_owned())
        }
        ReadError::NoFile => (
            format!("`{name}` is a pipe or a device, and a file is needed here"),
            "save what it holds as a file, and name that".to_owned(),
        ),
        ReadError::Refused(reason) => {
            (format!("`{name}` can't be read: {reason}"), "check who may read the file".to_owned())
        }
        ReadError::TooLarge => (
            format!("`{name}` is larger than 512 MB, the most that a plan may have"),
            "split it into several plans".to_owned(),
        ),
        ReadError::NotText { line, byte } => (
            format!("`{name}` is not UTF-8 text: line {line} has the byte 0x{byte:02x}"),
            "save the file as UTF-8; a picture or a document of an office program is no plan".to_owned(),
        ),
    }
}
