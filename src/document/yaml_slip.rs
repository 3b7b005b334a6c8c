//! Lines for which a text is no YAML, as people see them: a key without its `: `, a colon inside a value, a line that
//! begins too far to the right or left.
//!
//! Asked only when a text can't be read. Promised: one pass; a line that is part of a longer value (a block of text,
//! brackets or quotes over several lines) is never named, and after quotes that go on nothing is.

use std::ops::Range;

use super::front_matter::PLAN_KEYS;
use super::messages;
use super::yaml::{self, Home, Node};
use crate::diagnostic::Diagnostic;
use crate::source::{SourceId, Span};

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Slip {
    /// Nothing parts a key from its value; the line as it was meant, where that can be told.
    NoColon(Option<String>),
    /// `title: Shop: move`; the line as it was meant.
    SecondColon(String),
    /// It begins with so many spaces, and those beside it with so many.
    Indented(usize, usize),
    /// It begins with a tab.
    Tab,
}

/// Reads a part of a file as YAML; the second value says whether all of it could be read.
///
/// Where it could not, the lines that are wrong are named as far as people would see them, and what stands in the others
/// is read without them.
pub(super) fn parse(
    source: SourceId,
    text: &str,
    range: Range<usize>,
    home: Home,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Node, bool) {
    let before = diagnostics.len();
    let (node, good) = yaml::parse(source, text, range.clone(), home, diagnostics);
    if good || range.len() > yaml::LARGEST {
        return (node, good);
    }
    let slips = find(&text[range.clone()], home);
    if slips.is_empty() {
        return (node, good);
    }
    diagnostics.truncate(before);
    let mut left = text.as_bytes().to_vec();
    let mut is_placed = true;
    for (place, slip) in &slips {
        let place = range.start + place.start..range.start + place.end;
        diagnostics.push(messages::yaml_slip(
            Span::new(source, place.clone()),
            home,
            &text[place.clone()],
            slip,
        ));
        // As a remark it is passed over, and all letters stay where they are: one of several bytes can't become its sign.
        is_placed &= text.as_bytes()[place.start].is_ascii();
        left[place.start] = b'#';
    }
    if !is_placed {
        return (node, false);
    }
    let left = String::from_utf8(left).unwrap_or_else(|_| text.to_owned());
    let mut others = Vec::new();
    let node = yaml::parse(source, &left, range.clone(), home, &mut others).0;
    // What is said of a line that is a remark now is not about what stands there.
    let mut places: Vec<Range<usize>> = slips.into_iter().map(|(place, _)| place).collect();
    places.sort_by_key(|place| place.start);
    let is_named = |one: &Diagnostic| {
        let span = one.span().map(Span::range).unwrap_or_default();
        let (start, end) = (span.start.saturating_sub(range.start), span.end.saturating_sub(range.start));
        let next = places.partition_point(|place| place.end <= start);
        places.get(next).is_some_and(|place| place.start < end.max(start + 1))
    };
    diagnostics.extend(others.into_iter().filter(|one| !is_named(one)));
    (node, false)
}

/// The lines that are wrong, without the white space around them.
pub(super) fn find(text: &str, home: Home) -> Vec<(Range<usize>, Slip)> {
    let mut reader = Reader { base: base(text), is_roster: home == Home::Roster, ..Reader::default() };
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        let begin = line.len() - line.trim_start().len();
        let place = at + begin..at + begin + words.len();
        at += line.len();
        if words.is_empty() || words.starts_with('#') {
            continue;
        }
        if reader.goes_on(begin, words) {
            continue;
        }
        if !reader.add(&line[..begin], words, place) {
            break;
        }
    }
    reader.found
}

/// Where the leftmost key stands.
fn base(text: &str) -> usize {
    let keys =
        text.lines().filter(|line| parted(line.trim()).is_some() && !line.trim_start().starts_with('#'));
    keys.map(|line| line.len() - line.trim_start().len()).min().unwrap_or(0)
}

/// A map that is open.
struct Map {
    indent: usize,
    lines: usize,
    /// Its last line.
    last: Range<usize>,
}

