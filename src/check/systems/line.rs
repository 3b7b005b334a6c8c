//! What one line, the main one or a way back, says about systems: who uses, starts and locks what, in run
//! order, with the places of all of them in the graph and by the clock.

use crate::check::Subject;
use crate::graph::{Graph, Order, VertexId};
use crate::plan::{Given, Node, NodeId, Plan, SystemId};
use crate::schedule::{Line, Moment, Outage, Schedule};
use crate::source::Span;

/// A step that uses, starts or locks a system.
#[derive(Debug, Clone, Copy)]
pub(super) struct Turn {
    pub(super) system: SystemId,
    pub(super) node: NodeId,
    pub(super) vertex: VertexId,
    /// Where the word is written.
    pub(super) word: Span,
    /// The phase or group it is inherited from.
    pub(super) inherited: Option<NodeId>,
    pub(super) number: usize,
    pub(super) start: Moment,
    pub(super) finish: Moment,
}

/// A line with its words, each list by system, and of each system in run order.
pub(super) struct LineOfSystems<'a> {
    pub(super) plan: &'a Plan,
    pub(super) schedule: &'a Schedule,
    pub(super) graph: &'a Graph,
    pub(super) line: &'a Line,
    pub(super) order: Order,
    pub(super) outages: &'a [Outage],
    /// Who stops what, sorted.
    stops: Vec<(SystemId, NodeId)>,
    pub(super) uses: Vec<Turn>,
    pub(super) starts: Vec<Turn>,
    pub(super) locks: Vec<Turn>,
}

impl<'a> LineOfSystems<'a> {
    /// The lines on which systems are named at all.
    pub(super) fn all(subject: &Subject<'a>) -> impl Iterator<Item = Self> {
        let main = std::iter::once((subject.graph, &subject.schedule.main));
        let back = subject.back.iter().zip(&subject.schedule.ways_back);
        let (plan, schedule) = (subject.plan, subject.schedule);
        main.chain(back).filter_map(move |(graph, line)| Self::of(plan, schedule, graph, line))
    }

    fn of(plan: &'a Plan, schedule: &'a Schedule, graph: &'a Graph, line: &'a Line) -> Option<Self> {
        let turns =
            |words: &dyn Fn(&'a Node) -> &'a [Given<SystemId>]| turns(plan, schedule, graph, line, words);
        let none: &[Given<SystemId>] = &[];
        let uses = turns(&|node| &node.uses);
        let starts = turns(&|node| node.step.as_ref().map_or(none, |step| &step.starts));
        let locks = turns(&|node| node.step.as_ref().map_or(none, |step| &step.locks));
        let outages = line.outages.as_slice();
        if starts.is_empty() && outages.is_empty() && (uses.is_empty() || locks.is_empty()) {
            return None;
        }
        let mut stops: Vec<(SystemId, NodeId)> =
            outages.iter().filter_map(|outage| Some((outage.system, outage.stopper?))).collect();
        stops.sort();
        let order = Order::of(graph, plan);
        Some(Self { plan, schedule, graph, line, order, outages, stops, uses, starts, locks })
    }

    pub(super) fn is_way_back(&self) -> bool {
        self.plan.node(self.line.root).way_back.is_some()
    }

    pub(super) fn vertex(&self, node: NodeId) -> VertexId {
        self.graph.start_of(node).expect("a step of the line has a vertex")
    }

    /// Whether a step stops the system that it uses or starts.
    pub(super) fn stops(&self, turn: &Turn) -> bool {
        self.stops.binary_search(&(turn.system, turn.node)).is_ok()
    }

    /// Whether a step starts the system that it uses.
    pub(super) fn starts(&self, turn: &Turn) -> bool {
        let place = (turn.system, turn.number);
        self.starts.binary_search_by_key(&place, |start| (start.system, start.number)).is_ok()
    }
}

/// Those of a system.
pub(super) fn of_system(turns: &[Turn], system: SystemId) -> &[Turn] {
    let from = turns.partition_point(|turn| turn.system < system);
    let to = turns.partition_point(|turn| turn.system <= system);
    &turns[from..to]
}

fn turns<'a>(
    plan: &'a Plan,
    schedule: &Schedule,
    graph: &Graph,
    line: &Line,
    words: &dyn Fn(&'a Node) -> &'a [Given<SystemId>],
) -> Vec<Turn> {
    let mut turns = Vec::new();
    for &id in &line.order {
        let (Some(placed), Some(vertex)) = (schedule.step(id), graph.start_of(id)) else { continue };
        turns.extend(words(plan.node(id)).iter().map(|given| Turn {
            system: given.value,
            node: id,
            vertex,
            word: given.span,
            inherited: given.inherited,
            number: placed.number,
            start: placed.start,
            finish: placed.finish,
        }));
    }
    turns.sort_by_key(|turn| (turn.system, turn.number));
    turns.dedup_by_key(|turn| (turn.system, turn.number));
    turns
}
