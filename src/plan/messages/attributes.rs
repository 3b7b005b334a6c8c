//! Words in braces: what is not understood, and what can't stand where it does.

use super::unseen::{Unseen, Wide, unseen, wide};
use crate::diagnostic::{Diagnostic, Rule, nearest, only_near, shown_list};
use crate::document::{Value, Word};
use crate::plan::attributes::{Kind, is_name};
use crate::plan::duration::{DurationError, Estimate, has_other_unit, mended};
use crate::plan::meant_length::length_or_time;
use crate::plan::meant_word::{is_moment_of_other, sign_of_other};
use crate::plan::places::Holder;
use crate::plan::time::Time;
use crate::source::Span;

pub(in crate::plan) fn unknown_word(word: &Word) -> Box<Diagnostic> {
    let text = &word.text;
    if let Some(unseen) = unseen(text) {
        return Box::new(unseen_in_word(word, unseen));
    }
    if let Some(wide) = wide(text) {
        return Box::new(wide_in_word(word, wide));
    }
    let base = Diagnostic::new(Rule::Attribute, word.span, format!("`{text}` is no attribute"));
    let with_label = base.label("not understood");
    Box::new(if let Some(fixed) = mended(text) {
        with_label.help(format!("write `{fixed}`")).edit(word.span, text, fixed)
    } else if let Some(help) = colon_help(text) {
        with_label.help(help)
    } else if text.chars().all(|c| c.is_ascii_digit()) {
        with_label.help(format!("write the unit right behind the number: `{text}m`, `{text}h` or `{text}d`"))
    } else if has_other_unit(text) {
        with_label.help(help_of_unit(text))
    } else if text.contains(',') && text.starts_with(['#', '@', '.']) {
        joined_words(with_label, word)
    } else if let Some(key) = word.key() {
        unknown_attribute_key(with_label, word, key)
    } else if text.starts_with(['#', '@']) {
        with_label.help("use letters, digits, `-` and `_` in ids and handles")
    } else if Kind::words().any(|known| known == format!(".{text}")) {
        with_label.help(format!("write `.{text}`")).edit(word.span, text, format!(".{text}"))
    } else if let Some(near) = nearest(text, Kind::words()) {
        let flags = Kind::words().filter(|known| known.starts_with('.'));
        let meant = if text.starts_with('.') { only_near(text, flags) } else { None };
        with_label.help(format!("write `{near}`")).maybe_edit(word.span, text, meant)
    } else if let Some(near) = only_near(text, Kind::words().filter_map(|known| known.strip_prefix('.'))) {
        with_label.help(format!("write `.{near}`"))
    } else {
        let name = if is_name(text) { text } else { "name" };
        with_label.help(format!("write `@{name}` for an owner, `#{name}` for an id, `30m` for an estimate, or put a `\\` before the `{{` to make it text"))
    })
}

/// A character that nobody sees, inside a word.
fn unseen_in_word(word: &Word, unseen: Unseen) -> Diagnostic {
    let headline = format!("`{}` has {} in it, which nobody sees", unseen.cleaned, unseen.name);
    Diagnostic::new(Rule::Attribute, word.span, headline)
        .label("a hidden character")
        .help(format!("write `{}` anew, without it", unseen.cleaned))
        .edit(word.span, &word.text, unseen.cleaned)
}

/// A sign of another width than ours inside a word.
fn wide_in_word(word: &Word, wide: Wide) -> Diagnostic {
    let headline = format!("`{}` has {} in it, which is another sign", word.text, wide.name);
    Diagnostic::new(Rule::Attribute, word.span, headline)
        .label("not understood")
        .help(format!("write `{}`", wide.narrow))
        .edit(word.span, &word.text, wide.narrow)
}

/// `2Std`, `30m?`
fn help_of_unit(text: &str) -> String {
    let sure = text.trim_end_matches(['?', '!', '.']);
    if Estimate::parse(sure).is_ok() {
        return format!("write `{sure}`, or a range such as `20m..45m` as long as it is not sure");
    }
    "write the unit as `m`, `h`, `d` or `w`, such as `30m` or `2h`".to_owned()
}

/// `1:30` may be a length or a time of day.
fn colon_help(text: &str) -> Option<String> {
    let (length, clock) = length_or_time(text)?;
    let time = clock.map(|clock| format!("`at={clock}` for a time (with its date: `by=2026-12-05T{clock}`)"));
    match (length, time) {
        (Some(length), Some(time)) => Some(format!("write `{length}` for a length, or {time}")),
        (Some(length), None) => Some(format!("write `{length}`")),
        (None, time) => time.map(|time| format!("write {time}")),
    }
}

/// `@ana,@raj` or `@ana,raj`.
fn joined_words(diagnostic: Diagnostic, word: &Word) -> Diagnostic {
    let sign = |part: &str| part.starts_with(['#', '@', '.']) || mended(part).is_some();
    let parts = word.text.split(',').filter(|part| !part.is_empty()).map(|part| match &word.text[..1] {
        "@" if !sign(part) && is_name(part) => format!("@{part}"),
        _ => part.to_owned(),
    });
    let parted = parts.collect::<Vec<_>>().join(" ");
    let diagnostic = diagnostic.help(format!("put a space between words: `{parted}`"));
    let certain = parted.split(' ').all(|part| part.strip_prefix(['#', '@']).is_some_and(is_name));
    diagnostic.maybe_edit(word.span, &word.text, certain.then_some(parted.as_str()))
}

