//! Texts that mean themselves where a page would act on them: in addresses and in style sheets.

/// A path as a link: what is no plain letter is written as percent signs.
#[must_use]
pub fn link(path: &str) -> String {
    let mut link = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte) {
            link.push(char::from(byte));
        } else {
            link.push_str(&format!("%{byte:02X}"));
        }
    }
    link
}

/// A text as a string of CSS, safe in any style sheet.
#[must_use]
pub fn css_string(text: &str) -> String {
    let mut css = String::from("\"");
    for c in text.chars() {
        if c.is_ascii_alphanumeric() || c == ' ' {
            css.push(c);
        } else if c.is_control() {
            css.push(' ');
        } else {
            // The space ends the number.
            css.push_str(&format!("\\{:x} ", u32::from(c)));
        }
    }
    css.push('"');
    css
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_and_style_strings_are_inert() {
        assert_eq!(link("a b/ä#?.html"), "a%20b/%C3%A4%23%3F.html");
        assert_eq!(css_string("x\"</style>"), "\"x\\22 \\3c \\2f style\\3e \"");
    }
}
