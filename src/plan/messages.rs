//! What this stage says to people. One function a diagnostic, to be read and edited as prose.

use super::attributes::Kind;
use super::duration::{DurationError, mended};
use super::node::Node;
use super::outline::Mode;
use super::places::Holder;
use super::time::TimeError;
use crate::diagnostic::{Diagnostic, Rule, nearest, shown_list};
use crate::document::{Value, Word};
use crate::source::{SourceId, Sources, Span};

// Words in braces.

pub(super) fn unknown_word(word: &Word) -> Box<Diagnostic> {
    let text = &word.text;
    let base = Diagnostic::new(Rule::Attribute, word.span, format!("`{text}` is no attribute"));
    let with_label = base.label("not understood");
    Box::new(if let Some(fixed) = mended(text) {
        with_label.help(format!("write `{fixed}`"))
    } else if text.contains(',') && text.starts_with(['#', '@', '.']) {
        with_label.help(format!("put a space between words: `{}`", text.replace(',', " ")))
    } else if let Some(key) = &word.key {
        let keys: Vec<&str> = Kind::words().filter(|known| known.ends_with('=')).collect();
        match nearest(&format!("{key}="), keys.iter().copied()) {
            Some(near) => with_label.help(format!("write `{near}{}`", text[key.len() + 1..].trim_start())),
            None => with_label.help(format!("use one of {}", shown_list(keys))),
        }
    } else if text.starts_with(['#', '@']) {
        with_label.help("use letters, digits, `-` and `_` in ids and handles")
    } else if let Some(near) = nearest(text, Kind::words()) {
        with_label.help(format!("write `{near}`"))
    } else if let Some(near) = nearest(&format!(".{text}"), Kind::words()) {
        with_label.help(format!("write `{near}`"))
    } else {
        with_label.help("write `@name` for an owner, `#name` for an id, `30m` for an estimate, or put a `\\` before the `{` to make it text")
    })
}

pub(super) fn bad_estimate(word: &Word, error: &DurationError) -> Box<Diagnostic> {
    let text = &word.text;
    let said: &str = error.clone().into();
    let diagnostic = Diagnostic::new(Rule::Attribute, word.span, format!("`{text}` is no estimate: {said}"))
        .label(said)
        .maybe_help(mended(text).map(|fixed| format!("write `{fixed}`")));
    Box::new(if diagnostic.help.is_empty() { diagnostic.help(estimate_help(error)) } else { diagnostic })
}

fn estimate_help(error: &DurationError) -> &'static str {
    match error {
        DurationError::NotOne => "write it like `30m`, `1h30m`, `2d` or `20m..45m`",
        DurationError::Mixed => "write hours and minutes (`36h`), or days and weeks (`2d`)",
        DurationError::TooLong => "write a shorter one, or split the step",
        DurationError::Shrinks => "put the shortest first: `20m..45m`, or `20m..30m..1h`",
    }
}

pub(super) fn bad_header_estimate(span: Span, text: &str, error: &DurationError) -> Diagnostic {
    let said: &str = error.clone().into();
    Diagnostic::new(Rule::FrontMatter, span, format!("`estimate` is no duration: {said}")).help(
        mended(text).map_or_else(|| estimate_help(error).to_owned(), |fixed| format!("write `{fixed}`")),
    )
}

pub(super) fn word_twice(word: &Word, first: Span) -> Box<Diagnostic> {
    let diagnostic = Diagnostic::new(
        Rule::Attribute,
        word.span,
        format!("`{}` is the second of its kind here", word.text),
    )
    .label("only one can hold")
    .related(first, "the first")
    .help("keep one of them");
    Box::new(diagnostic)
}

pub(super) fn empty_key(word: &Word) -> Box<Diagnostic> {
    let key = word.key.as_deref().unwrap_or("");
    let diagnostic = Diagnostic::new(Rule::Attribute, word.span, format!("`{key}=` names nothing"))
        .label("nothing follows")
        .help(format!("write it without spaces: `{key}=…`, or leave it out"));
    Box::new(diagnostic)
}

