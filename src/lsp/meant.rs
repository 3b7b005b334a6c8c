//! Whether a text that is no plan can only be meant as one.
//!
//! A text is a plan by a box or by its front matter; whoever has just begun may have neither, since the only box is
//! written wrong. What `tminus check` says of the text comes in. Promised: a page with lists, links, code and the
//! attributes of other programs in it is not taken for a plan.

use super::project::Project;
use crate::diagnostic::{Diagnostic, Rule};
use crate::document::{PLAN_KEYS, is_duration_like};
use crate::plan::words_of_braces;
use crate::source::Span;

impl Project {
    /// Whether a mistake in it is one that only somebody makes who writes a plan.
    pub(super) fn is_meant_as_plan(&self) -> bool {
        self.compiled.diagnostics.iter().any(|one| {
            let span = one.span().filter(|span| span.source == self.source);
            span.is_some_and(|span| is_telling(one, span, &self.sources.get(span.source).text))
        })
    }
}

fn is_telling(one: &Diagnostic, span: Span, text: &str) -> bool {
    match one.rule {
        Rule::AlmostABox => text[span.range()].trim_start_matches(['-', '*', '+', ' ']).starts_with('['),
        Rule::Attribute => has_our_words(text, span),
        Rule::FrontMatter => {
            let lines = text[span.start()..].lines().skip(1);
            let keys = lines.map_while(|line| line.split_once(':').map(|(key, _)| key));
            // Pages of others have these two as well.
            keys.into_iter().any(|key| PLAN_KEYS.contains(&key) && !matches!(key, "title" | "draft"))
        }
        _ => false,
    }
}

/// Whether a word stands in the braces at a place that nobody else has in theirs: `@ana`, `5m`, `after=`. Others have
/// `#ids` and `.classes`.
fn has_our_words(text: &str, span: Span) -> bool {
    let line = text[..span.start()].rfind('\n').map_or(0, |at| at + 1);
    let from = text[line..span.start()].rfind('{').map_or(span.start(), |at| line + at);
    let rest = &text[from..];
    let block = &rest[..rest.find(['}', '\n']).unwrap_or(rest.len())];
    let is_ours = |word: &str| {
        let mut keys = words_of_braces().filter(|known| known.ends_with('='));
        word.starts_with('@') || is_duration_like(word) || keys.any(|key| word.starts_with(key))
    };
    block.trim_start_matches('{').split_whitespace().any(|word| is_ours(word.trim_end_matches(',')))
}
