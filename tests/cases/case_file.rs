//! The text of a case becomes its blocks, and with new answers becomes text again.
//!
//! A case opens with a `# title` and a sentence on what it proves. Its blocks are fenced with four or more
//! backticks or tildes, so that plans may hold fences themselves. `plan NAME` is a plan (the first one is
//! compiled), `file NAME` any other file, `options` words for the command line; all others are expectations.
//! After the name of a file, `crlf`, `cr`, `bom` and `no-final-line-end` change how it is written to disk.

use std::fmt::Write;

/// A part of the answer that a case may expect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Title, draft, zone, variant, start, finish and T-0.
    Header,
    /// The run order, with what was dropped and the ways back.
    Steps,
    /// Titles of the steps.
    Titles,
    /// Boxes inside steps.
    Ticks,
    /// Phases and groups.
    Groups,
    /// Questions.
    Questions,
    /// What is said, for programs.
    Diagnostics,
    /// What is said of the whole folder, for programs.
    Folder,
    /// What is said, for people.
    Human,
}

impl Part {
    const ALL: [Self; 9] = [
        Self::Header,
        Self::Steps,
        Self::Titles,
        Self::Ticks,
        Self::Groups,
        Self::Questions,
        Self::Diagnostics,
        Self::Folder,
        Self::Human,
    ];

    /// Its name, as it opens a block.
    pub fn name(self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::Steps => "steps",
            Self::Titles => "titles",
            Self::Ticks => "ticks",
            Self::Groups => "groups",
            Self::Questions => "questions",
            Self::Diagnostics => "diagnostics",
            Self::Folder => "folder",
            Self::Human => "human",
        }
    }
}

/// What a block is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockKind {
    /// A plan or another file, with its bytes as they are on disk.
    File { name: String, plan: bool, bytes: Vec<u8> },
    /// Words for the command line.
    Options(Vec<String>),
    /// A part of the answer.
    Expected(Part),
}

/// A fenced block.
#[derive(Debug, Clone)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its text, each line with its end.
    pub text: String,
    /// The place of its first line in the case's lines.
    first: usize,
}

impl Block {
    /// Whether it expects this part.
    pub fn is_called(&self, name: &str) -> bool {
        matches!(self.kind, BlockKind::Expected(part) if part.name() == name)
    }
}

/// A case.
#[derive(Debug, Clone)]
pub struct CaseFile {
    lines: Vec<String>,
    /// Its blocks, in order.
    pub blocks: Vec<Block>,
}

impl CaseFile {
    /// Reads a case, or says why it is none.
    pub fn parse(text: &str) -> Result<Self, String> {
        let lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
        let mut blocks = Vec::new();
        let mut prose = String::new();
        let mut at = 0;
        while at < lines.len() {
            let Some((fence, info)) = opening(&lines[at]) else {
                if blocks.is_empty() {
                    prose.push_str(&lines[at]);
                }
                at += 1;
                continue;
            };
            let first = at + 1;
            let length = lines[first..].iter().position(|line| closes(line, fence));
            let last =
                first + length.ok_or_else(|| format!("line {}: this fence is never closed", at + 1))?;
            let text = lines[first..last].concat();
            let kind = block_kind(info, &text).map_err(|reason| format!("line {}: {reason}", at + 1))?;
            blocks.push(Block { kind, text, first });
            at = last + 1;
        }
        let case = Self { lines, blocks };
        case.is_whole(&prose).map(|()| case)
    }

    fn is_whole(&self, prose: &str) -> Result<(), String> {
        let rest = prose.strip_prefix("# ").and_then(|rest| rest.split_once('\n'));
        let (_, why) = rest.ok_or("a case begins with `# ` and its title")?;
        if why.trim().is_empty() {
            return Err("a case says in a sentence what it proves".to_owned());
        }
        if self.plan().is_none() {
            return Err("a case has a plan, and this one has no plan".to_owned());
        }
        let expects = self.blocks.iter().any(|block| matches!(block.kind, BlockKind::Expected(_)));
        if expects { Ok(()) } else { Err("this case expects nothing".to_owned()) }
    }

    /// The name of the plan that is compiled.
    pub fn plan(&self) -> Option<&str> {
        self.blocks.iter().find_map(|block| match &block.kind {
            BlockKind::File { name, plan: true, .. } => Some(name.as_str()),
            _ => None,
        })
    }

    /// Every file with its bytes.
    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.blocks.iter().filter_map(|block| match &block.kind {
            BlockKind::File { name, bytes, .. } => Some((name.as_str(), bytes.as_slice())),
            _ => None,
        })
    }

    /// The words for the command line.
    pub fn options(&self) -> impl Iterator<Item = &str> {
        self.blocks.iter().flat_map(|block| match &block.kind {
            BlockKind::Options(words) => words.iter().map(String::as_str).collect(),
            _ => Vec::new(),
        })
    }

    /// Whether it expects this part.
    pub fn expects(&self, part: Part) -> bool {
        self.blocks.iter().any(|block| block.kind == BlockKind::Expected(part))
    }

    /// The case's text.
    pub fn text(&self) -> String {
        self.lines.concat()
    }

    /// The case's text with other answers.
    pub fn with_answers(&self, answer: impl Fn(Part) -> String) -> String {
        let mut text = String::new();
        let mut at = 0;
        for block in &self.blocks {
            let BlockKind::Expected(part) = block.kind else { continue };
            text.push_str(&self.lines[at..block.first].concat());
            let _ = write!(text, "{}", answer(part));
            at = block.first + block.text.split_inclusive('\n').count();
        }
        text.push_str(&self.lines[at..].concat());
        text
    }
}

/// The fence and the words after it, where a block opens.
fn opening(line: &str) -> Option<(&str, &str)> {
    let mark = line.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
    let info = line.trim_start_matches(mark);
    let fence = &line[..line.len() - info.len()];
    (fence.len() >= 4).then(|| (fence, info.trim()))
}

fn closes(line: &str, fence: &str) -> bool {
    let line = line.trim_end();
    line.starts_with(fence) && line.trim_start_matches(&fence[..1]).is_empty()
}

fn block_kind(info: &str, text: &str) -> Result<BlockKind, String> {
    let mut words = info.split_whitespace();
    match words.next() {
        Some(kind @ ("plan" | "file")) => {
            let name = words.next().ok_or("the file has no name")?.to_owned();
            let mut bytes = text.to_owned();
            for word in words {
                bytes = written_as(&bytes, word)?;
            }
            Ok(BlockKind::File { name, plan: kind == "plan", bytes: bytes.into_bytes() })
        }
        Some("options") => Ok(BlockKind::Options(text.split_whitespace().map(str::to_owned).collect())),
        Some(name) => Part::ALL
            .into_iter()
            .find(|part| part.name() == name)
            .map(BlockKind::Expected)
            .ok_or_else(|| format!("`{name}` is no block of a case")),
        None => Err("this block has no name".to_owned()),
    }
}

fn written_as(text: &str, word: &str) -> Result<String, String> {
    match word {
        "crlf" => Ok(text.replace('\n', "\r\n")),
        "cr" => Ok(text.replace('\n', "\r")),
        "bom" => Ok(format!("\u{feff}{text}")),
        "no-final-line-end" => Ok(text.strip_suffix('\n').unwrap_or(text).to_owned()),
        _ => Err(format!("`{word}` is no way to write a file")),
    }
}
