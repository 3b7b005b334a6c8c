//! How a step is named in `after=`: by its id, where that means it alone.

use std::collections::{HashMap, HashSet};

use crate::plan::{Node, Plan};

pub(super) struct References<'a> {
    written: HashSet<&'a str>,
    /// By where it stands and its slug: of how many steps and phases without an id it is the slug.
    slugs: HashMap<(&'a str, &'a str), usize>,
}

impl<'a> References<'a> {
    pub(super) fn of(plan: &'a Plan) -> Self {
        let mut references = Self { written: HashSet::new(), slugs: HashMap::new() };
        for node in plan.nodes.iter().skip(1) {
            if node.written_id.is_some() {
                references.written.insert(&node.id);
            } else {
                *references.slugs.entry((prefix(node), &node.slug)).or_default() += 1;
            }
        }
        references
    }

    /// What `after=` can say for it, and what to do first where it has no name of its own.
    pub(super) fn name(&self, node: &Node) -> Name {
        if node.written_id.is_some() {
            return Name { word: node.id.clone(), to_be_given: false };
        }
        let slug = format!("{}{}", prefix(node), node.slug);
        let alone = self.slugs.get(&(prefix(node), node.slug.as_str())) == Some(&1);
        if alone && !self.written.contains(slug.as_str()) {
            return Name { word: slug, to_be_given: false };
        }
        Name { word: node.id.clone(), to_be_given: true }
    }
}

/// How a step can be named.
pub(super) struct Name {
    word: String,
    to_be_given: bool,
}

impl Name {
    /// `after=…` on a step, as something to do.
    pub(super) fn write_after(&self, named: &Node, place: &str) -> String {
        let word = &self.word;
        if self.to_be_given {
            return format!(
                "give \"{}\" an id, such as `#{word}`, and write `after={word}` on {place}",
                named.title
            );
        }
        format!("write `after={word}` on {place}")
    }
}

/// What ids of an included plan begin with.
fn prefix(node: &Node) -> &str {
    node.id.rfind('/').map_or("", |at| &node.id[..=at])
}
