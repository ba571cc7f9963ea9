//! Checks what a token says: type, times, and the registered claims (RFC 7519 §4.1). A claim of the wrong type fails its check and never counts as absent.
use serde_json::{Value, json};

use crate::core::claims::exact::{Comparison, ComparisonError, Expectation, find, shown, steps};
use crate::core::claims::{Members, Typed, type_name};
use crate::core::policy::{Policy, Unmarked};
use crate::core::profile::language::builtin;
use crate::core::profile::language::forms::RenewalLimit;
use crate::core::profile::{TokenKind, fits, has_a_mark, same_model, same_type, told, written};
use crate::core::time::{NotNumericDate, Timestamp, finer_unit};
use crate::core::token::Unverified;
use crate::core::verdict::{
    Check, CheckResult, Finding, NO_MEMBER_TWICE, NUMERIC_DATE, NUMERIC_DATE_IN_RANGE, Note, Reason,
};

use super::text;

/// Runs all claim checks in order and appends their results to `findings`.
pub(super) fn judge(
    token: &Unverified,
    policy: &Policy,
    now: Timestamp,
    findings: &mut Vec<Finding>,
) {
    let Some(claims) = token.claims() else { return };
    let model = model(token, policy);
    // The marks of another model are not those by which this one tells its kinds.
    let fits = model.as_ref().is_none_or(Finding::ok);
    findings.extend(model);
    findings.extend(kind(token, policy, fits));
    findings.extend(confirmation(claims));
    contents(claims, policy, now, findings);
    if let Some(header) = &token.header.members {
        findings.extend(text::suspicious(header, claims));
    }
}

/// Runs the checks that need nothing but the claims.
pub(super) fn contents(
    claims: &Members,
    policy: &Policy,
    now: Timestamp,
    findings: &mut Vec<Finding>,
) {
    let judged = ClaimsCheck {
        claims,
        policy,
        now,
    };
    judged.times(findings);
    judged.parties(findings);
    judged.asked_for(findings);
}

/// Checks the header's `typ`, if one is requested.
pub(super) fn typ(token: &Unverified, policy: &Policy) -> Option<Finding> {
    let wanted = policy.typ.as_deref()?;
    token.header.members.as_ref()?;
    let finding = match token.typ() {
        Typed::Is(typ) if same_type(&typ, wanted) => {
            Finding::new(Check::Type, CheckResult::Passed).compared(wanted, typ)
        }
        Typed::Is(typ) => Finding::failed(Check::Type, Reason::TypeMismatch).compared(wanted, typ),
        // The structure check reports a `typ` that is not a string.
        Typed::Absent | Typed::Wrong(_) => {
            Finding::failed(Check::Type, Reason::TypeMismatch).compared(wanted, Value::Null)
        }
    };
    Some(finding.of("typ"))
}

/// A token contradicts the model that was asked for if its marks are surely another's, if it has none of that model's marks, or if the store recorded its session
/// under another profile.
fn model(token: &Unverified, policy: &Policy) -> Option<Finding> {
    let required = policy.model.as_ref()?;
    let wanted = required.marked_as.as_deref()?;
    let recognised = token.recognised();
    let is = &*recognised.profile;
    let guessed = || recognised.guess().unwrap_or("plain");
    let other = if let Some(recorded) = &policy.recorded {
        Some(recorded.as_str())
    } else if wanted == "plain" {
        // A server's token may be prolonged as it is; ours have rules that `plain` would set aside.
        Some(recognised.built_in).filter(|name| ["sliding", "pair"].contains(name))
    } else if is == wanted || recognised.built_in == wanted {
        None
    } else {
        let built_in = builtin::model(wanted);
        let marked = built_in.unwrap_or(&required.model);
        match is {
            "plain" => (!has_a_mark(token, marked)).then(guessed),
            // Another profile has more marks. Those that a user says their own profile has are here, too.
            _ if built_in.is_none() && fits(token, marked) => None,
            _ => Some(is),
        }
    };
    let (result, is) = match other.filter(|other| !same_model(other, wanted)) {
        Some(other) => (CheckResult::Failed(Reason::ModelMismatch), other),
        None if wanted == "plain" => return None,
        None => (CheckResult::Passed, wanted),
    };
    Some(Finding::new(Check::Model, result).compared(wanted, is))
}

