//! What an editor was told, so that it is told no more than what is new.
//!
//! The mistakes of all open plans come in at each pause; out go those of the texts that somebody worked on, since their
//! lines have moved, and of other files where something else is to be said than before.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::diagnostics::Files;

#[derive(Debug, Default)]
pub(super) struct Shown {
    /// The mistakes that stand beside the lines of each file, if there are any.
    lists: Files,
    /// The texts that somebody worked on since.
    touched: BTreeSet<String>,
}

impl Shown {
    /// Somebody opened, changed, saved or closed a text: what is said of it is said anew.
    pub(super) fn touch(&mut self, uri: &str) {
        self.touched.insert(uri.to_owned());
    }

    /// The messages that make an editor show these mistakes, and no others. A text may have a version, for which they
    /// hold.
    pub(super) fn news(&mut self, files: Files, version: impl Fn(&str) -> Option<i64>) -> Vec<Value> {
        let mut news: Files =
            std::mem::take(&mut self.touched).into_iter().map(|uri| (uri, Vec::new())).collect();
        // Where nothing is wrong any more, nothing is shown.
        news.extend(
            self.lists.keys().filter(|uri| !files.contains_key(*uri)).map(|uri| (uri.clone(), Vec::new())),
        );
        for (uri, list) in &files {
            if news.contains_key(uri) || self.lists.get(uri) != Some(list) {
                news.insert(uri.clone(), list.clone());
            }
        }
        self.lists = files;
        self.lists.retain(|_, list| !list.is_empty());
        let message = |(uri, list): (String, _)| {
            let version = version(&uri);
            let mut params = json!({ "uri": uri, "diagnostics": list });
            if let Some(version) = version {
                params["version"] = version.into();
            }
            json!({ "method": "textDocument/publishDiagnostics", "params": params })
        };
        news.into_iter().map(message).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::protocol::{Diagnostic, Position, Range};
    use super::*;

    fn files(said: &[(&str, &[&str])]) -> Files {
        let top = Position { line: 0, character: 0 };
        let one = |message: &&str| Diagnostic {
            range: Range { start: top, end: top },
            severity: 1,
            code: "circle",
            source: "tminus",
            message: (*message).to_owned(),
            related_information: Vec::new(),
        };
        said.iter().map(|(uri, list)| ((*uri).to_owned(), list.iter().map(one).collect())).collect()
    }

    fn told(shown: &mut Shown, said: &[(&str, &[&str])]) -> Vec<String> {
        let news = shown.news(files(said), |_| None).into_iter();
        news.map(|one| {
            let (uri, list) = (&one["params"]["uri"], one["params"]["diagnostics"].as_array());
            format!("{}: {}", uri.as_str().unwrap_or_default(), list.map_or(0, Vec::len))
        })
        .collect()
    }

    #[test]
    fn only_news_are_told() {
        let mut shown = Shown::default();
        shown.touch("a");
        shown.touch("b");
        assert_eq!(told(&mut shown, &[("a", &["x"]), ("c", &["y", "z"])]), ["a: 1", "b: 0", "c: 2"]);
        assert!(told(&mut shown, &[("a", &["x"]), ("c", &["y", "z"])]).is_empty());
        shown.touch("a");
        assert_eq!(told(&mut shown, &[("a", &["x"]), ("c", &["y"])]), ["a: 1", "c: 1"]);
        assert_eq!(told(&mut shown, &[("a", &["x"])]), ["c: 0"]);
        shown.touch("b");
        assert_eq!(told(&mut shown, &[("a", &[]), ("b", &[])]), ["a: 0", "b: 0"]);
        assert!(told(&mut shown, &[]).is_empty());
    }
}
