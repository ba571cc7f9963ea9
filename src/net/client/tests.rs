//! Requests to servers that are slow, large, broken, or send us elsewhere.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use std::io::Write as _;
use std::net::TcpListener;

use super::*;
use crate::core::secret::Secret;
use crate::net::message::Header;
use crate::net::testing::{Jumping, Server};

const PLENTY: Duration = Duration::from_secs(15);

fn rules() -> Rules {
    Rules {
        offline: None,
        plain: Vec::new(),
        authorities: Authorities::Platform,
        proxies: Proxies::default(),
    }
}

fn address(text: &str) -> Address {
    Address::parse(text).unwrap()
}

/// Asks, and returns the pauses that were made.
fn asked(request: &Request<'_>, within: Duration) -> (Result<Answer, NetError>, Vec<Duration>) {
    let stopwatch = Rc::new(Jumping::default());
    let client = Client::new(rules(), stopwatch.clone());
    let answer = client.send(request, &mut Budget::new(within));
    let pauses = stopwatch.pauses.borrow().clone();
    (answer, pauses)
}

fn get(url: &str) -> Result<Answer, NetError> {
    asked(&Request::get(address(url), 1024), PLENTY).0
}

fn post(url: &str) -> Request<'static> {
    Request {
        method: "POST",
        headers: vec![Header::new("Content-Type", "application/json")],
        body: Some(Secret::new(b"{\"password\":\"hunter2\"}".to_vec())),
        redirects: Redirects::Refused,
        repeat_unavailable: false,
        ..Request::get(address(url), 1024)
    }
}

#[test]
fn a_request_has_what_every_request_has_and_its_own() {
    let server = Server::of(|_| ("200 OK", "X-One: 1\r\nX-One: 2\r\n".into(), "done".into()));
    let (answer, _) = asked(&post(&server.url("/token?a=b")), PLENTY);
    let answer = answer.unwrap();
    assert_eq!((answer.status, answer.body.expose()), (200, &b"done"[..]));
    assert_eq!(answer.header("x-one"), Some("1"));
    let [received] = &server.seen()[..] else {
        panic!("one request");
    };
    assert!(received.head.starts_with("POST /token?a=b HTTP/1.1\r\n"));
    let agent = concat!("jwtsess/", env!("CARGO_PKG_VERSION"));
    assert_eq!(received.header("user-agent"), Some(agent));
    assert_eq!(received.header("content-type"), Some("application/json"));
    assert_eq!(received.header("accept-encoding"), Some("identity"));
    assert_eq!(received.header("host").unwrap(), server.address.to_string());
    assert_eq!(received.body, "{\"password\":\"hunter2\"}");
    assert!(!format!("{answer:?}{:?}", post(&server.url("/"))).contains("hunter2"));
}

#[test]
fn localhost_is_found_without_asking() {
    let server = Server::of(|_| ("200 OK", String::new(), "here".into()));
    let url = format!("http://LOCALHOST:{}/", server.address.port());
    assert_eq!(get(&url).unwrap().body.expose(), b"here");
}

#[test]
fn nothing_is_sent_where_nothing_may_go() {
    let server = Server::of(|_| ("200 OK", String::new(), String::new()));
    let offline = Rules {
        offline: Some("--offline"),
        ..rules()
    };
    let client = Client::new(offline, Rc::new(Jumping::default()));
    let request = Request::get(address(&server.url("/x?hunter2")), 9);
    let error = client.send(&request, &mut Budget::new(PLENTY)).unwrap_err();
    let expected = format!(
        "http://{}/x can't be asked: --offline forbids every request",
        server.address
    );
    assert_eq!(error.to_string(), expected);
    let error = get("http://a.example/").unwrap_err();
    assert!(matches!(error, NetError::Insecure(_)), "{error}");
    let elsewhere = [address("https://a.example").origin().clone()];
    let request = Request {
        origins: &elsewhere,
        ..post(&server.url("/"))
    };
    let error = asked(&request, PLENTY).0.unwrap_err();
    assert!(
        matches!(error, NetError::OriginNotAllowed { .. }),
        "{error}"
    );
    assert!(server.seen().is_empty());
}

#[test]
fn a_host_that_is_named_is_reached_without_encryption() {
    let may = |plain: &str| {
        let plain = vec![plain.parse().unwrap()];
        let client = Client::new(Rules { plain, ..rules() }, Rc::new(Jumping::default()));
        client.may_reach(&address("http://api:8000/")).is_ok()
    };
    assert!(may("api") && may("api:8000"));
    assert!(!may("api:80") && !may("other"));
}

