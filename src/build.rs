//! How the program is linked.
//!
//! A program that may be loaded at any address has to mend its tables of time zones, some 33,000 addresses, each time it
//! begins: a seventh of what it takes to check a plan of 1,000 steps. So on Linux the program has an address of its own; its
//! heap, stack and libraries have not.

#![expect(clippy::disallowed_methods, reason = "what is linked for whom stands in the environment")]

fn main() {
    println!("cargo::rerun-if-changed=src/build.rs");
    let is = |key: &str, value: &str| std::env::var(key).is_ok_and(|found| found == value);
    if is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu") {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}
