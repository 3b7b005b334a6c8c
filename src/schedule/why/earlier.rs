//! What it would take for a step to start earlier: the plan is laid out again without what it waited for
//! last, and without what it waits for then, until it does.

use super::{Because, Chains, Earlier, Hold, Line};
use crate::graph::Graph;
use crate::plan::{LinkKind, NodeId, Plan, Presence};
use crate::schedule::moment::Moment;

/// More that would have to change than this is no advice.
const MOST_CHANGES: usize = 6;

/// Tries it out. The plan begins when it does, also where that was counted backward from a pin.
pub(super) fn earlier(line: &Line<'_>, start: Moment, now: &Because) -> Earlier {
    let mut world = line.plan.clone();
    let mut without = Vec::new();
    let mut at = now.clone();
    let mut times = line.times.clone();
    times.start.get_or_insert(start);
    while without.len() < MOST_CHANGES {
        let hold = at.hold.clone();
        if !take_away(&mut world, now.step, &hold) {
            break;
        }
        without.push(hold);
        let graph = relink(&world, line.graph.root());
        let changed = Line { plan: &world, graph: &graph, times: times.clone() };
        let Some(next) = changed.because(now.step) else { break };
        if next.start < now.start {
            return Earlier { without, still: next.hold.clone(), then: Some(next) };
        }
        at = next;
    }
    Earlier { without, then: None, still: at.hold }
}

impl Line<'_> {
    fn because(&self, step: NodeId) -> Option<Because> {
        self.laid_out(|board, units| {
            let vertex = self.graph.start_of(step)?;
            Chains::new(board, units, self.times.clone()).because(vertex)
        })
    }
}

fn relink(plan: &Plan, root: NodeId) -> Graph {
    if root.index() == 0 {
        Graph::link(plan, &mut Vec::new())
    } else {
        Graph::link_way_back(plan, root, &mut Vec::new())
    }
}

/// Takes what held a step out of the plan; says whether that can be.
fn take_away(plan: &mut Plan, step: NodeId, hold: &Hold) -> bool {
    let node = |id: &NodeId| id.index();
    match hold {
        Hold::Start | Hold::Spans(_) => return false,
        Hold::Waits(waits) => {
            for wait in waits {
                plan.nodes[wait.step.index()].presence = Presence::Dropped;
            }
            return !waits.is_empty();
        }
        Hold::Busy { steps, .. } => {
            steps.iter().for_each(|id| plan.nodes[node(id)].owners = Box::default());
            return !steps.is_empty();
        }
        Hold::Locked { steps, .. } => {
            let steps_of = |plan: &mut Plan, id: &NodeId| {
                if let Some(step) = &mut plan.nodes[id.index()].step {
                    step.locks = Box::default();
                }
            };
            steps.iter().for_each(|id| steps_of(plan, id));
            return !steps.is_empty();
        }
        Hold::Pin(around) => plan.nodes[around.unwrap_or(step).index()].at = None,
        Hold::From(index) => {
            let from = &mut plan.nodes[step.index()].from;
            if *index >= from.len() {
                return false;
            }
            let mut left = std::mem::take(from).into_vec();
            left.remove(*index);
            *from = left.into();
        }
        Hold::Window => plan.nodes[step.index()].window = None,
        Hold::Late => {
            if let Some(own) = &mut plan.nodes[step.index()].step {
                own.late = None;
            }
        }
        Hold::Leads { follower, .. } => {
            for link in &mut plan.nodes[follower.index()].links {
                if link.kind == LinkKind::RightAfter {
                    link.kind = LinkKind::After;
                }
            }
        }
    }
    true
}
