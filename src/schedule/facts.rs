//! What the scheduler needs to know of each step, read off the plan once.

use super::busy::Stretch;
use super::moment::Moment;
use super::times::Times;
use crate::diagnostic::Diagnostic;
use crate::graph::{Graph, Vertex, Waits};
use crate::plan::{Duration, Estimate, Node, NodeId, Owner, PersonId, Plan, SystemId, TeamId};
use crate::source::Span;

/// How long a step takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Length {
    /// By the clock, in one go: seconds.
    Clock(i64),
    /// Calendar days to the same time of day, then seconds.
    Calendar { days: i64, seconds: i64 },
    /// Working time, in seconds, pausing when its owners don't work.
    Work(i64),
    /// As long as what it spans.
    Span,
}

/// A step, as the scheduler sees it.
#[derive(Debug, Clone)]
pub(super) struct Facts {
    pub(super) node: NodeId,
    pub(super) length: Length,
    /// The same when its range takes its longest.
    pub(super) longest: Length,
    /// Whether it takes the time of those who do it.
    pub(super) occupies: bool,
    /// The people named, without those of its teams.
    pub(super) people: Box<[PersonId]>,
    pub(super) teams: Box<[TeamId]>,
    pub(super) locks: Box<[SystemId]>,
    pub(super) late: bool,
    /// Not before this.
    pub(super) from: Option<Moment>,
    /// The pins of the phases and groups around it: everything inside waits for them.
    pub(super) around: Option<Moment>,
    pub(super) window: Option<Stretch>,
    /// Finished by this, the earliest of its own and inherited ones.
    pub(super) by: Option<Moment>,
    /// Where that is written.
    pub(super) by_span: Option<Span>,
}

/// All of a line's steps, and every pin on it.
#[derive(Debug, Clone)]
pub(super) struct AllFacts {
    /// By vertex; nothing for phases, and for what is dropped or left out.
    pub(super) steps: Vec<Option<Facts>>,
    /// By vertex: the moment at which a step, phase or group is pinned.
    pub(super) pins: Vec<Option<Moment>>,
}

pub(super) fn read(
    plan: &Plan,
    graph: &Graph,
    times: &mut Times,
    diagnostics: &mut Vec<Diagnostic>,
) -> AllFacts {
    let mut facts = AllFacts { steps: vec![None; graph.len()], pins: vec![None; graph.len()] };
    for vertex in graph.vertices() {
        match graph.vertex(vertex) {
            Vertex::Step(id) => {
                let node = plan.node(id);
                let pin = node.at.as_ref().and_then(|at| times.begin(at, diagnostics));
                let spans = graph.before(vertex).any(|(_, edge)| edge.waits == Waits::During);
                let step = step(plan, id, spans, times, diagnostics);
                if node.is_here() {
                    facts.pins[vertex.index()] = pin;
                    facts.steps[vertex.index()] = Some(step);
                }
            }
            Vertex::Start(id) => {
                let node = plan.node(id);
                let pin = node.at.as_ref().and_then(|at| times.begin(at, diagnostics));
                let mut steps = (id.index()..node.end.index()).map(NodeId::new).map(|id| plan.node(id));
                // A phase of which nothing counts has no beginning to pin.
                if pin.is_some() && steps.any(|node| node.is_step() && node.is_here()) {
                    facts.pins[vertex.index()] = pin;
                }
            }
            Vertex::Finish(_) | Vertex::Join => {}
        }
    }
    if facts.pins.iter().any(Option::is_some) {
        pins_around(plan, graph, &mut facts);
    }
    facts
}

/// Hands the pins of phases and groups to the steps inside them.
fn pins_around(plan: &Plan, graph: &Graph, facts: &mut AllFacts) {
    let mut around: Vec<Option<Moment>> = vec![None; plan.nodes.len()];
    for id in plan.ids() {
        let Some(vertex) = graph.start_of(id) else { continue };
        let outer = plan.node(id).parent.and_then(|parent| around[parent.index()]);
        match &mut facts.steps[vertex.index()] {
            Some(step) => step.around = outer,
            None => around[id.index()] = outer.max(facts.pins[vertex.index()]),
        }
    }
}

fn step(plan: &Plan, id: NodeId, spans: bool, times: &mut Times, diagnostics: &mut Vec<Diagnostic>) -> Facts {
    let node = plan.node(id);
    let step = node.step.as_ref();
    let from = node.from.iter().filter_map(|from| times.begin(from, diagnostics)).max();
    let deadlines = node.by.iter().filter_map(|by| Some((times.end(by, diagnostics)?, by.span)));
    let deadline = deadlines.min_by_key(|(moment, _)| *moment);
    let window = node
        .window
        .as_ref()
        .filter(|given| times.windows_count(given.span, diagnostics))
        .and_then(|given| times.windows[given.value.index()]);
    let mut people = Vec::new();
    let mut teams = Vec::new();
    for owner in &node.owners {
        match owner.value {
            Owner::Person(person) => people.push(person),
            Owner::Team(team) => teams.push(team),
        }
    }
    let mut locks: Vec<SystemId> =
        step.iter().flat_map(|step| &step.locks).map(|given| given.value).collect();
    locks.sort();
    locks.dedup();
    let (length, longest) = lengths(plan, node, spans, times.dated);
    Facts {
        node: id,
        length,
        longest,
        occupies: node.needs_owner() && !spans,
        people: people.into(),
        teams: teams.into(),
        locks: locks.into(),
        late: step.is_some_and(|step| step.late.is_some()),
        from,
        around: None,
        window,
        by: deadline.map(|(moment, _)| moment),
        by_span: deadline.map(|(_, span)| span),
    }
}

/// How long a step takes as planned, and at its longest.
fn lengths(plan: &Plan, node: &Node, spans: bool, dated: bool) -> (Length, Length) {
    if spans {
        return (Length::Span, Length::Span);
    }
    let (estimate, by_itself) = (plan.estimate(node), node.passes_by_itself());
    let longest = Estimate::exactly(estimate.most);
    (length_of(estimate, by_itself, dated), length_of(longest, by_itself, dated))
}

/// The planned length of an estimate.
pub(super) fn length_of(estimate: Estimate, passes_by_itself: bool, dated: bool) -> Length {
    if !estimate.has_days() {
        return Length::Clock(estimate.planned(Duration::seconds));
    }
    if !passes_by_itself {
        let work = estimate.planned(Duration::working_seconds);
        return if dated { Length::Work(work) } else { Length::Clock(work) };
    }
    let seconds = estimate.planned(|part| part.calendar_days() * 86_400);
    if dated {
        Length::Calendar { days: seconds / 86_400, seconds: seconds % 86_400 }
    } else {
        Length::Clock(seconds)
    }
}
