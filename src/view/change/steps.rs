//! Which step of the earlier version is which of the present one, and what is different about them.
//!
//! A step is known by its id. One whose id is gone is taken for the one that stands in its place, when as many
//! steps came there as went: a title was changed, and with it the id made of it.

use std::collections::{BTreeMap, HashMap};

use super::named;
use crate::document::Mark;
use crate::plan::NodeId;
use crate::view::presenter::Presenter;
use crate::view::words;

/// The steps of two versions, in the order of the text.
pub(super) struct Pairs {
    /// Steps of both: the earlier, then the present one.
    pub(super) both: Vec<(NodeId, NodeId)>,
    /// Steps of the earlier version alone.
    pub(super) gone: Vec<NodeId>,
    /// Steps of the present one alone.
    pub(super) new: Vec<NodeId>,
}

impl Pairs {
    pub(super) fn new(before: &Presenter<'_>, now: &Presenter<'_>) -> Self {
        let (old, new) = (in_the_text(before), in_the_text(now));
        let known: HashMap<&str, NodeId> =
            old.iter().map(|id| (before.plan().node(*id).id.as_str(), *id)).collect();
        let mut both: Vec<(NodeId, NodeId)> = Vec::new();
        let mut came: BTreeMap<Option<NodeId>, Vec<NodeId>> = BTreeMap::new();
        let mut last = None;
        for id in new {
            match known.get(now.plan().node(id).id.as_str()) {
                Some(old) => {
                    both.push((*old, id));
                    last = Some(*old);
                }
                None => came.entry(last).or_default().push(id),
            }
        }
        let paired: std::collections::HashSet<NodeId> = both.iter().map(|(old, _)| *old).collect();
        let mut went: BTreeMap<Option<NodeId>, Vec<NodeId>> = BTreeMap::new();
        let mut last = None;
        for id in old {
            if paired.contains(&id) {
                last = Some(id);
            } else {
                went.entry(last).or_default().push(id);
            }
        }
        let mut pairs = Self { both, gone: Vec::new(), new: Vec::new() };
        for (after, went) in went {
            match came.remove(&after) {
                Some(came) if came.len() == went.len() => pairs.both.extend(went.into_iter().zip(came)),
                other => {
                    pairs.gone.extend(went);
                    pairs.new.extend(other.into_iter().flatten());
                }
            }
        }
        pairs.new.extend(came.into_values().flatten());
        pairs.both.sort_unstable_by_key(|(_, now)| *now);
        pairs.gone.sort_unstable();
        pairs.new.sort_unstable();
        pairs
    }
}

/// The steps that are planned, in the order of the text.
fn in_the_text(presenter: &Presenter<'_>) -> Vec<NodeId> {
    let mut steps: Vec<NodeId> = presenter.all_steps().collect();
    steps.sort_unstable();
    steps
}

