//! What the checks of systems say to people.

use super::line::{LineOfSystems, Turn};
use super::references::{References, write_after};
use super::shown::Shown;
use crate::diagnostic::{Diagnostic, Rule, shown_list};
use crate::plan::{Node, NodeId, Presence, SystemId};
use crate::schedule::{Moment, Outage, shown_length};
use crate::source::Span;

/// So many other outages are pointed at in one message.
const MOST_POINTED_AT: usize = 3;

/// A use and the outage that it is not safe from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Site {
    pub(super) turn: Turn,
    pub(super) outage: Outage,
}

/// What was found of one step.
#[derive(Debug, Clone)]
pub(super) struct Finding {
    pub(super) first: Site,
    /// Of its other systems.
    pub(super) others: Vec<Site>,
    /// How many outages there are in all.
    pub(super) count: usize,
}

/// What the order of the plan says of the first outage of a finding.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ordered {
    /// The start is to be over before the use begins.
    pub(super) start_before_use: bool,
    /// What begins with the use leads to the start: the use can't wait for it.
    pub(super) use_leads_to_start: bool,
    /// The stop leads to the use: it can't wait for it.
    pub(super) stop_leads_to_use: bool,
    /// The start leads to the stop.
    pub(super) start_leads_to_stop: bool,
}

/// What is needed to tell of a line.
pub(super) struct Teller<'a> {
    line: &'a LineOfSystems<'a>,
    shown: Shown,
    references: References<'a>,
}

impl<'a> Teller<'a> {
    pub(super) fn new(line: &'a LineOfSystems<'a>) -> Self {
        Self { line, shown: Shown::of(line), references: References::of(line.plan) }
    }

    fn node(&self, id: NodeId) -> &'a Node {
        self.line.plan.node(id)
    }

    fn name(&self, system: SystemId) -> &'a str {
        &self.line.plan.systems[system.index()].name
    }

    /// `write `after=…` on …`: on a step that `place` describes, or on the link to the plan it stands in.
    fn after(&self, on: NodeId, named: NodeId, place: &str) -> String {
        let reference = self.line.plan.reference(on, named);
        let to_be_given = !self.references.is_named(self.node(named));
        if reference.on == on {
            return write_after(reference.word, to_be_given.then(|| self.node(named)), place);
        }
        let place = format!("the link \"{}\"", self.node(reference.on).title);
        write_after(reference.word, to_be_given.then(|| self.node(named)), &place)
    }

    /// `from 23:15 to 23:40`, `from 23:15 on`, `until 23:40`, `from the beginning`.
    fn span(&self, outage: &Outage) -> String {
        let shown = self.shown;
        match (outage.from, outage.until) {
            (Moment::ALWAYS, Moment::NEVER) => "from the beginning".to_owned(),
            (Moment::ALWAYS, until) => format!("until {}", shown.at(until)),
            (from, Moment::NEVER) => format!("from {} on", shown.at(from)),
            (from, until) => format!("from {} to {}", shown.at(from), shown.beside(until, from)),
        }
    }

    fn time_of(&self, turn: &Turn) -> String {
        self.shown.between(turn.start, turn.finish)
    }

    /// The word that must change, else the step.
    fn place(&self, turn: &Turn) -> Span {
        if turn.inherited.is_some() { self.node(turn.node).span } else { turn.word }
    }

    fn with_origin(&self, diagnostic: Diagnostic, turn: &Turn) -> Diagnostic {
        match turn.inherited {
            Some(_) => diagnostic.related(turn.word, "it has this from here"),
            None => diagnostic,
        }
    }

    /// Points at the steps that begin and end an outage.
    fn with_outage(&self, mut diagnostic: Diagnostic, outage: &Outage) -> Diagnostic {
        let name = self.name(outage.system);
        diagnostic = match outage.stopper {
            Some(stopper) => diagnostic.related(
                self.node(stopper).span,
                format!("`{name}` goes down when this starts, at {}", self.shown.at(outage.from)),
            ),
            None => {
                let declared = &self.line.plan.systems[outage.system.index()];
                diagnostic.related(declared.span, format!("`{name}` is down from the beginning"))
            }
        };
        match outage.starter.filter(|starter| outage.stopper != Some(*starter)) {
            Some(starter) => diagnostic.related(
                self.node(starter).span,
                format!("`{name}` is up again when this is done, at {}", self.shown.at(outage.until)),
            ),
            None if outage.starter.is_none() => self.with_absent_starter(diagnostic, outage.system),
            None => diagnostic,
        }
    }

    /// Points at the step that would start a system, if it counted.
    fn with_absent_starter(&self, diagnostic: Diagnostic, system: SystemId) -> Diagnostic {
        let root = self.line.plan.node(self.line.line.root).way_back;
        let absent = self.line.plan.nodes.iter().find(|node| {
            let starts =
                node.step.as_ref().is_some_and(|step| step.starts.iter().any(|one| one.value == system));
            starts && !node.is_here() && node.way_back == root
        });
        match absent {
            Some(node) if node.presence == Presence::LeftOut => {
                diagnostic.related(node.span, "this would start it, and is not in this variant")
            }
            Some(node) => diagnostic.related(node.span, "this would start it, and is dropped"),
            None => diagnostic,
        }
    }

    fn with_others(&self, diagnostic: Diagnostic, finding: &Finding) -> Diagnostic {
        let others = finding.others.iter().take(MOST_POINTED_AT);
        others.fold(diagnostic, |diagnostic, Site { turn, outage }| {
            let place = outage.stopper.map_or(turn.word, |stopper| self.node(stopper).span);
            diagnostic
                .related(place, format!("`{}`, too, is down {}", self.name(outage.system), self.span(outage)))
        })
    }

    /// What else there is, behind the headline.
    fn and_others(&self, finding: &Finding) -> String {
        match (finding.others.as_slice(), finding.count) {
            ([], 1) => String::new(),
            ([], count) => format!(" ({} more such outages follow)", count - 1),
            ([other], 2) => {
                format!("; so is `{}`, {}", self.name(other.outage.system), self.span(&other.outage))
            }
            (_, count) => format!("; there are {} more such outages", count - 1),
        }
    }
}

