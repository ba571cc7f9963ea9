//! The keys of one or more sources, and which of them may check or sign a token.
use super::one::Key;
use crate::core::algorithm::Algorithm;
use crate::core::time::Timestamp;

/// The keys of one or more sources, in the order in which they were read.
#[derive(Debug, Default)]
pub struct KeySet {
    keys: Vec<Key>,
}

/// Which of a set's keys may check a token.
#[derive(Debug)]
pub enum ForVerifying<'a> {
    /// Try these keys, in order; there is at least one. Nothing here judges weakness: see [`Key::weakness`].
    Try(Vec<&'a Key>),
    /// Every key has a kid and none has the token's; holds the kids in the set.
    UnknownKid(Vec<&'a str>),
    /// Every key that could have signed is retired, and its end has passed; holds the last of these ends.
    Ended(Timestamp),
    /// No key serves that algorithm; holds the algorithms served, without repeats. Empty if the keys' `use` or `key_ops` forbid verifying.
    WrongAlgorithm(Vec<Algorithm>),
    /// The set is empty.
    NoKey,
}

/// Why no key can sign.
#[derive(Debug, PartialEq, Eq)]
pub enum NoSigner {
    /// The set is empty.
    NoKey,
    /// All keys are public, or their `use` or `key_ops` forbid signing.
    PublicOnly,
    /// Every key that could sign is retired; holds their kids.
    Retired(Vec<String>),
    /// No private key has that kid; holds the kids of those that can sign.
    UnknownKid(Vec<String>),
    /// No private key serves the requested algorithm; holds the algorithms they serve.
    WrongAlgorithm(Vec<Algorithm>),
    /// Several keys fit and no kid was named; describes each as `kid or "(no kid)", algorithms`.
    Ambiguous(Vec<String>),
}

impl KeySet {
    /// Makes a set of these keys, in this order.
    #[must_use]
    pub fn new(keys: Vec<Key>) -> Self {
        Self { keys }
    }
    /// The keys, in order.
    #[must_use]
    pub fn keys(&self) -> &[Key] {
        &self.keys
    }
    /// Returns the keys themselves, in order.
    #[must_use]
    pub fn into_keys(self) -> Vec<Key> {
        self.keys
    }
    /// Appends the keys of another source.
    pub fn extend(&mut self, other: Self) {
        self.keys.extend(other.keys);
    }
    /// Chooses the keys that may check a token with this header. If both the key and the token have a kid, the kids must be equal; a key without a kid fits any
    /// token. The keys' own bindings and `narrow` (from `--alg`; empty means any) decide the algorithm. A retired key checks until its end.
    #[must_use]
    pub fn for_verifying(
        &self,
        alg: Algorithm,
        kid: Option<&str>,
        narrow: &[Algorithm],
        now: Timestamp,
    ) -> ForVerifying<'_> {
        if self.keys.is_empty() {
            return ForVerifying::NoKey;
        }
        let by_kid = |key: &&Key| kid.is_none() || key.kid().is_none() || key.kid() == kid;
        let fitting: Vec<&Key> = self.keys.iter().filter(by_kid).collect();
        if fitting.is_empty() {
            return ForVerifying::UnknownKid(self.keys.iter().filter_map(Key::kid).collect());
        }
        let (ended, fitting): (Vec<&Key>, Vec<&Key>) =
            fitting.into_iter().partition(|key| key.has_ended(now));
        if fitting.is_empty()
            && let Some(end) = ended.iter().filter_map(|key| key.retirement()).max()
        {
            return ForVerifying::Ended(end);
        }
        let allowed = |algorithm: &Algorithm| narrow.is_empty() || narrow.contains(algorithm);
        let verifying: Vec<&Key> = fitting.into_iter().filter(|key| key.can_verify()).collect();
        let able: Vec<&Key> = verifying
            .iter()
            .copied()
            .filter(|key| allowed(&alg) && key.algorithms().contains(&alg))
            .collect();
        if able.is_empty() {
            let mut there = union(&verifying);
            there.retain(allowed);
            return ForVerifying::WrongAlgorithm(there);
        }
        ForVerifying::Try(able)
    }
    /// The same as [`Self::for_signing`] for the first of several algorithms that a key serves; none of them is any.
    ///
    /// # Errors
    /// See [`NoSigner`].
    pub fn for_signing_by(
        &self,
        algorithms: &[Algorithm],
        kid: Option<&str>,
    ) -> Result<(&Key, Algorithm), NoSigner> {
        let mut found = self.for_signing(algorithms.first().copied(), kid);
        for algorithm in algorithms.iter().skip(1) {
            if matches!(found, Err(NoSigner::WrongAlgorithm(_))) {
                found = self.for_signing(Some(*algorithm), kid);
            }
        }
        found
    }
    /// Chooses the key and the algorithm to sign with. `kid` selects the key; if the only key that can sign has no kid, any `kid` fits and is merely written.
    /// The algorithm is `alg`, which the key must serve, or else the key's first: its JWK's `alg` or the default (HS256, RS256, the curve's).
    ///
    /// # Errors
    /// See [`NoSigner`].
    pub fn for_signing(
        &self,
        alg: Option<Algorithm>,
        kid: Option<&str>,
    ) -> Result<(&Key, Algorithm), NoSigner> {
        if self.keys.is_empty() {
            return Err(NoSigner::NoKey);
        }
        let signers: Vec<&Key> = self.keys.iter().filter(|key| key.can_sign()).collect();
        if signers.is_empty() {
            let retired = self.keys.iter().filter(|key| key.is_private());
            let retired: Vec<String> = retired
                .filter(|key| key.retirement().is_some())
                .map(|key| key.kid().unwrap_or("(no kid)").to_owned())
                .collect();
            return Err(if retired.is_empty() {
                NoSigner::PublicOnly
            } else {
                NoSigner::Retired(retired)
            });
        }
        let named = match (kid, signers.as_slice()) {
            (None, _) => signers,
            (Some(_), [only]) if only.kid().is_none() => signers,
            (Some(_), _) => {
                let named: Vec<&Key> = signers
                    .iter()
                    .copied()
                    .filter(|key| key.kid() == kid)
                    .collect();
                if named.is_empty() {
                    let retired = |key: &&Key| key.kid() == kid && key.retirement().is_some();
                    if let Some(retired) = self.keys.iter().find(retired) {
                        let kid = retired.kid().unwrap_or_default();
                        return Err(NoSigner::Retired(vec![kid.to_owned()]));
                    }
                    let kids = signers
                        .iter()
                        .filter_map(|key| key.kid().map(str::to_owned))
                        .collect();
                    return Err(NoSigner::UnknownKid(kids));
                }
                named
            }
        };
        let able: Vec<(&Key, Algorithm)> = named
            .iter()
            .filter_map(|key| {
                let served = key.algorithms();
                let chosen = alg.map_or_else(
                    || served.first(),
                    |alg| served.iter().find(|one| **one == alg),
                );
                chosen.map(|algorithm| (*key, *algorithm))
            })
            .collect();
        let able = distinct(able);
        match able.as_slice() {
            [] => Err(NoSigner::WrongAlgorithm(union(&named))),
            [one] => Ok(*one),
            several => Err(NoSigner::Ambiguous(
                several.iter().map(|(key, _)| described(key)).collect(),
            )),
        }
    }
}

/// Removes repeated keys: a file that is given twice leaves no choice to make.
fn distinct(keys: Vec<(&Key, Algorithm)>) -> Vec<(&Key, Algorithm)> {
    // A thumbprint costs a hash, and most sets have one key that signs.
    if keys.len() < 2 {
        return keys;
    }
    let mut seen = std::collections::HashSet::new();
    let first = |(key, _): &(&Key, Algorithm)| {
        seen.insert((key.thumbprint(), key.kid().map(str::to_owned)))
    };
    let mut keys = keys;
    keys.retain(first);
    keys
}

/// Describes a key as `kid or "(no kid)", algorithms`.
fn described(key: &Key) -> String {
    let names: Vec<&str> = key
        .algorithms()
        .iter()
        .map(|algorithm| algorithm.name())
        .collect();
    format!("{}, {}", key.kid().unwrap_or("(no kid)"), names.join(" "))
}

fn union(keys: &[&Key]) -> Vec<Algorithm> {
    let mut all = Vec::new();
    for algorithm in keys.iter().flat_map(|key| key.algorithms()) {
        if !all.contains(algorithm) {
            all.push(*algorithm);
        }
    }
    all
}
