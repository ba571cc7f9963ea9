//! The tokens that a server would mint: header and claims in its order, with ids and signature still missing.
use std::ops::RangeInclusive;
use std::time::Duration;

use super::lookup::id_value;
use super::python::{PyDict, PyText, PyValue, ascii, loads, quoted};
use crate::core::emulator::{self, ClaimValue, Plan, ServerUser};
use crate::core::entropy::IdForm;
use crate::core::key::{Key, KeySet};
use crate::core::time::Timestamp;
use crate::django::settings::{DjangoSettings, Stack, TokenClass, TokenId, micros};

/// The seconds of the years 1 to 9999, the range of Python's dates.
pub(super) const YEARS: RangeInclusive<i64> = -62_135_596_800..=253_402_300_799;

/// A token as Python holds it before it is written.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::django) struct TokenDraft {
    /// The header's parameters in order; all of them are strings.
    header: Vec<(&'static str, String)>,
    claims: Vec<PyClaim>,
}

/// One claim: its name, which may be broken, and its value.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::django) struct PyClaim {
    name: PyText,
    fill: ClaimValue,
}

/// The kinds of token that a login mints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::django) enum LoginToken {
    /// simplejwt's access token.
    Access,
    /// simplejwt's refresh token.
    Refresh,
    /// simplejwt's sliding token.
    Sliding,
    /// drf-jwt's one token.
    Single,
}

/// The lifetime ends after the year 9999, where Python's dates end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::django) struct OutOfRange;

impl PyClaim {
    /// Makes a claim that the user chose. `None` if Python does not read `json` as JSON.
    pub(in crate::django) fn custom(name: &str, json: &str) -> Option<Self> {
        let value = loads(json.as_bytes()).ok()?;
        Some(Self::new(name, ClaimValue::Json(ascii(&value))))
    }
    fn new(name: &str, fill: ClaimValue) -> Self {
        Self {
            name: PyText::from(name),
            fill,
        }
    }
    fn value(name: &str, value: &PyValue) -> Self {
        Self::new(name, ClaimValue::Json(ascii(value)))
    }
    /// The claim's name, or `None` if it contains a lone surrogate.
    pub(in crate::django) fn name(&self) -> Option<&str> {
        self.name.as_str()
    }
}

impl TokenDraft {
    fn new(settings: &DjangoSettings, kid: Option<&str>) -> Self {
        let alg = ("alg", settings.signing_algorithm().name().to_owned());
        let typ = ("typ", "JWT".to_owned());
        let header = match (settings.stack, kid) {
            (Stack::DrfJwtLegacy, _) => vec![typ, alg],
            (_, None) => vec![alg, typ],
            // PyJWT 2 sorts the parameters by name.
            (_, Some(kid)) => vec![alg, ("kid", kid.to_owned()), typ],
        };
        Self {
            header,
            claims: Vec::new(),
        }
    }
    /// Finds a claim by its name.
    fn claim(&self, name: &str) -> Option<&PyClaim> {
        self.claims.iter().find(|claim| claim.name() == Some(name))
    }
    /// Sets a claim: it replaces the claim of that name, or goes last.
    pub(in crate::django) fn set(&mut self, claim: PyClaim) {
        match self.claims.iter_mut().find(|one| one.name == claim.name) {
            Some(there) => *there = claim,
            None => self.claims.push(claim),
        }
    }
    pub(in crate::django) fn claims(&self) -> &[PyClaim] {
        &self.claims
    }
    /// Sets `aud` and `iss`, which the servers set last.
    fn addressed(mut self, settings: &DjangoSettings) -> Self {
        if let Some(audience) = &settings.audience {
            let values = audience.values.iter().map(|value| PyValue::str(value));
            let value = if audience.list {
                PyValue::List(values.collect())
            } else {
                values.into_iter().next().unwrap_or(PyValue::None)
            };
            self.set(PyClaim::value("aud", &value));
        }
        if let Some(issuer) = &settings.issuer {
            self.set(PyClaim::value("iss", &PyValue::str(issuer)));
        }
        self
    }
    /// Whether `PyJWT` 2 refuses to write the token: an issuer that is not a string raises a `TypeError`.
    fn has_bad_issuer(&self) -> bool {
        let iss = self.claim("iss").map(|claim| &claim.fill);
        matches!(iss, Some(ClaimValue::Json(text)) if !text.starts_with('"'))
    }
}

