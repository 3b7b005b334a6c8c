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
        let own = || {
            let placed = self.compiled.diagnostics.iter().filter_map(|one| Some((one, one.span()?)));
            placed.filter(|(_, span)| span.source == self.source)
        };
        let text = &self.sources.get(self.source).text;
        // The page of another program may have boxes of its own.
        let is_foreign = own().any(|(one, _)| one.rule == Rule::ForeignFrontMatter);
        !is_foreign && own().any(|(one, span)| is_telling(one, span, text))
    }
}

fn is_telling(one: &Diagnostic, span: Span, text: &str) -> bool {
    match one.rule {
        Rule::AlmostABox => {
            let written = text.get(span.range()).unwrap_or_default();
            let is_box = written.trim_start_matches(['-', '*', '+', ' ']).starts_with('[');
            is_box || (written.starts_with('{') && has_our_words(text, span))
        }
        Rule::Attribute => has_our_words(text, span),
        Rule::FrontMatter => {
            let lines = text.get(span.start()..).unwrap_or_default().lines().skip(1);
            let keys = lines.map_while(|line| line.split_once(':').map(|(key, _)| key));
            // Pages of others have these two as well.
            keys.into_iter().any(|key| PLAN_KEYS.contains(&key) && !matches!(key, "title" | "draft"))
        }
        _ => false,
    }
}

/// What begins with `@` in the braces of other programs: of comments in code, and of templates.
const TAGS_OF_OTHERS: [&str; 13] = [
    "@attach",
    "@code",
    "@const",
    "@debug",
    "@html",
    "@inheritdoc",
    "@link",
    "@linkcode",
    "@linkplain",
    "@literal",
    "@render",
    "@tutorial",
    "@value",
];

/// Whether a word stands in the braces at a place that nobody else has in theirs: `@ana`, `5m`, `after=`. Others have
/// `#ids` and `.classes`.
fn has_our_words(text: &str, span: Span) -> bool {
    let (before, after) = text.split_at_checked(span.start()).unwrap_or((text, ""));
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    let from = if after.starts_with('{') { None } else { before[line..].rfind('{') };
    let rest = &text[from.map_or(before.len(), |at| line + at)..];
    let block = &rest[..rest.find(['}', '\n']).unwrap_or(rest.len())];
    let is_ours = |word: &str| {
        let mut keys = words_of_braces().filter(|known| known.ends_with('='));
        let is_handle = word.starts_with('@') && !TAGS_OF_OTHERS.contains(&word.to_lowercase().as_str());
        is_handle || is_duration_like(word) || keys.any(|key| word.starts_with(key))
    };
    block.trim_start_matches('{').split_whitespace().any(|word| is_ours(word.trim_end_matches(',')))
}
