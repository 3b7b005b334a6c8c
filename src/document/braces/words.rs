//! The inside of an attribute block, cut into words, keys and values; quotes and variables keep their
//! spaces.

use std::borrow::Cow;
use std::ops::Range;

use super::{Value, Word};
use crate::source::{SourceId, Span};

/// So many words most blocks have at most.
const USUAL: usize = 8;

/// The text of a block between its braces.
pub(super) struct Inner<'a> {
    source: SourceId,
    /// Its lines, without the marks of quotes and lists that stand before them.
    text: Cow<'a, str>,
    /// Where it begins in the file.
    start: usize,
    /// Of each line but the first: where it begins in `text`, and in the file.
    lines: Vec<(usize, usize)>,
    /// After the closing brace: line and byte.
    pub(super) end: (usize, usize),
}

impl<'a> Inner<'a> {
    /// One that begins at this byte, and has no text yet.
    pub(super) fn at(source: SourceId, start: usize) -> Self {
        Self { source, text: Cow::Borrowed(""), start, lines: Vec::new(), end: (0, start) }
    }

    /// Adds the line, or the part of it, that stands in `range` of the file's text.
    pub(super) fn push_line(&mut self, file: &'a str, range: Range<usize>) {
        if self.text.is_empty() && range.start == self.start {
            self.text = Cow::Borrowed(&file[range]);
            return;
        }
        let text = self.text.to_mut();
        text.push('\n');
        self.lines.push((text.len(), range.start));
        text.push_str(&file[range]);
    }

    /// Cuts it into words: parted by white space, or by commas with white space after them; white space
    /// inside quotes parts nothing.
    pub(super) fn words(&self) -> Vec<Word> {
        // From where to where each word goes, and whether a comma stands before it.
        let mut found: Vec<(Range<usize>, bool)> = Vec::with_capacity(USUAL);
        let mut quoted = false;
        let mut variable = false;
        let mut after_comma = false;
        // Where the word begins that is being read.
        let mut begin = 0;
        for (at, c) in self.text.char_indices() {
            if c.is_ascii_alphanumeric() {
                continue;
            }
            let after = at + c.len_utf8();
            match c {
                '"' => quoted = !quoted,
                '{' if self.text[after..].starts_with('{') => variable = true,
                '}' if self.text[..at].ends_with('}') => variable = false,
                _ => {}
            }
            let ends_word = || self.text[after..].chars().next().is_none_or(char::is_whitespace);
            let parts = !quoted && !variable && (c.is_whitespace() || (c == ',' && ends_word()));
            if !parts {
                continue;
            }
            if begin < at {
                found.push((begin..at, after_comma));
                after_comma = false;
            }
            begin = after;
            after_comma |= c == ',';
        }
        if begin < self.text.len() {
            found.push((begin..self.text.len(), after_comma));
        }
        // No longer than it is: every step has such a list.
        found.into_iter().map(|(range, after_comma)| self.word(range, after_comma)).collect()
    }

    fn word(&self, range: Range<usize>, after_comma: bool) -> Word {
        let text = &self.text[range.clone()];
        let is_key = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        let key_end = text.bytes().position(|byte| !is_key(byte));
        let equals = key_end.filter(|&at| at > 0 && text.as_bytes()[at] == b'=');
        let key_length =
            equals.map_or(0, |at| u16::try_from(at).expect("a word is shorter than the longest block"));
        let values = equals.map(|at| self.values(range.start + at + 1..range.end)).unwrap_or_default();
        Word { span: self.span(range), text: text.to_owned(), values, after_comma, key_length }
    }

    fn values(&self, range: Range<usize>) -> Box<[Value]> {
        let mut values = Vec::with_capacity(1);
        let mut from = range.start;
        let mut quoted = false;
        for (at, byte) in range.clone().zip(self.text[range.clone()].bytes()) {
            if byte == b'"' {
                quoted = !quoted;
            } else if byte == b',' && !quoted {
                values.extend(self.value(from..at));
                from = at + 1;
            }
        }
        values.extend(self.value(from..range.end));
        values.into()
    }

    /// One value, if anything is written there.
    fn value(&self, range: Range<usize>) -> Option<Value> {
        let text = &self.text[range.clone()];
        if text.is_empty() {
            return None;
        }
        let span = self.span(range);
        if let Some((name, suffix)) = text.strip_prefix('"').and_then(|quoted| quoted.split_once('"')) {
            let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
            return Some(Value { span, name, quoted: true, suffix: suffix.to_owned() });
        }
        Some(Value { span, name: text.to_owned(), quoted: false, suffix: String::new() })
    }

    /// Where a part of it, which isn't empty, stands in the file.
    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.source, self.place(range.start)..self.place(range.end - 1) + 1)
    }

    /// Where one of its bytes stands in the file.
    fn place(&self, at: usize) -> usize {
        let after = self.lines.partition_point(|(begin, _)| *begin <= at);
        let line = after.checked_sub(1).map(|line| self.lines[line]);
        let (begin, place) = line.unwrap_or((0, self.start));
        place + at - begin
    }
}
