//! Several printed PDFs become one, or one is written anew: objects are numbered through, and what a PDF has
//! once for all its pages is made of what the parts had.
//!
//! Promised: the tags of all parts are in it, each with its own keys; with several parts an outline leads to
//! each; no time of printing, and no place on this disk, is in it.

use std::collections::{BTreeMap, BTreeSet};

use super::document::Document;
use super::links::Links;
use super::tokens::Token;
use super::writer::Writer;

/// A printed page.
#[derive(Clone, Copy)]
pub(super) struct Part<'a> {
    pub(super) pdf: &'a Document,
    /// The path of its page.
    pub(super) page: &'a str,
}

/// The objects that a PDF has once: what they are, in the order of their numbers, from 1.
const INFO: u32 = 1;
pub(super) const CATALOG: u32 = 2;
pub(super) const PAGES: u32 = 3;
const TAGS: u32 = 4;
const KEYS_OF_TAGS: u32 = 5;
const NAMES_OF_TAGS: u32 = 6;
const PLACES: u32 = 7;
const OUTLINE: u32 = 8;
/// In a pack, what holds the tags of all parts.
const TOP_TAG: u32 = 9;
/// The first number of the outline's entries.
const FIRST_FREE: u32 = 10;

/// A part with what is known of it.
pub(super) struct Placed<'a> {
    pub(super) part: Part<'a>,
    /// Which part it is.
    pub(super) index: usize,
    /// New numbers by old ones.
    pub(super) numbers: BTreeMap<u32, u32>,
    /// How many keys of tags the parts before it have.
    pub(super) keys_before: i64,
    /// How many it has.
    pub(super) keys: i64,
    /// The roots of its pages, its tags and their keys, and the named places.
    pub(super) pages: Option<u32>,
    tags: Option<u32>,
    pub(super) keys_of_tags: Option<u32>,
    pub(super) places: Option<u32>,
    /// New numbers of tags by the names that were printed.
    pub(super) names: BTreeMap<&'a [u8], u32>,
    /// The objects that hold keys of tags, and not what they are keys of.
    pub(super) key_holders: BTreeSet<u32>,
}

/// Binds the parts into one PDF. With a title it is a pack: links lead to the pages in it.
pub(super) fn bind(parts: &[Part<'_>], title: Option<&str>, links: &Links) -> Vec<u8> {
    let placed = place(parts, title.is_some());
    let mut file = File::default();
    common(&placed, title, &mut file);
    let starts: BTreeMap<&str, u32> = placed
        .iter()
        .filter_map(|one| Some((one.part.page, *one.numbers.get(&one.part.pdf.first_page()?)?)))
        .collect();
    for one in &placed {
        let writer = Writer { one, is_pack: title.is_some(), links, starts: &starts };
        for (&old, &new) in &one.numbers {
            if Some(old) != one.tags {
                file.add(new, writer.object(old), one.part.pdf.object(old).stream);
            }
        }
    }
    file.finish()
}

fn place<'a>(parts: &[Part<'a>], is_pack: bool) -> Vec<Placed<'a>> {
    let mut next = FIRST_FREE + if is_pack { u32::try_from(parts.len()).unwrap_or(0) } else { 0 };
    let mut keys_before = 0;
    let mut all = Vec::new();
    for (index, &part) in parts.iter().enumerate() {
        let pdf = part.pdf;
        let tags = pdf.follow(pdf.catalog, b"/StructTreeRoot");
        let of_tags = |name: &[u8]| tags.and_then(|tags| pdf.follow(tags, name));
        let places = pdf.follow(pdf.catalog, b"/Dests");
        let tree_of_names = holders(pdf, of_tags(b"/IDTree"));
        let mut numbers = BTreeMap::new();
        for old in pdf.numbers() {
            let is_common = old == pdf.catalog || Some(old) == pdf.info || Some(old) == places;
            if is_common || tree_of_names.contains(&old) {
                continue;
            }
            if Some(old) == tags {
                numbers.insert(old, if is_pack { TOP_TAG } else { TAGS });
            } else {
                numbers.insert(old, next);
                next += 1;
            }
        }
        let written = tags.and_then(|tags| pdf.written(tags, b"/ParentTreeNextKey"));
        let keys = written.and_then(|keys| std::str::from_utf8(keys).ok()?.parse().ok()).unwrap_or(0);
        let keys_of_tags = of_tags(b"/ParentTree");
        let names = named(pdf, &tree_of_names).into_iter();
        let names = names.filter_map(|(name, tag)| Some((name, *numbers.get(&tag)?))).collect();
        all.push(Placed {
            part,
            index,
            numbers,
            keys_before,
            keys,
            pages: pdf.follow(pdf.catalog, b"/Pages"),
            tags,
            keys_of_tags,
            places,
            names,
            key_holders: holders(pdf, keys_of_tags),
        });
        keys_before += keys;
    }
    all
}

