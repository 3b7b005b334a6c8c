//! The program: terminal, clock, environment and exit codes; one file a subcommand.
//!
//! Nothing here knows what a plan means. Exit codes: 0 done, 1 the plan has errors, 2 wrong usage,
//! 3 the environment (a file, the disk, a missing browser), 130 interrupted.
#![deny(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "they panic when nobody reads; `terminal` prints"
)]

mod arguments;
mod browser;
mod build;
mod check;
mod consequences;
mod explain;
mod export;
mod find_step;
mod fix;
mod fmt;
mod install;
mod interrupt;
mod levels;
mod load;
mod look;
mod lsp;
mod messages;
mod misfit;
mod new;
mod patience;
mod pdf;
mod renderers;
mod revision;
mod rollback;
mod said;
pub mod sample;
mod serve;
mod show;
mod templates;
mod terminal;
mod timings;
mod values;
mod watch;
mod why;
mod without;

use clap::Parser;

use arguments::{Arguments, Command};

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Done.
    Done,
    /// The plan has errors.
    PlanErrors,
    /// The command line is wrong.
    Usage,
    /// A file, the disk, or a program that is needed.
    Environment,
    /// Somebody has interrupted it.
    Interrupted,
}

impl Outcome {
    /// What the process says when it ends.
    fn code(self) -> i32 {
        match self {
            Self::Done => 0,
            Self::PlanErrors => 1,
            Self::Usage => 2,
            Self::Environment => 3,
            Self::Interrupted => 130,
        }
    }
}

/// Runs the program with the arguments of the process, and ends it.
pub fn run() -> ! {
    let outcome = match Arguments::try_parse() {
        Ok(arguments) => run_command(arguments.command),
        Err(said) => terminal::print_usage(&said),
    };
    interrupt::leave(outcome.code())
}

fn run_command(command: Command) -> Outcome {
    match command {
        Command::Build(build) => build::run(&build),
        Command::Watch(watch) => {
            patience::keep_memory();
            watch::run(&watch)
        }
        Command::Check(check) => check::run(&check),
        Command::Fmt(fmt) => fmt::run(&fmt),
        Command::Show(show) => show::run(&show),
        Command::Rollback(rollback) => rollback::run(&rollback),
        Command::Why(why) => why::run(&why),
        Command::Without(without) => without::run(&without),
        Command::Export(export) => export::run(&export),
        Command::Lsp(lsp) => {
            patience::keep_memory();
            lsp::run(&lsp)
        }
        Command::New(new) => new::run(&new),
        Command::Templates(templates) => templates::run(&templates),
        Command::Explain(explain) => explain::run(&explain),
        Command::Completions(completions) => install::completions(&completions),
        Command::Man(manual) => install::manual(&manual),
    }
}
