//! What is said about one plan and not about another.
//!
//! What counts as the same is the caller's to know: it gives each diagnostic a key. The order is that of the
//! text, and what is said twice here and once there is said once more here.

use std::collections::BTreeMap;

use super::presenter::Presenter;
use crate::diagnostic::{Diagnostic, Place};

/// What is said here and not there. Each comes with its key.
pub(super) fn only_in<'d, Key: Ord>(
    here: impl IntoIterator<Item = (Key, &'d Diagnostic)>,
    there: impl IntoIterator<Item = Key>,
) -> Vec<&'d Diagnostic> {
    let mut known: BTreeMap<Key, usize> = BTreeMap::new();
    for key in there {
        *known.entry(key).or_default() += 1;
    }
    let mut only = Vec::new();
    for (key, one) in here {
        match known.get_mut(&key) {
            Some(left) if *left > 0 => *left -= 1,
            _ => only.push(one),
        }
    }
    only
}

impl Presenter<'_> {
    /// A diagnostic in one line.
    pub(super) fn said(&self, one: &Diagnostic) -> String {
        let place = match one.place {
            Place::At(span) => {
                let file = &self.sources.get(span.source).name;
                format!("{file}:{}: ", self.sources.position(span).line)
            }
            _ => String::new(),
        };
        format!("{place}{}[{}]: {}", one.severity.word(), one.rule.name(), one.message)
    }
}
