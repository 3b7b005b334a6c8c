//! What the checks of systems say to people.

use super::line::Turn;
use super::teller::Teller;
use crate::diagnostic::{Diagnostic, Rule, shown_list};
use crate::plan::{NodeId, SystemId};
use crate::schedule::{Outage, shown_length};

/// So many other outages are pointed at in one message.
pub(super) const MOST_POINTED_AT: usize = 3;

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

/// Whether a use leads to the lock that it meets, or the lock to it: then it can't wait for the other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Leads {
    pub(super) use_to_lock: bool,
    pub(super) lock_to_use: bool,
}

pub(super) fn used_while_down(
    teller: &Teller<'_, '_>,
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
    teller: &Teller<'_, '_>,
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
fn wait_for_start(teller: &Teller<'_, '_>, turn: &Turn, outage: &Outage, ordered: Option<Ordered>) -> String {
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
        _ => teller.after(
            turn.node,
            starter,
            &format!("this step, so that it waits until `{name}` is up again"),
        ),
    }
}

pub(super) fn unordered_use(
    teller: &Teller<'_, '_>,
    finding: &Finding,
    ordered: Option<Ordered>,
) -> Diagnostic {
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
    teller: &Teller<'_, '_>,
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
                _ => teller.after(
                    stopper,
                    turn.node,
                    &format!("\"{title}\", so that the stop waits for this step"),
                ),
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
                _ => teller.after(
                    turn.node,
                    starter,
                    &format!("this step, so that it waits until `{name}` is up again"),
                ),
            }
        }
        (_, None) => format!("put `starts={name}` on the step before it that brings `{name}` up again"),
    }
}

pub(super) fn used_while_locked(teller: &Teller<'_, '_>, step: &[(Turn, Turn)], leads: Leads) -> Diagnostic {
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
    diagnostic.help(match leads {
        Leads { use_to_lock: false, .. } => {
            teller.after(turn.node, lock.node, "this step, so that it waits until the lock is free")
        }
        Leads { lock_to_use: false, .. } => teller.after(
            lock.node,
            turn.node,
            &format!("\"{}\", so that the lock waits for this step", locker.title),
        ),
        _ => "move one of the two, so that they do not overlap".to_owned(),
    })
}

pub(super) fn left_down(teller: &Teller<'_, '_>, stopper: NodeId, systems: &[SystemId]) -> Diagnostic {
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

pub(super) fn started_while_up(teller: &Teller<'_, '_>, step: &[(Turn, Option<Turn>)]) -> Diagnostic {
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
