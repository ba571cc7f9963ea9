//! Where an issuer's metadata is looked for, and which is taken.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use std::time::Duration;

use super::*;
use crate::net::testing::{client, site};

const OAUTH: &str = "/.well-known/oauth-authorization-server";
const OPENID: &str = "/.well-known/openid-configuration";

/// The metadata of the issuer at a path, or the error; and the paths that were asked for. `HERE` stands for the server's address.
fn looked(
    routes: &[(&str, &str, &str)],
    issuer: &str,
) -> (Result<Option<Metadata>, String>, Vec<String>) {
    let server = site(routes);
    let issuer = Address::parse(&issuer.replace("HERE", &server.url(""))).unwrap();
    let mut budget = Budget::new(Duration::from_secs(5));
    let found = Metadata::of_issuer(&issuer, &client(), &mut budget);
    let paths = server.seen();
    let paths = paths.iter().map(|one| one.path().to_owned()).collect();
    let here = server.url("");
    let words = |error: NetError| error.to_string().replace(&here, "HERE");
    (found.map_err(words), paths)
}

fn issuer_at(place: &str, named: &str, typed: &str) -> Result<Option<Metadata>, String> {
    let body = format!(r#"{{"issuer":"{named}"}}"#);
    looked(&[(place, "200 OK", &body)], typed).0
}

#[test]
fn metadata_is_looked_for_in_both_places() {
    for (typed, places) in [
        ("HERE", [OAUTH, OPENID]),
        ("HERE/", [OAUTH, OPENID]),
        (
            "HERE/a",
            [
                "/.well-known/oauth-authorization-server/a",
                "/a/.well-known/openid-configuration",
            ],
        ),
        (
            "HERE/a/b/",
            [
                "/.well-known/oauth-authorization-server/a/b",
                "/a/b/.well-known/openid-configuration",
            ],
        ),
        (
            "HERE//evil.example/a",
            [
                "/.well-known/oauth-authorization-server//evil.example/a",
                "//evil.example/a/.well-known/openid-configuration",
            ],
        ),
    ] {
        let (found, paths) = looked(&[], typed);
        assert!(found.unwrap().is_none());
        assert_eq!(paths, places, "{typed}");
        for place in places {
            let found = issuer_at(place, typed, typed).unwrap().unwrap();
            assert!(found.issuer.ends_with(typed.trim_start_matches("HERE")));
        }
    }
}

#[test]
fn what_is_no_metadata_leads_to_the_next_place_and_what_is_unclear_to_an_end() {
    let metadata = r#"{"issuer":"HERE"}"#;
    let next = (OPENID, "200 OK", metadata);
    for (status, body) in [
        ("404 Not Found", ""),
        ("405 Method Not Allowed", "{}"),
        ("410 Gone", metadata),
        ("200 OK", "<html>{</html>"),
        ("200 OK", "[]"),
        ("200 OK", ""),
        ("200 OK", "\"x\""),
    ] {
        let (found, paths) = looked(&[(OAUTH, status, body), next], "HERE");
        assert!(found.unwrap().is_some(), "{status} {body}");
        assert_eq!(paths, [OAUTH, OPENID]);
    }
    for (status, body, why) in [
        ("500 Broken", metadata, "HERE{} answers 500"),
        ("401 Unauthorized", metadata, "HERE{} answers 401"),
        ("403 Forbidden", "", "HERE{} answers 403"),
        ("204 No Content", "", "HERE{} answers 204"),
        (
            "200 OK",
            r#"{"issuer":"HERE"#,
            "the answer of HERE{} can't be used: it is no JSON object: not JSON (EOF while parsing a string) at byte 0",
        ),
        (
            "200 OK",
            r#"{"issuer":"HERE","issuer":"HERE"}"#,
            "the answer of HERE{} can't be used: a member of it stands twice",
        ),
        (
            "200 OK",
            "{}",
            "the answer of HERE{} can't be used: it names no issuer",
        ),
        (
            "200 OK",
            r#"{"issuer":["HERE"]}"#,
            "the answer of HERE{} can't be used: it names no issuer",
        ),
    ] {
        let (found, paths) = looked(&[(OAUTH, status, body), next], "HERE");
        let words = found.unwrap_err();
        assert_eq!(
            words.split(" at byte").next(),
            why.replace("{}", OAUTH).split(" at byte").next()
        );
        assert_eq!(paths, [OAUTH]);
    }
}

#[test]
fn an_issuer_is_compared_as_text_but_for_the_final_slash_of_a_bare_origin() {
    for (typed, named) in [
        ("HERE", "HERE/"),
        ("HERE/", "HERE"),
        ("HERE/", "HERE/"),
        ("HERE/a", "HERE/a"),
        ("HERE/a/", "HERE/a/"),
        ("HERE/A%62", "HERE/A%62"),
    ] {
        let path = typed.trim_start_matches("HERE").trim_end_matches('/');
        let found = issuer_at(&format!("{OAUTH}{path}"), named, typed);
        assert!(found.is_ok(), "{typed} {named} {found:?}");
    }
    for (typed, named) in [
        ("HERE/a", "HERE/a/"),
        ("HERE/a/", "HERE/a"),
        ("HERE/a", "HERE/A"),
        ("HERE/A%62", "HERE/Ab"),
        ("HERE/a", "HERE"),
        ("HERE", "HERE//"),
        ("HERE", "HERE/?"),
        ("HERE", "https://evil.example"),
        ("HERE?t=1", "HERE"),
        ("HERE?t=1", "HERE/?t=2"),
        ("HERE", ""),
    ] {
        let path = Address::parse(&typed.replace("HERE", "http://h")).unwrap();
        let path = path.path().trim_end_matches('/');
        let found = issuer_at(&format!("{OAUTH}{path}"), named, typed);
        let shown = Address::parse(&named.replace("HERE", "http://h"));
        let shown = shown.map_or_else(|_| String::new(), |issuer| format!(" {issuer},"));
        let shown = shown.replace("http://h", "HERE");
        let why = format!("its issuer is{shown} not the one that was asked for (RFC 8414 §3.3)");
        assert!(found.unwrap_err().ends_with(&why), "{typed} {named}");
    }
    let server = site(&[(OAUTH, "200 OK", r#"{"issuer":"HERE"}"#)]);
    let loud = server.url("").replace("http", "HTTP");
    let issuer = Address::parse(&loud).unwrap();
    let mut budget = Budget::new(Duration::from_secs(5));
    assert!(Metadata::of_issuer(&issuer, &client(), &mut budget).is_err());
}

fn metadata(address: &str, text: &str) -> Result<Metadata, NetError> {
    let address = Address::parse(address).unwrap();
    let answer = Answer {
        address: address.clone(),
        status: 200,
        headers: Vec::new(),
        body: crate::core::secret::Secret::new(text.as_bytes().to_vec()),
        took: Duration::ZERO,
    };
    Metadata::at(&address, &answer, json::object(&answer)?)
}

#[test]
fn metadata_at_its_own_address_is_its_issuers() {
    let is_taken = |place: &str, issuer: &str| {
        let found = metadata(place, &format!(r#"{{"issuer":"{issuer}"}}"#));
        found.is_ok()
    };
    for (place, issuer) in [
        (
            "https://a.example/.well-known/oauth-authorization-server",
            "https://a.example",
        ),
        (
            "https://a.example/.well-known/openid-configuration",
            "https://a.example/",
        ),
        (
            "https://a.example/x/.well-known/openid-configuration",
            "https://a.example/x",
        ),
        (
            "https://a.example/.well-known/oauth-authorization-server/x",
            "https://a.example/x/",
        ),
        // Okta's, and RFC 8414 §5's.
        (
            "https://a.example/x/.well-known/oauth-authorization-server",
            "https://a.example/x",
        ),
        (
            "https://a.example/.well-known/openid-configuration/x",
            "https://a.example/x",
        ),
    ] {
        assert!(is_taken(place, issuer), "{place} {issuer}");
    }
    for (place, issuer) in [
        (
            "https://a.example/.well-known/openid-configuration",
            "https://b.example",
        ),
        (
            "https://a.example/.well-known/openid-configuration",
            "http://a.example",
        ),
        (
            "https://a.example/.well-known/openid-configuration",
            "https://a.example/x",
        ),
        (
            "https://a.example/x/.well-known/openid-configuration",
            "https://a.example",
        ),
        (
            "https://a.example/.well-known/openid-configuration?x",
            "https://a.example",
        ),
        ("https://a.example/metadata", "https://a.example/metadata"),
        ("https://a.example/.well-known/openid-configuration", "a"),
    ] {
        assert!(!is_taken(place, issuer), "{place} {issuer}");
    }
}

#[test]
fn an_endpoint_is_encrypted_if_the_issuer_is_and_on_this_machine_if_it_is() {
    let endpoint = |issuer: &str, value: &str| {
        let place = format!("{issuer}{OAUTH}");
        let text = format!(r#"{{"issuer":"{issuer}","e":{value}}}"#);
        let found = metadata(&place, &text).unwrap().endpoint("e");
        let shown = |address: Option<Address>| address.map(|address| address.as_sent());
        found.map(shown).map_err(|error| error.to_string())
    };
    let is = |text: &str| Ok(Some(text.to_owned()));
    let (secure, local, plain) = ("https://a.example", "http://127.0.0.1:9", "http://api");
    assert_eq!(
        endpoint(secure, r#""https://b.example/e?x""#),
        is("https://b.example/e?x")
    );
    assert_eq!(
        endpoint(local, r#""http://localhost:8/e""#),
        is("http://localhost:8/e")
    );
    assert_eq!(
        endpoint(local, r#""https://b.example/""#),
        is("https://b.example/")
    );
    assert_eq!(endpoint(plain, r#""http://api/e""#), is("http://api/e"));
    assert_eq!(endpoint(secure, "null"), Ok(None));
    for (from, to) in [
        (secure, r#""http://a.example/e""#),
        (secure, r#""http://127.0.0.1/e""#),
        (plain, r#""http://127.0.0.1/e""#),
        (plain, r#""http://[::1]:1/e""#),
    ] {
        let words = endpoint(from, to).unwrap_err();
        assert!(words.contains(" without encryption, which "), "{words}");
    }
    for (value, why) in [
        ("7", "its e is of type number"),
        (
            r#""/e""#,
            "its e can't be used as an address: it does not begin with https://",
        ),
        (
            r#""https://u:p@h/""#,
            "its e can't be used as an address: it holds a user or a password before the host: give them in another way",
        ),
    ] {
        assert!(endpoint(secure, value).unwrap_err().ends_with(why));
    }
}

#[test]
fn words_are_a_list_of_strings() {
    let words = |value: &str| {
        let text = format!(r#"{{"issuer":"https://a.example","w":{value}}}"#);
        let place = format!("https://a.example{OAUTH}");
        metadata(&place, &text).unwrap().words("w").ok()
    };
    assert_eq!(
        words(r#"["code","x"]"#),
        Some(Some(vec!["code".to_owned(), "x".to_owned()]))
    );
    assert_eq!(words("[]"), Some(Some(Vec::new())));
    assert_eq!(words("null"), Some(None));
    for wrong in ["\"code\"", "[1]", "{}"] {
        assert_eq!(words(wrong), None, "{wrong}");
    }
}
