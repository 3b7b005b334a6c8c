//! Ids and slugs: what every phase, group and step is called, and whom a reference means.

use std::cell::Cell;
use std::collections::HashMap;

use super::attributes::Reference;
use super::ids::NodeId;
use super::messages;
use super::node::Node;
use crate::diagnostic::Diagnostic;
use crate::document::PartId;
use crate::source::Span;

/// A title in lower case, every run of what is neither letter nor digit a hyphen, none at the ends.
#[must_use]
pub fn slug(title: &str) -> String {
    let mut slug = String::with_capacity(title.len());
    for c in title.chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if c.is_alphanumeric() {
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
/// At most so many pairs of letters are compared for references, and one search more: a fifth of a second.
const MOST_COMPARED: usize = 20_000_000;
/// What it costs to look at a name at all, in pairs of letters.
const A_NAME: usize = 100;

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

/// Who is called what: by file, since a plan that stands in another has names of its own.
#[derive(Debug, Default)]
pub(super) struct Names {
    files: Vec<FileNames>,
    /// By file: the step that holds it.
    holders: Vec<Option<NodeId>>,
    /// How much it has cost so far to look for near names, in pairs of letters.
    compared: Cell<usize>,
}

#[derive(Debug, Default)]
struct FileNames {
    written: HashMap<String, NodeId>,
    /// Where those that have no id written stand in `namesakes`.
    slugs: HashMap<String, usize>,
    namesakes: Vec<Namesakes>,
    titles: HashMap<String, Vec<NodeId>>,
}

/// Nodes of one slug.
#[derive(Debug)]
struct Namesakes {
    first: NodeId,
    /// All of them, where there are several.
    several: Vec<NodeId>,
    /// Whether one of them is a step, and whether one is none.
    steps: bool,
    others: bool,
    /// Whether the slug is somebody's id.
    is_given: bool,
    /// Where the search for a free number goes on, so that a thousand steps of one title stay cheap.
    next: usize,
}

impl Namesakes {
    fn new(first: NodeId) -> Self {
        Self { first, several: Vec::new(), steps: false, others: false, is_given: false, next: 2 }
    }

    fn add(&mut self, id: NodeId) {
        if self.several.is_empty() {
            self.several.push(self.first);
        }
        self.several.push(id);
    }

    fn all(&self) -> &[NodeId] {
        if self.several.is_empty() { std::slice::from_ref(&self.first) } else { &self.several }
    }
}

impl Names {
    /// Gives every node its id. A written id that is taken is reported, and its step gets another. What
    /// stands in a linked plan has the id of the link before its own.
    ///
    /// `by_title` says whether anybody is meant by their title.
    pub(super) fn assign(
        nodes: &mut [Node],
        holders: &[Option<NodeId>],
        by_title: bool,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut inside: Vec<Vec<usize>> = vec![Vec::new(); holders.len()];
        for (index, node) in nodes.iter().enumerate().skip(1) {
            inside[node.part.index()].push(index);
        }
        let files = inside.iter().map(|own| FileNames::assign(nodes, own, by_title, diagnostics)).collect();
        for index in 1..nodes.len() {
            if let Some(holder) = holders[nodes[index].part.index()] {
                nodes[index].id = format!("{}/{}", nodes[holder.index()].id, nodes[index].id);
            }
        }
        Self { files, holders: holders.to_vec(), compared: Cell::default() }
    }

    /// The node that a reference in a file means: one of that file, or `db/copy` of a plan linked there.
    pub(super) fn find(
        &self,
        reference: &Reference,
        span: Span,
        nodes: &[Node],
        part: PartId,
    ) -> Result<NodeId, Diagnostic> {
        let name = reference.name.as_str();
        let (mut part_at, mut rest) = (part, name);
        while let Some((link, inner)) = rest.split_once('/').filter(|_| !reference.quoted) {
            let found = self.files[part_at.index()].find(link, false);
            let held = match found {
                [one] => nodes[one.index()].holds,
                [] => None,
                several => return Err(ambiguous(span, link, several, nodes)),
            };
            let Some(held) = held else { return Err(self.unknown(reference, span, nodes, part)) };
            (part_at, rest) = (held, inner);
        }
        match self.files[part_at.index()].find(rest, reference.quoted) {
            [one] => Ok(*one),
            [] => Err(self.unknown(reference, span, nodes, part)),
            several => Err(ambiguous(span, name, several, nodes)),
        }
    }

    fn unknown(&self, reference: &Reference, span: Span, nodes: &[Node], part: PartId) -> Diagnostic {
        let name = reference.name.as_str();
        // The first ones are compared with every name; who has more has another trouble.
        let cost = nodes.len().saturating_mul(name.len() * name.len() + A_NAME);
        let compared = self.compared.replace(self.compared.get().saturating_add(cost)) < MOST_COMPARED;
        let holder = self.holders[part.index()];
        let visible = match holder {
            _ if !compared => &nodes[..0],
            Some(holder) => &nodes[holder.index() + 1..nodes[holder.index()].end.index()],
            None => &nodes[1..],
        };
        if reference.quoted {
            let titles = visible.iter().filter(|node| node.part == part).map(|node| node.title.as_str());
            return messages::unknown_title(span, name, titles);
        }
        if let Some(holder) = holder
            && let [outside] = self.files[nodes[holder.index()].part.index()].find(name, false)
        {
            return messages::reference_outside(span, name, nodes[outside.index()].span);
        }
        // Steps of the file that links here may stand below the link too: they are not visible from inside.
        let ids = visible.iter().filter_map(|node| match holder {
            Some(holder) => node.id.strip_prefix(&nodes[holder.index()].id)?.strip_prefix('/'),
            None => Some(node.id.as_str()),
        });
        messages::unknown_reference(span, name, ids)
    }
}

fn ambiguous(span: Span, name: &str, several: &[NodeId], nodes: &[Node]) -> Diagnostic {
    let spans: Vec<Span> = several.iter().map(|id| nodes[id.index()].span).collect();
    messages::ambiguous_reference(span, name, &spans)
}

impl FileNames {
    fn assign(nodes: &mut [Node], own: &[usize], by_title: bool, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut names = Self::default();
        names.slugs.reserve(own.len());
        let mut unnamed = Vec::with_capacity(own.len());
        for &index in own {
            let id = NodeId::new(index);
            let node = &nodes[index];
            if by_title {
                names.titles.entry(node.title.clone()).or_default().push(id);
            }
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
            let node = &nodes[index];
            let place = *names.slugs.entry(node.slug.clone()).or_insert(names.namesakes.len());
            match names.namesakes.get_mut(place) {
                Some(known) => known.add(id),
                None => names.namesakes.push(Namesakes::new(id)),
            }
            let namesakes = &mut names.namesakes[place];
            namesakes.steps |= node.is_step();
            namesakes.others |= !node.is_step();
            unnamed.push((index, place));
        }
        for id in names.written.keys() {
            if let Some(place) = names.slugs.get(id) {
                names.namesakes[*place].is_given = true;
            }
        }
        names.number(nodes, &unnamed);
        names
    }

    /// Ids for those that have none written, steps before all others: the slug, or the slug with a number.
    fn number(&mut self, nodes: &mut [Node], unnamed: &[(usize, usize)]) {
        for steps in [true, false] {
            for &(index, place) in unnamed {
                if nodes[index].is_step() != steps {
                    continue;
                }
                let slug = nodes[index].slug.as_str();
                if !std::mem::replace(&mut self.namesakes[place].is_given, true) {
                    nodes[index].id = slug.to_owned();
                    continue;
                }
                let mut next = self.namesakes[place].next;
                let id = loop {
                    let id = [slug, "-", next.to_string().as_str()].concat();
                    next += 1;
                    if self.is_free(&id, steps) {
                        break id;
                    }
                };
                self.namesakes[place].next = next;
                // A phase may have it as its slug.
                if let Some(place) = self.slugs.get(&id) {
                    self.namesakes[*place].is_given = true;
                }
                nodes[index].id = id;
            }
        }
    }

    /// Whether a slug with a number is nobody's id, and none of the slugs that the others may still get. Nobody
    /// else has this slug with this number, since those of one slug are counted together.
    fn is_free(&self, name: &str, steps: bool) -> bool {
        let is_slug = self.slugs.get(name).is_some_and(|place| {
            let namesakes = &self.namesakes[*place];
            namesakes.is_given || (if steps { namesakes.steps } else { namesakes.others })
        });
        !is_slug && !self.written.contains_key(name)
    }

    fn find(&self, name: &str, quoted: bool) -> &[NodeId] {
        if quoted {
            self.titles.get(name).map_or(&[], Vec::as_slice)
        } else if let Some(id) = self.written.get(name) {
            std::slice::from_ref(id)
        } else {
            self.slugs.get(name).map_or(&[], |place| self.namesakes[*place].all())
        }
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
