//! What rotating mints.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use super::*;
use crate::core::algorithm::Algorithm;
use crate::core::key::Key;
use crate::core::policy::Policy;
use crate::core::profile::{LifetimeOverrides, builtin};
use crate::core::secret::Secret;
use crate::core::token::Unverified;
use crate::core::verify::judge;
use crate::session::family::Seal;
use crate::session::flow::{Login, Tokens};
use crate::session::mint::Signer;
use crate::session::testing::{Counter, at};

const NOW: i64 = 1_800_000_000;
const DAY: i64 = 86_400;

fn keys() -> KeySet {
    KeySet::new(vec![Key::from_secret(Secret::new(vec![7; 32])).unwrap()])
}

/// A login's pair, and what rotating its refresh token yields later.
fn rotated(asked: LifetimeOverrides, now: i64) -> (MintedToken, RenewalResult) {
    let (mut profile, keys) = (builtin("pair").unwrap(), keys());
    let signer = Signer {
        key: &keys.keys()[0],
        algorithm: Algorithm::Hs256,
        kid: None,
    };
    let login = Login {
        user: "alice".into(),
        claims: vec![("role".into(), r#""admin""#.into())],
        ..Login::default()
    };
    let tokens = flow::issue(
        &login,
        &profile,
        &Signers::one(&signer),
        at(NOW),
        &mut Counter(0),
    )
    .unwrap();
    let refresh = tokens.refresh.unwrap();
    let token = Unverified::read(&refresh.text, &Limits::default());
    let policy = Policy::of(&profile, TokenKind::Refresh);
    let verified = judge(&token, &keys, &policy, at(now)).verified.unwrap();
    profile.asked = asked;
    let rotated = rotate(
        &Predecessor::jwt(&verified, TokenKind::Refresh),
        &profile,
        &RenewalRequest::default(),
        &Signers::one(&signer),
        at(now),
        &mut Counter(100),
    );
    (refresh, rotated.unwrap())
}

fn fresh(rotated: RenewalResult) -> (Tokens, Option<Timestamp>) {
    match rotated {
        RenewalResult::Fresh {
            tokens, capped_at, ..
        } => (*tokens, capped_at),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_refresh_token_becomes_a_pair_of_the_same_session_and_claims() {
    let (before, rotated) = rotated(LifetimeOverrides::default(), NOW + 60);
    let (tokens, capped_at) = fresh(rotated);
    let refresh = tokens.refresh.unwrap();
    assert_eq!(capped_at, None);
    assert_eq!(refresh.header, before.header);
    let changed = before
        .claims
        .text()
        .replace(
            "1800000000,\"exp\":1801209600",
            "1800000060,\"exp\":1801209660",
        )
        .replace("000000000002", "000000000066");
    assert_eq!(refresh.claims.text(), changed);
    assert_eq!(
        tokens.access.header.text(),
        r#"{"alg":"HS256","typ":"at+jwt"}"#
    );
    for name in ["sid", "auth_time", "role", "sub"] {
        assert_eq!(tokens.access.claims.raw(name), before.claims.raw(name));
    }
    assert_ne!(tokens.access.claims.raw("jti"), refresh.claims.raw("jti"));
}

#[test]
fn a_rotated_refresh_token_stops_at_the_session_s_end() {
    let asked = LifetimeOverrides {
        refresh: Some(Span::from_seconds(400 * 86_400)),
        ..LifetimeOverrides::default()
    };
    let (tokens, capped_at) = fresh(rotated(asked, NOW + DAY).1);
    let end = NOW + 90 * DAY;
    assert_eq!(capped_at, Some(at(end)));
    let refresh = tokens.refresh.unwrap();
    assert_eq!(refresh.claims.raw("exp"), Some(end.to_string().as_str()));
}

#[test]
fn what_was_kept_is_the_same_token_when_it_is_signed_again() {
    let (tokens, _) = fresh(rotated(LifetimeOverrides::default(), NOW + 60).1);
    let refresh = tokens.refresh.unwrap();
    let kept = SignedContent {
        seal: Seal::Missing,
        header: refresh.header.text().to_owned(),
        claims: refresh.claims.text().to_owned(),
    };
    assert_eq!(sign_again(&kept, &keys()).unwrap().text, refresh.text);
    let other = KeySet::new(vec![]);
    assert!(matches!(
        sign_again(&kept, &other),
        Err(FlowError::NoSigner(_))
    ));
}
