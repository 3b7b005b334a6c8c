//! Diagnostics for people, with the lines of the plan they are about.
//!
//! The one file that names the snippet renderer.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level as Shown, Origin, Renderer, Snippet};

use super::{Diagnostic, Place, Rule, Severity};
use crate::source::{Source, SourceId, Sources, Span, acts, plain_line, plain_text};

/// A line longer than this many bytes is cut around the word in question.
const LONGEST_LINE: usize = 400;

/// Marks whose lines lie in more bytes than this are shown in excerpts of their own.
const LONGEST_EXCERPT: usize = 8 * 1024;

/// One diagnostic with its excerpt, ending in a line break. `colour` adds ANSI styles; nothing that a
/// plan or its name holds is one.
#[must_use]
pub fn render_human(one: &Diagnostic, sources: &Sources, colour: bool) -> String {
    let level = match one.severity {
        Severity::Error => Shown::ERROR,
        Severity::Warning => Shown::WARNING,
        Severity::Note => Shown::NOTE,
    };
    let mut group = Group::with_title(level.primary_title(plain_line(&one.message)).id(one.rule.name()));
    match &one.place {
        Place::At(span) => {
            for excerpt in excerpts(one, *span, sources) {
                group = group.element(excerpt.snippet(sources));
            }
        }
        Place::File(file) => group = group.element(Origin::path(plain_line(file))),
        Place::CommandLine => {}
    }
    let has_margin = one.place != Place::CommandLine;
    for help in one.help.iter().filter(|_| has_margin) {
        group = group.element(Shown::HELP.message(plain_text(help)));
    }
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut text = renderer.decor_style(DecorStyle::Ascii).render(&[group]);
    text.push('\n');
    if !has_margin {
        one.help.iter().for_each(|help| text.push_str(&help_alone(help, colour)));
    }
    // The renderer has shown the escapes in lines of the plan as pictures: those left are its own.
    let strange = |c: char| acts(c) && !(colour && c == '\u{1b}');
    if text.contains(strange) { text.replace(strange, "\u{fffd}") } else { text }
}

/// One diagnostic with its place and without its excerpt: what an earlier one of the same cause has shown.
#[must_use]
pub fn render_human_again(one: &Diagnostic, sources: &Sources, colour: bool) -> String {
    let bare = Diagnostic { label: String::new(), related: Vec::new(), help: Vec::new(), ..one.clone() };
    let Place::At(span) = bare.place else { return render_human(&bare, sources, colour) };
    let position = sources.position(span);
    let file = format!("{}:{}:{}", sources.get(span.source).name, position.line, position.column);
    render_human(&Diagnostic { place: Place::File(file), ..bare }, sources, colour)
}

/// All that follow one of the same cause: each with its headline, or in one line where that says enough.
#[must_use]
pub fn render_human_others(others: &[&Diagnostic], sources: &Sources, colour: bool) -> Vec<String> {
    let folds = |one: &&&Diagnostic| one.rule == Rule::WindowMissed && one.span().is_some();
    let [first, _, ..] = others else {
        return others.iter().map(|one| render_human_again(one, sources, colour)).collect();
    };
    if others.iter().filter(folds).count() < others.len() {
        return others.iter().map(|one| render_human_again(one, sources, colour)).collect();
    }
    let lines: Vec<String> =
        others.iter().filter_map(|one| Some(line_of(one.span()?, first, sources))).collect();
    let message = format!(
        "{} more steps are not inside it for the same reason: lines {}",
        others.len(),
        plain_list(&lines)
    );
    vec![render_human_again(&Diagnostic { message, ..(*first).clone() }, sources, colour)]
}

/// `13`, and of another file than the first `db.md:13`.
fn line_of(span: Span, first: &Diagnostic, sources: &Sources) -> String {
    let line = sources.position(span).line;
    if first.span().is_some_and(|first| first.source == span.source) {
        return line.to_string();
    }
    format!("{}:{line}", sources.get(span.source).name)
}

/// At most a dozen.
fn plain_list(lines: &[String]) -> String {
    match lines {
        [most @ .., last] if lines.len() <= 12 => format!("{} and {last}", most.join(", ")),
        many => format!("{} and {} more", many[..11].join(", "), many.len() - 11),
    }
}

/// Whether two diagnostics come of one cause: the same rule, the same other places, the same way out.
#[must_use]
pub fn is_same_cause(one: &Diagnostic, other: &Diagnostic) -> bool {
    let places = |one: &Diagnostic| one.related.iter().map(|(span, _)| *span).collect::<Vec<_>>();
    one.rule == other.rule
        && !one.related.is_empty()
        && one.help == other.help
        && places(one) == places(other)
}

