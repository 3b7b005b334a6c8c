//! Messages on the streams: a header with a length, and JSON.
//!
//! What comes in is bytes; what goes out are messages, or what is wrong with one. Promised: a message that is
//! none ends nothing, what is announced too large is passed over without being kept, and only the end of the
//! stream ends.

use std::io::{self, BufRead, Read, Write};

use serde_json::{Value, json};

/// The largest message that is kept: a plan of the largest size, and room for escapes.
const LARGEST: u64 = 1024 * 1024 * 1024;

/// What came in.
#[derive(Debug, PartialEq)]
pub(super) enum Incoming {
    /// Something that wants an answer.
    Request { id: Value, method: String, params: Value },
    /// Something that wants none.
    Notification { method: String, params: Value },
    /// An answer to something that was never asked.
    Answer,
    /// No message; the number of its fault, what is wrong, and whom to tell.
    Fault { id: Value, code: i64, message: String },
}

/// The numbers of faults, as the protocol has them.
pub(super) mod code {
    pub(crate) const NOT_JSON: i64 = -32700;
    pub(crate) const NO_REQUEST: i64 = -32600;
    pub(crate) const NO_METHOD: i64 = -32601;
    pub(crate) const WRONG_PARAMS: i64 = -32602;
    pub(crate) const INTERNAL: i64 = -32603;
    pub(crate) const NOT_INITIALIZED: i64 = -32002;
    pub(crate) const REFUSED: i64 = -32803;
}

/// The next message; nothing at the end of the stream.
pub(super) fn read(stream: &mut impl BufRead) -> Option<Incoming> {
    let length = match length(stream)? {
        Ok(length) => length,
        Err(message) => return Some(Incoming::Fault { id: Value::Null, code: code::NOT_JSON, message }),
    };
    if length > LARGEST {
        io::copy(&mut stream.take(length), &mut io::sink()).ok()?;
        let message = format!("a message of {length} bytes is too large");
        return Some(Incoming::Fault { id: Value::Null, code: code::NO_REQUEST, message });
    }
    let mut bytes = Vec::new();
    stream.take(length).read_to_end(&mut bytes).ok()?;
    if (bytes.len() as u64) < length {
        return None;
    }
    Some(match serde_json::from_slice(&bytes) {
        Ok(value) => understood(value),
        Err(error) => Incoming::Fault {
            id: Value::Null,
            code: code::NOT_JSON,
            message: format!("this is no JSON: {error}"),
        },
    })
}

/// The length that a header announces, or what is wrong with it.
fn length(stream: &mut impl BufRead) -> Option<Result<u64, String>> {
    let mut length = None;
    loop {
        let mut line = Vec::new();
        // A header is a line of a few words; what is longer is none, and is read in pieces.
        if stream.take(4096).read_until(b'\n', &mut line).ok()? == 0 {
            return None;
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end_matches(['\r', '\n']);
        if line.is_empty() {
            return Some(length.ok_or_else(|| "a message needs a `Content-Length`".to_owned()));
        }
        let Some((name, value)) = line.split_once(':') else {
            return Some(Err(format!("`{line}` is no line of a header")));
        };
        if name.trim().eq_ignore_ascii_case("content-length") {
            match value.trim().parse() {
                Ok(number) => length = Some(number),
                Err(_) => return Some(Err(format!("`{}` is no length", value.trim()))),
            }
        }
    }
}

fn understood(mut value: Value) -> Incoming {
    let id = value.get("id").filter(|id| id.is_string() || id.is_number()).cloned();
    let params = value.get_mut("params").map(Value::take).unwrap_or_default();
    match (value.get("method"), id) {
        (Some(Value::String(method)), Some(id)) => Incoming::Request { id, method: method.clone(), params },
        (Some(Value::String(method)), None) if value.get("id").is_none_or(Value::is_null) => {
            Incoming::Notification { method: method.clone(), params }
        }
        (None, Some(_)) if value.get("result").is_some() || value.get("error").is_some() => Incoming::Answer,
        (_, id) => Incoming::Fault {
            id: id.unwrap_or_default(),
            code: code::NO_REQUEST,
            message: "this is no request: it needs a `method`, and an `id` that is a number or text"
                .to_owned(),
        },
    }
}

/// Sends a message. A reader that has gone away is noticed at the end of its own stream.
pub(super) fn write(stream: &mut impl Write, mut message: Value) {
    message["jsonrpc"] = json!("2.0");
    let text = message.to_string();
    let _ = write!(stream, "Content-Length: {}\r\n\r\n{text}", text.len());
    let _ = stream.flush();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(mut bytes: &[u8]) -> Vec<Incoming> {
        std::iter::from_fn(|| read(&mut bytes)).collect()
    }

    #[test]
    fn what_is_no_message_ends_nothing() {
        let good = "Content-Length: 19\r\n\r\n{\"method\":\"exit\",}\n";
        let text = format!(
            "Content-Length: x\r\n{good}Content-Length: 17\r\nOther: y\r\n\r\n{{\"method\":\"exit\"}}"
        );
        let found = all(text.as_bytes());
        assert!(matches!(&found[0], Incoming::Fault { message, .. } if message == "`x` is no length"));
        assert!(matches!(&found[1], Incoming::Fault { code: code::NOT_JSON, .. }), "{found:?}");
        assert_eq!(found[2], Incoming::Notification { method: "exit".to_owned(), params: Value::Null });
        let large = all(b"Content-Length: 99999999999999\r\n\r\n{}");
        assert!(matches!(large.as_slice(), [Incoming::Fault { code: code::NO_REQUEST, .. }]), "{large:?}");
        assert!(all(b"Content-Length: 900\r\n\r\n{}").is_empty());
        assert!(all(&[0xff; 9]).iter().all(|one| matches!(one, Incoming::Fault { .. })));
    }

    #[test]
    fn messages_are_told_apart() {
        let told = |text: &str| understood(serde_json::from_str(text).expect("JSON"));
        assert!(matches!(told(r#"{"id":1,"method":"x"}"#), Incoming::Request { .. }));
        assert!(matches!(told(r#"{"id":"a","method":"x","params":[1]}"#), Incoming::Request { .. }));
        assert!(matches!(told(r#"{"id":1,"result":null}"#), Incoming::Answer));
        for wrong in [r#"{"id":{},"method":"x"}"#, "[]", "3", r#"{"id":1}"#, r#"{"method":3}"#] {
            assert!(matches!(told(wrong), Incoming::Fault { .. }), "{wrong}");
        }
    }
}
