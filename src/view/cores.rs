//! Something is made of each of many things, on all cores of the machine.
//!
//! Promised: the answers stand in the order of the things, whoever made them.

use std::sync::atomic::{AtomicUsize, Ordering};

/// Makes something of each.
pub(crate) fn on_all_cores<Thing: Sync, Made: Send>(
    things: &[Thing],
    make: impl Fn(&Thing) -> Made + Sync,
) -> Vec<Made> {
    with_room_on_all_cores(things, || (), |(), thing| make(thing))
}

/// The same; what each thread needs as `room` for its work it keeps from one thing to the next.
pub(crate) fn with_room_on_all_cores<Thing: Sync, Room, Made: Send>(
    things: &[Thing],
    room: impl Fn() -> Room + Sync,
    make: impl Fn(&mut Room, &Thing) -> Made + Sync,
) -> Vec<Made> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(things.len());
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
        for other in others {
            made.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        made
    });
    made.sort_unstable_by_key(|(index, _)| *index);
    made.into_iter().map(|(_, made)| made).collect()
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
    }
}
