//! The keys of a use case with what is said of them, and the one that signs.
use crate::core::algorithm::Algorithm;
use crate::core::claims::Typed;
use crate::core::key::KeySet;
use crate::core::token::Unverified;
use crate::core::verdict::{Check, CheckResult, Finding, Note, Verdict};
use crate::core::verify::Verified;
use crate::session::flow::{FlowError, HeaderChange, successor_signer};
use crate::session::mint::Signer;

use super::error::ServiceError;

/// How a key is described to people, without its key material.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct KeyLabel {
    /// Its source (`env:JWTSESS_SECRET`, a path, `the development key`).
    pub source: String,
    /// Its `kid`.
    pub kid: Option<String>,
    /// What it is (`256-bit secret`, `RSA 2048`). Empty if there are several keys, or if it is not known.
    pub kind: String,
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
    /// Whether it is the development key, which verifies only tokens it signed.
    pub development: bool,
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
        if self.development && set.keys().iter().all(|key| key.kid() != Some(&kid)) {
            return &NONE;
        }
        set
    }

    /// The description of a key of the set.
    #[must_use]
    pub(crate) fn described(&self, index: usize) -> Option<KeyLabel> {
        let key = self.set.keys().get(index)?;
        Some(KeyLabel {
            source: self.sources.get(index).cloned().unwrap_or_default(),
            kid: key.kid().map(str::to_owned),
            kind: key.kind().to_string(),
        })
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
                Some(KeyLabel {
                    source: sources.join(", "),
                    kid: None,
                    kind: format!("{count} keys"),
                })
            }
        }
    }

    /// The key that signs, and a note on its strength.
    ///
    /// # Errors
    /// No key can sign, or the key is weak and that was not allowed.
    pub(crate) fn signer(
        &self,
        algorithm: Option<Algorithm>,
        kid: Option<&str>,
        allow_weak: bool,
    ) -> Result<(Signer<'a>, KeyLabel, Verdict), ServiceError> {
        let (key, algorithm) = self.signing.for_signing(algorithm, kid)?;
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
