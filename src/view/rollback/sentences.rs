//! What one has to know before calling a way back, in sentences to be read aloud.

use crate::plan::NodeId;
use crate::schedule::{GateWayBack, Moment, Placed, Stretch, Through, WayBack as Undoing};
use crate::view::presenter::Presenter;
use crate::view::words;

impl Presenter<'_> {
    /// `Way back from 4 Stay?`
    pub(super) fn title_of(&self, id: NodeId) -> String {
        format!("Way back from {}", self.called_by(id))
    }

    /// A step by number and title, a phase by its title.
    pub(in crate::view) fn called_by(&self, id: NodeId) -> String {
        format!("{} {}", self.number(id), self.title(self.plan().node(id))).trim_start().to_owned()
    }

    pub(super) fn is_planned(&self, stretch: Stretch) -> String {
        let start = self.words.full(stretch.start);
        if stretch.start == stretch.end {
            return format!("Planned {start}.");
        }
        format!("Planned {start}–{}.", self.words.end(stretch.start, stretch.end))
    }

    pub(super) fn gate_is_planned(&self, id: NodeId, placed: &Placed) -> String {
        let planned = self.is_planned(Stretch { start: placed.start, end: placed.finish });
        let decides: Vec<&str> = placed.people.iter().map(|person| self.with_phone(*person)).collect();
        let decides = if decides.is_empty() { "Nobody".to_owned() } else { decides.join("; ") };
        let stands_in = self.stands_in(id, placed);
        let or = if stands_in.is_empty() { String::new() } else { format!(" (or {stands_in})") };
        format!("{planned} Decides: {decides}{or}.")
    }

    /// That there is no way back any more.
    pub(super) fn no_return_has_begun(&self, id: NodeId, way: &Undoing<'_>) -> Option<String> {
        let point = way.no_return?;
        let gone = if point == id {
            "THERE IS NO WAY BACK once this has begun: it is a point of no return.".to_owned()
        } else {
            format!("THERE IS NO WAY BACK: {} has begun by then, and can't be undone.", self.called_by(point))
        };
        Some(match way.through {
            Through::Phase(_) => format!("{gone} What the gate names for a no-go leads elsewhere."),
            Through::Undos(_) => format!("{gone} What has begun since can be:"),
            Through::Nothing => gone,
        })
    }

    /// Until when one can turn back from a gate, or why there is no such moment.
    pub(super) fn turn_back_by(&self, gate: &GateWayBack<'_>, placed: &Placed) -> Vec<String> {
        if matches!(gate.way.through, Through::Nothing) {
            let gone = gate.way.no_return.is_some();
            let sentence = "No way back is written: the gate names none, and nothing that has begun by then \
                            has an undo.";
            return if gone { Vec::new() } else { vec![sentence.to_owned()] };
        }
        let takes = words::length(gate.way.seconds);
        let (Some(limit), Some(latest)) = (gate.limit, gate.latest) else {
            return if gate.way.leads_back() {
                let open = "There is no latest moment to turn back: the gate has no window and no deadline.";
                vec![format!("The way back takes {takes}. {open}")]
            } else {
                Vec::new()
            };
        };
        let limit = self.limit(limit, latest);
        let until = self.words.end(placed.start, latest);
        let late = match gate.late_by(placed.finish) {
            Some(late) => format!(
                "TOO LATE AS PLANNED: the gate ends {}, {} after that.",
                self.words.end(placed.start, placed.finish),
                words::length(late)
            ),
            None => format!(
                "The gate ends {}, with {} to spare.",
                self.words.end(placed.start, placed.finish),
                words::length(latest - placed.finish)
            ),
        };
        let by = match gate.way.no_return {
            None => format!("Turn back by {until} at the latest: the way back takes {takes}, and {limit}."),
            Some(_) => format!("Say no by {until} at the latest: what follows takes {takes}, and {limit}."),
        };
        let at_worst = gate.latest_at_worst().map(|worst| self.at_worst(gate, worst, placed));
        [by].into_iter().chain(at_worst).chain([late]).collect()
    }

    /// Until when one can turn back when the way back takes its longest.
    fn at_worst(&self, gate: &GateWayBack<'_>, worst: Moment, placed: &Placed) -> String {
        let until = self.words.end(placed.start, worst);
        let longest = words::length(gate.way.longest);
        let early = match placed.finish - worst {
            early if early > 0 => format!(", {} before the gate ends", words::length(early)),
            _ => String::new(),
        };
        format!("If it takes its longest, {longest}, that is {until}{early}.")
    }

    pub(super) fn called_at(&self, moment: Moment, seconds: i64) -> String {
        let done = self.words.end(moment, moment + seconds);
        format!("Called at {}, it is done at {done}.", self.words.alone(moment))
    }

    /// What the rows are.
    pub(super) fn heading(&self, way: &Undoing<'_>, called: Option<Moment>, count: usize) -> String {
        let takes = words::length(way.seconds);
        match way.through {
            // Shown for itself, the phase has its name above.
            Through::Phase(_) if called.is_none() => format!("{}, {takes}", words::count(count, "step")),
            Through::Phase(phase) => {
                let title = self.title(self.plan().node(phase));
                format!("No-go: {title}, {}, {takes}", words::count(count, "step"))
            }
            Through::Undos(_) => {
                format!("{}, the last step first, {takes}", words::count(count, "undo"))
            }
            Through::Nothing => String::new(),
        }
    }

    /// The gates that lead to a way back.
    pub(in crate::view) fn leads_here(&self, gates: &[NodeId]) -> String {
        if gates.is_empty() {
            return "No gate leads here: it begins when somebody calls it.".to_owned();
        }
        let named = gates.iter().map(|id| {
            let gate = self.ways_back().of_gate(self.plan(), self.schedule(), *id);
            let latest = gate.and_then(|gate| gate.latest);
            let until = latest.map(|latest| format!(" (by {} at the latest)", self.words.short(latest)));
            format!("{}{}", self.called_by(*id), until.unwrap_or_default())
        });
        format!("A no-go leads here at {}.", words::listed(&named.collect::<Vec<String>>()))
    }

    pub(super) fn is_part_of_it(&self, id: NodeId) -> String {
        format!("{} is a part of it.", self.called_by(id))
    }

    /// The ways back that somebody can call.
    pub(super) fn phases_to_call(&self) -> Option<String> {
        let roots = self.schedule().ways_back.iter().map(|line| self.plan().node(line.root));
        let named: Vec<String> = roots
            .map(|node| format!("{} (`tminus rollback PLAN {}`)", self.title(node), shell_word(&node.id)))
            .collect();
        (!named.is_empty()).then(|| format!("The plan has phases for a way back: {}.", named.join(", ")))
    }
}

/// A word as a shell takes it.
fn shell_word(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_/.".contains(c);
    if word.chars().all(plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', "'\\''")) }
}

/// Who does something, with who steps in and the credentials that it needs.
pub(super) fn with_more(who: String, stands_in: &str, access: &str) -> String {
    let or = if stands_in.is_empty() { String::new() } else { format!(" (or {stands_in})") };
    let access = if access.is_empty() { String::new() } else { format!(" · access: {access}") };
    who + &or + &access
}
