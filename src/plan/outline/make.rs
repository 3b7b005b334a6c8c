//! Nodes made of attributes, before names in them mean anything.

use crate::document::PartId;
use crate::plan::attributes::{Attributes, Kind};
use crate::plan::ids::NodeId;
use crate::plan::node::{Arrangement, Given, Node, NodeKind, Presence, Step, StepKind};
use crate::plan::places::Holder;
use crate::source::Span;

/// A node without a title, which comes later.
pub(super) fn new_node(kind: NodeKind, parent: Option<NodeId>, span: Span) -> Node {
    Node {
        kind,
        parent,
        end: NodeId::new(0),
        title: String::new(),
        id: String::new(),
        written_id: None,
        slug: String::new(),
        span,
        part: PartId::ROOT,
        holds: None,
        block: None,
        list: None,
        mark: None,
        presence: Presence::Here,
        way_back: None,
        arrangement: Arrangement::AsWritten,
        parallel: None,
        links: Box::default(),
        at: None,
        from: Box::default(),
        by: Box::default(),
        window: None,
        owners: Box::default(),
        backup: Box::default(),
        access: Box::default(),
        uses: Box::default(),
        step: None,
        notes_before: Box::default(),
        notes_end: Box::default(),
    }
}

pub(super) fn holder(attributes: &Attributes) -> Holder {
    let kinds =
        [(Kind::Gate, Holder::Gate), (Kind::Milestone, Holder::Milestone), (Kind::Hold, Holder::Hold)];
    let first = attributes.words.iter().find_map(|word| kinds.iter().find(|(kind, _)| *kind == word.value));
    first.map_or(Holder::Step, |(_, holder)| *holder)
}

pub(super) fn step(attributes: &Attributes) -> Step {
    let kind = match holder(attributes) {
        Holder::Gate => StepKind::Gate,
        Holder::Milestone => StepKind::Milestone,
        Holder::Hold => StepKind::Hold,
        _ => StepKind::Ordinary,
    };
    Step {
        kind,
        estimate: attributes.estimate.clone().map(Given::written),
        slip: None,
        unattended: attributes.flag(Kind::Unattended),
        late: attributes.flag(Kind::Late),
        no_return: attributes.flag(Kind::NoReturn),
        stops: Box::default(),
        starts: Box::default(),
        locks: Box::default(),
        no_go: None,
        ticks: Vec::new(),
        expects: Vec::new(),
        undos: Vec::new(),
    }
}

pub(super) fn arrangement(attributes: &Attributes) -> Arrangement {
    if attributes.flag(Kind::AnyOrder).is_some() {
        Arrangement::AnyOrder
    } else if attributes.flag(Kind::InOrder).is_some() {
        Arrangement::InOrder
    } else {
        Arrangement::AsWritten
    }
}
