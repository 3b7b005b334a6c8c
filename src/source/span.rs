//! Where something stands: a byte range of one source file.
//!
//! Spans are cheap to copy, order by file and place in the text, and always lie on character
//! borders, because every stage takes them from parsed text.

use std::ops::Range;

super::id! {
    /// Names one file of [`super::Sources`].
    SourceId;
}

/// A byte range of one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub source: SourceId,
    start: u32,
    end: u32,
}

impl Span {
    /// The bytes `range` of `source`; files are at most 512 MB, so 32 bits hold every offset.
    #[must_use]
    pub fn new(source: SourceId, range: Range<usize>) -> Self {
        let clamp = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { source, start: clamp(range.start), end: clamp(range.end.max(range.start)) }
    }

    /// First byte.
    #[must_use]
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// Byte after the last.
    #[must_use]
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// As a range, to slice text with.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        self.end() - self.start()
    }

    /// Whether it covers nothing.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// From the beginning of this span to the end of another one in the same file.
    #[must_use]
    pub fn to(self, last: Self) -> Self {
        Self::new(self.source, self.start()..last.end())
    }

    /// A part of this span, counted from its start.
    #[must_use]
    pub fn part(self, range: Range<usize>) -> Self {
        Self::new(self.source, self.start() + range.start..(self.start() + range.end).min(self.end()))
    }
}
