//! What is decided at which moment, and what a credential's JSON holds.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use super::decide::{Decision, LoginReason, Renewal, TokenWish};
use super::*;

const NOW: i64 = 1_800_000_000;

fn secret(text: &str) -> Secret {
    Secret::new(text.as_bytes().to_vec())
}

/// Tokens of which the access token was given for `life` seconds, `age` seconds ago.
fn tokens(life: Option<i64>, age: i64) -> TokenSet {
    TokenSet {
        access_token: secret("access"),
        refresh_token: Some(secret("refresh")),
        cookies: Vec::new(),
        obtained_at: NOW - age,
        access_expires_at: life.map(|life| NOW - age + life),
        refresh_expires_at: None,
        skew: 0,
        refreshed_life: None,
        refresh_sent_at: None,
        over: None,
    }
}

fn wish(min_ttl: u64) -> TokenWish {
    TokenWish {
        min_ttl: Span::from_seconds(min_ttl),
        refresh: false,
        no_refresh: false,
    }
}

fn decided(tokens: &TokenSet, renewal: Renewal, wish: TokenWish) -> Decision<'_> {
    tokens.decide(renewal, wish, Timestamp::new(NOW, 400_000_000))
}

const ITSELF: Renewal = Renewal::Itself {
    though_expired: false,
};
const DUE: Decision<'_> = Decision::Refresh { spare: false };
const EARLY: Decision<'_> = Decision::Refresh { spare: true };

fn soon(left: i64) -> Decision<'static> {
    Decision::ExpiresSoon { left, life: None }
}

fn log_in(why: LoginReason) -> Decision<'static> {
    Decision::LoginRequired(why)
}

#[test]
fn a_token_is_used_as_long_as_it_is_good_for_what_was_asked_and_refreshed_then() {
    use Renewal::{Grant, Nothing, RefreshToken};
    // What renews it, its life and age, --min-ttl. The clock stands between two seconds: of 100 seconds, 99 whole ones are left.
    let table = [
        (RefreshToken, 300, 0, 60, Decision::Use),
        (RefreshToken, 300, 239, 60, Decision::Use),
        (RefreshToken, 300, 240, 60, DUE),
        (RefreshToken, 300, 298, 0, Decision::Use),
        (RefreshToken, 300, 299, 0, DUE),
        (RefreshToken, 300, 300, 0, DUE),
        (RefreshToken, 300, 9000, 60, DUE),
        (Grant, 300, 9000, 60, DUE),
        (Grant, 300, 100, 60, Decision::Use),
        (Nothing, 300, 100, 60, Decision::Use),
        (Nothing, 300, 270, 60, soon(29)),
        (Nothing, 300, 299, 60, log_in(LoginReason::NothingRenews)),
        // A token that renews itself does not wait until it is due.
        (ITSELF, 300, 149, 60, Decision::Use),
        (ITSELF, 300, 151, 60, EARLY),
        (ITSELF, 300, 290, 60, DUE),
        (ITSELF, 300, 299, 60, log_in(LoginReason::Expired(NOW + 1))),
        (ITSELF, 300, 301, 60, log_in(LoginReason::Expired(NOW - 1))),
    ];
    for (renewal, life, age, min_ttl, expected) in table {
        let tokens = tokens(Some(life), age);
        let decision = decided(&tokens, renewal, wish(min_ttl));
        assert_eq!(decision, expected, "{renewal:?} {life} {age} {min_ttl}");
    }
}

#[test]
fn what_was_asked_explicitly_comes_first() {
    let force = TokenWish {
        refresh: true,
        ..wish(60)
    };
    let never = TokenWish {
        no_refresh: true,
        ..wish(60)
    };
    let fresh = tokens(Some(300), 0);
    let late = tokens(Some(300), 270);
    let expired = tokens(Some(300), 400);
    let refresh = Renewal::RefreshToken;
    assert_eq!(decided(&fresh, refresh, force), EARLY);
    assert_eq!(
        decided(&fresh, Renewal::Nothing, force),
        log_in(LoginReason::NothingRenews)
    );
    assert_eq!(decided(&fresh, refresh, never), Decision::Use);
    assert_eq!(decided(&late, refresh, never), soon(29));
    assert_eq!(decided(&expired, refresh, never), soon(-101));
    // Past its half, it is still good.
    assert_eq!(
        decided(&tokens(Some(300), 200), ITSELF, never),
        Decision::Use
    );
}

#[test]
fn a_refresh_token_that_has_expired_is_not_sent() {
    let refresh = Renewal::RefreshToken;
    for (ends_in, age, expected) in [
        (2, 300, DUE),
        (1, 300, log_in(LoginReason::RefreshExpired(NOW + 1))),
        (-5, 300, log_in(LoginReason::RefreshExpired(NOW - 5))),
        (-5, 270, soon(29)),
        (-5, 0, Decision::Use),
    ] {
        let mut tokens = tokens(Some(300), age);
        tokens.refresh_expires_at = Some(NOW + ends_in);
        assert_eq!(decided(&tokens, refresh, wish(60)), expected, "{ends_in}");
    }
    let mut lost = tokens(Some(300), 300);
    lost.refresh_token = None;
    let expected = log_in(LoginReason::NothingRenews);
    assert_eq!(decided(&lost, refresh, wish(60)), expected);
}

