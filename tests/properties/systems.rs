//! Which steps use a system that is down or locked, or are saved by luck: found again pair by pair, from
//! the closure of everything that the language says about order.

use std::collections::BTreeSet;

use proptest::prelude::*;

use crate::answer::cases;
use crate::choices::{Choices, choices};
use crate::make::{Scope, plans};
use crate::model::{Id, Link, Model};
use crate::order::Bound;
use crate::timed::{Case, Timed};

proptest! {
    #![proptest_config(cases(600))]

    #[test]
    fn systems_are_checked_as_the_language_says(plan in plans(Scope::All), row in choices()) {
        let case = Case::new(with_systems(plan, row));
        let order = Closure::of(&case);
        let expected = expected(&case, &order);
        for (rule, ids) in expected {
            let said: BTreeSet<Id> = case.said(rule).into_iter().collect();
            prop_assert_eq!(said, ids, "{} in\n{}", rule, case.text);
        }
    }
}

/// The plan with systems that its steps stop, start and use.
fn with_systems(mut model: Model, row: Vec<u16>) -> Model {
    let mut choose = Choices::new(row);
    let count = 1 + choose.below(3);
    model.locks = model.locks.max(count);
    model.down = (0..count).filter(|_| choose.once_in(5)).collect();
    for id in 1..model.nodes.len() {
        let node = &mut model.nodes[id];
        match choose.below(if node.is_step() { 10 } else { 20 }) {
            1..=3 => node.uses = vec![choose.below(count)],
            4 | 5 if node.is_step() => node.stops = vec![choose.below(count)],
            6 | 7 if node.is_step() => node.starts = vec![choose.below(count)],
            8 if node.is_step() => {
                let system = choose.below(count);
                (node.stops, node.starts) = (vec![system], vec![system]);
            }
            9 if node.is_step() => {
                (node.stops, node.starts) = (vec![choose.below(count)], vec![choose.below(count)]);
                node.uses = vec![choose.below(count)];
            }
            _ => {}
        }
    }
    model
}

/// By rule, the steps at which it has to speak.
fn expected(case: &Case, order: &Closure) -> Vec<(&'static str, BTreeSet<Id>)> {
    let mut sets: [BTreeSet<Id>; 5] = Default::default();
    let [down, luck, up, left, locked] = &mut sets;
    for system in 0..case.model.locks {
        let one = System { case, order, system };
        for user in one.users() {
            let (stops, starts) = (one.stops(), one.starts());
            if !stops.contains(&user) && !starts.contains(&user) {
                one.judge(user, down, luck);
            }
            let locks = one.those(|node| &node.locks);
            let holds = |lock: &Id| case.steps[lock].start < case.steps[lock].finish;
            let meets =
                |lock: &Id| overlap(&case.steps[lock], case.steps[&user].start, case.steps[&user].finish);
            if !locks.contains(&user) && locks.iter().any(|lock| holds(lock) && meets(lock)) {
                locked.insert(user);
            }
        }
        up.extend(one.starts().into_iter().filter(|start| one.is_up_for_sure(*start)));
        left.extend(one.left_down());
    }
    let rules = ["used-while-down", "unordered-use", "started-while-up", "left-down", "used-while-locked"];
    rules.into_iter().zip(sets).collect()
}

fn overlap(step: &Timed, start: i64, finish: i64) -> bool {
    step.start < finish && start < step.finish
}

struct System<'a> {
    case: &'a Case,
    order: &'a Closure,
    system: usize,
}

