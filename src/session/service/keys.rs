//! The keys of a use case with what is said of them, and the one that signs.
use crate::core::algorithm::Algorithm;
use crate::core::claims::Typed;
use crate::core::key::KeySet;
use crate::core::policy::Policy;
use crate::core::profile::{Profile, TokenKind};
use crate::core::time::Timestamp;
use crate::core::token::Unverified;
use crate::core::verdict::{Check, CheckResult, Finding, Note, Verdict};
use crate::core::verify::{Verified, signed_by};
use crate::session::flow::{FlowError, HeaderChange, successor_signer};
use crate::session::mint::Signer;
use crate::session::seal::SealKeys;

use super::error::ServiceError;

/// How a key is described to people, without its key material.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct KeyLabel {
    /// Its source (`env:JWTSESS_SECRET`, a path, `the development key`).
    pub source: String,
    /// Its `kid`.
    pub kid: Option<String>,
    /// When it was fetched, if its source is an address.
    pub fetched: Option<Box<FetchedKeys>>,
    /// What it is (`256-bit secret`, `RSA 2048`). Empty if there are several keys, or if it is not known.
    pub kind: String,
}

/// Keys that were fetched from an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FetchedKeys {
    /// Their source, in words that are safe to print.
    pub source: String,
    /// The address, as it was given.
    pub address: String,
    /// The issuer, if it was the issuer that was named.
    pub issuer: Option<String>,
    /// When they came, or were last found to be the same.
    pub at: Timestamp,
    /// Until when they are used without asking again.
    pub fresh_until: Timestamp,
    /// When this call last asked for them, if it did.
    pub asked_at: Option<Timestamp>,
}

/// The keys that tokens are checked and signed with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Keys<'a> {
    /// The set.
    pub set: &'a KeySet,
    /// The keys that may sign, at the beginning of the set. Of several secrets only the first may.
    pub signing: &'a KeySet,
    /// The source of each key, in the set's order.
    pub sources: &'a [String],
    /// Those of the sources that are addresses.
    pub fetches: &'a [FetchedKeys],
    /// Whether it is the development key, which verifies only tokens it signed.
    pub development: bool,
}

/// The keys of a call by the kind of token: one set for all, or refresh tokens with keys of their own.
#[derive(Clone, Copy, Debug)]
pub(crate) struct KindKeys<'a> {
    /// Those of access tokens, and of all others without keys of their own.
    pub access: Keys<'a>,
    /// Those of refresh tokens, if they are others.
    pub refresh: Option<Keys<'a>>,
}

impl<'a> KindKeys<'a> {
    /// The keys of a kind.
    #[must_use]
    pub(crate) const fn of(&self, kind: TokenKind) -> Keys<'a> {
        match (kind, self.refresh) {
            (TokenKind::Refresh, Some(refresh)) => refresh,
            _ => self.access,
        }
    }

    /// The keys that seal what a store keeps of the tokens.
    #[must_use]
    pub(crate) fn sealing(&self, profile: &Profile) -> SealKeys<'a> {
        let kind = if profile.is_pair() {
            TokenKind::Refresh
        } else {
            TokenKind::Access
        };
        SealKeys {
            token: self.of(kind).signing,
            access: self.access.signing,
        }
    }

    /// Who signs the refresh token beside an access token, if not who signs that: refresh tokens have keys or algorithms of their own. And the note on its strength.
    ///
    /// # Errors
    /// None of their keys can sign, or the key is weak and that was not allowed.
    pub(crate) fn refresh_signer(
        &self,
        profile: &Profile,
        access: &Signer<'_>,
        allow_weak: bool,
    ) -> Result<Option<(Signer<'a>, Verdict)>, ServiceError> {
        let algorithms = profile.algorithms(TokenKind::Refresh);
        let other = !algorithms.is_empty() && !algorithms.contains(&access.algorithm);
        if self.refresh.is_none() && !other {
            return Ok(None);
        }
        let keys = self.of(TokenKind::Refresh);
        let signer = keys.signer(&algorithms, None, allow_weak);
        let (signer, _, strength) = signer.map_err(|error| match error {
            ServiceError::Flow(FlowError::NoSigner(error)) => {
                FlowError::NoRefreshSigner(error).into()
            }
            other => other,
        })?;
        Ok(Some((signer, strength)))
    }

    /// The kind of a token that no mark tells, by the key that made its signature; none if there is one key for both kinds, or if neither made it.
    #[must_use]
    pub(crate) fn told_by_key(
        &self,
        token: &Unverified,
        profile: &Profile,
        now: Timestamp,
    ) -> Option<TokenKind> {
        let refresh = self
            .refresh
            .filter(|_| profile.told_kind(token).is_none())?;
        let made = |keys: &Keys<'_>| signed_by(token, keys.judging(token), now).is_some();
        match (made(&self.access), made(&refresh)) {
            (true, false) => Some(TokenKind::Access),
            (false, true) => Some(TokenKind::Refresh),
            _ => None,
        }
    }
}

/// No keys at all.
static NONE: std::sync::LazyLock<KeySet> = std::sync::LazyLock::new(KeySet::default);

