//! Prose becomes HTML: our own elements only, every word escaped, every link checked.
//!
//! Nothing of a plan's text can end an element or begin one that was not meant here; elements that
//! the text leaves open are closed at the end of their piece, and ends without a beginning are
//! dropped.

use std::collections::HashMap;

use base64::Engine;

use crate::document::{Align, BlockId, BlockKind, Document, Harmless, Piece, Prose, Shape};
use crate::plan::{Plan, Role};
use crate::source::{AttachmentError, Link, ReadError, Sources};

/// Writes a plan's prose.
#[derive(Clone, Copy)]
pub struct Html<'a> {
    plan: &'a Plan,
    sources: &'a Sources,
}

impl<'a> Html<'a> {
    /// Writes the prose of this plan.
    #[must_use]
    pub fn new(plan: &'a Plan, sources: &'a Sources) -> Self {
        Self { plan, sources }
    }

    fn document(&self) -> &'a Document {
        &self.plan.document
    }

    /// The title of a heading or item, as a line.
    #[must_use]
    pub fn title(&self, block: BlockId) -> String {
        match &self.document().block(block).kind {
            BlockKind::Heading(heading) => self.line(&heading.title),
            BlockKind::Item(item) => self.line(&item.title),
            _ => String::new(),
        }
    }

    /// A line of prose.
    #[must_use]
    pub fn line(&self, prose: &Prose) -> String {
        let mut out = String::new();
        self.prose(prose, &mut out);
        out
    }

    /// All that an item says besides its title: the rest of its first paragraph and what is inside
    /// it. What has a place of its own (`expect:`, `undo:`) is left out.
    #[must_use]
    pub fn details(&self, block: BlockId) -> String {
        let mut out = String::new();
        self.rest(block, &mut out);
        let end = self.document().block(block).end;
        self.blocks(block.index() + 1, end.index(), true, &mut out);
        out
    }

    /// What an `expect:` or `undo:` item says, without that word.
    #[must_use]
    pub fn after_word(&self, block: BlockId) -> String {
        let BlockKind::Item(item) = &self.document().block(block).kind else { return String::new() };
        let mut out = self.line(&without_word(&item.title));
        self.rest(block, &mut out);
        let end = self.document().block(block).end;
        self.blocks(block.index() + 1, end.index(), false, &mut out);
        out
    }

    /// Notes that stand between steps; items that follow one another in a list are one list.
    #[must_use]
    pub fn notes(&self, blocks: &[BlockId]) -> String {
        let mut out = String::new();
        let mut list = None;
        for &id in blocks {
            let block = self.document().block(id);
            let is_item = matches!(block.kind, BlockKind::Item(_));
            if is_item && list != block.parent {
                close_list(&mut list, &mut out);
                list = block.parent;
                out.push_str("<ul>");
            } else if !is_item {
                close_list(&mut list, &mut out);
            }
            self.blocks(id.index(), block.end.index(), false, &mut out);
        }
        close_list(&mut list, &mut out);
        out
    }

    /// The lines that the title of an item leaves over.
    fn rest(&self, block: BlockId, out: &mut String) {
        if let BlockKind::Item(item) = &self.document().block(block).kind
            && !item.rest.is_empty()
        {
            out.push_str("<p>");
            self.prose(&item.rest, out);
            out.push_str("</p>");
        }
    }

    /// The blocks from one index up to another. `own_places` leaves out what is shown elsewhere.
    fn blocks(&self, from: usize, to: usize, own_places: bool, out: &mut String) {
        let document = self.document();
        let across = self.folds_across(from, to);
        // What is open: the block after its end, and how it is closed.
        let mut open: Vec<(usize, &'static str)> = Vec::new();
        let mut index = from;
        while index < to {
            while let Some((_, close)) = open.pop_if(|(end, _)| *end <= index) {
                out.push_str(close);
            }
            let id = BlockId::new(index);
            let block = document.block(id);
            if own_places && matches!(self.plan.roles[index], Some(Role::Expect | Role::Undo)) {
                index = block.end.index();
                continue;
            }
            match &block.kind {
                BlockKind::List { first: None } => {
                    let ticks = document.children(Some(id)).any(|item| self.is_box(item));
                    out.push_str(if ticks { "<ul class=\"ticks\">" } else { "<ul>" });
                    open.push((block.end.index(), "</ul>"));
                }
                BlockKind::List { first: Some(number) } => {
                    out.push_str(&if *number == 1 {
                        "<ol>".to_owned()
                    } else {
                        format!("<ol start=\"{number}\">")
                    });
                    open.push((block.end.index(), "</ol>"));
                }
                BlockKind::Item(item) => {
                    self.item(id, item, out);
                    open.push((block.end.index(), "</li>"));
                }
                BlockKind::Quote { alert } => {
                    out.push_str("<blockquote>");
                    if let Some(alert) = alert {
                        out.push_str("<p><strong>");
                        out.push_str(alert);
                        out.push_str("</strong></p>");
                    }
                    open.push((block.end.index(), "</blockquote>"));
                }
                BlockKind::Footnote { label } => {
                    out.push_str("<div class=\"footnote\"><sup>");
                    escape(label, out);
                    out.push_str("</sup> ");
                    open.push((block.end.index(), "</div>"));
                }
                BlockKind::Heading(heading) => {
                    out.push_str("<p class=\"heading\">");
                    self.prose(&heading.title, out);
                    out.push_str("</p>");
                }
                BlockKind::Prose(prose) => {
                    let fold = across.get(&index).copied().unwrap_or(Fold::Within);
                    Writer::new(self, out, fold).write(prose);
                }
            }
            index += 1;
        }
        while let Some((_, close)) = open.pop() {
            out.push_str(close);
        }
    }

    fn is_box(&self, item: BlockId) -> bool {
        matches!(self.plan.roles[item.index()], Some(Role::Tick(_) | Role::Question(_)))
    }

    fn item(&self, id: BlockId, item: &crate::document::Item, out: &mut String) {
        match self.plan.roles[id.index()] {
            Some(Role::Tick(tick)) => {
                let tick = &self.plan.ticks[tick.index()];
                let (class, word) = match tick.mark {
                    crate::document::Mark::Done => (" class=\"tick done\"", "done: "),
                    crate::document::Mark::Active => (" class=\"tick active\"", "under way: "),
                    crate::document::Mark::Dropped => (" class=\"tick dropped\"", "dropped: "),
                    _ => (" class=\"tick\"", ""),
                };
                out.push_str("<li");
                out.push_str(class);
                out.push_str("><span class=\"box\"></span>");
                if !word.is_empty() {
                    out.push_str("<span class=\"word\">");
                    out.push_str(word);
                    out.push_str("</span>");
                }
                self.prose(&item.title, out);
                self.names(&tick.owners, out);
            }
            Some(Role::Question(question)) => {
                let question = &self.plan.questions[question.index()];
                let word = if question.answer.is_some() { "answered: " } else { "open question: " };
                out.push_str("<li class=\"question\"><span class=\"word\">");
                out.push_str(word);
                out.push_str("</span>");
                self.prose(&item.title, out);
                let who: Vec<_> = question.who.iter().cloned().collect();
                self.names(&who, out);
            }
            _ => {
                out.push_str("<li>");
                self.prose(&item.title, out);
                for braces in &item.braces {
                    out.push(' ');
                    escape(self.sources.text(braces.span), out);
                }
            }
        }
        if !item.rest.is_empty() {
            out.push_str("<br>");
            self.prose(&item.rest, out);
        }
    }

    fn names(&self, owners: &[crate::plan::Given<crate::plan::Owner>], out: &mut String) {
        if owners.is_empty() {
            return;
        }
        let names: Vec<String> =
            owners.iter().map(|given| super::people::owner_name(self.plan, given.value)).collect();
        out.push_str(" <span class=\"by\">(");
        escape(&super::words::listed(&names), out);
        out.push_str(")</span>");
    }

    fn prose(&self, prose: &Prose, out: &mut String) {
        Writer::new(self, out, Fold::Within).write(prose);
    }

    /// Pieces of HTML between which the text folds: `<details>` in one, `</details>` in another
    /// beside it.
    fn folds_across(&self, from: usize, to: usize) -> HashMap<usize, Fold> {
        let mut across = HashMap::new();
        let mut open: Vec<(Option<BlockId>, usize)> = Vec::new();
        for index in from..to {
            let block = &self.document().blocks[index];
            let BlockKind::Prose(prose) = &block.kind else { continue };
            match details_left_open(prose) {
                1.. => open.push((block.parent, index)),
                0 => {}
                _ => {
                    if let Some(at) = open.iter().rposition(|(parent, _)| *parent == block.parent) {
                        across.insert(open[at].1, Fold::Begins);
                        across.insert(index, Fold::Ends);
                        open.truncate(at);
                    }
                }
            }
        }
        across
    }

    /// An image as data in the page; none when it can't be had.
    fn image(&self, target: &str) -> Image {
        if !crate::source::is_local(target) {
            return Image::Missing;
        }
        let link = Link { folder: self.sources.folder(self.document().source), target: target.to_owned() };
        match self.sources.attachment(&link) {
            Some(Ok(attachment)) => {
                let data = base64::engine::general_purpose::STANDARD.encode(&attachment.bytes);
                Image::Data(format!("data:{};base64,{data}", attachment.media))
            }
            Some(Err(AttachmentError::Unreadable(ReadError::TooLarge))) => Image::TooLarge,
            _ => Image::Missing,
        }
    }
}

