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

/// A text with a sign of another width than ours, as keyboards for Chinese and Japanese have them.
pub(super) struct Wide {
    /// The text with ours.
    pub(super) narrow: String,
    /// What the first of them is called, with its number.
    pub(super) name: String,
}

/// The wide signs of a text as ours, where there are any.
pub(super) fn wide(text: &str) -> Option<Wide> {
    let first = text.chars().find(|c| narrow(*c).is_some())?;
    let all = text.chars().map(|c| narrow(c).unwrap_or(c)).collect();
    Some(Wide { narrow: all, name: format!("a wide `{first}` (U+{:04X})", u32::from(first)) })
}

/// U+FF01 to U+FF5E are the signs of ASCII once more, in the same order.
fn narrow(c: char) -> Option<char> {
    let is_wide = ('\u{ff01}'..='\u{ff5e}').contains(&c);
    is_wide.then(|| char::from_u32(u32::from(c) - 0xfee0)).flatten()
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
    use super::{unseen, wide};

    #[test]
    fn wide_signs_become_ours() {
        let found = wide("＠dana").map(|wide| (wide.narrow, wide.name));
        assert_eq!(found, Some(("@dana".to_owned(), "a wide `＠` (U+FF20)".to_owned())));
        assert!(wide("@größe").is_none());
    }

    #[test]
    fn what_nobody_sees_is_named_and_taken_out() {
        let found = unseen("@k\u{200b}im\u{feff}").map(|unseen| (unseen.cleaned, unseen.name));
        assert_eq!(found, Some(("@kim".to_owned(), "a space without width (U+200B)".to_owned())));
        assert!(unseen("@kim-größe").is_none());
    }
}
