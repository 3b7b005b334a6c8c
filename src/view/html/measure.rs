//! How wide tables and boxes to tick are, in words of the style sheet: it gives them the room they need.
//!
//! A table in which no word has to be cut says nothing; the class of others says where words may be.

use unicode_width::UnicodeWidthStr;

use crate::document::{Piece, Prose, Shape};

/// So many letters fit beside one another on an upright sheet, also in large type.
const UPRIGHT: usize = 58;
/// So many fit on a sheet on its side.
const SIDEWAYS: usize = 110;
/// A cell needs as much as two letters around it.
const AROUND: usize = 2;

/// The classes of a table.
pub(super) fn table_class(prose: &Prose) -> &'static str {
    let mut columns: Vec<usize> = Vec::new();
    let mut cell = 0;
    for piece in &prose.pieces {
        match piece {
            Piece::Open(Shape::TableHead | Shape::TableRow) => cell = 0,
            Piece::Open(Shape::TableCell) => {
                cell += 1;
                columns.resize(columns.len().max(cell), 0);
            }
            Piece::Text(run) | Piece::Literal(run) | Piece::Code(run) if cell > 0 => {
                let longest = run.text.split_whitespace().map(UnicodeWidthStr::width).max();
                columns[cell - 1] = columns[cell - 1].max(longest.unwrap_or(0));
            }
            _ => {}
        }
    }
    match columns.iter().map(|longest| longest + AROUND).sum::<usize>() {
        width if width <= UPRIGHT => "plain",
        width if width <= SIDEWAYS => "plain wide",
        _ => "plain widest",
    }
}

/// The classes of a list of boxes, by its longest text.
pub(super) fn ticks_class(longest: usize) -> &'static str {
    match longest {
        0..=40 => "ticks short",
        41..=66 => "ticks middling",
        _ => "ticks",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Align, Run};
    use crate::source::{SourceId, Span};

    fn table(cells: &[&str]) -> Prose {
        let mut pieces = vec![Piece::Open(Shape::Table(vec![Align::None])), Piece::Open(Shape::TableRow)];
        for text in cells {
            let run = Run { text: (*text).to_owned(), span: Span::new(SourceId::new(0), 0..0) };
            pieces.extend([Piece::Open(Shape::TableCell), Piece::Text(run), Piece::Close]);
        }
        Prose { pieces: pieces.into() }
    }

    #[test]
    fn the_longest_words_decide() {
        let host = "db-1.internal.example.com";
        assert_eq!(table_class(&table(&["a few words", "in two cells"])), "plain");
        assert_eq!(table_class(&table(&["many words ".repeat(40).as_str(), "one"])), "plain");
        assert_eq!(table_class(&table(&[host; 3])), "plain wide");
        assert_eq!(table_class(&table(&[host; 5])), "plain widest");
    }
}
