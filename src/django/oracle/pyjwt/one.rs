//! Reads a token as PyJWT 1.7.1 does.
use super::call::{
    AudienceCheck, DecodeError, DecodeOptions, allowed, audience_matches, is_after, object, signed,
};
use super::segments::{MALFORMED, lax, split};
use crate::core::verdict::Reason;
use crate::django::oracle::python::{
    NotAnInt, NotJson, PyDict, PyInt, PyValue, loads_text, total_seconds,
};

/// The legacy package calls `jwt.decode` twice: first without verifying, to find the user whose key it is, and then verifying. So the payload is read before
/// the algorithm is checked. `kid` and `crit` are ignored.
pub(in super::super) fn decode(token: &str, call: &DecodeOptions) -> Result<PyDict, DecodeError> {
    let segments = split(token)?;
    let header = lax(segments.header)?;
    let PyValue::Dict(header) = read(&header)? else {
        return Err(MALFORMED);
    };
    let payload = lax(segments.payload)?;
    let signature = lax(segments.signature)?;
    let claims = object(read(&payload)?)?;
    if !call.verify_signature {
        return Ok(claims);
    }
    let algorithm = allowed(header.get("alg").unwrap_or(&PyValue::None), call.algorithms)?;
    signed(call, algorithm, None, segments.signing_input, &signature)?;
    validate(&claims, call)?;
    Ok(claims)
}

/// `json.loads(bytes.decode('utf-8'))`. The package catches only its `ValueError`.
fn read(bytes: &[u8]) -> Result<PyValue, DecodeError> {
    loads_text(bytes).map_err(|error| match error {
        NotJson::Value => MALFORMED,
        NotJson::Recursion => DecodeError::Crash("RecursionError: JSON nested too deep"),
    })
}

fn validate(claims: &PyDict, call: &DecodeOptions) -> Result<(), DecodeError> {
    // This version compares whole seconds: a token is still valid during the second that its `exp` names.
    let now = total_seconds(i128::from(call.now.seconds()) * 1_000_000);
    // `iat` must be a number, but may be any time.
    number(claims, "iat", DecodeError::Invalid(Reason::ClaimMalformed))?;
    let malformed = DecodeError::Decode(Reason::ClaimMalformed);
    if let Some(nbf) = number(claims, "nbf", malformed)?
        && is_after(&nbf, now + call.leeway)
    {
        return Err(DecodeError::Invalid(Reason::NotYetValid));
    }
    if call.verify_exp
        && let Some(exp) = number(claims, "exp", malformed)?
        && exp.compared(now - call.leeway).is_lt()
    {
        return Err(DecodeError::Expired);
    }
    if let Some(issuer) = call.issuer {
        match claims.get("iss") {
            None => return Err(DecodeError::Invalid(Reason::ClaimMissing)),
            Some(iss) if iss.is(issuer) => {}
            Some(_) => return Err(DecodeError::Invalid(Reason::IssuerMismatch)),
        }
    }
    // An empty `aud` counts as present here, unlike in the newer version.
    let reason = match (call.audience, claims.get("aud")) {
        (AudienceCheck::Off, _) | (AudienceCheck::Absent, None) => return Ok(()),
        (AudienceCheck::OneOf(_), None) => Reason::ClaimMissing,
        (AudienceCheck::OneOf(asked), Some(claim)) if audience_matches(claim, asked) => {
            return Ok(());
        }
        (AudienceCheck::Absent | AudienceCheck::OneOf(_), Some(_)) => Reason::AudienceMismatch,
    };
    Err(DecodeError::Invalid(reason))
}

/// `int(claim)`. The package catches only its `ValueError`.
fn number(claims: &PyDict, name: &str, caught: DecodeError) -> Result<Option<PyInt>, DecodeError> {
    claims
        .get(name)
        .map(PyValue::to_int)
        .transpose()
        .map_err(|error| match error {
            NotAnInt::Value => caught,
            NotAnInt::Type => {
                DecodeError::Crash("TypeError: a time that is null, a list or an object")
            }
            NotAnInt::Overflow => DecodeError::Crash("OverflowError: a time that is infinite"),
        })
}
