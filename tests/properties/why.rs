//! What `why` claims holds: what breaks breaks, and no earlier; and a step starts when it is said to.

use proptest::prelude::*;
use tminus::Options;
use tminus::plan::{NodeId, Slip};
use tminus::schedule::{Break, Hold, Slips, What, Why};

use crate::answer::{answer_with, cases};
use crate::make::{Scope, plans};
use crate::model::{Id, Link, Model};
use crate::timed::Case;

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn what_breaks_breaks_and_no_earlier(plan in plans(Scope::Lonely), at in any::<prop::sample::Index>()) {
        let case = Case::new(plan);
        let Some((id, why)) = asked(&case, at) else { return Ok(()) };
        if has_errors_of_order(&case) || case.model.starts_backward() || why.later.slips != Slips::Starts {
            return Ok(());
        }
        for one in &why.later.breaks {
            let room = Case::new(held_back(&case, id, one.room));
            prop_assert!(!is_broken(&case, &room, one), "s{} breaks {:?} too early", id, one);
            let late = Case::new(held_back(&case, id, one.room + 60));
            prop_assert!(is_broken(&case, &late, one), "s{} does not break {:?}", id, one);
        }
    }

    #[test]
    fn the_end_and_the_pins_break_when_the_slack_is_used_up(plan in plans(Scope::Plain), at in any::<prop::sample::Index>()) {
        let case = Case::new(plan);
        let Some((id, why)) = asked(&case, at) else { return Ok(()) };
        let moves = |one: &&Break| matches!(one.what, What::Finish | What::Pin(_));
        if !has_errors_of_order(&case) && why.later.slips == Slips::Starts {
            let first = why.later.breaks.iter().filter(moves).map(|one| one.room).min();
            prop_assert_eq!(first, Some(case.steps[&id].slack), "slack of s{}", id);
        }
    }

    #[test]
    fn the_room_of_a_step_is_used_up_when_the_first_thing_breaks(plan in plans(Scope::All), at in any::<prop::sample::Index>()) {
        let case = Case::new(plan);
        let Some((id, why)) = asked(&case, at) else { return Ok(()) };
        let compiled = &case.answer.compiled;
        if has_errors_of_order(&case) || why.later.slips != Slips::Starts {
            return Ok(());
        }
        let slack = case.steps[&id].slack;
        let room = compiled.schedule.rooms(&compiled.plan, &compiled.graph).map_or(slack, |rooms| rooms[why.step.index()]);
        let first = why.later.breaks.first().map_or(slack, |first| first.room.clamp(0, slack));
        prop_assert_eq!(room, first, "room of s{}", id);
    }

    #[test]
    fn a_slip_of_the_slack_moves_no_end(plan in plans(Scope::Lonely), at in any::<prop::sample::Index>()) {
        let case = Case::new(plan);
        let Some((id, why)) = asked(&case, at) else { return Ok(()) };
        let finish = why.later.breaks.iter().find(|one| one.what == What::Finish);
        if has_errors_of_order(&case) || case.model.starts_backward() || why.later.slips != Slips::Starts {
            return Ok(());
        }
        if let Some(one) = finish {
            let slipped = |by: i64| {
                let mut options = Options::default();
                let slip = Slip::parse(&format!("{by}s")).expect("a length");
                options.plan.slips.push((case.model.name(id), slip));
                answer_with(&case.text, &options).compiled.schedule.main.finish
            };
            prop_assert_eq!(slipped(one.room), case.answer.compiled.schedule.main.finish, "s{}", id);
            if !is_started_with(&case.model, id) {
                prop_assert!(slipped(one.room + 60) > case.answer.compiled.schedule.main.finish, "s{}", id);
            }
        }
    }

    #[test]
    fn without_what_it_waited_for_it_starts_when_it_is_said_to(plan in plans(Scope::Lonely), at in any::<prop::sample::Index>()) {
        let case = Case::new(plan);
        let Some((id, why)) = asked(&case, at) else { return Ok(()) };
        let earlier = why.earlier.expect("it is tried out");
        let [Hold::Waits(waits)] = earlier.without.as_slice() else { return Ok(()) };
        let Some(then) = earlier.then else { return Ok(()) };
        if case.model.starts_backward() || has_errors_of_order(&case) {
            return Ok(());
        }
        let mut model = case.model.clone();
        for wait in waits {
            model.nodes[model_id(&case, wait.step)].dropped = true;
        }
        let without = Case::new(model);
        prop_assert_eq!(without.steps[&id].start, then.start.0, "start of s{}", id);
        prop_assert!(then.start.0 < case.steps[&id].start, "s{} starts no earlier", id);
    }

    #[test]
    fn in_short_the_same_is_said(plan in plans(Scope::All), at in any::<prop::sample::Index>()) {
        let case = Case::new(plan);
        let Some((_, why)) = asked(&case, at) else { return Ok(()) };
        let short = case.answer.compiled.why_in_short(&Options::default(), why.step).expect("it has a place");
        prop_assert_eq!(short.chain.as_slice(), &why.chain[..1]);
        prop_assert_eq!(short.later.slips, why.later.slips);
        prop_assert_eq!(short.later.breaks.as_slice(), &why.later.breaks[..why.later.breaks.len().min(1)]);
        prop_assert!(short.earlier.is_none());
    }

    #[test]
    fn every_chain_leads_to_a_beginning(plan in plans(Scope::All), at in any::<prop::sample::Index>()) {
        let case = Case::new(plan);
        let Some((_, why)) = asked(&case, at) else { return Ok(()) };
        for pair in why.chain.windows(2) {
            prop_assert!(pair[1].start <= pair[0].start, "{:?} after {:?}", pair[1], pair[0]);
        }
        prop_assert!(why.chain.first().is_some_and(|because| because.step == why.step));
        let text = tminus::view::Presenter::new(&case.answer.compiled, &case.answer.sources).why(&why, None, 100);
        prop_assert!(text.lines().count() > 8, "{}", text);
    }
}

