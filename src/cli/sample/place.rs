//! Where and when: the sites of a sample, their regions, and their weekends.
//!
//! Promised: no two sites have the same name. The sites of one weekend lie in different regions, so that
//! each has systems and people of its own; a region has a site every weekend.

use chrono::{Days, NaiveDate};

const CITIES: [&str; 64] = [
    "Lisbon", "Turin", "Ghent", "Bergen", "Malaga", "Krakow", "Graz", "Aarhus", "Leeds", "Nantes", "Bremen",
    "Tartu", "Bilbao", "Verona", "Lund", "Utrecht", "Split", "Cork", "Kassel", "Lyon", "Porto", "Basel",
    "Trieste", "Turku", "Bath", "Rouen", "Leipzig", "Brno", "Valencia", "Parma", "Odense", "Delft", "Zadar",
    "Galway", "Ulm", "Dijon", "Braga", "Bern", "Pisa", "Tampere", "York", "Nancy", "Jena", "Olomouc",
    "Sevilla", "Lucca", "Malmo", "Leiden", "Rijeka", "Derry", "Mainz", "Rennes", "Evora", "Lugano", "Siena",
    "Oulu", "Exeter", "Reims", "Erfurt", "Poznan", "Cadiz", "Bari", "Uppsala", "Arnhem",
];

const QUARTERS: [&str; 41] = [
    "harbor",
    "station",
    "old town",
    "market hall",
    "university",
    "airport",
    "riverside",
    "museum",
    "castle",
    "garden",
    "bridge",
    "mill",
    "theater",
    "lighthouse",
    "park",
    "town hall",
    "brewery",
    "library",
    "abbey",
    "canal",
    "hillside",
    "stadium",
    "hospital",
    "fairground",
    "south gate",
    "north gate",
    "east gate",
    "west gate",
    "ferry",
    "orchard",
    "meadow",
    "quarry",
    "tower",
    "square",
    "arcade",
    "racecourse",
    "glass works",
    "windmill",
    "lakeside",
    "ropery",
    "customs house",
];

const REGIONS: [&str; 25] = [
    "coast", "north", "lakes", "south", "hills", "east", "valley", "west", "islands", "border", "plains",
    "forest", "delta", "ridge", "river", "moor", "dunes", "fjord", "heath", "marsh", "bay", "cape", "grove",
    "downs", "steppe",
];

/// A crew for so many steps.
const STEPS_A_CREW: u32 = 200;

/// The sites of a sample.
pub(super) struct Places {
    pub(super) sites: u32,
    /// How many crews there are; two share a region, and work every second weekend.
    pub(super) crews: u32,
    /// How many regions, and so how many sites a weekend.
    pub(super) regions: u32,
}

/// One site.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) city: &'static str,
    pub(super) quarter: &'static str,
    /// What begins the names of its steps and phases; empty where it is the only one.
    pub(super) prefix: String,
    /// The site of the same region a weekend earlier.
    pub(super) earlier: Option<Earlier>,
    /// What ends the names of its systems; empty where there is one region.
    pub(super) region: String,
    /// Who works there.
    pub(super) crew: u32,
    pub(super) weekend: Weekend,
    /// Whether it shares its weekend with a site before it.
    pub(super) is_beside_another: bool,
    /// Whether it is one of several.
    pub(super) is_one_of_several: bool,
}

/// A site that has had its night.
#[derive(Debug, Clone)]
pub(super) struct Earlier {
    pub(super) city: &'static str,
    /// What begins the names of its steps.
    pub(super) prefix: String,
}

/// The days around a night of work.
#[derive(Debug, Clone)]
pub(super) struct Weekend {
    pub(super) window: String,
    pub(super) wednesday: String,
    pub(super) friday: String,
    pub(super) saturday: String,
    pub(super) sunday: String,
}

