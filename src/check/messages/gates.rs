//! What the checks say about gates, the way back and the point of no return.

use crate::check::gate_too_late::TooLate;
use crate::diagnostic::{Diagnostic, Rule};
use crate::plan::{Given, Node, NodeId, Presence};
use crate::schedule::{
    LimitSource, Moment, Through, UndoStep, shown_beside, shown_length, shown_moment, written_date,
    written_moment,
};
use crate::source::Span;

/// So many undos are shown at their places.
const MOST_SHOWN: usize = 3;
/// They are looked for among so many, so that a plan with thousands of gates and undos stays cheap.
const MOST_COMPARED: usize = 100;

pub(in crate::check) fn without_criteria(gate: &Node) -> Diagnostic {
    let message = format!("\"{}\" does not say what has to be true for a go", gate.title);
    Diagnostic::new(Rule::GateWithoutCriteria, gate.span, message)
        .label("no criteria")
        .help("nest a box under it for each thing to look at, such as `- [ ] error rate below 0.1 %`")
}

pub(in crate::check) fn without_way_back(gate: &Node, phase: Option<&Node>) -> Diagnostic {
    no_way_back(gate, format!("a no-go at \"{}\" leads nowhere", gate.title), phase)
}

pub(in crate::check) fn undo_comes_later(gate: &Node, step: &Node, phase: Option<&Node>) -> Diagnostic {
    let message =
        format!("a no-go at \"{}\" leads nowhere: no step that has begun by then has an `undo:`", gate.title);
    no_way_back(gate, message, phase).related(step.span, "the first `undo:` is for this, which begins later")
}

pub(in crate::check) fn way_back_left_out(gate: &Node, no_go: &Given<NodeId>, phase: &Node) -> Diagnostic {
    let gone = match phase.presence {
        Presence::LeftOut => "which this variant leaves out",
        Presence::Dropped => "which was dropped",
        Presence::Here => "of which no step is left",
    };
    let message = format!("a no-go at \"{}\" leads to \"{}\", {gone}", gate.title, phase.title);
    Diagnostic::new(Rule::GateWithoutWayBack, gate.span, message)
        .label("no way back")
        .related(no_go.span, "named here")
        .help("name another phase in `else=`, or write `- undo: …` under the steps before the gate")
}

pub(in crate::check) fn after_no_return(gate: &Node, passed: &Node) -> Diagnostic {
    let message = format!(
        "a no-go at \"{}\" leads nowhere: \"{}\" has begun by then, and after it there is no way back",
        gate.title, passed.title
    );
    Diagnostic::new(Rule::GateWithoutWayBack, gate.span, message)
        .label("no way back")
        .related(passed.span, "the point of no return")
        .help("decide before that step, or name a phase in `else=` that says what is done on a no-go here")
}

fn no_way_back(gate: &Node, message: String, phase: Option<&Node>) -> Diagnostic {
    let name = match phase {
        Some(phase) if phase.written_id.is_some() || phase.id == phase.slug => {
            format!("write `else={}` on the gate", phase.id)
        }
        Some(phase) => {
            format!("give the phase \"{}\" an id, and name it in `else=` on the gate", phase.title)
        }
        None => "name the phase that leads back in `else=`".to_owned(),
    };
    Diagnostic::new(Rule::GateWithoutWayBack, gate.span, message)
        .label("no way back")
        .help(format!("{name}, or write `- undo: …` under the steps before the gate"))
}

pub(in crate::check) fn too_late(late: &TooLate<'_>) -> Diagnostic {
    let TooLate { plan, clock, .. } = *late;
    let beside = |moment| shown_beside(moment, late.finish, clock);
    let by = shown_length(late.finish - late.latest);
    let limit = match late.limit.source {
        LimitSource::Window(window) => {
            format!("the window `{}` ends {}", plan.windows[window.index()].name, beside(late.limit.end))
        }
        LimitSource::By(span) => format!("{} is {}", deadline(late, span), beside(late.limit.end)),
    };
    let message = format!(
        "\"{}\" ends {}, {by} too late to turn back: {limit}, and the way back takes {}{}, so the latest \
         moment to turn back is {}",
        late.gate.title,
        shown_moment(late.finish, clock),
        shown_length(late.way.seconds),
        through(late),
        beside(late.latest),
    );
    let limit_span = match late.limit.source {
        LimitSource::Window(window) => plan.windows[window.index()].span,
        LimitSource::By(span) => span,
    };
    let diagnostic = Diagnostic::new(Rule::GateTooLate, late.gate.span, message)
        .label(format!("{by} too late"))
        .related(limit_span, format!("back by {}", beside(late.limit.end)));
    with_way_back(diagnostic, late).help(ways_out(late))
}

/// A gate that can still turn back as planned, and not when every range takes its longest.
pub(in crate::check) fn at_risk(late: &TooLate<'_>, worst: Moment) -> Diagnostic {
    let TooLate { clock, .. } = *late;
    let beside = |moment| shown_beside(moment, late.finish, clock);
    let by = shown_length(worst - late.latest);
    let message = format!(
        "\"{}\" ends {} as planned, but {} if every range takes its longest: {by} too late to turn back, as the \
         way back takes {}{} and the latest moment for it is {}",
        late.gate.title,
        shown_moment(late.finish, clock),
        beside(worst),
        shown_length(late.way.seconds),
        through(late),
        beside(late.latest),
    );
    let limit = match late.limit.source {
        LimitSource::Window(window) => late.plan.windows[window.index()].span,
        LimitSource::By(span) => span,
    };
    let diagnostic = Diagnostic::new(Rule::AtRisk, late.gate.span, message)
        .label(format!("{} to spare as planned", shown_length(late.latest - late.finish)))
        .related(limit, format!("back by {}", beside(late.limit.end)));
    with_way_back(diagnostic, late)
        .help("narrow the ranges before it, begin earlier, or agree on a later limit or a shorter way back")
}

