//! What is answered to whom: a page, a sentence, or that it waits for a page to change.
//!
//! Promised: only requests that name this machine by a number or as `localhost` are answered, so that no
//! name that somebody else's server points here makes a browser hand out pages; only `GET` and `HEAD`; and
//! only files that a build made.

use std::net::{IpAddr, SocketAddr};

use super::request::Request;
use super::site::{Found, Site};
use crate::output::{live, live_sentence};
use crate::source::percent_decoded;

/// Where a page asks whether it has changed.
const CHANGES: &str = "/.tminus/changes";

/// What goes back.
#[derive(Debug)]
pub(super) enum Answer {
    /// All of it.
    Whole {
        /// The status with its words.
        status: &'static str,
        /// The kind of the body.
        media: &'static str,
        /// Fields besides those of every answer.
        fields: Vec<String>,
        /// The body.
        body: Vec<u8>,
    },
    /// A stream that says when this page has another version.
    Changes(String, u64),
}

impl Answer {
    /// A sentence in plain text.
    pub(super) fn sentence(status: &'static str, sentence: &str) -> Self {
        let body = format!("{sentence}\n").into_bytes();
        Self::Whole { status, media: "text/plain; charset=utf-8", fields: Vec::new(), body }
    }
}

/// The answer to a request.
pub(super) fn answer(request: &Request, site: &Site) -> Answer {
    match request.hosts.as_slice() {
        [host] if is_this_machine(host) => {}
        _ => {
            let sentence =
                "These pages are shown to those who ask for this machine by its number or as localhost.";
            return Answer::sentence("403 Forbidden", sentence);
        }
    }
    if !matches!(request.method.as_str(), "GET" | "HEAD") {
        let mut refused = Answer::sentence("405 Method Not Allowed", "Pages can be read, and nothing else.");
        if let Answer::Whole { fields, .. } = &mut refused {
            fields.push("Allow: GET, HEAD".to_owned());
        }
        return refused;
    }
    let (path, query) = request.target.split_once('?').unwrap_or((&request.target, ""));
    let Some(inner) = path.strip_prefix('/') else {
        return Answer::sentence("400 Bad Request", "A path begins with a slash.");
    };
    match path {
        CHANGES => changes(query),
        "/favicon.ico" => Answer::Whole {
            status: "204 No Content",
            media: "text/plain",
            fields: Vec::new(),
            body: Vec::new(),
        },
        _ => page(path, &percent_decoded(inner), site),
    }
}

/// Whether the host of a request is a number or `localhost`, with any port: a way through another port
/// leads here too.
fn is_this_machine(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.parse::<u16>().is_ok() && !name.ends_with(':') => name,
        _ => host,
    };
    let number = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
    name.eq_ignore_ascii_case("localhost")
        || number.parse::<IpAddr>().is_ok()
        || host.parse::<SocketAddr>().is_ok()
}

fn changes(query: &str) -> Answer {
    let mut named = query.split('&').filter_map(|pair| pair.split_once('='));
    let page = named.clone().find(|(name, _)| *name == "page").map(|(_, page)| percent_decoded(page));
    let version = named.find(|(name, _)| *name == "version").and_then(|(_, number)| number.parse().ok());
    match (page, version) {
        // The page's own address comes escaped in an escaped one.
        (Some(page), Some(version)) if page.starts_with('/') => {
            Answer::Changes(with_index(&percent_decoded(&page[1..])), version)
        }
        _ => Answer::sentence("400 Bad Request", "Say `page` and `version`."),
    }
}

fn page(asked: &str, path: &str, site: &Site) -> Answer {
    let path = &with_index(path);
    let whole = |status, media, body| Answer::Whole { status, media, fields: Vec::new(), body };
    match site.find(path) {
        Found::Page(text, version) if path.ends_with(".html") => {
            whole("200 OK", media(path), live(&text, version).into_bytes())
        }
        Found::Page(text, _) => whole("200 OK", media(path), text.as_bytes().to_vec()),
        Found::Earlier(bytes) => whole("200 OK", media(path), bytes),
        Found::Nothing if is_there(&format!("{path}/index.html"), site) => Answer::Whole {
            status: "308 Permanent Redirect",
            media: "text/plain; charset=utf-8",
            fields: vec![format!("Location: {asked}/")],
            body: Vec::new(),
        },
        Found::Nothing => {
            let sentence =
                live_sentence("There is no such page, or not any more. It appears here when it is made.", 0);
            whole("404 Not Found", "text/html; charset=utf-8", sentence.into_bytes())
        }
    }
}

fn is_there(path: &str, site: &Site) -> bool {
    !matches!(site.find(path), Found::Nothing)
}

/// The page of a folder is its index.
fn with_index(path: &str) -> String {
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
}

fn media(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, end)| end) {
        Some("html") => "text/html; charset=utf-8",
        Some("json") => "application/json",
        Some("md") => "text/markdown; charset=utf-8",
        Some("ics") => "text/calendar; charset=utf-8",
        Some("pdf") => "application/pdf",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_points_here_is_not_this_machine() {
        for host in [
            "localhost",
            "LOCALHOST:8420",
            "127.0.0.1:8420",
            "127.0.0.1",
            "[::1]:8420",
            "[::1]",
            "10.0.0.7:80",
        ] {
            assert!(is_this_machine(host), "{host}");
        }
        for host in [
            "",
            "example.org",
            "localhost.example.org",
            "127.0.0.1.example.org:8420",
            "localhost:x",
            ":80",
            "a@localhost",
        ] {
            assert!(!is_this_machine(host), "{host}");
        }
    }
}
