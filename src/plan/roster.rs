//! People, teams and roles: who a handle means today.
//!
//! A handle is one thing. With a `people` map every handle must be known; without one, each handle
//! that is used is a person. Substitutions are applied when a handle is looked up.

use std::collections::{HashMap, HashSet};

use super::attributes::Written;
use super::ids::{PersonId, TeamId};
use super::messages;
use super::node::Owner;
use super::person::{Handle, KnownNames, Person, RawPerson, RawRoster, Team};
use super::{Header, Scopes};
use crate::diagnostic::Diagnostic;
use crate::document::PartId;
use crate::source::Span;

/// Everybody.
#[derive(Debug, Clone, Default)]
pub struct Roster {
    /// Everybody, first those of the map in its order, then others as they are met.
    pub people: Vec<Person>,
    /// The teams.
    pub teams: Vec<Team>,
    /// The roles: handle, and whom it means.
    pub roles: Vec<(Written<String>, Option<Owner>)>,
    /// By role: whom it means when nobody drops out.
    role_holders: HashMap<usize, String>,
    /// Whether there is a `people` map.
    pub declared: bool,
    known: HashMap<String, Handle>,
    scopes: Scopes,
    /// By file: the handles that it declares.
    own: Vec<Declared>,
    /// For how many unknown handles a near one was looked for.
    suggestions: usize,
    substitutes: HashMap<String, String>,
    pub(super) known_names: KnownNames,
    /// The handle that was looked up at a place, where a substitution for single steps asks for it.
    written: Option<HashMap<Span, String>>,
}

/// The handles of one file.
#[derive(Debug, Clone, Default)]
struct Declared {
    /// Whether it has a `people` map.
    people: bool,
    handles: HashSet<String>,
}

impl Declared {
    fn of(raw: &RawRoster) -> Self {
        let people = raw.people.iter().flatten().map(|person| &person.handle);
        let teams = raw.teams.iter().map(|(handle, _)| handle);
        let roles = raw.roles.iter().map(|(handle, _)| handle);
        Self {
            people: raw.people.is_some(),
            handles: people.chain(teams).chain(roles).map(|handle| handle.value.clone()).collect(),
        }
    }
}

impl Roster {
    /// Puts the roster together: everybody whom the plan and those that it links to declare.
    #[must_use]
    pub fn new(
        headers: &[Header],
        scopes: &Scopes,
        substitutes: &[(String, String)],
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut roster = Self {
            declared: headers.iter().any(|header| header.roster.people.is_some()),
            suggestions: 0,
            substitutes: substitutes.iter().cloned().collect(),
            scopes: scopes.clone(),
            own: headers.iter().map(|header| Declared::of(&header.roster)).collect(),
            ..Self::default()
        };
        // By handle: the first description, to be compared with later ones.
        let mut described: HashMap<&str, &RawPerson> = HashMap::new();
        for person in headers.iter().flat_map(|header| header.roster.people.iter().flatten()) {
            let (handle, span) = (&person.handle.value, person.handle.span);
            let first = described.get(handle.as_str()).copied();
            match first {
                Some(first) if first.says_the_same(person) || person.is_bare() => continue,
                Some(first) if !first.is_bare() => {
                    diagnostics.push(messages::two_descriptions(span, handle, first.handle.span));
                    continue;
                }
                Some(_) => roster.describe(person),
                None => {
                    roster.add_person(person);
                }
            }
            described.insert(handle, person);
        }
        let mut raw: Vec<RawRoster> = headers.iter().map(|header| header.roster.clone()).collect();
        roster.claim_teams_and_roles(&mut raw, diagnostics);
        for raw in &raw {
            roster.fill(raw, diagnostics);
        }
        roster
    }

    /// A team or role that an outer plan has in the same words is that one, and is left out here.
    fn claim_teams_and_roles(&mut self, raw: &mut [RawRoster], diagnostics: &mut Vec<Diagnostic>) {
        let mut teams: HashMap<String, Vec<String>> = HashMap::new();
        let mut roles: HashMap<String, String> = HashMap::new();
        for raw in raw {
            raw.teams.retain(|(handle, members)| {
                let members: Vec<String> = members.iter().map(|member| member.value.clone()).collect();
                if teams.get(&handle.value) == Some(&members)
                    && self.scopes.part_at(handle.span) != PartId::ROOT
                {
                    return false;
                }
                let id = TeamId::new(self.teams.len());
                if self.claim(handle, Handle::Team(id), diagnostics) {
                    self.teams.push(Team { handle: handle.clone(), members: Vec::new() });
                    teams.insert(handle.value.clone(), members);
                }
                true
            });
            raw.roles.retain(|(handle, target)| {
                if roles.get(&handle.value) == Some(&target.value)
                    && self.scopes.part_at(handle.span) != PartId::ROOT
                {
                    return false;
                }
                let id = self.roles.len();
                if self.claim(handle, Handle::Role(id), diagnostics) {
                    self.roles.push((handle.clone(), None));
                    roles.insert(handle.value.clone(), target.value.clone());
                }
                true
            });
        }
    }

