//! Reads a token as PyJWT 2.15.1 does.
use super::call::{
    AudienceCheck, DecodeError, DecodeOptions, allowed, audience_matches, epoch, is_after, object,
    signed,
};
use super::segments::{MALFORMED, Segments, split, strict};
use crate::core::verdict::Reason;
use crate::django::oracle::python::{NotAnInt, PyDict, PyInt, PyValue, loads};

/// A token whose segments and header have been read.
pub(in super::super) struct Header<'a> {
    segments: Segments<'a>,
    parameters: PyDict,
    payload: Vec<u8>,
    signature: Vec<u8>,
}

/// `get_unverified_header`: checks the structure, `kid` and `crit`.
pub(in super::super) fn header(token: &str) -> Result<Header<'_>, DecodeError> {
    let segments = split(token)?;
    let header = strict(segments.header)?;
    let Ok(PyValue::Dict(header)) = loads(&header) else {
        return Err(MALFORMED);
    };
    let payload = if is_detached(&header) {
        if !segments.payload.is_empty() {
            return Err(MALFORMED);
        }
        Vec::new()
    } else {
        strict(segments.payload)?
    };
    let signature = strict(segments.signature)?;
    if header
        .get("kid")
        .is_some_and(|kid| !matches!(kid, PyValue::Str(_)))
    {
        return Err(DecodeError::Invalid(Reason::Malformed));
    }
    if let Some(crit) = header.get("crit") {
        let understood = matches!(crit, PyValue::List(names) if !names.is_empty()
            && names.iter().all(|name| name.is("b64") && header.get("b64").is_some()));
        if !understood {
            return Err(DecodeError::Invalid(Reason::CriticalUnsupported));
        }
    }
    Ok(Header {
        segments,
        parameters: header,
        payload,
        signature,
    })
}

fn is_detached(header: &PyDict) -> bool {
    header.get("b64") == Some(&PyValue::Bool(false))
}

impl Header<'_> {
    pub(in super::super) fn alg(&self) -> Option<&PyValue> {
        self.parameters.get("alg")
    }
    /// Refuses a detached payload, as `decode_complete` does before it checks the signature.
    fn attached(&self) -> Result<(), DecodeError> {
        if !is_detached(&self.parameters) {
            return Ok(());
        }
        Err(if self.parameters.get("crit").is_some() {
            DecodeError::Decode(Reason::CriticalUnsupported)
        } else {
            DecodeError::Invalid(Reason::CriticalUnsupported)
        })
    }
    /// `jwt.decode` without verifying: the claims as they are.
    pub(in super::super) fn unverified(&self) -> Result<PyDict, DecodeError> {
        self.attached()?;
        object(loads(&self.payload).map_err(|_| MALFORMED)?)
    }
    fn signed_with(&self, call: &DecodeOptions) -> Result<(), DecodeError> {
        let alg = self
            .alg()
            .ok_or(DecodeError::Invalid(Reason::AlgorithmNotAllowed))?;
        let algorithm = allowed(alg, call.algorithms)?;
        let kid = match self.parameters.get("kid") {
            Some(PyValue::Str(kid)) => kid.as_str(),
            _ => None,
        };
        let input = self.segments.signing_input;
        signed(call, algorithm, kid, input, &self.signature)
    }
}

/// `jwt.decode`: checks structure, algorithm, signature, and then the claims `iat`, `nbf`, `exp`, `iss`, `aud`, `sub`, `jti`. The first failure ends it.
pub(in super::super) fn decode(token: &str, call: &DecodeOptions) -> Result<PyDict, DecodeError> {
    let header = header(token)?;
    header.attached()?;
    if call.verify_signature {
        header.signed_with(call)?;
    }
    let claims = header.unverified()?;
    validate(&claims, call)?;
    Ok(claims)
}

fn validate(claims: &PyDict, call: &DecodeOptions) -> Result<(), DecodeError> {
    let now = epoch(call.now);
    // If the signature is not verified, no claim is checked but `exp`, which has its own setting.
    if call.verify_signature {
        let malformed = |_| DecodeError::Invalid(Reason::ClaimMalformed);
        if let Some(iat) = number(claims, "iat").map_err(malformed)?
            && is_after(&iat, now + call.leeway)
        {
            return Err(DecodeError::Invalid(Reason::IssuedInFuture));
        }
        let malformed = |_| DecodeError::Decode(Reason::ClaimMalformed);
        if let Some(nbf) = number(claims, "nbf").map_err(malformed)?
            && is_after(&nbf, now + call.leeway)
        {
            return Err(DecodeError::Invalid(Reason::NotYetValid));
        }
    }
    if call.verify_exp {
        let malformed = |_| DecodeError::Decode(Reason::ClaimMalformed);
        if let Some(exp) = number(claims, "exp").map_err(malformed)?
            && !is_after(&exp, now - call.leeway)
        {
            return Err(DecodeError::Expired);
        }
    }
    if !call.verify_signature {
        return Ok(());
    }
    if let Some(issuer) = call.issuer {
        match claims.get("iss") {
            None => return Err(DecodeError::Invalid(Reason::ClaimMissing)),
            Some(iss) if iss.is(issuer) => {}
            Some(_) => return Err(DecodeError::Invalid(Reason::IssuerMismatch)),
        }
    }
    audience(claims.get("aud").filter(|aud| aud.is_truthy()), call)?;
    for name in ["sub", "jti"] {
        if claims
            .get(name)
            .is_some_and(|claim| !matches!(claim, PyValue::Str(_)))
        {
            return Err(DecodeError::Invalid(Reason::ClaimMalformed));
        }
    }
    Ok(())
}

/// Checks `aud`. This version treats an empty `aud` as absent.
fn audience(claim: Option<&PyValue>, call: &DecodeOptions) -> Result<(), DecodeError> {
    let reason = match (call.audience, claim) {
        (AudienceCheck::Off, _) | (AudienceCheck::Absent, None) => return Ok(()),
        (AudienceCheck::OneOf(_), None) => Reason::ClaimMissing,
        (AudienceCheck::OneOf(asked), Some(claim)) if audience_matches(claim, asked) => {
            return Ok(());
        }
        (AudienceCheck::Absent | AudienceCheck::OneOf(_), Some(_)) => Reason::AudienceMismatch,
    };
    Err(DecodeError::Invalid(reason))
}

fn number(claims: &PyDict, name: &str) -> Result<Option<PyInt>, NotAnInt> {
    claims.get(name).map(PyValue::to_int).transpose()
}
