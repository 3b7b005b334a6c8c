//! The roster in the front matter or in a file of its own: people, and what each of them says.

use super::Reader;
use crate::diagnostic::nearest;
use crate::document::{Entry, Home, Node, NodeValue, PLAN_KEYS};
use crate::plan::attributes::is_name;
use crate::plan::called::Called;
use crate::plan::meant_key::meant_key;
use crate::plan::person::RawPerson;
use crate::plan::several::{hours_in_parts, several_hours};
use crate::plan::{Hours, messages};

impl Reader<'_> {
    pub(super) fn people(&mut self, tree: &Node) {
        let NodeValue::Map(map) = &tree.value else {
            if !matches!(tree.value, NodeValue::Empty) {
                self.say(match self.home {
                    Home::FrontMatter => {
                        messages::wrong_type(tree.beginning(), "people", "a map from a handle to a person")
                    }
                    Home::Roster => messages::no_people(tree.beginning()),
                });
            }
            self.header.roster.people.get_or_insert_default();
            return;
        };
        for entry in map.iter().filter(|entry| inner_people(entry).is_some()) {
            self.say(messages::people_in_people(entry.key_span));
        }
        let mut people = Vec::new();
        for entry in map.iter().flat_map(|entry| inner_people(entry).unwrap_or(std::slice::from_ref(entry))) {
            if !is_name(&entry.key) {
                self.say(messages::bad_handle(entry.key_span, &entry.key));
                continue;
            }
            let mut person = RawPerson::new(&entry.key, entry.key_span);
            match &entry.value.value {
                NodeValue::Empty => {}
                NodeValue::Text(_) => {
                    let said = self.diagnostics.len();
                    person.name = self.straight(&entry.value);
                    person.misread = self.diagnostics.len() > said;
                }
                NodeValue::Map(fields) => {
                    let said = self.diagnostics.len();
                    let mut at = 0;
                    while let Some(field) = fields.get(at) {
                        let strays = strays(&fields[at..]);
                        at += 1 + strays.len();
                        match strays {
                            [] => self.person_field(&mut person, field),
                            _ => {
                                let list = self.with_strays(field, strays);
                                self.person_field(&mut person, &list);
                            }
                        }
                    }
                    person.misread = self.diagnostics.len() > said;
                }
                NodeValue::List(_) => {
                    self.say(messages::wrong_type(
                        entry.value.span,
                        &entry.key,
                        "a name, or a map with `name`, `role` and so on",
                    ));
                }
            }
            people.push(person);
        }
        self.header.roster.people = Some(people);
    }

    /// A list and the values that stand as keys behind it, as the list that is meant.
    fn with_strays(&mut self, field: &Entry, strays: &[Entry]) -> Entry {
        let as_value =
            |entry: &Entry| Node { span: entry.key_span, value: NodeValue::Text(entry.key.clone()) };
        let list: Vec<Node> =
            std::iter::once(field.value.clone()).chain(strays.iter().map(as_value)).collect();
        let values: Vec<&str> = list.iter().filter_map(Node::text).collect();
        if let Some(first) = strays.first() {
            self.say(messages::values_as_keys(first.key_span, &field.key, &first.key, &values));
        }
        Entry { value: Node { span: field.value.span, value: NodeValue::List(list) }, ..field.clone() }
    }

    fn hours(&mut self, field: &Entry) -> Vec<Hours> {
        let items = self.names(field, "hours such as `Mon-Fri 09:00-17:00`, or a list of them");
        let texts: Vec<&str> = items.iter().map(|item| item.value.as_str()).collect();
        let is_item = matches!(field.value.value, NodeValue::List(_));
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(item) = items.get(at) {
            let mut taken = 1;
            if let Some(hours) = Hours::parse(&item.value) {
                found.push(hours);
            } else if let Some(all) = several_hours(&item.value) {
                self.say(messages::several_hours(item.span, &item.value, &all, is_item));
                found.extend(all);
            } else if let Some((hours, parts)) = hours_in_parts(&texts[at..]) {
                self.say(messages::hours_in_parts(item.span, &item.value, hours));
                found.push(hours);
                taken = parts;
            } else {
                self.say(messages::bad_hours(item.span, &item.value));
            }
            at += taken;
        }
        found
    }

    fn person_field(&mut self, person: &mut RawPerson, field: &Entry) {
        if matches!(field.value.value, NodeValue::Empty) && RawPerson::FIELDS.contains(&field.key.as_str()) {
            return;
        }
        match field.key.as_str() {
            "name" => person.name = self.text(field),
            "role" => person.role = self.text(field),
            "email" => person.email = self.text(field),
            "phone" => person.phone = self.text(field),
            "timezone" => person.timezone = self.zone(field),
            "backup" => person.backup = self.handle(&field.key, &field.value),
            "access" => person.access = self.names(field, "a list of credential names"),
            "away" => person.away = self.days(field, "a list of days or times"),
            "hours" => person.hours = self.hours(field),
            key if key.starts_with("x-") => {}
            key if is_of_the_plan(key) => self.say(messages::key_of_plan(field.key_span, self.home, key)),
            key => self.say(messages::unknown_key(field.key_span, key, RawPerson::FIELDS, "a person")),
        }
    }
}

