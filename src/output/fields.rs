//! What a view holds, for templates of somebody's own: the names of its fields, which of its texts are
//! HTML that we made, and how many values it has.
//!
//! Only looked for when it is needed: with own templates, or when something is wrong.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::Value;

use crate::view::PlanPages;

/// What a view holds.
#[derive(Debug, Default)]
pub(super) struct Fields {
    /// The view as data.
    root: Value,
    /// Texts that are HTML or CSS of ours, by the names of their fields.
    pub(super) markup: BTreeSet<String>,
    /// How many values.
    pub(super) values: u64,
}

impl Fields {
    /// Of one page.
    pub(super) fn of(view: &impl Serialize) -> Self {
        let root = serde_json::to_value(view).unwrap_or_default();
        let mut fields = Self::default();
        fields.look_at(&root);
        fields.root = root;
        fields
    }

    /// Of all pages of a plan.
    pub(super) fn of_plan(pages: &PlanPages<'_>) -> Self {
        let mut fields = Self::default();
        let mut add = |other: Self| {
            fields.markup.extend(other.markup);
            fields.values += other.values;
        };
        add(Self::of(&pages.index()));
        add(Self::of(&pages.run_sheet()));
        add(Self::of(&pages.timeline()));
        pages.timeline_of_phases().iter().for_each(|page| add(Self::of(page)));
        pages.owners().iter().for_each(|owner| add(Self::of(owner)));
        pages.unassigned().iter().for_each(|page| add(Self::of(page)));
        pages.rollback().iter().for_each(|page| add(Self::of(page)));
        pages.contacts().iter().for_each(|page| add(Self::of(page)));
        pages.questions().iter().for_each(|page| add(Self::of(page)));
        pages.cards().iter().for_each(|page| add(Self::of(page)));
        pages.walkthrough().iter().for_each(|page| add(Self::of(page)));
        fields
    }

    /// The fields among which the last part of `head.title` would have to be: those of `head`, or, where
    /// that is a name of the template's own, all that there are.
    pub(super) fn beside(&self, written: &str) -> BTreeSet<&str> {
        let mut parts: Vec<&str> = written.split('.').collect();
        parts.pop();
        let around = parts.iter().try_fold(&self.root, |value, part| value.get(part));
        let mut names = BTreeSet::new();
        match around.and_then(Value::as_object) {
            Some(object) => names.extend(object.keys().map(String::as_str)),
            None => all_names(&self.root, &mut names),
        }
        names
    }

    fn look_at(&mut self, root: &Value) {
        let mut open = vec![("", root)];
        while let Some((name, value)) = open.pop() {
            self.values += 1;
            match value {
                Value::String(text) if is_markup(name) => {
                    self.markup.insert(text.clone());
                }
                Value::Array(items) => open.extend(items.iter().map(|item| (name, item))),
                Value::Object(fields) => {
                    open.extend(fields.iter().map(|(name, value)| (name.as_str(), value)));
                }
                _ => {}
            }
        }
    }
}

/// Whether a field holds HTML or CSS, by its name.
fn is_markup(name: &str) -> bool {
    ["html", "css", "svg"]
        .iter()
        .any(|kind| name.strip_suffix(kind).is_some_and(|before| before.is_empty() || before.ends_with('_')))
}

fn all_names<'a>(root: &'a Value, names: &mut BTreeSet<&'a str>) {
    let mut open = vec![root];
    while let Some(value) = open.pop() {
        match value {
            Value::Array(items) => open.extend(items),
            Value::Object(fields) => {
                names.extend(fields.keys().map(String::as_str));
                open.extend(fields.values());
            }
            _ => {}
        }
    }
}
