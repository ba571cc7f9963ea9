//! A device waits as its server asks it to, and no longer than its code is good for.
use std::cell::RefCell;
use std::rc::Rc;

use super::oauth::{GOOD, fields, oauth_server};
use super::*;
use crate::net::address::PlainHost;
use crate::net::client::Rules;
use crate::net::live::grant::DevicePrompt;
use crate::net::proxy::Proxies;
use crate::net::testing::Jumping;
use crate::tls::Authorities;

const ASKED: &str = r#"{"device_code":"canary-device","user_code":"WDJB-MJHT","verification_uri":"https://example.com/device","verification_uri_complete":"https://example.com/device?user_code=WDJB-MJHT","expires_in":60,"interval":5}"#;

/// What came of it, the pauses in seconds, and the prompt.
fn waited(
    answers: &'static [(&'static str, &'static str)],
) -> (
    Result<Tokens, LiveError>,
    Vec<u64>,
    Option<DevicePrompt>,
    testing::Server,
) {
    let stage = testing::Server::of(move |received| {
        let (status, body) = answers
            .get(received.before)
            .copied()
            .unwrap_or(("500 X", ""));
        (status, String::new(), body.to_owned())
    });
    let stopwatch = Rc::new(Jumping::default());
    let rules = Rules {
        offline: None,
        plain: Vec::<PlainHost>::new(),
        authorities: Authorities::Platform,
        proxies: Proxies::default(),
    };
    let client = Client::new(rules, stopwatch.clone());
    let shown = RefCell::new(None);
    let show = |prompt: &DevicePrompt| *shown.borrow_mut() = Some(prompt.clone());
    let got = Live {
        client: &client,
        server: &oauth_server(&stage),
        profile: &profile("oauth"),
        secrets: ClientSecrets::default(),
        skew: 0,
        budget: Budget::new(Duration::from_secs(15)),
        clock: &Standing(0),
        entropy: &mut Counter(0),
    }
    .login(&Grant::Device { show: &show });
    let pauses = stopwatch
        .pauses
        .borrow()
        .iter()
        .map(Duration::as_secs)
        .collect();
    (got, pauses, shown.take(), stage)
}

const PENDING: (&str, &str) = ("400 X", r#"{"error":"authorization_pending"}"#);

#[test]
fn a_device_waits_as_it_is_asked_to() {
    let (got, pauses, shown, stage) = waited(&[
        ("200 OK", ASKED),
        PENDING,
        ("400 X", r#"{"error":"slow_down"}"#),
        // GitHub's errors have a status of success.
        ("200 OK", PENDING.1),
        ("400 X", r#"{"error":"slow_down","interval":12}"#),
        ("200 OK", GOOD),
    ]);
    assert_eq!(text(&got.unwrap().access), "opaque");
    assert_eq!(pauses, [5, 5, 10, 10, 12]);
    let shown = shown.unwrap();
    assert_eq!(shown.user_code, "WDJB-MJHT");
    assert_eq!(shown.verification_uri, "https://example.com/device");
    assert!(shown.verification_uri_complete.is_some());
    let seen = stage.seen();
    assert_eq!(seen[0].path(), "/device");
    assert_eq!(fields(&seen[0])["client_id"], "ci");
    assert_eq!(
        fields(&seen[1])["grant_type"],
        "urn:ietf:params:oauth:grant-type:device_code"
    );
    assert_eq!(fields(&seen[1])["device_code"], "canary-device");
}

#[test]
fn a_device_gives_up_with_its_code() {
    static MANY: [(&str, &str); 20] = {
        let mut many = [PENDING; 20];
        many[0] = ("200 OK", ASKED);
        many
    };
    let (got, pauses, ..) = waited(&MANY);
    assert_eq!(
        got.unwrap_err().to_string(),
        "the code has expired before anybody allowed it"
    );
    assert_eq!(pauses, [5; 11]);
    for (error, words) in [
        (
            r#"{"error":"access_denied"}"#,
            "the person did not allow it",
        ),
        (
            r#"{"error":"expired_token"}"#,
            "the code has expired before anybody allowed it",
        ),
        (r#"{"error":"invalid_client"}"#, "answers 400"),
    ] {
        let answers = Box::leak(Box::new([("200 OK", ASKED), ("400 X", error)]));
        let (got, pauses, ..) = waited(answers);
        let error = got.unwrap_err();
        assert!(error.to_string().contains(words), "{error}");
        assert!(!format!("{error:?}").contains("canary"));
        assert_eq!(pauses, [5]);
    }
}

#[test]
fn an_answer_without_what_a_person_needs_is_not_taken() {
    for (body, why) in [
        (
            r#"{"user_code":"a","verification_uri":"https://a.example","expires_in":9}"#,
            "no device_code",
        ),
        (
            r#"{"device_code":"a","verification_uri":"https://a.example","expires_in":9}"#,
            "no user_code",
        ),
        (
            r#"{"device_code":"a","user_code":"a","expires_in":9}"#,
            "no verification_uri",
        ),
        (
            r#"{"device_code":"a","user_code":"a","verification_uri":"javascript:alert(1)","expires_in":9}"#,
            "no verification_uri",
        ),
        (
            r#"{"device_code":"a","user_code":"a","verification_uri":"https://a.example"}"#,
            "no expires_in",
        ),
        ("<p>", "no JSON object"),
    ] {
        let answers = Box::leak(Box::new([("200 OK", body)]));
        let (got, pauses, shown, _) = waited(answers);
        let error = got.unwrap_err().to_string();
        assert!(error.contains(why), "{body}: {error}");
        assert!(pauses.is_empty() && shown.is_none(), "{body}");
    }
}
