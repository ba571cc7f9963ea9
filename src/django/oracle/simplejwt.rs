//! djangorestframework-simplejwt 5.5.1: its token checks, in its order, and its views.
use super::lookup::{Lookup, by_id};
use super::plan::{YEARS, access_from, encodes, prolonged};
use super::pyjwt::{AudienceCheck, Call, Failure, Named, decode_two};
use super::python::{Dict, Text, Value, rendered, rendered_dict};
use super::response::{Ended, Response, detail, non_field_error, string};
use super::{Request, is_header_space, posted};
use crate::core::algorithm::Algorithm;
use crate::core::emulator::{Body, Cause, Listed, Minted, Unchecked, User, View};
use crate::core::verdict::Reason;
use crate::django::settings::{TokenClass, micros};

/// Why a token class refuses a token.
enum Refused {
    /// `TokenError`: its text, and the check that failed.
    Token(String, Reason),
    Crash(&'static str),
    NoKey(Algorithm),
}

impl Refused {
    fn token(text: &str, reason: Reason) -> Self {
        Self::Token(text.to_owned(), reason)
    }
}

/// `InvalidToken`: the answer of the views that tokens are posted to.
impl From<Refused> for Ended {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Token(text, reason) => not_valid(&text, Cause::Token(reason)),
            Refused::Crash(exception) => Self::crash(exception),
            Refused::NoKey(algorithm) => Self::NoKey(algorithm),
        }
    }
}

fn not_valid(text: &str, cause: Cause) -> Ended {
    Response::refused(401, detail(text, Some("token_not_valid")), cause).into()
}

