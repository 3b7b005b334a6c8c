//! Files have addresses in the protocol: `file:///plans/move.md`.

use std::path::{Path, PathBuf};

use crate::source::percent_decoded;

/// The path that an address names. What lies on no disk is named by its address.
pub(super) fn path(uri: &str) -> PathBuf {
    let Some(rest) = uri.strip_prefix("file://") else { return PathBuf::from(uri) };
    let rest = if rest.starts_with('/') { rest } else { rest.find('/').map_or(rest, |at| &rest[at..]) };
    let decoded = percent_decoded(rest);
    // `/c:/plans` on Windows.
    let drive = decoded.strip_prefix('/').filter(|rest| {
        let mut letters = rest.chars();
        letters.next().is_some_and(|c| c.is_ascii_alphabetic()) && letters.next() == Some(':')
    });
    PathBuf::from(drive.filter(|_| cfg!(windows)).unwrap_or(&decoded))
}

/// The address of a path.
pub(super) fn of(path: &Path) -> String {
    let text = path.to_string_lossy();
    let text =
        if cfg!(windows) { text.trim_start_matches(r"\\?\").replace('\\', "/") } else { text.into_owned() };
    let is_absolute = path.is_absolute();
    if !is_absolute {
        return text;
    }
    let mut uri = String::from(if text.starts_with('/') { "file://" } else { "file:///" });
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte))
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn paths_and_addresses() {
        for (uri, there) in [
            ("file:///plans/my%20plan.md", "/plans/my plan.md"),
            ("file://localhost/plans/a.md", "/plans/a.md"),
            ("untitled:Untitled-1", "untitled:Untitled-1"),
        ] {
            assert_eq!(path(uri), PathBuf::from(there));
        }
        for there in ["/plans/größe #1.md", "/a?b/100%.md", "untitled:Untitled-1"] {
            assert_eq!(path(&of(Path::new(there))), PathBuf::from(there));
        }
    }
}
