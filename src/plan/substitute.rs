//! `--sub ana=raj`: the plan as if Raj had every step of Ana's; `--sub copy:ana=raj`: as if he had her
//! part of one step, or of all steps inside a phase.
//!
//! The more exact one holds: a step before a phase, a phase before the whole plan. A substitution for the
//! whole plan is applied by the roster, when a handle is looked up; the others here, when all is known.

use std::cmp::Reverse;

use super::ids::{NodeId, PersonId};
use super::node::{Given, Owner};
use super::person::Handle;
use super::roster::Roster;
use super::slip::Named;
use super::{Header, Plan, PlanOptions, messages};
use crate::diagnostic::Diagnostic;

/// A substitution as the command line has it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Substitute {
    /// The step or phase it is for, by its id or title; none is the whole plan.
    pub step: Option<String>,
    /// Who drops out: a person, a role or a team.
    pub out: String,
    /// Who stands in.
    pub into: String,
}

/// Somebody who stands in at a step, or at everything inside a phase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandIn {
    /// The step or phase.
    pub node: NodeId,
    /// The handle of who drops out there.
    pub out: String,
    /// Who stands in.
    pub into: PersonId,
}

impl Substitute {
    /// Everything of `out` goes to `into`.
    #[must_use]
    pub fn of_all(out: &str, into: &str) -> Self {
        Self { step: None, out: out.to_owned(), into: into.to_owned() }
    }

    /// The part of `out` in one step goes to `into`.
    #[must_use]
    pub fn of_step(step: &str, out: &str, into: &str) -> Self {
        Self { step: Some(step.to_owned()), ..Self::of_all(out, into) }
    }
}

impl std::fmt::Display for Substitute {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(step) = &self.step {
            write!(out, "{step}:")?;
        }
        write!(out, "{}={}", self.out, self.into)
    }
}

/// The substitutions for the whole plan whose second name can be somebody.
pub(super) fn of_everything(headers: &[Header], options: &PlanOptions) -> Vec<(String, String)> {
    let handles = handles(headers);
    let known = |into: &str| handles.as_ref().is_none_or(|handles| handles.contains(&into));
    let whole = options.subs.iter().filter(|sub| sub.step.is_none() && known(&sub.into));
    whole.map(|sub| (sub.out.clone(), sub.into.clone())).collect()
}

/// Names in `--sub` that mean nobody, in the order of the command line.
pub(super) fn report_unknown(
    headers: &[Header],
    options: &PlanOptions,
    roster: &Roster,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let handles = handles(headers);
    for sub in &options.subs {
        if !roster.knows(&sub.out) {
            diagnostics.push(messages::unknown_substitute(sub, &sub.out, roster, roster.handles()));
        } else if let Some(handles) = handles.as_ref().filter(|handles| !handles.contains(&sub.into.as_str()))
        {
            diagnostics.push(match roster.means(&sub.into) {
                Some(Handle::Team(team)) => messages::substitute_team(sub, roster.team(team), roster),
                _ => messages::unknown_substitute(sub, &sub.into, roster, handles.iter().copied()),
            });
        }
    }
}

/// The handles of people and roles in all files, when there is a roster.
fn handles(headers: &[Header]) -> Option<Vec<&str>> {
    let declared = headers.iter().any(|header| header.roster.people.is_some());
    declared.then(|| headers.iter().flat_map(Header::handles).collect())
}

impl Roster {
    /// The handles of those who have this name, or else of those of whose name it is a part.
    #[must_use]
    pub fn called(&self, name: &str) -> Vec<&str> {
        let wanted = name.trim().to_lowercase();
        let those = |is: &dyn Fn(&str) -> bool| -> Vec<&str> {
            let people = self.people.iter().filter(|person| is(&person.name.to_lowercase()));
            people.map(|person| person.handle.value.as_str()).collect()
        };
        let whole = those(&|name| name == wanted);
        if whole.is_empty() {
            those(&|name| name.split_whitespace().any(|part| part == wanted))
        } else {
            whole
        }
    }
}

impl Plan {
    /// Takes the substitutions for single steps and phases into the plan, the wider ones first.
    pub(super) fn take_substitutes(&mut self, options: &PlanOptions, diagnostics: &mut Vec<Diagnostic>) {
        let mut taken: Vec<(NodeId, &Substitute)> = Vec::new();
        for sub in &options.subs {
            let Some(name) = &sub.step else { continue };
            // Who is nobody was reported.
            if !self.roster.knows(&sub.out) || !self.roster.may_stand_in(&sub.into) {
                continue;
            }
            match self.standing_in(name, sub) {
                Ok(node) => taken.push((node, sub)),
                Err(diagnostic) => diagnostics.push(diagnostic),
            }
        }
        taken.sort_by_key(|(node, _)| Reverse(self.node(*node).end.index() - node.index()));
        for (node, sub) in taken {
            self.stand_in(node, sub);
        }
        if self.roster.remembers_handles() {
            self.report_parts_of_one(diagnostics);
            self.name_everybody_once();
        }
    }

