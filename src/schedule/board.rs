//! Where every step stands while the schedule is made: places, people and locks taken.
//!
//! Knows how to find the earliest and the latest place of one step among what is taken already, and
//! what it had to wait for. Which step comes when is decided by `forward`, `backward` and `late`.

use std::sync::Arc;

use super::busy::{Busy, Stretch};
use super::calendars::Calendars;
use super::facts::{AllFacts, Facts, Length};
use super::moment::Moment;
use super::place::Blocked;
use super::resource::{ByResource, Resource};
use super::times::Times;
use super::work::{Crew, KnownCrews};
use crate::graph::{Edge, Graph, Vertex, VertexId, Waits};
use crate::plan::{Duration, NodeId, PersonId, Plan};

/// What is taken of those who are free throughout.
static FREE: Busy = Busy::FREE;

/// A place found for a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) start: Moment,
    pub(super) finish: Moment,
    /// Everybody who does it, members chosen of its teams included.
    pub(super) people: Vec<PersonId>,
    /// When its people are taken.
    pub(super) taken: Vec<Stretch>,
    /// What it waited for last, when that was a person or a lock, and when that was free again.
    pub(super) held: Option<(Resource, Moment)>,
}

/// The state of one line.
pub(super) struct Board<'a> {
    pub(super) plan: &'a Plan,
    pub(super) graph: &'a Graph,
    pub(super) times: &'a Times,
    pub(super) facts: &'a AllFacts,
    /// By vertex; a phase's vertices and joins begin and end at once.
    pub(super) start: Vec<Moment>,
    pub(super) finish: Vec<Moment>,
    pub(super) placed: Vec<bool>,
    pub(super) places: Vec<Option<Place>>,
    /// By vertex: the start of the first step inside, at finish vertices.
    pub(super) first: Vec<Moment>,
    /// Nothing for those who are free throughout.
    busy: ByResource<Busy>,
    /// What was found out about where nothing fits.
    pub(super) blocked: Blocked,
    known_crews: KnownCrews,
    /// No step that is not pinned begins before this.
    pub(super) plan_start: Moment,
    /// Steps whose `right-after=` can't hold, and that were laid as with `after=` to find others.
    pub(super) given_up: Vec<VertexId>,
    /// Whether a layout ends with the first of them.
    pub(super) one_by_one: bool,
}

impl<'a> Board<'a> {
    pub(super) fn new(
        plan: &'a Plan,
        graph: &'a Graph,
        times: &'a Times,
        facts: &'a AllFacts,
        calendars: &Arc<Calendars>,
        one_by_one: bool,
    ) -> Self {
        let count = graph.len();
        Self {
            plan,
            graph,
            times,
            facts,
            start: vec![Moment::ALWAYS; count],
            finish: vec![Moment::ALWAYS; count],
            placed: vec![false; count],
            places: vec![None; count],
            first: vec![Moment::NEVER; count],
            busy: ByResource::new(plan.roster.people.len(), plan.systems.len()),
            blocked: Blocked::new(plan.roster.people.len(), plan.systems.len()),
            known_crews: KnownCrews::with(calendars),
            plan_start: Moment::ALWAYS,
            given_up: Vec::new(),
            one_by_one,
        }
    }

