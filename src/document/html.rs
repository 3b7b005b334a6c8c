//! Raw HTML becomes words and a few harmless elements.
//!
//! A short list of elements acts, without their attributes; every other tag is the text it is, so
//! that `deploy <version>` keeps its `<version>`, and nothing in a plan can run in a reader's
//! browser. Comments are dropped.

use super::buffer::Buffer;
use super::{Piece, Run};
use crate::source::Span;

/// The elements that act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names are HTML's own")]
pub enum Harmless {
    Details,
    Summary,
    Br,
    Kbd,
    Sub,
    Sup,
    B,
    I,
    Em,
    Strong,
    Code,
    Hr,
}

impl Harmless {
    const ALL: [(&'static str, Self); 12] = [
        ("details", Self::Details),
        ("summary", Self::Summary),
        ("br", Self::Br),
        ("kbd", Self::Kbd),
        ("sub", Self::Sub),
        ("sup", Self::Sup),
        ("b", Self::B),
        ("i", Self::I),
        ("em", Self::Em),
        ("strong", Self::Strong),
        ("code", Self::Code),
        ("hr", Self::Hr),
    ];

    /// Its name in HTML.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, element)| *element == self).map_or("", |(name, _)| name)
    }

    /// Whether it stands alone, without an end tag.
    #[must_use]
    pub fn is_void(self) -> bool {
        matches!(self, Self::Br | Self::Hr)
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, element)| *element)
    }
}

/// Adds raw HTML, as words and harmless elements, to prose.
pub(super) fn push_html(buffer: &mut Buffer, raw: &str, span: Span) {
    let exact = raw.len() == span.len();
    let words = |range: std::ops::Range<usize>| Run {
        text: decoded(&raw[range.clone()]),
        span: if exact { span.part(range) } else { span },
    };
    let mut text_from = 0;
    let mut at = 0;
    while let Some(found) = raw[at..].find('<') {
        let open = at + found;
        let rest = &raw[open..];
        let (length, tag) = if let Some(comment) = rest.strip_prefix("<!--") {
            let length = comment.find("-->").map_or(rest.len(), |end| end + 7);
            (length, None)
        } else {
            match tag(rest) {
                Some((length, element, closing)) => (length, Some((element, closing))),
                None => {
                    at = open + 1;
                    continue;
                }
            }
        };
        if open > text_from {
            buffer.push_text(words(text_from..open));
        }
        if let Some((element, closing)) = tag {
            let start = span.start() + if exact { open } else { 0 };
            buffer.push(
                Piece::Tag { element, closing },
                start..start + if exact { length } else { span.len() },
            );
        }
        at = open + length;
        text_from = at;
    }
    if text_from < raw.len() {
        buffer.push_text(words(text_from..raw.len()));
    }
}

/// A harmless tag at the start of `text`: its length, element, and whether it closes.
fn tag(text: &str) -> Option<(usize, Harmless, bool)> {
    let inner = text.strip_prefix('<')?;
    let (inner, closing) = match inner.strip_prefix('/') {
        Some(inner) => (inner, true),
        None => (inner, false),
    };
    let name_end = inner.find(|c: char| !c.is_ascii_alphanumeric())?;
    let element = Harmless::named(&inner[..name_end])?;
    let after = &inner[name_end..];
    if !after.starts_with(['>', '/', ' ', '\t', '\n', '\r']) {
        return None;
    }
    let end = after.find('>')?;
    (!after[..end].contains('<')).then(|| (text.len() - after.len() + end + 1, element, closing))
}

/// The entities that people write by hand.
fn decoded(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    text.replace("&nbsp;", "\u{a0}")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;

    fn shown(raw: &str) -> String {
        let mut buffer = Buffer::default();
        push_html(&mut buffer, raw, Span::new(SourceId::new(0), 0..raw.len()));
        buffer
            .into_prose()
            .pieces
            .iter()
            .map(|piece| match piece {
                Piece::Text(run) => run.text.clone(),
                Piece::Tag { element, closing } => {
                    format!("({}{})", if *closing { "/" } else { "" }, element.name())
                }
                _ => String::new(),
            })
            .collect()
    }

    #[test]
    fn only_harmless_elements_act() {
        assert_eq!(shown("<b onclick=alert(1)>x</b>"), "(b)x(/b)");
        assert_eq!(shown("<script>alert(1)</script>"), "<script>alert(1)</script>");
        assert_eq!(shown("deploy <version>"), "deploy <version>");
        assert_eq!(shown("a<!-- gone -->b<br/>c"), "ab(br)c");
        assert_eq!(shown("<bold>"), "<bold>");
        assert_eq!(shown("<b <script>"), "<b <script>");
    }
}
