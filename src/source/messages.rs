//! What this stage says to people.

use std::path::Path;

use super::attachment::AttachmentError;
use super::border::{Beyond, BorderKind};
use super::not_text::{Looks, NotText};
use super::plain::plain_line;
use super::read::ReadError;
use super::roster::RosterError;
use super::span::Span;
use crate::diagnostic::{Diagnostic, Rule, Severity};

/// Templates that are to be read from a file.
#[must_use]
pub fn templates_in_a_file(path: &Path) -> Diagnostic {
    let name = path.display().to_string();
    let message = format!("`{}` is no folder, and templates lie in one", plain_line(&name));
    Diagnostic::about_file(Rule::Unreadable, name, message)
        .help("name the folder; `tminus templates DIR` writes the built-in ones there to start from")
}

/// A file found in a search whose name would act where it is printed.
#[must_use]
pub fn strange_name(path: &Path) -> Diagnostic {
    let name = path.display().to_string();
    let message =
        format!("`{}` has a line break or another control character in its name", plain_line(&name));
    Diagnostic::about_file(Rule::Unreadable, name, message).help("rename it; under this name it is not read")
}

/// A roster that a plan names and that is not read; `at` is where it stops being text, if that is why.
#[must_use]
pub fn roster_unread(span: Span, path: &Path, error: &RosterError, at: Option<Span>) -> Diagnostic {
    let name = path.display();
    let (message, help) = match error {
        RosterError::Unreadable(error) if at.is_some() => {
            return unreadable(path, error, at).related(span, "the plan names the file here");
        }
        RosterError::Unreadable(error) => sentence(path, error),
        RosterError::Outside(kind) => {
            (format!("`{name}` lies outside of {}, and is not read", border(*kind)), way_in(*kind).to_owned())
        }
        RosterError::Hidden => (
            format!("`{name}` is hidden, or lies in a hidden folder, and is not read"),
            "give it a name that does not begin with a dot".to_owned(),
        ),
        RosterError::NotYaml => (
            format!("`{name}` is not read: only a file that ends in `.yaml` or `.yml` is a roster"),
            "name the file of people, or give it such an ending".to_owned(),
        ),
    };
    Diagnostic::new(Rule::Unreadable, span, message).label("named here").help(help)
}

fn border(kind: BorderKind) -> &'static str {
    match kind {
        BorderKind::Repository => "the repository of the plan",
        BorderKind::Searched => "the folder that is searched for plans",
        BorderKind::Own => "the folder of the plan",
    }
}

fn way_in(kind: BorderKind) -> &'static str {
    match kind {
        BorderKind::Repository => "move it into the repository",
        BorderKind::Searched | BorderKind::Own => {
            "move it into that folder, or make the folder around both a repository"
        }
    }
}

/// A link, found or named, that leads to what nobody has asked for.
pub(super) fn not_followed(path: &Path, beyond: Beyond) -> Diagnostic {
    let whither = match beyond {
        Beyond::Out(BorderKind::Repository) => "out of the repository in which it lies".to_owned(),
        Beyond::Out(kind) => format!("out of {}", border(kind)),
        Beyond::Hidden => "to what is hidden".to_owned(),
    };
    let message = format!("the link `{}` leads {whither}, and is not followed", path.display());
    Diagnostic::about_file(Rule::Unreadable, path.display().to_string(), message)
        .help("put the plan itself there, or name the file that the link leads to")
}

/// A file that can't be read; `at` is where it stops being text, if that is why.
pub(super) fn unreadable(path: &Path, error: &ReadError, at: Option<Span>) -> Diagnostic {
    let (message, help) = sentence(path, error);
    let diagnostic = match at {
        Some(at) => Diagnostic::new(Rule::Unreadable, at, message).label(label(error)),
        None => Diagnostic::about_file(Rule::Unreadable, path.display().to_string(), message),
    };
    diagnostic.help(help)
}

/// A folder, or what lies in one, that can't be searched.
pub(super) fn unlistable(path: &Path, error: &ReadError) -> Diagnostic {
    match error {
        ReadError::Refused(reason) => {
            let message = format!("the folder `{}` can't be searched: {reason}", path.display());
            Diagnostic::about_file(Rule::Unreadable, path.display().to_string(), message)
                .help("check who may read it")
        }
        _ => unreadable(path, error, None),
    }
}

/// A file among templates whose name no template has.
pub(super) fn unknown_template(path: &Path, near: Option<&str>) -> Diagnostic {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let message = format!("there is no template called `{name}`");
    let help = match near {
        Some(near) => format!("rename it to `{near}`"),
        None => "run `tminus templates DIR` to see the names that there are".to_owned(),
    };
    Diagnostic::about_file(Rule::Template, path.display().to_string(), message).help(help)
}

/// The same in a folder that may be somebody else's.
pub(super) fn unused_template(path: &Path, near: &str) -> Diagnostic {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let message = format!("there is no template called `{name}`, so the pages are made without it");
    let diagnostic = Diagnostic::about_file(Rule::Template, path.display().to_string(), message);
    Diagnostic { severity: Severity::Note, ..diagnostic }.help(format!("rename it to `{near}`"))
}

