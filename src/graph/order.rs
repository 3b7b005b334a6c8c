//! Which step is over before which begins, on the strength of the plan's order alone.
//!
//! Every vertex of a graph becomes an event; a step that counts becomes two, its beginning and its end.
//! What comes out is the events, each after everything that must have happened before it, and answers to
//! «is this over before that begins». `after=` and the order of the page count from end to beginning,
//! `with=` from beginning to beginning, and what is `during=` something begins and ends with it. Knows no
//! time, and nobody who is busy: only the order that holds however late a step is.

use super::{Graph, Vertex, VertexId, Waits};
use crate::plan::{NodeId, Plan};

/// Steps without anything before them are looked for no further than this; past it, a phase begins with
/// its own vertex.
const MOST_VISITS: usize = 256;

/// A place in an [`Order`]; whatever must have happened before it has a smaller one.
pub type Event = usize;

/// What must have happened before what.
#[derive(Debug, Clone)]
pub struct Order {
    /// By vertex.
    begins: Vec<u32>,
    ends: Vec<u32>,
    /// By vertex: the beginning and the end of what it spans, else its own.
    shared_begins: Vec<u32>,
    shared_ends: Vec<u32>,
    /// By event: where its predecessors begin in `before`; one more than there are events.
    first: Vec<u32>,
    before: Vec<u32>,
}

impl Order {
    /// The order of a graph.
    #[must_use]
    pub fn of(graph: &Graph, plan: &Plan) -> Self {
        let empty = vec![0; graph.len()];
        let order = Self {
            begins: empty.clone(),
            ends: empty.clone(),
            shared_begins: empty.clone(),
            shared_ends: empty,
            first: vec![0],
            before: Vec::new(),
        };
        let live = live(plan, graph.root());
        let mut maker = Maker { graph, plan, known: vec![None; live.len()], live, order };
        for vertex in graph.in_order() {
            maker.vertex(vertex);
        }
        maker.order
    }

    /// How many events there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.first.len() - 1
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What directly comes before an event.
    pub fn before(&self, event: Event) -> impl Iterator<Item = Event> + '_ {
        let range = self.first[event] as usize..self.first[event + 1] as usize;
        self.before[range].iter().map(|before| *before as Event)
    }

    /// When a vertex begins.
    #[must_use]
    pub fn begin(&self, vertex: VertexId) -> Event {
        self.begins[vertex.index()] as Event
    }

    /// When a vertex ends.
    #[must_use]
    pub fn end(&self, vertex: VertexId) -> Event {
        self.ends[vertex.index()] as Event
    }

    /// The earliest event at which a vertex has ended: its own end, or that of what it spans.
    #[must_use]
    pub fn shared_end(&self, vertex: VertexId) -> Event {
        self.shared_ends[vertex.index()] as Event
    }

    /// The beginning of what a vertex spans, else its own.
    #[must_use]
    pub fn shared_begin(&self, vertex: VertexId) -> Event {
        self.shared_begins[vertex.index()] as Event
    }

    /// Of each pair, whether the first happens before the second, however late everything is.
    #[must_use]
    pub fn are_ordered(&self, pairs: &[(Event, Event)]) -> Vec<bool> {
        const WORDS: usize = 8;
        let mut firsts: Vec<Event> = pairs.iter().map(|(first, _)| *first).collect();
        firsts.sort_unstable();
        firsts.dedup();
        let mut answers = vec![false; pairs.len()];
        for chunk in firsts.chunks(WORDS * 64) {
            let mut rows = vec![[0u64; WORDS]; self.len()];
            for (column, event) in chunk.iter().enumerate() {
                rows[*event][column / 64] |= 1 << (column % 64);
            }
            for event in chunk[0]..self.len() {
                let mut row = rows[event];
                for before in self.before(event) {
                    row.iter_mut().zip(rows[before]).for_each(|(word, other)| *word |= other);
                }
                rows[event] = row;
            }
            for (answer, (first, second)) in answers.iter_mut().zip(pairs) {
                if let Ok(column) = chunk.binary_search(first) {
                    *answer = rows[*second][column / 64] >> (column % 64) & 1 == 1;
                }
            }
        }
        answers
    }
}

/// For the root of a line and every node inside it: whether a step that counts is inside, itself included.
fn live(plan: &Plan, root: NodeId) -> Vec<bool> {
    let nodes = &plan.nodes[root.index()..plan.node(root).end.index()];
    let mut live: Vec<bool> = nodes.iter().map(|node| node.is_step() && node.is_here()).collect();
    for (index, node) in nodes.iter().enumerate().rev() {
        let parent = node.parent.and_then(|parent| parent.index().checked_sub(root.index()));
        if let (true, Some(parent)) = (live[index], parent) {
            live[parent] = true;
        }
    }
    live
}

