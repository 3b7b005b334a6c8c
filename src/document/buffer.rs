//! The pieces of one paragraph while it is read, each with the bytes it covers.
//!
//! Cutting a title from its paragraph needs to know where every piece stands; afterwards only words
//! keep their place.

use std::ops::Range;

use super::braces::Lines;
use super::{Piece, Prose, Run, Shape};
use crate::source::{SourceId, Span};

#[derive(Debug, Default)]
pub(super) struct Buffer {
    placed: Vec<(Piece, Range<usize>)>,
    /// Comments leave nothing to read, and may hold attributes.
    comments: Vec<Range<usize>>,
}

impl Buffer {
    pub(super) fn comment(&mut self, range: Range<usize>) {
        self.comments.push(range);
    }

    pub(super) fn comments(&self) -> &[Range<usize>] {
        &self.comments
    }

    pub(super) fn push(&mut self, piece: Piece, range: Range<usize>) {
        self.placed.push((piece, range));
    }

    /// Adds words, joined to the ones before when they follow directly in the text.
    pub(super) fn push_text(&mut self, run: Run) {
        if let Some((Piece::Text(last), range)) = self.placed.last_mut()
            && last.is_exact()
            && run.is_exact()
            && last.span.end() == run.span.start()
        {
            last.text.push_str(&run.text);
            last.span = Span::new(last.span.source, last.span.start()..run.span.end());
            range.end = run.span.end();
        } else if !run.text.is_empty() {
            let range = run.span.range();
            self.placed.push((Piece::Text(run), range));
        }
    }

    /// Forgets everything, and keeps the room for the next paragraph.
    pub(super) fn clear(&mut self) {
        self.placed.clear();
        self.comments.clear();
    }

    pub(super) fn is_empty(&self) -> bool {
        self.placed.is_empty() && self.comments.is_empty()
    }

    /// From the first byte of the first piece to the last byte of the last.
    pub(super) fn range(&self) -> Range<usize> {
        let mut ranges = self.placed.iter().map(|(_, range)| range).chain(&self.comments);
        let first = ranges.next().cloned().unwrap_or(0..0);
        ranges.fold(first, |all, range| all.start.min(range.start)..all.end.max(range.end))
    }

    /// Tells of one byte after another, in the order of the text, whether plain words stand there: not emphasis, code or
    /// a link.
    pub(super) fn words_at(&self) -> impl FnMut(usize) -> bool {
        let texts = self.placed.iter().filter(|(piece, _)| matches!(piece, Piece::Text(_)));
        let mut texts = texts.map(|(_, range)| range).peekable();
        move |at| {
            while texts.peek().is_some_and(|range| range.end <= at) {
                texts.next();
            }
            texts.peek().is_some_and(|range| range.contains(&at))
        }
    }

    pub(super) fn pieces(&self) -> impl Iterator<Item = (&Piece, &Range<usize>)> {
        self.placed.iter().map(|(piece, range)| (piece, range))
    }

