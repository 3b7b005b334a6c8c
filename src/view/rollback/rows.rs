//! The rows of a way back: the steps of a phase, or undos one after another.

use super::RollbackRow;
use super::sentences::with_more;
use super::there::time_on_way;
use crate::document::{Block, BlockId, BlockKind, Piece, Prose, Shape};
use crate::plan::{Node, NodeId, Owner, Role, Undo};
use crate::schedule::{Moment, Placed, Stretch, UndoStep};
use crate::view::people::Contact;
use crate::view::presenter::Presenter;
use crate::view::words;

/// A step on a way back.
pub(super) struct OnWay<'a> {
    pub(super) id: NodeId,
    pub(super) node: &'a Node,
    pub(super) placed: &'a Placed,
    /// When it begins, in seconds from the call on.
    pub(super) from: i64,
    /// When it ends.
    pub(super) to: i64,
    /// Both by the clock, where the moment of the call is known.
    pub(super) time: Option<Stretch>,
    pub(super) who: Vec<Owner>,
}

impl Presenter<'_> {
    /// How many steps a phase has, and the first rows of them.
    pub(super) fn phase_rows(
        &self,
        phase: NodeId,
        called: Option<Moment>,
        most: usize,
    ) -> (usize, Vec<RollbackRow>) {
        let steps = self.steps_of_way(phase);
        let first = &steps[..most.min(steps.len())];
        let rows = self.walked(phase, first, called).map(|one| RollbackRow {
            number: self.number(one.id),
            clock: self.clock(called, one.from, one.to),
            from_call: from_call(one.from, one.to),
            takes: self.takes(one.node, one.placed),
            title: self.title(one.node),
            who: with_more(
                self.called_owners(&one.who, one.time),
                &self.stands_in_on_way(one.id, one.placed, one.time),
                &Self::access(one.node),
            ),
            lines: one.node.block.map(|block| self.plain_details(block)).unwrap_or_default(),
        });
        (steps.len(), rows.collect())
    }

    /// Steps of a phase that is called at a moment, if that is known, with when and by whom each is done.
    pub(super) fn walked(
        &self,
        phase: NodeId,
        steps: &[NodeId],
        called: Option<Moment>,
    ) -> impl Iterator<Item = OnWay<'_>> {
        let begin = self.stretch_of(phase).start;
        steps.iter().filter_map(move |&id| {
            let placed = self.placed(id)?;
            let (from, to) = (placed.start - begin, placed.finish - begin);
            let time = time_on_way(called, from, to);
            let who = placed.people.iter().map(|person| Owner::Person(*person)).collect();
            Some(OnWay { id, node: self.plan().node(id), placed, from, to, time, who })
        })
    }

    /// The steps of a phase or group on a way back, in run order.
    pub(super) fn steps_of_way(&self, phase: NodeId) -> Vec<NodeId> {
        let node = self.plan().node(phase);
        let inside = |id: &NodeId| *id >= phase && *id < node.end;
        let schedule = self.schedule();
        let line = schedule.ways_back.iter().find(|line| Some(line.root) == node.way_back);
        line.unwrap_or(&schedule.main).order.iter().copied().filter(inside).collect()
    }

    /// Undos, one after another.
    pub(super) fn undo_rows(
        &self,
        undos: &[UndoStep],
        called: Option<Moment>,
        most: usize,
    ) -> Vec<RollbackRow> {
        let mut passed = 0;
        let rows = undos.iter().take(most).enumerate().filter_map(|(index, undo)| {
            let node = self.plan().node(undo.step);
            let written = &node.step.as_ref()?.undos[undo.place];
            let (from, to) = (passed, passed + undo.seconds);
            passed = to;
            Some(RollbackRow {
                number: (index + 1).to_string(),
                clock: self.clock(called, from, to),
                from_call: from_call(from, to),
                takes: words::estimate(undo.estimate, undo.assumed),
                title: format!("undo {} {}", self.number(undo.step), self.title(node)),
                who: self.who_undoes(undo, written, time_on_way(called, from, to)),
                lines: self.plain_undo(written.block),
            })
        });
        rows.collect()
    }

    pub(super) fn clock(&self, called: Option<Moment>, from: i64, to: i64) -> String {
        let Some(called) = called else { return String::new() };
        let (start, end) = (called + from, called + to);
        let change = self.words.clock_change(start, end);
        let end = if change.is_some() { self.words.alone(end) } else { self.words.time(end) };
        // Where that comes twice, the moment of the call, above all rows, says which it is.
        format!("{}–{end}", self.words.time(start))
    }

    /// Owners with the numbers to call.
    fn called_owners(&self, owners: &[Owner], time: Option<Stretch>) -> String {
        let names: Vec<String> = self.owners_on_way(owners, time).iter().map(Contact::said).collect();
        if names.is_empty() { "nobody is named for it".to_owned() } else { names.join("; ") }
    }

    /// Who does an undo, who steps in, and the credentials that it needs.
    fn who_undoes(&self, undo: &UndoStep, written: &Undo, time: Option<Stretch>) -> String {
        let instead = self.instead_on_way(undo.step, written, &undo.owners, time);
        let instead: Vec<String> = instead.into_iter().map(|contact| contact.name).collect();
        let access = self.access_of_undo(undo.step, written);
        with_more(self.called_owners(&undo.owners, time), &words::either(&instead), &access)
    }

    /// What an `undo:` says, line by line.
    fn plain_undo(&self, block: BlockId) -> Vec<String> {
        let document = &self.plan().document;
        let mut lines = Vec::new();
        if let BlockKind::Item(item) = &document.block(block).kind {
            let title = item.title.plain();
            let said = title.split_once(':').map_or(title.as_str(), |(_, after)| after).trim();
            lines.extend((!said.is_empty()).then(|| said.to_owned()));
        }
        lines.extend(self.plain_details(block));
        lines
    }

    /// All that an item says besides its title, line by line; code as it stands.
    fn plain_details(&self, block: BlockId) -> Vec<String> {
        let plan = self.plan();
        let document = &plan.document;
        let mut lines = Vec::new();
        if let BlockKind::Item(item) = &document.block(block).kind {
            push_prose(&mut lines, "", &item.rest);
        }
        let mut index = block.index() + 1;
        let end = document.block(block).end.index();
        while index < end {
            let inner: &Block = &document.blocks[index];
            let lead = match &inner.kind {
                BlockKind::Item(_) if matches!(plan.roles[index], Some(Role::Tick(_))) => "[ ] ",
                BlockKind::Item(_) => "- ",
                _ => "",
            };
            if matches!(plan.roles[index], Some(Role::Undo)) {
                index = inner.end.index();
                continue;
            }
            let who = match plan.roles[index] {
                Some(Role::Tick(tick)) => self.names.in_brackets(plan, &plan.ticks[tick.index()].owners),
                _ => String::new(),
            };
            for (place, prose) in inner.prose().enumerate() {
                let title = lines.len();
                push_prose(&mut lines, if place == 0 { lead } else { "" }, prose);
                if place == 0 {
                    lines.get_mut(title).into_iter().for_each(|title| title.push_str(&who));
                }
            }
            index += 1;
        }
        lines
    }
}

