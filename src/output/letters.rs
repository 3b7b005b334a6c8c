//! What of a text stands on a page: letters that mean something there are escaped, and those that act become others.
//!
//! Promised: no text of a plan acts on a page, and what means only itself is written as it is. Linear in the text.

use std::fmt::Write;

/// What a byte may begin that does not stand on a page as it is: in a text, and in HTML of ours or Markdown.
const TEXT: u8 = 1;
const MARKUP: u8 = 2;

/// Of each byte what it may begin.
const ODD: [u8; 256] = {
    let mut odd = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        odd[byte] = match byte as u8 {
            b'\n' | b'\r' | b'\t' => 0,
            // What acts beyond ASCII is two bytes or three, and these are the first.
            0..0x20 | 0x7f | 0xc2 | 0xe2 => TEXT | MARKUP,
            b'<' | b'>' | b'&' | b'"' | b'\'' | b'/' => TEXT,
            _ => 0,
        };
        byte += 1;
    }
    odd
};

/// A text of more bytes is looked through faster sixteen at a time.
const LONG: usize = 64;

/// A text on a page: escaped, unless it stands there `as_it_is`, as HTML of ours and Markdown do; what acts never gets
/// there.
pub(super) fn write_text(out: &mut impl Write, text: &str, as_it_is: bool) -> std::fmt::Result {
    // Most of ours is plain, and some has many lines. No branch a byte, so that many are looked at at once.
    let control = |byte: u8| (byte == 0x7f) | ((byte < 0x20) & (byte != b'\n'));
    let acts = |byte: u8| u8::from(control(byte) | (byte == 0xc2) | (byte == 0xe2));
    if as_it_is && text.len() > LONG && text.bytes().fold(0, |odd, byte| odd | acts(byte)) == 0 {
        return out.write_str(text);
    }
    let mask = if as_it_is { MARKUP } else { TEXT };
    let is_odd = |byte: &u8| ODD[usize::from(*byte)] & mask != 0;
    let (eights, rest) = text.as_bytes().as_chunks::<8>();
    let has_odd =
        |eight: &[u8; 8]| eight.iter().fold(0, |all, byte| all | ODD[usize::from(*byte)]) & mask != 0;
    if !eights.iter().any(has_odd) && !rest.iter().any(is_odd) {
        return out.write_str(text);
    }
    let (mut written, mut at) = (0, 0);
    while let Some(plain) = text.as_bytes()[at..].iter().position(is_odd) {
        let start = at + plain;
        let Some(c) = text[start..].chars().next() else { break };
        at = start + c.len_utf8();
        let instead = match c {
            '<' => "&lt;",
            '>' => "&gt;",
            '&' => "&amp;",
            '"' => "&quot;",
            '\'' => "&#x27;",
            '/' => "&#x2f;",
            c if is_control(c) => "\u{fffd}",
            _ => continue,
        };
        out.write_str(&text[written..start])?;
        out.write_str(instead)?;
        written = at;
    }
    out.write_str(&text[written..])
}

/// A text that means itself in a style sheet, between quotes and without.
pub(super) fn escaped_for_css(text: &str) -> String {
    let mut css = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') {
            css.push(c);
        } else {
            // The space ends the number.
            css.push_str(&format!("\\{:x} ", u32::from(c)));
        }
    }
    css
}

/// A number as it would be formatted, which takes several times as long: one without a point, or in tenths, as most are.
/// Nothing is written, and that is said, where it has more digits.
pub(super) fn write_tenths(out: &mut impl Write, number: f64) -> Option<std::fmt::Result> {
    let tenths = (number * 10.0).round();
    // No more is counted exactly.
    let is_exact = tenths.abs() < 1e15 && (tenths / 10.0).to_bits() == number.to_bits();
    // A zero has a sign, too.
    let is_it = is_exact && (tenths != 0.0 || number.is_sign_positive());
    is_it.then(|| write_digits(out, tenths as i64, true))
}

/// A whole number.
pub(super) fn write_whole(out: &mut impl Write, number: i64) -> std::fmt::Result {
    write_digits(out, number, false)
}

/// The digits of a number, the last behind a point if it counts `tenths`.
fn write_digits(out: &mut impl Write, number: i64, tenths: bool) -> std::fmt::Result {
    let mut room = [b'0'; 24];
    let (mut rest, mut from) = (number.unsigned_abs(), room.len());
    let mut put = |byte: u8| {
        from -= 1;
        room[from] = byte;
    };
    if tenths {
        put(b'0' + (rest % 10) as u8);
        put(b'.');
        rest /= 10;
    }
    loop {
        put(b'0' + (rest % 10) as u8);
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if number < 0 {
        put(b'-');
    }
    out.write_str(str::from_utf8(&room[from..]).unwrap_or_default())
}

/// A control character is no text: some act in a terminal that shows the page, and none is HTML. What turns the order of
/// letters round makes a command look like another one, and is a letter of no language.
fn is_control(c: char) -> bool {
    let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    turns || (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_they_are_formatted() {
        for number in [0, 7, -7, 10, 1070, i64::MIN, i64::MAX] {
            let mut text = String::new();
            write_whole(&mut text, number).expect("there is room");
            assert_eq!(text, number.to_string());
        }
        for number in [0.0, -0.1, 0.3, 12.0, 7.5, -116.0, 1070.9, 1e13, 99_999_999_999_999.9] {
            let mut text = String::new();
            write_tenths(&mut text, number).expect("it is in tenths").expect("there is room");
            assert_eq!(text, format!("{number:?}"));
        }
        let others = [-0.0, 0.25, 1.0 / 3.0, 0.1 + 0.2, 1e16, f64::NAN, f64::INFINITY];
        assert!(others.iter().all(|number| write_tenths(&mut String::new(), *number).is_none()));
    }
}
