//! What this stage says to people.

mod at_risk;
mod late;

pub(super) use at_risk::{AtRiskOf, Risks, Widened, at_risk};
pub(super) use late::{Outside, deadline_missed, pin_missed, window_missed};

use chrono::{Days, NaiveDateTime, Timelike};

use super::clock::{Clock, Local};
use super::moment::Moment;
use super::shown::{shown_length, shown_moment, shown_utc};
use crate::diagnostic::{Diagnostic, Rule};
use crate::plan::{self, Node, Time};
use crate::source::Span;

fn at(rule: Rule, place: Option<Span>, message: String) -> Diagnostic {
    match place {
        Some(span) => Diagnostic::new(rule, span, message),
        None => Diagnostic::about_command_line(rule, message),
    }
}

fn with_offset(local: NaiveDateTime, moment: Moment, clock: Clock) -> String {
    format!("{}{}", local.format("%Y-%m-%dT%H:%M"), offset_as_written(clock.offset(moment)))
}

/// `+01:00`
fn offset_as_written(seconds: i64) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.unsigned_abs() / 60;
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

pub(super) fn skipped_time(
    place: Option<Span>,
    local: NaiveDateTime,
    end: Moment,
    clock: Clock,
) -> Diagnostic {
    let shown = local.format("%Y-%m-%d %H:%M");
    let zone = clock.zone().map_or("UTC", |zone| zone.name());
    at(
        Rule::SkippedTime,
        place,
        format!("{shown} does not exist in {zone}: the clocks are put forward over it"),
    )
    .label("skipped that day")
    .help(format!(
        "write {}, the moment at which the clocks change, or another time",
        clock.local(end).format("%Y-%m-%d %H:%M")
    ))
}

pub(super) fn ambiguous_time(
    place: Option<Span>,
    local: NaiveDateTime,
    moments: [Moment; 2],
    clock: Clock,
) -> Diagnostic {
    let shown = local.format("%Y-%m-%d %H:%M");
    let zone = clock.zone().map_or("UTC", |zone| zone.name());
    let [first, second] = moments.map(|moment| with_offset(local, moment, clock));
    at(
        Rule::AmbiguousTime,
        place,
        format!("{shown} happens twice in {zone}: the clocks are put back that day"),
    )
    .label("which of the two?")
    .help(format!("write `{first}` for the first, or `{second}` for the second"))
}

/// A moment with the offset that the clocks of its zone have in another season.
pub(super) fn out_of_season(place: Option<Span>, moment: Moment, ahead: i64, clock: Clock) -> Diagnostic {
    let shown = |local: NaiveDateTime, form: &str| {
        let seconds = if local.second() > 0 { ":%S" } else { "" };
        local.format(&format!("{form}{seconds}")).to_string()
    };
    let (written, there) = (Clock::undated().local(moment + ahead), clock.local(moment));
    let zone = clock.zone().map_or("UTC", |zone| zone.name());
    let by_clock = shown(there, if written.date() == there.date() { "%H:%M" } else { "%Y-%m-%d %H:%M" });
    let [written, there] = [written, there].map(|local| (local, shown(local, "%Y-%m-%dT%H:%M")));
    let said = at(
        Rule::OutOfSeason,
        place,
        format!(
            "{}{} is {by_clock} in {zone}, where the clocks are {} at that moment",
            written.1,
            offset_as_written(ahead),
            shown_utc(moment, clock),
        ),
    )
    .label(format!("the clocks there are {} at another time of the year", plan::shown_utc(ahead)));
    let said = match clock.resolve(written.0) {
        Local::Once(_) => said.help(format!("write `{}` if it is meant by the clocks there", written.1)),
        Local::Twice(..) | Local::Skipped(_) => said,
    };
    said.help(format!(
        "write `{}{}` if the moment is right",
        there.1,
        offset_as_written(clock.offset(moment))
    ))
}

/// `from` and `to` are as they are written: where both have one date, the day after is probably meant for the second.
pub(super) fn empty_range(span: Span, from: Time, to: Time) -> Diagnostic {
    let said =
        Diagnostic::new(Rule::BadTime, span, "this ends before it begins").label("nothing lies between");
    match (from, to) {
        (Time::Local(from), Time::Local(to)) if from.date() == to.date() && to.time() < from.time() => {
            let seconds = if from.second() + to.second() > 0 { ":%S" } else { "" };
            let form = format!("%Y-%m-%d %H:%M{seconds}");
            let [from, to] = [from, to + Days::new(1)].map(|time| time.format(&form).to_string());
            said.help(format!(
                "write `{from} .. {to}` if it ends on the next day, or put the earlier time first"
            ))
        }
        _ => said.help("put the earlier time first"),
    }
}

