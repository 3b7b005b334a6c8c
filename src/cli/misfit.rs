//! Options that do not fit the plan: a typo in `--sub`, `--slip`, `--var`, `--variant` or `--start`.
//!
//! A compiled plan comes in; what is wrong with the question goes out. Promised to whoever asks: a plan with
//! such options is another one than was asked for, so there is no answer, and nothing is written.

use std::path::Path;

use super::load::Candidate;
use super::{Outcome, messages, terminal};
use crate::diagnostic::{Diagnostic, Level, Place, Rule, Severity};
use crate::source::Sources;
use crate::{Compiled, Options};

/// Says what of the command line a plan can't have, if there is anything.
pub fn refused(path: &Path, compiled: &Compiled, sources: &Sources) -> Option<Outcome> {
    let misfits: Vec<&Diagnostic> = compiled.diagnostics.iter().filter(|one| is_misfit(one)).collect();
    if misfits.is_empty() {
        return None;
    }
    terminal::print_diagnostics(misfits, sources);
    terminal::remark(&messages::misfit(path));
    Some(Outcome::Usage)
}

/// The same for several plans, before anything is made of the first one.
pub fn refused_by_any(plans: &[Candidate], options: &Options, sources: &mut Sources) -> Option<Outcome> {
    if plans.len() < 2 || options.ask_for_nothing() {
        return None;
    }
    plans.iter().find_map(|plan| {
        let compiled = crate::compile(sources, plan.source, options);
        refused(&plan.path, &compiled, sources)
    })
}

/// Whether it is an error about a word of the command line that makes another plan, and not a warning that is made
/// one. The name of a rule changes only what is said.
pub fn is_misfit(one: &Diagnostic) -> bool {
    if one.rule == Rule::UnknownRule {
        return false;
    }
    one.place == Place::CommandLine && one.rule.level() == Level::Error && one.severity == Severity::Error
}
