//! Runs the program for a test: a folder and arguments in; status and both streams out.
//!
//! Promised to every test that uses it: a run that panics, or that is killed by a signal, fails.

use std::path::Path;
use std::process::{Command, Output};

/// What a run left behind.
pub struct Ran {
    /// The exit status.
    pub status: i32,
    /// All of the standard output.
    pub stdout: String,
    /// All of the error stream.
    pub stderr: String,
}

/// Runs `tminus` in a folder, without what the environment says about colours and widths.
pub fn tminus(folder: &Path, arguments: &[&str]) -> Ran {
    ran(arguments, &prepared(folder, arguments).output().expect("the program starts"))
}

/// The program, ready to be run.
pub fn prepared(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tminus"));
    command.args(arguments).current_dir(folder).env("COLUMNS", "100");
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "SOURCE_DATE_EPOCH"] {
        command.env_remove(name);
    }
    command
}

fn ran(arguments: &[&str], output: &Output) -> Ran {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
    assert!(!stderr.contains("panicked"), "{arguments:?} panicked:\n{stderr}");
    let status = output.status.code().unwrap_or_else(|| panic!("{arguments:?} was killed:\n{stderr}"));
    assert!((0..=3).contains(&status), "{arguments:?} ended with {status}:\n{stderr}");
    Ran { status, stdout, stderr }
}
