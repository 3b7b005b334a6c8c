//! The one file that names the watcher of files: what somebody writes, moves or removes becomes one burst of
//! paths.
//!
//! Folders are watched, each by itself, because editors put new files in the place of old ones. Promised: a
//! burst is whole, as far as can be known – it ends when nothing has followed for a moment, when Git is not
//! at work, and when no file of interest is empty or gone that is about to come back. One that is emptied while it is
//! read is found by whoever reads it, and the burst goes on.
#![expect(clippy::disallowed_methods, reason = "how long nothing has happened is known here alone")]

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::interest::{Happened, Interest};
use crate::cli::interrupt;

/// How often it is looked whether somebody has interrupted the program.
const PAUSE: Duration = Duration::from_millis(150);
/// How long nothing may follow on a change for a burst to be over: after one file, …
const QUIET: Duration = Duration::from_millis(6);
/// … and after several.
const QUIET_OF_MANY: Duration = Duration::from_millis(60);
/// With more paths than this they are several: a file, the temporary one it was, a copy of the old.
const FEW: usize = 3;
/// How long a file may be empty or gone that an editor is about to write.
const GONE: Duration = Duration::from_millis(400);
/// How long Git may be at work.
const GIT: Duration = Duration::from_secs(5);
/// No burst is longer, whatever goes on.
const LONGEST: Duration = Duration::from_secs(6);

/// Changes that belong together.
pub struct Burst {
    /// The paths of interest in it.
    pub paths: HashSet<PathBuf>,
    began: Instant,
    /// When something happened last.
    last: Instant,
}

impl Burst {
    /// Whether a file that is still empty or gone is meant to be so.
    pub fn is_old(&self) -> bool {
        self.last.elapsed() >= GONE || self.began.elapsed() >= LONGEST
    }
}

/// What happens to the files of plans.
pub struct Events {
    watcher: RecommendedWatcher,
    received: Receiver<notify::Result<Event>>,
    watched: BTreeSet<PathBuf>,
}

impl Events {
    /// Nothing is watched yet.
    ///
    /// # Errors
    /// When the system has no room for it, in its own words.
    pub fn new() -> Result<Self, String> {
        let (sender, received) = channel();
        let handler = move |event: notify::Result<Event>| {
            // Files are read here all the time: that one was opened is no news, and would be for ever.
            let is_news = event.as_ref().map_or(true, |event| event.need_rescan() || is_change(&event.kind));
            if is_news {
                let _ = sender.send(event);
            }
        };
        let watcher = notify::recommended_watcher(handler).map_err(|error| said(&error))?;
        Ok(Self { watcher, received, watched: BTreeSet::new() })
    }

    /// Watches these folders and no others. Comes back with whether there were new ones, in which something
    /// may have happened before.
    ///
    /// # Errors
    /// The folder that can't be watched, and why.
    pub fn watch(&mut self, folders: &BTreeSet<PathBuf>) -> Result<bool, (PathBuf, String)> {
        for folder in self.watched.difference(folders) {
            // A folder that is gone is watched no more.
            let _ = self.watcher.unwatch(folder);
        }
        self.watched.retain(|folder| folders.contains(folder));
        let new: Vec<PathBuf> = folders.difference(&self.watched).cloned().collect();
        let any = !new.is_empty();
        for folder in new {
            let watched = self.watcher.watch(&folder, RecursiveMode::NonRecursive);
            // One that went away in this moment is missed by nobody: the folder above it is watched.
            if let Err(error) = watched.or_else(|error| if folder.is_dir() { Err(error) } else { Ok(()) }) {
                return Err((folder, said(&error)));
            }
            self.watched.insert(folder);
        }
        Ok(any)
    }

    /// Waits for the next burst. Nothing when somebody has interrupted the program, or when the watcher is gone.
    pub fn burst(&mut self, interest: &Interest) -> Option<Burst> {
        let mut burst = Burst { paths: HashSet::new(), began: Instant::now(), last: Instant::now() };
        while burst.paths.is_empty() {
            match self.received.recv_timeout(PAUSE) {
                Ok(event) => self.take(event, interest, &mut burst),
                Err(RecvTimeoutError::Timeout) if !interrupt::happened() => continue,
                Err(_) => return None,
            }
        }
        burst.began = burst.last;
        let is_whole = self.go_on(&mut burst, interest);
        (is_whole && !interrupt::happened()).then_some(burst)
    }

    /// Waits for what follows on a burst in which a file is empty or gone, until that is meant.
    pub fn wait_on(&mut self, burst: &mut Burst, interest: &Interest) {
        if let Ok(event) = self.received.recv_timeout(GONE.saturating_sub(burst.last.elapsed())) {
            self.take(event, interest, burst);
        }
        self.go_on(burst, interest);
    }

    /// Takes in what follows on a burst, until it is over; whether the watcher is still there.
    fn go_on(&mut self, burst: &mut Burst, interest: &Interest) -> bool {
        loop {
            let quiet = if burst.paths.len() > FEW { QUIET_OF_MANY } else { QUIET };
            match self.received.recv_timeout(quiet) {
                Ok(event) => self.take(event, interest, burst),
                Err(RecvTimeoutError::Timeout) if is_over(interest, burst) => return true,
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return false,
            }
            if burst.began.elapsed() > LONGEST || interrupt::happened() {
                return true;
            }
        }
    }

    fn take(&mut self, event: notify::Result<Event>, interest: &Interest, burst: &mut Burst) {
        let Ok(event) = event else { return };
        let mut found = Vec::new();
        if event.need_rescan() {
            // More happened than the system could keep: all of it may be of interest.
            found.extend(self.watched.iter().cloned());
        }
        let happened = match event.kind {
            EventKind::Create(_) | EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)) => {
                Happened::CameOrWent
            }
            _ => Happened::Written,
        };
        for path in event.paths {
            if happened == Happened::CameOrWent && self.watched.remove(&path) {
                // Whatever has its name now is another folder.
                let _ = self.watcher.unwatch(&path);
                found.push(path);
            } else if interest.has(&path, happened) {
                found.push(path);
            }
        }
        if !found.is_empty() {
            burst.last = Instant::now();
            burst.paths.extend(found);
        }
    }
}

fn is_change(kind: &EventKind) -> bool {
    match kind {
        EventKind::Access(access) => *access == AccessKind::Close(AccessMode::Write),
        _ => true,
    }
}

/// Whether nothing more is to be waited for.
fn is_over(interest: &Interest, burst: &Burst) -> bool {
    let is_half = |path: &PathBuf| {
        interest.is_read(path) && path.metadata().map_or(true, |about| about.is_file() && about.len() == 0)
    };
    let half = !burst.is_old() && burst.paths.iter().any(is_half);
    let git = burst.began.elapsed() < GIT && interest.git.iter().any(|folder| is_locked(folder));
    !half && !git
}

/// Git keeps this file while it changes what lies beside it.
fn is_locked(git: &Path) -> bool {
    git.join("index.lock").exists()
}

fn said(error: &notify::Error) -> String {
    match &error.kind {
        notify::ErrorKind::Io(error) => error.to_string(),
        notify::ErrorKind::MaxFilesWatch => "the system watches no more files or folders".to_owned(),
        _ => error.to_string(),
    }
}
