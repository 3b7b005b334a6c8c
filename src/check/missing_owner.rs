//! Steps that nobody does.

use super::{Subject, messages};
use crate::diagnostic::Diagnostic;

pub(super) fn check(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for id in subject.plan.steps() {
        let node = subject.plan.node(id);
        if node.needs_owner() && node.owners.is_empty() {
            diagnostics.push(messages::missing_owner(node));
        }
    }
}
