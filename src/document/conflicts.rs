//! What Git leaves in a file that a merge could not settle: both versions of some lines, and the signs around them.
//!
//! Both would be steps of the plan, and `=======` makes a heading of the line above it. So a conflict is reported, and
//! the text is read as if the first version stood there alone: what follows from a second one would only hide what is
//! wrong. Promised: one pass; every letter stays in its place; a text without such lines is not copied; lines in a block
//! of code at the left edge, where a plan may show how conflicts are resolved, are text.

use std::borrow::Cow;
use std::ops::Range;

use super::lost::marks;

/// What a conflict begins and ends with, and what every line of it has that is Git's own.
const BEGIN: &str = "<<<<<<<";
const BASE: &str = "|||||||";
const MIDDLE: &str = "=======";
const END: &str = ">>>>>>>";

/// The lines that Git has written around the versions; what is missing was taken out by hand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Conflict {
    pub(super) begin: Option<Range<usize>>,
    /// Before what stood there when both versions began.
    pub(super) base: Option<Range<usize>>,
    /// Before the second version.
    pub(super) middle: Option<Range<usize>>,
    pub(super) end: Option<Range<usize>>,
}

impl Conflict {
    /// Whether no line is missing.
    pub(super) fn is_whole(&self) -> bool {
        self.begin.is_some() && self.middle.is_some() && self.end.is_some()
    }

    /// Its first line.
    pub(super) fn first(&self) -> Range<usize> {
        self.begin.clone().or_else(|| self.end.clone()).unwrap_or_default()
    }

    /// What is not read: the lines of Git, and all but the first version.
    fn unread(&self) -> impl Iterator<Item = Range<usize>> {
        let second = self.base.as_ref().or(self.middle.as_ref());
        let end = match (second, &self.end) {
            (Some(second), Some(end)) => Some(second.start..end.end),
            _ => self.end.clone(),
        };
        self.begin.clone().into_iter().chain(end)
    }
}

/// The text as it is read with these conflicts in it.
pub(super) fn first_versions<'a>(text: &'a str, conflicts: &[Conflict]) -> Cow<'a, str> {
    if conflicts.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut left = text.as_bytes().to_vec();
    for place in conflicts.iter().flat_map(Conflict::unread) {
        left[place].iter_mut().filter(|byte| !matches!(byte, b'\n' | b'\r')).for_each(|byte| *byte = b' ');
    }
    String::from_utf8(left).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// Whether there may be one: most texts need no closer look.
pub(super) fn may_be_in(text: &str) -> bool {
    // To look for one letter first is faster, and most texts have none.
    (text.contains('<') && text.contains(BEGIN)) || (text.contains('>') && text.contains(END))
}

/// The conflicts of a text, in order.
pub(super) fn find(text: &str) -> Vec<Conflict> {
    let mut reader = Reader::default();
    if may_be_in(text) {
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let words = line.trim_end();
            let place = at..at + words.len();
            at += line.len();
            reader.line(words, place, text[at..].starts_with(">>"));
        }
    }
    reader.found.extend(reader.open.take());
    reader.found
}

#[derive(Default)]
struct Reader {
    found: Vec<Conflict>,
    /// The conflict that has begun.
    open: Option<Conflict>,
    /// The block of code that has begun, in the text as it is read.
    fence: Option<Fence>,
    /// Whether the line before is a quote in a quote.
    is_below_quote: bool,
}

impl Reader {
    fn line(&mut self, words: &str, place: Range<usize>, is_above_quote: bool) {
        let is_code = self.fence.as_ref().is_some_and(|fence| fence.indent == 0);
        let is_beside_quote = std::mem::replace(&mut self.is_below_quote, words.starts_with(">>"));
        match &mut self.open {
            Some(open) if is_marker(words, END) => {
                open.end = Some(place);
                self.found.extend(self.open.take());
            }
            Some(open) if is_marker(words, MIDDLE) && open.middle.is_none() => open.middle = Some(place),
            Some(open) if is_marker(words, BASE) && open.base.is_none() && open.middle.is_none() => {
                open.base = Some(place);
            }
            None if is_marker(words, END) && !is_code && !is_beside_quote && !is_above_quote => {
                self.found.push(Conflict { end: Some(place), ..Conflict::default() });
            }
            open if is_marker(words, BEGIN) && !(is_code && open.is_none()) => {
                self.found.extend(open.replace(Conflict { begin: Some(place), ..Conflict::default() }));
            }
            Some(Conflict { base: Some(_), .. } | Conflict { middle: Some(_), .. }) => {}
            _ => self.code(words),
        }
    }

