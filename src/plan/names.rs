//! Ids and slugs: what every phase, group and step is called, and whom a reference means.

use std::cell::Cell;
use std::collections::{HashMap, HashSet};

use super::attributes::Reference;
use super::ids::NodeId;
use super::messages;
use super::node::{Node, NodeKind};
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// A title in lower case, every run of what is neither letter nor digit a hyphen, none at the ends.
#[must_use]
pub fn slug(title: &str) -> String {
    let mut slug = String::with_capacity(title.len());
    for c in title.chars() {
        if c.is_alphanumeric() {
            slug.extend(c.to_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    if slug.is_empty() { "step".to_owned() } else { slug }
}

/// Near names are looked for so often in a plan, so that thousands of unknown ones cost no more.
pub(super) const MOST_SUGGESTIONS: usize = 300;

/// How often near names were looked for among those of one sort.
#[derive(Debug, Default)]
pub(super) struct Suggestions(usize);

impl Suggestions {
    /// The names to compare an unknown one with: all of them, and past the first hundreds none.
    pub(super) fn among<'a>(
        &mut self,
        names: impl Iterator<Item = &'a str>,
    ) -> impl Iterator<Item = &'a str> {
        self.0 += 1;
        names.take(if self.0 <= MOST_SUGGESTIONS { usize::MAX } else { 0 })
    }
}

/// Who is called what.
#[derive(Debug, Default)]
pub(super) struct Names {
    written: HashMap<String, NodeId>,
    slugs: HashMap<String, Vec<NodeId>>,
    titles: HashMap<String, Vec<NodeId>>,
    /// For how many unknown references a near name was looked for.
    suggestions: Cell<usize>,
}

impl Names {
    /// Gives every node its id. A written id that is taken is reported, and its step gets another.
    pub(super) fn assign(nodes: &mut [Node], diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut names = Self::default();
        for index in 1..nodes.len() {
            let id = NodeId::new(index);
            let node = &mut nodes[index];
            node.slug = slug(&node.title);
            names.titles.entry(node.title.clone()).or_default().push(id);
            if let Some(span) = node.written_id {
                match names.written.get(&node.id) {
                    Some(first) => {
                        let (first, name) = (*first, nodes[index].id.clone());
                        let first_span = nodes[first.index()].written_id.unwrap_or(span);
                        diagnostics.push(messages::duplicate_id(span, &name, first_span));
                        nodes[index].written_id = None;
                    }
                    None => {
                        names.written.insert(node.id.clone(), id);
                        continue;
                    }
                }
            }
            let slug = nodes[index].slug.clone();
            names.slugs.entry(slug).or_default().push(id);
        }
        let mut taken: HashSet<String> = names.written.keys().cloned().collect();
        names.number(nodes, &mut taken, |kind| kind == NodeKind::Step);
        names.number(nodes, &mut taken, |kind| matches!(kind, NodeKind::Phase | NodeKind::Group));
        names
    }

    /// Ids for those of a kind that have none written: the slug, or the slug with a number.
    fn number(&self, nodes: &mut [Node], taken: &mut HashSet<String>, of_kind: impl Fn(NodeKind) -> bool) {
        let unnamed: Vec<usize> = (1..nodes.len())
            .filter(|&index| of_kind(nodes[index].kind) && nodes[index].written_id.is_none())
            .collect();
        let slugs: HashSet<String> = unnamed.iter().map(|&index| nodes[index].slug.clone()).collect();
        // Where the search for a free number goes on, so that a thousand steps of one title stay cheap.
        let mut next: HashMap<String, usize> = HashMap::new();
        for index in unnamed {
            let slug = nodes[index].slug.clone();
            if taken.insert(slug.clone()) {
                nodes[index].id = slug;
                continue;
            }
            let number = next.entry(slug.clone()).or_insert(2);
            loop {
                let id = format!("{slug}-{number}");
                *number += 1;
                if !slugs.contains(&id) && taken.insert(id.clone()) {
                    nodes[index].id = id;
                    break;
                }
            }
        }
    }

    /// The node that a reference means.
    pub(super) fn find(
        &self,
        reference: &Reference,
        span: Span,
        nodes: &[Node],
    ) -> Result<NodeId, Diagnostic> {
        let name = reference.name.as_str();
        let found: &[NodeId] = if reference.quoted {
            self.titles.get(name).map_or(&[], Vec::as_slice)
        } else if let Some(id) = self.written.get(name) {
            return Ok(*id);
        } else {
            self.slugs.get(name).map_or(&[], Vec::as_slice)
        };
        match found {
            [one] => Ok(*one),
            [] => Err(self.unknown(reference, span, nodes)),
            several => {
                let spans: Vec<Span> = several.iter().map(|id| nodes[id.index()].span).collect();
                Err(messages::ambiguous_reference(span, name, &spans))
            }
        }
    }

    fn unknown(&self, reference: &Reference, span: Span, nodes: &[Node]) -> Diagnostic {
        let name = reference.name.as_str();
        // The first some hundred are compared with every name; who has more has another trouble.
        let compared = self.suggestions.replace(self.suggestions.get() + 1) < MOST_SUGGESTIONS;
        let nodes = if compared { nodes } else { &nodes[..1] };
        if reference.quoted {
            let titles = nodes.iter().skip(1).map(|node| node.title.as_str());
            return messages::unknown_title(span, name, titles);
        }
        let ids = nodes.iter().skip(1).map(|node| node.id.as_str());
        messages::unknown_reference(span, name, ids)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs() {
        assert_eq!(slug("Copy the orders database"), "copy-the-orders-database");
        assert_eq!(slug("  Mail a@b.c (5 minutes)!"), "mail-a-b-c-5-minutes");
        assert_eq!(slug("Grüße, Zürich"), "grüße-zürich");
        assert_eq!(slug("🎉"), "step");
    }
}
