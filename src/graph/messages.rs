//! What this stage says to people.

use super::Cause;
use crate::diagnostic::{Diagnostic, Rule};
use crate::plan::{LinkKind, NodeId, Plan};
use crate::source::Span;

/// A stop on a circle: a step, and why it waits for the one before.
#[derive(Debug, Clone, Copy)]
pub(super) struct Station {
    pub(super) node: NodeId,
    pub(super) cause: Cause,
    /// The node whose attribute or place it is: the step itself, or a phase around it.
    pub(super) holder: NodeId,
}

pub(super) fn cycle(first: Option<Span>, stations: &[Station], plan: &Plan) -> Diagnostic {
    let title = |node: NodeId| plan.node(node).title.as_str();
    let place = first.or_else(|| stations.first().map(|station| plan.node(station.node).span));
    let place = place.unwrap_or(plan.nodes[0].span);
    let message = match stations {
        [] => "these steps wait for each other".to_owned(),
        [one] => format!("\"{}\" waits for itself", title(one.node)),
        [one, two] => format!("\"{}\" and \"{}\" wait for each other", title(one.node), title(two.node)),
        several => format!("{} steps wait for each other in a circle", several.len()),
    };
    let mut diagnostic = Diagnostic::new(Rule::Cycle, place, message);
    for (index, station) in stations.iter().enumerate() {
        let before = stations[(index + stations.len() - 1) % stations.len()].node;
        let (span, text) = link(station, title(before), plan);
        if span == place {
            diagnostic.label = text;
        } else {
            diagnostic = diagnostic.related(span, text);
        }
    }
    let written = stations.iter().find_map(|station| match station.cause {
        Cause::Written(kind, _) => Some((kind.word(), title(station.holder))),
        _ => None,
    });
    let by_place = |station: &Station| !matches!(station.cause, Cause::Written(..) | Cause::Inside);
    match written.filter(|_| stations.iter().any(by_place)) {
        Some((word, title)) => diagnostic
            .help(format!("take out the `{word}` of \"{title}\""))
            .help("change the order of the text instead: move one of these, or write `.parallel` on what need not wait"),
        None => diagnostic.help("take out one of these links"),
    }
}

fn link(station: &Station, before: &str, plan: &Plan) -> (Span, String) {
    let own = plan.node(station.node);
    let holder = plan.node(station.holder);
    let here = &own.title;
    let on = if station.holder == station.node || station.holder.index() == 0 {
        String::new()
    } else {
        format!(" on \"{}\" around it", holder.title)
    };
    match station.cause {
        Cause::Written(kind, span) => {
            let verb = match kind {
                LinkKind::After => "waits for",
                LinkKind::RightAfter => "follows right after",
                LinkKind::With => "starts with",
                LinkKind::During => "spans",
            };
            let target = holder.links.iter().find(|link| link.span == span).map(|link| link.target);
            let around = target.filter(|target| plan.around(station.node).any(|around| around == *target));
            match around {
                Some(around) => {
                    let outer = &plan.node(around).title;
                    (
                        span,
                        format!("\"{here}\" {verb} \"{outer}\", in which it stands: `{}`{on}", kind.word()),
                    )
                }
                None => (span, format!("\"{here}\" {verb} \"{before}\": `{}`{on}", kind.word())),
            }
        }
        Cause::NumberedList => (own.span, format!("\"{here}\" waits for \"{before}\": numbered list")),
        Cause::BulletedList => (own.span, format!("\"{here}\" waits for \"{before}\": order of the list")),
        Cause::PageOrder => (own.span, format!("\"{here}\" waits for \"{before}\": order of the page")),
        Cause::Inside => {
            (own.span, format!("\"{here}\" hangs together with \"{before}\": one is inside the other"))
        }
    }
}
