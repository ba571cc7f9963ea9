//! Reads a token as PyJWT 2.15.1 does.
use super::call::{
    AudienceCheck, Call, Failure, allowed, audience_matches, epoch, is_after, object, signed,
};
use super::segments::{MALFORMED, Segments, split, strict};
use crate::core::verdict::Reason;
use crate::django::oracle::python::{Dict, Int, NotAnInt, Value, loads};

/// A token whose segments and header have been read.
pub(in super::super) struct Header<'a> {
    segments: Segments<'a>,
    parameters: Dict,
    payload: Vec<u8>,
    signature: Vec<u8>,
}

/// `get_unverified_header`: checks the structure, `kid` and `crit`.
pub(in super::super) fn header(token: &str) -> Result<Header<'_>, Failure> {
    let segments = split(token)?;
    let header = strict(segments.header)?;
    let Ok(Value::Dict(header)) = loads(&header) else {
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
        .is_some_and(|kid| !matches!(kid, Value::Str(_)))
    {
        return Err(Failure::Invalid(Reason::Malformed));
    }
    if let Some(crit) = header.get("crit") {
        let understood = matches!(crit, Value::List(names) if !names.is_empty()
            && names.iter().all(|name| name.is("b64") && header.get("b64").is_some()));
        if !understood {
            return Err(Failure::Invalid(Reason::CriticalUnsupported));
        }
    }
    Ok(Header {
        segments,
        parameters: header,
        payload,
        signature,
    })
}

fn is_detached(header: &Dict) -> bool {
    header.get("b64") == Some(&Value::Bool(false))
}

impl Header<'_> {
    pub(in super::super) fn alg(&self) -> Option<&Value> {
        self.parameters.get("alg")
    }
    /// Refuses a detached payload, as `decode_complete` does before it checks the signature.
    fn attached(&self) -> Result<(), Failure> {
        if !is_detached(&self.parameters) {
            return Ok(());
        }
        Err(if self.parameters.get("crit").is_some() {
            Failure::Decode(Reason::CriticalUnsupported)
        } else {
            Failure::Invalid(Reason::CriticalUnsupported)
        })
    }
    /// `jwt.decode` without verifying: the claims as they are.
    pub(in super::super) fn unverified(&self) -> Result<Dict, Failure> {
        self.attached()?;
        object(loads(&self.payload).map_err(|_| MALFORMED)?)
    }
    fn signed_with(&self, call: &Call) -> Result<(), Failure> {
        let alg = self
            .alg()
            .ok_or(Failure::Invalid(Reason::AlgorithmNotAllowed))?;
        let algorithm = allowed(alg, call.algorithms)?;
        let kid = match self.parameters.get("kid") {
            Some(Value::Str(kid)) => kid.as_str(),
            _ => None,
        };
        let input = self.segments.signing_input;
        signed(call, algorithm, kid, input, &self.signature)
    }
}

/// `jwt.decode`: checks structure, algorithm, signature, and then the claims `iat`, `nbf`, `exp`, `iss`, `aud`, `sub`, `jti`. The first failure ends it.
pub(in super::super) fn decode(token: &str, call: &Call) -> Result<Dict, Failure> {
    let header = header(token)?;
    header.attached()?;
    if call.verify_signature {
        header.signed_with(call)?;
    }
    let claims = header.unverified()?;
    validate(&claims, call)?;
    Ok(claims)
}

fn validate(claims: &Dict, call: &Call) -> Result<(), Failure> {
    let now = epoch(call.now);
    // If the signature is not verified, no claim is checked but `exp`, which has its own setting.
    if call.verify_signature {
        let malformed = |_| Failure::Invalid(Reason::ClaimMalformed);
        if let Some(iat) = number(claims, "iat").map_err(malformed)?
            && is_after(&iat, now + call.leeway)
        {
            return Err(Failure::Invalid(Reason::IssuedInFuture));
        }
        let malformed = |_| Failure::Decode(Reason::ClaimMalformed);
        if let Some(nbf) = number(claims, "nbf").map_err(malformed)?
            && is_after(&nbf, now + call.leeway)
        {
            return Err(Failure::Invalid(Reason::NotYetValid));
        }
    }
    if call.verify_exp {
        let malformed = |_| Failure::Decode(Reason::ClaimMalformed);
        if let Some(exp) = number(claims, "exp").map_err(malformed)?
            && !is_after(&exp, now - call.leeway)
        {
            return Err(Failure::Expired);
        }
    }
    if !call.verify_signature {
        return Ok(());
    }
    if let Some(issuer) = call.issuer {
        match claims.get("iss") {
            None => return Err(Failure::Invalid(Reason::ClaimMissing)),
            Some(iss) if iss.is(issuer) => {}
            Some(_) => return Err(Failure::Invalid(Reason::IssuerMismatch)),
        }
    }
    audience(claims.get("aud").filter(|aud| aud.is_truthy()), call)?;
    for name in ["sub", "jti"] {
        if claims
            .get(name)
            .is_some_and(|claim| !matches!(claim, Value::Str(_)))
        {
            return Err(Failure::Invalid(Reason::ClaimMalformed));
        }
    }
    Ok(())
}

/// Checks `aud`. This version treats an empty `aud` as absent.
fn audience(claim: Option<&Value>, call: &Call) -> Result<(), Failure> {
    let reason = match (call.audience, claim) {
        (AudienceCheck::Off, _) | (AudienceCheck::Absent, None) => return Ok(()),
        (AudienceCheck::OneOf(_), None) => Reason::ClaimMissing,
        (AudienceCheck::OneOf(asked), Some(claim)) if audience_matches(claim, asked) => {
            return Ok(());
        }
        (AudienceCheck::Absent | AudienceCheck::OneOf(_), Some(_)) => Reason::AudienceMismatch,
    };
    Err(Failure::Invalid(reason))
}

fn number(claims: &Dict, name: &str) -> Result<Option<Int>, NotAnInt> {
    claims.get(name).map(Value::to_int).transpose()
}
