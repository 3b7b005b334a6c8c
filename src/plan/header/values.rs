//! Values of the front matter, each of the type its key asks for, or a sentence about what it is
//! instead.

use chrono_tz::Tz;

use super::Reader;
use super::people::called;
use crate::diagnostic::Rule;
use crate::document::{Entry, Node, NodeValue};
use crate::plan::attributes::{Written, is_name};
use crate::plan::meant_time::meant_range;
use crate::plan::meant_zone::fixed_zone;
use crate::plan::messages;
use crate::plan::several::several;
use crate::plan::time::Time;

impl Reader<'_> {
    // The forms of values.

    pub(super) fn text(&mut self, entry: &Entry) -> Option<String> {
        match &entry.value.value {
            // A title may well have quotes of its own.
            NodeValue::Text(text) if entry.key == "title" => Some(text.clone()),
            NodeValue::Text(_) => self.straight(&entry.value),
            _ => {
                self.say(messages::wrong_type(entry.value.span, &entry.key, "a text"));
                None
            }
        }
    }

    /// The text of a value, without the quotes of a printed text, which YAML takes for letters.
    pub(super) fn straight(&mut self, node: &Node) -> Option<String> {
        let text = node.text()?;
        match in_printed_quotes(text).filter(|_| node.span.range().len() == text.len()) {
            Some(inner) => {
                self.say(messages::printed_quotes(node.span, text, inner));
                Some(inner.to_owned())
            }
            None => Some(text.to_owned()),
        }
    }

    pub(super) fn time(&mut self, entry: &Entry) -> Option<Written<Time>> {
        let text = self.text(entry)?;
        match Time::parse_absolute(&text) {
            Ok(time) => Some(Written::new(time, entry.value.span)),
            Err(error) => {
                let said = *messages::bad_time(entry.value.span, &text, &error);
                let unknown = format!("leave `{}` out until its date is known", entry.key);
                self.say(if has_digit(&text) { said } else { said.help(unknown) });
                None
            }
        }
    }

    pub(super) fn zone(&mut self, entry: &Entry) -> Option<Written<Tz>> {
        let text = self.text(entry)?;
        match text.parse::<Tz>() {
            Ok(zone) => {
                if let Some(places) = fixed_zone(zone) {
                    self.say(messages::fixed_zone(entry.value.span, zone, places));
                }
                Some(Written::new(zone, entry.value.span))
            }
            Err(_) => {
                self.say(messages::unknown_zone(entry.value.span, &text));
                None
            }
        }
    }

    pub(super) fn list(&mut self, entry: &Entry, wanted: &str) -> Vec<Node> {
        match &entry.value.value {
            NodeValue::List(list) => list.clone(),
            // Where the words allow for one alone, it is one.
            NodeValue::Text(_) if !wanted.starts_with("a list") => vec![entry.value.clone()],
            NodeValue::Text(text) => {
                let (key, span) = (&entry.key, entry.value.span);
                let values = several(key, text).unwrap_or_else(|| vec![text]);
                self.say(messages::text_for_a_list(span, key, wanted, text, &values));
                values.into_iter().map(|value| part_of(&entry.value, value)).collect()
            }
            NodeValue::Empty => Vec::new(),
            NodeValue::Map(_) => {
                self.say(messages::wrong_type(entry.value.span, &entry.key, wanted));
                Vec::new()
            }
        }
    }

    pub(super) fn map(&mut self, entry: &Entry, wanted: &str) -> Vec<Entry> {
        match &entry.value.value {
            NodeValue::Map(map) => map.clone(),
            NodeValue::Empty => Vec::new(),
            NodeValue::Text(_) | NodeValue::List(_) => {
                self.say(messages::wrong_type(entry.value.span, &entry.key, wanted));
                Vec::new()
            }
        }
    }

    pub(super) fn texts(&mut self, entry: &Entry, wanted: &str) -> Vec<String> {
        let mut texts = Vec::new();
        for item in self.list(entry, wanted) {
            match self.straight(&item) {
                Some(text) => texts.push(text),
                None => self.say(messages::wrong_type(item.span, &entry.key, wanted)),
            }
        }
        texts
    }

    pub(super) fn names(&mut self, entry: &Entry, wanted: &str) -> Vec<Written<String>> {
        let mut names = Vec::new();
        for item in self.list(entry, wanted) {
            match self.straight(&item) {
                Some(text) => names.push(Written::new(text, item.span)),
                None => self.say(messages::wrong_type(item.span, &entry.key, wanted)),
            }
        }
        names
    }

    /// `key` is what the handle stands behind.
    pub(super) fn handle(&mut self, key: &str, node: &Node) -> Option<Written<String>> {
        match self.straight(node).as_deref() {
            // Quoted, an `@` gets past YAML: the same mistake, the same sentence.
            Some(text) if text.starts_with('@') => {
                self.say(messages::quoted_handle(node.span, self.home, text));
                Some(Written::new(text[1..].to_owned(), node.span))
            }
            Some(text) if is_name(text) => Some(Written::new(text.to_owned(), node.span)),
            Some(text) => {
                let called = self.called.get_or_init(|| self.tree.map(called).unwrap_or_default());
                let meant = called.handle(text).map(str::to_owned);
                self.say(match (&meant, several(key, text)) {
                    (Some(handle), _) => messages::name_for_handle(node.span, text, handle),
                    (None, Some(handles)) => {
                        let first = handles.first().copied().filter(|handle| is_name(handle));
                        messages::not_one_handle(node.span, key, first)
                    }
                    (None, None) => messages::bad_handle(node.span, text),
                });
                meant.map(|handle| Written::new(handle, node.span))
            }
            None => {
                let first = match &node.value {
                    NodeValue::List(list) => list.iter().find_map(Node::text).filter(|text| is_name(text)),
                    _ => None,
                };
                self.say(messages::not_one_handle(node.span, key, first));
                None
            }
        }
    }

    /// A list of handles; nothing when it is something else.
    pub(super) fn handles(&mut self, entry: &Entry) -> Option<Vec<Written<String>>> {
        let wanted = "a list of handles";
        if let NodeValue::Map(_) = entry.value.value {
            let wrong = messages::wrong_type(entry.value.span, &entry.key, wanted);
            self.say(wrong.silences(&[Rule::UnknownOwner]));
            return None;
        }
        let mut handles = Vec::new();
        for item in self.list(entry, wanted) {
            match item.text() {
                Some(text) => match several(&entry.key, text) {
                    Some(values) => {
                        self.say(messages::several_in_an_item(item.span, text, &values));
                        for value in values {
                            handles.extend(self.handle(&entry.key, &part_of(&item, value)));
                        }
                    }
                    None => handles.extend(self.handle(&entry.key, &item)),
                },
                None => self.say(messages::wrong_type(item.span, &entry.key, wanted)),
            }
        }
        Some(handles)
    }

    /// A list of days and ranges. A word in it is no time of another habit, but one that nobody knows yet.
    pub(super) fn days(&mut self, entry: &Entry, wanted: &str) -> Vec<Written<(Time, Time)>> {
        let is_word = |node: &Node| node.text().is_some_and(|text| !has_digit(text));
        let items = if is_word(&entry.value) { vec![entry.value.clone()] } else { self.list(entry, wanted) };
        let mut days = Vec::new();
        for item in &items {
            if is_word(item) {
                let key = (item.span == entry.value.span).then_some(entry.key.as_str());
                self.say(messages::no_days(item.span, key, item.text().unwrap_or("")));
            } else {
                days.extend(self.range(item));
            }
        }
        days
    }

    pub(super) fn range(&mut self, node: &Node) -> Option<Written<(Time, Time)>> {
        let text = node.text().unwrap_or("");
        match Time::parse_range(text) {
            Ok(range) => Some(Written::new(range, node.span)),
            Err(wrong) => {
                if let Some(meant) = meant_range(text) {
                    self.say(messages::other_range(node.span, text, &meant));
                    return None;
                }
                // Where the text stands in the file as it is, a part can be pointed at.
                let quotes = node.span.range().len().saturating_sub(text.len());
                for (part, error) in wrong {
                    let at = part.as_ptr().addr() - text.as_ptr().addr() + quotes / 2;
                    let is_there = quotes == 0 || quotes == 2;
                    let span = if is_there { node.span.part(at..at + part.len()) } else { node.span };
                    self.say(*messages::bad_range(span, part, &error));
                }
                None
            }
        }
    }
}

