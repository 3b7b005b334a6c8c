//! A short name for one version of a plan, to be read aloud: «which version do you hold?»
//!
//! Made from the text of every file and from the options, and from nothing else, so that the same
//! plan has the same name on every machine. Two groups of four letters, none of which looks like
//! another.

use sha2::{Digest, Sha256};

/// No 0, O, 1, I, L or U.
const LETTERS: &[u8; 30] = b"23456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The fingerprint of these texts, in order.
#[must_use]
pub fn fingerprint<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let mut digest = Sha256::new();
    for text in texts {
        // The length keeps "ab" + "c" apart from "a" + "bc".
        digest.update((text.len() as u64).to_le_bytes());
        digest.update(text.as_bytes());
    }
    let bytes = digest.finalize();
    let mut number = bytes[..8].iter().fold(0u64, |number, byte| (number << 8) | u64::from(*byte));
    let mut name = String::with_capacity(9);
    for index in 0..8 {
        if index == 4 {
            name.push('-');
        }
        let letter = LETTERS[(number % 30) as usize];
        name.push(char::from(letter));
        number /= 30;
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_texts_have_the_same_name() {
        assert_eq!(fingerprint(["plan", "options"]), fingerprint(["plan", "options"]));
        assert_ne!(fingerprint(["ab", "c"]), fingerprint(["a", "bc"]));
        assert_eq!(fingerprint([""]).len(), 9);
    }
}