/// A way out below a bare headline: the renderer would draw the margin of lines that are not there.
fn help_alone(help: &str, colour: bool) -> String {
    let help = plain_text(help);
    if colour {
        format!(" \u{1b}[1m\u{1b}[94m= \u{1b}[0m\u{1b}[1mhelp\u{1b}[0m: {help}\n")
    } else {
        format!(" = help: {help}\n")
    }
}

/// The marks in one file.
struct Excerpt {
    source: SourceId,
    marks: Vec<(Span, String, AnnotationKind)>,
}

fn excerpts(one: &Diagnostic, span: Span, sources: &Sources) -> Vec<Excerpt> {
    let mut list = vec![Excerpt {
        source: span.source,
        marks: vec![(span, plain_line(&one.label).into_owned(), AnnotationKind::Primary)],
    }];
    for (other, label) in one.places(sources) {
        let mark = (other, plain_line(&label).into_owned(), AnnotationKind::Context);
        match list.iter_mut().find(|excerpt| excerpt.source == other.source) {
            Some(excerpt) => excerpt.marks.push(mark),
            None => list.push(Excerpt { source: other.source, marks: vec![mark] }),
        }
    }
    let mut parted = Vec::new();
    for mut excerpt in list {
        let source = sources.get(excerpt.source);
        for (span, ..) in &mut excerpt.marks {
            *span = first_line(&source.text, *span);
        }
        parted.append(&mut excerpt.parted(source));
    }
    parted
}

/// A mark stays on its first line: steps and blocks may be pages long.
fn first_line(text: &str, span: Span) -> Span {
    let covered = &text[span.range()];
    let end = covered.find(['\n', '\r']).unwrap_or(covered.len());
    span.part(0..end)
}

impl Excerpt {
    /// Marks that are far apart, each with those near it; the primary mark comes first.
    fn parted(mut self, source: &Source) -> Vec<Self> {
        if self.lines(source).len() <= LONGEST_EXCERPT {
            return vec![self];
        }
        self.marks.sort_by_key(|(span, ..)| *span);
        let mut parts: Vec<Self> = Vec::new();
        let mut first_line = 0;
        for mark in self.marks {
            let end = source.line_range(mark.0.end()).end;
            match parts.last_mut() {
                Some(part) if end - first_line <= LONGEST_EXCERPT => part.marks.push(mark),
                _ => {
                    first_line = source.line_range(mark.0.start()).start;
                    parts.push(Self { source: self.source, marks: vec![mark] });
                }
            }
        }
        let is_primary = |part: &Self| part.marks.iter().any(|(.., kind)| *kind == AnnotationKind::Primary);
        parts.sort_by_key(|part| !is_primary(part));
        parts
    }

    /// From the first line with a mark to the last, in bytes.
    fn lines(&self, source: &Source) -> std::ops::Range<usize> {
        let first = self.marks.iter().map(|(span, ..)| span.start()).min().unwrap_or(0);
        let last = self.marks.iter().map(|(span, ..)| span.end()).max().unwrap_or(0);
        source.line_range(first).start..source.line_range(last).end
    }

    /// Only the lines around each mark are handed to the renderer, so that a plan of a million
    /// lines costs no more than one of ten.
    fn snippet<'a>(&self, sources: &'a Sources) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
        let source = sources.get(self.source);
        let std::ops::Range { start: from, end: to } = self.lines(source);
        if self.marks.len() == 1 && to - from > LONGEST_LINE {
            return self.cut(source);
        }
        let mut snippet = Snippet::source(&source.text[from..to])
            .line_start(source.position(from).line)
            .path(plain_line(&source.name));
        for (span, label, kind) in &self.marks {
            let range = span.start() - from..span.end() - from;
            snippet = snippet.annotation(kind.span(range).label((!label.is_empty()).then(|| label.clone())));
        }
        snippet
    }

    /// A line of ten megabytes is shown as the part around the word.
    fn cut<'a>(&self, source: &'a Source) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
        let (span, label, kind) = &self.marks[0];
        let text = &source.text;
        let line = source.line_range(span.start());
        let from = border(text, span.start().saturating_sub(60).max(line.start));
        let mut end = border(text, span.end().min(span.start() + 200));
        end = end.max(border(text, span.start()));
        let to = border(text, (end + 60).min(line.end.max(end)));
        let snippet = Snippet::source(&text[from..to])
            .line_start(source.position(from).line)
            .path(plain_line(&source.name));
        let range = border(text, span.start()) - from..end - from;
        snippet.annotation(kind.span(range).label((!label.is_empty()).then(|| label.clone())))
    }
}

fn border(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
