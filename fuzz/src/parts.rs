//! A long text is parsed in parts, and one that has changed where it has; both mean what they mean as a whole.
//!
//! What makes a text whole is a definition, so the same text is parsed twice: below a definition that nothing uses,
//! and below as many spaces.

use tminus::diagnostic::Diagnostic;
use tminus::document::{Block, Document};

use super::input::Input;

/// Longer than a text that is parsed as a whole, in half as many bytes.
const ENOUGH: usize = 17_000;
const DEFINITION: &str = "[no-such-label]: https://example.com";

pub fn hold(text: &str) {
    let input = Input::read(text);
    parts_are_the_whole(&input);
    what_is_left_is_the_same(&input);
}

fn parts_are_the_whole(input: &Input) {
    let around = "# Phase\n\n- [ ] Step {5m}\n\n";
    let around = around.repeat(ENOUGH / around.len() + 1);
    let plan = input.plan();
    // The middle, where it is cut or soon after, lies where the text begins for the second time.
    let body = format!("\n\n{around}{plan}\n\n{plan}\n\n{around}");
    if body.contains("no-such-label") {
        return;
    }
    let whole = parsed(input, &format!("{DEFINITION}{body}"));
    let parts = parsed(input, &format!("{}{body}", " ".repeat(DEFINITION.len())));
    compare(&whole, &parts);
}

/// A plan loses a third between two headings, and gets it back.
fn what_is_left_is_the_same(input: &Input) {
    let plan = input.plan();
    let cut =
        |part: usize| (plan.len() * part / 3..).find(|at| plan.is_char_boundary(*at)).unwrap_or(plan.len());
    let less = format!("{}{}", &plan[..cut(1)], &plan[cut(2)..]);
    let phase = "# Phase\n\n- [ ] Step {5m}\n\n";
    let [more, less] = [plan, &less].map(|plan| format!("{phase}{plan}\n\n{phase}{plan}"));
    for (old, new) in [(&more, &less), (&less, &more)] {
        let (mut before, source) = input.with_plan(old).sources();
        let mut document = Document::load_again(source, &mut before, None, &mut Vec::new());
        let earlier = document.take_earlier(&before);
        let new = input.with_plan(new);
        let ((mut sources, source), (mut again, _)) = (new.sources(), new.sources());
        let (mut said, mut said_again) = (Vec::new(), Vec::new());
        let whole = Document::load(source, &mut sources, &mut said);
        let document = Document::load_again(source, &mut again, earlier, &mut said_again);
        compare(&(whole.blocks, said), &(document.blocks, said_again));
    }
}

/// What is read as a whole and otherwise is the same.
fn compare(whole: &(Vec<Block>, Vec<Diagnostic>), other: &(Vec<Block>, Vec<Diagnostic>)) {
    if whole == other {
        return;
    }
    let (whole, other) = (format!("{whole:#?}"), format!("{other:#?}"));
    let differ = whole.lines().zip(other.lines()).find(|(whole, other)| whole != other);
    assert_eq!(differ, None, "the whole and what was read otherwise");
    assert_eq!(whole.len(), other.len(), "one of them goes on");
}

/// The blocks, and what is said of them.
fn parsed(input: &Input, plan: &str) -> (Vec<Block>, Vec<Diagnostic>) {
    let (sources, plan) = input.with_plan(plan).sources();
    let mut diagnostics = Vec::new();
    let document = Document::parse(plan, &sources, &mut diagnostics);
    (document.blocks, diagnostics)
}
