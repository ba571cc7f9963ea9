//! Real shapes of text that people paste, each with the token that is meant.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use proptest::prelude::*;

use super::candidate::MOST_NAME_BYTES;
use super::*;

const SIGNATURE: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

/// Two tokens as HS256 makes them: `{"alg":"HS256","typ":"JWT"}`, `{"sub":"alice"}` and `{"sub":"bob"}`.
fn a() -> String {
    format!("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSJ9.{SIGNATURE}")
}
fn b() -> String {
    format!("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJib2IifQ.{SIGNATURE}")
}

/// The text with `A` and `B` in `«»` replaced by the tokens, `«A…»` by the first one wrapped at that many columns.
fn paste_of(template: &str) -> String {
    let (a, b) = (a(), b());
    let wrapped = |width: usize, with: &str| {
        let lines: Vec<_> = a.as_bytes().chunks(width).collect();
        let lines: Vec<_> = lines
            .iter()
            .map(|line| std::str::from_utf8(line).unwrap())
            .collect();
        lines.join(with)
    };
    template
        .replace("«A»", &a)
        .replace("«B»", &b)
        .replace("«A/20»", &wrapped(20, "\n"))
        .replace("«A/76»", &wrapped(76, "\r\n"))
        .replace("«A/36 >»", &wrapped(36, "\n> "))
        .replace("«A/37 indented»", &wrapped(37, "\n    "))
}

