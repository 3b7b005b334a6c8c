//! YAML becomes a tree in which every node knows its place.
//!
//! The one file that names the YAML parser. Scalars stay the text that stands there. The tree is
//! bounded in depth and size whatever the text says; after a mistake of syntax, what was read before
//! it is kept.

use std::collections::HashMap;

use granit_parser::{Event, Parser, ScalarStyle};

use super::yaml_handles::{mask_handles, without_sign};
use super::yaml_list::of_both;
use super::{conflicts, messages, yaml_slip};
use crate::diagnostic::Diagnostic;
use crate::source::{SourceId, Sources, Span};

/// How deep a tree may be.
const DEEPEST: usize = 24;
/// How many nodes a tree may have, those that aliases repeat included.
const MOST_NODES: usize = 200_000;
/// The largest text that is read as YAML, in bytes: 8 MB.
pub(super) const LARGEST: usize = 8 * 1024 * 1024;

/// A longer key is none to YAML, in letters.
const LONGEST_KEY: usize = 1024;

/// Where YAML stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Home {
    /// At the top of a plan.
    FrontMatter,
    /// In a file of people.
    Roster,
}

impl Home {
    /// As people call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::FrontMatter => "the front matter",
            Self::Roster => "the roster file",
        }
    }
}

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Where.
    pub span: Span,
    /// What.
    pub value: NodeValue,
}

/// What a node is.
#[derive(Debug, Clone, PartialEq)]
pub enum NodeValue {
    /// Nothing is written.
    Empty,
    /// Text, as it stands there.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// Keys with values, in written order.
    Map(Vec<Entry>),
}

/// A key and its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key's text.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// Its value.
    pub value: Node,
}

impl Node {
    /// The text, if it is one.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            NodeValue::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The mark for what is wrong with all of it: a list at its first sign, anything else as a whole.
    #[must_use]
    pub fn beginning(&self) -> Span {
        if matches!(self.value, NodeValue::List(_)) { self.span.part(0..1) } else { self.span }
    }
}

/// Reads a whole file of people as YAML.
#[must_use]
pub fn parse_yaml(source: SourceId, sources: &Sources, diagnostics: &mut Vec<Diagnostic>) -> Node {
    let text = &sources.get(source).text;
    let conflicts = conflicts::find(text);
    diagnostics.extend(conflicts.iter().map(|conflict| messages::conflict(source, conflict)));
    let text = conflicts::first_versions(text, &conflicts);
    yaml_slip::parse(source, &text, 0..text.len(), Home::Roster, diagnostics).0
}

/// Reads a part of a file as YAML; the second value says whether all of it could be read.
pub(super) fn parse(
    source: SourceId,
    text: &str,
    range: std::ops::Range<usize>,
    home: Home,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Node, bool) {
    let offset = range.start;
    let whole = Span::new(source, range.clone());
    let empty = Node { span: whole, value: NodeValue::Empty };
    if range.len() > LARGEST {
        let first = whole.part(0..next_border(&text[range], 1));
        diagnostics.push(messages::yaml_too_much(first, home, "more than 8 MB of text"));
        return (empty, false);
    }
    let (masked, handles) = mask_handles(&text[range]);
    let mut reader = Reader {
        source,
        home,
        text,
        offset,
        handles: &handles,
        stack: Vec::new(),
        anchors: HashMap::new(),
        nodes: 0,
        root: None,
        diagnostics,
    };
    let mut good = true;
    for event in Parser::new_from_str(&masked) {
        let stop = match event {
            Ok((event, span)) => {
                let range = span.byte_range().unwrap_or(0..0);
                reader.event(event, range).err()
            }
            Err(error) => {
                let at = error.marker().byte_offset().unwrap_or(0).min(masked.len());
                let at = previous_char(&masked, at);
                let end = (at + 1).min(masked.len());
                let span = Span::new(source, offset + at..offset + next_border(&masked, end));
                let key = long_key(&masked, at).map(|key| Span::new(source, offset + key..offset + at));
                Some(match key {
                    Some(key) => {
                        messages::key_too_long(key, home, masked[key.start() - offset..at].chars().count())
                    }
                    None => messages::yaml_error(span, home, &plain_error(&error.info())),
                })
            }
        };
        if let Some(diagnostic) = stop {
            reader.diagnostics.push(diagnostic);
            good = false;
            break;
        }
    }
    for &at in &handles {
        let mended = without_sign(&text[offset..], at);
        let start = offset + at;
        let length =
            text[start + 1..].find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_')).unwrap_or(0);
        let span = Span::new(source, start..start + 1 + length);
        reader.diagnostics.push(messages::handle_with_at(span, home, mended));
    }
    (reader.finish().unwrap_or(empty), good)
}

