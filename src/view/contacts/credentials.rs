//! Who holds which credential, and which steps ask for it.

use std::collections::HashMap;

use serde::Serialize;

use crate::plan::PersonId;
use crate::view::presenter::Presenter;
use crate::view::words;

/// So many steps are named.
const MOST_NAMED: usize = 16;

/// A credential.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Credential {
    /// Its name.
    pub name: String,
    /// Who holds it, each with the number to call.
    pub holders: Vec<String>,
    /// What to look out for: `only one`, `nobody`; empty where it is asked for by no step, or held by several.
    pub mark: &'static str,
    /// The steps that ask for it, by number.
    pub steps: String,
}

impl Presenter<'_> {
    /// Every credential that somebody holds or a step asks for: first those of the roster, in its order.
    pub(super) fn credentials(&self) -> Vec<Credential> {
        let plan = self.plan();
        let mut place: HashMap<&str, usize> = HashMap::new();
        let mut found: Vec<(&str, Vec<PersonId>, Vec<String>)> = Vec::new();
        for (index, person) in plan.roster.people.iter().enumerate() {
            for access in &person.access {
                let at = at(&mut place, &mut found, &access.value);
                if found[at].1.last() != Some(&PersonId::new(index)) {
                    found[at].1.push(PersonId::new(index));
                }
            }
        }
        for id in self.all_steps() {
            for given in &plan.node(id).access {
                let at = at(&mut place, &mut found, &given.value);
                let number = self.number(id);
                if found[at].2.last() != Some(&number) {
                    found[at].2.push(number);
                }
            }
        }
        let credential = |(name, holders, steps): (&str, Vec<PersonId>, Vec<String>)| Credential {
            name: name.to_owned(),
            mark: match (holders.len(), steps.is_empty()) {
                (_, true) | (2.., _) => "",
                (0, _) => "nobody holds it",
                (1, _) => "only one",
            },
            holders: holders.iter().map(|person| self.with_phone(*person).to_owned()).collect(),
            steps: named(&steps),
        };
        found.into_iter().map(credential).collect()
    }
}

/// The place of a credential in the list; a new one is put at its end.
fn at<'a>(
    place: &mut HashMap<&'a str, usize>,
    found: &mut Vec<(&'a str, Vec<PersonId>, Vec<String>)>,
    name: &'a str,
) -> usize {
    *place.entry(name).or_insert_with(|| {
        found.push((name, Vec::new(), Vec::new()));
        found.len() - 1
    })
}

fn named(steps: &[String]) -> String {
    if steps.len() > MOST_NAMED {
        let first = steps[..MOST_NAMED].join(", ");
        return format!("{first} and {} more", words::count(steps.len() - MOST_NAMED, "step"));
    }
    steps.join(", ")
}
