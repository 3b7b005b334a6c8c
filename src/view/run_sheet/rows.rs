//! The rows of a line in run order, with what stands between them: prose, dropped steps, changes of clocks. Where another
//! phase or day begins, so does another stretch.

use std::collections::HashMap;

use super::{Row, Stretch};
use crate::plan::{NodeId, Presence};
use crate::schedule::{Line, Moment};
use crate::view::presenter::Presenter;
use crate::view::words;

/// A phase that goes on has a bar again when so many of its steps follow one another; fewer are named
/// in their own rows.
const WORTH_A_BAR: usize = 3;

/// What the rows so far have told.
#[derive(Default)]
struct State {
    /// The stretches before the one that goes on.
    done: Vec<Stretch>,
    /// What the head of this one says.
    head: Head,
    /// Its rows.
    rows: Vec<Row>,
    /// The phase that the last head named.
    phase: Option<NodeId>,
    /// How many stretches of each phase there are.
    begun: HashMap<NodeId, usize>,
    day: Option<chrono::NaiveDate>,
    /// The start of the step before.
    before: Option<Moment>,
}

/// What stands above the rows of a stretch.
#[derive(Default, Clone)]
struct Head {
    place: String,
    title: String,
    note: &'static str,
    again: bool,
    day: String,
}

impl State {
    /// A stretch begins, below the rows so far.
    fn begin(&mut self, head: Head) {
        let Head { place, title, note, again, day } = std::mem::replace(&mut self.head, head);
        let rows = std::mem::take(&mut self.rows);
        if !rows.is_empty() {
            self.done.push(Stretch { place, title, note: note.to_owned(), again, day, rows: rows.into() });
        }
    }
}

