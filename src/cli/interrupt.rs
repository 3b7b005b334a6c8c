//! How the program ends. Somebody interrupts it: it is told by a flag, ends what it is at, and leaves nothing behind.
//!
//! Promised: however often it is asked for, there is one flag; a second interrupt waits for nothing; and all that was
//! said is out before the program ends.

use std::io::Write;
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

/// Ends the program. The system takes its memory back at once; an allocator that is asked to would do it page by page.
pub fn leave(code: i32) -> ! {
    // Whoever no longer reads has missed nothing that was for them.
    let _ = std::io::stdout().flush();
    signal_hook::low_level::exit(code)
}

/// Gives the memory of something back, unless it is the last of the kind, and the program ends soon.
pub fn let_go<Thing>(thing: Thing, is_last: bool) {
    if is_last {
        std::mem::forget(thing);
    }
}

/// Whether somebody has interrupted the program since the flag was first asked for.
pub fn happened() -> bool {
    FLAG.get().is_some_and(|flag| flag.load(Ordering::Relaxed))
}
