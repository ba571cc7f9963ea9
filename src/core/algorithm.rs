//! Every name that a header's `alg` may hold, and the signature algorithms that we serve.
use std::str::FromStr;

/// A signature algorithm we sign and verify with (RFC 7518 §3.1, RFC 8037, RFC 9864).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are the registry's own")]
pub enum Algorithm {
    Hs256,
    Hs384,
    Hs512,
    Rs256,
    Rs384,
    Rs512,
    Ps256,
    Ps384,
    Ps512,
    Es256,
    Es384,
    Es512,
    /// `EdDSA` with Ed25519 (RFC 8037).
    EdDsa,
    /// The same signature under RFC 9864's fully specified name `Ed25519`.
    Ed25519,
}

impl Algorithm {
    /// All of them, in the order of the enum.
    pub const ALL: [Self; 14] = [
        Self::Hs256,
        Self::Hs384,
        Self::Hs512,
        Self::Rs256,
        Self::Rs384,
        Self::Rs512,
        Self::Ps256,
        Self::Ps384,
        Self::Ps512,
        Self::Es256,
        Self::Es384,
        Self::Es512,
        Self::EdDsa,
        Self::Ed25519,
    ];
    /// The header's spelling (`HS256`, `EdDSA`, …).
    #[must_use]
    pub const fn name(self) -> &'static str {
        todo!()
    }
    /// Whether it is an HMAC: one secret signs and verifies.
    #[must_use]
    pub const fn is_hmac(self) -> bool {
        matches!(self, Self::Hs256 | Self::Hs384 | Self::Hs512)
    }
}

/// What a header's `alg` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AlgName {
    /// One we serve.
    Supported(Algorithm),
    /// `none`, in any mix of cases: an unsigned token.
    None,
    /// Registered (RFC 7518, 8812, 9864 …), but not one we serve: what it is, in a few words (`ES256K: ECDSA on secp256k1`).
    Known(String, &'static str),
    /// No registered name; kept as it stood.
    Unknown(String),
}

impl AlgName {
    /// Classifies a name, case-sensitively but for `none`.
    #[must_use]
    pub fn classify(name: &str) -> Self {
        let _ = name;
        todo!()
    }
}

/// Exactly the header's spelling; also `--alg`'s.
impl FromStr for Algorithm {
    type Err = UnknownAlgorithm;
    fn from_str(name: &str) -> Result<Self, UnknownAlgorithm> {
        let _ = name;
        todo!()
    }
}

/// Not the name of an algorithm we serve.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an algorithm that jwtsess signs with")]
pub struct UnknownAlgorithm;