/// How many `<details>` a piece of HTML leaves open; less than none when it closes more.
fn details_left_open(prose: &Prose) -> i32 {
    if !matches!(prose.pieces.first(), Some(Piece::Open(Shape::Html))) {
        return 0;
    }
    let count = |piece: &Piece| match piece {
        Piece::Tag { element: Harmless::Details, closing } => 1 - 2 * i32::from(*closing),
        _ => 0,
    };
    prose.pieces.iter().map(count).sum()
}

/// Whether a piece of HTML folds what comes after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fold {
    Within,
    Begins,
    Ends,
}

enum Image {
    Data(String),
    TooLarge,
    Missing,
}

fn close_list(list: &mut Option<BlockId>, out: &mut String) {
    if list.take().is_some() {
        out.push_str("</ul>");
    }
}

/// Whether the text of a link is its target, so that paper need not print it twice.
fn says_itself(target: &str, text: Option<&Piece>) -> bool {
    let Some(Piece::Text(run) | Piece::Literal(run)) = text else { return false };
    let place = target.split_once("://").map_or(target, |(_, place)| place).trim_end_matches('/');
    [target, place].contains(&run.text.trim())
}

/// The prose after `expect:` or `undo:`.
fn without_word(prose: &Prose) -> Prose {
    let mut pieces = prose.pieces.clone();
    let mut seen_colon = false;
    for piece in &mut pieces {
        if let Piece::Text(run) | Piece::Literal(run) = piece
            && !seen_colon
        {
            match run.text.split_once(':') {
                Some((_, after)) => {
                    run.text = after.trim_start().to_owned();
                    seen_colon = true;
                }
                None => run.text.clear(),
            }
        }
    }
    Prose { pieces }
}

