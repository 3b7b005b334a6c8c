//! The model of a plan: phases, groups and steps in written order.
//!
//! Every value that somebody may question says where it comes from: written here, inherited from
//! there, or assumed.

use super::attributes::Written;
use super::ids::{NodeId, PersonId, SystemId, TeamId, TickId, WindowId};
use super::{Duration, Estimate, Slip, Time};
use crate::document::{BlockId, Mark, PartId};
use crate::source::Span;

/// A value with its origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given<T> {
    /// The value.
    pub value: T,
    /// Where it is written.
    pub span: Span,
    /// The phase or group it is inherited from; none when it is written on the step itself.
    pub inherited: Option<NodeId>,
}

impl<T> Given<T> {
    pub(super) fn here(value: T, span: Span) -> Self {
        Self { value, span, inherited: None }
    }

    pub(super) fn written(written: Written<T>) -> Self {
        Self::here(written.value, written.span)
    }
}

impl<T: Clone> Given<T> {
    /// The same value as something inside `node` has it.
    pub(super) fn from(&self, node: NodeId) -> Self {
        Self { inherited: Some(self.inherited.unwrap_or(node)), ..self.clone() }
    }
}

/// A phase, group or step. Plans have thousands, and of most lists here nothing: boxes are smaller than vectors.
#[derive(Debug, Clone)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// The phase or group around it; the whole plan has none.
    pub parent: Option<NodeId>,
    /// The first node after everything inside it.
    pub end: NodeId,
    /// Its title as plain text.
    pub title: String,
    /// The id that machine output and references use.
    pub id: String,
    /// Where the id is written, if it is.
    pub written_id: Option<Span>,
    /// The title's slug, the id of those that have none written.
    pub slug: String,
    /// Its line in the text.
    pub span: Span,
    /// The file it stands in.
    pub part: PartId,
    /// The plan that it holds, when it is a link to one.
    pub holds: Option<PartId>,
    /// The heading or item.
    pub block: Option<BlockId>,
    /// The list it is an item of.
    pub list: Option<ListPlace>,
    /// The box it begins with, if it has one.
    pub mark: Option<Mark>,
    /// Whether it counts.
    pub presence: Presence,
    /// The `.rollback` phase it belongs to, itself included.
    pub way_back: Option<NodeId>,
    /// How what is directly inside it is ordered.
    pub arrangement: Arrangement,
    /// `.parallel`
    pub parallel: Option<Span>,
    /// `after=` and its kin, names looked up.
    pub links: Box<[Link]>,
    /// `at=`
    pub at: Option<Box<Given<Time>>>,
    /// `from=`, its own and inherited.
    pub from: Box<[Given<Time>]>,
    /// `by=`, its own and inherited.
    pub by: Box<[Given<Time>]>,
    /// `in=`
    pub window: Option<Given<WindowId>>,
    /// Who does it.
    pub owners: Box<[Given<Owner>]>,
    /// Who steps in, where it is written.
    pub backup: Box<[Given<Owner>]>,
    /// Credentials needed.
    pub access: Box<[Given<String>]>,
    /// Systems used.
    pub uses: Box<[Given<SystemId>]>,
    /// What only steps have.
    pub step: Option<Step>,
    /// Prose that stands before it, after what stands before it under the same parent.
    pub notes_before: Box<[BlockId]>,
    /// Prose after the last thing inside it.
    pub notes_end: Box<[BlockId]>,
}

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NodeKind {
    /// The whole plan.
    Plan,
    /// A heading with steps below it.
    Phase,
    /// An item whose time is that of the steps inside it.
    Group,
    /// A step.
    Step,
}

/// Whether something counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// It does.
    Here,
    /// It was dropped, itself or with what is around it.
    Dropped,
    /// The chosen variant leaves it out.
    LeftOut,
}

/// An item's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListPlace {
    /// The list's block.
    pub list: BlockId,
    /// Whether its items have numbers.
    pub numbered: bool,
}

/// How what is directly inside something is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrangement {
    /// As its lists have it.
    AsWritten,
    /// `.any-order`
    AnyOrder,
    /// `.in-order`
    InOrder,
}

/// A step's own facts.
#[derive(Debug, Clone)]
pub struct Step {
    /// Ordinary, milestone, gate or hold.
    pub kind: StepKind,
    /// How long it takes; none is assumed.
    pub estimate: Option<Given<Estimate>>,
    /// What the command line adds to it.
    pub slip: Option<Slip>,
    /// `.unattended`
    pub unattended: Option<Span>,
    /// `.late`
    pub late: Option<Span>,
    /// `.no-return`
    pub no_return: Option<Span>,
    /// Systems it stops.
    pub stops: Box<[Given<SystemId>]>,
    /// Systems it starts.
    pub starts: Box<[Given<SystemId>]>,
    /// Systems it locks.
    pub locks: Box<[Given<SystemId>]>,
    /// What happens on a no-go.
    pub no_go: Option<Given<NodeId>>,
    /// The boxes inside it.
    pub ticks: Vec<TickId>,
    /// What one sees when it has worked.
    pub expects: Vec<BlockId>,
    /// How it is taken back.
    pub undos: Vec<Undo>,
}

