//! How far every step of the main line may slip before anything breaks that the plan promises: besides its end and its
//! pins a deadline, a window, or the last moment to turn back at a gate.
//!
//! Worked out when somebody asks: the line is laid out once more, and passed backward with these limits. What is late
//! as planned is no limit: the diagnostics say so.

use super::Line;
use super::later::back_outs;
use crate::graph::{Graph, VertexId};
use crate::plan::{Node, Plan, StepKind};
use crate::schedule::board::Board;
use crate::schedule::moment::Moment;
use crate::schedule::times::Times;
use crate::schedule::{Schedule, slack};

impl Schedule {
    /// By node, in seconds, at most the slack: how far each step of the main line may slip before anything breaks.
    /// Nothing where no limit leaves less than the slack.
    #[must_use]
    pub fn rooms(&self, plan: &Plan, main: &Graph) -> Option<Vec<i64>> {
        let is_limited =
            |node: &Node| !node.by.is_empty() || node.window.is_some() || node.step_kind() == StepKind::Gate;
        if !plan.nodes.iter().any(is_limited) {
            return None;
        }
        let line = Line { plan, graph: main, times: Times::read(plan, &self.asked, &mut Vec::new()) };
        line.laid_out(|board, units| {
            let limits = limits(board, self);
            if limits.is_empty() {
                return None;
            }
            let latest = slack::slack_within(board, units, &limits).latest;
            let mut rooms = vec![0; plan.nodes.len()];
            for node in &self.main.order {
                if let (Some(placed), Some(vertex)) = (self.step(*node), main.start_of(*node)) {
                    rooms[node.index()] = (latest[vertex.index()] - placed.start).clamp(0, placed.slack);
                }
            }
            Some(rooms)
        })
    }
}

/// By when steps must be finished that are.
fn limits(board: &Board<'_>, schedule: &Schedule) -> Vec<(VertexId, Moment)> {
    let of_step = |vertex: VertexId| {
        let facts = board.facts(vertex)?;
        let limits = [facts.by, facts.window.map(|window| window.end)];
        Some(limits.into_iter().flatten().map(move |limit| (vertex, limit)))
    };
    let of_steps = board.graph.vertices().filter_map(of_step).flatten();
    let all = of_steps.chain(back_outs(board, schedule));
    all.filter(|(vertex, limit)| board.finish[vertex.index()] <= *limit).collect()
}
