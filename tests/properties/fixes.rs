//! Mends that are certain: they end, change nothing beside their places, and make steps of what looked like
//! steps and of nothing else.

use proptest::prelude::*;
use tminus::diagnostic::{Edit, Rule, edited};
use tminus::document::{Document, mends};
use tminus::source::{Source, Sources};

use crate::answer::cases;

const FRONT: &str = "---\nstart: 2026-11-14 08:00\ntimezone: UTC\npeople: { ana: {}, omar: {} }\n---\n";

/// Openings of lines, among them all that look like boxes and are none.
const OPENINGS: &str = "- [ ] ·- [] ·- [  ] ·* [ x] ·-[ ] ·-[x] ·1.[ ] ·2.[ ] ·7.[ ] ·1. [ ] ·2. [ ] ·[ ] ·[] ·• [ ] ·+ [x]·\
- [?] ·- ·## ··> · - [ ]·";

const INDENTS: &str = "·· · ·  ·  ·   ·    ·    ·     ·> ·> > ·>";

const BRACES: &str = "··{@anna 5m}·{@omer 20-45m}·{@ana,omar 1.5h·{after=a, b, \"c d\"}·{gate}·{.gaet @ana}·{by=2026-11-15 13:00}·\
{afetr=a 30 min}·{#a @ana 5m}·{after= a}·{after=„a b“}·{unattended 5min";

fn one_of(pieces: &'static str) -> impl Strategy<Value = &'static str> {
    proptest::sample::select(pieces.split('·').collect::<Vec<_>>())
}

fn plans() -> impl Strategy<Value = String> {
    let line = (
        one_of(INDENTS),
        one_of(OPENINGS),
        "[a-c]{0,2}",
        one_of(BRACES),
        prop_oneof![6 => Just(""), 1 => Just("\n")],
    );
    let line = line.prop_map(|(indent, opening, words, braces, blank)| {
        format!("{indent}{opening}{words} {braces}\n{blank}")
    });
    let ends = prop_oneof![4 => Just("\n"), 1 => Just("\r\n")];
    (proptest::collection::vec(line, 1..10), ends)
        .prop_map(|(lines, end)| format!("{FRONT}{}", lines.concat()).replace('\n', end))
}

/// What one round of mending does to a text: the new one, and how many boxes it should have made.
fn round(text: &str) -> (String, usize) {
    let mut sources = Sources::new();
    let source = sources.add(Source::new("plan.md", text));
    let compiled = tminus::compile(&mut sources, source, &tminus::Options::default());
    let edits = mends(&compiled.diagnostics, &sources);
    let boxes = compiled.diagnostics.iter().filter(|one| one.rule == Rule::AlmostABox);
    // What is indented, to stand under its step, has its box already.
    let boxes =
        boxes.filter(|one| one.edits.iter().any(|edit| edit.text.contains('[') && edits.contains(&edit)));
    (edited(text, edits.iter().copied()), boxes.count())
}

/// The titles of all items with a box, in order.
fn titles(text: &str) -> Vec<String> {
    let mut sources = Sources::new();
    let source = sources.add(Source::new("plan.md", text));
    let document = Document::parse(source, &sources, &mut Vec::new());
    let items = document.blocks.iter().filter_map(|block| block.item());
    items.filter(|item| item.mark.is_some()).map(|item| item.title.plain()).collect()
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn mending_ends_and_is_mended_then(text in plans()) {
        let mut text = text;
        for _ in 0..20 {
            let (next, _) = round(&text);
            if next == text {
                return Ok(());
            }
            text = next;
        }
        prop_assert!(false, "there is always more to mend in {text:?}");
    }

    #[test]
    fn what_looked_like_steps_becomes_steps_and_the_others_stay(text in plans()) {
        let (mended, boxes) = round(&text);
        let (before, after) = (titles(&text), titles(&mended));
        // Boxes that Markdown did not see below a paragraph (four columns in, or numbered 2) may come to light.
        let lines = mended.lines().filter(|line| line.contains('[')).count();
        let good = (before.len() + boxes..=lines).contains(&after.len());
        prop_assert!(good, "{boxes} more than {before:?}, not {after:?}:\n{text}");
        // A title may lose lines that became steps of their own; boxes without words are not told from each other.
        let mut rest = after.iter();
        for title in before.iter().filter(|title| !title.is_empty()) {
            prop_assert!(rest.any(|one| title.starts_with(one.as_str())), "{:?} of {:?} in {:?}", title, before, after);
        }
    }

    #[test]
    fn nothing_changes_beside_the_places(text in plans()) {
        let mut sources = Sources::new();
        let source = sources.add(Source::new("plan.md", text.as_str()));
        let compiled = tminus::compile(&mut sources, source, &tminus::Options::default());
        let edits = mends(&compiled.diagnostics, &sources);
        let new = edited(&text, edits.iter().copied());
        // Made backward, the edits give the old text again.
        let mut moved: Vec<Edit> = Vec::new();
        let mut at = 0usize;
        let mut end = 0usize;
        for edit in &edits {
            at += edit.span.start() - end;
            let back = tminus::source::Span::new(source, at..at + edit.text.len());
            moved.push(Edit { span: back, old: edit.text.clone(), text: edit.old.clone() });
            at += edit.text.len();
            end = edit.span.end();
        }
        prop_assert_eq!(edited(&new, &moved), text);
    }
}
