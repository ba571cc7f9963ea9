//! Every kind of token that a person may hold, judged by the program as its own process: exit status, standard output and standard error.
use jwtsess::internals::core::algorithm::Algorithm;
use jwtsess::internals::core::key::Key;
use jwtsess::internals::core::secret::Secret;
use jwtsess::internals::core::sign::compact;

use crate::process::{Run, RunResult, SECRET, TempDir};

const NOW: i64 = 1_800_000_000;
const HEADER: &str = r#"{"alg":"HS256","typ":"JWT"}"#;

fn signed_with(secret: &[u8], header: &str, payload: &[u8]) -> String {
    let key = Key::from_secret(Secret::new(secret.to_vec())).unwrap();
    compact(header.as_bytes(), payload, &key, Algorithm::Hs256).unwrap()
}

fn signed(payload: &str) -> String {
    signed_with(SECRET.as_bytes(), HEADER, payload.as_bytes())
}

fn unsigned(payload: &str) -> String {
    let token = signed_with(
        SECRET.as_bytes(),
        r#"{"alg":"none","typ":"JWT"}"#,
        payload.as_bytes(),
    );
    let end = token.rfind('.').unwrap();
    token[..=end].to_owned()
}

fn good() -> String {
    signed(r#"{"sub":"alice","iat":1799999000,"exp":1800003600}"#)
}

/// How the token is handed over.
enum TokenInput {
    Argument,
    Stdin,
}

struct Case {
    name: &'static str,
    token: String,
    from: TokenInput,
    args: Vec<&'static str>,
    status: i32,
    verdict: &'static str,
    /// Has to stand in what `verify` says to a person on refusal, and `inspect` on its screen.
    says: &'static str,
}

fn case(
    name: &'static str,
    token: String,
    args: &[&'static str],
    status: i32,
    verdict: &'static str,
    says: &'static str,
) -> Case {
    Case {
        name,
        token,
        from: TokenInput::Argument,
        args: args.to_vec(),
        status,
        verdict,
        says,
    }
}

#[expect(clippy::too_many_lines, reason = "a table")]
fn cases() -> Vec<Case> {
    let at = |name: &str, value: &str| signed(&format!(r#"{{"sub":"alice","{name}":{value}}}"#));
    let exp = |value: &str| at("exp", value);
    let with_exp = |more: &str| signed(&format!(r#"{{"sub":"alice","exp":1800003600,{more}}}"#));
    let big = |bytes: usize| {
        let filler = "x".repeat(bytes / 4 * 3);
        Case {
            from: TokenInput::Stdin,
            ..case(
                "",
                with_exp(&format!(r#""filler":"{filler}""#)),
                &["-"],
                0,
                "valid",
                "valid",
            )
        }
    };
    let wrapped = |token: &str| {
        token
            .as_bytes()
            .chunks(76)
            .map(|line| std::str::from_utf8(line).unwrap())
            .collect::<Vec<_>>()
            .join("\r\n")
    };
    let deep = format!("{}1{}", "[".repeat(200), "]".repeat(200));
    let crit = signed_with(
        SECRET.as_bytes(),
        r#"{"alg":"HS256","crit":["x"],"x":1}"#,
        br#"{"exp":1800003600}"#,
    );
    let not_utf8 = signed_with(
        SECRET.as_bytes(),
        HEADER,
        b"{\"sub\":\"\xff\",\"exp\":1800003600}",
    );
    vec![
        case("good", good(), &[], 0, "valid", "valid"),
        case(
            "good with aud",
            with_exp(r#""aud":"api""#),
            &[],
            0,
            "valid",
            "audience not checked",
        ),
        case(
            "the aud asked for",
            with_exp(r#""aud":["web","api"]"#),
            &["--aud", "api"],
            0,
            "valid",
            "valid",
        ),
        case(
            "another aud",
            with_exp(r#""aud":"api""#),
            &["--aud", "ap"],
            6,
            "audience_mismatch",
            "aud",
        ),
        case(
            "wrong key",
            signed_with(
                b"another secret that is long enough",
                HEADER,
                br#"{"exp":1800003600}"#,
            ),
            &[],
            4,
            "bad_signature",
            "signature",
        ),
        case(
            "expired 30 s ago",
            exp("1799999970"),
            &[],
            5,
            "expired",
            "30 s ago",
        ),
        case(
            "expired 10 min ago",
            exp("1799999400"),
            &[],
            5,
            "expired",
            "10 min ago",
        ),
        case(
            "expired a day ago",
            exp("1799913600"),
            &[],
            5,
            "expired",
            "1 d ago",
        ),
        case(
            "expired 30 s ago, leeway 30 s",
            exp("1799999970"),
            &["--leeway", "30s"],
            5,
            "expired",
            "expired",
        ),
        case(
            "expired 30 s ago, leeway 31 s",
            exp("1799999970"),
            &["--leeway", "31s"],
            0,
            "valid",
            "valid",
        ),
        case(
            "exp == now",
            exp("1800000000"),
            &[],
            5,
            "expired",
            "expired",
        ),
        case(
            "nbf ahead",
            with_exp(r#""nbf":1800000060"#),
            &[],
            5,
            "not_yet_valid",
            "not valid before",
        ),
        case(
            "alg none",
            unsigned(r#"{"sub":"alice","exp":1800003600}"#),
            &[],
            4,
            "alg_none",
            "none",
        ),
        case("unknown crit", crit, &[], 4, "crit_unsupported", "crit"),
        case(
            "exp a string",
            exp(r#""1800003600""#),
            &[],
            6,
            "claim_malformed",
            "exp",
        ),
        case("exp a float", exp("1800003600.5"), &[], 0, "valid", "valid"),
        case("exp 1e400", exp("1e400"), &[], 6, "claim_malformed", "exp"),
        case("exp negative", exp("-5"), &[], 5, "expired", "expired"),
        case(
            "exp in milliseconds",
            exp("1800003600000"),
            &[],
            0,
            "valid",
            "milliseconds",
        ),
        case(
            "no exp",
            signed(r#"{"sub":"alice"}"#),
            &[],
            6,
            "claim_missing",
            "exp",
        ),
        case(
            "no exp, allowed",
            signed(r#"{"sub":"alice"}"#),
            &["--allow-no-exp"],
            0,
            "valid",
            "never expires",
        ),
        case(
            "duplicate sub",
            with_exp(r#""sub":"bob""#),
            &[],
            3,
            "duplicate_member",
            "sub",
        ),
        Case {
            name: "2 MB on stdin",
            ..big(2_000_000)
        },
        Case {
            name: "over the limit",
            status: 3,
            verdict: "over_limits",
            says: "4 MiB",
            ..big(4_400_000)
        },
        Case {
            name: "over the limit, allowed",
            args: vec!["-", "--max-token-size", "8m"],
            ..big(4_400_000)
        },
        case(
            "200 deep",
            with_exp(&format!(r#""deep":{deep}"#)),
            &[],
            3,
            "over_limits",
            "128",
        ),
        case(
            "escapes in claims",
            with_exp(r#""\u001b]0;pwned\u0007":"\u001b[2Ja\nb\u202ec\u200bd\u009b""#),
            &[],
            0,
            "valid",
            "valid",
        ),
        case("invalid UTF-8", not_utf8, &[], 3, "malformed", "UTF-8"),
        case(
            "Bearer",
            format!("Bearer {}", good()),
            &[],
            0,
            "valid",
            "valid",
        ),
        case(
            "a header line in quotes",
            format!("'Authorization: bearer {}'", good()),
            &[],
            0,
            "valid",
            "valid",
        ),
        case(
            "double quotes",
            format!("\"{}\"", good()),
            &[],
            0,
            "valid",
            "valid",
        ),
        case("line wraps", wrapped(&good()), &[], 0, "valid", "valid"),
        Case {
            from: TokenInput::Stdin,
            ..case(
                "line wraps on stdin",
                format!("  {}\r\n", wrapped(&good())),
                &[],
                0,
                "valid",
                "valid",
            )
        },
        case(
            "cut short",
            good()[..good().len() - 7].to_owned(),
            &[],
            4,
            "bad_signature",
            "cut short",
        ),
        case(
            "cut short inside a byte",
            good()[..good().len() - 9].to_owned(),
            &[],
            3,
            "malformed",
            "cut short",
        ),
        case(
            "payload cut short",
            good()[..60].to_owned(),
            &[],
            3,
            "malformed",
            "byte",
        ),
        case(
            "not a token",
            "hello".to_owned(),
            &[],
            3,
            "malformed",
            "not a token",
        ),
        case(
            "a JWE",
            format!("{}.a.b.c.d", &good()[..36]),
            &[],
            3,
            "encrypted",
            "encrypted",
        ),
    ]
}

fn run(command: &str, case: &Case, more: &[&str]) -> RunResult {
    let mut args = vec![command];
    match case.from {
        TokenInput::Argument => args.push(&case.token),
        TokenInput::Stdin => {}
    }
    args.extend(&case.args);
    args.extend(more);
    let stdin = if matches!(case.from, TokenInput::Stdin) {
        case.token.clone()
    } else {
        String::new()
    };
    Run::new(args)
        .env("JWTSESS_SECRET", format!("raw:{SECRET}"))
        .env("JWTSESS_NOW", NOW.to_string())
        .stdin(stdin)
        .run()
}

/// What must never reach a terminal from a token: C0 but tab and line feed, DEL, C1, bidi and zero-width characters.
pub(crate) fn hostile(text: &str) -> Option<char> {
    text.chars().find(|c| {
        (c.is_control() && !matches!(c, '\n' | '\t'))
            || matches!(u32::from(*c), 0x200b..=0x200f | 0x2028..=0x202e | 0x2060..=0x2069 | 0xfeff | 0xe0000..=0xe007f)
    })
}

fn check_screen(name: &str, ran: &RunResult) {
    for (stream, text) in [("stdout", &ran.stdout), ("stderr", &ran.stderr)] {
        assert_eq!(hostile(text), None, "{name}: {stream}: {text:?}");
        assert!(!text.contains("panicked"), "{name}: {text}");
        assert!(!text.contains(SECRET), "{name}: the secret is on {stream}");
    }
}

#[test]
fn verify_answers_every_kind_of_token_by_its_exit_status_alone() {
    for case in cases() {
        let ran = run("verify", &case, &[]);
        check_screen(case.name, &ran);
        assert_eq!(
            (ran.status, ran.stdout.as_str()),
            (case.status, ""),
            "{}: {}",
            case.name,
            ran.stderr
        );
        if case.status != 0 {
            assert!(
                ran.stderr.contains(case.says),
                "{}: {}",
                case.name,
                ran.stderr
            );
        }
    }
}

#[test]
fn verify_says_the_same_in_json() {
    for case in cases() {
        let ran = run("verify", &case, &["--json"]);
        check_screen(case.name, &ran);
        let json: serde_json::Value = serde_json::from_str(&ran.stdout)
            .unwrap_or_else(|error| panic!("{}: {error}: {}", case.name, ran.stdout));
        assert_eq!(
            (ran.status, &json["verdict"], &json["ok"]),
            (
                case.status,
                &case.verdict.into(),
                &(case.status == 0).into()
            ),
            "{}: {}",
            case.name,
            ran.stderr
        );
        let failed = json["findings"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|finding| finding["ok"] == false)
            .count();
        assert_eq!(
            failed == 0,
            case.status == 0,
            "{}: {}",
            case.name,
            json["findings"]
        );
    }
}

#[test]
fn inspect_shows_whatever_can_be_shown_and_refuses_only_what_is_no_token() {
    for case in cases() {
        let ran = run("inspect", &case, &[]);
        check_screen(case.name, &ran);
        let unreadable =
            ["not a token", "over the limit", "payload cut short"].contains(&case.name);
        assert_eq!(
            ran.status,
            if unreadable { 3 } else { 0 },
            "{}: {}{}",
            case.name,
            ran.stdout,
            ran.stderr
        );
        // As a person reads it: a line may break anywhere between words.
        let screen = ran.stdout + &ran.stderr;
        let screen = screen.split_whitespace().collect::<Vec<_>>().join(" ");
        if case.says != "valid" || case.status == 0 {
            assert!(screen.contains(case.says), "{}: {screen}", case.name);
        }
    }
}

#[test]
fn decode_shows_what_it_can_and_judges_nothing() {
    for case in cases() {
        let from_stdin = matches!(case.from, TokenInput::Stdin);
        let args: &[&str] = if from_stdin {
            &["decode"]
        } else {
            &["decode", &case.token]
        };
        let stdin = if from_stdin {
            case.token.clone()
        } else {
            String::new()
        };
        let ran = Run::new(args).stdin(stdin).run();
        check_screen(case.name, &ran);
        let unreadable = case.verdict == "malformed"
            || case.verdict == "encrypted"
            || case.verdict == "over_limits"
            || case.name.starts_with("over the limit");
        assert!(
            if unreadable {
                [0, 3].contains(&ran.status)
            } else {
                ran.status == 0
            },
            "{}: {}: {}",
            case.name,
            ran.status,
            ran.stderr
        );
    }
}

#[test]
fn an_unsigned_token_never_passes_whatever_is_given() {
    let token = unsigned(r#"{"sub":"alice","exp":1800003600}"#);
    for args in [
        &["--no-dev-key"][..],
        &["--secret", "env:S"],
        &["--secret", "env:S", "--jws"],
        &["--secret", "env:S", "--allow-weak-key"],
    ] {
        let ran = Run::new(["verify", &token].iter().chain(args))
            .env("S", SECRET)
            .env("JWTSESS_NOW", NOW.to_string())
            .run();
        assert_eq!(ran.status, 4, "{args:?}: {}", ran.stderr);
    }
}

#[test]
fn a_public_key_never_becomes_an_hmac_secret() {
    let folder = TempDir::new();
    let pem = include_str!("../fixtures/keys/rsa-2048.spki.pem");
    let path = folder.file("public.pem", pem);
    let forged = signed_with_bytes(pem.as_bytes(), r#"{"exp":1800003600}"#);
    for args in [
        vec!["--key".to_owned(), path.clone()],
        vec!["--secret".to_owned(), format!("file:{path}")],
    ] {
        let by_key = args[0] == "--key";
        let ran = Run::new(
            ["verify".to_owned(), forged.clone()]
                .into_iter()
                .chain(args),
        )
        .env("JWTSESS_NOW", NOW.to_string())
        .run();
        assert_eq!(ran.status, if by_key { 4 } else { 1 }, "{}", ran.stderr);
    }
    let ran = Run::new(["inspect", &forged, "--key", &path])
        .env("JWTSESS_NOW", NOW.to_string())
        .run();
    assert!(
        ran.stdout
            .contains("the public key's text was used as an HMAC secret"),
        "{}",
        ran.stdout
    );
}

/// What an attacker does who has the public key and no scruples: HMAC over any bytes.
fn signed_with_bytes(secret: &[u8], payload: &str) -> String {
    use base64::Engine as _;
    let base64url = base64::engine::general_purpose::URL_SAFE_NO_PAD;
    let input = format!("{}.{}", base64url.encode(HEADER), base64url.encode(payload));
    let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, secret);
    let tag = aws_lc_rs::hmac::sign(&key, input.as_bytes());
    format!("{input}.{}", base64url.encode(tag.as_ref()))
}

#[test]
fn what_is_named_and_empty_is_never_passed_over() {
    let token = good();
    let table: [(&[&str], i32, &str); 7] = [
        (&["verify", &token, "--secret", "env:EMPTY"], 1, "EMPTY"),
        (&["verify", &token, "--secret", "env:UNSET"], 1, "UNSET"),
        (
            &["verify", &token, "--secret", "file:/nonexistent"],
            1,
            "/nonexistent",
        ),
        (
            &["verify", &token, "--key", "/nonexistent"],
            1,
            "/nonexistent",
        ),
        (&["verify", ""], 2, "is the variable set"),
        (&["verify", "--token-env", "UNSET"], 2, "UNSET"),
        (
            &["issue", "--user", "alice", "--secret", "env:EMPTY"],
            1,
            "EMPTY",
        ),
    ];
    for (args, status, says) in table {
        let ran = Run::new(args)
            .env("EMPTY", "")
            .env("JWTSESS_NOW", NOW.to_string())
            .stdin(good())
            .run();
        assert_eq!(
            (ran.status, ran.stdout.as_str()),
            (status, ""),
            "{args:?}: {}",
            ran.stderr
        );
        assert!(ran.stderr.contains(says), "{args:?}: {}", ran.stderr);
    }
}
