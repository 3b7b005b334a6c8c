//! `{{ name }}` becomes the variable's text, in titles, details, code and braces.
//!
//! Only in a plan with `vars`. A value never makes Markdown: it goes in after the text was parsed.
//! In braces it is never more than a part of one word, because the words are cut before.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::attributes::{Attributes, Written};
use super::names::Suggestions;
use super::{Header, PlanOptions, Scopes, messages};
use crate::diagnostic::Diagnostic;
use crate::document::{
    Block, BlockId, BlockKind, Braces, Document, Linked, PartId, Piece, Prose, Run, Shape,
};
use crate::source::Span;

/// The values by name.
type Values = BTreeMap<String, Arc<str>>;

/// All values that are filled in make up so many bytes at most: a few lines could ask for any number.
const MOST_FILLED: usize = 16 * 1024 * 1024;

/// Fills every variable of every file in; unknown names are reported and stay as they stand. A linked
/// plan sees the variables around it, and the link may set its own.
pub(super) fn fill(
    document: &mut Document,
    headers: &[Header],
    scopes: &Scopes,
    options: &PlanOptions,
    diagnostics: &mut Vec<Diagnostic>,
) {
    report_unknown_options(headers, options, diagnostics);
    let items: HashMap<PartId, BlockId> = document
        .linked
        .iter()
        .filter_map(|(item, linked)| match linked {
            Linked::Plan(part) => Some((*part, *item)),
            _ => None,
        })
        .collect();
    let mut all: Vec<Option<Values>> = Vec::new();
    let mut room = Room { left: MOST_FILLED, said: false };
    for (index, header) in headers.iter().enumerate() {
        let part = PartId::new(index);
        let around = scopes.of(part).around;
        let set = items.get(&part).map_or_else(Vec::new, |item| set_by_link(document, *item));
        let inherited = around.and_then(|around| all[around.index()].clone());
        let values = values(header, inherited, &set, options, diagnostics);
        if let Some(values) = &values {
            let suggestions = Suggestions::default();
            let mut filler = Filler { values, diagnostics: Some(diagnostics), suggestions, room: &mut room };
            for id in document.parts[index].blocks.clone().map(BlockId::new) {
                if has_any(document.block(id)) {
                    document.will_change(id);
                    filler.block(&mut document.blocks[id.index()]);
                }
            }
        }
        all.push(values);
    }
}

/// What `vars=` on a link to a plan sets. Its mistakes are reported where the step is read.
fn set_by_link(document: &Document, item: BlockId) -> Vec<(Written<String>, String)> {
    let braces = document.block(item).item().map_or(&[][..], |item| &item.braces);
    Attributes::read(braces, &|_| None, &mut Vec::new()).vars
}

/// The values inside one file, or nothing when neither it nor one around it has variables.
fn values(
    header: &Header,
    inherited: Option<Values>,
    set: &[(Written<String>, String)],
    options: &PlanOptions,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Values> {
    let declared = header.vars.as_deref().unwrap_or(&[]);
    for (name, _) in set {
        if !declared.iter().any(|var| var.value.0 == name.value) {
            let names = declared.iter().map(|var| var.value.0.as_str());
            diagnostics.push(messages::unknown_linked_variable(name.span, &name.value, names));
        }
    }
    if header.vars.is_none() && inherited.is_none() {
        return None;
    }
    let mut values = inherited.unwrap_or_default();
    for var in declared {
        let (name, value) = &var.value;
        let by_link = set.iter().rev().find(|(set, _)| set.value == *name).map(|(_, text)| text);
        let by_option = options.vars.iter().rev().find(|(given, _)| given == name).map(|(_, text)| text);
        match by_link.or(by_option).or(value.as_ref()) {
            Some(text) => {
                values.insert(name.clone(), text.replace(['\n', '\r'], " ").into());
            }
            None => {
                diagnostics.push(messages::variable_without_value(var.span, name));
                values.insert(name.clone(), format!("{{{{ {name} }}}}").into());
            }
        }
    }
    Some(values)
}

/// Names in `--var` that no file of the plan has.
fn report_unknown_options(headers: &[Header], options: &PlanOptions, diagnostics: &mut Vec<Diagnostic>) {
    let names =
        || headers.iter().flat_map(|header| header.vars.iter().flatten()).map(|var| var.value.0.as_str());
    for (name, _) in &options.vars {
        if !names().any(|known| known == name) {
            diagnostics.push(messages::unknown_var_option(name, names()));
        }
    }
}

struct Filler<'a> {
    values: &'a Values,
    /// Nothing while what is read was reported already.
    diagnostics: Option<&'a mut Vec<Diagnostic>>,
    suggestions: Suggestions,
    room: &'a mut Room,
}

/// How many bytes may yet be filled in, and whether it was said that they are too few.
struct Room {
    left: usize,
    said: bool,
}

/// A part of a text.
enum Part<'a> {
    Words(std::ops::Range<usize>),
    Variable { name: &'a str, range: std::ops::Range<usize> },
}

