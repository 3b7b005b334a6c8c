//! A text that was parsed before is parsed again: where it has changed, from one heading to another.
//!
//! Promised: the blocks, and what is said of them, are those of the whole text. What stands before a heading at the
//! margin ends there (see `apart`), so that the same text means the same before and after one that is still there. Only
//! places move.

use std::sync::Arc;

use super::apart::{defines, may_be_cut, parse_body};
use super::{Block, BlockId, BlockKind, Document, conflicts, front_matter, markdown};
use crate::diagnostic::Diagnostic;
use crate::source::{SourceId, Sources, Span, same_ends};

/// A plan's own file as it was parsed before, and not changed since.
#[derive(Debug)]
pub struct Earlier {
    source: SourceId,
    text: Arc<str>,
    blocks: Vec<Block>,
    said: Vec<Diagnostic>,
}

/// What a document keeps of its own file for the next time, besides its blocks.
#[derive(Debug, Clone, Default)]
pub(super) struct Memory {
    /// What was said when it was parsed.
    said: Vec<Diagnostic>,
    /// Blocks that were changed afterwards, as they were.
    changed: Vec<(BlockId, Block)>,
}

impl Document {
    /// The same as [`load`](Self::load) for one who will do so again, which this makes fast.
    #[must_use]
    pub fn load_again(
        source: SourceId,
        sources: &mut Sources,
        earlier: Option<Earlier>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut said = Vec::new();
        let mut document = Self::with_body(source, sources, diagnostics, |text, body, diagnostics| {
            let again = earlier.and_then(|earlier| earlier.parse(source, text, body, &mut said));
            let blocks = again.unwrap_or_else(|| parse_body(source, text, body, &mut said));
            diagnostics.extend(said.iter().cloned());
            blocks
        });
        // Of a text with conflicts not all was parsed, and there is no telling what a change makes of the rest.
        let is_whole = !conflicts::may_be_in(&sources.get(source).text);
        document.memory = is_whole.then(|| Memory { said, changed: Vec::new() });
        document.load_links(sources, diagnostics)
    }

    /// What is taken out of a document to parse its own file once more; nothing where nobody meant to.
    #[must_use]
    pub fn take_earlier(&mut self, sources: &Sources) -> Option<Earlier> {
        let Memory { said, changed } = self.memory.take()?;
        let mut blocks = std::mem::take(&mut self.blocks);
        blocks.truncate(self.parts[0].blocks.end);
        for (id, block) in changed {
            blocks[id.index()] = block;
        }
        Some(Earlier { source: self.source, text: Arc::clone(&sources.get(self.source).text), blocks, said })
    }

    /// Says that a block is about to be changed.
    pub fn will_change(&mut self, id: BlockId) {
        if id.index() < self.parts[0].blocks.end
            && let Some(memory) = &mut self.memory
        {
            memory.changed.push((id, self.blocks[id.index()].clone()));
        }
    }
}

/// A place between two blocks that are inside nothing.
#[derive(Debug, Clone, Copy)]
struct Cut {
    /// The block that begins there.
    block: usize,
    /// The byte, in the earlier text.
    at: usize,
}

impl Earlier {
    /// Parses what the file has become, from byte `body` on; nothing where all of it is to be parsed.
    fn parse(
        mut self,
        source: SourceId,
        text: &str,
        body: usize,
        said: &mut Vec<Diagnostic>,
    ) -> Option<Vec<Block>> {
        let (same_before, same_after) = same_ends(&self.text, text);
        let same_beginning = same_before >= body && front_matter::split(&self.text).body == body;
        if source != self.source || !same_beginning || defines(&self.text, body) || defines(text, body) {
            return None;
        }
        let (from, to) = self.around(text, body, same_before, same_after);
        let moved = |at: usize| at + text.len() - self.text.len();
        let mut parsed = markdown::parse(source, text, from.at..moved(to.at));
        if parsed.ends_raw && to.at < self.text.len() {
            return None;
        }
        parsed.blocks.iter_mut().for_each(|block| block.move_by(from.block));
        let in_place = |span: Span| {
            let place = |at: usize| if at >= to.at { moved(at) } else { at };
            Span::new(span.source, place(span.start())..place(span.end()))
        };
        let first_after = from.block + parsed.blocks.len();
        for block in &mut self.blocks[to.block..] {
            block.renumber(|id| BlockId::new(id.index() - to.block + first_after));
            block.change_spans(&in_place);
        }
        let (before, mut after) = (self.said.iter(), self.said.clone());
        after.retain(|one| start_of(one) >= to.at);
        after.iter_mut().for_each(|one| one.change_spans(&in_place));
        said.extend(before.filter(|one| start_of(one) < from.at).cloned());
        said.append(&mut parsed.diagnostics);
        said.append(&mut after);
        self.blocks.splice(from.block..to.block, parsed.blocks);
        Some(self.blocks)
    }

