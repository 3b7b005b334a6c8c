//! A PDF as browsers print it, taken apart: its objects by number, and the way to its pages.
//!
//! Chromium and its kin write the plain form of PDF 1.4: one table of places, objects one after another. What
//! is of another form, or is cut off, is refused with the reason.

use std::collections::BTreeMap;

use super::tokens::{Placed, Token, tokens, value};

/// A PDF.
#[derive(Debug)]
pub(super) struct Document {
    bytes: Vec<u8>,
    objects: BTreeMap<u32, Object>,
    /// The object from which all others are reached.
    pub(super) catalog: u32,
    /// Title and the like.
    pub(super) info: Option<u32>,
}

/// An object.
#[derive(Debug)]
pub(super) struct Object {
    /// Where its words begin.
    from: usize,
    /// Its words, placed from `from` on.
    pub(super) tokens: Vec<Placed>,
    /// Where the words end, and its stream, if it has one, lies.
    stream: Option<std::ops::Range<usize>>,
}

/// An object with its bytes.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    /// The bytes in which its words have their places.
    pub(super) bytes: &'a [u8],
    /// Its words.
    pub(super) tokens: &'a [Placed],
    /// The stream, from its keyword to its end.
    pub(super) stream: Option<&'a [u8]>,
}

impl Document {
    /// Takes a PDF apart.
    pub(super) fn read(bytes: Vec<u8>) -> Result<Self, String> {
        if !bytes.starts_with(b"%PDF-") {
            return Err("it does not begin like one".to_owned());
        }
        if !bytes.trim_ascii_end().ends_with(b"%%EOF") {
            return Err("its end is missing".to_owned());
        }
        let broken = || "it is of a form that browsers do not print".to_owned();
        let (places, trailer) = table(&bytes).ok_or_else(broken)?;
        let reference = |name: &[u8]| match value(trailer.0, &trailer.1, name) {
            Some([(Token::Reference(number), _)]) => Some(*number),
            _ => None,
        };
        let (catalog, info) = (reference(b"/Root").ok_or_else(broken)?, reference(b"/Info"));
        let mut objects = BTreeMap::new();
        for (&number, &place) in &places {
            objects.insert(number, object(&bytes, number, place, &places).ok_or_else(broken)?);
        }
        let document = Self { bytes, objects, catalog, info };
        document.first_page().ok_or_else(|| "it has no page".to_owned())?;
        Ok(document)
    }

    /// The numbers of its objects.
    pub(super) fn numbers(&self) -> impl Iterator<Item = u32> {
        self.objects.keys().copied()
    }

    /// An object; an empty one where there is none.
    pub(super) fn object(&self, number: u32) -> View<'_> {
        match self.objects.get(&number) {
            Some(object) => View {
                bytes: &self.bytes[object.from..],
                tokens: &object.tokens,
                stream: object.stream.clone().map(|range| &self.bytes[range]),
            },
            None => View { bytes: &[], tokens: &[], stream: None },
        }
    }

    /// The object that a dictionary names.
    pub(super) fn follow(&self, number: u32, name: &[u8]) -> Option<u32> {
        let object = self.object(number);
        match value(object.bytes, object.tokens, name)? {
            [(Token::Reference(number), _)] => Some(*number),
            _ => None,
        }
    }

    /// The objects that a list in a dictionary names.
    pub(super) fn list(&self, number: u32, name: &[u8]) -> Vec<u32> {
        let object = self.object(number);
        let words = value(object.bytes, object.tokens, name).unwrap_or_default();
        let numbers = words.iter().filter_map(|(token, _)| match token {
            Token::Reference(number) => Some(*number),
            _ => None,
        });
        numbers.collect()
    }

    /// The words of a value in a dictionary, as they are written.
    pub(super) fn written(&self, number: u32, name: &[u8]) -> Option<&[u8]> {
        let object = self.object(number);
        let words = value(object.bytes, object.tokens, name)?;
        Some(&object.bytes[words.first()?.1.start..words.last()?.1.end])
    }

    /// The object of its first page.
    pub(super) fn first_page(&self) -> Option<u32> {
        let mut at = self.follow(self.catalog, b"/Pages")?;
        // A tree of pages is shallow; a circle is no tree.
        for _ in 0..64 {
            match self.list(at, b"/Kids").first() {
                Some(first) => at = *first,
                None => return (self.written(at, b"/Type")? == b"/Page").then_some(at),
            }
        }
        None
    }
}

