//! What there is to choose: words, ids, titles, people, systems, variables.
//!
//! A compiled plan comes in; names go out, the nearest or the first by the alphabet before others.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono_tz::Tz;

use super::project::Place;
use crate::document::{NodeValue, PartId};
use crate::plan::{Node, NodeId, NodeKind, place_zones};
use crate::schedule::{Clock, shown_utc};
use crate::view::Presenter;

/// Kinds of the protocol.
const KEYWORD: u8 = 14;
const REFERENCE: u8 = 18;
const PERSON: u8 = 6;
const CONSTANT: u8 = 21;

/// One thing to choose.
pub(super) struct Choice {
    pub(super) text: String,
    pub(super) kind: u8,
    pub(super) detail: String,
}

/// Words of the language.
pub(super) fn words(words: impl IntoIterator<Item = impl Into<String>>) -> Vec<Choice> {
    let choice = |text| Choice { text, kind: KEYWORD, detail: String::new() };
    words.into_iter().map(|word| choice(word.into())).collect()
}

pub(super) fn named(names: impl Iterator<Item = String>, detail: &str) -> Vec<Choice> {
    let names: BTreeSet<String> = names.collect();
    names.into_iter().map(|text| Choice { text, kind: CONSTANT, detail: detail.to_owned() }).collect()
}

pub(super) fn handles(place: &Place<'_>, sign: &str) -> Vec<Choice> {
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

/// Time zones with how far they are from UTC when the plan begins: those that the plan has, then those that begin with
/// what is typed, those of which a part does, and the others. Where it is a part of any, no other zone is meant.
pub(super) fn zones(place: &Place<'_>, typed: &str) -> Vec<Choice> {
    let (plan, schedule) = (&place.project.compiled.plan, &place.project.compiled.schedule);
    let people = plan.roster.people.iter().filter_map(|person| person.timezone.as_ref());
    let own: BTreeSet<&str> =
        plan.header.timezone.iter().chain(people).map(|zone| zone.value.name()).collect();
    let typed = typed.to_lowercase();
    let has = |zone: &Tz| zone.name().to_lowercase().contains(&typed);
    let distance = |zone: &Tz| {
        let name = zone.name().to_lowercase();
        let is_part = name.split(['/', '_']).any(|part| part.starts_with(&typed));
        (!name.starts_with(&typed), !is_part)
    };
    let mut zones: Vec<Tz> = place_zones().filter(has).collect();
    if zones.is_empty() {
        zones = place_zones().collect();
    }
    zones.sort_by_cached_key(|zone| (!own.contains(zone.name()), distance(zone), zone.name()));
    let apart = |zone| match schedule.dated {
        true => shown_utc(schedule.main.start, Clock::of(zone)),
        false => String::new(),
    };
    let choice = |zone: Tz| Choice { text: zone.name().to_owned(), kind: CONSTANT, detail: apart(zone) };
    zones.into_iter().map(choice).collect()
}

/// What can be waited for, or followed, by whatever is at the cursor.
pub(super) struct Targets {
    own: Option<NodeId>,
    /// On a no-go a phase follows, of the main line or a way back.
    pub(super) on_no_go: bool,
}

impl Targets {
    pub(super) fn of(own: Option<NodeId>, key: &str) -> Self {
        Self { own, on_no_go: key == "else" }
    }

    /// Nothing waits for itself, what is around it or what is inside; and of two lines neither waits for the other.
    fn has(&self, place: &Place<'_>, id: NodeId) -> bool {
        let plan = &place.project.compiled.plan;
        if self.on_no_go && plan.node(id).kind != NodeKind::Phase {
            return false;
        }
        let Some(own) = self.own else { return true };
        let is_inside = (own.index()..plan.node(own).end.index()).contains(&id.index());
        let is_around = (id.index()..plan.node(id).end.index()).contains(&own.index());
        let is_same_line = plan.node(own).way_back == plan.node(id).way_back;
        !is_inside && !is_around && (self.on_no_go || is_same_line)
    }
}

/// The ids that can be written in a file: its own, and those of the plans in it. The nearest before the cursor
/// come first.
pub(super) fn ids(place: &Place<'_>, targets: &Targets) -> Vec<Choice> {
    let plan = &place.project.compiled.plan;
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
    let here = targets.own.map_or(plan.nodes.len(), NodeId::index);
    let mut found: Vec<NodeId> =
        plan.ids().filter(|id| targets.has(place, *id) && is_visible(plan.node(*id))).collect();
    found.sort_by_key(|id| (id.index() > here, id.index().abs_diff(here)));
    let nodes = found.into_iter().map(|id| plan.node(id));
    let choices = nodes.filter(|node| can_be_named(node)).filter_map(|node| {
        let text = node.id.get(prefix..)?.to_owned();
        Some(Choice { text, kind: REFERENCE, detail: node.title.clone() })
    });
    choices.collect()
}

pub(super) fn titles(place: &Place<'_>, targets: &Targets) -> Vec<Choice> {
    let nodes = place.project.nodes(place.part).filter(|(id, _)| targets.has(place, *id));
    let nodes = nodes.map(|(_, node)| node.title.clone());
    named(nodes.filter(|title| !title.contains('"') && !title.is_empty()), "title")
}

pub(super) fn credentials(place: &Place<'_>) -> impl Iterator<Item = String> + use<> {
    let plan = &place.project.compiled.plan;
    let held = plan.roster.people.iter().flat_map(|person| &person.access).map(|access| access.value.clone());
    let needed = plan.nodes.iter().flat_map(|node| &node.access).map(|access| access.value.clone());
    held.chain(needed).collect::<Vec<_>>().into_iter()
}

/// The variables of the file and of those around it; near ones hide others of the same name.
pub(super) fn variables(place: &Place<'_>) -> Vec<Choice> {
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
