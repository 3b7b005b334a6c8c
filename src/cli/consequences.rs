//! What `--sub` and `--slip` do to a plan, in one line: the same plan is compiled without them, and compared.

use crate::diagnostic::Rule;
use crate::source::Sources;
use crate::view::Presenter;
use crate::{Compiled, Options, compile};

/// The line; nothing where neither is given, or what is given is wrong itself.
pub(super) fn of_options(compiled: &Compiled, options: &Options, sources: &mut Sources) -> Option<String> {
    let plan = &options.plan;
    let given = [(!plan.subs.is_empty(), "`--sub`"), (!plan.slips.is_empty(), "`--slip`")];
    let given: Vec<&str> =
        given.into_iter().filter(|(is_given, _)| *is_given).map(|(_, name)| name).collect();
    if given.is_empty() {
        return None;
    }
    let mut written = options.clone();
    written.plan.subs.clear();
    written.plan.slips.clear();
    let mut before = compile(sources, compiled.plan.document.source, &written);
    // What other plans of the folder ask of somebody is not compared: nothing of them is known here.
    let booked = compiled.diagnostics.iter().filter(|one| one.rule == Rule::DoubleBooked);
    before.diagnostics.extend(booked.cloned());
    let change = Presenter::new(compiled, sources).change(&Presenter::new(&before, sources)).of_the_plan()?;
    let verb = if given.len() == 1 { "changes" } else { "change" };
    Some(format!("what {} {verb}: {}", given.join(" and "), change.line()))
}