/// Where each object begins, and the words that close the table.
type Table<'a> = (BTreeMap<u32, usize>, (&'a [u8], Vec<Placed>));

fn table(bytes: &[u8]) -> Option<Table<'_>> {
    let mark = b"startxref";
    let last = bytes.windows(mark.len()).rposition(|window| window == mark)?;
    let from: usize = number(bytes.get(last + mark.len()..)?)?.0;
    let mut rest = bytes.get(from..)?.strip_prefix(b"xref")?;
    let mut places = BTreeMap::new();
    while let Some((first, length)) = number(rest) {
        let (count, more) = number(&rest[length..])?;
        rest = &rest[length + more..];
        for index in 0..count {
            let (place, one) = number(rest)?;
            let (_, two) = number(&rest[one..])?;
            let kind = rest[one + two..].trim_ascii_start();
            match kind.first()? {
                b'n' => drop(places.insert(u32::try_from(first + index).ok()?, place)),
                b'f' => {}
                _ => return None,
            }
            rest = &kind[1..];
        }
    }
    let trailer = rest.trim_ascii_start().strip_prefix(b"trailer")?;
    Some((places, (trailer, tokens(trailer)?)))
}

/// The number with which bytes begin after blanks, and how far it goes.
fn number(bytes: &[u8]) -> Option<(usize, usize)> {
    let blank = bytes.len() - bytes.trim_ascii_start().len();
    let digits = bytes[blank..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let number = std::str::from_utf8(&bytes[blank..blank + digits]).ok()?.parse().ok()?;
    Some((number, blank + digits))
}

fn object(bytes: &[u8], wanted: u32, place: usize, places: &BTreeMap<u32, usize>) -> Option<Object> {
    let (name, one) = number(bytes.get(place..)?)?;
    let (_, two) = number(&bytes[place + one..])?;
    let rest = bytes[place + one + two..].trim_ascii_start().strip_prefix(b"obj")?;
    let from = bytes.len() - rest.len();
    let tokens = tokens(rest)?;
    let end = from + tokens.last().map_or(0, |(_, range)| range.end);
    let after = bytes.get(end..)?.trim_ascii_start();
    let at = bytes.len() - after.len();
    let stream = match after.strip_prefix(b"stream") {
        Some(data) => {
            let begins = if data.starts_with(b"\r\n") { 2 } else { 1 };
            let length = length(bytes, rest, &tokens, places)?;
            let data_end = at + b"stream".len() + begins + length;
            let closing = bytes.get(data_end..)?;
            let blank = closing.len() - closing.trim_ascii_start().len();
            closing.trim_ascii_start().starts_with(b"endstream").then_some(())?;
            Some(at..data_end + blank + b"endstream".len())
        }
        None => None,
    };
    (u32::try_from(name) == Ok(wanted)).then_some(Object { from, tokens, stream })
}

/// How long a stream is: written with it, or in an object of its own.
fn length(bytes: &[u8], body: &[u8], words: &[Placed], places: &BTreeMap<u32, usize>) -> Option<usize> {
    match value(body, words, b"/Length")? {
        [(Token::Whole(length), _)] => usize::try_from(*length).ok(),
        [(Token::Reference(number), _)] => {
            let rest = bytes.get(*places.get(number)?..)?;
            let from = rest.windows(3).position(|window| window == b"obj")? + 3;
            self::number(&rest[from..]).map(|(length, _)| length)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_whole_pdf_is_refused_with_the_reason() {
        let said = |bytes: &[u8]| Document::read(bytes.to_vec()).map(drop).expect_err("it is refused");
        assert_eq!(said(b"<html>"), "it does not begin like one");
        assert_eq!(said(b"%PDF-1.4\n1 0 obj\n<</Type"), "its end is missing");
        assert_eq!(said(b"%PDF-1.4\n%%EOF"), "it is of a form that browsers do not print");
        let empty = b"%PDF-1.4\n1 0 obj\n<</Type /Catalog>>\nendobj\nxref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer\n<</Root 1 0 R>>\nstartxref\n43\n%%EOF\n";
        assert_eq!(said(empty), "it has no page");
    }
}
