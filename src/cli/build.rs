//! `tminus build`: the pages of plans.

use std::collections::HashMap;
use std::path::PathBuf;

use super::arguments::Build;
use super::interrupt::let_go;
use super::load::Candidate;
use super::pdf::{self, Printer};
use super::renderers::Renderers;
use super::said::Said;
use super::timings::Timings;
use super::{Outcome, consequences, load, messages, misfit, revision, terminal};
use crate::check::Bookings;
use crate::diagnostic::Diagnostic;
use crate::output::{
    OutputError, Prints, Renderer, Turn, Written, check_index, listed, write_index, write_made,
};
use crate::source::Sources;
use crate::view::export::Revision;
use crate::view::{PageOptions, PlanLink, PlanPages};
use crate::{Compiled, Options, Stage};

pub fn run(arguments: &Build) -> Outcome {
    let mut timings = Timings::begin(arguments.timings);
    let outcome = build(arguments, &mut timings);
    timings.print();
    outcome
}

fn build(arguments: &Build, timings: &mut Timings) -> Outcome {
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
    timings.passed(Stage::Read);
    terminal::print_diagnostics(&loaded.unreadable, &sources);
    let mut outcome = terminal::outcome(&loaded.unreadable);
    if loaded.plans.is_empty() {
        if loaded.unreadable.is_empty() {
            terminal::error(&messages::no_plans(&arguments.paths), messages::NO_PLANS_HELP);
            return Outcome::Usage;
        }
        return outcome;
    }
    if let Some(refused) = misfit::refused_by_any(&loaded.plans, &options, &mut sources) {
        return outcome.max(refused);
    }
    let renderers = match Renderers::new(&arguments.look) {
        Ok(renderers) => renderers,
        Err(refused) => return outcome.max(refused),
    };
    if let Err(error) = check_index(&arguments.output) {
        return outcome.max(refuse(&error));
    }
    let (printer, found) = Printer::new(&arguments.printing);
    outcome = outcome.max(found);
    timings.passed(Stage::Pages);
    let mut build = Building {
        arguments,
        timings,
        options,
        page: arguments.look.page(),
        revision,
        renderers,
        printer,
        sources,
        links: Vec::new(),
        bookings: load::bookings(&loaded.plans),
        said: Said::default(),
        is_last: false,
    };
    let mut progress = terminal::Progress::begin();
    for (index, plan) in loaded.plans.iter().enumerate() {
        progress.step(index, loaded.plans.len(), &plan.name);
        build.is_last = index + 1 == loaded.plans.len();
        outcome = outcome.max(build.plan(plan, &progress));
        if build.printer.as_ref().is_some_and(Printer::is_interrupted) {
            return Outcome::Interrupted;
        }
    }
    progress.end();
    if build.links.is_empty() {
        return outcome;
    }
    outcome.max(build.list_of_plans())
}

struct Building<'a> {
    arguments: &'a Build,
    timings: &'a mut Timings,
    options: Options,
    page: PageOptions,
    revision: Revision,
    renderers: Renderers,
    printer: Option<Printer>,
    sources: Sources,
    links: Vec<PlanLink>,
    /// By folder.
    bookings: HashMap<PathBuf, Bookings>,
    said: Said,
    /// Whether no other plan follows.
    is_last: bool,
}

/// What a plan has become.
struct Made {
    written: Result<Written, OutputError>,
    /// The paths of its pages.
    pages: Vec<String>,
    link: PlanLink,
    pack_title: String,
}

