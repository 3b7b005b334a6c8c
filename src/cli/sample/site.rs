//! A site: which of the ideas are its steps, and in which phases they stand.
//!
//! First come those without which it would be no move: customers let in again, a decision, a stop with its
//! start, the copy. The others are drawn, phase by phase in turn, and keep the order of the ideas.

use super::crew::Crews;
use super::idea::{Idea, Who};
use super::ideas::{BACK, CLOSE, COPY, DATA, GATE, LEARN, LIVE, OPEN, PREPARE, SHOP, START, STOP};
use super::place::Place;
use super::random::Random;
use super::writer::{Order, Writer};

/// The phases whose steps are drawn.
const POOLS: [&[Idea]; 5] = [PREPARE, CLOSE, DATA, SHOP, LIVE];

/// In which order the phases get one more step, as places in [`POOLS`].
const TURNS: [usize; 10] = [0, 2, 3, 4, 0, 2, 3, 1, 0, 4];

/// The steps of a site.
pub(super) struct Site {
    place: Place,
    prepare: Vec<Idea>,
    close: Vec<Idea>,
    data: Vec<Idea>,
    shop: Vec<Idea>,
    gate: Option<Idea>,
    live: Vec<Idea>,
}

impl Site {
    /// A site of exactly so many steps; forty at most.
    pub(super) fn new(place: Place, steps: u32, random: &mut Random) -> Self {
        let mut left = steps.saturating_sub(1);
        let mut takes = |some: u32| {
            let fits = left >= some;
            left -= if fits { some } else { 0 };
            fits
        };
        let (decides, stops, copies) = (takes(1), takes(2), takes(1));
        let learns = place.earlier.is_some() && takes(1);
        let mut drawn = draw(left, random).into_iter();
        let mut next = || drawn.next().unwrap_or_default();
        let (prepare, close, data, shop, live) = (next(), next(), next(), next(), next());
        Self {
            place,
            prepare: learns.then_some(LEARN).into_iter().chain(prepare).collect(),
            close: close.into_iter().chain(stops.then_some(STOP)).collect(),
            data: copies.then_some(COPY).into_iter().chain(data).collect(),
            shop: shop.into_iter().chain(stops.then_some(START)).collect(),
            gate: decides.then_some(GATE),
            live: std::iter::once(OPEN).chain(live).collect(),
        }
    }

    pub(super) fn has_preparations(&self) -> bool {
        !self.prepare.is_empty()
    }

    pub(super) fn write(&self, out: &mut Writer, crews: &mut Crews, random: &mut Random) {
        let place = &self.place;
        let depth = if place.is_one_of_several {
            let beside = if place.is_beside_another { " .parallel" } else { "" };
            let (id, from) = (place.prefix.trim_end_matches('-'), &place.weekend.wednesday);
            out.heading(
                2,
                &format!("{} {}", place.city, place.quarter),
                &format!("#{id}{beside} from={from}T09:00"),
            );
            3
        } else {
            2
        };
        if self.has_preparations() {
            out.heading(depth, "In the days before", ".any-order");
            self.steps(&self.prepare, Order::Any, out, crews, random);
            self.question(out, crews, random);
        }
        self.night(depth, out, crews, random);
        out.heading(depth, "Open again", "");
        self.steps(&self.live, Order::Written, out, crews, random);
        if self.gate.is_some() {
            out.heading(
                depth,
                &format!("Back to the old shop of {}", place.city),
                &format!("#{}back .rollback", place.prefix),
            );
            self.steps(BACK, Order::Written, out, crews, random);
        }
    }

    fn night(&self, depth: usize, out: &mut Writer, crews: &mut Crews, random: &mut Random) {
        if self.gate.is_none() {
            return;
        }
        let Place { prefix, weekend, .. } = &self.place;
        out.heading(
            depth,
            "The night",
            &format!("#{prefix}night at={}T22:00 in={}", weekend.saturday, weekend.window),
        );
        let parts = [("Close", &self.close, ""), ("Data", &self.data, "")];
        for (title, ideas, words) in parts.into_iter().filter(|(_, ideas, _)| !ideas.is_empty()) {
            out.heading(depth + 1, title, words);
            self.steps(ideas, Order::Written, out, crews, random);
        }
        if !self.shop.is_empty() {
            // Beside the data, where there are any; else it would run beside what has to come first.
            out.heading(depth + 1, "Shop", if self.data.is_empty() { "" } else { ".parallel" });
            self.steps(&self.shop, Order::Written, out, crews, random);
        }
        out.heading(depth + 1, "Decide", "");
        self.steps(self.gate.as_slice(), Order::Written, out, crews, random);
    }

    fn steps(&self, ideas: &[Idea], order: Order, out: &mut Writer, crews: &mut Crews, random: &mut Random) {
        for (index, idea) in ideas.iter().enumerate() {
            let owner = crews.next(idea.who, &self.place);
            out.step(index + 1, order, idea, &self.place, owner.as_deref(), random);
        }
    }

    /// A question that has been answered, at every third site or so.
    fn question(&self, out: &mut Writer, crews: &mut Crews, random: &mut Random) {
        if self.prepare.len() > 3 && random.below(3) == 0 {
            let owner = crews.next(Who::Lead, &self.place);
            out.question(&self.place, owner.as_deref(), random);
        }
    }
}

/// So many ideas, phase by phase.
fn draw(steps: u32, random: &mut Random) -> Vec<Vec<Idea>> {
    let mut counts = [0usize; POOLS.len()];
    let mut left = steps;
    let room = |counts: &[usize; POOLS.len()], pool: usize| counts[pool] < POOLS[pool].len();
    while left > 0 && (0..POOLS.len()).any(|pool| room(&counts, pool)) {
        for pool in TURNS {
            if left > 0 && room(&counts, pool) {
                counts[pool] += 1;
                left -= 1;
            }
        }
    }
    let chosen = POOLS.iter().zip(counts).map(|(pool, some)| {
        let kept = random.kept(some, pool.len());
        pool.iter().zip(kept).filter(|(_, keeps)| *keeps).map(|(idea, _)| *idea).collect()
    });
    chosen.collect()
}
