//! Any plan: the schedule keeps what the language promises, checked step by step.

use proptest::prelude::*;
use proptest::sample::Index;

use crate::answer::cases;
use crate::make::{Scope, plans};
use crate::model::{Dates, Id, Kind, Length, Link};
use crate::timed::{Case, list, time, words};

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn a_schedule_keeps_its_promises(plan in plans(Scope::All)) {
        check(&Case::new(plan));
    }

    #[test]
    fn a_plain_schedule_keeps_its_promises(plan in plans(Scope::Plain)) {
        check(&Case::new(plan));
    }

    #[test]
    fn a_plan_without_a_start_begins_in_time_for_its_pin(plan in plans(Scope::Plain), at in any::<Index>()) {
        let mut plan = plan;
        let steps = plan.steps(0);
        for node in &mut plan.nodes {
            (node.at, node.from, node.by, node.window) = (None, None, None, None);
            node.links.retain(|(link, ..)| *link != Link::RightAfter);
        }
        let t0 = 1_796_364_000;
        plan.dates = Dates::T0(t0);
        plan.nodes[steps[at.index(steps.len())]].at = Some(t0);
        let case = Case::new(plan);
        prop_assert_eq!(case.said("pin-missed"), Vec::<Id>::new());
        check(&case);
    }
}

fn check(case: &Case) {
    every_step_is_there_once(case);
    only_known_rules_speak(case);
    order_holds(case);
    lengths_hold(case);
    nobody_is_in_two_places(case);
    pins_hold_or_are_reported(case);
    links_hold_or_are_reported(case);
    bounds_are_reported_when_missed(case);
    numbers_follow_the_run_order(case);
    slack_and_critical_agree(case);
    groups_reach_from_first_to_last(case);
    the_whole_is_consistent(case);
    reasons_are_true(case);
}

fn every_step_is_there_once(case: &Case) {
    let there: Vec<Id> = case.steps.keys().copied().collect();
    assert_eq!(there, case.model.steps(0), "steps\n{}", case.text);
    let dropped = (1..case.model.nodes.len())
        .filter(|id| case.model.nodes[*id].is_step() && case.model.is_dropped(*id));
    assert_eq!(list(&case.answer.json["dropped"]).len(), dropped.count(), "dropped\n{}", case.text);
}

/// The plans are valid: nothing but time may be wrong with them.
fn only_known_rules_speak(case: &Case) {
    let fine = [
        "pin-missed",
        "pin-clash",
        "link-missed",
        "deadline-missed",
        "window-missed",
        "owner-away",
        "outside-hours",
        "at-risk",
        "t0-without-pin",
        "front-matter",
    ];
    for one in list(&case.answer.json["diagnostics"]) {
        assert!(fine.contains(&words(&one["rule"])), "{one}\n{}", case.text);
    }
}

fn order_holds(case: &Case) {
    for (id, step) in &case.steps {
        let node = &case.model.nodes[*id];
        if node.at.is_some() || case.spans(*id).is_some() || follows_a_pin_too_early(case, *id) {
            continue;
        }
        let arrival = case.arrival(*id).max(case.pin_around(*id)).max(node.from);
        let window = case.window(*id).map(|window| window.0);
        let inherited = case.model.around(*id).into_iter().filter_map(|around| case.model.nodes[around].from);
        let bound = arrival.max(window).max(inherited.max());
        let late = bound.is_some_and(|bound| bound > step.start);
        assert!(!late, "s{id} starts at {} before {bound:?}\n{}", step.start, case.text);
        assert!(step.start >= case.start, "s{id} starts before the plan\n{}", case.text);
    }
}

/// Whether a step may follow one that is pinned before the pin of the phase around.
fn follows_a_pin_too_early(case: &Case, id: Id) -> bool {
    case.pin_around(id).is_some() && !case.said("pin-missed").is_empty() && in_a_block(case, id)
}

