//! Diagnostics for editors: one line each, as compilers of programs have it.

use super::{Diagnostic, Place};
use crate::source::{Sources, plain_line};

/// `plan.md:12:34: error[unknown-owner]: …`, a line for each. What has no place in a text is placed at the
/// beginning of its file, or of `tminus` when it is about the command line.
#[must_use]
pub fn render_short(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    diagnostics.iter().map(|one| line(one, sources)).collect()
}

fn line(one: &Diagnostic, sources: &Sources) -> String {
    let (file, line, column) = match &one.place {
        Place::At(span) => {
            let source = sources.get(span.source);
            let at = source.position(span.start());
            (source.name.as_str(), at.line, at.column)
        }
        Place::File(file) => (file.as_str(), 1, 1),
        Place::CommandLine => ("tminus", 1, 1),
    };
    let message = one.message.split_whitespace().collect::<Vec<_>>().join(" ");
    let file = plain_line(file);
    format!("{file}:{line}:{column}: {}[{}]: {message}\n", one.severity.word(), one.rule.name())
}
