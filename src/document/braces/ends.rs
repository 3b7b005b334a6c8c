//! Where a block ends: at the brace that closes it, and what becomes of one that none closes.
//!
//! The place of a brace goes in; the text up to its end comes out, or why there is none.

use std::ops::Range;

use super::{Braces, Broken, Found, Inner, LONGEST, Lines, NoMatch, looks_like_attribute};
use crate::source::Span;

impl Lines<'_> {
    /// A block without its closing brace, when every word to the end of the line can be nothing but
    /// an attribute.
    pub(super) fn unclosed(&self, line: usize, at: usize) -> Option<(Found, usize, usize)> {
        let end = self.lines[line].end;
        let mut inner = Inner::at(self.source, at + 1);
        inner.push_line(self.text, at + 1..end);
        let mut words = inner.words();
        if words.is_empty() || !words.iter().all(|word| looks_like_attribute(&word.text)) {
            return None;
        }
        // A quote that is open at the end of the line would hide the brace that is missing.
        let mut quotes = self.text[at + 1..end].match_indices('"').map(|(offset, _)| at + 1 + offset);
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
    pub(super) fn inner(&self, line: usize, at: usize, quotes: bool) -> Result<Inner<'_>, NoMatch> {
        if ["{:", "{{", "{%"].iter().any(|start| self.text[at..].starts_with(start)) {
            return Err(NoMatch::Text);
        }
        let mut inner = Inner::at(self.source, at + 1);
        let mut quote = None;
        for (index, range) in self.lines.iter().enumerate().skip(line) {
            let from = range.start.max(at + 1);
            if from > range.end {
                continue;
            }
            let mut place = from;
            while let Some(sign) = self.next_sign(place..range.end, at)? {
                place = sign + 1;
                match self.text.as_bytes()[sign] {
                    b'"' if quotes => quote = if quote.is_some() { None } else { Some(sign) },
                    b'{' if self.text[sign..].starts_with("{{") => {
                        match self.text[sign..range.end].find("}}") {
                            Some(close) if close <= LONGEST => place = sign + close + 2,
                            _ => return Err(NoMatch::Text),
                        }
                    }
                    b'{' if quote.is_none() => return Err(NoMatch::Text),
                    b'}' if quote.is_none() => {
                        inner.push_line(self.text, from..sign);
                        inner.end = (index, sign + 1);
                        return Ok(inner);
                    }
                    _ => {}
                }
            }
            inner.push_line(self.text, from..range.end);
        }
        Err(quote.map_or(NoMatch::Open, NoMatch::Quote))
    }

    /// The next quote or brace in `range`; an error where what begins at `at` goes on for too long.
    fn next_sign(&self, range: Range<usize>, at: usize) -> Result<Option<usize>, NoMatch> {
        let rest = &self.text[range.clone()];
        let sign = rest.bytes().position(|byte| matches!(byte, b'"' | b'{' | b'}'));
        let last = sign.or_else(|| rest.char_indices().next_back().map(|(offset, _)| offset));
        if last.is_some_and(|last| range.start + last - at > LONGEST) {
            return Err(NoMatch::Length);
        }
        Ok(sign.map(|sign| range.start + sign))
    }
}
