//! The inside of an attribute block, cut into words, keys and values; quotes and variables keep their
//! spaces.

use std::ops::Range;

use super::{Inner, Lines, Value, Word};
use crate::source::Span;

/// So many words most blocks have at most.
const USUAL: usize = 8;

impl Lines<'_> {
    /// Cuts the inside of a block into words: parted by white space, or by commas with white space
    /// after them; white space inside quotes parts nothing.
    pub(super) fn words(&self, inner: &Inner) -> Vec<Word> {
        // From which letter to which each word goes, and whether a comma stands before it.
        let mut found: Vec<(Range<usize>, bool)> = Vec::with_capacity(USUAL);
        let mut quoted = false;
        let mut variable = false;
        let mut after_comma = false;
        let chars = &inner.chars;
        // Where the word begins that is being read.
        let mut begin = 0;
        for (index, &(_, c)) in chars.iter().enumerate() {
            let next = chars.get(index + 1).map(|&(_, c)| c);
            if c == '"' {
                quoted = !quoted;
            } else if c == '{' && next == Some('{') {
                variable = true;
            } else if c == '}' && index > 0 && chars[index - 1].1 == '}' {
                variable = false;
            }
            let inside = quoted || variable;
            let parts = !inside && (c.is_whitespace() || (c == ',' && next.is_none_or(char::is_whitespace)));
            if !parts {
                continue;
            }
            if begin < index {
                found.push((begin..index, after_comma));
                after_comma = false;
            }
            begin = index + 1;
            after_comma |= c == ',';
        }
        if begin < chars.len() {
            found.push((begin..chars.len(), after_comma));
        }
        // No longer than it is: every step has such a list.
        let word =
            |(letters, after_comma): &(Range<usize>, bool)| self.word(&chars[letters.clone()], *after_comma);
        found.iter().map(word).collect()
    }

    fn word(&self, chars: &[(usize, char)], after_comma: bool) -> Word {
        let is_key = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        let equals = chars.iter().position(|&(_, c)| !is_key(c)).filter(|&at| at > 0 && chars[at].1 == '=');
        let key = equals.map(|at| self.written(&chars[..at]));
        let values = equals.map(|at| self.values(&chars[at + 1..])).unwrap_or_default();
        Word { span: self.span(chars), text: self.written(chars), key, values, after_comma }
    }

    fn values(&self, chars: &[(usize, char)]) -> Vec<Value> {
        let mut values = Vec::with_capacity(1);
        let mut from = 0;
        let mut quoted = false;
        for index in 0..=chars.len() {
            let c = chars.get(index).map(|&(_, c)| c);
            if c == Some('"') {
                quoted = !quoted;
            }
            if c.is_none() || (c == Some(',') && !quoted) {
                if let Some(value) = self.value(&chars[from..index]) {
                    values.push(value);
                }
                from = index + 1;
            }
        }
        values
    }

    fn value(&self, chars: &[(usize, char)]) -> Option<Value> {
        chars.first()?;
        let span = self.span(chars);
        if chars[0].1 == '"'
            && let Some(close) = chars[1..].iter().position(|&(_, c)| c == '"')
        {
            let name = self.written(&chars[1..=close]);
            let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
            return Some(Value { span, name, quoted: true, suffix: self.written(&chars[close + 2..]) });
        }
        Some(Value { span, name: self.written(chars), quoted: false, suffix: String::new() })
    }

    /// The chars as one text.
    fn written(&self, chars: &[(usize, char)]) -> String {
        let text = &self.text[self.span(chars).range()];
        // Where a line ends in between, marks of quotes and lists stand before the next one.
        let is_one_line = !text.bytes().any(|byte| matches!(byte, b'\n' | b'\r'));
        if is_one_line { text.to_owned() } else { chars.iter().map(|&(_, c)| c).collect() }
    }

    fn span(&self, chars: &[(usize, char)]) -> Span {
        let start = chars.first().map_or(0, |&(place, _)| place);
        let end = chars.last().map_or(start, |&(place, c)| place + c.len_utf8());
        Span::new(self.source, start..end)
    }
}
