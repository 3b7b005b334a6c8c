//! What this stage says to people.

mod almost;

use super::braces::Broken;
use super::conflicts::Conflict;
use super::misplaced::{Around, Misplaced};
use super::yaml::Home;
use super::yaml_flow::closing_sign;
use super::yaml_slip::Slip;
use crate::diagnostic::{Diagnostic, Place, Rule};
use crate::source::{SourceId, Span};
pub(super) use almost::*;

pub(super) fn broken_block(broken: Broken, block: Span, at: usize) -> Diagnostic {
    let place = Span::new(block.source, at..at + 1);
    match broken {
        Broken::Quote => Diagnostic::new(Rule::Attribute, place, "a quote in these braces is never closed")
            .label("opened here")
            .help("close it with another `\"` before the next word"),
        Broken::Brace => Diagnostic::new(Rule::Attribute, place, "these braces are never closed")
            .label("opened here")
            .help("end the line with `}`")
            .edit(block.part(block.len()..block.len()), "", "}"),
        Broken::Length => Diagnostic::new(Rule::Attribute, place, "these braces hold more than 10,000 letters")
            .label("opened here")
            .help("close them with `}` sooner: let the step wait for a phase instead of many steps, and write text below it"),
    }
}

/// Rules about what the first version of a conflict may lack: ids, and all below.
const NAMES_AND_REFERENCES: &[Rule] = &[
    Rule::UnknownReference,
    Rule::UnknownOwner,
    Rule::UnknownSystem,
    Rule::UnknownWindow,
    Rule::UnknownVariable,
    Rule::UnknownVariant,
    Rule::NoTimezone,
    Rule::Unreadable,
];

/// Without the first, those about names that the front matter gives, and about files that it names, which may stand where
/// it could not be read: a key that is none is read as a value, and that of `people` is a file's name.
const NAMES_AND_FILES: &[Rule] = match NAMES_AND_REFERENCES.split_first() {
    Some((_, names)) => names,
    None => &[],
};

/// The same without that about files, which is the last.
const NAMES: &[Rule] = match NAMES_AND_FILES.split_last() {
    Some((_, names)) => names,
    None => &[],
};

/// Lines that Git has left in a file.
pub(super) fn conflict(source: SourceId, conflict: &Conflict) -> Diagnostic {
    let place = |range: &std::ops::Range<usize>| Span::new(source, range.clone());
    let new = |said: &str, label: &str| {
        Diagnostic::new(Rule::MergeConflict, place(&conflict.first()), said).label(label)
    };
    if !conflict.is_whole() {
        let left_over = "a line is left over of a merge that Git could not settle";
        let said = match (&conflict.begin, &conflict.end) {
            (Some(_), Some(end)) => {
                new(left_over, "a conflict begins here, and no `=======` parts its versions")
                    .related(place(end), "and ends here")
            }
            (Some(_), None) => new(left_over, "a conflict begins here, and no `>>>>>>>` ends it"),
            _ => new(left_over, "a conflict ends here, and no `<<<<<<<` begins it"),
        };
        return said
            .help("take it out, with what else is left of the conflict, or show it in a block of code");
    }
    let mut said = new(
        "Git could not settle a merge here, and both versions stand in the file",
        "below is the first version, the one that is read",
    )
    .silences(NAMES_AND_REFERENCES);
    let others = [
        (&conflict.base, "below is what stood here before"),
        (&conflict.middle, "below is the second version"),
        (&conflict.end, "the conflict ends here"),
    ];
    for (line, label) in others {
        if let Some(line) = line {
            said = said.related(place(line), label);
        }
    }
    said.help(match conflict.base {
        None => "keep what is right of both, and take out the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`",
        Some(_) => "keep what is right of both, and take out all from `|||||||` to `=======` and the lines that begin with `<<<<<<<` and `>>>>>>>`",
    })
}

