//! One browser prints one page, and ends, whatever it wants.
#![expect(clippy::disallowed_methods, reason = "how long it takes, and what it said, is known here alone")]

use std::fs::OpenOptions;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::Job;
use crate::output::file_address;

/// How often a browser is asked whether it has ended.
const PAUSE: Duration = Duration::from_millis(15);

/// So many bytes of what it said at last are looked at.
const LAST_WORDS: usize = 4000;

/// What each is told: to print as the page says, to be quiet, and to leave alone what it has no need of.
const ARGUMENTS: [&str; 18] = [
    "--headless",
    "--no-pdf-header-footer",
    "--print-to-pdf-no-header",
    "--export-tagged-pdf",
    "--hide-scrollbars",
    "--mute-audio",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-sync",
    "--disable-component-update",
    "--disable-background-networking",
    "--disable-default-apps",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-service-autorun",
    "--password-store=basic",
    "--use-mock-keychain",
];

/// Why a page was not printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// The system does not start the browser; its reason.
    NotStarted(String),
    /// It ended by itself: how, and what it said at last.
    Ended(String, String),
    /// It was still at it after so many seconds.
    TooLong(u64),
    /// It was stopped because another one was in trouble.
    Stopped,
}

/// How pages are printed, one after another.
pub(super) struct Run<'a> {
    pub(super) program: &'a Path,
    pub(super) limit: Duration,
    /// Any of them says to stop.
    pub(super) stop: [&'a AtomicBool; 2],
    pub(super) profile: PathBuf,
    /// Where it writes what it has to say: a pipe would be kept open by what it starts.
    pub(super) words: PathBuf,
}

impl Run<'_> {
    pub(super) fn print(&self, job: &Job) -> Result<(), Trouble> {
        let mut browser = self.start(job).map_err(|error| Trouble::NotStarted(error.to_string()))?;
        let ended = self.wait(&mut browser);
        if ended.is_err() {
            end(&mut browser);
        }
        let status = ended?;
        if !status.success() {
            return Err(Trouble::Ended(status.to_string(), self.last_words()));
        }
        // It calls itself successful when it could not even read the page.
        if !job.pdf.is_file() {
            return Err(Trouble::Ended("it printed nothing".to_owned(), self.last_words()));
        }
        Ok(())
    }

    fn start(&self, job: &Job) -> std::io::Result<Child> {
        let words = OpenOptions::new().create(true).write(true).truncate(true).open(&self.words)?;
        let mut command = Command::new(self.program);
        command.args(ARGUMENTS);
        if is_root() {
            // As root its sandbox refuses to start.
            command.arg("--no-sandbox");
        }
        command.arg(with_path("--user-data-dir=", &self.profile));
        command.arg(with_path("--print-to-pdf=", &job.pdf)).arg(file_address(&job.page));
        // The same pages give the same PDFs, whoever prints them where.
        command.env("TZ", "UTC").env("LANG", "C.UTF-8").env("LC_ALL", "C.UTF-8").env("LANGUAGE", "en");
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(words);
        in_a_group(&mut command);
        command.spawn()
    }

    fn wait(&self, browser: &mut Child) -> Result<ExitStatus, Trouble> {
        let began = Instant::now();
        loop {
            match browser.try_wait() {
                Ok(Some(status)) => return Ok(status),
                Ok(None) => {}
                Err(error) => return Err(Trouble::NotStarted(error.to_string())),
            }
            if self.stop.iter().any(|stop| stop.load(Ordering::Relaxed)) {
                return Err(Trouble::Stopped);
            }
            if began.elapsed() >= self.limit {
                return Err(Trouble::TooLong(self.limit.as_secs()));
            }
            std::thread::sleep(PAUSE);
        }
    }

    /// The last line that says what went wrong, without where in its source the browser says it.
    fn last_words(&self) -> String {
        let bytes = std::fs::read(&self.words).unwrap_or_default();
        let last = &bytes[bytes.len().saturating_sub(LAST_WORDS)..];
        let text = String::from_utf8_lossy(last);
        // On machines without a desktop it complains of that, over and over.
        let is_noise = |line: &&str| line.is_empty() || line.contains(":ERROR:dbus/");
        let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !is_noise(line)).collect();
        let fatal = lines.iter().find(|line| line.contains(":FATAL:"));
        let error = || lines.iter().rfind(|line| line.contains(":ERROR:"));
        let line = fatal.or_else(error).or(lines.last()).copied().unwrap_or_default();
        let line = line.split_once("] ").map_or(line, |(_, words)| words);
        line.chars().take(200).collect()
    }
}

fn with_path(option: &str, path: &Path) -> std::ffi::OsString {
    let mut argument = std::ffi::OsString::from(option);
    argument.push(path);
    argument
}

/// A browser is many processes: together with what it starts it becomes a group of its own.
#[cfg(unix)]
fn in_a_group(command: &mut Command) {
    std::os::unix::process::CommandExt::process_group(command, 0);
}

#[cfg(not(unix))]
fn in_a_group(_: &mut Command) {}

/// Ends it with all that it has started. It was not waited for yet, so its number is still its own.
fn end(browser: &mut Child) {
    let number = browser.id();
    let mut all = if cfg!(windows) { Command::new("taskkill") } else { Command::new("kill") };
    if cfg!(windows) {
        all.args(["/T", "/F", "/PID", &number.to_string()]);
    } else {
        all.args(["-KILL", "--", &format!("-{number}")]);
    }
    let _ = all.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    let _ = browser.kill();
    let _ = browser.wait();
}

#[cfg(target_os = "linux")]
fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

#[cfg(not(target_os = "linux"))]
fn is_root() -> bool {
    false
}