#[test]
fn a_redirect_is_followed_within_its_origin_alone() {
    let other = Server::of(|_| ("200 OK", String::new(), "hunter2".into()));
    let elsewhere = other.url("/x?secret=1");
    let server = Server::of(move |received| {
        let to = match received.path() {
            "/one" => "two",
            "/two" => "/end",
            "/away" => &elsewhere,
            "/user" => "//u:hunter2@a.example/",
            "/loop" => "/loop",
            _ => return ("200 OK", String::new(), "end".into()),
        };
        ("302 Found", format!("Location: {to}\r\n"), String::new())
    });
    let answer = get(&server.url("/one")).unwrap();
    assert_eq!(answer.address.path(), "/end");
    let words = |path: &str| get(&server.url(path)).unwrap_err().to_string();
    let away = words("/away");
    assert!(away.ends_with(&format!(
        "/away answers 302, a redirect to {}",
        other.url("/x")
    )));
    assert!(words("/user").ends_with("a redirect to what is no address"));
    assert!(words("/loop").ends_with("it redirects more than 3 times"));
    let refused = asked(&post(&server.url("/one")), PLENTY).0.unwrap_err();
    assert!(matches!(refused, NetError::Redirected { slash: false, .. }));
    assert!(other.seen().is_empty());
}

#[test]
fn a_missing_slash_is_told() {
    let server = Server::of(|received| {
        let to = format!("Location: {}/\r\n", received.path());
        ("301 Moved", to, String::new())
    });
    let error = asked(&post(&server.url("/api/token")), PLENTY)
        .0
        .unwrap_err();
    assert!(
        matches!(error, NetError::Redirected { slash: true, .. }),
        "{error:?}"
    );
}

#[test]
fn what_the_server_can_not_have_seen_is_sent_again_twice() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", closed.local_addr().unwrap());
    drop(closed);
    let (error, pauses) = asked(&post(&url), PLENTY);
    assert!(matches!(error.unwrap_err(), NetError::Unreachable { .. }));
    assert_eq!(pauses, PAUSES);
    let (_, pauses) = asked(&post(&url), Duration::from_secs(1));
    assert_eq!(pauses, PAUSES[..1], "the second pause does not fit");
}