    /// Steps of two people of whom one has both parts now.
    fn report_parts_of_one(&self, diagnostics: &mut Vec<Diagnostic>) {
        let steps = self.ids().map(|id| self.node(id)).filter(|node| node.is_here() && node.occupies());
        for node in steps {
            for (index, given) in node.owners.iter().enumerate() {
                let same = node.owners[..index].iter().find(|other| other.value == given.value);
                if let (Owner::Person(both), Some(first)) = (given.value, same)
                    && let (Some(one), Some(other)) = (self.as_written(first), self.as_written(given))
                    && one != other
                {
                    // Who stands in may be named by the other part.
                    let into = self.roster.person(both);
                    let (outs, span): (&[&str], _) = match into.handle.value.as_str() {
                        own if own == one => (&[other], given.span),
                        own if own == other => (&[one], first.span),
                        _ => (&[one, other], given.span),
                    };
                    diagnostics.push(messages::one_for_two(span, node, &self.roster, outs, into));
                }
            }
        }
    }

    /// The person whom an owner means without any substitution.
    fn as_written(&self, given: &Given<Owner>) -> Option<&str> {
        let written = self.roster.written_at(given.span)?;
        Some(self.roster.person_behind(written).unwrap_or(written))
    }

    /// The step or phase that a substitution is for, or why there is none.
    fn standing_in(&self, name: &str, sub: &Substitute) -> Result<NodeId, Diagnostic> {
        let id = match self.named(name) {
            Named::One(id) => id,
            Named::Several(found) => {
                let ids = found.iter().map(|id| self.node(*id).id.as_str());
                return Err(messages::ambiguous_substitute(name, sub, ids));
            }
            Named::Nobody => {
                let steps = || self.ids().filter(|id| self.node(*id).is_step());
                return Err(messages::substitute_nowhere(name, sub, || {
                    steps().map(|id| self.node(id).id.as_str())
                }));
            }
        };
        let inside = id.index()..self.node(id).end.index();
        let is_theirs = |given: &Given<Owner>| self.is_of(given, &sub.out);
        let does = self.nodes[inside]
            .iter()
            .any(|node| node.is_step() && node.is_here() && node.owners.iter().any(is_theirs));
        if does { Ok(id) } else { Err(messages::substitute_without_part(sub, self.node(id), &self.roster)) }
    }

    /// Whether an owner is written as this handle, or as a role of this person.
    fn is_of(&self, given: &Given<Owner>, out: &str) -> bool {
        self.roster.written_at(given.span).is_some_and(|written| {
            written == out || self.roster.person_behind(written).is_some_and(|person| person == out)
        })
    }

    fn stand_in(&mut self, id: NodeId, sub: &Substitute) {
        let span = self.node(id).span;
        let found = self.roster.substitute(&sub.into, span);
        let Some(Owner::Person(into)) = found else { return };
        for index in id.index()..self.node(id).end.index() {
            let mut owners = std::mem::take(&mut self.nodes[index].owners);
            self.replace(&mut owners, sub, into);
            self.nodes[index].owners = owners;
            let Some(mut step) = self.nodes[index].step.take() else { continue };
            for undo in &mut step.undos {
                self.replace(&mut undo.owners, sub, into);
            }
            for tick in &step.ticks {
                let mut owners = std::mem::take(&mut self.ticks[tick.index()].owners);
                self.replace(&mut owners, sub, into);
                self.ticks[tick.index()].owners = owners;
            }
            self.nodes[index].step = Some(step);
        }
        self.stand_ins.push(StandIn { node: id, out: sub.out.clone(), into });
    }

    fn replace(&self, owners: &mut [Given<Owner>], sub: &Substitute, into: PersonId) {
        for given in owners.iter_mut() {
            if self.is_of(given, &sub.out) {
                given.value = Owner::Person(into);
            }
        }
    }

    /// Nobody does a step twice, when all is settled.
    fn name_everybody_once(&mut self) {
        for node in &mut self.nodes {
            once(&mut node.owners);
            node.step.iter_mut().flat_map(|step| &mut step.undos).for_each(|undo| once(&mut undo.owners));
        }
        self.ticks.iter_mut().for_each(|tick| once(&mut tick.owners));
    }
}

fn once(owners: &mut Box<[Given<Owner>]>) {
    let mut seen = Vec::new();
    let mut once = std::mem::take(owners).into_vec();
    once.retain(|given| {
        let new = !seen.contains(&given.value);
        seen.push(given.value);
        new
    });
    *owners = once.into();
}
