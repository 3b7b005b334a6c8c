//! The front matter's tree becomes typed settings.
//!
//! Every key is read on its own, so that one run reports every mistake of the block; a value that is
//! wrong counts as not there, and a misspelt key as the one that was meant.

mod blocks;
mod people;
mod values;

use std::cell::OnceCell;
use std::collections::HashSet;

use chrono_tz::Tz;

use super::attributes::Written;
use super::called::Called;
use super::duration::Estimate;
use super::meant_key::meant_key;
use super::messages;
use super::person::{RawPerson, RawRoster};
use super::time::Time;
use crate::diagnostic::{Diagnostic, Draft, Override, Rule, nearest, only_near};
use crate::document::{Entry, FrontMatter, Home, Node, NodeValue, PLAN_KEYS};
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
    /// Whether `start` or `t0` stands there, right or wrong, or may stand where nothing could be read.
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
    /// Whether bulleted lists have no order, where it says so.
    pub bullets_any_order: Option<bool>,
    /// `variants`
    pub variants: Vec<Written<String>>,
    /// `lints`
    pub lints: Vec<(Rule, Override)>,
    /// `systems`: name, and whether it is down at first.
    pub systems: Option<Vec<Written<(String, bool)>>>,
    /// `windows`
    pub windows: Vec<Written<(String, Time, Time)>>,
    /// The names of windows whose times are wrong.
    pub misread_windows: Vec<String>,
    /// `people`, `teams` and `roles`.
    pub roster: RawRoster,
}

impl Header {
    /// Reads the front matter. `people` is the tree of the roster file, when `people` names one.
    #[must_use]
    pub fn read(front: &FrontMatter, people: Option<&Node>, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let written = front.entries.iter().map(|entry| entry.key.as_str()).collect();
        let own = front.entries.iter().find(|entry| entry.key == "people").map(|entry| &entry.value);
        let tree = own.map(|own| if own.text().is_some() { people } else { Some(own) });
        let (tree, called, home) = (tree.flatten(), OnceCell::new(), Home::FrontMatter);
        let mut reader = Reader { header: Self::default(), home, written, tree, called, diagnostics };
        reader.header.title = front.foreign_title.clone();
        reader.header.has_anchor = front.is_broken;
        for entry in &front.entries {
            reader.entry(entry, people);
        }
        reader.header
    }

    /// The handles of people and roles.
    pub(super) fn handles(&self) -> impl Iterator<Item = &str> {
        let people = self.roster.people.iter().flatten().map(|person| person.handle.value.as_str());
        people.chain(self.roster.roles.iter().map(|(role, _)| role.value.as_str()))
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
    /// Where what is read now stands.
    home: Home,
    /// The keys as they stand there.
    written: HashSet<&'a str>,
    /// Everybody, as written; and who is called what, found when first asked for.
    tree: Option<&'a Node>,
    called: OnceCell<Called>,
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
                self.unknown_key(entry, people);
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
                self.header.caller = self.handle(&entry.key, value);
            }
            "bridge" => self.header.bridge = self.texts(entry, "a text or a list of texts"),
            "closed" => self.header.closed = self.days(entry, "a list of days"),
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
                Some("any-order") => self.header.bullets_any_order = Some(true),
                Some("in-order") => self.header.bullets_any_order = Some(false),
                None => {}
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
                let is_file = value.text().is_some();
                if let Some(tree) = if is_file { people } else { Some(value) } {
                    self.home = if is_file { Home::Roster } else { Home::FrontMatter };
                    self.people(tree);
                    self.home = Home::FrontMatter;
                }
            }
            "teams" => {
                for team in self.map(entry, "a map from a handle to a list of handles") {
                    if let Some(members) = self.handles(&team) {
                        self.header.roster.teams.push((Written::new(team.key, team.key_span), members));
                    }
                }
            }
            "roles" => {
                for role in self.map(entry, "a map from a handle to a handle") {
                    let target = self.handle(&role.key, &role.value);
                    match (target, self.diagnostics.last_mut()) {
                        (Some(target), _) => {
                            self.header.roster.roles.push((Written::new(role.key, role.key_span), target));
                        }
                        // That nobody has the role follows from what was said of it.
                        (None, Some(said)) => said.silences = &[Rule::UnknownOwner],
                        (None, None) => {}
                    }
                }
            }
            key if key.starts_with("x-") => {}
            _ => self.unknown_key(entry, people),
        }
    }

    /// A misspelt key of which one is meant for certain is read as that one, so that nothing is said of its
    /// absence besides. Not a roster: without one there is less to say.
    fn unknown_key(&mut self, entry: &Entry, people: Option<&Node>) {
        if entry.key.starts_with("x-") {
            return;
        }
        let other = meant_key(&entry.key, PLAN_KEYS);
        let near = other.or_else(|| nearest(&entry.key, PLAN_KEYS.iter().copied()));
        if near.is_none() && RawPerson::FIELDS.contains(&entry.key.as_str()) {
            let people = self.header.roster.people.iter().flatten();
            let somebody = people.map(|person| person.handle.value.as_str()).next().unwrap_or("ana");
            return self.diagnostics.push(messages::key_of_person(entry.key_span, &entry.key, somebody));
        }
        self.say(messages::unknown_key(entry.key_span, &entry.key, PLAN_KEYS, "the front matter"));
        if let Some(meant) = other.or_else(|| only_near(&entry.key, PLAN_KEYS.iter().copied()))
            && meant != "people"
            && !self.written.contains(meant)
        {
            self.entry(&Entry { key: meant.to_owned(), ..entry.clone() }, people);
        }
    }

    fn say(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }
}
