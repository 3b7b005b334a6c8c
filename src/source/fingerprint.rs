//! A short name for one version of a plan, to be read aloud: «which version do you hold?»
//!
//! Made from the text of every file and from the options, and from nothing else, so that the same
//! plan has the same name on every machine. Two groups of four letters, none of which looks like
//! another.

use std::sync::{Arc, OnceLock};

use sha2::{Digest, Sha256};

/// No 0, O, 1, I, L or U.
const LETTERS: &[u8; 30] = b"23456789ABCDEFGHJKMNPQRSTVWXYZ";

/// One version of a plan. Its name takes a pass over all texts, and only pages and answers about the version say it, so
/// it is made when it is first asked for.
#[derive(Debug, Clone)]
pub struct Version {
    texts: Vec<Arc<str>>,
    name: OnceLock<String>,
}

impl Version {
    /// The version that is made of these texts.
    #[must_use]
    pub fn of(texts: Vec<Arc<str>>) -> Self {
        Self { texts, name: OnceLock::new() }
    }

    /// Its short name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.name.get_or_init(|| fingerprint(self.texts.iter().map(|text| &**text)))
    }
}

/// The fingerprint of these texts, in order.
#[must_use]
pub fn fingerprint<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let bytes = digest(texts);
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

/// Four letters that tell two versions of these texts apart: enough for what a device compares, and cheap.
#[must_use]
pub fn mark<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    // FNV-1a, 64 bits wide.
    const PRIME: u64 = 0x0100_0000_01b3;
    let step = |number: u64, byte: u8| (number ^ u64::from(byte)).wrapping_mul(PRIME);
    let mut number = 0xcbf2_9ce4_8422_2325;
    for text in texts {
        number = text.bytes().fold(number, step);
        // An end that no text has keeps "ab" + "c" apart from "a" + "bc".
        number = step(number, 0xff);
    }
    let mut name = String::with_capacity(4);
    for _ in 0..4 {
        name.push(char::from(LETTERS[(number % 30) as usize]));
        number /= 30;
    }
    name
}

/// A name for these texts that nothing else in the world has: a UUID of version 8.
#[must_use]
pub fn unique_name<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let bytes = digest(texts);
    let digit = |half: u8| char::from(b"0123456789abcdef"[usize::from(half)]);
    let mut name = String::with_capacity(36);
    for (index, byte) in bytes[..16].iter().enumerate() {
        let byte = match index {
            // The version, and the variant of RFC 9562.
            6 => 0x80 | (byte & 15),
            8 => 0xa0 | (byte & 15),
            _ => *byte,
        };
        if matches!(index, 4 | 6 | 8 | 10) {
            name.push('-');
        }
        name.push(digit(byte >> 4));
        name.push(digit(byte & 15));
    }
    name
}

/// A number for these texts below a limit; others may have it too.
#[must_use]
pub fn short_number<'a>(texts: impl IntoIterator<Item = &'a str>, below: u32) -> u32 {
    let bytes = digest(texts);
    let number = bytes[..4].iter().fold(0u32, |number, byte| (number << 8) | u32::from(*byte));
    number % below.max(1)
}

fn digest<'a>(texts: impl IntoIterator<Item = &'a str>) -> [u8; 32] {
    let mut digest = Sha256::new();
    for text in texts {
        // The length keeps "ab" + "c" apart from "a" + "bc".
        digest.update((text.len() as u64).to_le_bytes());
        digest.update(text.as_bytes());
    }
    digest.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_texts_have_the_same_name() {
        assert_eq!(fingerprint(["plan", "options"]), fingerprint(["plan", "options"]));
        assert_ne!(fingerprint(["ab", "c"]), fingerprint(["a", "bc"]));
        assert_eq!(fingerprint([""]).len(), 9);
        assert_eq!(
            Version::of(vec!["plan".into(), "options".into()]).name(),
            fingerprint(["plan", "options"])
        );
        assert_eq!(mark(["plan", "options"]), mark(["plan", "options"]));
        assert_ne!(mark(["ab", "c"]), mark(["a", "bc"]));
        assert_eq!(mark([""]).len(), 4);
    }

    #[test]
    fn unique_names_have_the_form_of_a_uuid() {
        let name = unique_name(["plan", "step"]);
        let parts: Vec<usize> = name.split('-').map(str::len).collect();
        assert_eq!(parts, [8, 4, 4, 4, 12]);
        assert_eq!((&name[14..15], &name[19..20]), ("8", "a"));
        assert_ne!(name, unique_name(["planstep", ""]));
        assert!(short_number(["x"], 7) < 7);
    }
}