pub(super) fn used_while_down(
    teller: &Teller<'_>,
    finding: &Finding,
    ordered: Option<Ordered>,
) -> Diagnostic {
    let Site { turn, outage } = &finding.first;
    let (name, user) = (teller.name(turn.system), teller.node(turn.node));
    let headline = format!(
        "`{name}` is down {}, and \"{}\" uses it {}{}",
        teller.span(outage),
        user.title,
        teller.time_of(turn),
        teller.and_others(finding)
    );
    let label = match outage.starter {
        Some(_) => format!("needs `{name}`, which is down at that time"),
        None => format!("needs `{name}`, which is down, and nothing starts it again"),
    };
    let mut diagnostic = Diagnostic::new(Rule::UsedWhileDown, teller.place(turn), headline).label(label);
    diagnostic = teller.with_origin(diagnostic, turn);
    diagnostic = teller.with_outage(diagnostic, outage);
    diagnostic = teller.with_others(diagnostic, finding);
    let before = come_before_stop(teller, turn, outage, ordered);
    let after = wait_for_start(teller, turn, outage, ordered);
    before.into_iter().chain([after]).fold(diagnostic, Diagnostic::help)
}

/// How the use comes to lie before the outage, where it can.
fn come_before_stop(
    teller: &Teller<'_>,
    turn: &Turn,
    outage: &Outage,
    ordered: Option<Ordered>,
) -> Option<String> {
    let (stopper, ordered) = (outage.stopper?, ordered?);
    let title = &teller.node(stopper).title;
    if ordered.stop_leads_to_use {
        return Some(format!("move this step above \"{title}\", if it can be done before the stop"));
    }
    let place = format!("\"{title}\", if this step can be done before the stop");
    Some(teller.after(stopper, turn.node, &place))
}

