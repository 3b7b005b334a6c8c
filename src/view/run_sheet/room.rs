//! How many lines a text takes, to choose where it stands in a row: beside the boxes to tick, or below
//! them in the full width.
//!
//! HTML of one step comes in; a choice goes out. It is a guess, and being wrong costs a line of paper.

use unicode_width::UnicodeWidthChar;

use crate::view::page::Letters;

/// What has to be seen whole, and therefore stands in the full width.
const WIDE: [&str; 3] = ["<pre", "<table", "<img"];

/// The room of a row on a landscape sheet, in letters a line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    title: usize,
    beside: Measure,
    below: Measure,
}

#[derive(Debug, Clone, Copy)]
struct Measure {
    letters: usize,
    /// So many boxes to tick stand side by side.
    abreast: usize,
}

impl Room {
    /// The room with letters of this size.
    pub(super) fn of(letters: Letters) -> Self {
        let measure = |letters, abreast| Measure { letters, abreast };
        match letters {
            Letters::Usual => Self { title: 60, beside: measure(70, 1), below: measure(140, 3) },
            Letters::Large => Self { title: 40, beside: measure(46, 1), below: measure(110, 2) },
        }
    }

    /// Whether a row is lower when all that is said about its step stands below its line. That line has
    /// room for two lines of text in any case, because somebody has to write in it.
    pub(super) fn below_is_better<'a>(
        self,
        title: &str,
        details: &str,
        more: impl Iterator<Item = &'a String> + Clone,
    ) -> bool {
        if WIDE.iter().any(|tag| details.contains(tag) || more.clone().any(|html| html.contains(tag))) {
            return true;
        }
        let title = self.beside_lines(title);
        let beside =
            lines(details, self.beside) + more.clone().map(|one| lines(one, self.beside)).sum::<usize>();
        // What is short shares a line there.
        let shared: usize = more.map(|one| letters(one) + 12).sum();
        let below = lines(details, self.below) + shared.div_ceil(self.below.letters);
        title.max(2) + below < (title + beside).max(2)
    }

    fn beside_lines(self, title: &str) -> usize {
        letters(title).div_ceil(self.title).max(1)
    }
}

/// The lines of a text.
fn lines(html: &str, measure: Measure) -> usize {
    let mut plain = 0;
    let mut ticks = 0;
    let mut used = 0;
    let mut in_tick = false;
    let mut abreast = 1;
    for part in parts(html) {
        match part {
            Part::Letters(width) => used += width,
            Part::Tag(tag) => {
                if !ends_line(tag) {
                    continue;
                }
                if in_tick {
                    ticks += used.div_ceil((measure.letters / abreast).saturating_sub(6).max(1));
                } else {
                    plain += used.div_ceil(measure.letters);
                }
                used = 0;
                match tag {
                    "ul class=\"ticks short\"" => abreast = measure.abreast,
                    "ul class=\"ticks middling\"" => abreast = measure.abreast.min(2),
                    _ => {}
                }
                in_tick = tag.starts_with("li class=\"tick");
            }
        }
    }
    plain + used.div_ceil(measure.letters) + ticks.div_ceil(abreast)
}

fn ends_line(tag: &str) -> bool {
    let name = tag.trim_start_matches('/').split([' ', '>']).next().unwrap_or_default();
    matches!(name, "p" | "li" | "ul" | "ol" | "br" | "hr" | "div" | "blockquote" | "details" | "summary")
}

fn letters(html: &str) -> usize {
    parts(html).map(|part| if let Part::Letters(width) = part { width } else { 0 }).sum()
}

enum Part<'a> {
    /// How wide some letters are.
    Letters(usize),
    /// Without its brackets.
    Tag(&'a str),
}

/// The letters and tags of our own HTML, in which every `<` of a text is an entity.
fn parts(html: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = html;
    std::iter::from_fn(move || {
        let first = rest.bytes().next()?;
        let whole = match first {
            b'<' => rest.find('>').map_or(rest.len(), |end| end + 1),
            b'&' => rest.find(';').map_or(1, |end| end + 1),
            _ => rest.bytes().position(|byte| matches!(byte, b'<' | b'&')).unwrap_or(rest.len()),
        };
        let (part, after) = rest.split_at(whole);
        rest = after;
        Some(match first {
            b'<' => Part::Tag(part.trim_start_matches('<').trim_end_matches('>')),
            b'&' => Part::Letters(1),
            _ => Part::Letters(width(part)),
        })
    })
}

/// How wide a text is; what can't be seen takes no room.
fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.bytes().filter(|byte| !byte.is_ascii_control()).count();
    }
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn below(details: &str, more: &[String]) -> bool {
        Room::of(Letters::Usual).below_is_better("Train support", details, more.iter())
    }

    #[test]
    fn a_text_stands_where_it_takes_fewer_lines() {
        assert!(!below("", &[]));
        assert!(!below("<p>One line.</p>", &[]), "the second line of the row is free");
        assert!(below(&format!("<p>{}</p>", "word ".repeat(60)), &[]), "five lines become three");
        let tick = "<li class=\"tick\"><span class=\"box\"></span>a box</li>";
        assert!(!below(&format!("<ul class=\"ticks short\">{tick}</ul>"), &[]));
        assert!(
            below(&format!("<ul class=\"ticks short\">{}</ul>", tick.repeat(5)), &[]),
            "three side by side"
        );
        assert!(below("", &["one".to_owned(), "two".to_owned(), "three".to_owned(), "four".to_owned()]));
        assert!(below("<pre><code>ls</code></pre>", &[]), "code is never narrow");
    }

    #[test]
    fn letters_are_counted_as_they_are_seen() {
        assert_eq!(letters("a &lt; <b>bc</b>"), 6);
        assert_eq!(letters("日本"), 4);
        assert_eq!(lines("<p>one</p><p>two</p>", Measure { letters: 10, abreast: 1 }), 2);
        assert_eq!(lines("one &amp", Measure { letters: 4, abreast: 1 }), 2);
    }
}
