//! What the schedule says of pins, deadlines and windows that it misses: by how much, and what led there.

use crate::diagnostic::{Diagnostic, Rule};
use crate::plan::{Node, Window};
use crate::schedule::beginning::Beginning;
use crate::schedule::busy::Stretch;
use crate::schedule::clock::Clock;
use crate::schedule::culprits::{Culprits, Kept, Root, RootKind};
use crate::schedule::moment::Moment;
use crate::schedule::shown::{shown_length, shown_moment, written_date, written_moment};
use crate::source::Span;

#[expect(clippy::too_many_arguments, reason = "one sentence, said in full")]
pub(in crate::schedule) fn pin_missed(
    node: &Node,
    place: Span,
    pin: Moment,
    arrival: Option<Moment>,
    culprits: &Culprits,
    plan_start: Option<Moment>,
    from: Option<Moment>,
    t_as_start: Option<Moment>,
    clock: Clock,
) -> Diagnostic {
    let title = &node.title;
    let pinned = shown_moment(pin, clock);
    let mut reasons = Vec::new();
    if let Some(arrival) = arrival {
        let late = shown_length(arrival - pin);
        match culprits.steps.first() {
            Some(last) => reasons.push(format!("what it waits for (\"{}\") ends {late} later", last.title)),
            None => reasons.push(format!("what it waits for ends {late} later")),
        }
    }
    if let Some(start) = plan_start {
        reasons.push(format!("the plan starts {} later", shown_length(start - pin)));
    }
    if let Some(from) = from {
        reasons.push(format!("its own `from=` is {} later", shown_length(from - pin)));
    }
    let message = format!(
        "\"{title}\" is pinned to {pinned}, but {}{}",
        reasons.join(", and "),
        as_root(culprits, clock)
    );
    let diagnostic = Diagnostic::new(Rule::PinMissed, place, message).label("pinned here");
    // Of several reasons the latest is what a mended pin has to clear.
    let possible = [arrival, plan_start, from].into_iter().flatten().max().unwrap_or(pin);
    let later = format!("write `at={}` or later", written_moment(possible, clock));
    let help = match (arrival, plan_start) {
        (Some(arrival), _) => {
            let mut ways = vec![later];
            ways.extend(begin_earlier(culprits, arrival - pin, clock));
            ways.push("shorten what comes before".to_owned());
            either(&ways)
        }
        (None, Some(_)) => format!("{later}, or let the plan start by {pinned}"),
        (None, None) => format!("{later}, or leave out the `from=`"),
    };
    let diagnostic = with_culprits(diagnostic, culprits, clock);
    if let Some(t) = t_as_start {
        // Then an earlier start is an earlier T too.
        let t0 = shown_moment(t + (possible - pin), clock);
        let t0 = t0.split_once(' ').map_or(t0.as_str(), |(_, date)| date);
        return diagnostic.help(format!(
            "`T` is the plan's start here, as there is no `t0`: add `t0: {t0}` to the front matter"
        ));
    }
    diagnostic.help(help)
}

/// `latest` is the start with which it would end in time.
#[expect(clippy::too_many_arguments, reason = "one sentence, said in full")]
pub(in crate::schedule) fn deadline_missed(
    node: &Node,
    place: Span,
    written: Span,
    around: Option<&Node>,
    by: Moment,
    planned: Stretch,
    latest: Moment,
    culprits: &Culprits,
    clock: Clock,
) -> Diagnostic {
    let finish = planned.end;
    let deadline = match around {
        Some(around) => format!("the deadline of \"{}\"", around.title),
        None => "its deadline".to_owned(),
    };
    let late = shown_length(finish - by);
    let message = format!(
        "\"{}\" ends {}, {late} after {deadline}{}",
        node.title,
        shown_moment(finish, clock),
        as_root(culprits, clock)
    );
    let mut diagnostic = Diagnostic::new(Rule::DeadlineMissed, place, message);
    if around.is_some() {
        diagnostic = diagnostic.label(format!("{late} too late")).related(written, "the deadline");
    } else {
        diagnostic = diagnostic.label(format!("{late} earlier than it ends"));
    }
    // Work that pauses has to begin earlier by more than it is late.
    let earlier = match culprits.root {
        None if planned.start - latest != finish - by => Some(begin_by(latest, culprits, clock)),
        _ => begin_earlier(culprits, planned.start - latest, clock),
    };
    let shorten = if culprits.steps.is_empty() { "shorten it" } else { "shorten what comes before" };
    let mut ways: Vec<String> = earlier.into_iter().collect();
    ways.extend([shorten.to_owned(), "move the deadline".to_owned()]);
    with_culprits(diagnostic, culprits, clock).help(either(&ways))
}

