//! `tminus export`: a compiled plan for other programs.

use super::arguments::{Export, ExportFormat};
use super::{Outcome, load, messages, revision, terminal};
use crate::output::{
    write_csv, write_dot, write_file, write_gantt, write_graph, write_ics, write_project, write_xlsx,
};
use crate::view::Presenter;
use crate::view::export::{NoExport, Revision};
use crate::view::json::plan_json;

pub fn run(arguments: &Export) -> Outcome {
    let revision = match wrong_usage(arguments).map_or_else(|| revision::revision(arguments.revision), Err) {
        Ok(revision) => revision,
        Err(sentence) => return terminal::usage(&sentence),
    };
    let options = match load::options(&arguments.plan) {
        Ok(options) => options,
        Err(sentence) => return terminal::usage(&sentence),
    };
    // Printed JSON holds what could be compiled, with all that is wrong.
    let all_the_same = arguments.format == ExportFormat::Json && arguments.to_file().is_none();
    let load = if all_the_same { load::compile_one } else { load::load_fitting };
    let (compiled, sources) = match load(&arguments.path, &options) {
        Ok(loaded) => loaded,
        Err(outcome) => return outcome,
    };
    let presenter = Presenter::new(&compiled, &sources);
    let made = match arguments.format {
        ExportFormat::Json => {
            Ok(terminal::plain_json(&plan_json(&compiled, &sources).to_text()).into_bytes())
        }
        _ => made(arguments, &presenter, revision),
    };
    // In JSON they stand inside.
    if arguments.format != ExportFormat::Json {
        terminal::print_diagnostics(&compiled.diagnostics, &sources);
    }
    let written = match (made, arguments.to_file()) {
        (Err(NotMade::Undated), _) => {
            let (sentence, help) = messages::undated(arguments.format.name());
            terminal::error(&sentence, &help);
            Outcome::Usage
        }
        (Err(NotMade::Full(reason)), _) => {
            terminal::error(&messages::does_not_fit(arguments.format.name(), &reason), "");
            Outcome::Usage
        }
        (Ok(bytes), None) => terminal::print_bytes(&bytes),
        (Ok(bytes), Some(file)) => {
            let read: Vec<_> = sources.paths().collect();
            match write_file(file, &bytes, &read) {
                Ok(()) => Outcome::Done,
                Err(error) => {
                    terminal::error(&error.message, &error.help);
                    Outcome::Environment
                }
            }
        }
    };
    terminal::outcome(&compiled.diagnostics).max(written)
}

/// Why there is nothing to write.
enum NotMade {
    /// The plan has no date.
    Undated,
    /// The format has no room for it.
    Full(String),
}

impl From<NoExport> for NotMade {
    fn from(reason: NoExport) -> Self {
        match reason {
            NoExport::Undated => Self::Undated,
        }
    }
}

fn made(arguments: &Export, presenter: &Presenter<'_>, revision: Revision) -> Result<Vec<u8>, NotMade> {
    Ok(match arguments.format {
        ExportFormat::Json => Vec::new(),
        ExportFormat::Csv => write_csv(&presenter.step_table()),
        ExportFormat::Xlsx => write_xlsx(&presenter.workbook()).map_err(NotMade::Full)?,
        ExportFormat::Ics => write_ics(&presenter.calendar(revision)?).into_bytes(),
        ExportFormat::Mermaid if arguments.graph => write_graph(&presenter.network()).into_bytes(),
        ExportFormat::Mermaid => write_gantt(&presenter.gantt()).into_bytes(),
        ExportFormat::Dot => write_dot(&presenter.network()).into_bytes(),
        ExportFormat::Msproject => write_project(&presenter.project()?),
    })
}

/// What is asked for and can't be had together.
fn wrong_usage(arguments: &Export) -> Option<String> {
    let format = arguments.format;
    if arguments.graph && format != ExportFormat::Mermaid {
        return Some(messages::only_for("--graph", ExportFormat::Mermaid.name(), format.name()));
    }
    if arguments.revision.is_some() && format != ExportFormat::Ics {
        return Some(messages::only_for("--revision", ExportFormat::Ics.name(), format.name()));
    }
    let to_terminal = arguments.to_file().is_none() && terminal::is_terminal();
    (format == ExportFormat::Xlsx && to_terminal).then(|| messages::no_text(format.name()))
}
