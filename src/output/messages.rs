//! What this stage says to people.

use std::path::Path;

use super::disk::OutputError;
use super::render::TemplateError;

pub(super) fn folder_of_another_plan(folder: &Path, plan: &str) -> OutputError {
    OutputError {
        message: format!("the folder `{}` holds the pages of another plan, {plan}", folder.display()),
        help: "choose another folder with `-o`, or delete that one".to_owned(),
    }
}

pub(super) fn somebody_elses(path: &Path) -> OutputError {
    OutputError {
        message: format!("`{}` was not made by an earlier build, and would be overwritten", path.display()),
        help: "move that file away, or choose another folder with `-o`".to_owned(),
    }
}

pub(super) fn file_in_the_way(folder: &Path, file: &Path) -> OutputError {
    OutputError {
        message: format!("the folder `{}` can't be made: `{}` is a file", folder.display(), file.display()),
        help: "choose another folder with `-o`".to_owned(),
    }
}

pub(super) fn refused(path: &Path, error: &std::io::Error) -> OutputError {
    OutputError {
        message: format!("`{}` can't be written: {error}", path.display()),
        help: "check who may write there and how much room is left, or choose another folder with `-o`"
            .to_owned(),
    }
}

pub(super) fn template(error: &TemplateError) -> OutputError {
    let line = error.line.map(|line| format!(", line {line}")).unwrap_or_default();
    OutputError {
        message: format!("the template `{}`{line} can't be used: {}", error.template, error.message),
        help: "this is a mistake in the templates, not in the plan".to_owned(),
    }
}
