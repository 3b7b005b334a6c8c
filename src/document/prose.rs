//! Running text with its emphasis, links, code and tables, as a flat list of pieces.
//!
//! Our own form of what the Markdown parser says, so that later stages neither know the parser nor
//! recurse. Openings and closings always pair up.

use super::Harmless;
use crate::source::Span;

/// A piece of prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Words.
    Text(Run),
    /// Words in which `{{ name }}` is not looked for, because a backslash stood before.
    Literal(Run),
    /// Code inside a line.
    Code(Run),
    /// A harmless HTML element begins or ends.
    Tag {
        /// Which.
        element: Harmless,
        /// Whether this is its end.
        closing: bool,
    },
    /// A line ends, and the paragraph goes on.
    SoftBreak,
    /// A line ends for readers too.
    HardBreak,
    /// A mark that points at a footnote.
    FootnoteMark(String),
    /// A line across the page.
    Rule,
    /// Something begins.
    Open(Shape),
    /// It ends.
    Close,
}

/// Words with their place in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The words.
    pub text: String,
    /// Where they stand.
    pub span: Span,
}

impl Run {
    /// Whether every byte of the words is the byte of the source at the same place (an escape or an
    /// entity breaks that).
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.text.len() == self.span.len()
    }
}

/// What a piece of prose may be inside of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// A paragraph.
    Paragraph,
    /// A heading that is no phase.
    Heading(u8),
    /// Stressed.
    Emphasis,
    /// Strongly stressed.
    Strong,
    /// Struck through.
    Strike,
    /// A link.
    Link {
        /// Where it leads.
        target: String,
    },
    /// An image; what is inside is its description.
    Image {
        /// The file.
        target: String,
        /// Where the link stands.
        span: Span,
    },
    /// A block of code.
    CodeBlock {
        /// The word after the fence.
        language: String,
    },
    /// A piece of HTML.
    Html,
    /// A table with the alignment of its columns.
    Table(Vec<Align>),
    /// Its heading row.
    TableHead,
    /// Another row.
    TableRow,
    /// A cell.
    TableCell,
}

/// How a column of a table stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// As the page has it.
    None,
    /// To the left.
    Left,
    /// In the middle.
    Center,
    /// To the right.
    Right,
}

/// Running text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prose {
    /// Its pieces, in order.
    pub pieces: Box<[Piece]>,
}

impl Prose {
    /// Whether there is nothing to read.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// The words alone: no emphasis, no code ticks, no link targets; every run of white space is one
    /// space, and none is at the end, not even one that keeps words together.
    #[must_use]
    pub fn plain(&self) -> String {
        let mut plain = String::new();
        // Whether white space stands before the next word.
        let mut gap = false;
        for piece in &self.pieces {
            match piece {
                Piece::Text(run) | Piece::Literal(run) | Piece::Code(run) => {
                    plain.reserve(run.text.len() + 1);
                    let mut rest = run.text.as_str();
                    while !rest.is_empty() {
                        let is_space = |byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
                        let end = rest.bytes().position(is_space);
                        let word = &rest[..end.unwrap_or(rest.len())];
                        if !word.is_empty() {
                            if gap && !plain.is_empty() {
                                plain.push(' ');
                            }
                            plain.push_str(word);
                        }
                        gap = end.is_some() || (gap && word.is_empty());
                        rest = end.map_or("", |end| &rest[end + 1..]);
                    }
                }
                Piece::SoftBreak | Piece::HardBreak | Piece::Rule => gap = true,
                Piece::Tag { element: Harmless::Br, .. } => gap = true,
                Piece::Tag { .. } | Piece::FootnoteMark(_) | Piece::Open(_) | Piece::Close => {}
            }
        }
        plain.truncate(plain.trim_end().len());
        plain
    }

    /// Gives another place to its words and images.
    pub(super) fn change_spans(&mut self, change: &impl Fn(Span) -> Span) {
        for piece in &mut self.pieces {
            match piece {
                Piece::Text(run) | Piece::Literal(run) | Piece::Code(run) => run.span = change(run.span),
                Piece::Open(Shape::Image { span, .. }) => *span = change(*span),
                Piece::Open(_)
                | Piece::Close
                | Piece::Tag { .. }
                | Piece::SoftBreak
                | Piece::HardBreak
                | Piece::FootnoteMark(_)
                | Piece::Rule => {}
            }
        }
    }

    /// The images it shows.
    pub fn images(&self) -> impl Iterator<Item = (&str, Span)> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Open(Shape::Image { target, span }) => Some((target.as_str(), *span)),
            _ => None,
        })
    }

    /// Where it leads and where its words stand, when it is nothing but a link.
    #[must_use]
    pub fn only_link(&self) -> Option<(&str, Span)> {
        let is_space = |piece: &&Piece| match piece {
            Piece::Text(run) => run.text.trim().is_empty(),
            Piece::SoftBreak => true,
            _ => false,
        };
        let mut pieces = self.pieces.iter().filter(|piece| !is_space(piece));
        let Some(Piece::Open(Shape::Link { target })) = pieces.next() else { return None };
        let mut depth = 1;
        for piece in pieces {
            match piece {
                _ if depth == 0 => return None,
                Piece::Open(_) => depth += 1,
                Piece::Close => depth -= 1,
                _ => {}
            }
        }
        Some((target, self.first_span()?))
    }

    /// Where its first words stand.
    #[must_use]
    pub fn first_span(&self) -> Option<Span> {
        self.pieces.iter().find_map(|piece| match piece {
            Piece::Text(run) | Piece::Literal(run) | Piece::Code(run) => Some(run.span),
            _ => None,
        })
    }
}
