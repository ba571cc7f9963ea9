//! A record is believed where the keys prove it: whoever can write the store can't choose whose tokens are made.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use super::super::tests::{House, NOW};
use super::*;
use crate::core::profile::builtin;
use crate::core::profile::language::model::Format;
use crate::core::profile::language::source::{Fresh, Source};
use crate::session::record;
use crate::session::seal::SealKeys;
use crate::session::service::records::{PriorAnswer, Record};
use crate::session::store::Lookup;
use crate::session::testing::at;

fn house() -> House {
    let mut profile = builtin("pair").unwrap();
    let refresh = profile.model.to_mut().refresh.as_mut().unwrap();
    refresh.format = Format::Opaque(Source::Fresh(Fresh::Random(43)));
    House::with(profile)
}

/// A login, sealed: its refresh token and its family.
fn login(house: &House) -> (Unverified, Family) {
    let tokens = house.log_in();
    let mut family = record::login(&tokens, &house.profile, at(NOW));
    let seal: SealKeys<'_> = house.seal_keys();
    seal.family(&mut family);
    let text = tokens.refresh.unwrap().text;
    (Unverified::read(&text, &Limits::default()), family)
}

/// What the keys prove of a token in a family.
fn access(house: &House, token: &Unverified, family: Family) -> Result<Option<Members>, Reason> {
    let presented = record::presented(token, &house.profile, true).unwrap();
    let lookup = Lookup::token(&presented.token, &presented.origin);
    let known = PriorAnswer::of(lookup, Record::Store(Some(Box::new(family))));
    let recorded = Recorded::of(token, Some(&known)).unwrap();
    let access = recorded.access(&house.keys());
    access
        .map(|both| both.map(|(_, claims)| claims))
        .map_err(|finding| finding.reason().unwrap())
}

#[test]
fn a_record_gives_the_claims_of_the_access_token() {
    let house = house();
    let (token, family) = login(&house);
    let claims = access(&house, &token, family).unwrap().unwrap();
    assert_eq!(claims.raw("sub"), Some("\"7\""));
}

#[test]
fn a_changed_record_gives_nothing() {
    let house = house();
    let (token, family) = login(&house);
    let changes: [fn(&mut Generation); 6] = [
        |one| {
            let access = one.token.access.as_mut().unwrap();
            access.claims = access.claims.replace("\"7\"", "\"1\"");
        },
        |one| one.token.access = None,
        |one| one.number = 2,
        |one| {
            let signed = one.token.signed.as_mut().unwrap();
            signed.claims = signed
                .claims
                .replace("\"generation\":1", "\"generation\":2");
        },
        |one| one.token.signed = None,
        |one| {
            let signed = one.token.signed.as_mut().unwrap();
            signed.header = r#"{"alg":"HS256"}"#.to_owned();
        },
    ];
    for (at, change) in changes.into_iter().enumerate() {
        let mut changed = family.clone();
        change(&mut changed.generations[0]);
        let given = access(&house, &token, changed);
        assert_eq!(given.err(), Some(Reason::RecordChanged), "{at}");
    }
}

#[test]
fn a_token_gives_nothing_of_another_session() {
    let house = house();
    let (token, family) = login(&house);
    let own = &family.generations[0].token;
    let mut other = family.clone();
    other.session.key.id = "another".to_owned();
    house.seal_keys().family(&mut other);
    // As it is, retired with a successor of the other's, and with the other's session in what it was made of.
    assert_eq!(
        access(&house, &token, other.clone()).err(),
        Some(Reason::RecordChanged)
    );
    let mut retired = other.clone();
    let mut next = other.generations[0].clone();
    next.number = 2;
    next.token.fingerprint = Fingerprint::of_opaque("next");
    retired.generations[0].retired_at = Some(at(NOW));
    retired.generations[0].token.access = None;
    retired.generations.push(next);
    assert_eq!(
        access(&house, &token, retired).err(),
        Some(Reason::RecordChanged)
    );
    let signed = other.generations[0].token.signed.as_mut().unwrap();
    signed.claims = signed.claims.replace(&family.session.key.id, "another");
    assert_ne!(other.generations[0].token.signed, own.signed);
    assert_eq!(
        access(&house, &token, other).err(),
        Some(Reason::RecordChanged)
    );
}