pub(super) fn one_value_only(word: &Word) -> Box<Diagnostic> {
    let key = word.key.as_deref().unwrap_or("");
    let diagnostic = Diagnostic::new(Rule::Attribute, word.span, format!("`{key}=` takes one value"))
        .label("here are several")
        .help("keep one of them");
    Box::new(diagnostic)
}

pub(super) fn one_reference_only(word: &Word, kind: Kind) -> Box<Diagnostic> {
    let key = kind.word();
    let why = if kind == Kind::During { "spans one thing" } else { "follows one thing" };
    let diagnostic =
        Diagnostic::new(Rule::Attribute, word.span, format!("`{key}` names one step: a step {why}"))
            .label("here are several")
            .help("name one here, and the others with `after=`");
    Box::new(diagnostic)
}

pub(super) fn bad_lag(value: &Value, lag: &str) -> Box<Diagnostic> {
    let text = lag.trim_start_matches('+');
    let diagnostic = Diagnostic::new(Rule::Attribute, value.span, format!("`{text}` is no time to add"))
        .label("not understood")
        .help(match mended(text) {
            Some(fixed) => format!("write `+{fixed}`"),
            None => "write it like `after=copy+30m`".to_owned(),
        });
    Box::new(diagnostic)
}

pub(super) fn no_lag_here(value: &Value, kind: Kind, lag: &str) -> Box<Diagnostic> {
    let key = kind.word();
    let name = if value.quoted {
        format!("\"{}\"", value.name)
    } else {
        value.name.split('+').next().unwrap_or("").to_owned()
    };
    let diagnostic = Diagnostic::new(Rule::Attribute, value.span, format!("`{key}` takes no time to add"))
        .label(format!("`{lag}` can't stand here"))
        .help(format!("write `after={name}{lag}` to wait, or `{key}{name}`"));
    Box::new(diagnostic)
}

pub(super) fn wrong_place(span: Span, kind: Kind, holder: Holder) -> Diagnostic {
    let word = kind.word();
    let ticked = if word.starts_with("an ") { word.to_owned() } else { format!("`{word}`") };
    let belongs = match kind {
        Kind::Estimate if matches!(holder, Holder::Phase | Holder::Group) => {
            "leave it out: the time here is that of the steps inside"
        }
        Kind::Estimate if holder == Holder::Milestone => {
            "leave it out, or leave out `.milestone`: a milestone takes no time"
        }
        Kind::Estimate => "put it on a step or an `undo:`",
        Kind::AnyOrder | Kind::InOrder => {
            "put it on a heading, or on an item without an estimate that has steps inside it"
        }
        Kind::Rollback => "put it on a heading",
        Kind::Else => "put it on a step with `.gate`",
        Kind::Vars => "put it on a step that is nothing but a link to another plan",
        _ => match holder {
            Holder::Tick => {
                "give the box inside a step an owner only, or make the step around it a group by leaving out its estimate"
            }
            Holder::Question => "give a question `@who`, `by=` and `only=` only",
            Holder::Undo => "give an `undo:` a duration and an owner only",
            _ => "put it on a step",
        },
    };
    Diagnostic::new(Rule::AttributePlace, span, format!("{ticked} can't stand on {}", holder.name()))
        .label("not here")
        .help(belongs)
}

pub(super) fn not_beside(span: Span, word: Kind, other_span: Span, other: Kind) -> Diagnostic {
    let ticked = |kind: Kind| {
        let word = kind.word();
        if word.starts_with("an ") { word.to_owned() } else { format!("`{word}`") }
    };
    let why = match (other, word) {
        (Kind::During, Kind::Estimate) => "a step with `during=` is as long as what it spans",
        (Kind::During, _) => "a step with `during=` begins with what it spans",
        (Kind::RightAfter, _) => "a step with `right-after=` begins when that ends",
        _ => "a step is one of them",
    };
    Diagnostic::new(
        Rule::AttributePlace,
        span,
        format!("{} can't stand beside {}", ticked(word), ticked(other)),
    )
    .label(why)
    .related(other_span, "beside this")
    .help("keep one of them")
}

