//! drf-jwt 1.19.2 and djangorestframework-jwt 1.11.0, the package that it was forked from: their checks, in their order, and their views.
use super::lookup::{UserLookup, by_name, id_value};
use super::plan::{OutOfRange, PAST_9999, TokenDraft, UserFacts, copied, drf_claims};
use super::pyjwt::{
    AudienceCheck, DecodeError, DecodeOptions, KeyLookup, decode_one, decode_two, header_two,
};
use super::python::{PyDict, PyText, PyValue, rendered, total_seconds};
use super::response::{AnswerDraft, Stop, detail, non_field_error, string};
use super::simplejwt::from_timestamp;
use super::{ViewRequest, is_header_space, posted};
use crate::core::emulator::{BlacklistEntry, Body, Cause, DatabaseFact, PlannedToken, View};
use crate::core::verdict::Reason;
use crate::django::settings::{Stack, TokenId, micros};

/// Where a failure is reported: a view answers with 401, an endpoint that tokens are posted to with 400.
#[derive(Clone, Copy, PartialEq, Eq)]
enum EndpointKind {
    View,
    Post,
}

impl EndpointKind {
    fn refuse(self, text: &str, cause: Cause) -> Stop {
        match self {
            Self::View => AnswerDraft::refused(401, detail(text, None), cause),
            Self::Post => AnswerDraft::refused(400, non_field_error(text), cause),
        }
        .into()
    }
    fn token(self, text: &str, reason: Reason) -> Stop {
        self.refuse(text, Cause::Token(reason))
    }
}

