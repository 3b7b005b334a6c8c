//! Names: ids, references, people, systems, windows, variants, variables.

use crate::diagnostic::{Diagnostic, Rule, all_nearest, nearest, only_near, shown_list};
use crate::plan::node::Node;
use crate::source::Span;

pub(in crate::plan) fn duplicate_id(span: Span, id: &str, first: Span) -> Diagnostic {
    Diagnostic::new(Rule::DuplicateId, span, format!("the id `{id}` stands here twice"))
        .label("taken already")
        .related(first, "first here")
        .help("give one of them another id")
}

pub(in crate::plan) fn unknown_reference<'a>(
    span: Span,
    name: &str,
    ids: impl Iterator<Item = &'a str> + Clone,
) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(Rule::UnknownReference, span, format!("no step or phase is called `{name}`"))
            .label("names nothing")
            .maybe_edit(span, name, meant_id(name, ids.clone()));
    match nearest(name, ids) {
        Some(near) => diagnostic.help(format!("write `{near}`")),
        None if name.trim_start_matches('#').bytes().all(|byte| byte.is_ascii_digit()) => diagnostic.help(
            "numbers change from draft to draft: give the step that is meant an id in words, such as `#copy`, or \
             name it by its title in quotes",
        ),
        None => diagnostic
            .help(format!("give the step that is meant the id `#{name}`, or name it by its title in quotes")),
    }
}

/// A reference from inside a linked plan to what stands in the file that links to it.
pub(in crate::plan) fn reference_outside(span: Span, name: &str, outside: Span) -> Diagnostic {
    let said = format!("no step or phase of this file is called `{name}`");
    Diagnostic::new(Rule::UnknownReference, span, said)
        .label("stands outside")
        .related(outside, "the one in the plan around it")
        .help(format!(
            "a plan that stands in another knows only its own steps: name it on the line that links there, such as `after={name}`"
        ))
}

/// The one id that was meant for certain: `#copy` stands for `copy` too.
fn meant_id<'a>(name: &str, mut ids: impl Iterator<Item = &'a str> + Clone) -> Option<&'a str> {
    let bare = name.trim_start_matches('#');
    let known = if bare == name { None } else { ids.clone().find(|id| *id == bare) };
    known.or_else(|| only_near(name, ids.by_ref()))
}

pub(in crate::plan) fn unknown_title<'a>(
    span: Span,
    name: &str,
    titles: impl Iterator<Item = &'a str> + Clone,
) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(Rule::UnknownReference, span, format!("no step or phase has the title \"{name}\""))
            .label("names nothing")
            .maybe_edit(span, name, only_near(name, titles.clone()));
    match nearest(name, titles) {
        Some(near) => diagnostic.help(format!("write \"{near}\"")),
        None => diagnostic.help("write the title exactly as it stands, or give the step an id and name that"),
    }
}

pub(in crate::plan) fn ambiguous_reference(span: Span, name: &str, found: &[Span]) -> Diagnostic {
    let mut diagnostic = Diagnostic::new(
        Rule::AmbiguousReference,
        span,
        format!("`{name}` could mean any of {} steps or phases", found.len()),
    )
    .label("which one?");
    for one in found.iter().take(4) {
        diagnostic = diagnostic.related(*one, "one of them");
    }
    diagnostic.help("give the one that is meant an id of its own, such as `{#copy}`, and name that")
}

pub(in crate::plan) fn other_line(span: Span, target: &Node) -> Diagnostic {
    let (said, help) = if target.way_back.is_some() {
        ("stands on the way back, which begins only when it is called", "name a step of the main line")
    } else {
        (
            "stands in the main line, and the way back begins whenever it is called",
            "name a step of the same way back",
        )
    };
    Diagnostic::new(Rule::UnknownReference, span, format!("\"{}\" {said}", target.title))
        .label("can't be waited for here")
        .related(target.span, "this step")
        .help(help)
}

pub(in crate::plan) fn no_go_to_step(span: Span, target: &Node) -> Diagnostic {
    Diagnostic::new(Rule::UnknownReference, span, format!("\"{}\" is no phase", target.title))
        .label("`else=` names what happens on a no-go")
        .related(target.span, "this is what it names")
        .help("name a phase, usually one with `.rollback`")
}

pub(in crate::plan) fn unknown_owner<'a>(
    span: Span,
    handle: &str,
    handles: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let handles: Vec<&str> = handles.collect();
    let near: Vec<String> =
        all_nearest(handle, handles.iter().copied()).into_iter().map(|near| format!("`{near}`")).collect();
    let diagnostic = Diagnostic::new(Rule::UnknownOwner, span, format!("`{handle}` is nobody in `people`"))
        .label("not in the roster")
        .maybe_edit(span, handle, only_near(handle, handles.iter().copied()));
    if !near.is_empty() {
        diagnostic.help(format!("write {}, or add `{handle}` to `people`", near.join(" or ")))
    } else if handles.is_empty() {
        diagnostic.help(format!("add `{handle}` to `people`"))
    } else {
        diagnostic.help(format!("add `{handle}` to `people`, or name one of {}", shown_list(handles)))
    }
}

