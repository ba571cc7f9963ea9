//! A call of `jwt.decode`, and the checks that both versions make alike.
use std::cmp::Ordering;

use crate::core::algorithm::Algorithm;
use crate::core::key::{Key, KeySet};
use crate::core::time::Timestamp;
use crate::core::verdict::Reason;
use crate::django::oracle::python::{PyDict, PyInt, PyValue, total_seconds};
use crate::django::settings::Audience;

/// The exception that ended the reading, and the check that raised it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum DecodeError {
    /// `DecodeError`, or its subclass `InvalidSignatureError`.
    Decode(Reason),
    /// `ExpiredSignatureError`.
    Expired,
    /// Another `InvalidTokenError`.
    Invalid(Reason),
    /// An exception that is not PyJWT's and that the servers don't catch; names it.
    Crash(&'static str),
    /// This is our failure, not the server's: we have no key for this algorithm to check the signature with.
    NoKey(Algorithm),
}

/// The arguments of `jwt.decode`.
#[derive(Clone, Copy)]
pub(in super::super) struct DecodeOptions<'a> {
    pub(in super::super) algorithms: &'a [Algorithm],
    pub(in super::super) keys: &'a KeySet,
    pub(in super::super) named: KeyLookup,
    pub(in super::super) verify_signature: bool,
    pub(in super::super) verify_exp: bool,
    pub(in super::super) audience: AudienceCheck<'a>,
    pub(in super::super) issuer: Option<&'a str>,
    /// In seconds.
    pub(in super::super) leeway: f64,
    pub(in super::super) now: Timestamp,
}

/// How the server picks the key that checks the signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum KeyLookup {
    /// The server has one key and ignores `kid`, so any key will do.
    Never,
    /// The server reads a JWKS address: the token must have a `kid`, and it picks the key.
    Always,
    /// The server has a dictionary of keys: the token's `kid` picks the key. Without a `kid` any key will do, unless `insist` is on.
    IfKid {
        /// `JWT_INSIST_ON_KID`.
        insist: bool,
    },
}

/// What the server requires of `aud`.
#[derive(Clone, Copy)]
pub(in super::super) enum AudienceCheck<'a> {
    /// It requires nothing: `verify_aud` is off.
    Off,
    /// The token must have no `aud`.
    Absent,
    /// `aud` must name one of these.
    OneOf(&'a Audience),
}

/// A moment as `datetime.timestamp()` returns it: a float, rounded down to the microsecond.
pub(in super::super) fn epoch(now: Timestamp) -> f64 {
    let micros = i128::from(now.seconds()) * 1_000_000 + i128::from(now.nanos() / 1000);
    total_seconds(micros)
}

/// Checks that one of the keys that the header picks made the signature.
pub(super) fn signed(
    call: &DecodeOptions,
    algorithm: Algorithm,
    kid: Option<&str>,
    signing_input: &[u8],
    signature: &[u8],
) -> Result<(), DecodeError> {
    let serves = |key: &&Key| key.can_verify() && key.algorithms().contains(&algorithm);
    let mut keys: Vec<&Key> = call.keys.keys().iter().filter(serves).collect();
    if keys.is_empty() {
        return Err(DecodeError::NoKey(algorithm));
    }
    // To the server, keys are a dictionary only if all of them have a name.
    let dictionary = keys.iter().all(|key| key.kid().is_some());
    let unknown = Err(DecodeError::Invalid(Reason::UnknownKid));
    match (call.named, kid.filter(|kid| !kid.is_empty())) {
        (KeyLookup::Always, kid) if !algorithm.is_hmac() => {
            keys.retain(|key| kid.is_some() && key.kid() == kid);
        }
        (KeyLookup::IfKid { .. }, Some(kid)) if dictionary => {
            keys.retain(|key| key.kid() == Some(kid));
        }
        (KeyLookup::IfKid { insist: true }, None) if dictionary => return unknown,
        _ => {}
    }
    if keys.is_empty() {
        return unknown;
    }
    if keys
        .iter()
        .any(|key| key.verify(algorithm, signing_input, signature))
    {
        return Ok(());
    }
    Err(DecodeError::Decode(Reason::BadSignature))
}

/// The algorithm that the header's `alg` names, if it is allowed.
pub(super) fn allowed(alg: &PyValue, algorithms: &[Algorithm]) -> Result<Algorithm, DecodeError> {
    let found = algorithms.iter().find(|algorithm| alg.is(algorithm.name()));
    found
        .copied()
        .ok_or(DecodeError::Invalid(if alg.is("none") {
            Reason::Unsigned
        } else {
            Reason::AlgorithmNotAllowed
        }))
}

/// Whether a time claim is past `limit`. Python compares an integer and a float exactly, and so does this.
pub(super) fn is_after(claim: &PyInt, limit: f64) -> bool {
    claim.compared(limit) == Ordering::Greater
}

/// Whether `aud` names a wanted audience. Both versions compare alike once there is an `aud` and an audience is wanted.
pub(super) fn audience_matches(claim: &PyValue, asked: &Audience) -> bool {
    let one = |claim: &PyValue| asked.values.iter().any(|asked| claim.is(asked));
    match claim {
        PyValue::Str(_) => one(claim),
        PyValue::List(claims) => {
            claims.iter().all(|claim| matches!(claim, PyValue::Str(_))) && claims.iter().any(one)
        }
        _ => false,
    }
}

/// Returns the payload, which must be an object.
pub(super) fn object(payload: PyValue) -> Result<PyDict, DecodeError> {
    match payload {
        PyValue::Dict(claims) => Ok(claims),
        _ => Err(DecodeError::Decode(Reason::Malformed)),
    }
}