fn kind(token: &Unverified, policy: &Policy, fits: bool) -> Option<Finding> {
    let wanted = policy.kind?;
    let named = policy.model.as_ref().filter(|_| fits);
    let named = named.map(|required| &*required.model);
    let recognised = token.recognised();
    let own = named
        .filter(|model| model.name != recognised.profile)
        .map(|model| told(token, model));
    let told = own.as_ref().unwrap_or(&recognised.told);
    if told.in_disguise && wanted == TokenKind::Refresh {
        let finding = Finding::failed(Check::Type, Reason::TypeMismatch).of("typ");
        let has = match token.typ() {
            Typed::Is(typ) => Value::from(typ),
            Typed::Absent | Typed::Wrong(_) => Value::Null,
        };
        return Some(finding.compared("rt+jwt", has));
    }
    let failed = || Finding::failed(Check::Kind, Reason::KindMismatch);
    if let (Some(kind), Some((other, member))) = (told.kind, &told.contradiction) {
        return Some(failed().of(member).compared(kind.name(), other.name()));
    }
    let is = told.kind.or(token.taken_for);
    let unmarked = named.filter(|_| is.is_none());
    match (is, unmarked.and_then(written)) {
        // That an access token is an access token is no news, so make no finding.
        (Some(TokenKind::Access), _) if wanted == TokenKind::Access => None,
        (Some(is), _) if is == wanted => {
            Some(Finding::new(Check::Kind, CheckResult::Passed).compared(wanted.name(), is.name()))
        }
        (Some(is), _) => Some(failed().compared(wanted.name(), is.name())),
        (None, Some(member)) if told.stranger.as_deref() == Some(member) => {
            Some(failed().of(member).wanted(wanted.name()))
        }
        (None, Some(member)) => Some(Finding::failed(Check::Kind, Reason::ClaimMissing).of(member)),
        (None, None) => match policy.unmarked {
            Unmarked::Accepted => None,
            Unmarked::Noted => Some(Finding::new(
                Check::Kind,
                CheckResult::Noted(Note::KindUnmarked),
            )),
            Unmarked::Refused => Some(failed().wanted(wanted.name())),
        },
    }
}

/// `cnf` (RFC 7800): whoever presents the token has to prove a key, which no check here can see (`DPoP`, RFC 9449; mutual TLS, RFC 8705).
fn confirmation(claims: &Members) -> Option<Finding> {
    let bound = claims.value("cnf")?;
    let noted = CheckResult::Noted(Note::SenderConstrained);
    Some(
        Finding::new(Check::Confirmation, noted)
            .of("cnf")
            .has(bound),
    )
}

struct ClaimsCheck<'a> {
    claims: &'a Members,
    policy: &'a Policy,
    now: Timestamp,
}

/// A claim that should be a `NumericDate`, as it was read.
enum DateClaim {
    Absent,
    /// The claim is not a `NumericDate`; the finding has been added.
    Malformed,
    At(Timestamp),
}

