//! A row of random numbers becomes a row of choices. When it is used up every choice is the first
//! one, so that a shorter row makes a simpler plan and failures shrink to something readable.

use proptest::prelude::*;

/// Choices still to be made.
pub struct Choices {
    row: std::vec::IntoIter<u16>,
}

impl Choices {
    /// Begins with a row of numbers.
    pub fn new(row: Vec<u16>) -> Self {
        Self { row: row.into_iter() }
    }

    /// Whether nothing is left to choose from.
    pub fn is_over(&self) -> bool {
        self.row.len() == 0
    }

    /// A number below `count`; 0 at the end of the row.
    pub fn below(&mut self, count: usize) -> usize {
        self.row.next().map_or(0, |number| usize::from(number) % count.max(1))
    }

    /// True once in `times`; never at the end of the row.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) + 1 == times && times > 0 && !self.is_over()
    }

    /// One of these.
    pub fn one<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }
}

/// Rows of choices.
pub fn choices() -> impl Strategy<Value = Vec<u16>> {
    proptest::collection::vec(0..2520u16, 0..260)
}
