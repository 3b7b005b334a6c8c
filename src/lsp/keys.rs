//! Where in the front matter something is being written, by the text before it: below which keys, as a key or a value.
//!
//! The text need not be YAML yet, since somebody is writing it. What comes in is what stands between the first line and
//! the cursor. Promised: the text is gone through once; what can't be told is nothing.

/// A place in the front matter.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct KeyPlace<'a> {
    /// The keys above it, the outermost first; of a value its own is the last.
    pub(super) keys: Vec<&'a str>,
    pub(super) is_value: bool,
    /// What is written of it already.
    pub(super) word: &'a str,
}

/// What stands in the front matter before a byte of the text; nothing when that stands elsewhere.
pub(super) fn front_matter(text: &str, offset: usize) -> Option<&str> {
    let from = text.split_inclusive('\n').next().filter(|line| line.trim_end() == "---")?.len();
    let before = text.get(from..offset)?;
    let is_end = |line: &str| matches!(line.trim_end(), "---" | "...");
    if before.lines().any(is_end) {
        return None;
    }
    // As long as it is not closed it ends with the first blank line.
    let is_closed = || text[offset..].lines().skip(1).any(is_end);
    let has_gap = before.lines().any(|line| line.trim().is_empty());
    (!has_gap || is_closed()).then_some(before)
}

/// A map or list that is open, or a line with a key.
enum Level<'a> {
    /// A key at this column.
    Line(usize, &'a str),
    /// `{`, with the key whose value follows.
    Map(Option<&'a str>),
    /// `[`
    List,
}

pub(super) fn key_place(inside: &str) -> Option<KeyPlace<'_>> {
    let mut levels: Vec<Level<'_>> = Vec::new();
    let (mut word, mut is_value) = ("", false);
    for line in inside.split_inclusive('\n').chain(inside.ends_with('\n').then_some("")) {
        let mut rest = line;
        if !levels.iter().any(|level| !matches!(level, Level::Line(..))) {
            let is_entry = |c: char| matches!(c, ' ' | '-');
            let content = line.trim_start_matches(is_entry);
            let column = line.len() - content.len();
            levels.retain(|level| matches!(level, Level::Line(at, _) if *at < column));
            is_value = line[..column].contains('-');
            rest = content;
            let key = content.split_once(':').filter(|(key, after)| is_key(key) && begins_value(after));
            if let Some((key, after)) = key {
                levels.push(Level::Line(column, key));
                (rest, is_value) = (after, true);
            }
        }
        word = scan(rest, &mut levels, &mut is_value)?;
    }
    let keys = levels.iter().filter_map(|level| match level {
        Level::Line(_, key) => Some(*key),
        Level::Map(key) => *key,
        Level::List => None,
    });
    Some(KeyPlace { keys: keys.collect(), is_value, word: word.trim_start() })
}

/// Goes through a line, and gives back its last word. Nothing when a quote or a comment is open at its end.
fn scan<'a>(text: &'a str, levels: &mut Vec<Level<'a>>, is_value: &mut bool) -> Option<&'a str> {
    let mut from = 0;
    let mut quote = None;
    for (at, c) in text.char_indices() {
        let next = at + c.len_utf8();
        let is_first = text[from..at].trim().is_empty();
        match (quote, c) {
            (Some(open), _) if open == c => quote = None,
            (Some(_), '\n') => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') if is_first => quote = Some(c),
            (None, '#') if is_first => return text.ends_with('\n').then_some(""),
            (None, '{' | '[') if is_first => {
                levels.push(if c == '{' { Level::Map(None) } else { Level::List });
                (from, *is_value) = (next, c == '[');
            }
            (None, '}' | ']') if levels.last().is_some_and(|level| !matches!(level, Level::Line(..))) => {
                levels.pop();
                (from, *is_value) = (next, true);
            }
            (None, ',') => match levels.last_mut() {
                Some(Level::Map(key)) => {
                    *key = None;
                    (from, *is_value) = (next, false);
                }
                Some(Level::List) => from = next,
                _ => {}
            },
            (None, ':') if begins_value(&text[next..]) => {
                if let Some(Level::Map(key @ None)) = levels.last_mut() {
                    *key = Some(text[from..at].trim());
                    (from, *is_value) = (next, true);
                }
            }
            _ => {}
        }
    }
    quote.is_none().then(|| &text[from..])
}

fn begins_value(after: &str) -> bool {
    after.is_empty() || after.starts_with([' ', '\t', '\n', '\r'])
}

fn is_key(key: &str) -> bool {
    !key.is_empty() && !key.contains(['{', '}', '[', ']', '"', '\'', '#', ','])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(inside: &str) -> Option<(String, bool, &str)> {
        let place = key_place(inside)?;
        Some((place.keys.join("."), place.is_value, place.word))
    }

    #[test]
    fn places_are_told_from_the_text_before() {
        for (inside, keys, is_value, word) in [
            ("", "", false, ""),
            ("title: A\nsta", "", false, "sta"),
            ("lints: { ", "lints", false, ""),
            ("lints: { a: allow, mis", "lints", false, "mis"),
            ("lints: { missing-owner: ", "lints.missing-owner", true, ""),
            ("lints:\n  a: warn\n  missing-owner: de", "lints.missing-owner", true, "de"),
            ("lints:\n  a: warn\n", "", false, ""),
            ("people:\n  ana: { name: Ana, ba", "people.ana", false, "ba"),
            ("people:\n  ana:\n    name: Ana\n    ba", "people.ana", false, "ba"),
            ("people:\n  ana:\n    name: Ana\n  ra", "people", false, "ra"),
            ("people: {\n  ana: { name: Ana },\n  raj: { ", "people.raj", false, ""),
            ("teams: { ops: [ana, ra", "teams.ops", true, "ra"),
            ("teams:\n  ops:\n    - ana\n    - ra", "teams.ops", true, "ra"),
            ("title: \"a: {\"\nbullets: ", "bullets", true, ""),
        ] {
            assert_eq!(told(inside), Some((keys.to_owned(), is_value, word)), "{inside:?}");
        }
        assert_eq!(told("title: \"a"), None);
        assert_eq!(told("title: # a"), None);
    }

    #[test]
    fn it_ends_with_its_last_line() {
        let inside = |text: &str| front_matter(text, text.find('|').expect("a cursor")).map(str::to_owned);
        assert_eq!(inside("---\na: b\n|\n---\n").as_deref(), Some("a: b\n"));
        assert_eq!(inside("---\na: b\n\n|\n---\n").as_deref(), Some("a: b\n\n"));
        assert_eq!(inside("---\na: b\n---\n|"), None);
        assert_eq!(inside("---\na: b\n\n- [ ] x {|"), None);
        assert_eq!(inside("---\na: b|").as_deref(), Some("a: b"));
        assert_eq!(inside("a: |"), None);
    }
}