impl Presenter<'_> {
    /// The rows of a line, in stretches.
    pub(super) fn stretches(&self, line: &Line) -> Vec<Stretch> {
        let mut state =
            State { head: Head { place: self.place(line.root, 0), ..Head::default() }, ..State::default() };
        let dropped = self.dropped(line);
        let dropped_after =
            |id: Option<NodeId>| dropped.get(&id).into_iter().flatten().map(|id| self.dropped_row(*id));
        state.rows.extend(dropped_after(None));
        let together = self.together(line);
        let runs = self.runs(line);
        for (index, &id) in line.order.iter().enumerate() {
            let within = self.bands(line, id, runs[index], &mut state);
            let node = self.plan().node(id);
            let rows = &mut state.rows;
            if let Some(step) = &node.step
                && step.no_return.is_some()
            {
                rows.push(Row::NoReturn { number: self.number(id) });
            }
            if let Some(mut row) = self.step_row(id, together[index]) {
                row.group = self.groups(id, within);
                rows.push(Row::Step(Box::new(row)));
            }
            rows.extend(dropped_after(Some(id)));
            self.closing_prose(id, rows);
        }
        state.begin(Head::default());
        state.done
    }

    /// What stands between the row before and this one: a new stretch, a change of clocks, prose. Gives the phase that the
    /// row has to name itself.
    fn bands(&self, line: &Line, id: NodeId, run: usize, state: &mut State) -> Option<NodeId> {
        let plan = self.plan();
        let node = plan.node(id);
        let start = self.placed(id)?.start;
        let change = self.new_clock(id, start, state);
        let day = self.new_day(line, id, start, state);
        let phase = self.phase_of(id).filter(|phase| *phase != line.root);
        let is_new = phase.is_some_and(|phase| !state.begun.contains_key(&phase));
        // The row has room for the name of a phase, not for what stands outside of all.
        let in_row = !is_new && run < WORTH_A_BAR && phase.is_some();
        let within = phase.filter(|_| in_row && phase != state.phase);
        if phase == state.phase || in_row {
            if let Some(day) = day {
                let place = self.next_place(state.phase.unwrap_or(line.root), state);
                let (title, again) = (state.head.title.clone(), !state.head.title.is_empty());
                state.begin(Head { place, title, note: "", again, day });
            }
        } else {
            let place = self.next_place(phase.unwrap_or(line.root), state);
            let day = day.unwrap_or_else(|| state.head.day.clone());
            state.begin(Head { place, day, ..self.phase_head(phase, line, !is_new) });
            state.phase = phase;
        }
        if let Some(phase) = phase {
            state.begun.entry(phase).or_insert(0);
        }
        state.rows.extend(change.map(|text| Row::Clock { text }));
        let mut notes: Vec<_> = plan
            .around(id)
            .take_while(|around| self.is_first_inside(*around, id))
            .flat_map(|around| plan.node(around).notes_before.iter().copied())
            .collect();
        notes.extend(&node.notes_before);
        if !notes.is_empty() {
            state.rows.push(Row::Prose { html: self.html.notes(&notes) });
        }
        within
    }

    /// Where the next stretch of a phase stands on the page.
    fn next_place(&self, phase: NodeId, state: &mut State) -> String {
        let count = state.begun.entry(phase).or_insert(0);
        *count += 1;
        self.place(phase, *count)
    }

    fn place(&self, phase: NodeId, count: usize) -> String {
        format!("rows-{}-{count}", self.plan().node(phase).id)
    }

    /// What happened to the clocks since the step before.
    fn new_clock(&self, id: NodeId, start: Moment, state: &mut State) -> Option<String> {
        if self.plan().node(id).way_back.is_some() {
            return None;
        }
        let before = state.before.replace(start);
        before.and_then(|before| self.words.clock_change(before, start))
    }

    /// The day that begins with a step.
    fn new_day(&self, line: &Line, id: NodeId, start: Moment, state: &mut State) -> Option<String> {
        if self.plan().node(id).way_back.is_some() {
            return None;
        }
        let day = self.words.day(start)?;
        // The head names the first day.
        let is_new = state.day.map_or_else(|| self.spans_days(line), |known| known != day);
        state.day = Some(day);
        is_new.then(|| words::long_day(day))
    }

    /// The phase that a step stands in.
    pub(in crate::view) fn phase_of(&self, id: NodeId) -> Option<NodeId> {
        let plan = self.plan();
        plan.around(id).find(|around| plan.node(*around).is_phase())
    }

    /// For each step of a line: how many steps of its phase follow one another from there on.
    fn runs(&self, line: &Line) -> Vec<usize> {
        let mut runs = vec![1; line.order.len()];
        for index in (1..line.order.len()).rev() {
            if self.phase_of(line.order[index - 1]) == self.phase_of(line.order[index]) {
                runs[index - 1] = runs[index] + 1;
            }
        }
        runs
    }

    /// What a step stands in, from a phase that its row has to name inward.
    fn groups(&self, id: NodeId, within: Option<NodeId>) -> String {
        let plan = self.plan();
        let groups = plan.around(id).take_while(|around| !plan.node(*around).is_phase());
        let mut titles: Vec<String> =
            groups.chain(within).map(|around| self.title(plan.node(around))).collect();
        titles.reverse();
        titles.join(" › ")
    }

    /// Whether a step is the first in the text inside something.
    fn is_first_inside(&self, around: NodeId, id: NodeId) -> bool {
        let plan = self.plan();
        (around.index() + 1..id.index()).map(NodeId::new).all(|other| !plan.node(other).is_step())
    }

    /// Prose after the last step in the text inside something.
    fn closing_prose(&self, id: NodeId, rows: &mut Vec<Row>) {
        let plan = self.plan();
        let ending = plan.around(id).chain(std::iter::once(NodeId::new(0)));
        for around in ending.take_while(|around| plan.node(*around).end.index() == id.index() + 1) {
            let notes = &plan.node(around).notes_end;
            if !notes.is_empty() {
                rows.push(Row::Prose { html: self.html.notes(notes) });
            }
        }
    }

    /// The head of a phase, or of what stands outside of all.
    fn phase_head(&self, phase: Option<NodeId>, line: &Line, again: bool) -> Head {
        let plan = self.plan();
        let Some(phase) = phase else {
            let way_back = plan.node(line.root).way_back.map(|root| self.title(plan.node(root)));
            let title = way_back.unwrap_or_else(|| plan.title.clone());
            return Head { title, again, ..Head::default() };
        };
        let suspicious = std::iter::once(phase)
            .chain(plan.around(phase))
            .any(|id| self.suspicious.contains(&plan.node(id).span));
        let note =
            if suspicious && !again { "sounds like a way back, and is part of the main line" } else { "" };
        Head { title: self.phase_title(phase, line.root), note, again, ..Head::default() }
    }

    /// The title of a phase with those of the phases around it.
    pub(in crate::view) fn phase_title(&self, phase: NodeId, root: NodeId) -> String {
        let plan = self.plan();
        let mut titles: Vec<String> = std::iter::once(phase)
            .chain(plan.around(phase))
            .take_while(|id| *id != root)
            .filter(|id| plan.node(*id).is_phase())
            .map(|id| self.title(plan.node(id)))
            .collect();
        titles.reverse();
        titles.join(" › ")
    }

    pub(in crate::view) fn spans_days(&self, line: &Line) -> bool {
        self.words.day(line.start) != self.words.day(line.finish)
    }

    /// Dropped steps of a line, by the step written before them.
    fn dropped(&self, line: &Line) -> HashMap<Option<NodeId>, Vec<NodeId>> {
        let plan = self.plan();
        let back = plan.node(line.root).way_back;
        let mut before = None;
        let mut dropped: HashMap<_, Vec<_>> = HashMap::new();
        for id in (line.root.index()..plan.node(line.root).end.index()).map(NodeId::new) {
            let node = plan.node(id);
            if !node.is_step() || node.way_back != back {
                continue;
            }
            match node.presence {
                Presence::Here => before = Some(id),
                Presence::Dropped => dropped.entry(before).or_default().push(id),
                Presence::LeftOut => {}
            }
        }
        dropped
    }

    fn dropped_row(&self, id: NodeId) -> Row {
        let node = self.plan().node(id);
        Row::Dropped { title_html: self.title_html(node), id: node.id.clone() }
    }

    /// For each step of a line, its place among those that start at the same time.
    fn together(&self, line: &Line) -> Vec<&'static str> {
        let start =
            |index: usize| line.order.get(index).and_then(|id| self.placed(*id)).map(|placed| placed.start);
        (0..line.order.len())
            .map(|index| {
                let same_before = index > 0 && start(index - 1) == start(index);
                let same_after = start(index + 1) == start(index) && start(index).is_some();
                match (same_before, same_after) {
                    (false, true) => "first",
                    (true, true) => "middle",
                    (true, false) => "last",
                    (false, false) => "",
                }
            })
            .collect()
    }
}
