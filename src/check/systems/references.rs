//! Whether a step can be named in `after=`: by its id, where that means it alone.

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

    /// Whether its id means it alone, so that `after=` can name it.
    pub(super) fn is_named(&self, node: &Node) -> bool {
        let slug = || format!("{}{}", prefix(node), node.slug);
        let alone = || self.slugs.get(&(prefix(node), node.slug.as_str())) == Some(&1);
        node.written_id.is_some() || (alone() && !self.written.contains(slug().as_str()))
    }
}

/// `after=…` on a step, as something to do; first of all a step without a name of its own is given one.
pub(super) fn write_after(word: &str, to_be_given: Option<&Node>, place: &str) -> String {
    match to_be_given {
        Some(node) => {
            let id = word.rsplit('/').next().unwrap_or(word);
            format!("give \"{}\" an id, such as `#{id}`, and write `after={word}` on {place}", node.title)
        }
        None => format!("write `after={word}` on {place}"),
    }
}

/// What ids of an included plan begin with.
fn prefix(node: &Node) -> &str {
    node.id.rfind('/').map_or("", |at| &node.id[..=at])
}
