//! OAuth: what is asked of each endpoint, how the client says who it is, and which answers are taken.
use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::*;
use crate::core::algorithm::Algorithm;
use crate::core::claims::Typed;
use crate::core::keyfile;
use crate::core::profile::TokenKind;
use crate::core::token::{Limits, Unverified};
use crate::net::live::server::{ClientAuth, OAuth};

pub(super) const GOOD: &str = r#"{"access_token":"opaque","token_type":"bearer","expires_in":60,"refresh_token":"r2","scope":"read"}"#;

/// The endpoints of a test's server.
pub(super) fn endpoints(stage: &testing::Server) -> OAuth {
    let at = |path: &str| Address::parse(&stage.url(path)).unwrap();
    OAuth {
        issuer: Some("https://issuer.example".to_owned()),
        token: at("/token"),
        authorization: Some(at("/authorize?tenant=a")),
        device: Some(at("/device")),
        revocation: Some(at("/revoke")),
        client_auth: Vec::new(),
        signing: Vec::new(),
        offline_access: false,
        names_issuer: false,
    }
}

pub(super) fn oauth_server(stage: &testing::Server) -> Server {
    let mut asked = server(&stage.url("/"));
    asked.oauth = Some(endpoints(stage));
    asked.client_id = Some("ci".to_owned());
    asked
}

pub(super) fn fields(received: &Received) -> BTreeMap<String, String> {
    form::read(&received.body).unwrap().into_iter().collect()
}

fn named(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    pairs.iter().map(owned).collect()
}

#[test]
fn each_grant_is_asked_for_as_its_rfc_has_it() {
    let stage = answering("200 OK", GOOD);
    let mut asked = oauth_server(&stage);
    asked.scope = Some("read write".to_owned());
    asked.resource = Some("https://api.example".to_owned());
    if let Some(oauth) = &mut asked.oauth {
        oauth.offline_access = true;
    }
    let (password, refresh) = (secret("p&w"), secret("r1"));
    at(100, &asked, &profile("oauth"), |live| {
        let got = live.login(&by_password(&password)).unwrap();
        assert_eq!(
            (text(&got.access), got.scope.as_deref()),
            ("opaque", Some("read"))
        );
        assert_eq!(got.refresh.as_ref().map(text), Some("r2"));
        let end = got.access_expires_at.map(Timestamp::seconds);
        assert!(end.is_some_and(|end| (155..=160).contains(&end)), "{end:?}");
        live.login(&Grant::ClientCredentials).unwrap();
        live.login(&Grant::Refresh(&refresh)).unwrap();
    });
    let seen = stage.seen();
    let resource = ("resource", "https://api.example");
    let client = ("client_id", "ci");
    let expected = [
        named(&[
            client,
            resource,
            ("grant_type", "password"),
            ("username", "alice"),
            ("password", "p&w"),
            ("scope", "read write offline_access"),
        ]),
        named(&[
            client,
            resource,
            ("grant_type", "client_credentials"),
            ("scope", "read write"),
        ]),
        named(&[
            client,
            resource,
            ("grant_type", "refresh_token"),
            ("refresh_token", "r1"),
        ]),
    ];
    for (received, expected) in seen.iter().zip(&expected) {
        assert_eq!(fields(received), *expected);
        assert_eq!(received.path(), "/token");
        assert_eq!(
            received.header("content-type"),
            Some("application/x-www-form-urlencoded")
        );
    }
    assert_eq!(seen.len(), expected.len());
}

/// What a client sends to say who it is: the header field and the form.
fn authentication(
    said: Option<ClientAuth>,
    listed: &[ClientAuth],
    secrets: ClientSecrets,
) -> (Option<String>, BTreeMap<String, String>) {
    let stage = answering("200 OK", GOOD);
    let mut asked = oauth_server(&stage);
    asked.client_id = Some("c i:".to_owned());
    asked.client_auth = said;
    if let Some(oauth) = &mut asked.oauth {
        oauth.client_auth = listed.to_vec();
    }
    at(1_000, &asked, &profile("oauth"), |live| {
        live.secrets = secrets;
        live.login(&Grant::ClientCredentials).unwrap();
    });
    let received = &stage.seen()[0];
    (
        received.header("authorization").map(str::to_owned),
        fields(received),
    )
}

fn with_secret() -> ClientSecrets {
    ClientSecrets {
        secret: Some(secret("s+/%")),
        key: None,
    }
}

