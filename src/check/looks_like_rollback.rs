//! Phases named rollback, back-out, abort and the like that run in the main line, and those to which a no-go
//! leads and which run on a go as well.

use std::collections::HashMap;

use super::{Subject, messages};
use crate::diagnostic::Diagnostic;
use crate::plan::{NodeId, NodeKind};
use crate::schedule::Stretch;

const NAMES: [&str; 17] = [
    "rollback",
    "roll back",
    "rolling back",
    "backout",
    "back out",
    "backing out",
    "abort",
    "way back",
    "undo everything",
    "undo all",
    "goes wrong",
    "back to the old",
    "return to the old",
    "fallback",
    "fall back",
    "go back",
    "going back",
];

/// Names that say so when nothing follows: «Revert the firewall rules» may be what a launch is about.
const ALONE: [&str; 2] = ["revert", "reverting"];

/// Names that say so when they are all of a title, or of a part of it between colons, dashes and parentheses: «Plan B
/// catering» and «Contingency buffer» are something else, and «Go / no-go» is a gate.
const WHOLE: [&str; 19] = [
    "plan b",
    "plan c",
    "revert plan",
    "revert procedure",
    "revert steps",
    "revert everything",
    "revert all",
    "reversion plan",
    "contingency",
    "contingencies",
    "contingency plan",
    "contingency plans",
    "contingency procedure",
    "contingency steps",
    "on no go",
    "if no go",
    "in case of no go",
    "in case of failure",
    "if it fails",
];

/// What parts a title.
const SIGNS: [&str; 7] = [":", "–", "—", " - ", "(", ")", ";"];

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
const IS_ABOUT_IT: [&str; 21] = [
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
    "metrics",
    "validation",
    "tested",
    "rehearsed",
    "verified",
    "reviewed",
    "documented",
    "agreed",
    "prepared",
    "ready",
    "decision",
];

pub(super) fn check(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let plan = subject.plan;
    let no_go_of = no_go_of(subject);
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
        } else if let Some(gate) = no_go_of.get(&id) {
            inside = node.end.index();
            diagnostics.push(messages::no_go_runs_anyway(node, plan.node(*gate)));
        }
    }
}

/// The phases after a gate to which its no-go leads: what comes before it is done again on purpose.
fn no_go_of(subject: &Subject<'_>) -> HashMap<NodeId, NodeId> {
    let (plan, schedule) = (subject.plan, subject.schedule);
    let mut found = HashMap::new();
    for &gate in &schedule.main.order {
        let no_go = plan.node(gate).step.as_ref().and_then(|step| step.no_go.as_ref());
        let (Some(no_go), Some(placed)) = (no_go, schedule.step(gate)) else { continue };
        let comes_later = |group: Stretch| group.start >= placed.finish && group.end > group.start;
        if schedule.groups[no_go.value.index()].is_some_and(comes_later) {
            found.entry(no_go.value).or_insert(gate);
        }
    }
    found
}

/// Whether a title names a way back: it begins or ends with one of the names, or is one.
#[must_use]
pub(crate) fn looks_like_one(title: &str) -> bool {
    let words = words(title);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let words = match words.as_slice() {
        ["step" | "phase" | "stage" | "part", rest @ ..] => rest,
        all => all,
    };
    let is_numbered = matches!(words, ["plan", number, ..] if number.len() == 1);
    let begins_so = words.first().is_some_and(|first| ABOUT_IT.contains(first)) && !is_numbered;
    if begins_so || words.last().is_some_and(|last| IS_ABOUT_IT.contains(last)) {
        return false;
    }
    let joined = words.join(" ");
    let begins =
        |name: &str| joined.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    let ends =
        |name: &str| joined.strip_suffix(name).is_some_and(|rest| rest.is_empty() || rest.ends_with(' '));
    ALONE.iter().any(|name| ends(name))
        || NAMES.iter().any(|name| begins(name) || ends(name))
        || is_whole(title)
}

/// Whether a part of a title is a name that says so alone.
fn is_whole(title: &str) -> bool {
    let mut parts = vec![title];
    for sign in SIGNS {
        parts = parts.into_iter().flat_map(|part| part.split(sign)).collect();
    }
    parts.into_iter().any(|part| WHOLE.contains(&words(part).join(" ").as_str()))
}

/// The words of a title in small letters, numbers left out.
fn words(title: &str) -> Vec<String> {
    let words = title.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| word.chars().any(char::is_alphabetic)).map(str::to_lowercase).collect()
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
            "Revert",
            "If it goes wrong",
            "Back to the old engine",
            "Plan B",
            "PLAN B (back to the old shop)",
            "Step 4: Plan B",
            "Plan C – by hand",
            "Revert plan",
            "Contingency",
            "6. Contingency plan",
            "Contingencies: the old shop stays",
            "On no-go",
            "If it fails",
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
            "Revert firewall rule changes",
            "Rollback metrics",
            "Rollback tested",
            "Rollback decision",
            "Plan B catering",
            "Seating plan B",
            "Plan B rehearsed",
            "Prepare plan B",
            "Plan the rollback",
            "Plan",
            "Sign off the contingency plan",
            "Contingency buffer",
            "Publish the revert plan",
            "Go / no-go",
            "Go - no-go",
            "Find out if it fails over",
        ] {
            assert!(!looks_like_one(title), "{title}");
        }
    }
}
