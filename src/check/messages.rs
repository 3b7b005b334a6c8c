//! What the checks say to people.

pub(super) mod gates;

use super::double_booked::Booking;
use super::placeholder::{Placeholder, PlaceholderKind};
use super::tail::Tail;
use crate::diagnostic::{Diagnostic, Rule, shown_list};
use crate::plan::{AskedSlip, Duration, Estimate, Node, NodeKind, Question, Roster, Window};
use crate::schedule::{Clock, Moment, shown_length, shown_moment, shown_stretch, written_moment};
use crate::source::{AttachmentError, ReadError, Span};

pub(super) fn almost_attributes(place: Span, meant: &str) -> Diagnostic {
    Diagnostic::new(Rule::AlmostABox, place, "these braces look like attributes, and are text")
        .label("part of the title, without any effect")
        .help(format!("write `{meant}`, or put a `\\` before the `{{` to say that they are text"))
}

/// `{1:30}`: a length as clocks show it, a time of day, or either.
pub(super) fn length_or_time(place: Span, length: Option<String>, time: Option<String>) -> Diagnostic {
    let length = length.map(|length| format!("`{{{length}}}` for a length"));
    let time = time.map(|time| format!("`{{at={time}}}` for a time"));
    let meant: Vec<String> = length.into_iter().chain(time).collect();
    Diagnostic::new(Rule::AlmostABox, place, "these braces look like a length or a time, and are text")
        .label("part of the title, without any effect")
        .help(format!(
            "write {}, or put a `\\` before the `{{` to say that they are text",
            meant.join(" or ")
        ))
}

pub(super) fn attributes_in_title(place: Span, meant: &str) -> Diagnostic {
    let text = meant.trim_matches(['{', '}']);
    Diagnostic::new(Rule::AlmostABox, place, format!("`{text}` stands in the title, and is text"))
        .label("nobody does this step, and no estimate counts")
        .help(format!("write `{meant}` at its end"))
}

/// An item without a box that ends with an owner and an estimate; `meant` is the step that it would be.
pub(super) fn step_without_box(place: Span, attributes: &str, meant: &str) -> Diagnostic {
    let said = format!("`{attributes}` stands on an item without a box, and is text");
    Diagnostic::new(Rule::AlmostABox, place, said)
        .label("this item is text, not a step")
        .help(format!("write `{meant}`"))
}

/// A row of a table with an owner and an estimate; `meant` is the step that it would be.
pub(super) fn step_in_a_table(place: Span, meant: &str) -> Diagnostic {
    let said = "this row of a table names an owner and an estimate, and is no step";
    Diagnostic::new(Rule::AlmostABox, place, said)
        .label("no list item begins here")
        .help(format!("write the rows as a list, one step a line: `{meant}`"))
}

/// A length at the end of an `undo:`; `is_bare` when that has no braces.
pub(super) fn length_in_undo(place: Span, tail: &Tail, assumed: Estimate, is_bare: bool) -> Diagnostic {
    let text = tail.meant.join(" ");
    let length = shown_length(assumed.planned(Duration::working_seconds));
    Diagnostic::new(
        Rule::AlmostABox,
        place,
        format!("`{text}` stands in the words of this `undo:`, and is text"),
    )
    .label(format!("{length} is assumed for it"))
    .help(if is_bare {
        format!("write `{}` at its end", tail.in_braces())
    } else {
        format!("write `{text}` in its braces")
    })
}

/// A step in a sentence.
fn called(node: &Node) -> String {
    if node.title.is_empty() { "this step".to_owned() } else { format!("\"{}\"", node.title) }
}

pub(super) fn early_start(
    written: Span,
    start: Moment,
    node: &Node,
    first: Moment,
    clock: Clock,
) -> Diagnostic {
    let (days, first) =
        ((first - start) / 86_400, (shown_moment(first, clock), written_moment(first, clock)));
    let message = format!(
        "the plan starts {days} days before its first step, {}, which begins {}",
        called(node),
        first.0
    );
    Diagnostic::new(Rule::EarlyStart, written, message)
        .label("another year or month?")
        .related(node.span, "the first step")
        .help(format!("write `start: {}`, or what has to be done on that day", first.1.replacen('T', " ", 1)))
}

