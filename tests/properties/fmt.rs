//! Braces written anew: the same plan, nothing changed outside of braces, nothing left to do the second time,
//! and one spelling whatever the order in which the words stood.

use proptest::prelude::*;
use serde_json::Value;
use tminus::diagnostic::edited;
use tminus::document::Document;
use tminus::source::{Source, Sources};

use crate::answer::{answer, cases};
use crate::choices::{Choices, choices};
use crate::make::{Scope, plans};
use crate::text::any_text;

/// A text with its braces as `tminus fmt` writes them.
fn canonical(text: &str) -> String {
    let mut sources = Sources::new();
    let source = sources.add(Source::new("plan.md", text));
    let edits = tminus::canonical(&mut sources, source).edits;
    edited(&sources.get(source).text, &edits)
}

/// The text with the words of every block in another order and other signs between them. Words of one kind
/// that have an order among themselves keep it.
fn shuffled(text: &str, row: Vec<u16>) -> String {
    let mut choose = Choices::new(row);
    let mut out = String::new();
    let mut fences = 0;
    for line in text.split_inclusive('\n') {
        fences += usize::from(line == "---\n");
        match line.find('{').filter(|_| fences > 1) {
            Some(open) => {
                let close = line.rfind('}').unwrap_or(line.len());
                out.push_str(&line[..=open]);
                out.push_str(&in_disorder(&line[open + 1..close], &mut choose));
                out.push_str(&line[close..]);
            }
            None => out.push_str(line),
        }
    }
    out
}

fn in_disorder(block: &str, choose: &mut Choices) -> String {
    let group = |word: &str| match word.split_once('=') {
        Some((key, _)) => key.to_owned(),
        None => word.chars().take(1).filter(|c| "@.".contains(*c)).collect(),
    };
    let mut left: Vec<&str> = block.split_whitespace().collect();
    let mut out = choose.one(&["", " ", "  "]).to_owned();
    while !left.is_empty() {
        let picked = choose.below(left.len());
        let first = left.iter().position(|word| group(word) == group(left[picked])).unwrap_or(picked);
        out.push_str(left.remove(first));
        out.push_str(choose.one(&[" ", "  ", ", ", "\t", " , "]));
    }
    out
}

/// The machine output without what names a version or a column of the text.
fn meaning(text: &str) -> Value {
    let mut json = answer(text).json;
    json["hash"] = Value::Null;
    let said = json["diagnostics"].as_array().cloned().unwrap_or_default();
    let mut said: Vec<String> =
        said.iter().map(|one| format!("{} {} {}", one["rule"], one["severity"], one["message"])).collect();
    said.sort();
    json["diagnostics"] = said.into();
    json
}

/// What stands outside of attribute blocks.
fn outside(text: &str) -> String {
    let mut sources = Sources::new();
    let source = sources.add(Source::new("plan.md", text));
    let document = Document::parse(source, &sources, &mut Vec::new());
    let text = &sources.get(source).text;
    let mut out = String::new();
    let mut at = 0;
    for braces in document.braces() {
        out.push_str(&text[at..=braces.span.start()]);
        let closed = text[braces.span.range()].ends_with('}');
        at = braces.span.end() - usize::from(closed);
    }
    out + &text[at..]
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn a_plan_written_anew_is_the_same_plan(plan in plans(Scope::All), row in choices()) {
        let text = shuffled(&plan.text(), row);
        let anew = canonical(&text);
        prop_assert_eq!(meaning(&anew), meaning(&text), "{}\n{}", text, anew);
        prop_assert_eq!(outside(&anew), outside(&text));
        prop_assert_eq!(canonical(&anew), anew);
    }

    #[test]
    fn there_is_one_spelling(plan in plans(Scope::All), row in choices()) {
        prop_assert_eq!(canonical(&shuffled(&plan.text(), row)), canonical(&plan.text()));
    }
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn any_text_keeps_its_meaning(text in any_text()) {
        let anew = canonical(&text);
        prop_assert_eq!(meaning(&anew), meaning(&text), "{:?}", anew);
        prop_assert_eq!(outside(&anew), outside(&text));
        prop_assert_eq!(canonical(&anew), anew);
    }
}
