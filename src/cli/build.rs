//! `tminus build`: the pages of plans.

use std::collections::HashMap;
use std::path::PathBuf;

use super::arguments::Build;
use super::load::Candidate;
use super::{Outcome, load, messages, revision, terminal};
use crate::check::Bookings;
use crate::diagnostic::Diagnostic;
use crate::output::{OutputError, Renderer, Written, check_index, write_index, write_plan};
use crate::source::Sources;
use crate::view::export::Revision;
use crate::view::{PlanLink, PlanPages};
use crate::{Compiled, Options};

pub fn run(arguments: &Build) -> Outcome {
    let options = match load::options(&arguments.plan) {
        Ok(options) => options,
        Err(sentence) => return terminal::usage(&sentence),
    };
    let revision = match revision::revision(arguments.revision) {
        Ok(revision) => revision,
        Err(sentence) => return terminal::usage(&sentence),
    };
    let mut sources = Sources::new();
    let loaded = load::load(&arguments.paths, &arguments.output, &mut sources);
    terminal::print_diagnostics(&loaded.unreadable, &sources);
    let mut outcome = terminal::outcome(&loaded.unreadable);
    if loaded.plans.is_empty() {
        if loaded.unreadable.is_empty() {
            terminal::error(&messages::no_plans(&arguments.paths), messages::NO_PLANS_HELP);
            return Outcome::Usage;
        }
        return outcome;
    }
    let renderer = match Renderer::new() {
        Ok(renderer) => renderer,
        Err(error) => return refuse(&error.into()),
    };
    if let Err(error) = check_index(&arguments.output) {
        return outcome.max(refuse(&error));
    }
    let mut build = Building {
        arguments,
        options,
        revision,
        renderer,
        sources,
        links: Vec::new(),
        bookings: HashMap::new(),
        said: terminal::CommandLineSaid::default(),
    };
    let mut progress = terminal::Progress::begin();
    for (index, plan) in loaded.plans.iter().enumerate() {
        progress.step(index, loaded.plans.len(), &plan.name);
        outcome = outcome.max(build.plan(plan, &progress));
    }
    progress.end();
    if build.links.is_empty() {
        return outcome;
    }
    match write_index(&arguments.output, &build.renderer, build.links) {
        Ok(_) => outcome,
        Err(error) => outcome.max(refuse(&error)),
    }
}

struct Building<'a> {
    arguments: &'a Build,
    options: Options,
    revision: Revision,
    renderer: Renderer,
    sources: Sources,
    links: Vec<PlanLink>,
    /// By folder.
    bookings: HashMap<PathBuf, Bookings>,
    said: terminal::CommandLineSaid,
}

impl Building<'_> {
    fn plan(&mut self, plan: &Candidate, progress: &terminal::Progress) -> Outcome {
        let bookings = self.bookings.entry(plan.shared_folder()).or_default();
        let compiled = crate::compile_beside(bookings, &mut self.sources, plan.source, &self.options);
        let pages = PlanPages::present(&compiled, &self.sources, &plan.name, self.revision);
        progress.end();
        let news: Vec<&Diagnostic> =
            compiled.diagnostics.iter().filter(|one| self.said.is_news(one)).collect();
        terminal::print_diagnostics(news, &self.sources);
        let written = self
            .renderer
            .plan(&pages)
            .map_err(OutputError::from)
            .and_then(|made| write_plan(&self.arguments.output, &plan.name, &plan.path, &made));
        match written {
            Ok(written) => {
                let index = self.arguments.output.join(&plan.name).join("index.html");
                let printed = terminal::print(&summary(&compiled, &index.display().to_string(), written));
                self.links.push(pages.link);
                terminal::outcome(&compiled.diagnostics).max(printed)
            }
            Err(error) => refuse(&error),
        }
    }
}

fn refuse(error: &OutputError) -> Outcome {
    terminal::error(&error.message, &error.help);
    Outcome::Environment
}

/// One line on what was made.
fn summary(compiled: &Compiled, index: &str, written: Written) -> String {
    let steps = compiled.schedule.main.order.len();
    let mut line = format!("{index}: {}, {steps} steps", compiled.plan.title);
    if steps == 1 {
        line.pop();
    }
    let said: &[Diagnostic] = &compiled.diagnostics;
    if let Some(said) = terminal::summary(said) {
        line.push_str(&format!(", {said}"));
    }
    let Written { written, unchanged, removed } = written;
    let mut files = vec![format!("{written} written")];
    if unchanged > 0 {
        files.push(format!("{unchanged} unchanged"));
    }
    if removed > 0 {
        files.push(format!("{removed} removed"));
    }
    format!("{line} ({})\n", files.join(", "))
}
