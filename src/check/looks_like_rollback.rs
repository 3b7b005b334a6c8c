//! Phases named rollback, back-out, abort and the like that run in the main line.

use super::{Subject, messages};
use crate::diagnostic::Diagnostic;
use crate::plan::NodeKind;

const NAMES: [&str; 14] = [
    "rollback",
    "roll back",
    "rolling back",
    "backout",
    "back out",
    "backing out",
    "abort",
    "way back",
    "revert",
    "reverting",
    "fallback",
    "fall back",
    "go back",
    "going back",
];

/// A phase whose title begins so prepares a way back, and is none.
const ABOUT_IT: [&str; 26] = [
    "test",
    "rehearse",
    "rehearsal",
    "verify",
    "prepare",
    "check",
    "document",
    "write",
    "define",
    "review",
    "plan",
    "pre",
    "practice",
    "discuss",
    "agree",
    "announce",
    "confirm",
    "create",
    "decide",
    "describe",
    "draft",
    "drill",
    "dry",
    "ensure",
    "simulate",
    "validate",
];

/// The same of one that ends so.
const IS_ABOUT_IT: [&str; 10] = [
    "test",
    "tests",
    "testing",
    "rehearsal",
    "drill",
    "exercise",
    "criteria",
    "readiness",
    "preparation",
    "training",
];

pub(super) fn check(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let plan = subject.plan;
    let mut inside = 0;
    for id in plan.ids().filter(|id| plan.node(*id).kind == NodeKind::Phase) {
        let node = plan.node(id);
        // What is inside a phase that was reported goes with it.
        if id.index() < inside || node.way_back.is_some() || !node.is_here() {
            continue;
        }
        if looks_like_one(&node.title) {
            inside = node.end.index();
            diagnostics.push(messages::looks_like_rollback(node));
        }
    }
}

/// Whether a title names a way back: it begins or ends with one of the names.
#[must_use]
pub(crate) fn looks_like_one(title: &str) -> bool {
    let words: Vec<String> = title
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().any(char::is_alphabetic))
        .map(str::to_lowercase)
        .collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let words = match words.as_slice() {
        ["step" | "phase" | "stage" | "part", rest @ ..] => rest,
        all => all,
    };
    let begins_so = words.first().is_some_and(|first| ABOUT_IT.contains(first));
    if begins_so || words.last().is_some_and(|last| IS_ABOUT_IT.contains(last)) {
        return false;
    }
    let joined = words.join(" ");
    NAMES.iter().any(|name| {
        joined == *name || joined.starts_with(&format!("{name} ")) || joined.ends_with(&format!(" {name}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles() {
        for title in [
            "Rollback",
            "5. Rollback plan",
            "Back-out",
            "Abort",
            "Emergency rollback",
            "Step 4: Roll back",
            "Going back",
        ] {
            assert!(looks_like_one(title), "{title}");
        }
        for title in [
            "Test the rollback",
            "Go live",
            "Rehearse rollback",
            "Rollbacks explained",
            "Prepare a fallback",
            "Rollback testing",
            "Rollback criteria",
            "Confirm the rollback",
        ] {
            assert!(!looks_like_one(title), "{title}");
        }
    }
}
