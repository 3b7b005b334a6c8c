//! A change of the text that is certain to be what was meant.
//!
//! Stages say which words become which, inside a span; [`locate`] finds them in the text, where all is
//! known. Promised: what stands in the text otherwise than a stage believed (because a variable, an
//! escape or a line break stands there) is never changed, and the edits of one diagnostic come all or
//! not at all.

use std::collections::BTreeMap;

use super::Diagnostic;
use crate::source::{SourceId, Sources, Span};

/// A change of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What goes; may be empty.
    pub span: Span,
    /// What stands there now.
    pub old: String,
    /// What comes in its place.
    pub text: String,
}

/// How many spaces come where nothing was, when that is all: `2 spaces`.
#[must_use]
pub fn indented_by(old: &str, new: &str) -> Option<String> {
    let is_indented = old.is_empty() && !new.is_empty() && new.bytes().all(|byte| byte == b' ');
    is_indented.then(|| match new.len() {
        1 => "1 space".to_owned(),
        more => format!("{more} spaces"),
    })
}

impl Diagnostic {
    /// Adds the certain mend: in `span`, the words `old` become `text`.
    #[must_use]
    pub fn edit(mut self, span: Span, old: impl Into<String>, text: impl Into<String>) -> Self {
        self.edits.push(Edit { span, old: old.into(), text: text.into() });
        self
    }

    /// Adds the certain mend, if there is one.
    #[must_use]
    pub fn maybe_edit(self, span: Span, old: &str, text: Option<&str>) -> Self {
        match text {
            Some(text) => self.edit(span, old, text),
            None => self,
        }
    }
}

/// Finds the words of every edit in the text, and drops the edits of which one is not found just once.
pub fn locate(diagnostics: &mut [Diagnostic], sources: &Sources) {
    for diagnostic in diagnostics.iter_mut().filter(|one| !one.edits.is_empty()) {
        let found: Option<Vec<Edit>> = diagnostic.edits.iter().map(|edit| edit.located(sources)).collect();
        diagnostic.edits = found.unwrap_or_default();
    }
}

/// Mends that can be made at once.
#[derive(Debug, Default)]
pub struct Together<'a> {
    /// The diagnostics that are mended.
    pub diagnostics: Vec<&'a Diagnostic>,
    /// Their edits, in the order of their places.
    pub edits: Vec<&'a Edit>,
}

/// The mends of these diagnostics that can be made at once: of two that would meet the first one told of,
/// with all of its edits.
#[must_use]
pub fn together<'a>(diagnostics: impl IntoIterator<Item = &'a Diagnostic>) -> Together<'a> {
    let mut taken: BTreeMap<(SourceId, usize), &Edit> = BTreeMap::new();
    let mut mended = Vec::new();
    for diagnostic in diagnostics.into_iter().filter(|one| !one.edits.is_empty()) {
        if diagnostic.edits.iter().all(|edit| edit.is_free(&taken)) {
            taken.extend(diagnostic.edits.iter().map(|edit| (edit.key(), edit)));
            mended.push(diagnostic);
        }
    }
    Together { diagnostics: mended, edits: taken.into_values().collect() }
}

/// The text with these edits made: those of one file, in the order of their places.
#[must_use]
pub fn edited<'a>(text: &str, edits: impl IntoIterator<Item = &'a Edit>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        out.push_str(&text[at..edit.span.start()]);
        out.push_str(&edit.text);
        at = edit.span.end();
    }
    out + &text[at..]
}

impl Edit {
    fn key(&self) -> (SourceId, usize) {
        (self.span.source, self.span.start())
    }

    /// Whether no edit that is taken shares a byte or a beginning with it.
    fn is_free(&self, taken: &BTreeMap<(SourceId, usize), &Self>) -> bool {
        let (source, start) = self.key();
        let last_before = taken.range(..=(source, self.span.end().max(start + 1) - 1)).next_back();
        last_before.is_none_or(|((other, begin), edit)| {
            *other != source || (*begin < start && edit.span.end() <= start)
        })
    }

    fn located(&self, sources: &Sources) -> Option<Self> {
        let text = sources.text(self.span);
        let at = if text == self.old {
            0
        } else if self.old.is_empty() {
            return None;
        } else {
            let mut places = text.match_indices(&self.old);
            let (first, _) = places.next()?;
            places.next().is_none().then_some(first)?
        };
        let span = self.span.part(at..at + self.old.len());
        (self.old != self.text).then(|| Self { span, ..self.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Rule;
    use crate::source::Source;

    /// Where the edit of `old` comes to lie in a text.
    fn found(text: &str, old: &str) -> Option<std::ops::Range<usize>> {
        let mut sources = Sources::new();
        let source = sources.add(Source::new("plan.md", text));
        let span = Span::new(source, 0..text.len());
        let mut list = [Diagnostic::new(Rule::Attribute, span, "a word").edit(span, old, "new")];
        locate(&mut list, &sources);
        list[0].edits.first().map(|edit| edit.span.range())
    }

    #[test]
    fn edits_that_meet_are_made_one_after_the_other() {
        let mut sources = Sources::new();
        let text = "- [ ] a {@anna after=b, c, d";
        let source = sources.add(Source::new("plan.md", text));
        let at = |range| Span::new(source, range);
        let new = |range| Diagnostic::new(Rule::Attribute, at(range), "a word");
        let list = [
            new(22..27).edit(at(22..24), ", ", ",").edit(at(25..27), ", ", ","),
            new(10..14).edit(at(10..14), "anna", "ana"),
            new(11..12).edit(at(11..12), "n", "m"),
            new(28..28).edit(at(28..28), "", "}"),
            new(28..28).edit(at(28..28), "", ")"),
            new(8..27).edit(at(9..10), "@", "").edit(at(26..27), " ", ""),
            new(27..28).edit(at(27..28), "d", "e"),
        ];
        assert_eq!(edited(text, together(&list).edits), "- [ ] a {@ana after=b,c,e}");
    }

    #[test]
    fn words_are_found_once_or_left_alone() {
        assert_eq!(found("@anna", "anna"), Some(1..5));
        assert_eq!(found("anna", "anna"), Some(0..4));
        assert_eq!(found("", ""), Some(0..0));
        assert_eq!(found("@{{ who }}", "anna"), None);
        assert_eq!(found("a=a", "a"), None);
        assert_eq!(found("new", "new"), None);
        assert_eq!(found("word", ""), None);
    }
}
