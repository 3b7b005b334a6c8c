//! What may stand at the cursor: words in braces, names after them, variables, keys of the front matter and of files of
//! people.
//!
//! What comes in is the text before the cursor; what goes out is a list that the editor narrows down.

use serde_json::{Value, json};

use super::choices::{Choice, Targets, credentials, handles, ids, named, titles, variables, words, zones};
use super::keys::{KeyPlace, front_matter, key_place};
use super::project::Place;
use super::protocol::{Position, Range, TextEdit};
use super::spot::Spot;
use crate::diagnostic::Rule;
use crate::document::PLAN_KEYS;
use crate::plan::{RawPerson, is_name};
use crate::source::Source;

/// A block is looked for so far back.
const LONGEST: usize = 2_000;

/// So many choices are enough to look through; who writes on gets the others.
const MOST_CHOICES: usize = 200;

/// What is being written, and what it may become.
struct Written {
    /// Where it begins.
    from: usize,
    /// What follows the cursor and belongs to it.
    rest: Rest,
    choices: Vec<Choice>,
    /// Whether there are others, which have nothing to do with what is typed.
    is_part: bool,
}

/// How far a word reaches beyond the cursor, so that no half of it stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rest {
    /// A word in braces, a key with its `=`. Nothing where nothing of it stands before the cursor: it is another word.
    Word,
    /// A name.
    Name,
    /// A title, up to its quote.
    Title,
    /// A key of the front matter, with its colon.
    Key,
}

/// What may stand at a place of the text as it is `now`. The plan may be that of a text that was the same up to the
/// byte `changed`.
pub(super) fn completion(place: &Place<'_>, now: &Source, position: Position, changed: usize) -> Value {
    let offset = place.encoding.offset(now, position);
    written(place, &now.text, offset, changed)
        .map_or(Value::Null, |written| offered(place, now, offset, written))
}

/// What may stand at a place of a file of people, which a plan reads.
pub(super) fn in_roster(place: &Place<'_>, now: &Source, position: Position) -> Value {
    let offset = place.encoding.offset(now, position);
    in_yaml(place, &now.text[..offset], &["people"])
        .map_or(Value::Null, |written| offered(place, now, offset, written))
}

fn offered(place: &Place<'_>, now: &Source, offset: usize, written: Written) -> Value {
    let Written { from, rest, choices, is_part } = written;
    let end = offset + rest.length(&now.text[from..offset], &now.text[offset..]);
    let range: Range = place.encoding.range(now, from..end);
    let typed = now.text[from..offset].to_lowercase();
    let all = choices.len();
    let mut fitting = choices.into_iter().filter(|choice| fits(&typed, &choice.text.to_lowercase()));
    let items: Vec<Value> = fitting
        .by_ref()
        .take(MOST_CHOICES)
        .enumerate()
        .map(|(index, choice)| {
            let edit = TextEdit { range, new_text: choice.text.clone() };
            json!({
                "label": choice.text,
                "kind": choice.kind,
                "detail": choice.detail,
                "sortText": format!("{index:03}"),
                "textEdit": edit,
            })
        })
        .collect();
    json!({ "isIncomplete": is_part || items.len() < all, "items": items })
}

/// Whether a name has the letters that are typed, in their order.
fn fits(typed: &str, name: &str) -> bool {
    let mut letters = name.chars();
    typed.chars().all(|typed| letters.any(|letter| letter == typed))
}

impl Rest {
    fn length(self, typed: &str, after: &str) -> usize {
        let line = &after[..after.find(['\n', '\r']).unwrap_or(after.len())];
        let is_of_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '/');
        let while_in = |is_in: &dyn Fn(char) -> bool| line.find(|c| !is_in(c)).unwrap_or(line.len());
        match self {
            Self::Word if typed.is_empty() => 0,
            Self::Word => {
                let end = while_in(&|c| is_of_name(c) || matches!(c, '.' | '@'));
                end + usize::from(line[end..].starts_with('='))
            }
            Self::Name => while_in(&|c| is_of_name(c) || c == '@'),
            Self::Title => line.find('"').unwrap_or(0),
            Self::Key => {
                let end = while_in(&is_of_name);
                let colon = [": ", ":"].into_iter().find(|colon| line[end..].starts_with(colon));
                end + colon.map_or(0, str::len)
            }
        }
    }
}

