//! A folder of templates of somebody's own becomes texts with ids, each under the name of the built-in
//! template in whose place it stands.
//!
//! Which names there are, the caller says. Promised: only regular files in that folder are read, nothing a
//! link in it leads out to; and a name that no template has is said, when it looks like one.

use std::path::{Path, PathBuf};

use super::border::Border;
use super::read::ReadError;
use super::{SourceId, Sources, messages};
use crate::diagnostic::{Diagnostic, nearest};

/// The largest template that is read, in bytes: 1 MB.
const LARGEST: usize = 1024 * 1024;

/// How a folder of templates was come by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TemplateFolder {
    /// It was named on the command line: it has to be there, with a template in it.
    Named,
    /// It lies beside a plan, and may be something else altogether.
    Beside,
}

/// A template of somebody's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnTemplate {
    /// The name of the built-in template in whose place it stands.
    pub name: String,
    /// Its text.
    pub source: SourceId,
}

/// What came of looking into a folder of templates.
#[derive(Debug, Clone, Default)]
pub struct OwnTemplates {
    /// The templates, in the order of their names.
    pub templates: Vec<OwnTemplate>,
    /// What is wrong with the folder, or with files in it.
    pub diagnostics: Vec<Diagnostic>,
}

/// How the names of templates end.
const ENDINGS: [&str; 3] = [".html.j2", ".md.j2", ".css"];

impl Sources {
    /// Reads the templates of a folder; `known` are the names of the built-in ones. A folder beside a plan
    /// in which no file has such a name is nobody's business; a name that is near one gets a note.
    pub fn read_templates(&mut self, folder: &Path, come_by: TemplateFolder, known: &[&str]) -> OwnTemplates {
        let mut found = OwnTemplates::default();
        if come_by == TemplateFolder::Beside && !folder.is_dir() {
            return found;
        }
        if come_by == TemplateFolder::Beside && self.leads_beyond(folder) {
            found.diagnostics.push(messages::templates_elsewhere(folder));
            return found;
        }
        if folder.exists() && !folder.is_dir() {
            found.diagnostics.push(messages::templates_in_a_file(folder));
            return found;
        }
        let names = match listed(folder) {
            Ok(names) => names,
            Err(error) => {
                found.diagnostics.push(messages::unlistable(folder, &error));
                return found;
            }
        };
        if !names.iter().any(|name| known.contains(&name.as_str())) {
            if come_by == TemplateFolder::Named {
                found.diagnostics.push(messages::no_templates(folder));
                found.diagnostics.extend(names.iter().filter_map(|name| misnamed(folder, name, known)));
            } else {
                let near = names.iter().filter_map(|name| perhaps_misnamed(folder, name, known));
                found.diagnostics.extend(near);
            }
            return found;
        }
        for name in names {
            let path = folder.join(&name);
            if !known.contains(&name.as_str()) {
                found.diagnostics.extend(misnamed(folder, &name, known));
            } else {
                match self.read_template(folder, &path) {
                    Ok(source) => found.templates.push(OwnTemplate { name, source }),
                    Err(diagnostic) => found.diagnostics.push(diagnostic),
                }
            }
        }
        found
    }

    /// Whether a folder beside a plan is a link out of what the plan may name.
    fn leads_beyond(&self, folder: &Path) -> bool {
        let around = folder.parent().unwrap_or(Path::new(""));
        folder.is_symlink() && Border::around(around, &self.searched).beyond(folder).is_some()
    }

    fn read_template(&mut self, folder: &Path, path: &Path) -> Result<SourceId, Diagnostic> {
        if leads_out(folder, path) {
            return Err(messages::template_elsewhere(path));
        }
        let source = self.read_named(path)?;
        if self.get(source).text.len() > LARGEST {
            return Err(messages::template_too_large(path));
        }
        Ok(source)
    }
}

/// A file whose name no template has, and that looks as if it were one.
fn misnamed(folder: &Path, name: &str, known: &[&str]) -> Option<Diagnostic> {
    let near = nearest(name, known.iter().copied());
    let is_meant = near.is_some() || looks_like_one(name);
    is_meant.then(|| messages::unknown_template(&folder.join(name), near))
}

