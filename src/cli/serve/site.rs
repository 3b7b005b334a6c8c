//! The pages as they are at this moment, in memory, and those who wait for them to change.
//!
//! A page gets a new version when its text changes, and only then, so that a browser renews what is
//! different. Promised: whoever asks gets a whole page, the old one or the new.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::output::{Page, read_made};

/// What all threads know of the pages.
pub struct Site {
    out: PathBuf,
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    /// By path below the folder of pages.
    pages: HashMap<String, Known>,
    /// The last version that was given away.
    last: u64,
    /// By path: how many wait for it to change.
    waiting: HashMap<String, usize>,
}

struct Known {
    text: Arc<str>,
    version: u64,
}

/// What lies at a path.
pub enum Found {
    /// A page of this run, with its version.
    Page(Arc<str>, u64),
    /// A file of an earlier build.
    Earlier(Vec<u8>),
    /// Nothing that a build made.
    Nothing,
}

impl Site {
    /// Without pages; versions are counted from `first`, which no earlier run has used.
    pub fn new(out: &Path, first: u64) -> Self {
        let state = State { pages: HashMap::new(), last: first, waiting: HashMap::new() };
        Self { out: out.to_path_buf(), state: Mutex::new(state), changed: Condvar::new() }
    }

    /// The pages of a plan are these; the others that it had are gone.
    pub fn publish(&self, plan: &str, pages: &[Page]) {
        let folder = format!("{plan}/");
        let mut state = self.state();
        let paths: HashMap<String, &Page> =
            pages.iter().map(|page| (format!("{folder}{}", page.path), page)).collect();
        let is_inner = |path: &str| path.strip_prefix(&folder).is_some();
        let others: Vec<String> =
            state.plans_below(plan).into_iter().map(|inner| format!("{inner}/")).collect();
        state.pages.retain(|path, _| {
            !is_inner(path) || paths.contains_key(path) || others.iter().any(|other| path.starts_with(other))
        });
        paths.into_iter().for_each(|(path, page)| state.put(path, &page.text));
        drop(state);
        self.changed.notify_all();
    }

    /// One page of a plan, or the list of plans, is this; the others stay.
    pub fn publish_one(&self, path: &str, text: &str) {
        self.state().put(path.to_owned(), text);
        self.changed.notify_all();
    }

    /// What lies at a path.
    pub fn find(&self, path: &str) -> Found {
        let known = |state: &State| {
            state.pages.get(path).map(|known| Found::Page(Arc::clone(&known.text), known.version))
        };
        if let Some(found) = known(&self.state()) {
            return found;
        }
        read_made(&self.out, path).map_or(Found::Nothing, Found::Earlier)
    }

    /// Waits until a page has another version than this, at most so long; whether it has. A page that is not
    /// there has the version 0.
    pub fn wait(&self, path: &str, version: u64, longest: Duration) -> bool {
        let same = |state: &mut State| state.pages.get(path).map_or(0, |known| known.version) == version;
        let mut state = self.state();
        *state.waiting.entry(path.to_owned()).or_default() += 1;
        let waited = self.changed.wait_timeout_while(state, longest, same);
        let (mut state, ended) = waited.unwrap_or_else(PoisonError::into_inner);
        match state.waiting.get_mut(path) {
            Some(count) if *count > 1 => *count -= 1,
            _ => drop(state.waiting.remove(path)),
        }
        !ended.timed_out()
    }

    /// Whether somebody looks at a page, and waits for it to change.
    pub fn is_open(&self, path: &str) -> bool {
        self.state().waiting.contains_key(path)
    }

    /// Nothing that is done while it is held can fail half-way.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn put(&mut self, path: String, text: &str) {
        if self.pages.get(&path).is_some_and(|known| *known.text == *text) {
            return;
        }
        self.last += 1;
        self.pages.insert(path, Known { text: text.into(), version: self.last });
    }

    /// Plans whose folders lie in the folder of this one: `a/b` lies in `a`.
    fn plans_below(&self, plan: &str) -> Vec<String> {
        let lead = format!("{plan}/");
        let indexes = self.pages.keys().filter_map(|path| path.strip_suffix("/index.html"));
        indexes.filter(|other| other.starts_with(&lead)).map(str::to_owned).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(path: &str, text: &str) -> Page {
        Page { path: path.to_owned(), text: text.to_owned() }
    }

    fn version(site: &Site, path: &str) -> u64 {
        match site.find(path) {
            Found::Page(_, version) => version,
            _ => 0,
        }
    }

    #[test]
    fn a_page_has_a_new_version_when_its_text_is_another() {
        let site = Site::new(Path::new("no such folder"), 100);
        site.publish("a", &[page("index.html", "1"), page("b.html", "1")]);
        let (index, b) = (version(&site, "a/index.html"), version(&site, "a/b.html"));
        assert!(index > 100 && b > 100 && index != b);
        site.publish("a", &[page("index.html", "2"), page("b.html", "1")]);
        assert!(version(&site, "a/index.html") > index);
        assert_eq!(version(&site, "a/b.html"), b);
        assert!(site.wait("a/index.html", index, Duration::ZERO), "it changed");
        assert!(!site.wait("a/b.html", b, Duration::ZERO), "it did not");
        site.publish("a", &[page("index.html", "2")]);
        assert_eq!(version(&site, "a/b.html"), 0, "it is gone");
        assert!(site.wait("a/b.html", b, Duration::ZERO));
    }

    #[test]
    fn a_page_is_open_as_long_as_somebody_waits_for_it() {
        let site = Site::new(Path::new("no such folder"), 0);
        assert!(!site.is_open("a/b.html"));
        std::thread::scope(|scope| {
            let waits = || scope.spawn(|| site.wait("a/b.html", 0, Duration::from_secs(60)));
            let both = [waits(), waits()];
            while !site.is_open("a/b.html") {
                std::thread::yield_now();
            }
            assert!(!site.is_open("a/c.html"));
            site.publish("a", &[page("b.html", "1")]);
            assert!(both.into_iter().all(|one| one.join().is_ok_and(|changed| changed)));
        });
        assert!(!site.is_open("a/b.html"));
    }

    #[test]
    fn a_plan_keeps_the_pages_of_one_below_it() {
        let site = Site::new(Path::new("no such folder"), 0);
        site.publish("a/b", &[page("index.html", "inner"), page("c.html", "inner")]);
        site.publish("a", &[page("index.html", "outer")]);
        assert!(version(&site, "a/b/c.html") > 0);
    }
}