/// How a key of another program is written here, in front of its values.
fn other_sign(word: &Word, key: &str) -> Option<&'static str> {
    let is_time = matches!(&*word.values, [value] if Time::parse(&value.name).is_ok());
    sign_of_other(key).filter(|_| is_time || !is_moment_of_other(key))
}

/// `owner=ana` is `@ana` here.
fn other_word(word: &Word, key: &str) -> Option<String> {
    let sign = other_sign(word, key)?;
    let values: Vec<&str> = word.values.iter().map(|value| value.name.as_str()).collect();
    if values.is_empty() || word.values.iter().any(|value| value.quoted) {
        return None;
    }
    if sign.ends_with('=') {
        return Some(format!("{sign}{}", values.join(",")));
    }
    let signed = values.iter().map(|value| match mended(value) {
        Some(fixed) if sign.is_empty() => fixed,
        _ => format!("{sign}{}", value.strip_prefix(sign).unwrap_or(value)),
    });
    Some(signed.collect::<Vec<_>>().join(" "))
}

/// `afer=copy`.
fn unknown_attribute_key(diagnostic: Diagnostic, word: &Word, key: &str) -> Diagnostic {
    if let Some(meant) = other_word(word, key) {
        return diagnostic.help(format!("write `{meant}`")).edit(word.span, &word.text, meant);
    }
    if key == "before" {
        return diagnostic.help(
            "the step that follows says what it waits for: write `after=` there, with the id of this one",
        );
    }
    let keys: Vec<&str> = Kind::words().filter_map(|known| known.strip_suffix('=')).collect();
    let rest = &word.text[key.len()..];
    let meant = only_near(key, keys.iter().copied()).map(|near| format!("{near}{rest}"));
    let keys: Vec<&str> = Kind::words().filter(|known| known.ends_with('=')).collect();
    let diagnostic = match nearest(&format!("{key}="), keys.iter().copied()) {
        Some(near) => diagnostic.help(format!("write `{near}{}`", rest[1..].trim_start())),
        None => diagnostic.help(format!("use one of {}", shown_list(keys))),
    };
    diagnostic.maybe_edit(word.span, &word.text, meant.as_deref())
}

pub(in crate::plan) fn bad_estimate(word: &Word, error: &DurationError) -> Box<Diagnostic> {
    let text = &word.text;
    let said: &str = error.clone().into();
    let headline = match error {
        DurationError::NotOne => format!("`{text}` is no estimate"),
        _ => format!("`{text}` is no estimate: {said}"),
    };
    let diagnostic = Diagnostic::new(Rule::Attribute, word.span, headline).label(said);
    Box::new(match mended(text) {
        Some(fixed) => diagnostic.help(format!("write `{fixed}`")).edit(word.span, text, fixed),
        None => diagnostic.help(estimate_help(error)),
    })
}

fn estimate_help(error: &DurationError) -> &'static str {
    match error {
        DurationError::NotOne => "write it like `30m`, `1h30m`, `2d` or `20m..45m`",
        DurationError::Mixed => "write hours and minutes (`36h`), or days and weeks (`2d`)",
        DurationError::TooLong => "write a shorter one, or split the step",
        DurationError::Shrinks => "put the shortest first: `20m..45m`, or `20m..30m..1h`",
    }
}

pub(in crate::plan) fn bad_header_estimate(span: Span, text: &str, error: &DurationError) -> Diagnostic {
    let said: &str = error.clone().into();
    let headline = match error {
        DurationError::NotOne => format!("`{text}` is no estimate"),
        _ => format!("`{text}` is no estimate: {said}"),
    };
    let diagnostic = Diagnostic::new(Rule::FrontMatter, span, headline).label(said);
    match mended(text) {
        Some(fixed) => diagnostic.help(format!("write `{fixed}`")).edit(span, text, fixed),
        None => diagnostic.help(estimate_help(error)),
    }
}

