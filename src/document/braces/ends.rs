//! Where a block ends: at the brace that closes it, and what becomes of one that none closes.
//!
//! The place of a brace goes in; the text up to its end comes out, or why there is none.

use super::{Braces, Broken, Found, Inner, LONGEST, Lines, NoMatch, looks_like_attribute};
use crate::source::Span;

/// So many letters most blocks have at most.
const USUAL: usize = 80;

impl Lines<'_> {
    /// A block without its closing brace, when every word to the end of the line can be nothing but
    /// an attribute.
    pub(super) fn unclosed(&self, line: usize, at: usize) -> Option<(Found, usize, usize)> {
        let end = self.lines[line].end;
        let chars = self.text[at + 1..end].char_indices().map(|(offset, c)| (at + 1 + offset, c)).collect();
        let inner = Inner { chars, end: (line, end) };
        let mut words = self.words(&inner);
        if words.is_empty() || !words.iter().all(|word| looks_like_attribute(&word.text)) {
            return None;
        }
        // A quote that is open at the end of the line would hide the brace that is missing.
        let mut quotes = inner.chars.iter().filter(|(_, c)| *c == '"').map(|(place, _)| *place);
        let broken = match (quotes.clone().count() % 2, quotes.next_back()) {
            (1, Some(quote)) => (Broken::Quote, quote),
            _ => (Broken::Brace, at),
        };
        words.retain(|word| broken.0 != Broken::Quote || word.span.end() <= broken.1);
        let braces = Braces { span: Span::new(self.source, at..end), words };
        Some((Found { hole: at..end, braces, broken: Some(broken) }, line, end))
    }

    /// A block that goes on for too long, when it begins like one.
    pub(super) fn too_long(&self, line: usize, at: usize) -> Option<(Found, usize, usize)> {
        let end = self.lines[line].end;
        let first = self.text[at + 1..end].split_whitespace().next()?;
        (first.len() < LONGEST && looks_like_attribute(first)).then(|| {
            let braces = Braces { span: Span::new(self.source, at..end), words: Vec::new() };
            (Found { hole: at..end, braces, broken: Some((Broken::Length, at)) }, line, end)
        })
    }

    /// From a brace to the one that closes it. Quotes hide braces when `quotes` says so.
    pub(super) fn inner(&self, line: usize, at: usize, quotes: bool) -> Result<Inner, NoMatch> {
        if ["{:", "{{", "{%"].iter().any(|start| self.text[at..].starts_with(start)) {
            return Err(NoMatch::Text);
        }
        let mut chars: Vec<(usize, char)> = Vec::with_capacity(USUAL);
        let mut quote = None;
        let mut skip_to = at + 1;
        for (index, range) in self.lines.iter().enumerate().skip(line) {
            let from = range.start.max(at + 1);
            if from > range.end {
                continue;
            }
            for (offset, c) in self.text[from..range.end].char_indices() {
                let place = from + offset;
                if place < skip_to {
                    chars.push((place, c));
                    continue;
                }
                if place - at > LONGEST {
                    return Err(NoMatch::Length);
                }
                match c {
                    '"' if quotes => quote = if quote.is_some() { None } else { Some(place) },
                    '{' if self.text[place..].starts_with("{{") => {
                        match self.text[place..range.end].find("}}") {
                            Some(close) if close <= LONGEST => skip_to = place + close + 2,
                            _ => return Err(NoMatch::Text),
                        }
                    }
                    '{' if quote.is_none() => return Err(NoMatch::Text),
                    '}' if quote.is_none() => return Ok(Inner { chars, end: (index, place + 1) }),
                    _ => {}
                }
                chars.push((place, c));
            }
            chars.push((range.end, '\n'));
        }
        Err(quote.map_or(NoMatch::Open, NoMatch::Quote))
    }
}
