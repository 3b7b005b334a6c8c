//! Steps whose length nobody has estimated. Where a word of the step is not understood, that was its
//! estimate, perhaps; a plan that should stand there has its own.

use super::{Places, Subject, messages};
use crate::diagnostic::{Diagnostic, Rule};

pub(super) fn check(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let misspelt = Places::of(diagnostics, &[Rule::Attribute, Rule::Include]);
    for id in subject.plan.steps() {
        let node = subject.plan.node(id);
        let assumed = subject.schedule.step(id).is_some_and(|placed| placed.assumed);
        if assumed && node.during().is_none() && !misspelt.any_in(node.span) {
            diagnostics.push(messages::missing_estimate(node, subject.plan.assumed_seconds(node)));
        }
    }
}
