//! What this stage says to people.

use std::path::Path;

use super::disk::OutputError;

pub(super) fn folder_of_another_plan(folder: &Path, plan: &Path, other: &str) -> OutputError {
    OutputError {
        message: format!(
            "the folder `{}` holds the pages of another plan, `{other}`, and those of `{}` would go there too",
            folder.display(),
            plan.display()
        ),
        help: "rename one of the two plans, choose another folder with `-o`, or delete that one".to_owned(),
    }
}

pub(super) fn same_place(path: &Path, plan: Option<&Path>, other: &str) -> OutputError {
    let what = match plan {
        Some(plan) => format!("the pages of `{}`", plan.display()),
        None => "the list of all plans".to_owned(),
    };
    OutputError {
        message: format!("{what} and those of `{other}` would have the same place, `{}`", path.display()),
        help: "rename one of the two plans, or choose another folder for one with `-o`".to_owned(),
    }
}

pub(super) fn place_of_the_list(plan: &Path, path: &Path) -> OutputError {
    OutputError {
        message: format!(
            "the pages of `{}` would lie at `{}`, where the list of all plans is",
            plan.display(),
            path.display()
        ),
        help: "rename that plan, or the folder in which it lies".to_owned(),
    }
}

pub(super) fn broken_list(list: &Path) -> OutputError {
    OutputError {
        message: format!(
            "`{}`, the list of what earlier builds made there, is broken or of another kind",
            list.display()
        ),
        // Not the folder: on top it may be one with files of somebody in it.
        help: "delete that list and the pages beside it, or choose another folder with `-o`".to_owned(),
    }
}

pub(super) fn somebody_elses(path: &Path) -> OutputError {
    OutputError {
        message: format!("`{}` was not made by an earlier build, and would be overwritten", path.display()),
        help: "move that file away, or choose another folder with `-o`".to_owned(),
    }
}

pub(super) fn link_for_folder(link: &Path) -> OutputError {
    OutputError {
        message: format!("`{}` is a link to another place, and pages would be written there", link.display()),
        help: "delete the link, or choose another folder with `-o`".to_owned(),
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

/// A template that somebody has changed, where the built-in ones shall go.
pub(super) fn changed_template(path: &Path) -> OutputError {
    OutputError {
        message: format!(
            "`{}` is there already, and is not the built-in template; nothing was written",
            path.display()
        ),
        help: "name another folder, or move that file away".to_owned(),
    }
}

/// A folder of templates that can't be made or written.
pub(super) fn no_place_for_templates(path: &Path, error: &std::io::Error) -> OutputError {
    OutputError {
        message: format!("`{}` can't be written: {error}", path.display()),
        help: "name another folder, or check who may write there".to_owned(),
    }
}

/// A file in the place of a page of the manual, which is none.
pub(super) fn no_page_of_the_manual(path: &Path) -> OutputError {
    OutputError {
        message: format!(
            "`{}` is there already, and is no page of this program's manual; nothing was written",
            path.display()
        ),
        help: "name another folder, or move that file away".to_owned(),
    }
}

/// A folder of the manual that can't be made or written.
pub(super) fn no_place_for_the_manual(path: &Path, error: &std::io::Error) -> OutputError {
    no_place_for_templates(path, error)
}

/// A folder of templates whose place a file has.
pub(super) fn file_for_templates(folder: &Path, file: &Path) -> OutputError {
    OutputError {
        message: format!(
            "the folder `{}` can't be made: `{}` is no folder",
            folder.display(),
            file.display()
        ),
        help: "name another folder".to_owned(),
    }
}

/// A plan that could not be mended.
pub(super) fn not_mended(path: &Path, reason: &str) -> OutputError {
    OutputError {
        message: format!("`{}` can't be mended: {reason}", path.display()),
        help: "check who may write the file and its folder, and how much room is left".to_owned(),
    }
}

/// A file that a plan names, and that nobody has named who asked for changes.
pub(super) fn outside_of_named(path: &Path) -> OutputError {
    OutputError {
        message: format!("`{}` lies outside of what was named, and is left as it is", path.display()),
        help: "name a folder around it and the plan to have it written too".to_owned(),
    }
}

pub(super) fn changed_meanwhile(path: &Path) -> OutputError {
    OutputError {
        message: format!("`{}` has changed since it was read, and is left as it is", path.display()),
        help: "run the command again".to_owned(),
    }
}

/// A file that was asked for by its name.
pub(super) fn file_refused(path: &Path, reason: &str) -> OutputError {
    OutputError {
        message: format!("`{}` can't be written: {reason}", path.display()),
        help: "check who may write there and how much room is left, or name another file with `-o`"
            .to_owned(),
    }
}

pub(super) fn folder_for_file(path: &Path) -> OutputError {
    OutputError {
        message: format!("`{}` is a folder, and a file is to be written", path.display()),
        help: "name a file with `-o`".to_owned(),
    }
}

pub(super) fn device_for_file(path: &Path) -> OutputError {
    OutputError {
        message: format!("`{}` is no ordinary file", path.display()),
        help: "name a file with `-o`, or leave it out to print".to_owned(),
    }
}

pub(super) fn would_overwrite_plan(path: &Path) -> OutputError {
    OutputError {
        message: format!("`{}` is part of the plan, and the export would overwrite it", path.display()),
        help: "name another file with `-o`".to_owned(),
    }
}
