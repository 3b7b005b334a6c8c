//! The terminal and the clock.
//!
//! All that the program says goes through here. Promised: a stream that takes nothing is no reason to
//! panic, since there is nobody left to tell.
#![expect(clippy::disallowed_methods, reason = "the clock is read here and nowhere else")]

use std::borrow::Cow;
use std::io::{ErrorKind, IsTerminal, Write};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anstream::AutoStream;
use anstream::ColorChoice;

use super::{Outcome, messages};
use crate::diagnostic::{Diagnostic, Rule, Severity, is_same_cause, render_human, render_human_others};
use crate::source::{Sources, acts, plain_text, without_commands};

/// With how many diagnostics before it one is compared.
const MOST_COMPARED: usize = 100;

/// The present minute, in seconds since 1970.
#[must_use]
pub fn now() -> i64 {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    i64::try_from(seconds / 60 * 60).unwrap_or(0)
}

/// A number that no earlier run has had, and none before the next one will reach by counting: the
/// milliseconds since 1970, a thousand times over.
#[must_use]
pub fn unique_number() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis());
    u64::try_from(since).unwrap_or(0).saturating_mul(1000)
}

/// The time to measure how long something takes.
#[must_use]
pub fn clock() -> Instant {
    Instant::now()
}

/// Prints a sentence on wrong usage.
pub fn usage(sentence: &str) -> Outcome {
    error(sentence, "run `tminus --help` to see how it is used");
    Outcome::Usage
}

/// Prints an error that is not about a place in a plan.
pub fn error(sentence: &str, help: &str) {
    let mut stream = anstream::stderr();
    let _ = writeln!(stream, "\u{1b}[1;31merror\u{1b}[0m: {}", harmless(&plain_text(sentence)));
    if !help.is_empty() {
        let _ = writeln!(stream, "  = \u{1b}[1mhelp\u{1b}[0m: {}", harmless(&plain_text(help)));
    }
}

/// Prints a line beside the answer.
pub fn remark(sentence: &str) {
    let _ = writeln!(anstream::stderr(), "{}", harmless(&plain_text(sentence)));
}

/// Prints an answer, or says that it is lost; a reader that has gone away is no mistake of ours.
#[must_use]
pub fn print(text: &str) -> Outcome {
    write_out(&harmless(&plain_text(text)))
}

/// Prints commands for the runner that reads the log.
#[must_use]
pub fn print_commands(text: &str) -> Outcome {
    write_out(&plain_text(text))
}

/// In a log that GitHub's runner reads, nothing that a plan says is a command.
fn harmless(text: &str) -> Cow<'_, str> {
    if environment("GITHUB_ACTIONS").is_some() { without_commands(text) } else { Cow::Borrowed(text) }
}

/// Prints JSON.
#[must_use]
pub fn print_json(text: &str) -> Outcome {
    write_out(&plain_json(text))
}

/// JSON in which what would act in a terminal is written as an escape of JSON, which means the same.
#[must_use]
pub fn plain_json(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        if acts(c) {
            plain.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            plain.push(c);
        }
    }
    plain
}

/// Prints what is meant for a program, byte by byte.
#[must_use]
pub fn print_bytes(bytes: &[u8]) -> Outcome {
    let mut stream = std::io::stdout().lock();
    settled(stream.write_all(bytes).and_then(|()| stream.flush()))
}

/// Whether what is printed goes to a terminal.
#[must_use]
pub fn is_terminal() -> bool {
    std::io::stdout().is_terminal()
}

/// What the environment says, where it is text.
#[must_use]
pub fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

fn write_out(text: &str) -> Outcome {
    let mut stream = anstream::stdout();
    settled(stream.write_all(text.as_bytes()).and_then(|()| stream.flush()))
}

/// Prints what was wrong with the command line, or the help that was asked for.
pub fn print_usage(said: &clap::Error) -> Outcome {
    let printed = said.print().and_then(|()| std::io::stdout().flush());
    if said.use_stderr() { Outcome::Usage } else { settled(printed) }
}

