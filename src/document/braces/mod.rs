//! Attribute blocks: `{…}` at the end of a line, found in the source text and cut into words.
//!
//! Works on the text itself, not on parsed Markdown, so that every word keeps its exact place. What
//! the words mean is decided in `plan`.

mod ends;
mod looks;
mod near;
mod words;

use std::ops::Range;

pub use looks::is_duration_like;
use looks::looks_like_attribute;
use words::Inner;

use crate::source::{SourceId, Span};

/// The keys that may stand before `=` in a block.
pub(super) const KEYS: &[&str] = &[
    "after",
    "right-after",
    "with",
    "during",
    "at",
    "from",
    "by",
    "in",
    "backup",
    "access",
    "uses",
    "stops",
    "starts",
    "locks",
    "else",
    "only",
    "vars",
];

/// A longer block is a mistake: no hand writes one, and looking for its end would cost too much.
const LONGEST: usize = 10_000;

/// A block of attributes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Braces {
    /// From `{` to `}`.
    pub span: Span,
    /// Its words.
    pub words: Vec<Word>,
}

/// A word of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// All of it.
    pub span: Span,
    /// As written.
    pub text: String,
    /// What stands after `=`, parted at its commas.
    pub values: Box<[Value]>,
    /// Whether a comma stands between it and the word before.
    pub after_comma: bool,
    /// So many bytes stand before `=`; 0 where there is none. A block is shorter than 2^16.
    key_length: u16,
}

impl Word {
    /// What stands before `=`, if anything does.
    #[must_use]
    pub fn key(&self) -> Option<&str> {
        (self.key_length > 0).then(|| &self.text[..usize::from(self.key_length)])
    }
}

/// One of the values after `key=`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// All of it.
    pub span: Span,
    /// What is written, or what is between the quotes.
    pub name: String,
    /// Whether it stood in quotes.
    pub quoted: bool,
    /// What follows the closing quote.
    pub suffix: String,
}

impl Braces {
    /// Gives another place to its words, and to itself.
    pub(super) fn change_spans(&mut self, change: &impl Fn(Span) -> Span) {
        self.span = change(self.span);
        for word in &mut self.words {
            word.span = change(word.span);
            word.values.iter_mut().for_each(|value| value.span = change(value.span));
        }
    }
}

/// What a paragraph or heading is made of, for the scanner.
pub(super) struct Lines<'a> {
    pub(super) source: SourceId,
    pub(super) text: &'a str,
    /// Its lines, without the markers of quotes and lists that stand before them.
    pub(super) lines: Vec<Range<usize>>,
    /// Code and raw HTML inside it, in order; braces in these are text.
    pub(super) opaque: Vec<Range<usize>>,
    pub(super) heading: bool,
}

/// A block found, with the bytes that are not part of the title.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) hole: Range<usize>,
    pub(super) braces: Braces,
    /// What is wrong with its form, at which byte.
    pub(super) broken: Option<(Broken, usize)>,
}