pub(in crate::plan) fn word_twice(word: &Word, first: Span) -> Box<Diagnostic> {
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

pub(in crate::plan) fn empty_key(word: &Word) -> Box<Diagnostic> {
    let key = word.key().unwrap_or("");
    let diagnostic = Diagnostic::new(Rule::Attribute, word.span, format!("`{key}=` names nothing"))
        .label("nothing follows")
        .help(format!("write it without spaces: `{key}=…`, or leave it out"));
    Box::new(diagnostic)
}

pub(in crate::plan) fn one_value_only(word: &Word) -> Box<Diagnostic> {
    let key = word.key().unwrap_or("");
    let diagnostic = Diagnostic::new(Rule::Attribute, word.span, format!("`{key}=` takes one value"))
        .label("here are several")
        .help("keep one of them");
    Box::new(diagnostic)
}

pub(in crate::plan) fn one_reference_only(word: &Word, kind: Kind) -> Box<Diagnostic> {
    let key = kind.word();
    let why = if kind == Kind::During { "spans one thing" } else { "follows one thing" };
    let diagnostic =
        Diagnostic::new(Rule::Attribute, word.span, format!("`{key}` names one step: a step {why}"))
            .label("here are several")
            .help("name one here, and the others with `after=`");
    Box::new(diagnostic)
}

pub(in crate::plan) fn bad_lag(value: &Value, lag: &str) -> Box<Diagnostic> {
    let text = lag.trim_start_matches('+');
    let diagnostic = Diagnostic::new(Rule::Attribute, value.span, format!("`{text}` is no time to add"))
        .label("not understood");
    Box::new(match mended(text) {
        Some(fixed) => diagnostic.help(format!("write `+{fixed}`")).edit(value.span, text, fixed),
        None => diagnostic.help("write it like `after=copy+30m`"),
    })
}

pub(in crate::plan) fn long_lag(value: &Value, lag: &str) -> Box<Diagnostic> {
    let diagnostic =
        Diagnostic::new(Rule::Attribute, value.span, format!("`{lag}` is too long a time to add"))
            .label("longer than ten years")
            .help("write a shorter one");
    Box::new(diagnostic)
}

pub(in crate::plan) fn no_lag_here(value: &Value, kind: Kind, lag: &str) -> Box<Diagnostic> {
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

pub(in crate::plan) fn wrong_place(span: Span, kind: Kind, holder: Holder) -> Diagnostic {
    let word = kind.word();
    let ticked = if word.starts_with("an ") { word.to_owned() } else { format!("`{word}`") };
    let belongs = match kind {
        Kind::Estimate if matches!(holder, Holder::Phase | Holder::Group) => {
            "leave it out: the time here is that of the steps inside"
        }
        Kind::Estimate if holder == Holder::Milestone => {
            "leave it out, or leave out `.milestone`: a milestone takes no time"
        }
        Kind::Estimate if holder == Holder::Tick => {
            "leave it out: a box inside a step is done in the step's time; or leave out the estimate around it, so that the step \
             becomes a group and its boxes steps"
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

pub(in crate::plan) fn not_beside(span: Span, word: Kind, other_span: Span, other: Kind) -> Diagnostic {
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

pub(in crate::plan) fn two_deciders(span: Span, first: Span) -> Diagnostic {
    Diagnostic::new(Rule::AttributePlace, span, "a gate has one decider")
        .label("a second owner")
        .related(first, "the first")
        .help("keep the one who decides, and let the others report to them in the gate's boxes")
}

pub(in crate::plan) fn two_who_find_out(span: Span, first: Span) -> Diagnostic {
    Diagnostic::new(Rule::AttributePlace, span, "one person, team or role finds out what a question asks")
        .label("a second owner, who would never be told")
        .related(first, "the first")
        .help("keep the one who brings the answer, or make two questions of it")
}

pub(in crate::plan) fn attributes_without_box(span: Span) -> Diagnostic {
    Diagnostic::new(
        Rule::AlmostABox,
        span,
        "these attributes stand on an item without a box, and have no effect",
    )
    .label("this item is text, not a step")
    .help("begin the item with `[ ]` to make it a step, or put a `\\` before the `{` to make it text")
}

/// An `undo:` that was not indented far enough: below «10.» that takes four spaces.
pub(in crate::plan) fn detail_outside_step(span: Span, word: &str) -> Diagnostic {
    Diagnostic::new(Rule::AlmostABox, span, format!("this `{word}:` belongs to no step, and has no effect"))
        .label("stands outside of every step")
        .help(
            "put the item under a step, beginning where the letters of that step begin, right of its number or dash",
        )
}

/// `- expct: …` inside a step; `meant` is how what is `written` is written here.
pub(in crate::plan) fn almost_a_detail(span: Span, written: &str, meant: &str) -> Diagnostic {
    let word = meant.split(':').next().unwrap_or(meant);
    Diagnostic::new(Rule::AlmostABox, span, format!("`{written}` is almost `{word}:`, and is text"))
        .label("has no effect")
        .help(format!("write `{meant}`"))
}

/// `- ? who …` inside a step.
pub(in crate::plan) fn almost_a_question(span: Span) -> Diagnostic {
    Diagnostic::new(Rule::AlmostABox, span, "`?` is almost the box `[?]` of a question, and is text")
        .label("no question is asked")
        .help("write `[?]`")
        .edit(span, "?", "[?]")
}

/// `- [ ] undo: …` inside a step.
pub(in crate::plan) fn detail_behind_a_box(span: Span, word: &str) -> Diagnostic {
    Diagnostic::new(Rule::AlmostABox, span, format!("this `{word}:` stands behind a box, and has no effect"))
        .label("a box or step of its own")
        .help(format!("leave out the box: `- {word}: …`"))
}

pub(in crate::plan) fn time_on_way_back(span: Span, kind: Kind) -> Diagnostic {
    Diagnostic::new(Rule::AttributePlace, span, format!("`{}` can't stand on a way back", kind.word()))
        .label("not here")
        .help("leave it out: a way back begins when it is called, whenever that is")
}
