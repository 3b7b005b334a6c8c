//! Items that were meant as details of a step or question, and are text: `expct: …`, `undo - …`, `undo {5m}: …`,
//! `undo start it {5m}`, `Roll back: …`, `? who …`.
//!
//! Promised: ordinary text stays silent. The word must begin the item, and be nothing else.

use crate::diagnostic::{Diagnostic, only_near};
use crate::document::{Item, Piece, Run, is_duration_like};
use crate::plan::messages;

/// Words of their own that are a slip away from those of details.
const OTHER_WORDS: [&str; 4] = ["except", "expected", "expert", "unto"];
/// A shorter word is near too many.
const SHORTEST_SLIP: usize = 4;
/// What others call an `undo:`.
const OTHER_UNDOS: [&str; 7] =
    ["rollback", "roll back", "backout", "back out", "way back", "to undo", "how to undo"];
/// What stands in the place of a colon.
const DASHES: [&str; 5] = ["--", "-", "–", "—", "="];

/// What is said of an item that was meant as a detail with one of these words.
pub(super) fn near_detail(item: &Item, words: &[&'static str]) -> Option<Diagnostic> {
    let Some(Piece::Text(run)) = item.title.pieces.first().filter(|_| item.mark.is_none()) else {
        return None;
    };
    if !run.is_exact() {
        return None;
    }
    let text = run.text.as_str();
    let known = words.iter().copied().find(|word| begins_with(text, word));
    known
        .and_then(|word| without_colon(item, run, word))
        .or_else(|| slip(run, words))
        .or_else(|| other_undo(run).filter(|_| words.contains(&"undo")))
        .or_else(|| question(run).filter(|_| words.contains(&"undo")))
}

/// Whether a text begins with a word, and does not go on with a letter or hyphen.
fn begins_with(text: &str, word: &str) -> bool {
    let begins = text.get(..word.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(word));
    begins && !text[word.len()..].starts_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '\''))
}

/// The word itself, with another sign or none behind it, or with its braces before the colon.
fn without_colon(item: &Item, run: &Run, word: &str) -> Option<Diagnostic> {
    let text = run.text.as_str();
    let rest = &text[word.len()..];
    let behind = rest.trim_start();
    let gap = rest.len() - behind.len();
    // So many bytes stand for the word and its colon.
    let is_short = |length: usize| {
        let (span, written) = (run.span.part(0..length), &text[..length]);
        messages::almost_a_detail(span, written, &format!("{word}:")).edit(span, written, format!("{word}:"))
    };
    for colon in [":", "："] {
        if behind.starts_with(colon) && (gap > 0 || colon != ":") {
            return Some(is_short(word.len() + gap + colon.len()));
        }
    }
    let dash = DASHES.iter().find(|dash| behind.strip_prefix(**dash).is_some_and(|b| b.starts_with(' ')));
    if let Some(dash) = dash.filter(|_| gap > 0) {
        return Some(is_short(word.len() + gap + dash.len()));
    }
    // Braces that an undo may have say that it is one.
    let of_undo = |text: &str| text.starts_with('@') || is_duration_like(text);
    if let Some((braces, rest)) = behind.strip_prefix('{').and_then(|inside| inside.split_once('}')) {
        let colon = rest.trim_start().strip_prefix(':');
        let is_undo = word == "undo" && braces.split_whitespace().all(of_undo);
        let words = colon.or_else(|| Some(rest).filter(|rest| is_undo && !rest.trim().is_empty()))?;
        let length = text.len() - words.len();
        let span = run.span.part(0..length);
        let is_all = item.title.pieces.len() == 1 && item.braces.is_empty() && item.rest.is_empty();
        let shown = if is_all { words.trim() } else { "…" };
        let said = messages::almost_a_detail(span, &text[..length], &format!("{word}: {shown} {{{braces}}}"));
        let end = run.span.part(run.span.len()..run.span.len());
        return Some(if is_all && !words.trim().is_empty() {
            said.edit(span, &text[..length], format!("{word}:")).edit(end, "", format!(" {{{braces}}}"))
        } else {
            said
        });
    }
    let mut braces = item.braces.iter().flat_map(|block| &block.words).peekable();
    let is_undo =
        word == "undo" && braces.peek().is_some() && braces.all(|word| of_undo(&word.text)) && gap > 0;
    is_undo.then(|| is_short(word.len()))
}

/// `expct: …`
fn slip(run: &Run, words: &[&'static str]) -> Option<Diagnostic> {
    let (word, _) = run.text.split_once(':')?;
    let small = word.to_lowercase();
    let begins_like = |known: &&str| known.as_bytes().first() == small.as_bytes().first();
    let is_word = small.len() >= SHORTEST_SLIP && small.chars().all(char::is_alphabetic);
    if !is_word || OTHER_WORDS.contains(&small.as_str()) {
        return None;
    }
    let near = only_near(&small, words.iter().copied().filter(begins_like)).filter(|near| *near != small)?;
    let span = run.span.part(0..word.len());
    let said = messages::almost_a_detail(span, &format!("{word}:"), &format!("{near}:"));
    Some(said.edit(span, word, near))
}

/// `Roll back: …`
fn other_undo(run: &Run) -> Option<Diagnostic> {
    let (word, _) = run.text.split_once(':')?;
    let small = word.to_lowercase().replace('-', " ");
    let is_one = OTHER_UNDOS.contains(&small.as_str());
    is_one.then(|| messages::almost_a_detail(run.span.part(0..word.len()), &format!("{word}:"), "undo:"))
}

/// `? who …`
fn question(run: &Run) -> Option<Diagnostic> {
    let begins = run.text.strip_prefix("? ").is_some_and(|words| words.starts_with(char::is_alphabetic));
    begins.then(|| messages::almost_a_question(run.span.part(0..1)))
}
