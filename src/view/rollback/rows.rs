//! The rows of a way back: the steps of a phase, or undos one after another.

use super::RollbackRow;
use super::sentences::with_more;
use super::there::time_on_way;
use crate::document::{Block, BlockId, BlockKind, Piece, Prose, Shape};
use crate::plan::{NodeId, Owner, Role, Undo};
use crate::schedule::{Moment, Stretch, UndoStep};
use crate::view::people::Contact;
use crate::view::presenter::Presenter;
use crate::view::words;

impl Presenter<'_> {
    /// How many steps a phase has, and the first rows of them.
    pub(super) fn phase_rows(
        &self,
        phase: NodeId,
        called: Option<Moment>,
        most: usize,
    ) -> (usize, Vec<RollbackRow>) {
        let begin = self.stretch_of(phase).start;
        let steps = self.steps_of_way(phase);
        let rows = steps.iter().take(most).filter_map(|id| {
            let step = self.plan().node(*id);
            let placed = self.placed(*id)?;
            let who: Vec<Owner> = placed.people.iter().map(|person| Owner::Person(*person)).collect();
            let (from, to) = (placed.start - begin, placed.finish - begin);
            let time = time_on_way(called, from, to);
            Some(RollbackRow {
                number: self.number(*id),
                clock: self.clock(called, from, to),
                from_call: from_call(from, to),
                takes: self.takes(step, placed),
                title: self.title(step),
                who: with_more(
                    self.called_owners(&who, time),
                    &self.stands_in_on_way(*id, placed, time),
                    &Self::access(step),
                ),
                lines: step.block.map(|block| self.plain_details(block)).unwrap_or_default(),
            })
        });
        (steps.len(), rows.collect())
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