fn lengths_hold(case: &Case) {
    for (id, step) in &case.steps {
        let node = &case.model.nodes[*id];
        if let Some(target) = case.spans(*id) {
            if case.has_dropped(target) {
                continue;
            }
            let spanned = (case.start_of(target), case.finish_of(target));
            assert_eq!((step.start, step.finish), spanned, "s{id} spans s{target}\n{}", case.text);
            continue;
        }
        let seconds = match node.length {
            _ if node.kind == Kind::Milestone => 0,
            Length::Clock(seconds) => seconds,
            Length::Work(days) => days * 8 * 3600,
        };
        assert_eq!(step.seconds, seconds, "seconds of s{id}\n{}", case.text);
        if !case.works(*id) {
            assert_eq!(step.finish - step.start, seconds, "length of s{id}\n{}", case.text);
            continue;
        }
        let never = case.said("front-matter");
        if never.contains(id) || !never.is_empty() {
            continue;
        }
        let taken = case.taken(*id);
        let worked: i64 = taken.iter().map(|(start, end)| end - start).sum();
        let pinned = node.at.is_some();
        assert_eq!(worked, seconds, "s{id} works {worked} s\n{}", case.text);
        assert!(pinned || taken[0].0 == step.start, "s{id} starts outside working hours\n{}", case.text);
        assert_eq!(taken[taken.len() - 1].1, step.finish, "s{id} ends outside working hours\n{}", case.text);
    }
}

/// Every pair of steps that need the same person or the same lock at once.
fn clashes(case: &Case) -> Vec<(Id, Id)> {
    let ids: Vec<Id> = case.steps.keys().copied().collect();
    let overlap = |one: &[(i64, i64)], two: &[(i64, i64)]| {
        let meet = |a: &(i64, i64), b: &(i64, i64)| a.0 < b.1 && b.0 < a.1 && a.0 < a.1 && b.0 < b.1;
        one.iter().any(|a| two.iter().any(|b| meet(a, b)))
    };
    let taken: Vec<Vec<(i64, i64)>> = ids.iter().map(|id| case.taken(*id)).collect();
    let mut clashes = Vec::new();
    for (later, a) in ids.iter().enumerate() {
        for (earlier, b) in ids[..later].iter().enumerate() {
            let (one, two) = (&case.steps[a], &case.steps[b]);
            let person = case.occupies(*a)
                && case.occupies(*b)
                && one.people.iter().any(|person| two.people.contains(person))
                && overlap(&taken[later], &taken[earlier]);
            let (one_lock, two_lock) = (&case.model.nodes[*a].locks, &case.model.nodes[*b].locks);
            let lock = one_lock.iter().any(|lock| two_lock.contains(lock))
                && overlap(&[(one.start, one.finish)], &[(two.start, two.finish)]);
            if person || lock {
                clashes.push((*b, *a));
            }
        }
    }
    clashes
}

fn nobody_is_in_two_places(case: &Case) {
    let mut real = Vec::new();
    for (earlier, later) in clashes(case) {
        let pinned = |id: Id| case.model.nodes[id].at.is_some();
        let spans = |id: Id| case.spans(id).is_some();
        if spans(earlier) || spans(later) {
            continue;
        }
        assert!(
            pinned(earlier) && pinned(later),
            "s{earlier} and s{later} need the same person or lock at once\n{}",
            case.text
        );
        real.push(later);
    }
    real.dedup();
    real.sort_unstable();
    real.dedup();
    assert_eq!(case.said("pin-clash"), real, "pin-clash\n{}", case.text);
}