pub(super) fn key_too_long(span: Span, home: Home, letters: usize) -> Diagnostic {
    Diagnostic::new(
        Rule::FrontMatter,
        span,
        format!("a name of {letters} letters stands before a `:` in {}, and YAML allows 1024", home.name()),
    )
    .label("too long")
    .silences(NAMES_AND_FILES)
    .help("choose a shorter handle or name")
}

pub(super) fn yaml_error(span: Span, home: Home, info: &str) -> Diagnostic {
    Diagnostic::new(Rule::FrontMatter, span, format!("{} is not YAML: {info}", home.name()))
        .silences(NAMES)
        .help("put a text with special characters in quotes, and indent with spaces")
}

/// A line for which a text is no YAML.
pub(super) fn yaml_slip(span: Span, home: Home, line: &str, slip: &Slip) -> Diagnostic {
    let new = |said: String, label: &str| {
        Diagnostic::new(Rule::FrontMatter, span, said).label(label).silences(NAMES_AND_FILES)
    };
    match slip {
        Slip::NoColon(meant) => {
            let said = new("this line has no `: ` between a key and its value".to_owned(), "no key");
            match meant {
                Some(meant) => said.help(format!("write `{meant}`")),
                None => said.help(match home {
                    Home::FrontMatter => {
                        "write a key with its value, such as `title: Move the shop`, or `#` before a remark"
                    }
                    Home::Roster => {
                        "write a handle with a name, such as `ana: Ana Reyes`, or `#` before a remark"
                    }
                }),
            }
        }
        Slip::SecondColon(meant) => {
            let said =
                "the value of this line holds another `: `, which makes a key of what stands before it";
            let end = line.find(" #").unwrap_or(line.len());
            let length = line[..end].trim_end().len();
            new(said.to_owned(), "two keys on one line")
                .help(format!("put the value in quotes: `{meant}`"))
                .edit(span.part(0..length), &line[..length], meant)
        }
        Slip::Indented(found, wanted) => {
            let said = format!(
                "this line begins with {}, and those beside it with {}",
                spaces(*found),
                spaces(*wanted)
            );
            let said = new(said, "not below the others").help(match wanted {
                0 => "begin it at the left edge".to_owned(),
                _ => format!("begin it with {}", spaces(*wanted)),
            });
            if *found < wanted + 2 {
                return said;
            }
            said.help("if it tells more of the line above, write nothing behind the `:` there, and the name as `name: …`")
        }
        Slip::NeverClosed(sign, at, meant) => {
            let what = if matches!(sign, '"' | '\'') { "quote" } else { "bracket" };
            let end = closing_sign(*sign);
            let said = new(format!("the {what} `{sign}` is never closed"), "opened here");
            let said = said.help(match (meant, what) {
                (Some(meant), _) => format!("write `{meant}`"),
                (None, "quote") => {
                    format!("close it with another `{end}` behind the last word that belongs to it")
                }
                (None, _) => format!("close it with `{end}` behind the last value that belongs to it"),
            });
            Diagnostic { place: Place::At(span.part(*at..at + 1)), ..said }
        }
        Slip::ClosesNothing(sign, at) => {
            let said = new(format!("the bracket `{sign}` closes nothing"), "no bracket is open here")
                .help("take it out, or open one further left; a text that has one stands in quotes");
            Diagnostic { place: Place::At(span.part(*at..at + 1)), ..said }
        }
        Slip::BehindQuotes(at, meant) => {
            let said = new("words stand behind the quotes that end a value".to_owned(), "not in the quotes")
                .help(match meant {
                    Some(meant) => format!("write `{meant}`"),
                    None => "put all of the value in quotes, and `\\` before each `\"` in it".to_owned(),
                });
            Diagnostic { place: Place::At(span.part(*at..line.len())), ..said }
        }
        Slip::Tab => {
            new("this line begins with a tab".to_owned(), "a tab before it").help("indent it with spaces")
        }
    }
}

fn spaces(number: usize) -> String {
    match number {
        0 => "no space".to_owned(),
        1 => "1 space".to_owned(),
        _ => format!("{number} spaces"),
    }
}

