//! Who does the steps: crews of five, with stand-ins that are free when they are needed.
//!
//! Two of a crew move the data and two the shop, in turn, so that each can stand in for the other; the fifth
//! leads. Of the roster only those stand in the plan who do something, or step in for somebody who does.

use super::Staffing;
use super::idea::Who;
use super::place::{Place, Places, days_before, region_name};

const FIRST: [&str; 64] = [
    "Ana", "Raj", "Mia", "Tomasz", "Linh", "Petra", "Yusuf", "Clara", "Emeka", "Sofia", "Jonas", "Dana",
    "Ravi", "Ines", "Oskar", "Leila", "Bruno", "Freya", "Kofi", "Marta", "Hugo", "Noor", "Pavel", "Alma",
    "Idris", "Greta", "Matteo", "Saoirse", "Viktor", "Amara", "Felix", "Zofia", "Tariq", "Elin", "Diego",
    "Hana", "Caspar", "Nadia", "Luca", "Ingrid", "Samir", "Vera", "Anders", "Chiara", "Milan", "Thea",
    "Rafael", "Asha", "Emil", "Livia", "Omar", "Signe", "Andrei", "Paula", "Kenji", "Maeve", "Stefan",
    "Irina", "Joel", "Farah", "Ivo", "Berit", "Nuno", "Selma",
];

const LAST: [&str; 64] = [
    "Reyes",
    "Patel",
    "Chen",
    "Wilk",
    "Tran",
    "Vollrath",
    "Aydemir",
    "Whitfield",
    "Oduya",
    "Marchetti",
    "Falkner",
    "Brookner",
    "Menon",
    "Castanho",
    "Lindqvist",
    "Haddad",
    "Ferri",
    "Dahl",
    "Mensah",
    "Kowal",
    "Brandt",
    "Rahimi",
    "Novak",
    "Santos",
    "Bello",
    "Baum",
    "Conti",
    "Byrne",
    "Orlov",
    "Nwosu",
    "Keller",
    "Maj",
    "Aziz",
    "Berg",
    "Vargas",
    "Sato",
    "Holm",
    "Petrov",
    "Rossi",
    "Nilsen",
    "Khan",
    "Jansen",
    "Lund",
    "Greco",
    "Horvat",
    "Moen",
    "Duarte",
    "Iyer",
    "Strand",
    "Pereira",
    "Farouk",
    "Skov",
    "Popa",
    "Ortega",
    "Mori",
    "Quinn",
    "Wagner",
    "Sokolova",
    "Roth",
    "Karimi",
    "Babic",
    "Hagen",
    "Matos",
    "Lehto",
];

const ROLES: [&str; 5] = ["Launch lead", "Databases", "Migration", "Store systems", "Network"];

/// A crew has so many people.
const SIZE: usize = 5;

/// Who steps in for each of a crew.
const STAND_INS: [usize; SIZE] = [1, 2, 1, 4, 3];

/// What each of a crew may use.
const ACCESS: [&str; SIZE] = ["", "stock-db", "stock-db", "deploy", "deploy"];

/// The people of a sample.
pub(super) struct Crews {
    staffing: Staffing,
    /// By person: whether the plan needs them.
    used: Vec<bool>,
    /// By crew: whether a step is for those two of it who move the shop, whoever is free.
    pairs: Vec<bool>,
    crews: u32,
    weekends: u32,
    turn: usize,
}

impl Crews {
    pub(super) fn new(places: &Places, staffing: Staffing) -> Self {
        let crews = places.crews as usize;
        Self {
            staffing,
            used: vec![false; crews * SIZE],
            pairs: vec![false; crews],
            crews: places.crews,
            weekends: places.weekends(),
            turn: 0,
        }
    }

    pub(super) fn staffing(&self) -> Staffing {
        self.staffing
    }

