//! People and teams: as the front matter has them, and as the plan knows them.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::OnceLock;

use chrono_tz::Tz;

use super::attributes::Written;
use super::called::Called;
use super::ids::{PersonId, TeamId};
use super::node::Owner;
use super::{Hours, Roster, Time};
use crate::source::Span;

/// People, teams and roles as the front matter has them.
#[derive(Debug, Clone, Default)]
pub struct RawRoster {
    /// The `people` map, if there is one.
    pub people: Option<Vec<RawPerson>>,
    /// Teams with their members.
    pub teams: Vec<(Written<String>, Vec<Written<String>>)>,
    /// Roles with whom they mean.
    pub roles: Vec<(Written<String>, Written<String>)>,
}

/// A person as the front matter has them.
#[derive(Debug, Clone)]
pub struct RawPerson {
    /// The handle.
    pub handle: Written<String>,
    /// `name`
    pub name: Option<String>,
    /// `role`
    pub role: Option<String>,
    /// `email`
    pub email: Option<String>,
    /// `phone`
    pub phone: Option<String>,
    /// `timezone`
    pub timezone: Option<Written<Tz>>,
    /// `backup`
    pub backup: Option<Written<String>>,
    /// `access`
    pub access: Vec<Written<String>>,
    /// `away`
    pub away: Vec<Written<(Time, Time)>>,
    /// `hours`
    pub hours: Vec<Hours>,
    /// Whether something of the entry was reported, and so counts as not there.
    pub misread: bool,
}

impl RawPerson {
    /// The keys of a person.
    pub const FIELDS: &'static [&'static str] =
        &["name", "role", "email", "phone", "timezone", "backup", "access", "away", "hours"];

    /// Somebody of whom only the handle is known.
    #[must_use]
    pub fn new(handle: &str, span: Span) -> Self {
        Self {
            handle: Written::new(handle.to_owned(), span),
            name: None,
            role: None,
            email: None,
            phone: None,
            timezone: None,
            backup: None,
            access: Vec::new(),
            away: Vec::new(),
            hours: Vec::new(),
            misread: false,
        }
    }
}

impl RawPerson {
    /// Whether an entry is a handle and nothing else.
    pub(super) fn is_bare(&self) -> bool {
        self.says_the_same(&Self::new(&self.handle.value, self.handle.span))
    }

    /// Whether another entry for the same handle says the same.
    pub(super) fn says_the_same(&self, other: &Self) -> bool {
        let values = |list: &[Written<String>]| list.iter().map(|one| one.value.clone()).collect::<Vec<_>>();
        let away = |person: &Self| person.away.iter().map(|one| one.value).collect::<Vec<_>>();
        let zone = |person: &Self| person.timezone.as_ref().map(|zone| zone.value);
        let backup = |person: &Self| person.backup.as_ref().map(|backup| backup.value.clone());
        (&self.name, &self.role, &self.email, &self.phone)
            == (&other.name, &other.role, &other.email, &other.phone)
            && (zone(self), backup(self)) == (zone(other), backup(other))
            && values(&self.access) == values(&other.access)
            && away(self) == away(other)
            && self.hours == other.hours
    }
}

/// Somebody.
#[derive(Debug, Clone)]
pub struct Person {
    /// The handle and where it was first seen.
    pub handle: Written<String>,
    /// The name, else the handle.
    pub name: String,
    /// What they do.
    pub role: Option<String>,
    /// Where mail reaches them.
    pub email: Option<String>,
    /// Where a call reaches them.
    pub phone: Option<String>,
    /// Their zone, where it is not the plan's.
    pub timezone: Option<Written<Tz>>,
    /// Who steps in for them.
    pub backup: Option<(Owner, Span)>,
    /// Credentials they hold.
    pub access: Vec<Written<String>>,
    /// When they are away.
    pub away: Vec<Written<(Time, Time)>>,
    /// When they are on duty; empty is always.
    pub hours: Vec<Hours>,
    /// Whether something of their entry was reported, and so counts as not there.
    pub misread: bool,
    /// The person for whom they stand in today.
    pub stands_in_for: Vec<String>,
}

impl Person {
    pub(super) fn new(raw: &RawPerson) -> Self {
        Self {
            handle: raw.handle.clone(),
            name: raw.name.clone().unwrap_or_else(|| raw.handle.value.clone()),
            role: raw.role.clone(),
            email: raw.email.clone(),
            phone: raw.phone.clone(),
            timezone: raw.timezone.clone(),
            backup: None,
            access: raw.access.clone(),
            away: raw.away.clone(),
            hours: raw.hours.clone(),
            misread: raw.misread,
            stands_in_for: Vec::new(),
        }
    }
}

/// What is found out about names when it is first asked for.
#[derive(Debug, Clone, Default)]
pub(super) struct KnownNames {
    /// Those that more than one has; asked for after everybody is known.
    shared: OnceLock<HashSet<String>>,
    /// The handles of those whom the front matter describes.
    called: OnceLock<Called>,
}

impl Roster {
    /// The handle of the only one who is called so in the front matter.
    pub(super) fn handle_of(&self, name: &str) -> Option<String> {
        let called = self.known_names.called.get_or_init(|| {
            let named = self.people.iter();
            Called::of(named.map(|person| (person.handle.value.as_str(), Some(person.name.as_str()))))
        });
        called.handle(name).map(str::to_owned)
    }

    /// Somebody's name as others are told of them: with the handle behind it where two people share it.
    #[must_use]
    pub fn told_apart(&self, id: PersonId) -> Cow<'_, str> {
        let shared = self.known_names.shared.get_or_init(|| {
            let mut seen = HashSet::new();
            let names = self.people.iter().map(|person| person.name.as_str());
            names.filter(|name| !seen.insert(*name)).map(str::to_owned).collect()
        });
        let person = self.person(id);
        if shared.contains(&person.name) {
            Cow::Owned(format!("{} ({})", person.name, person.handle.value))
        } else {
            Cow::Borrowed(&person.name)
        }
    }
}

/// A team.
#[derive(Debug, Clone)]
pub struct Team {
    /// Its handle.
    pub handle: Written<String>,
    /// Its members, in the listed order.
    pub members: Vec<PersonId>,
}

/// What a handle stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handle {
    /// Somebody.
    Person(PersonId),
    /// A team.
    Team(TeamId),
    /// A role, by its place in the list.
    Role(usize),
}
