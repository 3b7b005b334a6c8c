//! Certain mends end, lose no text beside their places, lose no box, and can be made backward.

use tminus::diagnostic::{Edit, edited};
use tminus::document::{Document, mends};
use tminus::source::{Source, Sources, Span};

use super::input::Input;

/// As many as `tminus check --fix` makes.
const MOST_ROUNDS: usize = 20;

pub fn hold(text: &str) {
    let mut input = Input::read(text);
    for _ in 0..MOST_ROUNDS {
        match round(&input) {
            Some(mended) => input = input.with_plan(&mended),
            None => return,
        }
    }
    panic!("there is always more to mend in {:?}", input.plan());
}

/// The plan's text after one round, or nothing when nothing is left to mend in it.
fn round(input: &Input) -> Option<String> {
    let (mut compiled, sources) = input.compile();
    for edit in compiled.diagnostics.iter_mut().flat_map(|one| &mut one.edits) {
        edit.span.source = sources.original(edit.span.source);
    }
    let all = mends(&compiled.diagnostics, &sources);
    let plan = compiled.plan.document.source;
    let edits: Vec<&Edit> = all.into_iter().filter(|edit| edit.span.source == plan).collect();
    let old = input.plan().trim_start_matches('\u{feff}');
    let new = edited(&sources.get(plan).text, edits.iter().copied());
    assert!(
        edits.iter().all(|edit| sources.text(edit.span) == edit.old),
        "an edit of what does not stand there"
    );
    // Made backward, the edits give the old text again, and so nothing beside their places has changed.
    let mut back: Vec<Edit> = Vec::new();
    let (mut at, mut end) = (0, 0);
    for edit in &edits {
        assert!(edit.span.start() >= end, "edits that meet");
        at += edit.span.start() - end;
        let place = Span::new(plan, at..at + edit.text.len());
        back.push(Edit { span: place, old: edit.text.clone(), text: edit.old.clone() });
        at += edit.text.len();
        end = edit.span.end();
    }
    assert_eq!(edited(&new, &back), &*sources.get(plan).text);
    assert!(boxes(&new) >= boxes(&sources.get(plan).text), "a box is lost: {old:?} {new:?}");
    (!edits.is_empty()).then_some(new)
}

fn boxes(text: &str) -> usize {
    let mut sources = Sources::new();
    let source = sources.add(Source::new("plan.md", text));
    let document = Document::parse(source, &sources, &mut Vec::new());
    document.blocks.iter().filter(|block| block.item().is_some_and(|item| item.mark.is_some())).count()
}
