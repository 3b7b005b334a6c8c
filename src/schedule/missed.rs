//! What the schedule can't meet: pins, links, deadlines and windows, each said at the word, else at
//! the step, that must change.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::board::Board;
use super::busy::Stretch;
use super::culprits::{Blame, Culprits};
use super::facts::Length;
use super::messages;
use super::moment::Moment;
use super::shown_length;
use super::times::Times;
use crate::diagnostic::Diagnostic;
use crate::graph::{Vertex, VertexId, Waits};
use crate::plan::{Given, LinkKind, Time};

pub(super) struct Missed<'a, 'b> {
    pub(super) board: &'a Board<'b>,
    pub(super) times: &'a mut Times,
    pub(super) diagnostics: &'a mut Vec<Diagnostic>,
}

impl Missed<'_, '_> {
    pub(super) fn report(&mut self) {
        let blame = Blame::new(self.board);
        let lasts = self.window_lasts();
        for vertex in self.board.graph.vertices() {
            self.pin(vertex, &blame);
            self.links(vertex);
            self.deadlines(vertex, &blame);
            self.window(vertex, &blame, &lasts);
            self.work(vertex);
        }
        self.clashes();
    }

    // Pins.

    fn pin(&mut self, vertex: VertexId, blame: &Blame<'_, '_>) {
        let board = self.board;
        let Some(pin) = board.pin(vertex) else { return };
        let (Vertex::Step(id) | Vertex::Start(id)) = board.graph.vertex(vertex) else { return };
        let node = board.plan.node(id);
        let place = node.at.as_ref().map_or(node.span, |at| at.span);
        let arrival = board.arrival(vertex);
        let before_start = board.times.start.is_some_and(|start| pin < start);
        let from = board.facts(vertex).and_then(|facts| facts.from).filter(|from| *from > pin);
        let arrival =
            board.facts(vertex).and_then(|facts| facts.around).map_or(arrival, |around| arrival.max(around));
        if arrival <= pin && !before_start && from.is_none() {
            return;
        }
        let culprits = if arrival > pin { blame.before(vertex, arrival) } else { Culprits::default() };
        let start = board.times.start.filter(|_| before_start);
        let is_t = node.at.as_ref().is_some_and(|at| matches!(at.value, Time::T { .. }));
        let t_as_start =
            (is_t && board.times.dated && board.times.t0_given.is_none()).then_some(board.times.t0);
        self.diagnostics.push(messages::pin_missed(
            node,
            place,
            pin,
            (arrival > pin).then_some(arrival),
            &culprits,
            start,
            from,
            t_as_start,
            board.times.clock,
        ));
    }

