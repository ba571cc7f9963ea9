//! What `renew` prints, through the tests' world.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use insta::assert_snapshot;

use crate::cli::commands::testing::{Machine, call, pair, printed, readable, signed, sliding};
use crate::cli::testing::NOW;

#[test]
fn renew_gives_a_fresh_token_and_keeps_the_rest_in_place() {
    let token = signed(
        r#"{"typ":"JWT","x":[1, 2],"alg":"HS256"}"#,
        br#"{"exp":1800000600, "iat":1799999400,"jti":"old","n":1.50,"sub":"alice"}"#,
    );
    assert_snapshot!(readable(&call(&["renew", &token]).run()), @r#"
    --- stdout
    <{"typ":"JWT","x":[1, 2],"alg":"HS256"}.{"exp":1800001200, "iat":1800000000,"jti":"00000000-0000-4000-8000-000000000001","n":1.50,"sub":"alice"}.32>
    --- exit 0
    "#);
}

#[test]
fn renew_within_gives_the_same_token_back_while_it_is_not_due() {
    let token = sliding();
    let called = call(&["renew", &token, "--within", "20m"]).run();
    assert_eq!(called.stdout.trim_end(), token);
    assert_snapshot!(called.stderr, @r#"jwtsess: not due yet: 1 h left, so this is the same token"#);
    let called = call(&["renew", &token, "--within", "20m", "--now", "+45m"]).run();
    assert_ne!(called.stdout.trim_end(), token);
}

#[test]
fn renew_stops_at_the_session_s_end() {
    let token = printed(call(&["issue", "--user", "alice", "--session-max", "30m"]));
    assert_snapshot!(readable(&call(&["renew", &token, "--session-max", "30m", "--now", "+10m"]).run()), @r#"
    --- stdout
    <{"alg":"HS256","typ":"JWT"}.{"sub":"alice","iat":1800000000,"exp":1800001800,"jti":"00000000-0000-4000-8000-000000000002","auth_time":1800000000,"sid":"00000000-0000-4000-8000-000000000001","session_exp":1800001800}.32>
    --- stderr
    jwtsess: the clock is set to 2027-01-15T08:10:00Z by --now, 10 min ahead of the system's
    jwtsess: the session ends with this token, so this is the same token; log in
             again by 2027-01-15T08:30:00Z, in 20 min
    --- exit 0
    "#);
    let called = call(&["renew", &sliding(), "--session-max", "65m", "--now", "+30m"]).run();
    assert_snapshot!(readable(&called), @r#"
    --- stdout
    <{"alg":"HS256","typ":"JWT"}.{"sub":"alice","iat":1800001800,"exp":1800003900,"jti":"00000000-0000-4000-8000-000000000001","auth_time":1800000000,"sid":"00000000-0000-4000-8000-000000000001","session_exp":1800003900}.32>
    --- stderr
    jwtsess: the clock is set to 2027-01-15T08:30:00Z by --now, 30 min ahead of the system's
    jwtsess: exp is capped at the session's end: log in again by
             2027-01-15T09:05:00Z, in 35 min
    --- exit 0
    "#);
}

#[test]
fn renew_of_a_refresh_token_gives_an_access_token() {
    let (access, refresh) = pair();
    assert_snapshot!(readable(&call(&["renew", &refresh, "-o", "wire", "--no-store", "-q"]).run()), @r#"
    --- stdout
    {"access_token":"<{"alg":"HS256","typ":"at+jwt"}.{"sub":"alice","iat":1800000000,"exp":1800000300,"jti":"00000000-0000-4000-8000-000000000001","auth_time":1800000000,"sid":"00000000-0000-4000-8000-000000000001"}.32>","token_type":"Bearer","expires_in":300}
    --- exit 0
    "#);
    assert_snapshot!(call(&["renew", &access]).run(), @r#"
    --- stderr
    jwtsess: refused: kind mismatch: an access token, expected refresh
      kind_mismatch  an access token, expected refresh
    jwtsess: hint: renew with the pair's refresh token: jwtsess renew REFRESH_TOKEN
    --- exit 6
    "#);
    // A refresh token is never its own answer, however much life it has.
    let called = call(&["renew", &refresh, "--within", "5m", "--no-store"]).run();
    assert!(readable(&called).contains("at+jwt"), "{called}");
}

#[test]
fn renew_refuses_as_verify_does() {
    assert_snapshot!(call(&["renew", &sliding(), "--now", "+2h"]).run(), @r#"
    --- stderr
    jwtsess: the clock is set to 2027-01-15T10:00:00Z by --now, 2 h ahead of the system's
    jwtsess: refused: expired 1 h ago
      expired  expired 2027-01-15T09:00:00Z, 1 h ago (now 2027-01-15T10:00:00Z)
    jwtsess: hint: log in again: jwtsess issue --user alice
    --- exit 5
    "#);
    assert_snapshot!(call(&["renew", &sliding(), "--profile", "pair"]).run(), @r#"
    --- stderr
    jwtsess: refused: model mismatch: a sliding token, expected pair
      model_mismatch  a sliding token, expected pair
      kind_mismatch   an access token, expected refresh
    jwtsess: hint: use --profile sliding, or leave --profile out
    --- exit 6
    "#);
}

#[test]
fn a_token_that_outlives_what_the_store_would_remember_is_recorded_before_it_is_printed() {
    for (profile, user, longer) in [
        (
            "sliding",
            "alice",
            &["--ttl", "60d", "--session-max", "90d"][..],
        ),
        ("drf-jwt", "alice", &["--set", "JWT_EXPIRATION_DELTA=60d"]),
        ("drf-jwt", "alice", &["--ttl", "60d"]),
        ("simplejwt-sliding", "7", &["--ttl", "60d"]),
    ] {
        let machine = Machine::new();
        let past = ["--now", "-20d"];
        let ids: &[&str] = if profile == "drf-jwt" {
            &["--user-id", "7"]
        } else {
            &[]
        };
        let issue = ["issue", "--user", user, "--profile", profile];
        let first = machine.token(&[&issue[..], ids, &past].concat());
        let renewed = machine.run(&[&["renew", &first][..], longer, &past].concat());
        assert_eq!(renewed.exit, 0, "{profile}: {renewed}");
        let fresh = renewed.stdout.trim_end();
        let revoked = machine.run(&[&["revoke", &first][..], &past].concat());
        assert_eq!(revoked.exit, 0, "{profile}: {revoked}");
        assert_eq!(
            machine.run(&["verify", fresh]).exit,
            7,
            "{profile} {longer:?}"
        );
        let purged = machine.run(&["session", "purge"]);
        assert!(
            purged.stdout.starts_with("removed 0 sessions"),
            "{profile}: {purged}"
        );
        assert_eq!(
            machine.run(&["verify", fresh]).exit,
            7,
            "{profile} {longer:?}"
        );
    }
}

#[test]
fn a_renewal_within_the_profile_s_lifetimes_records_nothing() {
    let machine = Machine::new();
    let first = machine.token(&["issue", "--user", "alice"]);
    machine.token(&["renew", &first, "--now", "+1m"]);
    machine.token(&["renew", &first, "--ttl", "2h", "--now", "+1m"]);
    assert!(!machine.store().exists());
}

/// A token as `sliding` issued it before it wrote a mark, from a login so many seconds ago.
fn unmarked(header: &str, since_login: i64) -> (String, String) {
    let login = NOW - since_login;
    let (iat, exp) = (NOW - 3300, NOW + 300);
    let payload = format!(
        r#"{{"sub":"alice","iat":{iat},"exp":{exp},"jti":"old","auth_time":{login},"sid":"s"}}"#
    );
    (signed(header, payload.as_bytes()), payload)
}

const DAY: i64 = 86_400;

#[test]
fn a_token_of_before_the_mark_is_a_guess_whose_end_holds() {
    let header = r#"{"alg":"HS256","typ":"JWT"}"#;
    let (token, _) = unmarked(header, DAY);
    let renewed = call(&["renew", &token, "--no-store"]).run();
    assert_eq!(renewed.exit, 0, "{renewed}");
    let said: String = renewed
        .stderr
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    for part in [
        "prolonged as it is; the token looks like sliding; --profile sliding goes by it",
        "iat, exp, jti anew",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(readable(&renewed).contains(r#""exp":1800003600,"jti":"00000000-0000-4000-8000-000000000001","auth_time":1799913600,"sid":"s"}"#), "{}", readable(&renewed));

    let (late, _) = unmarked(header, 7 * DAY - 600);
    let capped = call(&["renew", &late, "--no-store"]).run();
    assert!(
        readable(&capped).contains(r#""exp":1800000600,"#),
        "{}",
        readable(&capped)
    );
    let (over, _) = unmarked(header, 7 * DAY + 1);
    assert_eq!(call(&["renew", &over, "--no-store"]).run().exit, 5);
    // Whoever names a profile goes by it.
    let named =
        |name: &str, token: &str| call(&["renew", token, "--no-store", "--profile", name]).run();
    assert_eq!(named("plain", &over).exit, 0);
    assert_eq!(named("sliding", &over).exit, 5);
    assert!(
        !named("sliding", &token)
            .stderr
            .contains("prolonged as it is")
    );
    for other in [
        r#"{"alg":"HS256","typ":"JWT","kid":"dev-00000000"}"#,
        r#"{"typ":"JWT","alg":"HS256"}"#,
    ] {
        let seen = call(&["inspect", &unmarked(other, DAY).0, "--no-store"]).run();
        assert!(seen.stdout.contains("looks like sliding"), "{seen}");
    }
    for other in [r#"{"alg":"HS256"}"#, r#"{"alg":"HS256","typ":"at+jwt-x"}"#] {
        let seen = call(&["inspect", &unmarked(other, DAY).0, "--no-store"]).run();
        assert!(!seen.stdout.contains("sliding"), "{seen}");
    }
}

#[test]
fn the_development_keys_kid_makes_the_guess_certain() {
    let machine = Machine::new();
    let bare = |args: &[&str]| machine.call(args).without("JWTSESS_SECRET");
    assert_eq!(bare(&["issue", "--user", "alice"]).run().exit, 0);
    let folder = machine.home.path().join(".local/share/jwtsess");
    let text = std::fs::read(folder.join("development-key.jwks.json")).unwrap();
    let file = crate::core::keyfile::read(&crate::core::secret::Secret::new(text)).unwrap();
    let key = &file.keys.keys()[0];
    let header = format!(
        r#"{{"alg":"HS256","typ":"JWT","kid":"{}"}}"#,
        key.kid().unwrap()
    );
    let (_, payload) = unmarked(&header, DAY);
    let token = crate::core::sign::compact(
        header.as_bytes(),
        payload.as_bytes(),
        key,
        crate::core::algorithm::Algorithm::Hs256,
    )
    .unwrap();
    let renewed = bare(&["renew", &token, "--no-store"]).run();
    assert_eq!(renewed.exit, 0, "{renewed}");
    assert!(!renewed.stderr.contains("prolonged as it is"), "{renewed}");
    let plain = ["renew", &token, "--no-store", "--profile", "plain"];
    assert_eq!(bare(&plain).run().exit, 6, "its end is certain");
    let seen = bare(&["inspect", &token, "--no-store"]).run();
    assert!(
        seen.stdout
            .contains("sliding, access token (by its auth_time and sid)"),
        "{seen}"
    );
    let without = bare(&["inspect", &token, "--no-store"])
        .env("JWTSESS_NO_DEV_KEY", "1")
        .run();
    assert!(without.stdout.contains("looks like sliding"), "{without}");
}