fn settled(printed: std::io::Result<()>) -> Outcome {
    match printed {
        Err(reason) if reason.kind() != ErrorKind::BrokenPipe => {
            error(&messages::lost(&reason), messages::LOST_HELP);
            Outcome::Environment
        }
        _ => Outcome::Done,
    }
}

/// Prints diagnostics with their lines to the terminal's error stream.
pub fn print_diagnostics<'a>(diagnostics: impl IntoIterator<Item = &'a Diagnostic>, sources: &Sources) {
    let stream = std::io::stderr();
    let colour = AutoStream::choice(&stream) != ColorChoice::Never;
    let mut stream = stream.lock();
    // Each with those that come of the same cause.
    let mut shown: Vec<(&Diagnostic, Vec<&Diagnostic>)> = Vec::new();
    for one in diagnostics {
        // The last some stand for all: what follows from one cause stands close together.
        let known = shown.iter_mut().rev().take(MOST_COMPARED).find(|(known, _)| is_same_cause(known, one));
        match known {
            Some((_, others)) => others.push(one),
            None => shown.push((one, Vec::new())),
        }
    }
    for (first, others) in shown {
        let first = render_human(first, sources, colour);
        for text in std::iter::once(first).chain(render_human_others(&others, sources, colour)) {
            if stream.write_all(harmless(&text).as_bytes()).and_then(|()| stream.write_all(b"\n")).is_err() {
                return;
            }
        }
    }
}

/// One line on how many errors and warnings there were.
#[must_use]
pub fn summary(diagnostics: &[Diagnostic]) -> Option<String> {
    let count = |severity| diagnostics.iter().filter(|one| one.severity == severity).count();
    let shown = |number: usize, word: &str| match number {
        0 => None,
        1 => Some(format!("1 {word}")),
        _ => Some(format!("{number} {word}s")),
    };
    let parts: Vec<String> =
        [shown(count(Severity::Error), "error"), shown(count(Severity::Warning), "warning")]
            .into_iter()
            .flatten()
            .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// How a command ends after these diagnostics.
#[must_use]
pub fn outcome(diagnostics: &[Diagnostic]) -> Outcome {
    let errors = || diagnostics.iter().filter(|one| one.severity == Severity::Error);
    if errors().any(|one| one.rule == Rule::Unreadable) {
        Outcome::Environment
    } else if errors().next().is_some() {
        Outcome::PlanErrors
    } else {
        Outcome::Done
    }
}

/// How wide the terminal is, within what a plan can be laid out in; `COLUMNS` says otherwise.
#[must_use]
pub fn width() -> usize {
    let asked = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let own = || terminal_size::terminal_size_of(std::io::stdout()).map(|(width, _)| usize::from(width.0));
    match asked.filter(|columns| *columns > 0).or_else(own) {
        None | Some(0) => 100,
        Some(columns) => columns.clamp(40, 400),
    }
}

/// Whether lines have an end: on terminals, and where `COLUMNS` asks for one.
#[must_use]
pub fn has_width() -> bool {
    is_terminal() || std::env::var_os("COLUMNS").is_some()
}

/// Says how far long work has come, on terminals, and nothing when the work is short.
pub struct Progress {
    began: Instant,
    last: Option<Instant>,
    shown: bool,
}

impl Progress {
    /// Work begins.
    #[must_use]
    pub fn begin() -> Self {
        Self { began: Instant::now(), last: None, shown: false }
    }

    /// So much is done.
    pub fn step(&mut self, done: usize, all: usize, what: &str) {
        let stream = std::io::stderr();
        let now = Instant::now();
        let early = now.duration_since(self.began) < Duration::from_millis(700);
        let recent = self.last.is_some_and(|last| now.duration_since(last) < Duration::from_millis(100));
        if early || recent || !stream.is_terminal() {
            return;
        }
        let _ = write!(stream.lock(), "\r\u{1b}[K{done} of {all}: {}", plain_text(what));
        self.last = Some(now);
        self.shown = true;
    }

    /// Work is over.
    pub fn end(&self) {
        if self.shown {
            let _ = write!(std::io::stderr().lock(), "\r\u{1b}[K");
        }
    }
}
