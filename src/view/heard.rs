//! From whom one hears that a step may begin.
//!
//! A step that begins with another often waits for the same as that one. Whoever begins the other tells of it; those for
//! whom both wait would do so too early, and are not named on hand-overs.

use std::collections::HashSet;

use super::lags::How;
use super::presenter::Presenter;
use crate::plan::NodeId;

/// Looking for what the others wait for stops after so many links; what is not found out is named.
const MOST_LINKS: usize = 4096;

impl Presenter<'_> {
    /// What a step waits for, without that of which those tell with whom it begins.
    pub(super) fn heard_of(&self, id: NodeId) -> &[NodeId] {
        self.heard.of(id, || self.found_heard(id))
    }

    fn found_heard(&self, id: NodeId) -> Vec<NodeId> {
        let Some(placed) = self.placed(id) else { return Vec::new() };
        let tells = |other: &NodeId| self.placed(*other).is_some_and(|other| !other.people.is_empty());
        let mut open: Vec<NodeId> = placed.starts_with.iter().copied().filter(tells).collect();
        // A pause of its own ends when it does, whatever the others wait for.
        let is_sought = |before: &NodeId| self.lag(*before, id, How::After).is_none();
        let sought: HashSet<NodeId> = placed.waits_for.iter().copied().filter(is_sought).collect();
        if open.is_empty() || sought.is_empty() {
            return placed.waits_for.to_vec();
        }
        // What comes before a step starts before it.
        let start = |id: NodeId| self.placed(id).map(|placed| placed.start);
        let earliest = sought.iter().map(|before| start(*before)).min().flatten();
        let (mut seen, mut left) = (HashSet::new(), MOST_LINKS);
        while let Some(at) = open.pop() {
            let Some(other) = self.placed(at) else { continue };
            let before = other.waits_for.iter().chain(&other.starts_with).take(left);
            for before in before.inspect(|_| left -= 1) {
                if start(*before) >= earliest && seen.insert(*before) {
                    open.push(*before);
                }
            }
        }
        placed
            .waits_for
            .iter()
            .copied()
            .filter(|before| !sought.contains(before) || !seen.contains(before))
            .collect()
    }
}
