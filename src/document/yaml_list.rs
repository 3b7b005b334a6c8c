//! Values as a list of YAML, to be shown to somebody who has written them in another way.

use std::collections::HashSet;

use super::yaml::{Entry, Node, NodeValue};

/// Signs that mean something else to YAML inside of brackets, or in quotes that stand around the text.
const NOT_IN_A_LIST: &[char] = &['[', ']', '{', '}', '"', '\'', '\\', '#', '&', '*', '!', '|', '>', '%', '`'];

/// Keys that take a list, of a plan and of somebody in it.
const LISTS: [&str; 7] = ["access", "away", "bridge", "closed", "hours", "systems", "variants"];

/// Values as a list: `[db, shop]`; nothing where one of them could not stand in it.
#[must_use]
pub fn as_list(values: &[impl AsRef<str>]) -> Option<String> {
    let shown = values.iter().map(AsRef::as_ref).map(|value| {
        let is_plain = !value.contains(NOT_IN_A_LIST) && !value.contains(": ");
        is_plain.then(|| if value.contains(',') { format!("\"{value}\"") } else { value.to_owned() })
    });
    Some(format!("[{}]", shown.collect::<Option<Vec<_>>>()?.join(", ")))
}

/// The values of a key that stands twice as one list, where it takes one or both are lists.
pub(super) fn of_both(first: &Entry, second: &Node) -> Option<String> {
    let are_lists = [&first.value, second].iter().all(|node| matches!(node.value, NodeValue::List(_)));
    if !are_lists && !LISTS.contains(&first.key.as_str()) {
        return None;
    }
    let values = || {
        let mut values = texts(&first.value, &first.key)?;
        values.extend(texts(second, &first.key)?);
        let mut known = HashSet::new();
        values.retain(|value| known.insert(*value));
        as_list(&values)
    };
    Some(values().unwrap_or_else(|| "[one, another]".to_owned()))
}

/// The texts of a list, or those in a text that may be several.
fn texts<'a>(node: &'a Node, key: &str) -> Option<Vec<&'a str>> {
    match &node.value {
        NodeValue::Text(text) => match key {
            // Days of the week and dates have commas of their own.
            "away" | "closed" if text.contains(',') => None,
            "away" | "closed" | "hours" | "bridge" => Some(vec![text]),
            _ => Some(text.split([',', ';']).map(str::trim).filter(|text| !text.is_empty()).collect()),
        },
        NodeValue::List(list) => list.iter().map(Node::text).collect(),
        NodeValue::Empty | NodeValue::Map(_) => None,
    }
}