/// How it comes to lie after the outage.
fn wait_for_start(teller: &Teller<'_>, turn: &Turn, outage: &Outage, ordered: Option<Ordered>) -> String {
    let name = teller.name(turn.system);
    let Some(starter) = outage.starter else {
        return match outage.stopper {
            Some(_) => format!("put `starts={name}` on the step before this one that brings it up again"),
            None => format!(
                "put `starts={name}` on the step before this one that brings it up, or list it as `up` under `systems`"
            ),
        };
    };
    let title = &teller.node(starter).title;
    match ordered {
        Some(ordered) if ordered.start_before_use => format!(
            "let it start at {} or later: it waits for \"{title}\", but a fixed time holds it earlier",
            teller.shown.at(outage.until)
        ),
        Some(ordered) if ordered.use_leads_to_start => {
            format!("move this step below \"{title}\": then `{name}` is up again")
        }
        _ => {
            let place = format!("this step, so that it waits until `{name}` is up again");
            teller.after(turn.node, starter, &place)
        }
    }
}

pub(super) fn unordered_use(teller: &Teller<'_>, finding: &Finding, ordered: Option<Ordered>) -> Diagnostic {
    let Site { turn, outage } = &finding.first;
    let (name, user) = (teller.name(turn.system), teller.node(turn.node));
    let headline = format!(
        "`{name}` is down {}, and only luck keeps \"{}\" ({}) clear of that{}",
        teller.span(outage),
        user.title,
        teller.time_of(turn),
        teller.and_others(finding)
    );
    let comes_before = turn.finish <= outage.from;
    let (apart, label, what) = if comes_before {
        (outage.from - turn.finish, "nothing makes the stop wait for this step", "it comes")
    } else {
        (turn.start - outage.until, "nothing makes this step wait until it is up again", "this comes")
    };
    let label = match apart {
        0 => label.to_owned(),
        _ => format!("{label}; as planned {what} {} later", shown_length(apart)),
    };
    let mut diagnostic = Diagnostic::new(Rule::UnorderedUse, teller.place(turn), headline).label(label);
    diagnostic = teller.with_origin(diagnostic, turn);
    diagnostic = teller.with_outage(diagnostic, outage);
    diagnostic = teller.with_others(diagnostic, finding);
    diagnostic.help(missing_link(teller, turn, outage, ordered, comes_before))
}

/// The link that would turn luck into order.
fn missing_link(
    teller: &Teller<'_>,
    turn: &Turn,
    outage: &Outage,
    ordered: Option<Ordered>,
    comes_before: bool,
) -> String {
    let name = teller.name(turn.system);
    match (outage.stopper, outage.starter) {
        (Some(stopper), _) if comes_before => {
            let title = &teller.node(stopper).title;
            match ordered {
                Some(ordered) if ordered.stop_leads_to_use => format!("move this step above \"{title}\""),
                _ => {
                    let place = format!("\"{title}\", so that the stop waits for this step");
                    teller.after(stopper, turn.node, &place)
                }
            }
        }
        (stopper, Some(starter)) => {
            let title = &teller.node(starter).title;
            match (ordered, stopper) {
                (Some(ordered), Some(stopper))
                    if ordered.start_before_use && !ordered.start_leads_to_stop =>
                {
                    teller.after(
                        starter,
                        stopper,
                        &format!(
                            "\"{title}\": this step waits for that start, which does not wait for the stop"
                        ),
                    )
                }
                (Some(ordered), _) if ordered.start_before_use || ordered.use_leads_to_start => {
                    format!("move this step below \"{title}\", and that below the stop")
                }
                _ => {
                    let place = format!("this step, so that it waits until `{name}` is up again");
                    teller.after(turn.node, starter, &place)
                }
            }
        }
        (_, None) => format!("put `starts={name}` on the step before it that brings `{name}` up again"),
    }
}

