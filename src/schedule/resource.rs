//! What steps share, a person or a lock, and what is known of those that a line needs.

use crate::plan::{PersonId, SystemId};

/// A person or a lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Resource {
    Person(PersonId),
    Lock(SystemId),
}

/// Something of each person and lock; of most there is nothing, since a way back needs few of a plan's people.
#[derive(Debug)]
pub(super) struct ByResource<T> {
    people: Vec<Option<Box<T>>>,
    locks: Vec<Option<Box<T>>>,
}

impl<T: Default> ByResource<T> {
    /// For a plan of so many people and systems.
    pub(super) fn new(people: usize, locks: usize) -> Self {
        let none = |count: usize| std::iter::repeat_with(|| None).take(count).collect();
        Self { people: none(people), locks: none(locks) }
    }

    pub(super) fn get(&self, resource: Resource) -> Option<&T> {
        let found = match resource {
            Resource::Person(person) => &self.people[person.index()],
            Resource::Lock(lock) => &self.locks[lock.index()],
        };
        found.as_deref()
    }

    pub(super) fn get_mut(&mut self, resource: Resource) -> &mut T {
        let found = match resource {
            Resource::Person(person) => &mut self.people[person.index()],
            Resource::Lock(lock) => &mut self.locks[lock.index()],
        };
        found.get_or_insert_default()
    }
}
