//! Handles that are written with their `@` where YAML allows none.

/// YAML has no value that begins with `@`, and people write handles so: the sign is hidden from the
/// parser and reported. Places are of the `@`s.
pub(super) fn mask_handles(text: &str) -> (String, Vec<usize>) {
    let mut masked = text.to_owned().into_bytes();
    let mut places = Vec::new();
    let bytes = text.as_bytes();
    for at in 0..bytes.len() {
        if bytes[at] != b'@' {
            continue;
        }
        let line_start = bytes[..at].iter().rposition(|&byte| byte == b'\n').map_or(0, |found| found + 1);
        let before = text[line_start..at].trim_end();
        let spaced = before.len() < at - line_start;
        let begins_value = before.ends_with(['[', ',', '{']) || (spaced && before.ends_with([':', '-']));
        let followed = bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric);
        let quoted = before.matches('"').count() % 2 == 1 || before.matches('\'').count() % 2 == 1;
        if begins_value && followed && !quoted && !before.contains(" #") {
            masked[at] = b'_';
            places.push(at);
        }
    }
    (String::from_utf8(masked).unwrap_or_else(|_| text.to_owned()), places)
}
