//! Which texts are addresses, what they mean, and which origins are the same.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use super::*;

#[test]
fn an_address_is_read_or_refused_with_the_reason() {
    let table = [
        ("https://a.example", Ok("https://a.example/")),
        ("HTTPS://A.Example:443/x?q=1", Ok("https://a.example/x?q=1")),
        ("https://a.example:8443/", Ok("https://a.example:8443/")),
        ("http://a.example:443/", Ok("http://a.example:443/")),
        ("http://a.example:80", Ok("http://a.example/")),
        (
            "https://xn--bcher-kva.example/",
            Ok("https://xn--bcher-kva.example/"),
        ),
        ("https://[::1]:80/", Ok("https://[::1]:80/")),
        ("https://[0:0::1]/", Ok("https://[::1]/")),
        ("https://a.example?x=@", Ok("https://a.example/?x=@")),
        ("https://a.example/@b", Ok("https://a.example/@b")),
        ("https://bücher.example/", Err(AddressError::ForeignHost)),
        ("https://ａ.example/", Err(AddressError::ForeignHost)),
        ("https://u:p@a.example/", Err(AddressError::UserInfo)),
        ("https://@a.example/", Err(AddressError::UserInfo)),
        (
            r"https://a.example\@b.example/",
            Err(AddressError::UserInfo),
        ),
        (r"https://a.example\b", Err(AddressError::Syntax)),
        ("https://a.example/\u{e9}", Err(AddressError::Syntax)),
        ("https://a.example/ b", Err(AddressError::Syntax)),
        ("https://a.example/#x", Err(AddressError::Fragment)),
        ("https://a.exam%70le/", Err(AddressError::Host)),
        ("https:///x", Err(AddressError::Host)),
        ("https://[v1.a]/", Err(AddressError::Host)),
        ("https://a.example:/", Err(AddressError::Port)),
        ("https://a.example:0/", Err(AddressError::Port)),
        ("https://a.example:65536/", Err(AddressError::Port)),
        ("ftp://a.example/", Err(AddressError::Scheme)),
        ("https:/a.example/", Err(AddressError::Scheme)),
        ("//a.example/", Err(AddressError::Scheme)),
        ("é", Err(AddressError::Scheme)),
        ("", Err(AddressError::Scheme)),
    ];
    for (text, expected) in table {
        let read = Address::parse(text).map(|address| address.as_sent());
        assert_eq!(read, expected.map(str::to_owned), "{text}");
    }
}

#[test]
fn only_this_machine_is_loopback() {
    for (host, expected) in [
        ("localhost", true),
        ("LOCALHOST", true),
        ("127.0.0.1", true),
        ("127.9.9.9", true),
        ("[::1]", true),
        ("localhost.", false),
        ("a.localhost", false),
        ("localhost.example", false),
        ("127.1", false),
        ("127.0.0.1.example", false),
        ("[::ffff:127.0.0.1]", false),
        ("0.0.0.0", false),
        ("[::]", false),
    ] {
        let address = Address::parse(&format!("http://{host}/")).unwrap();
        assert_eq!(address.origin().is_loopback(), expected, "{host}");
    }
}

#[test]
fn origins_are_compared_exactly() {
    let origin = |text: &str| Address::parse(text).unwrap().origin().clone();
    let one = origin("https://a.example/x");
    assert_eq!(one, origin("https://A.EXAMPLE:443/y?z"));
    for other in [
        "http://a.example/",
        "https://a.example:444/",
        "https://b.a.example/",
        "https://a.example./",
        "http://a.example:443/",
    ] {
        assert_ne!(one, origin(other), "{other}");
    }
}

#[test]
fn a_reference_is_resolved_as_rfc_3986_has_it() {
    let base = Address::parse("https://a.example/api/token/?q").unwrap();
    for (reference, expected) in [
        ("refresh/", "https://a.example/api/token/refresh/"),
        ("../me", "https://a.example/api/me"),
        ("/x?y#z", "https://a.example/x?y"),
        ("//b.example/x", "https://b.example/x"),
        ("http://c.example", "http://c.example/"),
        ("", "https://a.example/api/token/?q"),
        ("../../../..", "https://a.example/"),
    ] {
        let joined = base.join(reference).unwrap();
        assert_eq!(joined.as_sent(), expected, "{reference}");
    }
    assert_eq!(base.join("//u@b/x"), Err(AddressError::UserInfo));
    assert_eq!(base.join("javascript:x"), Err(AddressError::Scheme));
    assert_eq!(base.join("a b"), Err(AddressError::Syntax));
}

#[test]
fn a_query_is_shown_nowhere() {
    let address = Address::parse("https://a.example/x?token=hunter2").unwrap();
    assert_eq!(address.to_string(), "https://a.example/x");
    assert!(!format!("{address:?}").contains("hunter2"));
}

#[test]
fn a_host_without_encryption_is_named_with_or_without_its_port() {
    let covers = |host: &str, address: &str| {
        let host: PlainHost = host.parse().unwrap();
        host.covers(Address::parse(address).unwrap().origin())
    };
    assert!(covers("api", "http://api:8000/x"));
    assert!(covers("API:8000", "http://api:8000/x"));
    assert!(!covers("api:80", "http://api:8000/x"));
    assert!(covers("api:80", "http://api/x"));
    assert!(!covers("api", "http://api.example/x"));
    assert!(covers("[::2]:80", "http://[::2]/x"));
    assert!(covers("[::2]", "http://[::2]:90/x"));
    for wrong in ["", "http://api", "api/x", "u@api", "a b", "*", "api:x"] {
        assert!(wrong.parse::<PlainHost>().is_err(), "{wrong}");
    }
}

#[test]
fn an_origin_and_a_plain_host_are_read_as_they_are_written() {
    for (text, written) in [
        ("https://API.example", Some("https://api.example")),
        ("https://api.example/", Some("https://api.example")),
        ("https://api.example:443", Some("https://api.example")),
        ("http://[::1]:8000", Some("http://[::1]:8000")),
        ("https://api.example/path", None),
        ("https://api.example/?q", None),
        ("api.example", None),
    ] {
        let origin = text.parse::<Origin>().ok();
        let json = origin
            .as_ref()
            .map(|origin| serde_json::to_string(origin).unwrap());
        assert_eq!(json, written.map(|text| format!("\"{text}\"")), "{text}");
        let again = json.map(|json| serde_json::from_str::<Origin>(&json).unwrap());
        assert_eq!(again, origin, "{text}");
    }
    for text in ["db", "db:8000", "[::1]:80", "[::1]"] {
        let host: PlainHost = text.parse().unwrap();
        let json = serde_json::to_string(&host).unwrap();
        assert_eq!(json, format!("\"{text}\""));
        assert_eq!(serde_json::from_str::<PlainHost>(&json).unwrap(), host);
    }
    let secret = "https://api.example/?token=canary";
    let address: Address = serde_json::from_str(&format!("\"{secret}\"")).unwrap();
    assert_eq!(
        serde_json::to_string(&address).unwrap(),
        format!("\"{secret}\"")
    );
    let broken = serde_json::from_str::<Address>("\"ftp://canary@x\"").unwrap_err();
    assert!(!broken.to_string().contains("canary"), "{broken}");
}