/// Who is not in a window, and when it is.
pub(in crate::schedule) struct Outside<'a> {
    pub(in crate::schedule) node: &'a Node,
    pub(in crate::schedule) place: Span,
    pub(in crate::schedule) inherited: bool,
    pub(in crate::schedule) window: &'a Window,
    pub(in crate::schedule) open: Stretch,
    pub(in crate::schedule) planned: Stretch,
    /// When the last step of this window ends.
    pub(in crate::schedule) last: Moment,
    /// When the chain of steps begins that leads to it.
    pub(in crate::schedule) chain_start: Option<Moment>,
}

/// `culprits` are those of a step that ends too late.
pub(in crate::schedule) fn window_missed(
    outside: &Outside<'_>,
    culprits: &Culprits,
    clock: Clock,
) -> Diagnostic {
    let Outside { node, window, open, planned, .. } = outside;
    // That the window itself is what all in it waited for is no news.
    let is_other = |root: &Root| root.kind != RootKind::Window(window.name.clone());
    let culprits = Culprits {
        steps: Vec::new(),
        root: culprits.root.clone().filter(|root| planned.end > open.end && is_other(root)),
        beginning: culprits.beginning,
    };
    let mut wrong = Vec::new();
    if planned.start < open.start {
        wrong.push(format!("starts {} before it opens", shown_length(open.start - planned.start)));
    }
    if planned.end > open.end {
        wrong.push(format!("ends {} after it closes", shown_length(planned.end - open.end)));
    }
    let message = format!(
        "\"{}\" is not inside the window `{}` ({} to {}): it {}{}",
        node.title,
        window.name,
        shown_moment(open.start, clock),
        shown_moment(open.end, clock),
        wrong.join(" and "),
        as_root(&culprits, clock)
    );
    let label = if outside.inherited { "this step" } else { "not inside" };
    let length = shown_length(open.end - open.start);
    let diagnostic = Diagnostic::new(Rule::WindowMissed, outside.place, message)
        .label(label)
        .related(window.span, format!("the window: {length}"));
    with_culprits(diagnostic, &culprits, clock).help(into_window(outside, &culprits, clock))
}

/// How to get a step into its window.
fn into_window(outside: &Outside<'_>, culprits: &Culprits, clock: Clock) -> String {
    let Outside { node, open, planned, .. } = outside;
    let mut ways = Vec::new();
    let mut until = Vec::new();
    if planned.start < open.start {
        ways.push(if node.at.is_some() {
            format!("write `at={}` or later", written_moment(open.start, clock))
        } else {
            format!("let it begin {} or later", shown_moment(open.start, clock))
        });
        until.push(format!("from {}", shown_moment(planned.start, clock)));
    }
    if planned.end > open.end {
        let late = outside.last - open.end;
        ways.push(format!("shorten what lies in the window by {}", shown_length(late)));
        // Before the window opens nothing of it can begin.
        if outside.chain_start.is_none_or(|start| start < open.start || start - open.start >= late) {
            ways.extend(begin_earlier(culprits, late, clock));
        }
        until.push(format!("until {}", shown_moment(outside.last, clock)));
    }
    ways.push(format!("agree on a window {}", until.join(" ")));
    either(&ways)
}