pub(super) fn two_deciders(span: Span, first: Span) -> Diagnostic {
    Diagnostic::new(Rule::AttributePlace, span, "a gate has one decider")
        .label("a second owner")
        .related(first, "the first")
        .help("keep the one who decides, and let the others report to them in the gate's boxes")
}

pub(super) fn attributes_without_box(span: Span) -> Diagnostic {
    Diagnostic::new(
        Rule::AlmostABox,
        span,
        "these attributes stand on an item without a box, and have no effect",
    )
    .label("this item is text, not a step")
    .help("begin the item with `[ ]` to make it a step, or put a `\\` before the `{` to make it text")
}

// Names.

pub(super) fn duplicate_id(span: Span, id: &str, first: Span) -> Diagnostic {
    Diagnostic::new(Rule::DuplicateId, span, format!("the id `{id}` stands here twice"))
        .label("taken already")
        .related(first, "first here")
        .help("give one of them another id")
}

pub(super) fn unknown_reference<'a>(
    span: Span,
    name: &str,
    ids: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(Rule::UnknownReference, span, format!("no step or phase is called `{name}`"))
            .label("names nothing");
    match nearest(name, ids) {
        Some(near) => diagnostic.help(format!("write `{near}`")),
        None => diagnostic
            .help(format!("give the step that is meant the id `#{name}`, or name it by its title in quotes")),
    }
}

pub(super) fn unknown_title<'a>(span: Span, name: &str, titles: impl Iterator<Item = &'a str>) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(Rule::UnknownReference, span, format!("no step or phase has the title \"{name}\""))
            .label("names nothing");
    match nearest(name, titles) {
        Some(near) => diagnostic.help(format!("write \"{near}\"")),
        None => diagnostic.help("write the title exactly as it stands, or give the step an id and name that"),
    }
}

pub(super) fn ambiguous_reference(span: Span, name: &str, found: &[Span]) -> Diagnostic {
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

pub(super) fn other_line(span: Span, target: &Node) -> Diagnostic {
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

pub(super) fn no_go_to_step(span: Span, target: &Node) -> Diagnostic {
    Diagnostic::new(Rule::UnknownReference, span, format!("\"{}\" is no phase", target.title))
        .label("`else=` names what happens on a no-go")
        .related(target.span, "this is what it names")
        .help("name a phase, usually one with `.rollback`")
}

pub(super) fn unknown_owner<'a>(
    span: Span,
    handle: &str,
    handles: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let handles: Vec<&str> = handles.collect();
    let near = nearest(handle, handles.iter().copied());
    let diagnostic = Diagnostic::new(Rule::UnknownOwner, span, format!("`{handle}` is nobody in `people`"))
        .label("not in the roster");
    match near {
        Some(near) => diagnostic.help(format!("write `{near}`, or add `{handle}` to `people`")),
        None if handles.is_empty() => diagnostic.help(format!("add `{handle}` to `people`")),
        None => {
            diagnostic.help(format!("add `{handle}` to `people`, or name one of {}", shown_list(handles)))
        }
    }
}

fn unknown<'a>(
    rule: Rule,
    span: Span,
    what: &str,
    name: &str,
    names: impl Iterator<Item = &'a str>,
    key: &str,
) -> Diagnostic {
    let names: Vec<&str> = names.collect();
    let diagnostic =
        Diagnostic::new(rule, span, format!("there is no {what} `{name}`")).label(format!("not in `{key}`"));
    match nearest(name, names.iter().copied()) {
        Some(near) => diagnostic.help(format!("write `{near}`, or add `{name}` to `{key}`")),
        None if names.is_empty() => diagnostic.help(format!("add `{name}` to `{key}` in the front matter")),
        None => diagnostic.help(format!("add `{name}` to `{key}`, or name one of {}", shown_list(names))),
    }
}

pub(super) fn unknown_window<'a>(span: Span, name: &str, names: impl Iterator<Item = &'a str>) -> Diagnostic {
    unknown(Rule::UnknownWindow, span, "window", name, names, "windows")
}

