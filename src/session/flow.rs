//! Plain functions that log in and renew. The caller passes the moment and the entropy.
use crate::core::algorithm::{AlgName, Algorithm};
use crate::core::claims::{Members, Typed, quote};
use crate::core::entropy::{Entropy, uuid4};
use crate::core::key::{KeySet, NoSigner};
use crate::core::profile::language::entry::{Entry, Item, Occasion};
use crate::core::profile::language::model::KindModel;
use crate::core::profile::language::source::{Offset, Source};
use crate::core::profile::{Profile, TokenKind};
use crate::core::time::Timestamp;
use crate::core::verify::Verified;

use super::emulation;
use super::entries::{self, EntryFacts, life, styled};
use super::mint::{ExtraMember, MintedToken, Signer, Signers, mint};
use super::opaque::{self, OpaquePlace};
use super::successor::{Predecessor, Successor};

pub(super) mod exchange;

pub(crate) use exchange::{
    FlowError, HeaderChange, Lacking, Login, RenewalRequest, RenewalResult, Tokens,
};

/// Checks that a login gives every claim that the profile requires.
///
/// # Errors
/// [`FlowError::Missing`] if it does not.
pub(crate) fn complete(login: &Login, profile: &Profile, now: Timestamp) -> Result<(), FlowError> {
    if profile.server.is_some() {
        return Ok(());
    }
    let facts = EntryFacts {
        login,
        profile,
        now,
        session: "",
    };
    let mut missing: Vec<Lacking> = Vec::new();
    for kind in ISSUED.into_iter().filter(|kind| profile.issues(*kind)) {
        let claims = profile.kind(kind).into_iter();
        let required = claims.flat_map(|kind| kind.claims_at(Occasion::Login));
        for entry in required.filter(|entry| !entry.optional) {
            let given = |(name, _): &ExtraMember| entry.name == name.as_str();
            // A fresh id or a moment is always at hand.
            if login.claims.iter().any(given)
                || missing
                    .iter()
                    .any(|lacking| entry.name == lacking.claim.as_str())
                || facts.value(entry, kind, &mut Nothing).is_some()
                || endless(entry, kind, profile)
            {
                continue;
            }
            missing.push(Lacking {
                claim: entry.name.to_string(),
                source: entry.source.clone(),
            });
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    Err(FlowError::Missing {
        profile: profile.name().to_owned(),
        claims: missing,
    })
}

/// The kinds that a login makes, in the order in which they are made.
const ISSUED: [TokenKind; 2] = [TokenKind::Refresh, TokenKind::Access];

/// Whether a claim says the end of a token that has none.
fn endless(entry: &Entry, kind: TokenKind, profile: &Profile) -> bool {
    entry.source == Some(Source::Now(Offset::Ttl)) && profile.ttl(kind).is_none()
}

/// No entropy: for a look at what a login gives.
struct Nothing;

impl Entropy for Nothing {
    fn fill(&mut self, _: &mut [u8]) {}
}

/// Logs in: mints the profile's token or pair.
///
/// # Errors
/// A claim that the profile requires is missing, or signing failed.
pub(crate) fn issue(
    login: &Login,
    profile: &Profile,
    signers: &Signers<'_>,
    now: Timestamp,
    entropy: &mut dyn Entropy,
) -> Result<Tokens, FlowError> {
    if let Some(server) = profile.server.as_deref() {
        return emulation::issue(login, profile, server, signers.access, now, entropy);
    }
    complete(login, profile, now)?;
    let session = uuid4(entropy);
    let facts = EntryFacts {
        login,
        profile,
        now,
        session: &session,
    };
    let kind = TokenKind::Refresh;
    let signer = signers.of(kind);
    let fresh = profile.opaque();
    let mut refresh = None;
    if profile.issues(kind) && fresh.is_none() {
        refresh = Some(login_token(&facts, kind, signer, entropy)?);
    }
    let access = login_token(&facts, TokenKind::Access, signers.access, entropy)?;
    if let Some(fresh) = fresh.filter(|_| profile.issues(kind)) {
        // A claim that was given for the session's id is that id.
        let name = profile.claim(TokenKind::Access, |source| *source == Source::Session);
        let named = name.and_then(|name| match access.claims.string(name) {
            Typed::Is(named) => Some(named),
            Typed::Absent | Typed::Wrong(_) => None,
        });
        let place = OpaquePlace {
            session: named.as_deref().unwrap_or(&session),
            generation: 1,
        };
        let life = (now, facts.expiry(kind));
        refresh = Some(opaque::mint(fresh, place, signer.key, life, entropy)?);
    }
    Ok(Tokens { access, refresh })
}

fn login_token(
    facts: &EntryFacts<'_>,
    kind: TokenKind,
    signer: &Signer<'_>,
    entropy: &mut dyn Entropy,
) -> Result<MintedToken, FlowError> {
    let (login, profile) = (facts.login, facts.profile);
    let mut claims = Members::empty();
    let items = profile
        .kind(kind)
        .into_iter()
        .flat_map(|kind| kind.claims.iter());
    for item in items {
        match item {
            Item::Entry(entry) if entry.at != Some(Occasion::Renew) => {
                if let Some(raw) = facts.value(entry, kind, entropy) {
                    claims.set(&entry.name, &raw);
                }
            }
            Item::Entry(_) => {}
            Item::Rest => set_all(&mut claims, &login.claims, |name| {
                !profile.kind(kind).is_some_and(|kind| has(kind, name))
            }),
        }
    }
    set_all(&mut claims, &login.claims, |_| true);
    let mut header = entries::header(profile, kind, signer);
    if let Some(typ) = login.typ.as_ref().filter(|_| kind == TokenKind::Access) {
        header.set("typ", &quote(typ, profile.ascii()));
    }
    set_all(&mut header, &login.header, |name| name != "alg");
    let style = profile.model.json;
    Ok(mint(styled(header, style), styled(claims, style), signer)?)
}

fn set_all(members: &mut Members, given: &[ExtraMember], which: impl Fn(&str) -> bool) {
    for (name, raw) in given.iter().filter(|(name, _)| which(name)) {
        members.set(name, raw);
    }
}

/// Whether a kind has a claim of that name at a login.
fn has(kind: &KindModel, name: &str) -> bool {
    kind.claims_at(Occasion::Login)
        .any(|entry| entry.name == name)
}

/// Chooses the key for the successor of a verified token. The key that verified it signs if it can, with the same `alg` and `kid`; otherwise another key of the
/// set.
///
/// # Errors
/// No key of the set can sign.
pub(crate) fn successor_signer<'a>(
    keys: &'a KeySet,
    verified: &Verified,
) -> Result<Signer<'a>, FlowError> {
    let kid = match verified.header().string("kid") {
        Typed::Is(kid) => Some(kid),
        Typed::Absent | Typed::Wrong(_) => None,
    };
    let same = keys.keys().get(verified.key()).filter(|key| key.can_sign());
    if let Some(key) = same {
        return Ok(Signer {
            key,
            algorithm: verified.algorithm(),
            kid,
        });
    }
    signer_for(keys, verified.algorithm(), kid.as_deref())
}

