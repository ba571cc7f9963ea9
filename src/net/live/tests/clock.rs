//! Whose clock is wrong, and from when lives are counted.
use super::*;

/// What a login at 2026-11-26 12:00:00 UTC brings of a server with this `Date` and this body.
fn brought(date: &'static str, body: &'static str) -> Tokens {
    let stage = testing::Server::of(move |_| ("200 OK", date.to_owned(), body.to_owned()));
    let password = secret(PASSWORD);
    at(
        NOON,
        &server(&stage.url("/token/")),
        &profile("keycloak"),
        |live| live.login(&by_password(&password)).unwrap(),
    )
}

const NOON: i64 = 1_795_694_400;
const BODY: &str = r#"{"access_token":"a","expires_in":60,"refresh_expires_in":1800,"refresh_token":"r","token_type":"Bearer"}"#;

#[test]
fn a_difference_of_five_seconds_counts() {
    for (date, skew) in [
        ("", None),
        ("Date: Thu, 26 Nov 2026 12:00:00 GMT\r\n", None),
        ("Date: Thu, 26 Nov 2026 12:00:04 GMT\r\n", None),
        ("Date: Thu, 26 Nov 2026 11:59:57 GMT\r\n", None),
        ("Date: Thu, 26 Nov 2026 12:00:06 GMT\r\n", Some(6)),
        ("Date: Thu, 26 Nov 2026 12:01:32 GMT\r\n", Some(92)),
        ("Date: Thu, 26 Nov 2026 11:00:00 GMT\r\n", Some(-3_600)),
        ("Date: yesterday\r\n", None),
    ] {
        let got = brought(date, BODY);
        assert_eq!(got.skew, skew, "{date}");
        let ahead = skew.unwrap_or(0);
        // It was sent in the second before noon by the standing clock.
        let left = |end: Option<Timestamp>| end.map(|end| end.seconds() - NOON - ahead);
        assert!(
            matches!(left(got.access_expires_at), Some(55..=60)),
            "{date}"
        );
        assert!(
            matches!(left(got.refresh_expires_at), Some(1_795..=1_800)),
            "{date}"
        );
    }
}

#[test]
fn the_earlier_of_two_ends_counts() {
    // {"exp":1795694430}, half a minute after noon.
    let body = r#"{"access_token":"eyJhbGciOiJub25lIn0.eyJleHAiOjE3OTU2OTQ0MzB9.","expires_in":3600,"refresh_expires_in":0,"refresh_token":"r"}"#;
    let got = brought("", body);
    assert_eq!(
        got.access_expires_at.map(Timestamp::seconds),
        Some(NOON + 30)
    );
}

#[test]
fn a_slow_answer_says_nothing_of_a_clock() {
    let stage = testing::Server::of(|_| {
        (
            "200 OK",
            "Date: Thu, 26 Nov 2026 13:00:00 GMT\r\n".to_owned(),
            BODY.to_owned(),
        )
    });
    let asked = server(&stage.url("/token/"));
    let password = secret(PASSWORD);
    let stopwatch = std::rc::Rc::new(Slow::default());
    let rules = crate::net::client::Rules {
        offline: None,
        plain: Vec::new(),
        authorities: crate::tls::Authorities::Platform,
        proxies: crate::net::proxy::Proxies::default(),
    };
    let client = Client::new(rules, stopwatch);
    let got = Live {
        client: &client,
        server: &asked,
        profile: &profile("keycloak"),
        secrets: ClientSecrets::default(),
        skew: 0,
        budget: Budget::new(Duration::from_secs(60)),
        clock: &Standing(NOON),
        entropy: &mut Counter(0),
    }
    .login(&by_password(&password))
    .unwrap();
    assert_eq!(got.skew, None);
    assert!(got.exchange.took >= Duration::from_secs(5));
}

/// A stopwatch by which each look at it takes five seconds.
#[derive(Default)]
struct Slow(std::cell::Cell<u64>);

impl crate::net::budget::Stopwatch for Slow {
    fn elapsed(&self) -> Duration {
        self.0.set(self.0.get() + 5);
        Duration::from_secs(self.0.get())
    }
    fn pause(&self, _: Duration) {}
}