pub(super) fn window_of_another_night(
    written: Span,
    start: Moment,
    window: &Window,
    opens: Moment,
    clock: Clock,
) -> Diagnostic {
    let message = format!(
        "the plan starts {}, and nothing begins until the window `{}` opens, {} later",
        shown_moment(start, clock),
        window.name,
        shown_length(opens - start)
    );
    let start = written_moment(opens, clock).replacen('T', " ", 1);
    Diagnostic::new(Rule::EarlyStart, written, message)
        .label("another day?")
        .related(window.span, "the window")
        .help(format!("write `start: {start}`, the window as it is meant, or what is done before it opens"))
}

pub(super) fn missing_owner(node: &Node) -> Diagnostic {
    Diagnostic::new(Rule::MissingOwner, node.span, format!("nobody does {}", called(node)))
        .label("no owner")
        .help("add `@handle` in braces at its end, or on the phase around it")
}

pub(super) fn missing_estimate(node: &Node, assumed: i64) -> Diagnostic {
    let length = shown_length(assumed);
    Diagnostic::new(Rule::MissingEstimate, node.span, format!("nobody has estimated {}", called(node)))
        .label(format!("{length} is assumed"))
        .help("add an estimate such as `30m` or `20m..45m` in braces at its end")
}

/// Of an `undo:` of a step on which the latest back-out of a gate counts.
pub(super) fn missing_estimate_of_undo(place: Span, node: &Node, assumed: i64) -> Diagnostic {
    let said = format!("nobody has estimated how long it takes to undo {}", called(node));
    Diagnostic::new(Rule::MissingEstimate, place, said)
        .label(format!("{} is assumed, and the latest back-out counts on it", shown_length(assumed)))
        .help("add an estimate such as `30m` or `20m..45m` in braces at its end")
}

pub(super) fn double_booked(name: &str, here: &Booking, other: &Booking, clock: Clock) -> Diagnostic {
    let (own, theirs) = (shown_stretch(here.stretch, clock), shown_stretch(other.stretch, clock));
    Diagnostic::new(
        Rule::DoubleBooked,
        here.place,
        format!(
            "{name} is needed in two plans at once: for \"{}\" here, and for \"{}\" there",
            here.step, other.step
        ),
    )
    .label(format!("needs {name} {own}"))
    .related(other.place, format!("needs {name} {theirs}"))
    .help("give one of the two steps to somebody else, or move one of the plans")
}

pub(super) fn open_question(question: &Question, roster: &Roster) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        Rule::OpenQuestion,
        question.span,
        format!("this question is open: {}", question.text),
    );
    let diagnostic = match &question.who {
        Some(who) => diagnostic.label(format!("`{}` finds out", roster.handle(who.value))),
        None => diagnostic.label("nobody finds out").help("add `@handle` in braces: who finds out"),
    };
    diagnostic.help("write the answer under it, as `- answer: …`")
}

pub(super) fn placeholder(placeholder: &Placeholder) -> Diagnostic {
    let said = |sentence: &str, label: &str, help: &str| {
        Diagnostic::new(Rule::Placeholder, placeholder.span, sentence).label(label).help(help)
    };
    match placeholder.kind {
        PlaceholderKind::Title => said(
            "this step has no title",
            "nobody can tell what is to be done",
            "write it between the box and the braces: `- [ ] Call the bank {@leo 5m}`",
        ),
        PlaceholderKind::Undo => said(
            "this `undo:` does not say how the step is taken back",
            "nobody can tell what is to be done",
            "write it behind the colon: `- undo: start the service again {5m}`",
        ),
        PlaceholderKind::Expect => said(
            "this `expect:` does not say what one sees when the step has worked",
            "nobody can tell what to look for",
            "write it behind the colon: `- expect: the shop says \"closed\"`",
        ),
        PlaceholderKind::Person(word, what) => said(
            &format!("the {what} of this person is `{word}`, which stands for something still to be written"),
            "still open",
            "write it, or take it out",
        ),
        PlaceholderKind::Word(word) => said(
            &format!("`{word}` stands for something still to be written"),
            "still open",
            "write it, or ask somebody with `- [?] … {@who}`",
        ),
    }
}

