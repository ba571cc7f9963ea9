//! Real servers, one by one: what a client with a key, a header that hands out tokens, published keys, and answers that are no token lead to.
//!
//! `JWTSESS_DJANGO` and `JWTSESS_STACKS` name what runs them, as in `live_servers`.
use serde_json::json;

use crate::live_server::{
    AUTHLIB, DJ_REST_AUTH, DRF_JWT, FLASK, LiveServer, NODE_PAIR, OIDC, OIDC_ROBOT, SIMPLEJWT,
    Setup, Stack, signing,
};

/// What it signs is good for a minute by the server's clock, which is not moved here.
#[test]
fn a_client_has_a_key_of_its_own() {
    let login = "--grant client-credentials --client-id keyed --client-key KEYS/ec-p256.pkcs8.pem --scope read";
    let Some(server) = LiveServer::start(Setup { login, ..OIDC }) else {
        return;
    };
    server.log_in();
    let said = server.json(0, &["token", "--refresh"]);
    let answer = server.view(said["access"].as_str().unwrap());
    assert_eq!(answer.body.unwrap()["user"], "keyed", "{said}");
}

/// The token that a server hands out with its answers takes the place of the kept one, if it lives longer.
#[test]
fn a_token_in_the_header_is_taken_up() {
    let own = "live.refresh = 'none'\nlive.me = '/view'\nlive.refresh_header = 'Refresh-Token'";
    for (stack, middleware, is_later) in [
        (
            "drf-jwt-legacy",
            r#"{"middleware": ["django_server.renewing"]}"#,
            true,
        ),
        (
            "drf-jwt-legacy",
            r#"{"middleware": ["django_server.repeating"]}"#,
            false,
        ),
        (
            "drf-jwt",
            r#"{"middleware": ["django_server.renewing"]}"#,
            true,
        ),
    ] {
        let setup = Setup {
            stack: Stack::Django(stack),
            settings: middleware,
            profile: Some((stack, own)),
            ..DRF_JWT
        };
        let Some(server) = LiveServer::start(setup) else {
            return;
        };
        let what = server.what();
        server.log_in();
        let first = server.token(&[]);
        server.advance(100);
        let ran = server.run(&["request", "GET", "/view"]);
        assert_eq!(ran.status, 0, "{what}: {ran:?}");
        assert_eq!(ran.stderr.contains("warning"), !is_later, "{what}: {ran:?}");
        let second = server.token(&[]);
        assert_eq!(first != second, is_later, "{what}");
        assert_eq!(server.view(&second).status, 200, "{what}");
        server.advance(100);
        if is_later {
            let said = server.json(0, &["token", "--refresh"]);
            assert_eq!(said["source"], "header", "{what}: {said}");
            assert_ne!(said["access"], second.as_str(), "{what}");
        }
    }
}

/// The keys that a server publishes verify its tokens.
#[test]
fn keys_come_from_their_server() {
    let rs256 = r#"{"rotate": false, "algorithm": "RS256", "settings": {"ALGORITHM": "'RS256'"}}"#;
    let es256 = r#"{"rotate": false, "algorithm": "ES256", "settings": {"ALGORITHM": "'ES256'"}}"#;
    let eddsa = r#"{"rotate": false, "algorithm": "EdDSA", "settings": {"ALGORITHM": "'EdDSA'"}}"#;
    for (setup, path) in [
        (SIMPLEJWT, "/jwks.json"),
        (FLASK, "/jwks.json"),
        (AUTHLIB, ""),
        (OIDC_ROBOT, ""),
        (OIDC_ROBOT, "/jwks"),
    ] {
        for (algorithm, settings) in [("RS256", rs256), ("ES256", es256), ("EdDSA", eddsa)] {
            // Authlib signs no at+jwt with it.
            if algorithm == "EdDSA" && matches!(setup.stack, Stack::Authlib) {
                continue;
            }
            let signing = signing(algorithm);
            let Some(server) = LiveServer::start(Setup {
                settings,
                signing,
                ..setup
            }) else {
                return;
            };
            server.log_in();
            let (token, address) = (server.token(&[]), server.address(path));
            let said = server.json(0, &["verify", "--key", &address, &token]);
            assert_eq!(said["verdict"], "valid", "{}: {said}", server.what());
        }
    }
}

