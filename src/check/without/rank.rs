//! Everybody by how much their loss would hurt.
//!
//! Counted exactly of everybody: the steps that nobody else could take, those that somebody could take
//! only later, and the critical ones. How far the plan's finish would move has to be tried, and is asked
//! only of those whom the counts put first.

use std::cmp::Reverse;
use std::collections::HashSet;

use super::{Absentee, Fitness};
use crate::check::people::{Staff, is_done_by_somebody};
use crate::plan::{NodeId, PersonId, Plan};
use crate::schedule::{Placed, Schedule};

/// So many people get a closer look.
const MOST_LOOKS: usize = 5;

/// What the loss of somebody means.
#[derive(Debug, Clone)]
pub struct Loss {
    /// Who.
    pub person: PersonId,
    /// How many steps they have.
    pub steps: usize,
    /// How many of those nobody else could take.
    pub nobody: usize,
    /// How many somebody else could take only later.
    pub later: usize,
    /// How many are critical.
    pub critical: usize,
    /// What becomes of the plan without them, where it was tried.
    pub tried: Option<Moved>,
}

/// How a plan without somebody differs from the plan with them.
#[derive(Debug, Clone, Copy)]
pub struct Moved {
    /// By how many seconds it begins later.
    pub start: i64,
    /// By how many seconds it ends later.
    pub finish: i64,
    /// How many errors more it has.
    pub errors: usize,
}

impl Loss {
    fn weight(&self) -> impl Ord + use<> {
        let tried = self.tried.map(|moved| (moved.finish, Reverse(moved.start), moved.errors));
        let tried = tried.unwrap_or((0, Reverse(0), 0));
        (self.nobody, tried, self.later, self.critical, self.steps)
    }
}

/// Everybody who has steps, the worst loss first. `try_without` says how the plan gets on without somebody; it is
/// asked of `most` people, and once more, of who comes out first, with `true` for a closer look.
pub fn rank(
    plan: &Plan,
    schedule: &Schedule,
    staff: &Staff<'_>,
    most: usize,
    try_without: &mut dyn FnMut(Absentee, bool) -> Option<Moved>,
) -> Vec<Loss> {
    let mut losses = count(plan, schedule, staff);
    losses.sort_by_key(|loss| (Reverse(loss.weight()), loss.person));
    for loss in losses.iter_mut().take(most) {
        loss.tried = try_without(Absentee::person(plan, loss.person), false);
    }
    losses.sort_by_key(|loss| (Reverse(loss.weight()), loss.person));
    // A closer look can make somebody less missed, and another the first.
    let mut seen = HashSet::new();
    while let Some(first) =
        losses.first_mut().filter(|first| first.tried.is_some() && seen.insert(first.person))
    {
        first.tried = try_without(Absentee::person(plan, first.person), true);
        losses.sort_by_key(|loss| (Reverse(loss.weight()), loss.person));
        if seen.len() >= MOST_LOOKS {
            break;
        }
    }
    losses
}

fn count(plan: &Plan, schedule: &Schedule, staff: &Staff<'_>) -> Vec<Loss> {
    let mut losses: Vec<Option<Loss>> = vec![None; plan.roster.people.len()];
    for &id in &schedule.main.order {
        let (node, Some(placed)) = (plan.node(id), schedule.step(id)) else { continue };
        let critical = usize::from(placed.is_critical());
        let best = if is_done_by_somebody(node) { best(staff, id, placed) } else { Fitness::Ready };
        for &person in &placed.people {
            let loss = losses[person.index()].get_or_insert(Loss {
                person,
                steps: 0,
                nobody: 0,
                later: 0,
                critical: 0,
                tried: None,
            });
            loss.steps += 1;
            loss.critical += critical;
            loss.nobody += usize::from(best == Fitness::Never);
            loss.later += usize::from(best == Fitness::Later);
        }
    }
    losses.into_iter().flatten().collect()
}

/// How well the best of all others could take a step.
fn best(staff: &Staff<'_>, id: NodeId, placed: &Placed) -> Fitness {
    let others = staff.people().filter(|person| staff.may_take(*person, placed));
    let mut best = Fitness::Never;
    for person in others {
        best = best.min(staff.fitness(person, id, placed));
        if best == Fitness::Ready {
            break;
        }
    }
    best
}
