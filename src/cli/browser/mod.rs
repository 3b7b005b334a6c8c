//! A Chromium, Chrome or Edge of this machine prints pages.
//!
//! A browser is started for each page, since what ends for certain can't be left behind; several run side by
//! side. Promised: each has so long and no longer, none is left running, and what goes wrong is one sentence.

mod find;
mod run;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

pub use run::Trouble;

/// What ends the program: an interrupt, a request, and on Unix the end of its terminal.
#[cfg(unix)]
const SIGNALS: [i32; 3] =
    [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM, signal_hook::consts::SIGHUP];
#[cfg(not(unix))]
const SIGNALS: [i32; 2] = [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM];

/// So many browsers are started at once at most: each takes some hundred MB.
const MOST_AT_ONCE: usize = 8;

/// A browser that was found.
pub struct Browser {
    program: PathBuf,
    limit: Duration,
    /// Set when somebody has interrupted the program.
    interrupted: Arc<AtomicBool>,
}

/// A page to be printed.
pub struct Job {
    /// The page's file.
    pub page: PathBuf,
    /// Where the PDF shall lie.
    pub pdf: PathBuf,
}

impl Browser {
    /// Finds one: the one that is named, or else one at the usual places.
    ///
    /// # Errors
    /// When there is none: a sentence, and a way out.
    pub fn find(named: Option<&Path>, limit: Duration) -> Result<Self, (String, String)> {
        let program = find::find(named)?;
        let interrupted = Arc::new(AtomicBool::new(false));
        for signal in SIGNALS {
            // Without it an interrupt ends this program alone, and a browser some seconds later by itself. A
            // second interrupt waits for nothing.
            let _ = signal_hook::flag::register_conditional_shutdown(signal, 130, Arc::clone(&interrupted));
            let _ = signal_hook::flag::register(signal, Arc::clone(&interrupted));
        }
        Ok(Self { program, limit, interrupted })
    }

    /// Its path.
    pub fn program(&self) -> &Path {
        &self.program
    }

    /// Whether somebody has interrupted the program.
    pub fn is_interrupted(&self) -> bool {
        self.interrupted.load(Ordering::Relaxed)
    }

    /// The folder in which it may write: browsers in a snap see no folder for temporary files.
    #[expect(clippy::disallowed_methods, reason = "the program alone reads the environment")]
    pub fn scratch_folder(&self, output: &Path) -> PathBuf {
        if find::is_confined(&self.program) { output.to_path_buf() } else { std::env::temp_dir() }
    }

    /// Prints all pages, with the profiles of the browsers in `scratch`. After the first trouble no other is
    /// begun.
    ///
    /// # Errors
    /// The first trouble in the order of the pages, with its page.
    pub fn print(&self, jobs: &[Job], scratch: &Path) -> Result<(), (usize, Trouble)> {
        let at_once = std::thread::available_parallelism().map_or(1, usize::from);
        let at_once = at_once.min(MOST_AT_ONCE).min(jobs.len());
        let (next, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
        let work = |worker: usize| {
            let one = run::Run {
                program: &self.program,
                limit: self.limit,
                stop: [&stop, &self.interrupted],
                profile: scratch.join(format!("profile-{worker}")),
                words: scratch.join(format!("words-{worker}")),
            };
            loop {
                let index = next.fetch_add(1, Ordering::Relaxed);
                let job = jobs.get(index)?;
                if let Err(trouble) = one.print(job) {
                    stop.store(true, Ordering::Relaxed);
                    return Some((index, trouble));
                }
            }
        };
        let troubles: Vec<(usize, Trouble)> = std::thread::scope(|scope| {
            let workers: Vec<_> = (0..at_once).map(|worker| scope.spawn(move || work(worker))).collect();
            let ended = workers.into_iter();
            ended
                .filter_map(|one| one.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
                .collect()
        });
        // Those that were stopped because of another one are no trouble of their own.
        let first =
            troubles.into_iter().min_by_key(|(index, trouble)| (*trouble == Trouble::Stopped, *index));
        first.map_or(Ok(()), Err)
    }
}