impl ClaimsCheck<'_> {
    fn times(&self, findings: &mut Vec<Finding>) {
        let leeway = self.policy.leeway;
        let exp = self.date("exp", Check::Expiry, findings);
        match exp {
            DateClaim::Absent if self.policy.require_exp => {
                findings.push(Finding::failed(Check::Expiry, Reason::ClaimMissing).of("exp"));
            }
            DateClaim::Absent => findings.push(
                Finding::new(Check::Expiry, CheckResult::Noted(Note::NeverExpires)).of("exp"),
            ),
            DateClaim::Malformed => {}
            // RFC 7519 §4.1.4: a token is not accepted "on or after" this moment.
            DateClaim::At(exp) => {
                if self.policy.until.is_none() {
                    findings.push(self.before("exp", exp));
                }
                self.min_ttl(exp, findings);
                self.finer_unit("exp", exp, findings);
            }
        }
        // An `exp` that is missing or malformed has been told already.
        if let Some(until) = &self.policy.until
            && (until.claim != "exp" || matches!(exp, DateClaim::At(_)))
        {
            self.renewable(until, findings);
        }
        if let DateClaim::At(nbf) = self.date("nbf", Check::NotBefore, findings) {
            let result = if self.now.plus(leeway) < nbf {
                CheckResult::Failed(Reason::NotYetValid)
            } else {
                CheckResult::Passed
            };
            findings.push(self.compare(Check::NotBefore, "nbf", result, nbf));
            self.finer_unit("nbf", nbf, findings);
        }
        match self.date("iat", Check::IssuedAt, findings) {
            DateClaim::At(iat) => {
                let result = match self.now.plus(leeway) < iat {
                    false => CheckResult::Passed,
                    true if self.policy.refuse_future_iat => {
                        CheckResult::Failed(Reason::IssuedInFuture)
                    }
                    true => CheckResult::Noted(Note::FutureIat),
                };
                findings.push(self.compare(Check::IssuedAt, "iat", result, iat));
                self.finer_unit("iat", iat, findings);
                if let Some(max_age) = self.policy.max_age {
                    let old = self.now > iat.plus(max_age).plus(leeway);
                    let result = if old {
                        CheckResult::Failed(Reason::TooOld)
                    } else {
                        CheckResult::Passed
                    };
                    let age = iat.whole_seconds_until(self.now);
                    findings.push(
                        Finding::new(Check::MaxAge, result)
                            .of("iat")
                            .compared(max_age.seconds(), age),
                    );
                }
            }
            DateClaim::Absent if self.policy.max_age.is_some() => {
                findings.push(Finding::failed(Check::MaxAge, Reason::ClaimMissing).of("iat"));
            }
            DateClaim::Absent | DateClaim::Malformed => {}
        }
        // Of OpenID Connect, and no check's own.
        if let Some(raw) = self.claims.raw("auth_time")
            && let Ok(login) = Timestamp::from_json(raw)
        {
            self.finer_unit("auth_time", login, findings);
        }
        self.session_end(findings);
    }

    /// Checks the moment that takes the place of `exp` for a token that is to be renewed: so long after a claim.
    fn renewable(&self, until: &RenewalLimit, findings: &mut Vec<Finding>) {
        let name = until.claim.as_ref();
        match self.date(name, Check::Expiry, findings) {
            DateClaim::Absent => {
                findings.push(Finding::failed(Check::Expiry, Reason::ClaimMissing).of(name));
            }
            DateClaim::Malformed => {}
            DateClaim::At(from) => {
                findings.push(self.before(name, from.plus(until.span)));
            }
        }
    }

    fn before(&self, name: &str, end: Timestamp) -> Finding {
        let result = if self.now >= end.plus(self.policy.leeway) {
            CheckResult::Failed(Reason::Expired)
        } else {
            CheckResult::Passed
        };
        self.compare(Check::Expiry, name, result, end)
    }

    fn min_ttl(&self, exp: Timestamp, findings: &mut Vec<Finding>) {
        let Some(min_ttl) = self.policy.min_ttl else {
            return;
        };
        let result = if exp < self.now.plus(min_ttl) {
            CheckResult::Failed(Reason::ExpiresSoon)
        } else {
            CheckResult::Passed
        };
        let left = self.now.whole_seconds_until(exp);
        findings.push(
            Finding::new(Check::MinTtl, result)
                .of("exp")
                .compared(min_ttl.seconds(), left),
        );
    }

    fn session_end(&self, findings: &mut Vec<Finding>) {
        let bound = &self.policy.session;
        // If a claim is missing, the check for required claims reports it.
        let malformed = bound.claims().filter(|(name, _)| {
            let date = self.date(name, Check::SessionEnd, findings);
            matches!(date, DateClaim::Malformed)
        });
        if malformed.count() > 0 {
            return;
        }
        if let Some((name, end)) = bound.end(self.claims) {
            let over = self.now >= end.plus(self.policy.leeway);
            let result = if over {
                CheckResult::Failed(Reason::SessionEnded)
            } else {
                CheckResult::Passed
            };
            findings.push(self.compare(Check::SessionEnd, name, result, end));
        }
    }

    fn finer_unit(&self, name: &str, at: Timestamp, findings: &mut Vec<Finding>) {
        if let Some(unit) = finer_unit(at, self.now) {
            let check = match name {
                "exp" => Check::Expiry,
                "nbf" => Check::NotBefore,
                _ => Check::IssuedAt,
            };
            findings.push(
                Finding::new(check, CheckResult::Noted(Note::LooksLike(unit)))
                    .of(name)
                    .has(at.seconds()),
            );
        }
    }

    fn date(&self, name: &str, check: Check, findings: &mut Vec<Finding>) -> DateClaim {
        let Some(raw) = self.claims.raw(name) else {
            return DateClaim::Absent;
        };
        match Timestamp::from_json(raw) {
            Ok(at) => DateClaim::At(at),
            Err(problem) => {
                let (wanted, has) = match problem {
                    NotNumericDate::Type(_) => {
                        (NUMERIC_DATE, self.claims.value(name).unwrap_or(Value::Null))
                    }
                    // The value is text, because something like 1e400 fits no number that we could show.
                    NotNumericDate::Range => (NUMERIC_DATE_IN_RANGE, json!(raw)),
                };
                findings.push(
                    Finding::failed(check, Reason::ClaimMalformed)
                        .of(name)
                        .compared(wanted, has),
                );
                DateClaim::Malformed
            }
        }
    }

    fn compare(&self, check: Check, name: &str, result: CheckResult, at: Timestamp) -> Finding {
        Finding::new(check, result)
            .of(name)
            .compared(self.now.seconds(), at.seconds())
    }

    fn parties(&self, findings: &mut Vec<Finding>) {
        let policy = self.policy;
        self.issuer(findings);
        self.audience(findings);
        self.text(
            "sub",
            Check::Subject,
            policy.subject.as_slice(),
            Reason::SubjectMismatch,
            findings,
        );
        self.text("jti", Check::TokenId, &[], Reason::ClaimMismatch, findings);
    }

    fn issuer(&self, findings: &mut Vec<Finding>) {
        self.text(
            "iss",
            Check::Issuer,
            &self.policy.issuers,
            Reason::IssuerMismatch,
            findings,
        );
    }

    /// Checks that a claim, if present, is a string, and that it equals one of `wanted` if there are any.
    fn text(
        &self,
        name: &str,
        check: Check,
        wanted: &[String],
        reason: Reason,
        findings: &mut Vec<Finding>,
    ) {
        let expected = match wanted {
            [] => Value::Null,
            [one] => json!(one),
            several => json!(several),
        };
        let finding = match self.claims.string(name) {
            Typed::Absent | Typed::Is(_) if wanted.is_empty() => return,
            // A user who asks for another type with `--claim sub:=5` means that type.
            Typed::Wrong(_) if wanted.is_empty() && self.is_asked_for(name) => return,
            Typed::Wrong(_) if wanted.is_empty() && self.has_its_type(name) => return,
            Typed::Absent => Finding::failed(check, Reason::ClaimMissing).wanted(expected),
            Typed::Wrong(_) => Finding::failed(check, Reason::ClaimMalformed)
                .compared("string", self.claims.value(name).unwrap_or(Value::Null)),
            Typed::Is(text) if wanted.contains(&text) => {
                Finding::new(check, CheckResult::Passed).compared(expected, text)
            }
            Typed::Is(text) => Finding::failed(check, reason).compared(expected, text),
        };
        findings.push(finding.of(name));
    }

    /// Whether a claim has a JSON type that its profile allows.
    fn has_its_type(&self, name: &str) -> bool {
        let has = self.claims.raw(name).map(type_name);
        let mut allowed = self.policy.types.iter();
        allowed.any(|(claim, json)| claim == name && has == Some(json))
    }

    /// Checks that each claim has one of the JSON types that its profile allows, if it says so and nothing has been said of the claim yet.
    fn types(&self, findings: &mut Vec<Finding>) {
        let types = &self.policy.types;
        for (at, (name, _)) in types.iter().enumerate() {
            let again = types.iter().take(at).any(|(before, _)| before == name);
            let is_there = self.claims.raw(name).is_some();
            let told = |finding: &Finding| !finding.ok() && finding.claim.as_ref() == Some(name);
            if again
                || !is_there
                || self.is_asked_for(name)
                || self.has_its_type(name)
                || findings.iter().any(told)
            {
                continue;
            }
            let allowed = types.iter().filter(|(one, _)| one == name);
            let allowed: Vec<&str> = allowed.map(|(_, json)| *json).collect();
            let has = self.claims.value(name).unwrap_or(Value::Null);
            let malformed = Finding::failed(Check::Required, Reason::ClaimMalformed);
            findings.push(malformed.of(name).compared(allowed.join(" or "), has));
        }
    }

    /// RFC 7519 §4.1.3: `aud` is a string or an array of strings, and one of them must be a requested audience. Names are compared whole, never in part
    /// (CVE-2024-53861).
    fn audience(&self, findings: &mut Vec<Finding>) {
        let wanted = &self.policy.audiences;
        if wanted.is_empty() && self.has_its_type("aud") {
            return;
        }
        let Some(value) = self.claims.value("aud") else {
            if self.claims.raw("aud").is_some() {
                findings.push(
                    Finding::failed(Check::Audience, Reason::ClaimMalformed)
                        .of("aud")
                        .wanted("string or array of strings"),
                );
            } else if !wanted.is_empty() {
                findings.push(
                    Finding::failed(Check::Audience, Reason::ClaimMissing)
                        .of("aud")
                        .wanted(json!(wanted)),
                );
            }
            return;
        };
        let named: Option<Vec<&str>> = match &value {
            Value::String(one) => Some(vec![one]),
            Value::Array(several) => several.iter().map(Value::as_str).collect(),
            _ => None,
        };
        let finding = match named {
            None => Finding::failed(Check::Audience, Reason::ClaimMalformed)
                .compared("string or array of strings", value),
            Some(_) if wanted.is_empty() && self.policy.require_audience => {
                Finding::failed(Check::Audience, Reason::AudienceMismatch)
                    .compared(Value::Null, value)
            }
            Some(_) if wanted.is_empty() => Finding::new(
                Check::Audience,
                CheckResult::Noted(Note::AudienceNotChecked),
            )
            .has(value),
            Some(named) => {
                let met = named
                    .iter()
                    .any(|name| wanted.iter().any(|wanted| wanted == name));
                let result = if met {
                    CheckResult::Passed
                } else {
                    CheckResult::Failed(Reason::AudienceMismatch)
                };
                Finding::new(Check::Audience, result).compared(json!(wanted), value)
            }
        };
        findings.push(finding.of("aud"));
    }

    fn asked_for(&self, findings: &mut Vec<Finding>) {
        self.types(findings);
        for name in &self.policy.require {
            let said = findings.iter().any(|finding| {
                finding.claim.as_ref() == Some(name)
                    && finding.reason() == Some(Reason::ClaimMissing)
            });
            if said {
                continue;
            }
            // `null` counts as missing, as with PyJWT's `require`.
            let raw = steps(name).and_then(|steps| find(self.claims, &steps).ok().flatten());
            let missing = raw.is_none_or(|raw| type_name(&raw) == "null");
            let result = if missing {
                CheckResult::Failed(Reason::ClaimMissing)
            } else {
                CheckResult::Passed
            };
            findings.push(Finding::new(Check::Required, result).of(name));
        }
        findings.extend(self.policy.expect.iter().map(|asked| self.expected(asked)));
    }

    fn is_asked_for(&self, claim: &str) -> bool {
        self.policy.expect.iter().any(|asked| asked.is_of(claim))
    }

    fn expected(&self, asked: &Expectation) -> Finding {
        let check = match asked.comparison {
            Comparison::Is => Check::Expected,
            Comparison::Has => Check::Has,
        };
        let found = asked.find(self.claims).and_then(|raw| {
            let met = raw.as_deref().map(|raw| asked.is_met_by(raw)).transpose()?;
            Ok(raw.zip(met))
        });
        let finding = match found {
            Ok(Some((raw, true))) => {
                Finding::new(check, CheckResult::Passed).compared(asked.shown.clone(), shown(&raw))
            }
            Ok(Some((raw, false))) => Finding::failed(check, Reason::ClaimMismatch)
                .compared(asked.shown.clone(), shown(&raw)),
            Ok(None) => Finding::failed(check, Reason::ClaimMissing).wanted(asked.shown.clone()),
            // The raw text, because a JSON reader would show only the last of the two members.
            Err(why) => {
                let first = steps(&asked.place).and_then(|steps| steps.into_iter().next());
                let raw = first.and_then(|first| self.claims.raw(&first));
                let wanted = match why {
                    ComparisonError::Twice => NO_MEMBER_TWICE,
                    ComparisonError::Unreadable => "JSON that can be compared",
                };
                Finding::failed(check, Reason::ClaimMalformed)
                    .compared(wanted, raw.map_or(Value::Null, Value::from))
            }
        };
        finding.of(&asked.place)
    }
}
