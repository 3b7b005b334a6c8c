//! People as pages name them.

use serde::Serialize;

use super::words;
use crate::plan::{Owner, PersonId, Plan, TeamId};

/// Somebody in a table of people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PersonView {
    /// The handle.
    pub handle: String,
    /// The name.
    pub name: String,
    /// What they do.
    pub role: String,
    /// Where a call reaches them.
    pub phone: String,
    /// Where mail reaches them.
    pub email: String,
    /// Who steps in for them.
    pub stands_in: String,
}

/// The name of a person or team.
#[must_use]
pub fn owner_name(plan: &Plan, owner: Owner) -> String {
    match owner {
        Owner::Person(person) => plan.roster.person(person).name.clone(),
        Owner::Team(team) => team_name(plan, team),
    }
}

/// A team as people say it.
#[must_use]
pub fn team_name(plan: &Plan, team: TeamId) -> String {
    format!("team {}", plan.roster.team(team).handle.value)
}

/// Names by which people are called in rows: the first word of the name where nobody else has it,
/// else the whole name, else the handle.
#[derive(Debug, Clone)]
pub struct ShortNames {
    names: Vec<String>,
}

impl ShortNames {
    /// The short names of everybody in a plan.
    #[must_use]
    pub fn new(plan: &Plan) -> Self {
        let people = &plan.roster.people;
        let mut first_count = std::collections::HashMap::new();
        let mut full_count = std::collections::HashMap::new();
        for person in people {
            *first_count.entry(first_word(&person.name)).or_insert(0) += 1;
            *full_count.entry(person.name.as_str()).or_insert(0) += 1;
        }
        let short = people.iter().map(|person| {
            let first = first_word(&person.name);
            if first_count[first] == 1 {
                first.to_owned()
            } else if full_count[person.name.as_str()] == 1 {
                person.name.clone()
            } else {
                format!("{} ({})", person.name, person.handle.value)
            }
        });
        Self { names: short.collect() }
    }

    /// The short name of somebody.
    #[must_use]
    pub fn person(&self, person: PersonId) -> &str {
        &self.names[person.index()]
    }

    /// The short name of a person or team.
    #[must_use]
    pub fn owner(&self, plan: &Plan, owner: Owner) -> String {
        match owner {
            Owner::Person(person) => self.person(person).to_owned(),
            Owner::Team(team) => team_name(plan, team),
        }
    }

    /// Several, as people list them.
    #[must_use]
    pub fn list(&self, people: &[PersonId]) -> String {
        let names: Vec<String> = people.iter().map(|person| self.person(*person).to_owned()).collect();
        words::listed(&names)
    }
}

/// The first name: the first word that is no title (`Dr.`), of `Obi, Carla` what stands after the
/// comma; the whole name where it begins with a small letter (`van den Berg`).
fn first_word(name: &str) -> &str {
    let given = name.split_once(',').map_or(name, |(_, given)| given);
    let mut words = given.split_whitespace();
    match words.find(|word| !word.ends_with('.')) {
        Some(word) if word.starts_with(char::is_lowercase) => name,
        Some(word) => word,
        None => name,
    }
}

/// Somebody with the number to call: `Raj, +1 555 0101`.
#[must_use]
pub fn with_phone(plan: &Plan, names: &ShortNames, person: PersonId) -> String {
    match &plan.roster.person(person).phone {
        Some(phone) => format!("{}, {phone}", names.person(person)),
        None => names.person(person).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_and_family_names_are_no_first_names() {
        for (name, short) in [
            ("Ana Reyes", "Ana"),
            ("Dr. Amara Obi", "Amara"),
            ("Prof. Dr. Karl Müller", "Karl"),
            ("Obi, Carla", "Carla"),
            ("van den Berg Jan", "van den Berg Jan"),
            ("de la Cruz, Ana", "Ana"),
            ("J. R.", "J. R."),
        ] {
            assert_eq!(first_word(name), short);
        }
    }
}
