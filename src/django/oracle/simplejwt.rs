//! djangorestframework-simplejwt 5.5.1: its token checks, in its order, and its views; and what 5.3 does otherwise.
use super::lookup::{UserLookup, by_id};
use super::plan::{YEARS, access_from, encodes, prolonged};
use super::pyjwt::{AudienceCheck, DecodeError, DecodeOptions, KeyLookup, decode_two};
use super::python::{PyDict, PyText, PyValue, rendered, rendered_dict};
use super::response::{AnswerDraft, Stop, detail, non_field_error, string};
use super::{ViewRequest, is_header_space, posted};
use crate::core::algorithm::Algorithm;
use crate::core::emulator::{
    BlacklistEntry, Body, Cause, DatabaseFact, PlannedToken, ServerUser, View,
};
use crate::core::verdict::Reason;
use crate::django::settings::{TokenClass, micros};

/// What simplejwt 5.3 says of a token that it can't decode, and of one that has expired.
const EITHER: &str = "Token is invalid or expired";

/// Why a token class refuses a token.
enum ClassRefusal {
    /// `TokenError`: its text, and the check that failed.
    Token(String, Reason),
    Crash(&'static str),
    NoKey(Algorithm),
}

impl ClassRefusal {
    fn token(text: &str, reason: Reason) -> Self {
        Self::Token(text.to_owned(), reason)
    }
}

/// `InvalidToken`: the answer of the views that tokens are posted to.
impl From<ClassRefusal> for Stop {
    fn from(refused: ClassRefusal) -> Self {
        match refused {
            ClassRefusal::Token(text, reason) => not_valid(&text, Cause::Token(reason)),
            ClassRefusal::Crash(exception) => Self::crash(exception),
            ClassRefusal::NoKey(algorithm) => Self::NoKey(algorithm),
        }
    }
}

fn not_valid(text: &str, cause: Cause) -> Stop {
    AnswerDraft::refused(401, detail(text, Some("token_not_valid")), cause).into()
}

impl ViewRequest<'_> {
    pub(super) fn simplejwt(&mut self, view: View, token: &str) -> Result<AnswerDraft, Stop> {
        match view {
            View::Protected | View::Stateless => self.simple_view(token, view == View::Stateless),
            View::Verify => self.simple_verify(self.field("token", "token", token)?),
            View::Refresh => self.simple_refresh(self.field("refresh", "token", token)?),
            View::SlidingRefresh => {
                self.simple_sliding_refresh(self.field("token", "token", token)?)
            }
            View::Blacklist => {
                self.simple_blacklist(self.field("refresh", "refresh token", token)?)
            }
        }
    }

    /// The posted text. django-ninja-jwt takes any that is not empty as it is; its words for an empty one name what is missing.
    fn field<'t>(&self, name: &'static str, what: &str, text: &'t str) -> Result<&'t str, Stop> {
        if !self.settings.is_ninja {
            return posted(name, text);
        }
        if !text.is_empty() {
            return Ok(text);
        }
        let body = format!(
            "{{\"detail\":\"Invalid input.\",\"code\":\"invalid\",\"{name}\":\"{what} is required\"}}"
        );
        Err(AnswerDraft::refused(400, Body::json(body), Cause::Request).into())
    }

