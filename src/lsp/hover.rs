//! What is said when somebody points at a step or a name: when and why, how far it may slip, who that is.

use serde_json::{Value, json};

use super::names::{Name, Names};
use super::project::Place;
use super::protocol::Position;
use super::references::at;
use crate::Options;
use crate::plan::NodeId;
use crate::view::{Presenter, markdown_escaped};

/// A character of no width that keeps two others apart.
const APART: char = '\u{2060}';

/// As Markdown, or as plain text where the editor shows no other.
pub(super) fn hover(place: &Place<'_>, position: Position, markdown: bool) -> Value {
    let project = place.project;
    let presenter = Presenter::new(&project.compiled, &project.sources);
    let names = Names::of(project);
    let here = names.at(at(place, position));
    let told = here.and_then(|here| {
        let said = match &here.name {
            Name::Handle(handle) => vec![format!("@{handle}"), presenter.handle_in_short(handle)?],
            Name::Step(declared) => about(place, &presenter, step_declared(place, *declared)?),
            Name::System(_) | Name::Window(_) | Name::Variant(_) => return None,
        };
        Some((place.range(here.span.range()), said))
    });
    let told = told.or_else(|| {
        let id = project.node_at(place.part, place.offset(position))?;
        Some((place.range(project.compiled.plan.node(id).span.range()), about(place, &presenter, id)))
    });
    let Some((range, said)) = told else { return Value::Null };
    let shown = |text: &String| if markdown { markdown_escaped(text) } else { text.clone() };
    // Whoever copies a name from here gets the name, and no sign that only keeps it apart from what is around it.
    let said = said.iter().map(shown).collect::<Vec<_>>().join("\n\n").replace(APART, "");
    let kind = if markdown { "markdown" } else { "plaintext" };
    json!({ "contents": { "kind": kind, "value": said }, "range": range })
}

fn about(place: &Place<'_>, presenter: &Presenter<'_>, id: NodeId) -> Vec<String> {
    let compiled = &place.project.compiled;
    if !compiled.plan.node(id).is_step() {
        return presenter.group_in_short(id);
    }
    let why = compiled.schedule.step(id).and_then(|_| compiled.why_in_short(&Options::default(), id));
    presenter.step_in_short(id, why.as_ref())
}

/// The step that is declared at a place; of one that stands in the plan several times the first.
fn step_declared(place: &Place<'_>, declared: crate::source::Span) -> Option<NodeId> {
    let plan = &place.project.compiled.plan;
    plan.ids().find(|id| {
        let node = plan.node(*id);
        let own = node.written_id.unwrap_or(node.span);
        let own = place.project.original(own);
        own.source == declared.source && own.end() == declared.end()
    })
}
