//! A made-up plan of any length, to try tminus with and to measure it by.
//!
//! In: how many steps, with people or without. Out: the text of a plan in which a chain moves its shops to a
//! new system, a site after the other, one weekend after the other. Promised: the same bytes every time; as
//! many steps on the main line as were asked for, ways back beside them; it compiles without an error and
//! without a warning; time and text grow with the number of steps.

mod crew;
mod front;
mod idea;
mod ideas;
mod place;
mod random;
mod site;
mod writer;

use std::num::NonZeroU32;

use crew::Crews;
use place::Places;
use random::Random;
use site::Site;
use writer::Writer;

/// The most steps that a sample may have.
pub const MOST_STEPS: u32 = 100_000;

/// A site has so many steps at most.
const STEPS_A_SITE: u32 = 40;

/// Where the numbers begin from which everything is drawn.
const SEED: u64 = 2027;

/// Who does the steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Staffing {
    /// People with roles, phones, stand-ins and days off.
    Named,
    /// Nobody yet, as in a first draft.
    Nobody,
}

/// What a sample is to be like.
#[derive(Debug, Clone)]
pub struct Sample {
    /// Its title, written as YAML.
    pub title: String,
    /// How many steps it has, ways back not counted.
    pub steps: NonZeroU32,
    /// Whether people do them.
    pub staffing: Staffing,
}

impl Sample {
    /// The plan.
    #[must_use]
    pub fn text(&self) -> String {
        let steps = self.steps.get();
        let places = Places::new(steps.div_ceil(STEPS_A_SITE), steps);
        let mut crews = Crews::new(&places, self.staffing);
        let mut random = Random::new(SEED);
        let mut body = Writer::default();
        let mut begins_with_preparations = false;
        for index in 0..places.sites {
            let site = Site::new(places.of(index), share(steps, places.sites, index), &mut random);
            begins_with_preparations |= index == 0 && site.has_preparations();
            site.write(&mut body, &mut crews, &mut random);
        }
        let mut text = front::front_matter(self, &places, &crews, begins_with_preparations);
        text.push_str(&front::introduction(&places));
        text.push_str(&body.into_text());
        text
    }
}

/// How many of the steps are those of one site: as even as can be.
fn share(steps: u32, sites: u32, index: u32) -> u32 {
    steps / sites + u32::from(index < steps % sites)
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn shares_add_up() {
        for (steps, sites) in [(1, 1), (40, 1), (41, 2), (999, 25), (100_000, 2500)] {
            let shares: Vec<u32> = (0..sites).map(|index| share(steps, sites, index)).collect();
            assert_eq!(shares.iter().sum::<u32>(), steps);
            assert!(shares.iter().max() <= shares.iter().min().map(|least| least + 1).as_ref());
        }
    }
}
