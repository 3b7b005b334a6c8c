//! JSON with a line for each value, two blanks further in for each level: as `serde_json` writes it when it shall be
//! read by people.
//!
//! That puts down every level of every line by itself, and a plan has tens of thousands of lines.

use std::io::{Result, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

/// Appends a value.
pub(super) fn write(value: &impl Serialize, to: &mut Vec<u8>) {
    // Nothing of ours has keys that are no texts, and memory never refuses.
    let _ = value.serialize(&mut Serializer::with_formatter(to, Lines::default()));
}

/// What goes before a value that is not the first: longer than any line of ours is indented.
const BREAK: &[u8] = b",\n                                        ";

/// Where one is.
#[derive(Default)]
struct Lines {
    /// How many lists and objects are open.
    depth: usize,
    /// Whether the last of them that was opened or closed has something in it.
    has_value: bool,
}

impl Lines {
    fn open(&mut self, to: &mut (impl Write + ?Sized), bracket: &[u8]) -> Result<()> {
        self.depth += 1;
        self.has_value = false;
        to.write_all(bracket)
    }

    fn close(&mut self, to: &mut (impl Write + ?Sized), bracket: &[u8]) -> Result<()> {
        self.depth -= 1;
        if self.has_value {
            self.new_line(to, true)?;
        }
        to.write_all(bracket)
    }

    fn new_line(&self, to: &mut (impl Write + ?Sized), first: bool) -> Result<()> {
        let end = BREAK.len().min(2 + 2 * self.depth);
        to.write_all(&BREAK[usize::from(first)..end])?;
        (end..2 + 2 * self.depth).try_for_each(|_| to.write_all(b" "))
    }
}

impl Formatter for Lines {
    fn begin_array<W: Write + ?Sized>(&mut self, to: &mut W) -> Result<()> {
        self.open(to, b"[")
    }

    fn end_array<W: Write + ?Sized>(&mut self, to: &mut W) -> Result<()> {
        self.close(to, b"]")
    }

    fn begin_array_value<W: Write + ?Sized>(&mut self, to: &mut W, first: bool) -> Result<()> {
        self.new_line(to, first)
    }

    fn end_array_value<W: Write + ?Sized>(&mut self, _: &mut W) -> Result<()> {
        self.has_value = true;
        Ok(())
    }

    fn begin_object<W: Write + ?Sized>(&mut self, to: &mut W) -> Result<()> {
        self.open(to, b"{")
    }

    fn end_object<W: Write + ?Sized>(&mut self, to: &mut W) -> Result<()> {
        self.close(to, b"}")
    }

    fn begin_object_key<W: Write + ?Sized>(&mut self, to: &mut W, first: bool) -> Result<()> {
        self.new_line(to, first)
    }

    fn begin_object_value<W: Write + ?Sized>(&mut self, to: &mut W) -> Result<()> {
        to.write_all(b": ")
    }

    fn end_object_value<W: Write + ?Sized>(&mut self, _: &mut W) -> Result<()> {
        self.has_value = true;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_those_of_the_library() {
        let mut deep = serde_json::json!([]);
        for level in 0..30 {
            deep = serde_json::json!({ "level": level, "none": {}, "inside": [deep, [], "a\nb"] });
        }
        let mut text = Vec::new();
        write(&deep, &mut text);
        assert_eq!(String::from_utf8(text).ok(), serde_json::to_string_pretty(&deep).ok());
    }
}
