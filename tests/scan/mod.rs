//! A small, strict reader of pages: the text of a page goes in, its tags, style sheets and scripts come out.
//!
//! It reads less than a browser would put up with: what is no plain tag, entity or text, and any end
//! tag that does not close the innermost element, is refused with its place.

/// A page, taken apart.
#[derive(Default)]
pub struct Scanned {
    /// Every tag that begins an element, in order.
    pub tags: Vec<Tag>,
    /// The text of every style sheet.
    pub styles: Vec<String>,
    /// The text of every script.
    pub scripts: Vec<String>,
}

/// The beginning of an element.
#[derive(Clone)]
pub struct Tag {
    /// Its name.
    pub name: String,
    /// Names and values of its attributes; an attribute without a value has an empty one.
    pub attributes: Vec<(String, String)>,
}

/// Elements that HTML has no end tag for.
const VOID: [&str; 6] = ["br", "col", "hr", "img", "input", "meta"];

/// Reads a page, or says what in it is no plain HTML.
pub fn scan(page: &str) -> Result<Scanned, String> {
    let body = page.strip_prefix("<!DOCTYPE html>").ok_or("the page begins with no doctype")?;
    let mut scanner = Scanner { rest: body, open: Vec::new(), found: Scanned::default() };
    while !scanner.rest.is_empty() {
        scanner.piece().map_err(|error| format!("{error}, at: {}", start(scanner.rest, 120)))?;
    }
    match scanner.open.last() {
        Some(open) => Err(format!("<{open}> is never closed")),
        None => Ok(scanner.found),
    }
}

struct Scanner<'a> {
    rest: &'a str,
    open: Vec<String>,
    found: Scanned,
}

impl Scanner<'_> {
    /// A stretch of text, or a tag.
    fn piece(&mut self) -> Result<(), String> {
        let text = self.rest.find('<').unwrap_or(self.rest.len());
        if text > 0 {
            check_text(&self.rest[..text])?;
            self.rest = &self.rest[text..];
            return Ok(());
        }
        self.rest = &self.rest[1..];
        if let Some(rest) = self.rest.strip_prefix('/') {
            self.rest = rest;
            return self.end();
        }
        self.begin()
    }

    fn begin(&mut self) -> Result<(), String> {
        let name = self.name()?;
        let mut attributes = Vec::new();
        while self.skip(" ") {
            attributes.push(self.attribute()?);
        }
        let closed = self.skip("/");
        self.expect(">")?;
        self.found.tags.push(Tag { name: name.clone(), attributes });
        if name == "style" || name == "script" {
            return self.raw(&name);
        }
        if name == "script" {
            return self.script();
        }
        if !closed && !VOID.contains(&name.as_str()) {
            self.open.push(name);
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), String> {
        let name = self.name()?;
        self.expect(">")?;
        match self.open.pop() {
            Some(open) if open == name => Ok(()),
            open => Err(format!("</{name}> ends {open:?}")),
        }
    }

    /// The text of a style sheet or script is read up to the first thing that could end it.
    fn raw(&mut self, name: &str) -> Result<(), String> {
        let end = self.rest.find("</").ok_or(format!("a {name} never ends"))?;
        let text = self.rest[..end].to_owned();
        self.rest = &self.rest[end..];
        if name == "style" {
            self.found.styles.push(text)
        } else {
            self.found.scripts.push(text)
        }
        self.expect(&format!("</{name}>"))
    }

    /// The text of a script is read up to the first `</`, which ours have none of.
    fn script(&mut self) -> Result<(), String> {
        let end = self.rest.find("</").ok_or("a script never ends")?;
        self.found.scripts.push(self.rest[..end].to_owned());
        self.rest = &self.rest[end..];
        self.expect("</script>")
    }

    fn attribute(&mut self) -> Result<(String, String), String> {
        let name = self.name()?;
        if !self.skip("=") {
            return Ok((name, String::new()));
        }
        self.expect("\"")?;
        let end = self.rest.find('"').ok_or("an attribute never ends")?;
        let value = self.rest[..end].to_owned();
        self.rest = &self.rest[end + 1..];
        if value.contains('<') {
            return Err(format!("a `<` in the attribute {name}"));
        }
        Ok((name, decoded(&value)?))
    }

    fn name(&mut self) -> Result<String, String> {
        let end = self.rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(0);
        let name = self.rest[..end].to_owned();
        self.rest = &self.rest[end..];
        if name.starts_with(|c: char| c.is_ascii_alphabetic()) { Ok(name) } else { Err("no name".to_owned()) }
    }

    fn skip(&mut self, text: &str) -> bool {
        let rest = self.rest.strip_prefix(text);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn expect(&mut self, text: &str) -> Result<(), String> {
        if self.skip(text) { Ok(()) } else { Err(format!("`{text}` was expected")) }
    }
}

/// Every `&` begins an entity that is written out.
fn check_text(text: &str) -> Result<(), String> {
    decoded(text).map(drop)
}

/// A text with its entities as the characters they stand for.
fn decoded(text: &str) -> Result<String, String> {
    let mut parts = text.split('&');
    let mut plain = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let (name, after) = part.split_once(';').ok_or(format!("a bare `&` before: {}", start(part, 40)))?;
        plain.push(entity(name).ok_or(format!("an unknown entity: {}", start(name, 40)))?);
        plain.push_str(after);
    }
    Ok(plain)
}

fn entity(name: &str) -> Option<char> {
    match (name, name.strip_prefix("#x"), name.strip_prefix('#')) {
        (_, Some(digits), _) => u32::from_str_radix(digits, 16).ok().and_then(char::from_u32),
        (_, _, Some(digits)) => digits.parse().ok().and_then(char::from_u32),
        ("amp", ..) => Some('&'),
        ("lt", ..) => Some('<'),
        ("gt", ..) => Some('>'),
        ("quot", ..) => Some('"'),
        _ => None,
    }
}

fn start(text: &str, characters: usize) -> String {
    text.chars().take(characters).collect()
}

/// What is wrong with a style sheet: it reaches outside, or does not end where it seems to.
pub fn check_style(style: &str) -> Result<(), String> {
    let mut depth = 0_i32;
    let mut rest = style;
    let mut plain = String::new();
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '"' | '\'' => rest = after_string(rest, c)?,
            '/' if rest.starts_with('*') => rest = rest.split_once("*/").ok_or("a comment never ends")?.1,
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => plain.push(c.to_ascii_lowercase()),
        }
        if depth < 0 {
            return Err("a `}` too many".to_owned());
        }
    }
    if depth != 0 {
        return Err(format!("{depth} `{{` are never closed"));
    }
    // What stands in the page itself may be named.
    let plain = plain.replace("url(#", "(");
    let found = ["url(", "@import", "@font-face", "image-set(", "expression(", "behavior:", "<", "http"]
        .into_iter()
        .find(|word| plain.contains(word));
    found.map_or(Ok(()), |word| Err(format!("a style sheet has `{word}`")))
}

/// What follows a string of CSS, which may not go over the end of its line.
fn after_string(text: &str, quote: char) -> Result<&str, String> {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '\n' => break,
            _ if c == quote => return Ok(&text[at + 1..]),
            _ => {}
        }
    }
    Err(format!("a string never ends: {}", start(text, 60)))
}