#[test]
fn what_was_sent_is_not_sent_again() {
    let server = Server::new(|_, _| {});
    let (error, pauses) = asked(&post(&server.url("/")), PLENTY);
    assert!(matches!(error.unwrap_err(), NetError::Lost { .. }));
    assert_eq!((pauses.len(), server.seen().len()), (0, 1));
    let cut = Server::new(|_, stream| {
        _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{");
    });
    let (error, pauses) = asked(&post(&cut.url("/")), PLENTY);
    assert!(matches!(error.unwrap_err(), NetError::Lost { .. }));
    assert_eq!((pauses.len(), cut.seen().len()), (0, 1));
}

#[test]
fn a_server_that_says_when_is_asked_once_more() {
    let table = [
        ("429 Too Many", "7", false, vec![7]),
        ("429 Too Many", "11", false, vec![]),
        ("429 Too Many", "-1", false, vec![]),
        ("429 Too Many", "soon", false, vec![]),
        ("503 Away", "1", true, vec![1]),
        ("503 Away", "1", false, vec![]),
        ("500 Broken", "1", true, vec![]),
        (
            "429 Too Many",
            "Sun, 06 Nov 1994 08:49:37 GMT",
            false,
            vec![9],
        ),
    ];
    for (status, wait, repeat_unavailable, expected) in table {
        let server = Server::of(move |_| {
            let date = "Date: Sun, 06 Nov 1994 08:49:28 GMT\r\n";
            (
                status,
                format!("{date}Retry-After: {wait}\r\n"),
                String::new(),
            )
        });
        let request = Request {
            repeat_unavailable,
            ..post(&server.url("/"))
        };
        let (answer, pauses) = asked(&request, PLENTY);
        let code = status.split(' ').next().unwrap();
        assert_eq!(answer.unwrap().status.to_string(), code);
        let seconds: Vec<_> = pauses.iter().map(Duration::as_secs).collect();
        assert_eq!(seconds, expected, "{status} {wait}");
        assert_eq!(server.seen().len(), expected.len() + 1);
    }
    let late = Server::of(|_| ("429 Too Many", "Retry-After: 9\r\n".into(), String::new()));
    let (answer, pauses) = asked(&post(&late.url("/")), Duration::from_secs(8));
    assert_eq!(
        (answer.unwrap().status, pauses.len()),
        (429, 0),
        "it does not fit"
    );
}

#[test]
fn a_slow_answer_ends_with_the_time() {
    let silent = Server::new(|_, _| std::thread::sleep(Duration::from_secs(3)));
    let endless = Server::new(|_, stream| {
        _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
        while stream.write_all(b" ").is_ok() {
            std::thread::sleep(Duration::from_millis(50));
        }
    });
    let heads = Server::new(|_, stream| {
        _ = stream.write_all(b"HTTP/1.1 200 OK\r\n");
        while stream.write_all(b"X: y\r\n").is_ok() {
            std::thread::sleep(Duration::from_millis(50));
        }
    });
    for server in [silent, endless, heads] {
        let request = Request::get(address(&server.url("/")), 1 << 20);
        let error = asked(&request, Duration::from_millis(400)).0.unwrap_err();
        let expected = format!("http://{} did not answer within 0.4 s", server.address);
        assert_eq!(error.to_string(), expected);
        assert_eq!(server.seen().len(), 1);
    }
}

#[test]
fn an_answer_over_the_limits_is_not_taken() {
    let body = |length: usize| {
        let server = Server::of(move |_| ("200 OK", String::new(), "x".repeat(length)));
        get(&server.url("/")).map(|answer| answer.body.len())
    };
    assert_eq!(body(1024), Ok(1024));
    let words = body(1025).unwrap_err().to_string();
    assert!(words.ends_with("it is larger than 1 KiB"), "{words}");
    let endless = Server::new(|_, stream| {
        _ = stream.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        while stream.write_all(b"4\r\nxxxx\r\n").is_ok() {}
    });
    let words = get(&endless.url("/")).unwrap_err().to_string();
    assert!(words.ends_with("it is larger than 1 KiB"), "{words}");
    let heads = Server::new(|_, stream| {
        _ = stream.write_all(b"HTTP/1.1 200 OK\r\n");
        let long = format!("X: {}\r\n", "y".repeat(1000));
        while stream.write_all(long.as_bytes()).is_ok() {}
    });
    let words = get(&heads.url("/")).unwrap_err().to_string();
    assert!(words.contains("can't be used: "), "{words}");
}

#[test]
fn what_is_no_http_is_not_taken() {
    for text in [
        &b"SSH-2.0-OpenSSH_9.7\r\n\r\n"[..],
        b"\x15\x03\x01\x00\x02\x02\x16",
        b"HTTP/1.1 20000 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nhunter2",
    ] {
        let server = Server::new(move |_, stream| {
            _ = stream.write_all(text);
        });
        let error = get(&server.url("/")).unwrap_err();
        let taken = matches!(error, NetError::Unexpected { .. } | NetError::Lost { .. });
        assert!(taken && !error.to_string().contains("hunter2"), "{error}");
    }
}

#[test]
fn a_header_field_can_not_be_broken_open() {
    let server = Server::of(|_| ("200 OK", String::new(), String::new()));
    let request = Request {
        headers: vec![Header::new("Authorization", "Bearer a\r\nX-Evil: 1")],
        ..Request::get(address(&server.url("/")), 9)
    };
    assert!(asked(&request, PLENTY).0.is_err());
    assert!(server.seen().is_empty());
}

#[test]
fn a_proxy_is_asked_for_the_way_and_not_for_this_machine() {
    let proxy = Server::of(|_| ("407 Pay", String::new(), String::new()));
    let through = format!("http://u:hunter2@{}", proxy.address);
    let proxies = Proxies::of(&|name| (name == "https_proxy").then(|| through.clone()));
    let client = Client::new(Rules { proxies, ..rules() }, Rc::new(Jumping::default()));
    let request = Request::get(address("https://a.example/x"), 9);
    let error = client.send(&request, &mut Budget::new(PLENTY)).unwrap_err();
    let expected = format!(
        "https://a.example can't be reached: the proxy {}, which https_proxy names, gives no way there: it refused",
        proxy.address
    );
    assert_eq!(error.to_string(), expected);
    let [first, ..] = &proxy.seen()[..] else {
        panic!("it was asked");
    };
    assert!(first.head.starts_with("CONNECT a.example:443 HTTP/1.1"));
    assert!(!first.head.contains("/x"));
}

#[test]
fn authorities_are_read_for_what_is_encrypted_alone() {
    let proxy = Server::of(|_| ("407 Pay", String::new(), String::new()));
    let asked = |scheme: &str| {
        let through = format!("{scheme}://{}", proxy.address);
        let rules = Rules {
            proxies: Proxies::of(&|name| (name == "http_proxy").then(|| through.clone())),
            plain: vec!["api".parse().unwrap()],
            authorities: Authorities::Named {
                file: Some("no such file".into()),
                folder: None,
            },
            ..rules()
        };
        let client = Client::new(rules, Rc::new(Jumping::default()));
        let request = Request::get(address("http://api:8000/x"), 9);
        client.send(&request, &mut Budget::new(PLENTY))
    };
    let plain = asked("http");
    assert!(!matches!(plain, Err(NetError::Tls { .. })), "{plain:?}");
    assert!(!proxy.seen().is_empty());
    let encrypted = asked("https");
    assert!(
        matches!(encrypted, Err(NetError::Tls { .. })),
        "{encrypted:?}"
    );
}

#[test]
fn a_proxy_that_does_not_speak_http_is_named_by_its_variable() {
    for value in ["socks5://u:hunter2@p:1", "ftp://p", "http://", "a b"] {
        let proxies = Proxies::of(&|name| (name == "https_proxy").then(|| value.to_owned()));
        let client = Client::new(Rules { proxies, ..rules() }, Rc::new(Jumping::default()));
        let request = Request::get(address("https://a.example/x"), 9);
        let error = client.send(&request, &mut Budget::new(PLENTY)).unwrap_err();
        assert_eq!(error, NetError::Proxy("https_proxy"), "{value}");
    }
}

/// An address at which nobody listens.
fn nobody() -> std::net::SocketAddr {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap()
}

#[test]
fn a_proxy_that_is_not_there_is_at_fault_and_not_the_host() {
    let dead = nobody();
    for (value, target) in [
        (format!("http://u:hunter2@{dead}"), "https://a.example/x"),
        (format!("http://u:hunter2@{dead}/"), "http://api:8000/x"),
        (dead.to_string(), "https://a.example/x"),
        (
            "http://u:hunter2@proxy.invalid:3128".to_owned(),
            "https://a.example/x",
        ),
    ] {
        let rules = Rules {
            proxies: Proxies::of(&|name| name.starts_with("http").then(|| value.clone())),
            plain: vec!["api".parse().unwrap()],
            ..rules()
        };
        let client = Client::new(rules, Rc::new(Jumping::default()));
        let request = Request::get(address(target), 9);
        let error = client.send(&request, &mut Budget::new(PLENTY)).unwrap_err();
        let NetError::ProxyFailed { proxy, .. } = &error else {
            panic!("{value}: {error}");
        };
        assert!(proxy.starts_with("127.0.0.1:") || proxy.starts_with("proxy.invalid:3128"));
        assert!(!error.to_string().contains("hunter2"), "{error}");
        let log = client.take_log();
        assert!(
            !log.is_empty() && log.iter().all(|line| !line.was_sent),
            "{log:?}"
        );
    }
}

#[test]
fn what_reached_nobody_was_not_sent() {
    let client = Client::new(rules(), Rc::new(Jumping::default()));
    let request = Request::get(address(&format!("http://{}/", nobody())), 9);
    client.send(&request, &mut Budget::new(PLENTY)).unwrap_err();
    assert!(client.take_log().iter().all(|line| !line.was_sent));
    let lost = Server::new(|_, _| ());
    let request = Request::get(address(&lost.url("/")), 9);
    client.send(&request, &mut Budget::new(PLENTY)).unwrap_err();
    assert!(client.take_log().iter().any(|line| line.was_sent));
}

#[test]
fn a_header_field_that_http_does_not_carry_is_named_and_nothing_is_sent() {
    let server = Server::of(|_| ("200 OK", String::new(), String::new()));
    let long = "x".repeat(70_000);
    for (name, value, why) in [
        ("X-User", "a\u{0}b", "characters"),
        ("X-User", "a\u{7f}b", "characters"),
        ("X User", "alice", "characters"),
        ("", "alice", "characters"),
        ("authorization", "Bearer \u{e9}", "ASCII"),
        ("X-Long", &*long, "64 KiB"),
    ] {
        let request = Request {
            headers: vec![Header::new("Accept", "*/*"), Header::new(name, value)],
            ..Request::get(address(&server.url("/")), 9)
        };
        let (answer, pauses) = asked(&request, PLENTY);
        let error = answer.unwrap_err().to_string();
        let told = format!("the header field {name} can't be sent: ");
        assert!(error.starts_with(&told) && error.contains(why), "{error}");
        assert!(pauses.is_empty() && server.seen().is_empty());
    } // Anything else goes out as it is.
    let request = Request {
        headers: vec![
            Header::new("X-User", "alice \u{e9}"),
            Header::new("X-Long", &long[..64 * 1024]),
        ],
        ..Request::get(address(&server.url("/")), 9)
    };
    assert_eq!(asked(&request, PLENTY).0.unwrap().status, 200);
}
