//! The short lists at the end of an owner's page: checks in other steps, what they take back, questions, and the steps
//! for which they step in.

use super::{BackupStep, OwnerQuestion, OwnerTick, OwnerUndo};
use crate::plan::{NodeId, Owner, PersonId, QuestionId, Tick, Undo};
use crate::schedule::Placed;
use crate::view::presenter::Presenter;
use crate::view::words;

impl Presenter<'_> {
    pub(super) fn owner_tick(&self, id: NodeId, tick: &Tick, person: PersonId) -> Option<OwnerTick> {
        let node = self.plan().node(id);
        let placed = self.placed(id)?;
        Some(OwnerTick {
            title: format!("{}{}", tick.title, self.one_of(tick.owners.iter().map(|given| given.value))),
            number: self.number(id),
            step: self.title(node),
            start: self.start_for(id, placed, person),
            who: self.who(placed),
        })
    }

    pub(super) fn owner_undo(&self, id: NodeId, undo: &Undo) -> Option<OwnerUndo> {
        Some(OwnerUndo {
            text: self.undo_plain(undo),
            number: self.number(id),
            step: self.title(self.plan().node(id)),
            who: self.who(self.placed(id)?),
        })
    }

    pub(super) fn owner_question(&self, id: QuestionId) -> OwnerQuestion {
        let by = self.schedule().questions_by[id.index()];
        let question = &self.plan().questions[id.index()];
        let who = question.who.as_ref().map(|given| given.value);
        OwnerQuestion {
            text: format!("{}{}", question.text, self.one_of(who)),
            by: by.map(|by| self.words.deadline(by)).unwrap_or_default(),
        }
    }

    /// That it falls to one of a team, where it does.
    fn one_of(&self, owners: impl IntoIterator<Item = Owner>) -> String {
        let teams = owners.into_iter().filter(|owner| matches!(owner, Owner::Team(_)));
        let names: Vec<String> = teams.map(|team| self.names.owner(self.plan(), team)).collect();
        if names.is_empty() { String::new() } else { format!(" (one of {})", words::listed(&names)) }
    }

    /// When a step begins, by the plan's clock and by somebody's own; on a way back from the call.
    fn start_for(&self, id: NodeId, placed: &Placed, person: PersonId) -> String {
        let own = match self.plan().node(id).way_back {
            None => self.for_you(placed.start, Some(person)),
            Some(_) => String::new(),
        };
        format!("{}{own}", self.step_words(id).start)
    }

    /// For whom of those who do a step somebody would step in.
    fn for_whom(&self, person: PersonId, id: NodeId, placed: &Placed) -> String {
        let node = self.plan().node(id);
        let is_theirs =
            |owner: &&PersonId| self.people_of(self.plan().stand_ins(node, &[**owner])).contains(&person);
        let owners: Vec<PersonId> = placed.people.iter().filter(is_theirs).copied().collect();
        self.names.list(if owners.is_empty() { &placed.people } else { &owners })
    }

    pub(super) fn backup_step(&self, id: NodeId, person: PersonId) -> Option<BackupStep> {
        let node = self.plan().node(id);
        let placed = self.placed(id)?;
        Some(BackupStep {
            number: self.number(id),
            start: self.start_for(id, placed, person),
            title: self.title(node),
            who: self.for_whom(person, id, placed),
            access: Self::access(node),
            obstacle: self.own_hindrance(person, id, placed),
        })
    }
}