fn deadline(late: &TooLate<'_>, span: Span) -> String {
    let by = late.gate.by.iter().find(|by| by.span == span);
    match by.and_then(|by| by.inherited) {
        Some(around) => format!("the deadline of \"{}\"", late.plan.node(around).title),
        None => "its deadline".to_owned(),
    }
}

/// What the way back is made of, in brackets.
fn through(late: &TooLate<'_>) -> String {
    let named = |undo: &UndoStep| format!("\"{}\"", late.plan.node(undo.step).title);
    match late.way.through {
        Through::Phase(phase) => format!(" (\"{}\")", late.plan.node(phase).title),
        Through::Undos([last, .., first]) if last.step == first.step => format!(" (undo {})", named(last)),
        Through::Undos([only]) => format!(" (undo {})", named(only)),
        Through::Undos([last, first]) => format!(" (undo {}, then {})", named(last), named(first)),
        Through::Undos(undos) => format!(" ({} undos)", undos.len()),
        Through::Nothing => String::new(),
    }
}

fn with_way_back(mut diagnostic: Diagnostic, late: &TooLate<'_>) -> Diagnostic {
    match late.way.through {
        Through::Phase(phase) => {
            diagnostic = diagnostic
                .related(late.plan.node(phase).span, format!("takes {}", shown_length(late.way.seconds)));
        }
        Through::Undos(undos) => {
            for undo in longest(undos) {
                let block = late.plan.node(undo.step).step.as_ref().map(|step| step.undos[undo.place].block);
                let takes = shown_length(undo.seconds);
                let takes =
                    if undo.assumed { format!("{takes} is assumed") } else { format!("takes {takes}") };
                if let Some(block) = block {
                    diagnostic = diagnostic.related(late.plan.document.block(block).span, takes);
                }
            }
        }
        Through::Nothing => {}
    }
    diagnostic
}

/// The few undos that take longest, in the order in which they are done.
fn longest(undos: &[UndoStep]) -> Vec<&UndoStep> {
    let mut places: Vec<usize> = (0..undos.len().min(MOST_COMPARED)).collect();
    places.sort_by_key(|place| (-undos[*place].seconds, *place));
    places.truncate(MOST_SHOWN);
    places.sort_unstable();
    places.into_iter().map(|place| &undos[place]).collect()
}

fn ways_out(late: &TooLate<'_>) -> String {
    let by = late.finish - late.latest;
    let moved = late.limit.end + by;
    // Where all of it is on one day the time alone says enough; else it is said as it has to be written.
    let day = |moment| late.clock.local(moment).date();
    let is_one_day = [late.limit.end, late.finish].into_iter().all(|other| day(other) == day(moved));
    let end = match late.limit.source {
        _ if is_one_day && late.clock.zone().is_some() => shown_beside(moved, late.finish, late.clock),
        LimitSource::Window(_) => written_date(moved, late.clock),
        LimitSource::By(_) => format!("`by={}`", written_moment(moved, late.clock)),
    };
    let mut ways = Vec::new();
    if late.start - by >= late.line_start {
        ways.push(format!("start the gate {} earlier", shown_length(by)));
    }
    if by < late.way.seconds {
        ways.push(format!("shorten the way back to {}", shown_length(late.way.seconds - by)));
    }
    ways.push(match late.limit.source {
        LimitSource::Window(_) => format!("agree on a window that ends {end}"),
        LimitSource::By(_) if late.window_end.is_some_and(|window| window < moved) => {
            format!("move the deadline to {end} and agree on a window that lasts until then")
        }
        LimitSource::By(_) => format!("move the deadline to {end}"),
    });
    match ways.as_slice() {
        [most @ .., last] if !most.is_empty() => format!("{}, or {last}", most.join(", ")),
        _ => ways.concat(),
    }
}

pub(in crate::check) fn no_return_without_gate(step: &Node, place: Span) -> Diagnostic {
    no_return(step, place)
        .help("put a gate before it: `- [ ] Go or no-go {.gate @…}`, with a box for each criterion")
}

pub(in crate::check) fn no_return_before_gate(step: &Node, place: Span, gate: &Node) -> Diagnostic {
    no_return(step, place)
        .related(gate.span, "this gate is decided only after it has begun")
        .help("move the gate before it, or put another one there")
}

/// `word` names the gate where it has to be written: on the step, or on the link `on` to its plan.
pub(in crate::check) fn no_return_beside_gate(
    step: &Node,
    place: Span,
    gate: &Node,
    word: &str,
    on: Option<&Node>,
) -> Diagnostic {
    let on = on.map_or("this step".to_owned(), |link| format!("the link \"{}\"", link.title));
    let name = if gate.written_id.is_some() || gate.id.ends_with(&gate.slug) {
        format!("write `after={word}` on {on}")
    } else {
        format!("give the gate an id, and name it in `after=` on {on}")
    };
    no_return(step, place)
        .related(gate.span, "this gate is planned to end before it, and nothing makes it wait for that")
        .help(name)
}

fn no_return(step: &Node, place: Span) -> Diagnostic {
    let message = format!("nobody decides before \"{}\", and after it there is no way back", step.title);
    Diagnostic::new(Rule::NoReturnWithoutGate, place, message).label("the point of no return")
}
