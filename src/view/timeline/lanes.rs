//! Lanes: who has one, how high it is, and on which of its rows each bar stands.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use super::bars::{BAR, Draft};
use super::measure::{round, shortened};
use super::scale::Scale;
use super::{Bar, Lane};
use crate::plan::{NodeId, PersonId};
use crate::view::presenter::Presenter;

/// The height of a row of bars.
pub(super) const ROW: f64 = 25.0;
/// The room above and below the rows of a lane.
pub(super) const PAD: f64 = 7.0;

/// What has been drawn so far.
pub(super) struct Picture {
    /// Where the next lane begins.
    pub y: f64,
    pub lanes: Vec<Lane>,
    pub bars: Vec<Bar>,
    /// By step: start, end, middle line and lane of its first bar.
    pub anchors: HashMap<NodeId, (f64, f64, f64, usize)>,
}

/// Whose lane it is, in the order of the lanes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Who {
    Person(PersonId),
    /// Nothing in it needs an owner.
    Nobody,
    NobodyYet,
}

impl Presenter<'_> {
    /// Who has a lane, and which steps are in it, in run order.
    pub(super) fn lanes(&self, order: &[NodeId]) -> Vec<(Who, Vec<NodeId>)> {
        let mut by_person: HashMap<Who, Vec<NodeId>> = HashMap::new();
        for &id in order {
            let people = self.placed(id).map(|placed| placed.people.as_slice()).unwrap_or_default();
            if people.is_empty() {
                let who = if self.plan().node(id).needs_owner() { Who::NobodyYet } else { Who::Nobody };
                by_person.entry(who).or_default().push(id);
            }
            for person in people {
                by_person.entry(Who::Person(*person)).or_default().push(id);
            }
        }
        let mut lanes: Vec<_> = by_person.into_iter().collect();
        lanes.sort_by_key(|(who, _)| *who);
        lanes
    }

    pub(super) fn lane(&self, who: Who, steps: &[NodeId], scale: &Scale, picture: &mut Picture) {
        let drafts: Vec<Draft> = steps.iter().filter_map(|id| self.draft(*id, scale)).collect();
        let rows = rows_for(&drafts);
        let count = rows.iter().max().map_or(1, |last| last + 1);
        let top = picture.y;
        for (draft, row) in drafts.into_iter().zip(rows) {
            let y = top + PAD + row as f64 * ROW + (ROW - BAR) / 2.0;
            picture.anchors.entry(draft.id).or_insert((
                draft.x,
                draft.x + draft.width,
                y + BAR / 2.0,
                picture.lanes.len(),
            ));
            let bar = self.bar(draft, y);
            picture.bars.extend(bar);
        }
        let height = 2.0 * PAD + count as f64 * ROW;
        let height = height.max(36.0);
        let (name, role) = match who {
            Who::Person(person) => {
                let person = self.plan().roster.person(person);
                (person.name.clone(), person.role.clone().unwrap_or_default())
            }
            Who::Nobody => ("no one".to_owned(), "runs or comes by itself".to_owned()),
            Who::NobodyYet => ("nobody yet".to_owned(), "an owner is missing".to_owned()),
        };
        let (name, role) = (shortened(&name, 18), shortened(&role, 22));
        picture.lanes.push(Lane { y: round(top), height: round(height), name, role });
        picture.y += height;
    }
}

/// The row of each bar, so that on no row two touch, names included.
fn rows_for(drafts: &[Draft]) -> Vec<usize> {
    let mut by_left: Vec<usize> = (0..drafts.len()).collect();
    by_left.sort_by(|a, b| drafts[*a].from.total_cmp(&drafts[*b].from));
    let mut rows = vec![0; drafts.len()];
    let mut free: BinaryHeap<Reverse<usize>> = BinaryHeap::new();
    let mut taken: BinaryHeap<Reverse<(Fixed, usize)>> = BinaryHeap::new();
    let mut count = 0;
    for index in by_left {
        let draft = &drafts[index];
        while let Some(Reverse((_, row))) =
            taken.peek().filter(|Reverse((end, _))| end.0 <= draft.from).copied()
        {
            taken.pop();
            free.push(Reverse(row));
        }
        let row = free.pop().map_or_else(
            || {
                count += 1;
                count - 1
            },
            |Reverse(row)| row,
        );
        taken.push(Reverse((Fixed(draft.to), row)));
        rows[index] = row;
    }
    rows
}

/// A length that can be ordered.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Fixed(f64);

impl Eq for Fixed {}

impl PartialOrd for Fixed {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Fixed {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(from: f64, to: f64) -> Draft {
        Draft {
            id: NodeId::new(1),
            x: from,
            width: to - from,
            whisker: 0.0,
            from,
            to,
            label: String::new(),
            label_x: 0.0,
            label_at: "right",
        }
    }

    #[test]
    fn names_that_would_touch_go_to_rows_of_their_own() {
        let drafts = [draft(0.0, 50.0), draft(10.0, 60.0), draft(50.0, 90.0), draft(55.0, 70.0)];
        assert_eq!(rows_for(&drafts), [0, 1, 0, 2]);
        // A name to the left of its bar reaches back.
        assert_eq!(rows_for(&[draft(0.0, 50.0), draft(60.0, 70.0), draft(40.0, 90.0)]), [0, 0, 1]);
    }

    #[test]
    fn long_names_are_shortened() {
        assert_eq!(shortened("Copy the orders", 8), "Copy th…");
        assert_eq!(shortened("Copy", 8), "Copy");
    }
}
