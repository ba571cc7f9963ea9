//! Which document an address leads to.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use std::time::Duration;

use super::*;
use crate::net::testing::{Server, client, site};

/// What is found at a path of a server, and the paths that were asked for. `HERE` stands for the server's address.
fn looked(routes: &[(&str, &str, &str)], path: &str) -> (Result<KeyDocument, String>, Vec<String>) {
    let server = site(routes);
    let address = Address::parse(&server.url(path)).unwrap();
    let mut budget = Budget::new(Duration::from_secs(5));
    let found = find(&client(), &address, &mut budget);
    let paths = server.seen();
    let paths = paths.iter().map(|one| one.path().to_owned()).collect();
    let here = server.url("");
    let words = |error: NetError| error.to_string().replace(&here, "HERE");
    (found.map_err(words), paths)
}

const SET: &str = r#"{"keys":[]}"#;
const PEM: &str = "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEMKBCTNIcKUSDii11ySs3526iDZ8A\niTo7Tu6KPAqv7D7gS2XpJFbZiItSs3m9+9Ue6GnvHw/GW2ZZaVtszggXIw==\n-----END PUBLIC KEY-----\n";
const OAUTH: &str = "/.well-known/oauth-authorization-server";
const OPENID: &str = "/.well-known/openid-configuration";

#[test]
fn keys_are_taken_where_they_are() {
    for body in [SET, r#"{"kty":"EC"}"#, PEM] {
        let (found, paths) = looked(&[("/keys", "200 OK", body)], "/keys");
        let found = found.unwrap();
        assert_eq!(found.answer.body.expose(), body.as_bytes());
        assert_eq!((found.issuer, paths), (None, vec!["/keys".to_owned()]));
    }
}

