//! Why one step starts when it does, what would have to change for it to start earlier, and how far it
//! may slip before what breaks.
//!
//! Worked out when somebody asks: the line is laid out once more, which gives the same places, and then
//! once for every change that is tried. Whoever points at a step in an editor is answered in short, without those.
//! What comes out is plain data, with the words left to `view`.

mod because;
mod earlier;
mod later;
mod room;

use super::times::Times;
use super::{Board, Flow, Moment, Schedule, ScheduleOptions, Units, facts, lay_out, line_start, slack};
use crate::graph::{Cause, Graph, Waits};
use crate::plan::{Duration, NodeId, PersonId, Plan, SystemId};
use because::Chains;
use later::Delays;

/// The answer.
#[derive(Debug, Clone)]
pub struct Why {
    /// The step that was asked about.
    pub step: NodeId,
    /// Why it starts when it does, and why what it waited for does, back to the beginning; in short the step alone.
    pub chain: Vec<Because>,
    /// What it would take to start earlier; in short that is not tried out.
    pub earlier: Option<Earlier>,
    /// What breaks when it slips.
    pub later: Later,
}

/// Why one step starts when it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Because {
    /// The step.
    pub step: NodeId,
    /// When it starts.
    pub start: Moment,
    /// What it waited for last.
    pub hold: Hold,
    /// Whether it could have begun when that was over, if it were not for working hours.
    pub off_duty: bool,
}

/// What a step waited for last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hold {
    /// The plan's start.
    Start,
    /// Steps before it.
    Waits(Vec<Wait>),
    /// It spans these, or what they are the first of.
    Spans(Vec<NodeId>),
    /// People who were busy with these steps.
    Busy {
        /// Who; nobody is named where their time was kept for steps that lead to a pin.
        people: Vec<PersonId>,
        /// With what.
        steps: Vec<NodeId>,
    },
    /// Systems that these steps had locked.
    Locked {
        /// Which.
        systems: Vec<SystemId>,
        /// By whom.
        steps: Vec<NodeId>,
    },
    /// Its pin, or that of a phase or group around it.
    Pin(Option<NodeId>),
    /// One of the `from=` that bind it, by its place among them.
    From(usize),
    /// The start of its window.
    Window,
    /// `.late`
    Late,
    /// Something follows it directly, and that could not begin earlier.
    Leads {
        /// What follows.
        follower: NodeId,
        /// Why that could not.
        hold: Box<Hold>,
    },
}

/// A step that was waited for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wait {
    /// The step.
    pub step: NodeId,
    /// How.
    pub waits: Waits,
    /// When it ends, or for what starts with it, when it starts.
    pub until: Moment,
    /// What was added.
    pub lag: Duration,
    /// Why.
    pub cause: Cause,
    /// The phase or group that had to end (or begin), when it was not the step alone.
    pub all_of: Option<NodeId>,
    /// The phase or group that had to wait, when it was not the step alone.
    pub into: Option<NodeId>,
}

/// What it would take for a step to start earlier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// What would have to go, one after the other.
    pub without: Vec<Hold>,
    /// When it could start then, and what it would wait for then; nothing when it still could not start
    /// earlier.
    pub then: Option<Because>,
    /// What still holds it when nothing more can go.
    pub still: Hold,
}

/// How a step can be late.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slips {
    /// It starts later.
    Starts,
    /// It starts later with the one that it follows directly.
    StartsWith(NodeId),
    /// It starts at its fixed time and takes longer.
    TakesLonger,
    /// It lasts as long as what it spans.
    AsLongAs(NodeId),
}

/// What breaks when a step slips.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Later {
    /// How it can be late.
    pub slips: Slips,
    /// What breaks first of each kind, the first first; in short the first of all.
    pub breaks: Vec<Break>,
    /// The same when every range takes its longest; nothing without ranges, and in short.
    pub at_worst: Option<Vec<Break>>,
}

/// Something that breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Break {
    /// So many seconds can go by before it breaks; below nothing, by so many it is missed already.
    pub room: i64,
    /// What.
    pub what: What,
}

/// What can break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// The end of the plan moves.
    Finish,
    /// What a pinned step or phase waits for comes too late.
    Pin(NodeId),
    /// What it waits for comes too late as planned, and then even later.
    MissedPin(NodeId),
    /// A step ends after its deadline.
    Deadline(NodeId),
    /// A step ends after its window.
    Window(NodeId),
    /// A gate ends when it is too late to turn back.
    BackOut(NodeId),
}

/// A line to ask about.
struct Line<'a> {
    plan: &'a Plan,
    graph: &'a Graph,
    times: Times,
}

impl Why {
    /// Asks about a step, or in short. `graph` is that of its line; nothing comes back for what has no place in it.
    #[must_use]
    pub fn ask(
        plan: &Plan,
        graph: &Graph,
        schedule: &Schedule,
        options: &ScheduleOptions,
        step: NodeId,
        in_short: bool,
    ) -> Option<Self> {
        let mut times = Times::read(plan, options, &mut Vec::new());
        if plan.node(step).way_back.is_some() {
            times = times.for_way_back();
        }
        let line = Line { plan, graph, times };
        line.laid_out(|board, units| {
            let vertex = graph.start_of(step).filter(|vertex| board.facts(*vertex).is_some())?;
            let chains = Chains::new(board, units, line.times.clone());
            let chain = if in_short { vec![chains.because(vertex)?] } else { chains.back_from(vertex) };
            let slack = slack::slack(board, units);
            let flow = Flow::new(board, units, &slack);
            let later = Delays::new(board, units, &flow, schedule).of(vertex, in_short);
            let now = chain.first()?;
            let earlier = (!in_short).then(|| earlier::earlier(&line, line_start(board), now));
            Some(Self { step, chain, earlier, later })
        })
    }
}

impl Line<'_> {
    /// Lays the line out, and looks at it.
    fn laid_out<T>(&self, look: impl FnOnce(&Board<'_>, &Units) -> T) -> T {
        let mut times = self.times.clone();
        let facts = facts::read(self.plan, self.graph, &mut times, &mut Vec::new());
        let (board, units) = lay_out(self.plan, self.graph, &times, &facts);
        look(&board, &units)
    }
}
