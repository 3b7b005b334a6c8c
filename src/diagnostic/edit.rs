//! A change of the text that is certain to be what was meant.
//!
//! Stages say which words become which, inside a span; [`locate`] finds them in the text, where all is
//! known. Promised: what stands in the text otherwise than a stage believed (because a variable, an
//! escape or a line break stands there) is never changed, and the edits of one diagnostic come all or
//! not at all.

use super::Diagnostic;
use crate::source::{Sources, Span};

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

impl Edit {
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