/// What is written: ASCII, without blanks.
impl From<TokenDraft> for Plan {
    fn from(draft: TokenDraft) -> Self {
        let pair = |(name, value): &(&str, String)| format!("{}:{}", quoted(name), quoted(value));
        let pairs: Vec<_> = draft.header.iter().map(pair).collect();
        let claim = |claim: PyClaim| emulator::PlannedClaim {
            name: ascii(&PyValue::Str(claim.name)),
            fill: claim.fill,
        };
        Self {
            header: format!("{{{}}}", pairs.join(",")),
            claims: draft.claims.into_iter().map(claim).collect(),
        }
    }
}

/// `now` plus `lifetime`, rounded down to the second.
fn end(now: Timestamp, lifetime: Duration) -> Result<i64, OutOfRange> {
    let micros = i128::from(now.nanos() / 1000) + micros(lifetime);
    let seconds = i128::from(now.seconds()).saturating_add(micros.div_euclid(1_000_000));
    i64::try_from(seconds)
        .ok()
        .filter(|seconds| YEARS.contains(seconds))
        .ok_or(OutOfRange)
}

fn seconds(seconds: i64) -> ClaimValue {
    ClaimValue::Json(seconds.to_string())
}

/// The token that a login would mint for `user`. simplejwt puts the custom claims before `aud` and `iss`; drf-jwt puts them last.
///
/// # Errors
/// See [`OutOfRange`].
pub(in crate::django) fn login_claims(
    settings: &DjangoSettings,
    kind: LoginToken,
    user: &ServerUser,
    custom: Vec<PyClaim>,
    keys: &KeySet,
    now: Timestamp,
) -> Result<TokenDraft, OutOfRange> {
    let mut plan = match kind {
        LoginToken::Access => simple_base(settings, TokenClass::Access, now)?,
        LoginToken::Refresh => simple_base(settings, TokenClass::Refresh, now)?,
        LoginToken::Sliding => simple_base(settings, TokenClass::Sliding, now)?,
        LoginToken::Single => {
            let person = UserFacts {
                name: PyValue::str(&user.name),
                id: Some(id_value(&user.id)),
                email: Some(PyValue::str(&user.email)),
            };
            let mut plan = drf_claims(settings, &person, keys, now)?;
            for claim in custom {
                plan.set(claim);
            }
            return Ok(plan);
        }
    };
    if kind == LoginToken::Sliding {
        let refresh_end = end(now, settings.sliding_refresh_lifetime)?;
        plan.set(PyClaim::value(
            &settings.sliding_refresh_exp_claim,
            &PyValue::int(refresh_end),
        ));
    }
    let id = if settings.is_5_3 {
        id_value(&user.id)
    } else {
        PyValue::str(&user.id.to_string())
    };
    plan.set(PyClaim::value(&settings.user_id_claim, &id));
    if let (true, Some(hash)) = (settings.check_revoke_token, &user.password_hash) {
        plan.set(PyClaim::value(
            &settings.revoke_token_claim,
            &PyValue::str(hash),
        ));
    }
    for claim in custom {
        plan.set(claim);
    }
    Ok(plan.addressed(settings))
}

/// A fresh simplejwt token, with type, `exp`, `iat` and id.
fn simple_base(
    settings: &DjangoSettings,
    class: TokenClass,
    now: Timestamp,
) -> Result<TokenDraft, OutOfRange> {
    let mut plan = TokenDraft::new(settings, None);
    plan.set(PyClaim::value(
        &settings.token_type_claim,
        &PyValue::str(class.token_type()),
    ));
    renewed(&mut plan, settings, class, now)?;
    plan.set(PyClaim::new(
        &settings.jti_claim,
        ClaimValue::FreshId(IdForm::UuidHex),
    ));
    Ok(plan)
}

/// What `set_exp` and `set_iat` do.
fn renewed(
    plan: &mut TokenDraft,
    settings: &DjangoSettings,
    class: TokenClass,
    now: Timestamp,
) -> Result<(), OutOfRange> {
    let lifetime = match class {
        TokenClass::Access => settings.access_lifetime,
        TokenClass::Refresh => settings.refresh_lifetime,
        TokenClass::Sliding => settings.sliding_lifetime,
        TokenClass::Untyped => Duration::ZERO,
    };
    plan.set(PyClaim::new("exp", seconds(end(now, lifetime)?)));
    plan.set(PyClaim::new("iat", seconds(now.seconds())));
    Ok(())
}

