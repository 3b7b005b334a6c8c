//! See `src/parts.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tminus_fuzz::hold("parts", bytes));
