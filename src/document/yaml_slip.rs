//! Lines for which a text is no YAML, as people see them: a key without its `: `, a colon inside a value, a line that
//! begins too far to the right or left, quotes and brackets that are never closed.
//!
//! Asked only when a text can't be read. Promised: one pass; a line that is part of a longer value (a block of text,
//! brackets or quotes over several lines) is named with all of it alone.

use std::ops::Range;

use super::messages;
use super::yaml::{self, Home, Node};
use super::yaml_flow::{Flow, closed};
use super::yaml_line::{begins_another, meant, parted, quoted, second_colon};
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
    /// A quote or bracket, so many bytes from the beginning of the line; the line as it was meant.
    NeverClosed(char, usize, Option<String>),
    /// A bracket that no other opens, so many bytes from the beginning.
    ClosesNothing(char, usize),
    /// `title: "Move" the shop`: words behind the quotes, so many bytes from the beginning; the line as it was meant.
    BehindQuotes(usize, Option<String>),
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
        let others = left[place].iter_mut().skip_while(|byte| **byte != b'\n');
        others.filter(|byte| !matches!(byte, b'\n' | b'\r')).for_each(|byte| *byte = b' ');
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
    let mut reader = Reader { text, base: base(text), is_roster: home == Home::Roster, ..Reader::default() };
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        let begin = line.len() - line.trim_start().len();
        let place = at + begin..at + begin + words.len();
        at += line.len();
        if words.is_empty() || words.starts_with('#') {
            continue;
        }
        if !reader.goes_on(begin, words, &place) {
            reader.add(&line[..begin], words, place);
        }
    }
    reader.never_closed();
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

/// A value in quotes or brackets that is open.
struct Opened {
    flow: Flow,
    /// A line with a key that begins no further to the right than this is another one.
    limit: Option<usize>,
    /// Where it begins.
    from: usize,
    /// Its lines so far.
    place: Range<usize>,
}

#[derive(Default)]
struct Reader<'a> {
    text: &'a str,
    base: usize,
    /// Whether the keys at the left edge are handles.
    is_roster: bool,
    maps: Vec<Map>,
    /// Whether the last line of the innermost map has a value.
    has_value: bool,
    /// Lines further to the right than this are those of a block of text.
    block: Option<usize>,
    opened: Option<Opened>,
    found: Vec<(Range<usize>, Slip)>,
}

impl Reader<'_> {
    /// Whether a line goes on with a value that began above it.
    fn goes_on(&mut self, begin: usize, words: &str, place: &Range<usize>) -> bool {
        if let Some(opened) = &mut self.opened {
            if !(opened.limit.is_some_and(|limit| begin <= limit) && begins_another(words)) {
                opened.place.end = place.end;
                let end = opened.flow.take(words, place.start).map(|end| place.start + end);
                self.ends(end);
                return true;
            }
            self.never_closed();
        }
        if self.block.is_some_and(|indent| begin > indent) {
            return true;
        }
        self.block = None;
        false
    }

    /// Takes in a line.
    fn add(&mut self, space: &str, words: &str, mut place: Range<usize>) {
        if space.contains('\t') {
            self.found.push((place, Slip::Tab));
            return;
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
            // What stands in no map may go on at the left edge.
            let limit = if in_list { Some(space.len()) } else { begin.checked_sub(1) };
            self.value(begin, limit, words, &place);
            return self.without_key(begin, in_list, words, place);
        };
        self.key(begin, in_list, &place);
        self.has_value = !value.is_empty() && !value.starts_with(['#', '&', '!']);
        let indent = self.maps.last().map_or(begin, |map| map.indent);
        self.value(indent, Some(space.len()), value, &place);
        if let Some(mended) = second_colon(words, value) {
            self.found.push((place, Slip::SecondColon(mended)));
        }
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
    fn without_key(&mut self, begin: usize, in_list: bool, words: &str, place: Range<usize>) {
        let is_mark = words.starts_with(['?', '&', '*', '!', '%', '{', '[', ']', '}', '"', '\'']);
        let is_beside_keys = self.maps.iter().any(|map| map.indent == begin) || begin <= self.base;
        let is_limit = matches!(words, "---" | "...");
        if !in_list && !is_mark && !is_limit && is_beside_keys {
            let indent = begin;
            self.maps.retain(|map| map.indent <= indent);
            self.has_value = true;
            self.found.push((place, Slip::NoColon(meant(words, begin > self.base || self.is_roster))));
        }
    }

    /// A value, with which its line ends: whether lines below it belong to it.
    fn value(&mut self, indent: usize, limit: Option<usize>, value: &str, place: &Range<usize>) {
        let from = place.end - value.len();
        if value.starts_with(['|', '>']) {
            self.block = Some(indent);
        } else if Flow::begins(value) {
            let mut flow = Flow::default();
            let end = flow.take(value, from).map(|end| from + end);
            self.opened = Some(Opened { flow, limit, from, place: place.clone() });
            self.ends(end);
        } else if let Some(sign) = value.chars().next().filter(|sign| matches!(sign, ']' | '}')) {
            self.found.push((place.clone(), Slip::ClosesNothing(sign, from - place.start)));
        }
    }

    /// The value that is open ends here, if anywhere.
    fn ends(&mut self, end: Option<usize>) {
        let Some(end) = end else { return };
        match self.opened.take_if(|opened| opened.flow.waits().is_none()) {
            Some(opened) => self.found.extend(behind(self.text, &opened, end)),
            None => self.never_closed(),
        }
    }

    /// Something in the value that is open has no end.
    fn never_closed(&mut self) {
        let Some(opened) = self.opened.take() else { return };
        let Some((sign, at)) = opened.flow.waits() else { return };
        let start = opened.place.start;
        let lines = &self.text[opened.place.clone()];
        let meant = if lines.contains('\n') { None } else { closed(lines, opened.from - start) };
        self.found.push((opened.place, Slip::NeverClosed(sign, at - start, meant)));
    }
}

/// What stands behind the end of a value on its line, when nothing can.
fn behind(text: &str, opened: &Opened, end: usize) -> Option<(Range<usize>, Slip)> {
    let (start, rest) = (opened.place.start, text[end..opened.place.end].trim_start());
    let at = opened.place.end - rest.len() - start;
    let sign = rest.chars().next()?;
    let value = &text[opened.from..opened.place.end];
    let slip = match sign {
        ']' | '}' => Slip::ClosesNothing(sign, at),
        '#' | ':' => return None,
        _ if value.starts_with(['[', '{']) || value.contains('\n') => return None,
        _ => {
            let key = &text[start..opened.from];
            Slip::BehindQuotes(at, quoted(value).map(|value| format!("{key}{value}")))
        }
    };
    Some((opened.place.clone(), slip))
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
            "a: \"words\nmore words\nend\"\nb: c",
            "a: \"words\n  more: words\nend\"\nb: c",
            "a: 'it''s' # it's\nb: [c, 'd]', e\n]\nf: { g: O'Neill }",
            "[a,\nb: c]",
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
