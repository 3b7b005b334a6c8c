//! People as pages name them.

use serde::Serialize;

use super::words;
use crate::plan::{Given, Owner, PersonId, Plan, TeamId};

/// So many letters of a number stand in one line in any column.
const WHOLE_PHONE: usize = 22;

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
    /// The same as a link; empty where it is no number.
    pub tel: String,
    /// Where mail reaches them.
    pub email: String,
    /// Who steps in for them.
    pub stands_in: String,
}

/// Somebody to call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Contact {
    /// The name as the page calls them.
    pub name: String,
    /// Where a call reaches them; empty where that is not known.
    pub phone: String,
    /// The same as a link; empty where it is no number.
    pub tel: String,
}

impl Contact {
    /// Somebody, by this name.
    #[must_use]
    pub fn new(plan: &Plan, person: PersonId, name: &str) -> Self {
        let phone = plan.roster.person(person).phone.as_deref().unwrap_or_default();
        Self { name: name.to_owned(), phone: phone.to_owned(), tel: tel(phone) }
    }

    /// As one says it: `Raj, +1 555 0101`.
    #[must_use]
    pub fn said(&self) -> String {
        if self.phone.is_empty() { self.name.clone() } else { [&self.name, ", ", &self.phone].concat() }
    }

    /// The same, with a number that no end of a line parts, unless it takes more than a narrow column has.
    #[must_use]
    pub fn said_whole(&self) -> String {
        if self.phone.is_empty() || self.phone.chars().count() > WHOLE_PHONE {
            return self.said();
        }
        [&self.name, ", ", &self.phone.replace(' ', "\u{a0}")].concat()
    }
}

/// A number as a telephone takes it: `tel:+15550101`. What comes after the number (`room 3`) is for
/// people; what is no number gives nothing.
#[must_use]
pub fn tel(phone: &str) -> String {
    let phone = phone.trim_start();
    // The zero in brackets is dialled at home only.
    let abroad = phone.strip_prefix('+').map(|number| number.replace("(0)", ""));
    let is_part = |c: char| c.is_ascii_digit() || " ()-./\u{a0}\u{202f}".contains(c);
    let written = abroad.as_deref().unwrap_or(phone);
    let mut link = String::with_capacity(5 + written.len());
    link.push_str(if abroad.is_some() { "tel:+" } else { "tel:" });
    let before = link.len();
    link.extend(written.chars().take_while(|c| is_part(*c)).filter(char::is_ascii_digit));
    if link.len() < before + 3 { String::new() } else { link }
}

/// A team as people say it.
#[must_use]
pub fn team_name(plan: &Plan, team: TeamId) -> String {
    format!("team {}", plan.roster.team(team).handle.value)
}

/// Names by which people are told apart wherever they are shown.
///
/// In rows they are called by the first word of the name where nobody else has it, else by the whole name. Where two
/// people share that too, the handle stands behind it, in rows and elsewhere.
#[derive(Debug, Clone)]
pub struct Names {
    short: Vec<String>,
    full: Vec<String>,
}

impl Names {
    /// The names of everybody in a plan.
    #[must_use]
    pub fn new(plan: &Plan) -> Self {
        let people = &plan.roster.people;
        let mut first_count = std::collections::HashMap::new();
        for person in people {
            *first_count.entry(first_word(&person.name)).or_insert(0) += 1;
        }
        let ids = (0..people.len()).map(PersonId::new);
        let full: Vec<String> = ids.map(|person| plan.roster.told_apart(person).into_owned()).collect();
        let short = people.iter().zip(&full).map(|(person, full)| {
            let first = first_word(&person.name);
            if first_count[first] == 1 { first.to_owned() } else { full.clone() }
        });
        Self { short: short.collect(), full }
    }

    /// The short name of somebody.
    #[must_use]
    pub fn person(&self, person: PersonId) -> &str {
        &self.short[person.index()]
    }

    /// The full name of somebody, with the handle behind it where two people share it.
    #[must_use]
    pub fn full(&self, person: PersonId) -> &str {
        &self.full[person.index()]
    }

    /// The full name of a person, or a team.
    #[must_use]
    pub fn full_owner(&self, plan: &Plan, owner: Owner) -> String {
        match owner {
            Owner::Person(person) => self.full(person).to_owned(),
            Owner::Team(team) => team_name(plan, team),
        }
    }

    /// The short name of a person or team.
    #[must_use]
    pub fn owner(&self, plan: &Plan, owner: Owner) -> String {
        match owner {
            Owner::Person(person) => self.person(person).to_owned(),
            Owner::Team(team) => team_name(plan, team),
        }
    }

    /// The full names of those who are written somewhere, as people list them, in brackets after what stands before;
    /// empty where nobody is.
    #[must_use]
    pub fn in_brackets(&self, plan: &Plan, owners: &[Given<Owner>]) -> String {
        let names: Vec<String> = owners.iter().map(|given| self.full_owner(plan, given.value)).collect();
        if names.is_empty() { String::new() } else { format!(" ({})", words::listed(&names)) }
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
    let is_name =
        |text: &str| text.contains(char::is_alphabetic) && !text.contains(|c: char| c.is_ascii_digit());
    let given = name.split_once(',').map(|(_, given)| given).filter(|given| is_name(given)).unwrap_or(name);
    let mut words = given.split_whitespace();
    match words.find(|word| !word.ends_with('.')) {
        Some(word) if word.starts_with(char::is_lowercase) => name,
        Some(word) => word,
        None => name,
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
            ("Tom Becker, 555 0101", "Tom"),
            ("Tom Becker, ext. 12", "Tom"),
            ("Tom Becker,", "Tom"),
        ] {
            assert_eq!(first_word(name), short);
        }
    }

    #[test]
    fn numbers_can_be_dialled() {
        for (phone, link) in [
            ("+1 555 0101", "tel:+15550101"),
            ("+49 (0) 30-5550.100, room 3", "tel:+49305550100"),
            ("112", "tel:112"),
            ("0190 / 555", "tel:0190555"),
            ("ask the desk", ""),
            ("\"><script>1234", ""),
            ("12", ""),
            ("", ""),
        ] {
            assert_eq!(tel(phone), link, "{phone}");
        }
    }
}
