//! Somebody interrupts the program: it is told by a flag, ends what it is at, and leaves nothing behind.
//!
//! Promised: however often it is asked for, there is one flag; and a second interrupt waits for nothing.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

/// What ends the program: an interrupt, a request, and on Unix the end of its terminal.
#[cfg(unix)]
const SIGNALS: [i32; 3] =
    [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM, signal_hook::consts::SIGHUP];
#[cfg(not(unix))]
const SIGNALS: [i32; 2] = [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM];

static FLAG: OnceLock<Arc<AtomicBool>> = OnceLock::new();

/// Set when somebody has interrupted the program. From the first time that it is asked for, an interrupt
/// no longer ends the program by itself.
pub fn flag() -> Arc<AtomicBool> {
    let made = || {
        let interrupted = Arc::new(AtomicBool::new(false));
        for signal in SIGNALS {
            // The second one finds the flag set, and ends the program.
            let _ = signal_hook::flag::register_conditional_shutdown(signal, 130, Arc::clone(&interrupted));
            let _ = signal_hook::flag::register(signal, Arc::clone(&interrupted));
        }
        interrupted
    };
    Arc::clone(FLAG.get_or_init(made))
}

/// Whether somebody has interrupted the program since the flag was first asked for.
pub fn happened() -> bool {
    FLAG.get().is_some_and(|flag| flag.load(Ordering::Relaxed))
}
