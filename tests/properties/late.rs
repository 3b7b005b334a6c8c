//! A late step is as late as it can be: a minute more, and another moves, or something is missed.

use proptest::prelude::*;

use crate::answer::cases;
use crate::make::{Scope, plans};
use crate::model::{Id, Model};
use crate::timed::Case;

proptest! {
    #![proptest_config(cases(1_500))]

    #[test]
    fn late_steps_can_be_no_later(plan in plans(Scope::Plain)) {
        let case = Case::new(plan);
        if missed(&case) || case.model.starts_backward() {
            return Ok(());
        }
        let late: Vec<Id> = case.steps.keys().copied().filter(|id| case.model.nodes[*id].late).collect();
        // Where they stand, whoever takes them for ordinary steps that may begin no earlier finds the same schedule;
        // unless people get their turns in another order then.
        if starts(&case) != starts(&Case::new(held(&case, &late, None))) {
            return Ok(());
        }
        for id in late.iter().filter(|id| case.model.nodes[**id].at.is_none()) {
            let later = Case::new(held(&case, &late, Some(*id)));
            // Of a team somebody else may be free then, for this step or another.
            let same_people = case.steps[id].people == later.steps[id].people;
            let others = starts(&case).into_iter().zip(starts(&later)).filter(|(one, _)| one.0 != *id);
            let moved = others.into_iter().any(|(one, other)| one != other) || later.finish > case.finish;
            prop_assert!(moved || missed(&later) || !same_people, "s{} can be later", id);
        }
    }
}

/// The plan with its late steps held where they are, one of them a minute later.
fn held(case: &Case, late: &[Id], later: Option<Id>) -> Model {
    let mut model = case.model.clone();
    for id in late {
        let more = if later == Some(*id) { 60 } else { 0 };
        model.nodes[*id].late = false;
        model.nodes[*id].from = Some(case.steps[id].start + more);
    }
    model
}

/// When each step begins, and who does it.
fn starts(case: &Case) -> Vec<(Id, i64, &[usize])> {
    case.steps.iter().map(|(id, step)| (*id, step.start, step.people.as_slice())).collect()
}

fn missed(case: &Case) -> bool {
    let rules = ["pin-missed", "pin-clash", "link-missed", "deadline-missed", "window-missed"];
    rules.iter().any(|rule| !case.said(rule).is_empty())
}
