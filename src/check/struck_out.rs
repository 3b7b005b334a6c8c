//! Steps whose title is struck out, and which are planned and called all the same.

use super::{Subject, messages};
use crate::diagnostic::Diagnostic;
use crate::document::{Piece, Prose, Shape};
use crate::plan::Node;

pub(super) fn check(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let plan = subject.plan;
    let item = |node: &Node| plan.document.block(node.block?).item();
    let steps = plan.steps().map(|id| plan.node(id));
    let struck = steps.filter(|node| item(node).is_some_and(|item| is_struck_out(&item.title)));
    diagnostics.extend(struck.map(messages::struck_out));
}

/// Whether nothing but white space stands beside what is struck out.
fn is_struck_out(title: &Prose) -> bool {
    let mut open: Vec<bool> = Vec::new();
    let mut is_struck = false;
    for piece in &title.pieces {
        match piece {
            Piece::Open(shape) => open.push(*shape == Shape::Strike),
            Piece::Close => _ = open.pop(),
            Piece::Text(run) if run.text.trim().is_empty() => {}
            _ if open.contains(&true) => is_struck = true,
            _ => return false,
        }
    }
    is_struck
}