impl Found {
    /// Whether it can hardly be text: nothing but attributes, and more of them than `{5m}` or `{#place}`.
    fn is_meant(&self) -> bool {
        let words = &self.braces.words;
        let strong = |word: &Word| word.text.starts_with('@') || word.key().is_some();
        self.broken.is_none()
            && words.iter().all(|word| looks_like_attribute(&word.text))
            && (words.len() > 1 || words.iter().any(strong))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Broken {
    Quote,
    Brace,
    Length,
}

enum NoMatch {
    /// It never closes.
    Open,
    /// A quote in it never closes.
    Quote(usize),
    /// It goes on for longer than any block.
    Length,
    /// It is no block.
    Text,
}

/// The blocks of a paragraph or heading.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    /// Those at the end of a line, in order.
    pub(super) at_ends: Vec<Found>,
    /// Those before more text on their line: text to the language, and meant for more by their author.
    pub(super) before_text: Vec<Span>,
}

impl Lines<'_> {
    /// Every attribute block.
    pub(super) fn find(&self) -> Blocks {
        let (mut found, mut before_text) = (Vec::new(), Vec::new());
        if !self.lines.iter().any(|line| self.text[line.clone()].contains('{')) {
            return Blocks::default();
        }
        let mut pass = |pending: &mut Vec<Found>| {
            before_text.extend(pending.drain(..).filter(Found::is_meant).map(|block| block.braces.span));
        };
        let mut pending: Vec<Found> = Vec::new();
        let mut line = 0;
        let mut at = self.lines.first().map_or(0, |line| line.start);
        while line < self.lines.len() {
            at = at.max(self.lines[line].start);
            if at >= self.lines[line].end {
                found.append(&mut pending);
                line += 1;
                continue;
            }
            if let Some(opaque) = self.opaque_at(at) {
                match self.comment(&opaque) {
                    Some(block) => pending.push(block),
                    None => pass(&mut pending),
                }
                at = opaque.end;
                continue;
            }
            if pending.is_empty() {
                // Nothing waits to see whether its line ends: on to what may begin a block.
                let end = self.lines[line].end.min(self.next_opaque(at));
                let is_sign = |byte: &u8| matches!(byte, b'{' | b'\\');
                let ahead = self.text.as_bytes()[at..end].iter().position(is_sign);
                match ahead {
                    Some(0) => {}
                    ahead => {
                        at = ahead.map_or(end, |ahead| at + ahead);
                        continue;
                    }
                }
            }
            let next = self.text[at..].chars().next().unwrap_or(' ');
            match next {
                '{' => match self.block(line, at) {
                    Some((block, end_line, end)) => {
                        pending.push(block);
                        (line, at) = (end_line, end);
                    }
                    None => {
                        pass(&mut pending);
                        at += self.text[at..].bytes().take_while(|&byte| byte == b'{').count();
                    }
                },
                '\\' => {
                    pass(&mut pending);
                    at += 1 + self.text[at + 1..].chars().next().map_or(0, char::len_utf8);
                }
                white if white.is_whitespace() => at += white.len_utf8(),
                other => {
                    pass(&mut pending);
                    at += other.len_utf8();
                }
            }
        }
        found.append(&mut pending);
        Blocks { at_ends: found, before_text }
    }

    fn opaque_at(&self, at: usize) -> Option<Range<usize>> {
        let next = self.opaque.partition_point(|range| range.end <= at);
        self.opaque.get(next).filter(|range| range.start <= at).cloned()
    }

    /// Where the next code or raw HTML begins.
    fn next_opaque(&self, at: usize) -> usize {
        let next = self.opaque.partition_point(|range| range.end <= at);
        self.opaque.get(next).map_or(usize::MAX, |range| range.start)
    }

    /// The block inside an HTML comment.
    fn comment(&self, range: &Range<usize>) -> Option<Found> {
        let raw = &self.text[range.clone()];
        let inner = raw.strip_prefix("<!--")?.strip_suffix("-->")?;
        let start = range.start + 4 + (inner.len() - inner.trim_start().len());
        let trimmed = inner.trim();
        if !trimmed.starts_with('{') || !trimmed.ends_with('}') {
            return None;
        }
        let alone = Lines {
            source: self.source,
            text: self.text,
            lines: std::iter::once(start..start + trimmed.len()).collect(),
            opaque: Vec::new(),
            heading: self.heading,
        };
        let (mut block, _, end) = alone.block(0, start)?;
        (end == start + trimmed.len()).then(|| {
            block.hole = range.clone();
            block
        })
    }

    /// The attribute block that begins at this brace: the block, and the line and byte after it.
    fn block(&self, line: usize, at: usize) -> Option<(Found, usize, usize)> {
        match self.inner(line, at, true) {
            Ok(inner) => self.attributes(at, &inner, None),
            Err(NoMatch::Quote(quote)) => {
                let inner = self.inner(line, at, false).ok()?;
                let rest = &self.text[inner.end.1..self.lines[inner.end.0].end];
                rest.trim().is_empty().then_some(())?;
                self.attributes(at, &inner, Some((Broken::Quote, quote)))
            }
            Err(NoMatch::Open) => self.unclosed(line, at),
            Err(NoMatch::Length) => self.too_long(line, at),
            Err(NoMatch::Text) => None,
        }
    }

