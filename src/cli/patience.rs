//! Memory for programs that stay: `lsp` and `watch` make a plan anew after each change.
//!
//! The allocator gives back at once what the last plan took, and asks for it again at the next key, which takes a
//! sixth of the time of making one. It is told to wait through the environment, which it reads when a program begins:
//! so the program begins again, as the same process. Where that can't be, it goes on as it is.

/// What the allocator reads, and how many milliseconds it waits then.
#[cfg(unix)]
const DELAY: (&str, &str) = ("MIMALLOC_PURGE_DELAY", "2000");

/// Begins again with a patient allocator, unless somebody has told it how long to wait.
#[cfg(unix)]
#[expect(clippy::disallowed_methods, reason = "what the allocator is told stands in the environment")]
pub(super) fn keep_memory() {
    use std::os::unix::process::CommandExt;

    let (name, wait) = DELAY;
    let mut arguments = std::env::args_os();
    let (Some(called), Ok(program)) = (arguments.next(), std::env::current_exe()) else { return };
    if std::env::var_os(name).is_none() {
        let _ = std::process::Command::new(program).arg0(called).args(arguments).env(name, wait).exec();
    }
}

/// Elsewhere a process can't begin again.
#[cfg(not(unix))]
pub(super) fn keep_memory() {}
