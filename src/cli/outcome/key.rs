//! The results of the `key` commands.
use crate::cli::resolve::key::call_keys::SourceForm;
use crate::core::algorithm::Algorithm;
use crate::core::key::{Key, KeyKind, KeySet, NoSigner};
use crate::core::keyfile::KeyFileForm;
use crate::core::secret::Secret;
use crate::core::time::{Span, Timestamp};

/// A description of a key, without its private part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct KeyDescription {
    /// Its source.
    pub source: String,
    /// Its `kid`.
    pub kid: Option<String>,
    /// What it is.
    pub kind: KeyKind,
    /// Whether it holds what signing needs.
    pub private: bool,
    /// The algorithms that it supports, the default for signing first.
    pub algorithms: Vec<Algorithm>,
    /// The one algorithm that it is bound to.
    pub bound: Option<Algorithm>,
    /// Whether it may sign: not a public key, one that its `use` or `key_ops` forbid, or one that is retired.
    pub signs: bool,
    /// Whether it may check signatures now.
    pub verifies: bool,
    /// Its thumbprint (RFC 7638). A secret has none, because the thumbprint would help to guess it.
    pub thumbprint: Option<String>,
    /// The algorithms for which it is too short, each with the bits it has and the bits it needs.
    pub weak: Vec<(Algorithm, usize, usize)>,
    /// Until when it checks signatures, if it is retired.
    pub retired: Option<Timestamp>,
}

impl KeyDescription {
    /// Describes a key as it is at a given time.
    #[must_use]
    pub(crate) fn of(key: &Key, source: &str, now: Timestamp) -> Self {
        let secret = is_secret(key.kind());
        let weak = |algorithm: &Algorithm| {
            let (has, needs) = key.weakness(*algorithm)?;
            Some((*algorithm, has, needs))
        };
        Self {
            source: source.to_owned(),
            kid: key.kid().map(str::to_owned),
            kind: key.kind(),
            private: key.is_private(),
            algorithms: key.algorithms().to_vec(),
            bound: key.bound(),
            signs: key.can_sign(),
            verifies: key.can_verify() && !key.has_ended(now),
            thumbprint: (!secret).then(|| key.thumbprint()),
            weak: key.algorithms().iter().filter_map(weak).collect(),
            retired: key.retirement(),
        }
    }
    /// Describes the keys of a set, each with its source.
    #[must_use]
    pub(crate) fn each(set: &KeySet, sources: &[String], now: Timestamp) -> Vec<Self> {
        let keys = set.keys().iter().zip(sources);
        keys.map(|(key, source)| Self::of(key, source, now))
            .collect()
    }
    /// Which part of the key this is.
    #[must_use]
    pub(crate) const fn part(&self) -> KeyPart {
        if is_secret(self.kind) {
            KeyPart::Secret
        } else if self.private {
            KeyPart::Private
        } else {
            KeyPart::Public
        }
    }
    /// The public part of a pair, which can't sign. A secret has none.
    #[must_use]
    pub(crate) fn public(self) -> Self {
        Self {
            private: is_secret(self.kind) && self.private,
            signs: false,
            ..self
        }
    }
    /// Its `kty` and `crv` (RFC 7518 §6, RFC 8037 §2).
    #[must_use]
    pub(crate) const fn jwk_type(&self) -> (&'static str, Option<&'static str>) {
        match self.kind {
            KeyKind::Secret { .. } => ("oct", None),
            KeyKind::Rsa { .. } | KeyKind::RsaPss { .. } => ("RSA", None),
            KeyKind::P256 => ("EC", Some("P-256")),
            KeyKind::P384 => ("EC", Some("P-384")),
            KeyKind::P521 => ("EC", Some("P-521")),
            KeyKind::Secp256k1 => ("EC", Some("secp256k1")),
            KeyKind::Ed25519 => ("OKP", Some("Ed25519")),
        }
    }
    /// Whether it is too short for every algorithm that it supports.
    #[must_use]
    pub(crate) fn is_weak(&self) -> bool {
        !self.algorithms.is_empty() && self.weak.len() == self.algorithms.len()
    }
    /// Its length in bits.
    #[must_use]
    pub(crate) const fn bits(&self) -> usize {
        match self.kind {
            KeyKind::Secret { bytes } => bytes * 8,
            KeyKind::Rsa { bits } | KeyKind::RsaPss { bits } => bits,
            KeyKind::P256 | KeyKind::Secp256k1 | KeyKind::Ed25519 => 256,
            KeyKind::P384 => 384,
            KeyKind::P521 => 521,
        }
    }
}

const fn is_secret(kind: KeyKind) -> bool {
    matches!(kind, KeyKind::Secret { .. })
}

