//! Which steps each step directly waits for, with phases expanded to their last steps and without
//! what another of them implies.

use std::cell::RefCell;
use std::rc::Rc;

use crate::graph::{Graph, Vertex, VertexId, Waits};
use crate::plan::{NodeId, Plan};

/// A phase with more last steps than this stands as itself.
const MOST_LAST_STEPS: usize = 12;
/// Looking for what implies what stops after so many steps; what is not found out stays in the list.
const MOST_VISITS: usize = 4096;
/// In lists longer than this it stops after so many links, too.
const SHORT: usize = 12;
const MOST_LINKS: usize = 16_384;
/// A list as long as this is cut: nobody reads it.
const LONGEST: usize = 1000;

/// Something waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Entry {
    vertex: VertexId,
    /// With a lag, or after a phase of many steps: always listed.
    stays: bool,
}

/// What a step waits for, and what it starts with.
#[derive(Debug, Clone, Default)]
pub(super) struct Waited {
    /// Steps, and phases with many last steps.
    pub(super) waits_for: Vec<NodeId>,
    pub(super) starts_with: Vec<NodeId>,
}

/// By vertex: what each step that counts waits for. `counts` says which vertices are those.
pub(super) fn of_steps(plan: &Plan, graph: &Graph, counts: &dyn Fn(VertexId) -> bool) -> Vec<Option<Waited>> {
    let waiting = Waiting::new(plan, graph, counts);
    graph.vertices().map(|vertex| counts(vertex).then(|| waiting.of(vertex))).collect()
}

struct Waiting<'a> {
    plan: &'a Plan,
    graph: &'a Graph,
    counts: &'a dyn Fn(VertexId) -> bool,
    known: Vec<Option<Rc<[Entry]>>>,
    /// By vertex: its place in both orders of the graph. What comes before another comes before it in both.
    place: Vec<(usize, usize)>,
    marks: RefCell<Marks>,
}

impl<'a> Waiting<'a> {
    fn new(plan: &'a Plan, graph: &'a Graph, counts: &'a dyn Fn(VertexId) -> bool) -> Self {
        let mut place = vec![(0, 0); graph.len()];
        for (index, vertex) in graph.in_order().enumerate() {
            place[vertex.index()].0 = index;
        }
        for (index, vertex) in graph.in_order_from_the_end().into_iter().enumerate() {
            place[vertex.index()].1 = index;
        }
        let marks = Marks { round: 0, seen: vec![0; graph.len()], wanted: vec![0; graph.len()] };
        let known = vec![None; graph.len()];
        let mut waiting = Self { plan, graph, counts, known, place, marks: RefCell::new(marks) };
        for vertex in graph.in_order() {
            if !(waiting.counts)(vertex) {
                let found = waiting.passed_on(vertex);
                waiting.known[vertex.index()] = Some(found.into());
            }
        }
        waiting
    }

    /// What one step waits for.
    fn of(&self, vertex: VertexId) -> Waited {
        let entries = self.reduced(self.collect(vertex));
        let waits_for = entries.iter().filter_map(|entry| self.node(entry.vertex)).collect();
        let with =
            self.graph.before(vertex).filter(|(_, edge)| matches!(edge.waits, Waits::With | Waits::During));
        let starts_with = with.filter_map(|(from, _)| self.node(from)).collect();
        Waited { waits_for, starts_with }
    }

    fn node(&self, vertex: VertexId) -> Option<NodeId> {
        match self.graph.vertex(vertex) {
            Vertex::Step(node) | Vertex::Start(node) | Vertex::Finish(node) => Some(node),
            Vertex::Join => None,
        }
    }

    /// What a vertex that is no step that counts hands on.
    fn passed_on(&self, vertex: VertexId) -> Vec<Entry> {
        let entries = self.reduced(self.collect(vertex));
        match self.graph.vertex(vertex) {
            Vertex::Finish(node) if node.index() != 0 => {
                let last = entries.iter().filter(|entry| self.is_inside(entry.vertex, node)).count();
                if last > MOST_LAST_STEPS { vec![Entry { vertex, stays: true }] } else { entries }
            }
            _ => entries,
        }
    }

    fn is_inside(&self, vertex: VertexId, node: NodeId) -> bool {
        let end = self.plan.node(node).end;
        self.node(vertex).is_some_and(|inner| node < inner && inner < end)
    }

