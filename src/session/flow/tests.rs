//! Logging in and renewing, under each profile.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::*;
use crate::core::key::Key;
use crate::core::policy::Policy;
use crate::core::profile::builtin;
use crate::core::secret::Secret;
use crate::core::sign::compact;
use crate::core::time::Span;
use crate::core::token::{Limits, Unverified};
use crate::core::verify::judge;
use crate::session::testing::{Counter, at};

const NOW: i64 = 1_800_000_000;
const WEEK: i64 = 7 * 86_400;

fn keys() -> KeySet {
    KeySet::new(vec![
        Key::from_secret(Secret::new(b"0123456789abcdef0123456789abcdef".to_vec())).unwrap(),
    ])
}

fn signer(keys: &KeySet) -> Signer<'_> {
    Signer {
        key: &keys.keys()[0],
        algorithm: Algorithm::Hs256,
        kid: None,
    }
}

fn log_in(profile: &str, login: &Login) -> Tokens {
    log_in_as(&builtin(profile).unwrap(), login)
}

fn log_in_as(profile: &Profile, login: &Login) -> Tokens {
    let keys = keys();
    issue(
        login,
        profile,
        &Signers::one(&signer(&keys)),
        at(NOW),
        &mut Counter(0),
    )
    .unwrap()
}

/// `sliding`, with tokens that are asked to live for so many seconds.
fn asked(seconds: u64) -> Profile {
    let mut profile = builtin("sliding").unwrap();
    profile.asked.access = Some(Span::from_seconds(seconds));
    profile
}

fn alice() -> Login {
    Login {
        user: "alice".into(),
        ..Login::default()
    }
}

fn renewed(
    text: &str,
    profile: &str,
    kind: TokenKind,
    request: &RenewalRequest,
    now: i64,
) -> std::result::Result<RenewalResult, FlowError> {
    renewed_as(text, &builtin(profile).unwrap(), kind, request, now)
}

fn renewed_as(
    text: &str,
    profile: &Profile,
    kind: TokenKind,
    request: &RenewalRequest,
    now: i64,
) -> std::result::Result<RenewalResult, FlowError> {
    let keys = keys();
    let token = Unverified::read(text, &Limits::default());
    let judgement = judge(&token, &keys, &Policy::of(profile, kind), at(now));
    let verified = judgement
        .verified
        .unwrap_or_else(|| panic!("{:?}", judgement.verdict));
    let signer = successor_signer(&keys, &verified).unwrap();
    renew(
        &Predecessor::jwt(&verified, kind),
        profile,
        request,
        &signer,
        at(now),
        &mut Counter(100),
    )
}

fn fresh(renewed: std::result::Result<RenewalResult, FlowError>) -> MintedToken {
    match renewed.unwrap() {
        RenewalResult::Fresh { tokens, .. } => tokens.access,
        other => panic!("{other:?}"),
    }
}

const ID: &str = "00000000-0000-4000-8000-0000000000";

#[test]
fn a_sliding_login_has_the_profile_s_claims_in_their_order() {
    let tokens = log_in("sliding", &alice());
    assert!(tokens.refresh.is_none());
    assert_eq!(
        tokens.access.header.text(),
        r#"{"alg":"HS256","typ":"JWT"}"#
    );
    assert_eq!(
        tokens.access.claims.text(),
        format!(
            r#"{{"sub":"alice","iat":1800000000,"exp":1800003600,"jti":"{ID}02","auth_time":1800000000,"sid":"{ID}01","session_exp":1800604800}}"#
        )
    );
}

