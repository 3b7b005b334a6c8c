//! A graph becomes a [`Schedule`]: when each step starts and ends, who does it, how far it may slip,
//! and why it starts when it does.
//!
//! Deterministic and total: every step that counts has a place, and what can't be met is never
//! silently moved. The rules are tried in the order of the files: `forward`, `backward`, `late`,
//! `slack`. What it takes to turn back is read off the finished schedule: `way_back`.

mod at_risk;
mod backward;
mod beginning;
mod board;
mod busy;
mod calendars;
mod clock;
mod culprits;
mod facts;
mod forward;
mod late;
mod messages;
mod missed;
mod moment;
mod number;
mod outages;
mod place;
mod placed;
mod reason;
mod resource;
mod season;
mod shown;
mod slack;
mod story;
mod times;
mod units;
mod waits;
mod way_back;
mod why;
mod work;
mod worker;
mod worst;
mod zoneless;

pub use busy::Stretch;
pub use clock::{Clock, Local};
pub use moment::Moment;
pub use outages::Outage;
pub use placed::{Line, Placed, Reason, ReasonKind};
pub use shown::{
    shown_beside, shown_length, shown_moment, shown_offset, shown_stretch, shown_utc, shown_work,
    which_of_two, written_date, written_moment,
};
pub use way_back::{
    GateWayBack, Lengths, Limit, LimitSource, Through, UndoStep, WayBack, WaysBack, undos_of,
};
pub use why::{Because, Break, Earlier, Hold, Later, Slips, Wait, What, Why};
pub use worker::{Absence, Worker};

use std::sync::Arc;

use at_risk::AtRisk;
use board::Board;
use facts::AllFacts;
use forward::Round;
use missed::Missed;
use story::{Story, collect};
use times::Times;
use units::{Broken, Units};
use worst::{Flow, Question};

use crate::cores::both;
use crate::diagnostic::Diagnostic;
use crate::graph::{Graph, VertexId};
use crate::plan::{NodeId, Plan, Time};

/// So many vertices are worth a thread.
const MANY: usize = 300;

/// So many links that can't hold are found each in a layout of its own, since without it the next may hold; after
/// them a layout gives up all that it finds, so that a plan with thousands of them takes no square of their number.
const ONE_BY_ONE: usize = 16;

/// What the command line says about time.
#[derive(Debug, Clone, Copy, Default)]
pub struct ScheduleOptions {
    /// `--start`
    pub start: Option<Time>,
    /// `--t0`
    pub t0: Option<Time>,
}

/// When everything happens.
#[derive(Debug, Clone)]
pub struct Schedule {
    /// What the command line said about time.
    pub asked: ScheduleOptions,
    /// The clock of the plan's zone.
    pub clock: Clock,
    /// Whether the plan has a date.
    pub dated: bool,
    /// T-0; in a plan without a date, 0.
    pub t0: Moment,
    /// Whether a T-0 is given or something is pinned to it, and not just the start.
    pub has_t0: bool,
    /// The main line.
    pub main: Line,
    /// The ways back, counted from the moment at which they are called.
    pub ways_back: Vec<Line>,
    /// By node: where each step stands.
    pub steps: Vec<Option<Placed>>,
    /// By node: from the first step inside to start to the last to end.
    pub groups: Vec<Option<Stretch>>,
    /// By window.
    pub windows: Vec<Option<Stretch>>,
    /// By question: by when it must be answered.
    pub questions_by: Vec<Option<Moment>>,
    /// By person: when they are there.
    pub workers: Vec<Worker>,
}

impl Schedule {
    /// Where a step stands.
    #[must_use]
    pub fn step(&self, id: NodeId) -> Option<&Placed> {
        self.steps[id.index()].as_ref()
    }

    /// Schedules a plan: its main line, and each way back from the moment at which it is called.
    #[must_use]
    pub fn assign(
        plan: &Plan,
        main: &Graph,
        ways_back: &[Graph],
        options: &ScheduleOptions,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut times = Times::read(plan, options, diagnostics);
        let back_times = times.clone().for_way_back();
        let mut steps: Vec<Option<Placed>> = vec![None; plan.nodes.len()];
        let has_pins = has_pins(plan);
        if times.start.is_none() && !has_pins && times.t0_given.is_some() {
            let place = times.t0_given.filter(|_| !times.t0_from_options);
            diagnostics.push(messages::t0_without_pin(place));
        }
        // A way back waits for nothing of the main line, nor does anybody's time there count on it.
        let (mut main_line, (mut ways_back, steps_back)) = both(
            plan.nodes.len() > MANY && !ways_back.is_empty(),
            || {
                let mut put = |id: NodeId, placed| steps[id.index()] = Some(placed);
                assign_line(plan, main, &mut times, 0, &mut put, diagnostics)
            },
            || assign_ways_back(plan, ways_back, back_times),
        );
        for (id, placed) in steps_back {
            steps[id.index()] = Some(placed);
        }
        missed::bare_clocks(&times, main_line.start, main_line.finish, diagnostics);
        main_line.outages = outages::outages(plan, &main_line.order, &steps, true);
        for line in &mut ways_back {
            line.outages = outages::outages(plan, &line.order, &steps, false);
        }
        let questions_by = plan
            .questions
            .iter()
            .map(|question| question.by.as_ref().and_then(|by| times.end(by, diagnostics)));
        let questions_by = questions_by.collect();
        let groups = groups(plan, &steps);
        Self {
            asked: *options,
            clock: times.clock,
            dated: times.dated,
            t0: times.t0,
            has_t0: times.t0_given.is_some() || mentions_t(plan),
            main: main_line,
            ways_back,
            steps,
            groups,
            windows: times.windows,
            questions_by,
            workers: times.workers.to_vec(),
        }
    }
}

