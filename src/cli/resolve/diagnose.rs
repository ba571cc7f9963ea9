//! Explains a bad signature: tries each likely mistake, and names one only if it makes the signature valid.
//!
//! This only explains: nothing here makes a token acceptable.
use std::cell::Cell;

use crate::cli::outcome::Explanation;
use crate::core::algorithm::{AlgName, Algorithm};
use crate::core::hex;
use crate::core::key::{Key, KeyKind, KeySet, hmac_with};
use crate::core::likely::likely_mistakes;
use crate::core::likely::message::likely_messages;
use crate::core::secret::Secret;
use crate::core::token::Unverified;

/// How much an explanation may cost, in bytes that are hashed: 64 MiB take about 0.1 s. Whoever writes the token and the key set chooses how much there is to try: with
/// 700 secrets and a token of 1.3 MB, explaining took five times as long as checking.
const MAX_WORK: usize = 64 << 20;

/// What an attempt costs besides its message: hashing so much takes as long as checking an ECDSA signature.
const ATTEMPT: usize = 16 << 10;

/// What opening an RSA signature costs, which is done in plain arithmetic: as much as hashing so much.
const OPENING: usize = 1 << 20;

/// What the keys were made from.
#[derive(Debug, Default)]
pub(crate) struct Materials<'a> {
    /// The HMAC secrets, as they were given.
    pub secrets: Vec<&'a Secret>,
    /// The key files, as they were read.
    pub files: Vec<&'a Secret>,
}

/// Explains why none of the given keys made a token's signature.
#[must_use]
pub(crate) fn explain(
    token: &Unverified,
    keys: &KeySet,
    materials: &Materials<'_>,
) -> Option<Explanation> {
    let Some(AlgName::Supported(algorithm)) = token.alg() else {
        return None;
    };
    let signed = SignedMessage {
        message: token.signing_input(),
        signature: token.signature.bytes.as_deref()?,
        algorithm,
        left: Cell::new(MAX_WORK),
    };
    if signed.message.is_empty() {
        return None;
    }
    signed
        .other_form(keys)
        .or_else(|| signed.other_length(keys))
        .or_else(|| signed.other_secret(materials))
        .or_else(|| signed.other_key(keys))
        .or_else(|| signed.other_algorithm(keys))
        .or_else(|| signed.other_message(token, keys))
        .or_else(|| signed.other_parameters(keys))
        .or_else(|| signed.confused(materials))
}

struct SignedMessage<'a> {
    message: &'a [u8],
    signature: &'a [u8],
    algorithm: Algorithm,
    /// The work that is left of [`MAX_WORK`].
    left: Cell<usize>,
}

