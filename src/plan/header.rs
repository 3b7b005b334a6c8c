//! The front matter's tree becomes typed settings.
//!
//! Every key is read on its own, so that one run reports every mistake of the block; a key that is
//! wrong counts as not there.

use chrono_tz::Tz;

use super::attributes::{Written, is_name};
use super::duration::Estimate;
use super::messages;
use super::roster::{RawPerson, RawRoster};
use super::time::Time;
use crate::diagnostic::{Diagnostic, Draft, Override, Rule};
use crate::document::{Entry, FrontMatter, Node, NodeValue, PLAN_KEYS};
use crate::source::Span;

/// A variable of the front matter: its name, and its value unless the command line gives one.
pub type Variable = (String, Option<String>);

/// What the front matter says.
#[derive(Debug, Clone, Default)]
pub struct Header {
    /// `title`
    pub title: Option<String>,
    /// `start`
    pub start: Option<Written<Time>>,
    /// `t0`
    pub t0: Option<Written<Time>>,
    /// Whether `start` or `t0` stands there, right or wrong.
    pub has_anchor: bool,
    /// `timezone`
    pub timezone: Option<Written<Tz>>,
    /// Whether a `timezone` stands there, right or wrong.
    pub has_timezone: bool,
    /// `draft`
    pub draft: Draft,
    /// `caller`
    pub caller: Option<Written<String>>,
    /// `bridge`
    pub bridge: Vec<String>,
    /// `closed`
    pub closed: Vec<Written<(Time, Time)>>,
    /// `vars`; one without a value must be given on the command line.
    pub vars: Option<Vec<Written<Variable>>>,
    /// `estimate`
    pub estimate: Option<Written<Estimate>>,
    /// Whether bulleted lists have no order.
    pub bullets_any_order: bool,
    /// `variants`
    pub variants: Vec<Written<String>>,
    /// `lints`
    pub lints: Vec<(Rule, Override)>,
    /// `systems`: name, and whether it is down at first.
    pub systems: Option<Vec<Written<(String, bool)>>>,
    /// `windows`
    pub windows: Vec<Written<(String, Time, Time)>>,
    /// `people`, `teams` and `roles`.
    pub roster: RawRoster,
}

impl Header {
    /// Reads the front matter. `people` is the tree of the roster file, when `people` names one.
    #[must_use]
    pub fn read(front: &FrontMatter, people: Option<&Node>, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut reader = Reader { header: Self::default(), diagnostics };
        reader.header.title = front.foreign_title.clone();
        for entry in &front.entries {
            reader.entry(entry, people);
        }
        reader.header
    }

    /// The roster file that `people` names, with its place.
    #[must_use]
    pub fn roster_file(front: &FrontMatter) -> Option<(&str, Span)> {
        let entry = front.entries.iter().find(|entry| entry.key == "people")?;
        entry.value.text().map(|path| (path, entry.value.span))
    }
}

