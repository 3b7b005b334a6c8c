//! Steps whose length nobody has estimated, and undos on whose length the latest back-out of a gate counts. Where a word of
//! them is not understood, that was its estimate, perhaps; a plan that should stand there has its own.

use super::{Places, Subject, messages};
use crate::diagnostic::{Diagnostic, Rule};
use crate::schedule::{Through, UndoStep};

pub(super) fn check(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let misspelt = Places::of(diagnostics, &[Rule::Attribute, Rule::Include]);
    let plan = subject.plan;
    for id in plan.steps() {
        let node = plan.node(id);
        let assumed = subject.schedule.step(id).is_some_and(|placed| placed.assumed);
        if assumed && node.during().is_none() && !misspelt.any_in(node.span) {
            diagnostics.push(messages::missing_estimate(node, plan.assumed_seconds(node)));
        }
    }
    for undo in counted_undos(subject).iter().rev().filter(|undo| undo.assumed) {
        let node = plan.node(undo.step);
        let block = node.step.as_ref().map(|step| step.undos[undo.place].block);
        let Some(block) = block.filter(|block| !misspelt.any_in(subject.whole(*block))) else { continue };
        let place = plan.document.block(block).span;
        diagnostics.push(messages::missing_estimate_of_undo(place, node, undo.seconds));
    }
}

/// The undos on which some gate counts that has a latest back-out. What one gate counts on that decides earlier, a later
/// one does too.
fn counted_undos<'a>(subject: &Subject<'a>) -> &'a [UndoStep] {
    let gates = subject.schedule.main.order.iter();
    let found = gates.filter_map(|id| subject.ways_back.of_gate(subject.plan, subject.schedule, *id));
    let counted = found.filter_map(|found| match found.way.through {
        Through::Undos(undos) if found.latest.is_some() => Some(undos),
        _ => None,
    });
    counted.max_by_key(|undos| undos.len()).unwrap_or(&[])
}
