//! Prose as Markdown again, for lists that are pasted into an issue.
//!
//! Nothing in it calls a stranger or links an issue of the host it is pasted into: `@name` and `#12`
//! are parted by a character that nobody sees.

use super::presenter::Presenter;
use crate::document::{Block, BlockId, BlockKind, Document, Piece, Prose, Shape};
use crate::plan::Role;

/// A character of no width that keeps two others apart.
const APART: char = '\u{2060}';
/// Lists inside lists are indented no further than this.
const DEEPEST: usize = 50;

/// Text that Markdown shows as it is, on one line.
#[must_use]
pub fn escaped(text: &str) -> String {
    // Most texts mean what they say.
    if !text.bytes().any(has_meaning) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' => {
                out.push('\\');
                out.push(c);
            }
            '@' | '#' if chars.peek().is_some_and(|next| next.is_alphanumeric()) => {
                out.push(c);
                out.push(APART);
            }
            '\n' | '\r' => out.push(' '),
            _ => out.push(c),
        }
    }
    out
}

fn has_meaning(byte: u8) -> bool {
    let marks =
        matches!(byte, b'\\' | b'`' | b'*' | b'_' | b'[' | b']' | b'<' | b'>' | b'|' | b'~' | b'@' | b'#');
    marks || matches!(byte, b'\n' | b'\r')
}

impl Presenter<'_> {
    /// All that an item says besides its title, as Markdown lines indented to stand inside an item.
    pub(super) fn markdown_details(&self, block: BlockId) -> String {
        let document = &self.plan().document;
        let mut out = String::new();
        if let BlockKind::Item(item) = &document.block(block).kind
            && !item.rest.is_empty()
        {
            push_paragraph(&mut out, &line(&item.rest), 1);
        }
        let end = document.block(block).end.index();
        let mut index = block.index() + 1;
        // How deep in lists: the block after the end of each open item.
        let mut open: Vec<usize> = Vec::new();
        while index < end {
            while open.last().is_some_and(|end| *end <= index) {
                open.pop();
            }
            let depth = (open.len() + 1).min(DEEPEST);
            let inner = &document.blocks[index];
            if matches!(self.plan().roles[index], Some(Role::Expect | Role::Undo)) {
                index = inner.end.index();
                continue;
            }
            match &inner.kind {
                BlockKind::Item(item) => {
                    let (mark, who) = self.mark_and_who(index);
                    push_line(&mut out, &format!("- {mark}{}{who}", line(&item.title)), depth);
                    push_paragraph(&mut out, &line(&item.rest), depth + 1);
                    open.push(inner.end.index());
                }
                BlockKind::Prose(prose) => push_prose(&mut out, prose, depth),
                BlockKind::Heading(heading) => push_paragraph(&mut out, &line(&heading.title), depth),
                BlockKind::List { .. } | BlockKind::Quote { .. } | BlockKind::Footnote { .. } => {}
            }
            index += 1;
        }
        out.truncate(out.trim_end().len());
        out
    }

    /// Of an item the box before it, and those behind it whose it is.
    fn mark_and_who(&self, index: usize) -> (&'static str, String) {
        let plan = self.plan();
        let who = |owners| escaped(&self.names.in_brackets(plan, owners));
        match plan.roles[index] {
            Some(Role::Tick(tick)) => {
                let tick = &plan.ticks[tick.index()];
                let is_done = tick.mark == crate::document::Mark::Done;
                (if is_done { "[x] " } else { "[ ] " }, who(&tick.owners))
            }
            Some(Role::Question(question)) => ("? ", who(plan.questions[question.index()].who.as_slice())),
            _ => ("", String::new()),
        }
    }

    /// What an `expect:` or `undo:` item says, as plain text.
    pub(super) fn plain_after_word(&self, block: BlockId) -> String {
        plain_after_word(&self.plan().document, block)
    }
}

/// What an item says after its first word and the colon, as plain text.
pub(super) fn plain_after_word(document: &Document, block: BlockId) -> String {
    let inner = &document.blocks[block.index()..document.block(block).end.index()];
    let texts = inner.iter().flat_map(Block::prose).map(Prose::plain);
    let text = texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ");
    text.split_once(':').map_or(text.as_str(), |(_, after)| after).trim().to_owned()
}

/// After an empty line, else it would go on with what stands above.
fn push_paragraph(out: &mut String, text: &str, depth: usize) {
    if !text.is_empty() {
        out.push('\n');
        push_line(out, text, depth);
    }
}

fn push_line(out: &mut String, text: &str, depth: usize) {
    if !text.is_empty() {
        out.extend(std::iter::repeat_n("  ", depth));
        out.push_str(text);
    }
    out.push('\n');
}

fn push_prose(out: &mut String, prose: &Prose, depth: usize) {
    match prose.pieces.first() {
        Some(Piece::Open(Shape::CodeBlock { language })) => {
            let code: String = prose
                .pieces
                .iter()
                .filter_map(|piece| match piece {
                    Piece::Text(run) | Piece::Literal(run) => Some(run.text.as_str()),
                    _ => None,
                })
                .collect();
            let fence = "`".repeat(longest_run(&code).max(2) + 1);
            out.push('\n');
            push_line(out, &format!("{fence}{}", language.replace('`', "")), depth);
            for line in code.lines() {
                push_line(out, line, depth);
            }
            push_line(out, &fence, depth);
        }
        Some(Piece::Open(Shape::Table(_))) => {
            let mut row = String::new();
            for piece in &prose.pieces {
                match piece {
                    Piece::Text(run) | Piece::Literal(run) | Piece::Code(run) => {
                        row.push_str(&escaped(&run.text))
                    }
                    Piece::Open(Shape::TableCell) if !row.is_empty() => row.push_str(" · "),
                    Piece::Open(Shape::TableRow) if !row.is_empty() => {
                        push_line(out, &format!("- {}", std::mem::take(&mut row)), depth);
                    }
                    _ => {}
                }
            }
            push_line(out, &format!("- {row}"), depth);
        }
        _ => push_paragraph(out, &line(prose), depth),
    }
}

fn longest_run(code: &str) -> usize {
    code.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

/// A paragraph as one line.
pub(super) fn line(prose: &Prose) -> String {
    let mut out = String::new();
    for piece in &prose.pieces {
        match piece {
            Piece::Text(run) | Piece::Literal(run) => out.push_str(&escaped(&run.text)),
            Piece::Code(run) => {
                let fence = "`".repeat(longest_run(&run.text) + 1);
                let pad = if run.text.starts_with('`') || run.text.ends_with('`') { " " } else { "" };
                out.push_str(&format!("{fence}{pad}{}{pad}{fence}", run.text.replace(['\n', '\r'], " ")));
            }
            Piece::SoftBreak | Piece::HardBreak => out.push(' '),
            Piece::Open(Shape::Link { target }) if super::html::is_safe_link(target) => {
                out.push_str(&format!("<{}> ", target.replace(['<', '>', ' '], "")));
            }
            _ => {}
        }
    }
    out.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_calls_a_stranger() {
        assert_eq!(escaped("ask @octocat about #12"), "ask @\u{2060}octocat about #\u{2060}12");
        assert_eq!(escaped("a *b* <c>"), "a \\*b\\* \\<c\\>");
    }
}
