//! Points of no return that can be passed before anybody has said go.
//!
//! A gate counts when it comes before by what waits for what, and not by luck of the clock: nobody
//! may pass while the decision is open. One walk over the graph says it for all steps.

use super::{Subject, messages};
use crate::diagnostic::{Diagnostic, Rule};
use crate::graph::{Graph, Vertex, Waits};
use crate::plan::{NodeId, Plan, StepKind};
use crate::schedule::Moment;

pub(super) fn check(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let (plan, graph) = (subject.plan, subject.graph);
    let points: Vec<NodeId> =
        plan.steps().filter(|id| is_point(plan, *id) && graph.start_of(*id).is_some()).collect();
    if points.is_empty() || could_follow_from(subject, diagnostics) {
        return;
    }
    let decided = decided_before(plan, graph);
    let gates = gates_by_finish(subject);
    for id in points {
        let is_decided = graph.start_of(id).is_some_and(|vertex| decided[vertex.index()]);
        let node = plan.node(id);
        if is_decided || node.step_kind() == StepKind::Gate {
            continue;
        }
        let place = node.step.as_ref().and_then(|step| step.no_return).unwrap_or(node.span);
        let start = subject.schedule.step(id).map_or(Moment::ALWAYS, |placed| placed.start);
        let before = gates.partition_point(|(finish, _)| *finish <= start);
        let diagnostic = match (before.checked_sub(1).map(|last| gates[last]), gates.get(before)) {
            (Some((_, gate)), _) => {
                let named = plan.reference(id, gate);
                let on = (named.on != id).then(|| plan.node(named.on));
                messages::gates::no_return_beside_gate(node, place, plan.node(gate), named.word, on)
            }
            (None, Some((_, gate))) => messages::gates::no_return_before_gate(node, place, plan.node(*gate)),
            (None, None) => messages::gates::no_return_without_gate(node, place),
        };
        diagnostics.push(diagnostic);
    }
}

fn is_point(plan: &Plan, id: NodeId) -> bool {
    plan.node(id).step.as_ref().is_some_and(|step| step.no_return.is_some())
}

/// Whether a gate or an order may be missing because something else is wrong: a circle that was cut,
/// a link that names nothing, a misspelt word with a dot.
fn could_follow_from(subject: &Subject<'_>, diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|one| match one.rule {
        Rule::Cycle | Rule::UnknownReference | Rule::AmbiguousReference => true,
        Rule::Attribute => one.span().is_some_and(|span| subject.sources.text(span).starts_with('.')),
        _ => false,
    })
}

/// By vertex: whether some gate is over before it starts.
fn decided_before(plan: &Plan, graph: &Graph) -> Vec<bool> {
    let mut decided = vec![false; graph.len()];
    for vertex in graph.in_order() {
        decided[vertex.index()] = graph.before(vertex).any(|(from, edge)| match edge.waits {
            Waits::After | Waits::Within | Waits::RightAfter => {
                let is_gate = |id| plan.node(id).is_here() && plan.node(id).step_kind() == StepKind::Gate;
                decided[from.index()] || graph.step(from).is_some_and(is_gate)
            }
            // It starts with the first step inside, whatever is decided further on.
            Waits::With | Waits::During => {
                let start = match graph.vertex(from) {
                    Vertex::Finish(id) => graph.start_of(id),
                    _ => Some(from),
                };
                start.is_some_and(|start| decided[start.index()])
            }
        });
    }
    decided
}

/// The gates of the main line, by when they end.
fn gates_by_finish(subject: &Subject<'_>) -> Vec<(Moment, NodeId)> {
    let order = subject.schedule.main.order.iter();
    let gates = order.filter(|id| subject.plan.node(**id).step_kind() == StepKind::Gate);
    let mut gates: Vec<(Moment, NodeId)> =
        gates.filter_map(|id| Some((subject.schedule.step(*id)?.finish, *id))).collect();
    gates.sort();
    gates
}