impl<'a> Keys<'a> {
    /// The set that may verify a token. It leaves out the development key if the token does not carry its kid: that key can't have signed it, and
    /// "bad signature" would claim more than is known.
    #[must_use]
    pub(crate) fn judging(&self, token: &Unverified) -> &'a KeySet {
        let set = self.set;
        let Typed::Is(kid) = token.kid() else {
            return if self.development { &NONE } else { set };
        };
        if self.development && !self.sign_here(&kid) {
            return &NONE;
        }
        set
    }

    /// Whether a `kid` is the development key's, which signs on this machine alone.
    #[must_use]
    pub(crate) fn sign_here(&self, kid: &str) -> bool {
        self.development && self.set.keys().iter().any(|key| key.kid() == Some(kid))
    }

    /// The description of a key of the set.
    #[must_use]
    pub(crate) fn described(&self, index: usize) -> Option<KeyLabel> {
        let key = self.set.keys().get(index)?;
        let source = self.sources.get(index).cloned().unwrap_or_default();
        Some(KeyLabel {
            fetched: self.fetched(&source),
            source,
            kid: key.kid().map(str::to_owned),
            kind: key.kind().to_string(),
        })
    }

    /// The issuer that a token of this key has to be of: the one at whose address the key is, unless the policy names one.
    #[must_use]
    pub(crate) fn issuer_of(&self, signer: Option<usize>, policy: &Policy) -> Option<&'a str> {
        if self.fetches.is_empty() || policy.jws_only || !policy.issuers.is_empty() {
            return None;
        }
        let source = self.sources.get(signer?)?;
        let fetched = self.fetches.iter().find(|one| one.source == *source)?;
        fetched.issuer.as_deref()
    }

    fn fetched(&self, source: &str) -> Option<Box<FetchedKeys>> {
        let of_it = |one: &&FetchedKeys| one.source == source;
        self.fetches.iter().find(of_it).cloned().map(Box::new)
    }

    /// The description of a whole set: its only key, or the sources and the number of its keys.
    #[must_use]
    pub(crate) fn all(&self, set: &KeySet) -> Option<KeyLabel> {
        match set.keys().len() {
            0 => None,
            1 => self.described(0),
            count => {
                let mut sources: Vec<&str> = self.sources.iter().map(String::as_str).collect();
                sources.dedup();
                let only = (sources.len() == 1).then(|| self.fetched(sources[0]));
                Some(KeyLabel {
                    source: sources.join(", "),
                    kid: None,
                    fetched: only.flatten(),
                    kind: format!("{count} keys"),
                })
            }
        }
    }

    /// The key that signs with the first of these algorithms that one serves, or with its own if there are none; and a note on its strength.
    ///
    /// # Errors
    /// No key can sign, or the key is weak and that was not allowed.
    pub(crate) fn signer(
        &self,
        algorithms: &[Algorithm],
        kid: Option<&str>,
        allow_weak: bool,
    ) -> Result<(Signer<'a>, KeyLabel, Verdict), ServiceError> {
        let (key, algorithm) = self.signing.for_signing_by(algorithms, kid)?;
        let signer = Signer {
            key,
            algorithm,
            kid: key.kid().or(kid).map(str::to_owned),
        };
        let strength = strength(&signer, allow_weak)?;
        let used = self.used_by(&signer);
        Ok((signer, used, strength))
    }

    /// The key that signs a token's successor, and a note if that is another secret than the token's.
    ///
    /// # Errors
    /// No key can sign.
    pub(crate) fn successor(
        &self,
        verified: &Verified,
    ) -> Result<(Signer<'a>, Option<HeaderChange>), FlowError> {
        let signer = successor_signer(self.signing, verified)?;
        let made_by = verified.key();
        let secret = |at: usize| {
            let source = self.sources.get(at).map_or("", String::as_str);
            Some(format!("secret {} ({source})", at + 1))
        };
        let other = self.signing.keys().get(made_by).is_none();
        Ok((signer, other.then(|| ("key", secret(made_by), secret(0)))))
    }

    /// The description of a signer's key.
    #[must_use]
    pub(crate) fn used_by(&self, signer: &Signer<'_>) -> KeyLabel {
        let mut keys = self.signing.keys().iter();
        let index = keys.position(|key| std::ptr::eq(key, signer.key));
        let described = index.and_then(|index| self.described(index));
        KeyLabel {
            kid: signer.kid.clone(),
            ..described.unwrap_or_else(|| KeyLabel {
                source: String::new(),
                kid: None,
                fetched: None,
                kind: signer.key.kind().to_string(),
            })
        }
    }
}

/// The note on a signer's key, if it is weak and that was allowed.
///
/// # Errors
/// It is weak, and that was not allowed.
pub(crate) fn strength(signer: &Signer<'_>, allow_weak: bool) -> Result<Verdict, ServiceError> {
    let Some((has, needs)) = signer.key.weakness(signer.algorithm) else {
        return Ok(Verdict::default());
    };
    if !allow_weak {
        return Err(ServiceError::WeakKey {
            algorithm: signer.algorithm,
            has,
            needs,
        });
    }
    let noted = Finding::new(Check::Strength, CheckResult::Noted(Note::WeakKeyAllowed));
    Ok(Verdict {
        findings: vec![noted.compared(needs, has)],
    })
}
