//! Values of YAML in quotes and brackets, read sign by sign: where they end, and what is never closed.
//!
//! Promised: one pass over a value, however many lines it has, and a few over a line that is mended.

/// A value that begins with a quote or a bracket.
#[derive(Debug, Clone, Default)]
pub(super) struct Flow {
    /// The brackets that are open, with their places.
    brackets: Vec<(u8, usize)>,
    /// The quote that is open, with its place.
    quote: Option<(u8, usize)>,
    /// Whether a letter stands before, so that a quote is a letter too: `O'Neill`.
    is_in_word: bool,
    /// The first bracket for which another one was closed.
    wrong: Option<Wrong>,
}

/// `[a }`: a bracket that is open where another is closed.
#[derive(Debug, Clone, Copy)]
struct Wrong {
    bracket: (u8, usize),
    /// Where the other is closed.
    closed_at: usize,
    /// Whether the other is open too, around this one.
    is_around: bool,
}

impl Flow {
    /// Whether a value is one.
    pub(super) fn begins(value: &str) -> bool {
        value.starts_with(['"', '\'', '[', '{'])
    }

    /// Takes in a line, or what of it belongs to the value; `at` is its place. Says before which byte of it the value ends.
    pub(super) fn take(&mut self, line: &str, at: usize) -> Option<usize> {
        let bytes = line.as_bytes();
        let mut next = 0;
        while let Some(&byte) = bytes.get(next) {
            let place = next;
            next += 1;
            if let Some((quote, _)) = self.quote {
                match byte {
                    b'\\' if quote == b'"' => next += 1,
                    b'\'' if quote == b'\'' && bytes.get(next) == Some(&b'\'') => next += 1,
                    _ if byte == quote => {
                        self.quote = None;
                        if self.brackets.is_empty() {
                            return Some(next);
                        }
                    }
                    _ => {}
                }
                continue;
            }
            let is_spaced = place == 0 || bytes[place - 1].is_ascii_whitespace();
            let is_in_word = std::mem::take(&mut self.is_in_word);
            match byte {
                b'#' if is_spaced => return None,
                b'"' | b'\'' if !is_in_word => self.quote = Some((byte, at + place)),
                b'[' | b'{' => self.brackets.push((byte, at + place)),
                b']' | b'}' => {
                    self.close(byte, at + place);
                    if self.brackets.is_empty() {
                        return Some(next);
                    }
                }
                b',' => {}
                b':' if bytes.get(next).is_none_or(u8::is_ascii_whitespace) => {}
                // Behind a key in quotes: `{"a":"b"}`.
                b':' if place > 0 && matches!(bytes[place - 1], b'"' | b'\'') && !is_in_word => {}
                // Words of one text stay together over their spaces.
                _ => self.is_in_word = is_in_word || !byte.is_ascii_whitespace(),
            }
        }
        None
    }

    /// Where another bracket is closed than the last that was opened, that one ends there too.
    fn close(&mut self, sign: u8, closed_at: usize) {
        let Some(bracket) = self.brackets.pop().filter(|(open, _)| closing(*open) != sign) else { return };
        let is_around = self.brackets.last().is_some_and(|(open, _)| closing(*open) == sign);
        if is_around {
            self.brackets.pop();
        }
        self.wrong.get_or_insert(Wrong { bracket, closed_at, is_around });
    }

    /// The sign that waits for another one, with its place.
    pub(super) fn waits(&self) -> Option<(char, usize)> {
        let wrong = self.wrong.map(|wrong| wrong.bracket);
        let (sign, place) = wrong.or(self.quote).or(self.brackets.last().copied())?;
        Some((char::from(sign), place))
    }
}

fn closing(open: u8) -> u8 {
    match open {
        b'[' => b']',
        b'{' => b'}',
        quote => quote,
    }
}

/// What closes a quote or a bracket.
pub(super) fn closing_sign(open: char) -> char {
    u8::try_from(open).map_or(open, |open| char::from(closing(open)))
}

