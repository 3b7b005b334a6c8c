//! Whom somebody means who writes a name where a handle belongs: `Tom Berg`, or `Kim` for `kim`.

use std::collections::HashMap;

/// Handles by the names that people have, and by themselves, all in small letters.
#[derive(Debug, Clone, Default)]
pub(super) struct Called(HashMap<String, Option<String>>);

impl Called {
    /// `people` are handles with the names of those who have one.
    pub(super) fn of<'a>(people: impl Iterator<Item = (&'a str, Option<&'a str>)> + Clone) -> Self {
        let mut called = HashMap::new();
        for (handle, name) in people.clone() {
            let Some(name) = name else { continue };
            let known = called.entry(plain(name)).or_insert_with(|| Some(handle.to_owned()));
            // Of several with one name nobody can say who is meant.
            if known.as_deref() != Some(handle) {
                *known = None;
            }
        }
        // A handle is nobody's name but that one's.
        called.extend(people.map(|(handle, _)| (plain(handle), Some(handle.to_owned()))));
        Self(called)
    }

    /// The handle of the only one who is called so.
    pub(super) fn handle(&self, written: &str) -> Option<&str> {
        self.0.get(&plain(written))?.as_deref()
    }
}

/// In small letters, with one space between words.
fn plain(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::Called;

    #[test]
    fn a_name_of_one_person_is_known() {
        let people =
            [("tom", Some("Tom Berg")), ("kim", None), ("kd", Some("Kim")), ("t2", Some("Tom  berg"))];
        let called = Called::of(people.into_iter());
        assert_eq!(
            ["Kim", "KIM", "kd", "Tom Berg", ""].map(|name| called.handle(name)),
            [Some("kim"), Some("kim"), Some("kd"), None, None]
        );
    }
}
