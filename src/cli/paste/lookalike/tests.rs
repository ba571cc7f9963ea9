//! Forms of text that people give for a token, each with the words that name it.
use super::*;

const HEADER: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9";
const PAYLOAD: &str = "eyJzdWIiOiJhbGljZSJ9";
const SIGNATURE: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

fn filled(template: &str) -> String {
    template
        .replace("«T»", &format!("{HEADER}.{PAYLOAD}.{SIGNATURE}"))
        .replace("«H»", HEADER)
        .replace("«P»", PAYLOAD)
        .replace("«S»", SIGNATURE)
}

#[test]
fn every_form_is_named_and_has_a_way_out() {
    let base64 = |text: &str| base64::engine::general_purpose::STANDARD.encode(filled(text));
    let twice = base64("«T»");
    let wrapped = base64("{\"access_token\":\"«T»\"}");
    let without_padding = wrapped.trim_end_matches('=');
    let laravel = base64("{\"iv\":\"YWJj\",\"value\":\"YWJj\",\"mac\":\"aa\",\"tag\":\"\"}");
    let table = [
        ("undefined", "where a value is missing"),
        ("null", "where a value is missing"),
        ("None", "where a value is missing"),
        ("NaN", "where a value is missing"),
        ("Bearer null", "where a value is missing"),
        ("\"undefined\"", "where a value is missing"),
        (
            "Authorization: Bearer undefined",
            "where a value is missing",
        ),
        ("[object Object]", "for an object"),
        ("[object Promise]", "for an object"),
        ("Promise { <pending> }", "for an object"),
        ("$TOKEN", "placeholder"),
        ("${ACCESS_TOKEN}", "placeholder"),
        ("$(TOKEN)", "placeholder"),
        ("{{ access_token }}", "placeholder"),
        ("%TOKEN%", "placeholder"),
        ("<token>", "placeholder"),
        ("YOUR_TOKEN", "placeholder"),
        ("****", "placeholder"),
        ("\u{fffd}\u{fffd}eyJhbGci", "UTF-16"),
        (
            "{\"payload\":\"«P»\",\"protected\":\"«H»\",\"signature\":\"«S»\"}",
            "flattened JSON",
        ),
        (
            "{\"payload\":\"«P»\",\"signatures\":[{\"protected\":\"«H»\",\"signature\":\"«S»\"}]}",
            "JSON serialisation (RFC 7515 §7.2.1)",
        ),
        (
            "{\"protected\":\"«H»\",\"iv\":\"a\",\"ciphertext\":\"b\",\"tag\":\"c\"}",
            "encrypted",
        ),
        ("{\"keys\":[]}", "key set"),
        ("{\"sub\":\"alice\",\"exp\":1}", "claims of a token"),
        ("<?xml version=\"1.0\"?>", "XML"),
        ("PHNhbWxwOlJlc3BvbnNlIHhtbG5z", "XML"),
        ("«H»%2E«P»%2E«S»", "percent-encoded"),
        ("Bearer%20«T»", "percent-encoded"),
        ("s%3Aabc.def", "percent-encoded"),
        ("«H».eyJzdW...", "shortened"),
        ("eyJhbGciOiJI…", "shortened"),
        ("«T»~WyJzYWx0IiwibiIsInYiXQ~", "SD-JWT"),
        ("«T»~", "SD-JWT"),
        ("Bearer «T»~WyJzYWx0IiwibiIsInYiXQ~eyJh.eyJi.c2ln", "SD-JWT"),
        ("«H»..«S»", "detached"),
        ("«T»«T»", "run together"),
        ("«T».«T»", "run together"),
        ("«T»«T»«T»", "run together"),
        ("v2.local.QAxIpVe-ECVNI1z4xQbm_qQYomyT3h8FtV8b", "PASETO"),
        ("v4.public.eyJkYXRhIjoiIn0GZa8G.a2lk", "PASETO"),
        ("ghs_16C7e42F292c6912E7710c838347Ae178B4a", "GitHub"),
        ("ghs_123_«T»", "GitHub"),
        ("github_pat_11ABCDEFG0abcdefghij", "GitHub"),
        ("glpat-abcdefghij0123456789", "another service"),
        ("xoxb-123456789-abcdef", "another service"),
        ("ya29.a0AfH6SMBabcdefgh", "another service"),
        ("hvs.CAESIabcdefgh", "another service"),
        ("gAAAAABh1234567890abcdef", "Fernet"),
        ("CfDJ8N0123456789abcdef", "ASP.NET"),
        ("hello:1sABCD:«S»", "Django"),
        ("hello:«S»", "Django"),
        ("«P»:1sABCD:«S»", "Django"),
        (".eJyrVkrOz0lVslJKKkpNzE3V:1sABCD:«S»", "Django"),
        ("«P».ZoZzXg.7Yx1x8Qm0VQ2kqkqkqkqkqkqkqk", "itsdangerous"),
        (
            ".eJyrVkrOz0lVslJKKkpNzE3V.ZoZzXg.7Yx1x8Qm0VQ2kqkqkqkqkqkqkqk",
            "itsdangerous",
        ),
        (&laravel, "Laravel"),
        ("s:abcdef.7Yx1x8Qm0VQ2kqkqkqkqk", "Express"),
        (
            "BAh7CEkiD3--0123456789abcdef0123456789abcdef01234567",
            "Rails",
        ),
        ("SFMyNTY.g2gDYQFuBgA.abc", "Phoenix"),
        (&twice, "base64 once more"),
        (twice.trim_end_matches('='), "base64 once more"),
        (&wrapped, "base64 once more"),
        (&format!("base64-{without_padding}"), "supabase"),
    ];
    for (template, name) in table {
        let text = filled(template);
        let says = lookalike(&text).map_or("", |form| form.says);
        assert!(says.contains(name), "{template}: {says:?}");
        assert!(lookalike(&text).is_some_and(|form| form.way.len() > 20));
    }
}

#[test]
fn what_may_be_a_broken_token_or_an_opaque_one_is_left_alone() {
    let table = [
        "«T»",
        "abc.def.ghi",
        "«H».«P»",
        "«H».«P».«S»=",
        "«H».«P».dBjftJeZ 4CVP",
        "«H».k.i.c.t",
        "7Yx1x8Qm0VQ2kqkqkqkqkqkqkqkabcdefghij123456",
        "123e4567-e89b-12d3-a456-426614174000",
        "session:7Yx1x8Qm0VQ2kqkqkqkqkqkqkqkabcdefghij123456",
        "Set-Cookie: sid=7Yx1x8Qm0VQ2kqkqkqkqkqkqkqk",
        "{\"detail\":\"no\"}",
        "",
    ];
    for template in table {
        let found = lookalike(&filled(template));
        assert_eq!(found, None, "{template}");
    }
}
