//! A running `tminus watch`, and a browser that is written down: lines are waited for, never moments.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

/// Nothing takes longer; whoever waits for so long waits for what never comes.
const LONGEST: Duration = Duration::from_secs(60);

/// The program, and what it says on both streams.
pub struct Running {
    child: Child,
    lines: Receiver<String>,
    /// Every line that was taken so far.
    pub said: Vec<String>,
}

impl Running {
    /// Starts to watch in a folder, and waits until it does.
    pub fn start(folder: &Path, arguments: &[&str]) -> Self {
        let mut command = super::command::prepared(folder, &[&["watch"], arguments].concat());
        let mut child =
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
        let (sender, lines) = channel();
        read(child.stdout.take().expect("a stream"), sender.clone());
        read(child.stderr.take().expect("a stream"), sender);
        let mut running = Self { child, lines, said: Vec::new() };
        running.wait_for("Ctrl-C ends");
        running
    }

    /// Waits for a line with these words in it.
    pub fn wait_for(&mut self, words: &str) -> String {
        let began = Instant::now();
        while let Some(left) = LONGEST.checked_sub(began.elapsed()) {
            let Ok(line) = self.lines.recv_timeout(left) else { break };
            assert!(!line.contains("panicked"), "{line}");
            self.said.push(line.clone());
            if line.contains(words) {
                return line;
            }
        }
        panic!("`{words}` was never said, but:\n{}", self.said.join("\n"));
    }

    /// Waits for a line with these words, unless it was said already: the two streams keep no order.
    pub fn hear(&mut self, words: &str) {
        if !self.said.iter().any(|line| line.contains(words)) {
            self.wait_for(words);
        }
    }

    /// The lines since the last one that was waited for, up to one with these words.
    pub fn up_to(&mut self, words: &str) -> Vec<String> {
        let from = self.said.len();
        self.wait_for(words);
        self.said[from..].to_vec()
    }

    /// The address at which pages are shown.
    pub fn address(&mut self) -> String {
        let said = self.said.iter().find(|line| line.contains("http://")).cloned();
        let line = said.unwrap_or_else(|| self.wait_for("http://"));
        let (_, rest) = line.split_once("http://").expect("an address");
        rest.split('/').next().expect("a host").to_owned()
    }

    /// Interrupts it; comes back with the status.
    pub fn interrupt(mut self) -> Option<i32> {
        let number = self.child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &number]).status().expect("kill runs").success());
        let began = Instant::now();
        while began.elapsed() < LONGEST {
            if let Some(status) = self.child.try_wait().expect("its status") {
                return status.code();
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        panic!("it does not end");
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn read(stream: impl Read + Send + 'static, lines: Sender<String>) {
    std::thread::spawn(move || {
        for line in BufReader::new(stream).lines() {
            if line.map(|line| lines.send(line)).is_err() {
                return;
            }
        }
    });
}

/// An answer, head and body.
pub struct Answer {
    pub head: String,
    pub body: String,
}

/// Sends bytes and reads until the other side hangs up.
pub fn send(address: &str, bytes: &[u8]) -> Answer {
    let mut stream = TcpStream::connect(address).expect("a connection");
    stream.set_read_timeout(Some(LONGEST)).expect("a limit");
    let _ = stream.write_all(bytes);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    Answer { head: head.to_owned(), body: body.to_owned() }
}

/// Asks for a path as a browser does.
pub fn get(address: &str, path: &str) -> Answer {
    send(address, format!("GET {path} HTTP/1.1\r\nHost: {address}\r\n\r\n").as_bytes())
}

/// Asks whether a page has changed, and waits until it has.
pub fn wait_for_change(address: &str, path: &str, page: &str) -> std::thread::JoinHandle<String> {
    let version = page.split_once("data-live=\"").expect("a version").1;
    let version = version.split('"').next().expect("a number");
    let ask = format!("/.tminus/changes?page={path}&version={version}");
    let address = address.to_owned();
    std::thread::spawn(move || get(&address, &ask).body)
}
