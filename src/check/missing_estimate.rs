//! Steps whose length nobody has estimated. Where a word of the step is not understood, that was its
//! estimate, perhaps.

use super::{Places, Subject, messages};
use crate::diagnostic::{Diagnostic, Rule};

pub(super) fn check(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let misspelt = Places::of(diagnostics, &[Rule::Attribute]);
    for id in subject.plan.steps() {
        let node = subject.plan.node(id);
        if let Some(placed) = subject.schedule.step(id).filter(|placed| placed.assumed)
            && !misspelt.any_in(node.span)
        {
            diagnostics.push(messages::missing_estimate(node, placed.seconds));
        }
    }
}
