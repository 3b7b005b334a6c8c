//! Questions without an answer.

use super::{Subject, messages};
use crate::diagnostic::Diagnostic;

pub(super) fn check(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for question in &subject.plan.questions {
        if question.asked && question.answer.is_none() {
            diagnostics.push(messages::open_question(question, &subject.plan.roster));
        }
    }
}
