//! Steps named go/no-go that are no gates: a no-go would lead nowhere, and nobody asks by when it must be said.

use super::{Subject, messages};
use crate::diagnostic::Diagnostic;
use crate::plan::{Node, StepKind};

/// What may stand before it.
const BEFORE: [&str; 12] =
    ["the", "a", "final", "first", "second", "third", "last", "launch", "make", "take", "decide", "decision"];

/// A step of which the name goes on so is about it.
const ABOUT_IT: [&str; 21] = [
    "agenda",
    "announcement",
    "checklist",
    "criteria",
    "deck",
    "document",
    "email",
    "form",
    "invitation",
    "invite",
    "list",
    "mail",
    "matrix",
    "minutes",
    "preparation",
    "protocol",
    "rehearsal",
    "sheet",
    "sheets",
    "slides",
    "template",
];

pub(super) fn check(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let plan = subject.plan;
    let ordinary = |node: &&Node| node.step_kind() == StepKind::Ordinary && node.way_back.is_none();
    let steps = plan.steps().map(|id| plan.node(id)).filter(ordinary);
    diagnostics.extend(steps.filter(|node| looks_like_one(&node.title)).map(messages::looks_like_gate));
}

/// Whether a title names a decision: `Go / no-go`, `Final go/no-go decision`, `Go or no-go for the switch?`.
fn looks_like_one(title: &str) -> bool {
    // Most titles have no such word, which is quickly seen; and of text in braces it is said what it was meant to be.
    if !(title.contains("go") || title.contains("GO") || title.contains("Go")) || title.contains('{') {
        return false;
    }
    let words: Vec<String> = title
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut rest = words.as_slice();
    while let [first, after @ ..] = rest
        && (BEFORE.contains(first) || first.chars().all(|c| c.is_ascii_digit()))
    {
        rest = after;
    }
    let after = match rest {
        ["go", "no", "go", after @ ..]
        | ["go", "or", "no", "go", after @ ..]
        | ["go", "nogo", after @ ..]
        | ["go", "or", "nogo", after @ ..]
        | ["gonogo", after @ ..] => after,
        _ => return false,
    };
    !after.iter().any(|word| ABOUT_IT.contains(word))
}

#[cfg(test)]
mod tests {
    use super::looks_like_one;

    #[test]
    fn titles() {
        for title in [
            "Go / no-go",
            "Go/No-Go decision",
            "GO / NO GO",
            "Final go/no-go call",
            "Make the go/no-go decision",
            "Go or no-go for the switch?",
            "Go/NoGo 2: stay?",
            "3. Go/no-go",
        ] {
            assert!(looks_like_one(title), "{title}");
        }
        for title in [
            "Prepare the go/no-go",
            "Tell everybody about the go/no-go decision",
            "Go/no-go sheet printed",
            "Go/no-go criteria agreed",
            "Go live",
            "Go on",
            "Say whether there is no go",
            "Algo no go",
            "",
        ] {
            assert!(!looks_like_one(title), "{title}");
        }
    }
}