#[test]
fn a_pair_shares_its_session_and_not_its_ids() {
    let login = Login {
        claims: vec![("role".into(), r#""admin""#.into())],
        ..alice()
    };
    let tokens = log_in("pair", &login);
    let refresh = tokens.refresh.unwrap();
    assert_eq!(refresh.header.text(), r#"{"alg":"HS256","typ":"rt+jwt"}"#);
    assert_eq!(tokens.access.claims.raw("sid"), refresh.claims.raw("sid"));
    assert_ne!(tokens.access.claims.raw("jti"), refresh.claims.raw("jti"));
    assert_eq!(tokens.access.claims.raw("exp"), Some("1800000300"));
    assert_eq!(refresh.claims.raw("exp"), Some("1801209600"));
    assert_eq!(tokens.access.claims.raw("role"), refresh.claims.raw("role"));
}

#[test]
fn what_is_given_stands_in_the_place_that_the_profile_has_for_it() {
    let login = Login {
        claims: vec![
            ("sub".into(), "7".into()),
            ("level".into(), "[1, 2]".into()),
        ],
        header: vec![
            ("alg".into(), r#""none""#.into()),
            ("cty".into(), r#""x""#.into()),
        ],
        access_id: Some("mine".into()),
        ..Login::default()
    };
    let mut profile = asked(60);
    let model = profile.model.to_mut();
    model.aud = vec!["a".into(), "b".into()].into();
    model.iss = Some("https://me".into());
    let token = log_in_as(&profile, &login).access;
    assert_eq!(
        token.header.text(),
        r#"{"alg":"HS256","typ":"JWT","cty":"x"}"#
    );
    assert_eq!(
        token.claims.text(),
        format!(
            r#"{{"sub":7,"iat":1800000000,"exp":1800000060,"jti":"mine","auth_time":1800000000,"sid":"{ID}01","session_exp":1800604800,"iss":"https://me","aud":["a","b"],"level":[1, 2]}}"#
        )
    );
}

#[test]
fn renewing_moves_iat_exp_and_jti_and_keeps_every_other_byte() {
    let login = Login {
        claims: vec![
            ("n".into(), "1.50e3".into()),
            ("é".into(), r#""\u00e9""#.into()),
        ],
        ..alice()
    };
    let first = log_in("sliding", &login).access;
    let second = fresh(renewed(
        &first.text,
        "sliding",
        TokenKind::Access,
        &RenewalRequest::default(),
        NOW + 600,
    ));
    let expected = first
        .claims
        .text()
        .replace("\"iat\":1800000000", "\"iat\":1800000600")
        .replace("1800003600", "1800004200")
        .replace(&format!("{ID}02"), &format!("{ID}65"));
    assert_eq!(second.claims.text(), expected);
    assert_eq!(second.header.text(), first.header.text());
}

#[test]
fn a_session_can_not_be_renewed_past_its_absolute_end() {
    let end = NOW + WEEK;
    let first = log_in_as(&asked(7 * 86_400 - 60), &alice()).access;
    let near = renewed(
        &first.text,
        "sliding",
        TokenKind::Access,
        &RenewalRequest::default(),
        end - 100,
    )
    .unwrap();
    let RenewalResult::Fresh {
        tokens, capped_at, ..
    } = near
    else {
        panic!("{near:?}")
    };
    let token = tokens.access;
    assert_eq!(capped_at, Some(at(end)));
    assert_eq!(token.claims.raw("exp"), Some(end.to_string().as_str()));
    let again = renewed(
        &token.text,
        "sliding",
        TokenKind::Access,
        &RenewalRequest::default(),
        end - 50,
    )
    .unwrap();
    assert!(
        matches!(again, RenewalResult::AtTheEnd { end: told } if told == at(end)),
        "{again:?}"
    );
}

#[test]
fn a_token_with_more_life_than_asked_for_is_not_due() {
    let first = log_in("sliding", &alice()).access;
    let within = |minutes: u64| RenewalRequest {
        within: Some(Span::from_seconds(minutes * 60)),
        ..RenewalRequest::default()
    };
    let early = renewed(
        &first.text,
        "sliding",
        TokenKind::Access,
        &within(20),
        NOW + 2399,
    )
    .unwrap();
    assert!(
        matches!(early, RenewalResult::NotDue { left: 1201 }),
        "{early:?}"
    );
    assert!(matches!(
        renewed(
            &first.text,
            "sliding",
            TokenKind::Access,
            &within(20),
            NOW + 2400
        ),
        Ok(RenewalResult::Fresh { .. })
    ));
}

#[test]
fn a_refresh_token_yields_an_access_token_of_its_session() {
    let login = Login {
        claims: vec![("role".into(), r#""admin""#.into())],
        ..alice()
    };
    let pair = log_in("pair", &login);
    let refresh = pair.refresh.unwrap();
    let access = fresh(renewed(
        &refresh.text,
        "pair",
        TokenKind::Refresh,
        &RenewalRequest::default(),
        NOW + 86_400,
    ));
    assert_eq!(access.header.text(), r#"{"alg":"HS256","typ":"at+jwt"}"#);
    assert_eq!(
        access.claims.raw("exp"),
        Some((NOW + 86_400 + 300).to_string().as_str())
    );
    for kept in ["sub", "sid", "auth_time", "role"] {
        assert_eq!(access.claims.raw(kept), refresh.claims.raw(kept), "{kept}");
    }
    assert_ne!(access.claims.raw("jti"), refresh.claims.raw("jti"));
    let refused = renewed(
        &pair.access.text,
        "pair",
        TokenKind::Access,
        &RenewalRequest::default(),
        NOW + 1,
    );
    assert_eq!(refused.unwrap_err(), FlowError::NeedsRefreshToken);
}

#[test]
fn a_plain_token_moves_only_what_it_has() {
    let plain = |payload: &str| {
        compact(
            br#"{"typ":"JWT","alg":"HS256","x":1}"#,
            payload.as_bytes(),
            &keys().keys()[0],
            Algorithm::Hs256,
        )
        .unwrap()
    };
    let text = plain(
        r#"{ "exp" : 1800000100, "iat":1800000000.0, "jti":"0123456789abcdef0123456789ABCDEF", "a":{"b":[1 ,2]} }"#,
    );
    let token = fresh(renewed(
        &text,
        "plain",
        TokenKind::Access,
        &RenewalRequest::default(),
        NOW + 50,
    ));
    assert_eq!(
        token.claims.text(),
        r#"{ "exp" : 1800000150, "iat":1800000050, "jti":"00000000000040008000000000000065", "a":{"b":[1 ,2]} }"#
    );
    assert_eq!(token.header.text(), r#"{"typ":"JWT","alg":"HS256","x":1}"#);
    let no_iat = plain(r#"{"exp":1800000100}"#);
    assert_eq!(
        renewed(
            &no_iat,
            "plain",
            TokenKind::Access,
            &RenewalRequest::default(),
            NOW
        )
        .unwrap_err(),
        FlowError::NoLifetime
    );
    let mut profile = builtin("plain").unwrap();
    profile.asked.access = Some(Span::from_seconds(30));
    let renew = RenewalRequest::default();
    assert_eq!(
        fresh(renewed_as(
            &no_iat,
            &profile,
            TokenKind::Access,
            &renew,
            NOW
        ))
        .claims
        .text(),
        r#"{"exp":1800000030}"#
    );
}