fn from_call(from: i64, to: i64) -> String {
    format!("{}–{}", words::signed(from, 'R'), words::signed(to, 'R'))
}

fn push_prose(lines: &mut Vec<String>, lead: &str, prose: &Prose) {
    if let Some(Piece::Open(Shape::CodeBlock { .. })) = prose.pieces.first() {
        let code = prose.pieces.iter().filter_map(|piece| match piece {
            Piece::Text(run) | Piece::Literal(run) => Some(run.text.as_str()),
            _ => None,
        });
        lines.extend(code.collect::<String>().lines().map(|line| format!("    {line}")));
        return;
    }
    if let Some(Piece::Open(Shape::Table(_))) = prose.pieces.first() {
        lines.extend(table_rows(prose));
        return;
    }
    let text = prose.plain();
    if !text.is_empty() {
        lines.push(format!("{lead}{text}"));
    }
}

/// The rows of a table, cells kept apart.
fn table_rows(prose: &Prose) -> Vec<String> {
    let mut rows: Vec<String> = Vec::new();
    let mut cells = 0;
    for piece in &prose.pieces {
        match piece {
            Piece::Open(Shape::TableHead | Shape::TableRow) => {
                rows.push(String::new());
                cells = 0;
            }
            Piece::Open(Shape::TableCell) => {
                if let Some(row) = rows.last_mut().filter(|_| cells > 0) {
                    row.push_str(" · ");
                }
                cells += 1;
            }
            Piece::Text(run) | Piece::Literal(run) | Piece::Code(run) => {
                rows.last_mut().into_iter().for_each(|row| row.push_str(&run.text));
            }
            _ => {}
        }
    }
    rows
}