impl System<'_> {
    fn step(&self, id: Id) -> &Timed {
        &self.case.steps[&id]
    }

    fn those(&self, words: impl Fn(&crate::model::Node) -> &Vec<usize>) -> Vec<Id> {
        let named = |id: &Id| words(&self.case.model.nodes[*id]).contains(&self.system);
        self.case.steps.keys().copied().filter(named).collect()
    }

    fn stops(&self) -> Vec<Id> {
        self.those(|node| &node.stops)
    }

    fn starts(&self) -> Vec<Id> {
        self.those(|node| &node.starts)
    }

    /// Inherited uses count where a step names none of its own.
    fn users(&self) -> Vec<Id> {
        let uses = |id: &Id| {
            let mut own_first = std::iter::once(*id).chain(self.case.model.around(*id));
            let named = own_first.find(|id| !self.case.model.nodes[*id].uses.is_empty());
            named.is_some_and(|named| self.case.model.nodes[named].uses.contains(&self.system))
        };
        self.case.steps.keys().copied().filter(uses).collect()
    }

    fn is_down_at_first(&self) -> bool {
        self.case.model.down.contains(&self.system)
    }

    /// One before the other, by the order of the plan, and as scheduled.
    fn ordered(&self, one: Id, other: Id) -> bool {
        let comes_before =
            self.order.spans_of(one).iter().any(|(_, end)| self.order.leads(*end, begin(other)));
        comes_before && self.is_kept(one, other)
    }

    fn is_kept(&self, one: Id, other: Id) -> bool {
        self.step(one).finish <= self.step(other).start
    }

    fn is_safe(&self, user: Id, stop: Option<Id>) -> bool {
        let healed = self.starts().into_iter().any(|start| self.heals(start, user, stop));
        healed || stop.is_some_and(|stop| self.ordered(user, stop))
    }

    /// Whether a start comes between a stop and a user. What is `during=` something begins and ends with
    /// that; it does not hold it back.
    fn heals(&self, start: Id, user: Id, stop: Option<Id>) -> bool {
        let after_stop = |first: usize| match stop {
            Some(stop) if stop == start => true,
            Some(stop) => {
                let ends = self.order.spans_of(stop);
                self.is_kept(stop, start) && ends.iter().any(|(_, end)| self.order.leads(*end, first))
            }
            None => true,
        };
        let between =
            |(first, last): &(usize, usize)| after_stop(*first) && self.order.leads(*last, begin(user));
        self.is_kept(start, user) && self.order.spans_of(start).iter().any(between)
    }

    /// When an outage ends: with the first start that begins after the stop by the clock.
    fn end(&self, stop: Option<Id>) -> Option<i64> {
        let begins_after = |start: &Id| match stop {
            Some(stop) if stop == *start => true,
            Some(stop) => {
                let (stop, start) = (self.step(stop), self.step(*start));
                let at_once = stop.start == stop.finish && stop.start == start.start;
                start.start > stop.start || at_once && start.number > stop.number
            }
            None => true,
        };
        let starts: Vec<Id> = self.starts().into_iter().filter(begins_after).collect();
        let first = starts.into_iter().min_by_key(|start| self.step(*start).number);
        let own = stop.filter(|stop| self.starts().contains(stop));
        own.or(first).map(|start| self.step(start).finish)
    }

    fn judge(&self, user: Id, down: &mut BTreeSet<Id>, luck: &mut BTreeSet<Id>) {
        let at_first = self.is_down_at_first().then_some(None);
        for stop in self.stops().into_iter().map(Some).chain(at_first) {
            if self.is_safe(user, stop) {
                continue;
            }
            let from = stop.map_or(i64::MIN, |stop| self.step(stop).start);
            let until = self.end(stop).unwrap_or(i64::MAX);
            let found = if from < self.step(user).finish && self.step(user).start < until {
                &mut *down
            } else {
                &mut *luck
            };
            found.insert(user);
        }
    }

    fn is_up_for_sure(&self, start: Id) -> bool {
        let stops = self.stops();
        let at_first = self.is_down_at_first().then_some(None);
        !stops.contains(&start)
            && stops.into_iter().map(Some).chain(at_first).all(|stop| self.is_safe(start, stop))
    }

    fn left_down(&self) -> Option<Id> {
        let last = self.stops().into_iter().max_by_key(|stop| self.step(*stop).number)?;
        self.end(Some(last)).is_none().then_some(last)
    }
}

