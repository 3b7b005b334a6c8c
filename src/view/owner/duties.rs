//! Who has to do with which steps: one walk over all of them finds it for everybody.

use std::collections::HashMap;

use crate::plan::{Given, NodeId, Owner, PersonId, QuestionId, Tick, Undo};
use crate::view::presenter::Presenter;

/// What everybody has to do; steps in the order of the lines.
#[derive(Default)]
pub(in crate::view) struct AllDuties<'a> {
    /// By person.
    pub(in crate::view) people: Vec<Duties<'a>>,
    /// By team: steps that are written to it.
    pub(in crate::view) teams: Vec<Vec<NodeId>>,
    /// By handle as it stands in the text, which for a role is not whom it means.
    pub(in crate::view) handles: HashMap<&'a str, Vec<NodeId>>,
    /// Steps that want an owner and have none.
    pub(in crate::view) unassigned: Vec<NodeId>,
}

/// What somebody has to do.
#[derive(Clone, Default)]
pub(in crate::view) struct Duties<'a> {
    pub(in crate::view) steps: Vec<NodeId>,
    pub(in crate::view) backup_for: Vec<NodeId>,
    /// Boxes in other people's steps.
    pub(in crate::view) ticks: Vec<(NodeId, &'a Tick)>,
    /// Undos of other people's steps.
    pub(in crate::view) undos: Vec<(NodeId, &'a Undo)>,
    /// Open questions.
    pub(in crate::view) questions: Vec<QuestionId>,
}

impl Presenter<'_> {
    pub(in crate::view) fn duties(&self) -> AllDuties<'_> {
        let plan = self.plan();
        let mut all = AllDuties {
            people: vec![Duties::default(); plan.roster.people.len()],
            teams: vec![Vec::new(); plan.roster.teams.len()],
            ..AllDuties::default()
        };
        for id in self.all_steps() {
            self.by_handle(id, &mut all);
            self.by_person(id, &mut all.people);
        }
        for (index, question) in plan.questions.iter().enumerate() {
            let who = question.who.as_ref().filter(|_| question.asked && question.answer.is_none());
            if let Some(Owner::Person(person)) = who.map(|given| given.value) {
                all.people[person.index()].questions.push(QuestionId::new(index));
            }
        }
        all
    }

    /// A step goes to every team and handle that its owners are written with, to each once.
    fn by_handle<'a>(&'a self, id: NodeId, all: &mut AllDuties<'a>) {
        let node = self.plan().node(id);
        if node.needs_owner() && node.owners.is_empty() {
            all.unassigned.push(id);
        }
        for given in &node.owners {
            let handle = self.sources.text(given.span).trim_start_matches('@');
            push_once(all.handles.entry(handle).or_default(), id);
            if let Owner::Team(team) = given.value {
                push_once(&mut all.teams[team.index()], id);
            }
        }
    }

    fn by_person<'a>(&'a self, id: NodeId, people: &mut [Duties<'a>]) {
        let plan = self.plan();
        let Some(placed) = self.placed(id) else { return };
        for person in &placed.people {
            people[person.index()].steps.push(id);
        }
        for backup in plan.backups(plan.node(id), &placed.people) {
            if let Owner::Person(person) = backup {
                people[person.index()].backup_for.push(id);
            }
        }
        let is_other = |person: &PersonId| !placed.people.contains(person);
        for tick in self.ticks_of(id) {
            for person in people_of(&tick.owners).filter(is_other) {
                people[person.index()].ticks.push((id, tick));
            }
        }
        for undo in plan.node(id).step.iter().flat_map(|step| &step.undos) {
            for person in people_of(&undo.owners).filter(is_other) {
                people[person.index()].undos.push((id, undo));
            }
        }
    }
}

/// Those of some owners who are people.
fn people_of(owners: &[Given<Owner>]) -> impl Iterator<Item = PersonId> {
    owners.iter().filter_map(|given| match given.value {
        Owner::Person(person) => Some(person),
        Owner::Team(_) => None,
    })
}

/// Steps come one after the other, so that only the last can be the same.
fn push_once(steps: &mut Vec<NodeId>, id: NodeId) {
    if steps.last() != Some(&id) {
        steps.push(id);
    }
}
