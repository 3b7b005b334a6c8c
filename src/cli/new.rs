//! `tminus new`: a first plan that compiles as it is.

use std::io::Write;

use super::arguments::New;
use super::{Outcome, terminal};
use crate::plan::slug;

/// The plan, with `{{title}}` where its title goes.
const PLAN: &str = include_str!("new.md");

pub fn run(arguments: &New) -> Outcome {
    let title = arguments.name.split_whitespace().collect::<Vec<_>>().join(" ");
    let title = if title.is_empty() { "My launch".to_owned() } else { title };
    let file = format!("{}.md", slug(&title));
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
