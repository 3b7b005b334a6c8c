//! Values of options that have a form of their own: who stands in, a variable, a delay, a length.
//!
//! A text comes in; what it says goes out, or a sentence on how it is written.

use std::num::NonZeroU32;

use super::messages;
use super::sample::MOST_STEPS;
use crate::plan::is_name;
use crate::plan::{Slip, Substitute};

/// How many steps a sample has.
pub fn sample_steps(text: &str) -> Result<NonZeroU32, String> {
    let steps = text.parse::<NonZeroU32>().ok().filter(|steps| steps.get() <= MOST_STEPS);
    steps.ok_or_else(|| messages::bad_sample(MOST_STEPS))
}

/// `A=B` or `STEP:A=B`: who drops out, and who stands in; with it what can't be given twice. A title
/// may hold a `:` or `=` itself.
pub fn stand_in(text: &str) -> Result<(String, Substitute), String> {
    let (left, into) = text.rsplit_once('=').ok_or("write it as A=B, without spaces")?;
    let (step, out) = left.rsplit_once(':').map_or((None, left), |(step, out)| (Some(step.trim()), out));
    let name = |side: &str| side.trim().trim_start_matches('@').to_owned();
    if step == Some("") {
        return Err("write it as A=B, or as STEP:A=B with a step before the `:`".to_owned());
    }
    match (name(out), name(into)) {
        (out, _) if out.is_empty() => {
            Err(messages::needs_name(text, "a first name before", ", of who drops out"))
        }
        (_, into) if into.is_empty() => {
            Err(messages::needs_name(text, "a second name after", ", of who stands in"))
        }
        (_, into) if !is_name(&into) => Err(messages::no_handle(&into)),
        // For one step it says that somebody does that one, whoever has the others.
        (out, into) if out == into && step.is_none() => {
            Err(format!("`{out}` can't stand in for `{out}`: write who stands in after the `=`"))
        }
        (out, into) => {
            let asked = step.map_or_else(|| out.clone(), |step| format!("{step}:{out}"));
            Ok((asked, Substitute { step: step.map(str::to_owned), out, into }))
        }
    }
}

/// `NAME=TEXT`; the text may be anything.
pub fn variable(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("write it as NAME=TEXT, without spaces around the `=`")?;
    if name.trim().is_empty() {
        return Err(messages::needs_name(text, "the name of a variable before", ""));
    }
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}

/// `STEP=+TIME`: which step, and how much longer it takes; a title may hold a `=` itself.
pub fn slip(text: &str) -> Result<(String, Slip), String> {
    let (step, by) = text.rsplit_once('=').ok_or("write it as STEP=+40m, without spaces around the `=`")?;
    if step.trim().is_empty() {
        return Err(messages::needs_name(text, "a step before", ", by its id or its title"));
    }
    if by.trim().is_empty() {
        return Err(messages::slip_without_length(text));
    }
    let by = Slip::parse(by.trim()).map_err(|error| messages::bad_slip(by.trim(), &error))?;
    Ok((step.trim().to_owned(), by))
}
