//! From whom one hears that a step may begin.
//!
//! A step that begins with another often waits for the same as that one. Whoever begins the other tells of it, and later
//! than those would for whom both wait: so on hand-overs they are not named.

use std::collections::HashSet;

use super::lags::How;
use super::presenter::Presenter;
use crate::plan::NodeId;

/// Looking for what the others wait for stops after so many steps; what is not found out is named.
const MOST_VISITS: usize = 1024;

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
            return placed.waits_for.clone();
        }
        // What comes before a step starts before it.
        let start = |id: NodeId| self.placed(id).map(|placed| placed.start);
        let earliest = sought.iter().map(|before| start(*before)).min().flatten();
        let mut seen = HashSet::new();
        while let Some(at) = open.pop() {
            let Some(other) = self.placed(at) else { continue };
            for before in other.waits_for.iter().chain(&other.starts_with) {
                if seen.len() < MOST_VISITS && start(*before) >= earliest && seen.insert(*before) {
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