/// Where the word that ends at this byte begins, when it is a key that is longer than YAML lets any be.
fn long_key(text: &str, at: usize) -> Option<usize> {
    let begin =
        text[..at].rfind(|c: char| c.is_whitespace() || "{[,".contains(c)).map_or(0, |before| before + 1);
    (text[at..].starts_with(':') && at - begin > LONGEST_KEY && text.is_char_boundary(begin)).then_some(begin)
}

fn previous_char(text: &str, mut at: usize) -> usize {
    while at > 0
        && (at >= text.len() || !text.is_char_boundary(at) || matches!(text.as_bytes()[at], b'\n' | b'\r'))
    {
        at -= 1;
    }
    at
}

fn next_border(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// The parser's own words, made to read as the end of our sentence.
fn plain_error(info: &str) -> String {
    info.lines().next().unwrap_or("").trim_end_matches('.').to_owned()
}

/// A list or map that is being read.
struct Open {
    start: usize,
    anchor: usize,
    value: NodeValue,
    /// The key that waits for its value.
    key: Option<(String, Span)>,
    /// Which entry of a map each key has.
    keys: HashMap<String, usize>,
}

struct Reader<'a> {
    source: SourceId,
    home: Home,
    text: &'a str,
    offset: usize,
    /// Where an `@` was hidden, counted from the beginning of the YAML.
    handles: &'a [usize],
    stack: Vec<Open>,
    /// What each anchor names, and how many nodes that is.
    anchors: HashMap<usize, (Node, usize)>,
    nodes: usize,
    root: Option<Node>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, range: std::ops::Range<usize>) -> Result<(), Diagnostic> {
        let span = self.span(range.clone());
        match event {
            Event::Scalar(text, style, anchor, _) => {
                let value = self.scalar(&text, style, &range);
                self.count(1, span)?;
                self.put(Node { span, value }, anchor)?;
            }
            Event::SequenceStart(_, anchor, _) => {
                self.open(range.start, anchor, NodeValue::List(Vec::new()))?
            }
            Event::MappingStart(_, anchor, _) => {
                self.open(range.start, anchor, NodeValue::Map(Vec::new()))?
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(range.end)?,
            Event::Alias(id) => {
                let Some((node, size)) = self.anchors.get(&id) else {
                    return Err(messages::yaml_error(span, self.home, "this alias names nothing"));
                };
                let (node, size) = (Node { span, ..node.clone() }, *size);
                self.count(size, span)?;
                self.put(node, 0)?;
            }
            _ => {}
        }
        Ok(())
    }

    fn scalar(&self, text: &str, style: ScalarStyle, range: &std::ops::Range<usize>) -> NodeValue {
        if style != ScalarStyle::Plain {
            return NodeValue::Text(text.to_owned());
        }
        let masked = self.handles.binary_search(&range.start).is_ok();
        let text = if masked { &text[1..] } else { text };
        if text.is_empty() || text == "~" { NodeValue::Empty } else { NodeValue::Text(text.to_owned()) }
    }

    fn span(&self, range: std::ops::Range<usize>) -> Span {
        // A map begins with its first key, whose first letter may be several bytes long.
        let border = |at: usize| {
            let at = (self.offset + at).min(self.text.len());
            (at..=self.text.len()).find(|at| self.text.is_char_boundary(*at)).unwrap_or(self.text.len())
        };
        let end = border(range.end);
        let start = border(range.start).min(end);
        // A block list or map ends where the next line begins.
        let trimmed = self.text[start..end].trim_end().len();
        Span::new(self.source, start..start + trimmed)
    }

    fn count(&mut self, nodes: usize, span: Span) -> Result<(), Diagnostic> {
        self.nodes += nodes;
        if self.nodes > MOST_NODES {
            return Err(messages::yaml_too_much(
                span,
                self.home,
                "more than 200,000 values, those that aliases repeat included",
            ));
        }
        Ok(())
    }

    fn open(&mut self, start: usize, anchor: usize, value: NodeValue) -> Result<(), Diagnostic> {
        let span = self.span(start..start + 1);
        if self.stack.len() >= DEEPEST {
            return Err(messages::yaml_too_much(span, self.home, "more than 24 levels"));
        }
        self.count(1, span)?;
        self.stack.push(Open { start, anchor, value, key: None, keys: HashMap::new() });
        Ok(())
    }

    fn close(&mut self, end: usize) -> Result<(), Diagnostic> {
        match self.stack.pop() {
            Some(open) => {
                let span = self.span(open.start..end);
                self.put(Node { span, value: open.value }, open.anchor)
            }
            None => Ok(()),
        }
    }

    fn put(&mut self, node: Node, anchor: usize) -> Result<(), Diagnostic> {
        if anchor > 0 {
            let size = size(&node);
            self.count(size, node.span)?;
            self.anchors.insert(anchor, (node.clone(), size));
        }
        let Some(open) = self.stack.last_mut() else {
            self.root.get_or_insert(node);
            return Ok(());
        };
        match &mut open.value {
            NodeValue::List(list) => list.push(node),
            NodeValue::Map(map) => match open.key.take() {
                None => {
                    let key = node.text().unwrap_or("").to_owned();
                    open.key = Some((key, node.span));
                }
                Some((key, key_span)) => {
                    if let Some(&first) = open.keys.get(&key) {
                        let first = &map[first];
                        let list = of_both(first, &node);
                        self.diagnostics.push(messages::duplicate_key(key_span, &key, first.key_span, list));
                    } else {
                        open.keys.insert(key.clone(), map.len());
                        if matches!(node.value, NodeValue::Empty)
                            && let Some((span, comment)) = comment_after(self.source, self.text, key_span)
                        {
                            self.diagnostics.push(messages::comment_as_value(span, &key, comment));
                        }
                        map.push(Entry { key, key_span, value: node });
                    }
                }
            },
            NodeValue::Empty | NodeValue::Text(_) => {}
        }
        Ok(())
    }

    /// What was read, also when lists and maps are still open.
    fn finish(mut self) -> Option<Node> {
        while let Some(open) = self.stack.pop() {
            let end = self.text.len() - self.offset;
            let span = self.span(open.start..end.max(open.start));
            if self.put(Node { span, value: open.value }, 0).is_err() {
                break;
            }
        }
        self.root
    }
}

/// The comment that follows a key on its line, when it stands where the value should.
fn comment_after(source: SourceId, text: &str, key: Span) -> Option<(Span, &str)> {
    let line = &text[key.end()..];
    let line = &line[..line.find('\n').unwrap_or(line.len())];
    let after_colon = line.trim_start_matches(['"', '\'']).strip_prefix(':')?;
    let comment = after_colon.trim_start();
    // `key:   # a remark` with a value on the next lines is fine; here the value is empty.
    let remark = comment.starts_with('#') && !comment.starts_with("# ");
    let start = key.end() + line.len() - comment.len();
    remark.then(|| (Span::new(source, start..start + comment.trim_end().len()), comment))
}

/// Nodes in a tree, which is at most [`DEEPEST`] deep.
fn size(node: &Node) -> usize {
    match &node.value {
        NodeValue::Empty | NodeValue::Text(_) => 1,
        NodeValue::List(list) => 1 + list.iter().map(size).sum::<usize>(),
        NodeValue::Map(map) => 1 + map.iter().map(|entry| 1 + size(&entry.value)).sum::<usize>(),
    }
}
