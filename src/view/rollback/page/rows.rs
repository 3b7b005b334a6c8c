//! The rows of a sheet: the steps of a phase, or undos one after another, with room to write.

use serde::Serialize;

use super::{LIST, Room, WaySheet};
use crate::plan::{NodeId, Owner, PersonId, Undo};
use crate::schedule::{Moment, Through, UndoStep, WayBack as Undoing};
use crate::view::html::is_wide;
use crate::view::people::Contact;
use crate::view::presenter::Presenter;
use crate::view::rollback::there::time_on_way;
use crate::view::words;

/// Something to do on a way back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WayRow {
    /// The number by which it is called.
    pub number: String,
    /// When it begins, from the call on.
    pub from: String,
    /// When it ends, from the call on.
    pub to: String,
    /// Both by the clock, if it is called as planned; empty where nobody knows.
    pub clock: String,
    /// How long it takes.
    pub takes: String,
    /// The step that is taken back, by number and title; empty in a phase.
    pub undoes: String,
    /// What is done, as HTML; of an undo empty where it says nothing.
    pub title_html: String,
    /// More on it, as HTML.
    pub details_html: String,
    /// Whether that needs the full width: code, tables, images.
    pub wide: bool,
    /// How one knows that it worked, as HTML.
    pub expects_html: Vec<String>,
    /// Who does it, each with the number to call.
    pub who: Vec<Contact>,
    /// Who steps in, each with the number to call.
    pub stands_in: Vec<Contact>,
    /// What it waits for.
    pub waits: String,
    /// The credentials that a step needs, and so its undo by the same people.
    pub access: String,
}

impl Presenter<'_> {
    /// A sheet with what is done on a way that is called at a moment, if that is known.
    pub(super) fn sheet_of(&self, way: &Undoing<'_>, called: Option<Moment>, room: &mut Room) -> WaySheet {
        let mut sheet = WaySheet {
            place: String::new(),
            title: String::new(),
            gates: Vec::new(),
            fact: String::new(),
            heading: String::new(),
            rows: Vec::new(),
            with_clock: called.is_some(),
            elsewhere: String::new(),
            remarks: Vec::new(),
        };
        match way.through {
            Through::Phase(phase) => {
                let steps = self.steps_of_way(phase);
                sheet.heading =
                    format!("{}, {}", words::count(steps.len(), "step"), words::length(way.seconds));
                if room.take(steps.len()) {
                    sheet.rows = self.rows_of_phase(phase, &steps, called);
                } else {
                    sheet.elsewhere = "Its steps stand on the run sheet.".to_owned();
                }
            }
            Through::Undos(undos) => {
                sheet.heading = self.heading(way, called, undos.len());
                if room.take(undos.len()) {
                    sheet.rows = self.rows_of_undos(undos, called);
                } else {
                    sheet.elsewhere = self.part_of_list(undos);
                }
            }
            Through::Nothing => {}
        }
        sheet
    }

    fn rows_of_phase(&self, phase: NodeId, steps: &[NodeId], called: Option<Moment>) -> Vec<WayRow> {
        let rows = self.walked(phase, steps, called).filter_map(|one| {
            let step = one.node.step.as_ref()?;
            let details_html = self.details_html(one.id).to_owned();
            Some(WayRow {
                number: self.number(one.id),
                from: words::signed(one.from, 'R'),
                to: words::signed(one.to, 'R'),
                clock: self.clock(called, one.from, one.to),
                takes: self.takes(one.node, one.placed),
                undoes: String::new(),
                title_html: self.title_html(one.node),
                wide: is_wide(&details_html),
                details_html,
                expects_html: step.expects.iter().map(|block| self.html.after_word(*block)).collect(),
                who: self.owners_on_way(&one.who, one.time),
                stands_in: self.stand_ins_on_way(one.id, one.placed, one.time),
                waits: self.waits(one.id, one.placed),
                access: Self::access(one.node),
            })
        });
        rows.collect()
    }

    fn rows_of_undos(&self, undos: &[UndoStep], called: Option<Moment>) -> Vec<WayRow> {
        let plan = self.plan();
        let mut passed = 0;
        let rows = undos.iter().enumerate().filter_map(|(index, undo)| {
            let written = plan.node(undo.step).step.as_ref()?.undos.get(undo.place)?;
            let (from, to) = (passed, passed + undo.seconds);
            passed = to;
            let details_html = self.html.after_word(written.block);
            let time = time_on_way(called, from, to);
            Some(WayRow {
                number: (index + 1).to_string(),
                from: words::signed(from, 'R'),
                to: words::signed(to, 'R'),
                clock: self.clock(called, from, to),
                takes: words::estimate(undo.estimate, undo.assumed),
                undoes: self.called_by(undo.step),
                title_html: String::new(),
                wide: is_wide(&details_html),
                details_html,
                expects_html: Vec::new(),
                who: self.owners_on_way(&undo.owners, time),
                stands_in: self.instead_on_way(undo.step, written, &undo.owners, time),
                waits: String::new(),
                access: self.access_of_undo(undo.step, written),
            })
        });
        rows.collect()
    }

    /// Who steps in for those who do an undo: for the step's own people as for the step.
    pub(in crate::view::rollback) fn instead(
        &self,
        step: NodeId,
        undo: &Undo,
        owners: &[Owner],
    ) -> Vec<Owner> {
        let plan = self.plan();
        let people: Vec<PersonId> = owners
            .iter()
            .filter_map(|owner| match owner {
                Owner::Person(person) => Some(*person),
                Owner::Team(_) => None,
            })
            .collect();
        if undo.owners.is_empty() {
            return plan.stand_ins(plan.node(step), &people);
        }
        let mut instead: Vec<Owner> = Vec::new();
        for backup in people.iter().filter_map(|person| plan.roster.stand_in_of(*person)) {
            if !instead.contains(&backup) && !owners.contains(&backup) {
                instead.push(backup);
            }
        }
        instead
    }

    /// The credentials that a step needs, and so its undo by the same people.
    pub(in crate::view::rollback) fn access_of_undo(&self, step: NodeId, undo: &Undo) -> String {
        if undo.owners.is_empty() { Self::access(self.plan().node(step)) } else { String::new() }
    }

    /// Which rows of the list at the end of the page are done.
    fn part_of_list(&self, undos: &[UndoStep]) -> String {
        let (Some(first), Some(last)) = (undos.first(), undos.last()) else { return String::new() };
        format!(
            "They stand in the list “{LIST}” at the end of this page: begin with {} and go on down to {}.",
            self.called_by(first.step),
            self.called_by(last.step)
        )
    }
}
