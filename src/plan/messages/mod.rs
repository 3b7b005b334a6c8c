//! What this stage says to people. One function a diagnostic, to be read and edited as prose.

mod attributes;
mod front_matter;
mod includes;
mod names;
mod parted;
mod several;
mod slips;
mod substitutes;
mod unseen;

pub(super) use attributes::*;
pub(super) use front_matter::*;
pub(super) use includes::*;
pub(super) use names::*;
pub(super) use parted::*;
pub(super) use several::*;
pub(super) use slips::*;
pub(super) use substitutes::*;

use super::outline::Mode;
use crate::diagnostic::{Diagnostic, Rule};
use crate::source::{SourceId, Sources, Span};

// The plan as a whole.

pub(super) fn no_steps(source: SourceId, sources: &Sources) -> Diagnostic {
    let file = sources.get(source).name.clone();
    Diagnostic::about_file(Rule::NoSteps, file, "nothing in this file could be a step")
        .help("write a step as `- [ ] Stop the API`")
}

pub(super) fn no_boxes(first: Span, mode: Mode) -> Diagnostic {
    let what = if mode == Mode::Numbered { "numbered items" } else { "top-level bullets" };
    Diagnostic::new(Rule::NoBoxes, first, format!("no item has a box: the {what} are taken as the steps"))
        .label("the first of them")
        .help("write `[ ]` at the beginning of each item that is a step")
}
