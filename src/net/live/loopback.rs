//! What a person allows in a browser: the authorization code with PKCE, awaited on this machine (RFC 6749 §4.1, RFC 7636, RFC 8252, RFC 9207).
use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::error::{LiveError, Need, Operation};
use super::form::{self, Form};
use super::grant::Loopback;
use super::link::Live;
use super::oauth::FormRequest;
use super::server::{OAuth, OFFLINE_ACCESS};
use super::tokens::Tokens;
use super::words;
use crate::core::secret::sha256;
use crate::net::address::{Address, LOCALHOST, is_localhost};
use crate::net::budget::{Budget, Stopwatch};

/// The one path that is answered.
const PATH: &str = "/callback";
/// How often is looked for something new.
const PAUSE: Duration = Duration::from_millis(20);
/// The largest request that is read, and how many connections may be open: browsers open some that they do not use.
const LARGEST_HEAD: usize = 16 * 1024;
const MOST_CONNECTIONS: usize = 32;
/// How many ports are tried that the system chooses.
const MOST_PORTS: u32 = 8;

impl Live<'_> {
    /// Asks a person to allow it, and takes the code that comes back.
    pub(super) fn by_code(
        &mut self,
        oauth: &OAuth,
        asked: &Loopback<'_>,
    ) -> Result<Tokens, LiveError> {
        let endpoint = oauth.authorization.as_ref().ok_or_else(|| {
            LiveError::Unsupported(
                "the server's metadata name no authorization_endpoint".to_owned(),
            )
        })?;
        let client = self.server.client_id.clone();
        let client = client.ok_or(LiveError::Missing(Need::ClientId))?;
        let (listeners, redirect) = listening(asked)?;
        let (verifier, state) = (self.random(), self.random());
        let mut query = Form::default();
        for (name, value) in [
            ("response_type", "code"),
            ("client_id", &*client),
            ("redirect_uri", &redirect),
            ("state", &state),
            (
                "code_challenge",
                &URL_SAFE_NO_PAD.encode(sha256(verifier.as_bytes())),
            ),
            ("code_challenge_method", "S256"),
        ] {
            query.add(name, value);
        }
        let scope = self.server.lasting_scope();
        let lasts = scope
            .iter()
            .any(|scope| scope.split(' ').any(|one| one == OFFLINE_ACCESS));
        self.scoped(&mut query, scope);
        if lasts {
            // OpenID Connect Core §11: without a consent it is passed over.
            query.add("prompt", "consent");
        }
        self.with_body(&mut query);
        (asked.open)(&with_query(endpoint, &query));
        let (mut browser, answer) = self.callback(&listeners, asked.wait)?;
        drop(listeners);
        let got = code(&answer, &state, oauth)
            .and_then(|code| self.exchange(oauth, &code, &verifier, &redirect));
        let said = got.as_ref().map(|_| ()).map_err(ToString::to_string);
        show(&mut browser, &said);
        got
    }

    fn exchange(
        &mut self,
        oauth: &OAuth,
        code: &str,
        verifier: &str,
        redirect: &str,
    ) -> Result<Tokens, LiveError> {
        let mut form = Form::default();
        form.add("grant_type", "authorization_code");
        form.hide("code", code);
        form.add("redirect_uri", redirect);
        form.hide("code_verifier", verifier);
        self.scoped(&mut form, None);
        // What the person took is not the exchange's.
        self.budget = Budget::new(self.budget.whole());
        let asking = FormRequest {
            operation: Operation::Login,
            endpoint: &oauth.token,
            repeat_unavailable: false,
        };
        self.granted(oauth, &asking, form)
    }

    /// 256 bits, in the characters of a code verifier (RFC 7636 §4.1).
    fn random(&mut self) -> String {
        let mut bytes = [0; 32];
        self.entropy.fill(&mut bytes);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The browser that comes back, and the query with which it does.
    fn callback(
        &self,
        listeners: &[TcpListener],
        wait: Duration,
    ) -> Result<(TcpStream, String), LiveError> {
        let stopwatch: &dyn Stopwatch = self.client.stopwatch();
        let began = stopwatch.elapsed();
        let mut open: Vec<Connection> = Vec::new();
        while stopwatch.elapsed().saturating_sub(began) < wait {
            while let Some((stream, _)) = listeners.iter().find_map(|one| one.accept().ok()) {
                if open.len() < MOST_CONNECTIONS && stream.set_nonblocking(true).is_ok() {
                    open.push(Connection {
                        stream,
                        head: Vec::new(),
                    });
                }
            }
            let mut at = 0;
            while at < open.len() {
                match open[at].read() {
                    Progress::Waiting => at += 1,
                    Progress::Over => drop(open.remove(at)),
                    Progress::Request(line) => {
                        let mut stream = open.remove(at).stream;
                        match query_of(&line) {
                            Ok(query) => return Ok((stream, query)),
                            Err(status) => answer(&mut stream, status, "Nothing is here."),
                        }
                    }
                }
            }
            stopwatch.pause(PAUSE);
        }
        Err(LiveError::NotAllowed(format!(
            "no browser came back within {} s",
            wait.as_secs()
        )))
    }
}