pub(super) fn unknown_system<'a>(span: Span, name: &str, names: impl Iterator<Item = &'a str>) -> Diagnostic {
    unknown(Rule::UnknownSystem, span, "system", name, names, "systems")
}

pub(super) fn unknown_variant<'a>(
    span: Span,
    name: &str,
    names: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    unknown(Rule::UnknownVariant, span, "variant", name, names, "variants")
}

pub(super) fn unknown_variable<'a>(
    span: Span,
    name: &str,
    names: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    unknown(Rule::UnknownVariable, span, "variable", name, names, "vars")
        .help("put a `\\` before the braces to keep them as text")
}

pub(super) fn unknown_variant_option<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> Diagnostic {
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

pub(super) fn unknown_var_option<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> Diagnostic {
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
        None => diagnostic.help(format!("set one of {}", shown_list(names))),
    }
}

pub(super) fn variable_without_value(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(Rule::UnknownVariable, span, format!("the variable `{name}` has no value"))
        .label("to be given on the command line")
        .help(format!("run with `--var {name}=…`, or write a value here"))
}

pub(super) fn unknown_substitute<'a>(
    out: &str,
    into: &str,
    unknown: &str,
    handles: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let handles: Vec<&str> = handles.collect();
    let diagnostic = Diagnostic::about_command_line(
        Rule::Substitute,
        format!("the plan has nobody called `{unknown}` (from `--sub {out}={into}`)"),
    );
    match nearest(unknown, handles.iter().copied()) {
        Some(near) => diagnostic.help(format!("write `{near}` in place of `{unknown}`")),
        None if handles.is_empty() => diagnostic.help("name people as the plan does, without the `@`"),
        None => diagnostic.help(format!("name one of {}", shown_list(handles))),
    }
}

// Front matter.

pub(super) fn unknown_key(span: Span, key: &str, keys: &[&str], place: &str) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(Rule::UnknownKey, span, format!("{place} has no key `{key}`")).label("unknown key");
    match nearest(key, keys.iter().copied()) {
        Some(near) => diagnostic.help(format!("write `{near}`, or begin a key of your own with `x-`")),
        None => {
            diagnostic.help(format!("use one of {}, or begin a key of your own with `x-`", keys.join(", ")))
        }
    }
}

pub(super) fn wrong_type(span: Span, key: &str, wanted: &str) -> Diagnostic {
    Diagnostic::new(Rule::FrontMatter, span, format!("`{key}` must be {wanted}"))
        .label(format!("not {wanted}"))
}

pub(super) fn not_one_of(span: Span, key: &str, found: &str, words: &[&str]) -> Diagnostic {
    let diagnostic = Diagnostic::new(Rule::FrontMatter, span, format!("`{key}` can't be `{found}`"));
    match nearest(found, words.iter().copied()) {
        Some(near) => diagnostic.help(format!("write `{near}`")),
        None => diagnostic.help(format!("write one of {}", shown_list(words.iter().copied()))),
    }
}

pub(super) fn unknown_zone(span: Span, text: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(Rule::FrontMatter, span, format!("there is no time zone `{text}`"))
        .label("no zone of the IANA database");
    // A city is what people remember: `Berlin` or `New York` is enough to find the zone.
    let wanted = text.replace(' ', "_");
    let zones = || chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name());
    let by_city = zones().find(|zone| {
        zone.rsplit('/')
            .next()
            .is_some_and(|city| city.eq_ignore_ascii_case(wanted.rsplit('/').next().unwrap_or("")))
    });
    match by_city.or_else(|| nearest(&wanted, zones())) {
        Some(near) => diagnostic.help(format!("write `{near}`")),
        None => diagnostic.help("write a name such as `Europe/Berlin` or `America/New_York`"),
    }
}

