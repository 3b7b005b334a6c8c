//! The front matter and the roster.

use chrono_tz::Tz;

use super::unseen::{Unseen, unseen};
use crate::diagnostic::{Diagnostic, Rule, nearest, nearest_rule, only_near, shown_list};
use crate::document::Home;
use crate::plan::meant_key::meant_key;
use crate::plan::meant_time::meant_time;
use crate::plan::meant_zone::{MeantZone, fixed_offset, has_turned_sign, meant_zone};
use crate::plan::time::TimeError;
use crate::source::Span;

pub(in crate::plan) fn unknown_key(span: Span, key: &str, keys: &[&'static str], place: &str) -> Diagnostic {
    let meant = meant_key(key, keys);
    let diagnostic = Diagnostic::new(Rule::UnknownKey, span, format!("{place} has no key `{key}`"))
        .label("unknown key")
        .maybe_edit(span, key, meant.or_else(|| only_near(key, keys.iter().copied())));
    match meant.or_else(|| nearest(key, keys.iter().copied())) {
        Some(near) => diagnostic.help(format!("write `{near}`, or begin a key of your own with `x-`")),
        None => {
            diagnostic.help(format!("use one of {}, or begin a key of your own with `x-`", keys.join(", ")))
        }
    }
}

/// A key of a person that stands at the top.
pub(in crate::plan) fn key_of_person(span: Span, key: &str, somebody: &str) -> Diagnostic {
    Diagnostic::new(
        Rule::UnknownKey,
        span,
        format!("`{key}` is a key of a person, and stands beside `people:`"),
    )
    .label("not at the top")
    .help(format!("write it in a person's entry, such as `people: {{ {somebody}: {{ {key}: … }} }}`"))
}

/// A map of people inside the map of people.
pub(in crate::plan) fn people_in_people(span: Span) -> Diagnostic {
    let said = "the handles of people stand inside another `people`";
    Diagnostic::new(Rule::UnknownKey, span, said.to_owned()).label("not needed here").help(
        "leave this line out, and begin with the first handle: a roster file is the map of people itself",
    )
}

/// A key of the front matter that stands in a person's entry.
pub(in crate::plan) fn key_of_plan(span: Span, home: Home, key: &str) -> Diagnostic {
    Diagnostic::new(
        Rule::UnknownKey,
        span,
        format!("`{key}` is a key of the whole plan, and stands inside a person"),
    )
    .label("not of a person")
    .help(match home {
        Home::FrontMatter => format!("write `{key}:` at the beginning of a line, beside `people:`"),
        Home::Roster => format!("write `{key}:` in the front matter of the plan, beside `people:`"),
    })
}

/// A roster file that holds no people.
pub(in crate::plan) fn no_people(span: Span) -> Diagnostic {
    let wanted = "a map from a handle to a person";
    Diagnostic::new(Rule::FrontMatter, span, format!("the roster file must be {wanted}"))
        .label(format!("not {wanted}"))
        .silences(&[Rule::UnknownOwner])
        .help("write a handle and a name on each line, without a `-`: `ana: Ana Reyes`")
}

pub(in crate::plan) fn wrong_type(span: Span, key: &str, wanted: &str) -> Diagnostic {
    Diagnostic::new(Rule::FrontMatter, span, format!("`{key}` must be {wanted}"))
        .label(format!("not {wanted}"))
        .silences(named_by(key))
        .maybe_help(form_of_map(key).filter(|_| wanted.starts_with("a map")).map(str::to_owned))
}

/// How a key looks that is a map.
fn form_of_map(key: &str) -> Option<&'static str> {
    Some(match key {
        "people" => "write a handle and a name on each line below it, without a `-`: `  ana: Ana Reyes`",
        "teams" => "write a handle and a list on each line below it, without a `-`: `  web: [ana, raj]`",
        "roles" => "write a role and a handle on each line below it, without a `-`: `  dba: raj`",
        "windows" => {
            "write a name and a range on each line below it, without a `-`: \
             `  night: 2026-12-05 22:00 .. 2026-12-06 02:00`"
        }
        "vars" => "write a name and a text on each line below it, without a `-`: `  host: db-1`",
        "lints" => "write a rule and a level on each line below it, without a `-`: `  missing-owner: deny`",
        _ => return None,
    })
}

/// The rule about the names that a key gives.
fn named_by(key: &str) -> &'static [Rule] {
    match key {
        "people" | "teams" | "roles" => &[Rule::UnknownOwner],
        "systems" => &[Rule::UnknownSystem],
        "windows" => &[Rule::UnknownWindow],
        "vars" => &[Rule::UnknownVariable],
        "variants" => &[Rule::UnknownVariant],
        _ => &[],
    }
}

pub(in crate::plan) fn not_one_of(span: Span, key: &str, found: &str, words: &[&str]) -> Diagnostic {
    let diagnostic = Diagnostic::new(Rule::FrontMatter, span, format!("`{key}` can't be `{found}`"))
        .maybe_edit(span, found, only_near(found, words.iter().copied()));
    match nearest(found, words.iter().copied()) {
        Some(near) => diagnostic.help(format!("write `{near}`")),
        None => diagnostic.help(format!("write one of {}", shown_list(words.iter().copied()))),
    }
}

