//! An owner and an estimate at the end of a title, without braces: `Copy the orders @ana 10m`, `(@ana, 10m)`; and a length
//! at the end of an `undo:`, which is then planned with an assumed one: `undo: restore it, takes 2h`.
//!
//! Promised: ordinary text stays silent. There must be a handle of the roster and a length, nothing else behind them,
//! and the step must have neither owner nor estimate otherwise. Of an undo the length is enough, where no word before it
//! makes it a part of the sentence.

use super::tail::{Owners, Tail};
use super::{Places, Subject, messages};
use crate::diagnostic::{Diagnostic, Rule};
use crate::document::Piece;
use crate::plan::Node;

pub(super) fn check(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let plan = subject.plan;
    let owners = Owners::of(&plan.roster);
    if plan.roster.declared {
        let bare = plan.steps().map(|id| plan.node(id)).filter(|node| has_neither(node));
        diagnostics.extend(bare.filter_map(|node| {
            let tail = Tail::of(&node.title, &owners);
            let has_both = tail.has_owner && tail.has_length;
            has_both.then(|| messages::attributes_in_title(node.span, &tail.in_braces()))
        }));
    }
    in_undos(subject, &owners, diagnostics);
}

fn has_neither(node: &Node) -> bool {
    node.title.contains('@')
        && node.owners.is_empty()
        && node.step.as_ref().is_some_and(|step| step.estimate.is_none())
}

fn in_undos(subject: &Subject<'_>, owners: &Owners<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let plan = subject.plan;
    let misspelt = Places::of(diagnostics, &[Rule::Attribute]);
    for id in plan.steps() {
        let Some(step) = &plan.node(id).step else { continue };
        for undo in step.undos.iter().filter(|undo| undo.estimate.is_none()) {
            let block = plan.document.block(undo.block);
            let Some(item) = block.item().filter(|_| !misspelt.any_in(subject.whole(undo.block))) else {
                continue;
            };
            // What a program is told in code is no estimate.
            if matches!(item.title.pieces.last(), Some(Piece::Code(_))) {
                continue;
            }
            let title = item.title.plain();
            let text = title.split_once(':').map_or("", |(_, text)| text);
            let tail = Tail::of(text, owners);
            if tail.is_estimate(text) {
                diagnostics.push(messages::length_in_undo(
                    block.span,
                    &tail,
                    plan.default_estimate(plan.node(id)),
                    item.braces.is_empty(),
                ));
            }
        }
    }
}
