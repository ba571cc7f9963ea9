//! Every name that a header's `alg` may hold, and the signature algorithms that we support.
use std::str::FromStr;

/// A signature algorithm that we sign and verify with (RFC 7518 §3.1, RFC 8037, RFC 8812, RFC 9864).
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
    /// ECDSA on secp256k1 with SHA-256 (RFC 8812 §3.2).
    Es256k,
    /// `EdDSA` with Ed25519 (RFC 8037).
    EdDsa,
    /// The same signature under RFC 9864's fully specified name `Ed25519`.
    Ed25519,
}

impl Algorithm {
    /// Every algorithm, in the order of the enum.
    pub const ALL: [Self; 15] = [
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
        Self::Es256k,
        Self::EdDsa,
        Self::Ed25519,
    ];
    /// The name as the header spells it (`HS256`, `EdDSA`, …).
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hs256 => "HS256",
            Self::Hs384 => "HS384",
            Self::Hs512 => "HS512",
            Self::Rs256 => "RS256",
            Self::Rs384 => "RS384",
            Self::Rs512 => "RS512",
            Self::Ps256 => "PS256",
            Self::Ps384 => "PS384",
            Self::Ps512 => "PS512",
            Self::Es256 => "ES256",
            Self::Es384 => "ES384",
            Self::Es512 => "ES512",
            Self::Es256k => "ES256K",
            Self::EdDsa => "EdDSA",
            Self::Ed25519 => "Ed25519",
        }
    }
    /// Whether the algorithm is an HMAC, where the same secret signs and verifies.
    #[must_use]
    pub const fn is_hmac(self) -> bool {
        matches!(self, Self::Hs256 | Self::Hs384 | Self::Hs512)
    }
}

impl std::fmt::Display for Algorithm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.name())
    }
}

/// What a header's `alg` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AlgName {
    /// An algorithm that we support.
    Supported(Algorithm),
    /// `none`, in any mix of upper and lower case: the token is unsigned.
    None,
    /// A registered name (RFC 7518, 9864 …) that we do not support, and what it is in a few words (`EdDSA with Ed448`).
    Known(String, &'static str),
    /// A name that is not registered, as the header has it.
    Unknown(String),
}

/// The names in IANA's "JSON Web Signature and Encryption Algorithms" that we do not support, and what each is.
const NOT_SERVED: [(&str, &str); 29] = [
    ("Ed448", "EdDSA with Ed448"),
    ("ML-DSA-44", "the post-quantum signature ML-DSA"),
    ("ML-DSA-65", "the post-quantum signature ML-DSA"),
    ("ML-DSA-87", "the post-quantum signature ML-DSA"),
    ("HS1", "HMAC with SHA-1, prohibited"),
    ("RS1", "RSA with SHA-1, prohibited"),
    ("RSA1_5", "key encryption, not a signature"),
    ("RSA-OAEP", "key encryption, not a signature"),
    ("RSA-OAEP-256", "key encryption, not a signature"),
    ("RSA-OAEP-384", "key encryption, not a signature"),
    ("RSA-OAEP-512", "key encryption, not a signature"),
    ("A128KW", "key encryption, not a signature"),
    ("A192KW", "key encryption, not a signature"),
    ("A256KW", "key encryption, not a signature"),
    ("A128GCMKW", "key encryption, not a signature"),
    ("A192GCMKW", "key encryption, not a signature"),
    ("A256GCMKW", "key encryption, not a signature"),
    ("dir", "direct encryption, not a signature"),
    ("ECDH-ES", "key agreement, not a signature"),
    ("ECDH-ES+A128KW", "key agreement, not a signature"),
    ("ECDH-ES+A192KW", "key agreement, not a signature"),
    ("ECDH-ES+A256KW", "key agreement, not a signature"),
    (
        "PBES2-HS256+A128KW",
        "password-based encryption, not a signature",
    ),
    (
        "PBES2-HS384+A192KW",
        "password-based encryption, not a signature",
    ),
    (
        "PBES2-HS512+A256KW",
        "password-based encryption, not a signature",
    ),
    ("A128GCM", "content encryption, not a signature"),
    ("A256GCM", "content encryption, not a signature"),
    ("A128CBC-HS256", "content encryption, not a signature"),
    ("A256CBC-HS512", "content encryption, not a signature"),
];

impl AlgName {
    /// Classifies a name. Only `none` is matched without regard to case.
    #[must_use]
    pub fn classify(name: &str) -> Self {
        if let Ok(algorithm) = name.parse() {
            return Self::Supported(algorithm);
        }
        // CVE-2020-28042 and similar: "nOnE" passed filters that blocked only "none".
        if name.eq_ignore_ascii_case("none") {
            return Self::None;
        }
        match NOT_SERVED.iter().find(|(known, _)| *known == name) {
            Some((_, what)) => Self::Known(name.to_owned(), what),
            None => Self::Unknown(name.to_owned()),
        }
    }
}

/// Accepts exactly the header's spelling, which `--alg` uses too.
impl FromStr for Algorithm {
    type Err = UnknownAlgorithm;
    fn from_str(name: &str) -> Result<Self, UnknownAlgorithm> {
        Self::ALL
            .into_iter()
            .find(|algorithm| algorithm.name() == name)
            .ok_or(UnknownAlgorithm)
    }
}

/// The name is not that of an algorithm that we support.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an algorithm that jwtsess supports")]
pub struct UnknownAlgorithm;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_algorithm_is_found_under_its_own_name() {
        for (at, algorithm) in Algorithm::ALL.into_iter().enumerate() {
            assert_eq!(algorithm.name().parse(), Ok(algorithm));
            assert_eq!(
                AlgName::classify(algorithm.name()),
                AlgName::Supported(algorithm)
            );
            assert_eq!(
                algorithm as usize, at,
                "ALL stands in the order of the enum"
            );
        }
    }

    #[test]
    fn names_are_case_sensitive() {
        for name in [
            "hs256", "Hs256", "ES256k", "EDDSA", "eddsa", "ed25519", "HS256 ", " HS256", "HS256\0",
        ] {
            assert_eq!(name.parse::<Algorithm>(), Err(UnknownAlgorithm));
            assert_eq!(AlgName::classify(name), AlgName::Unknown(name.to_owned()));
        }
    }

    #[test]
    fn none_is_none_in_any_mix_of_cases() {
        for name in ["none", "None", "NONE", "nOnE"] {
            assert_eq!(AlgName::classify(name), AlgName::None);
        }
        assert_eq!(
            AlgName::classify("none "),
            AlgName::Unknown("none ".to_owned())
        );
        assert_eq!(AlgName::classify(""), AlgName::Unknown(String::new()));
    }

    #[test]
    fn a_registered_name_that_is_not_served_says_what_it_is() {
        assert_eq!(
            AlgName::classify("Ed448"),
            AlgName::Known("Ed448".into(), "EdDSA with Ed448")
        );
        assert_eq!(
            AlgName::classify("RSA-OAEP"),
            AlgName::Known("RSA-OAEP".into(), "key encryption, not a signature")
        );
        for (name, _) in NOT_SERVED {
            assert!(name.parse::<Algorithm>().is_err(), "{name} is served");
        }
    }
}
