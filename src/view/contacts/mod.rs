//! Everybody in the plan: how to reach them, who stands in, when they are called first, what they hold.
//!
//! Those of the roster who have nothing to do come last, and are marked. Who holds which credential is
//! shown from the other side too, because the night turns on the one that only one person has.

mod credentials;
mod reach;

use std::collections::{HashMap, HashSet};

use serde::Serialize;

use super::head::Head;
use super::owner::OwnerPage;
use super::presenter::Presenter;
use super::words::{self, Words};
use crate::plan::{Owner, Person, PersonId, StepKind};
use crate::schedule::{Clock, shown_stretch};

pub use credentials::Credential;

/// The people of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ContactsPage {
    /// The head of all pages.
    pub head: Head,
    /// Everybody, those without a step last.
    pub people: Vec<ContactEntry>,
    /// Teams and roles, and whom they mean.
    pub groups: Vec<ContactGroup>,
    /// Who holds which credential.
    pub credentials: Vec<Credential>,
}

/// Somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ContactEntry {
    /// The name.
    pub name: String,
    /// The handle.
    pub handle: String,
    /// What they do.
    pub role: String,
    /// What they are on the night: `calls the steps`, `decides at gates`, `stands in today for Ana`.
    pub parts: Vec<String>,
    /// The file of their own page without its ending, as a link; empty when they have none.
    pub file_link: String,
    /// Where a call reaches them.
    pub phone: String,
    /// The same as a link; empty where it is no plain number.
    pub phone_link: String,
    /// Where mail reaches them.
    pub email: String,
    /// The same as a link; empty where it is no plain address.
    pub email_link: String,
    /// When they are called first; empty without a step.
    pub first_call: String,
    /// The same on their own clock, where that shows another time.
    pub own_first_call: String,
    /// How many steps they have, and until when they are needed.
    pub facts: Vec<String>,
    /// Who steps in for them, with the number to call.
    pub stands_in: String,
    /// Their zone and how far it is from the plan's, where it is another one.
    pub zone: String,
    /// When they are on duty; empty is always.
    pub hours: String,
    /// When they are away.
    pub away: Vec<String>,
    /// Credentials they hold.
    pub access: Vec<Held>,
    /// Whether they have anything to do with the plan.
    pub involved: bool,
}

/// A credential that somebody holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Held {
    /// Its name.
    pub name: String,
    /// Whether nobody else holds it.
    pub only: bool,
}

/// A team or a role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ContactGroup {
    /// Its handle.
    pub name: String,
    /// `team` or `role`.
    pub kind: &'static str,
    /// Whom it means, each with the number to call.
    pub who: Vec<String>,
    /// The file of its page without its ending, as a link; empty when it has none.
    pub file_link: String,
}

