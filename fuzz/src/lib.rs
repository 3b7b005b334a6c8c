//! What must hold of any input, one promise a file; a broken one panics.
//!
//! The fuzzers call them with made-up inputs, and `tests/fuzzed.rs` with those that once broke one.

mod compile;
mod export;
mod fix;
mod fmt;
mod input;
mod pages;
mod parse;
mod parts;
mod time;

/// The name of a promise, and what panics when a text breaks it.
pub type Promise = (&'static str, fn(&str));

/// The promises by name, which is also that of the fuzzer.
pub const PROMISES: [Promise; 8] = [
    ("parse", parse::hold),
    ("parts", parts::hold),
    ("compile", compile::hold),
    ("pages", pages::hold),
    ("export", export::hold),
    ("fix", fix::hold),
    ("fmt", fmt::hold),
    ("time", time::hold),
];

/// Holds an input to a promise. Bytes that are no text never come to a plan: they are refused where files are read.
pub fn hold(promise: &str, bytes: &[u8]) {
    let (_, hold) = PROMISES.iter().find(|(name, _)| *name == promise).expect("a promise of that name");
    if let Ok(text) = std::str::from_utf8(bytes) {
        hold(text);
    }
}