/// More signs than these are not added to a line.
const MOST_SIGNS: usize = 6;

/// A line in which a value begins at a byte, with what would close it; nothing where that is not enough.
pub(super) fn closed(line: &str, begin: usize) -> Option<String> {
    let mut line = line.to_owned();
    for _ in 0..=MOST_SIGNS {
        let mut flow = Flow::default();
        let end = flow.take(&line[begin..], begin);
        let Some((sign, from)) = flow.waits() else {
            let rest = line[begin + end?..].trim_start();
            return (rest.is_empty() || rest.starts_with('#')).then_some(line);
        };
        let end = match flow.wrong {
            Some(wrong) => wrong.closed_at,
            None if flow.quote.is_some() && !flow.brackets.is_empty() => {
                from + 1 + text_in_brackets(&line[from + 1..])
            }
            None => line.len(),
        };
        let before = line[..end].trim_end();
        // A bracket that closes nothing goes.
        let behind = if flow.wrong.is_some_and(|wrong| !wrong.is_around) { end + 1 } else { before.len() };
        let space = if sign == '{' && line[from + 1..].starts_with(' ') { " " } else { "" };
        line = format!("{before}{space}{}{}", closing_sign(sign), &line[behind..]);
    }
    None
}

/// How long a text in brackets is that lacks the quote at its end: up to the next key, else to the brackets that end the
/// line.
fn text_in_brackets(rest: &str) -> usize {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let mut commas = rest.match_indices(',').map(|(comma, _)| comma);
    let before_key = commas.find(|comma| {
        let word = rest[comma + 1..].trim_start().trim_start_matches(is_name);
        word.starts_with(": ") && !rest[comma + 1..].trim_start().starts_with(':')
    });
    before_key.unwrap_or_else(|| rest.trim_end_matches([' ', ']', '}']).len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_ends_where_it_is_closed() {
        for (value, end) in [
            ("\"a\" b", 3),
            ("\"a \\\" b\"", 8),
            ("'it''s' x", 7),
            ("[a, [b], c] # d", 11),
            ("{ a: 'b}', c: O'Neill } x", 23),
            ("{\"a\":\"b]\"}", 10),
            ("[a:b, \"c\"]", 10),
        ] {
            assert_eq!(Flow::default().take(value, 0), Some(end), "{value}");
        }
        let mut flow = Flow::default();
        assert_eq!(flow.take("[a, # b]", 10), None);
        assert_eq!(flow.take("{ \"c", 20), None);
        assert_eq!(flow.waits(), Some(('"', 22)));
        assert_eq!(flow.take("# d\", e]", 30), Some(8));
        assert_eq!(flow.waits(), Some(('{', 20)));
    }

    #[test]
    fn a_line_is_closed_where_it_was_meant() {
        for (line, begin, meant) in [
            ("a: \"b c", 3, "a: \"b c\""),
            ("a: 'b", 3, "a: 'b'"),
            ("a: [b, c", 3, "a: [b, c]"),
            ("a: { b: c", 3, "a: { b: c }"),
            ("a: {b: [c", 3, "a: {b: [c]}"),
            ("a: { b: [c }", 3, "a: { b: [c] }"),
            ("a: [b}", 3, "a: [b]"),
            ("a: [{ b: c]", 3, "a: [{ b: c }]"),
            ("a: { b: \"c d }", 3, "a: { b: \"c d\" }"),
            ("a: { b: \"c, d: e }", 3, "a: { b: \"c\", d: e }"),
            ("a: { b: \"c, d }", 3, "a: { b: \"c, d\" }"),
            ("é: [\"é", 4, "é: [\"é\"]"),
        ] {
            assert_eq!(closed(line, begin).as_deref(), Some(meant), "{line}");
        }
        for line in ["[a # b", "\"a\" b", "[[[[[[[[[[a"] {
            assert_eq!(closed(line, 0), None, "{line}");
        }
    }
}
