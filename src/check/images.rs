//! Images that can't be put into the pages.

use super::{Subject, messages};
use crate::diagnostic::Diagnostic;
use crate::source::Link;

pub(super) fn check(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let document = &subject.plan.document;
    for (target, span) in document.images() {
        let link = Link { folder: subject.sources.folder(span.source), target: target.to_owned() };
        if let Some(Err(error)) = subject.sources.attachment(&link) {
            diagnostics.push(messages::image(span, target, error));
        }
    }
}
