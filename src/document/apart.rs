//! A long text is parsed in parts, all at once.
//!
//! It is cut before headings at the margin, where paragraphs, lists and quotes end. Promised: the blocks, and what is
//! said of them, are those of the whole text. So a text with a definition, which changes what links elsewhere mean,
//! stays whole, and so does one that may be cut in code or HTML.

use super::Block;
use super::markdown::{self, Parsed};
use crate::cores::{cores, on_all_cores};
use crate::diagnostic::Diagnostic;
use crate::source::SourceId;

/// A shorter part is parsed before another thread has begun.
const SHORTEST: usize = 16_384;
/// So many that who is done early takes more of them.
const PARTS_A_CORE: usize = 3;
/// More parts make nothing faster.
const MOST_PARTS: usize = 24;
/// What the parser builds takes several times the room of its text, and is given back part by part.
const LONGEST: usize = 131_072;

/// Parses the text of a file from byte `body` on.
pub(super) fn parse_body(
    source: SourceId,
    text: &str,
    body: usize,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Block> {
    let length = text.len() - body;
    let parts = (length / SHORTEST).min(parts_at_once() * length.div_ceil(parts_at_once() * LONGEST));
    let cuts = if parts > 1 { cuts(text, body, parts) } else { Vec::new() };
    let apart = parse_apart(source, text, body, &cuts);
    let mut parsed = apart.unwrap_or_else(|| markdown::parse(source, text, body..text.len()));
    diagnostics.append(&mut parsed.diagnostics);
    parsed.blocks
}

/// So many parts keep all cores busy.
fn parts_at_once() -> usize {
    (PARTS_A_CORE * cores()).min(MOST_PARTS)
}

/// Whether there is a box in the text of a file from byte `body` on. Most have one near their beginning.
pub(super) fn has_box(source: SourceId, text: &str, body: usize) -> bool {
    let has_box = |parsed: &Parsed| parsed.blocks.iter().any(Block::has_box);
    let first = text[body..].find("- [").map(|at| body + at);
    let cut =
        first.and_then(|first| (first..text.len().min(first + SHORTEST)).find(|at| may_be_cut(text, *at)));
    if let Some(cut) = cut.filter(|_| !defines(text, body)) {
        let parsed = markdown::parse(source, text, body..cut);
        if !parsed.ends_raw && has_box(&parsed) {
            return true;
        }
    }
    has_box(&markdown::parse(source, text, body..text.len()))
}

/// Whether there may be a definition of a link or footnote, which holds in the whole text.
pub(super) fn defines(text: &str, body: usize) -> bool {
    text[body..].contains("]:")
}

/// Where a text is cut into so many parts, or fewer.
fn cuts(text: &str, body: usize, parts: usize) -> Vec<usize> {
    let length = (text.len() - body) / parts.max(1);
    let cuts = (1..parts).filter_map(|part| {
        let from = body + part * length;
        (from..from + length / 2).find(|at| may_be_cut(text, *at))
    });
    cuts.collect()
}

/// Whether a heading begins here, at the margin and after an empty line.
pub(super) fn may_be_cut(text: &str, at: usize) -> bool {
    let (before, after) = text.as_bytes().split_at(at);
    if !before.ends_with(b"\n\n") && !before.ends_with(b"\n\r\n") {
        return false;
    }
    let level = after.iter().take(7).take_while(|byte| **byte == b'#').count();
    (1..=6).contains(&level) && matches!(after.get(level), Some(b' ' | b'\t'))
}

/// Parses a text in parts; nothing where that may be something else than parsing all of it.
fn parse_apart(source: SourceId, text: &str, body: usize, cuts: &[usize]) -> Option<Parsed> {
    if cuts.is_empty() || defines(text, body) {
        return None;
    }
    let starts = std::iter::once(body).chain(cuts.iter().copied());
    let ends = cuts.iter().copied().chain([text.len()]);
    let parts: Vec<_> = starts.zip(ends).map(|(start, end)| start..end).collect();
    let mut whole = Parsed::with_room_for(text.len() - body);
    // What one round has built is given back before the next begins.
    for parts in parts.chunks(parts_at_once()) {
        for mut part in on_all_cores(parts, |part| markdown::parse(source, text, part.clone())) {
            if whole.ends_raw {
                return None;
            }
            let first = whole.blocks.len();
            part.blocks.iter_mut().for_each(|block| block.move_by(first));
            whole.blocks.append(&mut part.blocks);
            whole.diagnostics.append(&mut part.diagnostics);
            whole.ends_raw = part.ends_raw;
        }
    }
    Some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is read in the text, whole and cut at each place where it may be; how often it could be cut.
    fn compare(text: &str) -> usize {
        let source = SourceId::new(0);
        let shown = |parsed: &Parsed| format!("{:#?}\n{:#?}", parsed.blocks, parsed.diagnostics);
        let whole = shown(&markdown::parse(source, text, 0..text.len()));
        let cuts: Vec<usize> = (0..text.len()).filter(|at| may_be_cut(text, *at)).collect();
        let apart = cuts.iter().filter_map(|cut| parse_apart(source, text, 0, &[*cut]));
        let apart = apart.chain(parse_apart(source, text, 0, &cuts));
        apart.map(|parsed| assert_eq!(shown(&parsed), whole, "{text}")).count()
    }

    #[test]
    fn parts_are_the_same_as_the_whole() {
        let before = [
            "Some words {@ana}",
            "- [ ] Copy {5m}\n- [ ] Check\n\n  More.\n\n",
            "1. one\n\n2. two\n   - [ ] deep\n\n     ```\n     code",
            "> quoted\n> - [ ] item\nlazy",
            "    indented\n\n    code\n\n",
            "| a | b |\n|---|---|\n| 1 | 2 |",
            "- [ ] x\n\n  <!-- {@ana} -->",
            "- <div>\n\n  </div>\n",
            "*open `code <b title='a",
            "an <!-- open comment and [a link] and ![an image][one",
            "Setext\n===",
            "* * *",
            "-[ ] almost\n[ ] twice",
            "- [ ] \n",
            "[^1] and <?php\n",
        ];
        for one in before {
            for two in before {
                compare(&format!("{one}\n\n{two}\n\n# Heading {{#a}}\n{two}\n\n## Other\n\n--> {one}"));
                compare(&format!("{one}\r\n\r\n# Heading\r\n\r\n{two}"));
            }
        }
        assert_eq!(compare("- [ ] Copy {5m}\n\n# Two\n\n- [ ] Check\n\n## Three\n"), 3);
        assert_eq!(compare("> Words\r\n\r\n# Two"), 2);
    }

    #[test]
    fn a_box_is_found_wherever_it_stands() {
        let source = SourceId::new(0);
        let is_found = |text: &str| has_box(source, text, 0);
        assert!(is_found("# One\n\n- [ ] Step\n\n# Two\n"));
        assert!(is_found("- [no box] here\n\n# Two\n\n- [x] Step\n"));
        assert!(is_found("1. [ ] Step\n"));
        assert!(is_found("```\n- [ ] code\n```\n\n# Two\n\n* [ ] Step\n"));
        assert!(is_found("[a]: b\n\n- [ ] Step\n\n# Two\n"));
        assert!(!is_found("```\n- [ ] code\n\n# Two\n\n- [ ] code\n```\n"));
        assert!(!is_found("<!--\n- [ ] comment\n\n# Two\n\n- [ ] comment\n-->\n"));
        assert!(!is_found("- [link](a.md)\n\n# Two\n"));
    }

    #[test]
    fn what_may_not_be_cut_stays_whole() {
        let raw =
            ["```\ncode", "~~~", "<!-- a", "<pre>", "<script>\n", "<div>\n", "<!-- {@ana} -->", "<?php"];
        for one in raw {
            assert_eq!(compare(&format!("{one}\n\n# Heading\n\n{one}\n")), 0, "{one}");
        }
        assert_eq!(compare("[a]\n\n# Heading\n\n[a]: b\n"), 0);
        for none in ["a\n# Heading\n", "a\n\n #Heading\n", "a\n\n#Heading\n", "a\n\n####### Heading"] {
            assert_eq!(compare(none), 0, "{none}");
        }
    }

    #[test]
    fn a_long_text_has_a_part_for_each_core() {
        let text = "# Phase\n\n- [ ] Step\n\n".repeat(2_000);
        let cuts = cuts(&text, 10, 4);
        assert_eq!(cuts.len(), 3);
        assert!(cuts.iter().zip([1, 2, 3]).all(|(cut, part)| cut.abs_diff(part * text.len() / 4) < 100));
        assert!(cuts.iter().all(|cut| text[*cut..].starts_with("# Phase")));
    }
}
