//! Behind the line of each step: when it runs, and who does it.

use serde_json::{Value, json};

use super::project::Place;
use super::protocol::Range;
use crate::view::Presenter;

pub(super) fn inlay_hints(place: &Place<'_>, range: Range) -> Vec<Value> {
    let project = place.project;
    let (from, to) = (place.offset(range.start), place.offset(range.end));
    let presenter = Presenter::new(&project.compiled, &project.sources);
    let steps = project.nodes(place.part).filter(|(_, node)| node.is_step());
    let shown = steps.filter(|(_, node)| (from..=to).contains(&node.span.end()));
    let hints = shown.filter_map(|(id, node)| {
        let label = presenter.beside_line(id)?;
        let position = place.range(node.span.end()..node.span.end()).start;
        Some(json!({ "position": position, "label": label, "paddingLeft": true }))
    });
    hints.collect()
}
