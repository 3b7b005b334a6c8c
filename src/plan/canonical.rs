//! The one way to write attribute blocks: words in one order, a space between them, lists with commas alone.
//!
//! What comes in is the text as it was parsed and the plan that came of it; what goes out are changes of the
//! text. Promised: nothing outside of braces changes, every line stays one, each word stays on its line, and a
//! block that is not understood for certain is left alone, with what is wrong with it, as is a file with a merge that
//! is not resolved.

use std::collections::HashSet;

use super::Plan;
use super::attributes::Kind;
use crate::diagnostic::{Diagnostic, Edit, Rule};
use crate::document::{Braces, Document, Word};
use crate::source::{SourceId, Sources, Span};

/// What is to be written otherwise.
#[derive(Debug, Clone, Default)]
pub struct Canonical {
    /// The changes, by file and in the order of their places. A file that stands in the plan several times is
    /// named by its first source.
    pub edits: Vec<Edit>,
    /// The mistakes for which blocks are left alone.
    pub left: Vec<Diagnostic>,
}

/// Signs with which a quoted title may be more to Markdown than its letters: moved, it might hide a brace.
const MARKDOWN: &[char] = &['`', '<', '*', '_', '[', ']', '~', '\\'];

/// How the blocks of a plan, and of the plans in it, are written. `written` is the document before variables
/// were filled in, `diagnostics` is what was said when the plan was made.
#[must_use]
pub fn canonical(
    plan: &Plan,
    written: &Document,
    sources: &Sources,
    diagnostics: Vec<Diagnostic>,
) -> Canonical {
    let originals: Vec<SourceId> = written.parts.iter().map(|part| sources.original(part.source)).collect();
    let mut holders: Vec<(SourceId, &[Braces])> = plan
        .attributed
        .iter()
        .map(|id| (originals[written.part_of(*id).index()], written.block(*id).braces()))
        .collect();
    holders.sort_by_key(start);
    holders.dedup_by_key(|holder| start(holder));
    let mut wrong = HashSet::new();
    let mut out = Canonical::default();
    let mut in_conflict = HashSet::new();
    for one in diagnostics {
        if one.rule == Rule::MergeConflict {
            in_conflict.extend(one.span().map(|span| sources.original(span.source)));
            out.left.push(one);
            continue;
        }
        if !is_misread(one.rule) {
            continue;
        }
        let Some(place) = one.span().map(|span| (sources.original(span.source), span.start())) else {
            continue;
        };
        let before = holders.partition_point(|holder| start(holder) <= place);
        let Some(holder) = before.checked_sub(1).map(|index| &holders[index]) else { continue };
        let end = holder.1.last().map_or(0, |last| last.span.end());
        if holder.0 == place.0 && place.1 <= end {
            wrong.insert(start(holder));
            out.left.push(one);
        }
    }
    let is_right =
        |holder: &(SourceId, &[Braces])| !wrong.contains(&start(holder)) && !in_conflict.contains(&holder.0);
    for holder in holders.iter().filter(|holder| is_right(holder)) {
        let text = &sources.get(holder.0).text;
        let changes = holder.1.iter().flat_map(|braces| block(braces, text).unwrap_or_default());
        out.edits.extend(changes.map(|(from, to, words)| Edit {
            span: Span::new(holder.0, from..to),
            old: text[from..to].to_owned(),
            text: words,
        }));
    }
    out
}

/// Where the blocks of a heading or item begin. They are read as one, so that a mistake in one is one in all.
fn start((source, blocks): &(SourceId, &[Braces])) -> (SourceId, usize) {
    (*source, blocks.first().map_or(0, |first| first.span.start()))
}

/// Whether a rule speaks of words that were not understood.
fn is_misread(rule: Rule) -> bool {
    matches!(rule, Rule::Attribute | Rule::AttributePlace | Rule::BadTime | Rule::UnknownVariable)
}

/// A word of a block, to be written.
struct Plain<'a> {
    kind: Kind,
    /// All of it, or what stands before and after its `=`.
    text: &'a str,
    values: Vec<String>,
}

/// What becomes of the lines of a block: from where to where, and what stands there then. Nothing when that is
/// not certain.
fn block(braces: &Braces, text: &str) -> Option<Vec<(usize, usize, String)>> {
    let close = text[..braces.span.end()].strip_suffix('}')?.len();
    let open = braces.span.start() + 1;
    let mut changes = Vec::new();
    let is_one_line = |from: usize, to: usize| !text[from..to].contains(['\n', '\r']);
    let mut words = braces.words.as_slice();
    while let Some(first) = words.first() {
        let goes_on = |pair: &[Word]| is_one_line(pair[0].span.end(), pair[1].span.start());
        let count = 1 + words.windows(2).take_while(|pair| goes_on(pair)).count();
        let (line, rest) = words.split_at(count);
        words = rest;
        let (from, to) = (first.span.start(), line[count - 1].span.end());
        let from = if is_one_line(open, from) { open } else { from - commas_before(&text[..from]) };
        let to = if is_one_line(to, close) { close } else { to + commas_after(&text[to..]) };
        let plain: Vec<Plain<'_>> = line.iter().map(|word| plain(word, text)).collect::<Option<_>>()?;
        let new = written(plain);
        if text[from..to] != new {
            changes.push((from, to, new));
        }
    }
    Some(changes)
}

