//! When each system is down, as the steps of one line stop and start it by the clock.
//!
//! What comes in is the steps in run order; what goes out is one outage for every step that stops a system,
//! and one for every system that is down from the beginning. An outage lasts from the start of the step
//! that stops the system to the end of the first step that begins after it and starts the system again; a
//! step that does both is its own end.

use super::{Moment, Placed};
use crate::plan::{Given, NodeId, Plan, SystemId};

/// A stretch in which a system is down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outage {
    /// The system.
    pub system: SystemId,
    /// The step that stops it; nothing when it is down from the beginning.
    pub stopper: Option<NodeId>,
    /// The step that starts it again; nothing when none does.
    pub starter: Option<NodeId>,
    /// When it goes down; [`Moment::ALWAYS`] when it is down from the beginning.
    pub from: Moment,
    /// When it is up again; [`Moment::NEVER`] when nothing starts it.
    pub until: Moment,
}

/// A step that stops or starts a system.
#[derive(Clone, Copy)]
struct Turn {
    system: SystemId,
    node: NodeId,
    number: usize,
    start: Moment,
    finish: Moment,
}

/// The outages of a line, by system, and of each system in run order. What is down at first counts for the
/// main line alone: when a way back is called, nobody knows.
pub(super) fn outages(plan: &Plan, order: &[NodeId], steps: &[Option<Placed>], is_main: bool) -> Vec<Outage> {
    let stops = turns(plan, order, steps, |step| &step.stops);
    let starts = turns(plan, order, steps, |step| &step.starts);
    let of_system = |system: SystemId| {
        let from = starts.partition_point(|start| start.system < system);
        let to = starts.partition_point(|start| start.system <= system);
        &starts[from..to]
    };
    let outage = |system: SystemId, stop: Option<&Turn>, end: Option<&Turn>| Outage {
        system,
        stopper: stop.map(|stop| stop.node),
        starter: end.map(|start| start.node),
        from: stop.map_or(Moment::ALWAYS, |stop| stop.start),
        until: end.map_or(Moment::NEVER, |start| start.finish),
    };
    let down = plan.systems.iter().enumerate().filter(|(_, system)| is_main && system.down);
    let at_first = down.map(|(index, _)| SystemId::new(index));
    let at_first = at_first.map(|system| outage(system, None, of_system(system).first()));
    let stopped =
        stops.iter().map(|stop| outage(stop.system, Some(stop), end_of(stop, of_system(stop.system))));
    let mut outages: Vec<Outage> = at_first.chain(stopped).collect();
    // What is down at first comes first; the others are in run order already.
    outages.sort_by_key(|outage| outage.system);
    outages
}

/// The first of the steps that start a system that begins after the one that stops it, or is that one.
fn end_of<'a>(stop: &Turn, starts: &'a [Turn]) -> Option<&'a Turn> {
    if let Ok(own) = starts.binary_search_by_key(&stop.number, |start| start.number) {
        return Some(&starts[own]);
    }
    // At the moment at which a step without length stands, what follows it in run order begins after it.
    let after = if stop.start < stop.finish {
        starts.partition_point(|start| start.start <= stop.start)
    } else {
        starts.partition_point(|start| start.number < stop.number)
    };
    starts.get(after)
}

/// Every word of a kind, by system, and of each system in run order; each step once.
fn turns(
    plan: &Plan,
    order: &[NodeId],
    steps: &[Option<Placed>],
    words: impl Fn(&crate::plan::Step) -> &[Given<SystemId>],
) -> Vec<Turn> {
    let mut turns: Vec<Turn> = Vec::new();
    for &node in order {
        let (Some(step), Some(placed)) = (&plan.node(node).step, &steps[node.index()]) else { continue };
        let (number, start, finish) = (placed.number, placed.start, placed.finish);
        turns.extend(words(step).iter().map(|given| Turn {
            system: given.value,
            node,
            number,
            start,
            finish,
        }));
    }
    turns.sort_by_key(|turn| (turn.system, turn.number));
    turns.dedup_by_key(|turn| (turn.system, turn.number));
    turns
}
