//! The short lists at the end of an owner's page: checks in other steps, what they take back, questions, and the steps
//! for which they step in.

use super::{BackupStep, OwnerQuestion, OwnerTick, OwnerUndo};
use crate::plan::{NodeId, QuestionId, Tick, Undo};
use crate::view::presenter::Presenter;

impl Presenter<'_> {
    pub(super) fn owner_tick(&self, id: NodeId, tick: &Tick) -> Option<OwnerTick> {
        let node = self.plan().node(id);
        let placed = self.placed(id)?;
        Some(OwnerTick {
            title: tick.title.clone(),
            number: self.number(id),
            step: self.title(node),
            start: self.step_words(id).start.clone(),
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
        OwnerQuestion {
            text: self.plan().questions[id.index()].text.clone(),
            by: by.map(|by| self.words.deadline(by)).unwrap_or_default(),
        }
    }

    pub(super) fn backup_step(&self, id: NodeId) -> Option<BackupStep> {
        let node = self.plan().node(id);
        let placed = self.placed(id)?;
        let start = self.step_words(id).start.clone();
        Some(BackupStep {
            number: self.number(id),
            start,
            title: self.title(node),
            who: self.who(placed),
            access: Self::access(node),
        })
    }
}
