//! Steps that use a system while another step has it locked.

use super::line::{LineOfSystems, Turn, of_system};
use super::messages::{self, Leads};
use super::teller::{Known, Teller};
use super::used::MOST_HELPED;
use crate::diagnostic::Diagnostic;
use crate::schedule::Moment;

pub(super) fn check<'a>(line: &LineOfSystems<'a>, known: &Known<'a>, diagnostics: &mut Vec<Diagnostic>) {
    // A step of no length holds nothing.
    let locks: Vec<Turn> = line.locks.iter().filter(|lock| lock.start < lock.finish).copied().collect();
    if locks.is_empty() {
        return;
    }
    let latest = latest_finish(&locks);
    let mut met: Vec<(Turn, Turn)> = Vec::new();
    for user in &line.uses {
        // Who locks it too is kept apart by the scheduler, and a pin that breaks this is reported as that.
        let own =
            line.locks.binary_search_by_key(&(user.system, user.number), |lock| (lock.system, lock.number));
        if own.is_err() {
            met.extend(first_overlap(&locks, &latest, user).map(|lock| (*user, lock)));
        }
    }
    met.sort_by_key(|(user, lock)| (user.number, lock.start, lock.system));
    if met.is_empty() {
        return;
    }
    let teller = Teller::new(line, known);
    let steps: Vec<&[(Turn, Turn)]> =
        met.chunk_by(|(one, _), (other, _)| one.number == other.number).collect();
    for (step, leads) in steps.iter().zip(leads(line, &steps)) {
        diagnostics.push(messages::used_while_locked(&teller, step, leads));
    }
}

/// Of the first lock of each step, what leads to what; past the first hundreds nothing is looked for.
fn leads(line: &LineOfSystems<'_>, steps: &[&[(Turn, Turn)]]) -> Vec<Leads> {
    let order = &line.order;
    let pairs = steps.iter().take(MOST_HELPED).flat_map(|step| {
        let (user, lock) = &step[0];
        [
            (order.begin(user.vertex), order.end(lock.vertex)),
            (order.begin(lock.vertex), order.end(user.vertex)),
        ]
    });
    let answers = order.are_ordered(&pairs.collect::<Vec<_>>());
    let mut leads: Vec<Leads> =
        answers.chunks(2).map(|answer| Leads { use_to_lock: answer[0], lock_to_use: answer[1] }).collect();
    leads.resize(steps.len(), Leads { use_to_lock: false, lock_to_use: false });
    leads
}

/// By lock: when the last up to it, of the same system, is over.
fn latest_finish(locks: &[Turn]) -> Vec<Moment> {
    let mut latest: Vec<Moment> = locks.iter().map(|lock| lock.finish).collect();
    for index in 1..locks.len() {
        if locks[index - 1].system == locks[index].system {
            latest[index] = latest[index].max(latest[index - 1]);
        }
    }
    latest
}

fn first_overlap(locks: &[Turn], latest: &[Moment], user: &Turn) -> Option<Turn> {
    let from = locks.partition_point(|lock| lock.system < user.system);
    let count = of_system(locks, user.system).len();
    let first = latest[from..from + count].partition_point(|finish| *finish <= user.start);
    locks[from..from + count].get(first).filter(|lock| lock.start < user.finish).copied()
}
