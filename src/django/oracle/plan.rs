//! The tokens that a server would mint: header and claims in its order, with ids and signature still missing.
use std::ops::RangeInclusive;
use std::time::Duration;

use super::lookup::id_value;
use super::python::{Dict, Text, Value, ascii, loads, quoted};
use crate::core::emulator::{self, Fill, Plan, User};
use crate::core::entropy::IdForm;
use crate::core::key::{Key, KeySet};
use crate::core::time::Timestamp;
use crate::django::settings::{Settings, Stack, TokenClass, TokenId, micros};

/// The seconds of the years 1 to 9999, the range of Python's dates.
pub(super) const YEARS: RangeInclusive<i64> = -62_135_596_800..=253_402_300_799;

/// A token as Python holds it before it is written.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::django) struct Draft {
    /// The header's parameters in order; all of them are strings.
    header: Vec<(&'static str, String)>,
    claims: Vec<Claim>,
}

/// One claim: its name, which may be broken, and its value.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::django) struct Claim {
    name: Text,
    fill: Fill,
}

/// The kinds of token that a login mints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::django) enum TokenKind {
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

impl Claim {
    /// Makes a claim that the user chose. `None` if Python does not read `json` as JSON.
    pub(in crate::django) fn custom(name: &str, json: &str) -> Option<Self> {
        let value = loads(json.as_bytes()).ok()?;
        Some(Self::new(name, Fill::Json(ascii(&value))))
    }
    fn new(name: &str, fill: Fill) -> Self {
        Self {
            name: Text::from(name),
            fill,
        }
    }
    fn value(name: &str, value: &Value) -> Self {
        Self::new(name, Fill::Json(ascii(value)))
    }
    /// The claim's name, or `None` if it contains a lone surrogate.
    pub(in crate::django) fn name(&self) -> Option<&str> {
        self.name.as_str()
    }
}

impl Draft {
    fn new(settings: &Settings, kid: Option<&str>) -> Self {
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
    fn claim(&self, name: &str) -> Option<&Claim> {
        self.claims.iter().find(|claim| claim.name() == Some(name))
    }
    /// Sets a claim: it replaces the claim of that name, or goes last.
    pub(in crate::django) fn set(&mut self, claim: Claim) {
        match self.claims.iter_mut().find(|one| one.name == claim.name) {
            Some(there) => *there = claim,
            None => self.claims.push(claim),
        }
    }
    pub(in crate::django) fn claims(&self) -> &[Claim] {
        &self.claims
    }
    /// Sets `aud` and `iss`, which the servers set last.
    fn addressed(mut self, settings: &Settings) -> Self {
        if let Some(audience) = &settings.audience {
            let values = audience.values.iter().map(|value| Value::str(value));
            let value = if audience.list {
                Value::List(values.collect())
            } else {
                values.into_iter().next().unwrap_or(Value::None)
            };
            self.set(Claim::value("aud", &value));
        }
        if let Some(issuer) = &settings.issuer {
            self.set(Claim::value("iss", &Value::str(issuer)));
        }
        self
    }
    /// Whether `PyJWT` 2 refuses to write the token: an issuer that is not a string raises a `TypeError`.
    fn has_bad_issuer(&self) -> bool {
        let iss = self.claim("iss").map(|claim| &claim.fill);
        matches!(iss, Some(Fill::Json(text)) if !text.starts_with('"'))
    }
}

/// What is written: ASCII, without blanks.
impl From<Draft> for Plan {
    fn from(draft: Draft) -> Self {
        let pair = |(name, value): &(&str, String)| format!("{}:{}", quoted(name), quoted(value));
        let pairs: Vec<_> = draft.header.iter().map(pair).collect();
        let claim = |claim: Claim| emulator::Claim {
            name: ascii(&Value::Str(claim.name)),
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

fn seconds(seconds: i64) -> Fill {
    Fill::Json(seconds.to_string())
}

/// The token that a login would mint for `user`. simplejwt puts the custom claims before `aud` and `iss`; drf-jwt puts them last.
///
/// # Errors
/// See [`OutOfRange`].
pub(in crate::django) fn login_claims(
    settings: &Settings,
    kind: TokenKind,
    user: &User,
    custom: Vec<Claim>,
    keys: &KeySet,
    now: Timestamp,
) -> Result<Draft, OutOfRange> {
    let mut plan = match kind {
        TokenKind::Access => simple_base(settings, TokenClass::Access, now)?,
        TokenKind::Refresh => simple_base(settings, TokenClass::Refresh, now)?,
        TokenKind::Sliding => simple_base(settings, TokenClass::Sliding, now)?,
        TokenKind::Single => {
            let person = Person {
                name: Value::str(&user.name),
                id: Some(id_value(&user.id)),
                email: Some(Value::str(&user.email)),
            };
            let mut plan = drf_claims(settings, &person, keys, now)?;
            for claim in custom {
                plan.set(claim);
            }
            return Ok(plan);
        }
    };
    if kind == TokenKind::Sliding {
        let refresh_end = end(now, settings.sliding_refresh_lifetime)?;
        plan.set(Claim::value(
            &settings.sliding_refresh_exp_claim,
            &Value::int(refresh_end),
        ));
    }
    let id = user.id.to_string();
    plan.set(Claim::value(&settings.user_id_claim, &Value::str(&id)));
    if let (true, Some(hash)) = (settings.check_revoke_token, &user.password_hash) {
        plan.set(Claim::value(
            &settings.revoke_token_claim,
            &Value::str(hash),
        ));
    }
    for claim in custom {
        plan.set(claim);
    }
    Ok(plan.addressed(settings))
}

/// A fresh simplejwt token, with type, `exp`, `iat` and id.
fn simple_base(
    settings: &Settings,
    class: TokenClass,
    now: Timestamp,
) -> Result<Draft, OutOfRange> {
    let mut plan = Draft::new(settings, None);
    plan.set(Claim::value(
        &settings.token_type_claim,
        &Value::str(class.token_type()),
    ));
    renewed(&mut plan, settings, class, now)?;
    plan.set(Claim::new(
        &settings.jti_claim,
        Fill::FreshId(IdForm::UuidHex),
    ));
    Ok(plan)
}

/// What `set_exp` and `set_iat` do.
fn renewed(
    plan: &mut Draft,
    settings: &Settings,
    class: TokenClass,
    now: Timestamp,
) -> Result<(), OutOfRange> {
    let lifetime = match class {
        TokenClass::Access => settings.access_lifetime,
        TokenClass::Refresh => settings.refresh_lifetime,
        TokenClass::Sliding => settings.sliding_lifetime,
        TokenClass::Untyped => Duration::ZERO,
    };
    plan.set(Claim::new("exp", seconds(end(now, lifetime)?)));
    plan.set(Claim::new("iat", seconds(now.seconds())));
    Ok(())
}

/// `RefreshToken.access_token`, encoded: a fresh access token that copies the refresh token's claims except its type, id, `exp` and `iat`.
pub(super) fn access_from(
    settings: &Settings,
    refresh: &Dict,
    now: Timestamp,
) -> Result<Draft, &'static str> {
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
    settings: &Settings,
    payload: &Dict,
    class: TokenClass,
    now: Timestamp,
) -> Result<Draft, &'static str> {
    let mut plan = Draft::new(settings, None);
    plan.claims = claims_of(payload).collect();
    if class == TokenClass::Refresh {
        plan.set(Claim::new(
            &settings.jti_claim,
            Fill::FreshId(IdForm::UuidHex),
        ));
    }
    renewed(&mut plan, settings, class, now).map_err(|OutOfRange| PAST_9999)?;
    encoded(plan, settings)
}

/// Fails where `str(token)` would fail for this payload.
pub(super) fn encodes(settings: &Settings, payload: &Dict) -> Result<(), &'static str> {
    let mut plan = Draft::new(settings, None);
    plan.claims = claims_of(payload).collect();
    encoded(plan, settings).map(drop)
}

fn claims_of(payload: &Dict) -> impl Iterator<Item = Claim> {
    payload.iter().map(|(name, value)| Claim {
        name: name.clone(),
        fill: Fill::Json(ascii(value)),
    })
}

fn encoded(plan: Draft, settings: &Settings) -> Result<Draft, &'static str> {
    let plan = plan.addressed(settings);
    if plan.has_bad_issuer() {
        return Err("TypeError: the issuer to be copied is not a string");
    }
    Ok(plan)
}

