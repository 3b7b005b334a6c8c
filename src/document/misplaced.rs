//! Front matter whose first line is another than `---`: below a blank line, a comment or a heading, between dashes of a
//! word processor, or in a block of code.
//!
//! Promised: nothing else is taken for it. All lines at the left edge must be those of a map, one of its keys must be a
//! plan's, and it must be closed. One pass over the text at most.

use std::ops::Range;

use super::front_matter::{PLAN_KEYS, is_telling, top_level_key};

/// What stands around it instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Around {
    /// The right lines, and blank ones above.
    BlankLines,
    /// The right lines, and comments or headings above.
    OtherLines,
    /// What a word processor makes of `---`.
    Dashes,
    /// A block of code.
    Fence,
}

/// Front matter that was meant.
#[derive(Debug, Clone)]
pub(super) struct Misplaced {
    pub(super) around: Around,
    /// Its first line.
    pub(super) opening: Range<usize>,
    /// Its last line.
    pub(super) closing: Range<usize>,
    /// The YAML between them.
    pub(super) yaml: Range<usize>,
    /// Where the Markdown begins.
    pub(super) body: usize,
}

/// Finds it at the top of a text that does not begin with `---`.
pub(super) fn find(text: &str) -> Option<Misplaced> {
    let mut at = 0;
    let mut lines = text.split_inclusive('\n').map(|line| {
        at += line.len();
        (at - line.len(), line.trim_end())
    });
    let (mut in_comment, mut others) = (false, false);
    let (open_at, open) = lines.find(|(_, line)| {
        let is_other = in_comment || line.starts_with("<!--") || line.starts_with("# ");
        in_comment = (in_comment || line.starts_with("<!--")) && !line.contains("-->");
        others |= is_other;
        !is_other && !line.is_empty()
    })?;
    let around = match around(open)? {
        Around::BlankLines if others => Around::OtherLines,
        around if !others => around,
        _ => return None,
    };
    let mut keys = Keys::default();
    let mut start = None;
    let (close_at, close) = loop {
        let (line_at, line) = lines.next()?;
        start.get_or_insert(line_at);
        if closes(line, around) {
            break (line_at, line);
        }
        // Another closes the block sooner, maybe within what has no line feed.
        if around == Around::Fence && line.contains("```") {
            return None;
        }
        keys.add(line, around)?;
    };
    let closing = close_at..close_at + close.len();
    let body = text[closing.end..].find('\n').map_or(text.len(), |end| closing.end + end + 1);
    let is_meant = match around {
        // Other texts show YAML to their readers.
        Around::Fence => keys.tell && text[body..].contains("[ ]"),
        Around::BlankLines | Around::Dashes => keys.know && (keys.tell || !keys.others),
        Around::OtherLines => keys.tell,
    };
    is_meant.then(|| Misplaced {
        around,
        opening: open_at..open_at + open.len(),
        yaml: start.unwrap_or(close_at)..close_at,
        closing,
        body,
    })
}

fn around(line: &str) -> Option<Around> {
    match line {
        "---" => Some(Around::BlankLines),
        "```" | "```yaml" | "```yml" | "```YAML" => Some(Around::Fence),
        line if is_dashes(line) => Some(Around::Dashes),
        _ => None,
    }
}

/// `—`, `–––`, `—-`: what comes of `---` where dashes are made of hyphens.
fn is_dashes(line: &str) -> bool {
    line.starts_with(['—', '–', '-'])
        && line.contains(['—', '–'])
        && line.chars().all(|c| matches!(c, '—' | '–' | '-'))
}

fn closes(line: &str, around: Around) -> bool {
    match around {
        Around::Fence => line == "```",
        Around::BlankLines | Around::OtherLines | Around::Dashes => {
            matches!(line, "---" | "...") || is_dashes(line)
        }
    }
}

/// What is known of the keys at the left edge.
#[derive(Default)]
struct Keys {
    /// One of them is a plan's.
    know: bool,
    /// One is hardly anything else.
    tell: bool,
    /// One is no plan's.
    others: bool,
}

impl Keys {
    /// Takes in a line; nothing when no map of YAML has it.
    fn add(&mut self, line: &str, around: Around) -> Option<()> {
        if let Some(key) = top_level_key(line) {
            let known = PLAN_KEYS.contains(&key);
            self.know |= known;
            self.tell |= is_telling(key);
            self.others |= !known && !key.starts_with("x-");
            return Some(());
        }
        let goes_on =
            line.is_empty() || line.starts_with([' ', '\t', '#', ']', '}']) || line.starts_with("- ");
        let inner = around == Around::Fence && (line == "---" || is_dashes(line));
        (goes_on || inner).then_some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_meant_is_told_from_other_text() {
        let found = |text| find(text).map(|one| (one.around, &text[one.yaml.clone()], &text[one.body..]));
        let yaml = "start: 2026-12-05\n";
        assert_eq!(found("\n \n---\nstart: 2026-12-05\n---\nx"), Some((Around::BlankLines, yaml, "x")));
        assert_eq!(found("—\nstart: 2026-12-05\n—"), Some((Around::Dashes, yaml, "")));
        assert_eq!(found("–––\r\ntitle: x\r\n---\r\n"), Some((Around::Dashes, "title: x\r\n", "")));
        assert_eq!(found("```yaml\nstart: 2026-12-05\n```\n- [ ] a"), Some((Around::Fence, yaml, "- [ ] a")));
        let below = "<!-- keep\nthis -->\n# Move\n\n---\nstart: 2026-12-05\n---\nx";
        assert_eq!(found(below), Some((Around::OtherLines, yaml, "x")));
        for text in [
            "",
            "# Move\n---\ntitle: x\n---\n",
            "# Move\n---\nstart: x\nand more\n---\n",
            "<!-- open\n---\nstart: 2026-12-05\n---\n",
            "# Move\n```yaml\nstart: 2026-12-05\n```\n- [ ] a",
            "\n---\n\n- [ ] a\n\n---\n",
            "\n---\ntitle: x\n",
            "\n---\nname: x\ntitle: y\n---\n",
            "\n---\nNote: words\nmore words\nstart: now\n---\n",
            "---\nstart: 2026-12-05\n",
            "— a dash\nstart: x\n—\n",
            "```yaml\nstart: 2026-12-05\n```\nno box",
            "```\nstart: 2026-12-05\n ````\n- [ ] a\n```\n- [ ] b",
            "```\nstart: 2026-12-05\n \r````\r\n```\n- [ ] b",
            "```yaml\nservices: [a]\n```\n- [ ] a",
        ] {
            assert_eq!(found(text), None, "{text:?}");
        }
    }
}
