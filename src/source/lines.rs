//! Byte offsets become lines and columns.
//!
//! A line may be as long as the file, and have a mistake at every word: to count its columns characters are counted once.
//!
//! Lines end at `\n`, `\r\n` or a lone `\r`, as CommonMark has it. Built once a file, when the
//! first diagnostic asks.

/// A place for people: both numbers from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// After so many bytes it is noted how many characters there were.
const BLOCK: usize = 128;

#[derive(Debug)]
pub(super) struct LineIndex {
    starts: Vec<u32>,
    /// How many characters begin before each block.
    characters: Vec<u32>,
}

impl LineIndex {
    pub(super) fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        let mut start_after = |at| starts.push(u32::try_from(at + 1).unwrap_or(u32::MAX));
        if text.contains('\r') {
            for (at, &byte) in bytes.iter().enumerate() {
                if byte == b'\n' || (byte == b'\r' && bytes.get(at + 1) != Some(&b'\n')) {
                    start_after(at);
                }
            }
        } else {
            // One letter alone is found several times as fast.
            text.match_indices('\n').for_each(|(at, _)| start_after(at));
        }
        let mut count = 0;
        let mut characters = Vec::with_capacity(bytes.len() / BLOCK + 1);
        for block in bytes.chunks(BLOCK) {
            characters.push(u32::try_from(count).unwrap_or(u32::MAX));
            count += beginnings(block);
        }
        Self { starts, characters }
    }

    /// Of the line in which an offset lies: its number from 0, where it begins, and where the next one does.
    pub(super) fn line(&self, text: &str, offset: usize) -> (usize, std::ops::Range<usize>) {
        let line = self.starts.partition_point(|&start| start as usize <= offset) - 1;
        (line, self.starts[line] as usize..self.start(line + 1).unwrap_or(text.len()))
    }

    /// How many characters begin before an offset.
    fn characters_before(&self, text: &str, offset: usize) -> usize {
        let block = (offset / BLOCK).min(self.characters.len().saturating_sub(1));
        let before = self.characters.get(block).map_or(0, |&count| count as usize);
        before + beginnings(&text.as_bytes()[block * BLOCK..offset])
    }

    /// Where a line begins, counted from 0.
    pub(super) fn start(&self, line: usize) -> Option<usize> {
        self.starts.get(line).map(|&start| start as usize)
    }

    pub(super) fn position(&self, text: &str, offset: usize) -> Position {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let (line, range) = self.line(text, offset);
        let column = self.characters_before(text, offset) - self.characters_before(text, range.start);
        Position { line: line + 1, column: column + 1 }
    }
}

/// How many characters begin in these bytes.
fn beginnings(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xc0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_end_counts_once() {
        let text = "a\nb\r\nc\rdä!";
        let index = LineIndex::new(text);
        let at = |offset| {
            let found = index.position(text, offset);
            (found.line, found.column)
        };
        assert_eq!(at(0), (1, 1));
        assert_eq!(at(2), (2, 1));
        assert_eq!(at(5), (3, 1));
        assert_eq!(at(7), (4, 1));
        assert_eq!(at(10), (4, 3));
        assert_eq!(at(999), (4, 4));
    }

    #[test]
    fn columns_of_a_long_line_are_counted_in_blocks() {
        let text = format!("first\n{}\nlast", "äb\u{1f600}".repeat(2000));
        let index = LineIndex::new(&text);
        for (offset, _) in text.char_indices() {
            let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
            let column = text[start..offset].chars().count() + 1;
            assert_eq!(index.position(&text, offset).column, column, "{offset}");
        }
        assert_eq!(LineIndex::new("").position("", 0), Position { line: 1, column: 1 });
    }
}