impl Filler<'_> {
    fn block(&mut self, block: &mut Block) {
        match &mut block.kind {
            BlockKind::Item(item) => self.braces(&mut item.braces),
            BlockKind::Heading(heading) => self.braces(&mut heading.braces),
            _ => {}
        }
        for prose in block.prose_mut() {
            self.prose(prose);
        }
    }

    fn prose(&mut self, prose: &mut Prose) {
        if !prose.pieces.iter().any(has_any_in_piece) {
            return;
        }
        let mut filled = Vec::with_capacity(prose.pieces.len());
        for piece in std::mem::take(&mut prose.pieces) {
            match piece {
                Piece::Text(run) if may_have_any(&run.text) => self.text(&run, &mut filled),
                Piece::Code(run) if may_have_any(&run.text) => {
                    let text = self.replaced(&run.text, run.span, run.is_exact()).unwrap_or_else(|text| text);
                    filled.push(Piece::Code(Run { text, span: run.span }));
                }
                other => filled.push(other),
            }
        }
        prose.pieces = filled.into();
    }

    fn text(&mut self, run: &Run, filled: &mut Vec<Piece>) {
        let place =
            |range: std::ops::Range<usize>| if run.is_exact() { run.span.part(range) } else { run.span };
        for part in parts(&run.text) {
            match part {
                Part::Words(range) => {
                    let text = run.text[range.clone()].to_owned();
                    filled.push(Piece::Text(Run { text, span: place(range) }));
                }
                Part::Variable { name, range } => match self.value(name, place(range.clone())) {
                    Some(value) => {
                        filled.push(Piece::Literal(Run { text: value.to_string(), span: place(range) }))
                    }
                    None => {
                        let text = run.text[range.clone()].to_owned();
                        filled.push(Piece::Text(Run { text, span: place(range) }));
                    }
                },
            }
        }
    }

    /// Words with an unknown variable are dropped: the variable is the mistake, and it is reported.
    fn braces(&mut self, blocks: &mut [Braces]) {
        for block in blocks {
            block.words.retain_mut(|word| {
                if !may_have_any(&word.text) {
                    return true;
                }
                let span = word.span;
                let mut good = true;
                let text = self.replaced(&word.text, span, span.len() == word.text.len());
                good &= text.is_ok();
                word.text = text.unwrap_or_else(|text| text);
                // A variable without a value stands for itself, and was reported too.
                good &= !may_have_any(&word.text);
                for value in &mut word.values {
                    for text in [&mut value.name, &mut value.suffix] {
                        if may_have_any(text) {
                            // Reported above, for the word as a whole.
                            let suggestions = Suggestions::default();
                            let (values, room) = (self.values, &mut *self.room);
                            let mut quiet = Filler { values, diagnostics: None, suggestions, room };
                            *text = quiet.replaced(text, value.span, false).unwrap_or_else(|text| text);
                        }
                    }
                }
                good
            });
        }
    }

    /// The text with its variables filled in; an error when one of them is unknown.
    fn replaced(&mut self, text: &str, span: Span, exact: bool) -> Result<String, String> {
        let mut out = String::with_capacity(text.len());
        let mut good = true;
        for part in parts(text) {
            match part {
                Part::Words(range) => out.push_str(&text[range]),
                Part::Variable { name, range } => {
                    let place = if exact { span.part(range.clone()) } else { span };
                    match self.value(name, place) {
                        Some(value) => out.push_str(&value),
                        None => {
                            good = false;
                            out.push_str(&text[range]);
                        }
                    }
                }
            }
        }
        if good { Ok(out) } else { Err(out) }
    }

    fn value(&mut self, name: &str, span: Span) -> Option<Arc<str>> {
        let Some(value) = self.values.get(name) else {
            if let Some(diagnostics) = &mut self.diagnostics {
                let names = self.suggestions.among(self.values.keys().map(String::as_str));
                diagnostics.push(messages::unknown_variable(span, name, names));
            }
            return None;
        };
        match self.room.left.checked_sub(value.len()) {
            Some(left) => {
                self.room.left = left;
                Some(Arc::clone(value))
            }
            None => {
                if let (false, Some(diagnostics)) = (self.room.said, &mut self.diagnostics) {
                    diagnostics.push(messages::variables_without_room(span, name, MOST_FILLED));
                    self.room.said = true;
                }
                None
            }
        }
    }
}

/// Whether there may be a variable in a block.
fn has_any(block: &Block) -> bool {
    let mut words = block.braces().iter().flat_map(|braces| &braces.words);
    words.any(|word| may_have_any(&word.text))
        || block.prose().flat_map(|prose| &prose.pieces).any(has_any_in_piece)
}

/// Whether there may be a variable in a text. Most have no brace at all, which is seen sooner.
fn may_have_any(text: &str) -> bool {
    text.contains('{') && text.contains("{{")
}

fn has_any_in_piece(piece: &Piece) -> bool {
    match piece {
        Piece::Text(run) | Piece::Code(run) => may_have_any(&run.text),
        Piece::Open(Shape::Link { target }) => may_have_any(target),
        _ => false,
    }
}

/// Cuts a text at its variables. `${{ … }}` and `\{{ … }}` are left alone.
fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut words_from = 0;
    let mut at = 0;
    while let Some(found) = text[at..].find("{{") {
        let open = at + found;
        let Some(length) = text[open..].find("}}") else { break };
        let close = open + length + 2;
        let escaped = text[..open].ends_with(['$', '\\']);
        let name = text[open + 2..close - 2].trim();
        if escaped || name.is_empty() || name.contains(['\n', '{']) {
            at = open + 2;
            continue;
        }
        if open > words_from {
            parts.push(Part::Words(words_from..open));
        }
        parts.push(Part::Variable { name, range: open..close });
        words_from = close;
        at = close;
    }
    if words_from < text.len() {
        parts.push(Part::Words(words_from..text.len()));
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_at_variables() {
        let shown: Vec<String> = parts("a {{ b }} ${{ c }} \\{{ d }} {{e}}")
            .iter()
            .map(|part| match part {
                Part::Words(range) => format!("{}-{}", range.start, range.end),
                Part::Variable { name, .. } => (*name).to_owned(),
            })
            .collect();
        assert_eq!(shown, ["0-2", "b", "9-28", "e"]);
    }
}
