//! What somebody who drops out is in charge of besides their own steps.

use super::{Absentee, AbsenteeKind};
use crate::plan::{Given, NodeId, Owner, PersonId, Plan, QuestionId, TickId};
use crate::schedule::Schedule;

/// Everything besides steps.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Duties {
    /// Whether they call the steps.
    pub calls: bool,
    /// The open questions that they are to answer.
    pub questions: Vec<QuestionId>,
    /// The boxes inside steps of others that are theirs.
    pub ticks: Vec<TickId>,
    /// The steps of others that they take back.
    pub undos: Vec<NodeId>,
    /// The steps for which they are the backup, in run order.
    pub stands_in: Vec<NodeId>,
}

/// What whoever drops out has besides steps. A role has nothing but steps.
#[must_use]
pub fn duties(plan: &Plan, schedule: &Schedule, absentee: &Absentee) -> Duties {
    if absentee.kind == AbsenteeKind::Role {
        return Duties::default();
    }
    let is_theirs = |given: &Given<Owner>| matches!(given.value, Owner::Person(person) if absentee.people.contains(&person));
    let does = |id: NodeId| {
        let people = schedule.step(id).map(|placed| &placed.people[..]).unwrap_or_default();
        people.iter().any(|person| absentee.people.contains(person))
    };
    let questions = plan.questions.iter().enumerate().filter(|(_, question)| {
        question.asked && question.answer.is_none() && question.who.as_ref().is_some_and(is_theirs)
    });
    let ticks = plan.ticks.iter().enumerate().filter(|(_, tick)| {
        let counts = tick.step.is_some_and(|step| schedule.step(step).is_some() && !does(step));
        counts && tick.owners.iter().any(is_theirs)
    });
    let lines = std::iter::once(&schedule.main).chain(&schedule.ways_back);
    let steps: Vec<NodeId> = lines.flat_map(|line| line.order.iter().copied()).collect();
    let undos = steps.iter().copied().filter(|id| {
        let undos = plan.node(*id).step.iter().flat_map(|step| &step.undos);
        !does(*id) && undos.flat_map(|undo| &undo.owners).any(is_theirs)
    });
    let backs_up = |id: &NodeId| {
        let people: &[PersonId] = schedule.step(*id).map(|placed| &placed.people[..]).unwrap_or_default();
        let backups = plan.backups(plan.node(*id), people);
        backups
            .iter()
            .any(|backup| matches!(backup, Owner::Person(person) if absentee.people.contains(person)))
    };
    Duties {
        calls: plan.caller.as_ref().is_some_and(is_theirs),
        questions: questions.map(|(index, _)| QuestionId::new(index)).collect(),
        ticks: ticks.map(|(index, _)| TickId::new(index)).collect(),
        undos: undos.collect(),
        stands_in: steps.iter().copied().filter(backs_up).collect(),
    }
}
