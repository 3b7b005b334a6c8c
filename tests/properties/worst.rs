//! The night on which every range takes its longest, worked out again from the order of the steps.

use std::collections::BTreeMap;

use proptest::prelude::*;

use crate::answer::{answer, cases};
use crate::make::{Scope, plans};
use crate::model::{Id, Kind, Link};
use crate::slack::{Next, length, limits};
use crate::timed::Case;

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn the_worst_is_what_the_order_makes_of_the_longest(plan in plans(Scope::Plain)) {
        let case = Case::new(plan);
        if let Some(worst) = (!has_errors_of_order(&case)).then(|| worst(&case)).flatten() {
            let (said, found) = (case.said("at-risk"), at_risk(&case, &worst));
            if said.iter().any(|id| case.model.nodes[*id].at.is_some()) {
                // What comes after a pin goes by it, whatever the pin has missed: less is late than follows here.
                prop_assert!(said.iter().all(|id| found.contains(id)), "{said:?} of {found:?}");
            } else {
                for (id, step) in &case.steps {
                    prop_assert_eq!(step.worst_finish, worst[id] + longest(&case, *id), "worst finish of s{}", id);
                }
                prop_assert_eq!(said, found);
            }
        }
    }

    #[test]
    fn nothing_ends_earlier_at_worst_and_without_ranges_nothing_changes(plan in plans(Scope::All)) {
        let case = Case::new(plan);
        let ranges = case.model.nodes.iter().any(|node| node.wider > 0);
        for (id, step) in &case.steps {
            prop_assert!(step.worst_finish >= step.finish, "s{} ends earlier at worst", id);
        }
        let mut model = case.model.clone();
        model.nodes.iter_mut().for_each(|node| node.wider = 0);
        let exact = if ranges { Case::new(model) } else { case };
        for (id, step) in &exact.steps {
            prop_assert_eq!(step.worst_finish, step.finish, "s{} has nothing to be late for", id);
        }
        prop_assert!(exact.said("at-risk").is_empty());
    }
}

/// However many of them there are.
#[test]
fn phases_that_begin_with_each_other_are_late_together() {
    let mut text = "---\nstart: 2027-03-04 08:00\ntimezone: UTC\n---\n\n- [ ] Prepare {1h..6h}\n".to_owned();
    for number in 0..80 {
        let with = (0..number).next_back().map_or_else(String::new, |before| format!(" with=p{before}+10m"));
        text.push_str(&format!(
            "\n## Phase {{#p{number}{with}}}\n\n- [ ] Copy {{20m}}\n- [ ] Look {{5m .parallel}}\n"
        ));
    }
    let answer = answer(&text);
    let steps: Vec<_> = answer.compiled.schedule.steps.iter().flatten().collect();
    assert_eq!(steps.len(), 161);
    for step in steps {
        assert_eq!(step.worst.end - step.finish, 9_000, "step {}", step.number);
    }
}

fn has_errors_of_order(case: &Case) -> bool {
    ["pin-missed", "pin-clash", "link-missed"].iter().any(|rule| !case.said(rule).is_empty())
}

fn longest(case: &Case, id: Id) -> i64 {
    let node = &case.model.nodes[id];
    let wider = if node.kind == Kind::Milestone { 0 } else { node.wider };
    length(case, id) + wider
}

/// By step: its start when every step takes its longest and none begins earlier than planned. Nothing
/// where a block could only run after itself.
fn worst(case: &Case) -> Option<BTreeMap<Id, i64>> {
    let mut worst: BTreeMap<Id, i64> = case.steps.iter().map(|(id, step)| (*id, step.start)).collect();
    let limits = limits(case, &|id| longest(case, id));
    for _ in 0..200 {
        let before = worst.clone();
        for (from, to, apart) in &limits {
            if let Next::Step(to) = to
                && case.model.nodes[*to].at.is_none()
            {
                let asked = worst[from] + apart;
                let known = worst.get_mut(to).expect("a step");
                *known = asked.max(*known);
            }
        }
        if worst == before {
            return Some(worst);
        }
    }
    None
}

/// What is met as planned and missed at worst, at the steps and pinned phases.
fn at_risk(case: &Case, worst: &BTreeMap<Id, i64>) -> Vec<Id> {
    let mut ids: Vec<Id> = Vec::new();
    for (id, step) in &case.steps {
        let around = || std::iter::once(*id).chain(case.model.around(*id));
        let by = around().filter_map(|id| case.model.nodes[id].by).min();
        let late = |limit: i64| step.finish <= limit && worst[id] + longest(case, *id) > limit;
        let outside = case.window(*id).is_some_and(|(start, end)| step.start >= start && late(end));
        if by.is_some_and(late) || outside {
            ids.push(*id);
        }
    }
    for (id, pin) in (1..case.model.nodes.len()).filter_map(|id| Some((id, case.model.nodes[id].at?))) {
        let limits = limits(case, &|id| longest(case, id));
        let waits = |next: &Next| match next {
            Next::Step(to) => *to == id,
            Next::Moment(moment) => !case.model.nodes[id].is_step() && *moment == pin,
        };
        // What follows a pin directly does not hold it back: then it is the link that is missed.
        let follows = |from: &Id| {
            let mut links = case.model.nodes[*from].links.iter();
            links.any(|(link, target, _)| *link == Link::RightAfter && *target == id)
        };
        let missed = |(from, next, apart): &(Id, Next, i64)| {
            waits(next) && !follows(from) && worst[from] + apart > pin
        };
        if !case.model.steps(id).is_empty() && limits.iter().any(missed) {
            ids.push(id);
        }
    }
    ids.sort_unstable();
    ids.dedup();
    ids
}
