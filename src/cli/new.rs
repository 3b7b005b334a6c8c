//! `tminus new`: a first plan that compiles as it is.

use std::io::Write;

use super::arguments::New;
use super::{Outcome, terminal};
use crate::plan::slug;

/// File systems take 255 bytes, and a letter has up to four.
const LONGEST_NAME: usize = 60;

/// The plan, with `{{title}}` where its title goes.
const PLAN: &str = include_str!("new.md");

pub fn run(arguments: &New) -> Outcome {
    // No YAML holds control characters.
    let name = arguments.name.replace(|c: char| c.is_control() && !c.is_whitespace(), "");
    let title = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let title = if title.is_empty() { "My launch".to_owned() } else { title };
    let file = file_name(&title);
    let quoted = format!("\"{}\"", title.replace('\\', "\\\\").replace('"', "\\\""));
    let text = PLAN.replace("{{title}}", &quoted);
    let made = std::fs::OpenOptions::new().write(true).create_new(true).open(&file);
    match made.and_then(|mut new| new.write_all(text.as_bytes())) {
        Ok(()) => {
            terminal::print(&format!("{file}: a first plan. Make its pages with `tminus build {file}`.\n"))
        }
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

fn file_name(title: &str) -> String {
    let short: String = slug(title).chars().take(LONGEST_NAME).collect();
    format!("{}.md", short.trim_end_matches('-'))
}