fn pins_hold_or_are_reported(case: &Case) {
    let start = match case.model.dates {
        Dates::Start(start) | Dates::Both(start, _) => Some(start),
        _ => None,
    };
    let said = case.said("pin-missed");
    for id in 1..case.model.nodes.len() {
        let node = &case.model.nodes[id];
        let Some(pin) = node.at.filter(|_| case.is_live(id)) else {
            assert!(!said.contains(&id), "s{id} has no pin\n{}", case.text);
            continue;
        };
        if node.is_step() {
            assert_eq!(case.steps[&id].start, pin, "s{id} is pinned\n{}", case.text);
        }
        let around = case.model.around(id).into_iter().map(|around| case.model.nodes[around].from);
        let from = around.chain([node.from]).flatten().max().filter(|_| node.is_step());
        let pin_around = case.pin_around(id).filter(|_| node.is_step());
        let bound = case.arrival(id).max(pin_around).max(start).max(from);
        let missed = bound.is_some_and(|bound| bound > pin);
        assert_eq!(said.contains(&id), missed, "pin-missed of s{id}: {bound:?} {pin}\n{}", case.text);
    }
}

fn links_hold_or_are_reported(case: &Case) {
    let said = case.said("link-missed");
    for (id, step) in &case.steps {
        for (link, target, _) in &case.model.nodes[*id].links {
            if *link == Link::RightAfter && case.is_live(*target) && !case.works(*id) {
                let missed = step.start != case.finish_of(*target);
                assert_eq!(said.contains(id), missed, "link-missed of s{id}\n{}", case.text);
            }
        }
    }
}

fn bounds_are_reported_when_missed(case: &Case) {
    let (mut late, mut outside) = (Vec::new(), Vec::new());
    for (id, step) in &case.steps {
        let own_first = std::iter::once(*id).chain(case.model.around(*id));
        let by = own_first.filter_map(|id| case.model.nodes[id].by).min();
        if by.is_some_and(|by| step.finish > by) {
            late.push(*id);
        }
        if case.window(*id).is_some_and(|(start, end)| step.start < start || step.finish > end) {
            outside.push(*id);
        }
    }
    assert_eq!(case.said("deadline-missed"), late, "deadline-missed\n{}", case.text);
    assert_eq!(case.said("window-missed"), outside, "window-missed\n{}", case.text);
}

fn numbers_follow_the_run_order(case: &Case) {
    let mut starts = Vec::new();
    for (index, step) in list(&case.answer.json["steps"]).iter().enumerate() {
        assert_eq!(step["number"].as_u64(), Some(index as u64 + 1), "numbers\n{}", case.text);
        starts.push(time(&step["start"]));
    }
    assert!(starts.is_sorted(), "steps are not in run order\n{}", case.text);
    let missed = !case.said("pin-missed").is_empty() || !case.said("link-missed").is_empty();
    for (id, step) in case.steps.iter().filter(|_| !missed) {
        for before in &step.waits_for {
            let before: Id = before[1..].parse().expect("a number");
            if let Some(before) = case.steps.get(&before) {
                assert!(before.number < step.number, "s{id} has the lower number\n{}", case.text);
            }
        }
    }
}

fn slack_and_critical_agree(case: &Case) {
    let missed = !case.said("link-missed").is_empty();
    for (id, step) in &case.steps {
        assert!(step.slack >= 0, "slack of s{id}\n{}", case.text);
        assert_eq!(step.critical, step.slack == 0, "s{id} critical\n{}", case.text);
        let pinned = case.model.nodes[*id].at.is_some();
        assert!(!pinned || step.slack == 0, "s{id} is pinned and can slip\n{}", case.text);
        let room = case.finish - step.start;
        assert!(missed || step.slack <= room, "s{id} can slip past the end of the plan\n{}", case.text);
    }
    let critical = case.steps.values().any(|step| step.critical);
    assert!(missed || critical || case.steps.is_empty(), "nothing is critical\n{}", case.text);
}

