//! What may stand at the cursor: words in braces, names after them, variables, keys of the front matter.
//!
//! What comes in is the text before the cursor; what goes out is a list that the editor narrows down.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::{Value, json};

use super::project::Place;
use super::protocol::{Position, Range, TextEdit};
use crate::document::{NodeValue, PLAN_KEYS, PartId};
use crate::plan::{Node, NodeId, NodeKind, is_name, words_of_braces};
use crate::source::Source;
use crate::view::Presenter;

/// A block is looked for so far back.
const LONGEST: usize = 2_000;

/// Kinds of the protocol.
const KEYWORD: u8 = 14;
const REFERENCE: u8 = 18;
const PERSON: u8 = 6;
const CONSTANT: u8 = 21;

/// One thing to choose.
struct Choice {
    text: String,
    kind: u8,
    detail: String,
}

/// So many choices are enough to look through; who writes on gets the others.
const MOST_CHOICES: usize = 200;

/// What may stand at a place of the text as it is `now`. The plan may be that of a text that was the same up to the
/// byte `changed`.
pub(super) fn completion(place: &Place<'_>, now: &Source, position: Position, changed: usize) -> Value {
    let offset = place.encoding.offset(now, position);
    let Some((from, choices)) = choices(place, &now.text[..offset], changed) else { return Value::Null };
    let range: Range = place.encoding.range(now, from..offset);
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
    json!({ "isIncomplete": items.len() < all, "items": items })
}

/// Whether a name has the letters that are typed, in their order.
fn fits(typed: &str, name: &str) -> bool {
    let mut letters = name.chars();
    typed.chars().all(|typed| letters.any(|letter| letter == typed))
}

/// Where what is being written begins, and what it may become.
fn choices(place: &Place<'_>, before: &str, changed: usize) -> Option<(usize, Vec<Choice>)> {
    // Up to here the text is that of the plan.
    let known = before.len().min(changed);
    if let Some(key) = front_matter_key(before) {
        let keys = PLAN_KEYS.iter().map(|key| Choice {
            text: format!("{key}: "),
            kind: KEYWORD,
            detail: String::new(),
        });
        return Some((before.len() - key.len(), keys.collect()));
    }
    let open = open_brace(before)?;
    let inside = &before[open + 1..];
    if before[..open].ends_with('{') {
        let name = inside.trim_start();
        return is_start(name).then(|| (before.len() - name.len(), variables(place)));
    }
    let is_quoted = inside.matches('"').count() % 2 == 1;
    let word =
        if is_quoted { &inside[quoted_word(inside)..] } else { inside.rsplit(char::is_whitespace).next()? };
    let Some((key, values)) = word.split_once('=') else {
        return if let Some(handle) = word.strip_prefix('@') {
            is_start(handle).then(|| (before.len() - word.len(), handles(place, "@")))
        } else {
            (!word.starts_with('#')).then(|| (before.len() - word.len(), words()))
        };
    };
    if is_quoted {
        let title = values.rsplit('"').next()?;
        let choices = if is_link(key) { titles(place, known) } else { Vec::new() };
        return Some((before.len() - title.len(), choices));
    }
    let value = values.rsplit(',').next()?;
    let choices = match key {
        _ if value.contains('+') => Vec::new(),
        "else" => ids(place, known, |kind| kind == NodeKind::Phase),
        _ if is_link(key) => ids(place, known, |_| true),
        "backup" => handles(place, "@"),
        "uses" | "stops" | "starts" | "locks" => {
            let systems = place.project.compiled.plan.systems.iter().map(|system| system.name.clone());
            named(systems, "system")
        }
        "in" => named(place.project.compiled.plan.windows.iter().map(|window| window.name.clone()), "window"),
        "access" => named(credentials(place), "credential"),
        "only" => {
            let variants = &place.project.compiled.plan.header.variants;
            named(variants.iter().map(|variant| variant.value.clone()), "variant")
        }
        "at" | "from" | "by" => named(["T", "T-", "T+"].map(str::to_owned).into_iter(), "time"),
        _ => Vec::new(),
    };
    Some((before.len() - value.len(), choices))
}

fn is_link(key: &str) -> bool {
    matches!(key, "after" | "right-after" | "with" | "during" | "else")
}

fn is_start(name: &str) -> bool {
    name.is_empty() || is_name(name)
}

