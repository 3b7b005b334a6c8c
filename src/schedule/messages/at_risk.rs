//! What the schedule says of pins, deadlines and windows that hold as planned and not at worst.

use crate::diagnostic::{Diagnostic, Rule};
use crate::plan::{Node, Plan};
use crate::schedule::beginning::Beginning;
use crate::schedule::busy::Stretch;
use crate::schedule::clock::Clock;
use crate::schedule::moment::Moment;
use crate::schedule::shown::{shown_length, shown_moment, written_moment};
use crate::source::Span;

/// What a step may miss.
#[derive(Debug, Clone, Copy)]
pub(in crate::schedule) struct Risks {
    /// Its pin, and when what that waits for is there at worst.
    pub(in crate::schedule) pin: Option<(Moment, Moment)>,
    /// Which of its deadlines, and when that is.
    pub(in crate::schedule) deadline: Option<(usize, Moment)>,
    /// Its window.
    pub(in crate::schedule) window: Option<Stretch>,
}

impl Risks {
    pub(in crate::schedule) fn any(&self) -> bool {
        self.pin.is_some() || self.deadline.is_some() || self.window.is_some()
    }
}

/// A step whose range makes something late.
pub(in crate::schedule) struct Widened {
    pub(in crate::schedule) title: String,
    pub(in crate::schedule) place: Span,
    pub(in crate::schedule) by: i64,
}

/// Who may be late, and why.
pub(in crate::schedule) struct AtRiskOf<'a> {
    pub(in crate::schedule) plan: &'a Plan,
    pub(in crate::schedule) node: &'a Node,
    /// When it ends as planned, and at worst.
    pub(in crate::schedule) planned: Moment,
    pub(in crate::schedule) worst: Moment,
    /// The step that it waits for last.
    pub(in crate::schedule) last: Option<&'a Node>,
    /// The ranges that make it so, the widest first.
    pub(in crate::schedule) ranges: Vec<Widened>,
    /// What it takes to begin earlier, where that would help.
    pub(in crate::schedule) beginning: Beginning,
    /// Whether the plan's start would move along with a pin.
    pub(in crate::schedule) pin_moves_start: bool,
    pub(in crate::schedule) clock: Clock,
}

pub(in crate::schedule) fn at_risk(of: &AtRiskOf<'_>, risks: &Risks) -> Diagnostic {
    let message = headline(of, risks);
    let mut diagnostic = placed(of, risks, message);
    for range in &of.ranges {
        let label = format!("up to {} longer than planned", shown_length(range.by));
        diagnostic = diagnostic.related(range.place, label);
    }
    diagnostic.help(help(of, risks))
}

fn headline(of: &AtRiskOf<'_>, risks: &Risks) -> String {
    let title = &of.node.title;
    let worst = shown_moment(of.worst, of.clock);
    let mut late = Vec::new();
    if let Some((index, by)) = risks.deadline {
        let whose = match of.node.by[index].inherited {
            Some(around) => format!("the deadline of \"{}\"", of.plan.node(around).title),
            None => "its deadline".to_owned(),
        };
        late.push(format!("{} after {whose}", shown_length(of.worst - by)));
    }
    if let Some(window) = risks.window {
        late.push(format!("{} after {} closes", shown_length(of.worst - window.end), window_name(of)));
    }
    let late = late.join(" and ");
    match risks.pin {
        Some((pin, arrival)) => {
            let by = shown_length(arrival - pin);
            let what = of.last.map(|last| format!(" (\"{}\")", last.title)).unwrap_or_default();
            let itself = if late.is_empty() { late } else { format!(", and it ends {worst} itself, {late}") };
            format!(
                "\"{title}\" is pinned to {}, but if every range takes its longest, what it waits for{what} \
                 ends {by} later{itself}",
                shown_moment(pin, of.clock)
            )
        }
        None => format!(
            "\"{title}\" ends {} as planned, but {worst} if every range takes its longest: {late}",
            shown_moment(of.planned, of.clock)
        ),
    }
}

/// A place, what is to be said there, and a second place.
type Spot = (Span, String, Option<(Span, String)>);

/// At the first of what is at risk: the pin, the deadline or the window, else the step that inherits it.
fn placed(of: &AtRiskOf<'_>, risks: &Risks, message: String) -> Diagnostic {
    let node = of.node;
    let mut places: Vec<Spot> = Vec::new();
    if let (Some(_), Some(at)) = (risks.pin, &node.at) {
        places.push((at.span, "pinned here".to_owned(), None));
    }
    if let Some((index, by)) = risks.deadline {
        let given = &node.by[index];
        let inherited = given.inherited.is_some();
        let place = if inherited { node.span } else { given.span };
        let other = inherited.then(|| (given.span, "the deadline".to_owned()));
        places.push((place, to_spare(by - of.planned), other));
    }
    if let (Some(window), Some(given)) = (risks.window, &node.window) {
        let place = if given.inherited.is_some() { node.span } else { given.span };
        let length = shown_length(window.end - window.start);
        let other = (of.plan.windows[given.value.index()].span, format!("the window: {length}"));
        places.push((place, to_spare(window.end - of.planned), Some(other)));
    }
    let mut places = places.into_iter();
    let Some((place, label, other)) = places.next() else {
        return Diagnostic::new(Rule::AtRisk, node.span, message);
    };
    let mut diagnostic = Diagnostic::new(Rule::AtRisk, place, message).label(label);
    for (span, label) in other.into_iter().chain(places.flat_map(|(place, label, other)| {
        // What is inherited stands at the step itself, which has its label already.
        let own = (place != node.span).then_some((place, label));
        own.into_iter().chain(other)
    })) {
        diagnostic = diagnostic.related(span, label);
    }
    diagnostic
}

fn to_spare(left: i64) -> String {
    if left == 0 {
        "met as planned, with nothing to spare".to_owned()
    } else {
        format!("met as planned, with {} to spare", shown_length(left))
    }
}

fn help(of: &AtRiskOf<'_>, risks: &Risks) -> String {
    let mut ways = vec![shorten(&of.ranges)];
    let late = [
        risks.pin.map(|(pin, arrival)| arrival - pin),
        risks.deadline.map(|(_, by)| of.worst - by),
        risks.window.map(|window| of.worst - window.end),
    ];
    let late = late.into_iter().flatten().max().unwrap_or(0);
    ways.extend(of.beginning.earlier(late, of.clock));
    if let Some((_, arrival)) = risks.pin.filter(|_| !of.pin_moves_start) {
        ways.push(format!("write `at={}` or later", written_moment(arrival, of.clock)));
    }
    if risks.deadline.is_some() {
        ways.push(format!("move the deadline: `by={}`", written_moment(of.worst, of.clock)));
    }
    if risks.window.is_some() {
        ways.push("agree on a longer window".to_owned());
    }
    match ways.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{}, or {last}", others.join(", ")),
        None => String::new(),
    }
}

fn shorten(ranges: &[Widened]) -> String {
    let titles: Vec<String> = ranges.iter().map(|range| format!("\"{}\"", range.title)).collect();
    match titles.split_last() {
        None => "shorten what comes before".to_owned(),
        Some((last, [])) => format!("shorten {last} or narrow its range"),
        Some((last, others)) => format!("shorten {} or {last} or narrow their ranges", others.join(", ")),
    }
}

fn window_name(of: &AtRiskOf<'_>) -> String {
    let given = of.node.window.as_ref();
    given.map_or_else(
        || "its window".to_owned(),
        |given| format!("the window `{}`", of.plan.windows[given.value.index()].name),
    )
}
