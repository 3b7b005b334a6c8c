//! The outline of a file: its phases and groups, and the steps in them.
//!
//! Lists may be nested without end, and editors read an outline level by level, each inside the one before. Promised:
//! it has so many levels at most, and every phase, group and step is in it; what stands deeper is on the last level.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::project::Place;
use crate::document::{BlockId, BlockKind, Piece, Prose};
use crate::plan::{Node, NodeId, NodeKind, StepKind};
use crate::view::Presenter;

/// Kinds of the protocol.
const NAMESPACE: u8 = 3;
const EVENT: u8 = 24;
const FUNCTION: u8 = 12;

/// Nobody looks at more; some readers of JSON end at 128 levels, of which one here takes two.
const MOST_LEVELS: usize = 32;

pub(super) fn document_symbols(place: &Place<'_>) -> Vec<Value> {
    let project = place.project;
    let presenter = Presenter::new(&project.compiled, &project.sources);
    // From the last to the first, so that what stands inside is ready before what is around it.
    let mut inside: Vec<(NodeId, Option<NodeId>, usize, Value)> = Vec::new();
    let nodes: Vec<(NodeId, &Node)> = project.nodes(place.part).collect();
    let around = around(&nodes);
    let ends = ends(place);
    for (id, node) in nodes.into_iter().rev() {
        let mut children = Vec::new();
        let own = node.block.and_then(|block| ends.get(&block)).copied();
        let own = own.map_or(0, |end| place.source().text[..end].trim_end().len());
        let mut end = node.span.end().max(own);
        while let Some((_, _, child_end, child)) = inside.pop_if(|(_, parent, ..)| *parent == Some(id)) {
            end = end.max(child_end);
            children.push(child);
        }
        let title = if node.title.is_empty() { "(no title)" } else { &node.title };
        let kind = match node.kind {
            NodeKind::Step if node.step_kind() == StepKind::Ordinary => FUNCTION,
            NodeKind::Step => EVENT,
            _ => NAMESPACE,
        };
        let symbol = json!({
            "name": title,
            "detail": presenter.beside_line(id).unwrap_or_default(),
            "kind": kind,
            "range": place.range(node.span.start()..end),
            "selectionRange": place.range(node.span.range()),
            "children": children,
        });
        inside.push((id, around.get(&id).copied(), end, symbol));
    }
    inside.into_iter().rev().map(|(.., symbol)| symbol).collect()
}

/// The same without levels, each with what is around it.
pub(super) fn one_by_one(symbols: Vec<Value>, uri: &str) -> Vec<Value> {
    let mut flat = Vec::new();
    let mut open: Vec<(Value, Value)> = symbols.into_iter().rev().map(|one| (one, Value::Null)).collect();
    while let Some((mut one, around)) = open.pop() {
        let name = one["name"].take();
        if let Value::Array(children) = one["children"].take() {
            open.extend(children.into_iter().rev().map(|child| (child, name.clone())));
        }
        let location = json!({ "uri": uri, "range": one["range"].take() });
        let mut symbol = json!({ "name": name, "kind": one["kind"].take(), "location": location });
        if !around.is_null() {
            symbol["containerName"] = around;
        }
        flat.push(symbol);
    }
    flat
}

/// By heading and item: the last byte of what belongs to it in the text, its details and what is inside it. Blocks stand
/// in written order, each before what is inside it.
fn ends(place: &Place<'_>) -> HashMap<BlockId, usize> {
    let document = &place.project.compiled.plan.document;
    let mut ends: HashMap<BlockId, usize> = HashMap::new();
    // A heading has what follows up to the next one; where it has others below it, those come with theirs.
    let mut section = 0;
    for id in document.part(place.part).blocks.clone().rev().map(BlockId::new) {
        let block = document.block(id);
        let rest = block.item().map_or(0, |item| last_byte(&item.rest));
        let braces = block.braces().last().map_or(0, |braces| braces.span.end());
        let own = block.span.end().max(rest).max(braces);
        let mut end = ends.get(&id).copied().unwrap_or(0).max(own);
        match block.parent {
            Some(parent) => {
                let around = ends.entry(parent).or_default();
                *around = end.max(*around);
            }
            None if matches!(block.kind, BlockKind::Heading(_)) => {
                end = end.max(section);
                section = 0;
            }
            None => section = section.max(end),
        }
        ends.insert(id, end);
    }
    ends
}

/// Where the words of a piece of prose end.
fn last_byte(prose: &Prose) -> usize {
    let ends = prose.pieces.iter().filter_map(|piece| match piece {
        Piece::Text(run) | Piece::Literal(run) | Piece::Code(run) => Some(run.span.end()),
        _ => None,
    });
    ends.max().unwrap_or(0)
}

/// By node: the one in which it is shown; none for those of the first level. Nodes stand in written order.
fn around(nodes: &[(NodeId, &Node)]) -> HashMap<NodeId, NodeId> {
    let mut around = HashMap::new();
    let mut levels: HashMap<NodeId, usize> = HashMap::new();
    for (id, node) in nodes {
        let parent = node.parent.and_then(|parent| Some((parent, *levels.get(&parent)?)));
        let level = match parent {
            None => 1,
            Some((parent, level)) if level < MOST_LEVELS => {
                around.insert(*id, parent);
                level + 1
            }
            Some((parent, level)) => {
                // Beside the one in which it is written.
                if let Some(shown) = around.get(&parent).copied() {
                    around.insert(*id, shown);
                }
                level
            }
        };
        levels.insert(*id, level);
    }
    around
}