    /// The constructor of a token class: it decodes, then calls `verify`.
    fn simple_token(&mut self, token: &str, class: TokenClass) -> Result<PyDict, ClassRefusal> {
        let settings = self.settings;
        let call = DecodeOptions {
            algorithms: &settings.algorithms,
            keys: self.keys,
            named: if settings.jwk_url.is_some() {
                KeyLookup::Always
            } else {
                KeyLookup::Never
            },
            verify_signature: true,
            verify_exp: true,
            audience: settings
                .audience
                .as_ref()
                .map_or(AudienceCheck::Off, AudienceCheck::OneOf),
            issuer: settings.issuer.as_deref(),
            leeway: self.leeway_seconds(),
            now: self.now,
        };
        let payload = decode_two(token, &call).map_err(|failure| match failure {
            DecodeError::Expired if settings.is_5_3 => ClassRefusal::token(EITHER, Reason::Expired),
            DecodeError::Decode(reason) | DecodeError::Invalid(reason) if settings.is_5_3 => {
                ClassRefusal::token(EITHER, reason)
            }
            DecodeError::Expired => ClassRefusal::token("Token is expired", Reason::Expired),
            DecodeError::Decode(reason) | DecodeError::Invalid(reason) => {
                ClassRefusal::token("Token is invalid", reason)
            }
            DecodeError::Crash(exception) => ClassRefusal::Crash(exception),
            DecodeError::NoKey(algorithm) => ClassRefusal::NoKey(algorithm),
        })?;
        let listable = matches!(class, TokenClass::Refresh | TokenClass::Sliding);
        if listable && settings.blacklist_app {
            let Some(id) = payload.get(&settings.jti_claim) else {
                return Err(ClassRefusal::Crash(
                    "KeyError: the token has no id to look up",
                ));
            };
            if self.simple_is_listed(id)? {
                return Err(ClassRefusal::token("Token is blacklisted", Reason::Revoked));
            }
        }
        self.check_moment(&payload, "exp")?;
        if payload.get(&settings.jti_claim).is_none() {
            return Err(ClassRefusal::token("Token has no id", Reason::ClaimMissing));
        }
        if class != TokenClass::Untyped {
            match payload.get(&settings.token_type_claim) {
                None => {
                    return Err(ClassRefusal::token(
                        "Token has no type",
                        Reason::ClaimMissing,
                    ));
                }
                Some(kind) if kind.is(class.token_type()) => {}
                Some(_) => {
                    return Err(ClassRefusal::token(
                        "Token has wrong type",
                        Reason::KindMismatch,
                    ));
                }
            }
        }
        Ok(payload)
    }

    /// `check_exp`, for `exp` or for a sliding token's refresh end.
    fn check_moment(&self, payload: &PyDict, claim: &str) -> Result<(), ClassRefusal> {
        let Some(value) = payload.get(claim) else {
            let text = format!("Token has no '{claim}' claim");
            return Err(ClassRefusal::Token(text, Reason::ClaimMissing));
        };
        let end = from_timestamp(value).map_err(ClassRefusal::Crash)?;
        let now = i128::from(self.now.seconds()) * 1_000_000 + i128::from(self.now.nanos() / 1000);
        if end <= now - micros(self.settings.leeway) {
            let text = format!("Token '{claim}' claim has expired");
            let reason = if claim == "exp" {
                Reason::Expired
            } else {
                Reason::SessionEnded
            };
            return Err(ClassRefusal::Token(text, reason));
        }
        Ok(())
    }

    /// Whether the blacklist holds an id. Django compares ids as text.
    fn simple_is_listed(&mut self, id: &PyValue) -> Result<bool, ClassRefusal> {
        if *id == PyValue::None {
            // Django would look for NULL, which no row has.
            return Ok(false);
        }
        match (id.to_text(), self.database.blacklisted) {
            (PyText::Broken(_), _) => Err(ClassRefusal::Crash(
                "UnicodeEncodeError: the token's id has half a surrogate pair",
            )),
            (PyText::Plain(text), Some(blacklisted)) => Ok(blacklisted(BlacklistEntry::Id(&text))),
            (PyText::Plain(_), None) => {
                self.unchecked(DatabaseFact::Blacklist);
                Ok(false)
            }
        }
    }

    fn simple_verify(&mut self, token: &str) -> Result<AnswerDraft, Stop> {
        let payload = self.simple_token(token, TokenClass::Untyped)?;
        if self.settings.blacklist_after_rotation && self.settings.blacklist_app {
            let id = payload.get(&self.settings.jti_claim);
            if self.simple_is_listed(id.unwrap_or(&PyValue::None))? {
                let body = non_field_error("Token is blacklisted");
                return Err(AnswerDraft::refused(400, body, Cause::Token(Reason::Revoked)).into());
            }
        }
        Ok(AnswerDraft::done(200, Body::json("{}"), Vec::new()))
    }

