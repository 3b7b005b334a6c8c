//! Finds the place of one unit: forward as early as can be, backward as late.
//!
//! A block moves as one: its first step is tried at a moment, the steps that follow go where the ones
//! before them end, and when one of them can't, the whole is moved just far enough for it. What can
//! never hold comes back as the step whose link must give way.

mod backward;
mod blocked;
mod forward;
mod search;
mod teams;

pub(super) use blocked::Blocked;

use std::collections::HashMap;

use super::board::{Board, Place};
use super::moment::Moment;
use crate::graph::VertexId;
use crate::plan::PersonId;

/// People settled before, by vertex.
pub(super) type Chosen = HashMap<VertexId, Vec<PersonId>>;

/// A block is moved at most so often before its link counts as impossible.
const MOST_MOVES: usize = 5_000;

/// How late a vertex may be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    pub(super) start: Moment,
    pub(super) finish: Moment,
}

impl Limits {
    pub(super) const NONE: Self = Self { start: Moment::NEVER, finish: Moment::NEVER };

    pub(super) fn tighten(&mut self, other: Self) {
        self.start = self.start.min(other.start);
        self.finish = self.finish.min(other.finish);
    }
}

fn limit_of(limits: &HashMap<VertexId, Limits>, vertex: VertexId) -> Limits {
    limits.get(&vertex).copied().unwrap_or(Limits::NONE)
}

impl Board<'_> {
    /// Lays a `during=` step over what it spans.
    pub(super) fn span(&mut self, vertex: VertexId) {
        let (Some(target), Some(facts)) = (self.spanned(vertex), self.facts(vertex)) else { return };
        let start = self.begins(target);
        let finish = self.finish[target.index()];
        let place = Place { start, finish, people: self.anybody(facts), taken: Vec::new(), held: None };
        self.put(vertex, place);
    }

    pub(super) fn lift_all(&mut self, members: &[VertexId]) {
        for vertex in members {
            self.lift(*vertex);
            self.placed[vertex.index()] = false;
        }
    }
}

/// A step of a block that is too late, and by how much the whole must move.
struct Late {
    vertex: VertexId,
    by_how_much: i64,
}