impl Building<'_> {
    fn plan(&mut self, plan: &Candidate, progress: &terminal::Progress) -> Outcome {
        let bookings = self.bookings.get_mut(&plan.shared_folder());
        let timings = &mut *self.timings;
        let passed = &mut |stage| timings.passed(stage);
        let compiled = crate::compile_beside(bookings, &mut self.sources, plan.source, &self.options, passed);
        progress.end();
        if let Some(refused) = misfit::refused(&plan.path, &compiled, &self.sources) {
            return refused;
        }
        terminal::print_diagnostics(self.said.news(&compiled.diagnostics, &self.sources), &self.sources);
        self.timings.passed(Stage::Report);
        let Made { written, pages, link, pack_title } = match self.pages(plan, &compiled) {
            Ok(made) => made,
            Err(refused) => return terminal::outcome(&compiled.diagnostics).max(refused),
        };
        self.timings.passed(Stage::Pages);
        let output = &self.arguments.output;
        let outcome = match written {
            Ok(written) => {
                let index = output.join(&plan.name).join("index.html");
                let printed = terminal::print(&summary(&compiled, &index.display().to_string(), written));
                let changes = consequences::of_options(&compiled, &self.options, &mut self.sources);
                changes.iter().for_each(|line| terminal::remark(line));
                self.timings.passed(Stage::Report);
                let pdfs = self.print(plan, &pages, &pack_title, written);
                if self.printer.is_some() {
                    self.timings.passed(Stage::Pdf);
                }
                self.links.push(link);
                terminal::outcome(&compiled.diagnostics).max(printed).max(pdfs)
            }
            Err(error) => refuse(&error),
        };
        let_go(compiled, self.is_last);
        outcome
    }

    /// Prints the pages that were written, when that is asked for.
    fn print(&self, plan: &Candidate, pages: &[String], title: &str, written: Written) -> Outcome {
        let plan = pdf::Plan { output: &self.arguments.output, name: &plan.name, pages, title, written };
        match &self.printer {
            Some(printer) => printer.print(&plan),
            None => {
                if written.outdated > 0 {
                    terminal::remark(&messages::outdated(written.outdated));
                }
                Outcome::Done
            }
        }
    }

    /// All pages of a plan, on the disk; or none of them, and the templates' mistakes are said.
    fn pages(&mut self, plan: &Candidate, compiled: &Compiled) -> Result<Made, Outcome> {
        let refuse = |refused: Outcome| {
            terminal::remark(&messages::no_pages(&plan.path));
            refused
        };
        let renderer = self.renderers.beside(&plan.path, &mut self.sources).map_err(refuse)?;
        let pages = PlanPages::present(compiled, &self.sources, &plan.name, self.page, self.revision);
        let prints = if self.printer.is_some() { Prints::Asked } else { Prints::Unasked };
        let made = write_made(&self.arguments.output, &plan.name, &plan.path, (renderer, &pages), prints);
        let paths = Renderer::paths(&pages);
        let (link, pack_title) = (pages.link.clone(), pages.pack_title.clone());
        let_go(pages, self.is_last);
        match made {
            Ok(written) => Ok(Made { written, pages: paths, link, pack_title }),
            Err(errors) => {
                let diagnostics = renderer.diagnostics(&errors, &mut self.sources);
                terminal::print_diagnostics(&diagnostics, &self.sources);
                Err(refuse(terminal::outcome(&diagnostics)))
            }
        }
    }

    fn list_of_plans(mut self) -> Outcome {
        let output = &self.arguments.output;
        let _turn = Turn::wait(output);
        let index = match listed(output, self.links, self.page.look()) {
            Ok(index) => index,
            Err(error) => return refuse(&error),
        };
        let renderer = match self.renderers.of_all(&mut self.sources) {
            Ok(renderer) => renderer,
            Err(refused) => return refused,
        };
        match renderer.top_index(&index) {
            Ok(page) => {
                self.timings.passed(Stage::Pages);
                let written = write_index(output, index, &page);
                self.timings.passed(Stage::Write);
                written.map_or_else(|error| refuse(&error), |_| Outcome::Done)
            }
            Err(error) => {
                let diagnostics = renderer.diagnostics(&[error], &mut self.sources);
                terminal::print_diagnostics(&diagnostics, &self.sources);
                terminal::outcome(&diagnostics)
            }
        }
    }
}

pub(super) fn refuse(error: &OutputError) -> Outcome {
    terminal::error(&error.message, &error.help);
    Outcome::Environment
}

/// One line on what was made.
pub(super) fn summary(compiled: &Compiled, index: &str, written: Written) -> String {
    let steps = compiled.schedule.main.order.len();
    let mut line = format!("{index}: {}, {steps} steps", compiled.plan.title);
    if steps == 1 {
        line.pop();
    }
    let said: &[Diagnostic] = &compiled.diagnostics;
    if let Some(said) = terminal::summary(said) {
        line.push_str(&format!(", {said}"));
    }
    let Written { written, unchanged, removed, .. } = written;
    let mut files = vec![format!("{written} written")];
    if unchanged > 0 {
        files.push(format!("{unchanged} unchanged"));
    }
    if removed > 0 {
        files.push(format!("{removed} removed"));
    }
    format!("{line} ({})\n", files.join(", "))
}