/// A part of a text, as a value of its own.
pub(super) fn part_of(node: &Node, part: &str) -> Node {
    let text = node.text().unwrap_or_default();
    let quotes = node.span.range().len().saturating_sub(text.len());
    let at = part.as_ptr().addr() - text.as_ptr().addr() + quotes / 2;
    // Where the text stands in the file as it is, a part can be pointed at.
    let span = if matches!(quotes, 0 | 2) { node.span.part(at..at + part.len()) } else { node.span };
    Node { span, value: NodeValue::Text(part.to_owned()) }
}

/// Whether a text may be a time at all.
fn has_digit(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
}

/// What stands between the quotes of a printed text, `“…”`, `‘…’`, `„…“` or `«…»`, where all of a value does.
fn in_printed_quotes(text: &str) -> Option<&str> {
    const PAIRS: [(char, &[char]); 6] = [
        ('“', &['”', '“']),
        ('”', &['”']),
        ('„', &['“', '”']),
        ('‘', &['’', '‘']),
        ('‚', &['‘', '’']),
        ('«', &['»']),
    ];
    let (_, close) = PAIRS.iter().find(|(open, _)| text.starts_with(*open))?;
    let open = text.chars().next()?;
    let inner = text[open.len_utf8()..].strip_suffix(*close)?;
    (!inner.is_empty() && !inner.contains(open)).then_some(inner)
}
