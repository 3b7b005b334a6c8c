//! A plan as it was a few keys ago: enough to choose names from while the new text is not compiled yet.
//!
//! Two states of a text go in; whether they differ in the line at the cursor alone comes out. Promised: whatever is
//! named elsewhere is the same in both.

use crate::source::same_ends;

/// Where the texts part, in bytes from the beginning; nothing when they differ in more than the line in which
/// `cursor`, a byte of the new text, stands.
pub(super) fn typed_at(old: &str, new: &str, cursor: usize) -> Option<usize> {
    let (begin, end) = same_ends(old, new);
    let (old, new) = (old.as_bytes(), new.as_bytes());
    let (gone, come) = (begin..old.len() - end, begin..new.len() - end);
    let is_one_line = |bytes: &[u8]| !bytes.iter().any(|byte| matches!(byte, b'\n' | b'\r'));
    let upto_cursor = come.start.min(cursor)..come.end.max(cursor);
    let same = is_one_line(&old[gone]) && is_one_line(new.get(upto_cursor)?);
    same.then_some(begin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_line_at_the_cursor_may_differ() {
        let old = "one\ntwo {}\nthree\n";
        assert_eq!(typed_at(old, "one\ntwo {@a}\nthree\n", 11), Some(9));
        assert_eq!(typed_at(old, "one\ntwo {\nthree\n", 9), Some(9));
        assert_eq!(typed_at(old, old, 9), None, "the cursor is lines away from the end");
        assert_eq!(typed_at(old, "one\ntwo {@a}\nthree\n", 2), None);
        assert_eq!(typed_at(old, "one\ntwo {}\n- four\nthree\n", 17), None);
        assert_eq!(typed_at(old, "one\ntwo {}three\n", 10), None);
        assert_eq!(typed_at("", "a", 1), Some(0));
    }
}