/// The listeners, and the address to which the browser is sent back. `localhost` may lead a browser to either of its addresses: each is listened on, at one port, so
/// that no other program gets the code.
fn listening(asked: &Loopback<'_>) -> Result<(Vec<TcpListener>, String), LiveError> {
    let mut tries = if asked.port.is_some() { 1 } else { MOST_PORTS };
    let listeners = loop {
        tries -= 1;
        match listeners(asked) {
            // The system chose a port that is free at one address, and taken at the other.
            Err((_, error)) if error.kind() == ErrorKind::AddrInUse && tries > 0 => {}
            listeners => break listeners,
        }
    };
    let listeners = listeners.map_err(|(address, error)| LiveError::Listener {
        address: address.to_string(),
        why: error.to_string(),
    })?;
    let port = listeners.first().and_then(|one| one.local_addr().ok());
    let port = port.map_or(0, |address| address.port());
    Ok((listeners, format!("http://{}:{port}{PATH}", asked.host)))
}

fn listeners(asked: &Loopback<'_>) -> Result<Vec<TcpListener>, (SocketAddr, std::io::Error)> {
    let mut port = asked.port.unwrap_or(0);
    let mut listeners = Vec::new();
    let wanted = if is_localhost(asked.host) {
        LOCALHOST.len()
    } else {
        1
    };
    for ip in LOCALHOST.into_iter().take(wanted) {
        let address = SocketAddr::new(ip, port);
        let failed = |error| (address, error);
        let listener = match TcpListener::bind(address) {
            // This machine has no IPv6, so that no browser goes there.
            Err(error) if !listeners.is_empty() && error.kind() != ErrorKind::AddrInUse => break,
            listener => listener.map_err(failed)?,
        };
        listener.set_nonblocking(true).map_err(failed)?;
        port = listener.local_addr().map_err(failed)?.port();
        listeners.push(listener);
    }
    Ok(listeners)
}

fn with_query(endpoint: &Address, query: &Form) -> String {
    let address = endpoint.as_sent();
    let between = match endpoint.query() {
        None => "?",
        Some("") => "",
        Some(_) => "&",
    };
    format!("{address}{between}{}", query.as_str())
}

/// A connection of which the head is not read yet.
struct Connection {
    stream: TcpStream,
    head: Vec<u8>,
}

enum Progress {
    Waiting,
    /// It ended, or is too large.
    Over,
    /// The first line of a whole head.
    Request(String),
}