pub(super) fn unknown<'a>(
    rule: Rule,
    span: Span,
    what: &str,
    name: &str,
    names: impl Iterator<Item = &'a str>,
    key: &str,
) -> Diagnostic {
    let names: Vec<&str> = names.collect();
    let diagnostic = Diagnostic::new(rule, span, format!("there is no {what} `{name}`"))
        .label(format!("not in `{key}`"))
        .maybe_edit(span, name, only_near(name, names.iter().copied()));
    match nearest(name, names.iter().copied()) {
        Some(near) => diagnostic.help(format!("write `{near}`, or add `{name}` to `{key}`")),
        None if names.is_empty() => diagnostic.help(format!("add `{name}` to `{key}` in the front matter")),
        None => diagnostic.help(format!("add `{name}` to `{key}`, or name one of {}", shown_list(names))),
    }
}

pub(in crate::plan) fn unknown_window<'a>(
    span: Span,
    name: &str,
    names: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    unknown(Rule::UnknownWindow, span, "window", name, names, "windows")
}

/// `starts=22:30`.
pub(in crate::plan) fn time_for_system(span: Span, time: &str) -> Diagnostic {
    Diagnostic::new(Rule::Attribute, span, format!("`{time}` is a time, and here stand names of systems"))
        .label("not a system")
        .help(format!(
            "write `at={time}` for a step that starts then, or `by={time}` for one that ends by then"
        ))
}

pub(in crate::plan) fn unknown_system<'a>(
    span: Span,
    name: &str,
    names: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    unknown(Rule::UnknownSystem, span, "system", name, names, "systems")
}

pub(in crate::plan) fn unknown_variant<'a>(
    span: Span,
    name: &str,
    names: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    unknown(Rule::UnknownVariant, span, "variant", name, names, "variants")
}

pub(in crate::plan) fn unknown_variable<'a>(
    span: Span,
    name: &str,
    names: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    unknown(Rule::UnknownVariable, span, "variable", name, names, "vars")
        .help("put a `\\` before the braces to keep them as text")
}

pub(in crate::plan) fn unknown_variant_option<'a>(
    name: &str,
    names: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let names: Vec<&str> = names.collect();
    let diagnostic = Diagnostic::about_command_line(
        Rule::UnknownVariant,
        format!("the plan has no variant `{name}` (from `--variant {name}`)"),
    );
    match nearest(name, names.iter().copied()) {
        Some(near) => diagnostic.help(format!("write `--variant {near}`")),
        None if names.is_empty() => {
            diagnostic.help("add `variants: […]` to the front matter, or leave the option out")
        }
        None => diagnostic.help(format!("choose one of {}", shown_list(names))),
    }
}

pub(in crate::plan) fn unknown_var_option<'a>(
    name: &str,
    names: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let names: Vec<&str> = names.collect();
    let diagnostic = Diagnostic::about_command_line(
        Rule::UnknownVariable,
        format!("the plan has no variable `{name}` (from `--var {name}=…`)"),
    );
    match nearest(name, names.iter().copied()) {
        Some(near) => diagnostic.help(format!("write `--var {near}=…`")),
        None if names.is_empty() => {
            diagnostic.help("add `vars:` to the front matter, or leave the option out")
        }
        None => diagnostic.help(format!("set one of {}", shown_list(each_once(names)))),
    }
}

/// Names of several files, each once.
fn each_once(names: Vec<&str>) -> Vec<&str> {
    let mut seen = std::collections::HashSet::new();
    names.into_iter().filter(|name| seen.insert(*name)).collect()
}

pub(in crate::plan) fn unknown_linked_variable<'a>(
    span: Span,
    name: &str,
    names: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let names: Vec<&str> = names.collect();
    let message = format!("the linked plan has no variable `{name}`");
    let diagnostic = Diagnostic::new(Rule::UnknownVariable, span, message).label("set here");
    match nearest(name, names.iter().copied()) {
        Some(near) => diagnostic.help(format!("write `{near}=…`")),
        None if names.is_empty() => {
            diagnostic.help("add `vars:` to the front matter of the linked plan, or leave `vars=` out")
        }
        None => diagnostic.help(format!("set one of {}", shown_list(each_once(names)))),
    }
}

/// `most` is in bytes.
pub(in crate::plan) fn variables_without_room(span: Span, name: &str, most: usize) -> Diagnostic {
    let most = most / (1024 * 1024);
    Diagnostic::new(
        Rule::UnknownVariable,
        span,
        format!("the values of variables make up more than {most} MB of this plan, the most that they may"),
    )
    .label(format!("`{name}` stays as it stands from here on"))
    .help("shorten the values of variables, or name them less often")
}

pub(in crate::plan) fn variable_without_value(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(Rule::UnknownVariable, span, format!("the variable `{name}` has no value"))
        .label("to be given on the command line")
        .help(format!("run with `--var {name}=…`, or write a value here"))
}
