//! What kind of picture some bytes are, and whether it is all there.
//!
//! Told by the bytes and not by a name. Promised: only what browsers show has a kind; what was cut off, or an SVG
//! whose elements don't close, is not whole.

/// The media type of a picture that browsers show.
pub(super) fn media(bytes: &[u8]) -> Option<&'static str> {
    let start = |magic: &[u8]| bytes.starts_with(magic);
    let at = |from: usize, magic: &[u8]| bytes.get(from..from + magic.len()) == Some(magic);
    if start(b"\x89PNG\r\n\x1a\n") {
        Some("image/png")
    } else if start(b"\xff\xd8\xff") {
        Some("image/jpeg")
    } else if start(b"GIF87a") || start(b"GIF89a") {
        Some("image/gif")
    } else if start(b"RIFF") && at(8, b"WEBP") {
        Some("image/webp")
    } else if at(4, b"ftypavif") {
        Some("image/avif")
    } else {
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]);
        let head = head.trim_start_matches('\u{feff}').trim_start();
        (head.starts_with("<svg") || (head.starts_with("<?xml") && head.contains("<svg")))
            .then_some("image/svg+xml")
    }
}

/// Whether a picture of this kind is all there.
pub(super) fn is_whole(media: &str, bytes: &[u8]) -> bool {
    match media {
        "image/png" => is_whole_png(bytes),
        // Some cameras write a few bytes of their own behind the end.
        "image/jpeg" => bytes[2..].windows(2).any(|pair| pair == b"\xff\xd9"),
        "image/gif" => bytes.trim_ascii_end().ends_with(b";"),
        "image/webp" => number(bytes, 4, u32::from_le_bytes).is_some_and(|size| size + 8 <= bytes.len()),
        "image/avif" => is_whole_avif(bytes),
        _ => std::str::from_utf8(bytes).is_ok_and(closes),
    }
}

/// Every chunk has its length, and the last one is the end.
fn is_whole_png(bytes: &[u8]) -> bool {
    let mut at = 8;
    while let (Some(length), Some(kind)) = (number(bytes, at, u32::from_be_bytes), bytes.get(at + 4..at + 8))
    {
        let (first, end) = (at == 8, at + 12 + length);
        if first != (kind == b"IHDR") || end > bytes.len() {
            return false;
        }
        if kind == b"IEND" {
            return true;
        }
        at = end;
    }
    false
}

/// Every box has its length.
fn is_whole_avif(bytes: &[u8]) -> bool {
    let mut at = 0;
    while at < bytes.len() {
        match number(bytes, at, u32::from_be_bytes) {
            // It goes to the end of the file.
            Some(0) => return true,
            // Its length is a longer number, or it is none.
            Some(1..8) | None => return false,
            Some(length) => at += length,
        }
    }
    at == bytes.len()
}

fn number(bytes: &[u8], at: usize, read: fn([u8; 4]) -> u32) -> Option<usize> {
    let bytes: [u8; 4] = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
    usize::try_from(read(bytes)).ok()
}

/// Whether each element of a text of XML is closed, and nothing else is.
fn closes(text: &str) -> bool {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = text;
    let mut elements = 0;
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        let Some(end) = markup_end(rest) else { return false };
        let (tag, after) = rest.split_at(end);
        rest = after;
        if tag.starts_with("<!") || tag.starts_with("<?") {
            continue;
        }
        if let Some(name) = tag.strip_prefix("</") {
            if open.pop() != Some(name[..name.len() - 1].trim_end()) {
                return false;
            }
            continue;
        }
        let name = tag[1..].split(|c: char| c.is_whitespace() || c == '>' || c == '/').next().unwrap_or("");
        if name.is_empty() || (open.is_empty() && elements > 0) {
            return false;
        }
        elements += 1;
        if !tag.ends_with("/>") {
            open.push(name);
        }
    }
    open.is_empty() && elements > 0
}

/// Where a comment, a tag or what else begins with `<` ends.
fn markup_end(text: &str) -> Option<usize> {
    for (begin, end) in [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")] {
        if text.starts_with(begin) {
            return text.find(end).map(|at| at + end.len());
        }
    }
    let (mut quote, mut inner) = (None, 0);
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            // The list of a document type has brackets around further markup.
            (None, '[') => inner += 1,
            (None, ']') => inner -= 1,
            (None, '>') if inner == 0 => return Some(at + 1),
            (None, '<') if at > 0 && inner == 0 => return None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU\
        \0\0\0\0IEND\xaeB`\x82";

    #[test]
    fn a_picture_is_told_by_its_bytes() {
        assert_eq!(media(b"\x89PNG\r\n\x1a\nrest"), Some("image/png"));
        assert_eq!(media(b"<?xml version='1.0'?><svg/>"), Some("image/svg+xml"));
        assert_eq!(media(b"<html>"), None);
    }

    #[test]
    fn what_was_cut_off_is_not_whole() {
        assert!(is_whole("image/png", PNG));
        (8..PNG.len()).for_each(|end| assert!(!is_whole("image/png", &PNG[..end]), "{end}"));
        assert!(
            is_whole("image/jpeg", b"\xff\xd8\xff\xe0..\xff\xd9")
                && !is_whole("image/jpeg", b"\xff\xd8\xff\xe0")
        );
        assert!(is_whole("image/gif", b"GIF89a..;") && !is_whole("image/gif", b"GIF89a.."));
        let webp = b"RIFF\x04\0\0\0WEBP";
        assert!(is_whole("image/webp", webp) && !is_whole("image/webp", &webp[..10]));
        let avif = b"\0\0\0\x10ftypavif\0\0\0\0";
        assert!(is_whole("image/avif", avif) && !is_whole("image/avif", &avif[..15]));
    }

    #[test]
    fn elements_of_an_svg_close() {
        for whole in [
            "<svg/>",
            "<?xml version=\"1.0\"?><!DOCTYPE svg [<!ENTITY a \"b\">]><!-- <g> --><svg a='>'><g><path d=\"\"/></g >\n</svg>\n",
            "\u{feff}<svg><style><![CDATA[ a > b <c ]]></style></svg>",
        ] {
            assert!(closes(whole), "{whole}");
        }
        for broken in [
            "<svg",
            "<svg>",
            "<svg><g></svg>",
            "<svg></g></svg>",
            "<svg a=\"></svg>",
            "<svg/><svg/>",
            "<svg <g/>",
        ] {
            assert!(!closes(broken), "{broken}");
        }
    }
}
