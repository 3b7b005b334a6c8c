//! `tminus lsp`: an editor talks on the standard streams.

use std::io::BufReader;

use super::Outcome;
use super::arguments::Lsp;
use crate::lsp::{Goodbye, serve};

pub fn run(arguments: &Lsp) -> Outcome {
    // There is no other way to talk than the standard streams.
    let Lsp { stdio: _, client } = arguments;
    match serve(BufReader::new(std::io::stdin()), std::io::stdout(), *client) {
        Goodbye::Said => Outcome::Done,
        Goodbye::Missing => Outcome::PlanErrors,
    }
}
