//! What `issue` prints, through the tests' world.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use insta::assert_snapshot;

use crate::cli::commands::testing::{call, readable};
use crate::cli::testing::Folder;

#[test]
fn issue_prints_the_token_alone() {
    assert_snapshot!(readable(&call(&["issue", "--user", "alice"]).run()), @r#"
    --- stdout
    <{"alg":"HS256","typ":"JWT"}.{"sub":"alice","iat":1800000000,"exp":1800003600,"jti":"00000000-0000-4000-8000-000000000002","auth_time":1800000000,"sid":"00000000-0000-4000-8000-000000000001","session_exp":1800604800}.32>
    --- exit 0
    "#);
}

#[test]
fn issue_says_at_a_terminal_what_was_made() {
    let called = call(&["issue", "--user", "alice", "--color", "never"])
        .at_a_terminal(&[])
        .run();
    assert_snapshot!(readable(&called), @r#"
    --- stdout
    <{"alg":"HS256","typ":"JWT"}.{"sub":"alice","iat":1800000000,"exp":1800003600,"jti":"00000000-0000-4000-8000-000000000002","auth_time":1800000000,"sid":"00000000-0000-4000-8000-000000000001","session_exp":1800604800}.32>
    --- stderr
    jwtsess: sliding: expires 2027-01-15T09:00:00Z, in 1 h
    jwtsess: the session ends 2027-01-22T08:00:00Z, in 7 d
    --- exit 0
    "#);
    let called = call(&["issue", "--user", "alice", "-q"])
        .at_a_terminal(&[])
        .run();
    assert_eq!(called.stderr, "");
}

#[test]
fn issue_prints_a_pair_as_two_lines() {
    let called = call(&["issue", "--user", "alice", "--profile", "pair"]).run();
    assert_snapshot!(readable(&called), @r#"
    --- stdout
    ACCESS_TOKEN=<{"alg":"HS256","typ":"at+jwt"}.{"sub":"alice","iat":1800000000,"exp":1800000300,"jti":"00000000-0000-4000-8000-000000000003","auth_time":1800000000,"sid":"00000000-0000-4000-8000-000000000001"}.32>
    REFRESH_TOKEN=<{"alg":"HS256","typ":"rt+jwt"}.{"sub":"alice","iat":1800000000,"exp":1801209600,"jti":"00000000-0000-4000-8000-000000000002","auth_time":1800000000,"sid":"00000000-0000-4000-8000-000000000001"}.32>
    --- exit 0
    "#);
}

#[test]
fn issue_prints_in_the_form_asked_for() {
    let form = |profile: &str, form: &str| {
        let args = ["issue", "--user", "alice", "--profile", profile, "-o", form];
        let called = call(&args).run();
        let text = readable(&called)
            .replace("--- stdout\n", "")
            .replace("\n--- exit 0", "");
        // What is in the tokens is the matter of other tests.
        let mut short = String::new();
        let mut rest = text.as_str();
        while let Some((before, token)) = rest.split_once('<') {
            short.push_str(before);
            let (token, behind) = token.split_once('>').unwrap();
            short.push_str(if token.contains("rt+jwt") {
                "REFRESH"
            } else {
                "ACCESS"
            });
            rest = behind;
        }
        short + rest
    };
    for (profile, name, expected) in [
        ("sliding", "token", "ACCESS"),
        ("sliding", "access", "ACCESS"),
        ("sliding", "env", "ACCESS_TOKEN=ACCESS"),
        (
            "sliding",
            "wire",
            r#"{"access_token":"ACCESS","token_type":"Bearer","expires_in":3600}"#,
        ),
        ("sliding", "auth-header", "Authorization: Bearer ACCESS"),
        ("pair", "token", "ACCESS"),
        ("pair", "refresh", "REFRESH"),
        ("pair", "env", "ACCESS_TOKEN=ACCESS\nREFRESH_TOKEN=REFRESH"),
        (
            "pair",
            "wire",
            r#"{"access_token":"ACCESS","token_type":"Bearer","expires_in":300,"refresh_token":"REFRESH"}"#,
        ),
        ("plain", "auth-header", "Authorization: Bearer ACCESS"),
    ] {
        assert_eq!(form(profile, name), expected, "{profile} {name}");
    }
    assert_snapshot!(call(&["issue", "--user", "alice", "-o", "refresh"]).run(), @r#"
    --- stderr
    jwtsess: error: -o refresh: sliding has no refresh token
    jwtsess: hint: to issue one: --profile pair
    --- exit 2
    "#);
}

#[test]
fn issue_sets_claims_and_header_parameters_in_their_place() {
    let folder = Folder::new();
    let file = format!(
        "@{}",
        folder.file("more.json", "{\"a\": 1e400, \"iat\": 5}\n")
    );
    let called = call(&[
        "issue",
        "--user",
        "alice",
        "--ttl",
        "5m",
        "--claims",
        &file,
        "-c",
        "role=admin",
        "-c",
        "level:=3.0",
        "-c",
        "sub=bob",
        "--header",
        "x=1",
        "--iss",
        "me",
        "--aud",
        "a",
        "--aud",
        "b",
    ])
    .run();
    assert_snapshot!(readable(&called), @r#"
    --- stdout
    <{"alg":"HS256","typ":"JWT","x":"1"}.{"sub":"bob","iat":5,"exp":1800000300,"jti":"00000000-0000-4000-8000-000000000002","auth_time":1800000000,"sid":"00000000-0000-4000-8000-000000000001","session_exp":1800604800,"iss":"me","aud":["a","b"],"a":1e400,"role":"admin","level":3.0}.32>
    --- exit 0
    "#);
}

#[test]
fn issue_without_a_user_asks_at_a_terminal_alone() {
    assert_snapshot!(call(&["issue"]).run(), @r#"
    --- stderr
    jwtsess: error: no user was given
    jwtsess: hint: name the user: jwtsess issue --user alice
    --- exit 2
    "#);
    let called = call(&["issue"]).at_a_terminal(&["alice"]).run();
    assert!(readable(&called).contains(r#""sub":"alice""#), "{called}");
}

#[test]
fn claims_that_are_no_object_are_refused_with_the_place() {
    assert_snapshot!(call(&["issue", "--user", "alice", "--claims", "{\"a\": 1,}"]).run(), @r#"
    --- stderr
    jwtsess: error: --claims: the value is not JSON (trailing comma) at byte 8
    jwtsess: hint: give a JSON object: --claims '{"role":"admin"}'
    --- exit 2
    "#);
}

#[test]
fn a_key_that_is_too_short_signs_nothing_unless_allowed() {
    let short = |args: &[&str]| call(args).env("SIGNING_KEY", "short").run();
    assert_snapshot!(short(&["issue", "--user", "alice"]), @r#"
    --- stderr
    jwtsess: error: the key has 40 bits, but HS256 needs 256
    jwtsess: hint: use a longer key (RFC 7518 §3.2, §3.3), or --allow-weak-key for a short secret
    --- exit 4
    "#);
    assert_snapshot!(readable(&short(&["issue", "--user", "alice", "--allow-weak-key"])), @r#"
    --- stdout
    <{"alg":"HS256","typ":"JWT"}.{"sub":"alice","iat":1800000000,"exp":1800003600,"jti":"00000000-0000-4000-8000-000000000002","auth_time":1800000000,"sid":"00000000-0000-4000-8000-000000000001","session_exp":1800604800}.32>
    --- stderr
    jwtsess: weak key allowed: it has 40 bits, 256 are needed
    --- exit 0
    "#);
}

#[test]
fn an_end_that_is_named_is_the_token_s_end() {
    let exp = |args: &[&str]| {
        let mut all = vec!["issue", "--user", "alice"];
        all.extend(args);
        let called = call(&all).run();
        let text = readable(&called);
        let exp = text
            .split("\"exp\":")
            .nth(1)
            .map(|rest| rest.split(',').next());
        (called.exit, exp.flatten().map(str::to_owned))
    };
    for (args, expected) in [
        (&["--exp", "+10m"][..], (0, Some("1800000600"))),
        (&["--exp", "-1d"], (0, Some("1799913600"))),
        // Never past the session's end.
        (&["--exp", "+30d"], (0, Some("1800604800"))),
        (
            &["--exp", "+10m", "--profile", "pair"],
            (0, Some("1800000600")),
        ),
        (&["--exp", "-1d", "--profile", "pair"], (2, None)),
        (&["--exp", "+1h", "--ttl", "1h"], (2, None)),
    ] {
        let (exit, end) = exp(args);
        assert_eq!((exit, end.as_deref()), expected, "{args:?}");
    }
}

#[test]
fn issue_under_oauth_writes_an_access_token_of_rfc_9068() {
    let oauth = ["issue", "--user", "alice", "--profile", "oauth"];
    let given = ["--iss", "https://i", "--aud", "api", "--client-id", "cli"];
    let called = call(&[&oauth[..], &given, &["--scope", "read write"]].concat()).run();
    assert_snapshot!(readable(&called), @r#"
    --- stdout
    ACCESS_TOKEN=<{"alg":"HS256","typ":"at+jwt"}.{"iss":"https://i","exp":1800000300,"aud":"api","sub":"alice","client_id":"cli","iat":1800000000,"jti":"00000000-0000-4000-8000-000000000003","auth_time":1800000000,"sid":"00000000-0000-4000-8000-000000000001","scope":"read write"}.32>
    REFRESH_TOKEN=<{"alg":"HS256","typ":"rt+jwt"}.{"iss":"https://i","exp":1801209600,"aud":"api","sub":"alice","client_id":"cli","iat":1800000000,"jti":"00000000-0000-4000-8000-000000000002","auth_time":1800000000,"sid":"00000000-0000-4000-8000-000000000001","scope":"read write"}.32>
    --- exit 0
    "#);
    let called = call(&[&oauth[..], &given, &["-o", "access"]].concat()).run();
    let token = called.stdout.trim();
    for (flags, exit, says) in [
        (&["--profile", "oauth", "--aud", "api"][..], 0, ""),
        (&["--profile", "oauth"], 6, "--aud"),
        (&["--profile", "oauth", "--aud", "other"], 6, "aud"),
        (&[], 0, ""),
    ] {
        let called = call(&[&["verify", token], flags].concat()).run();
        assert_eq!(called.exit, exit, "{flags:?}: {called}");
        assert!(called.stderr.contains(says), "{flags:?}: {called}");
    }
}

#[test]
fn issue_under_oauth_names_the_flags_for_what_is_missing() {
    let oauth = ["issue", "--user", "alice", "--profile", "oauth"];
    assert_snapshot!(call(&oauth).run(), @r"
    --- stderr
    jwtsess: error: a token of oauth must have iss, aud, client_id
    jwtsess: hint: give --iss ISSUER (who issues the token), --aud AUDIENCE (the service that the token is for), --client-id CLIENT (the application that asked for the token)
    --- exit 2
    ");
    for (more, says) in [
        (&["--iss", "i"][..], "must have aud, client_id"),
        (&["--iss", "i", "-c", "aud=x", "--client-id", "c"], ""),
        (
            &["--set", "iss=i", "--set", "aud=a", "--client-id", "c"],
            "",
        ),
        (
            &["--iss", "i", "--aud", "a", "--client-id", ""],
            "--client-id: it is empty",
        ),
    ] {
        let called = call(&[&oauth[..], more].concat()).run();
        assert_eq!(
            called.exit,
            if says.is_empty() { 0 } else { 2 },
            "{more:?}: {called}"
        );
        assert!(called.stderr.contains(says), "{more:?}: {called}");
    }
}

#[test]
fn issue_takes_a_django_user_s_id_and_address() {
    let issue = [
        "issue",
        "--user",
        "alice",
        "--user-id",
        "7",
        "--email",
        "a@x",
        "-o",
        "access",
        "--profile",
    ];
    assert_snapshot!(readable(&call(&[&issue[..], &["drf-jwt-legacy"]].concat()).run()), @r#"
    --- stdout
    <{"typ":"JWT","alg":"HS256"}.{"user_id":7,"username":"alice","exp":1800000300,"email":"a@x","orig_iat":1800000000}.32>
    --- exit 0
    "#);
    assert_snapshot!(readable(&call(&[&issue[..], &["drf-jwt"]].concat()).run()), @r#"
    --- stdout
    <{"alg":"HS256","typ":"JWT"}.{"username":"alice","iat":1800000000,"exp":1800000300,"jti":"00000000-0000-4000-8000-000000000001","user_id":7,"orig_iat":1800000000}.32>
    --- stderr
    jwtsess: --email: drf-jwt does not write email
    --- exit 0
    "#);
    assert_snapshot!(readable(&call(&[&issue[..5], &["--profile", "simplejwt", "-o", "access"]].concat()).run()), @r#"
    --- stdout
    <{"alg":"HS256","typ":"JWT"}.{"token_type":"access","exp":1800000300,"iat":1800000000,"jti":"00000000000040008000000000000002","user_id":"7"}.32>
    --- exit 0
    "#);
}

#[test]
fn issue_drops_no_flag_that_the_profile_has_no_claim_for() {
    for (profile, flag, says) in [
        (
            "sliding",
            "--user-id",
            "the tokens of sliding have no user_id",
        ),
        (
            "simplejwt",
            "--email",
            "the tokens of simplejwt have no email",
        ),
        (
            "simplejwt",
            "--scope",
            "the tokens of simplejwt have no scope",
        ),
        (
            "plain",
            "--client-id",
            "the tokens of plain have no client_id",
        ),
        ("drf-jwt", "--scope", "-c scope=VALUE"),
        ("plain", "--aud", ""),
        ("simplejwt", "--iss", ""),
        ("pair", "--client-id", ""),
    ] {
        let called = call(&["issue", "-u", "1", "--profile", profile, flag, "x"]).run();
        assert_eq!(
            called.exit,
            if says.is_empty() { 0 } else { 2 },
            "{profile} {flag}: {called}"
        );
        assert!(called.stderr.contains(says), "{profile} {flag}: {called}");
    }
}

#[test]
fn the_words_on_the_wire_are_those_of_the_profile_s_server() {
    for (profile, form, starts) in [
        ("drf-jwt-legacy", "auth-header", "Authorization: JWT eyJ"),
        ("drf-jwt", "auth-header", "Authorization: Bearer eyJ"),
        ("drf-jwt", "wire", r#"{"pk":1800000000,"token":"eyJ"#),
        ("drf-jwt-legacy", "wire", r#"{"token":"eyJ"#),
        ("simplejwt", "wire", r#"{"refresh":"eyJ"#),
        ("simplejwt-sliding", "wire", r#"{"token":"eyJ"#),
    ] {
        let args = [
            "issue",
            "-u",
            "alice",
            "--user-id",
            "1",
            "--profile",
            profile,
            "-o",
            form,
        ];
        let called = call(&args).run();
        assert!(
            called.stdout.starts_with(starts),
            "{profile} {form}: {called}"
        );
    }
}