/// The steps before, as labels, and what holds up the first of them.
fn with_culprits(mut diagnostic: Diagnostic, culprits: &Culprits, clock: Clock) -> Diagnostic {
    for (index, culprit) in culprits.steps.iter().enumerate() {
        let finish = shown_moment(culprit.finish, clock);
        let text = match &culprit.kept {
            Kept::Order if index == 0 => format!("ends {finish}"),
            Kept::Order => format!("which waited for this, ending {finish}"),
            Kept::Person(name) => format!("{}keeps {name} busy until {finish}", which(index)),
            Kept::Lock(lock) => format!("{}keeps `{lock}` locked until {finish}", which(index)),
        };
        diagnostic = diagnostic.related(culprit.span, text);
    }
    match &culprits.root {
        Some(root) => diagnostic.related(root.span, at_root(root, clock)),
        None => diagnostic,
    }
}

fn which(index: usize) -> &'static str {
    if index == 0 { "" } else { "which waited, as this " }
}

/// What holds everything up, at the end of a headline.
fn as_root(culprits: &Culprits, clock: Clock) -> String {
    let Some(root) = &culprits.root else { return String::new() };
    let who = root.title.as_ref().map_or_else(|| "it".to_owned(), |title| format!("\"{title}\""));
    let moment = shown_moment(root.moment, clock);
    match &root.kind {
        RootKind::Window(name) => format!(", as {who} waits for the window `{name}` to open, {moment}"),
        RootKind::From => format!(", as {who} may not begin before {moment}"),
        RootKind::Pin => format!(", as {who} is pinned to {moment}"),
    }
}

fn at_root(root: &Root, clock: Clock) -> String {
    let moment = shown_moment(root.moment, clock);
    match &root.kind {
        RootKind::Window(_) => format!("opens {moment}"),
        RootKind::From => format!("not before {moment}"),
        RootKind::Pin => format!("pinned to {moment}"),
    }
}

/// Several ways out in one sentence.
fn either(ways: &[String]) -> String {
    match ways {
        [one] => one.clone(),
        [first @ .., last] => format!("{}, or {last}", first.join(", ")),
        [] => String::new(),
    }
}

/// Work that pauses is to begin by then, and it is the plan's beginning where nothing comes before it.
fn begin_by(latest: Moment, culprits: &Culprits, clock: Clock) -> String {
    let by = format!("begin by {}", shown_moment(latest, clock));
    match culprits.beginning {
        Beginning::Counted(_) if culprits.steps.is_empty() => {
            format!("{by} (`start: {}`)", written_date(latest, clock))
        }
        _ => by,
    }
}

/// How to gain so much time at the beginning, where that can be.
fn begin_earlier(culprits: &Culprits, late: i64, clock: Clock) -> Option<String> {
    let Some(root) = &culprits.root else { return culprits.beginning.earlier(late, clock) };
    let earlier = format!("{} earlier", shown_length(late));
    let title = root.title.as_ref().map_or_else(|| "it".to_owned(), |title| format!("\"{title}\""));
    // What moves to before the start of the plan moves nothing by itself.
    let start_too = root.plan_start.is_some_and(|start| root.moment + -late < start);
    Some(match (&root.kind, start_too) {
        (RootKind::Window(name), false) => format!("open the window `{name}` {earlier}"),
        (RootKind::Window(name), true) => format!("open the window `{name}` and begin the plan {earlier}"),
        (RootKind::From, false) => format!("let {title} begin {earlier}"),
        (RootKind::From, true) => format!("let {title} and the plan begin {earlier}"),
        (RootKind::Pin, false) => format!("pin {title} {earlier}"),
        (RootKind::Pin, true) => format!("pin {title} and begin the plan {earlier}"),
    })
}
