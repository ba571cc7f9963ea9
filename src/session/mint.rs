//! Turns a header and claims into a signed token, with a profile's order and escapes.
use crate::core::algorithm::Algorithm;
use crate::core::claims::{Members, quote};
use crate::core::key::{Key, SignError};
use crate::core::profile::TokenKind;
use crate::core::sign;

use super::family::SignedContent;

/// The key, algorithm and `kid` that sign.
#[derive(Clone, Debug)]
pub(crate) struct Signer<'a> {
    /// The key that signs.
    pub key: &'a Key,
    /// The algorithm. The key has to support it.
    pub algorithm: Algorithm,
    /// The `kid` to write into the header, if any.
    pub kid: Option<String>,
}

/// Who signs the tokens of a login: one key for all, or one for each kind.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Signers<'a> {
    /// Signs the access token.
    pub access: &'a Signer<'a>,
    /// Signs the refresh token, if another key does.
    pub refresh: Option<&'a Signer<'a>>,
}

impl<'a> Signers<'a> {
    /// One key for all.
    #[cfg(test)]
    pub(crate) const fn one(signer: &'a Signer<'a>) -> Self {
        Self {
            access: signer,
            refresh: None,
        }
    }

    /// Who signs that kind.
    #[must_use]
    pub(crate) fn of(&self, kind: TokenKind) -> &'a Signer<'a> {
        match kind {
            TokenKind::Access | TokenKind::Id => self.access,
            TokenKind::Refresh => self.refresh.unwrap_or(self.access),
        }
    }
}

/// A signed token, with what was signed; or an opaque one. `Debug` shows no token text.
#[derive(Clone)]
pub(crate) struct MintedToken {
    /// The compact JWS, or the opaque text.
    pub text: String,
    /// Its header, as signed.
    pub header: Members,
    /// Its claims, as signed. Of an opaque token only when it was made and until when it lives.
    pub claims: Members,
    /// Of an opaque token, which has no header: what a store keeps of it.
    pub seed: Option<SignedContent>,
}

impl MintedToken {
    /// It as an answer carries it.
    #[must_use]
    pub(crate) fn sent(&self) -> (&str, &Members) {
        (&self.text, &self.claims)
    }
}

impl std::fmt::Debug for MintedToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Minted").finish_non_exhaustive()
    }
}

/// A header parameter or claim that the caller sets: its name, and its value as JSON text.
pub(crate) type ExtraMember = (String, String);

/// Signs a header and claims, without changing them.
///
/// # Errors
/// See [`Key::sign`].
pub(crate) fn mint(
    header: Members,
    claims: Members,
    signer: &Signer<'_>,
) -> Result<MintedToken, SignError> {
    let text = sign::compact(
        header.text().as_bytes(),
        claims.text().as_bytes(),
        signer.key,
        signer.algorithm,
    )?;
    Ok(MintedToken {
        text,
        header,
        claims,
        seed: None,
    })
}

/// Builds a header: `alg`, `typ` and `kid` in `order`, then the parameters given. A given parameter replaces one of the same name in its place.
///
/// A given `alg` is ignored: the key decides the algorithm.
#[must_use]
pub(crate) fn header(
    order: &[&str],
    typ: Option<&str>,
    signer: &Signer<'_>,
    given: &[ExtraMember],
    ascii: bool,
) -> Members {
    let mut header = Members::empty();
    let value = |name: &str| match name {
        "alg" => Some(signer.algorithm.name()),
        "typ" => typ,
        "kid" => signer.kid.as_deref(),
        _ => None,
    };
    let ordered = order.iter().copied();
    let others = ["alg", "typ", "kid"]
        .into_iter()
        .filter(|name| !order.contains(name));
    for name in ordered.chain(others) {
        if let Some(value) = value(name) {
            header.set(name, &quote(value, ascii));
        }
    }
    for (name, raw) in given.iter().filter(|(name, _)| name != "alg") {
        header.set(name, raw);
    }
    header
}
