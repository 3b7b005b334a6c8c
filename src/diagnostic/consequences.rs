//! What follows from a mistake that was reported stays silent: all diagnostics in, those that stand for a
//! mistake of their own out.
//!
//! A diagnostic may name rules that speak only because of it, wherever that is; others follow at the very same
//! place.

use std::collections::HashSet;

use super::{Diagnostic, Rule};
use crate::source::Span;

/// Of two diagnostics that begin at one place the second follows from the first.
const FOLLOWS: [(Rule, Rule); 14] = [
    (Rule::SkippedTime, Rule::DeadlineMissed),
    (Rule::SkippedTime, Rule::WindowMissed),
    (Rule::SkippedTime, Rule::PinMissed),
    (Rule::SkippedTime, Rule::PinClash),
    (Rule::SkippedTime, Rule::AtRisk),
    (Rule::AmbiguousTime, Rule::DeadlineMissed),
    (Rule::AmbiguousTime, Rule::WindowMissed),
    (Rule::AmbiguousTime, Rule::PinMissed),
    (Rule::AmbiguousTime, Rule::PinClash),
    (Rule::AmbiguousTime, Rule::AtRisk),
    (Rule::Attribute, Rule::AttributePlace),
    (Rule::NobodyHasAccess, Rule::OwnerLacksAccess),
    (Rule::AttributePlace, Rule::AttributePlace),
    (Rule::FrontMatter, Rule::FrontMatter),
];

/// Takes the consequences out; the order of what stays is kept.
pub fn drop_consequences(diagnostics: &mut Vec<Diagnostic>) {
    let silenced: HashSet<Rule> = diagnostics.iter().flat_map(|one| one.silences.iter().copied()).collect();
    let begins = |span: Span| (span.source, span.start());
    let causes: HashSet<_> = diagnostics
        .iter()
        .filter(|one| FOLLOWS.iter().any(|(cause, _)| *cause == one.rule))
        .filter_map(|one| Some((one.rule, begins(one.span()?))))
        .collect();
    let mut said = HashSet::new();
    diagnostics.retain(|one| {
        if silenced.contains(&one.rule) {
            return false;
        }
        let Some(at) = one.span().map(begins) else { return true };
        let mut follows = FOLLOWS.iter().filter(|(_, rule)| *rule == one.rule);
        follows.all(
            |(cause, rule)| {
                if cause == rule { said.insert((*rule, at)) } else { !causes.contains(&(*cause, at)) }
            },
        )
    });
}
