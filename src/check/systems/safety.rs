//! Which outages a step is not safe from, as a race detector finds it: by the order of the plan.
//!
//! A step is safe from an outage when it is ordered before the stop, or after a start that is ordered after
//! the stop, and the schedule keeps that order. Bits, a column an outage, are carried through the order:
//! forward which stops are over and which are healed (a start that comes after them is over), backward which
//! stops are still to come. So the work is the size of the order times the number of outages, by 512; rows are no wider
//! than there are outages.

use super::bits::{Bits, ByMoment};
use super::line::{LineOfSystems, Turn};
use crate::graph::Event;
use crate::schedule::{Moment, Outage};

/// Where a pin was missed, a step may stand before a start that it waits for, and the heals until then are
/// looked at apart, so many times. Past these, an outage counts as healed that the clock has ended.
const MOST_LOOKS: usize = 64;

/// What a step is not safe from, by place in the list of outages.
#[derive(Debug, Clone, Default)]
pub(super) struct Unsafe {
    /// The first that it overlaps, and how many it does.
    pub(super) met: Option<usize>,
    pub(super) met_count: usize,
    /// The first that it stays clear of by luck.
    pub(super) clear_of: Option<usize>,
}

impl Unsafe {
    pub(super) fn is_nothing(&self) -> bool {
        self.met.is_none() && self.clear_of.is_none()
    }
}

/// Steps of which it is asked from what they are not safe.
struct Asked<'a> {
    turns: &'a [Turn],
    /// When those start that a start of a system was missed for, as far as that is looked at apart.
    missed: Vec<Moment>,
    answers: Vec<Unsafe>,
}

/// Of each step, with its system, from which of the outages (in the order of a line's) it is not safe. Lists
/// that are asked for together cost little more than one.
pub(super) fn unsafe_outages<const LISTS: usize>(
    line: &LineOfSystems<'_>,
    outages: &[Outage],
    lists: [&[Turn]; LISTS],
) -> [Vec<Unsafe>; LISTS] {
    let begin = |turns| Asked { turns, missed: Vec::new(), answers: vec![Unsafe::default(); turns.len()] };
    let mut lists = lists.map(begin);
    if !outages.is_empty() && lists.iter().any(|asked| !asked.turns.is_empty()) {
        match outages.len() {
            ..65 => answer::<1>(line, outages, &mut lists),
            65..129 => answer::<2>(line, outages, &mut lists),
            129..257 => answer::<4>(line, outages, &mut lists),
            _ => answer::<8>(line, outages, &mut lists),
        }
    }
    lists.map(|asked| asked.answers)
}

/// Answers with rows of so many words.
fn answer<const WORDS: usize>(line: &LineOfSystems<'_>, outages: &[Outage], lists: &mut [Asked<'_>]) {
    let columns = Bits::<WORDS>::COLUMNS;
    let latest = latest_start_before(line);
    let is_held = |turn: &Turn| latest[line.order.begin(turn.vertex)] <= turn.start;
    for asked in &mut *lists {
        let missed = asked.turns.iter().filter(|turn| !is_held(turn)).map(|turn| turn.start);
        asked.missed = sorted(missed.collect());
        asked.missed.truncate(MOST_LOOKS / outages.len().div_ceil(columns));
    }
    let missed = sorted(lists.iter().flat_map(|asked| asked.missed.iter().copied()).collect());
    let mut rows = Rows::<WORDS>::new(line);
    for (index, outages) in outages.chunks(columns).enumerate() {
        let mut chunk = Chunk::new(line, &mut rows, index * columns, outages);
        chunk.backward();
        chunk.forward(Moment::NEVER);
        for Asked { turns, missed, answers } in &mut *lists {
            for (turn, answer) in turns.iter().zip(answers) {
                if is_held(turn) {
                    chunk.ask(turn, Healed::ByOrder, answer);
                } else if missed.binary_search(&turn.start).is_err() {
                    chunk.ask(turn, Healed::ByOrderAndClock, answer);
                }
            }
        }
        for moment in &missed {
            chunk.forward(*moment);
            for Asked { turns, missed, answers } in &mut *lists {
                if missed.binary_search(moment).is_err() {
                    continue;
                }
                for (turn, answer) in turns.iter().zip(answers) {
                    if turn.start == *moment && !is_held(turn) {
                        chunk.ask(turn, Healed::ByOrder, answer);
                    }
                }
            }
        }
    }
}

