//! What is placed together: a single step, or a block of steps that follow each other directly.
//!
//! A block is a step with all that is `right-after=` it, and with what stands between them in the
//! order (ends of phases, a milestone, somebody who watches). A link that can't be part of a block
//! is broken: the step is then placed as with `after=`, and reported.

use std::collections::{BTreeMap, BTreeSet};

use super::facts::{AllFacts, Length};
use crate::graph::{Graph, VertexId, Waits, circles_among};

/// Steps that are placed together.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    /// Its vertices, each after those it waits for.
    pub(super) members: Vec<VertexId>,
}

/// How a line's vertices fall into units.
#[derive(Debug, Clone)]
pub(super) struct Units {
    pub(super) list: Vec<Unit>,
    /// By vertex.
    pub(super) of: Vec<usize>,
    /// By vertex: the step that it follows directly.
    pub(super) follows: Vec<Option<VertexId>>,
    /// By vertex: the first step of the chain that it ends.
    pub(super) head: Vec<VertexId>,
    /// By vertex: whether a step follows it directly.
    pub(super) leads: Vec<bool>,
    /// By vertex: whether its place is settled by a pin: pinned itself, or following one that is.
    pub(super) fixed: Vec<bool>,
}

/// The links of a line that can't hold, by the step that should follow.
pub(super) type Broken = BTreeSet<VertexId>;

impl Units {
    /// Forms the units; links found impossible are added to `broken`.
    pub(super) fn form(graph: &Graph, facts: &AllFacts, broken: &mut Broken) -> Self {
        break_rivals(graph, facts, broken);
        loop {
            let follows = follows(graph, facts, broken);
            let fixed = fixed(graph, facts, &follows);
            match Self::try_form(graph, follows, fixed) {
                Ok(units) => match units.kept_apart(graph, facts).as_slice() {
                    [] => return units,
                    links => broken.extend(links),
                },
                Err(links) => broken.extend(links),
            }
        }
    }

    /// The units, or links that must give way first.
    fn try_form(
        graph: &Graph,
        follows: Vec<Option<VertexId>>,
        fixed: Vec<bool>,
    ) -> Result<Self, Vec<VertexId>> {
        let count = graph.len();
        let head = heads(&follows);
        let mut inner_of: BTreeMap<VertexId, VertexId> = BTreeMap::new();
        let mut yielding: Vec<(VertexId, bool)> = Vec::new();
        if follows.iter().any(Option::is_some) {
            for set in circles(graph, &follows, &head, &fixed) {
                let mut blocks: Vec<VertexId> = set
                    .iter()
                    .filter(|vertex| follows[vertex.index()].is_some())
                    .map(|vertex| head[vertex.index()])
                    .collect();
                blocks.sort();
                blocks.dedup();
                // A pin that waits for the block, and for which the block waits, can't be inside it.
                let pinned = set.iter().any(|vertex| fixed[vertex.index()]);
                match blocks.as_slice() {
                    [] => {}
                    [block] if !pinned => inner_of.extend(set.iter().map(|vertex| (*vertex, *block))),
                    // Nor can another block: the later link in the text yields.
                    _ => {
                        let last = set.iter().filter(|vertex| follows[vertex.index()].is_some()).max();
                        yielding.push((*last.expect("a block has a link"), pinned));
                    }
                }
            }
        }
        if let [(first, _), ..] = yielding.as_slice() {
            // Circles have nothing to do with each other, unless what a pin holds comes free.
            let together = yielding.iter().all(|(_, pinned)| !pinned);
            let links = yielding.iter().map(|(link, _)| *link);
            return Err(if together { links.collect() } else { vec![*first] });
        }
        let mut of = vec![usize::MAX; count];
        let mut list: Vec<Unit> = Vec::new();
        for vertex in graph.in_order() {
            let head = inner_of.get(&vertex).copied().unwrap_or(head[vertex.index()]);
            let unit = match of[head.index()] {
                usize::MAX => {
                    list.push(Unit { members: Vec::new() });
                    of[head.index()] = list.len() - 1;
                    list.len() - 1
                }
                known => known,
            };
            of[vertex.index()] = unit;
            list[unit].members.push(vertex);
        }
        let mut leads = vec![false; count];
        for before in follows.iter().flatten() {
            leads[before.index()] = true;
        }
        Ok(Self { list, of, head, leads, follows, fixed })
    }

    /// The links, each the first of its block, that can't hold whenever the block begins: between the end of one step and
    /// the other something lies that takes time by the clock.
    fn kept_apart(&self, graph: &Graph, facts: &AllFacts) -> Vec<VertexId> {
        let by_clock = |vertex: VertexId| match &facts.steps[vertex.index()] {
            _ if facts.pins[vertex.index()].is_some() => None,
            None => Some(0),
            Some(one) => match one.length {
                Length::Clock(seconds) => Some(seconds),
                _ => None,
            },
        };
        // By vertex: how long after the end of the step that leads its block it may begin.
        let mut after: Vec<Option<i64>> = vec![None; graph.len()];
        let mut kept = Vec::new();
        for (unit, Unit { members }) in self.list.iter().enumerate() {
            let Some(link) = members.iter().find(|vertex| self.follows[vertex.index()].is_some()) else {
                continue;
            };
            let leader = self.follows[link.index()];
            if self.fixed[link.index()] || by_clock(*link).is_none() {
                continue;
            }
            for vertex in members.iter().filter(|vertex| Some(**vertex) != leader) {
                let allowed = graph.before(*vertex).filter_map(|(from, edge)| {
                    let lag = edge.lag_by_clock().filter(|_| self.of[from.index()] == unit)?;
                    let end = if Some(from) == leader { 0 } else { after[from.index()]? + by_clock(from)? };
                    Some(end + lag)
                });
                after[vertex.index()] = allowed.max();
                if vertex == link {
                    kept.extend(after[vertex.index()].filter(|apart| *apart > 0).map(|_| *link));
                    break;
                }
            }
        }
        kept
    }
}