impl SignedMessage<'_> {
    /// Whether one more attempt is within [`MAX_WORK`]. It is counted.
    fn affords(&self) -> bool {
        self.affords_work(self.message.len() + ATTEMPT)
    }

    fn affords_work(&self, work: usize) -> bool {
        let left = self.left.get().checked_sub(work);
        self.left.set(left.unwrap_or_default());
        left.is_some()
    }

    fn other_length(&self, keys: &KeySet) -> Option<Explanation> {
        let fits = |needs: &usize| *needs == self.signature.len();
        let needs = match self.algorithm {
            Algorithm::Hs256 => vec![32],
            Algorithm::Hs384 => vec![48],
            // RFC 7518 §3.4: r and s, each as long as the curve's order.
            Algorithm::Hs512
            | Algorithm::Es256
            | Algorithm::Es256k
            | Algorithm::EdDsa
            | Algorithm::Ed25519 => vec![64],
            Algorithm::Es384 => vec![96],
            Algorithm::Es512 => vec![132],
            // As long as the modulus of whichever key it was.
            _ => keys.keys().iter().filter_map(modulus_bytes).collect(),
        };
        if needs.iter().any(fits) {
            return None;
        }
        needs.first().map(|needs| Explanation::SignatureLength {
            has: self.signature.len(),
            needs: *needs,
        })
    }

    /// The signature in hexadecimal, or an ECDSA signature in DER: what openssl prints.
    fn other_form(&self, keys: &KeySet) -> Option<Explanation> {
        let hexadecimal = || hex::decoded(self.signature).map(|bytes| ("hexadecimal", bytes));
        let der = || Some(("DER", of_der(self.signature, self.algorithm)?));
        let (form, signature) = hexadecimal().or_else(der)?;
        keys.keys()
            .iter()
            .take_while(|_| self.affords())
            .any(|key| key.verify(self.algorithm, self.message, &signature))
            .then_some(Explanation::SignatureForm(form))
    }

    /// Each given key, over other bytes than the signing input.
    fn other_message(&self, token: &Unverified, keys: &KeySet) -> Option<Explanation> {
        // Making the messages costs about as much as hashing one of them.
        if !self.affords() {
            return None;
        }
        let fits = |message: &[u8]| {
            keys.keys()
                .iter()
                .take_while(|_| self.affords_work(message.len() + ATTEMPT))
                .any(|key| key.verify(self.algorithm, message, self.signature))
        };
        likely_messages(token)
            .into_iter()
            .find(|(_, message)| fits(message))
            .map(|(mismatch, _)| Explanation::Message(mismatch))
    }

    fn other_parameters(&self, keys: &KeySet) -> Option<Explanation> {
        keys.keys()
            .iter()
            .filter(|key| key.algorithms().contains(&self.algorithm))
            .take_while(|_| self.affords_work(self.message.len() + OPENING))
            .find_map(|key| key.pss_parameters(self.algorithm, self.message, self.signature))
            .map(Explanation::PssParameters)
    }

    fn other_secret(&self, materials: &Materials<'_>) -> Option<Explanation> {
        if !self.algorithm.is_hmac() {
            return None;
        }
        materials
            .secrets
            .iter()
            .flat_map(|secret| likely_mistakes(secret))
            .take_while(|_| self.affords())
            .find(|(_, reading)| hmac_with(reading, self.algorithm, self.message, self.signature))
            .map(|(mistake, _)| Explanation::Secret(mistake))
    }

    fn other_key(&self, keys: &KeySet) -> Option<Explanation> {
        self.holds_by(keys, |_| vec![self.algorithm])
            .map(|(key, _)| Explanation::OtherKey(key.kid().map(str::to_owned)))
    }

    fn other_algorithm(&self, keys: &KeySet) -> Option<Explanation> {
        self.holds_by(keys, |key| key.algorithms().to_vec())
            .map(|(_, algorithm)| Explanation::OtherAlgorithm(algorithm.name()))
    }

    fn holds_by<'k>(
        &self,
        keys: &'k KeySet,
        algorithms: impl Fn(&Key) -> Vec<Algorithm>,
    ) -> Option<(&'k Key, Algorithm)> {
        keys.keys().iter().find_map(|key| {
            algorithms(key)
                .into_iter()
                .find(|algorithm| {
                    self.affords() && key.verify(*algorithm, self.message, self.signature)
                })
                .map(|algorithm| (key, algorithm))
        })
    }

    fn confused(&self, materials: &Materials<'_>) -> Option<Explanation> {
        if !self.algorithm.is_hmac() {
            return None;
        }
        let text = |file: &Secret| {
            let whole = file.expose().to_vec();
            let trimmed = whole.trim_ascii().to_vec();
            [whole, trimmed]
        };
        materials
            .files
            .iter()
            .flat_map(|file| text(file))
            .take_while(|_| self.affords())
            .any(|text| {
                hmac_with(
                    &Secret::new(text),
                    self.algorithm,
                    self.message,
                    self.signature,
                )
            })
            .then_some(Explanation::PublicKeyAsSecret)
    }
}

/// The signature of an ECDSA algorithm as JWS writes it, from the DER that most libraries make (RFC 3279 §2.2.3): r and s, each as long as the curve's order.
fn of_der(der: &[u8], algorithm: Algorithm) -> Option<Vec<u8>> {
    let width = match algorithm {
        Algorithm::Es256 | Algorithm::Es256k => 32,
        Algorithm::Es384 => 48,
        Algorithm::Es512 => 66,
        _ => return None,
    };
    let rest = match der {
        [0x30, 0x81, length, rest @ ..] | [0x30, length, rest @ ..]
            if rest.len() == usize::from(*length) =>
        {
            rest
        }
        _ => return None,
    };
    let (r, rest) = der_integer(rest, width)?;
    let (s, rest) = der_integer(rest, width)?;
    rest.is_empty().then(|| [r, s].concat())
}

/// A DER integer as a number of that many bytes, and what follows it.
fn der_integer(der: &[u8], width: usize) -> Option<(Vec<u8>, &[u8])> {
    let [0x02, length, rest @ ..] = der else {
        return None;
    };
    let (number, rest) = rest.split_at_checked(usize::from(*length))?;
    let zeros = number.iter().take_while(|byte| **byte == 0).count();
    let number = &number[zeros..];
    let mut padded = vec![0; width.checked_sub(number.len())?];
    padded.extend_from_slice(number);
    Some((padded, rest))
}

fn modulus_bytes(key: &Key) -> Option<usize> {
    match key.kind() {
        KeyKind::Rsa { bits } | KeyKind::RsaPss { bits } => Some(bits.div_ceil(8)),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
