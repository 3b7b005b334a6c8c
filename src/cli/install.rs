//! `tminus completions` and `tminus man`: what a shell and `man` have to know of the program, made from the very
//! arguments that it reads.

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, Command, CommandFactory};
use clap_complete::generate;
use clap_mangen::Man;

use super::arguments::{Arguments, Completions, Manual};
use super::{Outcome, messages, terminal};
use crate::diagnostic::Rule;
use crate::output::write_manual;

/// Arguments that name a rule. The program takes any word there, to answer a wrong one with the rule that is near.
const OF_RULES: [&str; 4] = ["deny", "warn", "allow", "rule"];

/// The same arguments, for shells that offer the names of rules.
fn with_rules(program: Command) -> Command {
    let with_names = |argument: Arg| {
        let is_of_rules = OF_RULES.contains(&argument.get_id().as_str());
        let names = || PossibleValuesParser::new(Rule::ALL.iter().map(|rule| rule.name()));
        if is_of_rules { argument.value_parser(names()) } else { argument }
    };
    program.mut_subcommands(|command| command.mut_args(with_names))
}

/// Prints the script that completes words in a shell.
pub fn completions(arguments: &Completions) -> Outcome {
    let mut script = Vec::new();
    generate(arguments.shell, &mut with_rules(Arguments::command()), "tminus", &mut script);
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
    let command = if command.has_subcommands() {
        command
    } else {
        let synopsis = synopsis(&command);
        command.override_usage(synopsis)
    };
    // A command has no version of its own.
    let page = Man::new(command).source(concat!("tminus ", env!("CARGO_PKG_VERSION"))).manual("tminus");
    let mut text = Vec::new();
    match page.render(&mut text) {
        Ok(()) => Ok((page.get_filename(), text)),
        Err(error) => Err((format!("a page of the manual can't be made: {error}"), String::new())),
    }
}

/// A command with all that it takes, and with the values of options, which the library leaves out.
fn synopsis(command: &Command) -> String {
    let name = command.get_bin_name().unwrap_or_else(|| command.get_name());
    let (places, options): (Vec<&Arg>, Vec<&Arg>) = command
        .get_arguments()
        .filter(|argument| !argument.is_hide_set())
        .partition(|one| one.is_positional());
    let options = options.into_iter().map(|option| {
        let short = option.get_short().map(|short| format!("-{short}"));
        let long = option.get_long().map(|long| format!("--{long}"));
        let names: Vec<String> = short.into_iter().chain(long).collect();
        format!("[{}{}]", names.join("|"), value_of(option))
    });
    let places = places.into_iter().map(|place| {
        let more = if is_many(place) { " ..." } else { "" };
        let name = names_of(place);
        if place.is_required_set() { format!("{name}{more}") } else { format!("[{name}{more}]") }
    });
    std::iter::once(name.to_owned()).chain(options).chain(places).collect::<Vec<_>>().join(" ")
}

/// What stands behind an option: ` DIR`, or `[=ADDRESS]` where it may be left out.
fn value_of(option: &Arg) -> String {
    if !option.get_action().takes_values() {
        return String::new();
    }
    let is_optional = option.get_num_args().is_some_and(|count| count.min_values() == 0);
    if is_optional { format!("[={}]", names_of(option)) } else { format!(" {}", names_of(option)) }
}

fn names_of(argument: &Arg) -> String {
    let names = argument.get_value_names().unwrap_or_default();
    if names.is_empty() { argument.get_id().as_str().to_uppercase() } else { names.join(" ") }
}

fn is_many(place: &Arg) -> bool {
    matches!(place.get_action(), ArgAction::Append)
}