struct Maker<'a> {
    graph: &'a Graph,
    plan: &'a Plan,
    /// By place inside the root.
    live: Vec<bool>,
    /// By phase: the vertex with which it begins, once somebody asked.
    known: Vec<Option<VertexId>>,
    order: Order,
}

impl Maker<'_> {
    fn vertex(&mut self, vertex: VertexId) {
        let (mut before, mut spanned) = (Vec::new(), None);
        for (from, edge) in self.graph.before(vertex) {
            match edge.waits {
                Waits::After | Waits::Within | Waits::RightAfter => {
                    before.push(self.order.ends[from.index()])
                }
                Waits::With => before.push(self.beginning(from)),
                Waits::During => {
                    let begin = self.beginning(from);
                    before.push(begin);
                    let of_all = match self.graph.vertex(from) {
                        Vertex::Step(_) => self.order.shared_begins[from.index()],
                        _ => begin,
                    };
                    spanned = spanned.or(Some((from.index(), of_all)));
                }
            }
        }
        let begin = self.event(before);
        let counts = self.graph.step(vertex).is_some_and(|node| self.is_live(node));
        let end = match spanned {
            _ if !counts => begin,
            None => self.event(vec![begin]),
            Some((spanned, _)) => self.event(vec![begin, self.order.ends[spanned]]),
        };
        let index = vertex.index();
        self.order.begins[index] = begin;
        self.order.ends[index] = end;
        let (shared_begin, shared_end) = match spanned {
            Some((vertex, begin)) => (begin, self.order.shared_ends[vertex]),
            None => (begin, end),
        };
        self.order.shared_begins[index] = shared_begin;
        self.order.shared_ends[index] = shared_end;
    }

    fn event(&mut self, before: Vec<u32>) -> u32 {
        let event = u32::try_from(self.order.len()).expect("two events a vertex, and vertices are few");
        self.order.before.extend(before);
        self.order.first.push(u32::try_from(self.order.before.len()).expect("edges are as few"));
        event
    }

    /// The beginning of a step, or of the first step inside a phase, by its finish vertex.
    fn beginning(&mut self, vertex: VertexId) -> u32 {
        let begins_with = match self.graph.vertex(vertex) {
            Vertex::Finish(node) => self.beginning_of_phase(node),
            _ => vertex,
        };
        self.order.begins[begins_with.index()]
    }

    /// The one step for which all others inside a phase wait, else the phase's own beginning.
    fn beginning_of_phase(&mut self, phase: NodeId) -> VertexId {
        let place = phase.index() - self.graph.root().index();
        if let Some(known) = self.known[place] {
            return known;
        }
        let start = self.graph.start_of(phase).expect("a phase that is named has vertices");
        let mut first = self.first_steps(phase, start);
        first.retain(|step| !self.waits_for_inside(phase, *step));
        let begins_with = if let [one] = first.as_slice() { *one } else { start };
        self.known[place] = Some(begins_with);
        begins_with
    }

    /// The steps that no other stands before on the way from the beginning of their phase; none when there
    /// are too many to look at.
    fn first_steps(&self, phase: NodeId, start: VertexId) -> Vec<VertexId> {
        let (mut seen, mut open, mut found) = (vec![start], vec![start], Vec::new());
        while let Some(vertex) = open.pop() {
            for (next, _) in self.graph.after(vertex) {
                if !self.is_inside(phase, next) || seen.contains(&next) {
                    continue;
                }
                seen.push(next);
                if seen.len() > MOST_VISITS {
                    return Vec::new();
                }
                match self.graph.vertex(next) {
                    Vertex::Step(node) if self.is_live(node) => found.push(next),
                    _ => open.push(next),
                }
            }
        }
        found
    }

    fn is_live(&self, node: NodeId) -> bool {
        self.live[node.index() - self.graph.root().index()]
    }

    /// Joins come from what stands before them, and so are inside when that is.
    fn is_inside(&self, phase: NodeId, vertex: VertexId) -> bool {
        match self.graph.vertex(vertex) {
            Vertex::Step(node) | Vertex::Start(node) | Vertex::Finish(node) => {
                node > phase && node < self.plan.node(phase).end
            }
            Vertex::Join => true,
        }
    }

    fn waits_for_inside(&self, phase: NodeId, step: VertexId) -> bool {
        self.graph.before(step).any(|(from, _)| match self.graph.vertex(from) {
            Vertex::Step(node) | Vertex::Finish(node) => self.is_live(node) && self.is_inside(phase, from),
            Vertex::Start(_) | Vertex::Join => false,
        })
    }
}