    /// Members, targets and backups, now that every handle is known.
    fn fill(&mut self, raw: &RawRoster, diagnostics: &mut Vec<Diagnostic>) {
        for (handle, target) in &raw.roles {
            let Some(&Handle::Role(index)) = self.known.get(&handle.value) else { continue };
            match self.known.get(&target.value) {
                Some(Handle::Role(_)) => diagnostics.push(messages::role_of_role(target.span, &target.value)),
                _ => {
                    self.roles[index].1 = self.look_up(&target.value, target.span, diagnostics);
                    self.role_holders.insert(index, target.value.clone());
                }
            }
        }
        for (handle, members) in &raw.teams {
            let Some(&Handle::Team(id)) = self.known.get(&handle.value) else { continue };
            for member in members {
                match self.look_up(&member.value, member.span, diagnostics) {
                    Some(Owner::Person(person)) => {
                        let list = &mut self.teams[id.index()].members;
                        if !list.contains(&person) {
                            list.push(person);
                        }
                    }
                    Some(Owner::Team(_)) => {
                        diagnostics.push(messages::team_in_team(member.span, &member.value))
                    }
                    None => {}
                }
            }
            if members.is_empty() {
                diagnostics.push(messages::empty_team(handle.span, &handle.value));
            }
        }
        for person in raw.people.iter().flatten() {
            let Some(backup) = &person.backup else { continue };
            let found = self.look_up_as_written(&backup.value, backup.span, diagnostics);
            let Some(&Handle::Person(id)) = self.known.get(&person.handle.value) else { continue };
            match found {
                Some(owner) => {
                    self.people[id.index()].backup.get_or_insert((owner, backup.span));
                }
                None => self.people[id.index()].misread = true,
            }
        }
    }