/// Chooses a key that signs with that algorithm under that `kid`; otherwise with that algorithm; otherwise any.
fn signer_for<'a>(
    keys: &'a KeySet,
    algorithm: Algorithm,
    kid: Option<&str>,
) -> Result<Signer<'a>, FlowError> {
    let attempts = [
        (Some(algorithm), kid),
        (Some(algorithm), None),
        (None, None),
    ];
    let mut refusal = NoSigner::NoKey;
    for (algorithm, kid) in attempts {
        match keys.for_signing(algorithm, kid) {
            Ok((key, algorithm)) => {
                let kid = key.kid().or(kid).map(str::to_owned);
                return Ok(Signer {
                    key,
                    algorithm,
                    kid,
                });
            }
            Err(no) => refusal = no,
        }
    }
    Err(FlowError::NoSigner(refusal))
}

/// Chooses the key for what takes the place of an opaque token, whose access token has this header.
///
/// # Errors
/// No key of the set can sign.
pub(crate) fn recorded_signer<'a>(
    keys: &'a KeySet,
    header: &Members,
) -> Result<Signer<'a>, FlowError> {
    let (algorithm, kid) = named_key(header)?;
    signer_for(keys, algorithm, kid.as_deref())
}

/// Chooses the key to sign with this header again: one that supports its `alg`, and has its `kid` if it has one.
pub(super) fn signer_like<'a>(keys: &'a KeySet, header: &Members) -> Result<Signer<'a>, FlowError> {
    let (algorithm, kid) = named_key(header)?;
    let (key, algorithm) = keys
        .for_signing(Some(algorithm), kid.as_deref())
        .map_err(FlowError::NoSigner)?;
    Ok(Signer {
        key,
        algorithm,
        kid,
    })
}

/// The algorithm and the `kid` that a header names.
fn named_key(header: &Members) -> Result<(Algorithm, Option<String>), FlowError> {
    let text = |name: &str| match header.string(name) {
        Typed::Is(text) => Some(text),
        Typed::Absent | Typed::Wrong(_) => None,
    };
    match text("alg").map(|name| AlgName::classify(&name)) {
        Some(AlgName::Supported(algorithm)) => Ok((algorithm, text("kid"))),
        _ => Err(FlowError::NotKept),
    }
}

/// Renews a session with a token that holds: what the profile takes gives a fresh access token.
///
/// # Errors
/// See [`FlowError`].
pub(crate) fn renew(
    presented: &Predecessor<'_>,
    profile: &Profile,
    request: &RenewalRequest,
    signer: &Signer<'_>,
    now: Timestamp,
    entropy: &mut dyn Entropy,
) -> Result<RenewalResult, FlowError> {
    let same = profile.presents() != Some(TokenKind::Refresh);
    if !same && presented.kind == TokenKind::Access {
        return Err(FlowError::NeedsRefreshToken);
    }
    let expiry = presented.expires_at;
    // `within` does not apply to a refresh token: it would spare the access token, and we hold only the refresh token.
    if let (Some(within), Some(expiry)) = (request.within, expiry.filter(|_| same))
        && expiry > now.plus(within)
    {
        return Ok(RenewalResult::NotDue {
            left: now.whole_seconds_until(expiry),
        });
    }
    let life = if let Some(asked) = profile.asked.access {
        Some(asked)
    } else if profile.model.renew.own_ttl {
        let expiry = expiry.ok_or(FlowError::NeverExpires)?;
        Some(life(presented.issued_at, Some(expiry)).ok_or(FlowError::NoLifetime)?)
    } else {
        profile.renewed_life(TokenKind::Access)
    };
    let successor = Successor {
        presented,
        profile,
        to: if same {
            presented.kind
        } else {
            TokenKind::Access
        },
        life,
        id: request.id.as_deref(),
        now,
    };
    let end = successor.capped_at();
    if let (Some(end), Some(expiry)) = (end, expiry.filter(|_| same))
        && expiry >= end
    {
        return Ok(RenewalResult::AtTheEnd { end });
    }
    let (access, changed) = successor.mint(signer, entropy)?;
    Ok(RenewalResult::Fresh {
        tokens: Box::new(Tokens {
            access,
            refresh: None,
        }),
        changed,
        capped_at: end,
    })
}

#[cfg(test)]
mod tests;