/// `RefreshToken.access_token`, encoded: a fresh access token that copies the refresh token's claims except its type, id, `exp` and `iat`.
pub(super) fn access_from(
    settings: &DjangoSettings,
    refresh: &PyDict,
    now: Timestamp,
) -> Result<TokenDraft, &'static str> {
    let mut plan =
        simple_base(settings, TokenClass::Access, now).map_err(|OutOfRange| PAST_9999)?;
    let not_copied = [
        settings.token_type_claim.as_str(),
        "exp",
        &settings.jti_claim,
        "jti",
        "iat",
    ];
    plan.claims.extend(
        claims_of(refresh)
            .filter(|claim| !claim.name().is_some_and(|name| not_copied.contains(&name))),
    );
    encoded(plan, settings)
}

/// The presented token with a new lifetime. A rotated token gets a new id; a sliding token keeps its own.
pub(super) fn prolonged(
    settings: &DjangoSettings,
    payload: &PyDict,
    class: TokenClass,
    now: Timestamp,
) -> Result<TokenDraft, &'static str> {
    let mut plan = TokenDraft::new(settings, None);
    plan.claims = claims_of(payload).collect();
    if class == TokenClass::Refresh {
        plan.set(PyClaim::new(
            &settings.jti_claim,
            ClaimValue::FreshId(IdForm::UuidHex),
        ));
    }
    renewed(&mut plan, settings, class, now).map_err(|OutOfRange| PAST_9999)?;
    encoded(plan, settings)
}

/// Fails where `str(token)` would fail for this payload.
pub(super) fn encodes(settings: &DjangoSettings, payload: &PyDict) -> Result<(), &'static str> {
    let mut plan = TokenDraft::new(settings, None);
    plan.claims = claims_of(payload).collect();
    encoded(plan, settings).map(drop)
}

fn claims_of(payload: &PyDict) -> impl Iterator<Item = PyClaim> {
    payload.iter().map(|(name, value)| PyClaim {
        name: name.clone(),
        fill: ClaimValue::Json(ascii(value)),
    })
}

fn encoded(plan: TokenDraft, settings: &DjangoSettings) -> Result<TokenDraft, &'static str> {
    let plan = plan.addressed(settings);
    if plan.has_bad_issuer() {
        return Err("TypeError: the issuer to be copied is not a string");
    }
    Ok(plan)
}

pub(super) const PAST_9999: &str = "OverflowError: the fresh token's end lies past the year 9999";

/// The user that drf-jwt rebuilds a token for. Unknown facts are left out.
pub(super) struct UserFacts {
    pub(super) name: PyValue,
    pub(super) id: Option<PyValue>,
    pub(super) email: Option<PyValue>,
}

/// The claims that drf-jwt or the legacy package writes.
pub(super) fn drf_claims(
    settings: &DjangoSettings,
    person: &UserFacts,
    keys: &KeySet,
    now: Timestamp,
) -> Result<TokenDraft, OutOfRange> {
    let exp = PyClaim::new("exp", seconds(end(now, settings.access_lifetime)?));
    let id = person.id.as_ref().map(|id| PyClaim::value("user_id", id));
    let name = PyClaim::value("username", &person.name);
    let mut plan;
    if settings.stack == Stack::DrfJwtLegacy {
        plan = TokenDraft::new(settings, None);
        plan.claims.extend(id);
        plan.claims.extend([name, exp]);
        let email = person.email.as_ref();
        plan.claims
            .extend(email.map(|email| PyClaim::value("email", email)));
    } else {
        plan = TokenDraft::new(settings, signing_kid(settings, keys));
        plan.claims.push(name);
        plan.claims
            .push(PyClaim::new("iat", seconds(now.seconds())));
        plan.claims.push(exp);
        if settings.token_id != TokenId::Off {
            plan.claims
                .push(PyClaim::new("jti", ClaimValue::FreshId(IdForm::Uuid)));
        }
        plan.claims
            .extend(id.filter(|_| settings.payload_include_user_id));
    }
    if settings.allow_refresh {
        plan.claims
            .push(PyClaim::value("orig_iat", &PyValue::int(now.seconds())));
    }
    Ok(plan.addressed(settings))
}

/// The `kid` that drf-jwt writes. It writes one only if its keys are a dictionary, that is, if every key has a name.
fn signing_kid<'a>(settings: &DjangoSettings, keys: &'a KeySet) -> Option<&'a str> {
    let signs =
        |key: &&Key| key.can_sign() && key.algorithms().contains(&settings.signing_algorithm());
    let mut kids = keys.keys().iter().filter(signs).map(Key::kid);
    let first = kids.next()??;
    kids.all(|kid| kid.is_some()).then_some(first)
}

/// A claim that drf-jwt's refresh copies from the presented token.
pub(super) fn copied(name: &str, value: &PyValue) -> PyClaim {
    PyClaim::value(name, value)
}

#[cfg(test)]
mod tests;