    /// Takes in a line that may begin or end a block of code.
    fn code(&mut self, words: &str) {
        let Some(fence) = Fence::at(words) else { return };
        match &self.fence {
            None => self.fence = Some(fence),
            Some(open) if fence.may_close && fence.sign == open.sign && fence.length >= open.length => {
                self.fence = None;
            }
            _ => {}
        }
    }
}

/// Whether a line begins with just these signs, and holds nothing else but a name behind a space.
fn is_marker(words: &str, signs: &str) -> bool {
    words.strip_prefix(signs).is_some_and(|rest| match signs {
        MIDDLE => rest.is_empty(),
        // Arrows on both sides are an ornament.
        _ => rest.is_empty() || rest.starts_with(' ') && !rest.ends_with(['<', '>']),
    })
}

/// A line that begins or ends a block of code.
struct Fence {
    sign: u8,
    length: usize,
    /// How far it stands from the left edge. In an item, a line at the edge ends the item with all that is in it.
    indent: usize,
    may_close: bool,
}

impl Fence {
    fn at(words: &str) -> Option<Self> {
        let begin = words.find(|c: char| !(c.is_whitespace() || matches!(c, '-' | '*' | '+' | '>')))?;
        let marks = marks(&words[begin..])?;
        Some(Self {
            sign: marks.as_bytes()[0],
            length: marks.len(),
            indent: begin,
            may_close: words[begin..] == *marks && words[..begin].trim().is_empty(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text as it is read, without the lines of which nothing is left.
    fn read(text: &str) -> String {
        let read = first_versions(text, &find(text)).into_owned();
        assert_eq!(read.len(), text.len());
        read.lines().filter(|line| !line.trim().is_empty()).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn the_first_version_is_read() {
        for (text, left) in [
            ("a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> x\nd\n", "a\nb\nd"),
            ("<<<<<<<\r\nb\r\n=======\r\nc\r\n>>>>>>>\r\nd", "b\nd"),
            ("<<<<<<< x\nb\n||||||| 1a\n=======\nc\n=======\nd\n>>>>>>> é", "b"),
            ("<<<<<<< x\n=======\nÜ\n>>>>>>> y\n<<<<<<< x\nb\n=======\n>>>>>>> y", "b"),
            // A block of code that both begin.
            (
                "<<<<<<< x\n```a\n=======\n```b\n>>>>>>> y\nc\n```\n<<<<<<< x\nd\n=======\n>>>>>>> y",
                "```a\nc\n```\nd",
            ),
            // At the left edge the item is over, and its code with it.
            ("- a\n\n  ```\n<<<<<<< x\n  b\n=======\n  c\n>>>>>>> y\n  ```", "- a\n  ```\n  b\n  ```"),
        ] {
            assert_eq!(read(text), left, "{text}");
            assert!(find(text).iter().all(Conflict::is_whole), "{text}");
        }
    }

    #[test]
    fn what_is_left_over_is_found() {
        for (text, left) in [
            ("<<<<<<< x\na\n", "a"),
            ("a\n>>>>>>> x\n> b\n", "a\n> b"),
            ("<<<<<<< x\na\n>>>>>>> y\n", "a"),
            ("<<<<<<< x\na\n=======\n", "a\n======="),
            ("<<<<<<< x\n<<<<<<< y\na\n", "a"),
        ] {
            assert_eq!(read(text), left, "{text}");
            assert!(find(text).iter().all(|one| !one.is_whole()), "{text}");
        }
        assert_eq!(find("<<<<<<< x\n<<<<<<< y\n=======\n>>>>>>> z\na\n>>>>>>> z").len(), 3);
    }

    #[test]
    fn other_lines_are_text() {
        for text in [
            "a\n=======\nb\n",
            "|||||||\n|||||||",
            "<<<<<<<< x\n>>>>>>>> y\n<<<<<<<x\n>>>>>>>y\n <<<<<<< x\n >>>>>>> y\n",
            "```\n<<<<<<< x\n=======\n>>>>>>> y\n```",
            "~~~\n```\n<<<<<<< x\n```\n>>>>>>> y\n~~~",
            "````\n```\n<<<<<<< x\n=======\n>>>>>>> y",
            "<<<<<<< note >>>>>>>",
            ">>>>>> a\n>>>>>>> b",
            ">>>>>>> b\n>>>> a",
        ] {
            assert_eq!(find(text), [], "{text}");
        }
    }
}
