//! `tminus completions` and `tminus man`: what a shell and `man` have to know of the program, made from the very
//! arguments that it reads.

use clap::{Command, CommandFactory};
use clap_complete::generate;
use clap_mangen::Man;

use super::arguments::{Arguments, Completions, Manual};
use super::{Outcome, messages, terminal};
use crate::output::write_manual;

/// Prints the script that completes words in a shell.
pub fn completions(arguments: &Completions) -> Outcome {
    let mut script = Vec::new();
    generate(arguments.shell, &mut Arguments::command(), "tminus", &mut script);
    terminal::print_bytes(&script)
}

/// Writes the manual into a folder: a page for the program, and one for each command.
pub fn manual(arguments: &Manual) -> Outcome {
    let written = pages().and_then(|pages| {
        write_manual(&arguments.folder, &pages).map_err(|error| (error.message, error.help))
    });
    match written {
        Ok(done) => {
            terminal::print(&messages::manual_written(&arguments.folder, done.written, done.unchanged))
        }
        Err((sentence, help)) => {
            terminal::error(&sentence, &help);
            Outcome::Environment
        }
    }
}

/// The name and text of a page.
type Page = (String, Vec<u8>);

fn pages() -> Result<Vec<Page>, (String, String)> {
    let mut program = Arguments::command();
    program.build();
    let commands = program.get_subcommands().filter(|command| !command.is_hide_set()).cloned();
    let all: Vec<Command> = commands.chain([program.clone()]).collect();
    all.into_iter().map(page).collect()
}

fn page(command: Command) -> Result<Page, (String, String)> {
    // A command has no version of its own.
    let page = Man::new(command).source(concat!("tminus ", env!("CARGO_PKG_VERSION"))).manual("tminus");
    let mut text = Vec::new();
    match page.render(&mut text) {
        Ok(()) => Ok((page.get_filename(), text)),
        Err(error) => Err((format!("a page of the manual can't be made: {error}"), String::new())),
    }
}