    /// The headings around what has changed, in the earlier text; its ends where there is none.
    fn around(&self, text: &str, body: usize, same_before: usize, same_after: usize) -> (Cut, Cut) {
        let mut from = Cut { block: 0, at: body };
        let is_heading =
            |block: &Block| block.parent.is_none() && matches!(block.kind, BlockKind::Heading(_));
        let headings = self.blocks.iter().enumerate().filter(|(_, block)| is_heading(block));
        let cuts = headings.map(|(block, heading)| Cut { block, at: heading.span.start() });
        for cut in cuts.filter(|cut| may_be_cut(&self.text, cut.at)) {
            if cut.at <= same_before && may_be_cut(text, cut.at) {
                from = cut;
            } else if let Some(left) = (cut.at + same_after).checked_sub(self.text.len())
                && may_be_cut(text, text.len() - same_after + left)
            {
                return (from, cut);
            }
        }
        (from, Cut { block: self.blocks.len(), at: self.text.len() })
    }
}

/// Mistakes of syntax are in the text.
pub(super) fn start_of(diagnostic: &Diagnostic) -> usize {
    diagnostic.span().map_or(0, Span::start)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "plan.md";

    /// Parses `old`, then `new` again; whether less than the whole was enough for that.
    fn compare(old: &str, new: &str) -> bool {
        let id = |sources: &mut Sources, text: &str| sources.add(crate::source::Source::new(SOURCE, text));
        let (mut before, mut after) = (Sources::new(), Sources::new());
        let (source, again) = (id(&mut before, old), id(&mut after, new));
        let mut document = Document::load_again(source, &mut before, None, &mut Vec::new());
        let earlier = document.take_earlier(&before).expect("it was loaded for one who will do so again");
        let body = front_matter::split(new).body;
        let (mut said, mut said_of_whole) = (Vec::new(), Vec::new());
        let whole = parse_body(again, new, body, &mut said_of_whole);
        let Some(parsed) = earlier.parse(again, new, body, &mut said) else { return false };
        assert_eq!(format!("{parsed:#?}"), format!("{whole:#?}"), "{old:?} became {new:?}");
        assert_eq!(format!("{said:#?}"), format!("{said_of_whole:#?}"), "{old:?} became {new:?}");
        true
    }

    const OLD: &str = "---\ntitle: Move\n---\nSome words {@ana}\n\n# Move {2h}\n\n- [ ] Über {@ana 5m}\n- [x] b ![c](d)\n\n\
        ```\n# code\n```\n\n## Then `é`\n\n> - [ ] q\n\n1. one {x\n\n# Last {#l}\n\n-[ ] almost\n* [ ] end {after=a,b}\n";

    #[test]
    fn what_is_parsed_again_is_the_same_as_the_whole() {
        let come = [
            "",
            "é",
            "\n",
            "\n\n# New\n\n",
            "\n```\n",
            "{@ana}",
            "\n<!-- ",
            "\n- [ ] s {5m}\n",
            "    ",
            "> ",
        ];
        let mut parts = 0;
        for at in (0..=OLD.len()).filter(|at| OLD.is_char_boundary(*at)) {
            let ends = [at, at + 1, at + 3, at + 40].into_iter().filter(|end| OLD.is_char_boundary(*end));
            for end in ends.filter(|end| *end <= OLD.len()) {
                for come in come {
                    let new = format!("{}{come}{}", &OLD[..at], &OLD[end..]);
                    parts += usize::from(compare(OLD, &new)) + usize::from(compare(&new, OLD));
                }
            }
        }
        assert!(parts > 5_000, "{parts}");
    }

    #[test]
    fn all_is_parsed_where_the_rest_may_have_changed() {
        let text =
            |words: &str| format!("# One\n\n- [ ] a\n\n# Two\n\n- [ ] {words}\n\n# Three\n\n- [ ] c\n");
        assert!(compare(&text("b"), &text("be")));
        assert!(!compare(&text("b"), &text("b\n\n[c]: d")), "what a definition changes may be anywhere");
        assert!(!compare(&text("[c]: d"), &text("b")));
        assert!(!compare("---\na: 1\n---\n# One\n", "---\na: 12\n---\n# One\n"), "the text begins elsewhere");
        assert!(!compare(&text("b"), &text("b\n\n```")), "what stands below may be code");
    }

    #[test]
    fn blocks_are_taken_as_they_were() {
        let mut sources = Sources::new();
        let source = sources.add(crate::source::Source::new(SOURCE, "# One {{ a }}\n\n- [ ] {{ a }}\n"));
        let mut document = Document::load_again(source, &mut sources, None, &mut Vec::new());
        let written = document.blocks.clone();
        for id in document.ids() {
            document.will_change(id);
            document.blocks[id.index()].change_spans(&|span| Span::new(span.source, 0..0));
        }
        assert_ne!(document.blocks, written);
        assert_eq!(document.take_earlier(&sources).map(|earlier| earlier.blocks), Some(written));
    }
}