impl Presenter<'_> {
    /// Everybody in this plan; none when it names nobody. `owners` are the pages that there are.
    #[must_use]
    pub fn contacts_page(&self, owners: &[OwnerPage]) -> Option<ContactsPage> {
        let roster = &self.plan().roster;
        if !self.has_contacts() {
            return None;
        }
        let involved = self.involved();
        let deciders = self.deciding();
        let credentials = self.credentials();
        let only_one = credentials.iter().filter(|one| one.holders.len() == 1);
        let only_one: HashSet<&str> = only_one.map(|one| one.name.as_str()).collect();
        // Pages of people stand in the order of the roster.
        let mut pages = owners.iter().filter(|page| page.kind == "person");
        let mut people: Vec<ContactEntry> = Vec::new();
        for (index, person) in roster.people.iter().enumerate() {
            let page = if involved[index] { pages.next() } else { None };
            let mut contact = self.contact_entry(PersonId::new(index), person, page, &only_one);
            contact.involved = involved[index];
            if deciders[index] {
                contact.parts.push("decides at gates".to_owned());
            }
            people.push(contact);
        }
        people.sort_by_key(|contact| !contact.involved);
        Some(ContactsPage { head: self.head(), people, groups: self.contact_groups(owners), credentials })
    }

    fn contact_entry(
        &self,
        id: PersonId,
        person: &Person,
        page: Option<&OwnerPage>,
        only_one: &HashSet<&str>,
    ) -> ContactEntry {
        let plan = self.plan();
        let held = person.access.iter().map(|access| &access.value);
        let mut access: Vec<Held> = Vec::new();
        for name in held {
            if access.iter().all(|known| known.name != *name) {
                access.push(Held { name: name.clone(), only: only_one.contains(name.as_str()) });
            }
        }
        let phone_link = person.phone.as_deref().and_then(reach::phone_link).unwrap_or_default();
        let first = page.and_then(|page| page.first_start);
        let own = self.clock_of(person).map(|clock| Words { clock, ..self.words });
        ContactEntry {
            name: person.name.clone(),
            handle: person.handle.value.clone(),
            role: person.role.clone().unwrap_or_default(),
            parts: self.parts(id, person),
            file_link: page.map(|page| page.file_link.clone()).unwrap_or_default(),
            phone: person.phone.clone().unwrap_or_default(),
            phone_link,
            email: person.email.clone().unwrap_or_default(),
            email_link: person.email.as_deref().and_then(reach::email_link).unwrap_or_default(),
            first_call: page.map(|page| page.first_call.clone()).unwrap_or_default(),
            own_first_call: first.zip(own).map(|(first, own)| own.short(first)).unwrap_or_default(),
            facts: page.map(|page| page.facts.clone()).unwrap_or_default(),
            stands_in: plan.roster.stand_in_of(id).map(|owner| self.reached_whole(owner)).unwrap_or_default(),
            zone: own.map(|own| self.other_zone(own)).unwrap_or_default(),
            hours: person.hours.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
            away: self.absences(id),
            access,
            involved: false,
        }
    }

    /// What somebody is on the night, besides the steps.
    fn parts(&self, id: PersonId, person: &Person) -> Vec<String> {
        let plan = self.plan();
        let mut parts = Vec::new();
        if plan.caller.as_ref().is_some_and(|caller| caller.value == Owner::Person(id)) {
            parts.push("calls the steps".to_owned());
        }
        if plan.roster.drops_out(id) {
            parts.push("drops out".to_owned());
        }
        let out: Vec<String> = person.stands_in_for.iter().map(|handle| self.known_as(handle)).collect();
        if !out.is_empty() {
            parts.push(format!("stands in today for {}", words::listed(&out)));
        }
        parts
    }

    /// By person: whether they decide at a gate of the main line.
    fn deciding(&self) -> Vec<bool> {
        let plan = self.plan();
        let mut deciding = vec![false; plan.roster.people.len()];
        for &id in &self.schedule().main.order {
            if plan.node(id).step_kind() == StepKind::Gate {
                for person in self.placed(id).into_iter().flat_map(|placed| &placed.people) {
                    deciding[person.index()] = true;
                }
            }
        }
        deciding
    }

    /// The clock of somebody who lives by another one than the plan.
    fn clock_of(&self, person: &Person) -> Option<Clock> {
        let zone = person.timezone.as_ref()?.value;
        (self.words.dated && self.words.clock.zone() != Some(zone)).then(|| Clock::of(zone))
    }

    /// `America/New_York (UTC−05:00), 6 h behind the plan`, and how far at the end where that is another time.
    fn other_zone(&self, own: Words) -> String {
        let main = &self.schedule().main;
        let zone = own.zone(main.start, main.finish);
        let apart = |moment| own.clock.offset(moment) - self.words.clock.offset(moment);
        let (first, last) = (apart(main.start), apart(main.finish));
        // Few zones change their clocks in the same night.
        if first == last {
            format!("{zone}, {}", beside_the_plan(first))
        } else {
            format!("{zone}, {}, at the end {}", beside_the_plan(first), beside_the_plan(last))
        }
    }

    fn absences(&self, id: PersonId) -> Vec<String> {
        let worker = &self.schedule().workers[id.index()];
        worker.away.iter().map(|absence| shown_stretch(absence.stretch, worker.clock)).collect()
    }

    fn contact_groups(&self, owners: &[OwnerPage]) -> Vec<ContactGroup> {
        let roster = &self.plan().roster;
        let links: HashMap<(&str, &str), &str> =
            owners.iter().map(|page| ((page.kind, page.name.as_str()), page.file_link.as_str())).collect();
        let link = |kind: &str, name: &str| links.get(&(kind, name)).copied().unwrap_or_default().to_owned();
        let teams = roster.teams.iter().map(|team| ContactGroup {
            name: team.handle.value.clone(),
            kind: "team",
            who: team.members.iter().map(|member| self.with_phone(*member).to_owned()).collect(),
            file_link: link("team", &team.handle.value),
        });
        let roles = roster.roles.iter().map(|(role, owner)| ContactGroup {
            name: role.value.clone(),
            kind: "role",
            who: owner.iter().map(|owner| self.reached(*owner)).collect(),
            file_link: link("role", &role.value),
        });
        teams.chain(roles).collect()
    }
}

/// How far somebody's clock is from the plan's: `6 h behind the plan`.
fn beside_the_plan(apart: i64) -> String {
    match apart {
        0 => "the same time as the plan".to_owned(),
        apart if apart < 0 => format!("{} behind the plan", words::length(apart)),
        apart => format!("{} ahead of the plan", words::length(apart)),
    }
}