/// Django leads a POST that lacks the final slash to a GET.
#[test]
fn an_address_without_its_slash_is_told() {
    let setup = Setup {
        settings: r#"{"middleware": ["django.middleware.common.CommonMiddleware"]}"#,
        path: "/api/token",
        ..SIMPLEJWT
    };
    let Some(server) = LiveServer::start(setup) else {
        return;
    };
    let said = server.log_in_in_vain();
    assert_eq!(said["error"]["code"], "redirected", "{said}");
    assert!(said.to_string().contains("/api/token/"), "{said}");
}

#[test]
fn who_asks_too_often_is_told_when_to_come_again() {
    let setup = Setup {
        settings: r#"{"rest_framework": {"DEFAULT_THROTTLE_CLASSES": ["rest_framework.throttling.AnonRateThrottle"], "DEFAULT_THROTTLE_RATES": {"anon": "1/hour"}}}"#,
        ..SIMPLEJWT
    };
    let Some(server) = LiveServer::start(setup) else {
        return;
    };
    server.log_in();
    let said = server.log_in_in_vain();
    assert_eq!(said["error"]["code"], "rate_limited", "{said}");
    assert!(
        said["exchange"]["retry_after"].as_u64() > Some(3000),
        "{said}"
    );
}

/// Who is no longer active gets no token, but the session is not known to be over: an administrator can undo it.
#[test]
fn a_user_may_stop_being_active() {
    for setup in [SIMPLEJWT, DJ_REST_AUTH] {
        let Some(server) = LiveServer::start(setup) else {
            return;
        };
        server.log_in();
        server.tell("/deactivate", &json!({"user": "alice"}));
        let said = server.json(8, &["token", "--refresh"]);
        assert_eq!(
            said["error"]["code"],
            "refused",
            "{}: {said}",
            server.what()
        );
        let said = server.log_in_in_vain();
        assert_eq!(
            said["error"]["code"],
            "login_refused",
            "{}: {said}",
            server.what()
        );
    }
}

/// dj-rest-auth by default: the refresh token is in a cookie that has no name, so that nobody gets it.
#[test]
fn a_refresh_token_that_nobody_gets_is_told() {
    let setup = Setup {
        settings: r#"{"rest_auth": {"JWT_AUTH_HTTPONLY": true}}"#,
        ..DJ_REST_AUTH
    };
    let Some(server) = LiveServer::start(setup) else {
        return;
    };
    let said = server.log_in();
    let credential = &said["credential"];
    assert_eq!(
        credential["session_until"], credential["access_expires_at"],
        "{said}"
    );
    server.let_expire();
    let said = server.json(7, &["token"]);
    assert_eq!(said["error"]["code"], "login_required", "{said}");
}

/// A logout that the access token authorises ends the session also when that token has expired.
#[test]
fn a_session_ends_whatever_became_of_its_access_token() {
    for setup in [NODE_PAIR, SIMPLEJWT] {
        let Some(server) = LiveServer::start(setup) else {
            return;
        };
        server.log_in();
        server.advance(1000);
        server.let_expire();
        server.copy_aside();
        server.json(0, &["logout"]);
        server.put_back();
        let said = server.json(7, &["token", "--refresh"]);
        assert_eq!(
            said["error"]["code"],
            "login_required",
            "{}: {said}",
            server.what()
        );
        server.put_back();
        let said = server.json(0, &["logout"]);
        assert_eq!(
            said["logged_out"][0]["already"],
            true,
            "{}: {said}",
            server.what()
        );
        assert!(!server.keeps(), "{}", server.what());
    }
}