/// Who is called what, by the tree of the roster.
pub(super) fn called(tree: &Node) -> Called {
    let NodeValue::Map(map) = &tree.value else { return Called::default() };
    let entries = map.iter().flat_map(|entry| inner_people(entry).unwrap_or(std::slice::from_ref(entry)));
    Called::of(entries.filter(|entry| is_name(&entry.key)).map(|entry| {
        let name = match &entry.value.value {
            NodeValue::Text(name) => Some(name.as_str()),
            NodeValue::Map(fields) => {
                fields.iter().find(|field| field.key == "name").and_then(|field| field.value.text())
            }
            _ => None,
        };
        (entry.key.as_str(), name)
    }))
}

/// Of a list in somebody's entry the values that stand as keys behind it: `{ access: db, vault }`.
fn strays(fields: &[Entry]) -> &[Entry] {
    let [first, others @ ..] = fields else { return &[] };
    let is_list = matches!(first.key.as_str(), "access" | "away" | "hours");
    if !is_list || first.value.text().is_none() {
        return &[];
    }
    let mut end = first.value.span.end();
    let is_stray = |entry: &&Entry| {
        // A line of its own is further away than a comma and a space.
        let is_beside = entry.key_span.start() - end <= 2;
        end = entry.key_span.end();
        is_beside && matches!(entry.value.value, NodeValue::Empty) && !is_meant_as_key(&entry.key)
    };
    &others[..others.iter().take_while(is_stray).count()]
}

fn is_meant_as_key(key: &str) -> bool {
    key.starts_with("x-") || PLAN_KEYS.contains(&key) || meant_key(key, RawPerson::FIELDS).is_some() || {
        nearest(key, RawPerson::FIELDS.iter().copied()).is_some()
    }
}

/// The people that stand in a map `people` of their own, inside the map of people.
fn inner_people(entry: &Entry) -> Option<&[Entry]> {
    let NodeValue::Map(inner) = &entry.value.value else { return None };
    let is_somebody =
        inner.is_empty() || inner.iter().any(|field| RawPerson::FIELDS.contains(&field.key.as_str()));
    (entry.key == "people" && !is_somebody).then_some(inner.as_slice())
}

/// Whether a key of somebody's entry can only be the plan's: a person may well have a `title`.
fn is_of_the_plan(key: &str) -> bool {
    let is_personal = matches!(key, "title" | "start" | "draft" | "estimate");
    PLAN_KEYS.contains(&key) && !is_personal && nearest(key, RawPerson::FIELDS.iter().copied()).is_none()
}
