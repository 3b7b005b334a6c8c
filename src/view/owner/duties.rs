//! Who has to do with which steps: one walk over all of them finds it for everybody.

use std::collections::{HashMap, HashSet};

use crate::plan::{NodeId, Owner, PersonId, QuestionId, Tick, Undo};
use crate::schedule::Placed;
use crate::view::presenter::Presenter;

/// What falls to one of a team is on the page of each member, in a team of so many at most.
const MOST_MEMBERS: usize = 20;

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
            for person in self.people_of(who.map(|given| given.value)) {
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
        let is_other = |person: &PersonId| !placed.people.contains(person);
        for person in self.could_step_in(id, placed) {
            people[person.index()].backup_for.push(id);
        }
        for tick in self.ticks_of(id) {
            for person in
                self.people_of(tick.owners.iter().map(|given| given.value)).into_iter().filter(is_other)
            {
                people[person.index()].ticks.push((id, tick));
            }
        }
        for undo in plan.node(id).step.iter().flat_map(|step| &step.undos) {
            for person in
                self.people_of(undo.owners.iter().map(|given| given.value)).into_iter().filter(is_other)
            {
                people[person.index()].undos.push((id, undo));
            }
        }
    }

    /// Those who have a step on their list in case that somebody drops out: whoever does it has it on the other one.
    pub(in crate::view) fn could_step_in(&self, id: NodeId, placed: &Placed) -> Vec<PersonId> {
        let plan = self.plan();
        let mut people = self.people_of(plan.stand_ins(plan.node(id), &placed.people));
        people.retain(|person| !placed.people.contains(person) && !plan.roster.drops_out(*person));
        people
    }

    /// Everybody whom some owners mean, each once: what is a team's may fall to any of its members. A large team has its
    /// own page alone.
    pub(super) fn people_of(&self, owners: impl IntoIterator<Item = Owner>) -> Vec<PersonId> {
        let mut people = Vec::new();
        for owner in owners {
            match owner {
                Owner::Person(person) => people.push(person),
                Owner::Team(_) if self.is_large(owner) => {}
                Owner::Team(team) => people.extend(&self.plan().roster.team(team).members),
            }
        }
        let mut seen = HashSet::new();
        people.retain(|person| seen.insert(*person));
        people
    }

    /// Whether it is a team of so many that the pages of all would have no end.
    pub(in crate::view) fn is_large(&self, owner: Owner) -> bool {
        matches!(owner, Owner::Team(team) if self.plan().roster.team(team).members.len() > MOST_MEMBERS)
    }
}

/// Steps come one after the other, so that only the last can be the same.
fn push_once(steps: &mut Vec<NodeId>, id: NodeId) {
    if steps.last() != Some(&id) {
        steps.push(id);
    }
}
