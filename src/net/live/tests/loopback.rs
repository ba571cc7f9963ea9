//! The code that a browser brings back, and the browsers that bring something else.
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::oauth::{GOOD, fields, oauth_server};
use super::*;
use crate::core::secret::sha256;
use crate::net::live::grant::Loopback;

/// What the person was shown, taken apart.
struct Asked {
    url: String,
    query: BTreeMap<String, String>,
}

impl Asked {
    fn of(url: &str) -> Self {
        let query = url.split_once('?').unwrap().1;
        Self {
            url: url.to_owned(),
            query: form::read(query).unwrap().into_iter().collect(),
        }
    }
    /// The host and port to come back to.
    fn back(&self) -> &str {
        let redirect = &self.query["redirect_uri"];
        redirect
            .strip_prefix("http://")
            .unwrap()
            .strip_suffix("/callback")
            .unwrap()
    }
    fn state(&self) -> &str {
        &self.query["state"]
    }
}

/// A browser that sends something and keeps the connection.
fn sent(to: &str, request: &str) -> TcpStream {
    let mut stream = TcpStream::connect(to.replace("localhost", "127.0.0.1")).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    stream
}

fn get(to: &str, target: &str) -> TcpStream {
    sent(to, &format!("GET {target} HTTP/1.1\r\nHost: {to}\r\n\r\n"))
}

fn page(mut stream: TcpStream) -> String {
    let mut page = String::new();
    stream.read_to_string(&mut page).unwrap();
    page
}

/// Logs in with a code. `browse` is what the browser does once it is opened; returned are the result, the pages that it saw, and what was asked.
fn login(
    asked: &Server,
    browse: impl Fn(&Asked) -> Vec<TcpStream>,
) -> (Result<Tokens, LiveError>, Vec<String>, Asked) {
    login_by(asked, "127.0.0.1", browse)
}

/// The same, sent back to this host.
fn login_by(
    asked: &Server,
    host: &str,
    browse: impl Fn(&Asked) -> Vec<TcpStream>,
) -> (Result<Tokens, LiveError>, Vec<String>, Asked) {
    let (opened, browsers) = (RefCell::new(None), RefCell::new(Vec::new()));
    let open = |url: &str| {
        let asked = Asked::of(url);
        *browsers.borrow_mut() = browse(&asked);
        *opened.borrow_mut() = Some(asked);
    };
    let got = at(0, asked, &profile("oauth"), |live| {
        live.login(&Grant::Code(Loopback {
            host,
            port: None,
            wait: Duration::from_secs(180),
            open: &open,
        }))
    });
    let pages = browsers.take().into_iter().map(page).collect();
    (got, pages, opened.take().unwrap())
}

#[test]
fn a_code_is_exchanged_with_its_verifier() {
    let stage = answering("200 OK", GOOD);
    let mut server = oauth_server(&stage);
    server.scope = Some("read".to_owned());
    if let Some(oauth) = &mut server.oauth {
        oauth.offline_access = true;
        oauth.names_issuer = true;
    }
    let (got, pages, asked) = login(&server, |asked| {
        let target = format!(
            "/callback?code=c%2B1&state={}&iss=https%3A%2F%2Fissuer.example",
            asked.state()
        );
        // A browser opens a connection that it does not use, and asks for its icon.
        let idle = TcpStream::connect(asked.back()).unwrap();
        vec![
            get(asked.back(), "/favicon.ico"),
            get(asked.back(), &target),
            idle,
        ]
    });
    assert_eq!(text(&got.unwrap().access), "opaque");
    assert!(pages[0].starts_with("HTTP/1.1 404 "), "{}", pages[0]);
    assert!(pages[1].starts_with("HTTP/1.1 200 OK"), "{}", pages[1]);
    assert!(pages[1].contains("You are logged in") && pages[1].contains("default-src 'none'"));
    let expected = [
        ("client_id", "ci"),
        ("code_challenge_method", "S256"),
        ("prompt", "consent"),
        ("response_type", "code"),
        ("scope", "read offline_access"),
        ("tenant", "a"),
    ];
    for (name, value) in expected {
        assert_eq!(asked.query[name], value, "{name}");
    }
    assert!(
        asked
            .url
            .starts_with(&stage.url("/authorize?tenant=a&response_type=code"))
    );

    let [received] = &stage.seen()[..] else {
        panic!("one request");
    };
    let sent = fields(received);
    assert_eq!(sent["grant_type"], "authorization_code");
    assert_eq!((&*sent["code"], &*sent["client_id"]), ("c+1", "ci"));
    assert_eq!(sent["redirect_uri"], asked.query["redirect_uri"]);
    let challenge = URL_SAFE_NO_PAD.encode(sha256(sent["code_verifier"].as_bytes()));
    assert_eq!(challenge, asked.query["code_challenge"]);
    assert_eq!(sent["code_verifier"].len(), 43);
}

#[test]
fn localhost_is_awaited_wherever_a_browser_looks_for_it() {
    let has_ipv6 = std::net::TcpListener::bind("[::1]:0").is_ok();
    for ip in ["127.0.0.1", "[::1]"] {
        if ip == "[::1]" && !has_ipv6 {
            continue;
        }
        let stage = answering("200 OK", GOOD);
        let (got, pages, asked) = login_by(&oauth_server(&stage), "localhost", |asked| {
            let to = asked.back().replace("localhost", ip);
            let target = format!("/callback?code=c&state={}", asked.state());
            vec![get(&to, &target)]
        });
        assert_eq!(text(&got.unwrap().access), "opaque", "{ip}");
        assert!(pages[0].starts_with("HTTP/1.1 200 OK"), "{}", pages[0]);
        assert!(asked.back().starts_with("localhost:"));
    }
}

