//! What is said of lines that were meant as steps, headings or details, and are none.

use super::spaces;
use crate::diagnostic::{Diagnostic, Rule};
use crate::document::{almost, boxes};
use crate::source::Span;

/// `text` is the item's, from the bracket on; `beside_marker` when it stands on the line of the marker, where
/// boxes do.
pub(in crate::document) fn almost_a_box(span: Span, text: &str, beside_marker: bool) -> Diagnostic {
    let diagnostic = Diagnostic::new(Rule::AlmostABox, span, "this looks like a box, and is none").label(
        match other_space(&text[..boxes::length_of_almost(text)]) {
            Some(space) => format!("{space}, and no Markdown program sees a box"),
            None => "no Markdown program sees a box here".to_owned(),
        },
    );
    let (help, mended) = match almost::mended_in_item(text) {
        Some((length, mended)) => (mended.trim_end().to_owned(), Some((length, mended))),
        None => ("[ ]".to_owned(), None),
    };
    let diagnostic = diagnostic
        .help(format!("write `{help}` with one character between the brackets and a space after them"));
    match mended {
        Some((length, mended)) if beside_marker && almost::is_certain_mark(text) => {
            diagnostic.edit(span, &text[..length], mended)
        }
        _ => diagnostic,
    }
}

/// `certain` when the mended line would be an item, and nothing else would change.
pub(in crate::document) fn almost_an_item(span: Span, line: &str, certain: bool) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(Rule::AlmostABox, span, "this line looks like a box, and is part of a paragraph")
            .label(match other_space(&line[..line.find(']').unwrap_or(0)]) {
                Some(space) => format!("{space}, and no list item begins"),
                None => "no list item begins here".to_owned(),
            });
    let Some((length, mended)) = almost::mended_in_line(line) else {
        return diagnostic
            .help("indent it less, as far as the items beside it, or leave a blank line above the list");
    };
    let diagnostic =
        diagnostic.help(format!("begin the line with `{mended} `, and leave a blank line above the list"));
    if certain { diagnostic.edit(span, &line[..length], mended) } else { diagnostic }
}

/// A space that looks like one, and parts no words for Markdown.
fn other_space(text: &str) -> Option<String> {
    let space = text.chars().find(|c| boxes::is_other_space(*c))?;
    let name = match space {
        '\u{a0}' => "a no-break space",
        _ if space.is_whitespace() => "a space of its own kind",
        _ => "a space without width",
    };
    Some(format!("{name} (U+{:04X}) stands here", u32::from(space)))
}

/// `line` is the heading without a space, `signs` how many `#` it begins with.
pub(in crate::document) fn almost_a_heading(span: Span, line: &str, signs: usize) -> Diagnostic {
    let (marks, title) = line.split_at(signs);
    Diagnostic::new(Rule::AlmostABox, span, "this line looks like a heading, and is part of a paragraph")
        .label("no phase begins here")
        .help(format!("write a space behind the `{marks}`: `{marks} {}`", title.trim_end()))
}

pub(in crate::document) fn attributes_on_text(span: Span) -> Diagnostic {
    Diagnostic::new(Rule::AlmostABox, span, "these attributes stand on a paragraph, and have no effect")
        .label("this is text, neither a step nor a heading")
        .help("write them at the end of a heading or of an item with a box, or put a `\\` before the `{` to make them text")
}

/// A row of a table that begins with a box; `item` is what it would be in a list.
pub(in crate::document) fn box_in_a_table(span: Span, item: &str) -> Diagnostic {
    Diagnostic::new(Rule::AlmostABox, span, "this box stands in a row of a table, and is no step")
        .label("no list item begins here")
        .help(format!("write the rows as a list, one step a line: `{item}`"))
}

/// A block of code that is not closed where it should be; `first` is the first box in it.
pub(in crate::document) fn steps_in_code(fence: Span, first: Span, boxes: usize) -> Diagnostic {
    let headline = format!("this block of code takes in what looks like {}", steps(boxes));
    Diagnostic::new(Rule::AlmostABox, fence, headline)
        .label("opened here")
        .related(first, "text, and no step")
        .help("close it below its last line, with the same signs alone on a line")
}

pub(in crate::document) fn steps_in_comment(open: Span, first: Span, boxes: usize) -> Diagnostic {
    let headline = format!("this comment is never closed, and takes in what looks like {}", steps(boxes));
    Diagnostic::new(Rule::AlmostABox, open, headline)
        .label("opened here")
        .related(first, "part of the comment, and no step")
        .help("write `-->` where it ends")
}

fn steps(count: usize) -> String {
    if count == 1 { "a step".to_owned() } else { format!("{count} steps") }
}

pub(in crate::document) fn box_as_code(span: Span) -> Diagnostic {
    Diagnostic::new(
        Rule::AlmostABox,
        span,
        "this box stands so far to the right that it is code, and no step",
    )
    .label("four spaces or more make a block of code")
    .help("begin the line with less than four spaces, or below the words of the step that it belongs to")
}

pub(in crate::document) fn box_in_html(span: Span) -> Diagnostic {
    Diagnostic::new(Rule::AlmostABox, span, "this box stands in a piece of HTML, and is no step")
        .label("HTML goes on to the next blank line")
        .help("leave a blank line between the HTML and the list")
}

/// What is indented by `column` spaces, where the words of the step above begin at column `words`.
pub(in crate::document) fn beside_its_step(
    span: Span,
    step: Span,
    column: usize,
    words: usize,
) -> Diagnostic {
    let (has, takes) = (spaces(column), spaces(words));
    Diagnostic::new(Rule::AlmostABox, span, "this is indented, and does not belong to the step above it")
        .label(format!("{has}, and it takes {takes}"))
        .related(step, "stands beside this step, not under it")
        .help(format!("indent it by {takes}: it belongs to a step where it begins below the step's words"))
}

pub(in crate::document) fn attributes_before_text(span: Span) -> Diagnostic {
    Diagnostic::new(
        Rule::AlmostABox,
        span,
        "these attributes stand before more text on their line, and have no effect",
    )
    .label("part of the title")
    .help("move them to the end of the line, or put a `\\` before the `{` to say that they are text")
}

/// A line of a paragraph that begins with the word of a detail; `mend` comes before it where that is certain.
pub(in crate::document) fn detail_without_dash(
    span: Span,
    line: &str,
    word: &str,
    mend: Option<String>,
) -> Diagnostic {
    let said = Diagnostic::new(
        Rule::AlmostABox,
        span,
        format!("this `{word}:` is no item of a list, and has no effect"),
    )
    .label("part of a paragraph")
    .help(format!("begin it with a dash, below the words that it belongs to: `- {}`", line.trim_end()));
    match mend {
        Some(mend) => said.edit(span.part(0..0), "", mend),
        None => said,
    }
}

/// `\[ \]` at the beginning of an item, and the box that it would be.
pub(in crate::document) fn escaped_box(span: Span, written: &str, mended: &str) -> Diagnostic {
    Diagnostic::new(Rule::AlmostABox, span, "this looks like a box, and is none")
        .label("backslashes make it text")
        .help(format!("write `{mended}`"))
        .edit(span, written, mended)
}

/// `<li>[ ] …`; `words` are those behind the box.
pub(in crate::document) fn box_behind_a_tag(span: Span, words: &str) -> Diagnostic {
    Diagnostic::new(Rule::AlmostABox, span, "this box stands in a piece of HTML, and is no step")
        .label("no list item of Markdown begins here")
        .help(format!("write the steps as a list, with a blank line above it: `- [ ] {words}`"))
}