    fn attributes(
        &self,
        at: usize,
        inner: &Inner<'_>,
        broken: Option<(Broken, usize)>,
    ) -> Option<(Found, usize, usize)> {
        let mut words = inner.words();
        if let Some((Broken::Quote, quote)) = broken {
            // What the quote was meant to hold is no attribute.
            words.retain(|word| word.span.end() <= quote);
        }
        let other_tool = self.heading
            && words.iter().all(|word| matches!(word.text.as_str(), "-" | ".unnumbered" | ".unlisted"));
        if other_tool || (broken.is_none() && !words.iter().any(|word| looks_like_attribute(&word.text))) {
            return None;
        }
        let (line, end) = inner.end;
        let braces = Braces { span: Span::new(self.source, at..end), words };
        Some((Found { hole: at..end, braces, broken }, line, end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A paragraph of one line.
    fn alone(line: &str) -> Lines<'_> {
        Lines {
            source: SourceId::new(0),
            text: line,
            lines: std::iter::once(0..line.len()).collect(),
            opaque: Vec::new(),
            heading: false,
        }
    }

    fn words(line: &str) -> Vec<String> {
        let found = alone(line).find().at_ends;
        found.iter().flat_map(|one| one.braces.words.iter().map(|word| word.text.clone())).collect()
    }

    #[test]
    fn only_a_block_of_attributes_at_the_end_counts() {
        assert_eq!(words("Copy {#copy @raj 4h..5h}"), ["#copy", "@raj", "4h..5h"]);
        assert_eq!(words("Deploy {service}"), Vec::<String>::new());
        assert_eq!(words("Set {{ host }}"), Vec::<String>::new());
        assert_eq!(words(r"Write \{#x @y}"), Vec::<String>::new());
        assert_eq!(words("Stop {#stop} now"), Vec::<String>::new());
        assert_eq!(words("Deploy {service} {@ana}"), ["@ana"]);
    }

    #[test]
    fn a_block_before_more_text_is_told_from_text() {
        let before_text = |line: &str| alone(line).find().before_text.len();
        assert_eq!(before_text("Stop {#stop @ana 5m} the API"), 1);
        assert_eq!(before_text("Page {@ana} when done"), 1);
        assert_eq!(before_text("Use {5m} of time, see {#stop}, fill in {name and 5m} here"), 0);
        assert_eq!(before_text("Stop the API {#stop @ana 5m}"), 0);
    }

    #[test]
    fn commas_part_words_only_before_white_space() {
        assert_eq!(words("C {#c after=a,b, @mia}"), ["#c", "after=a,b", "@mia"]);
    }

    #[test]
    fn quotes_and_variables_keep_their_spaces() {
        assert_eq!(words("C {after=\"Copy the {x} db\"+5m @a}"), ["after=\"Copy the {x} db\"+5m", "@a"]);
        assert_eq!(words("C {#copy-{{ n }} @a}"), ["#copy-{{ n }}", "@a"]);
    }

    #[test]
    fn values_know_their_quotes() {
        let line = "C {after=\"A, b\"+5m,c}";
        let found = alone(line).find().at_ends;
        let values = &found[0].braces.words[0].values;
        assert_eq!(
            (values[0].name.as_str(), values[0].quoted, values[0].suffix.as_str()),
            ("A, b", true, "+5m")
        );
        assert_eq!((values[1].name.as_str(), values[1].quoted), ("c", false));
        assert_eq!(&line[values[1].span.range()], "c");
    }

    #[test]
    fn a_block_without_end_is_a_mistake_and_a_long_text_is_none() {
        let broken = |line: &str| {
            alone(line).find().at_ends.first().and_then(|found| found.broken).map(|(broken, _)| broken)
        };
        assert_eq!(broken(&format!("x {{@ana {}}}", "after=y ".repeat(2_000))), Some(Broken::Length));
        assert_eq!(broken(&format!("x {{so {}}}", "to speak ".repeat(2_000))), None);
    }
}
