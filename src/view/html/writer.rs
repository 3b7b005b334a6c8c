//! One piece of prose, piece by piece: shapes open and close as the parser says, elements of the
//! text act where they are harmless and whole.

use super::measure::table_class;
use super::safe::{escape, is_safe_link};
use super::{Fold, Html, Image, details_left_open};
use crate::document::{Align, Harmless, Piece, Prose, Shape};
use crate::source::Span;

/// Writes prose.
pub(super) struct Writer<'a, 'b> {
    html: &'a Html<'b>,
    out: &'a mut String,
    /// How each open shape is closed.
    open: Vec<Close>,
    /// The harmless elements that the text opened, with the shape depth they stand in.
    tags: Vec<(Harmless, usize)>,
    columns: Vec<Align>,
    head: bool,
    cell: usize,
    /// The classes of a table.
    table: &'static str,
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
    /// An image that can't be shown: its description and target stand in the text.
    MissingImage(String),
    /// Lines of code, gathered so far.
    Code(String),
    Head,
    Row,
}

impl<'a, 'b> Writer<'a, 'b> {
    pub(super) fn new(html: &'a Html<'b>, out: &'a mut String, fold: Fold) -> Self {
        Self {
            html,
            out,
            open: Vec::new(),
            tags: Vec::new(),
            columns: Vec::new(),
            head: false,
            cell: 0,
            table: "plain",
            fold,
            folds: false,
        }
    }

    pub(super) fn write(mut self, prose: &Prose) {
        if matches!(prose.pieces.first(), Some(Piece::Open(Shape::Table(_)))) {
            self.table = table_class(prose);
        }
        self.folds = self.fold != Fold::Within || details_left_open(prose) == 0;
        if self.fold == Fold::Ends {
            self.out.push_str("</details>");
        }
        let mut pieces = prose.pieces.iter().peekable();
        // Inside an image there is only its description: how much was open where it began.
        let mut image: Option<usize> = None;
        while let Some(piece) = pieces.next() {
            match piece {
                Piece::Text(run) | Piece::Literal(run) => match self.open.last_mut() {
                    // Code is written line by line when all of it is known.
                    Some(Close::Code(code)) => code.push_str(&run.text),
                    _ => escape(&run.text, self.out),
                },
                Piece::Code(run) => {
                    if image.is_some() {
                        escape(&run.text, self.out);
                    } else {
                        self.out.push_str("<code>");
                        escape(&run.text, self.out);
                        self.out.push_str("</code>");
                    }
                }
                // The description of an image is plain text.
                Piece::Tag { .. } | Piece::Rule | Piece::FootnoteMark(_) if image.is_some() => {}
                Piece::Tag { element, closing } => self.tag(*element, *closing),
                Piece::SoftBreak => self.out.push(if image.is_some() { ' ' } else { '\n' }),
                Piece::HardBreak => self.out.push_str(if image.is_some() { " " } else { "<br>" }),
                Piece::Rule => self.out.push_str("<hr>"),
                Piece::FootnoteMark(label) => {
                    self.out.push_str("<sup>");
                    escape(label, self.out);
                    self.out.push_str("</sup>");
                }
                Piece::Open(_) if image.is_some() => self.open.push(Close::With("")),
                Piece::Open(shape) => {
                    if matches!(shape, Shape::Image { .. }) {
                        image = Some(self.open.len());
                    }
                    self.start(shape, pieces.peek().copied());
                }
                Piece::Close => {
                    let depth = self.open.len();
                    self.close_tags(depth);
                    if let Some(close) = self.open.pop() {
                        self.end(close);
                    }
                    image = image.filter(|depth| *depth < self.open.len());
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
            Shape::Image { target, span } => return self.image(target, *span),
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
                // On a screen it scrolls in a box of its own, which keys reach too.
                self.out.push_str("<div class=\"sideways\" role=\"group\" aria-label=\"Table\" tabindex=\"0\"><table class=\"");
                self.out.push_str(self.table);
                ("\">", "</tbody></table></div>")
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
                let name = if self.head { "th scope=\"col\"" } else { "td" };
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
            Close::MissingImage(target) => {
                self.out.push_str(" (");
                escape(&target, self.out);
                self.out.push_str(")</span>");
            }
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

    fn image(&mut self, target: &str, span: Span) {
        match self.html.image(target, span) {
            Image::Data(data) => {
                self.out.push_str("<img src=\"");
                self.out.push_str(&data);
                self.out.push_str("\" alt=\"");
                self.open.push(Close::Image);
            }
            Image::TooLarge | Image::Missing => {
                self.out.push_str("<span class=\"image\">image ");
                self.open.push(Close::MissingImage(target.to_owned()));
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

/// Whether the text of a link is its target, so that paper need not print it twice.
fn says_itself(target: &str, text: Option<&Piece>) -> bool {
    let Some(Piece::Text(run) | Piece::Literal(run)) = text else { return false };
    let place = target.split_once("://").map_or(target, |(_, place)| place).trim_end_matches('/');
    [target, place].contains(&run.text.trim())
}