#[test]
fn an_issuer_leads_to_its_metadata_and_that_to_its_keys() {
    let page = "<p>".repeat(100_000);
    for (status, body) in [
        ("200 OK", r#"{"realm":"one"}"#),
        ("200 OK", &page),
        ("404 Not Found", ""),
        ("405 Method Not Allowed", ""),
    ] {
        let metadata = r#"{"issuer":"HERE/realms/one","jwks_uri":"HERE/keys"}"#;
        let place = "/realms/one/.well-known/openid-configuration";
        let routes = [
            ("/realms/one", status, body),
            (place, "200 OK", metadata),
            ("/keys", "200 OK", SET),
        ];
        let (found, paths) = looked(&routes, "/realms/one");
        assert!(found.unwrap().issuer.unwrap().ends_with("/realms/one"));
        let inserted = format!("{OAUTH}/realms/one");
        assert_eq!(paths, ["/realms/one", &inserted, place, "/keys"]);
    }
}

#[test]
fn metadata_leads_to_its_keys_and_binds_no_issuer() {
    let metadata = r#"{"issuer":"HERE/","jwks_uri":"HERE/keys"}"#;
    for place in [OAUTH, OPENID] {
        let routes = [(place, "200 OK", metadata), ("/keys", "200 OK", SET)];
        let (found, paths) = looked(&routes, place);
        assert_eq!(found.unwrap().issuer, None);
        assert_eq!(paths, [place, "/keys"]);
    }
    let elsewhere = [("/meta", "200 OK", metadata), ("/keys", "200 OK", SET)];
    let (found, paths) = looked(&elsewhere, "/meta");
    assert!(found.unwrap_err().ends_with("(RFC 8414 §3.3)"));
    assert_eq!(paths, ["/meta"]);
}

#[test]
fn metadata_is_followed_once() {
    let metadata = |keys: &str| format!(r#"{{"issuer":"HERE","jwks_uri":"HERE{keys}"}}"#);
    let (one, two) = (metadata("/next"), metadata("/keys"));
    let routes = [
        (OAUTH, "200 OK", one.as_str()),
        ("/next", "200 OK", &two),
        ("/keys", "200 OK", SET),
    ];
    let (_, paths) = looked(&routes, "");
    assert_eq!(paths, ["/", OAUTH, "/next"]);
    for (metadata, why) in [
        (r#"{"issuer":"HERE"}"#, "it names no jwks_uri"),
        (
            r#"{"issuer":"HERE","jwks_uri":"keys"}"#,
            "its jwks_uri can't be used as an address: it does not begin with https://",
        ),
    ] {
        let (found, paths) = looked(&[(OAUTH, "200 OK", metadata)], "");
        assert!(found.unwrap_err().ends_with(why));
        assert_eq!(paths, ["/", OAUTH]);
    }
}

#[test]
fn a_key_set_has_each_member_once_and_is_no_larger_than_a_key_set() {
    let twice = r#"{"keys":[{"kty":"EC","kid":"a","kid":"b"}]}"#;
    let large = format!(r#"{{"x":"{}","keys":[]}}"#, "x".repeat(LARGEST));
    let metadata = r#"{"issuer":"HERE","jwks_uri":"HERE/keys"}"#;
    for (body, why) in [
        (twice, "a member of it stands twice"),
        (&large, "it is larger than 256 KiB"),
        ("{\"keys\":[]", "it is no JSON object"),
        ("{\"keys\":[]} x", "it is no JSON object"),
    ] {
        let routes = [(OAUTH, "200 OK", metadata), ("/keys", "200 OK", body)];
        for path in ["/keys", ""] {
            let words = looked(&routes, path).0.unwrap_err();
            assert!(words.contains(why), "{words}");
        }
        let server = site(&routes);
        let address = Address::parse(&server.url("/keys")).unwrap();
        let mut budget = Budget::new(Duration::from_secs(5));
        let words = again(&client(), &address, Vec::new(), &mut budget).unwrap_err();
        assert!(words.to_string().contains(why), "{words}");
    }
}

#[test]
fn an_address_without_keys_says_what_it_answered() {
    for status in [
        "500 Broken",
        "401 Unauthorized",
        "403 Forbidden",
        "429 Slow",
        "206 Partial",
        "202 Accepted",
        "304 Not Modified",
    ] {
        let (found, paths) = looked(&[("/keys", status, SET)], "/keys");
        let code = status.split(' ').next().unwrap();
        assert_eq!(found.unwrap_err(), format!("HERE/keys answers {code}"));
        assert_eq!(paths, ["/keys"]);
    }
    let (found, paths) = looked(&[], "/keys");
    assert_eq!(found.unwrap_err(), "HERE/keys answers 404");
    assert_eq!(paths.len(), 3);
    let page = [("/keys", "200 OK", "<html>log in</html>")];
    let words = looked(&page, "/keys").0.unwrap_err();
    assert!(words.ends_with("it holds no key, and its server names no key set"));
}

#[test]
fn what_is_compressed_is_no_key_set_and_no_metadata() {
    let server = |coded: &'static str| {
        Server::of(move |received| {
            let here = format!("http://{}", received.header("host").unwrap());
            let body = match received.path() {
                OAUTH => format!(r#"{{"issuer":"{here}","jwks_uri":"{here}/keys"}}"#),
                "/keys" => SET.to_owned(),
                _ => "<p>".to_owned(),
            };
            let fields = if received.path() == coded {
                "Content-Encoding: gzip\r\n"
            } else {
                "Content-Encoding: Identity\r\n"
            };
            ("200 OK", fields.to_owned(), body)
        })
    };
    let look = |coded: &'static str, path: &str| {
        let server = server(coded);
        let address = Address::parse(&server.url(path)).unwrap();
        let mut budget = Budget::new(Duration::from_secs(5));
        let found = find(&client(), &address, &mut budget);
        found.map_err(|error| error.to_string())
    };
    assert!(look("", OAUTH).is_ok());
    assert!(look("/", "/").is_ok(), "a page may be");
    for (path, coded) in [
        ("/keys", "/keys"),
        ("/", "/keys"),
        ("/", OAUTH),
        (OAUTH, OAUTH),
    ] {
        let words = look(coded, path).unwrap_err();
        let why = "it is compressed, which was not asked for";
        assert!(words.ends_with(why), "{path} {coded} {words}");
    }
}