    /// Pinned steps that need the same person or lock at once.
    fn clashes(&mut self) {
        let board = self.board;
        let mut taken: Vec<(bool, usize, Stretch, VertexId)> = Vec::new();
        for vertex in board.graph.vertices().filter(|vertex| board.pin(*vertex).is_some()) {
            let (Some(facts), Some(place)) = (board.facts(vertex), &board.places[vertex.index()]) else {
                continue;
            };
            if facts.occupies {
                for person in &place.people {
                    taken.extend(place.taken.iter().map(|stretch| (false, person.index(), *stretch, vertex)));
                }
            }
            let whole = Stretch { start: place.start, end: place.finish };
            taken.extend(facts.locks.iter().map(|lock| (true, lock.index(), whole, vertex)));
        }
        taken.retain(|(.., stretch, _)| stretch.start < stretch.end);
        taken.sort();
        let mut clashes: Vec<(VertexId, VertexId, bool, usize)> = Vec::new();
        for group in taken.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let (lock, which, ..) = group[0];
            let first = first_overlapping(group);
            let found = group.iter().zip(first).filter(|((.., later), first)| first < later);
            clashes.extend(found.map(|((.., later), first)| (*later, first, lock, which)));
        }
        clashes.sort();
        clashes.dedup_by_key(|(later, ..)| *later);
        for (later, earlier, lock, which) in clashes {
            let (Some(later), Some(earlier)) = (board.graph.step(later), board.graph.step(earlier)) else {
                continue;
            };
            let (needed, help) = if lock {
                let system = &board.plan.systems[which].name;
                (format!("the system `{system}`"), "pin one of them to another time")
            } else {
                let person = board.plan.roster.people[which].name.clone();
                (person, "pin one of them to another time, or give it to somebody else")
            };
            let (later, earlier) = (board.plan.node(later), board.plan.node(earlier));
            self.diagnostics.push(messages::pin_clash(later, earlier, &needed, help));
        }
    }

    // Links.

    fn links(&mut self, vertex: VertexId) {
        let board = self.board;
        let Some(facts) = board.facts(vertex) else { return };
        let node = board.plan.node(facts.node);
        let start = board.start[vertex.index()];
        for link in &node.links {
            match link.kind {
                LinkKind::RightAfter => {
                    let Some(target) = board.graph.finish_of(link.target) else { continue };
                    let is_link = board
                        .graph
                        .before(vertex)
                        .any(|(from, edge)| from == target && edge.waits == Waits::RightAfter);
                    let finish = board.finish[target.index()];
                    let people = board.places[vertex.index()]
                        .as_ref()
                        .map_or(&facts.people[..], |place| &place.people);
                    let right_after = board.lay(facts, people, finish).start;
                    if is_link && start != right_after {
                        let target = board.plan.node(link.target);
                        self.diagnostics.push(messages::right_after_missed(
                            node,
                            link.span,
                            target,
                            start,
                            finish,
                            board.times.clock,
                        ));
                    }
                }
                LinkKind::During if facts.length == Length::Span => {
                    let own =
                        [facts.from, facts.window.map(|window| window.start), Some(board.arrival(vertex))];
                    let latest = own.into_iter().flatten().max().unwrap_or(start);
                    if latest > start {
                        let target = board.plan.node(link.target);
                        self.diagnostics.push(messages::during_missed(
                            node,
                            link.span,
                            target,
                            start,
                            latest,
                            board.times.clock,
                        ));
                    }
                }
                _ => {}
            }
        }
    }

    // Deadlines and windows.

    fn deadlines(&mut self, vertex: VertexId, blame: &Blame<'_, '_>) {
        let board = self.board;
        let Some(facts) = board.facts(vertex) else { return };
        let node = board.plan.node(facts.node);
        let (start, finish) = (board.start[vertex.index()], board.finish[vertex.index()]);
        let mut missed: Vec<(&Given<Time>, Moment)> = Vec::new();
        for by in &node.by {
            if let Some(moment) = self.times.end(by, self.diagnostics).filter(|moment| finish > *moment) {
                missed.push((by, moment));
            }
        }
        let Some((by, moment)) = missed.iter().min_by_key(|(_, moment)| *moment) else { return };
        let place = if by.inherited.is_some() { node.span } else { by.span };
        let mut culprits = blame.of(vertex);
        culprits.beginning = culprits.beginning.against(by.value, board);
        let around = by.inherited.map(|around| board.plan.node(around));
        let latest = match (facts.length, &board.places[vertex.index()]) {
            (Length::Work(work), Some(place)) => {
                board.crew(&place.people).backward(*moment, work).map(|worked| worked.start)
            }
            _ => None,
        };
        let latest = latest.unwrap_or(start + (*moment - finish));
        self.diagnostics.push(messages::deadline_missed(
            node,
            place,
            by.span,
            around,
            *moment,
            Stretch { start, end: finish },
            latest,
            &culprits,
            board.times.clock,
        ));
    }

    /// By window: when the last step that has to lie inside it ends.
    fn window_lasts(&self) -> Vec<Moment> {
        let board = self.board;
        let mut lasts = vec![Moment(i64::MIN); board.plan.windows.len()];
        for vertex in board.graph.vertices() {
            let window = board.facts(vertex).and_then(|facts| board.plan.node(facts.node).window.as_ref());
            if let Some(window) = window {
                let last = &mut lasts[window.value.index()];
                *last = (*last).max(board.finish[vertex.index()]);
            }
        }
        lasts
    }

    fn window(&mut self, vertex: VertexId, blame: &Blame<'_, '_>, lasts: &[Moment]) {
        let board = self.board;
        let Some(facts) = board.facts(vertex) else { return };
        let node = board.plan.node(facts.node);
        let (Some(window), Some(given)) = (facts.window, &node.window) else { return };
        let (start, finish) = (board.start[vertex.index()], board.finish[vertex.index()]);
        if start >= window.start && finish <= window.end {
            return;
        }
        let place = if given.inherited.is_some() { node.span } else { given.span };
        let named = &board.plan.windows[given.value.index()];
        let outside = messages::Outside {
            node,
            place,
            inherited: given.inherited.is_some(),
            window: named,
            open: window,
            planned: Stretch { start, end: finish },
            last: lasts[given.value.index()],
            chain_start: blame.chain_start(vertex),
        };
        let culprits = blame.of(vertex);
        self.diagnostics.push(messages::window_missed(&outside, &culprits, board.times.clock));
    }

    /// Work in days whose people never work.
    fn work(&mut self, vertex: VertexId) {
        let board = self.board;
        let (Some(facts), Some(place)) = (board.facts(vertex), &board.places[vertex.index()]) else { return };
        if let Length::Work(work) = facts.length
            && board.crew(&place.people).forward(place.start, work).is_none()
        {
            self.diagnostics.push(messages::nobody_works(board.plan.node(facts.node)));
        }
    }
}