/// Whether a link may lead there: to pages, mail and phones, and nowhere where a script could run.
#[must_use]
pub fn is_safe_link(target: &str) -> bool {
    // Browsers skip white space and control characters in the name of a scheme.
    let plain: String = target.chars().filter(|c| !c.is_whitespace() && !c.is_control()).take(12).collect();
    let lower = plain.to_ascii_lowercase();
    ["http://", "https://", "mailto:", "tel:"].iter().any(|scheme| lower.starts_with(scheme))
}

/// Adds text with the characters escaped that mean something in HTML.
pub fn escape(text: &str, out: &mut String) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escaped = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            // A control character is no text, and no HTML either.
            0..=8 | 11 | 12 | 14..=31 => "\u{fffd}",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(escaped);
        from = at + 1;
    }
    out.push_str(&text[from..]);
}

struct Writer<'a, 'b> {
    html: &'a Html<'b>,
    out: &'a mut String,
    /// How each open shape is closed.
    open: Vec<Close>,
    /// The harmless elements that the text opened, with the shape depth they stand in.
    tags: Vec<(Harmless, usize)>,
    columns: Vec<Align>,
    head: bool,
    cell: usize,
    fold: Fold,
    /// Whether `<details>` in this piece acts: it closes here, or in a piece that follows.
    folds: bool,
}

/// How a shape ends.
enum Close {
    With(&'static str),
    /// A link that is not followed: its target stands in the text.
    Target(String),
    Image,
    /// Lines of code, gathered so far.
    Code(String),
    Head,
    Row,
}

impl<'a, 'b> Writer<'a, 'b> {
    fn new(html: &'a Html<'b>, out: &'a mut String, fold: Fold) -> Self {
        Self {
            html,
            out,
            open: Vec::new(),
            tags: Vec::new(),
            columns: Vec::new(),
            head: false,
            cell: 0,
            fold,
            folds: false,
        }
    }

