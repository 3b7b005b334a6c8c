//! The run sheet: the whole script in run order, for the person who calls the steps.

use std::collections::{HashMap, HashSet};

use serde::Serialize;

use super::gate::BackOut;
use super::head::Head;
use super::people::PersonView;
use super::presenter::{Presenter, Tag};
use super::ticking::Ticking;
use super::words;
use crate::plan::{NodeId, Presence, StepKind};
use crate::schedule::Line;

/// The run sheet of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RunSheet {
    /// The head of all pages.
    pub head: Head,
    /// Everybody in the plan.
    pub people: Vec<PersonView>,
    /// What one should know before beginning: counts, questions.
    pub before: Vec<String>,
    /// The rows of the main line.
    pub rows: Vec<Row>,
    /// The ways back.
    pub ways_back: Vec<WayBack>,
    /// Whether any step has T± beside its clock.
    pub with_t: bool,
    /// What its script knows of the plan.
    pub ticking: Ticking,
}

/// A way back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WayBack {
    /// Its title.
    pub title: String,
    /// How long it takes.
    pub length: String,
    /// Which gates lead to it.
    pub leads_here: String,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Row {
    /// A phase begins, or goes on after another.
    Phase {
        /// Its title, with those of the phases around it.
        title: String,
        /// Something to say beside it.
        note: String,
        /// Whether it has begun further up.
        again: bool,
    },
    /// A new day begins.
    Day {
        /// The day.
        day: String,
    },
    /// Prose that stands between the steps.
    Prose {
        /// The prose as HTML.
        html: String,
    },
    /// There is no way back after the step that follows.
    NoReturn {
        /// Its number.
        number: String,
    },
    /// A step.
    Step(Box<StepRow>),
    /// A dropped step.
    Dropped {
        /// Its title as HTML.
        title_html: String,
        /// Its id.
        id: String,
    },
}

/// A step's row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StepRow {
    /// Its number.
    pub number: String,
    /// Its id.
    pub id: String,
    /// Whether it is a gate.
    pub gate: bool,
    /// Whether it can't slip.
    pub critical: bool,
    /// Whether it is done already.
    pub done: bool,
    /// Its place among steps that start together: `first`, `middle`, `last`, or empty.
    pub together: &'static str,
    /// When it starts.
    pub start: String,
    /// When it ends.
    pub finish: String,
    /// T± of its start.
    pub t: String,
    /// How long it takes.
    pub takes: String,
    /// Its title as HTML.
    pub title_html: String,
    /// Its title as plain text.
    pub title: String,
    /// What it says, for the script to tell two versions apart.
    pub fingerprint: String,
    /// Its signs.
    pub tags: Vec<Tag>,
    /// The groups it stands in, as plain text.
    pub group: String,
    /// Its details as HTML.
    pub details_html: String,
    /// Whether its details need the full width: code, tables, images.
    pub wide: bool,
    /// What one sees when it has worked, as HTML.
    pub expects_html: Vec<String>,
    /// How it is taken back, as HTML.
    pub undos_html: Vec<String>,
    /// Who does it.
    pub who: String,
    /// Who steps in.
    pub stands_in: String,
    /// What it waits for.
    pub waits: String,
    /// What a no-go leads to.
    pub no_go: String,
    /// Of a gate, until when one can turn back.
    pub back_out: Option<BackOut>,
}