impl Connection {
    fn read(&mut self) -> Progress {
        let mut piece = [0; 2048];
        loop {
            match self.stream.read(&mut piece) {
                Ok(0) => return Progress::Over,
                Ok(count) => self.head.extend_from_slice(&piece[..count]),
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Progress::Waiting,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(_) => return Progress::Over,
            }
            if self.head.windows(4).any(|four| four == b"\r\n\r\n") {
                let head = String::from_utf8_lossy(&self.head);
                let line = head.lines().next().unwrap_or_default();
                return Progress::Request(line.to_owned());
            }
            if self.head.len() > LARGEST_HEAD {
                return Progress::Over;
            }
        }
    }
}

/// The query of the one request that is taken, or the status of the answer to any other.
fn query_of(line: &str) -> Result<String, &'static str> {
    let mut words = line.split(' ');
    let (method, target) = (
        words.next().unwrap_or_default(),
        words.next().unwrap_or_default(),
    );
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    match (path, method) {
        (PATH, "GET") => Ok(query.to_owned()),
        (PATH, _) => Err("405 Method Not Allowed"),
        _ => Err("404 Not Found"),
    }
}

/// The code in the query of a callback, if it answers what was asked.
fn code(query: &str, state: &str, oauth: &OAuth) -> Result<String, LiveError> {
    let refused = |why: &str| LiveError::NotAllowed(format!("the browser's answer {why}"));
    let read = form::read(query).ok_or_else(|| refused("is not UTF-8"))?;
    let one = |name: &str| {
        let mut found = read
            .iter()
            .filter(|(one, _)| one == name)
            .map(|(_, value)| value.as_str());
        match (found.next(), found.next()) {
            (_, Some(_)) => Err(refused("has a parameter twice")),
            (found, None) => Ok(found),
        }
    };
    if one("state")? != Some(state) {
        return Err(refused(
            "is to another question: its state is not the one that was sent",
        ));
    }
    match (one("iss")?, &oauth.issuer) {
        (Some(iss), Some(issuer)) if iss != issuer => {
            return Err(refused(
                "is another server's: its iss is not the issuer (RFC 9207)",
            ));
        }
        (None, Some(_)) if oauth.names_issuer => {
            return Err(refused("names no issuer, as this server does (RFC 9207)"));
        }
        _ => {}
    }
    if let Some(error) = one("error")? {
        let said = one("error_description")?.unwrap_or_default();
        let said = words::shown(&format!("{error} {said}"), &[]).unwrap_or_default();
        return Err(LiveError::NotAllowed(format!(
            "the server did not allow it: {said}"
        )));
    }
    one("code")?
        .filter(|code| !code.is_empty())
        .map(str::to_owned)
        .ok_or_else(|| refused("has neither a code nor an error"))
}

/// Shows in the browser how it went.
fn show(browser: &mut TcpStream, said: &Result<(), String>) {
    match said {
        Ok(()) => answer(
            browser,
            "200 OK",
            "You are logged in: go back to the terminal.",
        ),
        Err(why) => answer(
            browser,
            "400 Bad Request",
            &format!("That did not work: {why}"),
        ),
    }
}

/// Answers with a page that holds a sentence and nothing that a browser would load or run.
fn answer(stream: &mut TcpStream, status: &str, sentence: &str) {
    let escaped = |one: char| match one {
        '&' => "&amp;".to_owned(),
        '<' => "&lt;".to_owned(),
        '>' => "&gt;".to_owned(),
        '"' => "&quot;".to_owned(),
        '\'' => "&#39;".to_owned(),
        one => one.to_string(),
    };
    let sentence: String = sentence.chars().map(escaped).collect();
    let page =
        format!("<!doctype html><meta charset=\"utf-8\"><title>jwtsess</title><p>{sentence}</p>\n");
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\nContent-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\nX-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n",
        page.len()
    );
    // A browser that has gone away misses a sentence, nothing more.
    _ = stream.set_nonblocking(false);
    _ = stream.set_write_timeout(Some(Duration::from_secs(2)));
    _ = stream
        .write_all(head.as_bytes())
        .and_then(|()| stream.write_all(page.as_bytes()));
}
