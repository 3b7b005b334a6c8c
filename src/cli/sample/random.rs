//! Numbers that look drawn and are the same every time: SplitMix64.

/// A row of numbers.
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `limit`, which is not zero. The small leaning toward low numbers harms nobody here.
    pub(super) fn below(&mut self, limit: u32) -> u32 {
        u32::try_from(self.next() % u64::from(limit.max(1))).unwrap_or(0)
    }

    /// One of these.
    pub(super) fn of<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        let limit = u32::try_from(all.len()).unwrap_or(u32::MAX);
        all.get(self.below(limit) as usize)
    }

    /// Which of so many are kept, when only some are.
    pub(super) fn kept(&mut self, some: usize, all: usize) -> Vec<bool> {
        let mut open = some.min(all);
        let chosen = (0..all).map(|index| {
            let left = u32::try_from(all - index).unwrap_or(u32::MAX);
            let keeps = (self.below(left) as usize) < open;
            open -= usize::from(keeps);
            keeps
        });
        chosen.collect()
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::Random;

    #[test]
    fn exactly_as_many_are_kept_as_are_asked_for() {
        let mut random = Random::new(7);
        for (some, all) in [(0, 5), (3, 5), (5, 5), (9, 5), (0, 0)] {
            let kept = random.kept(some, all);
            assert_eq!((kept.len(), kept.iter().filter(|one| **one).count()), (all, some.min(all)));
        }
    }
}
