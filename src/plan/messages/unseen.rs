//! Characters that nobody sees, as they come along with a word that was copied from a page or a chat.

/// A text with such a character.
pub(super) struct Unseen {
    /// The text without any.
    pub(super) cleaned: String,
    /// What the first of them is called, with its number.
    pub(super) name: String,
}

/// What of a text nobody sees, where there is anything.
pub(super) fn unseen(text: &str) -> Option<Unseen> {
    let first = text.chars().find(|c| name(*c).is_some())?;
    let cleaned: String = text.chars().filter(|c| name(*c).is_none()).collect();
    Some(Unseen { cleaned, name: format!("{} (U+{:04X})", name(first)?, u32::from(first)) })
}

fn name(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{ad}' => "a soft hyphen",
        '\u{200b}' => "a space without width",
        '\u{200c}' | '\u{200d}' => "a joiner without width",
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            "a mark of the direction of writing"
        }
        '\u{2060}' => "a word joiner",
        '\u{feff}' => "a byte order mark",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::unseen;

    #[test]
    fn what_nobody_sees_is_named_and_taken_out() {
        let found = unseen("@k\u{200b}im\u{feff}").map(|unseen| (unseen.cleaned, unseen.name));
        assert_eq!(found, Some(("@kim".to_owned(), "a space without width (U+200B)".to_owned())));
        assert!(unseen("@kim-größe").is_none());
    }
}