/// What kind of step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepKind {
    /// Something to do.
    Ordinary,
    /// A point in time.
    Milestone,
    /// A decision.
    Gate,
    /// A planned pause.
    Hold,
}

/// How a step is taken back.
#[derive(Debug, Clone)]
pub struct Undo {
    /// The item.
    pub block: BlockId,
    /// How long it takes; none is assumed.
    pub estimate: Option<Given<Estimate>>,
    /// Who does it; else the step's own owners.
    pub owners: Box<[Given<Owner>]>,
}

/// Who does something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Owner {
    /// Somebody.
    Person(PersonId),
    /// One of a team.
    Team(TeamId),
}

/// A link between two steps, phases or groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// How they hang together.
    pub kind: LinkKind,
    /// What is named.
    pub target: NodeId,
    /// What is added.
    pub lag: Duration,
    /// The reference in the text.
    pub span: Span,
}

/// How two steps hang together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    /// `after=`
    After,
    /// `right-after=`
    RightAfter,
    /// `with=`
    With,
    /// `during=`
    During,
}

impl LinkKind {
    /// The word in the text.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::After => "after=",
            Self::RightAfter => "right-after=",
            Self::With => "with=",
            Self::During => "during=",
        }
    }
}

impl Node {
    /// Whether it is a step.
    #[must_use]
    pub fn is_step(&self) -> bool {
        self.kind == NodeKind::Step
    }

    /// Whether pages show it as a phase: a heading with steps below it, or a plan that stands here.
    #[must_use]
    pub fn is_phase(&self) -> bool {
        self.kind == NodeKind::Phase || self.holds.is_some()
    }

    /// Whether it counts.
    #[must_use]
    pub fn is_here(&self) -> bool {
        self.presence == Presence::Here
    }

    /// The kind of step; a phase or group counts as ordinary.
    #[must_use]
    pub fn step_kind(&self) -> StepKind {
        self.step.as_ref().map_or(StepKind::Ordinary, |step| step.kind)
    }

    /// What it spans, if `during=` says so.
    #[must_use]
    pub fn during(&self) -> Option<&Link> {
        self.links.iter().find(|link| link.kind == LinkKind::During)
    }

    /// Whether it takes the time of those who do it.
    #[must_use]
    pub fn occupies(&self) -> bool {
        self.step.as_ref().is_some_and(|step| {
            matches!(step.kind, StepKind::Ordinary | StepKind::Gate) && step.unattended.is_none()
        }) && self.during().is_none()
    }

    /// Whether time just passes in it, so that a day is a calendar day.
    #[must_use]
    pub fn passes_by_itself(&self) -> bool {
        matches!(self.step_kind(), StepKind::Hold | StepKind::Milestone)
            || self.step.as_ref().is_some_and(|step| step.unattended.is_some())
    }

    /// Whether it needs somebody to do it.
    #[must_use]
    pub fn needs_owner(&self) -> bool {
        self.step.as_ref().is_some_and(|step| {
            matches!(step.kind, StepKind::Ordinary | StepKind::Gate) && step.unattended.is_none()
        })
    }
}

/// A box inside a step: done in its time.
#[derive(Debug, Clone)]
pub struct Tick {
    /// The step, or none under a question.
    pub step: Option<NodeId>,
    /// Its item.
    pub block: BlockId,
    /// Its text.
    pub title: String,
    /// What stands in the box.
    pub mark: Mark,
    /// Who does it, where it says so.
    pub owners: Box<[Given<Owner>]>,
}

/// An open question, or an answered one.
#[derive(Debug, Clone)]
pub struct Question {
    /// Its item.
    pub block: BlockId,
    /// Where it stands.
    pub span: Span,
    /// What is asked.
    pub text: String,
    /// Who finds out.
    pub who: Option<Given<Owner>>,
    /// By when.
    pub by: Option<Given<Time>>,
    /// The step or group it is about.
    pub about: Option<NodeId>,
    /// The answer.
    pub answer: Option<String>,
    /// The boxes under it, when it is about no step.
    pub ticks: Vec<TickId>,
    /// Whether it counts: not in what was dropped or left out.
    pub asked: bool,
}
