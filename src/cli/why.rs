//! `tminus why`: why a step starts when it does, and what breaks when it slips.

use super::arguments::Why;
use super::find_step::find_written;
use super::{Outcome, load, terminal};
use crate::diagnostic::{Diagnostic, Place};
use crate::view::Presenter;

pub fn run(arguments: &Why) -> Outcome {
    let options = match load::options(&arguments.plan) {
        Ok(options) => options,
        Err(sentence) => return terminal::usage(&sentence),
    };
    let (compiled, sources) = match load::load_fitting(&arguments.path, &options) {
        Ok(loaded) => loaded,
        Err(outcome) => return outcome,
    };
    let asked = match find_written(&compiled, &arguments.step) {
        Ok(asked) => asked,
        Err((sentence, help)) => {
            terminal::error(&sentence, &help);
            return Outcome::Usage;
        }
    };
    let presenter = Presenter::new(&compiled, &sources);
    let width = terminal::width();
    let step = presenter.first_step(asked);
    let text = match step.and_then(|step| compiled.why(&options, step)) {
        Some(why) => presenter.why(&why, Some(asked).filter(|asked| *asked != why.step), width),
        None => presenter.why_not(asked, width),
    };
    // What is wrong with the plan is the business of `check`; what is wrong with the question is ours.
    let about_question = compiled.diagnostics.iter().filter(|one| one.place == Place::CommandLine);
    let about_question: Vec<Diagnostic> = about_question.cloned().collect();
    terminal::print_diagnostics(&about_question, &sources);
    terminal::outcome(&compiled.diagnostics).max(terminal::print(&text))
}
