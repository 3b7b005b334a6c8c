//! A file that somebody asked for by its name: whole or as it was, and never a file that was read.

use std::path::Path;

use super::disk::OutputError;
use super::messages;
use super::whole::replace;

/// Writes a file where it was asked for, over what is there. `read` are the files that the answer was made
/// from. Through a symbolic link its target is written, and a file keeps its permissions.
///
/// # Errors
/// When the place is a folder or a device, one of the files that were read, or the disk refuses.
pub fn write_file(path: &Path, bytes: &[u8], read: &[&Path]) -> Result<(), OutputError> {
    let there = path.canonicalize().ok();
    let file = there.as_deref().unwrap_or(path);
    if file.is_dir() {
        return Err(messages::folder_for_file(path));
    }
    if there.is_some() && !file.is_file() {
        return Err(messages::device_for_file(path));
    }
    let is_read = |one: &&Path| there.is_some() && is_same(one, file);
    if read.iter().any(is_read) {
        return Err(messages::would_overwrite_plan(path));
    }
    let permissions = std::fs::metadata(file).ok().map(|about| about.permissions());
    if permissions.as_ref().is_some_and(std::fs::Permissions::readonly) {
        return Err(messages::file_refused(path, "it may only be read"));
    }
    let keep = |made: &std::fs::File| match &permissions {
        Some(permissions) => made.set_permissions(permissions.clone()),
        None => Ok(()),
    };
    replace(file, bytes, keep).map_err(|error| messages::file_refused(path, &reason(path, &error)))
}

/// Whether two paths lead to one file, also by two names of it on the disk.
#[cfg(unix)]
fn is_same(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (std::fs::metadata(one), std::fs::metadata(other)) {
        (Ok(one), Ok(other)) => (one.dev(), one.ino()) == (other.dev(), other.ino()),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_same(one: &Path, other: &Path) -> bool {
    one.canonicalize().is_ok_and(|one| other.canonicalize().is_ok_and(|other| one == other))
}

fn reason(path: &Path, error: &std::io::Error) -> String {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    match parent {
        Some(parent) if !parent.is_dir() => format!("there is no folder `{}`", parent.display()),
        _ => error.to_string(),
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests read and write files")]
mod tests {
    use super::*;

    #[test]
    fn a_plan_is_never_overwritten() {
        let folder = tempfile::tempdir().expect("a folder");
        let plan = folder.path().join("plan.md");
        std::fs::write(&plan, "- [ ] x").expect("a file");
        let around = folder.path().join(".").join("plan.md");
        let refused = write_file(&around, b"csv", &[&plan]).expect_err("it is the plan");
        assert!(refused.message.contains("would overwrite"), "{}", refused.message);
        assert_eq!(std::fs::read_to_string(&plan).expect("a file"), "- [ ] x");
    }

    #[test]
    fn a_file_is_replaced_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("plan.csv");
        write_file(&path, b"one", &[]).expect("it can be written");
        write_file(&path, b"two", &[]).expect("it can be written again");
        assert_eq!(std::fs::read(&path).expect("a file"), b"two");
        assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 1);
        let refused = write_file(folder.path(), b"x", &[]).expect_err("it is a folder");
        assert!(refused.message.contains("is a folder"), "{}", refused.message);
        let missing = folder.path().join("no/plan.csv");
        let refused = write_file(&missing, b"x", &[]).expect_err("there is no such folder");
        assert!(refused.message.contains("there is no folder"), "{}", refused.message);
    }
}
