//! What keeps a page inert: words that can't be elements, links that can't run anything.

/// Whether a link may lead there: to pages, mail and phones, and nowhere where a script could run.
#[must_use]
pub fn is_safe_link(target: &str) -> bool {
    // Browsers skip white space and control characters in the name of a scheme.
    let plain: String = target.chars().filter(|c| !c.is_whitespace() && !c.is_control()).take(12).collect();
    let lower = plain.to_ascii_lowercase();
    ["http://", "https://", "mailto:", "tel:"].iter().any(|scheme| lower.starts_with(scheme))
}

/// Adds text with the characters escaped that mean something in HTML.
pub fn escape(text: &str, out: &mut String) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escaped = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            // A control character is no text, and no HTML either.
            0..=8 | 11 | 12 | 14..=31 => "\u{fffd}",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(escaped);
        from = at + 1;
    }
    out.push_str(&text[from..]);
}
