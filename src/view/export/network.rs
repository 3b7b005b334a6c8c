//! The main line as boxes and arrows: what waits for what, phases around it.
//!
//! Only what a step directly waits for has an arrow; what follows from the others has none.

use super::links::{Links, StepLink};
use super::plain::clean;
use crate::plan::{NodeId, StepKind};
use crate::schedule::ReasonKind;
use crate::view::lags::How;
use crate::view::presenter::Presenter;
use crate::view::words;

/// Boxes and arrows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Network {
    /// The plan's title, and whose times these are.
    pub title: String,
    /// Steps, with phases and groups around them, in written order.
    pub parts: Vec<NetworkPart>,
    /// The arrows, by the number of the step they lead to.
    pub arrows: Vec<Arrow>,
}

/// What stands in a network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NetworkPart {
    /// A phase or group begins.
    Begin {
        /// Its name in the network.
        key: usize,
        /// Its title.
        title: String,
    },
    /// A step.
    Step(NetworkStep),
    /// The last phase or group that began ends.
    End,
}

/// A step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NetworkStep {
    /// Its number, which is its name in the network.
    pub number: usize,
    /// Number and title.
    pub title: String,
    /// When and by whom it is done.
    pub facts: String,
    /// Its shape.
    pub shape: Shape,
    /// Whether it can't slip.
    pub critical: bool,
    /// Whether it is done.
    pub done: bool,
}

/// The shape of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Something to do.
    Step,
    /// A decision.
    Gate,
    /// A moment.
    Milestone,
    /// A pause, or what runs by itself.
    Waiting,
}

/// An arrow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrow {
    /// The number of the step it comes from; of a phase or group, that of its last step.
    pub from: usize,
    /// The phase or group it comes from, if it is one.
    pub from_all: Option<usize>,
    /// The number of the step it leads to.
    pub to: usize,
    /// The word by which it is written and what is added; empty where the page's order says it.
    pub label: String,
    /// How it looks.
    pub weight: Weight,
}

/// What an arrow means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// The step starts when that ends, and neither can slip.
    Critical,
    /// The step waits for that.
    Waits,
    /// The step starts with that.
    With,
}

impl Presenter<'_> {
    /// The main line as boxes and arrows.
    #[must_use]
    pub fn network(&self) -> Network {
        let last = self.last_steps();
        let links = Links::new(self);
        let order = &self.schedule().main.order;
        let arrows = order.iter().flat_map(|id| {
            links.of(*id).into_iter().filter_map(|link| self.arrow(*id, &link, &last)).collect::<Vec<_>>()
        });
        Network { title: self.diagram_title(None), parts: self.network_parts(), arrows: arrows.collect() }
    }

    fn network_parts(&self) -> Vec<NetworkPart> {
        let plan = self.plan();
        let mut parts = Vec::new();
        let mut open: Vec<NodeId> = Vec::new();
        for id in plan.ids() {
            while open.pop_if(|end| *end <= id).is_some() {
                parts.push(NetworkPart::End);
            }
            let node = plan.node(id);
            if node.way_back.is_some() {
                continue;
            }
            if node.is_step() {
                parts.extend(self.network_step(id).map(NetworkPart::Step));
            } else if self.schedule().groups[id.index()].is_some() {
                let title = clean(&self.title(node));
                parts.push(NetworkPart::Begin { key: id.index(), title });
                open.push(node.end);
            }
        }
        parts.extend(open.iter().map(|_| NetworkPart::End));
        parts
    }

    fn network_step(&self, id: NodeId) -> Option<NetworkStep> {
        let node = self.plan().node(id);
        let step = node.step.as_ref()?;
        let placed = self.placed(id)?;
        let mut facts = vec![self.words.short(placed.start)];
        if placed.finish != placed.start {
            facts[0] = format!("{}–{}", facts[0], self.words.end(placed.start, placed.finish));
        }
        facts.push(self.who(placed));
        facts.retain(|fact| !fact.is_empty());
        Some(NetworkStep {
            number: placed.number,
            title: self.called_title(id),
            facts: clean(&facts.join(" · ")),
            shape: match step.kind {
                StepKind::Gate => Shape::Gate,
                StepKind::Milestone => Shape::Milestone,
                StepKind::Hold => Shape::Waiting,
                StepKind::Ordinary if step.unattended.is_some() => Shape::Waiting,
                StepKind::Ordinary => Shape::Step,
            },
            critical: placed.is_critical(),
            done: node.mark == Some(crate::document::Mark::Done),
        })
    }

    fn arrow(&self, to: NodeId, link: &StepLink, last: &[Option<usize>]) -> Option<Arrow> {
        let placed = self.placed(to)?;
        let is_step = self.plan().node(link.from).is_step();
        let waited_last = placed.reason.kind == ReasonKind::Step && placed.reason.steps.contains(&link.from);
        let before = self.placed(link.from);
        let tight = waited_last && placed.is_critical() && before.is_some_and(|before| before.is_critical());
        let mut label: Vec<String> =
            link.written.iter().map(|kind| kind.word().trim_end_matches('=').to_owned()).collect();
        if link.lag > 0 {
            label.push(words::margin(link.lag));
        }
        Some(Arrow {
            from: last[link.from.index()]?,
            from_all: (!is_step).then(|| link.from.index()),
            to: placed.number,
            label: label.join(" "),
            weight: match link.how {
                How::With => Weight::With,
                How::After if tight => Weight::Critical,
                How::After => Weight::Waits,
            },
        })
    }

    /// By node: the number of the last step on the main line inside it, itself included.
    fn last_steps(&self) -> Vec<Option<usize>> {
        let plan = self.plan();
        let mut last: Vec<Option<usize>> = vec![None; plan.nodes.len()];
        for id in plan.ids().rev().filter(|id| plan.node(*id).way_back.is_none()) {
            let own = self.placed(id).map(|placed| placed.number).or(last[id.index()]);
            last[id.index()] = own;
            if let Some(parent) = plan.node(id).parent {
                last[parent.index()] = last[parent.index()].max(own);
            }
        }
        last
    }
}
