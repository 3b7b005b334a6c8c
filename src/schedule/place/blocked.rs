//! What was found out about when one person or lock has no room for a step of one length.
//!
//! A search goes from what is taken to what is taken next; the next search for the same length need
//! not go there again. What is noted only ever says "no room here", and is forgotten when something
//! is freed that it could have rested on.

use std::sync::Mutex;

use crate::cores::locked;
use crate::schedule::facts::Length;
use crate::schedule::resource::{ByResource, Resource};

/// For so many lengths a resource remembers its way.
const MOST_LENGTHS: usize = 16;
/// A search that took fewer turns than this is not worth a note of its own.
const FEW: usize = 8;

/// Moments between which nothing fits: from the first up to the last, each found from the one
/// before. A search for the latest place counts time backward.
#[derive(Debug, Clone)]
struct Path {
    length: Length,
    nodes: Vec<i64>,
}

#[derive(Debug, Clone, Default)]
struct Known {
    /// Pins that clash lie on top of each other; nothing is noted where that is.
    clashes: bool,
    forward: Vec<Path>,
    backward: Vec<Path>,
}

/// The paths of every person and lock of which some are known.
#[derive(Debug)]
pub(in crate::schedule) struct Blocked(Mutex<ByResource<Known>>);

/// A search on its way.
pub(super) struct Search {
    resource: Resource,
    length: Length,
    back: bool,
    /// Where it came by before it met a known path, and after that.
    own: Vec<i64>,
    beyond: Vec<i64>,
    met: bool,
}

impl Blocked {
    pub(in crate::schedule) fn new(people: usize, locks: usize) -> Self {
        Self(Mutex::new(ByResource::new(people, locks)))
    }

    fn with<T>(&self, resource: Resource, act: impl FnOnce(&mut Known) -> T) -> T {
        act(locked(&self.0).get_mut(resource))
    }

    pub(in crate::schedule) fn clashes(&self, resource: Resource) -> bool {
        locked(&self.0).get(resource).is_some_and(|known| known.clashes)
    }

    pub(in crate::schedule) fn note_clash(&self, resource: Resource) {
        self.with(resource, |known| *known = Known { clashes: true, ..Known::default() });
    }

    pub(super) fn search(&self, resource: Resource, length: Length, back: bool) -> Option<Search> {
        if self.clashes(resource) {
            return None;
        }
        let (own, beyond) = (Vec::new(), Vec::new());
        Some(Search { resource, length, back, own, beyond, met: false })
    }

    /// Notes that a search came by `at`; says how far there is no room after it, if that is known.
    pub(super) fn pass(&self, search: &mut Search, at: i64) -> Option<i64> {
        if search.met {
            search.beyond.push(at);
            return None;
        }
        search.own.push(at);
        let last = self.with(search.resource, |known| {
            let path = known.path(search.length, search.back)?;
            (path.nodes.first()? <= &at).then_some(())?;
            path.nodes.last().copied().filter(|last| at <= *last)
        })?;
        search.met = true;
        Some(last)
    }

    /// Keeps what a search found out.
    pub(super) fn keep(&self, search: Search) {
        let Search { resource, length, back, own, beyond, met } = search;
        if own.is_empty() {
            return;
        }
        self.with(resource, |known| {
            let paths = if back { &mut known.backward } else { &mut known.forward };
            let Some(path) = paths.iter_mut().find(|path| path.length == length) else {
                if paths.len() < MOST_LENGTHS {
                    paths.push(Path { length, nodes: own });
                }
                return;
            };
            if met {
                let last = path.nodes.last().copied();
                path.nodes.extend(beyond.into_iter().filter(|node| Some(*node) > last));
                if own.len() > FEW {
                    let first = path.nodes.first().copied();
                    let before = own.into_iter().filter(|node| first.is_none_or(|first| *node < first));
                    path.nodes.splice(0..0, before.collect::<Vec<_>>());
                }
            } else if path.nodes.is_empty() || own.len() > FEW {
                path.nodes = own;
            }
        });
    }

    /// Forgets what could have rested on something that is free again. `reach` says, of a length and a
    /// direction, from where on a place could touch it.
    pub(in crate::schedule) fn forget(&self, resource: Resource, reach: impl Fn(Length, bool) -> i64) {
        self.with(resource, |known| {
            for (paths, back) in [(&mut known.forward, false), (&mut known.backward, true)] {
                for path in paths.iter_mut().filter(|path| !path.nodes.is_empty()) {
                    let reach = reach(path.length, back);
                    let kept = path.nodes.partition_point(|node| *node <= reach);
                    path.nodes.truncate(kept);
                }
            }
        });
    }
}

impl Known {
    fn path(&self, length: Length, back: bool) -> Option<&Path> {
        let paths = if back { &self.backward } else { &self.forward };
        paths.iter().find(|path| path.length == length)
    }
}