/// Whether a pin can't be met as planned: what it waits for, the plan's start, or its own `from=`.
pub(super) fn is_pin_missed(board: &Board<'_>, vertex: VertexId) -> bool {
    let Some(pin) = board.pin(vertex) else { return false };
    let facts = board.facts(vertex);
    let own = [facts.and_then(|facts| facts.from), facts.and_then(|facts| facts.around), board.times.start];
    board.arrival(vertex) > pin || own.into_iter().flatten().any(|moment| moment > pin)
}

/// Of each of the stretches (in order, none empty), the first step in the text that overlaps it, which
/// can be its own.
fn first_overlapping(taken: &[(bool, usize, Stretch, VertexId)]) -> Vec<VertexId> {
    let mut first: Vec<VertexId> = taken.iter().map(|(.., vertex)| *vertex).collect();
    // Those that began before and have not ended.
    let mut open: BinaryHeap<Reverse<(VertexId, Moment)>> = BinaryHeap::new();
    for (index, (.., stretch, vertex)) in taken.iter().enumerate() {
        while open.peek().is_some_and(|Reverse((_, end))| *end <= stretch.start) {
            open.pop();
        }
        if let Some(Reverse((earlier, _))) = open.peek() {
            first[index] = first[index].min(*earlier);
        }
        open.push(Reverse((*vertex, stretch.end)));
    }
    // Those that begin while it lasts.
    let least = Least::of(taken.iter().map(|(.., vertex)| *vertex).collect());
    for (index, (.., stretch, _)) in taken.iter().enumerate() {
        let after = index + taken[index..].partition_point(|(.., other, _)| other.start < stretch.end);
        first[index] = first[index].min(least.within(index, after));
    }
    first
}

/// The least of any row of neighbours: by power of two, the least of so many from each on.
struct Least(Vec<Vec<VertexId>>);

impl Least {
    fn of(list: Vec<VertexId>) -> Self {
        let mut levels = vec![list];
        let mut width = 1;
        while width * 2 <= levels[0].len() {
            let last = &levels[levels.len() - 1];
            let wider = last.iter().zip(&last[width..]).map(|(a, b)| *a.min(b)).collect();
            levels.push(wider);
            width *= 2;
        }
        Self(levels)
    }

    /// From `from` up to `to`, at least one.
    fn within(&self, from: usize, to: usize) -> VertexId {
        let level = (to - from).ilog2() as usize;
        let row = &self.0[level];
        row[from].min(row[to - (1 << level)])
    }
}

/// Clock times without a date in a plan of more than a day.
pub(super) fn bare_clocks(times: &Times, start: Moment, finish: Moment, diagnostics: &mut Vec<Diagnostic>) {
    if finish - start <= 86_400 {
        return;
    }
    for bare in &times.bare_clocks {
        let local = times.clock_at(bare.span).local(bare.moment);
        diagnostics.push(messages::bare_clock(bare.span, bare.time, local, &shown_length(finish - start)));
    }
}

/// Steps that end after the last year a page can print, or start before the first.
pub(super) fn past_the_calendar(board: &Board<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let first = |wrong: &dyn Fn(VertexId) -> bool| {
        let found = board.graph.vertices().find(|vertex| board.facts(*vertex).is_some() && wrong(*vertex))?;
        board.graph.step(found).map(|id| board.plan.node(id))
    };
    if let Some(node) = first(&|vertex| board.finish[vertex.index()] > Moment::LAST) {
        diagnostics.push(messages::past_the_calendar(node, node.span));
    }
    let early = |vertex: VertexId| board.times.dated && board.start[vertex.index()] < Moment(0);
    if let Some(node) = first(&early) {
        diagnostics.push(messages::before_the_calendar(node, node.span));
    }
}
