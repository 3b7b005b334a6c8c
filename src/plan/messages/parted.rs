//! One word in braces that a space has cut in two.

use crate::diagnostic::{Diagnostic, Rule};
use crate::document::Word;
use crate::source::Span;

pub(in crate::plan) fn parted_estimate(first: &Word, rest: &[&Word], fixed: String) -> Diagnostic {
    let (span, written) = together(first, rest);
    Diagnostic::new(Rule::Attribute, span, format!("`{written}` is no estimate: a space ends a word"))
        .label(if rest.len() == 1 { "two words" } else { "several words" })
        .help(format!("write `{fixed}`"))
        .edit(span, written, fixed)
}

/// `ca. 30m`.
pub(in crate::plan) fn loose_estimate(first: &Word, rest: &[&Word], fixed: String) -> Diagnostic {
    let (span, written) = together(first, rest);
    // The longest that something may take is not what it takes.
    let is_limit = first.text.to_lowercase().starts_with("max");
    let said = format!("`{written}` is no estimate: a length stands without a word before it");
    Diagnostic::new(Rule::Attribute, span, said)
        .label("a length, and a word before it")
        .help(format!("write `{fixed}`, or a range such as `20m..45m`"))
        .maybe_edit(span, &written, (!is_limit).then_some(fixed.as_str()))
}

/// `by = 13:00`.
pub(in crate::plan) fn parted_key(first: &Word, rest: &[&Word], fixed: &str) -> Diagnostic {
    let (span, written) = together(first, rest);
    Diagnostic::new(Rule::Attribute, span, format!("`{written}` is no attribute: a space ends a word"))
        .label("several words")
        .help(format!("write `{fixed}`, without spaces"))
        .edit(span, written, fixed)
}

/// `owner: Kim, duration: 20m`.
pub(in crate::plan) fn keys_with_colons(
    first: &Word,
    rest: &[&Word],
    fixed: &str,
    is_certain: bool,
) -> Diagnostic {
    let (span, written) = together(first, rest);
    Diagnostic::new(Rule::Attribute, span, format!("`{written}` is no attribute: keys take no colon"))
        .label("not understood")
        .help(format!("write `{fixed}`"))
        .maybe_edit(span, &written, is_certain.then_some(fixed))
}

/// `@ kim`.
pub(in crate::plan) fn parted_owner(sign: &Word, name: &Word, handle: &str) -> Diagnostic {
    let (span, written) = together(sign, &[name]);
    Diagnostic::new(Rule::Attribute, span, format!("`{written}` is no owner: a space ends a word"))
        .label("two words")
        .help(format!("write `@{handle}`, without a space"))
        .edit(span, written, format!("@{handle}"))
}

/// `kim`.
pub(in crate::plan) fn bare_owner(word: &Word, handle: &str) -> Diagnostic {
    let said = format!("`{}` is no attribute: a handle takes the sign `@`", word.text);
    Diagnostic::new(Rule::Attribute, word.span, said)
        .label("somebody's name, without a sign")
        .help(format!("write `@{handle}`"))
        .edit(word.span, &word.text, format!("@{handle}"))
}

/// `owner kim`.
pub(in crate::plan) fn word_for_owner(word: &Word, name: &Word, handle: &str) -> Diagnostic {
    let (span, written) = together(word, &[name]);
    Diagnostic::new(Rule::Attribute, span, format!("`{written}` is no owner: a handle takes the sign `@`"))
        .label("two words")
        .help(format!("write `@{handle}`"))
        .edit(span, written, format!("@{handle}"))
}

/// `@Raj Patel`, `@"Raj Patel"`. `handle` is that of the person who has this name.
pub(in crate::plan) fn name_as_handle(word: &Word, rest: &[&Word], handle: Option<&str>) -> Diagnostic {
    let (span, written) = together(word, rest);
    let (reason, label) = if rest.is_empty() {
        ("quotes are for titles", "a name")
    } else {
        ("a space ends a word", "two words")
    };
    let said =
        Diagnostic::new(Rule::Attribute, span, format!("`{written}` is no handle: {reason}")).label(label);
    let before = "write the handle alone, as it stands before the colon in `people`";
    match handle {
        Some(handle) => said.help(format!("{before}: `@{handle}`")).edit(span, written, format!("@{handle}")),
        None if rest.is_empty() => said.help(before),
        None => said.help(format!("{before}: `{}`", word.text.to_lowercase())),
    }
}

/// Words as they stand, one space between them, and where they stand.
fn together(first: &Word, rest: &[&Word]) -> (Span, String) {
    let mut written = first.text.clone();
    for word in rest {
        written.push_str(if word.after_comma { ", " } else { " " });
        written.push_str(&word.text);
    }
    let last = rest.last().map_or(first.span, |last| last.span);
    (first.span.to(last), written)
}

pub(in crate::plan) fn parted_time(date: &Word, clock: &Word) -> Diagnostic {
    let written = format!("{} {}", date.text, clock.text);
    let fixed = format!("{}T{}", date.text, clock.text);
    let span = date.span.to(clock.span);
    Diagnostic::new(Rule::Attribute, span, format!("`{written}` is two words: in braces a space ends a time"))
        .label("a date, and a word of its own")
        .help(format!("write `{fixed}`, with a `T` between date and time"))
        .edit(span, written, fixed)
}

pub(in crate::plan) fn parted_value(key: &Word, value: &Word) -> Diagnostic {
    let written = format!("{} {}", key.text, value.text);
    let fixed = format!("{}{}", key.text, value.text);
    let span = key.span.to(value.span);
    Diagnostic::new(Rule::Attribute, span, format!("`{}` names nothing: a space ends it", key.text))
        .label("two words")
        .help(format!("write `{fixed}`, without a space"))
        .edit(span, written, fixed)
}

/// A list that a space behind a comma has ended too early.
pub(in crate::plan) fn parted_list(first: &Word, loose: &[&Word]) -> Diagnostic {
    let key = first.key().unwrap_or("");
    let last = loose.last().map_or(first.span, |last| last.span);
    let place = loose.first().map_or(first.span, |next| next.span.to(last));
    let names: Vec<&str> =
        std::iter::once(first).chain(loose.iter().copied()).map(|word| word.text.as_str()).collect();
    let mut diagnostic = Diagnostic::new(
        Rule::Attribute,
        place,
        format!("the list after `{key}=` ends at the space before this"),
    )
    .label("belongs to nothing")
    .help(format!("write `{}`, without spaces", names.join(",")));
    for (before, word) in std::iter::once(first).chain(loose.iter().copied()).zip(loose) {
        let gap = before.span.to(word.span).part(before.span.len()..word.span.start() - before.span.start());
        diagnostic = diagnostic.edit(gap, ", ", ",");
    }
    diagnostic
}

pub(in crate::plan) fn book_quotes(first: &Word, last: &Word, quotes: [char; 2]) -> Diagnostic {
    let key = first.key().unwrap_or("");
    let [open, close] = quotes;
    let mut diagnostic = Diagnostic::new(
        Rule::Attribute,
        first.span.to(last.span),
        format!("the title after `{key}=` stands between `{open}` and `{close}`, which are letters here"),
    )
    .label("the quotes of a printed text")
    .help("write straight quotes: `\"`");
    for (word, quote) in [(first, open), (last, close)] {
        if quote != '"' {
            diagnostic = diagnostic.edit(word.span, quote.to_string(), "\"");
        }
    }
    diagnostic
}
