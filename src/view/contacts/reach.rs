//! Phone numbers and addresses as links, where they are plain ones.

/// What a phone dials: `tel:+495550101`; nothing where the text is more than a number.
pub(super) fn phone_link(phone: &str) -> Option<String> {
    let known =
        |c: char| c.is_ascii_digit() || matches!(c, ' ' | '\u{a0}' | '-' | '–' | '.' | '/' | '(' | ')');
    let (lead, rest) = match phone.trim().strip_prefix('+') {
        Some(rest) => ("+", rest),
        None => ("", phone.trim()),
    };
    if !rest.chars().all(known) {
        return None;
    }
    // `+49 (0)30 …` has a zero that is dialled only without the `+49`.
    let rest = if lead.is_empty() { rest.to_owned() } else { rest.replace("(0)", "") };
    let digits: String = rest.chars().filter(char::is_ascii_digit).collect();
    (digits.len() >= 3).then(|| format!("tel:{lead}{digits}"))
}

/// Where a mail goes: `mailto:ana@example.com`; nothing where the text is no plain address.
pub(super) fn email_link(email: &str) -> Option<String> {
    let plain = |text: &str, more: &str| {
        !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || more.contains(c))
    };
    let (who, place) = email.split_once('@')?;
    (plain(who, "._-+") && plain(place, ".-")).then(|| format!("mailto:{email}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_dialled_as_they_are_meant() {
        for (phone, link) in [
            ("+49 30 5550 101", Some("tel:+49305550101")),
            ("+49 (0)30 / 5550-101", Some("tel:+49305550101")),
            ("(555) 010.1", Some("tel:5550101")),
            ("112", Some("tel:112")),
            ("+1 555 0101, room 3", None),
            ("tel:<script>", None),
            ("12", None),
            ("", None),
        ] {
            assert_eq!(phone_link(phone).as_deref(), link, "{phone}");
        }
    }

    #[test]
    fn only_plain_addresses_are_links() {
        assert_eq!(
            email_link("ana.reyes+night@example.com").as_deref(),
            Some("mailto:ana.reyes+night@example.com")
        );
        for email in ["javascript:alert(1)", "ana", "ana@", "@x", "a@b@c", "a b@c.d", "a@b?cc=x", "a@b\nc"] {
            assert_eq!(email_link(email), None, "{email}");
        }
    }
}