impl Request<'_> {
    pub(super) fn simplejwt(&mut self, view: View, token: &str) -> Result<Response, Ended> {
        match view {
            View::View | View::Stateless => self.simple_view(token, view == View::Stateless),
            View::Verify => self.simple_verify(posted("token", token)?),
            View::Refresh => self.simple_refresh(posted("refresh", token)?),
            View::SlidingRefresh => self.simple_sliding_refresh(posted("token", token)?),
            View::Blacklist => self.simple_blacklist(posted("refresh", token)?),
        }
    }

    /// The constructor of a token class: it decodes, then calls `verify`.
    fn simple_token(&mut self, token: &str, class: TokenClass) -> Result<Dict, Refused> {
        let settings = self.settings;
        let call = Call {
            algorithms: &settings.algorithms,
            keys: self.keys,
            named: if settings.jwk_url.is_some() {
                Named::Always
            } else {
                Named::Never
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
            Failure::Expired => Refused::token("Token is expired", Reason::Expired),
            Failure::Decode(reason) | Failure::Invalid(reason) => {
                Refused::token("Token is invalid", reason)
            }
            Failure::Crash(exception) => Refused::Crash(exception),
            Failure::NoKey(algorithm) => Refused::NoKey(algorithm),
        })?;
        let listable = matches!(class, TokenClass::Refresh | TokenClass::Sliding);
        if listable && settings.blacklist_app {
            let Some(id) = payload.get(&settings.jti_claim) else {
                return Err(Refused::Crash("KeyError: the token has no id to look up"));
            };
            if self.simple_is_listed(id)? {
                return Err(Refused::token("Token is blacklisted", Reason::Revoked));
            }
        }
        self.check_moment(&payload, "exp")?;
        if payload.get(&settings.jti_claim).is_none() {
            return Err(Refused::token("Token has no id", Reason::ClaimMissing));
        }
        if class != TokenClass::Untyped {
            match payload.get(&settings.token_type_claim) {
                None => return Err(Refused::token("Token has no type", Reason::ClaimMissing)),
                Some(kind) if kind.is(class.token_type()) => {}
                Some(_) => {
                    return Err(Refused::token("Token has wrong type", Reason::KindMismatch));
                }
            }
        }
        Ok(payload)
    }

    /// `check_exp`, for `exp` or for a sliding token's refresh end.
    fn check_moment(&self, payload: &Dict, claim: &str) -> Result<(), Refused> {
        let Some(value) = payload.get(claim) else {
            let text = format!("Token has no '{claim}' claim");
            return Err(Refused::Token(text, Reason::ClaimMissing));
        };
        let end = from_timestamp(value).map_err(Refused::Crash)?;
        let now = i128::from(self.now.seconds()) * 1_000_000 + i128::from(self.now.nanos() / 1000);
        if end <= now - micros(self.settings.leeway) {
            let text = format!("Token '{claim}' claim has expired");
            let reason = if claim == "exp" {
                Reason::Expired
            } else {
                Reason::SessionEnded
            };
            return Err(Refused::Token(text, reason));
        }
        Ok(())
    }

    /// Whether the blacklist holds an id. Django compares ids as text.
    fn simple_is_listed(&mut self, id: &Value) -> Result<bool, Refused> {
        if *id == Value::None {
            // Django would look for NULL, which no row has.
            return Ok(false);
        }
        match (id.to_text(), self.database.blacklisted) {
            (Text::Broken(_), _) => Err(Refused::Crash(
                "UnicodeEncodeError: the token's id has half a surrogate pair",
            )),
            (Text::Plain(text), Some(blacklisted)) => Ok(blacklisted(Listed::Id(&text))),
            (Text::Plain(_), None) => {
                self.unchecked(Unchecked::Blacklist);
                Ok(false)
            }
        }
    }

    fn simple_verify(&mut self, token: &str) -> Result<Response, Ended> {
        let payload = self.simple_token(token, TokenClass::Untyped)?;
        if self.settings.blacklist_after_rotation && self.settings.blacklist_app {
            let id = payload.get(&self.settings.jti_claim);
            if self.simple_is_listed(id.unwrap_or(&Value::None))? {
                let body = non_field_error("Token is blacklisted");
                return Err(Response::refused(400, body, Cause::Token(Reason::Revoked)).into());
            }
        }
        Ok(Response::done(200, Body::json("{}"), Vec::new()))
    }

    fn simple_refresh(&mut self, token: &str) -> Result<Response, Ended> {
        let payload = self.simple_token(token, TokenClass::Refresh)?;
        let settings = self.settings;
        let user_id = payload.get(&settings.user_id_claim);
        if let Some(id) = user_id.filter(|id| id.is_truthy()) {
            match by_id(self.database, id) {
                Lookup::Found(user) if settings.check_user_is_active && !user.active => {
                    let text = "No active account found for the given token.";
                    let body = detail(text, None);
                    return Err(Response::refused(401, body, Cause::UserInactive).into());
                }
                Lookup::Found(_) => {}
                Lookup::Missing => {
                    return Err(Ended::crash(
                        "User.DoesNotExist: there is no user of that id",
                    ));
                }
                Lookup::Unknown => self.user_unchecked(),
                Lookup::Crash(exception) => return Err(Ended::crash(exception)),
            }
        }
        let access = access_from(settings, &payload, self.now).map_err(Ended::crash)?;
        let mut minted = vec![Minted {
            field: "access",
            plan: access.into(),
        }];
        let mut body = Body::json("{\"access\":").then_token(0);
        if settings.rotate {
            if settings.blacklist_app {
                // Blacklisting the old token and recording the new one look the user up again, even if the id is falsy.
                self.listed_for(user_id)?;
            }
            let plan = prolonged(settings, &payload, TokenClass::Refresh, self.now)
                .map_err(Ended::crash)?;
            minted.push(Minted {
                field: "refresh",
                plan: plan.into(),
            });
            body = body.then(",\"refresh\":").then_token(1);
        }
        Ok(Response::done(200, body.then("}"), minted))
    }

    /// Looks up the user for a blacklist row. A missing user is fine, but an id of the wrong form crashes the query.
    fn listed_for(&mut self, user_id: Option<&Value>) -> Result<(), Ended> {
        match by_id(self.database, user_id.unwrap_or(&Value::None)) {
            Lookup::Crash(exception) => Err(Ended::crash(exception)),
            Lookup::Found(_) | Lookup::Missing | Lookup::Unknown => Ok(()),
        }
    }

    fn simple_sliding_refresh(&mut self, token: &str) -> Result<Response, Ended> {
        let payload = self.simple_token(token, TokenClass::Sliding)?;
        self.check_moment(&payload, &self.settings.sliding_refresh_exp_claim)?;
        let plan = prolonged(self.settings, &payload, TokenClass::Sliding, self.now)
            .map_err(Ended::crash)?;
        let minted = vec![Minted {
            field: "token",
            plan: plan.into(),
        }];
        let body = Body::json("{\"token\":").then_token(0).then("}");
        Ok(Response::done(200, body, minted))
    }

    fn simple_blacklist(&mut self, token: &str) -> Result<Response, Ended> {
        let payload = self.simple_token(token, TokenClass::Refresh)?;
        if self.settings.blacklist_app {
            self.listed_for(payload.get(&self.settings.user_id_claim))?;
            // The row holds the token's text, which simplejwt encodes again.
            encodes(self.settings, &payload).map_err(Ended::crash)?;
        }
        Ok(Response::done(200, Body::json("{}"), Vec::new()))
    }

    fn simple_view(&mut self, token: &str, stateless: bool) -> Result<Response, Ended> {
        let mut parts = token.split(is_header_space).filter(|part| !part.is_empty());
        let (Some(token), None) = (parts.next(), parts.next()) else {
            let text = "Authorization header must contain two space-delimited values";
            let body = detail(text, Some("bad_authorization_header"));
            return Err(Response::refused(401, body, Cause::Request).into());
        };
        let mut messages = Vec::new();
        let mut first = None;
        for class in &self.settings.auth_token_classes {
            match self.simple_token(token, *class) {
                Ok(payload) if stateless => return self.stateless(&payload),
                Ok(payload) => return self.authenticated(&payload),
                Err(Refused::Token(text, reason)) => {
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
        Err(Response::refused(401, body, cause).into())
    }

    /// What `get_user` does.
    fn authenticated(&mut self, payload: &Dict) -> Result<Response, Ended> {
        let settings = self.settings;
        let refused = |text: &str, code, cause| {
            Err(Response::refused(401, detail(text, Some(code)), cause).into())
        };
        let id = payload.get(&settings.user_id_claim).ok_or_else(no_user)?;
        let user = match by_id(self.database, id) {
            Lookup::Found(user) => Some(user),
            Lookup::Missing => {
                return refused("User not found", "user_not_found", Cause::UserUnknown);
            }
            Lookup::Unknown => {
                self.user_unchecked();
                None
            }
            Lookup::Crash(exception) => return Err(Ended::crash(exception)),
        };
        let user = user.as_ref();
        if settings.check_user_is_active && user.is_some_and(|user| !user.active) {
            return refused("User is inactive", "user_inactive", Cause::UserInactive);
        }
        if settings.check_revoke_token {
            let claim = payload.get(&settings.revoke_token_claim);
            if self.is_revoked(claim.unwrap_or(&Value::None), user) {
                let text = "The user's password has been changed.";
                return refused(text, "password_changed", Cause::PasswordChanged);
            }
        }
        let name = user.map_or(Value::None, |user| Value::str(&user.name));
        let id = user.map_or_else(|| id.clone(), |user| Value::str(&user.id.to_string()));
        Ok(whoami(&name, &id, payload))
    }

    /// Whether the claim is not the hash of the user's password. That is certain if the claim can't be an MD5 hash at all.
    fn is_revoked(&mut self, claim: &Value, user: Option<&User>) -> bool {
        if let Some(hash) = user.and_then(|user| user.password_hash.as_ref()) {
            return !claim.is(hash);
        }
        let could_be = match claim {
            Value::Str(Text::Plain(text)) => {
                let digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'A'..=b'F');
                text.len() == 32 && text.bytes().all(digit)
            }
            _ => false,
        };
        if could_be {
            self.unchecked(Unchecked::Password);
        }
        !could_be
    }

    fn stateless(&self, payload: &Dict) -> Result<Response, Ended> {
        let claim = payload.get(&self.settings.user_id_claim);
        let id = claim.ok_or_else(no_user)?;
        let empty = Value::str("");
        let name = payload.get("username").unwrap_or(&empty);
        Ok(whoami(name, id, payload))
    }

    fn user_unchecked(&mut self) {
        self.unchecked(Unchecked::UserExists);
        if self.settings.check_user_is_active {
            self.unchecked(Unchecked::UserActive);
        }
    }
}

fn no_user() -> Ended {
    let text = "Token contained no recognizable user identification";
    not_valid(text, Cause::Token(Reason::ClaimMissing))
}

fn whoami(name: &Value, id: &Value, payload: &Dict) -> Response {
    let id = Value::Str(id.to_text());
    let body = format!(
        "{{\"user\":{},\"id\":{},\"claims\":{}}}",
        rendered(name),
        rendered(&id),
        rendered_dict(payload)
    );
    Response::done(200, Body::json(body), Vec::new())
}

/// `datetime.fromtimestamp` in microseconds. It accepts only a number within the years 1 to 9999.
pub(super) fn from_timestamp(value: &Value) -> Result<i128, &'static str> {
    const RANGE: &str = "ValueError: a time claim outside the years 1 to 9999";
    let micros = match value {
        Value::Bool(value) => i128::from(*value) * 1_000_000,
        Value::Int(value) => value.saturated().saturating_mul(1_000_000),
        Value::Float(value) if value.is_finite() => {
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
        Value::Float(_) => return Err("ValueError: a time claim that is no finite number"),
        _ => return Err("TypeError: a time claim that is not a number"),
    };
    let seconds = i64::try_from(micros.div_euclid(1_000_000)).map_err(|_| RANGE)?;
    if YEARS.contains(&seconds) {
        Ok(micros)
    } else {
        Err(RANGE)
    }
}