/// What must have happened before what: beginnings and ends of all nodes.
struct Closure {
    /// By event, the events that it comes before.
    leads_to: Vec<BTreeSet<usize>>,
    /// By node, its beginning and end, and those of what it spans in the end.
    spans: Vec<Vec<(usize, usize)>>,
}

fn begin(id: Id) -> usize {
    2 * id
}

fn end(id: Id) -> usize {
    2 * id + 1
}

impl Closure {
    fn of(case: &Case) -> Self {
        let mut links = Vec::new();
        for (id, node) in case.model.nodes.iter().enumerate() {
            links.push((begin(id), end(id)));
            if let Some(parent) = node.parent {
                links.extend([(begin(parent), begin(id)), (end(id), end(parent))]);
            }
            for bound in case.bounds(id) {
                links.push(match bound {
                    Bound::After(target, _) => (end(target), begin(id)),
                    Bound::With(target, _) => (begin(target), begin(id)),
                });
            }
            if let Some(spanned) = case.spans(id).filter(|_| case.is_live(id)) {
                links.extend([(begin(spanned), begin(id)), (end(spanned), end(id))]);
            }
        }
        let mut closure = Self::closed(case, &links);
        // What starts with a phase starts with its first step, if there is one before all others.
        loop {
            let more = closure.first_steps(case);
            let new: Vec<_> = more.into_iter().filter(|link| !links.contains(link)).collect();
            if new.is_empty() {
                closure.find_spans(case);
                return closure;
            }
            links.extend(new);
            closure = Self::closed(case, &links);
        }
    }

    fn closed(case: &Case, links: &[(usize, usize)]) -> Self {
        let mut leads_to = vec![BTreeSet::new(); 2 * case.model.nodes.len()];
        for (one, other) in links {
            leads_to[*one].insert(*other);
        }
        loop {
            let before: usize = leads_to.iter().map(BTreeSet::len).sum();
            for event in (0..leads_to.len()).rev() {
                let further: Vec<usize> =
                    leads_to[event].iter().flat_map(|next| leads_to[*next].iter().copied()).collect();
                leads_to[event].extend(further);
            }
            if leads_to.iter().map(BTreeSet::len).sum::<usize>() == before {
                let spans = (0..case.model.nodes.len()).map(|id| vec![(begin(id), end(id))]).collect();
                return Self { leads_to, spans };
            }
        }
    }

    fn find_spans(&mut self, case: &Case) {
        for id in 1..case.model.nodes.len() {
            let Some(mut spanned) = case.spans(id) else { continue };
            while let Some(further) = case.spans(spanned) {
                spanned = further;
            }
            let first = self.first_step(case, spanned).unwrap_or(spanned);
            self.spans[id].push((begin(first), end(spanned)));
        }
    }

    /// The step inside a node that begins before all others.
    fn first_step(&self, case: &Case, id: Id) -> Option<Id> {
        let steps = case.model.steps(id);
        let leads =
            |first: &Id| steps.iter().all(|step| step == first || self.leads(begin(*first), begin(*step)));
        steps.iter().copied().find(leads)
    }

    fn first_steps(&self, case: &Case) -> Vec<(usize, usize)> {
        let mut links = Vec::new();
        for (id, node) in case.model.nodes.iter().enumerate().filter(|(id, _)| case.is_live(*id)) {
            for (link, target, _) in &node.links {
                let by_start = matches!(link, Link::With | Link::During) && case.is_live(*target);
                if let (true, Some(first)) = (by_start, self.first_step(case, *target)) {
                    links.push((begin(first), begin(id)));
                }
            }
        }
        links
    }

    fn leads(&self, one: usize, other: usize) -> bool {
        self.leads_to[one].contains(&other)
    }

    fn spans_of(&self, id: Id) -> &[(usize, usize)] {
        &self.spans[id]
    }
}