    fn claim(
        &mut self,
        handle: &Written<String>,
        as_what: Handle,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> bool {
        if !super::attributes::is_name(&handle.value) {
            diagnostics.push(messages::bad_handle(handle.span, &handle.value));
            return false;
        }
        let first = self.known.get(&handle.value).map(|known| match known {
            Handle::Person(id) => (self.people[id.index()].handle.span, "a person"),
            Handle::Team(id) => (self.teams[id.index()].handle.span, "a team"),
            Handle::Role(index) => (self.roles[*index].0.span, "a role"),
        });
        match first {
            Some((span, what)) => {
                diagnostics.push(messages::handle_is_two_things(handle.span, &handle.value, span, what));
                false
            }
            None => {
                self.known.insert(handle.value.clone(), as_what);
                true
            }
        }
    }

    fn add_person(&mut self, raw: &RawPerson) -> PersonId {
        let id = PersonId::new(self.people.len());
        self.known.insert(raw.handle.value.clone(), Handle::Person(id));
        self.people.push(Person::new(raw));
        id
    }

    /// Describes somebody of whom only the handle was known.
    fn describe(&mut self, raw: &RawPerson) {
        if let Some(Handle::Person(id)) = self.known.get(&raw.handle.value) {
            self.people[id.index()] = Person::new(raw);
        }
    }

    /// From now on keeps which handle is written where, or not.
    pub(super) fn remember_handles(&mut self, asked: bool) {
        self.written = asked.then(HashMap::new);
    }

    /// Whether it does: then nobody is left out of a list for being in it twice, since a substitution
    /// for a single step may still part the two.
    pub(super) fn remembers_handles(&self) -> bool {
        self.written.is_some()
    }

    /// The handle that was looked up at a place.
    pub(super) fn written_at(&self, span: Span) -> Option<&str> {
        self.written.as_ref()?.get(&span).map(String::as_str)
    }

    /// The handle of the person that a role names, or of the person itself, when nobody drops out.
    pub(super) fn person_behind(&self, handle: &str) -> Option<&str> {
        match self.known.get_key_value(handle)? {
            (own, Handle::Person(_)) => Some(own),
            (_, Handle::Role(index)) => self.role_holders.get(index).map(String::as_str),
            (_, Handle::Team(_)) => None,
        }
    }

    /// Whom a handle means today, substitutes considered; an unknown one is reported.
    pub fn look_up(&mut self, handle: &str, span: Span, diagnostics: &mut Vec<Diagnostic>) -> Option<Owner> {
        if let Some(written) = &mut self.written {
            written.insert(span, handle.to_owned());
        }
        if let Some(substitute) = self.substitutes.get(handle).cloned() {
            if !self.declared {
                // Without a roster, those whom the plan names are its people; they too can drop out.
                self.look_up_as_written(handle, span, diagnostics);
            }
            return self.stand_in(handle, &substitute, span);
        }
        let owner = self.look_up_as_written(handle, span, diagnostics)?;
        // A role may mean somebody who drops out.
        let Owner::Person(person) = owner else { return Some(owner) };
        let own = &self.people[person.index()].handle.value;
        if own == handle {
            return Some(owner);
        }
        match self.substitutes.get(own).cloned() {
            Some(substitute) => {
                let own = own.clone();
                self.stand_in(&own, &substitute, span)
            }
            None => Some(owner),
        }
    }

    fn stand_in(&mut self, handle: &str, substitute: &str, span: Span) -> Option<Owner> {
        // Whether the substitute is known was settled with the command line.
        let owner = self.substitute(substitute, span)?;
        if let Owner::Person(person) = owner {
            let list = &mut self.people[person.index()].stands_in_for;
            if !list.iter().any(|known| known == handle) {
                list.push(handle.to_owned());
            }
        }
        Some(owner)
    }

    /// Whom a handle means when nobody drops out.
    pub fn look_up_as_written(
        &mut self,
        handle: &str,
        span: Span,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Owner> {
        if !self.is_visible(handle, span) {
            self.suggestions += 1;
            let compared = self.suggestions <= super::names::MOST_SUGGESTIONS;
            let near = self.visible_handles(span).take(if compared { usize::MAX } else { 0 });
            diagnostics.push(messages::unknown_owner(span, handle, near));
            return None;
        }
        self.substitute(handle, span)
    }

    /// Whom a handle means, wherever it is declared: whoever stands in may come from any file.
    pub(super) fn substitute(&mut self, handle: &str, span: Span) -> Option<Owner> {
        match self.known.get(handle) {
            Some(Handle::Person(id)) => Some(Owner::Person(*id)),
            Some(Handle::Team(id)) => Some(Owner::Team(*id)),
            Some(Handle::Role(index)) => self.roles[*index].1,
            None => Some(Owner::Person(self.add_person(&RawPerson::new(handle, span)))),
        }
    }

    /// Whether a handle means somebody at a place: where no `people` map is in sight, every one does.
    fn is_visible(&self, handle: &str, place: Span) -> bool {
        let mut in_sight = false;
        for part in self.scopes.outward(self.scopes.part_at(place)) {
            let own = &self.own[part.index()];
            in_sight |= own.people;
            if own.handles.contains(handle) {
                return true;
            }
        }
        !in_sight
    }

    fn visible_handles(&self, place: Span) -> impl Iterator<Item = &str> {
        let parts = self.scopes.outward(self.scopes.part_at(place));
        let seen: Vec<&Declared> = parts.map(|part| &self.own[part.index()]).collect();
        self.handles().filter(move |handle| seen.iter().any(|own| own.handles.contains(*handle)))
    }

    /// Every handle that is known.
    pub fn handles(&self) -> impl Iterator<Item = &str> {
        let people = self.people.iter().map(|person| person.handle.value.as_str());
        let teams = self.teams.iter().map(|team| team.handle.value.as_str());
        people.chain(teams).chain(self.roles.iter().map(|(handle, _)| handle.value.as_str()))
    }

    /// Whom a handle means when nobody drops out. stands for.
    #[must_use]
    pub fn means(&self, handle: &str) -> Option<Handle> {
        self.known.get(handle).copied()
    }

    /// Whether a handle is known.
    #[must_use]
    pub fn knows(&self, handle: &str) -> bool {
        self.known.contains_key(handle)
    }

    /// Whether a handle can be somebody's substitute: a person or role, and without a roster anybody.
    pub(super) fn may_stand_in(&self, handle: &str) -> bool {
        match self.known.get(handle) {
            Some(Handle::Person(_) | Handle::Role(_)) => true,
            Some(Handle::Team(_)) => false,
            None => !self.declared,
        }
    }

    /// Who steps in for somebody by their own entry, unless that person drops out too.
    #[must_use]
    pub fn stand_in_of(&self, person: PersonId) -> Option<Owner> {
        let (backup, _) = self.people[person.index()].backup?;
        let gone = matches!(backup, Owner::Person(backup) if self.drops_out(backup));
        (!gone).then_some(backup)
    }

    /// Whether somebody stands in for this person today.
    #[must_use]
    pub fn drops_out(&self, person: PersonId) -> bool {
        self.substitutes.contains_key(&self.people[person.index()].handle.value)
    }

    /// Somebody.
    #[must_use]
    pub fn person(&self, id: PersonId) -> &Person {
        &self.people[id.index()]
    }

    /// A team.
    #[must_use]
    pub fn team(&self, id: TeamId) -> &Team {
        &self.teams[id.index()]
    }

    /// The handle of a person or team.
    #[must_use]
    pub fn handle(&self, owner: Owner) -> &str {
        match owner {
            Owner::Person(id) => &self.person(id).handle.value,
            Owner::Team(id) => &self.team(id).handle.value,
        }
    }
}
