//! `tminus check`: diagnostics alone.

use std::collections::HashMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::arguments::{Check, Format};
use super::interrupt::let_go;
use super::timings::Timings;
use super::{Outcome, consequences, fix, load, messages, terminal};
use crate::Stage;
use crate::diagnostic::{Diagnostic, Place, Report, render_github, render_gitlab, render_short, sarif};
use crate::schedule::Moment;
use crate::source::Sources;
use crate::view::Presenter;

pub fn run(arguments: &Check) -> Outcome {
    let mut timings = Timings::begin(arguments.timings);
    let outcome = check(arguments, &mut timings);
    timings.print();
    outcome
}

fn check(arguments: &Check, timings: &mut Timings) -> Outcome {
    let options = match load::options(&arguments.plan) {
        Ok(options) => options,
        Err(sentence) => return terminal::usage(&sentence),
    };
    let mut mended = Outcome::Done;
    if arguments.fix {
        mended = fix::run(arguments, &options);
        timings.passed(Stage::Fix);
    }
    let mut sources = Sources::new();
    let loaded = load::load(&arguments.paths, Path::new("pages"), &mut sources);
    timings.passed(Stage::Read);
    let mut diagnostics: Vec<Diagnostic> = loaded.unreadable;
    if loaded.plans.is_empty() && diagnostics.is_empty() {
        terminal::error(&messages::no_plans(&arguments.paths), messages::NO_PLANS_HELP);
        // Whoever sends the report on sends a whole one.
        let printed = match arguments.format {
            Format::Human => Outcome::Done,
            format => print(format, &[], &sources, (0, &[])),
        };
        return Outcome::Usage.max(printed);
    }
    let mut said = terminal::CommandLineSaid::default();
    let mut of_files = SaidOfFiles::default();
    let mut bookings = load::bookings(&loaded.plans);
    let mut ready: Vec<(String, String)> = Vec::new();
    let mut progress = terminal::Progress::begin();
    for (index, plan) in loaded.plans.iter().enumerate() {
        progress.step(index, loaded.plans.len(), &plan.path.display().to_string());
        let bookings = bookings.get_mut(&plan.shared_folder());
        let passed = &mut |stage| timings.passed(stage);
        let mut compiled = crate::compile_beside(bookings, &mut sources, plan.source, &options, passed);
        if arguments.format == Format::Human {
            let readiness = Presenter::new(&compiled, &sources).readiness(Some(Moment(terminal::now())));
            let name = plan.path.display().to_string();
            let changes = consequences::of_options(&compiled, &options, &mut sources);
            ready.extend(changes.map(|line| (name.clone(), line)));
            ready.extend(messages::other_variants(&compiled.plan).map(|line| (name.clone(), line)));
            ready.push((name, readiness.line));
        }
        let found = std::mem::take(&mut compiled.diagnostics);
        let is_news = |one: &Diagnostic| said.is_news(one) && of_files.is_news(one, &sources, index);
        diagnostics.extend(found.into_iter().filter(is_news));
        let_go(compiled, index + 1 == loaded.plans.len());
    }
    progress.end();
    let outcome = terminal::outcome(&diagnostics);
    let printed = print(arguments.format, &diagnostics, &sources, (loaded.plans.len(), &ready));
    timings.passed(Stage::Report);
    outcome.max(mended).max(printed)
}

/// What has been said of lines: of several plans in which a file stands, the first says what is wrong in it.
#[derive(Default)]
struct SaidOfFiles(HashMap<(PathBuf, Range<usize>, &'static str, String), usize>);

impl SaidOfFiles {
    /// Whether no earlier plan has said this.
    fn is_news(&mut self, one: &Diagnostic, sources: &Sources, plan: usize) -> bool {
        let Some(span) = one.span() else { return true };
        let Some(file) = sources.file(span.source) else { return true };
        let said = (file.to_owned(), span.start()..span.end(), one.rule.name(), one.message.clone());
        *self.0.entry(said).or_insert(plan) == plan
    }
}

/// `ready` has every plan's name and how ready it is, for people, of so many `plans`.
fn print(
    format: Format,
    diagnostics: &[Diagnostic],
    sources: &Sources,
    (plans, ready): (usize, &[(String, String)]),
) -> Outcome {
    match format {
        Format::Short => terminal::print(&render_short(diagnostics, sources)),
        Format::Github => terminal::print_commands(&render_github(diagnostics, sources)),
        Format::Gitlab => {
            let about_command_line = |one: &&Diagnostic| one.place == Place::CommandLine;
            terminal::print_diagnostics(diagnostics.iter().filter(about_command_line), sources);
            print_json(&render_gitlab(diagnostics, sources))
        }
        Format::Sarif => print_json(&sarif(diagnostics, sources)),
        Format::Json => print_json(&Report::new(diagnostics, sources)),
        Format::Human => {
            terminal::print_diagnostics(diagnostics, sources);
            let certain = diagnostics.iter().filter(|one| !one.edits.is_empty()).count();
            let summary = terminal::summary(diagnostics).map(|said| messages::with_mends(&said, certain));
            terminal::remark(&summary.unwrap_or_else(|| messages::nothing_found(plans)));
            for (name, line) in ready {
                terminal::remark(&if plans == 1 { line.clone() } else { format!("{name}: {line}") });
            }
            Outcome::Done
        }
    }
}

fn print_json(value: &impl serde::Serialize) -> Outcome {
    let text = serde_json::to_string_pretty(value).unwrap_or_default();
    terminal::print_json(&format!("{text}\n"))
}
