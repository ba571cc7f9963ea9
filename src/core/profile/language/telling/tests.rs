//! Which kind a token tells.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::*;
use crate::core::claims::JsonLimits;
use crate::core::profile::language::builtin::model;

fn members(text: &str) -> Members {
    let limits = JsonLimits {
        depth: 9,
        members: 99,
    };
    Members::parse(text, limits).unwrap()
}

/// What a token tells under a profile: its kind, what tells it, and what speaks against it.
fn told(profile: &str, header: &str, claims: &str) -> String {
    let told = kind(
        model(profile).unwrap(),
        &members(header),
        &members(claims),
        None,
    );
    let by = match told.by {
        KindBasis::Member(place) => format!(" by {}", place.name),
        KindBasis::Claim(claim) => format!(" by {claim}"),
        KindBasis::Key => " by its key".to_owned(),
        KindBasis::NoMark => " without a mark".to_owned(),
        KindBasis::Nothing => String::new(),
    };
    let not = told
        .contradiction
        .map_or_else(String::new, |(kind, place)| {
            format!(", not {} by {}", kind.name(), place.name)
        });
    let stranger = told
        .stranger
        .map_or_else(String::new, |place| format!(", {} is strange", place.name));
    format!(
        "{}{by}{not}{stranger}",
        told.kind.map_or("none", TokenKind::name)
    )
}

#[test]
fn the_kind_is_told_by_the_first_mark() {
    let typ = |typ: &str| format!(r#"{{"typ":"{typ}"}}"#);
    for (profile, header, claims, expected) in [
        ("plain", typ("JWT"), "{}", "none"),
        ("plain", typ("at+jwt"), "{}", "access by typ"),
        ("plain", typ("Application/RT+jwt"), "{}", "refresh by typ"),
        (
            "plain",
            typ("jwt"),
            r#"{"typ":"Offline"}"#,
            "refresh by typ",
        ),
        ("plain", typ("JWT"), r#"{"typ":"JWT"}"#, "none"),
        (
            "plain",
            typ("JWT"),
            r#"{"token_use":"id"}"#,
            "id by token_use",
        ),
        ("plain", typ("JWT"), r#"{"type":"ACCESS"}"#, "none"),
        ("plain", typ("JWT"), r#"{"type":7}"#, "none"),
        ("plain", typ("JWT"), r#"{"nonce":"n"}"#, "id by nonce"),
        ("plain", typ("at+jwt"), r#"{"nonce":"n"}"#, "access by typ"),
        (
            "plain",
            typ("at+jwt"),
            r#"{"type":"refresh"}"#,
            "access by typ, not refresh by type",
        ),
        ("pair", typ("rt+jwt"), "{}", "refresh by typ"),
        ("pair", typ("JWT"), "{}", "none"),
        ("pair", typ("secevent+jwt"), "{}", "none, typ is strange"),
        (
            "keycloak",
            typ("JWT"),
            r#"{"typ":"Logout"}"#,
            "none, typ is strange",
        ),
        ("keycloak", typ("JWT"), r#"{"typ":"ID"}"#, "id by typ"),
        ("oidc", typ("at+jwt"), "{}", "access by typ"),
        ("oidc", typ("JWT"), r#"{"at_hash":"h"}"#, "id by at_hash"),
        ("oidc", typ("rt+jwt"), "{}", "none, typ is strange"),
        (
            "flask-jwt-extended",
            typ("JWT"),
            r#"{"type":"refresh"}"#,
            "refresh by type",
        ),
        (
            "flask-jwt-extended",
            typ("JWT"),
            "{}",
            "access without a mark",
        ),
        ("sliding", typ("JWT"), "{}", "access without a mark"),
        ("node-pair", typ("JWT"), "{}", "none"),
    ] {
        assert_eq!(
            told(profile, &header, claims),
            expected,
            "{profile} {header} {claims}"
        );
    }
}

#[test]
fn a_key_of_its_own_tells_the_kind() {
    let empty = members("{}");
    let pair = model("node-pair").unwrap();
    let told = kind(pair, &empty, &empty, Some(TokenKind::Refresh));
    assert_eq!(
        (told.kind, told.by),
        (Some(TokenKind::Refresh), KindBasis::Key)
    );
    let plain = kind(
        model("plain").unwrap(),
        &empty,
        &empty,
        Some(TokenKind::Refresh),
    );
    assert_eq!(plain.kind, None);
}