    fn write(mut self, prose: &Prose) {
        self.folds = self.fold != Fold::Within || details_left_open(prose) == 0;
        if self.fold == Fold::Ends {
            self.out.push_str("</details>");
        }
        let mut pieces = prose.pieces.iter().peekable();
        let mut in_image = 0usize;
        while let Some(piece) = pieces.next() {
            match piece {
                Piece::Text(run) | Piece::Literal(run) => match self.open.last_mut() {
                    // Code is written line by line when all of it is known.
                    Some(Close::Code(code)) => code.push_str(&run.text),
                    _ => escape(&run.text, self.out),
                },
                Piece::Code(run) => {
                    if in_image > 0 {
                        escape(&run.text, self.out);
                    } else {
                        self.out.push_str("<code>");
                        escape(&run.text, self.out);
                        self.out.push_str("</code>");
                    }
                }
                Piece::Tag { element, closing } => self.tag(*element, *closing),
                Piece::SoftBreak => self.out.push(if in_image > 0 { ' ' } else { '\n' }),
                Piece::HardBreak => self.out.push_str(if in_image > 0 { " " } else { "<br>" }),
                Piece::Rule => self.out.push_str("<hr>"),
                Piece::FootnoteMark(label) => {
                    self.out.push_str("<sup>");
                    escape(label, self.out);
                    self.out.push_str("</sup>");
                }
                Piece::Open(shape) => {
                    if matches!(shape, Shape::Image { .. }) {
                        in_image += 1;
                    }
                    if in_image > 1 || (in_image == 1 && !matches!(shape, Shape::Image { .. })) {
                        // Inside an image there is only its description.
                        self.open.push(Close::With(""));
                    } else {
                        self.start(shape, pieces.peek().copied());
                    }
                }
                Piece::Close => {
                    let depth = self.open.len();
                    self.close_tags(depth);
                    if let Some(close) = self.open.pop() {
                        if matches!(close, Close::Image) || (in_image > 1 && matches!(close, Close::With("")))
                        {
                            in_image = in_image.saturating_sub(1);
                        }
                        self.end(close);
                    }
                }
            }
        }
        self.close_tags(0);
        while let Some(close) = self.open.pop() {
            self.end(close);
        }
    }

    fn start(&mut self, shape: &Shape, next: Option<&Piece>) {
        let (text, close) = match shape {
            Shape::Paragraph => ("<p>", "</p>"),
            Shape::Heading(_) => ("<p class=\"heading\">", "</p>"),
            Shape::Emphasis => ("<em>", "</em>"),
            Shape::Strong => ("<strong>", "</strong>"),
            Shape::Strike => ("<s>", "</s>"),
            // What folds across pieces is no part of any of them.
            Shape::Html if self.fold != Fold::Within => ("", ""),
            Shape::Html => ("<div>", "</div>"),
            Shape::Link { target } => return self.link(target, says_itself(target, next)),
            Shape::Image { target, .. } => return self.image(target),
            Shape::CodeBlock { language } => {
                self.out.push_str("<pre");
                if !language.is_empty() {
                    self.out.push_str(" data-language=\"");
                    escape(language, self.out);
                    self.out.push('"');
                }
                self.out.push_str("><code>");
                self.open.push(Close::Code(String::new()));
                return;
            }
            Shape::Table(columns) => {
                self.columns.clone_from(columns);
                ("<table class=\"plain\">", "</tbody></table>")
            }
            Shape::TableHead => {
                (self.head, self.cell) = (true, 0);
                self.out.push_str("<thead><tr>");
                self.open.push(Close::Head);
                return;
            }
            Shape::TableRow => {
                self.cell = 0;
                self.out.push_str("<tr>");
                self.open.push(Close::Row);
                return;
            }
            Shape::TableCell => {
                let align = match self.columns.get(self.cell) {
                    Some(Align::Center) => " class=\"center\"",
                    Some(Align::Right) => " class=\"right\"",
                    _ => "",
                };
                self.cell += 1;
                let name = if self.head { "th" } else { "td" };
                self.out.push('<');
                self.out.push_str(name);
                self.out.push_str(align);
                ("", if self.head { "</th>" } else { "</td>" })
            }
        };
        self.out.push_str(text);
        if matches!(shape, Shape::TableCell) {
            self.out.push('>');
        }
        self.open.push(Close::With(close));
    }

