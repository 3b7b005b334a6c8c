//! `tminus rollback`: the way back, to be read aloud.

use super::arguments::Rollback;
use super::find_step::find_step;
use super::{Outcome, load, terminal};
use crate::view::Presenter;

pub fn run(arguments: &Rollback) -> Outcome {
    let (compiled, sources) = match load::load_one(&arguments.path, &arguments.plan) {
        Ok(loaded) => loaded,
        Err(outcome) => return outcome,
    };
    let from = match arguments.step.as_deref().map(|word| find_step(&compiled, word)).transpose() {
        Ok(from) => from,
        Err((sentence, help)) => {
            terminal::error(&sentence, &help);
            return Outcome::Usage;
        }
    };
    terminal::print_diagnostics(&compiled.diagnostics, &sources);
    let presenter = Presenter::new(&compiled, &sources);
    let printed = terminal::print(&presenter.rollback_text(from, terminal::width()));
    terminal::outcome(&compiled.diagnostics).max(printed)
}
