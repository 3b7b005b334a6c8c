//! `tminus show`: a plan in the terminal.

use super::arguments::Show;
use super::{Outcome, load, messages, terminal};
use crate::diagnostic::nearest;
use crate::view::{Presenter, ShowOptions};

pub fn run(arguments: &Show) -> Outcome {
    let (compiled, sources) = match load::load_one(&arguments.path, &arguments.plan) {
        Ok(loaded) => loaded,
        Err(outcome) => return outcome,
    };
    let owner = arguments.owner.as_deref().map(|owner| owner.trim_start_matches('@'));
    let handles: Vec<&str> = compiled.plan.roster.handles().collect();
    // A handle, or else a name that one of them has.
    let called = |word| compiled.plan.roster.called(word);
    let owner = owner.map(|word| match called(word).as_slice() {
        [one] if !handles.contains(&word) => *one,
        _ => word,
    });
    if let Some(owner) = owner.filter(|owner| !handles.contains(owner)) {
        if let several @ [_, _, ..] = called(owner).as_slice() {
            let (sentence, help) = messages::several_people(owner, several.iter().copied());
            terminal::error(&sentence, &help);
            return Outcome::Usage;
        }
        let help = match nearest(owner, handles.iter().copied()) {
            Some(near) => format!("did you mean `--owner {near}`?"),
            None if handles.is_empty() => "the plan names nobody: leave `--owner` out".to_owned(),
            None => format!("the plan has {}", handles.join(", ")),
        };
        terminal::error(&format!("the plan has nobody called `{owner}`"), &help);
        return Outcome::Usage;
    }
    terminal::print_diagnostics(&compiled.diagnostics, &sources);
    let presenter = Presenter::new(&compiled, &sources);
    // What is no terminal has no end of a line.
    let is_endless = !arguments.timeline && !terminal::has_width();
    let width = if is_endless { usize::MAX } else { terminal::width() };
    let options = ShowOptions { owner, timeline: arguments.timeline, width };
    let printed = terminal::print(&presenter.show(&options));
    terminal::outcome(&compiled.diagnostics).max(printed)
}
