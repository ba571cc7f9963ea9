//! Text and bytes that must never become an HMAC secret, however they are given and encoded.
//!
//! Everyone can read a public key, so everyone could sign with it (CVE-2022-29217, CVE-2023-48223, CVE-2026-34950). The search looks in the bytes for the
//! signs of a key, removes every encoding that they may have, and looks again. No decoding has to be exact: base64 is read at each of its four alignments with
//! all other characters left out, so that a label, a quote or a lost letter moves the bytes but hides nothing.
mod der;
mod glance;
pub(super) mod placeholder;
mod point;
mod sign;
mod text;
mod wrapping;

use std::collections::VecDeque;

use zeroize::Zeroizing;

use super::material::SecretError;
use glance::Glance;
pub(crate) use placeholder::NoSecret;
pub(in crate::core) use placeholder::no_secret;
use sign::{Sign, Wrapping};

/// The most layers of base64 and hexadecimal: two around a text that is base64 itself (PEM without its frame).
const ENCODINGS: u8 = 3;
/// The most layers of escapes and character sets: JSON in JSON in a shell's quotes.
const REWRITES: u8 = 3;
const COMPRESSIONS: u8 = 1;
/// The most bytes to examine in all. A file of 64 KiB needs a tenth of that, unless an attacker made it.
const MOST_WORK: usize = 8 << 20;

/// Says why bytes can't be a secret, if they can't. It prefers to refuse: a random secret does not look like a key, except as [`point`] says.
pub(super) fn refusal(bytes: &[u8]) -> Option<SecretError> {
    match search(bytes, Glance::at) {
        Some(Sign::Point(point)) => Some(point.refusal()),
        Some(Sign::Key(what)) => Some(SecretError::KeyMaterial(what)),
        None => no_secret(bytes).map(SecretError::NoSecret),
    }
}

/// Bytes, the layers they were taken out of, and how many more may be removed.
struct Layer {
    bytes: Zeroizing<Vec<u8>>,
    from: Wrapping,
    encodings: u8,
    rewrites: u8,
    compressions: u8,
}

impl Layer {
    fn outermost(bytes: &[u8]) -> Self {
        Self {
            bytes: Zeroizing::new(bytes.to_vec()),
            from: Wrapping::None,
            encodings: ENCODINGS,
            rewrites: REWRITES,
            compressions: COMPRESSIONS,
        }
    }

    fn inner(&self, from: Wrapping, bytes: Zeroizing<Vec<u8>>) -> Self {
        let less = |left: u8, wrapping| left - u8::from(from == wrapping);
        let rewritten = matches!(from, Wrapping::Rewriting | Wrapping::Utf16);
        Self {
            bytes,
            from,
            encodings: less(self.encodings, Wrapping::Encoding),
            rewrites: self.rewrites - u8::from(rewritten),
            compressions: less(self.compressions, Wrapping::Compression),
        }
    }

    fn sign(&self, seen: &Glance) -> Option<Sign> {
        if seen.is_text {
            let found = text::sign(&self.bytes, self.from);
            let found = found.or_else(|| point::in_text(&self.bytes).map(Sign::Point));
            if found.is_some() {
                return found;
            }
        }
        // In decoded base64 or hexadecimal the length means nothing. The text itself was searched for points.
        let point = || match self.from {
            Wrapping::Encoding => None,
            _ => point::raw(&self.bytes).map(Sign::Point),
        };
        let in_bytes = || {
            der::sign(&self.bytes)
                .map(Sign::Key)
                .or_else(|| point::behind_its_length(&self.bytes).map(Sign::Point))
        };
        let found = if seen.has_pair { in_bytes() } else { None };
        found.or_else(point)
    }

    fn unwrap(&self, seen: &Glance, into: &mut VecDeque<Self>) {
        let mut add = |from, bytes| into.push_back(self.inner(from, bytes));
        if self.rewrites > 0 {
            for bytes in wrapping::rewritten(&self.bytes, seen) {
                add(Wrapping::Rewriting, bytes);
            }
            if let Some(bytes) = wrapping::utf16(&self.bytes) {
                add(Wrapping::Utf16, bytes);
            }
        }
        if self.encodings > 0 && seen.is_text {
            for bytes in wrapping::decoded(&self.bytes) {
                add(Wrapping::Encoding, bytes);
            }
        }
        if self.compressions > 0 && seen.has_pair {
            for bytes in wrapping::inflated(&self.bytes) {
                add(Wrapping::Compression, bytes);
            }
        }
    }
}

/// `look` is [`Glance::at`]; a test hands in one that rules nothing out.
fn search(bytes: &[u8], look: impl Fn(&[u8]) -> Glance) -> Option<Sign> {
    let mut layers = VecDeque::with_capacity(8);
    layers.push_back(Layer::outermost(bytes));
    let mut work = 0;
    // The outer layers come first, because they give the clearest name.
    while let Some(layer) = layers.pop_front() {
        work += layer.bytes.len();
        if work > MOST_WORK {
            return Some(Sign::Key(
                "a text with more layers of encoding than jwtsess searches",
            ));
        }
        let mut seen = look(&layer.bytes);
        seen.is_text |= layer.from == Wrapping::None;
        let found = layer.sign(&seen);
        if found.is_some() {
            return found;
        }
        layer.unwrap(&seen, &mut layers);
    }
    None
}

#[cfg(test)]
mod tests;
