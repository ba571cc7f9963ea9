//! The keys of one or more sources, and which of them may check or sign a token.
use super::Key;
use crate::core::algorithm::Algorithm;
use crate::core::time::Timestamp;

/// The keys of one or more sources, in their order.
#[derive(Debug, Default)]
pub struct KeySet {
    keys: Vec<Key>,
}

/// Which of a set's keys may check a token.
#[derive(Debug)]
pub enum ForVerifying<'a> {
    /// These, in order; never empty. Weakness is not judged here: see [`Key::weakness`].
    Try(Vec<&'a Key>),
    /// The token's `kid` is not in the set (all keys have kids, none is this): the kids there are.
    UnknownKid(Vec<&'a str>),
    /// The keys that it could be are retired, and their time is over: until when the last of them checked.
    Ended(Timestamp),
    /// No key serves that algorithm: the algorithms there are, without repeats; none where the keys' `use` or `key_ops` forbid verifying.
    WrongAlgorithm(Vec<Algorithm>),
    /// The set is empty.
    NoKey,
}

/// Why no key can sign.
#[derive(Debug, PartialEq, Eq)]
pub enum NoSigner {
    /// The set is empty.
    NoKey,
    /// Public keys only, or private ones whose `use` or `key_ops` forbid signing.
    PublicOnly,
    /// What could sign is retired: the kids.
    Retired(Vec<String>),
    /// No private key has that kid: the kids there are.
    UnknownKid(Vec<String>),
    /// No private key serves the algorithm asked for: the algorithms there are.
    WrongAlgorithm(Vec<Algorithm>),
    /// Several would do, and no kid was named: `kid or "(no kid)", algorithms`.
    Ambiguous(Vec<String>),
}

impl KeySet {
    /// A set of these.
    #[must_use]
    pub fn new(keys: Vec<Key>) -> Self {
        Self { keys }
    }
    /// Its keys.
    #[must_use]
    pub fn keys(&self) -> &[Key] {
        &self.keys
    }
    /// Its keys, taken out.
    #[must_use]
    pub fn into_keys(self) -> Vec<Key> {
        self.keys
    }
    /// Adds another source's keys behind these.
    pub fn extend(&mut self, other: Self) {
        self.keys.extend(other.keys);
    }
    /// The keys that may check a token with this header: a key's kid, where both have one, must be the token's; a key without a kid fits any; `narrow`
    /// (`--alg`; empty: no narrowing) and the keys' own bindings decide the algorithm; a key that is retired checks until its time is over.
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
    /// The key and algorithm that sign: `kid` picks, or (with a single private key that has no kid) is simply written; the algorithm is the JWK's `alg`, else
    /// `alg`, else the key's default (HS256, RS256, the curve's).
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

/// Each key once: the same file given twice is no choice to make.
fn distinct(keys: Vec<(&Key, Algorithm)>) -> Vec<(&Key, Algorithm)> {
    // A thumbprint costs a hash; most sets have one key that signs.
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

/// `kid or "(no kid)", algorithms`.
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
