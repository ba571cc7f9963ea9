//! Plain functions that log in and renew. The caller passes the moment and the entropy.
use crate::core::algorithm::{AlgName, Algorithm};
use crate::core::claims::{Members, Typed, quote};
use crate::core::entropy::{Entropy, uuid4};
use crate::core::key::{KeySet, NoSigner, SignError};
use crate::core::profile::{Content, IdForm, Kind, Profile, Shape, Slot};
use crate::core::time::{Span, Timestamp};
use crate::core::verify::{Verified, session_end};

use super::emulation;
use super::mint::{Minted, Signer, header, mint};

pub(super) mod exchange;

pub use exchange::{Changed, FlowError, Login, Renew, Renewed, Tokens};

/// Checks that a login gives every claim that the profile requires.
///
/// # Errors
/// [`FlowError::Missing`] if it does not.
pub fn complete(login: &Login, profile: &Profile) -> Result<(), FlowError> {
    let given = |slot: &&Slot| {
        slot.content.is_at_hand()
            || login.claims.iter().any(|(name, _)| *name == slot.name)
            || match slot.content {
                Content::Issuer => profile.checks.issuer.is_some(),
                Content::Audience => !profile.checks.audience.is_empty(),
                Content::ClientId => login.client_id.is_some(),
                Content::Scope => login.scope.is_some(),
                _ => true,
            }
    };
    let required = profile.access.claims.iter().filter(|slot| slot.required);
    let missing = required.filter(|slot| !given(slot));
    let claims: Vec<_> = missing.map(|slot| slot.name.clone()).collect();
    if claims.is_empty() {
        return Ok(());
    }
    Err(FlowError::Missing {
        profile: profile.name.clone(),
        claims,
    })
}

/// Logs in: mints the profile's token or pair.
///
/// # Errors
/// A claim that the profile requires is missing, or signing failed.
pub fn issue(
    login: &Login,
    profile: &Profile,
    signer: &Signer<'_>,
    now: Timestamp,
    entropy: &mut dyn Entropy,
) -> Result<Tokens, FlowError> {
    if let Some(server) = &profile.server {
        return emulation::issue(login, profile, &**server, signer, now, entropy);
    }
    complete(login, profile)?;
    let issue = Issue {
        login,
        profile,
        now,
        session_id: uuid4(entropy),
    };
    let refresh = profile
        .refresh
        .as_ref()
        .map(|shape| issue.mint(shape, Kind::Refresh, signer, entropy));
    let access = issue.mint(&profile.access, Kind::Access, signer, entropy)?;
    Ok(Tokens {
        access,
        refresh: refresh.transpose()?,
    })
}

struct Issue<'a> {
    login: &'a Login,
    profile: &'a Profile,
    now: Timestamp,
    session_id: String,
}

impl Issue<'_> {
    fn mint(
        &self,
        shape: &Shape,
        kind: Kind,
        signer: &Signer<'_>,
        entropy: &mut dyn Entropy,
    ) -> Result<Minted, SignError> {
        let mut claims = Members::empty();
        for slot in &shape.claims {
            if let Some(raw) = self.content(&slot.content, kind, entropy) {
                claims.set(&slot.name, &raw);
            }
        }
        if shape.claims.is_empty() {
            for (name, content) in [
                ("sub", Content::User),
                ("iat", Content::IssuedAt),
                ("exp", Content::ExpiresAt),
                ("jti", Content::TokenId(IdForm::Uuid)),
                ("iss", Content::Issuer),
                ("aud", Content::Audience),
            ] {
                if let Some(raw) = self.content(&content, kind, entropy) {
                    claims.set(name, &raw);
                }
            }
        }
        for (name, raw) in &self.login.claims {
            claims.set(name, raw);
        }
        let typ = self
            .login
            .typ
            .as_ref()
            .filter(|_| kind == Kind::Access)
            .or(shape.typ.as_ref());
        let header = header(
            &self.profile.header_order,
            typ.map(String::as_str),
            signer,
            &self.login.header,
            self.profile.ascii,
        );
        mint(header, claims, signer)
    }

    fn content(&self, content: &Content, kind: Kind, entropy: &mut dyn Entropy) -> Option<String> {
        let quoted = |text: &str| quote(text, self.profile.ascii);
        let login = self.login;
        Some(match content {
            Content::User => quoted(&login.user),
            Content::IssuedAt | Content::AuthTime => self.now.seconds().to_string(),
            Content::ExpiresAt => self.expiry(kind).seconds().to_string(),
            Content::TokenId(form) => {
                let given = if kind == Kind::Access {
                    &login.access_id
                } else {
                    &login.refresh_id
                };
                quoted(&given.clone().unwrap_or_else(|| form.fresh(entropy)))
            }
            Content::SessionId => quoted(&self.session_id),
            Content::Issuer => quoted(self.profile.checks.issuer.as_ref()?),
            Content::Audience => match self.profile.checks.audience.as_slice() {
                [] => return None,
                [one] => quoted(one),
                several => {
                    let each: Vec<_> = several.iter().map(|one| quoted(one)).collect();
                    format!("[{}]", each.join(","))
                }
            },
            Content::Scope => quoted(login.scope.as_ref()?),
            Content::ClientId => quoted(login.client_id.as_ref()?),
        })
    }

    fn expiry(&self, kind: Kind) -> Timestamp {
        let expiry = self.now.plus(self.profile.ttl(kind));
        let limit = self
            .profile
            .session_max
            .as_ref()
            .filter(|_| self.profile.renewal.capped);
        match limit {
            Some(limit) => expiry.min(self.now.plus(limit.span)),
            None => expiry,
        }
    }
}

