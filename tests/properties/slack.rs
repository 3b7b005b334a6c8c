//! Slack is exact: worked out again from the order of the steps, and tried out by holding a step back.

use std::collections::BTreeMap;

use proptest::prelude::*;

use crate::answer::cases;
use crate::make::{Scope, plans};
use crate::model::{Id, Kind, Link, Model};
use crate::order::Bound;
use crate::timed::Case;

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn slack_is_what_the_order_leaves(plan in plans(Scope::Plain)) {
        let case = Case::new(plan);
        if !case.has_errors_of_order() {
            let latest = latest(&case);
            for (id, step) in &case.steps {
                prop_assert_eq!(step.slack, latest[id] - step.start, "slack of s{}", id);
            }
        }
    }

    #[test]
    fn a_step_held_back_by_its_slack_moves_no_end_and_by_more_does(plan in plans(Scope::Lonely), at in any::<proptest::sample::Index>()) {
        let case = Case::new(plan);
        let ids: Vec<Id> = case.steps.keys().copied().collect();
        slips_exactly(&case, ids[at.index(ids.len())])?;
    }

    #[test]
    fn so_does_each_where_phases_begin_with_phases(plan in plans(Scope::Begun)) {
        let case = Case::new(plan);
        for id in case.steps.keys() {
            slips_exactly(&case, *id)?;
        }
    }
}

/// A step that is held back by its slack moves no end; by more, it does.
fn slips_exactly(case: &Case, id: Id) -> Result<(), TestCaseError> {
    let node = &case.model.nodes[id];
    let backward = case.model.has_pins() && case.model.starts_backward();
    if !case.has_errors_of_order() && node.at.is_none() && !backward {
        let room = Case::new(held_back(case, id, case.steps[&id].slack));
        prop_assert_eq!(room.finish, case.finish, "held back by its slack, s{} moves the end", id);
        prop_assert!(!room.has_errors_of_order(), "held back by its slack, s{} breaks the order", id);
        let late = Case::new(held_back(case, id, case.steps[&id].slack + 60));
        prop_assert!(late.finish > case.finish || late.has_errors_of_order(), "s{} can slip further", id);
    }
    Ok(())
}

/// The plan with one step that may not start until its slack, and so much more, is over.
fn held_back(case: &Case, id: Id, by: i64) -> Model {
    let mut model = case.model.clone();
    model.nodes[id].from = Some(case.steps[&id].start + by);
    model
}

impl Case {
    /// Whether a pin or a link does not hold.
    fn has_errors_of_order(&self) -> bool {
        ["pin-missed", "pin-clash", "link-missed"].iter().any(|rule| !self.said(rule).is_empty())
    }
}

/// By step: how late it can start when what follows it, in the order of the plan and of every person
/// and lock, keeps the end of the plan and every pin.
fn latest(case: &Case) -> BTreeMap<Id, i64> {
    let mut latest: BTreeMap<Id, i64> =
        case.steps.keys().map(|id| (*id, case.finish - length(case, *id))).collect();
    let limits = limits(case, &|id| length(case, id));
    loop {
        let before = latest.clone();
        for (id, node) in case.steps.keys().map(|id| (*id, &case.model.nodes[*id])) {
            if let Some(pin) = node.at {
                latest.insert(id, pin);
            }
        }
        for (from, to, apart) in &limits {
            let limit = match to {
                Next::Step(to) => latest[to] - apart,
                Next::Moment(pin) => pin - apart,
            };
            let known = latest.get_mut(from).expect("a step");
            *known = limit.min(*known);
        }
        if latest == before {
            return latest;
        }
    }
}

/// What a step must come before.
pub enum Next {
    Step(Id),
    Moment(i64),
}

pub fn length(case: &Case, id: Id) -> i64 {
    case.steps[&id].finish - case.steps[&id].start
}

/// Pairs of steps of which the first starts at least so many seconds before the second, when the steps
/// take so long.
pub fn limits(case: &Case, length: &dyn Fn(Id) -> i64) -> Vec<(Id, Next, i64)> {
    let mut limits = Vec::new();
    for id in 1..case.model.nodes.len() {
        for bound in case.bounds(id) {
            let (target, apart): (Id, Box<dyn Fn(Id) -> i64 + '_>) = match bound {
                Bound::After(target, lag) => (target, Box::new(move |from| length(from) + lag)),
                Bound::With(target, lag) => (target, Box::new(move |_| lag)),
            };
            for from in case.model.steps(target) {
                limits.extend(beginnings(case, id).into_iter().map(|next| (from, next, apart(from))));
            }
        }
    }
    limits.extend(turns(case, length));
    for id in case.steps.keys().copied() {
        for (_, target, _) in case.model.nodes[id].links.iter().filter(|(link, ..)| *link == Link::RightAfter)
        {
            // One block: the follower slips no further than what it follows.
            limits.push((id, Next::Step(*target), -length(*target)));
        }
    }
    limits
}

/// What waits for what a node waits for: the steps inside, up to the first pin on the way in.
fn beginnings(case: &Case, id: Id) -> Vec<Next> {
    let node = &case.model.nodes[id];
    match node.at {
        _ if node.is_step() => vec![Next::Step(id)],
        Some(pin) => vec![Next::Moment(pin)],
        None => case.model.children(id).into_iter().flat_map(|child| beginnings(case, child)).collect(),
    }
}

/// The order of every person's and lock's steps.
fn turns(case: &Case, length: &dyn Fn(Id) -> i64) -> Vec<(Id, Next, i64)> {
    let mut turns = Vec::new();
    let occupies = |id: &Id| case.occupies(*id) && case.model.nodes[*id].kind == Kind::Step;
    for (one, a) in &case.steps {
        for (two, b) in &case.steps {
            let person = occupies(one) && occupies(two) && a.people.iter().any(|who| b.people.contains(who));
            let (locks, others) = (&case.model.nodes[*one].locks, &case.model.nodes[*two].locks);
            let lock =
                locks.iter().any(|lock| others.contains(lock)) && a.finish > a.start && b.finish > b.start;
            if one != two && (person || lock) && a.start < b.start {
                turns.push((*one, Next::Step(*two), length(*one)));
            }
        }
    }
    turns
}