impl Presenter<'_> {
    /// The run sheet of this plan.
    #[must_use]
    pub fn run_sheet(&self) -> RunSheet {
        let schedule = self.schedule();
        let led_to_by = self.led_to_by();
        let ways_back = schedule.ways_back.iter().map(|line| WayBack {
            title: self.title(self.plan().node(line.root)),
            length: words::length(line.finish - line.start),
            leads_here: self.leads_here(&led_to_by[line.root.index()]),
            rows: self.rows(line),
        });
        let head = self.head();
        RunSheet {
            ticking: self.ticking(&head, "Run sheet", "run sheet"),
            head,
            people: self.people(),
            before: self.before_you_begin(),
            rows: self.rows(&schedule.main),
            ways_back: ways_back.collect(),
            with_t: schedule.dated && schedule.has_t0,
        }
    }

    fn before_you_begin(&self) -> Vec<String> {
        let plan = self.plan();
        let order = &self.schedule().main.order;
        let people = self.involved().into_iter().filter(|involved| *involved).count();
        let gates = order.iter().filter(|id| plan.node(**id).step_kind() == StepKind::Gate).count();
        let mut facts = vec![words::count(order.len(), "step")];
        if people > 0 {
            facts.push(words::count(people, "person"));
        }
        if gates > 0 {
            facts.push(words::count(gates, "gate"));
        }
        facts.push(format!(
            "{} from start to finish",
            words::length(self.schedule().main.finish - self.schedule().main.start)
        ));
        let mut lines = vec![facts.join(" · ")];
        for (question, by) in plan.questions.iter().zip(&self.schedule().questions_by) {
            if question.asked && question.answer.is_none() {
                let who = question.who.as_ref().map(|who| format!(" {}", self.names.owner(plan, who.value)));
                let by = by.map(|by| format!(", by {}", self.words.deadline(by)));
                lines.push(format!(
                    "Open question: {}{}{}",
                    question.text,
                    who.unwrap_or_default(),
                    by.unwrap_or_default()
                ));
            }
        }
        lines
    }

    fn rows(&self, line: &Line) -> Vec<Row> {
        let mut rows = Vec::new();
        let mut state = State { phase: None, begun: HashSet::new(), day: None };
        let dropped = self.dropped(line);
        let dropped_after =
            |id: Option<NodeId>| dropped.get(&id).into_iter().flatten().map(|id| self.dropped_row(*id));
        rows.extend(dropped_after(None));
        let together = self.together(line);
        for (index, &id) in line.order.iter().enumerate() {
            self.bands(line, id, &mut state, &mut rows);
            let node = self.plan().node(id);
            if let Some(step) = &node.step
                && step.no_return.is_some()
            {
                rows.push(Row::NoReturn { number: self.number(id) });
            }
            rows.extend(self.step_row(id, together[index]).map(Box::new).map(Row::Step));
            rows.extend(dropped_after(Some(id)));
            self.closing_prose(id, &mut rows);
        }
        rows
    }

    /// What stands between the row before and this one: a new day, a phase, prose.
    fn bands(&self, line: &Line, id: NodeId, state: &mut State, rows: &mut Vec<Row>) {
        let plan = self.plan();
        let node = plan.node(id);
        let Some(placed) = self.placed(id) else { return };
        let day = if node.way_back.is_some() { None } else { self.words.day(placed.start) };
        if let Some(day) = day {
            // The head names the first day.
            if state.day.is_some_and(|known| known != day) || (state.day.is_none() && self.spans_days(line)) {
                rows.push(Row::Day { day: words::long_day(day) });
            }
            state.day = Some(day);
        }
        let phase = plan.around(id).find(|around| plan.node(*around).is_phase());
        if phase != state.phase {
            if let Some(phase) = phase.filter(|phase| *phase != line.root) {
                let again = !state.begun.insert(phase);
                rows.push(self.phase_row(phase, line, again));
            } else if state.phase.is_some() {
                rows.push(Row::Phase { title: plan.title.clone(), note: String::new(), again: true });
            }
            state.phase = phase;
        }
        let mut notes: Vec<_> = plan
            .around(id)
            .take_while(|around| self.is_first_inside(*around, id))
            .flat_map(|around| plan.node(around).notes_before.iter().copied())
            .collect();
        notes.extend(&node.notes_before);
        if !notes.is_empty() {
            rows.push(Row::Prose { html: self.html.notes(&notes) });
        }
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

    fn phase_row(&self, phase: NodeId, line: &Line, again: bool) -> Row {
        let plan = self.plan();
        let suspicious = std::iter::once(phase)
            .chain(plan.around(phase))
            .any(|id| self.suspicious.contains(&plan.node(id).span));
        let note =
            if suspicious && !again { "sounds like a way back, and is part of the main line" } else { "" };
        Row::Phase { title: self.phase_title(phase, line.root), note: note.to_owned(), again }
    }

    /// The title of a phase with those of the phases around it.
    pub(super) fn phase_title(&self, phase: NodeId, root: NodeId) -> String {
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

    fn spans_days(&self, line: &Line) -> bool {
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

    /// The row of one step.
    pub(super) fn step_row(&self, id: NodeId, together: &'static str) -> Option<StepRow> {
        let plan = self.plan();
        let node = plan.node(id);
        let step = node.step.as_ref()?;
        let placed = self.placed(id)?;
        let details = node.block.map(|block| self.html.details(block)).unwrap_or_default();
        let mut groups: Vec<String> = plan
            .around(id)
            .take_while(|around| !plan.node(*around).is_phase())
            .map(|around| self.title(plan.node(around)))
            .collect();
        groups.reverse();
        let undos = step.undos.iter().map(|undo| self.undo_html(undo));
        let mut row = StepRow {
            number: self.number(id),
            id: node.id.clone(),
            gate: step.kind == StepKind::Gate,
            critical: placed.is_critical() && node.way_back.is_none(),
            done: node.mark == Some(crate::document::Mark::Done),
            together,
            start: self.time(node, placed.start),
            finish: if step.kind == StepKind::Milestone && placed.start == placed.finish {
                String::new()
            } else {
                self.end(node, placed)
            },
            t: self.beside(node, placed.start),
            takes: self.takes(node, placed),
            title_html: self.title_html(node),
            title: self.title(node),
            fingerprint: String::new(),
            tags: self.tags(node, placed).into_iter().filter(|tag| tag.word != "gate").collect(),
            group: groups.join(" › "),
            wide: ["<pre", "<table", "<img"].iter().any(|tag| details.contains(tag)),
            details_html: details,
            expects_html: step.expects.iter().map(|block| self.html.after_word(*block)).collect(),
            undos_html: undos.collect(),
            who: self.who(placed),
            stands_in: self.stands_in(node, placed),
            waits: self.waits(placed),
            no_go: step.no_go.as_ref().map(|given| self.no_go(given.value)).unwrap_or_default(),
            back_out: self.back_out(id),
        };
        row.fingerprint = self.step_fingerprint(node, placed, &row);
        Some(row)
    }

    /// How a step is taken back, with how long that takes and who does it.
    pub(super) fn undo_html(&self, undo: &crate::plan::Undo) -> String {
        let mut html = self.html.after_word(undo.block);
        let mut facts: Vec<String> =
            undo.estimate.iter().map(|given| words::estimate(given.value, false)).collect();
        facts.extend(undo.owners.iter().map(|given| self.names.owner(self.plan(), given.value)));
        if !facts.is_empty() {
            html.push_str(" (");
            super::html::escape(&facts.join(", "), &mut html);
            html.push(')');
        }
        html
    }
}

struct State {
    phase: Option<NodeId>,
    begun: HashSet<NodeId>,
    day: Option<chrono::NaiveDate>,
}