pub(super) fn struck_out(node: &Node) -> Diagnostic {
    Diagnostic::new(
        Rule::StruckOut,
        node.span,
        format!("\"{}\" is struck out, and is a step all the same", node.title),
    )
    .label("planned, and called on the night")
    .help("write `[-]` as its box to drop it, or take the `~~` away")
}

pub(super) fn looks_like_gate(node: &Node) -> Diagnostic {
    Diagnostic::new(
        Rule::LooksLikeGate,
        node.span,
        format!("\"{}\" sounds like a gate, and is an ordinary step", node.title),
    )
    .label("nobody is asked for a go here")
    .help("write `.gate` in its braces, with `else=` for where a no-go leads, or give it another title")
}

pub(super) fn looks_like_rollback(node: &Node) -> Diagnostic {
    Diagnostic::new(
        Rule::LooksLikeRollback,
        node.span,
        format!("\"{}\" sounds like a way back, and runs in the main line", node.title),
    )
    .label("these steps run as part of the launch")
    .help("add `{.rollback}` to the heading to take it out of the main line, or give it another title")
}

pub(super) fn no_go_runs_anyway(phase: &Node, gate: &Node) -> Diagnostic {
    Diagnostic::new(
        Rule::LooksLikeRollback,
        phase.span,
        format!("a no-go at \"{}\" leads to \"{}\", and that runs on a go as well", gate.title, phase.title),
    )
    .label("these steps run as part of the launch")
    .related(gate.span, "its `else=` leads there")
    .help("add `{.rollback}` to the heading if these steps are for a no-go only")
    .help("write `lints: { looks-like-rollback: allow }` in the front matter if they are done either way")
}

pub(super) fn image(span: Span, target: &str, error: &AttachmentError) -> Diagnostic {
    let (reason, help) = match error {
        AttachmentError::Outside => ("lies outside the plan's folder", "copy it into the plan's folder"),
        AttachmentError::Unreadable(ReadError::TooLarge) => {
            ("is larger than 2 MB, so pages link to it", "make it smaller")
        }
        AttachmentError::Unreadable(_) => {
            ("can't be read", "check the path: it starts from the plan's folder")
        }
        AttachmentError::NotAnImage | AttachmentError::Broken => {
            ("is no image that browsers show", "use a PNG, JPEG, GIF, WebP, AVIF or SVG file")
        }
    };
    Diagnostic::new(Rule::Image, span, format!("the image `{target}` {reason}"))
        .label("not in the pages")
        .help(help)
}

/// `last` are the ids of the steps that decide when the phase or group ends.
pub(super) fn slip_of_phase(asked: &AskedSlip, node: &Node, last: &[&str]) -> Diagnostic {
    let (name, slip) = (&asked.name, asked.slip);
    let kind = if node.kind == NodeKind::Phase { "phase" } else { "group" };
    let diagnostic = Diagnostic::about_command_line(
        Rule::Substitute,
        format!(
            "\"{}\" is a {kind} and takes as long as the steps in it (from `--slip {name}={slip}`)",
            node.title
        ),
    );
    match last {
        [] => diagnostic.help("slip a step: nothing in it takes any time"),
        [one] => diagnostic.help(format!("slip the step that it ends with: `--slip {one}={slip}`")),
        several => diagnostic.help(format!(
            "slip one of the steps that it ends with, {}: `--slip {}={slip}`",
            shown_list(several.iter().copied()),
            several[0]
        )),
    }
}
