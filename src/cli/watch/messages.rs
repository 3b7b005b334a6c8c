//! What is said while plans are watched.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// What the program waits for, and how it ends.
pub(super) fn watching(paths: &[PathBuf], plans: usize) -> String {
    match (paths, plans) {
        ([path], 1) => format!("watching {}; Ctrl-C ends", path.display()),
        (_, 1) => "watching 1 plan; Ctrl-C ends".to_owned(),
        ([path], _) => format!("watching {plans} plans in {}; Ctrl-C ends", path.display()),
        _ => format!("watching {plans} plans; Ctrl-C ends"),
    }
}

pub(super) fn not_watched(folder: &Path, reason: &str) -> (String, String) {
    (
        format!("`{}` can't be watched: {reason}", folder.display()),
        "watch fewer plans, or one file in the place of a folder; `tminus build` makes pages without watching"
            .to_owned(),
    )
}

pub(super) fn no_watcher(reason: &str) -> (String, String) {
    (
        format!("this system watches no files: {reason}"),
        "end other programs that watch files, or make the pages with `tminus build`".to_owned(),
    )
}

/// A line about one plan.
pub(super) fn about(plan: &Path, what: &str) -> String {
    format!("{}: {what}\n", plan.display())
}

pub(super) const GONE: &str = "the file is gone; its pages stay";
pub(super) const UNREADABLE: &str = "the file can't be read; its pages stay";
pub(super) const NO_PLAN: &str = "this is no plan of its own any more; its pages stay";
pub(super) const BACK: &str = "the file is back";
pub(super) const OTHER_CLASHES: &str = "who is needed in other plans at the same time has changed";
pub(super) const NEW: &str = "a new plan";

/// Behind what a change did, when the plan has errors and had none.
pub(super) const PAGES_STAY: &str = "the pages stay as they are until it has no errors";

pub(super) fn templates(written: usize) -> String {
    match written {
        1 => "the templates or the logo have changed: 1 page is another".to_owned(),
        _ => format!("the templates or the logo have changed: {written} pages are others"),
    }
}

/// Where the pages are.
pub(super) fn pages_at(address: SocketAddr, page: &str) -> String {
    // A browser can't go to «all addresses»; on this machine the pages are at its own.
    let host = if address.ip().is_unspecified() { "localhost".to_owned() } else { host(address) };
    format!("pages at http://{host}:{}/{page}\n", address.port())
}

fn host(address: SocketAddr) -> String {
    if address.is_ipv6() { format!("[{}]", address.ip()) } else { address.ip().to_string() }
}

/// Everybody can read what was meant for this machine.
pub(super) fn exposed(address: SocketAddr) -> String {
    format!(
        "warning: whoever can reach {address} can read the pages, phone numbers included, without a password"
    )
}

/// `--serve 8080`
pub(super) fn loose_address(address: &str) -> String {
    format!("`{address}` stands there as a plan: write `--serve={address}`, without a space")
}

pub(super) fn no_address(address: SocketAddr, error: &std::io::Error) -> (String, String) {
    (
        format!("pages can't be shown at {address}: {error}"),
        "choose another port or address, such as `--serve=8080`, or leave it to tminus with `--serve`"
            .to_owned(),
    )
}