fn groups_reach_from_first_to_last(case: &Case) {
    for group in list(&case.answer.json["groups"]) {
        let name = words(&group["id"]);
        let Some(id) = name.strip_prefix(case.model.prefix).and_then(|id| id.parse::<Id>().ok()) else {
            continue;
        };
        if case.is_live(id) {
            let ends = (time(&group["start"]), time(&group["finish"]));
            assert_eq!(ends, (case.start_of(id), case.finish_of(id)), "{name}\n{}", case.text);
        } else {
            assert!(group["start"].is_null() && group["finish"].is_null(), "{name}\n{}", case.text);
        }
    }
}

fn the_whole_is_consistent(case: &Case) {
    let last = case.steps.values().map(|step| step.finish).max();
    assert!(last.is_none_or(|last| last == case.finish), "finish {} {last:?}\n{}", case.finish, case.text);
    match case.model.dates {
        Dates::Start(start) => assert_eq!((case.start, case.t0), (start, start), "{}", case.text),
        Dates::Both(start, t0) => assert_eq!((case.start, case.t0), (start, t0), "{}", case.text),
        Dates::T0(t0) => assert_eq!(case.t0, t0, "{}", case.text),
        Dates::None => assert_eq!(case.t0, 0, "{}", case.text),
    }
}

/// Whether a step is placed together with another: what holds one back holds back the other.
fn in_a_block(case: &Case, id: Id) -> bool {
    let nodes = &case.model.nodes;
    let follows = nodes[id].links.iter().any(|(link, ..)| *link == Link::RightAfter);
    let mut around = std::iter::once(id).chain(case.model.around(id));
    let leads = |one: Id| {
        nodes.iter().any(|node| {
            node.links.iter().any(|(link, target, _)| *link == Link::RightAfter && *target == one)
        })
    };
    follows || around.any(leads)
}

/// What a reason names is what the start waited for, and nothing of a higher rank held it as long.
fn reasons_are_true(case: &Case) {
    for (id, step) in &case.steps {
        let node = &case.model.nodes[*id];
        if case.spans(*id).is_some() || case.works(*id) || in_a_block(case, *id) {
            continue;
        }
        let arrival = case.arrival(*id).is_some_and(|arrival| arrival == step.start);
        let around = case.pin_around(*id).is_some_and(|pin| arrival || pin == step.start);
        let from = std::iter::once(*id).chain(case.model.around(*id));
        let from = from.filter_map(|id| case.model.nodes[id].from).max() == Some(step.start);
        let freed = |before: &Id| case.steps[before].finish <= step.start;
        let shares = |before: &Id| {
            case.occupies(*before) && case.steps[before].people.iter().any(|who| step.people.contains(who))
        };
        let locks =
            |before: &Id| case.model.nodes[*before].locks.iter().any(|lock| node.locks.contains(lock));
        // Whoever was in the way may have moved on since, as late as it can.
        // Or it was in the way with the place it had backward from a pin.
        let backward = matches!(case.model.dates, Dates::T0(_) | Dates::None);
        let moved = backward || case.model.nodes.iter().any(|node| node.late);
        let named = moved || !step.reason_ids.is_empty();
        let holds = match step.reason.as_str() {
            // What is dropped stands for what it waited for, the pin of its phase too.
            "pin" => {
                node.at.is_some() || around || (arrival && case.model.nodes.iter().any(|node| node.dropped))
            }
            "late" => node.late,
            "step" => arrival,
            "person" => named && step.reason_ids.iter().all(shares),
            "lock" => named && step.reason_ids.iter().all(|id| locks(id) && freed(id)),
            "window" => case.window(*id).is_some_and(|window| window.0 == step.start),
            "from" => from,
            "start" => step.start == case.start,
            other => panic!("no reason is called {other}"),
        };
        let ids = &step.reason_ids;
        assert!(holds, "s{id} starts because of {} {ids:?}\n{}", step.reason, case.text);
        let lower = ["person", "lock", "window", "from", "start"].contains(&step.reason.as_str());
        assert!(
            moved || !(lower && arrival),
            "s{id} waited for a step, not for {}\n{}",
            step.reason,
            case.text
        );
    }
}
