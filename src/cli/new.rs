//! `tminus new`: a first plan that compiles as it is, or a sample of any length.

use std::io::Write;
use std::num::NonZeroU32;

use super::arguments::New;
use super::sample::{Sample, Staffing};
use super::{Outcome, terminal};
use crate::plan::slug;

/// File systems take 255 bytes, and a letter has up to four.
const LONGEST_NAME: usize = 60;

/// The plan, with `{{title}}` where its title goes.
const PLAN: &str = include_str!("new.md");

pub fn run(arguments: &New) -> Outcome {
    let title = title(arguments);
    let file = file_name(&title);
    let quoted = format!("\"{}\"", title.replace('\\', "\\\\").replace('"', "\\\""));
    let (text, what) = match arguments.sample {
        None => (PLAN.replace("{{title}}", &quoted), "a first plan".to_owned()),
        Some(steps) => {
            let staffing = if arguments.no_people { Staffing::Nobody } else { Staffing::Named };
            (Sample { title: quoted, steps, staffing }.text(), sample_of(steps))
        }
    };
    let made = std::fs::OpenOptions::new().write(true).create_new(true).open(&file);
    match made.and_then(|mut new| new.write_all(text.as_bytes())) {
        Ok(()) => terminal::print(&format!("{file}: {what}. Make its pages with `tminus build {file}`.\n")),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            terminal::error(
                &format!("`{file}` is there already"),
                "give the plan another name: `tminus new NAME`",
            );
            Outcome::Environment
        }
        Err(error) => {
            terminal::error(
                &format!("`{file}` can't be written: {error}"),
                "check who may write in this folder",
            );
            Outcome::Environment
        }
    }
}

/// What the plan is called, on one line.
fn title(arguments: &New) -> String {
    let name = arguments.name.as_deref().unwrap_or_default();
    // No YAML holds control characters.
    let name = name.replace(|c: char| c.is_control() && !c.is_whitespace(), "");
    let title = name.split_whitespace().collect::<Vec<_>>().join(" ");
    match (title.is_empty(), arguments.sample) {
        (false, _) => title,
        (true, None) => "My launch".to_owned(),
        (true, Some(steps)) => sample_of(steps).replacen("a sample", "Sample", 1),
    }
}

fn sample_of(steps: NonZeroU32) -> String {
    match steps.get() {
        1 => "a sample of 1 step".to_owned(),
        steps => format!("a sample of {steps} steps"),
    }
}

fn file_name(title: &str) -> String {
    let short: String = slug(title).chars().take(LONGEST_NAME).collect();
    format!("{}.md", short.trim_end_matches('-'))
}