pub(in crate::plan) fn not_a_word(span: Span, key: &str, words: &[&str]) -> Diagnostic {
    Diagnostic::new(Rule::FrontMatter, span, format!("`{key}` takes one word, and no list or map"))
        .help(format!("write one of {}", shown_list(words.iter().copied())))
}

pub(in crate::plan) fn unknown_zone(span: Span, text: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(Rule::FrontMatter, span, format!("there is no time zone `{text}`"))
        .label("no zone of the IANA database");
    match meant_zone(text) {
        MeantZone::Certain(zone) => diagnostic.help(format!("write `{zone}`")).edit(span, text, zone),
        MeantZone::Near(zone) => diagnostic.help(format!("write `{zone}`, or another place")),
        MeantZone::Abbreviation(places) => {
            diagnostic.help(format!("write the place where the clocks show that: {}", either(places)))
        }
        MeantZone::Offset => diagnostic.help(
            "an offset knows no summer time: write a place, such as `Europe/Berlin` or `America/New_York`",
        ),
        MeantZone::Unknown => diagnostic.help("write a place, such as `Europe/Berlin` or `America/New_York`"),
    }
}

/// `EST`, `Etc/GMT+2`.
pub(in crate::plan) fn fixed_zone(span: Span, zone: Tz, places: &[&str]) -> Diagnostic {
    let said = format!("`{}` is {} all the year", zone.name(), fixed_offset(zone));
    let (said, label) = if has_turned_sign(zone) {
        (format!("{said}: in these names the sign is the other way round"), "a fixed distance from UTC")
    } else {
        (said, "knows no summer time")
    };
    let places = if places.is_empty() { &["Europe/Berlin", "America/New_York"] } else { places };
    Diagnostic::new(Rule::FixedZone, span, said)
        .label(label)
        .help(format!("write the place, such as {}", either(places)))
}

/// ``a``, ``a` or `b``
fn either(places: &[&str]) -> String {
    let places: Vec<String> = places.iter().map(|place| format!("`{place}`")).collect();
    places.join(" or ")
}

/// A time in the front matter.
pub(in crate::plan) fn bad_time(span: Span, text: &str, error: &TimeError) -> Box<Diagnostic> {
    with_help(
        no_time(span, text, error),
        meant_time(text, false),
        "write it like `2026-12-05 22:00`, or `2026-12-05` for a whole day",
    )
}

/// A time in braces.
pub(in crate::plan) fn bad_time_in_braces(span: Span, text: &str, error: &TimeError) -> Box<Diagnostic> {
    let help = "write it like `2026-12-05T22:00`, `22:00` or `T-30m`";
    with_help(no_time(span, text, error), meant_time(text, true), help)
}

/// One of the two times of a range in the front matter.
pub(in crate::plan) fn bad_range(span: Span, part: &str, error: &TimeError) -> Box<Diagnostic> {
    let help =
        "write it like `2026-12-05 22:00 .. 2026-12-06 01:00`, or `2026-12-05..2026-12-06` for whole days";
    with_help(no_time(span, part, error), meant_time(part, false), help)
}

/// `away: soon`, or `soon` in a list of days; `key` where it stands alone behind one.
pub(in crate::plan) fn no_days(span: Span, key: Option<&str>, text: &str) -> Diagnostic {
    let said = Diagnostic::new(Rule::BadTime, span, format!("`{text}` is no day and no time"))
        .label("not understood");
    match key {
        Some(key) => said
            .help(format!("write the days as a list: `{key}: [2026-12-24..2026-12-26]`"))
            .help(format!("leave `{key}` out until the dates are known")),
        None => said
            .help("write it like `2026-12-24`, `2026-12-24..2026-12-26` or `2026-12-24 12:00 .. 2026-12-25 08:00`")
            .help("leave it out until the date is known"),
    }
}

/// Two times with something else between them than two dots; the range as it was meant.
pub(in crate::plan) fn other_range(span: Span, text: &str, meant: &str) -> Diagnostic {
    let label = if text.contains("..") { "the second has no date" } else { "no `..` between two times" };
    Diagnostic::new(Rule::BadTime, span, format!("`{text}` is no range of two times"))
        .label(label)
        .help(format!("write `{meant}`"))
}

fn no_time(span: Span, text: &str, error: &TimeError) -> Diagnostic {
    let new = |sentence: String, label: &str| Diagnostic::new(Rule::BadTime, span, sentence).label(label);
    match error {
        TimeError::NotOne => new(format!("`{text}` is no time"), "not understood"),
        TimeError::NotThere => new(format!("there is no time `{text}`"), "no calendar or clock has it"),
        TimeError::TooFar => {
            new(format!("`{text}` is too far away"), "plans lie between the years 1970 and 8999")
                .help("check the year")
        }
    }
}