    fn simple_refresh(&mut self, token: &str) -> Result<AnswerDraft, Stop> {
        let payload = self.simple_token(token, TokenClass::Refresh)?;
        let settings = self.settings;
        let user_id = payload.get(&settings.user_id_claim);
        if let Some(id) = user_id.filter(|id| id.is_truthy() && !settings.is_5_3) {
            match by_id(self.database, id) {
                UserLookup::Found(user) if settings.check_user_is_active && !user.active => {
                    let text = "No active account found for the given token.";
                    let body = detail(text, None);
                    return Err(AnswerDraft::refused(401, body, Cause::UserInactive).into());
                }
                UserLookup::Found(_) => {}
                UserLookup::Missing => {
                    return Err(Stop::crash(
                        "User.DoesNotExist: there is no user of that id",
                    ));
                }
                UserLookup::Unknown => self.user_unchecked(),
                UserLookup::Crash(exception) => return Err(Stop::crash(exception)),
            }
        }
        let access = access_from(settings, &payload, self.now).map_err(Stop::crash)?;
        let mut minted = vec![PlannedToken {
            field: "access",
            plan: access.into(),
        }];
        if settings.rotate {
            if settings.blacklist_app && !settings.is_5_3 {
                // Blacklisting the old token and recording the new one look the user up again, even if the id is falsy.
                self.listed_for(user_id)?;
            }
            let plan = prolonged(settings, &payload, TokenClass::Refresh, self.now)
                .map_err(Stop::crash)?;
            minted.push(PlannedToken {
                field: "refresh",
                plan: plan.into(),
            });
        }
        let body = match (settings.is_ninja, settings.rotate) {
            (false, false) => Body::json("{\"access\":").then_token(0),
            (false, true) => Body::json("{\"access\":")
                .then_token(0)
                .then(",\"refresh\":")
                .then_token(1),
            // It always has both. Without rotation the refresh token is the one that was posted.
            (true, false) => {
                Body::json(format!("{{\"refresh\":{},\"access\":", string(token))).then_token(0)
            }
            (true, true) => Body::json("{\"refresh\":")
                .then_token(1)
                .then(",\"access\":")
                .then_token(0),
        };
        Ok(AnswerDraft::done(200, body.then("}"), minted))
    }

    /// Looks up the user for a blacklist row. A missing user is fine, but an id of the wrong form crashes the query.
    fn listed_for(&mut self, user_id: Option<&PyValue>) -> Result<(), Stop> {
        match by_id(self.database, user_id.unwrap_or(&PyValue::None)) {
            UserLookup::Crash(exception) => Err(Stop::crash(exception)),
            UserLookup::Found(_) | UserLookup::Missing | UserLookup::Unknown => Ok(()),
        }
    }

    fn simple_sliding_refresh(&mut self, token: &str) -> Result<AnswerDraft, Stop> {
        let payload = self.simple_token(token, TokenClass::Sliding)?;
        self.check_moment(&payload, &self.settings.sliding_refresh_exp_claim)?;
        let plan = prolonged(self.settings, &payload, TokenClass::Sliding, self.now)
            .map_err(Stop::crash)?;
        let minted = vec![PlannedToken {
            field: "token",
            plan: plan.into(),
        }];
        let body = Body::json("{\"token\":").then_token(0).then("}");
        Ok(AnswerDraft::done(200, body, minted))
    }

    fn simple_blacklist(&mut self, token: &str) -> Result<AnswerDraft, Stop> {
        let payload = self.simple_token(token, TokenClass::Refresh)?;
        if self.settings.blacklist_app {
            if !self.settings.is_5_3 {
                self.listed_for(payload.get(&self.settings.user_id_claim))?;
            }
            // The row holds the token's text, which simplejwt encodes again.
            encodes(self.settings, &payload).map_err(Stop::crash)?;
        }
        Ok(AnswerDraft::done(200, Body::json("{}"), Vec::new()))
    }

    fn simple_view(&mut self, token: &str, stateless: bool) -> Result<AnswerDraft, Stop> {
        let mut parts = token.split(is_header_space).filter(|part| !part.is_empty());
        let token = match (parts.next(), parts.next()) {
            _ if self.settings.is_ninja => Some(token),
            (Some(token), None) => Some(token),
            _ => None,
        };
        let Some(token) = token else {
            let text = "Authorization header must contain two space-delimited values";
            let body = detail(text, Some("bad_authorization_header"));
            return Err(AnswerDraft::refused(401, body, Cause::Request).into());
        };
        let mut messages = Vec::new();
        let mut first = None;
        for class in &self.settings.auth_token_classes {
            match self.simple_token(token, *class) {
                Ok(payload) if stateless => return self.stateless(&payload),
                Ok(payload) => return self.authenticated(&payload),
                Err(ClassRefusal::Token(text, reason)) => {
                    messages.push(format!(
                        "{{\"token_class\":\"{}\",\"token_type\":\"{}\",\"message\":{}}}",
                        class.name(),
                        class.token_type(),
                        string(&text)
                    ));
                    first = first.or(Some(reason));
                }
                Err(other) => return Err(other.into()),
            }
        }
        let body = Body::json(format!(
            "{{\"detail\":\"Given token not valid for any token type\",\"code\":\"token_not_valid\",\"messages\":[{}]}}",
            messages.join(",")
        ));
        let cause = Cause::Token(first.unwrap_or(Reason::KindMismatch));
        Err(AnswerDraft::refused(401, body, cause).into())
    }