pub(super) fn plan_without_date(span: Span) -> Diagnostic {
    Diagnostic::new(Rule::BadTime, span, "this plan has no date, so a date or clock time can't be placed")
        .label("on which day?")
        .help("say in the front matter when the plan begins, such as `start: 2026-12-05 22:00`, or count from T: `T-30m`")
}

pub(super) fn window_without_date(span: Span) -> Diagnostic {
    Diagnostic::new(Rule::BadTime, span, "this plan has no date, so it can't lie in a window")
        .label("needs a date")
        .help("say in the front matter when the plan begins, such as `start: 2026-12-05 22:00`")
}

pub(super) fn no_timezone(first: Option<Span>) -> Diagnostic {
    at(Rule::NoTimezone, first, "the plan has dates and no time zone: they are read as UTC".to_owned())
        .help("add `timezone:` to the front matter, such as `timezone: Europe/Berlin`")
}

pub(super) fn t0_without_pin(place: Option<Span>) -> Diagnostic {
    at(Rule::T0WithoutPin, place, "nothing is pinned to T-0, so the plan starts there".to_owned())
        .label("the plan starts here")
        .help("write `at=T` on the step that happens at T-0, and the plan starts in time for it")
}

pub(super) fn bare_clock(
    span: Span,
    time: chrono::NaiveTime,
    local: NaiveDateTime,
    length: &str,
) -> Diagnostic {
    let dated = local.format("%Y-%m-%dT%H:%M");
    Diagnostic::new(
        Rule::BareClock,
        span,
        format!("the plan takes {length}, so {} could be several days", time.format("%H:%M")),
    )
    .label(format!("taken as {dated}"))
    .help(format!("write `{dated}`"))
}

pub(super) fn pin_clash(later: &Node, earlier: &Node, needed: &str, help: &str) -> Diagnostic {
    let place = later.at.as_ref().map_or(later.span, |at| at.span);
    let other = earlier.at.as_ref().map_or(earlier.span, |at| at.span);
    Diagnostic::new(
        Rule::PinClash,
        place,
        format!(
            "\"{}\" and \"{}\" are pinned to overlapping times, and both need {needed}",
            later.title, earlier.title
        ),
    )
    .label("pinned here")
    .related(other, "and here")
    .help(help)
}

pub(super) fn right_after_missed(
    node: &Node,
    span: Span,
    target: &Node,
    start: Moment,
    finish: Moment,
    clock: Clock,
) -> Diagnostic {
    let (title, before) = (&node.title, &target.title);
    Diagnostic::new(
        Rule::LinkMissed,
        span,
        format!(
            "\"{title}\" can't start right after \"{before}\": that ends {}, and it starts {}",
            shown_moment(finish, clock),
            shown_moment(start, clock)
        ),
    )
    .label(format!("{} apart", shown_length(start - finish)))
    .related(target.span, "to follow this")
    .help("free its owner at that moment, take away what else it waits for, or write `after=`")
}

pub(super) fn during_missed(
    node: &Node,
    span: Span,
    target: &Node,
    start: Moment,
    latest: Moment,
    clock: Clock,
) -> Diagnostic {
    Diagnostic::new(
        Rule::LinkMissed,
        span,
        format!(
            "\"{}\" can't span \"{}\": that starts {}, and it may start only {}",
            node.title,
            target.title,
            shown_moment(start, clock),
            shown_moment(latest, clock)
        ),
    )
    .label(format!("{} too early", shown_length(latest - start)))
    .related(target.span, "to span this")
    .help("take away what else it waits for")
}

pub(super) fn nobody_works(node: &Node) -> Diagnostic {
    Diagnostic::new(
        Rule::OutsideHours,
        node.span,
        format!(
            "\"{}\" is work in days, and its owners never have the working hours in common that it takes",
            node.title
        ),
    )
    .label("counted by the clock instead")
    .help("check `hours`, `away` and `closed`, or give the estimate in hours")
}

pub(super) fn past_the_calendar(node: &Node, span: Span) -> Diagnostic {
    Diagnostic::new(Rule::BadTime, span, format!("\"{}\" ends after the year 9999", node.title))
        .label("past every calendar")
        .help("shorten the estimates before it")
}

pub(super) fn before_the_calendar(node: &Node, span: Span) -> Diagnostic {
    Diagnostic::new(
        Rule::BadTime,
        span,
        format!("\"{}\" would have to start before the year 1970", node.title),
    )
    .label("before every plan")
    .help("shorten the estimates between it and T-0")
}
