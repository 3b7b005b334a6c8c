//! Diagnostics as workflow commands: a code host that runs the check shows each beside its line.

use super::{Diagnostic, Place, Severity};
use crate::source::{Sources, Span};

/// A command for each: `::error file=plan.md,line=12,…::message`.
#[must_use]
pub fn render_github(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    diagnostics.iter().map(|one| command(one, sources)).collect()
}

fn command(one: &Diagnostic, sources: &Sources) -> String {
    let word = match one.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut properties = match &one.place {
        Place::At(span) => place(*span, sources),
        Place::File(file) => format!("file={},line=1,", property(shown(file))),
        Place::CommandLine => String::new(),
    };
    properties.push_str(&format!("title={}", property(&format!("tminus: {}", one.rule.name()))));
    format!("::{word} {properties}::{}\n", data(&message(one, sources)))
}

fn place(span: Span, sources: &Sources) -> String {
    let source = sources.get(span.source);
    let (start, end) = (source.position(span.start()), source.position(span.end()));
    let mut text = format!("file={},line={},", property(shown(&source.name)), start.line);
    // Columns are for words: of several lines the host shows lines alone.
    if start.line == end.line {
        text.push_str(&format!("col={},endLine={},endColumn={},", start.column, end.line, end.column));
    } else {
        text.push_str(&format!("endLine={},", end.line));
    }
    text
}

/// The headline, then the other places and the ways out, a line each.
fn message(one: &Diagnostic, sources: &Sources) -> String {
    let mut text = one.message.clone();
    for (span, label) in &one.related {
        let source = sources.get(span.source);
        text.push_str(&format!("\n{}:{}: {label}", source.name, source.position(span.start()).line));
    }
    for help in &one.help {
        text.push_str(&format!("\nhelp: {help}"));
    }
    text
}

/// Paths count from the top of the repository.
fn shown(path: &str) -> &str {
    path.strip_prefix("./").unwrap_or(path)
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Rule;
    use crate::source::Source;

    #[test]
    fn what_would_end_a_command_or_a_property_is_escaped() {
        let mut sources = Sources::new();
        let id = sources.add(Source::new("./a,b:c.md", "one\ntwo 100% done\n"));
        let word = Diagnostic::new(Rule::Placeholder, Span::new(id, 4..7), "50 % of\r\n`two`")
            .related(Span::new(id, 0..3), "before")
            .help("write it: all");
        let lines = Diagnostic::new(Rule::Cycle, Span::new(id, 0..7), "a circle");
        let line = Diagnostic::about_command_line(Rule::UnknownRule, "no rule");
        assert_eq!(
            render_github(&[word, lines, line], &sources),
            "::error file=a%2Cb%3Ac.md,line=2,col=1,endLine=2,endColumn=4,title=tminus%3A placeholder\
             ::50 %25 of%0D%0A`two`%0A./a,b:c.md:1: before%0Ahelp: write it: all\n\
             ::error file=a%2Cb%3Ac.md,line=1,endLine=2,title=tminus%3A cycle::a circle\n\
             ::error title=tminus%3A unknown-rule::no rule\n"
        );
    }
}