/// In order, each once.
fn sorted(mut moments: Vec<Moment>) -> Vec<Moment> {
    moments.sort();
    moments.dedup();
    moments
}

/// By event: when the last of the steps that start a system, and are ordered before it, is over.
fn latest_start_before(line: &LineOfSystems<'_>) -> Vec<Moment> {
    let mut latest = vec![Moment::ALWAYS; line.order.len()];
    for start in &line.starts {
        let end = line.order.shared_end(start.vertex);
        latest[end] = latest[end].max(start.finish);
    }
    for event in 0..line.order.len() {
        let before = line.order.before(event).map(|before| latest[before]).max();
        latest[event] = latest[event].max(before.unwrap_or(Moment::ALWAYS));
    }
    latest
}

/// How it is known that a system is up again.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Healed {
    ByOrder,
    ByOrderAndClock,
}

/// By event.
struct Rows<const WORDS: usize> {
    /// Stops that are over.
    over: Vec<Bits<WORDS>>,
    /// Stops after which a start is over.
    healed: Vec<Bits<WORDS>>,
    /// Stops that are still to come.
    to_come: Vec<Bits<WORDS>>,
    /// Where starts are over: the event, and the place in the line's starts; sorted.
    heals: Vec<(Event, usize)>,
}

impl<const WORDS: usize> Rows<WORDS> {
    fn new(line: &LineOfSystems<'_>) -> Self {
        let empty = vec![Bits::default(); line.order.len()];
        let mut heals = Vec::new();
        for (index, start) in line.starts.iter().enumerate() {
            heals.push((line.order.end(start.vertex), index));
            heals.push((line.order.shared_end(start.vertex), index));
        }
        heals.sort();
        heals.dedup();
        Self { over: empty.clone(), healed: empty.clone(), to_come: empty, heals }
    }
}

/// As many outages as a row has columns.
struct Chunk<'a, 'b, const WORDS: usize> {
    line: &'a LineOfSystems<'b>,
    rows: &'a mut Rows<WORDS>,
    /// The first of its outages.
    from: usize,
    outages: &'a [Outage],
    /// By column: the run number of the stop; 0 for what is down from the beginning.
    numbers: Vec<usize>,
    down_at_first: Bits<WORDS>,
    stops_over: ByMoment<Moment, WORDS>,
    up_again: ByMoment<Moment, WORDS>,
}

impl<'a, 'b, const WORDS: usize> Chunk<'a, 'b, WORDS> {
    fn new(
        line: &'a LineOfSystems<'b>,
        rows: &'a mut Rows<WORDS>,
        from: usize,
        outages: &'a [Outage],
    ) -> Self {
        let placed = |outage: &Outage| line.schedule.step(outage.stopper?);
        let over = |outage: &Outage| placed(outage).map_or(Moment::ALWAYS, |placed| placed.finish);
        let mut down_at_first = Bits::default();
        for (column, outage) in outages.iter().enumerate() {
            if outage.stopper.is_none() {
                down_at_first.set(column);
            }
        }
        Self {
            line,
            rows,
            from,
            outages,
            numbers: outages.iter().map(|outage| placed(outage).map_or(0, |placed| placed.number)).collect(),
            down_at_first,
            stops_over: ByMoment::of(outages.iter().map(over)),
            up_again: ByMoment::of(outages.iter().map(|outage| outage.until)),
        }
    }

