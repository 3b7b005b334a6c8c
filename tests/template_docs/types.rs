//! The types of the views, read from their source: a small reader of structs and tagged enums.
//!
//! It knows what the views are made of and refuses anything else, so that nothing is left out in silence.

use std::collections::BTreeMap;

/// A type of a view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Type {
    /// What it is, from its comment.
    pub about: String,
    /// What it holds.
    pub shape: Shape,
}

/// What a type holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// Fields.
    Fields(Vec<Field>),
    /// One of several, told apart by `kind`.
    Kinds(Vec<Kind>),
    /// One of several words.
    Words(Vec<(String, String)>),
}

/// One of the kinds of a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kind {
    /// The value of `kind`.
    pub name: String,
    /// What it is.
    pub about: String,
    /// Its fields, or the type that has them.
    pub inner: Result<Vec<Field>, String>,
}

/// A field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Its type in Rust, without boxes.
    pub rust: String,
    /// What it is.
    pub about: String,
}

/// Every type of these files that is serialized.
pub fn read(files: &[String]) -> BTreeMap<String, Type> {
    let mut types = BTreeMap::new();
    for text in files {
        let lines: Vec<&str> = text.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            let head = ["pub struct ", "pub enum "].iter().find_map(|lead| line.strip_prefix(lead));
            let Some(name) = head.and_then(|rest| rest.strip_suffix(" {")) else { continue };
            let before = before(&lines, at);
            if !before.iter().any(|line| line.starts_with("#[derive") && line.contains("Serialize")) {
                continue;
            }
            let body: Vec<&str> = lines[at + 1..].iter().take_while(|line| **line != "}").copied().collect();
            let shape = match line.starts_with("pub struct") {
                true => Shape::Fields(fields(&body, "    pub ")),
                false if before.iter().any(|line| line.contains("tag = \"kind\"")) => {
                    Shape::Kinds(kinds(&body))
                }
                false => Shape::Words(words(&body)),
            };
            let known = types.insert(name.to_owned(), Type { about: about(&before), shape });
            assert!(known.is_none(), "two types are called {name}");
        }
    }
    types
}

/// The comments and attributes right before a line.
fn before<'a>(lines: &[&'a str], at: usize) -> Vec<&'a str> {
    let is_one = |line: &&&str| line.trim_start().starts_with("///") || line.trim_start().starts_with("#[");
    let mut found: Vec<&str> = lines[..at].iter().rev().take_while(is_one).copied().collect();
    found.reverse();
    found
}

fn about(before: &[&str]) -> String {
    let words = before.iter().filter_map(|line| line.trim_start().strip_prefix("///"));
    words.map(str::trim).collect::<Vec<_>>().join(" ")
}

fn fields(body: &[&str], lead: &str) -> Vec<Field> {
    let mut found = Vec::new();
    for (at, line) in body.iter().enumerate() {
        let Some((name, rust)) = line.strip_prefix(lead).and_then(|rest| rest.split_once(": ")) else {
            continue;
        };
        if name.starts_with(['/', '#', ' ', '}']) {
            continue;
        }
        let before = before(body, at);
        if before.iter().any(|line| line.contains("serde(skip)")) {
            continue;
        }
        // A default is for reading, and changes nothing that is written.
        assert!(
            !before.iter().any(|line| line.contains("serde(") && !line.contains("serde(default)")),
            "{name}: this reader knows no serde on fields"
        );
        let rust = rust.trim_end_matches(',').replace("&'static str", "String");
        found.push(Field { name: name.to_owned(), rust, about: about(&before) });
    }
    found
}

/// The variants of an enum that is told apart by `kind`.
fn kinds(body: &[&str]) -> Vec<Kind> {
    let mut found = Vec::new();
    for (at, line) in body.iter().enumerate() {
        let Some(rest) =
            line.strip_prefix("    ").filter(|rest| rest.starts_with(|c: char| c.is_uppercase()))
        else {
            continue;
        };
        let name: String = rest.chars().take_while(|c| c.is_alphanumeric()).collect();
        let rest = &rest[name.len()..];
        let inner = if rest.starts_with('(') {
            Err(rest.trim_matches(['(', ')', ',']).replace("Box<", "").replace('>', ""))
        } else {
            let inside: Vec<&str> =
                body[at + 1..].iter().take_while(|line| !line.starts_with("    }")).copied().collect();
            Ok(if rest.starts_with(" {") { fields(&inside, "        ") } else { Vec::new() })
        };
        found.push(Kind { name: snake(&name), about: about(&before(body, at)), inner });
    }
    found
}

fn words(body: &[&str]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (at, line) in body.iter().enumerate() {
        let name = line.trim().trim_end_matches(',');
        if name.starts_with(|c: char| c.is_uppercase()) {
            assert!(name.chars().all(char::is_alphanumeric), "{name}: this reader knows no such variant");
            found.push((snake(name), about(&before(body, at))));
        }
    }
    found
}

fn snake(name: &str) -> String {
    let mut snake = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.extend(c.to_lowercase());
    }
    snake
}