pub(super) const PAST_9999: &str = "OverflowError: the fresh token's end lies past the year 9999";

/// The user that drf-jwt rebuilds a token for. Unknown facts are left out.
pub(super) struct Person {
    pub(super) name: Value,
    pub(super) id: Option<Value>,
    pub(super) email: Option<Value>,
}

/// The claims that drf-jwt or the legacy package writes.
pub(super) fn drf_claims(
    settings: &Settings,
    person: &Person,
    keys: &KeySet,
    now: Timestamp,
) -> Result<Draft, OutOfRange> {
    let exp = Claim::new("exp", seconds(end(now, settings.access_lifetime)?));
    let id = person.id.as_ref().map(|id| Claim::value("user_id", id));
    let name = Claim::value("username", &person.name);
    let mut plan;
    if settings.stack == Stack::DrfJwtLegacy {
        plan = Draft::new(settings, None);
        plan.claims.extend(id);
        plan.claims.extend([name, exp]);
        let email = person.email.as_ref();
        plan.claims
            .extend(email.map(|email| Claim::value("email", email)));
    } else {
        plan = Draft::new(settings, signing_kid(settings, keys));
        plan.claims.push(name);
        plan.claims.push(Claim::new("iat", seconds(now.seconds())));
        plan.claims.push(exp);
        if settings.token_id != TokenId::Off {
            plan.claims
                .push(Claim::new("jti", Fill::FreshId(IdForm::Uuid)));
        }
        plan.claims
            .extend(id.filter(|_| settings.payload_include_user_id));
    }
    if settings.allow_refresh {
        plan.claims
            .push(Claim::value("orig_iat", &Value::int(now.seconds())));
    }
    Ok(plan.addressed(settings))
}

/// The `kid` that drf-jwt writes. It writes one only if its keys are a dictionary, that is, if every key has a name.
fn signing_kid<'a>(settings: &Settings, keys: &'a KeySet) -> Option<&'a str> {
    let signs =
        |key: &&Key| key.can_sign() && key.algorithms().contains(&settings.signing_algorithm());
    let mut kids = keys.keys().iter().filter(signs).map(Key::kid);
    let first = kids.next()??;
    kids.all(|kid| kid.is_some()).then_some(first)
}

/// A claim that drf-jwt's refresh copies from the presented token.
pub(super) fn copied(name: &str, value: &Value) -> Claim {
    Claim::value(name, value)
}

#[cfg(test)]
mod tests;