pub(super) fn used_while_locked(teller: &Teller<'_>, step: &[(&Turn, Turn)]) -> Diagnostic {
    let (turn, lock) = &step[0];
    let (name, user, locker) = (teller.name(turn.system), teller.node(turn.node), teller.node(lock.node));
    let headline = format!(
        "\"{}\" has `{name}` locked {}, and \"{}\" uses it {}",
        locker.title,
        teller.time_of(lock),
        user.title,
        teller.time_of(turn)
    );
    let mut diagnostic = Diagnostic::new(Rule::UsedWhileLocked, teller.place(turn), headline)
        .label(format!("uses `{name}` while nobody else may"));
    diagnostic = teller.with_origin(diagnostic, turn);
    diagnostic = diagnostic.related(lock.word, format!("locked here until {}", teller.shown.at(lock.finish)));
    for (_, other) in step.iter().skip(1).take(MOST_POINTED_AT) {
        let (name, time) = (teller.name(other.system), teller.time_of(other));
        diagnostic = diagnostic.related(other.word, format!("`{name}`, too, is locked: {time}"));
    }
    let order = &teller.line.order;
    let answers = order.are_ordered(&[
        (order.begin(turn.vertex), order.end(lock.vertex)),
        (order.begin(lock.vertex), order.end(turn.vertex)),
    ]);
    diagnostic.help(match answers.as_slice() {
        [false, _] => {
            teller.after(turn.node, lock.node, "this step, so that it waits until the lock is free")
        }
        [_, false] => teller.after(lock.node, turn.node, &format!("\"{}\"", locker.title)),
        _ => "move one of the two, so that they do not overlap".to_owned(),
    })
}

pub(super) fn left_down(teller: &Teller<'_>, stopper: NodeId, systems: &[SystemId]) -> Diagnostic {
    let node = teller.node(stopper);
    let names: Vec<&str> = systems.iter().map(|system| teller.name(*system)).collect();
    let (verb, them) = if names.len() == 1 { ("is", "it") } else { ("are", "them") };
    let stops = node.step.iter().flat_map(|step| &step.stops);
    let word =
        stops.into_iter().find(|given| given.value == systems[0]).map_or(node.span, |given| given.span);
    let since =
        teller.line.schedule.step(stopper).map_or(String::new(), |placed| teller.shown.at(placed.start));
    let diagnostic = Diagnostic::new(
        Rule::LeftDown,
        word,
        format!("{} {verb} still down when the plan ends", shown_list(names.iter().copied())),
    )
    .label(format!("down from {since} on: no later step starts {them}"));
    teller
        .with_absent_starter(diagnostic, systems[0])
        .help(format!("put `starts={}` on the step that brings {them} back", names.join(",")))
        .help("write `lints: { left-down: allow }` in the front matter, if that is how it should end")
}

pub(super) fn started_while_up(teller: &Teller<'_>, step: &[(Turn, Option<Turn>)]) -> Diagnostic {
    let (turn, before) = step[0];
    let names: Vec<&str> = step.iter().map(|(turn, _)| teller.name(turn.system)).collect();
    let (name, node) = (names[0], teller.node(turn.node));
    let (verb, them) = if names.len() == 1 { ("is", "it") } else { ("are", "them") };
    let listed = shown_list(names.iter().copied());
    let at = teller.shown.at(turn.start);
    let message = format!("\"{}\" starts {listed} at {at}, and {listed} {verb} up already", node.title);
    let diagnostic = Diagnostic::new(Rule::StartedWhileUp, turn.word, message);
    match before {
        Some(before) => diagnostic
            .label("started a second time")
            .related(before.word, format!("started here, up from {}", teller.shown.at(before.finish)))
            .help(format!("put `stops={name}` on the step in between that takes it down, or take out one of the two starts")),
        None => diagnostic
            .label(format!("nothing stops {them} before"))
            .help(format!("put `stops={name}` on the step that takes it down"))
            .help(format!("write `{name}: down` under `systems`, if it is down before the plan begins")),
    }
}