impl Places {
    pub(super) fn new(sites: u32, steps: u32) -> Self {
        let regions_at_most = u32::try_from(REGIONS.len()).unwrap_or(1);
        let crews = steps.div_ceil(STEPS_A_CREW).min(2 * regions_at_most);
        Self { sites, crews, regions: crews.div_ceil(2) }
    }

    pub(super) fn of(&self, index: u32) -> Place {
        let several = self.sites > 1;
        let (weekend, region) = (index / self.regions, index % self.regions);
        let other_crew = 2 * region + weekend % 2;
        Place {
            city: city(index),
            quarter: quarter(index),
            prefix: if several { prefix(index) } else { String::new() },
            earlier: index
                .checked_sub(self.regions)
                .map(|earlier| Earlier { city: city(earlier), prefix: prefix(earlier) }),
            region: if self.regions > 1 { format!("-{}", region_name(region)) } else { String::new() },
            crew: if other_crew < self.crews { other_crew } else { 2 * region },
            weekend: self.weekend(weekend),
            is_beside_another: region > 0,
            is_one_of_several: several,
        }
    }

    /// How many weekends it takes.
    pub(super) fn weekends(&self) -> u32 {
        self.sites.div_ceil(self.regions)
    }

    pub(super) fn weekend(&self, index: u32) -> Weekend {
        let day = |after: u32| (first_wednesday() + Days::new(u64::from(7 * index + after))).to_string();
        let window = if self.weekends() > 1 { format!("night-{}", index + 1) } else { "night".to_owned() };
        Weekend { window, wednesday: day(0), friday: day(2), saturday: day(3), sunday: day(4) }
    }

    /// The names of the regions, as they end the names of systems.
    pub(super) fn region_endings(&self) -> Vec<String> {
        match self.regions {
            1 => vec![String::new()],
            regions => (0..regions).map(|region| format!("-{}", region_name(region))).collect(),
        }
    }
}

/// The Monday and Tuesday before the Wednesday of a weekend: nothing but work in days falls on them.
pub(super) fn days_before(weekend: u32) -> (String, String) {
    let wednesday = first_wednesday() + Days::new(u64::from(7 * weekend));
    ((wednesday - Days::new(2)).to_string(), (wednesday - Days::new(1)).to_string())
}

/// What the name of a crew's region is.
pub(super) fn region_name(region: u32) -> &'static str {
    REGIONS[region as usize % REGIONS.len()]
}

fn first_wednesday() -> NaiveDate {
    NaiveDate::from_ymd_opt(2027, 3, 3).unwrap_or_default()
}

fn city(index: u32) -> &'static str {
    CITIES[index as usize % CITIES.len()]
}

/// Moves on with every round of the cities, so that the pairs differ.
fn quarter(index: u32) -> &'static str {
    let round = index as usize / CITIES.len();
    QUARTERS[(index as usize % CITIES.len() + round) % QUARTERS.len()]
}

fn prefix(index: u32) -> String {
    format!("{}-{}-", city(index).to_lowercase(), quarter(index).replace(' ', "-"))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{Places, prefix};

    #[test]
    fn no_two_sites_have_one_name() {
        let names: HashSet<String> = (0..2500).map(prefix).collect();
        assert_eq!(names.len(), 2500);
    }

    #[test]
    fn the_sites_of_a_weekend_have_crews_and_regions_of_their_own() {
        let places = Places::new(250, 10_000);
        assert_eq!((places.regions, places.weekends()), (25, 10));
        let first: Vec<_> = (0..25).map(|index| places.of(index)).collect();
        assert!(first.iter().all(|place| place.weekend.saturday == "2027-03-06"));
        assert_eq!(first.iter().map(|place| place.crew).collect::<HashSet<_>>().len(), 25);
        assert_eq!(first.iter().map(|place| &place.region).collect::<HashSet<_>>().len(), 25);
        assert_ne!(first[0].crew, places.of(25).crew, "the other crew has the next weekend");
    }
}