/// The objects of a tree, by its root.
fn holders(pdf: &Document, root: Option<u32>) -> BTreeSet<u32> {
    let mut found = BTreeSet::new();
    let mut open: Vec<u32> = root.into_iter().collect();
    while let Some(one) = open.pop() {
        if found.insert(one) {
            open.extend(pdf.list(one, b"/Kids"));
        }
    }
    found
}

/// What the names of a tree lead to.
fn named<'a>(pdf: &'a Document, tree: &BTreeSet<u32>) -> Vec<(&'a [u8], u32)> {
    let mut found = Vec::new();
    for object in tree.iter().map(|holder| pdf.object(*holder)) {
        found.extend(object.tokens.windows(2).filter_map(|pair| match pair {
            [(Token::Text, text), (Token::Reference(tag), _)] => Some((&object.bytes[text.clone()], *tag)),
            _ => None,
        }));
    }
    found
}

/// The name of the tag that has this number in the new PDF.
pub(super) fn name_of_tag(number: u32) -> String {
    format!("(tag{number:08})")
}

/// Writes what the PDF has once.
fn common(placed: &[Placed<'_>], title: Option<&str>, file: &mut File) {
    let first = placed.first().map(|one| one.part.pdf);
    let of_info = |name: &[u8]| first.and_then(|pdf| pdf.written(pdf.info?, name));
    let of_catalog = |name: &[u8]| first.and_then(|pdf| pdf.written(pdf.catalog, name));
    let is_pack = title.is_some();
    let title = title.map(text_string);
    let title = title.as_deref().or(of_info(b"/Title")).unwrap_or(b"()");
    let mut info = [b"<</Title ", title, b"\n/Creator (tminus)"].concat();
    if let Some(producer) = of_info(b"/Producer") {
        info.extend([b"\n/Producer ", producer].concat());
    }
    file.add(INFO, [&info[..], b">>"].concat(), None);
    let number = |one: &Placed<'_>, old: Option<u32>| old.and_then(|old| one.numbers.get(&old)).copied();
    let all =
        |of: fn(&Placed<'_>) -> Option<u32>| placed.iter().filter_map(|one| number(one, of(one))).collect();
    let pages: Vec<u32> = all(|one| one.pages);
    let count: i64 =
        placed.iter().filter_map(|one| whole(one.part.pdf.written(one.pages?, b"/Count")?)).sum();
    file.add(PAGES, format!("<</Type /Pages\n/Count {count}\n/Kids {}>>", list(&pages)).into(), None);
    let top: Vec<u32> = placed
        .iter()
        .flat_map(|one| {
            one.tags
                .map(|tags| one.part.pdf.list(tags, b"/K"))
                .unwrap_or_default()
                .into_iter()
                .filter_map(|old| number(one, Some(old)))
        })
        .collect();
    let keys: Vec<u32> = all(|one| one.keys_of_tags);
    let next: i64 = placed.iter().map(|one| one.keys).sum();
    let top = if is_pack {
        let tag = format!("<</Type /StructElem\n/S /Document\n/P {TAGS} 0 R\n/K {}>>", list(&top));
        file.add(TOP_TAG, tag.into(), None);
        vec![TOP_TAG]
    } else {
        top
    };
    let mut tags = format!(
        "<</Type /StructTreeRoot\n/K {}\n/ParentTreeNextKey {next}\n/ParentTree {KEYS_OF_TAGS} 0 R",
        list(&top)
    );
    let named: BTreeSet<u32> = placed.iter().flat_map(|one| one.names.values().copied()).collect();
    if !named.is_empty() {
        tags.push_str(&format!("\n/IDTree {NAMES_OF_TAGS} 0 R"));
        let names: Vec<String> = named.iter().map(|tag| format!("{} {tag} 0 R", name_of_tag(*tag))).collect();
        file.add(NAMES_OF_TAGS, format!("<</Names [{}]>>", names.join("\n")).into(), None);
    }
    file.add(TAGS, format!("{tags}>>").into(), None);
    file.add(KEYS_OF_TAGS, format!("<</Kids {}>>", list(&keys)).into(), None);
    let mut catalog = format!(
        "<</Type /Catalog\n/Pages {PAGES} 0 R\n/MarkInfo <</Marked true>>\n/StructTreeRoot {TAGS} 0 R\n\
         /ViewerPreferences <</DisplayDocTitle true>>\n/Lang "
    )
    .into_bytes();
    catalog.extend(of_catalog(b"/Lang").unwrap_or(b"(en)"));
    if placed.iter().any(|one| one.places.is_some()) {
        catalog.extend(format!("\n/Dests {PLACES} 0 R").bytes());
        file.add(PLACES, places(placed), None);
    }
    if placed.len() > 1 {
        catalog.extend(format!("\n/Outlines {OUTLINE} 0 R\n/PageMode /UseOutlines").bytes());
        outline(placed, file);
    }
    catalog.extend(b">>");
    file.add(CATALOG, catalog, None);
}

/// The named places of all parts.
fn places(placed: &[Placed<'_>]) -> Vec<u8> {
    let mut all = b"<<".to_vec();
    for one in placed {
        let Some(places) = one.places else { continue };
        let object = one.part.pdf.object(places);
        let starts = BTreeMap::new();
        let links = Links::new(std::path::Path::new(""), std::iter::empty());
        let writer = Writer { one, is_pack: true, links: &links, starts: &starts };
        let text = writer.words(object, places);
        all.extend(
            text.trim_ascii().strip_prefix(b"<<").and_then(|text| text.strip_suffix(b">>")).unwrap_or(b""),
        );
        all.push(b'\n');
    }
    all.extend(b">>");
    all
}

/// An entry a part, by the part's title.
fn outline(placed: &[Placed<'_>], file: &mut File) {
    let entry = |index: usize| FIRST_FREE + u32::try_from(index).unwrap_or(0);
    let last = entry(placed.len() - 1);
    let root =
        format!("<</Type /Outlines\n/First {FIRST_FREE} 0 R\n/Last {last} 0 R\n/Count {}>>", placed.len());
    file.add(OUTLINE, root.into(), None);
    for (index, one) in placed.iter().enumerate() {
        let pdf = one.part.pdf;
        let title = pdf.info.and_then(|info| pdf.written(info, b"/Title")).unwrap_or(b"()");
        let page = pdf.first_page().and_then(|page| one.numbers.get(&page)).copied().unwrap_or(PAGES);
        let mut text = [b"<</Title ", title].concat();
        text.extend(format!("\n/Parent {OUTLINE} 0 R\n/Dest [{page} 0 R /Fit]").bytes());
        if index > 0 {
            text.extend(format!("\n/Prev {} 0 R", entry(index - 1)).bytes());
        }
        if index + 1 < placed.len() {
            text.extend(format!("\n/Next {} 0 R", entry(index + 1)).bytes());
        }
        text.extend(b">>");
        file.add(entry(index), text, None);
    }
}

fn whole(written: &[u8]) -> Option<i64> {
    std::str::from_utf8(written).ok()?.parse().ok()
}

fn list(numbers: &[u32]) -> String {
    let references: Vec<String> = numbers.iter().map(|number| format!("{number} 0 R")).collect();
    format!("[{}]", references.join(" "))
}

/// A text of any letters, as PDF has it: UTF-16 in hexadecimal.
fn text_string(text: &str) -> Vec<u8> {
    let digits: String = text.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
    format!("<FEFF{digits}>").into_bytes()
}

/// A PDF that is being written.
#[derive(Default)]
struct File {
    objects: BTreeMap<u32, Vec<u8>>,
}

impl File {
    fn add(&mut self, number: u32, words: Vec<u8>, stream: Option<&[u8]>) {
        let stream = stream.map(|stream| [b"\n", stream].concat()).unwrap_or_default();
        let text = [format!("{number} 0 obj\n").as_bytes(), &words, &stream, b"\nendobj\n"].concat();
        self.objects.insert(number, text);
    }

    fn finish(self) -> Vec<u8> {
        let mut bytes = b"%PDF-1.7\n%\xd3\xeb\xe9\xe1\n".to_vec();
        let last = self.objects.keys().last().copied().unwrap_or(0);
        let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", last + 1);
        for number in 1..=last {
            match self.objects.get(&number) {
                Some(text) => {
                    table.push_str(&format!("{:010} 00000 n \n", bytes.len()));
                    bytes.extend(text);
                }
                None => table.push_str("0000000000 65535 f \n"),
            }
        }
        let place = bytes.len();
        bytes.extend(table.bytes());
        bytes.extend(
            format!(
                "trailer\n<</Size {}\n/Root {CATALOG} 0 R\n/Info {INFO} 0 R>>\nstartxref\n{place}\n%%EOF\n",
                last + 1
            )
            .bytes(),
        );
        bytes
    }
}
