//! What `tminus check` says, beside the lines.

use std::collections::BTreeMap;

use super::documents::Documents;
use super::position::Encoding;
use super::project::{Project, location};
use super::protocol::{Diagnostic, Location, Position, Range, Related};
use crate::diagnostic::{self, Severity};
use crate::source::plain_text;

const TOP: Position = Position { line: 0, character: 0 };

/// What is to be said, by the address of the file.
pub(super) type Files = BTreeMap<String, Vec<Diagnostic>>;

/// All that is to be said about these plans, and in texts that can only be meant as plans.
pub(super) fn of_all<'a>(
    compiled: impl Iterator<Item = &'a Project>,
    documents: &Documents,
    encoding: Encoding,
) -> Files {
    let mut files = Files::new();
    for project in compiled {
        if project.is_plan() {
            files.extend(by_file(project, documents, encoding));
        } else if project.is_meant_as_plan() {
            // What it links to says itself what is wrong there.
            let own = project.sources.file(project.source).map(|file| documents.uri_of(file));
            let said = by_file(project, documents, encoding).into_iter();
            files.extend(said.filter(|(uri, _)| Some(uri) == own.as_ref()));
        }
    }
    files
}

/// All that is to be said about a plan.
fn by_file(project: &Project, documents: &Documents, encoding: Encoding) -> Files {
    let mut files = Files::new();
    let place = |span| location(project, documents, encoding, span);
    let root = project.sources.file(project.source).map(|file| documents.uri_of(file)).unwrap_or_default();
    for one in &project.compiled.diagnostics {
        // What is about no line stands at the top of the plan.
        let at = one.span().and_then(place);
        let at = at.unwrap_or_else(|| Location { uri: root.clone(), range: Range { start: TOP, end: TOP } });
        let said = shown(one, project, at.range, Vec::new(), documents, encoding);
        files.entry(at.uri).or_default().push(said);
    }
    files
}

/// One thing that is said about a plan, with places in `others` that have to do with it.
pub(super) fn shown(
    one: &diagnostic::Diagnostic,
    project: &Project,
    range: Range,
    others: Vec<Related>,
    documents: &Documents,
    encoding: Encoding,
) -> Diagnostic {
    let related = one.places(&project.sources).into_iter().filter_map(|(span, said)| {
        let message = if said.is_empty() { "this has to do with it".to_owned() } else { said };
        Some(Related { location: location(project, documents, encoding, span)?, message })
    });
    Diagnostic {
        range,
        severity: severity(one.severity),
        code: one.rule.name(),
        source: "tminus",
        message: message(one),
        related_information: others.into_iter().chain(related).collect(),
    }
}

/// The numbers of the protocol.
fn severity(severity: Severity) -> u8 {
    match severity {
        Severity::Error => 1,
        Severity::Warning => 2,
        Severity::Note => 3,
    }
}

/// The headline, what is wrong right there, and the ways out.
fn message(one: &diagnostic::Diagnostic) -> String {
    let mut said = one.message.clone();
    if !one.label.is_empty() {
        said.push_str(&format!(": {}", one.label));
    }
    for help in &one.help {
        said.push_str(&format!("\n{help}"));
    }
    plain_text(&said).into_owned()
}