#[test]
fn a_port_that_another_program_has_at_the_other_address_is_not_used() {
    let Ok(other) = std::net::TcpListener::bind("[::1]:0") else {
        return;
    };
    let port = other.local_addr().unwrap().port();
    let stage = answering("200 OK", GOOD);
    let open = |_: &str| panic!("nothing is opened");
    let got = at(0, &oauth_server(&stage), &profile("oauth"), |live| {
        live.login(&Grant::Code(Loopback {
            host: "localhost",
            port: Some(port),
            wait: Duration::from_secs(180),
            open: &open,
        }))
    });
    let Err(LiveError::Listener { address, .. }) = got else {
        panic!("it was listened on");
    };
    assert!(address.ends_with(&format!(":{port}")), "{address}");
}

#[test]
fn a_browser_that_brings_something_else_brings_nothing() {
    for (query, why) in [
        ("code=c&state=x", "is to another question"),
        ("code=c", "is to another question"),
        ("code=c&code=d&state=STATE", "has a parameter twice"),
        ("code=c&state=STATE&state=STATE", "has a parameter twice"),
        ("state=STATE", "has neither a code nor an error"),
        ("code=&state=STATE", "has neither a code nor an error"),
        (
            "code=c&state=STATE&iss=https://other.example",
            "is another server's",
        ),
        ("code=%ff&state=STATE", "is not UTF-8"),
        (
            "error=access_denied&error_description=%3Cscript%3Ealert(1)%3C%2Fscript%3E&state=STATE",
            "access_denied <script>alert(1)</script>",
        ),
    ] {
        let stage = answering("200 OK", GOOD);
        let (got, pages, _) = login(&oauth_server(&stage), |asked| {
            let query = query.replace("STATE", asked.state());
            vec![get(asked.back(), &format!("/callback?{query}"))]
        });
        let LiveError::NotAllowed(words) = got.unwrap_err() else {
            panic!("{query}");
        };
        assert!(words.contains(why), "{query}: {words}");
        assert!(
            pages[0].starts_with("HTTP/1.1 400 ") && !pages[0].contains("<script"),
            "{}",
            pages[0]
        );
        assert!(stage.seen().is_empty(), "{query}");
    }
}

#[test]
fn an_issuer_that_names_itself_has_to() {
    let stage = answering("200 OK", GOOD);
    let mut server = oauth_server(&stage);
    if let Some(oauth) = &mut server.oauth {
        oauth.names_issuer = true;
    }
    let (got, ..) = login(&server, |asked| {
        vec![get(
            asked.back(),
            &format!("/callback?code=c&state={}", asked.state()),
        )]
    });
    assert!(got.unwrap_err().to_string().contains("names no issuer"));
}

#[test]
fn only_a_get_of_the_one_path_is_taken() {
    let stage = answering("200 OK", GOOD);
    let (got, pages, _) = login(&oauth_server(&stage), |asked| {
        let good = format!("/callback?code=c&state={}", asked.state());
        let (to, body) = (asked.back(), "Content-Length: 0\r\n\r\n");
        vec![
            sent(to, &format!("POST {good} HTTP/1.1\r\n{body}")),
            sent(to, &format!("HEAD {good} HTTP/1.1\r\n\r\n")),
            get(to, &good.replace("callback", "callback/")),
            get(to, &good),
        ]
    });
    got.unwrap();
    let statuses: Vec<_> = pages.iter().map(|page| &page[9..12]).collect();
    assert_eq!(statuses, ["405", "405", "404", "200"]);
    assert_eq!(stage.seen().len(), 1);
}

#[test]
fn what_is_too_large_is_dropped_and_nobody_is_awaited_for_ever() {
    let stage = answering("200 OK", GOOD);
    let (got, ..) = login(&oauth_server(&stage), |asked| {
        let mut stream = TcpStream::connect(asked.back()).unwrap();
        _ = stream.write_all(&vec![b'x'; 20_000]);
        _ = stream.shutdown(std::net::Shutdown::Both);
        vec![]
    });
    assert_eq!(
        got.unwrap_err(),
        LiveError::NotAllowed("no browser came back within 180 s".to_owned())
    );
}

#[test]
fn a_server_that_refuses_the_code_is_told_in_the_browser() {
    let stage = answering(
        "400 X",
        r#"{"error":"invalid_grant","error_description":"<b>used</b>"}"#,
    );
    let (got, pages, _) = login(&oauth_server(&stage), |asked| {
        vec![get(
            asked.back(),
            &format!("/callback?code=canary-code&state={}", asked.state()),
        )]
    });
    let error = got.unwrap_err();
    assert!(matches!(&error, LiveError::Refused(refusal) if refusal.code == "login_refused"));
    assert!(pages[0].contains("&lt;b&gt;used&lt;/b&gt;"), "{}", pages[0]);
    assert!(!format!("{error:?}{}", pages[0]).contains("canary-code"));
}

#[test]
fn a_port_that_is_taken_is_said() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let stage = answering("200 OK", GOOD);
    let error = at(0, &oauth_server(&stage), &profile("oauth"), |live| {
        live.login(&Grant::Code(Loopback {
            host: "localhost",
            port: Some(port),
            wait: Duration::from_secs(1),
            open: &|_| panic!("nothing is opened"),
        }))
    });
    let LiveError::Listener { address, .. } = error.unwrap_err() else {
        panic!("a listener");
    };
    assert_eq!(address, format!("127.0.0.1:{port}"));
}