/// The same where the folder may be somebody else's: a note, which stops nothing.
fn perhaps_misnamed(folder: &Path, name: &str, known: &[&str]) -> Option<Diagnostic> {
    // The ending that many names share makes none of them near.
    let ending = ENDINGS.into_iter().find(|ending| name.ends_with(ending))?;
    let stems = known.iter().filter_map(|known| known.strip_suffix(ending));
    let near = nearest(name.strip_suffix(ending)?, stems)?;
    Some(messages::unused_template(&folder.join(name), &format!("{near}{ending}")))
}

/// The names in a folder, in order; hidden ones, and copies that editors leave, are passed over.
fn listed(folder: &Path) -> Result<Vec<String>, ReadError> {
    let refuse = |error: std::io::Error| ReadError::told(folder, &error);
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(refuse)? {
        let name = entry.map_err(refuse)?.file_name().to_string_lossy().into_owned();
        if !name.starts_with(['.', '#']) && !name.ends_with('~') {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// By its ending. Other files beside templates, pictures and notes, are no templates.
fn looks_like_one(name: &str) -> bool {
    ENDINGS.iter().any(|ending| name.ends_with(ending))
}

fn leads_out(folder: &Path, path: &Path) -> bool {
    let real = |path: &Path| path.canonicalize().ok();
    match (real(folder), real(path)) {
        (Some(folder), Some(file)) => file.parent().map(Path::to_path_buf) != Some(folder),
        _ => false,
    }
}

/// The folder of templates beside a plan.
#[must_use]
pub fn templates_beside(plan: &Path) -> PathBuf {
    plan.parent().unwrap_or(Path::new("")).join("templates")
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests write files")]
mod tests {
    use super::*;

    const KNOWN: [&str; 2] = ["style.css", "owner.html.j2"];

    fn read(files: &[&str], come_by: TemplateFolder) -> (Vec<String>, Vec<String>) {
        let folder = tempfile::tempdir().expect("a folder");
        for file in files {
            std::fs::write(folder.path().join(file), "text").expect("a file");
        }
        let found = Sources::new().read_templates(folder.path(), come_by, &KNOWN);
        let names = found.templates.into_iter().map(|template| template.name).collect();
        let help = found.diagnostics.into_iter().flat_map(|one| one.help).collect();
        (names, help)
    }

    #[test]
    fn a_folder_without_a_templates_name_is_somebody_elses() {
        let nothing = (Vec::new(), Vec::new());
        assert_eq!(read(&["index.html", "mail.txt.j2"], TemplateFolder::Beside), nothing);
        assert_eq!(
            Sources::new().read_templates(Path::new("none"), TemplateFolder::Beside, &KNOWN).templates,
            []
        );
        assert_eq!(read(&["main.css", "page.html.j2"], TemplateFolder::Beside), nothing);
        let (_, help) = read(&["ownr.html.j2", "notes.txt"], TemplateFolder::Beside);
        assert_eq!(help, ["rename it to `owner.html.j2`"]);
        let none = "write the built-in ones there to start from: `tminus templates DIR`";
        let (_, help) = read(&["notes.txt"], TemplateFolder::Named);
        assert_eq!(help, [none]);
        let (_, help) = read(&["ownr.html.j2"], TemplateFolder::Named);
        assert_eq!(help, [none, "rename it to `owner.html.j2`"]);
    }

    #[test]
    fn a_name_that_no_template_has_is_said_when_it_looks_like_one() {
        let files = ["style.css", "logo.png", "README.md", ".style.css.swp", "owner.html.j2~", "ower.html"];
        let (names, help) = read(&files, TemplateFolder::Beside);
        assert_eq!(names, ["style.css"]);
        assert_eq!(help, ["rename it to `owner.html.j2`"]);
        let (_, help) = read(&["style.css", "colours.css"], TemplateFolder::Beside);
        assert_eq!(help, ["run `tminus templates DIR` to see the names that there are"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_out_of_the_folder_is_not_followed() {
        let top = tempfile::tempdir().expect("a folder");
        let folder = top.path().join("templates");
        std::fs::create_dir(&folder).expect("a folder");
        std::fs::write(top.path().join("secret"), "secret").expect("a file");
        std::os::unix::fs::symlink("../secret", folder.join("style.css")).expect("a link");
        let mut sources = Sources::new();
        let found = sources.read_templates(&folder, TemplateFolder::Named, &KNOWN);
        assert_eq!(found.templates, []);
        assert!(found.diagnostics[0].message.contains("leads out of"), "{}", found.diagnostics[0].message);
        assert_eq!(sources.iter().count(), 0, "nothing was read");
    }
}
