//! Diagnostics for programs: schema 1.

use serde::Serialize;

use super::{Diagnostic, Edit, Place, Severity};
use crate::source::Sources;

/// What `check --format json` prints.
#[derive(Debug, Serialize)]
pub struct Report {
    /// Version of this form: 1.
    pub schema: u32,
    /// All that was said, in the order of the text.
    pub diagnostics: Vec<Said>,
}

impl Report {
    /// The report on these diagnostics.
    #[must_use]
    pub fn new(diagnostics: &[Diagnostic], sources: &Sources) -> Self {
        Self { schema: 1, diagnostics: diagnostics.iter().map(|one| Said::new(one, sources)).collect() }
    }
}

/// One diagnostic. Lines and columns count from 1, columns in characters; all are null for one about
/// the command line.
#[derive(Debug, Clone, Serialize)]
pub struct Said {
    /// The rule's name.
    pub rule: &'static str,
    /// `error`, `warning` or `note`.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// The file.
    pub file: Option<String>,
    /// Line of its beginning.
    pub line: Option<usize>,
    /// Column of its beginning.
    pub column: Option<usize>,
    /// Line of its end.
    pub end_line: Option<usize>,
    /// Column after its end.
    pub end_column: Option<usize>,
    /// What is wrong right there, in a few words.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// Ways out.
    pub help: Vec<String>,
    /// Other places involved.
    pub related: Vec<Related>,
    /// The changes that mend it for certain, all of them together.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fix: Vec<Change>,
}

/// Another place that has to do with it.
#[derive(Debug, Clone, Serialize)]
pub struct Related {
    /// The file.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1.
    pub column: usize,
    /// What it has to do with it.
    pub message: String,
}

/// A change of the text: what stands from the one place to the other becomes the text.
#[derive(Debug, Clone, Serialize)]
pub struct Change {
    /// The file.
    pub file: String,
    /// Line of its beginning, from 1.
    pub line: usize,
    /// Column of its beginning, from 1.
    pub column: usize,
    /// Line of its end.
    pub end_line: usize,
    /// Column after its end.
    pub end_column: usize,
    /// What comes there.
    pub text: String,
}

impl Change {
    fn new(edit: &Edit, sources: &Sources) -> Self {
        let source = sources.get(edit.span.source);
        let (start, end) = (source.position(edit.span.start()), source.position(edit.span.end()));
        Self {
            file: source.name.clone(),
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            text: edit.text.clone(),
        }
    }
}

impl Said {
    /// A diagnostic with its places counted out.
    #[must_use]
    pub fn new(one: &Diagnostic, sources: &Sources) -> Self {
        let span = one.span();
        let start = span.map(|span| sources.position(span));
        let end = span.map(|span| sources.get(span.source).position(span.end()));
        let file = match &one.place {
            Place::CommandLine => None,
            Place::File(file) => Some(file.clone()),
            Place::At(span) => Some(sources.get(span.source).name.clone()),
        };
        let related = one.places(sources).into_iter().map(|(span, message)| {
            let at = sources.position(span);
            let file = sources.get(span.source).name.clone();
            Related { file, line: at.line, column: at.column, message }
        });
        Self {
            rule: one.rule.name(),
            severity: one.severity,
            message: one.message.clone(),
            file,
            line: start.map(|at| at.line),
            column: start.map(|at| at.column),
            end_line: end.map(|at| at.line),
            end_column: end.map(|at| at.column),
            label: one.label.clone(),
            help: one.help.clone(),
            related: related.collect(),
            fix: one.edits.iter().map(|edit| Change::new(edit, sources)).collect(),
        }
    }
}
