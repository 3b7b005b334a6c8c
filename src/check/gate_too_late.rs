//! Gates that end after their latest back-out, as planned or when every range takes its longest: also those that miss their window or deadline itself, for
//! until when one could have turned back is another thing. Silent where a word that is not understood
//! may be the cause.

use super::{Places, Subject, messages};
use crate::diagnostic::{Diagnostic, Rule};
use crate::plan::{Node, Plan};
use crate::schedule::{Clock, Limit, Moment, Through, UndoStep, WayBack, WaysBack};
use crate::source::Span;

/// A gate that decides too late, with all that it takes to say so.
pub(super) struct TooLate<'a> {
    pub(super) plan: &'a Plan,
    pub(super) clock: Clock,
    pub(super) gate: &'a Node,
    pub(super) start: Moment,
    pub(super) finish: Moment,
    pub(super) way: WayBack<'a>,
    pub(super) limit: Limit,
    pub(super) latest: Moment,
    /// When its window ends, if it has one.
    pub(super) window_end: Option<Moment>,
    /// Before this no step of the main line begins.
    pub(super) line_start: Moment,
}

pub(super) fn check(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let (plan, schedule) = (subject.plan, subject.schedule);
    let misspelt =
        Places::of(diagnostics, &[Rule::Attribute, Rule::UnknownReference, Rule::AmbiguousReference]);
    // That its deadline or window is at risk says enough.
    let at_risk = Places::of(diagnostics, &[Rule::AtRisk]);
    let ways_back = subject.ways_back;
    let misread = Misread::find(subject, ways_back, misspelt);
    for &id in &schedule.main.order {
        let (gate, Some(placed)) = (plan.node(id), schedule.step(id)) else { continue };
        let Some(found) = ways_back.of_gate(plan, schedule, id) else { continue };
        let (Some(limit), Some(latest)) = (found.limit, found.latest) else { continue };
        let worst = placed.worst.end.max(placed.finish);
        if worst <= latest || misread.gate(plan, gate, placed.finish, &found.way) {
            continue;
        }
        let window = gate.window.as_ref().and_then(|given| schedule.windows[given.value.index()]);
        let late = TooLate {
            plan,
            clock: schedule.clock,
            gate,
            start: placed.start,
            finish: placed.finish,
            way: found.way,
            limit,
            latest,
            window_end: window.map(|window| window.end),
            line_start: schedule.main.start,
        };
        if late.finish > latest {
            diagnostics.push(messages::gates::too_late(&late));
        } else if !at_risk.any_in(gate.span) {
            diagnostics.push(messages::gates::at_risk(&late, worst));
        }
    }
}

/// Where the length of a way back is assumed because the word that says it is not understood.
struct Misread {
    places: Places,
    /// From here on what the undos take together is not what was meant.
    undos_from: Moment,
}

impl Misread {
    fn find(subject: &Subject<'_>, ways_back: &WaysBack, places: Places) -> Self {
        let is_misread = |undo: &&UndoStep| {
            let step = subject.plan.node(undo.step).step.as_ref();
            undo.assumed
                && step.is_some_and(|step| places.any_in(subject.whole(step.undos[undo.place].block)))
        };
        let undos = ways_back.written_before(Moment::NEVER).iter().rev();
        let first = undos.filter(is_misread).map(|undo| undo.begins).next();
        Self { undos_from: first.unwrap_or(Moment::NEVER), places }
    }

    fn gate(&self, plan: &Plan, gate: &Node, finish: Moment, way: &WayBack<'_>) -> bool {
        let on_the_way = match way.through {
            Through::Phase(phase) => {
                let first = plan.node(phase);
                // Where the phase holds another file, that one's words are not looked at.
                let inside = plan.nodes[phase.index()..first.end.index()].iter();
                let last = inside.rev().find(|node| node.span.source == first.span.source).unwrap_or(first);
                self.places.any_in(Span::new(first.span.source, first.span.start()..last.span.end()))
            }
            Through::Undos(_) => self.undos_from < finish,
            Through::Nothing => false,
        };
        on_the_way || self.places.any_in(gate.span)
    }
}