    /// What `get_user` does.
    fn authenticated(&mut self, payload: &PyDict) -> Result<AnswerDraft, Stop> {
        let settings = self.settings;
        let refused = |text: &str, code, cause| {
            let code = if settings.is_ninja {
                "authentication_failed"
            } else {
                code
            };
            Err(AnswerDraft::refused(401, detail(text, Some(code)), cause).into())
        };
        let id = payload.get(&settings.user_id_claim).ok_or_else(no_user)?;
        let user = match by_id(self.database, id) {
            UserLookup::Found(user) => Some(user),
            UserLookup::Missing => {
                return refused("User not found", "user_not_found", Cause::UserUnknown);
            }
            UserLookup::Unknown => {
                self.user_unchecked();
                None
            }
            UserLookup::Crash(exception) => return Err(Stop::crash(exception)),
        };
        let user = user.as_ref();
        if settings.check_user_is_active && user.is_some_and(|user| !user.active) {
            return refused("User is inactive", "user_inactive", Cause::UserInactive);
        }
        if settings.check_revoke_token {
            let claim = payload.get(&settings.revoke_token_claim);
            if self.is_revoked(claim.unwrap_or(&PyValue::None), user) {
                let text = "The user's password has been changed.";
                return refused(text, "password_changed", Cause::PasswordChanged);
            }
        }
        let name = user.map_or(PyValue::None, |user| PyValue::str(&user.name));
        let id = user.map_or_else(|| id.clone(), |user| PyValue::str(&user.id.to_string()));
        Ok(whoami(&name, &id, payload))
    }

    /// Whether the claim is not the hash of the user's password. That is certain if the claim can't be an MD5 hash at all.
    fn is_revoked(&mut self, claim: &PyValue, user: Option<&ServerUser>) -> bool {
        if let Some(hash) = user.and_then(|user| user.password_hash.as_ref()) {
            return !claim.is(hash);
        }
        let could_be = match claim {
            PyValue::Str(PyText::Plain(text)) => {
                let digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'A'..=b'F');
                text.len() == 32 && text.bytes().all(digit)
            }
            _ => false,
        };
        if could_be {
            self.unchecked(DatabaseFact::Password);
        }
        !could_be
    }

    fn stateless(&self, payload: &PyDict) -> Result<AnswerDraft, Stop> {
        let claim = payload.get(&self.settings.user_id_claim);
        let id = claim.ok_or_else(no_user)?;
        let empty = PyValue::str("");
        let name = payload.get("username").unwrap_or(&empty);
        Ok(whoami(name, id, payload))
    }

    fn user_unchecked(&mut self) {
        self.unchecked(DatabaseFact::UserExists);
        if self.settings.check_user_is_active {
            self.unchecked(DatabaseFact::UserActive);
        }
    }
}

fn no_user() -> Stop {
    let text = "Token contained no recognizable user identification";
    not_valid(text, Cause::Token(Reason::ClaimMissing))
}

fn whoami(name: &PyValue, id: &PyValue, payload: &PyDict) -> AnswerDraft {
    let id = PyValue::Str(id.to_text());
    let body = format!(
        "{{\"user\":{},\"id\":{},\"claims\":{}}}",
        rendered(name),
        rendered(&id),
        rendered_dict(payload)
    );
    AnswerDraft::done(200, Body::json(body), Vec::new())
}

/// `datetime.fromtimestamp` in microseconds. It accepts only a number within the years 1 to 9999.
pub(super) fn from_timestamp(value: &PyValue) -> Result<i128, &'static str> {
    const RANGE: &str = "ValueError: a time claim outside the years 1 to 9999";
    let micros = match value {
        PyValue::Bool(value) => i128::from(*value) * 1_000_000,
        PyValue::Int(value) => value.saturated().saturating_mul(1_000_000),
        PyValue::Float(value) if value.is_finite() => {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "beyond 128 bits the nearest end is taken, which is out of range too"
            )]
            let (whole, fraction) = (
                value.trunc() as i128,
                (value.fract() * 1e6).round_ties_even() as i128,
            );
            whole.saturating_mul(1_000_000).saturating_add(fraction)
        }
        PyValue::Float(_) => return Err("ValueError: a time claim that is no finite number"),
        _ => return Err("TypeError: a time claim that is not a number"),
    };
    let seconds = i64::try_from(micros.div_euclid(1_000_000)).map_err(|_| RANGE)?;
    if YEARS.contains(&seconds) {
        Ok(micros)
    } else {
        Err(RANGE)
    }
}
