//! Answers editors by the Language Server Protocol: mistakes beside the lines, times behind them, names to choose.
//!
//! What comes in are messages and the texts that an editor holds, saved or not; what goes out are answers, with the
//! same words as in the terminal. One file a capability. Promised: no message ends the program but `exit` and the
//! end of the stream, and a wrong one gets an error that says what is wrong.

mod actions;
mod beside;
mod choices;
mod client;
mod completion;
mod diagnostics;
mod documents;
mod editor;
mod formatting;
mod hover;
mod inlay_hints;
mod keys;
mod meant;
mod names;
mod position;
mod project;
mod protocol;
mod reach;
mod recent;
mod references;
mod rename;
mod requests;
mod roots;
mod session;
mod shown;
mod spot;
mod symbols;
mod uri;
mod wire;
mod workspace;

use std::io::{BufRead, Write};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use serde_json::json;

use editor::LOOK;
use session::{Session, Then};
use wire::Incoming;

/// How an editor has taken its leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goodbye {
    /// As agreed: `shutdown`, then `exit`.
    Said,
    /// It is gone.
    Missing,
}

/// After so many messages mistakes are shown even if more have come.
const MOST_WAITING: usize = 20;

/// When nothing has come in for so long, nobody is typing.
const PAUSE: Duration = Duration::from_millis(10);

/// Answers until the editor says goodbye. `editor` is the number of its process, where that is known beforehand.
pub fn serve(
    mut input: impl BufRead + Send + 'static,
    mut output: impl Write,
    editor: Option<u32>,
) -> Goodbye {
    let (sender, messages) = channel();
    std::thread::spawn(move || {
        while let Some(message) = wire::read(&mut input) {
            if sender.send(message).is_err() {
                return;
            }
        }
    });
    let mut session = Session::new(editor);
    let mut waiting = 0;
    loop {
        let is_due = session.has_news() && waiting >= MOST_WAITING;
        let next = match (session.has_news(), session.is_tidy()) {
            _ if is_due => Err(RecvTimeoutError::Timeout),
            (true, _) => messages.recv_timeout(session.quiet()),
            (false, false) => messages.recv_timeout(PAUSE),
            (false, true) if session.editor.is_known() => messages.recv_timeout(LOOK),
            (false, true) => messages.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        match next {
            Ok(message) => {
                waiting += 1;
                match answer(&mut session, message) {
                    Then::Reply(reply) => wire::write(&mut output, reply),
                    Then::Nothing => {}
                    Then::End(goodbye) => return goodbye,
                }
            }
            Err(RecvTimeoutError::Timeout) if !session.has_news() => {
                if session.editor.is_gone() {
                    return Goodbye::Missing;
                }
                session.tidy();
            }
            Err(RecvTimeoutError::Timeout) => {
                waiting = 0;
                for news in session.news() {
                    wire::write(&mut output, news);
                }
            }
            Err(RecvTimeoutError::Disconnected) => return Goodbye::Missing,
        }
    }
}

/// The time, to know how long something takes.
#[expect(clippy::disallowed_methods, reason = "how long a plan takes says when to compile it")]
fn clock() -> Instant {
    Instant::now()
}

fn answer(session: &mut Session, message: Incoming) -> Then {
    match message {
        Incoming::Request { id, method, params } => {
            let reply = match session.request(&method, params) {
                Ok(result) => json!({ "id": id, "result": result }),
                Err(fault) => json!({ "id": id, "error": { "code": fault.code, "message": fault.message } }),
            };
            Then::Reply(reply)
        }
        Incoming::Notification { method, params } => session.notification(&method, params),
        Incoming::Answer => Then::Nothing,
        Incoming::Fault { id, code, message } => {
            Then::Reply(json!({ "id": id, "error": { "code": code, "message": message } }))
        }
    }
}
