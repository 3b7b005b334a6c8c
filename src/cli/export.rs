//! `tminus export`: a compiled plan for other programs.

use super::arguments::{Export, ExportFormat};
use super::{Outcome, load, terminal};
use crate::view::json::plan_json;

pub fn run(arguments: &Export) -> Outcome {
    let (compiled, sources) = match load::load_one(&arguments.path, &arguments.plan) {
        Ok(loaded) => loaded,
        Err(outcome) => return outcome,
    };
    let printed = match arguments.format {
        ExportFormat::Json => terminal::print_json(&plan_json(&compiled, &sources).to_text()),
    };
    terminal::outcome(&compiled.diagnostics).max(printed)
}