    fn collect(&self, vertex: VertexId) -> Vec<Entry> {
        let mut entries: Vec<Entry> = Vec::new();
        for (from, edge) in self.graph.before(vertex) {
            if !matches!(edge.waits, Waits::After | Waits::RightAfter) {
                continue;
            }
            let lag = edge.lag != crate::plan::Duration::default();
            match &self.known[from.index()] {
                None => entries.push(Entry { vertex: from, stays: lag }),
                Some(known) => {
                    entries.extend(known.iter().map(|entry| Entry { stays: entry.stays || lag, ..*entry }));
                }
            }
        }
        if entries.is_empty()
            && let Vertex::Finish(node) = self.graph.vertex(vertex)
            && let Some(start) = self.graph.start_of(node)
        {
            // Nothing inside counts: whoever waits for it waits for what it waited for.
            entries.extend(self.known[start.index()].iter().flat_map(|known| known.iter().copied()));
        }
        // Of two ways to the same step the one with a lag stays.
        entries.sort_by_key(|entry| (entry.vertex, !entry.stays));
        entries.dedup_by_key(|entry| entry.vertex);
        entries.truncate(LONGEST);
        entries
    }

    /// Without what another entry already waits for.
    fn reduced(&self, entries: Vec<Entry>) -> Vec<Entry> {
        if entries.len() < 2 {
            return entries;
        }
        let wanted = Wanted::among(&entries, &self.place);
        let mut undecided = wanted.doubtful;
        if undecided == 0 {
            return entries;
        }
        let mut marks = self.marks.borrow_mut();
        marks.begin();
        for entry in entries.iter().filter(|entry| !entry.stays) {
            marks.wanted[entry.vertex.index()] = marks.round;
        }
        let mut open: Vec<VertexId> = entries.iter().map(|entry| entry.vertex).collect();
        let mut left = MOST_VISITS;
        let mut links_left = if entries.len() <= SHORT { usize::MAX } else { MOST_LINKS };
        'looking: while let Some(vertex) = open.pop() {
            for (from, edge) in self.graph.before(vertex) {
                links_left -= 1;
                if undecided == 0 || links_left == 0 {
                    break 'looking;
                }
                let waits = matches!(edge.waits, Waits::After | Waits::Within | Waits::RightAfter);
                if !waits || !wanted.is_before(self.place[from.index()]) || !marks.see(from) {
                    continue;
                }
                undecided -= usize::from(marks.wanted[from.index()] == marks.round);
                open.push(from);
                left = left.saturating_sub(1);
            }
            if left == 0 {
                break;
            }
        }
        let implied = |vertex: VertexId| marks.seen[vertex.index()] == marks.round;
        entries.into_iter().filter(|entry| entry.stays || !implied(entry.vertex)).collect()
    }
}

/// Where the entries stand of which it is asked whether they are implied.
struct Wanted {
    /// Their places in the first order, sorted.
    first: Vec<usize>,
    /// The lowest place in the second order of so many of them.
    lowest: Vec<usize>,
    /// Of how many it is not clear at once that none of the entries waits for them.
    doubtful: usize,
}

impl Wanted {
    fn among(entries: &[Entry], place: &[(usize, usize)]) -> Self {
        let mut places: Vec<((usize, usize), bool)> =
            entries.iter().map(|entry| (place[entry.vertex.index()], entry.stays)).collect();
        places.sort_unstable();
        let (mut doubtful, mut highest) = (0, 0);
        for ((_, second), stays) in places.iter().rev() {
            doubtful += usize::from(!stays && *second < highest);
            highest = highest.max(*second);
        }
        let places = places.iter().filter(|(_, stays)| !stays).map(|(place, _)| *place);
        let first = places.clone().map(|(first, _)| first).collect();
        let lowest = places.scan(usize::MAX, |lowest, (_, second)| {
            *lowest = second.min(*lowest);
            Some(*lowest)
        });
        Self { first, lowest: lowest.collect(), doubtful }
    }

    /// Whether one of them may come before a place, or stands there.
    fn is_before(&self, (first, second): (usize, usize)) -> bool {
        let before = self.first.partition_point(|one| *one <= first);
        before > 0 && self.lowest[before - 1] <= second
    }
}

/// Which vertices a search has come by, kept from search to search so that none begins with a wipe.
struct Marks {
    round: u32,
    seen: Vec<u32>,
    /// Those of which it is asked whether they are implied.
    wanted: Vec<u32>,
}

impl Marks {
    fn begin(&mut self) {
        self.round += 1;
    }

    /// Marks a vertex; says whether that is news.
    fn see(&mut self, vertex: VertexId) -> bool {
        let round = self.round;
        std::mem::replace(&mut self.seen[vertex.index()], round) != round
    }
}