/// What is being written before byte `offset` of a text, and what it may become.
fn written(place: &Place<'_>, text: &str, offset: usize, changed: usize) -> Option<Written> {
    let before = &text[..offset];
    if let Some(inside) = front_matter(text, offset) {
        let written = in_yaml(place, inside, &[])?;
        return Some(Written { from: written.from + offset - inside.len(), ..written });
    }
    let open = open_brace(before)?;
    let inside = &before[open + 1..];
    let written = |word: &str, rest, choices| {
        Some(Written { from: offset - word.len(), rest, choices, is_part: false })
    };
    if before[..open].ends_with('{') {
        let name = inside.trim_start();
        return if is_start(name) { written(name, Rest::Name, variables(place)) } else { None };
    }
    if is_in_code(before, &text[open..]) {
        return None;
    }
    // Up to the byte `changed` the text is that of the plan.
    let spot = Spot::at(place, open.min(changed))?;
    let is_quoted = inside.matches('"').count() % 2 == 1;
    let word =
        if is_quoted { &inside[quoted_word(inside)..] } else { inside.rsplit(char::is_whitespace).next()? };
    let Some((key, values)) = word.split_once('=') else {
        return if let Some(handle) = word.strip_prefix('@') {
            if is_start(handle) { written(word, Rest::Word, handles(place, "@")) } else { None }
        } else if word.starts_with('#') {
            None
        } else {
            let beside = beside(inside, word, &text[offset..]);
            written(word, Rest::Word, words(spot.words(&beside)))
        };
    };
    if !spot.takes(key) {
        return None;
    }
    let targets = Targets::of(spot.node, key);
    if is_quoted {
        let title = values.rsplit('"').next()?;
        let choices = if is_link(key) { titles(place, &targets) } else { Vec::new() };
        return written(title, Rest::Title, choices);
    }
    let value = values.rsplit(',').next()?;
    let plan = &place.project.compiled.plan;
    let choices = match key {
        _ if value.contains('+') => Vec::new(),
        _ if is_link(key) => ids(place, &targets),
        "backup" => handles(place, "@"),
        "uses" | "stops" | "starts" | "locks" => {
            named(plan.systems.iter().map(|system| system.name.clone()), "system")
        }
        "in" => named(plan.windows.iter().map(|window| window.name.clone()), "window"),
        "access" => named(credentials(place), "credential"),
        "only" => named(plan.header.variants.iter().map(|variant| variant.value.clone()), "variant"),
        "at" | "from" | "by" => named(["T", "T-", "T+"].map(str::to_owned).into_iter(), "time"),
        _ => Vec::new(),
    };
    written(value, Rest::Name, choices)
}

/// What is being written at the end of YAML that stands below the keys `around`.
fn in_yaml(place: &Place<'_>, inside: &str, around: &[&str]) -> Option<Written> {
    let KeyPlace { keys, is_value, word } = key_place(inside)?;
    let keys: Vec<&str> = around.iter().copied().chain(keys).collect();
    let is_zone = is_value && keys.last() == Some(&"timezone");
    let is_plain = |part: &str| part.is_empty() || is_name(part);
    let is_known =
        if is_zone { word.split('/').all(is_plain) } else { is_plain(word.trim_start_matches('@')) };
    let rest = if is_value { Rest::Name } else { Rest::Key };
    let from = inside.len() - word.len();
    let choices = is_known.then(|| of_front_matter(place, &keys, is_value, word))?;
    Some(Written { from, rest, choices, is_part: is_zone && !word.is_empty() })
}