fn has_errors_of_order(case: &Case) -> bool {
    ["pin-missed", "pin-clash", "link-missed"].iter().any(|rule| !case.said(rule).is_empty())
}

/// Asks about one of the steps, where there is one.
fn asked(case: &Case, at: prop::sample::Index) -> Option<(Id, Why)> {
    let ids: Vec<Id> = case.steps.keys().copied().collect();
    let id = (!ids.is_empty()).then(|| ids[at.index(ids.len())])?;
    let plan = &case.answer.compiled.plan;
    let name = case.model.name(id);
    let node = plan.ids().find(|node| plan.node(*node).id == name).expect("the step");
    let why = case.answer.compiled.why(&Options::default(), node);
    Some((id, why.expect("the step has a place")))
}

fn model_id(case: &Case, node: NodeId) -> Id {
    let id = &case.answer.compiled.plan.node(node).id;
    (0..case.model.nodes.len()).find(|one| case.model.name(*one) == *id).expect("the step")
}

/// The plan with one step that may not start until so much later.
fn held_back(case: &Case, id: Id, by: i64) -> Model {
    let mut model = case.model.clone();
    model.nodes[id].from = Some(case.steps[&id].start + by);
    model
}

/// Whether something is broken in a plan that was not before.
fn is_broken(before: &Case, after: &Case, one: &Break) -> bool {
    let said = |rule: &str, node: NodeId| {
        let id = model_id(before, node);
        after.said(rule).contains(&id) && !before.said(rule).contains(&id)
    };
    match one.what {
        What::Finish => after.finish > before.finish,
        What::Pin(node) | What::MissedPin(node) => said("pin-missed", node),
        What::Deadline(node) => said("deadline-missed", node),
        What::Window(node) => said("window-missed", node),
        What::BackOut(node) => said("gate-too-late", node),
    }
}

/// Whether something goes by the start of a step and not by its end, or by both as one.
fn is_started_with(model: &Model, id: Id) -> bool {
    let around = model.around(id);
    let links = model.nodes.iter().flat_map(|node| &node.links);
    links.into_iter().any(|(link, target, _)| {
        matches!(link, Link::With | Link::During | Link::RightAfter)
            && (*target == id || around.contains(target))
    })
}