/// How many bytes stand before a word from the first comma there on.
fn commas_before(text: &str) -> usize {
    let run = &text[text.trim_end_matches([' ', '\t', ',']).len()..];
    run.find(',').map_or(0, |at| run.len() - at)
}

/// How many bytes stand behind a word up to the last comma there.
fn commas_after(text: &str) -> usize {
    let run = &text[..text.len() - text.trim_start_matches([' ', '\t', ',']).len()];
    run.rfind(',').map_or(0, |at| at + 1)
}

fn plain<'a>(word: &Word, text: &'a str) -> Option<Plain<'a>> {
    let raw = &text[word.span.range()];
    let has_signs = raw.contains('"') && raw.contains(MARKDOWN);
    if has_signs || raw.contains(['\n', '\r']) {
        return None;
    }
    let kind = Kind::of(raw, word.key())?;
    let Some(key) = word.key().filter(|_| !matches!(kind, Kind::Id | Kind::Owner)) else {
        return Some(Plain { kind, text: raw, values: Vec::new() });
    };
    let (name, value) = (&raw[..=key.len()], &raw[key.len() + 1..]);
    let values = if kind == Kind::Vars || value.contains("{{") {
        vec![value.to_owned()]
    } else {
        word.values.iter().map(|value| handle(kind, &text[value.span.range()])).collect()
    };
    (!values.is_empty()).then_some(Plain { kind, text: name, values })
}

/// Who steps in is written like an owner.
fn handle(kind: Kind, value: &str) -> String {
    if kind == Kind::Backup && !value.starts_with(['@', '"']) {
        format!("@{value}")
    } else {
        value.to_owned()
    }
}

/// The words in order, those that add up as one.
fn written(mut words: Vec<Plain<'_>>) -> String {
    words.sort_by_key(|word| word.kind);
    let mut out: Vec<String> = Vec::new();
    for same in words.chunk_by(|a, b| a.kind == b.kind && a.kind.adds_up()) {
        let values: Vec<&str> = same.iter().flat_map(|word| &word.values).map(String::as_str).collect();
        out.push(format!("{}{}", same[0].text, values.join(",")));
    }
    out.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::edited;
    use crate::plan::PlanOptions;
    use crate::source::Source;

    /// A step with this block, written anew.
    fn anew(block: &str) -> String {
        let mut sources = Sources::new();
        let before = "---\nvars: { n: x, who: ana }\n---\n- [ ] a\n- [ ] b\n- [ ] T ";
        let text = format!("{before}{block}\n");
        let source = sources.add(Source::new("plan.md", text.clone()));
        let mut diagnostics = Vec::new();
        let written = Document::parse(source, &sources, &mut diagnostics);
        let options = PlanOptions::default();
        let plan = Plan::resolve(written.clone(), &[], &sources, &options, &mut diagnostics);
        let found = canonical(&plan, &written, &sources, diagnostics);
        let new = edited(&text, &found.edits);
        new[before.len()..].trim_end().to_owned()
    }

    #[test]
    fn words_stand_in_one_order() {
        for (written, canonical) in [
            ("{ 5m,  @zoe @ana\t#x }", "{#x @zoe @ana 5m}"),
            ("{after=a .gate after=b, 5m}", "{5m .gate after=a,b}"),
            ("{uses=c,,d 90m access=k backup=raj uses=e}", "{90m backup=@raj access=k uses=c,d,e}"),
            ("{by=T+5m in=w at=T from=T-5m}", "{at=T from=T-5m by=T+5m in=w}"),
            ("{with=\"Copy  it\"+5m @ana}", "{@ana with=\"Copy  it\"+5m}"),
            ("<!--  {5m @ana}-->", "<!--  {@ana 5m}-->"),
            ("{5m @ana} { @zoe }", "{@ana 5m} {@zoe}"),
            ("{5m #copy-{{ n }}}", "{#copy-{{ n }} 5m}"),
            ("{only=y 5m\n  @raj, #x ,\n by=T}", "{5m only=y\n  #x @raj\n by=T}"),
            ("{ 5m @ana\n  }", "{@ana 5m\n  }"),
        ] {
            assert_eq!(anew(written), canonical);
            assert_eq!(anew(canonical), canonical);
        }
    }

    #[test]
    fn what_is_not_certain_stays() {
        for block in [
            "{ 5m @ana, raj }",
            "{5m #x 3m}",
            "{5m else=a #x}",
            "{by=13:99 #x}",
            "{5m {{ who }} #x}",
            "{5m after=\"a `b\" #x}",
            "{5m after=\"a\n  b\" #x}",
            "{5m #x",
            "{name and more}",
        ] {
            assert_eq!(anew(block), block);
        }
    }
}
