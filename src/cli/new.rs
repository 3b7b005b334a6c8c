//! `tminus new`: a first plan that compiles as it is, or a sample of any length.

use std::io::{Error, ErrorKind};
use std::num::NonZeroU32;
use std::path::Path;

use super::arguments::New;
use super::sample::{Sample, Staffing};
use super::{Outcome, terminal};
use crate::output::write_new;
use crate::plan::slug;

/// File systems take 255 bytes, and a letter has up to four.
const LONGEST_NAME: usize = 60;

/// The plan, with `{{title}}` where its title goes.
const PLAN: &str = include_str!("new.md");

pub fn run(arguments: &New) -> Outcome {
    let Named { title, file } = named(arguments);
    let quoted = format!("\"{}\"", title.replace('\\', "\\\\").replace('"', "\\\""));
    let (text, what) = match arguments.sample {
        None => (PLAN.replace("{{title}}", &quoted), "a first plan".to_owned()),
        Some(steps) => {
            let staffing = if arguments.no_people { Staffing::Nobody } else { Staffing::Named };
            (Sample { title: quoted, steps, staffing }.text(), sample_of(steps))
        }
    };
    match write_new(Path::new(&file), text.as_bytes()) {
        Ok(()) => {
            let typed = if file.contains(' ') { format!("\"{file}\"") } else { file.clone() };
            terminal::print(&format!("{file}: {what}. Make its pages with `tminus build {typed}`.\n"))
        }
        Err(error) => {
            let (sentence, help) = refused(&file, &error);
            terminal::error(&sentence, help);
            Outcome::Environment
        }
    }
}

/// Why there is no new file, and what would help.
fn refused(file: &str, error: &Error) -> (String, &'static str) {
    match error.kind() {
        ErrorKind::AlreadyExists => {
            (format!("`{file}` is there already"), "give the plan another name: `tminus new NAME`")
        }
        ErrorKind::NotFound => {
            (format!("`{file}` can't be written: its folder is not there"), "make the folder first")
        }
        ErrorKind::InvalidFilename => {
            (format!("`{file}` can't be written: {error}"), "give the file a shorter or a simpler name")
        }
        _ => (
            format!("`{file}` can't be written: {error}"),
            "check who may write in this folder, and how much room is left",
        ),
    }
}

/// What a plan is called, and where it is written.
#[derive(Debug, PartialEq, Eq)]
struct Named {
    title: String,
    file: String,
}

/// One of them is given, and the other follows: a name that ends in `.md` is that of the file.
fn named(arguments: &New) -> Named {
    let name = on_one_line(arguments.name.as_deref().unwrap_or_default());
    if let Some(stem) = stem(&name) {
        let title = or_default(title_of(stem), arguments.sample);
        return Named { title, file: name };
    }
    let title = or_default(name, arguments.sample);
    let file = file_name(&title);
    Named { title, file }
}

/// What stands before the `.md` of a file's name.
fn stem(name: &str) -> Option<&str> {
    let path = Path::new(name);
    path.extension().filter(|ending| ending.eq_ignore_ascii_case("md"))?;
    path.file_stem()?.to_str()
}

/// `big-move` is "Big move", and `2027-03-06_switch` is "2027-03-06 switch".
fn title_of(stem: &str) -> String {
    let letters: Vec<char> = stem.chars().collect();
    let is_digit = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(char::is_ascii_digit);
    let spaced = letters.iter().enumerate().map(|(at, &letter)| match letter {
        '-' if is_digit(at.checked_sub(1)) && is_digit(Some(at + 1)) => '-',
        '-' | '_' => ' ',
        other => other,
    });
    let title = on_one_line(&spaced.collect::<String>());
    let mut rest = title.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}

fn or_default(title: String, sample: Option<NonZeroU32>) -> String {
    match (title.is_empty(), sample) {
        (false, _) => title,
        (true, None) => "My launch".to_owned(),
        (true, Some(steps)) => sample_of(steps).replacen("a sample", "Sample", 1),
    }
}

/// No YAML holds control characters.
fn on_one_line(name: &str) -> String {
    let name = name.replace(|c: char| c.is_control() && !c.is_whitespace(), "");
    name.split_whitespace().collect::<Vec<_>>().join(" ")
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
