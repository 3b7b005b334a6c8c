//! What `--sub` asks for and the plan can't give.

use super::slips::{is_number, name_the_number};
use crate::diagnostic::{Diagnostic, Rule, nearest, shown_list};
use crate::plan::node::{Node, Owner};
use crate::plan::person::{Person, Team};
use crate::plan::roster::Roster;
use crate::plan::substitute::Substitute;
use crate::source::Span;

fn about(sub: &Substitute, said: &str) -> Diagnostic {
    Diagnostic::about_command_line(Rule::Substitute, format!("{said} (from `--sub {sub}`)"))
}

pub(in crate::plan) fn unknown_substitute<'a>(
    sub: &Substitute,
    unknown: &str,
    roster: &Roster,
    handles: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let handles: Vec<&str> = handles.collect();
    let diagnostic = about(sub, &format!("the plan has nobody called `{unknown}`"));
    if let [handle] = roster.called(unknown).as_slice() {
        return diagnostic.help(format!("write the handle: `{handle}` in place of `{unknown}`"));
    }
    match nearest(unknown, handles.iter().copied()) {
        Some(near) => diagnostic.help(format!("write `{near}` in place of `{unknown}`")),
        None if handles.is_empty() => diagnostic.help("name people as the plan does, without the `@`"),
        None => diagnostic.help(format!("name one of {}", shown_list(handles))),
    }
}

pub(in crate::plan) fn substitute_team(sub: &Substitute, team: &Team, roster: &Roster) -> Diagnostic {
    let members = team.members.iter().map(|member| roster.person(*member).handle.value.as_str());
    let said = format!("`{}` is a team, and it is one person who stands in", sub.into);
    about(sub, &said).help(format!("name a person, such as one of the team: {}", shown_list(members)))
}

pub(in crate::plan) fn substitute_nowhere<'a, Ids: Iterator<Item = &'a str>>(
    name: &str,
    sub: &Substitute,
    ids: impl Fn() -> Ids,
) -> Diagnostic {
    let diagnostic = about(sub, &format!("the plan has no step called `{name}`"));
    match nearest(name.trim_start_matches('#'), ids()) {
        Some(near) => {
            let mended = Substitute::of_step(near, &sub.out, &sub.into);
            diagnostic.help(format!("write `--sub {mended}`"))
        }
        None if is_number(name) => diagnostic.help(name_the_number(name)),
        None => diagnostic.help("name a step or phase by its id, or by its title in quotes"),
    }
}

pub(in crate::plan) fn ambiguous_substitute<'a>(
    name: &str,
    sub: &Substitute,
    ids: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    about(sub, &format!("`{name}` could mean several steps"))
        .help(format!("name the one that is meant by its id: {}", shown_list(ids)))
}

pub(in crate::plan) fn substitute_without_part(sub: &Substitute, node: &Node, roster: &Roster) -> Diagnostic {
    let out = &sub.out;
    if !node.is_step() {
        return about(sub, &format!("no step inside \"{}\" is for `{out}`", node.title))
            .help("name a step or phase that they have, or leave the part before the `:` out");
    }
    let owners: Vec<&str> = node.owners.iter().map(|given| roster.handle(given.value)).collect();
    let said = match (node.is_here(), owners.is_empty()) {
        (false, _) => format!("\"{}\" is not done in this plan", node.title),
        (true, true) => format!("nobody does \"{}\", so nobody can stand in there", node.title),
        (true, false) => {
            format!("\"{}\" is not for `{out}`, but for {}", node.title, shown_list(owners.iter().copied()))
        }
    };
    let team = node.owners.iter().find_map(|given| match given.value {
        Owner::Team(team) => Some(roster.team(team)),
        Owner::Person(_) => None,
    });
    let of_team =
        team.filter(|team| team.members.iter().any(|member| roster.person(*member).handle.value == *out));
    let diagnostic = about(sub, &said);
    match (of_team, owners.first()) {
        (Some(team), _) => {
            let step = sub.step.as_deref().unwrap_or_default();
            let mended = Substitute::of_step(step, &team.handle.value, &sub.into);
            diagnostic.help(format!("write `--sub {mended}`, since the step is for the team"))
        }
        (None, Some(_)) => diagnostic.help("name a step that they have, or who does this one"),
        (None, None) => diagnostic.help(format!("write `@{}` on the step", sub.into)),
    }
}

/// Of two people at a step one is left, who stands in for one of them or for both.
pub(in crate::plan) fn one_for_two(
    span: Span,
    node: &Node,
    roster: &Roster,
    outs: &[&str],
    into: &Person,
) -> Diagnostic {
    let name = |out: &str| {
        let known = roster.people.iter().find(|person| person.handle.value == out);
        known.map_or_else(|| out.to_owned(), |person| person.name.clone())
    };
    let (title, into) = (&node.title, &into.name);
    let said = match outs {
        [one, other] => format!("at \"{title}\" {into} stands in for {} and for {}", name(one), name(other)),
        outs => {
            let out = outs.iter().map(|out| name(out)).collect::<String>();
            format!("at \"{title}\" {into} stands in for {out}, and does that step already")
        }
    };
    let example = Substitute::of_step(&node.id, outs.last().copied().unwrap_or_default(), "HANDLE");
    Diagnostic::new(Rule::OneForTwo, span, said)
        .label("one person is left of two")
        .help(format!("give this part to somebody else: add `--sub {example}`"))
}
