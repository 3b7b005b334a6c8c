//! What is still to be written: the title of a step that has none, an `undo:` or `expect:` without words, and what TBD,
//! TODO, ??? and XXX stand for; one a step.

use super::{Subject, messages};
use crate::diagnostic::Diagnostic;
use crate::document::{Block, Piece, Prose, Shape};
use crate::plan::{NodeId, Person, Plan, Presence, Role};
use crate::source::Span;

const WORDS: [&str; 4] = ["TBD", "TODO", "???", "XXX"];

/// Something still to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placeholder {
    /// What stands for it, or is missing.
    pub kind: PlaceholderKind,
    /// Where it stands.
    pub span: Span,
}

/// What stands for something that is not written yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceholderKind {
    /// A word such as `TBD`.
    Word(&'static str),
    /// A step without a title.
    Title,
    /// An `undo:` without words.
    Undo,
    /// An `expect:` without words.
    Expect,
    /// Such a word in the roster: it, and what it stands for.
    Person(&'static str, &'static str),
}

pub(super) fn check(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.extend(subject.placeholders.iter().map(messages::placeholder));
}

/// The first placeholder of everybody in the roster, of every step, and of every heading and piece of prose between the steps.
#[must_use]
pub fn placeholders(plan: &Plan) -> Vec<Placeholder> {
    let document = &plan.document;
    // By block: the step that begins there, with the index of the first block after it.
    let mut begins: Vec<Option<(NodeId, usize)>> = vec![None; document.blocks.len()];
    for id in plan.ids() {
        let node = plan.node(id);
        let Some(block) = node.block.filter(|_| node.is_step()) else { continue };
        begins[block.index()] = Some((id, document.block(block).end.index()));
    }
    let mut found = of_people(plan);
    let mut done: Option<NodeId> = None;
    // The steps around the block, the innermost last.
    let mut around: Vec<(NodeId, usize)> = Vec::new();
    for (index, block) in document.blocks.iter().enumerate() {
        around.extend(begins[index]);
        if let Some((step, _)) = begins[index]
            && plan.node(step).title.is_empty()
            && plan.node(step).presence == Presence::Here
        {
            found.push(Placeholder { kind: PlaceholderKind::Title, span: plan.node(step).span });
            done = Some(step);
        }
        while around.last().is_some_and(|(_, end)| *end <= index) {
            around.pop();
        }
        let step = around.last().map(|(id, _)| *id);
        let counts = step.is_none_or(|step| plan.node(step).presence == Presence::Here && done != Some(step));
        if let Some(placeholder) =
            counts.then(|| empty_detail(plan, index).or_else(|| in_block(block))).flatten()
        {
            found.push(placeholder);
            done = step.or(done);
        }
    }
    found
}

/// Whom nobody could call by what stands in the roster.
fn of_people(plan: &Plan) -> Vec<Placeholder> {
    let of = |person: &Person| {
        let texts = [
            ("phone", person.phone.as_ref()),
            ("name", Some(&person.name)),
            ("email", person.email.as_ref()),
            ("role", person.role.as_ref()),
        ];
        let word = texts.into_iter().find_map(|(what, text)| Some((first_word(text?)?.1, what)));
        word.map(|(word, what)| Placeholder {
            kind: PlaceholderKind::Person(word, what),
            span: person.handle.span,
        })
    };
    plan.roster.people.iter().filter_map(of).collect()
}

/// An `undo:` or `expect:` of a step that says nothing.
fn empty_detail(plan: &Plan, index: usize) -> Option<Placeholder> {
    let kind = match plan.roles.get(index)?.as_ref()? {
        Role::Undo => PlaceholderKind::Undo,
        Role::Expect => PlaceholderKind::Expect,
        Role::Tick(_) | Role::Question(_) | Role::Answer => return None,
    };
    let block = &plan.document.blocks[index];
    let item = block.item().filter(|item| item.rest.pieces.is_empty() && block.end.index() == index + 1)?;
    let [Piece::Text(words)] = &item.title.pieces[..] else { return None };
    words.text.split_once(':').filter(|(_, rest)| rest.trim().is_empty())?;
    Some(Placeholder { kind, span: block.span })
}

fn in_block(block: &Block) -> Option<Placeholder> {
    block.prose().find_map(in_prose)
}

fn in_prose(prose: &Prose) -> Option<Placeholder> {
    let mut in_code = 0usize;
    let mut open: Vec<bool> = Vec::new();
    for piece in &prose.pieces {
        match piece {
            Piece::Open(shape) => {
                let code = matches!(shape, Shape::CodeBlock { .. });
                open.push(code);
                in_code += usize::from(code);
            }
            Piece::Close => in_code -= usize::from(open.pop().unwrap_or(false)),
            Piece::Text(run) | Piece::Literal(run) if in_code == 0 => {
                if let Some((at, word)) = first_word(&run.text) {
                    let span = if run.is_exact() { run.span.part(at..at + word.len()) } else { run.span };
                    return Some(Placeholder { kind: PlaceholderKind::Word(word), span });
                }
            }
            _ => {}
        }
    }
    None
}

/// The first placeholder that stands as a whole word.
fn first_word(text: &str) -> Option<(usize, &'static str)> {
    // Most texts have no letter with which one begins, which is quickly seen.
    if !text.bytes().any(|byte| matches!(byte, b'T' | b'?' | b'X')) {
        return None;
    }
    WORDS
        .iter()
        .filter_map(|word| {
            let mut from = 0;
            while let Some(found) = text[from..].find(word) {
                let at = from + found;
                if is_whole(text, at, word) {
                    return Some((at, *word));
                }
                from = at + word.len();
            }
            None
        })
        .min()
}

fn is_whole(text: &str, at: usize, word: &str) -> bool {
    let joins = |c: char| c.is_alphanumeric() || c == '_' || (word == "???" && c == '?');
    let before = text[..at].chars().next_back();
    let after = text[at + word.len()..].chars().next();
    !before.is_some_and(joins) && !after.is_some_and(joins)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_capital_words() {
        for text in ["TBD", "the number is TBD.", "who ???", "(TODO)", "XXX/YYY", "TBD-later"] {
            assert!(first_word(text).is_some(), "{text}");
        }
        for text in ["todo", "METATBD", "TODOs", "Why???", "????", "my_TODO"] {
            assert!(first_word(text).is_none(), "{text}");
        }
    }
}