pub(super) fn no_keys(span: Span) -> Diagnostic {
    Diagnostic::new(Rule::FrontMatter, span, "the front matter has no keys")
        .silences(NAMES)
        .label("no key")
        .help("write keys with their values, such as `title: Move the shop`, or leave out the front matter")
}

pub(super) fn yaml_too_much(span: Span, home: Home, what: &str) -> Diagnostic {
    Diagnostic::new(Rule::FrontMatter, span, format!("{} has {what}", home.name()))
        .help("write it out in a simpler form")
}

pub(super) fn never_closed(source: SourceId, first_line: std::ops::Range<usize>) -> Diagnostic {
    Diagnostic::new(Rule::FrontMatter, Span::new(source, first_line), "the front matter is never closed")
        .label("opened here")
        .help("add a line `---` after its last key")
}

/// Front matter that is read all the same, so that nothing follows from the mistake.
pub(super) fn misplaced(source: SourceId, text: &str, meant: &Misplaced) -> Diagnostic {
    let line = Span::new(source, meant.opening.clone());
    let opening = &text[meant.opening.clone()];
    let new = |sentence: String, label: &str| Diagnostic::new(Rule::FrontMatter, line, sentence).label(label);
    match meant.around {
        Around::BlankLines => {
            new("blank lines stand above the front matter".to_owned(), "not on the first line")
                .help("write `---` on the first line of the file: take out what stands above it")
                .edit(Span::new(source, 0..meant.opening.end), &text[..meant.opening.end], "---")
        }
        Around::OtherLines => new(
            "other lines stand above the front matter".to_owned(),
            "not on the first line",
        )
        .help(
            "move what stands above it below the front matter, so that `---` is the first line of the file",
        ),
        Around::Dashes => {
            let said = new(
                format!("the front matter begins with `{opening}` instead of `---`"),
                "not three hyphens",
            )
            .help("write `---` on the first line of the file, and the same below the last key")
            .edit(Span::new(source, 0..meant.opening.end), &text[..meant.opening.end], "---");
            let closing = &text[meant.closing.clone()];
            match closing {
                "---" | "..." => said,
                _ => said.edit(Span::new(source, meant.closing.clone()), closing, "---"),
            }
        }
        Around::Fence => {
            new("the front matter stands in a block of code".to_owned(), "a block of code begins here").help(
                "write `---` on the first line of the file, and `---` instead of the ``` below the last key",
            )
        }
    }
}

/// `list` has the values of both, where that is what the key takes.
pub(super) fn duplicate_key(key: Span, name: &str, first: Span, list: Option<String>) -> Diagnostic {
    Diagnostic::new(Rule::FrontMatter, key, format!("the key `{name}` stands here twice"))
        .label("again")
        .related(first, "first")
        .help(match list {
            Some(list) => format!("write one list: `{name}: {list}`"),
            None => "keep one of them".to_owned(),
        })
}

pub(super) fn comment_as_value(span: Span, key: &str, comment: &str) -> Diagnostic {
    let text = comment.trim_end();
    Diagnostic::new(Rule::FrontMatter, span, format!("`{key}` has no value: `#` begins a comment"))
        .label("this is a comment")
        .help(format!("put it in quotes: `{key}: \"{text}\"`"))
        .edit(span, text, format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")))
}

pub(super) fn handle_with_at(span: Span, home: Home, mended: Option<String>) -> Diagnostic {
    let said = format!("a handle stands in {} without its `@`", home.name());
    Diagnostic::new(Rule::FrontMatter, span, said)
        .label("YAML allows no value that begins with `@`")
        .help(mended.map_or_else(|| "leave out the `@`".to_owned(), |mended| format!("write `{mended}`")))
        .edit(span.part(0..1), "@", "")
}

pub(super) fn foreign(span: Span, key: &str) -> Diagnostic {
    Diagnostic::new(
        Rule::ForeignFrontMatter,
        span,
        format!("this front matter is another program's (it has `{key}`), and is ignored"),
    )
    .help("add a key such as `start:` or `people:` to make it the plan's own")
}
