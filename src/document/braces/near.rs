//! Braces at the end of a line that are no block: those with a full stop or the like behind them, and those in
//! which no word looks like an attribute. The first are reported; the second may be text, or a slip, which
//! only the names of the plan can tell.

use std::ops::Range;

use super::looks::looks_like_attribute;
use super::{Braces, Inner, Lines};
use crate::source::Span;

/// What may stand behind braces that were meant to end their line.
const BEHIND: [char; 7] = ['.', ',', ';', ':', '!', '*', '_'];

impl Lines<'_> {
    /// Attributes that would be a block if no full stop stood behind them; those of which that is certain
    /// anyway are left out.
    pub(in crate::document) fn before_full_stop(&self) -> Vec<Span> {
        let is_last = |line: &&Range<usize>| self.text[(*line).clone()].trim_end().ends_with('}');
        let ends = self.lines.iter().filter(|line| !is_last(line)).filter_map(|line| self.end(line));
        let meant = ends.filter_map(|place| self.attributes(place.start, &self.inside(&place), None));
        meant.filter(|(found, _, _)| !found.is_meant()).map(|(found, _, _)| found.braces.span).collect()
    }

    /// Text in braces at the end of a line; `blocks` are the blocks of attributes.
    pub(in crate::document) fn texts(&self, blocks: &[Braces]) -> Vec<Braces> {
        // Most are blocks, and need not be cut into words again.
        let has_attributes = |one: &Braces| one.words.iter().any(|word| looks_like_attribute(&word.text));
        let is_block = |place: &Range<usize>| {
            blocks.iter().any(|block| block.span.range() == *place && has_attributes(block))
        };
        let ends = self.lines.iter().filter_map(|line| self.end(line));
        let braces = ends
            .filter(|place| !is_block(place))
            .map(|place| Braces { words: self.inside(&place).words(), span: Span::new(self.source, place) });
        braces.filter(|one| !one.words.is_empty() && !has_attributes(one)).collect()
    }

    /// The last braces of a line, when nothing follows but what may stand behind them.
    fn end(&self, line: &Range<usize>) -> Option<Range<usize>> {
        let start = line.start;
        let line = self.text[line.clone()].trim_end().trim_end_matches(BEHIND).trim_end();
        let inside = line.strip_suffix('}')?;
        let open = inside.bytes().rposition(|byte| matches!(byte, b'{' | b'}'))?;
        // `${X}`, `{{ x }}`, `\{` and `src/{a,b}` are other programs' words.
        let stands_alone = line[..open].is_empty() || line[..open].ends_with(char::is_whitespace);
        let is_open = line[open..].starts_with('{') && stands_alone;
        (is_open && self.opaque_at(start + open).is_none()).then_some(start + open..start + line.len())
    }

    fn inside(&self, place: &Range<usize>) -> Inner<'_> {
        let mut inner = Inner::at(self.source, place.start + 1);
        inner.push_line(self.text, place.start + 1..place.end - 1);
        inner.end = (0, place.end);
        inner
    }
}
