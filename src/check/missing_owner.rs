//! Steps that nobody does. Where a word of the step is not understood, that was its owner, perhaps; a plan
//! that should stand there has its own.

use super::{Places, Subject, messages};
use crate::diagnostic::{Diagnostic, Rule};

pub(super) fn check(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let misspelt = Places::of(diagnostics, &[Rule::UnknownOwner, Rule::Attribute, Rule::Include]);
    for id in subject.plan.steps() {
        let node = subject.plan.node(id);
        if node.needs_owner() && node.owners.is_empty() && !misspelt.any_in(node.span) {
            diagnostics.push(messages::missing_owner(node));
        }
    }
}