/// Which part of a key there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeyPart {
    /// A secret, which signs and checks.
    Secret,
    /// A pair.
    Private,
    /// Only the public part of a pair.
    Public,
}

impl KeyPart {
    /// The stable word.
    #[must_use]
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Secret => "secret",
            Self::Private => "private",
            Self::Public => "public",
        }
    }
}

/// What a command of the group did.
#[derive(Debug)]
pub(crate) enum KeyAction {
    /// `key show`.
    Shown(KeyListing),
    /// `key generate`.
    Generated(WrittenKeys),
    /// `key jwks`.
    Published(WrittenKeys),
    /// `key convert`.
    Converted(WrittenKeys),
    /// `key rotate`.
    Rotated(KeyRotation),
}

/// Described keys.
#[derive(Debug)]
pub(crate) struct KeyListing {
    /// What each source was taken for.
    pub sources: Vec<SourceForm>,
    /// Who named them, if no FILE was given.
    pub named_by: Option<String>,
    /// The keys.
    pub keys: Vec<KeyDescription>,
    /// Which of them signs by default, and with which algorithm; else why none does.
    pub signer: Result<(usize, Algorithm), NoSigner>,
    /// Whether short keys are allowed.
    pub allow_weak: bool,
    /// The keys of refresh tokens, if they have some of their own; none where theirs never leaves its server.
    pub refresh: Option<Box<Self>>,
}

impl KeyListing {
    /// The key that would sign now, and its algorithm.
    #[must_use]
    pub(crate) fn signs_with(&self) -> Option<(usize, Algorithm)> {
        self.signer
            .as_ref()
            .ok()
            .copied()
            .filter(|_| !self.is_refused_as_weak())
    }
    /// Whether the key that could sign is too short for it, and that is not allowed.
    #[must_use]
    pub(crate) fn is_refused_as_weak(&self) -> bool {
        let Ok((at, algorithm)) = &self.signer else {
            return false;
        };
        let weak = |key: &KeyDescription| key.weak.iter().any(|(weak, ..)| weak == algorithm);
        !self.allow_weak && self.keys.get(*at).is_some_and(weak)
    }
    /// Which key of a set signs by default, with the first of these algorithms that it serves.
    ///
    /// # Errors
    /// None does, or several could.
    pub(crate) fn signer(
        set: &KeySet,
        algorithms: &[Algorithm],
    ) -> Result<(usize, Algorithm), NoSigner> {
        let (key, algorithm) = set.for_signing_by(algorithms, None)?;
        let at = set.keys().iter().position(|one| std::ptr::eq(one, key));
        Ok((at.unwrap_or_default(), algorithm))
    }
}

/// Written keys.
#[derive(Debug)]
pub(crate) struct WrittenKeys {
    /// The keys.
    pub keys: Vec<KeyDescription>,
    /// In which form.
    pub form: KeyFileForm,
    /// The file that holds them, or the text to print.
    pub to: Destination,
    /// Notes to print.
    pub notes: Vec<String>,
}

/// Where keys went.
#[derive(Debug)]
pub(crate) enum Destination {
    /// Into a file: its path, safe to print.
    File(String),
    /// Nowhere yet: this is printed.
    Output(Secret),
}

/// A set whose keys were rotated, or would be.
#[derive(Debug)]
pub(crate) struct KeyRotation {
    /// The file, safe to print.
    pub file: String,
    /// The keys that are in it now, the new one first.
    pub keys: Vec<KeyDescription>,
    /// Whether the new key's kid was given.
    pub named: bool,
    /// The kid of the retired key, and until when it verifies.
    pub retired: (Option<String>, Timestamp),
    /// How long that is, and the profile that decided it unless a flag did.
    pub overlap: (Span, Option<String>),
    /// The kids of the keys that were removed.
    pub pruned: Vec<Option<String>>,
    /// How many retired keys no longer verify anything but are still in the set.
    pub ended: usize,
    /// Whether nothing was changed.
    pub dry_run: bool,
}

impl KeyAction {
    /// The command's name.
    #[must_use]
    pub(crate) const fn command(&self) -> &'static str {
        match self {
            Self::Shown(_) => "key show",
            Self::Generated(_) => "key generate",
            Self::Published(_) => "key jwks",
            Self::Converted(_) => "key convert",
            Self::Rotated(_) => "key rotate",
        }
    }
    /// The file that was changed, if one was.
    #[must_use]
    pub(crate) fn changed(&self) -> Option<&str> {
        match self {
            Self::Generated(written) | Self::Converted(written) | Self::Published(written) => {
                match &written.to {
                    Destination::File(path) => Some(path),
                    Destination::Output(_) => None,
                }
            }
            Self::Rotated(rotated) => (!rotated.dry_run).then_some(rotated.file.as_str()),
            Self::Shown(_) => None,
        }
    }
}
