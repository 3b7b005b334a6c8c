//! Braces written anew are the same plan, nothing outside of them changes, and the second time nothing is left.

use serde_json::Value;
use tminus::diagnostic::{Edit, edited};
use tminus::document::Document;
use tminus::source::{Source, Sources};
use tminus::view::json::plan_json;

use super::input::Input;

pub fn hold(text: &str) {
    let input = Input::read(text);
    let anew = input.with_plan(&canonical(&input));
    let plan = input.plan().trim_start_matches('\u{feff}');
    assert_eq!(outside(anew.plan()), outside(plan), "{plan:?} becomes {:?}", anew.plan());
    assert_eq!(canonical(&anew), anew.plan(), "written anew, it is written anew again");
    assert_eq!(meaning(&anew), meaning(&input), "{plan:?} becomes {:?}", anew.plan());
}

/// The plan's own text with its braces as `tminus fmt` writes them.
fn canonical(input: &Input) -> String {
    let (mut sources, plan) = input.sources();
    let edits = tminus::canonical(&mut sources, plan).edits;
    let own: Vec<&Edit> = edits.iter().filter(|edit| edit.span.source == plan).collect();
    edited(&sources.get(plan).text, own)
}

/// The machine output without what names a version or a column of the text.
fn meaning(input: &Input) -> Value {
    let (compiled, sources) = input.compile();
    let json = plan_json(&compiled, &sources).to_text();
    let mut json: Value = serde_json::from_str(&json).expect("the compiled plan is JSON");
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
