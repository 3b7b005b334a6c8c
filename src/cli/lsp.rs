//! `tminus lsp`: an editor talks on the standard streams.

use std::io::BufReader;

use super::Outcome;
use crate::lsp::{Goodbye, serve};

pub fn run() -> Outcome {
    match serve(BufReader::new(std::io::stdin()), std::io::stdout()) {
        Goodbye::Said => Outcome::Done,
        Goodbye::Missing => Outcome::PlanErrors,
    }
}
