//! `tminus check`: diagnostics alone.

use std::path::Path;

use super::arguments::{Check, Format};
use super::interrupt::let_go;
use super::said::Said;
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
    let mut said = Said::default();
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
        diagnostics.extend(said.news(std::mem::take(&mut compiled.diagnostics), &sources));
        let_go(compiled, index + 1 == loaded.plans.len());
    }
    progress.end();
    let outcome = terminal::outcome(&diagnostics);
    let printed = print(arguments.format, &diagnostics, &sources, (loaded.plans.len(), &ready));
    timings.passed(Stage::Report);
    outcome.max(mended).max(printed)
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
