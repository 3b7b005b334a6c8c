//! What a browser may do with a page, as the page itself tells it: nothing but to show it.
//!
//! The scripts of the template go in, as they stand on the page; the text of a
//! `Content-Security-Policy` comes out. Promised: what those scripts are is known by their hash, so that no
//! other script runs, wherever it comes from, and nothing is ever asked of a network.

use std::sync::Mutex;

use base64::Engine;
use sha2::{Digest, Sha256};

/// What every page may do: its own styles, and the images that are in it.
pub(super) const SHOW: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; \
                    form-action 'none'";

/// The last scripts that were asked for, with their policies: those of all pages of owners are the same.
static KNOWN: Mutex<Vec<(String, String)>> = Mutex::new(Vec::new());
/// No page has so many kinds of scripts that more need to be remembered.
const MOST_KNOWN: usize = 4;

/// The policy of a page whose template ends in these script elements; the text is empty when it has none.
pub(super) fn policy(scripts: &str) -> String {
    let known = |known: &[(String, String)]| {
        known.iter().find(|(of, _)| of == scripts).map(|(_, policy)| policy.clone())
    };
    let remembered = KNOWN.lock().ok().and_then(|all| known(&all));
    remembered.unwrap_or_else(|| {
        let policy = made(scripts);
        if let Ok(mut all) = KNOWN.lock() {
            all.truncate(MOST_KNOWN - 1);
            all.insert(0, (scripts.to_owned(), policy.clone()));
        }
        policy
    })
}

fn made(scripts: &str) -> String {
    let hashes: Vec<String> = bodies(scripts).map(|body| format!("'sha256-{}'", hash(body))).collect();
    if hashes.is_empty() { SHOW.to_owned() } else { format!("{SHOW}; script-src {}", hashes.join(" ")) }
}

/// What stands between `<script …>` and `</script>`, letter by letter: that is what browsers hash.
fn bodies(scripts: &str) -> impl Iterator<Item = &str> {
    scripts.split("<script").skip(1).filter_map(|script| {
        let (_, body) = script.split_once('>')?;
        body.split_once("</script").map(|(body, _)| body)
    })
}

pub(super) fn hash(body: &str) -> String {
    base64::engine::general_purpose::STANDARD.encode(Sha256::digest(body))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_without_a_script_runs_none() {
        assert_eq!(policy("\n"), SHOW);
        assert!(!SHOW.contains("script-src"), "what is not named falls back to none");
    }

    #[test]
    fn each_script_is_allowed_by_its_hash_alone() {
        // The example of the specification.
        let hello = "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='";
        let one = "<script>alert('Hello, world.');</script>";
        assert_eq!(policy(one), format!("{SHOW}; script-src {hello}"));
        let two = policy(&format!("{one}\n<script type=\"module\">1 > 0</script>"));
        assert!(two.contains(hello) && two.matches("sha256-").count() == 2, "{two}");
        assert!(!two.contains("'unsafe-inline'; script") && two.ends_with('\''), "{two}");
    }
}