impl ViewRequest<'_> {
    /// Answers as drf-jwt, the fork, does.
    pub(super) fn drf_jwt(&mut self, view: View, token: &str) -> Result<AnswerDraft, Stop> {
        if matches!(view, View::Protected | View::Blacklist) {
            // drf-jwt splits the header at single spaces and needs exactly two parts. White space at the end of the header never reaches it.
            let token = token.trim_end_matches(is_header_space);
            if token.is_empty() || token.contains(' ') {
                let text = "Authentication credentials were not provided.";
                return Err(EndpointKind::View.refuse(text, Cause::Request));
            }
            let payload = self.fork_payload(token, EndpointKind::View)?;
            let person = self.drf_user(&payload, EndpointKind::View)?;
            if view == View::Protected {
                return Ok(whoami(&person));
            }
            return self.fork_blacklist(token, &payload);
        }
        let token = posted("token", token)?;
        let payload = self.fork_payload(token, EndpointKind::Post)?;
        let person = self.drf_user(&payload, EndpointKind::Post)?;
        if view == View::Verify {
            let issued_at = payload.get("iat").unwrap_or(&PyValue::None);
            if !issued_at.renders() {
                return Err(Stop::crash("ValueError: iat can't be rendered"));
            }
            let body = format!(
                "{{\"pk\":{},\"token\":{}}}",
                rendered(issued_at),
                string(token)
            );
            return Ok(AnswerDraft::done(201, Body::json(body), Vec::new()));
        }
        self.fork_refresh(&payload, &person)
    }

    /// What `jwt_decode_token` and the blacklist check do.
    fn fork_payload(&mut self, token: &str, at: EndpointKind) -> Result<PyDict, Stop> {
        let decoded = self.fork_decode(token);
        let payload = decoded.map_err(|failure| match failure {
            DecodeError::Expired => at.token("Token has expired.", Reason::Expired),
            DecodeError::Decode(reason) => at.token("Error decoding token.", reason),
            DecodeError::Invalid(reason) => at.token("Invalid token.", reason),
            DecodeError::Crash(exception) => Stop::crash(exception),
            DecodeError::NoKey(algorithm) => Stop::NoKey(algorithm),
        })?;
        if self.settings.blacklist_app && self.fork_is_listed(token, &payload, at)? {
            let (text, cause) = ("Token is blacklisted.", Cause::Token(Reason::Revoked));
            return Err(match at {
                EndpointKind::View => AnswerDraft::refused(403, detail(text, None), cause).into(),
                EndpointKind::Post => at.refuse(text, cause),
            });
        }
        Ok(payload)
    }

    fn fork_decode(&self, token: &str) -> Result<PyDict, DecodeError> {
        let header = header_two(token)?;
        let alg = header
            .alg()
            .ok_or(DecodeError::Crash("KeyError: the header has no alg"))?;
        let algorithms = &self.settings.algorithms;
        let Some(algorithm) = algorithms.iter().find(|algorithm| alg.is(algorithm.name())) else {
            return Err(DecodeError::Invalid(if alg.is("none") {
                Reason::Unsigned
            } else {
                Reason::AlgorithmNotAllowed
            }));
        };
        if algorithm.is_hmac() {
            // drf-jwt reads the payload once before, to find the user whose key it might be.
            header.unverified()?;
        }
        let named = KeyLookup::IfKid {
            insist: self.settings.insist_on_kid,
        };
        decode_two(token, &self.drf_call(named))
    }

    fn drf_call(&self, named: KeyLookup) -> DecodeOptions<'_> {
        let settings = self.settings;
        DecodeOptions {
            algorithms: &settings.algorithms,
            keys: self.keys,
            named,
            verify_signature: settings.verify,
            verify_exp: settings.verify_expiration,
            audience: settings
                .audience
                .as_ref()
                .map_or(AudienceCheck::Absent, AudienceCheck::OneOf),
            issuer: settings.issuer.as_deref(),
            leeway: self.leeway_seconds(),
            now: self.now,
        }
    }

    /// `BlacklistedToken.is_blocked`. Django's own field fails on an id that is not a UUID: a serializer turns that into an answer, a view into a 500.
    fn fork_is_listed(
        &mut self,
        token: &str,
        payload: &PyDict,
        at: EndpointKind,
    ) -> Result<bool, Stop> {
        let id = family(payload);
        let mut looked_for = Vec::new();
        if self.settings.token_id != TokenId::Off
            && let Some(id) = id
        {
            let Some(hex) = uuid_hex(id) else {
                return Err(match (at, id.to_text()) {
                    (EndpointKind::Post, PyText::Plain(text)) => {
                        let text = format!("“{text}” is not a valid UUID.");
                        at.token(&text, Reason::ClaimMalformed)
                    }
                    _ => Stop::crash("ValidationError: the token's id is not a UUID"),
                });
            };
            looked_for.push(hex);
        }
        let Some(blacklisted) = self.database.blacklisted else {
            self.unchecked(DatabaseFact::Blacklist);
            return Ok(false);
        };
        let by_text =
            self.settings.token_id != TokenId::Require && blacklisted(BlacklistEntry::Token(token));
        Ok(by_text
            || looked_for
                .iter()
                .any(|id| blacklisted(BlacklistEntry::Id(id))))
    }

    /// Finds the user that `username` names, with the checks of both packages.
    fn drf_user(&mut self, payload: &PyDict, at: EndpointKind) -> Result<UserFacts, Stop> {
        let legacy = self.settings.stack == Stack::DrfJwtLegacy;
        let invalid = |reason| at.token("Invalid token.", reason);
        let Some(name) = payload.get("username").filter(|name| name.is_truthy()) else {
            return Err(if legacy || at == EndpointKind::View {
                at.token("Invalid payload.", Reason::ClaimMissing)
            } else {
                invalid(Reason::ClaimMissing)
            });
        };
        let has_id = payload.get("jti").is_some_and(PyValue::is_truthy);
        if at == EndpointKind::Post && self.requires_id() && !has_id {
            return Err(invalid(Reason::ClaimMissing));
        }
        match by_name(self.database, name) {
            UserLookup::Found(user) if !user.active => {
                Err(at.refuse("User account is disabled.", Cause::UserInactive))
            }
            UserLookup::Found(user) => Ok(UserFacts {
                name: PyValue::str(&user.name),
                id: Some(id_value(&user.id)),
                email: Some(PyValue::str(&user.email)),
            }),
            UserLookup::Missing => Err(at.refuse(
                match (at, legacy) {
                    (EndpointKind::Post, _) => "User doesn't exist.",
                    (EndpointKind::View, true) => "Invalid signature.",
                    (EndpointKind::View, false) => "Invalid token.",
                },
                Cause::UserUnknown,
            )),
            UserLookup::Unknown => {
                self.unchecked(DatabaseFact::UserExists);
                self.unchecked(DatabaseFact::UserActive);
                Ok(UserFacts {
                    name: PyValue::Str(name.to_text()),
                    id: payload.get("user_id").cloned(),
                    email: payload.get("email").cloned(),
                })
            }
            UserLookup::Crash(exception) => Err(Stop::crash(exception)),
        }
    }

    fn requires_id(&self) -> bool {
        self.settings.stack == Stack::DrfJwt && self.settings.token_id == TokenId::Require
    }

    fn fork_refresh(&mut self, payload: &PyDict, person: &UserFacts) -> Result<AnswerDraft, Stop> {
        let missing = "orig_iat field not found in token.";
        let orig_iat = payload
            .get("orig_iat")
            .filter(|value| **value != PyValue::None)
            .ok_or_else(|| EndpointKind::Post.token(missing, Reason::ClaimMissing))?;
        let limit = total_seconds(micros(self.settings.refresh_lifetime));
        self.refreshable(orig_iat, limit)?;
        let mut plan = self.rebuilt(person)?;
        plan.set(copied("orig_iat", orig_iat));
        if let Some(id) = family(payload).filter(|id| id.is_truthy()) {
            plan.set(copied("orig_jti", id));
        }
        let pk = self.now.seconds();
        let body = Body::json(format!("{{\"pk\":{pk},\"token\":")).then_token(0);
        Ok(fresh(201, body, plan))
    }

    /// `now > orig_iat + limit` in Python's arithmetic, which can't add a number to a text or a list.
    fn refreshable(&self, orig_iat: &PyValue, limit: f64) -> Result<(), Stop> {
        let start = match orig_iat.number() {
            None => return Err(Stop::crash("TypeError: orig_iat is not a number")),
            Some(Err(_)) => return Err(Stop::crash("OverflowError: orig_iat is too large")),
            Some(Ok(start)) => start,
        };
        let now = total_seconds(i128::from(self.now.seconds()) * 1_000_000);
        // A comparison with NaN is false, so a NaN never counts as past.
        still_refreshable(now > start + limit)
    }

    /// A token made anew for the user. It loses any claims that only the old token had.
    fn rebuilt(&mut self, person: &UserFacts) -> Result<TokenDraft, Stop> {
        let legacy = self.settings.stack == Stack::DrfJwtLegacy;
        if person.id.is_none() && (legacy || self.settings.payload_include_user_id) {
            self.unchecked(DatabaseFact::UserId);
        }
        if person.email.is_none() && legacy {
            self.unchecked(DatabaseFact::Email);
        }
        drf_claims(self.settings, person, self.keys, self.now)
            .map_err(|OutOfRange| Stop::crash(PAST_9999))
    }

    /// The serializer's `save`, after its validation. A refusal here is a bare list.
    fn fork_blacklist(&mut self, token: &str, payload: &PyDict) -> Result<AnswerDraft, Stop> {
        let lifetime = micros(self.settings.access_lifetime);
        let now = PyValue::int(self.now.seconds());
        let issued = payload.get("iat").unwrap_or(&now);
        let issued = match issued.number() {
            None => return Err(Stop::crash("TypeError: iat is not a number")),
            Some(Err(_)) => return Err(Stop::crash("OverflowError: iat is too large")),
            Some(Ok(issued)) => issued,
        };
        if self.requires_id() && !payload.get("jti").is_some_and(PyValue::is_truthy) {
            let body = Body::json("[\"Invalid token.\"]");
            let cause = Cause::Token(Reason::ClaimMissing);
            return Err(AnswerDraft::refused(400, body, cause).into());
        }
        from_timestamp(&PyValue::Float(issued + total_seconds(lifetime))).map_err(Stop::crash)?;
        if family(payload).is_some_and(|id| uuid_hex(id).is_none()) {
            return Err(Stop::crash("ValidationError: the token's id is not a UUID"));
        }
        let token = if self.requires_id() {
            "null".to_owned()
        } else {
            string(token)
        };
        let body = Body::json(format!("{{\"token\":{token}}}"));
        Ok(AnswerDraft::done(201, body, Vec::new()))
    }

    /// Answers as the legacy package does.
    pub(super) fn legacy(&mut self, view: View, token: &str) -> Result<AnswerDraft, Stop> {
        if view == View::Protected {
            let mut parts = token.split(is_header_space).filter(|part| !part.is_empty());
            let token = match (parts.next(), parts.next()) {
                (Some(token), None) => token,
                (None, _) => {
                    let text = "Invalid Authorization header. No credentials provided.";
                    return Err(EndpointKind::View.refuse(text, Cause::Request));
                }
                (Some(_), Some(_)) => {
                    let text = "Invalid Authorization header. Credentials string should not contain spaces.";
                    return Err(EndpointKind::View.refuse(text, Cause::Request));
                }
            };
            let payload = self.legacy_payload(token, EndpointKind::View)?;
            return Ok(whoami(&self.drf_user(&payload, EndpointKind::View)?));
        }
        let token = posted("token", token)?;
        let payload = self.legacy_payload(token, EndpointKind::Post)?;
        let person = self.drf_user(&payload, EndpointKind::Post)?;
        if view == View::Verify {
            let body = format!("{{\"token\":{}}}", string(token));
            return Ok(AnswerDraft::done(200, Body::json(body), Vec::new()));
        }
        let orig_iat = payload
            .get("orig_iat")
            .filter(|value| value.is_truthy())
            .ok_or_else(|| {
                EndpointKind::Post.token("orig_iat field is required.", Reason::ClaimMissing)
            })?;
        // The limit here is a whole number, and Python adds it to an integer of any size.
        let limit = i128::from(self.settings.refresh_lifetime.as_secs());
        match orig_iat {
            PyValue::Int(start) => {
                still_refreshable(
                    start.saturated().saturating_add(limit) < self.now.seconds().into(),
                )?;
            }
            other => self.refreshable(other, total_seconds(limit * 1_000_000))?,
        }
        let mut plan = self.rebuilt(&person)?;
        plan.set(copied("orig_iat", orig_iat));
        Ok(fresh(200, Body::json("{\"token\":").then_token(0), plan))
    }

    fn legacy_payload(&self, token: &str, at: EndpointKind) -> Result<PyDict, Stop> {
        decode_one(token, &self.drf_call(KeyLookup::Never)).map_err(|failure| match (failure, at) {
            (DecodeError::Expired, _) => at.token("Signature has expired.", Reason::Expired),
            (DecodeError::Decode(reason), _) => at.token("Error decoding signature.", reason),
            (DecodeError::Invalid(reason), EndpointKind::View) => {
                at.token("Incorrect authentication credentials.", reason)
            }
            // The serializers catch the two exceptions above and no other.
            (DecodeError::Invalid(_), EndpointKind::Post) => {
                Stop::crash("InvalidTokenError: not caught where tokens are posted")
            }
            (DecodeError::Crash(exception), _) => Stop::crash(exception),
            (DecodeError::NoKey(algorithm), _) => Stop::NoKey(algorithm),
        })
    }
}

