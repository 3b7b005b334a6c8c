//! `tminus fmt`: the braces of plans in one order and spelling.
//!
//! A block with a mistake is left alone, and the mistake is said. A file is written whole or not at all, as
//! by `check --fix`; with `--check` none is.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::arguments::Fmt;
use super::{Outcome, load, messages, terminal};
use crate::diagnostic::{Diagnostic, Edit, edited};
use crate::output::{Named, amend};
use crate::source::{SourceId, Sources};

pub fn run(arguments: &Fmt) -> Outcome {
    let mut sources = Sources::new();
    let loaded = load::load(&arguments.paths, Path::new("pages"), &mut sources);
    let mut diagnostics: Vec<Diagnostic> = loaded.unreadable;
    if loaded.plans.is_empty() && diagnostics.is_empty() {
        terminal::error(&messages::no_plans(&arguments.paths), messages::NO_PLANS_HELP);
        return Outcome::Usage;
    }
    // A file that stands in several plans is written once.
    let mut files: BTreeMap<SourceId, Vec<Edit>> = BTreeMap::new();
    for plan in &loaded.plans {
        let canonical = crate::canonical(&mut sources, plan.source);
        for edits in canonical.edits.chunk_by(|a, b| a.span.source == b.span.source) {
            files.entry(edits[0].span.source).or_insert_with(|| edits.to_vec());
        }
        let news = canonical.left.into_iter().filter(|one| !diagnostics.contains(one)).collect::<Vec<_>>();
        diagnostics.extend(news);
    }
    let written =
        if arguments.check { list(&files, &sources) } else { write(&arguments.paths, &files, &sources) };
    terminal::print_diagnostics(&diagnostics, &sources);
    let summary = terminal::summary(&diagnostics);
    if let Some(summary) =
        summary.or_else(|| files.is_empty().then(|| messages::nothing_to_write(loaded.plans.len())))
    {
        terminal::remark(&summary);
    }
    written.max(terminal::outcome(&diagnostics))
}

/// The files that would change, a line each.
fn list(files: &BTreeMap<SourceId, Vec<Edit>>, sources: &Sources) -> Outcome {
    let mut names: Vec<String> =
        files.keys().map(|source| format!("{}\n", sources.get(*source).name)).collect();
    names.sort();
    let found = if files.is_empty() { Outcome::Done } else { Outcome::PlanErrors };
    found.max(terminal::print(&names.concat()))
}

/// Writes the files; one that can't be written does not keep the others from it.
fn write(paths: &[PathBuf], files: &BTreeMap<SourceId, Vec<Edit>>, sources: &Sources) -> Outcome {
    let named = Named::new(paths);
    let mut outcome = Outcome::Done;
    for (source, edits) in files {
        let Some(path) = sources.path(*source) else { continue };
        let old = &sources.get(*source).text;
        match amend(&named, path, old, &edited(old, edits)) {
            Ok(()) => terminal::remark(&messages::written_anew(&sources.get(*source).name, edits.len())),
            Err(error) => {
                terminal::error(&error.message, &error.help);
                outcome = Outcome::Environment;
            }
        }
    }
    outcome
}
