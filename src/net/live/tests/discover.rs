//! From an address to a server: what its metadata say, and when they are asked for.
use super::*;
use crate::net::error::NetError;
use crate::net::live::discover::discover;
use crate::net::live::server::{ClientAuth, OAuth};

const METADATA: &str = "/.well-known/oauth-authorization-server";

fn found(
    stage: &testing::Server,
    path: &str,
    profile: Option<&Profile>,
) -> Result<Server, LiveError> {
    let mut budget = Budget::new(Duration::from_secs(15));
    discover(
        server(&stage.url(path)),
        profile,
        &testing::client(),
        &mut budget,
        &Standing(0),
    )
    .map(|found| found.server)
}

#[test]
fn metadata_name_the_endpoints() {
    let body = r#"{"issuer":"HERE","token_endpoint":"HERE/token","authorization_endpoint":"HERE/authorize",
        "device_authorization_endpoint":"HERE/device","revocation_endpoint":"HERE/revoke","scopes_supported":["openid","offline_access"],
        "token_endpoint_auth_methods_supported":["tls_client_auth","private_key_jwt","client_secret_post","client_secret_basic"],
        "token_endpoint_auth_signing_alg_values_supported":["PS256"],"authorization_response_iss_parameter_supported":true}"#;
    let stage = testing::site(&[(METADATA, "200 OK", body)]);
    let got = found(&stage, "", None).unwrap();
    let at = |path: &str| Address::parse(&stage.url(path)).unwrap();
    let expected = OAuth {
        issuer: Some(stage.url("")),
        token: at("/token"),
        authorization: Some(at("/authorize")),
        device: Some(at("/device")),
        revocation: Some(at("/revoke")),
        client_auth: vec![
            ClientAuth::Basic,
            ClientAuth::Post,
            ClientAuth::PrivateKeyJwt,
        ],
        signing: vec!["PS256".to_owned()],
        offline_access: true,
        names_issuer: true,
    };
    assert_eq!(got.oauth, Some(expected));
    assert_eq!(got.lasting_scope().as_deref(), Some("offline_access"));

    let kept = serde_json::to_string(&got).unwrap();
    assert_eq!(
        serde_json::from_str::<Server>(&kept).unwrap(),
        got,
        "{kept}"
    );
}

#[test]
fn a_server_that_wants_pushed_requests_or_has_no_token_endpoint_is_refused() {
    for (more, why) in [
        (
            r#","token_endpoint":"HERE/token","require_pushed_authorization_requests":true"#,
            "RFC 9126",
        ),
        ("", "name no token_endpoint"),
        (r#","token_endpoint":7"#, "token_endpoint"),
        (
            r#","token_endpoint":"HERE/token","scopes_supported":"openid""#,
            "scopes_supported",
        ),
    ] {
        let body = format!(r#"{{"issuer":"HERE"{more}}}"#);
        let stage = testing::site(&[(METADATA, "200 OK", &body)]);
        let error = found(&stage, "", None).unwrap_err().to_string();
        assert!(error.contains(why), "{more}: {error}");
    }
}

#[test]
fn nothing_is_asked_under_a_profile_that_says_how_its_server_is_spoken_to() {
    let stage = answering("500 X", "");
    let got = found(&stage, "/api/token/", Some(&profile("simplejwt"))).unwrap();
    assert!(got.oauth.is_none() && stage.seen().is_empty());
    let error = found(&stage, "/token", Some(&profile("oauth"))).unwrap_err();
    assert!(
        matches!(error, LiveError::Net(NetError::Status { status: 500, .. })),
        "{error:?}"
    );
}

#[test]
fn an_address_without_metadata_is_the_token_endpoint_or_takes_a_password() {
    let stage = answering("404 X", "");
    let under = found(&stage, "/token", Some(&profile("pair"))).unwrap();
    let token = under.oauth.map(|oauth| oauth.token.as_sent());
    assert_eq!(token, Some(stage.url("/token")));
    let bare = found(&stage, "/token", None).unwrap();
    assert_eq!(bare.oauth, None);
    assert_eq!(stage.seen().len(), 4);
}

#[test]
fn metadata_tell_how_far_the_server_s_clock_is_ahead() {
    for (date, ahead) in [
        ("", 0),
        ("Date: Thu, 01 Jan 1970 00:20:03 GMT\r\n", 0),
        ("Date: Thu, 01 Jan 1970 00:21:40 GMT\r\n", 100),
        ("Date: Thu, 01 Jan 1970 00:10:00 GMT\r\n", -600),
    ] {
        let stage = testing::Server::of(move |received| {
            let here = received.header("host").unwrap();
            let body =
                format!(r#"{{"issuer":"http://{here}","token_endpoint":"http://{here}/token"}}"#);
            ("200 OK", date.to_owned(), body)
        });
        let found = discover(
            server(&stage.url("")),
            None,
            &testing::client(),
            &mut Budget::new(Duration::from_secs(15)),
            &Standing(1_200),
        );
        assert_eq!(found.unwrap().skew, ahead, "{date}");
    }
}