impl Presenter<'_> {
    /// Steps that came, went, are called otherwise, are done, or take another time.
    pub(super) fn steps_since(&self, before: &Presenter<'_>, pairs: &Pairs) -> Vec<String> {
        let mut facts = Vec::new();
        let mut fact = |names: Vec<String>, one: &str, many: &str| {
            if !names.is_empty() {
                let verb = if names.len() == 1 { one } else { many };
                facts.push(format!("{} {verb}", named(&names, "step")));
            }
        };
        let still_written = |id: &&NodeId| {
            let old = &before.plan().node(**id).id;
            self.plan().nodes.iter().any(|node| node.id == *old)
        };
        let quote = |whose: &Presenter<'_>, id: &NodeId| whose.quoted_title(*id);
        fact(pairs.new.iter().map(|id| quote(self, id)).collect(), "is new", "are new");
        let (dropped, gone): (Vec<&NodeId>, Vec<&NodeId>) = match pairs.gone.len() {
            // Where much is gone, it matters little which of it still stands in the text.
            0..=20 => pairs.gone.iter().partition(still_written),
            _ => (Vec::new(), pairs.gone.iter().collect()),
        };
        fact(gone.into_iter().map(|id| quote(before, id)).collect(), "is gone", "are gone");
        fact(dropped.into_iter().map(|id| quote(before, id)).collect(), "is dropped", "are dropped");
        let changed = |differs: &dyn Fn(NodeId, NodeId) -> bool| -> Vec<(NodeId, NodeId)> {
            pairs.both.iter().filter(|(old, new)| differs(*old, *new)).copied().collect()
        };
        let marked = |mark: Mark| {
            let marked = changed(&|old, new| {
                self.plan().node(new).mark == Some(mark) && before.plan().node(old).mark != Some(mark)
            });
            marked.iter().map(|(_, new)| self.quoted_title(*new)).collect::<Vec<_>>()
        };
        fact(marked(Mark::Done), "is done", "are done");
        fact(marked(Mark::Active), "is under way", "are under way");
        let titles = changed(&|old, new| before.plan().node(old).title != self.plan().node(new).title);
        facts.extend(match titles.as_slice() {
            [] => None,
            [(old, new)] => {
                Some(format!("{} is called {} now", before.quoted_title(*old), self.quoted_title(*new)))
            }
            many => Some(format!("{} have other titles", words::count(many.len(), "step"))),
        });
        facts.extend(self.lengths_since(before, pairs));
        facts
    }

    fn lengths_since(&self, before: &Presenter<'_>, pairs: &Pairs) -> Option<String> {
        let takes = |whose: &Presenter<'_>, id: NodeId| {
            whose.placed(id).map(|placed| whose.takes(whose.plan().node(id), placed))
        };
        let both = pairs.both.iter().copied();
        let changed: Vec<_> = both
            .filter(|(old, new)| {
                let length = |whose: &Presenter<'_>, id: NodeId| {
                    let estimate = whose.plan().estimate(whose.plan().node(id));
                    whose.placed(id).map(|placed| (estimate, placed.assumed))
                };
                length(before, *old) != length(self, *new)
            })
            .collect();
        match changed.as_slice() {
            [] => None,
            [(old, new)] => Some(format!(
                "{} takes {}, and took {}",
                self.quoted_title(*new),
                takes(self, *new)?,
                takes(before, *old)?
            )),
            many => Some(format!("{} take another time", words::count(many.len(), "step"))),
        }
    }

    /// What begins at another time, where the line itself did not say so, and whether the order is another.
    pub(super) fn order_since(&self, before: &Presenter<'_>, pairs: &Pairs) -> Vec<String> {
        let (mut later, mut earlier): (Vec<i64>, Vec<i64>) = (Vec::new(), Vec::new());
        let mut numbers: Vec<(usize, usize)> = Vec::new();
        for (old, new) in &pairs.both {
            let (Some(then), Some(now)) = (before.placed(*old), self.placed(*new)) else { continue };
            match (now.start - then.start) - (self.schedule().main.start - before.schedule().main.start) {
                0 => {}
                by if by > 0 => later.push(by),
                by => earlier.push(by),
            }
            if self.plan().node(*new).way_back.is_none() && before.plan().node(*old).way_back.is_none() {
                numbers.push((then.number, now.number));
            }
        }
        let mut facts = Vec::new();
        for (moved, way) in [(later, "later"), (earlier, "earlier")] {
            let Some(first) = moved.first() else { continue };
            let begin = if moved.len() == 1 { "begins" } else { "begin" };
            let steps = words::count(moved.len(), "step");
            let by = moved.iter().all(|by| by == first).then(|| format!("{} ", words::length(*first)));
            facts.push(format!("{steps} {begin} {}{way}", by.unwrap_or_default()));
        }
        numbers.sort_unstable();
        if !numbers.is_sorted_by_key(|(_, now)| *now) {
            facts.push("the run order is another".to_owned());
        }
        facts
    }

    pub(super) fn quoted_title(&self, id: NodeId) -> String {
        format!("“{}”", words::cut(&self.title(self.plan().node(id)), 40))
    }
}
