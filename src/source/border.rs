//! The border around a plan: what a plan names is read inside of it, and nothing beyond.
//!
//! Plans may come from strangers, and what they name ends up on pages. The border is the repository (the nearest
//! folder above with `.git` in it), else the folder that was searched, else the plan's own. Promised: names count
//! as well as where links lead, and nothing beyond the border is opened.

use std::path::{Component, Path, PathBuf};

/// What the border of a plan is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BorderKind {
    /// The repository that the plan lies in.
    Repository,
    /// The folder that was searched for plans.
    Searched,
    /// The folder that the plan lies in.
    Own,
}

/// The border around a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Border {
    kind: BorderKind,
    /// The folder around everything that may be read.
    folder: PathBuf,
    /// The folder of the plan.
    own: PathBuf,
}

impl Border {
    /// Of a plan in the folder `own`; `searched` are folders that were named on the command line.
    pub(super) fn around(own: &Path, searched: &[PathBuf]) -> Self {
        let own = real(own);
        let with_git = own.ancestors().find(|folder| is_repository(folder)).map(Path::to_path_buf);
        let (kind, folder) = match with_git {
            Some(folder) => (BorderKind::Repository, folder),
            None => match searched.iter().find(|folder| own.starts_with(folder)) {
                Some(folder) => (BorderKind::Searched, folder.clone()),
                None => (BorderKind::Own, own.clone()),
            },
        };
        Self { kind, folder, own }
    }

    /// What it is.
    #[must_use]
    pub fn kind(&self) -> BorderKind {
        self.kind
    }

    /// Where a link that was found leads, when it may not be followed.
    pub(super) fn beyond(&self, path: &Path) -> Option<Beyond> {
        let out = (!self.holds(path)).then_some(Beyond::Out(self.kind));
        out.or_else(|| self.is_hidden(path).then_some(Beyond::Hidden))
    }

    /// Whether a path lies inside of it, by where its links lead.
    #[must_use]
    pub fn holds(&self, path: &Path) -> bool {
        real(path).starts_with(&self.folder)
    }

    /// Whether a file or a folder on the way to it is hidden. What the plan itself lies in does not count.
    #[must_use]
    pub fn is_hidden(&self, path: &Path) -> bool {
        let path = real(path);
        let shared = path.components().zip(self.own.components()).take_while(|(a, b)| a == b).count();
        has_hidden(&path.components().skip(shared).collect::<PathBuf>())
    }
}

/// Where a link leads that may not be followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Beyond {
    /// Out of the border.
    Out(BorderKind),
    /// To what is hidden.
    Hidden,
}

/// Where a path that was named on the command line leads to, when that is out of the repository in which it is written,
/// or to what is hidden there: then whoever wrote a link in that repository has chosen what is read, and not who
/// named it.
pub(super) fn beyond_repository(path: &Path) -> Option<Beyond> {
    let written = cleaned(path);
    let folder = written.ancestors().skip(1).find(|folder| is_repository(folder))?;
    let (folder, real) = (self::real(folder), self::real(&written));
    let Ok(inside) = real.strip_prefix(&folder) else { return Some(Beyond::Out(BorderKind::Repository)) };
    let is_link = !written.ends_with(inside);
    (is_link && has_hidden(inside)).then_some(Beyond::Hidden)
}

/// Whether a part of a path is hidden.
pub(super) fn has_hidden(path: &Path) -> bool {
    path.components().any(|part| part.as_os_str().to_string_lossy().starts_with('.'))
}

fn is_repository(folder: &Path) -> bool {
    folder.join(".git").symlink_metadata().is_ok()
}

/// Where a path leads. Of what is not there its folder counts.
pub(super) fn real(path: &Path) -> PathBuf {
    let path = cleaned(path);
    let there = path.ancestors().find_map(|part| Some((part, part.canonicalize().ok()?)));
    match there {
        Some((part, found)) => {
            let rest = path.strip_prefix(part).unwrap_or(Path::new(""));
            if rest.as_os_str().is_empty() { found } else { found.join(rest) }
        }
        None => path,
    }
}

