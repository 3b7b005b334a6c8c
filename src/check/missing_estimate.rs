//! Steps whose length nobody has estimated.

use super::{Subject, messages};
use crate::diagnostic::Diagnostic;

pub(super) fn check(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for id in subject.plan.steps() {
        if let Some(placed) = subject.schedule.step(id).filter(|placed| placed.assumed) {
            diagnostics.push(messages::missing_estimate(subject.plan.node(id), placed.seconds));
        }
    }
}
