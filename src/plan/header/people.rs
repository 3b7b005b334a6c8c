//! The roster in the front matter or in a file of its own: people, and what each of them says.

use super::Reader;
use crate::diagnostic::nearest;
use crate::document::{Entry, Home, Node, NodeValue, PLAN_KEYS};
use crate::plan::attributes::is_name;
use crate::plan::called::Called;
use crate::plan::messages;
use crate::plan::person::RawPerson;

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
                    for field in fields {
                        self.person_field(&mut person, field);
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
            "hours" => {
                for item in self.names(field, "hours such as `Mon-Fri 09:00-17:00`, or a list of them") {
                    match crate::plan::Hours::parse(&item.value) {
                        Some(hours) => person.hours.push(hours),
                        None => self.say(messages::bad_hours(item.span, &item.value)),
                    }
                }
            }
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
