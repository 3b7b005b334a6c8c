//! What every sentence about systems needs: names, times of a line, and the steps that begin and end an
//! outage.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::line::{LineOfSystems, Turn};
use super::messages::{Finding, MOST_POINTED_AT, Site};
use super::references::{References, write_after};
use super::shown::Shown;
use crate::diagnostic::Diagnostic;
use crate::plan::{Node, NodeId, Plan, Presence, SystemId};
use crate::schedule::{Moment, Outage};
use crate::source::Span;

/// What is found out once for all lines, when there is something to say at all.
pub(super) struct Known<'a> {
    plan: &'a Plan,
    references: OnceCell<References<'a>>,
    /// By system and way back: the first step that would start it, and does not count.
    absent_starters: OnceCell<HashMap<(SystemId, Option<NodeId>), NodeId>>,
}

impl<'a> Known<'a> {
    pub(super) fn of(plan: &'a Plan) -> Self {
        Self { plan, references: OnceCell::new(), absent_starters: OnceCell::new() }
    }

    fn references(&self) -> &References<'a> {
        self.references.get_or_init(|| References::of(self.plan))
    }

    fn absent_starter(&self, system: SystemId, way_back: Option<NodeId>) -> Option<&'a Node> {
        let absent = self.absent_starters.get_or_init(|| {
            let mut absent = HashMap::new();
            for id in self.plan.ids().filter(|id| !self.plan.node(*id).is_here()) {
                let node = self.plan.node(id);
                for given in node.step.iter().flat_map(|step| &step.starts) {
                    absent.entry((given.value, node.way_back)).or_insert(id);
                }
            }
            absent
        });
        absent.get(&(system, way_back)).map(|id| self.plan.node(*id))
    }
}

/// Tells of a line.
pub(super) struct Teller<'a, 'b> {
    pub(super) line: &'b LineOfSystems<'a>,
    pub(super) shown: Shown,
    known: &'b Known<'a>,
}

impl<'a, 'b> Teller<'a, 'b> {
    pub(super) fn new(line: &'b LineOfSystems<'a>, known: &'b Known<'a>) -> Self {
        Self { line, shown: Shown::of(line), known }
    }

    pub(super) fn node(&self, id: NodeId) -> &'a Node {
        self.line.plan.node(id)
    }

    pub(super) fn name(&self, system: SystemId) -> &'a str {
        &self.line.plan.systems[system.index()].name
    }

    /// `write `after=…` on …`: on a step that `place` describes, or on the link to the plan it stands in.
    pub(super) fn after(&self, on: NodeId, named: NodeId, place: &str) -> String {
        let reference = self.line.plan.reference(on, named);
        let to_be_given = !self.known.references().is_named(self.node(named));
        let unnamed = to_be_given.then(|| self.node(named));
        if reference.on == on {
            return write_after(reference.word, unnamed, place);
        }
        let place = format!("the link \"{}\"", self.node(reference.on).title);
        write_after(reference.word, unnamed, &place)
    }

    /// `from 23:15 to 23:40`, `from 23:15 on`, `until 23:40`, `from the beginning`.
    pub(super) fn span(&self, outage: &Outage) -> String {
        let shown = self.shown;
        match (outage.from, outage.until) {
            (Moment::ALWAYS, Moment::NEVER) => "from the beginning".to_owned(),
            (Moment::ALWAYS, until) => format!("until {}", shown.at(until)),
            (from, Moment::NEVER) => format!("from {} on", shown.at(from)),
            (from, until) => format!("from {} to {}", shown.at(from), shown.beside(until, from)),
        }
    }

    pub(super) fn time_of(&self, turn: &Turn) -> String {
        self.shown.between(turn.start, turn.finish)
    }

    /// The word that must change, else the step.
    pub(super) fn place(&self, turn: &Turn) -> Span {
        if turn.inherited.is_some() { self.node(turn.node).span } else { turn.word }
    }

    pub(super) fn with_origin(&self, diagnostic: Diagnostic, turn: &Turn) -> Diagnostic {
        match turn.inherited {
            Some(_) => diagnostic.related(turn.word, "it has this from here"),
            None => diagnostic,
        }
    }

    /// Points at the steps that begin and end an outage.
    pub(super) fn with_outage(&self, mut diagnostic: Diagnostic, outage: &Outage) -> Diagnostic {
        let name = self.name(outage.system);
        diagnostic = match outage.stopper {
            Some(stopper) => diagnostic.related(
                self.node(stopper).span,
                format!("`{name}` goes down when this starts, at {}", self.shown.at(outage.from)),
            ),
            None => {
                let declared = &self.line.plan.systems[outage.system.index()];
                diagnostic.related(declared.span, format!("`{name}` is down from the beginning"))
            }
        };
        match outage.starter.filter(|starter| outage.stopper != Some(*starter)) {
            Some(starter) => diagnostic.related(
                self.node(starter).span,
                format!("`{name}` is up again when this is done, at {}", self.shown.at(outage.until)),
            ),
            None if outage.starter.is_none() => self.with_absent_starter(diagnostic, outage.system),
            None => diagnostic,
        }
    }

    /// Points at the step that would start a system, if it counted.
    pub(super) fn with_absent_starter(&self, diagnostic: Diagnostic, system: SystemId) -> Diagnostic {
        let way_back = self.line.plan.node(self.line.line.root).way_back;
        match self.known.absent_starter(system, way_back) {
            Some(node) if node.presence == Presence::LeftOut => {
                diagnostic.related(node.span, "this would start it, and is not in this variant")
            }
            Some(node) => diagnostic.related(node.span, "this would start it, and is dropped"),
            None => diagnostic,
        }
    }

    pub(super) fn with_others(&self, diagnostic: Diagnostic, finding: &Finding) -> Diagnostic {
        let others = finding.others.iter().take(MOST_POINTED_AT);
        others.fold(diagnostic, |diagnostic, Site { turn, outage }| {
            let place = outage.stopper.map_or(turn.word, |stopper| self.node(stopper).span);
            diagnostic
                .related(place, format!("`{}`, too, is down {}", self.name(outage.system), self.span(outage)))
        })
    }

    /// What else there is, behind the headline.
    pub(super) fn and_others(&self, finding: &Finding) -> String {
        match (finding.others.as_slice(), finding.count) {
            ([], 1) => String::new(),
            ([], 2) => " (one more stop of it is in the way)".to_owned(),
            ([], count) => format!(" ({} more stops of it are in the way)", count - 1),
            ([other], 2) => {
                format!("; so is `{}`, {}", self.name(other.outage.system), self.span(&other.outage))
            }
            (_, count) => format!("; {} more such outages are in the way", count - 1),
        }
    }
}
