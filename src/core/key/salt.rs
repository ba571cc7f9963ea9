//! Reads the salt out of an RSA-PSS signature (RFC 8017 §9.1.2), to explain one whose salt is not as long as its hash, which RFC 7518 §3.5 asks for.
//!
//! This only explains. Only public values are computed with, so nothing need run in constant time.
use aws_lc_rs::digest::{self, SHA1_FOR_LEGACY_USE_ONLY, SHA256, SHA384, SHA512, digest};
use crypto_bigint::modular::{BoxedMontyForm, BoxedMontyParams};
use crypto_bigint::{BoxedUint, Odd, Resize as _};

use crate::core::algorithm::Algorithm;

/// The parameters of an RSA-PSS signature, where they are not those of its JWS algorithm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PssParameters {
    /// The salt's length in bytes.
    pub salt: usize,
    /// The length that the algorithm asks for.
    pub needs: usize,
    /// Whether the mask was made with SHA-1, the default of several libraries, in place of the algorithm's hash.
    pub sha1_mask: bool,
}

/// The parameters with which `signature` is a signature over `message` by the key of these numbers.
pub(super) fn parameters(
    (n, e): (&[u8], &[u8]),
    algorithm: Algorithm,
    message: &[u8],
    signature: &[u8],
) -> Option<PssParameters> {
    let hash = match algorithm {
        Algorithm::Ps256 => &SHA256,
        Algorithm::Ps384 => &SHA384,
        Algorithm::Ps512 => &SHA512,
        _ => return None,
    };
    let (encoded, unused) = opened(n, e, signature)?;
    let hashed = digest(hash, message);
    [hash, &SHA1_FOR_LEGACY_USE_ONLY]
        .into_iter()
        .find_map(|mask| {
            Some(PssParameters {
                salt: salt((&encoded, unused), hashed.as_ref(), hash, mask)?,
                needs: hash.output_len(),
                sha1_mask: mask != hash,
            })
        })
}

/// The signature to the power of `e`: the encoded message, and how many of its first bits the modulus leaves unused.
fn opened(n: &[u8], e: &[u8], signature: &[u8]) -> Option<(Vec<u8>, u32)> {
    if signature.len() != n.len() {
        return None;
    }
    let modulus = BoxedUint::from_be_slice_vartime(n);
    let bits = modulus.bits_precision();
    let base = BoxedUint::from_be_slice_vartime(signature).resize(bits);
    if base >= modulus {
        return None;
    }
    // The encoded message has one bit less than the modulus.
    let length = (modulus.bit_width_vartime() - 1).div_ceil(8);
    let unused = 8 * length + 1 - modulus.bit_width_vartime();
    let parameters = BoxedMontyParams::new_vartime(Odd::new(modulus).into_option()?);
    let exponent = BoxedUint::from_be_slice_vartime(e);
    let power = BoxedMontyForm::new(base, &parameters).pow(&exponent);
    let bytes = power.retrieve().to_be_bytes_trimmed_vartime();
    let length = usize::try_from(length).ok()?;
    let mut encoded = vec![0; length.checked_sub(bytes.len())?];
    encoded.extend_from_slice(&bytes);
    Some((encoded, unused))
}

/// EMSA-PSS-VERIFY with a salt of any length (RFC 8017 §9.1.2). The length of the salt, if the encoding holds.
fn salt(
    (encoded, unused): (&[u8], u32),
    hashed: &[u8],
    hash: &'static digest::Algorithm,
    mask: &'static digest::Algorithm,
) -> Option<usize> {
    let [masked @ .., 0xbc] = encoded else {
        return None;
    };
    let (masked, sealed) = masked.split_at_checked(masked.len().checked_sub(hash.output_len())?)?;
    let mut block: Vec<u8> = masked
        .iter()
        .zip(mask_bytes(sealed, masked.len(), mask))
        .map(|(byte, mask)| byte ^ mask)
        .collect();
    *block.first_mut()? &= 0xff_u8.checked_shr(unused)?;
    let one = block.iter().position(|byte| *byte != 0)?;
    if block.get(one) != Some(&1) {
        return None;
    }
    let salt = block.get(one + 1..)?;
    let made = digest(hash, &[&[0_u8; 8][..], hashed, salt].concat());
    (made.as_ref() == sealed).then_some(salt.len())
}

/// MGF1 (RFC 8017 §B.2.1).
fn mask_bytes(seed: &[u8], length: usize, hash: &'static digest::Algorithm) -> Vec<u8> {
    let blocks = (0_u32..).map(|counter| digest(hash, &[seed, &counter.to_be_bytes()].concat()));
    blocks
        .flat_map(|block| block.as_ref().to_vec())
        .take(length)
        .collect()
}
