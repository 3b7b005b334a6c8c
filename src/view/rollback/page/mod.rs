//! The way back on paper: a sheet for every gate and every `.rollback` phase, and the way from any step.
//!
//! Gates that lead to the same phase share its sheet. Undos are written out for each gate as long as that
//! stays in proportion to the plan; after that a gate names the part of the list at the end that is done,
//! so that the page grows with the plan and not with its square.

mod any_step;
mod rows;

use std::collections::HashMap;

use serde::Serialize;

use super::missing::NotTakenBack;
use crate::plan::{NodeId, StepKind};
use crate::schedule::{GateWayBack, Stretch, Through};
use crate::view::gate::BackOut;
use crate::view::head::Head;
use crate::view::people::Contact;
use crate::view::presenter::Presenter;
use crate::view::words;

pub use any_step::{AnyStep, AnyUndo};
pub use rows::WayRow;

/// So many rows and steps may be shown again for gates, and so many times the steps of the plan more.
const AT_LEAST: usize = 400;
const TIMES_STEPS: usize = 2;
/// What the list of all steps at the end of the page is called.
pub(super) const LIST: &str = "From any other step";

/// The ways back of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RollbackPage {
    /// The head of all pages.
    pub head: Head,
    /// Every gate of the main line, in run order.
    pub gates: Vec<GateLine>,
    /// A sheet each.
    pub ways: Vec<WaySheet>,
    /// The way back from any step: the steps of the main line, the last first; empty without an undo.
    pub any_step: Vec<AnyStep>,
}

/// A gate in the list of gates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GateLine {
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// When it is planned.
    pub planned: String,
    /// Who decides, with the number to call.
    pub decides: Vec<Contact>,
    /// Who decides instead.
    pub decides_else: Vec<Contact>,
    /// Until when one can turn back.
    pub back_out: Option<BackOut>,
    /// That as a sum: `06:00 − 1 h 15 min = 04:45`; empty where there is no such moment.
    pub sum: String,
    /// The sheet of its way back, by the name of its place; empty where no way is written.
    pub sheet: String,
    /// What that way is called.
    pub way: String,
}

/// A way back on a sheet of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WaySheet {
    /// The name of its place in the page.
    pub place: String,
    /// What it is called.
    pub title: String,
    /// The gates from which it leads, each with what one has to know before calling it.
    pub gates: Vec<WayGate>,
    /// Who else leads here, where no gate does.
    pub fact: String,
    /// What the rows are, and how long they take.
    pub heading: String,
    /// What is done, in order.
    pub rows: Vec<WayRow>,
    /// Whether the rows show the planned clock too.
    pub with_clock: bool,
    /// Which part of the list at the end is done, where there are no rows.
    pub elsewhere: String,
    /// What is not taken back.
    pub remarks: Vec<String>,
}

/// A gate on the sheet of its way back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WayGate {
    /// Its number and title.
    pub title: String,
    /// The latest moment to turn back; empty where there is none.
    pub latest: String,
    /// What that moment is called.
    pub label: &'static str,
    /// When it is planned, as a sentence; empty for a gate that does not count.
    pub planned: String,
    /// Who decides, with the number to call.
    pub decides: Vec<Contact>,
    /// Who decides instead.
    pub decides_else: Vec<Contact>,
    /// What else one has to know.
    pub facts: Vec<String>,
}

/// How much may still be shown again.
pub(super) struct Room(usize);

impl Room {
    pub(super) fn take(&mut self, rows: usize) -> bool {
        let fits = rows <= self.0;
        if fits {
            self.0 -= rows;
        }
        fits
    }
}

