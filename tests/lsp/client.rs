//! A client that is written down: sends messages to `tminus lsp` and reads what comes back.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::{Value, json};

/// Nothing takes longer; whoever waits for so long waits for what never comes.
const LONGEST: Duration = Duration::from_secs(60);

/// A running server.
pub struct Client {
    child: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
    /// What came while something else was waited for.
    kept: VecDeque<Value>,
    next: i64,
}

impl Client {
    /// Starts a server, and says nothing yet.
    pub fn start() -> Self {
        Self::start_with(&[])
    }

    /// The same with more arguments.
    pub fn start_with(arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_tminus"))
            .arg("lsp")
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let input = child.stdin.take();
        let mut output = BufReader::new(child.stdout.take().expect("a stream"));
        let (sender, messages) = channel();
        std::thread::spawn(move || {
            while let Some(message) = read(&mut output) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        Self { child, input, messages, kept: VecDeque::new(), next: 1 }
    }

    /// The number of its process.
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// Starts a server for a folder, with these encodings on offer, for an editor that shows all there is.
    pub fn in_folder(folder: &Path, encodings: &[&str]) -> (Self, Value) {
        Self::able_to(
            folder,
            json!({
                "general": { "positionEncodings": encodings },
                "textDocument": {
                    "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
                    "hover": { "contentFormat": ["markdown", "plaintext"] },
                    "publishDiagnostics": { "relatedInformation": true },
                    "rename": { "prepareSupport": true },
                },
            }),
        )
    }

    /// The same for an editor with these capabilities.
    pub fn able_to(folder: &Path, capabilities: Value) -> (Self, Value) {
        let mut client = Self::start();
        let asked = json!({ "processId": null, "rootUri": uri(folder), "capabilities": capabilities });
        let answer = client.ask("initialize", asked);
        client.tell("initialized", json!({}));
        (client, answer)
    }

    /// Answers a request of the server.
    pub fn reply(&mut self, id: &Value, result: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "result": result }));
    }

    /// Sends bytes as they are.
    pub fn send_bytes(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().expect("the stream is open");
        input.write_all(bytes).and_then(|()| input.flush()).expect("the server reads");
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        self.send_bytes(format!("Content-Length: {}\r\n\r\n{text}", text.len()).as_bytes());
    }

    /// A notification.
    pub fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// A request; all of its answer.
    pub fn answer(&mut self, method: &str, params: Value) -> Value {
        let id = self.next;
        self.next += 1;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        self.wait(|message| message["id"] == id && message.get("method").is_none())
    }

    /// A request that is answered well; its result.
    pub fn ask(&mut self, method: &str, params: Value) -> Value {
        let answer = self.answer(method, params);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// The next message of a kind.
    pub fn wait(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        if let Some(place) = self.kept.iter().position(&wanted) {
            return self.kept.remove(place).expect("it was found");
        }
        loop {
            let message = self.messages.recv_timeout(LONGEST).expect("the server answers");
            if wanted(&message) {
                return message;
            }
            self.kept.push_back(message);
        }
    }

    /// The next mistakes that are shown beside a file.
    pub fn diagnostics(&mut self, uri: &str) -> Vec<Value> {
        let shown = self.wait(|message| {
            message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == uri
        });
        shown["params"]["diagnostics"].as_array().cloned().expect("a list")
    }

    /// Waits until these rules, and no others, are shown beside a file. What was shown there before is over.
    pub fn shows(&mut self, uri: &str, rules: &[&str]) -> Vec<Value> {
        let is_about = |message: &Value| {
            message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == uri
        };
        loop {
            let shown = self.wait(is_about);
            let list = shown["params"]["diagnostics"].as_array().expect("a list");
            if list.iter().map(|one| &one["code"]).eq(rules.iter()) {
                return list.clone();
            }
        }
    }

    /// Opens a text.
    pub fn open(&mut self, uri: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": "markdown", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Makes one change.
    pub fn change(&mut self, uri: &str, from: (u32, u32), to: (u32, u32), text: &str) {
        let range = range(from, to);
        self.tell(
            "textDocument/didChange",
            json!({
                "textDocument": { "uri": uri, "version": 2 },
                "contentChanges": [{ "range": range, "text": text }],
            }),
        );
    }

    /// A request about a place.
    pub fn at(&mut self, method: &str, uri: &str, line: u32, character: u32) -> Value {
        let position = json!({ "line": line, "character": character });
        self.ask(method, json!({ "textDocument": { "uri": uri }, "position": position }))
    }

    /// The labels that may stand at a place.
    pub fn labels(&mut self, uri: &str, line: u32, character: u32) -> Vec<String> {
        let list = self.at("textDocument/completion", uri, line, character);
        let items = list["items"].as_array().cloned().unwrap_or_default();
        items.iter().map(|item| item["label"].as_str().expect("a label").to_owned()).collect()
    }

    /// Closes the stream without a word, or after all was said; the exit status and what was said on the error stream.
    pub fn end(mut self) -> (i32, String) {
        drop(self.input.take());
        let status = self.child.wait().expect("the server ends");
        let mut said = String::new();
        let mut stream = self.child.stderr.take().expect("a stream");
        stream.read_to_string(&mut said).expect("the error stream is text");
        (status.code().expect("a status"), said)
    }

    /// Waits until the server ends although the stream stays open; its exit status.
    pub fn wait_for_end(mut self) -> i32 {
        for _ in 0..LONGEST.as_millis() / 20 {
            if let Some(status) = self.child.try_wait().expect("a process") {
                return status.code().expect("a status");
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("the server does not end");
    }

    /// Says goodbye as agreed.
    pub fn goodbye(mut self) {
        self.ask("shutdown", Value::Null);
        self.tell("exit", Value::Null);
        let (status, said) = self.end();
        assert_eq!((status, said.as_str()), (0, ""));
    }
}

/// A range of the protocol.
pub fn range(from: (u32, u32), to: (u32, u32)) -> Value {
    json!({
        "start": { "line": from.0, "character": from.1 },
        "end": { "line": to.0, "character": to.1 },
    })
}

/// The address of a path without special signs.
pub fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}

fn read(stream: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end() {
            "" => break,
            header => length = header.strip_prefix("Content-Length: ")?.parse().ok()?,
        }
    }
    let mut bytes = vec![0; length];
    stream.read_exact(&mut bytes).ok()?;
    serde_json::from_slice(&bytes).ok()
}
