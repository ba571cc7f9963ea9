//! A server on the loopback that answers as a test tells it to, byte for byte, and a stopwatch that does not wait.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use std::cell::{Cell, RefCell};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::budget::Stopwatch;
use super::client::{Client, Rules};
use super::proxy::Proxies;
use crate::tls::Authorities;

/// A client that goes by the usual rules.
pub(crate) fn client() -> Client {
    let rules = Rules {
        offline: None,
        plain: Vec::new(),
        authorities: Authorities::Platform,
        proxies: Proxies::default(),
    };
    Client::new(rules, Rc::new(Jumping::default()))
}

/// A server that has, at each path, a status and a body. `HERE` in a body stands for the server's own address.
pub(crate) fn site(routes: &[(&str, &str, &str)]) -> Server {
    let owned = |(path, status, body): &(&str, &str, &str)| {
        (path.to_string(), status.to_string(), body.to_string())
    };
    let routes: Vec<_> = routes.iter().map(owned).collect();
    Server::new(move |received, stream| {
        let here = format!("http://{}", received.header("host").unwrap());
        let found = routes.iter().find(|(path, ..)| path == received.path());
        let (status, body) = found.map_or(("404 Not Found", ""), |(_, status, body)| {
            (status.as_str(), body.as_str())
        });
        let body = body.replace("HERE", &here);
        write(stream, status, "", &body);
    })
}

/// A stopwatch whose pauses take no time, and count all the same.
pub(crate) struct Jumping {
    /// None: what a server takes does not count.
    began: Option<Instant>,
    skipped: Cell<Duration>,
    pub(crate) pauses: RefCell<Vec<Duration>>,
}

impl Default for Jumping {
    #[expect(clippy::disallowed_methods, reason = "what a server takes is real")]
    fn default() -> Self {
        Self {
            began: Some(Instant::now()),
            skipped: Cell::default(),
            pauses: RefCell::default(),
        }
    }
}

impl Jumping {
    /// One that stands but for its pauses, beside a clock that stands: how busy the machine is then changes nothing.
    pub(crate) fn standing() -> Self {
        Self {
            began: None,
            skipped: Cell::default(),
            pauses: RefCell::default(),
        }
    }
}

impl Stopwatch for Jumping {
    #[expect(clippy::disallowed_methods, reason = "what a server takes is real")]
    fn elapsed(&self) -> Duration {
        let since = self.began.map(|began| began.elapsed());
        since.unwrap_or_default() + self.skipped.get()
    }
    fn pause(&self, time: Duration) {
        self.skipped.set(self.skipped.get() + time);
        self.pauses.borrow_mut().push(time);
    }
}

/// A request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Received {
    /// `GET /path HTTP/1.1` and the header fields.
    pub(crate) head: String,
    pub(crate) body: String,
    /// How many came before it.
    pub(crate) before: usize,
}

impl Received {
    /// The value of a header field.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut fields = self.head.lines().skip(1);
        fields.find_map(|line| {
            let (field, value) = line.split_once(':')?;
            field.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
    /// What stands behind the method.
    pub(crate) fn path(&self) -> &str {
        self.head.split(' ').nth(1).unwrap_or_default()
    }
}

/// A server, until it is dropped.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    seen: Arc<Mutex<Vec<Received>>>,
    stopped: Arc<AtomicBool>,
}

impl Server {
    /// Answers each request with what the function writes. Nothing is added to it; each connection takes one request.
    pub(crate) fn new(answer: impl Fn(&Received, &mut TcpStream) + Send + Sync + 'static) -> Self {
        Self::over(|stream| stream, answer)
    }
    /// By TLS: a status and a body.
    pub(crate) fn encrypted(
        answer: impl Fn(&Received) -> (&'static str, String) + Send + Sync + 'static,
    ) -> Self {
        Self::over(crate::tls::testing::encrypted(), move |received, stream| {
            let (status, body) = answer(received);
            write(stream, status, "", &body);
        })
    }
    /// As `new`, over what is made of a connection.
    fn over<S: Read + Write>(
        open: impl Fn(TcpStream) -> S + Send + Sync + 'static,
        answer: impl Fn(&Received, &mut S) + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let stopped = Arc::new(AtomicBool::new(false));
        let (log, stop) = (Arc::clone(&seen), Arc::clone(&stopped));
        let both = Arc::new((open, answer));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                if stop.load(Ordering::Relaxed) {
                    return;
                }
                let (log, both) = (Arc::clone(&log), Arc::clone(&both));
                let stream = stream.unwrap();
                std::thread::spawn(move || {
                    let (open, answer) = &*both;
                    let mut stream = open(stream);
                    if let Some(received) = receive(&mut stream, &log) {
                        answer(&received, &mut stream);
                    }
                });
            }
        });
        Self {
            address,
            seen,
            stopped,
        }
    }
    /// Answers with a status line, header fields and a body.
    pub(crate) fn of(
        answer: impl Fn(&Received) -> (&'static str, String, String) + Send + Sync + 'static,
    ) -> Self {
        Self::new(move |received, stream| {
            let (status, fields, body) = answer(received);
            write(stream, status, &fields, &body);
        })
    }
    /// An address on it.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }
    /// The requests so far.
    pub(crate) fn seen(&self) -> Vec<Received> {
        self.seen.lock().unwrap().clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::Relaxed);
        _ = TcpStream::connect(self.address);
    }
}

/// Writes a status line, header fields and a body.
fn write(stream: &mut impl Write, status: &str, fields: &str, body: &str) {
    let length = body.len();
    let text = format!("HTTP/1.1 {status}\r\n{fields}Content-Length: {length}\r\n\r\n{body}");
    _ = stream.write_all(text.as_bytes());
    _ = stream.flush();
}

fn receive(stream: &mut impl Read, log: &Mutex<Vec<Received>>) -> Option<Received> {
    let mut bytes = Vec::new();
    let end = loop {
        let found = bytes.windows(4).position(|four| four == b"\r\n\r\n");
        if let Some(at) = found {
            break at;
        }
        more(stream, &mut bytes)?;
    };
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut received = Received {
        head,
        body: String::new(),
        before: 0,
    };
    let length = received.header("content-length").unwrap_or("0");
    let length: usize = length.parse().unwrap();
    while bytes.len() < end + 4 + length {
        more(stream, &mut bytes)?;
    }
    received.body = String::from_utf8_lossy(&bytes[end + 4..]).into_owned();
    let mut log = log.lock().unwrap();
    received.before = log.len();
    log.push(received.clone());
    Some(received)
}

fn more(stream: &mut impl Read, bytes: &mut Vec<u8>) -> Option<()> {
    let mut piece = [0; 4096];
    let count = stream.read(&mut piece).ok()?;
    bytes.extend_from_slice(&piece[..count]);
    (count > 0).then_some(())
}