struct Reader<'a> {
    header: Header,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn entry(&mut self, entry: &Entry, people: Option<&Node>) {
        let value = &entry.value;
        let is_empty = matches!(value.value, NodeValue::Empty);
        self.header.has_anchor |= matches!(entry.key.as_str(), "start" | "t0") && !is_empty;
        if is_empty && entry.key != "vars" {
            if entry.key == "timezone" {
                self.header.has_timezone = true;
            }
            if !PLAN_KEYS.contains(&entry.key.as_str()) {
                self.unknown_key(entry);
            }
            return;
        }
        match entry.key.as_str() {
            "title" => self.header.title = self.text(entry),
            "start" => self.header.start = self.time(entry),
            "t0" => self.header.t0 = self.time(entry),
            "timezone" => {
                self.header.has_timezone = true;
                self.header.timezone = self.zone(entry);
            }
            "draft" => self.draft(entry),
            "caller" => {
                self.header.caller = self.handle(value);
            }
            "bridge" => self.header.bridge = self.texts(entry, "a text or a list of texts"),
            "closed" => {
                for item in self.list(entry, "a list of days") {
                    if let Some(range) = self.range(&item) {
                        self.header.closed.push(range);
                    }
                }
            }
            "vars" => self.vars(entry),
            "estimate" => {
                if let Some(text) = self.text(entry) {
                    match Estimate::parse(&text) {
                        Ok(estimate) => self.header.estimate = Some(Written::new(estimate, value.span)),
                        Err(error) => self.say(messages::bad_header_estimate(value.span, &text, &error)),
                    }
                }
            }
            "bullets" => match self.text(entry).as_deref() {
                Some("any-order") => self.header.bullets_any_order = true,
                Some("in-order") | None => {}
                Some(other) => {
                    self.say(messages::not_one_of(value.span, "bullets", other, &["in-order", "any-order"]))
                }
            },
            "variants" => {
                self.header.variants = self.names(entry, "a list of names such as `[staging, production]`");
            }
            "lints" => self.lints(entry),
            "systems" => self.systems(entry),
            "windows" => self.windows(entry),
            "people" => {
                let tree = if value.text().is_some() { people } else { Some(value) };
                if let Some(tree) = tree {
                    self.people(tree);
                }
            }
            "teams" => {
                for team in self.map(entry, "a map from a handle to a list of handles") {
                    let members = self.handles(&team.value);
                    self.header.roster.teams.push((Written::new(team.key, team.key_span), members));
                }
            }
            "roles" => {
                for role in self.map(entry, "a map from a handle to a handle") {
                    if let Some(target) = self.handle(&role.value) {
                        self.header.roster.roles.push((Written::new(role.key, role.key_span), target));
                    }
                }
            }
            key if key.starts_with("x-") => {}
            _ => self.unknown_key(entry),
        }
    }

    fn unknown_key(&mut self, entry: &Entry) {
        if !entry.key.starts_with("x-") {
            self.say(messages::unknown_key(entry.key_span, &entry.key, PLAN_KEYS, "the front matter"));
        }
    }

    fn say(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    // The forms of values.

    fn text(&mut self, entry: &Entry) -> Option<String> {
        match &entry.value.value {
            NodeValue::Text(text) => Some(text.clone()),
            _ => {
                self.say(messages::wrong_type(entry.value.span, &entry.key, "a text"));
                None
            }
        }
    }

    fn time(&mut self, entry: &Entry) -> Option<Written<Time>> {
        let text = self.text(entry)?;
        match Time::parse_absolute(&text) {
            Ok(time) => Some(Written::new(time, entry.value.span)),
            Err(error) => {
                self.say(*messages::bad_time(entry.value.span, &text, &error));
                None
            }
        }
    }

    fn zone(&mut self, entry: &Entry) -> Option<Written<Tz>> {
        let text = self.text(entry)?;
        match text.parse::<Tz>() {
            Ok(zone) => Some(Written::new(zone, entry.value.span)),
            Err(_) => {
                self.say(messages::unknown_zone(entry.value.span, &text));
                None
            }
        }
    }

    fn list(&mut self, entry: &Entry, wanted: &str) -> Vec<Node> {
        match &entry.value.value {
            NodeValue::List(list) => list.clone(),
            NodeValue::Text(_) => vec![entry.value.clone()],
            NodeValue::Empty => Vec::new(),
            NodeValue::Map(_) => {
                self.say(messages::wrong_type(entry.value.span, &entry.key, wanted));
                Vec::new()
            }
        }
    }

    fn map(&mut self, entry: &Entry, wanted: &str) -> Vec<Entry> {
        match &entry.value.value {
            NodeValue::Map(map) => map.clone(),
            NodeValue::Empty => Vec::new(),
            NodeValue::Text(_) | NodeValue::List(_) => {
                self.say(messages::wrong_type(entry.value.span, &entry.key, wanted));
                Vec::new()
            }
        }
    }

    fn texts(&mut self, entry: &Entry, wanted: &str) -> Vec<String> {
        let mut texts = Vec::new();
        for item in self.list(entry, wanted) {
            match item.text() {
                Some(text) => texts.push(text.to_owned()),
                None => self.say(messages::wrong_type(item.span, &entry.key, wanted)),
            }
        }
        texts
    }

    fn names(&mut self, entry: &Entry, wanted: &str) -> Vec<Written<String>> {
        let mut names = Vec::new();
        for item in self.list(entry, wanted) {
            match item.text() {
                Some(text) => names.push(Written::new(text.to_owned(), item.span)),
                None => self.say(messages::wrong_type(item.span, &entry.key, wanted)),
            }
        }
        names
    }

    fn handle(&mut self, node: &Node) -> Option<Written<String>> {
        match node.text() {
            // Quoted, an `@` gets past YAML: the same mistake, the same sentence.
            Some(text) if text.starts_with('@') => {
                self.say(messages::quoted_handle(node.span, text));
                Some(Written::new(text[1..].to_owned(), node.span))
            }
            Some(text) if is_name(text) => Some(Written::new(text.to_owned(), node.span)),
            Some(text) => {
                self.say(messages::bad_handle(node.span, text));
                None
            }
            None => {
                self.say(messages::wrong_type(node.span, "this", "a handle"));
                None
            }
        }
    }

    fn handles(&mut self, node: &Node) -> Vec<Written<String>> {
        match &node.value {
            NodeValue::List(list) => list.iter().filter_map(|item| self.handle(item)).collect(),
            NodeValue::Text(_) => self.handle(node).into_iter().collect(),
            NodeValue::Empty => Vec::new(),
            NodeValue::Map(_) => {
                self.say(messages::wrong_type(node.span, "this", "a list of handles"));
                Vec::new()
            }
        }
    }

    fn range(&mut self, node: &Node) -> Option<Written<(Time, Time)>> {
        let text = node.text().unwrap_or("");
        match Time::parse_range(text) {
            Ok(range) => Some(Written::new(range, node.span)),
            Err((part, error)) => {
                self.say(*messages::bad_range(node.span, part, &error));
                None
            }
        }
    }

    // The keys that are more than a value.

    fn draft(&mut self, entry: &Entry) {
        let Some(text) = self.text(entry) else { return };
        match text.as_str() {
            "final" => self.header.draft = Draft::Final,
            number => match number.parse::<u32>() {
                Ok(number) if number > 0 => self.header.draft = Draft::Number(number),
                _ => self.say(messages::not_one_of(
                    entry.value.span,
                    "draft",
                    number,
                    &["1", "2", "3", "final"],
                )),
            },
        }
    }

    fn vars(&mut self, entry: &Entry) {
        let mut vars = Vec::new();
        for var in self.map(entry, "a map from a name to a text") {
            let value = match &var.value.value {
                NodeValue::Empty => None,
                NodeValue::Text(text) if text.is_empty() || text == "null" => None,
                NodeValue::Text(text) if text.contains(['\n', '\r']) => {
                    self.say(messages::variable_of_lines(var.value.span, &var.key));
                    Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
                }
                NodeValue::Text(text) => Some(text.clone()),
                NodeValue::List(_) | NodeValue::Map(_) => {
                    self.say(messages::wrong_type(var.value.span, &var.key, "a text of one line"));
                    None
                }
            };
            vars.push(Written::new((var.key, value), var.key_span));
        }
        self.header.vars = Some(vars);
    }

    fn lints(&mut self, entry: &Entry) {
        for lint in self.map(entry, "a map from a rule to `allow`, `warn` or `deny`") {
            let Some(rule) = Rule::named(&lint.key) else {
                self.say(messages::unknown_rule(lint.key_span, &lint.key));
                continue;
            };
            let word = lint.value.text().unwrap_or("");
            match Override::named(word) {
                Some(level) => self.header.lints.push((rule, level)),
                None => {
                    self.say(messages::not_one_of(
                        lint.value.span,
                        &lint.key,
                        word,
                        &["allow", "warn", "deny"],
                    ));
                }
            }
        }
    }

    fn systems(&mut self, entry: &Entry) {
        let mut systems: Vec<Written<(String, bool)>> = Vec::new();
        match &entry.value.value {
            NodeValue::Map(map) => {
                for system in map {
                    let down = match system.value.text() {
                        Some("down") => true,
                        Some("up") => false,
                        None if matches!(system.value.value, NodeValue::Empty) => false,
                        other => {
                            let other = other.unwrap_or("").to_owned();
                            self.say(messages::not_one_of(
                                system.value.span,
                                &system.key,
                                &other,
                                &["up", "down"],
                            ));
                            false
                        }
                    };
                    systems.push(Written::new((system.key.clone(), down), system.key_span));
                }
            }
            _ => {
                for name in self.names(entry, "a list of names, or a map from a name to `up` or `down`") {
                    systems.push(Written::new((name.value, false), name.span));
                }
            }
        }
        self.header.systems = Some(systems);
    }

    fn windows(&mut self, entry: &Entry) {
        for window in self.map(entry, "a map from a name to `TIME .. TIME`") {
            if let Some(range) = self.range(&window.value) {
                let (from, to) = range.value;
                self.header.windows.push(Written::new((window.key, from, to), window.value.span));
            }
        }
    }

    fn people(&mut self, tree: &Node) {
        let NodeValue::Map(map) = &tree.value else {
            if !matches!(tree.value, NodeValue::Empty) {
                self.say(messages::wrong_type(
                    tree.span.part(0..1),
                    "people",
                    "a map from a handle to a person",
                ));
            }
            self.header.roster.people.get_or_insert_default();
            return;
        };
        let mut people = Vec::new();
        for entry in map {
            if !is_name(&entry.key) {
                self.say(messages::bad_handle(entry.key_span, &entry.key));
                continue;
            }
            let mut person = RawPerson::new(&entry.key, entry.key_span);
            match &entry.value.value {
                NodeValue::Empty => {}
                NodeValue::Text(name) => person.name = Some(name.clone()),
                NodeValue::Map(fields) => {
                    for field in fields {
                        self.person_field(&mut person, field);
                    }
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
            "backup" => person.backup = self.handle(&field.value),
            "access" => person.access = self.names(field, "a list of credential names"),
            "away" => {
                for item in self.list(field, "a list of days or times") {
                    if let Some(range) = self.range(&item) {
                        person.away.push(range);
                    }
                }
            }
            "hours" => {
                for item in self.names(field, "hours such as `Mon-Fri 09:00-17:00`, or a list of them") {
                    match super::Hours::parse(&item.value) {
                        Some(hours) => person.hours.push(hours),
                        None => self.say(messages::bad_hours(item.span, &item.value)),
                    }
                }
            }
            key if key.starts_with("x-") => {}
            key => self.say(messages::unknown_key(field.key_span, key, RawPerson::FIELDS, "a person")),
        }
    }
}
