//! A long text is parsed in parts, and means what it means as a whole.
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
    let around = "# Phase\n\n- [ ] Step {5m}\n\n";
    let around = around.repeat(ENOUGH / around.len() + 1);
    let plan = input.plan();
    // The middle, where it is cut or soon after, lies where the text begins for the second time.
    let body = format!("\n\n{around}{plan}\n\n{plan}\n\n{around}");
    if body.contains("no-such-label") {
        return;
    }
    let whole = parsed(&input, &format!("{DEFINITION}{body}"));
    let parts = parsed(&input, &format!("{}{body}", " ".repeat(DEFINITION.len())));
    if whole == parts {
        return;
    }
    let (whole, parts) = (format!("{whole:#?}"), format!("{parts:#?}"));
    let differ = whole.lines().zip(parts.lines()).find(|(whole, parts)| whole != parts);
    assert_eq!(differ, None, "the whole and the parts");
    assert_eq!(whole.len(), parts.len(), "one of them goes on");
}

/// The blocks, and what is said of them.
fn parsed(input: &Input, plan: &str) -> (Vec<Block>, Vec<Diagnostic>) {
    let (sources, plan) = input.with_plan(plan).sources();
    let mut diagnostics = Vec::new();
    let document = Document::parse(plan, &sources, &mut diagnostics);
    (document.blocks, diagnostics)
}