fn still_refreshable(is_past: bool) -> Result<(), Stop> {
    if is_past {
        return Err(EndpointKind::Post.token("Refresh has expired.", Reason::SessionEnded));
    }
    Ok(())
}

/// `payload.get('orig_jti') or payload.get('jti')`: the id that all tokens of a family share.
fn family(payload: &PyDict) -> Option<&PyValue> {
    let orig = payload.get("orig_jti").filter(|id| id.is_truthy());
    orig.or_else(|| payload.get("jti"))
        .filter(|id| **id != PyValue::None)
}

/// An id as Django's UUID field reads it, in 32 hexadecimal digits.
fn uuid_hex(id: &PyValue) -> Option<String> {
    let number = match id {
        PyValue::Str(text) => {
            let text = text.as_str()?.replace("urn:", "").replace("uuid:", "");
            let hex = text.trim_matches(['{', '}']).replace('-', "");
            let valid = hex.len() == 32 && hex.bytes().all(|byte| byte.is_ascii_hexdigit());
            return valid.then(|| hex.to_ascii_lowercase());
        }
        PyValue::Bool(value) => u128::from(*value),
        PyValue::Int(value) => value.digits().parse().ok()?,
        _ => return None,
    };
    Some(format!("{number:032x}"))
}

fn whoami(person: &UserFacts) -> AnswerDraft {
    let id = person.id.as_ref().unwrap_or(&PyValue::None);
    let body = format!(
        "{{\"user\":{},\"id\":{}}}",
        rendered(&person.name),
        rendered(id)
    );
    AnswerDraft::done(200, Body::json(body), Vec::new())
}

fn fresh(status: u16, body: Body, plan: TokenDraft) -> AnswerDraft {
    let minted = vec![PlannedToken {
        field: "token",
        plan: plan.into(),
    }];
    AnswerDraft::done(status, body.then("}"), minted)
}