impl Presenter<'_> {
    /// The ways back of this plan; none when it has none.
    #[must_use]
    pub fn rollback_page(&self) -> Option<RollbackPage> {
        if !self.has_way_back() {
            return None;
        }
        let (ways, of_gate) = self.way_sheets();
        let sheet = |id: &NodeId| of_gate.get(id).map(|index| &ways[*index]);
        let gates = self.gates().filter_map(|id| self.gate_line(id, sheet(&id))).collect();
        Some(RollbackPage {
            head: self.head(),
            gates,
            ways,
            any_step: if self.has_undos() { self.way_from_any_step() } else { Vec::new() },
        })
    }

    /// The gates of the main line, without their ways.
    pub(in crate::view) fn gate_lines(&self) -> Vec<GateLine> {
        self.gates().filter_map(|id| self.gate_line(id, None)).collect()
    }

    /// The gates of the main line, in run order.
    fn gates(&self) -> impl Iterator<Item = NodeId> + '_ {
        let is_gate = |id: &NodeId| self.plan().node(*id).step_kind() == StepKind::Gate;
        self.schedule().main.order.iter().copied().filter(is_gate)
    }

    fn gate_line(&self, id: NodeId, sheet: Option<&WaySheet>) -> Option<GateLine> {
        let placed = self.placed(id)?;
        let gate = self.ways_back().of_gate(self.plan(), self.schedule(), id)?;
        let start = self.words.short(placed.start);
        Some(GateLine {
            number: self.number(id),
            title: self.title(self.plan().node(id)),
            planned: format!("{start}–{}", self.words.end(placed.start, placed.finish)),
            decides: placed.people.iter().map(|person| self.contact(*person)).collect(),
            decides_else: self.stand_ins_of(id, placed),
            back_out: self.back_out(id),
            sum: self.sum(&gate).unwrap_or_default(),
            sheet: sheet.map(|sheet| sheet.place.clone()).unwrap_or_default(),
            way: match gate.way.through {
                Through::Phase(phase) => self.title(self.plan().node(phase)),
                Through::Undos(undos) => words::count(undos.len(), "undo"),
                Through::Nothing => "none is written".to_owned(),
            },
        })
    }

    /// `Sun 12-06 00:05 − 45 min = Sat 12-05 23:20`
    fn sum(&self, gate: &GateWayBack<'_>) -> Option<String> {
        let (limit, latest) = (gate.limit?, gate.latest?);
        let same_day = self.words.day(limit.end) == self.words.day(latest);
        let shown = |moment| if same_day { self.words.alone(moment) } else { self.words.short(moment) };
        Some(format!("{} − {} = {}", shown(limit.end), words::length(gate.way.seconds), shown(latest)))
    }

    /// The sheets, and by gate the index of its own, where a way is written.
    fn way_sheets(&self) -> (Vec<WaySheet>, HashMap<NodeId, usize>) {
        let steps = self.schedule().main.order.len();
        let mut room = Room(AT_LEAST + TIMES_STEPS * steps);
        let missing = self.not_taken_back();
        let mut ways: Vec<WaySheet> = Vec::new();
        let mut sheets = HashMap::new();
        let mut of_phase: HashMap<NodeId, usize> = HashMap::new();
        for id in self.gates() {
            let Some(gate) = self.ways_back().of_gate(self.plan(), self.schedule(), id) else { continue };
            let about = self.way_gate(id, &gate);
            let known = match gate.way.through {
                Through::Phase(phase) => of_phase.get(&phase).copied(),
                _ => None,
            };
            let index = match known {
                Some(index) => {
                    // With several gates nobody knows by which clock it is called.
                    ways[index].hide_clock();
                    ways[index].gates.push(about);
                    index
                }
                None => {
                    let mut sheet = self.gate_sheet(id, &gate, &missing, &mut room);
                    sheet.gates.push(about);
                    ways.push(sheet);
                    ways.len() - 1
                }
            };
            if let Through::Phase(phase) = gate.way.through {
                of_phase.insert(phase, index);
            }
            ways[index].place = format!("way-{}", index + 1);
            if !matches!(gate.way.through, Through::Nothing) {
                sheets.insert(id, index);
            }
        }
        self.phases_by_themselves(&of_phase, &mut room, &mut ways);
        (ways, sheets)
    }

    /// The `.rollback` phases to which, as a whole, no gate leads.
    fn phases_by_themselves(
        &self,
        shown: &HashMap<NodeId, usize>,
        room: &mut Room,
        ways: &mut Vec<WaySheet>,
    ) {
        let led_to = self.led_to_by();
        let lines = self.schedule().ways_back.iter().filter(|line| !line.order.is_empty());
        for line in lines.filter(|line| !shown.contains_key(&line.root)) {
            let way = crate::schedule::WayBack {
                through: Through::Phase(line.root),
                seconds: line.finish - line.start,
                longest: line.worst_finish - line.start,
                no_return: None,
            };
            let mut sheet = self.sheet_of(&way, None, room);
            sheet.title = self.title(self.plan().node(line.root));
            sheet.fact = self.leads_here(&led_to[line.root.index()]);
            sheet.place = format!("way-{}", ways.len() + 1);
            ways.push(sheet);
        }
    }

    fn way_gate(&self, id: NodeId, gate: &GateWayBack<'_>) -> WayGate {
        let (mut planned, mut facts) = (String::new(), Vec::new());
        let (mut decides, mut decides_else) = (Vec::new(), Vec::new());
        if let Some(placed) = self.placed(id) {
            planned = self.is_planned(Stretch { start: placed.start, end: placed.finish });
            decides = placed.people.iter().map(|person| self.contact(*person)).collect();
            decides_else = self.stand_ins_of(id, placed);
            facts.extend(self.no_return_has_begun(id, &gate.way));
            facts.extend(self.turn_back_by(gate, placed));
            if !matches!(gate.way.through, Through::Nothing) {
                facts.push(self.called_at(placed.finish, gate.way.seconds));
            }
        }
        let start = self.placed(id).map(|placed| placed.start);
        let latest = gate.latest.zip(start).map(|(latest, start)| self.words.end(start, latest));
        WayGate {
            title: self.called_by(id),
            latest: latest.unwrap_or_default(),
            label: if gate.way.no_return.is_some() { "say no by" } else { "turn back by" },
            planned,
            decides,
            decides_else,
            facts,
        }
    }

    fn gate_sheet(
        &self,
        id: NodeId,
        gate: &GateWayBack<'_>,
        missing: &NotTakenBack,
        room: &mut Room,
    ) -> WaySheet {
        let finish = self.placed(id).map(|placed| placed.finish);
        let mut sheet = self.sheet_of(&gate.way, finish, room);
        sheet.title = match gate.way.through {
            Through::Phase(phase) => self.title(self.plan().node(phase)),
            _ => format!("From {}", self.called_by(id)),
        };
        if let Some(finish) = finish.filter(|_| !matches!(gate.way.through, Through::Phase(_))) {
            sheet.remarks = self.count_not_taken_back(missing, finish, &gate.way, room);
        }
        sheet
    }
}

impl WaySheet {
    fn hide_clock(&mut self) {
        self.with_clock = false;
        for row in &mut self.rows {
            row.clock.clear();
        }
    }
}
