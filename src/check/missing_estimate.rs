//! Steps whose length nobody has estimated. Where a word of the step is not understood, that was its
//! estimate, perhaps.

use super::{Places, Subject, messages};
use crate::diagnostic::{Diagnostic, Rule};

pub(super) fn check(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let misspelt = Places::of(diagnostics, &[Rule::Attribute]);
    for id in subject.plan.steps() {
        let node = subject.plan.node(id);
        let assumed = subject.schedule.step(id).is_some_and(|placed| placed.assumed);
        if assumed && !misspelt.any_in(node.span) {
            diagnostics.push(messages::missing_estimate(node, subject.plan.assumed_seconds(node)));
        }
    }
}