#[test]
fn an_expired_token_renews_itself_only_where_and_while_the_profile_lets_it() {
    let lenient = Renewal::Itself {
        though_expired: true,
    };
    let mut expired = tokens(Some(300), 400);
    assert_eq!(decided(&expired, lenient, wish(60)), DUE);
    expired.refresh_expires_at = Some(NOW + 100);
    assert_eq!(decided(&expired, lenient, wish(60)), DUE);
    assert_eq!(
        decided(&expired, ITSELF, wish(60)),
        log_in(LoginReason::Expired(NOW - 100))
    );
    expired.refresh_expires_at = Some(NOW - 100);
    let over = log_in(LoginReason::RefreshExpired(NOW - 100));
    assert_eq!(decided(&expired, lenient, wish(60)), over);
    // A good token of a session that can't be prolonged any more is good to its end.
    let mut last = tokens(Some(300), 200);
    last.refresh_expires_at = Some(NOW - 100);
    assert_eq!(decided(&last, ITSELF, wish(60)), Decision::Use);
}

#[test]
fn a_life_shorter_than_what_was_asked_is_learnt_by_one_refresh() {
    let refresh = Renewal::RefreshToken;
    let mut tokens = tokens(Some(30), 0);
    assert_eq!(decided(&tokens, refresh, wish(60)), DUE);
    tokens.refreshed_life = Some(30);
    let known = Decision::ExpiresSoon {
        left: 29,
        life: Some(30),
    };
    assert_eq!(decided(&tokens, refresh, wish(60)), known);
    assert_eq!(decided(&tokens, refresh, wish(20)), Decision::Use);
    tokens.obtained_at -= 100;
    tokens.access_expires_at = Some(NOW - 70);
    assert_eq!(decided(&tokens, refresh, wish(20)), DUE);
    assert!(!tokens.lives_for(Span::from_seconds(31)) && tokens.lives_for(Span::from_seconds(30)));
}

#[test]
fn without_a_known_expiry_a_token_is_used_until_it_is_refused() {
    let tokens = tokens(None, 9000);
    let force = TokenWish {
        refresh: true,
        ..wish(60)
    };
    for renewal in [Renewal::RefreshToken, ITSELF, Renewal::Nothing] {
        assert_eq!(decided(&tokens, renewal, wish(60)), Decision::UseUnknown);
    }
    assert_eq!(decided(&tokens, Renewal::RefreshToken, force), EARLY);
    assert!(tokens.lives_for(Span::from_seconds(60)));
}

#[test]
fn what_the_server_ended_is_over_even_if_a_token_is_fresh() {
    let mut tokens = tokens(Some(300), 0);
    let end = CredentialEnd {
        at: NOW - 10,
        code: "revoked".to_owned(),
        words: None,
        unanswered_since: None,
    };
    tokens.over = Some(end.clone());
    let decision = decided(&tokens, Renewal::RefreshToken, wish(60));
    assert_eq!(decision, Decision::Over(&end));
}

#[test]
fn freshness_is_judged_by_the_server_s_clock() {
    // The server is 300 seconds ahead: what it gave for 300 seconds looks like 600 here.
    for (skew, age, expected) in [
        (300, 239, Decision::Use),
        (300, 241, DUE),
        (-300, 239, Decision::Use),
        (-300, 241, DUE),
    ] {
        let mut tokens = tokens(Some(300), age);
        tokens.skew = skew;
        tokens.access_expires_at = tokens.access_expires_at.map(|end| end + skew);
        assert_eq!(tokens.life(), Some(300));
        let decision = decided(&tokens, Renewal::RefreshToken, wish(60));
        assert_eq!(decision, expected, "{skew} {age}");
    }
}

#[test]
fn a_credential_is_one_json_object_and_no_debug_shows_its_secrets() {
    let mut tokens = tokens(Some(300), 0);
    tokens.cookies.push(KeptCookie {
        name: "app-auth".to_owned(),
        value: secret("access"),
        path: "/".to_owned(),
        expires_at: Some(NOW),
    });
    let credential = Credential {
        schema: SCHEMA,
        server: "https://a.example".to_owned(),
        profile: Some("simplejwt".to_owned()),
        grant: GrantKind::ClientCredentials,
        user: None,
        client_secret: Some("env:SECRET".to_owned()),
        client_key: None,
        helper: None,
        tokens,
    };
    let text = serde_json::to_string(&credential).unwrap();
    let expected = r#"{"schema":1,"server":"https://a.example","profile":"simplejwt","grant":"client-credentials","client_secret":"env:SECRET","tokens":{"access_token":"access","refresh_token":"refresh","cookies":[{"name":"app-auth","value":"access","path":"/","expires_at":1800000000}],"obtained_at":1800000000,"access_expires_at":1800000300,"skew":0}}"#;
    assert_eq!(text, expected);
    let read: Credential<String> = serde_json::from_str(&text).unwrap();
    assert_eq!(read, credential);
    let shown = format!("{credential:?}");
    assert!(
        shown.contains("Secret(..)") && !shown.contains("\"access\""),
        "{shown}"
    );
    // A token with a line's end would be two header fields.
    for bad in ["access\\r\\nX: y", "acc\\u0000ess", "acc\\u007fess"] {
        for member in [
            "access_token\":\"access",
            "refresh_token\":\"refresh",
            "value\":\"access",
        ] {
            let (name, _) = member.split_once(':').unwrap();
            let damaged = text.replacen(&format!("{member}\""), &format!("{name}:\"{bad}\""), 1);
            assert_ne!(damaged, text);
            let read = serde_json::from_str::<Credential<String>>(&damaged);
            assert!(read.is_err(), "{damaged}");
        }
    }
    // What a later version adds does not disturb.
    let later = text.replacen('{', r#"{"later":1,"#, 1);
    assert_eq!(
        serde_json::from_str::<Credential<String>>(&later).unwrap(),
        credential
    );
}