/// The path from the root of the disk, without `..` where what is written says what it means: a link before `..`
/// leads elsewhere, so a path that is there is asked of the disk.
fn cleaned(path: &Path) -> PathBuf {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let mut out = PathBuf::new();
    for part in absolute.components() {
        match part {
            Component::ParentDir => {
                // Through a link `..` is the folder around its target.
                if let Ok(real) = out.canonicalize() {
                    out = real;
                }
                out.pop();
            }
            part => out.push(part),
        }
    }
    out
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests write files")]
mod tests {
    use super::*;

    fn tree(folders: &[&str]) -> tempfile::TempDir {
        let top = tempfile::tempdir().expect("a folder");
        folders.iter().for_each(|name| std::fs::create_dir_all(top.path().join(name)).expect("a folder"));
        top
    }

    #[test]
    fn the_nearest_repository_is_the_border_else_what_was_searched_else_the_folder() {
        let top = tree(&["repo/.git", "repo/plans/deep", "repo/inner/.git", "plain/deep"]);
        let place = |name: &str| top.path().join(name);
        let border = Border::around(&place("repo/plans"), &[]);
        assert_eq!(border.kind(), BorderKind::Repository);
        assert!(border.holds(&place("repo/plans/../people.yaml")));
        assert!(border.holds(&place("repo/people.yaml")) && !border.holds(&place("repo/../people.yaml")));
        assert!(!Border::around(&place("repo/inner"), &[]).holds(&place("repo/people.yaml")));
        let border = Border::around(&place("plain/deep"), &[real(&place("plain"))]);
        assert!(border.kind() == BorderKind::Searched && border.holds(&place("plain/people.yaml")));
        let border = Border::around(&place("plain/deep"), &[]);
        assert!(border.kind() == BorderKind::Own && !border.holds(&place("plain/people.yaml")));
    }

    #[test]
    fn hidden_counts_from_the_folder_of_the_plan() {
        let top = tree(&["repo/.git", "repo/.ci/plans"]);
        let place = |name: &str| top.path().join(name);
        let border = Border::around(&place("repo/.ci/plans"), &[]);
        assert!(!border.is_hidden(&place("repo/.ci/people.yaml")));
        assert!(
            border.is_hidden(&place("repo/.git/config")) && border.is_hidden(&place("repo/.ci/plans/.env"))
        );
    }

    #[cfg(unix)]
    #[test]
    fn links_count_by_where_they_lead() {
        let top = tree(&["repo/.git", "repo/plans", "elsewhere"]);
        let place = |name: &str| top.path().join(name);
        std::fs::write(place("elsewhere/plan.md"), "").expect("a file");
        std::fs::write(place("repo/plan.md"), "").expect("a file");
        std::os::unix::fs::symlink("../../elsewhere", place("repo/plans/out")).expect("a link");
        std::os::unix::fs::symlink("../plan.md", place("repo/plans/in.md")).expect("a link");
        let border = Border::around(&place("repo/plans"), &[]);
        assert!(border.holds(&place("repo/plans/in.md")) && !border.holds(&place("repo/plans/out/plan.md")));
        assert!(!border.holds(&place("repo/plans/out/not-there.yaml")));
        std::os::unix::fs::symlink("../.git", place("repo/plans/git")).expect("a link");
        let out = Some(Beyond::Out(BorderKind::Repository));
        for (path, beyond) in [
            ("repo/plans/out/plan.md", out),
            ("repo/plans/git/config", Some(Beyond::Hidden)),
            ("repo/.git/config", None),
            ("repo/plans/in.md", None),
            ("elsewhere/plan.md", None),
            ("repo/../elsewhere/plan.md", None),
        ] {
            assert_eq!(beyond_repository(&place(path)), beyond, "{path}");
        }
    }
}
