//! Whether the editor's process is still there.
//!
//! Mostly the stream ends with it, and nothing else is needed; but somebody between the two may keep that open. The
//! number of a process comes in. Promised: where it can't be told, the editor is there: it may run in another container
//! or on another system than this program, where its number means nothing.

use std::path::{Path, PathBuf};
use std::time::Duration;

/// So often it is looked for while nothing else happens.
pub(super) const LOOK: Duration = Duration::from_secs(5);

#[derive(Debug, Default)]
pub(super) struct Editor {
    /// What is there as long as the process is.
    mark: Option<PathBuf>,
}

impl Editor {
    pub(super) fn of(process: u64) -> Self {
        let mark = Path::new("/proc").join(process.to_string());
        Self { mark: Some(mark).filter(|mark| mark.exists()) }
    }

    /// Whether it can be told that it is gone.
    pub(super) fn is_known(&self) -> bool {
        self.mark.is_some()
    }

    pub(super) fn is_gone(&self) -> bool {
        self.mark.as_ref().is_some_and(|mark| !mark.exists())
    }
}
