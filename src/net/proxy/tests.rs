//! Which proxy a request goes through.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use super::*;
use crate::net::address::Address;

fn chosen(variables: &[(&str, &str)], address: &str) -> Option<&'static str> {
    let proxies = Proxies::of(&|name| {
        let found = variables.iter().find(|(known, _)| *known == name)?;
        Some(found.1.to_owned())
    });
    let origin = Address::parse(address).unwrap().origin().clone();
    proxies.for_origin(&origin).map(|proxy| proxy.variable)
}

#[test]
fn the_scheme_of_the_address_names_the_variable() {
    let all = [
        ("HTTPS_PROXY", "http://p:1"),
        ("HTTP_PROXY", "http://p:1"),
        ("ALL_PROXY", "http://p:1"),
    ];
    assert_eq!(chosen(&all, "https://a.example"), Some("HTTPS_PROXY"));
    assert_eq!(chosen(&all, "http://a.example"), None, "httpoxy");
    let lower = [("https_proxy", "p:1"), ("http_proxy", "p:2"), all[0]];
    assert_eq!(chosen(&lower, "https://a.example"), Some("https_proxy"));
    assert_eq!(chosen(&lower, "http://a.example"), Some("http_proxy"));
    let empty = [("https_proxy", " "), all[0]];
    assert_eq!(chosen(&empty, "https://a.example"), Some("HTTPS_PROXY"));
    for own in ["https://localhost", "https://127.0.0.2:4", "https://[::1]"] {
        assert_eq!(chosen(&all, own), None, "{own}");
    }
}

#[test]
fn no_proxy_names_what_goes_past_it() {
    for (exceptions, address, past) in [
        ("a.example", "https://a.example", true),
        ("A.Example", "https://a.example", true),
        (".example", "https://a.example", true),
        ("*.example", "https://a.example", true),
        ("example", "https://a.example", true),
        ("xample", "https://a.example", false),
        ("b,  a.example", "https://a.example", true),
        ("a.example:443", "https://a.example", true),
        ("a.example:444", "https://a.example", false),
        ("*", "https://a.example", true),
        (",", "https://a.example", false),
        (".", "https://a.example", false),
        ("10.0.0.0/8", "https://10.9.9.9", true),
        ("10.0.0.0/8", "https://11.0.0.1", false),
        ("10.0.0.1", "https://10.0.0.1", true),
        ("10.0.0.1/0", "https://99.0.0.1", true),
        ("1", "https://10.0.0.1", false),
        ("[fd00::1]:443", "https://[fd00::1]", true),
        ("fd00::/16", "https://[fd00:2::1]", true),
    ] {
        let variables = [("HTTPS_PROXY", "p"), ("NO_PROXY", exceptions)];
        let goes = chosen(&variables, address).is_none();
        assert_eq!(goes, past, "{exceptions} {address}");
    }
    let both = [("HTTPS_PROXY", "p"), ("no_proxy", "b"), ("NO_PROXY", "*")];
    assert_eq!(chosen(&both, "https://a.example"), Some("HTTPS_PROXY"));
}

#[test]
fn a_proxy_s_password_is_shown_nowhere() {
    let proxies = Proxies::of(&|_| Some("http://u:hunter2@p".to_owned()));
    assert!(!format!("{proxies:?}").contains("hunter2"));
}