fn has_pins(plan: &Plan) -> bool {
    plan.nodes.iter().any(|node| node.at.is_some() && node.is_here() && node.way_back.is_none())
}

fn mentions_t(plan: &Plan) -> bool {
    let is_t = |time: &Time| matches!(time, Time::T { .. });
    plan.nodes.iter().any(|node| {
        node.at.as_deref().into_iter().chain(&node.from).chain(&node.by).any(|given| is_t(&given.value))
    })
}

/// From the first step inside to start to the last to end, by node.
fn groups(plan: &Plan, steps: &[Option<Placed>]) -> Vec<Option<Stretch>> {
    let mut groups: Vec<Option<Stretch>> = vec![None; plan.nodes.len()];
    for index in (1..plan.nodes.len()).rev() {
        let own = steps[index].as_ref().map(|placed| Stretch { start: placed.start, end: placed.finish });
        let own = own.or(groups[index]);
        groups[index] = own;
        if let (Some(own), Some(parent)) = (own, plan.nodes[index].parent) {
            // A way back counts from its own beginning, and is no part of what is around it.
            if plan.nodes[parent.index()].way_back == plan.nodes[index].way_back {
                let around = groups[parent.index()].get_or_insert(own);
                *around = Stretch { start: around.start.min(own.start), end: around.end.max(own.end) };
            }
        }
    }
    groups
}

/// Schedules the ways back; their steps come out beside them.
fn assign_ways_back(
    plan: &Plan,
    ways_back: &[Graph],
    mut times: Times,
) -> (Vec<Line>, Vec<(NodeId, Placed)>) {
    let mut steps = Vec::new();
    // What is called out is one step: numbers are counted on from one way back to the next.
    let mut numbered = 0;
    let lines = ways_back.iter().map(|graph| {
        let mut put = |id, placed| steps.push((id, placed));
        let line = assign_line(plan, graph, &mut times, numbered, &mut put, &mut Vec::new());
        numbered += line.order.len();
        line
    });
    let lines = lines.collect();
    (lines, steps)
}

/// Schedules one line, but for its outages; its numbers follow those that are `numbered`. A link that can't hold is
/// given up, and the line is tried again without it.
fn assign_line(
    plan: &Plan,
    graph: &Graph,
    times: &mut Times,
    numbered: usize,
    put: &mut dyn FnMut(NodeId, Placed),
    diagnostics: &mut Vec<Diagnostic>,
) -> Line {
    let facts = facts::read(plan, graph, times, diagnostics);
    let settled = times.settled();
    let many = graph.len() > MANY;
    // What waits for what is known without a place.
    let ((board, units), waited) = both(
        many,
        || lay_out(plan, graph, &settled, &facts),
        || waits::of_steps(plan, graph, &|vertex| facts.steps[vertex.index()].is_some()),
    );
    let (story, (slack, worst)) = both(
        many,
        || {
            missed::past_the_calendar(&board, diagnostics);
            Missed { board: &board, times, diagnostics }.report();
            Story::of(&board, waited, numbered)
        },
        || {
            let slack = slack::slack(&board, &units);
            let worst = Flow::new(&board, &units, &slack).answer(Question::WORST);
            (slack, worst)
        },
    );
    AtRisk { board: &board, worst: &worst, times, diagnostics }.report();
    let order = collect(&board, &slack, &worst, story, put);
    Line {
        root: graph.root(),
        start: line_start(&board),
        finish: board.plan_finish(),
        worst_finish: worst.last_finish(&board),
        order,
        outages: Vec::new(),
    }
}

/// Gives every step of a line its place.
fn lay_out<'a>(
    plan: &'a Plan,
    graph: &'a Graph,
    times: &'a Times,
    facts: &'a AllFacts,
) -> (Board<'a>, Units) {
    let mut broken = Broken::new();
    let calendars = Arc::default();
    let mut patience = ONE_BY_ONE;
    loop {
        let units = Units::form(graph, facts, &mut broken);
        let board = Board::new(plan, graph, times, facts, &calendars, patience > 0);
        match place_all(board, &units) {
            Ok(board) => return (board, units),
            Err(links) => broken.extend(links),
        }
        patience = patience.saturating_sub(1);
    }
}

/// The error is steps whose `right-after=` can't hold; at least one.
fn place_all<'a>(mut board: Board<'a>, units: &Units) -> Result<Board<'a>, Vec<VertexId>> {
    let (times, facts) = (board.times, board.facts);
    let pinned = facts.pins.iter().any(Option::is_some);
    if times.start.is_none() && pinned {
        board.run_from_pins(units)?;
    } else {
        board.plan_start = times.start.unwrap_or(times.t0);
        board.place_fixed(units)?;
        let round = Round {
            units,
            takes_part: vec![true; units.list.len()],
            rank: vec![Moment::ALWAYS; units.list.len()],
            no_later: vec![Moment::NEVER; units.list.len()],
            chosen: place::Chosen::new(),
        };
        board.run(&round)?;
    }
    board.give_up_late_followers(units)?;
    if !board.given_up.is_empty() {
        return Err(board.given_up);
    }
    board.move_late(units);
    Ok(board)
}

fn line_start(board: &Board<'_>) -> Moment {
    if board.plan_start == Moment::ALWAYS { board.times.t0 } else { board.plan_start }
}
