//! Work on all cores of the machine: something is made of each of many things, or two things are found out at once.
//!
//! Promised: the answers stand in the order of the things, whoever made them. A thread costs as much as reading some
//! forty lines, so whoever asks says when there is enough to do.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

/// How many threads have a core each.
pub(crate) fn cores() -> usize {
    // Asked once: the system answers from several files.
    static CORES: OnceLock<usize> = OnceLock::new();
    *CORES.get_or_init(|| std::thread::available_parallelism().map_or(1, usize::from))
}

/// Finds out two things, at once where `worth` says that there is enough to do.
pub(crate) fn both<First, Second: Send>(
    worth: bool,
    first: impl FnOnce() -> First,
    second: impl FnOnce() -> Second + Send,
) -> (First, Second) {
    if !worth || cores() == 1 {
        return (first(), second());
    }
    std::thread::scope(|scope| {
        let second = scope.spawn(second);
        (first(), joined(second))
    })
}

/// Makes something of each.
pub(crate) fn on_all_cores<Thing: Sync, Made: Send>(
    things: &[Thing],
    make: impl Fn(&Thing) -> Made + Sync,
) -> Vec<Made> {
    with_room(cores(), things, || (), |(), thing| make(thing))
}

/// The same on so many threads or fewer; what each needs as `room` for its work it keeps from one thing to the next.
pub(crate) fn with_room<Thing: Sync, Room, Made: Send>(
    threads: usize,
    things: &[Thing],
    room: impl Fn() -> Room + Sync,
    make: impl Fn(&mut Room, &Thing) -> Made + Sync,
) -> Vec<Made> {
    let threads = threads.min(things.len());
    let next = AtomicUsize::new(0);
    let work = || {
        let mine = std::iter::from_fn(|| Some(next.fetch_add(1, Ordering::Relaxed)));
        let mine = mine.map_while(|index| things.get(index).map(|thing| (index, thing)));
        let mut room = room();
        mine.map(|(index, thing)| (index, make(&mut room, thing))).collect::<Vec<_>>()
    };
    let mut made = std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut made = work();
        made.extend(others.into_iter().flat_map(joined));
        made
    });
    made.sort_unstable_by_key(|(index, _)| *index);
    made.into_iter().map(|(_, made)| made).collect()
}

/// Takes what several threads look into. Whoever panicked with it is heard of elsewhere.
pub(crate) fn locked<Shared>(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What a thread made; a mistake of ours goes on where its answer is waited for.
fn joined<Made>(thread: std::thread::ScopedJoinHandle<'_, Made>) -> Made {
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_keep_the_order() {
        let things: Vec<usize> = (0..1000).collect();
        assert_eq!(
            on_all_cores(&things, |thing| thing * 2),
            things.iter().map(|thing| thing * 2).collect::<Vec<_>>()
        );
        assert!(on_all_cores(&[0_usize; 0], |thing| *thing).is_empty());
        for worth in [false, true] {
            assert_eq!(both(worth, || 1, || 2), (1, 2));
        }
    }
}