    fn end(&mut self, close: Close) {
        match close {
            Close::With(text) => self.out.push_str(text),
            Close::Target(target) => {
                self.out.push_str(" <span class=\"target\">(");
                escape(&target, self.out);
                self.out.push_str(")</span>");
            }
            Close::Image => self.out.push_str("\">"),
            Close::Code(code) => {
                self.code_lines(&code);
                self.out.push_str("</code></pre>");
            }
            Close::Head => {
                self.head = false;
                self.out.push_str("</tr></thead><tbody>");
            }
            Close::Row => self.out.push_str("</tr>"),
        }
    }

    fn link(&mut self, target: &str, bare: bool) {
        if is_safe_link(target) {
            self.out.push_str(if bare { "<a class=\"bare\" href=\"" } else { "<a href=\"" });
            escape(target, self.out);
            self.out.push_str("\" rel=\"noopener noreferrer\">");
            self.open.push(Close::With("</a>"));
        } else if target.is_empty() || target.starts_with('#') {
            self.open.push(Close::With(""));
        } else {
            self.open.push(Close::Target(target.to_owned()));
        }
    }

    fn image(&mut self, target: &str) {
        match self.html.image(target) {
            Image::Data(data) => {
                self.out.push_str("<img src=\"");
                self.out.push_str(&data);
                self.out.push_str("\" alt=\"");
                self.open.push(Close::Image);
            }
            Image::TooLarge | Image::Missing => {
                self.out.push_str("<span class=\"image\">image: ");
                escape(target, self.out);
                self.out.push_str("</span> <span class=\"hidden\" title=\"");
                self.open.push(Close::Image);
            }
        }
    }

    /// Each line of code by itself, so that one that is wrapped can be marked.
    fn code_lines(&mut self, text: &str) {
        for (index, line) in text.trim_end_matches(['\n', '\r']).lines().enumerate() {
            self.out.push_str(if index == 0 { "<span>" } else { "\n<span>" });
            escape(line, self.out);
            self.out.push_str("</span>");
        }
    }

    fn tag(&mut self, element: Harmless, closing: bool) {
        if matches!(element, Harmless::Details | Harmless::Summary | Harmless::Hr) {
            return self.block_tag(element, closing);
        }
        if element.is_void() {
            if !closing {
                self.out.push('<');
                self.out.push_str(element.name());
                self.out.push('>');
            }
            return;
        }
        if closing {
            self.close_tag(element);
        } else {
            self.open_tag(element, element.name());
        }
    }

    /// Elements that stand between paragraphs; inside a line they would break it.
    fn block_tag(&mut self, element: Harmless, closing: bool) {
        if self.open.len() != 1 {
            return;
        }
        match (element, closing) {
            (Harmless::Hr, false) => self.out.push_str("<hr>"),
            (Harmless::Details, false) if self.folds => {
                // On paper nothing can be unfolded.
                self.out.push_str("<details open>");
                if self.fold == Fold::Within {
                    self.tags.push((Harmless::Details, 1));
                }
            }
            (Harmless::Details, true) if self.fold == Fold::Within => self.close_tag(element),
            (Harmless::Summary, false) if self.folds && self.fold != Fold::Ends => {
                self.open_tag(element, "summary")
            }
            (Harmless::Summary, false) => {
                self.tags.push((Harmless::Summary, 1));
                self.out.push_str("<strong>");
            }
            (Harmless::Summary, true) => {
                let plain = !(self.folds && self.fold != Fold::Ends);
                if plain && self.tags.last() == Some(&(Harmless::Summary, 1)) {
                    self.tags.pop();
                    self.out.push_str("</strong>");
                } else {
                    self.close_tag(element);
                }
            }
            _ => {}
        }
    }

    fn open_tag(&mut self, element: Harmless, name: &str) {
        self.tags.push((element, self.open.len()));
        self.out.push('<');
        self.out.push_str(name);
        self.out.push('>');
    }

    fn close_tag(&mut self, element: Harmless) {
        let depth = self.open.len();
        let here = self.tags.iter().rposition(|(open, at)| *open == element && *at == depth);
        if let Some(index) = here {
            while self.tags.len() > index {
                self.close_last_tag();
            }
        }
    }

    /// Closes the elements that the text opened at this depth or deeper.
    fn close_tags(&mut self, depth: usize) {
        while self.tags.last().is_some_and(|(_, at)| *at >= depth) {
            self.close_last_tag();
        }
    }

    fn close_last_tag(&mut self) {
        if let Some((element, _)) = self.tags.pop() {
            self.out.push_str("</");
            self.out.push_str(element.name());
            self.out.push('>');
        }
    }
}
