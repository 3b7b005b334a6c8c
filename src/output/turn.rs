//! Builds that write to the same folder take turns.
//!
//! Promised: nobody waits for ever – whoever has waited long enough goes on, as does everybody where a folder can't
//! be locked; files are whole all the same.
#![expect(clippy::disallowed_methods, reason = "a folder is opened to be locked")]

use std::fs::{File, TryLockError};
use std::path::Path;
use std::time::Duration;

/// So often, and so far apart, it is tried to get one's turn: five seconds.
const TRIES: usize = 500;
const PAUSE: Duration = Duration::from_millis(10);

/// As long as it is kept, other builds wait.
#[derive(Debug)]
pub struct Turn {
    _locked: Option<File>,
}

impl Turn {
    /// Waits for one's turn in a folder that is there.
    #[must_use]
    pub fn wait(folder: &Path) -> Self {
        let Ok(file) = File::open(folder) else { return Self { _locked: None } };
        for _ in 0..TRIES {
            match file.try_lock() {
                Ok(()) => return Self { _locked: Some(file) },
                Err(TryLockError::WouldBlock) => std::thread::sleep(PAUSE),
                Err(TryLockError::Error(_)) => break,
            }
        }
        Self { _locked: None }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn one_waits_for_the_other() {
        let folder = tempfile::tempdir().expect("a folder");
        let first = Turn::wait(folder.path());
        std::thread::scope(|scope| {
            let second = scope.spawn(|| Turn::wait(folder.path()));
            std::thread::sleep(PAUSE * 5);
            assert!(!second.is_finished(), "it has its turn while the first has");
            drop(first);
            assert!(second.join().expect("it ends")._locked.is_some());
        });
    }

    #[test]
    fn where_there_is_no_folder_nobody_waits() {
        assert!(Turn::wait(Path::new("no/such/folder"))._locked.is_none());
    }
}