/// What may be written at a place of the front matter, where a `word` stands as yet.
fn of_front_matter(place: &Place<'_>, keys: &[&str], is_value: bool, word: &str) -> Vec<Choice> {
    let named = |keys: &[&str]| words(keys.iter().map(|key| format!("{key}: ")));
    match (keys, is_value) {
        ([], false) => named(PLAN_KEYS),
        (["lints"], false) => {
            let rules = Rule::ALL.iter().filter(|rule| !matches!(rule, Rule::Unreadable | Rule::Template));
            named(&rules.map(|rule| rule.name()).collect::<Vec<_>>())
        }
        (["lints", _], true) => words(["allow", "warn", "deny"]),
        (["timezone"] | ["people", _, "timezone"], true) => zones(place, word),
        (["people", _], false) => named(RawPerson::FIELDS),
        (["people", _, "backup"] | ["teams" | "roles", _] | ["caller"], true) => handles(place, ""),
        (["systems", _], true) => words(["up", "down"]),
        (["bullets"], true) => words(["in-order", "any-order"]),
        (["draft"], true) => words(["1", "2", "3", "final"]),
        _ => Vec::new(),
    }
}

/// The words in the same braces that are not the one at the cursor.
fn beside<'a>(inside: &'a str, word: &str, after: &'a str) -> Vec<&'a str> {
    let after = &after[..after.find(['}', '\n']).unwrap_or(after.len())];
    // What follows the cursor at once is the rest of the word at it.
    let rest = if word.is_empty() { after } else { after.trim_start_matches(|c: char| !c.is_whitespace()) };
    let words = inside[..inside.len() - word.len()].split_whitespace().chain(rest.split_whitespace());
    words.map(|word| word.trim_end_matches(',')).collect()
}

/// Whether the end of a text stands between two `` ` `` of its line; what follows is `after`.
fn is_in_code(before: &str, after: &str) -> bool {
    let line = before.rsplit(['\n', '\r']).next().unwrap_or_default();
    let after = after.lines().next().unwrap_or_default();
    let mut rest = line;
    while let Some(at) = rest.find('`') {
        let signs = rest[at..].len() - rest[at..].trim_start_matches('`').len();
        let (sign, inner) = rest[at..].split_at(signs);
        match inner.find(sign) {
            Some(end) => rest = inner[end..].trim_start_matches('`'),
            None => return after.contains(sign),
        }
    }
    false
}

fn is_link(key: &str) -> bool {
    matches!(key, "after" | "right-after" | "with" | "during" | "else")
}

fn is_start(name: &str) -> bool {
    name.is_empty() || is_name(name)
}

/// The brace that is open at the end of a text, in the same paragraph.
fn open_brace(before: &str) -> Option<usize> {
    let mut limit = before.len().saturating_sub(LONGEST);
    while !before.is_char_boundary(limit) {
        limit += 1;
    }
    let near = &before[limit..];
    let open = near.rfind('{')?;
    let inside = &near[open..];
    // A variable that is closed stands inside a block that may be open.
    if let Some(close) = inside.find("}}").filter(|_| near[..open].ends_with('{')) {
        let rest = &inside[close + 2..];
        let around = near[..open - 1].rfind('{')?;
        let closed = rest.contains(['}', '{']) || near[around..open - 1].contains('}');
        return (!closed && !has_blank_line(&near[around..])).then_some(limit + around);
    }
    (!inside.contains('}') && !has_blank_line(inside)).then_some(limit + open)
}

fn has_blank_line(text: &str) -> bool {
    let mut lines = text.lines().skip(1).collect::<Vec<_>>();
    // The line at hand may be empty as yet.
    if !text.ends_with('\n') {
        lines.pop();
    }
    lines.iter().any(|line| line.trim().is_empty())
}

/// Where the word begins in which a quote is open.
fn quoted_word(inside: &str) -> usize {
    let quote = inside.rfind('"').unwrap_or(0);
    inside[..quote]
        .rfind(char::is_whitespace)
        .map_or(0, |at| at + inside[at..].chars().next().map_or(1, char::len_utf8))
}
