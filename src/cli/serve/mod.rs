//! Pages are shown to browsers on this machine while somebody works on the plan.
//!
//! A connection gets a thread and one answer. Promised: there are never more than so many, none of them
//! lasts longer than it may but those that wait for changes, and whatever they send, nobody waits for them.
#![expect(clippy::disallowed_methods, reason = "how long an answer takes is known here alone")]

mod address;
mod answer;
mod request;
mod site;

use std::io::{ErrorKind, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

pub use address::ServeAddress;
use answer::{Answer, answer};
use request::NoRequest;
pub use site::Site;

/// Where pages are shown when no address is named, if nobody else is there.
const USUAL_PORT: u16 = 8420;
/// So many connections there are at most, …
const MOST: usize = 64;
/// … and so many of them may wait for changes.
const MOST_WAITING: usize = 48;
/// How long an answer may take to be read by the other side.
const TIME: Duration = Duration::from_secs(30);
/// How often it is looked whether those who wait are still there.
const STILL: Duration = Duration::from_secs(3);

/// What every answer says besides: nothing is kept, no other site may show a page in a frame or read it, and
/// nothing is guessed.
const FIELDS: &str = "Connection: close\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n\
                      Referrer-Policy: no-referrer\r\nCross-Origin-Resource-Policy: same-origin\r\n\
                      Content-Security-Policy: frame-ancestors 'none'\r\n";

/// A place at which browsers can ask.
pub struct Server {
    listener: TcpListener,
}

impl Server {
    /// Takes the address that was named, or the usual one, or where that is taken a free one.
    ///
    /// # Errors
    /// When the system refuses; with the address that was tried.
    pub fn bind(address: ServeAddress) -> Result<Self, (SocketAddr, std::io::Error)> {
        let usual = SocketAddr::from((Ipv4Addr::LOCALHOST, USUAL_PORT));
        let bind = |address| TcpListener::bind(address).map_err(|error| (address, error));
        let listener = match address {
            ServeAddress::At(address) => bind(address)?,
            ServeAddress::Usual => {
                bind(usual).or_else(|_| bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))))?
            }
        };
        Ok(Self { listener })
    }

    /// Where it is.
    pub fn address(&self) -> Option<SocketAddr> {
        self.listener.local_addr().ok()
    }

    /// Answers from now on, in the background, for as long as the program runs.
    pub fn start(self, site: Arc<Site>) {
        std::thread::spawn(move || {
            let (all, waiting) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
            for stream in self.listener.incoming() {
                match stream {
                    Ok(stream) => welcome(stream, &site, &all, &waiting),
                    // Without a pause a system that has no room for another one is asked over and over.
                    Err(error) if error.kind() != ErrorKind::ConnectionAborted => {
                        std::thread::sleep(Duration::from_millis(50));
                    }
                    Err(_) => {}
                }
            }
        });
    }
}

/// A place among so many, given back when it is dropped.
struct Seat(Arc<AtomicUsize>);

impl Seat {
    fn take(taken: &Arc<AtomicUsize>, most: usize) -> Option<Self> {
        let before = taken.fetch_add(1, Ordering::Relaxed);
        let seat = Self(Arc::clone(taken));
        (before < most).then_some(seat)
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

fn welcome(mut stream: TcpStream, site: &Arc<Site>, all: &Arc<AtomicUsize>, waiting: &Arc<AtomicUsize>) {
    let Some(seat) = Seat::take(all, MOST) else {
        let _ = stream.set_nonblocking(true);
        let _ = stream
            .write_all(b"HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        return;
    };
    let (site, waiting) = (Arc::clone(site), Arc::clone(waiting));
    let thread = std::thread::Builder::new().stack_size(256 * 1024);
    // A system without room for a thread drops the connection.
    let _ = thread.spawn(move || {
        let _seat = seat;
        let _ = stream.set_nodelay(true);
        converse(&mut stream, &site, &waiting);
        part(&stream);
    });
}

/// One request, one answer.
fn converse(stream: &mut TcpStream, site: &Site, waiting: &Arc<AtomicUsize>) {
    let (method, answer) = match request::read(stream) {
        Ok(request) => (request.method.clone(), answer(&request, site)),
        Err(NoRequest::Gone) => return,
        Err(NoRequest::Malformed) => (String::new(), Answer::sentence("400 Bad Request", "This is no HTTP.")),
        Err(NoRequest::TooLong) => {
            let sentence = "The head of this request is too long.";
            (String::new(), Answer::sentence("431 Request Header Fields Too Large", sentence))
        }
    };
    let answer = match answer {
        Answer::Changes(..) if method == "HEAD" => Answer::sentence("200 OK", ""),
        Answer::Changes(page, version) => match Seat::take(waiting, MOST_WAITING) {
            Some(_seat) => return tell_changes(stream, site, &page, version),
            None => Answer::sentence("503 Service Unavailable", "Too many pages wait for changes."),
        },
        whole => whole,
    };
    if let Answer::Whole { status, media, fields, body } = answer {
        let mut head =
            format!("HTTP/1.1 {status}\r\nContent-Type: {media}\r\nContent-Length: {}\r\n", body.len());
        fields.iter().for_each(|field| head.push_str(&format!("{field}\r\n")));
        let head = format!("{head}{FIELDS}\r\n");
        let body: &[u8] = if method == "HEAD" { &[] } else { &body };
        let _ = write(stream, &[head.as_bytes(), body].concat());
    }
}

/// Server-sent events: one, when the page has another version.
fn tell_changes(stream: &mut TcpStream, site: &Site, page: &str, version: u64) {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n{FIELDS}\r\nretry: 500\n\n");
    let mut there = write(stream, head.as_bytes()).is_ok();
    while there {
        if site.wait(page, version, STILL) {
            let _ = write(stream, b"data: changed\n\n");
            return;
        }
        there = is_there(stream);
    }
}

/// Whether the other side has not hung up.
fn is_there(stream: &TcpStream) -> bool {
    let peeked = stream.set_nonblocking(true).and_then(|()| stream.peek(&mut [0]));
    let back = stream.set_nonblocking(false).is_ok();
    back && match peeked {
        Ok(read) => read > 0,
        Err(error) => error.kind() == ErrorKind::WouldBlock,
    }
}

/// Writes all of it, or gives up when it takes too long.
fn write(stream: &mut TcpStream, bytes: &[u8]) -> std::io::Result<()> {
    let began = Instant::now();
    let mut rest = bytes;
    while !rest.is_empty() {
        let left = TIME.checked_sub(began.elapsed()).filter(|left| !left.is_zero());
        stream.set_write_timeout(Some(left.ok_or(ErrorKind::TimedOut)?))?;
        match stream.write(rest) {
            Ok(0) => return Err(ErrorKind::WriteZero.into()),
            Ok(written) => rest = &rest[written..],
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Hangs up so that the answer arrives: what was sent and not read would otherwise break it off.
fn part(mut stream: &TcpStream) {
    let _ = stream.shutdown(Shutdown::Write);
    let _ = stream.set_read_timeout(Some(Duration::from_millis(200)));
    let mut bytes = [0; 4096];
    for _ in 0..16 {
        match stream.read(&mut bytes) {
            Ok(0) | Err(_) => return,
            Ok(_) => {}
        }
    }
}
