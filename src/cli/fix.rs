//! `tminus check --fix`: mends that are certain are written into the files.
//!
//! Round after round, because one mend may show the next mistake: plans are read, compiled, mended where
//! no two mends meet, and read again, until nothing certain is left.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::arguments::Check;
use super::{Outcome, load, messages, terminal};
use crate::Options;
use crate::diagnostic::{Diagnostic, Edit, edited};
use crate::document::mends;
use crate::output::{Named, OutputError, amend};
use crate::source::{SourceId, Sources};

/// Nobody's plan needs as many; more would be mends that undo each other.
const MOST_ROUNDS: usize = 20;

/// Mends the plans, and says on the error stream what was done.
pub fn run(arguments: &Check, options: &Options) -> Outcome {
    let mut done = Done::default();
    let named = Named::new(&arguments.paths);
    let mut outcome = Outcome::Done;
    for _ in 0..MOST_ROUNDS {
        let before = done.mends.len();
        if let Err(error) = round(&arguments.paths, &named, options, &mut done) {
            terminal::error(&error.message, &error.help);
            outcome = Outcome::Environment;
            break;
        }
        if done.mends.len() == before {
            break;
        }
    }
    for file in &done.left {
        terminal::remark(&messages::left_outside(file));
    }
    done.mends.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
    for mend in &done.mends {
        terminal::remark(&messages::mended(&mend.file, mend.line, &mend.old, &mend.new));
    }
    outcome
}

/// What was done.
#[derive(Default)]
struct Done {
    mends: Vec<Mend>,
    /// Files with mends that lie outside of what was named.
    left: BTreeSet<String>,
}

/// What was done at one place.
struct Mend {
    file: String,
    line: usize,
    old: String,
    new: String,
}

fn round(paths: &[PathBuf], named: &Named, options: &Options, done: &mut Done) -> Result<(), OutputError> {
    let mut sources = Sources::new();
    let loaded = load::load(paths, Path::new("pages"), &mut sources);
    let mut diagnostics: Vec<Diagnostic> = Vec::new();
    for plan in &loaded.plans {
        diagnostics.extend(crate::compile(&mut sources, plan.source, options).diagnostics);
    }
    // A file that stands in several plans, or several times in one, is mended once.
    for edit in diagnostics.iter_mut().flat_map(|one| &mut one.edits) {
        edit.span.source = sources.original(edit.span.source);
    }
    for edits in mends(&diagnostics, &sources).chunk_by(|a, b| a.span.source == b.span.source) {
        let source = edits[0].span.source;
        let Some(path) = sources.path(source) else { continue };
        if !named.holds(path) {
            done.left.insert(sources.get(source).name.clone());
            continue;
        }
        let old = &sources.get(source).text;
        amend(named, path, old, &edited(old, edits.iter().copied()))?;
        done.mends.extend(edits.iter().map(|edit| mend(edit, source, &sources)));
    }
    Ok(())
}

/// What an edit does, with the words around it where signs alone would say little.
fn mend(edit: &Edit, source: SourceId, sources: &Sources) -> Mend {
    let source = sources.get(source);
    let text = &source.text;
    let (mut start, mut end) = (edit.span.start(), edit.span.end());
    if !edit.old.contains(char::is_alphanumeric) {
        start = text[..start].rfind(char::is_whitespace).map_or(0, |at| at + width(text, at));
        end += text[end..].find(char::is_whitespace).unwrap_or(text.len() - end);
    }
    let (before, after) = (&text[start..edit.span.start()], &text[edit.span.end()..end]);
    Mend {
        file: source.name.clone(),
        line: source.position(edit.span.start()).line,
        old: text[start..end].to_owned(),
        new: format!("{before}{}{after}", edit.text).trim_end().to_owned(),
    }
}

fn width(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(1, char::len_utf8)
}
