//! A file of a folder of pages is read back, when a build made it.
//!
//! Promised: nothing is read but what the list beside it names, and nothing that a link leads out to.

use std::path::Path;

use super::manifest::{self, PlanManifest, TopManifest};
use super::place::is_inside;

/// The bytes of a file that an earlier build made below `out`; `path` has `/`.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "this stage reads back what it wrote")]
pub fn read_made(out: &Path, path: &str) -> Option<Vec<u8>> {
    if path.contains(['\\', '\0']) || path.contains("//") || !is_inside(path) || !is_listed(out, path) {
        return None;
    }
    let file = out.join(path).canonicalize().ok()?;
    let is_ours = file.starts_with(out.canonicalize().ok()?) && file.is_file();
    is_ours.then(|| std::fs::read(file).ok()).flatten()
}

/// Whether a list names the file: that of the folder of all plans, or that of a plan's folder.
fn is_listed(out: &Path, path: &str) -> bool {
    let slashes = path.match_indices('/').map(|(at, _)| at);
    let in_a_plan = |at: usize| {
        let list = manifest::read::<PlanManifest>(&out.join(&path[..at])).ok().flatten();
        list.is_some_and(|list| list.files.iter().any(|file| file == &path[at + 1..]))
    };
    let in_the_top = || {
        let list = manifest::read::<TopManifest>(out).ok().flatten();
        list.is_some_and(|list| list.files.iter().any(|file| file == path))
    };
    slashes.into_iter().any(in_a_plan) || in_the_top()
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests write files")]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_list_names_is_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("out");
        std::fs::create_dir_all(out.join("launch/owners")).expect("folders");
        let write = |path: &str, text: &str| std::fs::write(out.join(path), text).expect("a file");
        write(".tminus-pages", r#"{"files":["index.html"],"plans":[]}"#);
        write(
            "launch/.tminus-pages",
            r#"{"plan":"../a.md","files":["a.html","owners/b.html","../../secret"]}"#,
        );
        for path in ["index.html", "launch/a.html", "launch/owners/b.html", "launch/notes.html", "../secret"]
        {
            write(path, path);
        }
        for path in ["index.html", "launch/a.html", "launch/owners/b.html"] {
            assert_eq!(read_made(&out, path).as_deref(), Some(path.as_bytes()), "{path}");
        }
        for path in [
            "launch/notes.html",
            "launch/../../secret",
            "../secret",
            "/etc/passwd",
            "launch\\a.html",
            "",
            "launch/.tminus-pages",
            "launch",
            "launch/",
            "./index.html",
            "launch//a.html",
            "launch/a.html\0",
        ] {
            assert_eq!(read_made(&out, path), None, "{path}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_out_of_the_folder_is_not_followed() {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("out");
        std::fs::create_dir_all(out.join("launch")).expect("folders");
        std::fs::write(folder.path().join("secret"), "secret").expect("a file");
        std::fs::write(out.join("launch/.tminus-pages"), r#"{"plan":"a.md","files":["a.html"]}"#)
            .expect("a list");
        std::os::unix::fs::symlink("../../secret", out.join("launch/a.html")).expect("a link");
        assert_eq!(read_made(&out, "launch/a.html"), None);
    }
}
