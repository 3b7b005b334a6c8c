//! The way back from any step, as one list: find the last step that has begun, and undo from there down.
//!
//! It needs no clock: whatever the night did to the plan, what has begun is known on the call.

use serde::Serialize;

use crate::plan::{NodeId, StepKind};
use crate::schedule::{Moment, undos_of};
use crate::view::html::is_wide;
use crate::view::people::Contact;
use crate::view::presenter::Presenter;
use crate::view::words;

/// A step of the main line, or several without an undo, in the list that has the last step first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AnyStep {
    /// Its number; of several that of the first of them.
    pub number: String,
    /// When it is planned to begin.
    pub start: String,
    /// Its title; empty for steps without an undo.
    pub title: String,
    /// How it is taken back.
    pub undos: Vec<AnyUndo>,
    /// Steps without an undo, by number and title, the last first.
    pub not_undone: Vec<String>,
    /// Steps that leave nothing behind, by number and title, the last first.
    pub nothing: Vec<String>,
    /// How long it takes to undo this step and everything before it; empty where nothing is undone.
    pub all_takes: String,
    /// Whether what stands below is past taking back once this step has begun.
    pub no_return: bool,
}

/// An undo in that list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AnyUndo {
    /// What is done, as HTML.
    pub text_html: String,
    /// Whether that needs the full width: code, tables, images.
    pub wide: bool,
    /// How long it takes.
    pub takes: String,
    /// Who does it, each with the number to call.
    pub who: Vec<Contact>,
    /// Who steps in, each with the number to call.
    pub stands_in: Vec<Contact>,
    /// The credentials that it needs.
    pub access: String,
}

impl Presenter<'_> {
    pub(super) fn way_from_any_step(&self) -> Vec<AnyStep> {
        let mut lines: Vec<AnyStep> = Vec::new();
        let mut seconds = 0;
        let mut points = self.points_of_no_return().into_iter().peekable();
        for &id in &self.schedule().main.order {
            let Some(placed) = self.placed(id) else { continue };
            let mut no_return = false;
            while points.next_if(|point| *point <= placed.start).is_some() {
                // Undos lead no further back than to here.
                seconds = 0;
                no_return = true;
            }
            let Some(step) = self.any_step(id, no_return, &mut seconds) else { continue };
            match lines.last_mut().filter(|last| last.undos.is_empty() && step.undos.is_empty() && !no_return)
            {
                Some(last) => {
                    last.not_undone.extend(step.not_undone);
                    last.nothing.extend(step.nothing);
                }
                None => lines.push(step),
            }
        }
        lines.reverse();
        for line in &mut lines {
            line.not_undone.reverse();
            line.nothing.reverse();
        }
        lines
    }

    /// When the steps begin after which there is no way back, in order.
    fn points_of_no_return(&self) -> Vec<Moment> {
        let order = self.schedule().main.order.iter();
        let points = order
            .filter(|id| self.plan().node(**id).step.as_ref().is_some_and(|step| step.no_return.is_some()));
        points.filter_map(|id| Some(self.placed(*id)?.start)).collect()
    }

    fn any_step(&self, id: NodeId, no_return: bool, seconds: &mut i64) -> Option<AnyStep> {
        let plan = self.plan();
        let node = plan.node(id);
        let step = node.step.as_ref()?;
        let mut undos = Vec::new();
        for undo in undos_of(plan, self.schedule(), id) {
            *seconds += undo.seconds;
            let written = &step.undos[undo.place];
            let text_html = self.html.after_word(written.block);
            undos.push(AnyUndo {
                wide: is_wide(&text_html),
                text_html,
                takes: words::estimate(undo.estimate, undo.assumed),
                stands_in: self.instead_on_way(id, written, &undo.owners, None),
                access: self.access_of_undo(id, written),
                who: self.owners_on_way(&undo.owners, None),
            });
        }
        let mut line = AnyStep {
            number: self.number(id),
            start: self.step_words(id).start.clone(),
            title: String::new(),
            undos,
            not_undone: Vec::new(),
            nothing: Vec::new(),
            all_takes: if *seconds == 0 { String::new() } else { words::length(*seconds) },
            no_return,
        };
        let changes = self.changes(node);
        if !line.undos.is_empty() {
            line.title = self.title(node);
        } else if changes.is_empty() && (step.kind != StepKind::Ordinary || node.during().is_some()) {
            line.nothing.push(self.called_by(id));
        } else {
            line.not_undone.push(format!("{}{changes}", self.called_by(id)));
        }
        Some(line)
    }
}