#[derive(Default)]
struct Reader {
    base: usize,
    /// Whether the keys at the left edge are handles.
    is_roster: bool,
    maps: Vec<Map>,
    /// Whether the last line of the innermost map has a value.
    has_value: bool,
    /// Lines further to the right than this are those of a block of text.
    block: Option<usize>,
    /// How many brackets are open.
    brackets: usize,
    found: Vec<(Range<usize>, Slip)>,
}

impl Reader {
    /// Whether a line goes on with a value that began above it.
    fn goes_on(&mut self, begin: usize, words: &str) -> bool {
        if self.brackets > 0 {
            self.count_brackets(words);
            return true;
        }
        if self.block.is_some_and(|indent| begin > indent) {
            return true;
        }
        self.block = None;
        false
    }

    /// Takes in a line; false when it can't be told what follows.
    fn add(&mut self, space: &str, words: &str, mut place: Range<usize>) -> bool {
        if space.contains('\t') {
            self.found.push((place, Slip::Tab));
            return true;
        }
        let (mut begin, mut words) = (space.len(), words);
        let in_list = words == "-" || words.starts_with("- ");
        if in_list {
            self.maps.retain(|map| map.indent <= begin);
            let item = words[1..].trim_start();
            begin += words.len() - item.len();
            place.start += words.len() - item.len();
            words = item;
        }
        let Some((_, value)) = parted(words) else {
            self.value(begin, words);
            return self.without_key(begin, in_list, words, place);
        };
        self.key(begin, in_list, &place);
        self.has_value = !value.is_empty() && !value.starts_with(['#', '&', '!']);
        self.value(self.maps.last().map_or(begin, |map| map.indent), value);
        if let Some(mended) = second_colon(words, value) {
            self.found.push((place, Slip::SecondColon(mended)));
        }
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        quote.is_none_or(|quote| value.matches(quote).count() % 2 == 0)
    }

    /// A line with a key: in which map it stands.
    fn key(&mut self, begin: usize, in_list: bool, place: &Range<usize>) {
        let Some(top) = self.maps.last() else {
            if begin > self.base && !in_list {
                self.found.push((place.clone(), Slip::Indented(begin, self.base)));
                self.open(self.base, place);
            } else {
                self.open(begin, place);
            }
            return;
        };
        if begin > top.indent {
            if self.has_value && !in_list {
                self.found.push((place.clone(), Slip::Indented(begin, top.indent)));
            } else {
                self.open(begin, place);
            }
            return;
        }
        let mut left = None;
        while self.maps.last().is_some_and(|map| map.indent > begin) {
            left = self.maps.pop();
        }
        if let Some(map) = self.maps.last_mut().filter(|map| map.indent == begin) {
            map.lines += 1;
            map.last = place.clone();
            return;
        }
        let Some(left) = left else { return };
        if left.lines == 1 {
            // Of two that differ the first is as odd as the second; those below tell.
            self.found.push((left.last.clone(), Slip::Indented(left.indent, begin)));
            self.maps.push(Map { indent: begin, lines: 2, last: place.clone() });
        } else {
            self.found.push((place.clone(), Slip::Indented(begin, left.indent)));
            self.maps.push(left);
        }
    }

    fn open(&mut self, indent: usize, place: &Range<usize>) {
        self.maps.push(Map { indent, lines: 1, last: place.clone() });
    }

    /// A line without a key: a mistake where keys stand, and else a part of a value.
    fn without_key(&mut self, begin: usize, in_list: bool, words: &str, place: Range<usize>) -> bool {
        let is_mark = words.starts_with(['?', '&', '*', '!', '%', '{', '[', ']', '}', '"', '\'']);
        let is_beside_keys = self.maps.iter().any(|map| map.indent == begin) || begin <= self.base;
        let is_limit = matches!(words, "---" | "...");
        if !in_list && !is_mark && !is_limit && is_beside_keys {
            let indent = begin;
            self.maps.retain(|map| map.indent <= indent);
            self.has_value = true;
            self.found.push((place, Slip::NoColon(meant(words, begin > self.base || self.is_roster))));
        }
        true
    }

    /// A value: whether lines below it belong to it.
    fn value(&mut self, indent: usize, value: &str) {
        if value.starts_with(['|', '>']) {
            self.block = Some(indent);
        } else if value.starts_with(['[', '{']) {
            self.count_brackets(value);
        }
    }

