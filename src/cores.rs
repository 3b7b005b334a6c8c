//! Work on all cores of the machine: something is made of each of many things, or two things are found out at once.
//!
//! Promised: the answers stand in the order of the things, whoever made them. To wake a thread costs as much as reading
//! some twenty lines, so whoever asks says when there is enough to do.
//!
//! Who waits for a part that another thread has may take on any other work in the meantime. So nobody asks with a lock in
//! hand, or while making what is made once.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use rayon::{ThreadPool, ThreadPoolBuilder};

/// How many threads have a core each.
pub(crate) fn cores() -> usize {
    // Asked once: the system answers from several files.
    static CORES: OnceLock<usize> = OnceLock::new();
    *CORES.get_or_init(|| std::thread::available_parallelism().map_or(1, usize::from))
}

/// The threads, when the first of them has begun.
struct Helpers {
    pool: ThreadPool,
    begun: Arc<OnceLock<()>>,
}

/// A thread for each core but the one of whoever asks. They stay, and so does the memory that they have by then.
fn helpers() -> Option<&'static ThreadPool> {
    let helpers = begin()?;
    helpers.begun.wait();
    Some(&helpers.pool)
}

/// Has them begin, and does not wait.
fn begin() -> Option<&'static Helpers> {
    static HELPERS: OnceLock<Option<Helpers>> = OnceLock::new();
    let start = || {
        let threads = (cores() > 1).then(|| ThreadPoolBuilder::new().num_threads(cores() - 1))?;
        let begun = Arc::new(OnceLock::new());
        let (taken, tell) = (spread::core_of_this_thread(), Arc::clone(&begun));
        let begin = move |_| {
            spread::leave(taken);
            _ = tell.set(());
        };
        Some(Helpers { pool: threads.start_handler(begin).build().ok()?, begun })
    };
    HELPERS.get_or_init(start).as_ref()
}

/// Says that there will soon be enough to do for all cores.
pub(crate) fn get_ready() {
    _ = begin();
}

/// Keeps threads from waiting for one another on one core.
///
/// Linux may put a new thread behind the one that starts it though another core has nothing to do, and finds that out
/// when a clock ticks: by then a plan of some thousand steps has been read.
#[cfg(target_os = "linux")]
mod spread {
    use nix::sched::{sched_getaffinity, sched_getcpu, sched_setaffinity};
    use nix::unistd::Pid;

    pub(super) fn core_of_this_thread() -> Option<usize> {
        sched_getcpu().ok()
    }

    /// Goes to any other core, now; later the thread may be wherever it might have been. What can't be done leaves it
    /// where it is, and that is good.
    pub(super) fn leave(taken: Option<usize>) {
        let this_thread = Pid::from_raw(0);
        let (Some(taken), Ok(all)) = (taken, sched_getaffinity(this_thread)) else { return };
        let mut others = all;
        if others.unset(taken).and_then(|()| sched_setaffinity(this_thread, &others)).is_ok() {
            _ = sched_setaffinity(this_thread, &all);
        }
    }
}

/// Elsewhere the system is trusted.
#[cfg(not(target_os = "linux"))]
mod spread {
    pub(super) fn core_of_this_thread() {}

    pub(super) fn leave((): ()) {}
}

/// Finds out two things, at once where `worth` says that there is enough to do.
pub(crate) fn both<First, Second: Send>(
    worth: bool,
    first: impl FnOnce() -> First,
    second: impl FnOnce() -> Second + Send,
) -> (First, Second) {
    let Some(helpers) = helpers().filter(|_| worth) else { return (first(), second()) };
    let mut found = None;
    let first = helpers.in_place_scope(|scope| {
        scope.spawn(|_| found = Some(second()));
        first()
    });
    (first, found.expect("a scope ends when all of it is done"))
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
    let others = Mutex::new(Vec::new());
    let mut made = match helpers().filter(|_| threads > 1) {
        None => work(),
        Some(helpers) => helpers.in_place_scope(|scope| {
            for _ in 1..threads {
                scope.spawn(|_| {
                    let made = work();
                    locked(&others).extend(made);
                });
            }
            work()
        }),
    };
    made.append(&mut locked(&others));
    made.sort_unstable_by_key(|(index, _)| *index);
    made.into_iter().map(|(_, made)| made).collect()
}

/// Takes what several threads look into. Whoever panicked with it is heard of elsewhere.
pub(crate) fn locked<Shared>(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
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

    #[cfg(target_os = "linux")]
    #[test]
    fn a_thread_that_leaves_a_core_may_come_back() {
        use nix::sched::sched_getaffinity;
        let allowed = || sched_getaffinity(nix::unistd::Pid::from_raw(0)).ok();
        let before = allowed();
        for taken in [spread::core_of_this_thread(), Some(usize::MAX), None] {
            spread::leave(taken);
            assert_eq!(allowed(), before);
        }
    }
}