    /// The lines of a paragraph in the source, without what stands before them in quotes and lists.
    pub(super) fn lines<'a>(&self, source: SourceId, text: &'a str, heading: bool) -> Lines<'a> {
        let all = self.range();
        let mut lines = Vec::new();
        let mut opaque: Vec<Range<usize>> = Vec::new();
        let mut start = all.start;
        let mut begun = true;
        for (piece, range) in self.pieces() {
            if !begun {
                let after = lines.last().map_or(all.start, |line: &Range<usize>| line.end);
                let comment = self.comments().iter().find(|comment| comment.start >= after);
                start = comment.map_or(range.start, |comment| comment.start.min(range.start));
                begun = true;
            }
            match piece {
                Piece::SoftBreak | Piece::HardBreak => {
                    lines.push(start..range.start.max(start));
                    begun = false;
                }
                Piece::Code(_) => opaque.push(range.clone()),
                _ => {}
            }
        }
        let last =
            if begun { start } else { self.comments().last().map_or(all.end, |comment| comment.start) };
        lines.push(last..all.end.max(last));
        opaque.extend(self.comments().iter().cloned());
        opaque.sort_by_key(|range| range.start);
        Lines { source, text, lines, opaque, heading }
    }

    /// Everything, as prose.
    pub(super) fn into_prose(self) -> Prose {
        let mut pieces = Vec::with_capacity(self.placed.len());
        pieces.extend(self.placed.into_iter().map(|(piece, _)| piece));
        Prose { pieces: pieces.into() }
    }

    /// Everything, as prose of this shape.
    pub(super) fn into_shaped(self, shape: Shape) -> Prose {
        let mut pieces = Vec::with_capacity(self.placed.len() + 2);
        pieces.push(Piece::Open(shape));
        pieces.extend(self.placed.into_iter().map(|(piece, _)| piece));
        pieces.push(Piece::Close);
        Prose { pieces: pieces.into() }
    }

    /// What stands in `from..to` and in none of the holes (which are in order), with openings and
    /// closings paired, and without breaks and spaces at either end.
    pub(super) fn cut(&self, from: usize, to: usize, holes: &[Range<usize>]) -> Prose {
        let mut pieces = Vec::with_capacity(self.placed.len());
        // For every opening met and not yet closed: whether it was kept.
        let mut kept: Vec<bool> = Vec::new();
        for (piece, range) in &self.placed {
            match piece {
                Piece::Open(_) => {
                    let keep = range.start < to && range.end > from;
                    if keep {
                        pieces.push(piece.clone());
                    }
                    kept.push(keep);
                }
                Piece::Close => {
                    if kept.pop() == Some(true) {
                        pieces.push(Piece::Close);
                    }
                }
                Piece::Text(run) if run.is_exact() => {
                    each_outside(range.clone(), from, to, holes, |part| {
                        let text = run.text[part.start - range.start..part.end - range.start].to_owned();
                        pieces.push(Piece::Text(Run { text, span: Span::new(run.span.source, part) }));
                    });
                }
                _ => {
                    let hidden = holes.iter().any(|hole| hole.contains(&range.start));
                    if range.start >= from && range.start < to && !hidden {
                        pieces.push(piece.clone());
                    }
                }
            }
        }
        trim(&mut pieces);
        Prose { pieces: pieces.into() }
    }
}

/// Calls `act` with the parts of `range` that lie in `from..to` and in none of the holes.
fn each_outside(
    range: Range<usize>,
    from: usize,
    to: usize,
    holes: &[Range<usize>],
    mut act: impl FnMut(Range<usize>),
) {
    let mut start = range.start.max(from);
    let end = range.end.min(to);
    for hole in holes {
        if hole.start < end && hole.end > start {
            if hole.start > start {
                act(start..hole.start);
            }
            start = hole.end;
        }
    }
    if start < end {
        act(start..end);
    }
}

/// Drops spaces and breaks at both ends, and emphasis that has nothing left inside.
fn trim(pieces: &mut Vec<Piece>) {
    let is_blank = |piece: &Piece| match piece {
        Piece::SoftBreak | Piece::HardBreak => true,
        Piece::Text(run) => run.text.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')),
        _ => false,
    };
    loop {
        match pieces.as_slice() {
            [.., last] if is_blank(last) => {
                pieces.pop();
            }
            [.., Piece::Open(shape), Piece::Close] if !matches!(shape, super::Shape::Image { .. }) => {
                pieces.truncate(pieces.len() - 2);
            }
            _ => break,
        }
    }
    let blank = pieces.iter().take_while(|piece| is_blank(piece)).count();
    if blank > 0 {
        pieces.drain(..blank);
    }
    if let Some(Piece::Text(run)) = pieces.last_mut() {
        let length = run.text.trim_end_matches([' ', '\t']).len();
        if run.is_exact() {
            run.span = run.span.part(0..length);
        }
        run.text.truncate(length);
    }
    if let Some(Piece::Text(run)) = pieces.first_mut() {
        let spaces = run.text.len() - run.text.trim_start_matches([' ', '\t']).len();
        if run.is_exact() {
            run.span = run.span.part(spaces..run.span.len());
        }
        if spaces > 0 {
            run.text.drain(..spaces);
        }
    }
}