pub(super) fn bad_time(span: Span, text: &str, error: &TimeError) -> Box<Diagnostic> {
    let diagnostic = match error {
        TimeError::NotOne => {
            Diagnostic::new(Rule::BadTime, span, format!("`{text}` is no time")).label("not understood")
        }
        TimeError::NotThere => Diagnostic::new(Rule::BadTime, span, format!("there is no time `{text}`"))
            .label("no calendar or clock has it"),
    };
    Box::new(diagnostic.help("write it like `2026-12-05 22:00` in the front matter, and `2026-12-05T22:00`, `22:00` or `T-30m` in braces"))
}

pub(super) fn bad_range(span: Span, part: &str, error: &TimeError) -> Box<Diagnostic> {
    let mut diagnostic = bad_time(span, part, error);
    diagnostic.help = vec![
        "write it like `2026-12-05 22:00 .. 2026-12-06 01:00`, or `2026-12-05..2026-12-06` for whole days"
            .to_owned(),
    ];
    diagnostic
}

pub(super) fn bad_hours(span: Span, text: &str) -> Diagnostic {
    Diagnostic::new(Rule::FrontMatter, span, format!("`{text}` are no hours"))
        .label("not understood")
        .help("write them like `09:00-17:00` or `Mon-Fri 09:00-17:00`")
}

pub(super) fn quoted_handle(span: Span, text: &str) -> Diagnostic {
    Diagnostic::new(Rule::FrontMatter, span, "a handle stands in the front matter without its `@`")
        .help(format!("write `{}`", text.trim_start_matches('@')))
}

pub(super) fn bad_handle(span: Span, text: &str) -> Diagnostic {
    Diagnostic::new(Rule::FrontMatter, span, format!("`{text}` can't be a handle"))
        .label("not a handle")
        .help("use letters, digits, `-` and `_`")
}

pub(super) fn handle_is_two_things(span: Span, handle: &str, first: Span, what: &str) -> Diagnostic {
    Diagnostic::new(Rule::FrontMatter, span, format!("the handle `{handle}` is {what} already"))
        .label("taken")
        .related(first, "first here")
        .help("give one of them another handle: each is one person, one team or one role")
}

pub(super) fn role_of_role(span: Span, handle: &str) -> Diagnostic {
    Diagnostic::new(Rule::FrontMatter, span, format!("`{handle}` is a role, and a role names a person"))
        .help("name the person")
}

pub(super) fn team_in_team(span: Span, handle: &str) -> Diagnostic {
    Diagnostic::new(
        Rule::FrontMatter,
        span,
        format!("`{handle}` is a team, and the members of a team are people"),
    )
    .help("name the people")
}

pub(super) fn empty_team(span: Span, handle: &str) -> Diagnostic {
    Diagnostic::new(Rule::FrontMatter, span, format!("the team `{handle}` has no members"))
        .help(format!("write `{handle}: [ana, raj]`"))
}

pub(super) fn variable_of_lines(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(Rule::FrontMatter, span, format!("the variable `{name}` has several lines"))
        .label("must be one line")
        .help("write it on one line; a longer text belongs into the plan itself")
}

pub(super) fn unknown_rule(span: Span, name: &str) -> Diagnostic {
    let rules = Rule::ALL.iter().map(|rule| rule.name());
    let diagnostic =
        Diagnostic::new(Rule::UnknownRule, span, format!("there is no rule `{name}`")).label("unknown rule");
    match nearest(name, rules) {
        Some(near) => diagnostic.help(format!("write `{near}`")),
        None => diagnostic.help("run `tminus explain` for the list of rules"),
    }
}

// The plan as a whole.

pub(super) fn no_steps(source: SourceId, sources: &Sources) -> Diagnostic {
    let file = sources.get(source).name.clone();
    Diagnostic::about_file(Rule::NoSteps, file, "nothing in this file could be a step")
        .help("write a step as `- [ ] Stop the API`")
}

pub(super) fn no_boxes(first: Span, mode: Mode) -> Diagnostic {
    let what = if mode == Mode::Numbered { "numbered items" } else { "top-level bullets" };
    Diagnostic::new(Rule::NoBoxes, first, format!("no item has a box: the {what} are taken as the steps"))
        .label("the first of them")
        .help("write `[ ]` at the beginning of each item that is a step")
}