    fn count_brackets(&mut self, words: &str) {
        for sign in words.bytes() {
            match sign {
                b'[' | b'{' => self.brackets += 1,
                b']' | b'}' => self.brackets = self.brackets.saturating_sub(1),
                _ => {}
            }
        }
    }
}

/// The key and the value of a line.
fn parted(words: &str) -> Option<(&str, &str)> {
    let (key, value) = words.split_once(": ").or_else(|| Some((words.strip_suffix(':')?, "")))?;
    let is_key = !key.contains(" #") && !key.starts_with(['[', '{', '-', '?']);
    is_key.then_some((key, value.trim()))
}

/// `title Shop move`, `title:Shop move`, `title = Shop move`: the line with its colon.
fn meant(words: &str, is_inner: bool) -> Option<String> {
    let end = words.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_')))?;
    let (key, rest) = words.split_at(end);
    let value = rest.trim_start().trim_start_matches([':', '=']).trim_start();
    let is_known = PLAN_KEYS.contains(&key) || is_inner;
    let is_glued = rest.starts_with([':', '=']) && !rest.starts_with("://");
    let is_word = key.starts_with(char::is_alphabetic) && !value.is_empty();
    (is_word && (is_known || is_glued)).then(|| format!("{key}: {value}"))
}

/// The line with its value in quotes, when a colon in it is taken for that of a key.
fn second_colon(words: &str, value: &str) -> Option<String> {
    let plain = value.split(" #").next().unwrap_or("").trim_end();
    let is_plain = !plain.starts_with(['"', '\'', '[', '{', '|', '>', '&', '*', '!', '#']);
    let has_colon = plain.contains(": ") || plain.ends_with(':');
    let key = &words[..words.len() - value.len()];
    (is_plain && has_colon && !plain.contains(['"', '\\'])).then(|| format!("{key}\"{plain}\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&str, Slip)> {
        find(text, Home::FrontMatter).into_iter().map(|(place, slip)| (&text[place], slip)).collect()
    }

    fn no_colon(line: &str) -> Slip {
        Slip::NoColon(Some(line.to_owned()))
    }

    #[test]
    fn the_line_that_is_wrong_is_named() {
        for (text, line, slip) in [
            ("title Shop move\nstart: x", "title Shop move", no_colon("title: Shop move")),
            ("title:Shop move\nstart: x", "title:Shop move", no_colon("title: Shop move")),
            ("start: x\nOur plan\n", "Our plan", Slip::NoColon(None)),
            ("people:\n  ana: A\n  mia M\n", "mia M", no_colon("mia: M")),
            ("title: Shop: move", "title: Shop: move", Slip::SecondColon("title: \"Shop: move\"".to_owned())),
            ("a:\n- b: c: d\n", "b: c: d", Slip::SecondColon("b: \"c: d\"".to_owned())),
            ("a:\n  b: B\n   c: C\n  d: D", "c: C", Slip::Indented(3, 2)),
            ("a:\n   b: B\n  c: C\n  d: D", "b: B", Slip::Indented(3, 2)),
            ("a:\n  b: B\n  e: E\n c: C\n  d: D", "c: C", Slip::Indented(1, 2)),
            (" a: x\nb: y\n", "a: x", Slip::Indented(1, 0)),
            ("a:\n\tb: y\n", "b: y", Slip::Tab),
        ] {
            assert_eq!(found(text), [(line, slip)], "{text}");
        }
    }

    #[test]
    fn what_is_right_is_left_alone() {
        for text in [
            "a: |\n  words: more\n words\nb: c",
            "a: [x,\n  y: z,\nq]\nb: c",
            "a: {x: 1,\n  y: 2}",
            "a: \"words\nmore: words\nend\"\nb",
            "a: words\n  that go on\nb:\n  words",
            "a:\n- b\n- c\nd: e",
            "a:\n  - b: c\n    d: e\n  - b: c\nf: g",
            "a: x # note: y\n# b\n\n# c: d: e\n",
            "  a: b\n  c: d\n",
        ]
        .iter()
        {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
