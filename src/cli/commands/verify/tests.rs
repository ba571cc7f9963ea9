//! What `verify` prints, through the tests' world.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use insta::assert_snapshot;

use crate::cli::commands::testing::{call, pair, signed, sliding};
use crate::cli::testing::{Call, Folder};

#[test]
fn verify_is_silent_in_a_pipe_and_says_a_line_at_a_terminal() {
    let token = sliding();
    assert_snapshot!(call(&["verify", &token]).run(), @r#"--- exit 0"#);
    let called = call(&["verify", &token, "--color", "never"]);
    assert_snapshot!(called.at_a_terminal(&[]).run(), @r#"
    --- stderr
    jwtsess: valid, expires in 1 h
    --- exit 0
    "#);
}

#[test]
fn verify_tells_every_failed_check_with_the_two_values() {
    let called = call(&[
        "verify",
        &sliding(),
        "--now",
        "+2h",
        "--aud",
        "api",
        "--sub",
        "bob",
        "--claim",
        "level:=3",
    ])
    .run();
    assert_snapshot!(called, @r#"
    --- stderr
    jwtsess: the clock is set to 2027-01-15T10:00:00Z by --now, 2 h ahead of the system's
    jwtsess: refused: claim missing: no aud, expected "api"
      expired           expired 2027-01-15T09:00:00Z, 1 h ago (now
                        2027-01-15T10:00:00Z)
      claim_missing     no aud, expected "api"
      subject_mismatch  sub is "alice", expected "bob"
      claim_missing     no level, expected 3
    jwtsess: hint: log in again: jwtsess issue --user alice
    jwtsess: hint: have its issuer set the claim
    jwtsess: hint: the token was issued for another purpose: get the right token, or
             ask for the values that this one has
    --- exit 6
    "#);
}

#[test]
fn verify_exits_by_the_class_that_decides() {
    let good = sliding();
    let (access, refresh) = pair();
    let plain = |payload: &str| signed(r#"{"alg":"HS256"}"#, payload.as_bytes());
    let unsigned = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbGljZSJ9.".to_owned();
    let tampered = good.replacen('.', ".e", 1);
    for (token, flags, verdict, exit) in [
        (&good, &[][..], "valid", 0),
        (&access, &[], "valid", 0),
        (&refresh, &[], "kind_mismatch", 6),
        (&refresh, &["--kind", "refresh"], "valid", 0),
        (&refresh, &["--kind", "any"], "valid", 0),
        (&good, &["--kind", "refresh"], "kind_mismatch", 6),
        (&good, &["--profile", "sliding"], "valid", 0),
        (&good, &["--profile", "pair"], "model_mismatch", 6),
        (&good, &["--profile", "plain"], "valid", 0),
        (&good, &["--now", "+1h"], "expired", 5),
        (&good, &["--now", "+1h", "--leeway", "1"], "valid", 0),
        (&good, &["--now", "-1s"], "issued_in_future", 5),
        (&good, &["--min-ttl", "2h"], "expires_soon", 5),
        (&good, &["--max-age", "5m", "--now", "+10m"], "too_old", 5),
        (&good, &["--iss", "x"], "claim_missing", 6),
        (&good, &["--sub", "bob"], "subject_mismatch", 6),
        (&good, &["--typ", "at+jwt"], "type_mismatch", 6),
        (&good, &["--require", "role"], "claim_missing", 6),
        (&good, &["--claim", "sub=bob"], "claim_mismatch", 6),
        (&good, &["--alg", "HS512"], "algorithm_not_allowed", 4),
        (
            &good,
            &[
                "--secret",
                "hex:00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
            ],
            "bad_signature",
            4,
        ),
        (&tampered, &[], "malformed", 3),
        (&unsigned, &[], "alg_none", 4),
        (&plain("{}"), &[], "claim_missing", 6),
        (&plain("{}"), &["--allow-no-exp"], "valid", 0),
        (&plain("[]"), &[], "malformed", 3),
        (&plain("[]"), &["--jws"], "valid", 0),
        (&plain(r#"{"exp":"1800000100"}"#), &[], "claim_malformed", 6),
        (&plain(r#"{"exp":1e400}"#), &[], "claim_malformed", 6),
        (
            &plain(r#"{"exp":1800000100,"exp":1}"#),
            &[],
            "duplicate_member",
            3,
        ),
        (
            &plain(r#"{"exp":1800000100,"nbf":1800000001}"#),
            &[],
            "not_yet_valid",
            5,
        ),
        (
            &plain(r#"{"exp":1800000100,"aud":"x"}"#),
            &["--aud", "y"],
            "audience_mismatch",
            6,
        ),
        (
            &signed(r#"{"alg":"HS256","crit":["x"]}"#, b"{\"exp\":1800000100}"),
            &[],
            "crit_unsupported",
            4,
        ),
    ] {
        let mut args = vec!["verify", token.as_str()];
        args.extend(flags);
        let called = call(&args).run();
        assert_eq!(called.exit, exit, "{flags:?} {called}");
        assert_eq!(called.stdout, "", "{flags:?}");
        args.push("--json");
        let json: serde_json::Value = serde_json::from_str(&call(&args).run().stdout).unwrap();
        assert_eq!(json["verdict"], verdict, "{flags:?}");
        assert_eq!(json["ok"], exit == 0, "{flags:?}");
    }
    let called = Call::new(&["verify", &good, "--no-dev-key"]).run();
    assert_eq!(called.exit, 1, "{called}");
}

#[test]
fn a_token_that_only_the_leeway_keeps_is_said_to_be() {
    let called = call(&[
        "verify",
        &sliding(),
        "--now",
        "+1h",
        "--leeway",
        "1m",
        "--color",
        "never",
    ]);
    let called = called.at_a_terminal(&[]).run();
    assert!(
        called
            .stderr
            .ends_with("jwtsess: valid only because of --leeway: expired now\n"),
        "{called}"
    );
}

#[test]
fn verify_goes_by_the_algorithm_and_the_marks_that_a_profile_is_set_to() {
    let renamed = [
        "--profile",
        "simplejwt",
        "--set",
        "TOKEN_TYPE_CLAIM=kind",
        "--set",
        "ALGORITHM=HS384",
    ];
    let usual = ["--profile", "simplejwt"];
    let issued = |profile: &[&str], form: &str| {
        let args = [&["issue", "--user", "7", "-o", form], profile].concat();
        crate::cli::commands::testing::printed(call(&args))
    };
    for (token, profile, flags, exit) in [
        (issued(&usual, "access"), &usual[..], &[][..], 0),
        (issued(&usual, "access"), &usual, &["--kind", "any"], 0),
        (issued(&usual, "refresh"), &usual, &[], 6),
        (issued(&usual, "refresh"), &usual, &["--kind", "refresh"], 0),
        (issued(&usual, "refresh"), &usual, &["--kind", "any"], 0),
        (issued(&renamed, "access"), &renamed, &[], 0),
        (issued(&renamed, "access"), &renamed, &["--kind", "any"], 0),
        (issued(&renamed, "refresh"), &renamed, &[], 6),
        (
            issued(&renamed, "refresh"),
            &renamed,
            &["--kind", "refresh"],
            0,
        ),
        (issued(&renamed, "refresh"), &renamed, &["--kind", "any"], 0),
        // Signed with what the server is not set to.
        (issued(&renamed[..4], "access"), &renamed, &[], 4),
    ] {
        let called = call(&[&["verify", &token], profile, flags].concat()).run();
        assert_eq!(called.exit, exit, "{profile:?} {flags:?}: {called}");
    }
}

#[test]
fn what_holds_no_token_or_several_is_refused_by_what_it_is() {
    let (access, refresh) = pair();
    for (text, code, exit) in [
        (format!("{access} {refresh}"), "usage", 2),
        ("{\"error\":\"invalid_grant\"}".to_owned(), "malformed", 3),
    ] {
        let called = call(&["verify", "--json"]).stdin(text).run();
        let json: serde_json::Value = serde_json::from_str(&called.stdout).unwrap();
        assert_eq!(
            (json["verdict"].as_str(), called.exit),
            (Some(code), exit),
            "{called}"
        );
    }
}

#[test]
fn claims_are_asked_for_to_the_last_digit_and_inside_others() {
    let payload = br#"{"sub":5,"n":123456789012345678901234567890,"level":5.0,"scope":"read write",
        "roles":["user","admin"],"realm_access":{"roles":["a/b","admin"],"x":1,"x":2},"exp":1900000000}"#;
    let token = signed(r#"{"alg":"HS256"}"#, payload);
    let by_number = ["--claim", "sub:=5"];
    for (args, exit, says) in [
        (&["--claim", "level:=5"][..], 0, ""),
        (&["--claim", "level:=50e-1"], 0, ""),
        (&["--claim", "level=5"], 6, "level is 5.0, expected \"5\""),
        (&["--claim", "n:=123456789012345678901234567890"], 0, ""),
        (
            &["--claim", "n:=123456789012345678901234567891"],
            6,
            "567891",
        ),
        (&["--claim", "n:=12345678901234567890123456789e1"], 0, ""),
        (&["--claim", "roles=admin"], 6, "--has roles=VALUE"),
        (&["--claim", "roles:=[\"user\",\"admin\"]"], 0, ""),
        (&["--has", "roles=admin"], 0, ""),
        (&["--has", "roles=adm"], 6, "which does not contain \"adm\""),
        (&["--has", "scope=write"], 0, ""),
        (&["--has", "scope=wri"], 6, "which does not contain \"wri\""),
        (&["--has", "nothing=x"], 6, "no nothing, expected \"x\""),
        (&["--has", "/realm_access/roles=admin"], 0, ""),
        (&["--claim", "/realm_access/roles/0=a/b"], 0, ""),
        (
            &["--has", "realm_access.roles=admin"],
            6,
            "--has /realm_access/roles=VALUE",
        ),
        (&["--require", "/realm_access/roles"], 0, ""),
        (
            &["--require", "/realm_access/none"],
            6,
            "no /realm_access/none",
        ),
        (
            &["--claim", "/realm_access/x:=2"],
            6,
            "without repeated members",
        ),
        (
            &["--claim", "realm_access:={\"x\":2}"],
            6,
            "without repeated members",
        ),
        (
            &["--claim", "roles:={\"x\":1,\"x\":2}"],
            2,
            "a repeated member",
        ),
        (&["--claim", "/a~2=b"], 2, "JSON Pointer"),
        (&["--sub", "5"], 6, "--claim sub:=5"),
    ] {
        let more: &[&str] = if args[0] == "--sub" { &[] } else { &by_number };
        for command in ["verify", "inspect"] {
            let called = call(&[&[command, &token], args, more].concat()).run();
            let expected = if command == "inspect" && exit == 6 {
                0
            } else {
                exit
            };
            assert_eq!(called.exit, expected, "{args:?}: {called}");
            let text = called
                .to_string()
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ");
            assert!(text.contains(says), "{args:?}: {called}");
        }
    }
    assert_eq!(
        call(&["verify", &token]).run().exit,
        6,
        "an integer sub is none"
    );
}

#[test]
fn a_flag_that_refuses_is_not_taken_back_by_another() {
    let no_exp = signed(r#"{"alg":"HS256"}"#, br#"{"sub":"a"}"#);
    for (args, exit) in [
        (&["--allow-no-exp"][..], 0),
        (&["--allow-no-exp", "--require", "exp"], 6),
        (&["--allow-no-exp", "--profile", "plain"], 0),
        (
            &["--allow-no-exp", "--require", "exp", "--profile", "plain"],
            6,
        ),
    ] {
        let called = call(&[&["verify", &no_exp], args].concat()).run();
        assert_eq!(called.exit, exit, "{args:?}: {called}");
    }
}

#[test]
fn a_type_with_a_parameter_hides_no_refresh_token() {
    for (typ, args, exit) in [
        ("rt+jwt", &[][..], 6),
        ("rt+jwt;x=1", &[], 6),
        ("application/RT+JWT; x=1", &[], 6),
        (" rt+jwt ", &[], 6),
        ("rt+jwt;x=1", &["--kind", "refresh"], 6),
        ("rt+jwt;x=1", &["--kind", "any"], 0),
        ("rt+jwt;x=1", &["--kind", "any", "--typ", "rt+jwt"], 6),
        ("at+jwt;x=1", &["--typ", "at+jwt"], 6),
        ("application/at+jwt", &["--typ", "at+jwt"], 0),
    ] {
        let header = format!(r#"{{"alg":"HS256","typ":"{typ}"}}"#);
        let token = signed(&header, br#"{"sub":"a","exp":1900000000}"#);
        let called = call(&[&["verify", &token], args].concat()).run();
        assert_eq!(called.exit, exit, "{typ} {args:?}: {called}");
    }
}

#[test]
fn a_moment_in_the_future_by_less_than_a_nanosecond_is_in_the_future() {
    for (claim, at, exit, noted) in [
        ("nbf", "1800000000.4", 0, false),
        ("nbf", "1800000000.4000000000000000001", 5, false),
        ("iat", "18000000004e-1", 0, false),
        // RFC 7519 does not forbid it.
        ("iat", "18000000004000000000000000001e-19", 0, true),
    ] {
        let payload = format!(r#"{{"sub":"a","exp":1900000000,"{claim}":{at}}}"#);
        let token = signed(r#"{"alg":"HS256"}"#, payload.as_bytes());
        let called = call(&["verify", &token, "--json"]).run();
        assert_eq!(called.exit, exit, "{payload} {called}");
        assert_eq!(called.stdout.contains("future_iat"), noted, "{called}");
    }
}

#[test]
fn an_iat_in_the_future_is_refused_where_the_token_s_server_refuses_it() {
    let early = |claims: &str| {
        let payload = format!(r#"{{"sub":"a","iat":1800000900,"exp":1800001800{claims}}}"#);
        signed(r#"{"alg":"HS256"}"#, payload.as_bytes())
    };
    let sliding = r#","jti":"j","auth_time":1799999000,"sid":"s","session_exp":1800603800"#;
    for (claims, args, exit) in [
        ("", &[][..], 0),
        ("", &["--profile", "plain"], 0),
        (sliding, &[], 5),
        (sliding, &["--leeway", "1h"], 0),
        (sliding, &["--profile", "sliding"], 5),
    ] {
        let called = call(&[&["verify", &early(claims)], args].concat()).run();
        assert_eq!(called.exit, exit, "{claims} {args:?} {called}");
        if claims.is_empty() {
            let said = "issued in the future, in 15 min";
            assert!(called.stderr.contains(said), "{called}");
        }
    }
}

#[test]
fn a_config_file_that_is_named_is_read_with_or_without_a_profile() {
    let folder = Folder::new();
    let broken = folder.file("broken.toml", "[profiles.mine\n");
    let sound = folder.file("sound.toml", "[profiles.mine]\nextends = 'plain'\n");
    let token = sliding();
    for (config, exit) in [
        ("/nowhere/typo.toml", 1),
        (broken.as_str(), 1),
        (sound.as_str(), 0),
        ("", 2),
    ] {
        let called = call(&["verify", &token, "--config", config]).run();
        assert_eq!(called.exit, exit, "{called}");
        let called = call(&["verify", &token])
            .env("JWTSESS_CONFIG", config)
            .run();
        assert_eq!(called.exit, exit, "{called}");
        let decoded = call(&["decode", &token])
            .env("JWTSESS_CONFIG", config)
            .run();
        assert_eq!(decoded.exit, 0, "decode reads none: {decoded}");
    }
}
