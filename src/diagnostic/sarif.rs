//! Diagnostics as SARIF 2.1.0, the form in which code hosts and dashboards exchange findings.
//!
//! One run: the rules with their pages, a result for each diagnostic with its places and its mend, and
//! what is wrong with the command line among the notes on how the program was called.

use serde_json::{Value, json};

use super::{Diagnostic, Edit, Level, Place, Rule, Severity, explanation};
use crate::source::{Sources, Span};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The log of a run that found these.
#[must_use]
pub fn sarif(diagnostics: &[Diagnostic], sources: &Sources) -> Value {
    let (about_line, found): (Vec<_>, Vec<_>) =
        diagnostics.iter().partition(|one| one.place == Place::CommandLine);
    let is_stopped = |one: &&Diagnostic| one.severity == Severity::Error && one.rule == Rule::Unreadable;
    let results: Vec<Value> = found.iter().map(|one| result(one, sources)).collect();
    let notifications: Vec<Value> = about_line.iter().map(|one| notification(one)).collect();
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "tminus",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": Rule::ALL.iter().map(|rule| descriptor(*rule)).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": !found.iter().any(is_stopped),
                "toolConfigurationNotifications": notifications,
            }],
            "results": results,
        }],
    })
}

fn descriptor(rule: Rule) -> Value {
    let page = explanation(rule);
    let headline = page.lines().next().unwrap_or("");
    let headline = headline.split_once(": ").map_or(headline, |(_, headline)| headline);
    let level = match rule.level() {
        Level::Error => "error",
        Level::Warning | Level::FromDraft3 | Level::ByDraft => "warning",
        Level::Note => "note",
    };
    json!({
        "id": rule.name(),
        "shortDescription": { "text": headline },
        "help": { "text": page, "markdown": page },
        "defaultConfiguration": { "level": level },
    })
}

fn result(one: &Diagnostic, sources: &Sources) -> Value {
    let place = match &one.place {
        Place::At(span) => physical(*span, sources),
        Place::File(file) => json!({ "artifactLocation": artifact(file), "region": { "startLine": 1 } }),
        Place::CommandLine => json!({}),
    };
    let mut result = json!({
        "ruleId": one.rule.name(),
        "ruleIndex": Rule::ALL.iter().position(|rule| *rule == one.rule),
        "level": one.severity.word(),
        "message": message(one),
        "locations": [{ "physicalLocation": place }],
    });
    if !one.related.is_empty() {
        let related = one.related.iter().enumerate().map(|(index, (span, label))| {
            json!({ "id": index, "physicalLocation": physical(*span, sources), "message": { "text": literal(label) } })
        });
        result["relatedLocations"] = related.collect();
    }
    if !one.edits.is_empty() {
        let text = one.help.first().map_or("mend it", String::as_str);
        let changes = changes(&one.edits, sources);
        result["fixes"] = json!([{ "description": { "text": literal(text) }, "artifactChanges": changes }]);
    }
    result
}

fn notification(one: &Diagnostic) -> Value {
    json!({ "descriptor": { "id": one.rule.name() }, "level": one.severity.word(), "message": message(one) })
}

/// The headline, and a line for each way out.
fn message(one: &Diagnostic) -> Value {
    let mut text = one.message.clone();
    for help in &one.help {
        text.push_str(&format!("\nhelp: {help}"));
    }
    json!({ "text": literal(&text) })
}

/// Braces around a number would be filled in by a reader. All others are left as they are, though they
/// might be doubled too: few readers undo that, and `{{` means something else in a plan.
fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        rest = &rest[open..];
        let digits = rest[1..].bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 && rest[1 + digits..].starts_with('}') {
            out.push_str(&format!("{{{}}}", &rest[..digits + 2]));
            rest = &rest[digits + 2..];
        } else {
            out.push('{');
            rest = &rest[1..];
        }
    }
    out + rest
}

fn changes(edits: &[Edit], sources: &Sources) -> Vec<Value> {
    let mut files: Vec<(&str, Vec<Value>)> = Vec::new();
    for edit in edits {
        let name = sources.get(edit.span.source).name.as_str();
        let change =
            json!({ "deletedRegion": region(edit.span, sources), "insertedContent": { "text": edit.text } });
        match files.iter_mut().find(|(file, _)| *file == name) {
            Some((_, changes)) => changes.push(change),
            None => files.push((name, vec![change])),
        }
    }
    let change = |(file, changes)| json!({ "artifactLocation": artifact(file), "replacements": changes });
    files.into_iter().map(change).collect()
}

fn physical(span: Span, sources: &Sources) -> Value {
    let name = &sources.get(span.source).name;
    json!({ "artifactLocation": artifact(name), "region": region(span, sources) })
}

fn region(span: Span, sources: &Sources) -> Value {
    let source = sources.get(span.source);
    let (start, end) = (source.position(span.start()), source.position(span.end()));
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

/// The path as a relative URI, or as one of the scheme `file` when it is absolute.
fn artifact(path: &str) -> Value {
    let path = path.strip_prefix("./").unwrap_or(path).replace('\\', "/");
    let mut uri = if path.starts_with('/') { "file://".to_owned() } else { String::new() };
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte))
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    json!({ "uri": uri })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_uris() {
        let uri = |path| artifact(path)["uri"].as_str().unwrap_or("").to_owned();
        assert_eq!(uri("./plans/a b.md"), "plans/a%20b.md");
        assert_eq!(uri("c:é#?.md"), "c%3A%C3%A9%23%3F.md");
        assert_eq!(uri("/srv/plan.md"), "file:///srv/plan.md");
        assert_eq!(uri("../plan.md"), "../plan.md");
    }

    #[test]
    fn what_a_reader_would_fill_in_is_doubled() {
        assert_eq!(
            literal("write `{@ana 5m}`, not {0} or {12}x {"),
            "write `{@ana 5m}`, not {{0}} or {{12}}x {"
        );
    }
}
