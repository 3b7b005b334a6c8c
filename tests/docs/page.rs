//! A page of documentation, taken apart: its fenced blocks, its headings, its links and its words in ticks.
//!
//! Reads what our own pages hold and no more: fences begin in the first column and end with as many ticks,
//! links stand on one line.

use std::ops::Range;

/// A fenced block.
pub struct Block<'a> {
    /// The words after the opening fence.
    pub info: Vec<&'a str>,
    /// What stands between the fences.
    pub text: &'a str,
    /// Where that is in the page.
    pub range: Range<usize>,
    /// The line of the opening fence, from 1.
    pub line: usize,
}

/// A page, taken apart.
#[derive(Default)]
pub struct Page<'a> {
    /// Every fenced block, in order.
    pub blocks: Vec<Block<'a>>,
    /// Everything else, with the number of the line, from 1.
    pub lines: Vec<(usize, &'a str)>,
}

impl<'a> Page<'a> {
    /// Takes a page apart.
    pub fn read(text: &'a str) -> Self {
        let mut page = Self::default();
        // The open block: its fence, its words, the byte at which its text begins, its line.
        let mut open: Option<(&str, Vec<&str>, usize, usize)> = None;
        let mut at = 0;
        for (index, line) in text.split_inclusive('\n').enumerate() {
            let info = line.trim_start_matches('`');
            let fence = &line[..line.len() - info.len()];
            match open.take() {
                None if fence.len() >= 3 => {
                    open = Some((fence, info.split_whitespace().collect(), at + line.len(), index + 1));
                }
                None => page.lines.push((index + 1, line.trim_end())),
                Some((ends, info, from, line)) if fence == ends => {
                    page.blocks.push(Block { info, text: &text[from..at], range: from..at, line });
                }
                still => open = still,
            }
            at += line.len();
        }
        assert!(open.is_none(), "a fenced block never ends");
        page
    }

    /// The anchors of its headings, as a Git host makes them.
    pub fn anchors(&self) -> Vec<String> {
        let mut anchors: Vec<String> = Vec::new();
        for (_, line) in self.lines.iter().filter(|(_, line)| line.starts_with('#')) {
            let title = line.trim_start_matches('#').trim().to_lowercase();
            let kept = title.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
            let plain: String = kept.map(|c| if c == ' ' { '-' } else { c }).collect();
            let same = |known: &&String| {
                let number = known.strip_prefix(&plain).map(|rest| rest.trim_start_matches('-'));
                number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
            };
            match anchors.iter().filter(same).count() {
                0 => anchors.push(plain),
                count => anchors.push(format!("{plain}-{count}")),
            }
        }
        anchors
    }

    /// The targets of its links, with their lines.
    pub fn links(&self) -> Vec<(usize, &'a str)> {
        let mut links = Vec::new();
        for (number, line) in &self.lines {
            let pieces = line.split("](").skip(1);
            links.extend(pieces.filter_map(|rest| rest.split(')').next()).map(|target| (*number, target)));
        }
        links
    }

    /// What stands between single ticks, with its line.
    pub fn words_in_ticks(&self) -> Vec<(usize, &'a str)> {
        let mut words = Vec::new();
        for (number, line) in &self.lines {
            words.extend(line.split('`').skip(1).step_by(2).map(|word| (*number, word)));
        }
        words
    }
}