/// By vertex: the step that it follows directly, where that link is not broken.
fn follows(graph: &Graph, facts: &AllFacts, broken: &Broken) -> Vec<Option<VertexId>> {
    let one = |vertex: VertexId| {
        facts.steps[vertex.index()].as_ref()?;
        // What spans something has no place of its own that a block could move.
        let leads = |from: &VertexId| {
            facts.steps[from.index()].as_ref().is_some_and(|one| one.length != Length::Span)
        };
        let links =
            |(from, edge): &(VertexId, &crate::graph::Edge)| edge.waits == Waits::RightAfter && leads(from);
        graph.before(vertex).find(links).map(|(from, _)| from)
    };
    graph.vertices().map(|vertex| if broken.contains(&vertex) { None } else { one(vertex) }).collect()
}

/// By vertex: the first step of its block, itself where it follows none.
fn heads(follows: &[Option<VertexId>]) -> Vec<VertexId> {
    let mut head: Vec<Option<VertexId>> = vec![None; follows.len()];
    let mut chain = Vec::new();
    for index in 0..follows.len() {
        chain.push(VertexId::new(index));
        let found = loop {
            let last = *chain.last().expect("begins with one");
            match (head[last.index()], follows[last.index()]) {
                (Some(known), _) => break known,
                (None, Some(before)) => chain.push(before),
                (None, None) => break last,
            }
        };
        for vertex in chain.drain(..) {
            head[vertex.index()] = Some(found);
        }
    }
    head.into_iter().map(|head| head.expect("every vertex was visited")).collect()
}

/// A step is fixed when it is pinned, or follows one that is fixed.
fn fixed(graph: &Graph, facts: &AllFacts, follows: &[Option<VertexId>]) -> Vec<bool> {
    let mut fixed: Vec<bool> = facts.pins.iter().map(Option::is_some).collect();
    for vertex in graph.in_order() {
        if let Some(before) = follows[vertex.index()] {
            let clock = matches!(facts.steps[vertex.index()], Some(ref one) if one.length != Length::Span);
            fixed[vertex.index()] |= fixed[before.index()] && clock;
        }
    }
    fixed
}

/// Sets of vertices that wait for each other when every block is taken as one.
fn circles(
    graph: &Graph,
    follows: &[Option<VertexId>],
    head: &[VertexId],
    fixed: &[bool],
) -> Vec<Vec<VertexId>> {
    let mut in_block = vec![false; graph.len()];
    for (index, before) in follows.iter().enumerate() {
        if let Some(before) = before {
            in_block[index] = true;
            in_block[before.index()] = true;
        }
    }
    let mut links: Vec<(VertexId, VertexId)> = Vec::new();
    for vertex in graph.vertices() {
        for (next, _) in graph.after(vertex) {
            let (from, to) = (head[vertex.index()], head[next.index()]);
            // A block that is fixed waits for nobody.
            let in_fixed_block = |vertex: VertexId| fixed[vertex.index()] && in_block[vertex.index()];
            if from != to && !in_fixed_block(next) && !in_fixed_block(vertex) {
                links.push((from, to));
            }
        }
    }
    let mut members: BTreeMap<VertexId, Vec<VertexId>> = BTreeMap::new();
    for vertex in graph.vertices() {
        members.entry(head[vertex.index()]).or_default().push(vertex);
    }
    let sets = circles_among(graph.len(), &links).into_iter();
    sets.map(|set| set.iter().flat_map(|head| members.get(head).into_iter().flatten().copied()).collect())
        .collect()
}

/// Of two steps that follow the same one and need the same person or lock, the later in the text
/// gives way.
fn break_rivals(graph: &Graph, facts: &AllFacts, broken: &mut Broken) {
    let follows = follows(graph, facts, broken);
    let mut followers: BTreeMap<VertexId, Vec<VertexId>> = BTreeMap::new();
    for vertex in graph.vertices() {
        if let Some(before) = follows[vertex.index()] {
            followers.entry(before).or_default().push(vertex);
        }
    }
    for group in followers.values().filter(|group| group.len() > 1) {
        let mut needed = BTreeSet::new();
        for vertex in group {
            let Some(one) = &facts.steps[vertex.index()] else { continue };
            let people = one.people.iter().filter(|_| one.occupies).map(|person| (0, person.index()));
            let locks = one.locks.iter().map(|lock| (1, lock.index()));
            let needs: Vec<(i32, usize)> =
                if one.length == Length::Clock(0) { Vec::new() } else { people.chain(locks).collect() };
            if needs.iter().any(|need| needed.contains(need)) {
                broken.insert(*vertex);
            } else {
                needed.extend(needs);
            }
        }
    }
}