#[test]
fn a_client_says_who_it_is_as_was_said_or_listed() {
    use ClientAuth::{Basic, None as Nobody, Post, PrivateKeyJwt};
    // printf 'c%20i%3A:s%2B%2F%25' | base64
    let basic = Some("Basic YyUyMGklM0E6cyUyQiUyRiUyNQ==".to_owned());
    for (said, listed, expected) in [
        (None, &[][..], "basic"),
        (None, &[Post, Basic], "basic"),
        (None, &[Post], "post"),
        (None, &[PrivateKeyJwt], "basic"),
        (Some(Post), &[Basic], "post"),
        (Some(Nobody), &[Basic], "none"),
    ] {
        let (authorization, fields) = authentication(said, listed, with_secret());
        let posted = fields.get("client_secret").map(String::as_str);
        let id = fields.get("client_id").map(String::as_str);
        let seen = (authorization, id, posted);
        let expected = match expected {
            "basic" => (basic.clone(), None, None),
            "post" => (None, Some("c i:"), Some("s+/%")),
            _ => (None, Some("c i:"), None),
        };
        assert_eq!(seen, expected, "{said:?} {listed:?}");
    }
}

#[test]
fn an_assertion_is_fresh_and_its_own() {
    let key = || {
        let file = include_str!("../../../../tests/fixtures/keys/ec-p256.pkcs8.pem");
        let keys = keyfile::read(&secret(file)).unwrap().keys.into_keys();
        let key = keys.into_iter().next().unwrap();
        key.with_kid(Some("k1".to_owned()))
    };
    let secrets = || ClientSecrets {
        secret: None,
        key: Some(key()),
    };
    for _ in 0..2 {
        let (authorization, fields) = authentication(None, &[], secrets());
        assert_eq!((authorization, fields.get("client_id")), (None, None));
        assert_eq!(
            fields["client_assertion_type"],
            "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
        );
        let token = Unverified::read(&fields["client_assertion"], &Limits::default());
        let signature = URL_SAFE_NO_PAD
            .decode(token.text().rsplit('.').next().unwrap())
            .unwrap();
        assert!(key().verify(Algorithm::Es256, token.signing_input(), &signature));
        let claims: Value = serde_json::from_str(token.claims().unwrap().text()).unwrap();
        assert_eq!(claims["iss"], "c i:");
        assert_eq!(claims["sub"], "c i:");
        assert_eq!(claims["aud"], "https://issuer.example");
        assert_eq!(
            (claims["iat"].as_i64(), claims["exp"].as_i64()),
            (Some(1_000), Some(1_060))
        );
        assert_eq!(token.kid(), Typed::Is("k1".to_owned()));
    }
    let stage = answering("200 OK", GOOD);
    at(0, &oauth_server(&stage), &profile("oauth"), |live| {
        live.secrets = secrets();
        live.login(&Grant::ClientCredentials).unwrap();
        live.login(&Grant::ClientCredentials).unwrap();
    });
    let [one, other] = &stage.seen()[..] else {
        panic!("two requests");
    };
    assert_ne!(asserted(one)["jti"], asserted(other)["jti"]);
    let hmac = Key::from_secret(secret(&"s".repeat(64))).unwrap();
    let refused = at(
        0,
        &oauth_server(&answering("200 OK", GOOD)),
        &profile("oauth"),
        |live| {
            live.secrets.key = Some(hmac);
            live.login(&Grant::ClientCredentials)
        },
    );
    assert!(matches!(refused, Err(LiveError::Unsupported(_))));
}

/// The claims of the assertion that a request holds.
fn asserted(received: &Received) -> Value {
    let token = Unverified::read(&fields(received)["client_assertion"], &Limits::default());
    serde_json::from_str(token.claims().unwrap().text()).unwrap()
}

