//! What stands between the `---` lines at the top of a file.
//!
//! Either the plan's own keys, or another program's (a Git host's issue template, a site
//! generator's page), which is left alone, its title aside.

use std::ops::Range;

use super::messages;
use super::misplaced::{self, Misplaced};
use super::yaml::{self, Entry, Home, NodeValue};
use super::yaml_slip;
use crate::diagnostic::{Diagnostic, has_errors};
use crate::source::{SourceId, Span};

/// The keys of a plan.
pub const PLAN_KEYS: &[&str] = &[
    "title", "start", "t0", "timezone", "draft", "people", "teams", "roles", "systems", "windows", "caller",
    "bridge", "closed", "vars", "estimate", "bullets", "variants", "lints",
];

/// The front matter of a file.
#[derive(Debug, Clone, Default)]
pub struct FrontMatter {
    /// The plan's own keys, in written order.
    pub entries: Vec<Entry>,
    /// The title of another program's front matter.
    pub foreign_title: Option<String>,
    /// Whether some of it could not be read, so that any key may be missing.
    pub is_broken: bool,
}

impl FrontMatter {
    /// Whether it makes its file a plan even without a box.
    #[must_use]
    pub fn is_plan(&self) -> bool {
        self.entries.iter().any(|entry| is_telling(&entry.key))
    }
}

/// A key that no other program's front matter is likely to have.
pub(super) fn is_telling(key: &str) -> bool {
    PLAN_KEYS.contains(&key) && !matches!(key, "title" | "draft")
}

/// The parts of a file.
pub(super) struct Split {
    /// The YAML, without the lines around it.
    pub(super) yaml: Option<Range<usize>>,
    /// An opening line without a closing one, before what looks like keys.
    pub(super) unclosed: Option<Range<usize>>,
    /// Where the lines around the YAML are not those that belong there.
    pub(super) misplaced: Option<Misplaced>,
    /// Where the Markdown begins.
    pub(super) body: usize,
}

pub(super) fn split(text: &str) -> Split {
    let nothing = Split { yaml: None, unclosed: None, misplaced: None, body: 0 };
    let mut lines = text.split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| line.trim_end() == "---" && line.ends_with('\n')) else {
        return match misplaced::find(text) {
            Some(meant) => {
                Split { yaml: Some(meant.yaml.clone()), body: meant.body, misplaced: Some(meant), ..nothing }
            }
            None => nothing,
        };
    };
    let mut at = first.len();
    for line in lines {
        if matches!(line.trim_end(), "---" | "...") && !line.starts_with([' ', '\t']) {
            return Split { yaml: Some(first.len()..at), body: at + line.len(), ..nothing };
        }
        at += line.len();
    }
    let mut block = text[first.len()..].lines().take_while(|line| !line.trim().is_empty());
    let keyed = block.any(|line| top_level_key(line).is_some_and(is_telling));
    Split { unclosed: keyed.then(|| 0..first.trim_end().len()), ..nothing }
}

pub(super) fn read(
    source: SourceId,
    text: &str,
    split: &Split,
    diagnostics: &mut Vec<Diagnostic>,
) -> FrontMatter {
    if let Some(line) = &split.unclosed {
        diagnostics.push(messages::never_closed(source, line.clone()));
    }
    if let Some(misplaced) = &split.misplaced {
        diagnostics.push(messages::misplaced(source, text, misplaced));
    }
    let Some(range) = split.yaml.clone() else { return FrontMatter::default() };
    if let Some((key, span)) = foreign_key(source, text, &range) {
        let foreign_title = foreign_title(source, text, range);
        diagnostics.push(messages::foreign(span, key));
        return FrontMatter { foreign_title, ..FrontMatter::default() };
    }
    let (root, good) = yaml_slip::parse(source, text, range, Home::FrontMatter, diagnostics);
    let entries = match root.value {
        NodeValue::Map(entries) => entries,
        NodeValue::Empty => Vec::new(),
        NodeValue::Text(_) | NodeValue::List(_) => {
            if !has_errors(diagnostics) {
                diagnostics.push(messages::no_keys(root.beginning()));
            }
            Vec::new()
        }
    };
    FrontMatter { entries, foreign_title: None, is_broken: !good }
}

/// The first key that is no plan's, when none tells of a plan. Keys are found line by line, since
/// another program's block need not even be YAML.
fn foreign_key<'a>(source: SourceId, text: &'a str, range: &Range<usize>) -> Option<(&'a str, Span)> {
    let mut at = range.start;
    let mut foreign = None;
    for line in text[range.clone()].split_inclusive('\n') {
        if let Some(key) = top_level_key(line) {
            if is_telling(key) {
                return None;
            }
            if !PLAN_KEYS.contains(&key) && !key.starts_with("x-") {
                foreign.get_or_insert((key, Span::new(source, at..at + key.len())));
            }
        }
        at += line.len();
    }
    foreign
}

pub(super) fn top_level_key(line: &str) -> Option<&str> {
    let (key, rest) = line.split_once(':')?;
    let plain = key.starts_with(|c: char| c.is_alphanumeric() || c == '_')
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ' | '.'));
    (plain && (rest.is_empty() || rest.starts_with([' ', '\t', '\n', '\r']))).then_some(key)
}

fn foreign_title(source: SourceId, text: &str, range: Range<usize>) -> Option<String> {
    let line = text[range.clone()].lines().find(|line| line.starts_with("title:"))?;
    // Its other mistakes are not ours to report.
    let start = line.as_ptr() as usize - text.as_ptr() as usize;
    let range = start..start + line.len();
    let (root, _) = yaml::parse(source, text, range, Home::FrontMatter, &mut Vec::new());
    let NodeValue::Map(entries) = root.value else { return None };
    entries
        .into_iter()
        .next()
        .and_then(|entry| entry.value.text().map(str::to_owned))
        .filter(|title| !title.trim().is_empty())
}
