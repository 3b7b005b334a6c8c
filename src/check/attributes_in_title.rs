//! An owner and an estimate at the end of a title, without braces: `Copy the orders @ana 10m`, `(@ana, 10m)`.
//!
//! Promised: ordinary text stays silent. There must be a handle of the roster and a length, nothing else behind them,
//! and the step must have neither owner nor estimate otherwise.

use std::collections::HashSet;

use super::{Subject, messages};
use crate::diagnostic::Diagnostic;
use crate::plan::{Estimate, Node};

/// More words than these are a sentence.
const MOST_WORDS: usize = 6;

pub(super) fn check(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let plan = subject.plan;
    if !plan.roster.declared {
        return;
    }
    let mut bare = plan.steps().map(|id| plan.node(id)).filter(|node| has_neither(node)).peekable();
    if bare.peek().is_none() {
        return;
    }
    let handles: HashSet<&str> = plan.roster.handles().collect();
    diagnostics.extend(bare.filter_map(|node| {
        let meant = meant(&node.title, &handles)?;
        Some(messages::attributes_in_title(node.span, &meant))
    }));
}

fn has_neither(node: &Node) -> bool {
    node.title.contains('@')
        && node.owners.is_empty()
        && node.step.as_ref().is_some_and(|step| step.estimate.is_none())
}

/// What the end of a title would be in braces.
fn meant(title: &str, handles: &HashSet<&str>) -> Option<String> {
    let is_handle = |word: &str| word.strip_prefix('@').is_some_and(|handle| handles.contains(handle));
    let is_length = |word: &str| Estimate::parse(word).is_ok();
    let plain = |word: &'_ str| word.trim_matches(['(', ')', '[', ']', ',', ';']).to_owned();
    let words =
        title.split_whitespace().rev().map(plain).take_while(|word| is_handle(word) || is_length(word));
    let mut words: Vec<String> = words.take(MOST_WORDS).collect();
    words.reverse();
    let has_both = words.iter().any(|word| is_handle(word)) && words.iter().any(|word| is_length(word));
    has_both.then(|| format!("{{{}}}", words.join(" ")))
}
