//! What a way back made of undos does not take back: steps for which nobody has written an `undo:`,
//! those that stop or start a system first, and steps that leave nothing behind.

use super::page::{LIST, Room};
use crate::plan::{Given, Node, NodeId, StepKind, SystemId};
use crate::schedule::{Moment, WayBack as Undoing};
use crate::view::presenter::Presenter;
use crate::view::words;

/// Where several ways back are shown, so many steps are named of each.
const MOST_NAMED: usize = 12;

/// The steps of the main line without an `undo:`, in run order, each with its start.
pub(super) struct NotTakenBack {
    /// They stop or start a system.
    change_systems: Vec<(Moment, NodeId)>,
    /// They do something else.
    others: Vec<(Moment, NodeId)>,
    /// Decisions, pauses, moments, and what only spans something: they leave nothing behind.
    leave_nothing: Vec<(Moment, NodeId)>,
}

impl Presenter<'_> {
    pub(super) fn not_taken_back(&self) -> NotTakenBack {
        let mut found =
            NotTakenBack { change_systems: Vec::new(), others: Vec::new(), leave_nothing: Vec::new() };
        for &id in &self.schedule().main.order {
            let node = self.plan().node(id);
            let (Some(step), Some(placed)) = (&node.step, self.placed(id)) else { continue };
            if !step.undos.is_empty() {
                continue;
            }
            let list = if !step.stops.is_empty() || !step.starts.is_empty() {
                &mut found.change_systems
            } else if step.kind == StepKind::Ordinary && node.during().is_none() {
                &mut found.others
            } else {
                &mut found.leave_nothing
            };
            list.push((placed.start, id));
        }
        found
    }

    /// Sentences on what has begun by a moment and is not taken back on a way.
    pub(super) fn say_not_taken_back(
        &self,
        all: &NotTakenBack,
        moment: Moment,
        way: &Undoing<'_>,
        most: Option<usize>,
    ) -> Vec<String> {
        let named = |id: NodeId| self.with_changes(id);
        let mut sentences = Vec::new();
        sentences.extend(self.systems_stay_changed(&self.begun(&all.change_systems, moment, way), most));
        let others = self.begun(&all.others, moment, way);
        if !others.is_empty() {
            sentences.push(format!("No undo is written: {}.", some(others.into_iter().map(named), most)));
        }
        let nothing = self.begun(&all.leave_nothing, moment, way);
        if !nothing.is_empty() {
            let numbers = some(nothing.into_iter().map(|id| self.number(id)), most);
            sentences.push(format!("Nothing to undo: {numbers} (decisions, pauses, moments)."));
        }
        sentences
    }

    /// The same for a sheet on a page that ends with the list of all steps: a system that stays changed is
    /// named on each sheet, the rest is only counted, because that list names it.
    pub(super) fn count_not_taken_back(
        &self,
        all: &NotTakenBack,
        moment: Moment,
        way: &Undoing<'_>,
        room: &mut Room,
    ) -> Vec<String> {
        let systems = self.begun(&all.change_systems, moment, way);
        let most = if room.take(systems.len()) { None } else { NotTakenBack::OVERVIEW };
        let mut sentences: Vec<String> = self.systems_stay_changed(&systems, most).into_iter().collect();
        let others = self.begun(&all.others, moment, way).len();
        if others > 0 && self.has_undos() {
            let steps = words::count(others, if systems.is_empty() { "step" } else { "more step" });
            let them = if others == 1 { "it" } else { "them" };
            sentences.push(format!(
                "{steps} without an undo will have begun by then: the list “{LIST}” at the end of this page names {them}."
            ));
        }
        sentences
    }

    fn systems_stay_changed(&self, systems: &[NodeId], most: Option<usize>) -> Option<String> {
        let named = systems.iter().map(|id| self.with_changes(*id));
        let list = some(named, most);
        (!systems.is_empty()).then(|| format!("No undo is written, and a system stays changed: {list}."))
    }

    /// Those of a list that have begun by a moment and are not past taking back.
    fn begun(&self, list: &[(Moment, NodeId)], moment: Moment, way: &Undoing<'_>) -> Vec<NodeId> {
        // What came before the point of no return is past taking back.
        let from = way.no_return.and_then(|id| self.placed(id)).map(|placed| placed.start);
        let first = from.map_or(0, |from| list.partition_point(|(start, _)| *start < from));
        let last = list.partition_point(|(start, _)| *start < moment).max(first);
        let ids = list[first..last].iter().map(|(_, id)| *id);
        ids.filter(|id| way.no_return != Some(*id)).collect()
    }

    fn with_changes(&self, id: NodeId) -> String {
        let node = self.plan().node(id);
        format!("{} {}{}", self.number(id), self.title(node), self.changes(node))
    }

    /// What a step does to systems, in brackets.
    pub(super) fn changes(&self, node: &Node) -> String {
        let names = |list: &[Given<SystemId>]| {
            let names: Vec<String> =
                list.iter().map(|given| self.plan().systems[given.value.index()].name.clone()).collect();
            words::listed(&names)
        };
        let Some(step) = &node.step else { return String::new() };
        let parts = [("stops", names(&step.stops)), ("starts", names(&step.starts))];
        let said: Vec<String> = parts
            .iter()
            .filter(|(_, names)| !names.is_empty())
            .map(|(word, names)| format!("{word} {names}"))
            .collect();
        if said.is_empty() { String::new() } else { format!(" ({})", said.join(", ")) }
    }
}

impl NotTakenBack {
    pub(super) const OVERVIEW: Option<usize> = Some(MOST_NAMED);
}

/// All of them, or so many and how many more.
fn some(words: impl ExactSizeIterator<Item = String>, most: Option<usize>) -> String {
    let count = words.len();
    let most = most.unwrap_or(count);
    let shown: Vec<String> = words.take(most).collect();
    let more = if count > most { format!(" and {} more", count - most) } else { String::new() };
    format!("{}{more}", shown.join(", "))
}
