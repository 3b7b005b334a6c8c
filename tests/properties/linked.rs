//! A plan that stands in another, which has the same dates and nothing else in it, has the same times.
#![expect(clippy::disallowed_methods, reason = "a linked plan lies on a disk")]

use std::collections::BTreeMap;

use proptest::prelude::*;
use tminus::Options;
use tminus::source::Sources;
use tminus::view::json::plan_json;

use crate::answer::{answer, cases};
use crate::edits::times_of;
use crate::make::{Scope, plans};

/// The keys that an inner plan leaves to the one around it.
const LEFT: [&str; 4] = ["start:", "t0:", "timezone:", "title:"];

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn a_plan_that_stands_in_another_has_the_same_times(plan in plans(Scope::All)) {
        let text = plan.text();
        let alone = times_of(&answer(&text).json);
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("inner.md"), &text).expect("the inner plan");
        let path = folder.path().join("plan.md");
        std::fs::write(&path, around(&text)).expect("the outer plan");
        let mut sources = Sources::new();
        let source = sources.read_named(&path).expect("the outer plan can be read");
        let compiled = tminus::compile(&mut sources, source, &Options::default());
        let json = plan_json(&compiled, &sources).to_text();
        let inside = times_of(&serde_json::from_str(&json).expect("JSON"));
        let inside: BTreeMap<_, _> =
            inside.into_iter().map(|(id, facts)| (id.replacen("inner/", "", 1), facts)).collect();
        prop_assert_eq!(inside, alone);
    }
}

/// A plan with the dates of another, and a link to it.
fn around(text: &str) -> String {
    let front = text.lines().skip(1).take_while(|line| *line != "---");
    let mut lines = Vec::new();
    let mut in_closed = false;
    for line in front {
        in_closed = line.starts_with("closed:") || (in_closed && line.starts_with(' '));
        if in_closed || LEFT.iter().any(|key| line.starts_with(key)) {
            lines.push(line);
        }
    }
    format!("---\n{}\n---\n\n- [ ] [Inner](inner.md) {{#inner}}\n", lines.join("\n"))
}