    pub(super) fn facts(&self, vertex: VertexId) -> Option<&'a Facts> {
        self.facts.steps[vertex.index()].as_ref()
    }

    pub(super) fn pin(&self, vertex: VertexId) -> Option<Moment> {
        self.facts.pins[vertex.index()]
    }

    // What the order asks for.

    /// The moment before which an edge lets nothing start.
    pub(super) fn allows_from(&self, from: VertexId, edge: &Edge) -> Moment {
        let base = match edge.waits {
            Waits::After | Waits::Within | Waits::RightAfter => self.finish[from.index()],
            Waits::With | Waits::During => self.begins(from),
        };
        if base == Moment::ALWAYS { base } else { self.times.clock.add(base, edge.lag) }
    }

    /// When a step, or the first step inside a phase, starts.
    pub(super) fn begins(&self, vertex: VertexId) -> Moment {
        match self.graph.vertex(vertex) {
            Vertex::Finish(_) => self.first[vertex.index()],
            _ => self.start[vertex.index()],
        }
    }

    /// The moment at which everything that a vertex waits for lets it start.
    pub(super) fn arrival(&self, vertex: VertexId) -> Moment {
        let edges = self.graph.before(vertex).filter(|(_, edge)| edge.waits != Waits::During);
        edges.map(|(from, edge)| self.allows_from(from, edge)).max().unwrap_or(Moment::ALWAYS)
    }

    /// The earliest start that the order, `from=`, the window and the plan's start allow.
    pub(super) fn bound(&self, vertex: VertexId) -> Moment {
        let mut bound = self.arrival(vertex).max(self.plan_start);
        if let Some(facts) = self.facts(vertex) {
            bound = bound.max(facts.from.unwrap_or(bound));
            bound = bound.max(facts.around.unwrap_or(bound));
            bound = bound.max(facts.window.map_or(bound, |window| window.start));
        }
        bound
    }

    /// Passes on the time at a phase's vertex, a join, or a step that does not count. What waits for
    /// no step has no time of its own, so that a lag after it adds nothing.
    pub(super) fn pass(&mut self, vertex: VertexId) {
        let index = vertex.index();
        let at = self.pin(vertex).unwrap_or_else(|| self.arrival(vertex));
        self.start[index] = at;
        self.finish[index] = at;
        if let Vertex::Finish(node) = self.graph.vertex(vertex) {
            self.first[index] = self.first_inside(node);
        }
        self.placed[index] = true;
    }

    fn first_inside(&self, node: NodeId) -> Moment {
        let starts = self.plan.children(node).filter_map(|child| {
            let vertex = self.graph.finish_of(child)?;
            match self.graph.vertex(vertex) {
                Vertex::Step(_) => self.facts(vertex).map(|_| self.start[vertex.index()]),
                _ => Some(self.first[vertex.index()]),
            }
        });
        starts.min().unwrap_or(Moment::NEVER)
    }

    /// The steps that count inside a phase or group, or the step itself, in written order.
    pub(super) fn steps_inside(&self, node: NodeId) -> impl Iterator<Item = VertexId> + use<'_, 'a> {
        (node.index()..self.plan.node(node).end.index())
            .filter_map(|index| self.graph.start_of(NodeId::new(index)))
            .filter(|vertex| self.facts(*vertex).is_some())
    }

    /// What a `during=` step spans.
    pub(super) fn spanned(&self, vertex: VertexId) -> Option<VertexId> {
        self.graph.before(vertex).find(|(_, edge)| edge.waits == Waits::During).map(|(from, _)| from)
    }

    // Taking and freeing.

    pub(super) fn put(&mut self, vertex: VertexId, place: Place) {
        let index = vertex.index();
        self.start[index] = place.start;
        self.finish[index] = place.finish;
        self.placed[index] = true;
        self.each_taken(vertex, &place, |board, resource, stretch| {
            if stretch.start < stretch.end
                && !board.blocked.clashes(resource)
                && board.busy(resource).conflict(stretch).is_some()
            {
                board.blocked.note_clash(resource);
            }
            board.busy_mut(resource).take(stretch);
        });
        self.places[index] = Some(place);
    }

    /// Takes a step off the board; its people and locks are free again.
    pub(super) fn lift(&mut self, vertex: VertexId) -> Option<Place> {
        let place = self.places[vertex.index()].take()?;
        self.placed[vertex.index()] = false;
        self.each_taken(vertex, &place, |board, resource, stretch| {
            board.busy_mut(resource).free(stretch);
            board.forget_blocked(resource, stretch);
        });
        Some(place)
    }

    fn each_taken(&mut self, vertex: VertexId, place: &Place, act: impl Fn(&mut Self, Resource, Stretch)) {
        let Some(facts) = self.facts(vertex) else { return };
        if facts.occupies {
            for person in &place.people {
                for stretch in &place.taken {
                    act(self, Resource::Person(*person), *stretch);
                }
            }
        }
        for lock in &facts.locks {
            act(self, Resource::Lock(*lock), Stretch { start: place.start, end: place.finish });
        }
    }

    pub(super) fn busy(&self, resource: Resource) -> &Busy {
        self.busy.get(resource).unwrap_or(&FREE)
    }

    fn busy_mut(&mut self, resource: Resource) -> &mut Busy {
        self.busy.get_mut(resource)
    }

    // Places.

    /// How a step would lie if it started at `start`, or as soon after as its people work.
    pub(super) fn lay(&self, facts: &Facts, people: &[PersonId], start: Moment) -> Place {
        self.lay_length(facts.length, people, start)
    }

    /// The same for something of this length.
    pub(super) fn lay_length(&self, length: Length, people: &[PersonId], start: Moment) -> Place {
        let (start, finish, taken) = match length {
            Length::Clock(seconds) => {
                let finish = start + seconds;
                (start, finish, vec![Stretch { start, end: finish }])
            }
            Length::Calendar { days, seconds } => {
                let by = Duration::new(0, days, seconds);
                let finish = self.times.clock.add(start, by);
                (start, finish, vec![Stretch { start, end: finish }])
            }
            Length::Work(work) => match self.crew(people).forward(start, work) {
                Some(worked) => (worked.start, worked.finish, worked.stretches),
                // Nobody ever works: it passes as if it were by the clock, and is reported.
                None => (start, start + work, vec![Stretch { start, end: start + work }]),
            },
            Length::Span => (start, start, Vec::new()),
        };
        Place { start, finish, people: people.to_vec(), taken, held: None }
    }

    /// How a step would lie if it had to be finished by `by` and to start by `start_by`.
    pub(super) fn lay_back(&self, facts: &Facts, people: &[PersonId], by: Moment, start_by: Moment) -> Place {
        let by_length = match facts.length {
            Length::Clock(seconds) => by - seconds,
            Length::Calendar { days, seconds } => {
                self.times.clock.latest_before(by, Duration::new(0, days, seconds))
            }
            Length::Work(work) => match self.crew(people).backward(by, work) {
                Some(worked) if worked.start <= start_by => {
                    return Place {
                        start: worked.start,
                        finish: worked.finish,
                        people: people.to_vec(),
                        taken: worked.stretches,
                        held: None,
                    };
                }
                Some(_) => return self.lay(facts, people, self.last_working_moment(people, start_by)),
                None => by - work,
            },
            Length::Span => by,
        };
        self.lay(facts, people, by_length.min(start_by))
    }

    fn last_working_moment(&self, people: &[PersonId], by: Moment) -> Moment {
        self.crew(people).backward(by + 1, 1).map_or(by, |worked| worked.start)
    }

    pub(super) fn crew(&self, people: &[PersonId]) -> Crew<'_> {
        let mut workers: Vec<_> = people.iter().map(|person| &self.times.workers[person.index()]).collect();
        if workers.is_empty() {
            workers.push(&self.times.office);
        }
        Crew::new(workers, &self.times.closed).knowing(&self.known_crews, people)
    }

    /// The first thing that keeps a place from being free, if anything does: what, and its stretch.
    pub(super) fn conflict(&self, facts: &Facts, place: &Place) -> Option<(Resource, Stretch)> {
        if facts.occupies {
            for person in &place.people {
                for stretch in &place.taken {
                    if let Some(found) = self.busy(Resource::Person(*person)).conflict(*stretch) {
                        return Some((Resource::Person(*person), found));
                    }
                }
            }
        }
        let whole = Stretch { start: place.start, end: place.finish };
        facts.locks.iter().find_map(|lock| {
            let found = self.busy(Resource::Lock(*lock)).conflict(whole)?;
            Some((Resource::Lock(*lock), found))
        })
    }
}
