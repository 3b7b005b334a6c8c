//! Steps that use a system while another step has it locked.

use super::line::{LineOfSystems, Turn, of_system};
use super::messages::{self, Teller};
use crate::diagnostic::Diagnostic;
use crate::schedule::Moment;

pub(super) fn check(line: &LineOfSystems<'_>, diagnostics: &mut Vec<Diagnostic>) {
    // A step of no length holds nothing.
    let locks: Vec<Turn> = line.locks.iter().filter(|lock| lock.start < lock.finish).copied().collect();
    if locks.is_empty() {
        return;
    }
    let latest = latest_finish(&locks);
    let mut met: Vec<(&Turn, Turn)> = Vec::new();
    for user in &line.uses {
        // Who locks it too is kept apart by the scheduler, and a pin that breaks this is reported as that.
        let own =
            line.locks.binary_search_by_key(&(user.system, user.number), |lock| (lock.system, lock.number));
        if own.is_err() {
            met.extend(first_overlap(&locks, &latest, user).map(|lock| (user, lock)));
        }
    }
    met.sort_by_key(|(user, lock)| (user.number, lock.start, lock.system));
    let teller = (!met.is_empty()).then(|| Teller::new(line));
    for (step, teller) in
        met.chunk_by(|(one, _), (other, _)| one.number == other.number).zip(teller.iter().cycle())
    {
        diagnostics.push(messages::used_while_locked(teller, step));
    }
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
