//! The one file that names the parser of HTTP: bytes of a connection in, what is asked for out.
//!
//! Only the head of a request is read, never more than there is room for and never longer than there is time
//! for, however slowly it comes.
#![expect(clippy::disallowed_methods, reason = "how long a head takes is known here alone")]

use std::io::Read;
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// The longest head that is read, in bytes.
const LONGEST: usize = 16 * 1024;
/// The most fields that a head may have.
const MOST_FIELDS: usize = 100;
/// How long a head may take.
const TIME: Duration = Duration::from_secs(10);

/// What a browser asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Request {
    /// `GET`, `HEAD` or any other.
    pub(super) method: String,
    /// The path and what follows it, as it came.
    pub(super) target: String,
    /// Every field `Host`.
    pub(super) hosts: Vec<String>,
}

/// Why there is no request.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NoRequest {
    /// It ended, broke, or took too long: there is nobody to answer.
    Gone,
    /// What came is no HTTP.
    Malformed,
    /// It is longer than it may be.
    TooLong,
}

/// Reads the head of a request.
pub(super) fn read(stream: &mut TcpStream) -> Result<Request, NoRequest> {
    let began = Instant::now();
    let mut head = Vec::with_capacity(1024);
    let mut bytes = [0; 2048];
    loop {
        let left = TIME.checked_sub(began.elapsed()).filter(|left| !left.is_zero()).ok_or(NoRequest::Gone)?;
        stream.set_read_timeout(Some(left)).map_err(|_| NoRequest::Gone)?;
        let read = stream.read(&mut bytes).map_err(|_| NoRequest::Gone)?;
        if read == 0 {
            return Err(NoRequest::Gone);
        }
        head.extend_from_slice(&bytes[..read]);
        match parsed(&head) {
            Ok(Some(request)) => return Ok(request),
            Ok(None) if head.len() >= LONGEST => return Err(NoRequest::TooLong),
            Ok(None) => {}
            Err(wrong) => return Err(wrong),
        }
    }
}

/// A request, when its head is whole.
fn parsed(head: &[u8]) -> Result<Option<Request>, NoRequest> {
    let mut fields = [httparse::EMPTY_HEADER; MOST_FIELDS];
    let mut request = httparse::Request::new(&mut fields);
    match request.parse(head) {
        Ok(httparse::Status::Complete(_)) => {}
        Ok(httparse::Status::Partial) => return Ok(None),
        Err(httparse::Error::TooManyHeaders) => return Err(NoRequest::TooLong),
        Err(_) => return Err(NoRequest::Malformed),
    }
    let hosts = request.headers.iter().filter(|field| field.name.eq_ignore_ascii_case("host"));
    let hosts = hosts.map(|field| String::from_utf8_lossy(field.value).trim().to_owned()).collect();
    let text = |part: Option<&str>| part.unwrap_or_default().to_owned();
    Ok(Some(Request { method: text(request.method), target: text(request.path), hosts }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_a_request_when_it_is_whole() {
        let head = b"GET /a?b HTTP/1.1\r\nHost: localhost:1\r\nAccept: */*\r\n\r\n";
        let request =
            Request { method: "GET".into(), target: "/a?b".into(), hosts: vec!["localhost:1".into()] };
        assert_eq!(parsed(head), Ok(Some(request)));
        for end in 0..head.len() {
            assert_eq!(parsed(&head[..end]), Ok(None), "{end} bytes");
        }
        for wrong in
            [&b"\x16\x03\x01\x02\x00"[..], b"GET / HTTP/9.9\r\n\r\n", b"GET /a\x00b HTTP/1.1\r\n\r\n"]
        {
            assert_eq!(parsed(wrong), Err(NoRequest::Malformed), "{wrong:?}");
        }
        let many = format!("GET / HTTP/1.1\r\n{}\r\n", "a: b\r\n".repeat(MOST_FIELDS + 1));
        assert_eq!(parsed(many.as_bytes()), Err(NoRequest::TooLong));
    }
}