/// A folder for templates without one.
pub(super) fn no_templates(folder: &Path) -> Diagnostic {
    let message = format!("no file in `{}` has the name of a template", folder.display());
    Diagnostic::about_file(Rule::Template, folder.display().to_string(), message)
        .help("write the built-in ones there to start from: `tminus templates DIR`")
}

/// A template that is a link to another folder.
pub(super) fn template_elsewhere(path: &Path) -> Diagnostic {
    let message = format!("the link `{}` leads out of the folder of templates", path.display());
    Diagnostic::about_file(Rule::Template, path.display().to_string(), message)
        .help("put the file itself there: pages are made from what lies in that folder alone")
}

/// A folder of templates that lies elsewhere.
pub(super) fn templates_elsewhere(folder: &Path) -> Diagnostic {
    let message = format!("the link `{}` leads out of what the plan may name", folder.display());
    Diagnostic::about_file(Rule::Template, folder.display().to_string(), message)
        .help("name the folder with `--templates`, or put the templates themselves there")
}

pub(super) fn template_too_large(path: &Path) -> Diagnostic {
    let message = format!("`{}` is larger than 1 MB, the most that a template may have", path.display());
    Diagnostic::about_file(Rule::Template, path.display().to_string(), message)
        .help("take out of it what is no template, such as pictures")
}

/// What keeps a logo from standing on pages, and the way out.
#[must_use]
pub fn brand_sentence(path: &Path, error: &AttachmentError) -> (String, String) {
    let name = path.display();
    match error {
        AttachmentError::Unreadable(ReadError::TooLarge) => (
            format!("the logo `{name}` is larger than 500 KB, and it stands on every page"),
            "save it smaller: on paper it is 9 mm high".to_owned(),
        ),
        AttachmentError::Unreadable(error) => {
            let (message, help) = sentence(path, error);
            (format!("the logo can't be used: {message}"), help)
        }
        AttachmentError::Broken => (
            format!("the logo `{name}` is cut off or broken"),
            "open it in a program for pictures, and save it again".to_owned(),
        ),
        AttachmentError::NotAnImage | AttachmentError::Outside => (
            format!("the logo `{name}` is no image that browsers show"),
            "name a PNG, JPEG, WebP, GIF, AVIF or SVG file".to_owned(),
        ),
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
        ReadError::TooLong => (
            format!(
                "there is no file `{}`: a name of {} letters is longer than any file's",
                beginning(&name.to_string()),
                path.file_name().map_or(0, |name| name.to_string_lossy().chars().count())
            ),
            "name a file that is there".to_owned(),
        ),
        ReadError::Refused(reason) => {
            (format!("`{name}` can't be read: {reason}"), "check who may read the file".to_owned())
        }
        ReadError::TooLarge => (
            format!("`{name}` is larger than 512 MB, the most that a plan may have"),
            "split it into several plans".to_owned(),
        ),
        ReadError::NotText(wrong) => (not_text(&name.to_string(), wrong), as_text(&wrong.looks)),
    }
}

fn not_text(name: &str, wrong: &NotText) -> String {
    let place = format!("line {}, column {}", wrong.line, wrong.column);
    match wrong.looks {
        Looks::Utf16 => format!("`{name}` is UTF-16 text, and files are read as UTF-8"),
        Looks::CutOff => format!("`{name}` ends in the middle of a character, at {place}: it is cut off"),
        Looks::Stray { byte, .. }
        | Looks::Windows1252 { byte, .. }
        | Looks::OtherText(byte)
        | Looks::NoText(byte) => format!("`{name}` is not UTF-8 text: {place} has the byte 0x{byte:02x}"),
    }
}

/// What is wrong right at the place where a file stops being text.
fn label(error: &ReadError) -> String {
    let ReadError::NotText(wrong) = error else { return String::new() };
    match &wrong.looks {
        Looks::Utf16 => "two bytes or more for each letter".to_owned(),
        Looks::CutOff => "the rest of this character is missing".to_owned(),
        Looks::Stray { letter, .. } | Looks::Windows1252 { letter, .. } => {
            format!("`{letter}` in Windows-1252")
        }
        Looks::OtherText(_) => "no letter of UTF-8".to_owned(),
        Looks::NoText(_) => "no letter".to_owned(),
    }
}

/// How what a file holds becomes text that can be read.
fn as_text(looks: &Looks) -> String {
    match looks {
        Looks::Utf16 => "save the file as UTF-8; PowerShell writes it so with `Out-File -Encoding utf8`".to_owned(),
        Looks::CutOff => "get the whole file again, or delete what is left of that character".to_owned(),
        Looks::Stray { letter, .. } => {
            format!("type `{letter}` anew, if that is meant: the text before it is UTF-8, and this byte is not")
        }
        Looks::Windows1252 { word, .. } => format!(
            "save the file as UTF-8: it looks like Windows-1252 (Latin-1), in which this reads `{word}`"
        ),
        Looks::OtherText(_) => {
            "save the file as UTF-8: open it in the encoding in which it was written, and choose UTF-8 when you save it"
                .to_owned()
        }
        Looks::NoText(_) => {
            "save the file as UTF-8; a picture or a document of an office program is no plan".to_owned()
        }
    }
}

/// The first letters of a name that is too long to be shown.
fn beginning(name: &str) -> String {
    name.chars().take(40).chain(['…']).collect()
}
