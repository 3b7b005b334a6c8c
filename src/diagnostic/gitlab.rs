//! Diagnostics as a Code Quality report, which GitLab shows beside the lines of a merge request.
//!
//! What is wrong with the command line stands in no file, and so not in the report. A fingerprint is made from rule,
//! file and sentence, without lines, so that a finding that only moves is not a new one.

use std::collections::HashMap;

use serde::Serialize;

use super::{Diagnostic, Place, Severity};
use crate::source::{Sources, unique_name};

/// A finding of the report, in its order and with its names.
#[derive(Debug, Serialize)]
pub struct Issue {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Debug, Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Debug, Serialize)]
struct Lines {
    begin: usize,
}

/// The report on these diagnostics.
#[must_use]
pub fn render_gitlab(diagnostics: &[Diagnostic], sources: &Sources) -> Vec<Issue> {
    let mut seen: HashMap<(&str, String, &str), usize> = HashMap::new();
    let placed = diagnostics.iter().filter_map(|one| location(one, sources).map(|place| (one, place)));
    let issue = |(one, location): (_, Location)| {
        let one: &Diagnostic = one;
        let (rule, path) = (one.rule.name(), location.path.clone());
        let times = seen.entry((rule, path, &one.message)).or_default();
        *times += 1;
        let words = [rule, &location.path, &one.message, &times.to_string()];
        Issue {
            description: description(one),
            check_name: rule,
            fingerprint: unique_name(words),
            severity: severity(one.severity),
            location,
        }
    };
    placed.map(issue).collect()
}

fn location(one: &Diagnostic, sources: &Sources) -> Option<Location> {
    let (path, begin) = match &one.place {
        Place::At(span) => (sources.get(span.source).name.as_str(), sources.position(*span).line),
        Place::File(file) => (file.as_str(), 1),
        Place::CommandLine => return None,
    };
    // Paths count from the top of the repository.
    let path = path.strip_prefix("./").unwrap_or(path).replace('\\', "/");
    Some(Location { path, lines: Lines { begin } })
}

/// The headline, then the ways out: the host shows one line.
fn description(one: &Diagnostic) -> String {
    let mut text = one.message.clone();
    for help in &one.help {
        text.push_str(&format!("; help: {help}"));
    }
    text
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Note => "info",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Rule;
    use crate::source::{Source, Span};

    /// The report on the placeholder at these places of a text.
    fn report(text: &str, places: &[usize]) -> Vec<Issue> {
        let mut sources = Sources::new();
        let id = sources.add(Source::new("./plans/a.md", text));
        let at = |place: &usize| Span::new(id, *place..*place + 3);
        let said = |place| Diagnostic::new(Rule::Placeholder, at(place), "`TBD`");
        let mut all: Vec<Diagnostic> = places.iter().map(said).collect();
        all.push(Diagnostic::about_command_line(Rule::UnknownRule, "no rule"));
        render_gitlab(&all, &sources)
    }

    #[test]
    fn a_finding_that_moves_stays_the_same() {
        let before = report("TBD\n", &[0]);
        let after = report("new\nTBD\nTBD\n", &[4, 8]);
        assert_eq!((before.len(), after.len()), (1, 2), "the command line is in no file");
        assert_eq!(before[0].fingerprint, after[0].fingerprint);
        assert_ne!(after[0].fingerprint, after[1].fingerprint);
        assert_eq!((before[0].location.lines.begin, after[0].location.lines.begin), (1, 2));
        assert_eq!(before[0].location.path, "plans/a.md");
    }
}
