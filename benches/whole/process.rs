//! One process: how long, how much processor, how much memory.
//!
//! This program starts itself to start the program that is measured: the children of that one are exactly
//! what is to be measured, and the system says what they used up.

use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

/// What a process took.
#[derive(Debug, Clone)]
pub struct Usage {
    /// Milliseconds on the clock.
    pub wall: f64,
    /// Milliseconds of processors, those of the system included.
    pub cpu: f64,
    /// The most memory at once, in MB.
    pub peak: f64,
    /// What it said on its error stream.
    pub said: String,
}

/// Runs a program and says what it took. Its output goes nowhere.
pub fn run(program: &Path, arguments: &[&str], folder: &Path) -> Result<Usage, String> {
    let this = std::env::current_exe().map_err(|error| error.to_string())?;
    let mut command = Command::new(this);
    command.arg("measure").arg(program).args(arguments).current_dir(folder);
    let output = command.output().map_err(|error| error.to_string())?;
    let text = String::from_utf8_lossy(&output.stdout);
    let numbers: Vec<f64> = text.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    match (output.status.success(), numbers.as_slice()) {
        (true, &[wall, cpu, peak]) => Ok(Usage { wall, cpu, peak, said }),
        _ => Err(format!("`{} {}` failed: {said}", program.display(), arguments.join(" "))),
    }
}

/// The inner side of [`run`].
#[cfg(unix)]
pub fn measure(arguments: &[String]) -> ExitCode {
    use nix::sys::resource::{UsageWho, getrusage};
    let [program, arguments @ ..] = arguments else { return ExitCode::FAILURE };
    let began = Instant::now();
    let status = Command::new(program).args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).status();
    let wall = began.elapsed().as_secs_f64() * 1000.0;
    let Ok(usage) = getrusage(UsageWho::RUSAGE_CHILDREN) else { return ExitCode::FAILURE };
    let milliseconds = |time: nix::sys::time::TimeVal| {
        use nix::sys::time::TimeValLike;
        time.num_microseconds() as f64 / 1000.0
    };
    let cpu = milliseconds(usage.user_time()) + milliseconds(usage.system_time());
    // Linux counts in KB, macOS in bytes.
    let unit = if cfg!(target_os = "macos") { 1024.0 * 1024.0 } else { 1024.0 };
    println!("{wall} {cpu} {}", usage.max_rss() as f64 / unit);
    if status.is_ok_and(|status| status.success()) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The system is not asked elsewhere.
#[cfg(not(unix))]
pub fn measure(_: &[String]) -> ExitCode {
    eprintln!("processes are measured on Unix only");
    ExitCode::FAILURE
}

/// The floor as a process: a file in, its HTML out.
pub fn floor(arguments: &[String]) -> ExitCode {
    let html = arguments.first().and_then(|path| std::fs::read_to_string(path).ok());
    let html = html.map(|text| crate::made::floor_html(&text));
    let written = arguments.get(1).zip(html).map(|(path, html)| std::fs::write(path, html));
    if matches!(written, Some(Ok(()))) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// How many instructions a process takes, with all its threads: counted by Valgrind.
pub fn instructions(program: &Path, arguments: &[&str], folder: &Path) -> Result<f64, String> {
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]).arg(program).args(arguments);
    let output = command.current_dir(folder).output().map_err(|error| format!("no Valgrind: {error}"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    let counted = said.lines().find_map(|line| line.split_once("Collected : ")?.1.trim().parse().ok());
    counted.ok_or_else(|| format!("Valgrind counted nothing: {said}"))
}

/// The value in the middle.
pub fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

/// How long this takes, in milliseconds.
pub fn timed<T>(work: impl FnOnce() -> T) -> f64 {
    let began = Instant::now();
    std::hint::black_box(work());
    began.elapsed().as_secs_f64() * 1000.0
}
