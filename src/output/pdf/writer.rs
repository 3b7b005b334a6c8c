//! A part's objects are written anew: with the numbers they have in the new PDF, and with keys and names of
//! their own where parts would have the same.
//!
//! Nothing else of an object is touched, byte for byte.

use std::collections::BTreeMap;

use super::bind::{CATALOG, PAGES, Placed, name_of_tag};
use super::document::View;
use super::links::Links;
use super::tokens::{self, Token, value, value_end};

/// Writes a part's objects with their new numbers.
pub(super) struct Writer<'a> {
    pub(super) one: &'a Placed<'a>,
    pub(super) is_pack: bool,
    pub(super) links: &'a Links,
    /// The first sheet of each page.
    pub(super) starts: &'a BTreeMap<&'a str, u32>,
}

impl Writer<'_> {
    /// An object with what the new PDF asks of it besides.
    pub(super) fn object(&self, old: u32) -> Vec<u8> {
        let one = self.one;
        let text = self.words(one.part.pdf.object(old), old);
        let more = if Some(old) == one.pages {
            format!("/Parent {PAGES} 0 R\n")
        } else if Some(old) == one.keys_of_tags {
            format!("/Limits [{} {}]\n", one.keys_before, one.keys_before + one.keys - 1)
        } else {
            return text;
        };
        let rest = text.strip_prefix(b"<<").unwrap_or(&text);
        [b"<<", more.as_bytes(), rest].concat()
    }

    /// Parts name their tags alike, and a browser counts them as it comes to them: here the name of a tag is its number.
    fn name_of_tag(&self, text: &[u8]) -> Option<Vec<u8>> {
        self.one.names.get(text).map(|number| name_of_tag(*number).into_bytes())
    }

    /// The words of an object, with everything that is numbered or named changed as it has to be.
    pub(super) fn words(&self, object: View<'_>, old: u32) -> Vec<u8> {
        let View { bytes, tokens, .. } = object;
        let one = self.one;
        let holds_keys = one.key_holders.contains(&old);
        let holds_places = one.places == Some(old);
        let mut text = Vec::with_capacity(tokens.last().map_or(0, |(_, range)| range.end) + 32);
        let mut copied = tokens.first().map_or(0, |(_, range)| range.start);
        // The name before a value, and how deep it stands.
        let mut name: &[u8] = b"";
        let mut depth = 0;
        let mut at = 0;
        while let Some((token, range)) = tokens.get(at) {
            let word = &bytes[range.clone()];
            let mut end = range.end;
            let new: Option<Vec<u8>> = match token {
                Token::Open => {
                    depth += 1;
                    self.link(bytes, &tokens[at..]).map(|(new, last)| {
                        end = last;
                        new
                    })
                }
                Token::Close => {
                    depth -= 1;
                    None
                }
                Token::Reference(old) => {
                    Some(format!("{} 0 R", one.numbers.get(old).copied().unwrap_or(CATALOG)).into())
                }
                Token::Whole(key) if holds_keys || matches!(name, b"/StructParent" | b"/StructParents") => {
                    Some((key + one.keys_before).to_string().into())
                }
                Token::Text if matches!(name, b"/ID" | b"/Headers") => self.name_of_tag(word),
                Token::Text if name == b"/URI" => self.address(word),
                Token::Name if name == b"/Dest" || (holds_places && depth == 1) => {
                    Some([format!("/{:04}", one.index).as_bytes(), &word[1..]].concat())
                }
                _ => None,
            };
            if *token == Token::Name {
                name = if name == b"/Dest" { b"" } else { word };
            }
            if let Some(new) = new {
                text.extend_from_slice(&bytes[copied..range.start]);
                text.extend(new);
                copied = end;
            }
            at += 1;
            while tokens.get(at).is_some_and(|(_, range)| range.end <= copied) {
                at += 1;
                depth = if tokens[at - 1].0 == Token::Close { depth - 1 } else { depth };
            }
        }
        let end = tokens.last().map_or(copied, |(_, range)| range.end);
        text.extend_from_slice(&bytes[copied..end]);
        text
    }

    /// In a pack: a link to a page that is in it, as a way to its first sheet; where what it replaces ends.
    fn link(&self, bytes: &[u8], tokens: &[tokens::Placed]) -> Option<(Vec<u8>, usize)> {
        let whole = &tokens[..value_end(tokens, 0)];
        let is_link = value(bytes, whole, b"/S")
            .is_some_and(|value| value.len() == 1 && &bytes[value[0].1.clone()] == b"/URI");
        let [(Token::Text, range)] = value(bytes, whole, b"/URI").filter(|_| is_link && self.is_pack)? else {
            return None;
        };
        let page = self.links.page(&plain(&bytes[range.clone()])?)?;
        let sheet = self.starts.get(page)?;
        Some((format!("<</S /GoTo\n/D [{sheet} 0 R /Fit]>>").into(), whole.last()?.1.end))
    }

    fn address(&self, word: &[u8]) -> Option<Vec<u8>> {
        let page = if self.is_pack { "index.html" } else { self.one.part.page };
        let address = self.links.from(page, &plain(word)?)?;
        Some(format!("({})", address.replace(['(', ')', '\\'], "")).into())
    }
}

/// The characters of a plain string.
fn plain(word: &[u8]) -> Option<String> {
    let inner = word.strip_prefix(b"(")?.strip_suffix(b")")?;
    String::from_utf8(inner.to_vec()).ok().map(|text| text.replace("\\(", "(").replace("\\)", ")"))
}