#[test]
fn an_assertion_goes_by_the_server_s_clock_as_far_as_its_answers_told_it() {
    // A minute and a half after the epoch at the server, and the epoch itself here.
    let stage = testing::Server::of(|_| {
        let date = "Date: Thu, 01 Jan 1970 00:01:30 GMT\r\n".to_owned();
        ("200 OK", date, GOOD.to_owned())
    });
    let file = include_str!("../../../../tests/fixtures/keys/ec-p256.pkcs8.pem");
    let key = || {
        let keys = keyfile::read(&secret(file)).unwrap().keys.into_keys();
        keys.into_iter().next()
    };
    for known in [0, 90] {
        let before = stage.seen().len();
        at(0, &oauth_server(&stage), &profile("oauth"), |live| {
            live.secrets.key = key();
            live.skew = known;
            live.login(&Grant::ClientCredentials).unwrap();
            live.login(&Grant::ClientCredentials).unwrap();
        });
        let seen = stage.seen();
        let issued = seen.iter().skip(before).map(asserted);
        let issued: Vec<_> = issued.map(|claims| claims["iat"].as_i64()).collect();
        assert_eq!(issued, [Some(known), Some(90)]);
    }
}

#[test]
fn a_token_that_is_no_bearer_is_refused() {
    for (body, why) in [
        (
            r#"{"access_token":"a","token_type":"DPoP"}"#,
            "token_type is DPoP, not Bearer: such a token is bound to a key that jwtsess does not hold",
        ),
        (
            r#"{"access_token":"a"}"#,
            "it has no token_type (RFC 6749 §5.1)",
        ),
        (
            r#"{"id_token":"a.b.c","token_type":"Bearer"}"#,
            "it has no access token; its members are id_token, token_type",
        ),
        (
            r#"{"access_token":"a","token_type":"Bearer","expires_in":"soon"}"#,
            "expires_in is no number of seconds",
        ),
        (
            r#"{"access_token":"a","token_type":"Bearer","expires_in":-1}"#,
            "expires_in is no number of seconds",
        ),
    ] {
        let stage = answering("200 OK", body);
        let refused = at(0, &oauth_server(&stage), &profile("oauth"), |live| {
            live.login(&Grant::ClientCredentials)
        });
        let refused = refused.unwrap_err().to_string();
        assert!(refused.contains(why), "{body}: {refused}");
    }
}

#[test]
fn an_error_with_a_status_of_success_is_one_all_the_same() {
    let stage = answering(
        "200 OK",
        r#"{"error":"bad_verification_code","error_description":"It has expired."}"#,
    );
    let refused = at(0, &oauth_server(&stage), &profile("oauth"), |live| {
        live.login(&Grant::ClientCredentials)
    });
    let Err(LiveError::Refused(refusal)) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(refusal.code, "refused");
    assert_eq!(
        refusal.server_code.as_deref(),
        Some("bad_verification_code")
    );
    assert_eq!(refusal.words.as_deref(), Some("It has expired."));
}

#[test]
fn the_refresh_token_is_revoked_then_the_access_token() {
    let (access, refresh) = (secret("a"), secret("r"));
    let kept = KeptSession {
        access: Some(&access),
        refresh: Some(&refresh),
        ..KeptSession::default()
    };
    let stage = answering("200 OK", "");
    let ended = at(0, &oauth_server(&stage), &profile("oauth"), |live| {
        live.logout(&kept)
    })
    .unwrap();
    assert_eq!(ended.kinds, [TokenKind::Refresh, TokenKind::Access]);
    let hints: Vec<_> = stage
        .seen()
        .iter()
        .map(|one| fields(one)["token_type_hint"].clone())
        .collect();
    assert_eq!(hints, ["refresh_token", "access_token"]);

    // oidc-provider revokes no access tokens that are JWTs.
    let stage = testing::Server::of(|received| {
        if received.body.contains("hint=access_token") {
            (
                "400 X",
                String::new(),
                r#"{"error":"unsupported_token_type"}"#.to_owned(),
            )
        } else {
            ("200 OK", String::new(), String::new())
        }
    });
    let ended = at(0, &oauth_server(&stage), &profile("oauth"), |live| {
        live.logout(&kept)
    })
    .unwrap();
    assert_eq!(ended.kinds, [TokenKind::Refresh]);
    let without_refresh = KeptSession {
        refresh: None,
        ..kept
    };
    let ended = at(0, &oauth_server(&stage), &profile("oauth"), |live| {
        live.logout(&without_refresh)
    });
    assert_eq!(ended, Err(LiveError::NoRoute(Operation::Logout)));

    let stage = answering("401 X", r#"{"error":"invalid_client"}"#);
    let refused = at(0, &oauth_server(&stage), &profile("oauth"), |live| {
        live.logout(&kept)
    });
    assert!(
        matches!(refused, Err(LiveError::Refused(refusal)) if refusal.code == "client_refused")
    );
}
