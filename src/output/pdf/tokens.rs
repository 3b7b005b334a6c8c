//! The words of a PDF object: names, numbers, strings, references and the brackets around them.

use std::ops::Range;

/// A word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// `/Name`.
    Name,
    /// A whole number.
    Whole(i64),
    /// `12 0 R`: another object.
    Reference(u32),
    /// A string, `(…)` or `<…>`.
    Text,
    /// `<<` or `[`.
    Open,
    /// `>>` or `]`.
    Close,
    /// Anything else: `true`, `null`, a fraction, `stream`.
    Other,
}

/// A word with its place.
pub(super) type Placed = (Token, Range<usize>);

/// The words of `bytes`, up to and without `stream` or `endobj`; nothing when it can't be read.
pub(super) fn tokens(bytes: &[u8]) -> Option<Vec<Placed>> {
    let mut found: Vec<Placed> = Vec::new();
    let mut at = 0;
    loop {
        while bytes.get(at).is_some_and(|&byte| is_blank(byte)) {
            at += 1;
        }
        let first = *bytes.get(at)?;
        let (token, end) = match first {
            b'%' => {
                at += bytes[at..].iter().position(|&byte| byte == b'\n' || byte == b'\r')?;
                continue;
            }
            b'/' => (Token::Name, word_end(bytes, at + 1)),
            b'(' => (Token::Text, string_end(bytes, at)?),
            b'<' if bytes.get(at + 1) == Some(&b'<') => (Token::Open, at + 2),
            b'<' => (Token::Text, at + bytes[at..].iter().position(|&byte| byte == b'>')? + 1),
            b'>' if bytes.get(at + 1) == Some(&b'>') => (Token::Close, at + 2),
            b'[' => (Token::Open, at + 1),
            b']' => (Token::Close, at + 1),
            b'>' | b')' | b'{' | b'}' => return None,
            _ => (Token::Other, word_end(bytes, at)),
        };
        let word = &bytes[at..end];
        match word {
            b"stream" | b"endobj" | b"startxref" => return Some(found),
            b"R" => reference(&mut found, end)?,
            _ => {
                let token = if token == Token::Other { whole(word) } else { token };
                found.push((token, at..end));
            }
        }
        at = end;
    }
}

/// Two numbers before an `R` become one reference.
fn reference(found: &mut Vec<Placed>, end: usize) -> Option<()> {
    let (Token::Whole(0), _) = found.pop()? else { return None };
    let (Token::Whole(number), range) = found.pop()? else { return None };
    found.push((Token::Reference(u32::try_from(number).ok()?), range.start..end));
    Some(())
}

fn whole(word: &[u8]) -> Token {
    let number = std::str::from_utf8(word).ok().and_then(|word| word.parse().ok());
    number.map_or(Token::Other, Token::Whole)
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 12 | b'\r' | b' ')
}

fn word_end(bytes: &[u8], from: usize) -> usize {
    let ends = |byte: &u8| is_blank(*byte) || b"()<>[]{}/%".contains(byte);
    bytes[from..].iter().position(ends).map_or(bytes.len(), |length| from + length)
}

fn string_end(bytes: &[u8], from: usize) -> Option<usize> {
    let mut depth = 0;
    let mut at = from;
    loop {
        match bytes.get(at)? {
            b'\\' => at += 1,
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        at += 1;
        if depth == 0 {
            return Some(at);
        }
    }
}

/// The words of the value that a dictionary has under a name, itself no inner one's.
pub(super) fn value<'a>(bytes: &[u8], tokens: &'a [Placed], name: &[u8]) -> Option<&'a [Placed]> {
    let mut depth = 0;
    let mut at = 0;
    while let Some((token, range)) = tokens.get(at) {
        match token {
            Token::Name if depth == 1 => {
                let end = value_end(tokens, at + 1);
                if &bytes[range.clone()] == name {
                    return tokens.get(at + 1..end);
                }
                at = end;
                continue;
            }
            Token::Open => depth += 1,
            Token::Close => depth -= 1,
            _ => {}
        }
        at += 1;
    }
    None
}

/// Where the value ends that begins with a word: with it, or with the bracket that closes it.
pub(super) fn value_end(tokens: &[Placed], from: usize) -> usize {
    let mut depth = 0;
    for (at, (token, _)) in tokens.iter().enumerate().skip(from) {
        match token {
            Token::Open => depth += 1,
            Token::Close => depth -= 1,
            _ => {}
        }
        if depth <= 0 {
            return at + 1;
        }
    }
    tokens.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_apart() {
        let bytes = b"<</A (a \\) (b)) /B [12 0 R -3 .5 <41>]>>\nendobj";
        let kinds: Vec<Token> =
            tokens(bytes).expect("it can be read").into_iter().map(|(kind, _)| kind).collect();
        use Token::{Close, Name, Open, Other, Reference, Text, Whole};
        let wanted = [Open, Name, Text, Name, Open, Reference(12), Whole(-3), Other, Text, Close, Close];
        assert_eq!(kinds, wanted);
    }

    #[test]
    fn what_is_cut_off_is_refused() {
        for bytes in [&b"<</A (b"[..], b"<</A 1", b"<</A <41", b"12 R endobj", b") endobj"] {
            assert_eq!(tokens(bytes), None, "{}", String::from_utf8_lossy(bytes));
        }
    }
}