    /// The next one of a kind at a place, with the `@`; nothing where the plan names nobody.
    pub(super) fn next(&mut self, who: Who, place: &Place) -> Option<String> {
        if self.staffing == Staffing::Nobody {
            return None;
        }
        self.turn += 1;
        let member = match who {
            Who::Nobody => return None,
            Who::Lead => 0,
            Who::Data => 1 + self.turn % 2,
            Who::Shop => 3 + self.turn % 2,
            Who::Anybody => self.turn % SIZE,
            Who::Pair => return Some(self.pair(place.crew)),
        };
        Some(format!("@{}", self.person(place.crew as usize * SIZE + member)))
    }

    /// The lead of the first crew, who calls the steps.
    pub(super) fn caller(&self) -> Option<String> {
        self.used.first().copied().unwrap_or(false).then(|| handle(0))
    }

    /// The lines of the roster, in its order.
    pub(super) fn roster(&self) -> Vec<String> {
        let people = (0..self.used.len()).filter(|person| self.used[*person]);
        people.map(|person| self.entry(person)).collect()
    }

    /// The lines of the teams.
    pub(super) fn teams(&self) -> Vec<String> {
        let named = (0..self.crews).filter(|crew| self.pairs[*crew as usize]);
        let team = |crew: u32| {
            let first = crew as usize * SIZE;
            format!("  {}: [{}, {}]\n", pair_name(crew, self.crews), handle(first + 3), handle(first + 4))
        };
        named.map(team).collect()
    }

    fn pair(&mut self, crew: u32) -> String {
        self.pairs[crew as usize] = true;
        let first = crew as usize * SIZE;
        self.person(first + 3);
        self.person(first + 4);
        format!("@{}", pair_name(crew, self.crews))
    }

    /// The handle of somebody whom the plan needs, and so whoever steps in.
    fn person(&mut self, person: usize) -> String {
        let mut next = person;
        while !self.used[next] {
            self.used[next] = true;
            next = stand_in(next);
        }
        handle(person)
    }

    fn entry(&self, person: usize) -> String {
        let member = person % SIZE;
        let (first, last, backup) = (first_name(person), last_name(person), handle(stand_in(person)));
        let (handle, role, phone) = (handle(person), ROLES[member], 100 + person);
        let mut line = format!(
            "  {handle}: {{ name: {first} {last}, role: {role}, phone: \"+49 30 5550 {phone}\", backup: {backup}"
        );
        if !ACCESS[member].is_empty() {
            line.push_str(&format!(", access: [{}]", ACCESS[member]));
        }
        if person % 4 == 1 {
            // Early in a week, when nothing runs that can't pause.
            let week = u32::try_from(person).unwrap_or(0) * 3 % self.weekends;
            let (monday, tuesday) = days_before(week);
            line.push_str(&format!(", away: [{monday}..{tuesday}]"));
        }
        line.push_str(" }\n");
        line
    }
}

fn stand_in(person: usize) -> usize {
    person / SIZE * SIZE + STAND_INS[person % SIZE]
}

fn first_name(person: usize) -> &'static str {
    FIRST[person % FIRST.len()]
}

/// Moves on with every round of the first names, so that the pairs differ.
fn last_name(person: usize) -> &'static str {
    LAST[(person + person / FIRST.len() * 13) % LAST.len()]
}

/// The first name alone as long as there is no other of that name.
fn handle(person: usize) -> String {
    let first = first_name(person).to_lowercase();
    if person < FIRST.len() { first } else { format!("{first}-{}", last_name(person).to_lowercase()) }
}

fn pair_name(crew: u32, crews: u32) -> String {
    match crews {
        1 => "store-systems".to_owned(),
        _ if crew.is_multiple_of(2) => format!("store-systems-{}", region_name(crew / 2)),
        _ => format!("store-systems-{}-2", region_name(crew / 2)),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{handle, stand_in};

    #[test]
    fn no_two_people_have_one_handle() {
        let handles: HashSet<String> = (0..250).map(handle).collect();
        assert_eq!(handles.len(), 250);
    }

    #[test]
    fn nobody_steps_in_for_themselves() {
        assert!((0..250).all(|person| stand_in(person) != person && stand_in(person) / 5 == person / 5));
    }
}
