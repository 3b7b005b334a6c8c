//! Steps whose title is struck out, and which are planned and called all the same.

use super::{Subject, messages};
use crate::diagnostic::Diagnostic;
use crate::document::{Piece, Prose, Shape};

pub(super) fn check(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let plan = subject.plan;
    for id in plan.ids() {
        let node = plan.node(id);
        let title = || node.block.and_then(|block| plan.document.block(block).item()).map(|item| &item.title);
        if node.is_step() && node.is_here() && title().is_some_and(is_struck_out) {
            diagnostics.push(messages::struck_out(node));
        }
    }
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
