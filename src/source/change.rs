//! Where two states of a text differ.

/// So many bytes are compared at once.
const CHUNK: usize = 64;

/// How many bytes are the same at the beginning of both, and how many at the end of what is left of them.
#[must_use]
pub fn same_ends(old: &str, new: &str) -> (usize, usize) {
    let (old, new) = (old.as_bytes(), new.as_bytes());
    let chunks = old.chunks_exact(CHUNK).zip(new.chunks_exact(CHUNK));
    let begin = CHUNK * chunks.take_while(|(old, new)| old == new).count();
    let begin = begin + same(old[begin..].iter().zip(&new[begin..]));
    let (old, new) = (&old[begin..], &new[begin..]);
    let chunks = old.rchunks_exact(CHUNK).zip(new.rchunks_exact(CHUNK));
    let end = CHUNK * chunks.take_while(|(old, new)| old == new).count();
    let rest = (old[..old.len() - end].iter().rev()).zip(new[..new.len() - end].iter().rev());
    (begin, end + same(rest))
}

fn same<'a>(pairs: impl Iterator<Item = (&'a u8, &'a u8)>) -> usize {
    pairs.take_while(|(old, new)| old == new).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ends_are_measured_once() {
        assert_eq!(same_ends("abcd", "abXcd"), (2, 2));
        assert_eq!(same_ends("abcd", "abcd"), (4, 0));
        assert_eq!(same_ends("aa", "aaa"), (2, 0));
        assert_eq!(same_ends("", "a"), (0, 0));
        for (before, after) in [(0, 0), (1, 63), (64, 64), (130, 200), (64, 1), (127, 129)] {
            let (before, after) = ("b".repeat(before), "a".repeat(after));
            let ends = same_ends(&format!("{before}x{after}"), &format!("{before}yyy{after}"));
            assert_eq!(ends, (before.len(), after.len()));
        }
    }
}