    /// The columns of a turn's system.
    fn of_system(&self, turn: &Turn) -> (usize, usize) {
        let from = self.outages.partition_point(|outage| outage.system < turn.system);
        let to = self.outages.partition_point(|outage| outage.system <= turn.system);
        (from, to)
    }

    /// The column of a stop that is a start as well.
    fn own(&self, turn: &Turn) -> Bits<WORDS> {
        let (from, to) = self.of_system(turn);
        let own = self.numbers[from..to].binary_search(&turn.number);
        own.map_or(Bits::default(), |at| Bits::range(from + at, from + at + 1))
    }

    fn forward(&mut self, until: Moment) {
        let order = &self.line.order;
        self.rows.over.fill(Bits::default());
        for (column, outage) in self.outages.iter().enumerate() {
            if let Some(stopper) = outage.stopper {
                self.rows.over[order.shared_end(self.line.vertex(stopper))].set(column);
            }
        }
        let mut next = 0;
        for event in 0..order.len() {
            let (mut over, mut healed) = (self.rows.over[event], Bits::default());
            for before in order.before(event) {
                over |= self.rows.over[before];
                healed |= self.rows.healed[before];
            }
            self.rows.over[event] = over;
            while let Some((_, start)) = self.rows.heals.get(next).filter(|(at, _)| *at == event) {
                next += 1;
                let start = &self.line.starts[*start];
                if start.finish <= until {
                    healed |= self.healed_by(start, event);
                }
            }
            self.rows.healed[event] = healed;
        }
    }

    /// The stops that a start comes after.
    fn healed_by(&self, start: &Turn, event: Event) -> Bits<WORDS> {
        let (from, to) = self.of_system(start);
        if from == to {
            return Bits::default();
        }
        let order = &self.line.order;
        // At the end of what it spans, what was over at the beginning of that counts.
        let own_end = order.end(start.vertex) == event;
        let begin = if own_end { order.begin(start.vertex) } else { order.shared_begin(start.vertex) };
        let before = self.rows.over[begin] & self.stops_over.until(start.start);
        Bits::range(from, to) & (before | self.down_at_first | self.own(start))
    }

    fn backward(&mut self) {
        let order = &self.line.order;
        self.rows.to_come.fill(Bits::default());
        for (column, outage) in self.outages.iter().enumerate() {
            if let Some(stopper) = outage.stopper {
                self.rows.to_come[order.begin(self.line.vertex(stopper))].set(column);
            }
        }
        for event in (0..order.len()).rev() {
            let row = self.rows.to_come[event];
            if !row.is_empty() {
                for before in order.before(event) {
                    self.rows.to_come[before] |= row;
                }
            }
        }
    }

    fn ask(&self, turn: &Turn, healed: Healed, answer: &mut Unsafe) {
        let (from, to) = self.of_system(turn);
        if from == to {
            return;
        }
        let found = Bits::range(from, to) & !self.safe(turn, (from, to), healed);
        if found.is_empty() {
            return;
        }
        let begun = from + self.outages[from..to].partition_point(|outage| outage.from < turn.finish);
        let met = found & Bits::below(begun) & self.up_again.after(turn.start);
        answer.met_count += met.count();
        answer.met = answer.met.or(met.first().map(|column| self.from + column));
        answer.clear_of = answer.clear_of.or((found & !met).first().map(|column| self.from + column));
    }

    /// What a step is safe from.
    fn safe(&self, turn: &Turn, (from, to): (usize, usize), healed: Healed) -> Bits<WORDS> {
        let order = &self.line.order;
        let mut up_again = self.rows.healed[order.begin(turn.vertex)];
        if healed == Healed::ByOrderAndClock {
            up_again = up_again & self.up_again.until(turn.start);
        }
        let (end, shared) = (order.end(turn.vertex), order.shared_end(turn.vertex));
        let to_come = self.rows.to_come[end] | self.rows.to_come[shared];
        let begun = from + self.outages[from..to].partition_point(|outage| outage.from < turn.finish);
        up_again | to_come & !Bits::below(begun)
    }
}