#[test]
fn a_token_alone_is_read_as_the_lines_of_a_text_are() {
    for text in [a(), format!("{}.AA.AA", a()), "ey..".to_owned()] {
        let mut of_lines = Paste::default();
        lines::read(&text, &mut of_lines);
        assert_eq!(read(&text), of_lines, "{text}");
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn the_one_token_of_a_paste_is_found() {
    let table: &[(&str, Option<&str>)] = &[
        ("«A»", None),
        ("  «A»\r\n\n", None),
        ("\u{feff}«A»", None),
        ("\"«A»\"", None),
        ("'«A»',", None),
        ("`«A»`", None),
        ("<«A»>", None),
        ("“«A»”", None),
        ("Bearer «A»", None),
        ("bearer   «A»", None),
        ("JWT «A»", None),
        ("\"Bearer «A»\"", None),
        ("Authorization: Bearer «A»", Some("Authorization")),
        ("authorization: JWT «A»\r\n", Some("authorization")),
        ("Authorization:Bearer «A»", Some("Authorization")),
        ("TOKEN=«A»", Some("TOKEN")),
        ("export TOKEN=\"«A»\"", Some("TOKEN")),
        ("TOKEN = '«A»';", Some("TOKEN")),
        ("ACCESS_TOKEN=«A»\n", Some("ACCESS_TOKEN")),
        ("token: «A»", Some("token")),
        ("\"token\": \"«A»\",", Some("token")),
        ("«A/20»", None),
        ("«A/76»", None),
        ("«A/37 indented»", None),
        ("> «A/36 >»\n>\n", None),
        ("> Hi, the token is\n> «A»\n> Regards", None),
        ("Here it is:\n\n«A»\nRegards,\nBob", None),
        ("Authorization: Bearer\n    «A»", Some("Authorization")),
        ("access=«A»; Path=/; HttpOnly; SameSite=Lax", Some("access")),
        ("Set-Cookie: jwt=«A»; Path=/; Secure", Some("jwt")),
        (
            "Cookie: theme=dark; sessionid=x1; access_token=«A»",
            Some("access_token"),
        ),
        (
            "curl -H 'Authorization: Bearer «A»' https://api.example.com/me",
            Some("Authorization"),
        ),
        (
            "curl -H \"Authorization: Bearer «A»\" \\\n  -d '{}' https://x.example",
            Some("Authorization"),
        ),
        (
            "https://app.example/cb#access_token=«A»&token_type=bearer",
            Some("access_token"),
        ),
        ("https://app.example/?x=1&jwt=«A»", Some("jwt")),
        (
            "2026-11-24 03:45:00 WARN auth: refused token=«A» user=alice",
            Some("token"),
        ),
        ("The token («A») has expired.", None),
        ("It was «A».", None),
        ("level=info msg=\"got «A»\" ip=::1", None),
        (
            "### Get me\nGET https://x.example/me HTTP/1.1\nAuthorization: Bearer «A»\n",
            Some("Authorization"),
        ),
        (
            "GET /me HTTP/1.1\r\nHost: api.example.com\r\nAuthorization: Bearer «A»\r\n\r\n",
            Some("Authorization"),
        ),
        ("{\"token\":\"«A»\"}", Some("token")),
        (
            "{\n  \"data\": {\"user\": {\"accessToken\": \"Bearer «A»\"}}\n}",
            Some("accessToken"),
        ),
        ("[{\"jwt\":\"«A»\"}]", Some("jwt")),
        (
            "{\"access_token\":\"«A»\",\"token_type\":\"Bearer\",\"expires_in\":300}",
            Some("access_token"),
        ),
        ("{\"anything\":\"«A»\"}", Some("anything")),
        ("{\"access\":\"«A»\",\"again\":\"«A»\"}", Some("access")),
        (
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"access\":\"«A»\"}\r\n",
            Some("access"),
        ),
        (
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/2 200\r\nSet-Cookie: x=«B»\r\n\r\n{\"token\":\"«A»\"}",
            Some("token"),
        ),
        (
            "HTTP/2 204\r\nSet-Cookie: access=«A»; HttpOnly\r\nDate: x\r\n\r\n",
            Some("access"),
        ),
        (
            "HTTP/1.1 200 OK\r\nAuthorization: Bearer «A»\r\nSet-Cookie: x=«B»\r\n\r\nok",
            Some("Authorization"),
        ),
        (
            "*   Trying 127.0.0.1:8000...\n> POST /api/token/ HTTP/1.1\n> Host: 127.0.0.1\n> Authorization: Bearer «B»\n>\n* upload done\n< HTTP/1.1 200 OK\n< Content-Type: application/json\n<\n{ [33 bytes data]\n{\"access\":\"«A»\"}\n* Connection #0 left intact",
            Some("access"),
        ),
        ("const token = \"«A»\";", Some("token")),
        ("access_token: |\n  «A»", Some("access_token")),
        ("let t = `Bearer «A»`", Some("t")),
        (
            "{\"authorization\": \"Bearer «A»\", x}",
            Some("authorization"),
        ),
        ("\"authorization\"=\"Bearer «A»\"\n}", Some("authorization")),
        ("map[Authorization:[Bearer «A»]]", Some("Authorization")),
        ("{\"s\":\"{\\\"jwt\\\":\\\"«A»\\\"}\"}", Some("jwt")),
    ];
    for (template, name) in table {
        let paste = read(&paste_of(template));
        let [found] = paste.candidates.as_slice() else {
            panic!("{template:?}: {paste:?}")
        };
        assert_eq!(found.text, a(), "{template:?}");
        assert_eq!(found.name.as_deref(), *name, "{template:?}");
    }
}

#[test]
fn several_tokens_are_told_apart_by_name() {
    let table: &[(&str, [Option<&str>; 2])] = &[
        (
            "ACCESS_TOKEN=«A»\nREFRESH_TOKEN=«B»\n",
            [Some("ACCESS_TOKEN"), Some("REFRESH_TOKEN")],
        ),
        (
            "ACCESS_TOKEN=«A» REFRESH_TOKEN=«B»",
            [Some("ACCESS_TOKEN"), Some("REFRESH_TOKEN")],
        ),
        (
            "{\"access\":\"«A»\",\"refresh\":\"«B»\"}",
            [Some("access"), Some("refresh")],
        ),
        (
            "HTTP/1.1 200 OK\r\nSet-Cookie: app-auth=«A»; Path=/\r\nSet-Cookie: my-refresh=«B»; HttpOnly\r\n\r\n{\"access\":\"«A»\",\"refresh\":\"\"}",
            [Some("access"), Some("my-refresh")],
        ),
        (
            "HTTP/1.1 200 OK\r\nset-auth-jwt: «A»\r\nset-auth-jwt: «B»\r\n\r\n{\"user\":{}}",
            [Some("set-auth-jwt"), Some("set-auth-jwt")],
        ),
        ("«A»\n«B»", [None, None]),
        ("«A» «B»", [None, None]),
        (
            "Cookie: access=«A»; refresh=«B»",
            [Some("access"), Some("refresh")],
        ),
        (
            "access: «A»\nrefresh: «B»",
            [Some("access"), Some("refresh")],
        ),
    ];
    for (template, names) in table {
        let paste = read(&paste_of(template));
        let found: Vec<_> = paste
            .candidates
            .iter()
            .map(|one| (one.text.clone(), one.name.as_deref()))
            .collect();
        assert_eq!(found, [(a(), names[0]), (b(), names[1])], "{template:?}");
    }
}

#[test]
fn a_broken_token_is_not_mended() {
    let table = [
        ("«A»!", "«A»!"),
        ("«A»=", "«A»="),
        ("Bearer «A»==", "«A»=="),
        ("eyJh bGci.e30.x", "eyJh bGci.e30.x"),
        ("Bearer eyJh bGci.e30.x", "eyJh bGci.e30.x"),
        ("eyJhbGciOiJIUzI1NiJ9.e30", "eyJhbGciOiJIUzI1NiJ9.e30"),
        ("«A».«B»", "«A».«B»"),
        ("hello", "hello"),
        ("a.b.c", "a.b.c"),
        ("\"\u{1b}[31m\"", "\u{1b}[31m"),
        ("{\"access_token\":\"opaque\"}", "opaque"),
        ("eyJ\u{fffd}.e30.x", "eyJ\u{fffd}.e30.x"),
        ("x «A»% y", "«A»%"),
    ];
    for (template, expected) in table {
        let paste = read(&paste_of(template));
        let texts: Vec<_> = paste
            .candidates
            .iter()
            .map(|one| one.text.as_str())
            .collect();
        assert_eq!(texts, [paste_of(expected)], "{template:?}");
    }
}

#[test]
fn a_text_without_a_token_has_none() {
    for text in [
        "",
        " \n",
        "hello world",
        "{}",
        "{\"a\":1}",
        "[]",
        "Bearer",
        "Authorization: Basic YTpi",
    ] {
        let paste = read(text);
        // A single word is shown as what it is, and judged as a token that it isn't.
        assert!(
            paste.candidates.is_empty() || text == "Bearer",
            "{text:?}: {:?}",
            paste.candidates
        );
        assert_eq!(paste.error_answer, None, "{text:?}");
    }
}

#[test]
fn a_refusal_is_told_as_one() {
    let table = [
        (
            "{\"detail\":\"Token is expired\",\"code\":\"token_not_valid\"}",
            "Token is expired",
        ),
        (
            "{\"error\":\"invalid_grant\",\"error_description\":\"used\"}",
            "used",
        ),
        ("{\"error\":\"invalid_grant\"}", "invalid_grant"),
        (
            "{\"non_field_errors\":[\"Signature has expired.\"]}",
            "Signature has expired.",
        ),
        ("{\"errors\":[{\"message\":\"no\",\"code\":7}]}", "no"),
        ("{\"token\":\"\",\"message\":\"locked out\"}", "locked out"),
        ("{\"msg\":\"Token has expired\"}", "Token has expired"),
        (
            "{\"code\":400,\"error_code\":\"session_expired\",\"msg\":\"Inactivity\"}",
            "Inactivity",
        ),
        ("{\"status\":400}", "status 400"),
        (
            "HTTP/1.1 400 Bad Request\r\n\r\n{\"status\":400}",
            "HTTP 400: status 400",
        ),
        (
            "HTTP/1.1 401 Unauthorized\r\nVary: x\r\n\r\n{\"detail\":\"bad\"}",
            "HTTP 401: bad",
        ),
        (
            "HTTP/1.1 502 Bad Gateway\r\n\r\n<html>oops</html>",
            "HTTP 502",
        ),
    ];
    for (text, expected) in table {
        let paste = read(text);
        assert_eq!(paste.error_answer.as_deref(), Some(expected), "{text}");
        assert!(paste.candidates.is_empty(), "{text}");
    }
}

#[test]
fn what_was_done_to_the_text_is_noted() {
    let table: &[(&str, &[&str])] = &[
        ("«A»", &[]),
        ("«A/20»", &["line breaks inside the token were taken out"]),
        (
            "> «A/36 >»",
            &[
                "mail quoting was taken off",
                "line breaks inside the token were taken out",
            ],
        ),
    ];
    for (template, notes) in table {
        assert_eq!(read(&paste_of(template)).notes, *notes, "{template}");
    }
}

#[test]
fn what_stands_around_says_what_a_token_is_for() {
    let role = |name: &str| {
        let candidate = Candidate {
            text: String::new(),
            name: Some(name.to_owned()),
            place: String::new(),
            twice: false,
        };
        candidate.role()
    };
    for (name, expected) in [
        ("access", Role::Access),
        ("accessToken", Role::Access),
        ("X-Access-Token", Role::Access),
        ("token", Role::Token),
        ("Authorization", Role::Token),
        ("id_token", Role::Id),
        ("idToken", Role::Id),
        ("REFRESH_TOKEN", Role::Refresh),
        ("refresh", Role::Refresh),
        ("sessionid", Role::Other),
    ] {
        assert_eq!(role(name), expected, "{name}");
    }
}

#[test]
fn large_and_hostile_texts_are_read_in_linear_time() {
    for piece in [
        "ey\n",
        "eyJ.a.b ",
        "a=",
        "> ",
        "{\"a\":",
        "\"",
        "ey.",
        "\n",
        "HTTP/1.1 200\n\n",
        "eyJhbGciOiJIUzI1NiJ9\n",
        "eyJhbGciOiJIUzI1NiJ9.e30.\n",
        "eyJh.a.b \n",
        "e",
        "Bearer ",
        "< HTTP/1.1 200\n> Authorization: x\n",
        "< Set-Cookie: a=eyJ.a.b\n< HTTP/1.1 200\n",
        "([{<'\"`",
        "key=eyJ.a.b;",
    ] {
        let text = piece.repeat((1 << 20) / piece.len());
        let paste = read(&text);
        assert!(paste.candidates.len() <= 1, "{piece:?}");
    }
}

#[test]
fn a_long_name_is_not_told_at_each_of_many_tokens() {
    let name = "n".repeat(1 << 19);
    let tokens: Vec<String> = (0..(1 << 15)).map(|at| format!("\"eyJ.{at}.x\"")).collect();
    let tokens = tokens.join(",");
    for text in [
        format!("{{\"{name}\":[{tokens}]}}"),
        format!("{name}: {tokens}"),
        format!("HTTP/1.1 200 OK\nX-{name}: {tokens}\n\n[{tokens}]"),
    ] {
        let paste = read(&text);
        assert_eq!(paste.candidates.len(), 1 << 15);
        for candidate in paste.candidates {
            assert!(candidate.name.unwrap_or_default().len() <= MOST_NAME_BYTES);
            assert!(candidate.place.len() <= 2 * MOST_NAME_BYTES);
        }
    }
}

proptest! {
    #[test]
    fn reading_never_panics(text in "(\\PC|[\n\r\t ]|eyJ|\\.|[=:\"'>{}<]|HTTP/1.1 200|< |> |\u{feff}|é){0,80}") {
        for candidate in read(&text).candidates {
            prop_assert!(!candidate.text.is_empty());
        }
    }

    #[test]
    fn a_wrapped_token_comes_back_whole(width in 4_usize..90, indent in 0_usize..4) {
        let token = a();
        let lines: Vec<_> = token.as_bytes().chunks(width).map(|line| String::from_utf8_lossy(line).into_owned()).collect();
        let text = lines.join(&format!("\n{}", " ".repeat(indent)));
        let paste = read(&text);
        prop_assert_eq!(paste.candidates.len(), 1);
        prop_assert_eq!(&paste.candidates[0].text, &token);
    }
}

#[test]
fn white_space_that_nobody_sees_is_told() {
    for (template, told) in [
        ("  «A»\r\n", None),
        ("\t«A»", None),
        ("«A»\u{a0}", Some("U+00A0")),
        ("«A»\u{85}", Some("U+0085")),
        ("\u{b}«A»", Some("U+000B")),
        ("«A» \u{2028}\n", Some("U+2028")),
        ("Bearer\u{a0}«A»", Some("U+00A0")),
        ("Authorization: Bearer \u{2003}«A»", Some("U+2003")),
        ("{\"access\":\"«A»\u{a0}\"}", Some("U+00A0")),
        ("caf\u{e9}\u{a0}au lait\n«A»\n", None),
    ] {
        let paste = read(&paste_of(template));
        assert_eq!(paste.candidates.len(), 1, "{template:?}");
        assert_eq!(paste.candidates[0].text, a(), "{template:?}");
        let odd = paste.notes.iter().find(|note| note.contains("U+"));
        assert_eq!(odd.is_some(), told.is_some(), "{template:?} {odd:?}");
        assert!(
            told.is_none_or(|told| odd.unwrap().contains(told)),
            "{template:?}"
        );
    }
}