/// Chooses the key for the successor of a verified token. The key that verified it signs if it can, with the same `alg` and `kid`; otherwise another key of the
/// set.
///
/// # Errors
/// No key of the set can sign.
pub fn successor_signer<'a>(
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
    let attempts: [(Option<Algorithm>, Option<&str>); 3] = [
        (Some(verified.algorithm()), kid.as_deref()),
        (Some(verified.algorithm()), None),
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

/// Chooses the key to sign with this header again: one that supports its `alg`, and has its `kid` if it has one.
pub(super) fn signer_like<'a>(keys: &'a KeySet, header: &Members) -> Result<Signer<'a>, FlowError> {
    let text = |name: &str| match header.string(name) {
        Typed::Is(text) => Some(text),
        Typed::Absent | Typed::Wrong(_) => None,
    };
    let Some(AlgName::Supported(algorithm)) = text("alg").map(|name| AlgName::classify(&name))
    else {
        return Err(FlowError::NotKept);
    };
    let kid = text("kid");
    let (key, algorithm) = keys
        .for_signing(Some(algorithm), kid.as_deref())
        .map_err(FlowError::NoSigner)?;
    Ok(Signer {
        key,
        algorithm,
        kid,
    })
}

/// Renews a session with a verified token. A one-token model gets a fresh token; a pair's refresh token gets a fresh access token.
///
/// `iat`, `exp` and `jti` change. Every claim and header parameter that does not have to change stays in place, byte for byte.
///
/// # Errors
/// See [`FlowError`].
pub fn renew(
    verified: &Verified,
    kind: Kind,
    profile: &Profile,
    request: &Renew,
    signer: &Signer<'_>,
    now: Timestamp,
    entropy: &mut dyn Entropy,
) -> Result<Renewed, FlowError> {
    let claims = verified.claims();
    if profile.is_pair() && kind == Kind::Access {
        return Err(FlowError::NeedsRefreshToken);
    }
    let date = |name: &str| {
        claims
            .raw(name)
            .and_then(|raw| Timestamp::from_json(raw).ok())
    };
    let expiry = date("exp").ok_or(FlowError::NeverExpires)?;
    // `within` does not apply to a pair: it would spare the access token, and we hold only the refresh token.
    if let Some(within) = request.within
        && !profile.is_pair()
        && expiry > now.plus(within)
    {
        return Ok(Renewed::NotDue {
            left: now.whole_seconds_until(expiry),
        });
    }
    let own_life = || {
        date("iat")
            .and_then(|iat| u64::try_from(iat.seconds_until(expiry)).ok())
            .filter(|life| *life > 0)
            .map(Span::from_seconds)
    };
    let by_profile = profile.renewal.profile_ttl || profile.is_pair();
    let life = if by_profile || profile.asked.access.is_some() {
        profile.ttl(Kind::Access)
    } else {
        own_life().ok_or(FlowError::NoLifetime)?
    };
    let limit = profile
        .session_max
        .as_ref()
        .filter(|_| profile.renewal.capped);
    let end = limit.and_then(|limit| session_end(claims, &limit.from, limit.span));
    let fresh_expiry = now.plus(life);
    let capped_at = end.filter(|end| *end < fresh_expiry);
    if let Some(end) = capped_at
        && !profile.is_pair()
        && expiry >= end
    {
        return Ok(Renewed::AtTheEnd { end });
    }
    let mut fresh = claims.clone();
    fresh.set(
        "exp",
        &capped_at.unwrap_or(fresh_expiry).seconds().to_string(),
    );
    if fresh.raw("iat").is_some() {
        fresh.set("iat", &now.seconds().to_string());
    }
    if profile.renewal.fresh_id
        && let Typed::Is(old) = claims.string("jti")
    {
        let id = request.id.clone().unwrap_or_else(|| id_like(&old, entropy));
        fresh.set("jti", &quote(&id, profile.ascii));
    }
    let (header, changed) = successor_header(verified, profile, signer, Kind::Access);
    Ok(Renewed::Fresh {
        tokens: Box::new(Tokens {
            access: mint(header, fresh, signer)?,
            refresh: None,
        }),
        changed,
        capped_at,
    })
}

/// A fresh id in the form of `old`: 32 hexadecimal digits, or a UUID with dashes.
pub(super) fn id_like(old: &str, entropy: &mut dyn Entropy) -> String {
    let hex = old.len() == 32 && old.bytes().all(|byte| byte.is_ascii_hexdigit());
    if hex { IdForm::UuidHex } else { IdForm::Uuid }.fresh(entropy)
}

/// The presented token's header, changed as far as the signing key requires. An access token minted from a refresh token gets the profile's `typ`.
pub(super) fn successor_header(
    verified: &Verified,
    profile: &Profile,
    signer: &Signer<'_>,
    kind: Kind,
) -> (Members, Vec<Changed>) {
    let mut header = verified.header().clone();
    let mut changed = Vec::new();
    let kid = signer.kid.as_ref().map(|kid| quote(kid, profile.ascii));
    for (name, new) in [
        ("alg", Some(quote(signer.algorithm.name(), false))),
        ("kid", kid),
    ] {
        let same = match (name, header.string(name)) {
            ("alg", Typed::Is(old)) => old == signer.algorithm.name(),
            (_, Typed::Is(old)) => signer.kid.as_ref() == Some(&old),
            _ => new.is_none(),
        };
        if !same {
            changed.push((name, header.raw(name).map(str::to_owned), new.clone()));
            match new {
                Some(raw) => header.set(name, &raw),
                None => _ = header.remove(name),
            }
        }
    }
    if profile.is_pair()
        && kind == Kind::Access
        && let Some(typ) = &profile.access.typ
    {
        header.set("typ", &quote(typ, profile.ascii));
    }
    (header, changed)
}

#[cfg(test)]
mod tests;