fn with_help(diagnostic: Diagnostic, meant: Option<String>, form: &str) -> Box<Diagnostic> {
    Box::new(match meant {
        Some(meant) => diagnostic.help(format!("write `{meant}`")),
        None if diagnostic.help.is_empty() => diagnostic.help(form),
        None => diagnostic,
    })
}

pub(in crate::plan) fn quoted_handle(span: Span, home: Home, text: &str) -> Diagnostic {
    let said = format!("a handle stands in {} without its `@`", home.name());
    Diagnostic::new(Rule::FrontMatter, span, said)
        .help(format!("write `{}`", text.trim_start_matches('@')))
        .edit(span, text, text.trim_start_matches('@'))
}

pub(in crate::plan) fn bad_handle(span: Span, text: &str) -> Diagnostic {
    if let Some(unseen) = unseen(text) {
        return unseen_in_handle(span, text, unseen);
    }
    Diagnostic::new(Rule::FrontMatter, span, format!("`{text}` can't be a handle"))
        .label("not a handle")
        .help("use letters, digits, `-` and `_`")
}

/// `phone: “+49 30 1”`.
pub(in crate::plan) fn printed_quotes(span: Span, text: &str, inner: &str) -> Diagnostic {
    let [open, close] = [text.chars().next(), text.chars().next_back()].map(Option::unwrap_or_default);
    let said = format!("`{inner}` stands between `{open}` and `{close}`, which are letters here");
    let diagnostic = Diagnostic::new(Rule::FrontMatter, span, said).label("the quotes of a printed text");
    if inner.contains(['"', '\\']) {
        return diagnostic.help("write straight quotes: `\"`");
    }
    let straight = format!("\"{inner}\"");
    diagnostic.help(format!("write straight quotes: `{straight}`")).edit(span, text, straight)
}

/// A character that nobody sees, inside a handle.
fn unseen_in_handle(span: Span, text: &str, unseen: Unseen) -> Diagnostic {
    let headline = format!("`{}` has {} in it, which nobody sees", unseen.cleaned, unseen.name);
    Diagnostic::new(Rule::FrontMatter, span, headline)
        .label("a hidden character")
        .help(format!("write `{}` anew, without it", unseen.cleaned))
        .edit(span, text, unseen.cleaned)
}

/// A name where a handle belongs.
pub(in crate::plan) fn name_for_handle(span: Span, text: &str, handle: &str) -> Diagnostic {
    Diagnostic::new(Rule::FrontMatter, span, format!("`{text}` is a name, and here stands a handle"))
        .label(format!("the handle is `{handle}`"))
        .help(format!("write `{handle}`"))
        .edit(span, text, handle)
}

/// `backup: [eva, kim]`. `first` is the first handle that stands there.
pub(in crate::plan) fn not_one_handle(span: Span, key: &str, first: Option<&str>) -> Diagnostic {
    let one = format!("write one: `{key}: {}`", first.unwrap_or("ana"));
    Diagnostic::new(Rule::FrontMatter, span, format!("`{key}` takes one handle"))
        .label("not one handle")
        .silences(named_by(key))
        .help(match key {
            "backup" => format!(
                "{one}; of several who could step in make a team and name that, or write `backup=` with all of them on a step"
            ),
            _ => one,
        })
}

pub(in crate::plan) fn handle_is_two_things(span: Span, handle: &str, first: Span, what: &str) -> Diagnostic {
    Diagnostic::new(Rule::FrontMatter, span, format!("the handle `{handle}` is {what} already"))
        .label("taken")
        .related(first, "first here")
        .help("give one of them another handle: each is one person, one team or one role")
}

pub(in crate::plan) fn role_of_role(span: Span, handle: &str) -> Diagnostic {
    Diagnostic::new(Rule::FrontMatter, span, format!("`{handle}` is a role, and a role names a person"))
        .help("name the person")
}

pub(in crate::plan) fn team_in_team(span: Span, handle: &str) -> Diagnostic {
    Diagnostic::new(
        Rule::FrontMatter,
        span,
        format!("`{handle}` is a team, and the members of a team are people"),
    )
    .help("name the people")
}

pub(in crate::plan) fn empty_team(span: Span, handle: &str) -> Diagnostic {
    Diagnostic::new(Rule::FrontMatter, span, format!("the team `{handle}` has no members"))
        .help(format!("write `{handle}: [ana, raj]`"))
}

pub(in crate::plan) fn variable_of_lines(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(Rule::FrontMatter, span, format!("the variable `{name}` has several lines"))
        .label("must be one line")
        .help("write it on one line; a longer text belongs into the plan itself")
}

pub(in crate::plan) fn unknown_rule(span: Span, name: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(Rule::UnknownRule, span, format!("there is no rule `{name}`"))
        .label("unknown rule")
        .maybe_edit(span, name, only_near(name, Rule::ALL.iter().map(|rule| rule.name())));
    match nearest_rule(name) {
        Some(near) => diagnostic.help(format!("write `{near}`")),
        None => diagnostic.help("run `tminus explain` for the list of rules"),
    }
}
