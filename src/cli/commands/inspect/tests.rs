//! What `inspect` prints, through the tests' world.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use insta::assert_snapshot;

use crate::cli::commands::testing::{SECRET, call, printed, signed, sliding};
use crate::cli::testing::{Call, CallResult, Folder};

/// Sections of the screen by their headings, of the checks those that did not pass, and the exit status. The first line is `""`, what comes before the headings
/// `summary`.
fn sections(called: &CallResult, headings: &[&str]) -> String {
    let is_asked = |(at, text): &(usize, &str)| {
        let heading = match text.lines().next() {
            _ if *at == 0 => "",
            Some(line) if line.starts_with(' ') => "summary",
            line => line.unwrap_or_default(),
        };
        headings.contains(&heading)
    };
    let told = called.stdout.trim_end().split("\n\n").enumerate();
    let told = told.filter(is_asked).map(|(_, text)| {
        let lines = text.lines().filter(|line| !line.starts_with("  ok"));
        lines.collect::<Vec<_>>().join("\n")
    });
    let told = told.collect::<Vec<_>>().join("\n\n");
    format!("{told}\n--- exit {}", called.exit)
}

#[test]
fn inspect_answers_first() {
    assert_snapshot!(call(&["inspect", &sliding()]).run(), @r#"
    --- stdout
    valid, expires in 1 h

      model      sliding, access token (by its session_exp)
      algorithm  HS256
      signature  valid, checked with env:SIGNING_KEY (400-bit secret)
      session    ends 2027-01-22T08:00:00Z, in 7 d

    header
      alg  "HS256"
      typ  "JWT"

    claims
      sub          "alice"
      iat          1800000000  2027-01-15T08:00:00Z, now
      exp          1800003600  2027-01-15T09:00:00Z, in 1 h
      jti          "00000000-0000-4000-8000-000000000002"
      auth_time    1800000000  2027-01-15T08:00:00Z, now
      sid          "00000000-0000-4000-8000-000000000001"
      session_exp  1800604800  2027-01-22T08:00:00Z, in 7 d

    lifetime
      iat [>-----------------------------] exp  1 h left of 1 h

    checks
      ok    structure     three parts, well formed
      ok    crit          no critical extensions
      ok    algorithm     a given key supports HS256
      ok    signature     made by a given key
      ok    key_strength  the key is long enough
      ok    exp           expires 2027-01-15T09:00:00Z, in 1 h
      ok    iat           issued 2027-01-15T08:00:00Z, now

    next
      renew it before 2027-01-15T09:00:00Z: jwtsess renew TOKEN
    --- exit 0
    "#);
}

#[test]
fn inspect_tells_how_long_ago_a_token_expired() {
    let called = call(&["inspect", &sliding(), "--now", "+72m"]).run();
    assert_snapshot!(sections(&called, &["", "lifetime", "checks", "next"]), @r#"
    expired 12 min ago

    lifetime
      iat [==============================] exp  over for 12 min, lasted 1 h

    checks
      FAIL  expired       expired 2027-01-15T09:00:00Z, 12 min ago (now
                          2027-01-15T09:12:00Z)

    next
      log in again: jwtsess issue --user alice
    --- exit 0
    "#);
}

#[test]
fn inspect_names_the_mistake_that_explains_a_bad_signature() {
    let called = call(&["inspect", &sliding()])
        .env("SIGNING_KEY", format!("{SECRET}\n\n"))
        .run();
    assert_snapshot!(sections(&called, &["", "summary", "checks", "next"]), @r#"
    bad signature

      model      sliding, access token (by its session_exp)
      algorithm  HS256
      signature  not valid; checked with env:SIGNING_KEY (416-bit secret)
      session    ends 2027-01-22T08:00:00Z, in 7 d

    checks
      FAIL  bad_signature  none of the given keys made this signature

    next
      the signature matches the secret without the white space around it: correct
      the secret where it is kept, or give it in that form: --secret base64:file:-,
      with the base64 of it on standard input
    --- exit 0
    "#);
}

#[test]
fn inspect_without_a_key_says_that_nothing_was_proved() {
    let called = Call::new(&["inspect", &sliding(), "--no-dev-key"]).run();
    assert_snapshot!(sections(&called, &["", "summary", "checks", "next"]), @r#"
    not checked: no key was given

      model      sliding, access token (by its session_exp)
      algorithm  HS256
      signature  not checked: no key was given
      session    ends 2027-01-22T08:00:00Z, in 7 d

    checks
      FAIL  no_key     no key was given to check the signature with

    next
      give the key that the token was signed with: --key FILE, --secret env:NAME, or
      for a Django server --secret dotenv:.env#SECRET_KEY
    --- exit 0
    "#);
}

#[test]
fn inspect_shows_what_can_be_read_of_a_token_that_was_cut() {
    let token = sliding();
    assert_snapshot!(call(&["inspect", &token[..150]]).run(), @r#"
    --- stdout
    not a token: 2 parts, but a token has three (byte 150)

      algorithm  HS256

    header
      alg  "HS256"
      typ  "JWT"

    claims, as far as it can be read
      {"sub":"alice","iat":1800000000,"exp":1800003600,"jti":"00000000-0000-4000-800
      0-0000

    checks
      FAIL  malformed      2 parts, but a token has three (byte 150)
      FAIL  malformed      the payload breaks off at byte 150: it was cut short
      ok    crit           no critical extensions
      ok    algorithm      a given key supports HS256
      FAIL  bad_signature  none of the given keys made this signature

    next
      it looks cut short: copy it again, whole
    --- stderr
    jwtsess: error: not a token: 2 parts, but a token has three (byte 150)
    --- exit 3
    "#);
}

#[test]
fn inspect_calls_an_unsigned_token_unsigned() {
    let token = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbGljZSJ9.";
    let called = call(&["inspect", token]).run();
    assert_snapshot!(sections(&called, &["", "summary", "checks", "next"]), @r#"
    UNSIGNED (alg none): anyone could have written it

      model      plain, nothing in it tells its kind
      algorithm  none
      signature  there is none

    checks
      FAIL  alg_none       alg is none: nobody signed it
      FAIL  claim_missing  no exp

    next
      never accept such a token: anyone can write one (RFC 8725 §3.2)
      a token without exp never expires: have its issuer set one
    --- exit 0
    "#);
}

#[test]
fn inspect_of_what_is_no_token_fails() {
    let called = call(&["inspect", "hello"]).run();
    assert_snapshot!(sections(&called, &["", "checks", "next"]), @r#"
    not a token: one part, but a token has three with dots between them

    checks
      FAIL  malformed  one part, but a token has three with dots between them
      FAIL  malformed  the header breaks off at byte 5: it was cut short

    next
      give the token itself: header, payload and signature with dots between them
      a JWT's first part is a JSON object in base64url and begins with eyJ: copy the
      token again from its beginning, or look at where this text came from
    --- exit 3
    "#);
    let called = call(&["inspect", "eyJhbGciOiJkaXIifQ.a.b.c.d"]).run();
    assert_snapshot!(sections(&called, &["", "checks", "next"]), @r#"
    encrypted (JWE): only its header can be read

    checks
      FAIL  encrypted  five parts: an encrypted token (JWE)

    next
      only its recipient's key can open it; to see its header: jwtsess decode TOKEN
    --- exit 0
    "#);
}

#[test]
fn nothing_in_a_token_reaches_the_terminal_unescaped() {
    let evil = "{\"\u{202e}a\\u001b[2J\":\"x\\n\\u009b31m\u{e0041}\u{200b}\",\"exp\":1800000100,\"jti\":7}";
    let header = "{\"alg\":\"HS256\",\"kid\":\"\\u001b]0;pwned\\u0007\",\"typ\":\"\u{2066}\"}";
    let token = signed(header, evil.as_bytes());
    for args in [
        &["inspect", &token][..],
        &["inspect", &token, "--json"],
        &["verify", &token, "--typ", "x"],
        &["renew", &token],
        &["decode", &token],
        &["decode", &token, "--json"],
    ] {
        let called = call(args).run();
        let hidden = |text: &str| {
            text.replace('\n', "")
                .chars()
                .find(|c| crate::cli::paint::is_hidden(*c))
        };
        assert_eq!(hidden(&called.stdout), None, "{args:?}\n{called}");
        assert_eq!(hidden(&called.stderr), None, "{args:?}\n{called}");
    }
    let called = call(&["inspect", &token]).run();
    assert_snapshot!(sections(&called, &["", "summary", "header", "claims"]), @r#"
    claim malformed: jti is 7, expected string

      model      plain, nothing in it tells its kind
      algorithm  HS256
      kid        \u001b]0;pwned\u0007
      signature  valid, checked with env:SIGNING_KEY (400-bit secret)

    header
      alg  "HS256"
      kid  "\u001b]0;pwned\u0007"
      typ  "\u{2066}"

    claims
      \u{202e}a\u001b[2J  "x\n\u009b31m\u{e0041}\u{200b}"
      exp               1800000100  2027-01-15T08:01:40Z, in 1 min 40 s
      jti               7
    --- exit 0
    "#);
}

#[test]
fn inspect_says_what_a_django_server_would_and_where_that_is_unsafe() {
    let args = [
        "issue",
        "--profile",
        "simplejwt",
        "--user",
        "7",
        "-o",
        "refresh",
    ];
    let refresh = printed(call(&args));
    let called = call(&["inspect", &refresh]).run();
    assert_snapshot!(sections(&called, &["summary", "beware of its server"]), @r#"
      model      simplejwt, refresh token (by its token_type refresh)
      algorithm  HS256
      signature  valid, checked with env:SIGNING_KEY (400-bit secret)
      server     simplejwt says: view 401 (kind mismatch), verify 200, refresh 200,
                 blacklist 200; not checked: blacklist, user exists, user active

    beware of its server
      no_session_end          each rotation starts a new REFRESH_TOKEN_LIFETIME, so
                              a session need never end
      no_reuse_detection      reusing a rotated token is refused, but tokens a thief
                              already got from it keep working
      access_outlives_logout  only refresh tokens can be revoked: an access token
                              stays valid until it expires
    --- exit 0
    "#);
}

#[test]
fn inspect_tells_what_its_server_never_ends() {
    let header = r#"{"alg":"HS256","typ":"JWT"}"#;
    let endless = signed(
        header,
        br#"{"username":"alice","user_id":1,"orig_iat":1799990000}"#,
    );
    let endless = call(&["inspect", &endless, "--profile", "drf-jwt"]).run();
    assert_snapshot!(sections(&endless, &["", "summary", "checks", "beware of its server"]), @r#"
    valid, never expires

      model      drf-jwt-legacy, access token (by its orig_iat)
      algorithm  HS256
      signature  valid, checked with env:SIGNING_KEY (400-bit secret)
      session    ends 2027-01-22T05:13:20Z, in 6 d 21 h
      server     drf-jwt says: view 200, verify 201, refresh 201, blacklist 201; not
                 checked: blacklist, user exists, user active

    checks
      note  never_expires   no exp: it never expires

    beware of its server
      no_exp_accepted       it accepts a token without exp, which never expires
      outlives_session      exp is not capped at the end of the refresh period: the
                            last token outlives it
      old_token_lives       a token that was exchanged for a fresh one stays valid
                            until it expires
      revocation_forgotten  its clean-up forgets a revoked token once that token's
                            first exp has passed: tokens made from it are then
                            accepted again
    --- exit 0
    "#);
}

#[test]
fn inspect_goes_by_the_settings_of_the_server() {
    let args = [
        "issue",
        "--profile",
        "simplejwt",
        "--user",
        "7",
        "-o",
        "refresh",
    ];
    let refresh = printed(call(&args));
    let expired = call(&[
        "inspect",
        &refresh,
        "--now",
        "+2d",
        "--set",
        "ROTATE_REFRESH_TOKENS=off",
    ])
    .run();
    assert_snapshot!(sections(&expired, &["summary", "beware of its server", "next"]), @r#"
      model      simplejwt, refresh token (by its token_type refresh)
      algorithm  HS256
      signature  valid, checked with env:SIGNING_KEY (400-bit secret)
      server     simplejwt says: view 401 (expired), verify 401 (expired), refresh
                 401 (expired), blacklist 401 (expired)

    beware of its server
      access_outlives_logout  only refresh tokens can be revoked: an access token
                              stays valid until it expires

    next
      log in again: jwtsess issue --profile simplejwt --user USER
    --- exit 0
    "#);
}

#[test]
fn inspect_foretells_a_server_only_where_it_has_its_key() {
    let args = [
        "issue",
        "--profile",
        "simplejwt",
        "--user",
        "7",
        "-o",
        "access",
    ];
    let theirs = printed(call(&args));
    let key = "hex:000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    for (token, more, told) in [
        (&theirs, &[][..], true),
        (&theirs, &["--profile", "simplejwt"], true),
        (&theirs, &["--secret", key], true),
        (
            &theirs,
            &[
                "--key",
                concat!(
                    env!("CARGO_MANIFEST_DIR"),
                    "/tests/fixtures/keys/rsa-2048.spki.pem"
                ),
            ],
            false,
        ),
        (&theirs, &["--profile", "plain"], false),
        (&sliding(), &[], false),
    ] {
        let args = [&["inspect", token, "--json"], more].concat();
        let called = call(&args).run();
        let json: serde_json::Value = serde_json::from_str(&called.stdout).unwrap_or_default();
        assert_eq!(json["server"].is_object(), told, "{more:?} {called}");
    }
    let called = Call::new(&["inspect", &theirs, "--no-dev-key", "--json"]).run();
    assert!(!called.stdout.contains("hazards"), "{called}");
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn what_a_token_brings_along_is_a_finding_with_a_severity() {
    let folder = Folder::new();
    let secret = folder.file("secret", "0123456789abcdef0123456789abcdef");
    let secret = format!("file:{secret}");
    let token = |header: &[&str], claims: &str| {
        let args = [&["encode", claims, "--secret", &secret], header].concat();
        let called = Call::new(&args).at_home().run();
        assert_eq!(called.exit, 0, "{called}");
        called.stdout.trim().to_owned()
    };
    let plain = r#"{"iat":1800000000,"exp":1800003600}"#;
    for (header, claims, code, claim) in [
        (
            &["--header", "jwk:={\"kty\":\"oct\"}"][..],
            plain,
            "key_in_header",
            "jwk",
        ),
        (
            &["--header", "x5c:=[\"AA\"]"],
            plain,
            "key_in_header",
            "x5c",
        ),
        (
            &["--header", "jku=https://evil.example"],
            plain,
            "key_address",
            "jku",
        ),
        (
            &["--header", "x5u=https://evil.example"],
            plain,
            "key_address",
            "x5u",
        ),
        (&["--kid", "../../dev/null"], plain, "hostile_kid", "kid"),
        (
            &[],
            r#"{"iat":1800000000,"exp":2115360000}"#,
            "long_life",
            "exp",
        ),
        (&[], r#"{"exp":2115360000}"#, "long_life", "exp"),
        (
            &[],
            r#"{"exp":1800003600,"Password":"x"}"#,
            "secret_claim",
            "Password",
        ),
        (
            &[],
            r#"{"exp":1800003600,"user":{"api_key":"x"}}"#,
            "secret_claim",
            "user.api_key",
        ),
        (
            &[],
            r#"{"iat":1800000900,"exp":1800003600}"#,
            "future_iat",
            "iat",
        ),
    ] {
        let token = token(header, claims);
        for command in [
            &["inspect", &token][..],
            &["verify", &token],
            &["verify", "--batch"],
        ] {
            let args = [command, &["--secret", &secret, "--json"]].concat();
            let called = Call::new(&args).at_home().stdin(token.as_str()).run();
            assert_eq!(called.exit, 0, "{called}");
            let answer: serde_json::Value = serde_json::from_str(&called.stdout).unwrap();
            let found = answer["findings"].as_array().unwrap().iter();
            let found: Vec<_> = found.filter(|finding| finding["code"] == code).collect();
            assert_eq!(found.len(), 1, "{command:?} {code}: {answer}");
            assert_eq!(
                (&found[0]["severity"], &found[0]["claim"]),
                (&"note".into(), &claim.into()),
                "{answer}"
            );
        }
        let told = Call::new(&["verify", &token, "--secret", &secret])
            .at_home()
            .run();
        assert!(
            !told.stderr.contains("\"x\""),
            "the value is not shown: {told}"
        );
    }
    let usual = token(&["--kid", "https://vault.example/keys/1"], plain);
    let called = Call::new(&["verify", &usual, "--secret", &secret, "--json"])
        .at_home()
        .run();
    for code in [
        "key_in_header",
        "key_address",
        "hostile_kid",
        "long_life",
        "secret_claim",
    ] {
        assert!(!called.stdout.contains(code), "{called}");
    }
}

#[test]
fn hints_stand_in_the_answer_and_a_line_of_a_batch_says_who() {
    let expired = r#"{"sub":"alice","jti":"one","iat":1700000000,"exp":1700000100}"#;
    let folder = Folder::new();
    let secret = folder.file("secret", "0123456789abcdef0123456789abcdef");
    let secret = format!("file:{secret}");
    let called = Call::new(&["encode", expired, "--secret", &secret])
        .at_home()
        .run();
    let token = called.stdout.trim();
    for command in [
        &["inspect", token][..],
        &["verify", token],
        &["verify", "--batch"],
    ] {
        let args = [command, &["--secret", &secret, "--json"]].concat();
        let called = Call::new(&args).at_home().stdin(token).run();
        let answer: serde_json::Value = serde_json::from_str(&called.stdout).unwrap();
        assert!(answer["hints"][0].is_string(), "{answer}");
        if command.len() == 2 && command[1] == "--batch" {
            assert_eq!(
                (&answer["sub"], &answer["jti"]),
                (&"alice".into(), &"one".into())
            );
        }
    }
    let args = ["verify", "--batch", "--secret", &secret];
    let called = Call::new(&args).at_home().stdin(token).run();
    assert!(
        called.stdout.contains("; sub \"alice\"; jti \"one\"\n"),
        "{called}"
    );
}
