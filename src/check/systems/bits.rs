//! A row of bits, one a column: so many outages are followed through the order at once.

/// Which of the columns, 64 a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bits<const WORDS: usize>([u64; WORDS]);

impl<const WORDS: usize> Default for Bits<WORDS> {
    fn default() -> Self {
        Self([0; WORDS])
    }
}

impl<const WORDS: usize> Bits<WORDS> {
    /// How many columns a row has.
    pub(super) const COLUMNS: usize = WORDS * 64;

    /// The columns from one up to another.
    pub(super) fn range(from: usize, to: usize) -> Self {
        Self::below(to) & !Self::below(from)
    }

    /// The columns before one.
    pub(super) fn below(to: usize) -> Self {
        let mut bits = Self::default();
        for (index, word) in bits.0.iter_mut().enumerate() {
            let count = to.saturating_sub(index * 64);
            *word = if count >= 64 { u64::MAX } else { (1 << count) - 1 };
        }
        bits
    }

    pub(super) fn set(&mut self, column: usize) {
        self.0[column / 64] |= 1 << (column % 64);
    }

    pub(super) fn is_empty(self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    pub(super) fn count(self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// The first column.
    pub(super) fn first(self) -> Option<usize> {
        let (index, word) = self.0.iter().enumerate().find(|(_, word)| **word != 0)?;
        Some(index * 64 + word.trailing_zeros() as usize)
    }

    fn each(self, other: Self, act: impl Fn(u64, u64) -> u64) -> Self {
        let mut bits = self;
        bits.0.iter_mut().zip(other.0).for_each(|(word, other)| *word = act(*word, other));
        bits
    }
}

impl<const WORDS: usize> std::ops::BitOr for Bits<WORDS> {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        self.each(other, |one, two| one | two)
    }
}

impl<const WORDS: usize> std::ops::BitOrAssign for Bits<WORDS> {
    fn bitor_assign(&mut self, other: Self) {
        *self = *self | other;
    }
}

impl<const WORDS: usize> std::ops::BitAnd for Bits<WORDS> {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        self.each(other, |one, two| one & two)
    }
}

impl<const WORDS: usize> std::ops::Not for Bits<WORDS> {
    type Output = Self;

    fn not(self) -> Self {
        self.each(self, |one, _| !one)
    }
}

/// The columns whose moment is no later than one, found without looking at each.
pub(super) struct ByMoment<M, const WORDS: usize> {
    moments: Vec<M>,
    /// By how many of the moments: their columns.
    columns: Vec<Bits<WORDS>>,
}

impl<M: Ord + Copy, const WORDS: usize> ByMoment<M, WORDS> {
    /// By the moment of each column.
    pub(super) fn of(moments: impl Iterator<Item = M>) -> Self {
        let mut sorted: Vec<(M, usize)> =
            moments.enumerate().map(|(column, moment)| (moment, column)).collect();
        sorted.sort();
        let mut columns = vec![Bits::default()];
        for (_, column) in &sorted {
            let mut bits = *columns.last().expect("begins with one");
            bits.set(*column);
            columns.push(bits);
        }
        Self { moments: sorted.into_iter().map(|(moment, _)| moment).collect(), columns }
    }

    /// Those no later than a moment.
    pub(super) fn until(&self, moment: M) -> Bits<WORDS> {
        self.columns[self.moments.partition_point(|known| *known <= moment)]
    }

    /// Those later than a moment.
    pub(super) fn after(&self, moment: M) -> Bits<WORDS> {
        !self.until(moment)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_across_words() {
        let bits = Bits::<8>::range(60, 70);
        assert_eq!((bits.count(), bits.first()), (10, Some(60)));
        assert!((bits & Bits::below(60)).is_empty());
        assert_eq!(Bits::<8>::below(512).count(), 512);
        assert_eq!((bits & !Bits::below(64)).first(), Some(64));
    }

    #[test]
    fn columns_by_moment() {
        let moments = ByMoment::<_, 1>::of([30, 10, 20].into_iter());
        assert_eq!(moments.until(20), Bits::range(1, 3));
        assert_eq!(moments.after(20) & Bits::below(3), Bits::below(1));
        assert!(moments.until(9).is_empty());
    }
}
