//! Handles that are written with their `@` where YAML allows none.
//!
//! Promised: one pass, however many there are on a line.

/// YAML has no value that begins with `@`, and people write handles so: the sign is hidden from the
/// parser and reported. Places are of the `@`s.
pub(super) fn mask_handles(text: &str) -> (String, Vec<usize>) {
    let mut places = Vec::new();
    let mut line = Line::default();
    for (at, letter) in text.char_indices() {
        let is_followed = || text.as_bytes().get(at + 1).is_some_and(u8::is_ascii_alphanumeric);
        if letter == '@' && line.may_begin_value() && is_followed() {
            places.push(at);
        }
        line.add(letter);
    }
    let mut masked = text.to_owned().into_bytes();
    places.iter().for_each(|place| masked[*place] = b'_');
    (String::from_utf8(masked).unwrap_or_else(|_| text.to_owned()), places)
}

/// What stands before a letter on its line.
#[derive(Default)]
struct Line {
    /// The last letter that is no white space.
    last: Option<char>,
    /// Whether white space stands behind that.
    is_spaced: bool,
    in_double: bool,
    in_single: bool,
    in_remark: bool,
    /// Whether the last letter is a space.
    is_behind_space: bool,
}

impl Line {
    fn may_begin_value(&self) -> bool {
        let begins = match self.last {
            Some('[' | ',' | '{') => true,
            Some(':' | '-') => self.is_spaced,
            _ => false,
        };
        begins && !self.in_double && !self.in_single && !self.in_remark
    }

    fn add(&mut self, letter: char) {
        match letter {
            '\n' => *self = Self::default(),
            white if white.is_whitespace() => {
                self.is_spaced = true;
                self.is_behind_space = white == ' ';
            }
            _ => {
                self.in_double ^= letter == '"';
                self.in_single ^= letter == '\'';
                self.in_remark |= letter == '#' && self.is_behind_space;
                self.last = Some(letter);
                (self.is_spaced, self.is_behind_space) = (false, false);
            }
        }
    }
}

/// A longer line is not shown for the sake of one handle.
const LONGEST: usize = 200;

/// The line around an `@` as it is without it, where it is not too long to be shown.
pub(super) fn without_sign(text: &str, at: usize) -> Option<String> {
    let bytes = text.as_bytes();
    let (before, behind) = (at.saturating_sub(LONGEST), text.len().min(at + LONGEST));
    let is_end = |byte: &u8| *byte == b'\n';
    let start = match bytes[before..at].iter().rposition(is_end) {
        Some(end) => before + end + 1,
        None if before == 0 => 0,
        None => return None,
    };
    let end = match bytes[at..behind].iter().position(is_end) {
        Some(end) => at + end,
        None if behind == text.len() => behind,
        None => return None,
    };
    Some(format!("{}{}", &text[start..at], &text[at + 1..end]).trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn handles_at_the_beginning_of_a_value_are_hidden() {
        for (text, masked) in [
            ("a: @b", "a: _b"),
            ("a: [@b,@c, { d: @e }]", "a: [_b,_c, { d: _e }]"),
            ("- @b\n-  @c", "- _b\n-  _c"),
            ("é: \u{a0}@b", "é: \u{a0}_b"),
        ] {
            assert_eq!(mask_handles(text).0, masked, "{text}");
        }
        for text in
            ["a:@b", "a: b@c", "a: \"[@b", "a: '@b'", "a: b # - @c", "@b", "a: @", "a: [b @c]", "a: @é"]
        {
            assert!(mask_handles(text).1.is_empty(), "{text}");
        }
        assert_eq!(mask_handles("a: it's\nb: @c").1, [11]);
    }

    #[test]
    fn a_line_is_shown_where_it_is_short() {
        let long = "é".repeat(LONGEST);
        assert_eq!(without_sign("a\n b: @c\r\nd", 6).as_deref(), Some("b: c"));
        assert_eq!(without_sign("@c", 0).as_deref(), Some("c"));
        assert_eq!(without_sign("[\"a@b\", @c]", 8).as_deref(), Some("[\"a@b\", c]"));
        assert_eq!(without_sign(&format!("{long}@c"), long.len()), None);
        assert_eq!(without_sign(&format!("@c{long}"), 0), None);
    }
}