/// The word that stands alone on a line of the front matter, when that is where the text ends.
fn front_matter_key(before: &str) -> Option<&str> {
    let inside = before.strip_prefix("---")?.strip_prefix(['\n', '\r'])?;
    let is_over = inside.lines().any(|line| line.trim_end() == "---");
    let line = before.rsplit(['\n', '\r']).next()?;
    let is_key = line.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    (!is_over && is_key).then_some(line)
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

// What there is to choose.

fn words() -> Vec<Choice> {
    words_of_braces()
        .map(|text| Choice { text: text.to_owned(), kind: KEYWORD, detail: String::new() })
        .collect()
}

fn named(names: impl Iterator<Item = String>, detail: &str) -> Vec<Choice> {
    let names: BTreeSet<String> = names.collect();
    names.into_iter().map(|text| Choice { text, kind: CONSTANT, detail: detail.to_owned() }).collect()
}

fn handles(place: &Place<'_>, sign: &str) -> Vec<Choice> {
    let project = place.project;
    let presenter = Presenter::new(&project.compiled, &project.sources);
    let all: BTreeSet<&str> = project.compiled.plan.roster.handles().collect();
    let choices = all.into_iter().map(|handle| Choice {
        text: format!("{sign}{handle}"),
        kind: PERSON,
        detail: presenter.handle_in_short(handle).unwrap_or_default(),
    });
    choices.collect()
}

/// The step at the cursor and what is around it: nothing waits for itself.
fn own(place: &Place<'_>, offset: usize) -> Vec<NodeId> {
    let own = place.project.node_at(place.part, offset);
    own.into_iter()
        .flat_map(|own| std::iter::once(own).chain(place.project.compiled.plan.around(own)))
        .collect()
}

/// The ids that can be written in a file: its own, and those of the plans in it. The nearest before the cursor
/// come first.
fn ids(place: &Place<'_>, offset: usize, of_kind: impl Fn(NodeKind) -> bool) -> Vec<Choice> {
    let plan = &place.project.compiled.plan;
    let own = own(place, offset);
    let holder = plan.ids().find(|id| plan.node(*id).holds == Some(place.part));
    let prefix = holder.map_or(0, |holder| plan.node(holder).id.len() + 1);
    let mut slugs: HashMap<(PartId, &str), usize> = HashMap::new();
    for id in plan.ids().filter(|id| plan.node(*id).written_id.is_none()) {
        let node = plan.node(id);
        *slugs.entry((node.part, node.slug.as_str())).or_default() += 1;
    }
    let can_be_named =
        |node: &Node| node.written_id.is_some() || slugs.get(&(node.part, node.slug.as_str())) == Some(&1);
    let is_visible = |node: &Node| plan.scopes.outward(node.part).any(|part| part == place.part);
    let here = own.first().map_or(plan.nodes.len(), |own| own.index());
    let mut found: Vec<NodeId> =
        plan.ids().filter(|id| !own.contains(id) && is_visible(plan.node(*id))).collect();
    found.sort_by_key(|id| (id.index() > here, id.index().abs_diff(here)));
    let nodes = found.into_iter().map(|id| plan.node(id));
    let choices = nodes.filter(|node| of_kind(node.kind) && can_be_named(node)).filter_map(|node| {
        let text = node.id.get(prefix..)?.to_owned();
        Some(Choice { text, kind: REFERENCE, detail: node.title.clone() })
    });
    choices.collect()
}

fn titles(place: &Place<'_>, offset: usize) -> Vec<Choice> {
    let own = own(place, offset);
    let nodes = place.project.nodes(place.part).filter(|(id, _)| !own.contains(id));
    let nodes = nodes.map(|(_, node)| node.title.clone());
    named(nodes.filter(|title| !title.contains('"') && !title.is_empty()), "title")
}

fn credentials(place: &Place<'_>) -> impl Iterator<Item = String> + use<> {
    let plan = &place.project.compiled.plan;
    let held = plan.roster.people.iter().flat_map(|person| &person.access).map(|access| access.value.clone());
    let needed = plan.nodes.iter().flat_map(|node| &node.access).map(|access| access.value.clone());
    held.chain(needed).collect::<Vec<_>>().into_iter()
}

/// The variables of the file and of those around it; near ones hide others of the same name.
fn variables(place: &Place<'_>) -> Vec<Choice> {
    let plan = &place.project.compiled.plan;
    let mut found: BTreeMap<&str, String> = BTreeMap::new();
    for part in plan.scopes.outward(place.part) {
        let entries = &plan.document.part(part).front.entries;
        let Some(vars) = entries.iter().find(|entry| entry.key == "vars") else { continue };
        let NodeValue::Map(vars) = &vars.value.value else { continue };
        for var in vars {
            found.entry(&var.key).or_insert_with(|| var.value.text().unwrap_or_default().to_owned());
        }
    }
    let choices = found.into_iter();
    choices.map(|(name, detail)| Choice { text: name.to_owned(), kind: CONSTANT, detail }).collect()
}
